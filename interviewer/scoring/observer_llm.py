"""The observer that reads with a model: all that the rules found, and beside it what the model can show words for.

The model says yes, no or unclear to one line at a time, and every yes has a quote that stands in the transcript. Who
raised the matter is told by our own code, levels by the scorer, and a model that does not answer leaves the card to the
rules: it never fails because of one (scoring.md 1.7).
"""

from __future__ import annotations

from asyncio import to_thread
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from textwrap import shorten

from interviewer.interview.ledger import Quoted
from interviewer.interview.pack import Scenario
from interviewer.interview.rubric import Item, Kind, RedFlag, Rubric
from interviewer.interview.transcript import Transcript
from interviewer.interview.words import Span
from interviewer.llm.model import Model
from interviewer.llm.prompts import Prompts
from interviewer.llm.said import TRIAL_KEY
from interviewer.scoring.breadth import Breadth, breadth_of
from interviewer.scoring.findings import FlagFinding, Observed, Votes
from interviewer.scoring.flag_case import Case
from interviewer.scoring.flag_observer import LEAST_WORDS, SHOWN, contained, observe_flag
from interviewer.scoring.flag_votes import cleared, looked_for, with_votes
from interviewer.scoring.heard import Heard
from interviewer.scoring.interview_reading import InterviewReading, read_interview
from interviewer.scoring.item_credit import Hinted, hinted_at, item_credit
from interviewer.scoring.item_observer import asked_about, observe_items
from interviewer.scoring.observer_asking import Answers, Desk
from interviewer.scoring.observer_orders import as_shown, orders_in
from interviewer.scoring.observer_prompt import Ask, Sheet, asks_of, prompts_hash
from interviewer.scoring.observer_reply import Look, quotes_of, votes_of
from interviewer.scoring.resolver import MET, MODEL, resolve, sure_of
from interviewer.scoring.scorer import unscorable

READER = "reader-2"
"""Version of how a model is asked and heard; raised whenever the same replies may give another card."""
MOST_NOTES, NOTE_LENGTH = 5, 120
ALONE = "The model gave no answer, so the rules alone have judged."


@dataclass(frozen=True)
class ModelObserver:
    """Rules and a model. `key` is what the codes of marks in prompts are made with; a fixed one, so that tapes replay."""

    model: Model
    prompts: Prompts = field(repr=False)
    key: bytes = field(default=TRIAL_KEY, repr=False)

    def with_model(self, rubric: Rubric, kind: Kind) -> str:
        """What a card's key holds of the model, where it answers everything."""
        return "\0".join((self.model.name, READER, prompts_hash(self.prompts, asks_of(rubric, kind))))

    async def observe(self, transcript: Transcript, rubric: Rubric, scenario: Scenario | None) -> Observed:
        """Everything found by rule and by the model; by rule alone where the model gives no answer."""
        # reading by rule is a second of arithmetic, during which others are to be served
        sight = await to_thread(_sight, transcript, rubric, scenario)
        named = self.with_model(rubric, transcript.kind)
        if unscorable(transcript, rubric):
            return replace(sight.by_rule(), with_model=named)
        asks = asks_of(rubric, transcript.kind)
        sure = sight.sure(asks)

        def is_due(id: str, look: Look | None) -> bool:
            if look is None or look.verdict == "unclear":
                return True
            return (look.verdict == "yes") != (sure.get(id, 0.0) >= MET)

        shown = as_shown(transcript)
        desk = Desk(self.model, Sheet.of(shown, self.prompts, self.key), shown.turns)
        answers = await desk.all_of(asks, is_due)
        missing = (*sorted(answers.unanswered), *(["again"] if answers.once_only else []))
        others = sorted(f"by {name}" for name in answers.by if name != self.model.name)
        named = "\0".join((named, *missing, *others))
        if len(answers.unanswered) == len(asks):
            return replace(sight.by_rule(), notes=(ALONE,), with_model=named)
        seen = await to_thread(sight.with_answers, asks, answers)
        return replace(
            seen,
            notes=(*_notes(asks, answers), *_left_out(transcript)),
            with_model=named,
        )


@dataclass(frozen=True)
class _Sight:
    """What the rules see of a transcript, with findings too faint to be shown."""

    rubric: Rubric
    scenario: Scenario | None
    interview: InterviewReading
    heard: Heard
    items: tuple[Quoted, ...]
    breadth: Breadth | None
    flags: tuple[RedFlag, ...]
    findings: Mapping[str, FlagFinding]

    def by_rule(self) -> Observed:
        """The rules' word alone: what the offline observer gives."""
        return Observed(
            items=self.items,
            flags=self._shown(self.findings),
            asked=asked_about(self.interview, self.rubric),
        )

    def sure(self, asks: Sequence[Ask]) -> dict[str, float]:
        """How sure the rules are of each thing that the model is asked about."""
        found = {id: finding.p for id, finding in self.findings.items()}
        for one in asks:
            for item in one.items:
                found[item.id] = resolve(item, self._rows(item), reached=True).p
        return found

    def with_answers(self, asks: Sequence[Ask], answers: Answers) -> Observed:
        """Both together: rows and votes for items, findings for flags."""
        hinted = hinted_at(self.interview.transcript.hints, self.scenario)
        votes: list[Votes] = []
        rows: list[Quoted] = []
        settled: list[Quoted] = []
        for item in (item for one in asks for item in one.items if item.id in answers.looks):
            looks = answers.looks[item.id]
            votes.append(votes_of(item.id, looks))
            shown = tuple(_rows_of(item, looks, self.interview, hinted))
            rows += shown
            if votes[-1].yes > votes[-1].no:
                p = resolve(item, (*self._rows(item), *shown), reached=True, votes=votes[-1]).p
                settled += [row.model_copy(update={"p": p}) for row in shown]
        findings = dict(self.findings)
        for flag in self.flags:
            if (found := self._flag(flag, answers, settled)) is not None:
                findings[flag.id] = found
            else:
                findings.pop(flag.id, None)
        items = (*self.items, *rows)
        return Observed(
            items=tuple(
                sorted(items, key=lambda row: (row.turn, row.start, row.end, row.subject, row.observer))
            ),
            flags=self._shown(findings),
            asked=asked_about(self.interview, self.rubric),
            by=("offline", *(f"{MODEL}:{name}" for name in answers.by)),
            votes=tuple(votes),
            quotes_rejected=answers.rejected,
        )

    def case(self, flag: RedFlag, more: Sequence[Quoted] = ()) -> Case:
        """A flag against this interview, with more rows than the rules found."""
        return Case(flag, self.rubric, self.interview, self.scenario, (*self.items, *more), self.breadth)

    def _rows(self, item: Item) -> tuple[Quoted, ...]:
        return tuple(row for row in self.items if row.subject == item.id)

    def _flag(self, flag: RedFlag, answers: Answers, settled: Sequence[Quoted]) -> FlagFinding | None:
        finding = self.findings.get(flag.id)
        if flag.id in answers.looks:
            return with_votes(self.case(flag), finding, answers.looks[flag.id])
        if finding is None or flag.type != "missing":
            return finding
        if met := [row for row in settled if row.subject in flag.met_by]:
            finding = cleared(self.case(flag, met), finding, self.heard)
        return finding and looked_for(finding, {item: answers.looks.get(item, ()) for item in flag.met_by})

    def _shown(self, findings: Mapping[str, FlagFinding]) -> tuple[FlagFinding, ...]:
        found = [findings[flag.id] for flag in self.flags if flag.id in findings]
        return contained([one for one in found if one.p >= SHOWN], self.rubric)


def _sight(transcript: Transcript, rubric: Rubric, scenario: Scenario | None) -> _Sight:
    interview = read_interview(transcript)
    heard = Heard(interview, rubric.heads)
    items = observe_items(transcript, rubric, scenario, interview, heard)
    breadth = breadth_of(items, rubric, transcript.kind)
    flags = rubric.flags_for(transcript.kind) if transcript.words >= LEAST_WORDS else ()
    findings = {
        str(flag.id): finding
        for flag in flags
        if (finding := observe_flag(Case(flag, rubric, interview, scenario, items, breadth), heard))
    }
    return _Sight(rubric, scenario, interview, heard, items, breadth, flags, findings)


def _rows_of(
    item: Item, looks: Sequence[Look], interview: InterviewReading, hinted: Hinted
) -> Iterator[Quoted]:
    """A row for each quote of the model's, with the credit that our own code gives it."""
    p = round(sure_of(votes_of(item.id, looks)), 4)
    for quote, name in quotes_of(looks).items():
        raised = item_credit(item, interview.talk, quote.turn, Span(quote.start, quote.end), hinted)
        yield Quoted(
            subject=item.id,
            polarity="supports",
            turn=quote.turn,
            start=quote.start,
            end=quote.end,
            quote=quote.text,
            observer=f"{MODEL}:{name}",
            credit=raised.credit,
            source_turn=raised.source_turn,
            p=p,
        )


def _left_out(transcript: Transcript) -> tuple[str, ...]:
    """What was kept from the model, for the coach and without blame."""
    found = [
        f"Turn {turn.n} holds words for whoever reads it, and the model was not shown them: "
        f"“{shorten(turn.text[span.start : span.end], NOTE_LENGTH, placeholder='…')}”"
        for turn in transcript.candidate_turns
        for span in orders_in(turn.text)
    ]
    return tuple(found[:MOST_NOTES])


def _notes(asks: Sequence[Ask], answers: Answers) -> Iterator[str]:
    names = [one.criterion.name for one in asks if one.criterion.id in answers.unanswered]
    if names:
        listed = ", ".join(names[:-1]) + (" and " if names[1:] else "") + names[-1]
        yield f"The model gave no answer on {listed}: there the rules alone have judged."
    if answers.rejected:
        often = "once" if answers.rejected == 1 else f"{answers.rejected} times"
        yield f"The model quoted {often} what was not said; those answers count for nothing."
    if answers.once_only:
        yield "The model did not look again at everything that was in doubt; what it said of it once counts for less."
