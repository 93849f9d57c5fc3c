"""Red flags with a model's votes: each is made surer or less sure. Alone, a model makes a flag possible and never states it.

A model is never asked what is missing, only for each item that a duty is met by (scoring.md 1.7). What it found goes to the
duty's own slot machine as one more row; that it looked for all of them and found none makes a flag of absence surer which
the rules lean to by themselves, and that it found one makes it less sure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import log
from typing import Literal

from interviewer.interview.ledger import Absent, Credit, Quoted
from interviewer.interview.verify import Quote
from interviewer.interview.words import Span
from interviewer.scoring.findings import FlagFinding
from interviewer.scoring.flag_case import Case, Place
from interviewer.scoring.flag_observer import observe_flag
from interviewer.scoring.flag_rows import MOST_QUOTES, as_flag
from interviewer.scoring.flag_said import raised
from interviewer.scoring.heard import Heard
from interviewer.scoring.observer_reply import Look, quotes_of, votes_of
from interviewer.scoring.resolver import MET, MODEL, STATED, SURELY_NOT, fused, is_torn, shifted, sure_of

POSSIBLE, SURE = STATED - 0.01, 0.7
"""The surest that a flag gets of which the rules alone are not as SURE: an accusation takes two who see it."""
WEIGHTS = (4.0, 3.0)
"""What a yes and a no weigh for flags: a no leaves a stated flag possible, since a sign stands on words."""
FINDS, IMAGINES = 0.8, 0.125
"""A reader finds four in five of the items that are met, and one in eight of those that are not (scoring.md 5.2)."""
LACKS, HAS = log((1 - IMAGINES) / (1 - FINDS)), log(IMAGINES / FINDS)
"""What it says of a duty that such a reader found nothing, or something, in log-odds of its being unmet."""
_HOW: dict[str, Literal["self", "probed"]] = {"self": "self", "asked": "probed"}


def with_votes(case: Case, finding: FlagFinding | None, looks: Sequence[Look]) -> FlagFinding | None:
    """A flag that can be said, with what a model made of it; a finding of its own where the rules had none."""
    votes = votes_of(case.flag.id, looks)
    ruled = finding.p if finding else 0.0
    p = fused(ruled, votes, WEIGHTS)
    if ruled < SURE:  # the rules alone would hardly have spoken of it
        p = min(p, POSSIBLE)
    p = round(p, 4)
    quotes = quotes_of(looks)
    if finding is None:
        finding = _of_its_own(case, list(quotes), p)
    if finding is None:
        return None
    own = [_row(case, quote, round(sure_of(votes), 4), name) for quote, name in quotes.items()]
    theirs = {(row.turn, row.start, row.end) for row in own}
    rows = [
        row for row in finding.rows if isinstance(row, Absent) or (row.turn, row.start, row.end) not in theirs
    ]
    seen = replace(
        finding,
        p=p,
        rows=(*rows, *own[:MOST_QUOTES]),
        turns=tuple(sorted({*finding.turns, *(one.turn for one in own[:MOST_QUOTES])})),
        disputed=is_torn(p, votes),
    )
    return seen if case.flag.recovers else _recovered(seen, looks)


def cleared(case: Case, finding: FlagFinding, heard: Heard) -> FlagFinding | None:
    """A flag of absence, judged anew with the rows that `case` now holds: as sure as before at the most."""
    again = observe_flag(case, heard)
    return again if again is None or again.p < finding.p else finding


def looked_for(finding: FlagFinding, looks: Mapping[str, Sequence[Look]]) -> FlagFinding:
    """A flag of absence, after a model looked for every item that would meet the duty: `looks` by item, none left out."""
    verdicts = [_verdict(some) for some in looks.values()]
    if "yes" in verdicts:
        moved = HAS
    elif finding.p >= MET and verdicts and set(verdicts) == {"no"}:
        moved = LACKS
    else:
        return finding
    within = min(max(finding.p, SURELY_NOT), 1 - SURELY_NOT)
    p = round(shifted(within, moved), 4)
    p = min(p, finding.p) if moved < 0 else max(p, finding.p)
    return replace(finding, p=p, disputed=finding.p >= STATED > p)


def _verdict(looks: Sequence[Look]) -> str:
    """What the looks at one item come to: yes where most say so, no where all do."""
    said = [look.verdict for look in looks]
    if 2 * said.count("yes") > len(said):
        return "yes"
    return "no" if said and said.count("no") == len(said) else "unclear"


def _of_its_own(case: Case, quotes: Sequence[Quote], p: float) -> FlagFinding | None:
    """What our own rules make of a fault at these places: where it was asked about, and whether it was put right."""
    places = sorted(
        (place for quote in quotes if (place := _place(case, quote)) is not None), key=lambda one: one.at
    )
    found = raised(case, places)
    return as_flag(case, replace(found, p=p)) if found is not None else None


def _place(case: Case, quote: Quote) -> Place | None:
    for number, exchange in enumerate(case.exchanges):
        for reading in exchange.answer:
            if reading.turn.n == quote.turn:
                return Place(number, reading, Span(quote.start, quote.end))
    return None


def _row(case: Case, quote: Quote, p: float, name: str) -> Quoted:
    place = _place(case, quote)
    return Quoted(
        subject=case.flag.id,
        polarity="against",
        turn=quote.turn,
        start=quote.start,
        end=quote.end,
        quote=quote.text,
        observer=f"{MODEL}:{name}",
        credit=Credit.unprompted,
        p=p,
        context=case.exchanges[place.exchange].asked[:400] if place else "",
    )


def _recovered(finding: FlagFinding, looks: Sequence[Look]) -> FlagFinding:
    """The finding as put right where the rules cannot tell, and the model says so each time."""
    told = {look.recovered for look in looks if look.verdict == "yes"}
    if finding.status == "recovered" or len(told) != 1 or (how := _HOW.get(told.pop())) is None:
        return finding
    return replace(finding, status="recovered", how=how)
