"""Whether a card can be believed line by line: every quote stands where it says, and nothing is claimed without a row."""

from __future__ import annotations

from collections.abc import Iterator

from interviewer.interview.ledger import Absent, Quoted
from interviewer.interview.scorecard import Scorecard
from interviewer.interview.transcript import Transcript


def faults_of(card: Scorecard, transcript: Transcript) -> Iterator[str]:
    """Every way in which the card's evidence does not hold, each as a sentence; none for an honest card."""
    rows = {row.id: row for row in card.evidence}
    for row in card.evidence:
        if isinstance(row, Quoted):
            turn = transcript.turn(row.turn)
            if turn.role != "candidate":
                yield f"{row.id} quotes turn {row.turn}, which is not the candidate's"
            elif turn.text[row.start : row.end] != row.quote or not row.quote.strip():
                yield f"{row.id} does not stand in turn {row.turn} at {row.start}-{row.end}"
        elif not _searched(row, transcript):
            yield f"{row.id} certifies a search of turns that are not the candidate's"
    for criterion in card.criteria:
        for item in criterion.items:
            if item.state == "met" and not any(isinstance(rows.get(id), Quoted) for id in item.evidence):
                yield f"{item.id} is met without a quote"
    for flag in card.flags:
        if flag.stated and not any(id in rows for id in flag.evidence):
            yield f"{flag.id} is stated without a row or a certificate"


def claims_of(card: Scorecard) -> int:
    """How many claims `faults_of` looks at."""
    met = sum(item.state == "met" for criterion in card.criteria for item in criterion.items)
    return len(card.evidence) + met + sum(flag.stated for flag in card.flags)


def _searched(row: Absent, transcript: Transcript) -> bool:
    candidates = {turn.n for turn in transcript.candidate_turns}
    return set(row.searched_turns) <= candidates
