"""From what a detector found to what the scorer takes: quotes at offsets, and for an absence the search certificate."""

from __future__ import annotations

from interviewer.interview.ledger import Absent, Credit, NearestMiss, Opportunity, Quoted
from interviewer.scoring.findings import FlagFinding
from interviewer.scoring.flag_case import Case, Finding

OBSERVER = "flags"
MOST_QUOTES = 4


def as_flag(case: Case, finding: Finding) -> FlagFinding:
    """The finding as what the scorer takes: rows of quotes, and for an absence the certificate of the search."""
    flag = case.flag
    places = sorted({place.at: place for place in finding.places}.values(), key=lambda place: place.at)
    rows: list[Quoted | Absent] = [
        Quoted(
            subject=flag.id,
            polarity="against",
            turn=place.turn,
            start=place.span.start,
            end=place.span.end,
            quote=place.quote,
            observer=OBSERVER,
            credit=Credit.unprompted,
            p=round(finding.p, 4),
            context=case.exchanges[place.exchange].asked[:400],
        )
        for place in places[:MOST_QUOTES]
        if place.span.end > place.span.start
    ]
    if flag.type == "missing":
        rows.append(_certificate(case, finding))
    return FlagFinding(
        flag=flag.id,
        status=finding.status,
        how=finding.how,
        turns=tuple(sorted(set(finding.turns))),
        p=round(finding.p, 4),
        rows=tuple(rows),
        why=finding.why or flag.means,
    )


def _certificate(case: Case, finding: Finding) -> Absent:
    own = [reading.turn for reading in case.interview.own]
    return Absent(
        subject=case.flag.id,
        window=(case.flag.due, "asked" if finding.asked_in else "phase_end"),
        searched_turns=tuple(turn.n for turn in own),
        opportunity=Opportunity(
            candidate_words=case.interview.transcript.words,
            asked_by_interviewer=bool(finding.asked_in),
            asked_in=finding.asked_in,
        ),
        nearest_misses=tuple(
            NearestMiss(turn=place.turn, quote=place.quote, why="the closest that was said")
            for place in finding.near[:3]
        ),
        observer=OBSERVER,
        p=round(finding.p, 4),
    )
