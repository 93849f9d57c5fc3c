"""Who raised what an item shows: the candidate, a question for that very thing, or a hint (scoring.md 0 and 1.4).

Credit belongs to the concept. A question which names nothing lowers nothing; what the candidate asked for and was
told is the candidate's; a suggestion of the interviewer's makes what follows hinted, and mere agreement an echo.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from interviewer.interview.ledger import Credit
from interviewer.interview.rubric import Criterion, Item
from interviewer.interview.words import Span, stems
from interviewer.scoring.interview_reading import InterviewReading
from interviewer.scoring.signs import Reading, cues_in

WITHIN = 3
"""A hint colours what is said in the next so many turns of the candidate's."""
ADDED = 6
"""So many new content words beyond the interviewer's make an answer to a hint more than an echo."""
SHARED = 2
"""So many content words taken over from a suggestion make the matter the interviewer's."""

_SUGGESTS = re.compile(
    r"\b(?:some (?:teams|people|companies|systems)|one (?:way|could|option)|you (?:could|might|may)|(?:i suppose|what if|maybe|perhaps|have you (?:considered|thought)|how about|what about|why not|wouldn.t|couldn.t|could it|"
    r"would it help|people often|usually|typically|i.d (?:use|expect|suggest)|the usual|for example|such as|that would be|instead of|leave .{0,40} out of))\b",
    re.IGNORECASE,
)
_CARRIES = re.compile(
    r"\d|\b(?:because|since|so that|otherwise|which means|that.s why|therefore)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Given:
    """The credit of one row, and the interviewer's turn that it goes back to, where there is one."""

    credit: Credit
    source_turn: int | None = None


def credit_of(
    item: Item, criterion: Criterion, reading: Reading, span: Span, interview: InterviewReading
) -> Given:
    """Who raised what stands at `span` of a candidate turn."""
    before = [one for one in interview.readings if one.turn.n < reading.turn.n]
    hint = _hint(before, reading, span)
    if hint is not None:
        new = stems(reading.turn.text) - stems(hint.turn.text)
        adds = len(new) >= ADDED and _CARRIES.search(reading.text) is not None
        return Given(Credit.hinted if adds else Credit.echo, hint.turn.n)
    asked = before[-1] if before and before[-1].turn.role == "interviewer" else None
    if asked is not None and cues_in(item.asked, asked.text):
        return Given(Credit.asked, asked.turn.n)
    return Given(Credit.unprompted)


def _hint(before: list[Reading], reading: Reading, span: Span) -> Reading | None:
    mine = stems(reading.turn.text[span.start : span.end])
    earlier: frozenset[str] = frozenset().union(
        *(stems(one.turn.text) for one in before if one.turn.role == "candidate")
    )
    for one in [one for one in before if one.turn.role == "interviewer"][-WITHIN:]:
        if _SUGGESTS.search(one.text) and len((mine & stems(one.turn.text)) - earlier) >= SHARED:
            return one
    return None
