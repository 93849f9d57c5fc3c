"""The offline observer of items: signs, detectors and pack slots become quoted rows of the ledger.

Every row stands at exact offsets of one candidate turn, passes the verbatim gate, says who raised the matter, and
carries a probability from the sign that found it. Levels are not decided here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import exp

from interviewer.interview.ledger import CREDIT_WEIGHT, Credit, Quoted
from interviewer.interview.pack import Scenario
from interviewer.interview.quantities import quantities
from interviewer.interview.rubric import Item, Rubric, Sign
from interviewer.interview.transcript import Transcript
from interviewer.interview.units import Unit
from interviewer.interview.verify import Rejected, verify
from interviewer.interview.words import Span
from interviewer.scoring import signs
from interviewer.scoring.credit import Raised
from interviewer.scoring.heard import LEAST_TOLD, NOT_SAID, Heard, Veto, content_of
from interviewer.scoring.interview_reading import InterviewReading, read_interview
from interviewer.scoring.item_credit import Hinted, hinted_at, item_credit
from interviewer.scoring.item_detectors import DETECTORS
from interviewer.scoring.resolver import HEARD, LENIENT, is_faint
from interviewer.scoring.signs import Reading, cues_in

ROWS_PER_ITEM = 6
"""An item is shown with its best few quotes, not with everything that could be quoted."""
GATE_MARGIN = 20
"""The verbatim gate is shown a quote with so much of its turn on both sides: enough to see a cut word."""
FUSION = "items"
"""The name of the weights in the rubric's heads."""
HEARD_PER_ITEM = 3
SLOT_P = 0.8
"""How sure a filled slot of a pack makes its item: its cues are written for this very problem."""
SUMS = "cr.estimation"
SUM_WITHIN, LEAST_FIGURE = 160, 100
"""How far before its consequence a sum may stand, in characters, and from where on a bare number is a figure."""


@dataclass(frozen=True, slots=True)
class _Found:
    item: Item
    reading: Reading
    span: Span
    p: float
    observer: str


def observe_items(
    transcript: Transcript,
    rubric: Rubric,
    scenario: Scenario | None = None,
    interview: InterviewReading | None = None,
    heard: Heard | None = None,
) -> tuple[Quoted, ...]:
    """Rows for every item of the rubric that applies to this kind of interview, in order of turn and place.

    With a scenario, answers that fill a topic's slots are rows too (observer "slot:<topic>.<slot>").
    """
    interview = interview or read_interview(transcript)
    heard = heard or Heard(interview, rubric.heads)
    hinted = hinted_at(transcript.hints, scenario)
    rows: list[Quoted] = []
    for criterion in rubric.criteria:
        for item in criterion.for_kind(transcript.kind):
            rows += _rows([*_by_signs(item, interview), *_by_detector(item, interview)], interview, hinted)
            rows += _rows(list(_by_head(item, heard)), interview, hinted)
    if scenario is not None:
        rows += _by_slots(scenario, rubric, interview, hinted)
    return tuple(sorted(rows, key=lambda row: (row.turn, row.start, row.end, row.subject, row.observer)))


def asked_about(interview: InterviewReading, rubric: Rubric) -> tuple[tuple[str, int], ...]:
    """Criteria that the interviewer asked about, with the turns in which it happened."""
    return tuple(
        (str(criterion.id), reading.turn.n)
        for reading in interview.readings
        if reading.turn.role == "interviewer"
        for criterion in rubric.criteria
        if cues_in(criterion.asked, reading.text)
    )


def _by_signs(item: Item, interview: InterviewReading) -> Iterator[_Found]:
    for number, sign in enumerate(item.signs, start=1):
        for reading, span in _shown(sign, interview):
            yield _Found(item, reading, span, sign.weight, f"sign:{item.id}.{number}")


def _shown(sign: Sign, interview: InterviewReading) -> Iterator[tuple[Reading, Span]]:
    shown = interview.shown(sign)
    for reading in interview.own if shown else ():
        for span in shown.get(reading.turn.n, ()):
            yield reading, span


def _by_detector(item: Item, interview: InterviewReading) -> Iterator[_Found]:
    if item.detector is not None:
        for sighting in DETECTORS[item.detector](interview):
            yield _Found(item, sighting.reading, sighting.span, sighting.p, f"detector:{item.detector}")


def _by_head(item: Item, heard: Heard) -> Iterator[_Found]:
    """The loudest stretch, however loud, and others that are likely: how faint it is tells of signs that misheard."""
    weights = heard.heads.fusion.get(FUSION)
    if not weights:
        return
    turns: set[int] = set()
    unheard = _unheard(item)
    for score, stretch in heard.best(item.id, unheard):
        if content_of(stretch.without(unheard)) < LEAST_TOLD:
            continue
        p = 1 / (1 + exp(-(weights["bias"] + weights["heard"] * score)))
        if turns and p < LENIENT:
            return
        if stretch.reading.turn.n not in turns:
            turns.add(stretch.reading.turn.n)
            best = heard.quotable(item.id, stretch.trimmed(unheard))
            yield _Found(item, best.reading, best.span, round(p, 4), f"{HEARD}:{item.id}")
        if len(turns) == HEARD_PER_ITEM:
            return


@lru_cache(maxsize=512)
def _unheard(item: Item) -> Veto:
    """The scopes in which this item is not shown: its signs say what may be asked, turned down or supposed."""
    allowed = {scope for sign in item.signs for scope in sign.allow}
    asked = {"question"} if any(sign.act != "say" for sign in item.signs) else set()
    return NOT_SAID - allowed - asked


def _by_slots(
    scenario: Scenario, rubric: Rubric, interview: InterviewReading, hinted: Hinted
) -> Iterator[Quoted]:
    items = {item.id: item for criterion in rubric.criteria for item in criterion.for_kind(scenario.kind)}
    of_sums = {item.id for criterion in rubric.criteria if criterion.id == SUMS for item in criterion.items}
    for topic in scenario.topics:
        for slot in topic.slots:
            if slot.item not in items:
                continue
            sign = signs.slot_sign(slot.cues, topic.cues.not_)
            found = [
                _Found(items[slot.item], reading, span, SLOT_P, f"slot:{topic.id}.{slot.id}")
                for reading, span in _shown(sign, interview)
                if slot.item not in of_sums or _has_a_figure(reading, span, interview)
            ]
            yield from _rows(found, interview, hinted)


def _has_a_figure(reading: Reading, span: Span, interview: InterviewReading) -> bool:
    """Whether a figure stands in or shortly before these words, at the end of the last turn at the furthest. A sum's
    consequence needs its sum: "Redis is fast so it's fine" lets no number decide."""
    earlier = [one.turn for one in interview.own if one.turn.n < reading.turn.n]
    before = earlier[-1].text[-SUM_WITHIN:] if earlier and span.start < SUM_WITHIN else ""
    near = reading.turn.text[max(span.start - SUM_WITHIN, 0) : span.end]
    return any(
        one.unit != Unit() or one.value >= LEAST_FIGURE for text in (before, near) for one in quantities(text)
    )


def _rows(found: list[_Found], interview: InterviewReading, hinted: Hinted) -> list[Quoted]:
    best: dict[tuple[int, int, int], _Found] = {}
    for one in found:
        place = (one.reading.turn.n, one.span.start, one.span.end)
        if place not in best or best[place].p < one.p:
            best[place] = one
    rows = [row for one in best.values() if (row := _row(one, interview, hinted)) is not None]
    return sorted(rows, key=_best_first)[:ROWS_PER_ITEM]


def _best_first(row: Quoted) -> tuple[float, float, int, int]:
    return (-CREDIT_WEIGHT[row.credit], -row.p, row.turn, row.start)


@lru_cache(maxsize=1024)
def _passes(quote: str, around: str) -> bool:
    """Whether the verbatim gate lets it pass; the same words are often quoted for several items."""
    return not isinstance(verify(quote, around), Rejected)


def _row(one: _Found, interview: InterviewReading, hinted: Hinted) -> Quoted | None:
    turn = one.reading.turn
    quote = turn.text[one.span.start : one.span.end]
    around = turn.text[max(one.span.start - GATE_MARGIN, 0) : one.span.end + GATE_MARGIN]
    if not _passes(quote, around):
        return None
    if is_faint(one.observer, one.p):  # too faint to be credited, so nobody asks whose it was
        raised = Raised(Credit.asked, turn.n, one.span.start, one.span.end)
    else:
        raised = item_credit(one.item, interview.talk, turn.n, one.span, hinted)
    return Quoted(
        subject=one.item.id,
        polarity="supports",
        turn=turn.n,
        start=one.span.start,
        end=one.span.end,
        quote=quote,
        observer=one.observer,
        credit=raised.credit,
        source_turn=raised.source_turn,
        p=one.p,
    )
