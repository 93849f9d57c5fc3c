"""The ground of a design: what was asked about the task, and what was said before anything had been asked or given.

The opening of an interview is what the candidate says until a ground was laid, by a question of theirs about the task
or by facts from the interviewer.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from interviewer.interview.quantities import quantities
from interviewer.interview.words import Span
from interviewer.scoring.flag_case import Case
from interviewer.scoring.signs import Reading, asks

GROUND_FACTS = 2
"""So many quantities from the interviewer, the brief apart, lay a ground."""
_WISHES = re.compile(
    r"\b(?:give me the|inputs? i need|i need to know|i(?:.d| would) (?:like|want|love|need) to (?:know|understand|ask|clarify)|(?:i(?:.d)? )?wanna know|want to (?:know|understand)"
    r"|tell me (?:about|how|what|who|whether)|let me ask|questions? first|i need (?:a few|some) (?:facts|numbers|inputs)|what i need from you)\b",
    re.I,
)
_NO_QUESTION = re.compile(
    r"\b(?:hear me|see my (?:screen|board)|shall i|should i (?:start|begin|go|share|draw)|can i (?:start|begin|share|draw|go)|may i (?:start|begin|share|draw)|ready|right\?|okay\?|ok\?|yeah\?|you know\?|isn.?t it|aren.?t they|"
    r"makes? sense\?|sounds? (?:good|ok|okay)|does that|see what i mean|you with me|why would (?:i|we|you|anyone)|who cares|so what)\b",
    re.I,
)
_ASKS_WITHOUT_MARKS = re.compile(
    r"^\W*(?:(?:and|so|ok|okay|also|then|first|hi|hey|well|um|uh)\b\W*)*(?:how (?:many|much|long|often|fast|quick\w*|big|large|old)|who|which|what (?:is|are|happens|kind|sort)|is (?:it|there|this)|are (?:there|they|we)|do (?:we|they|you|people)|does (?:it|the)|can (?:they|we|it|people|a)|may)\b",
    re.I,
)


def requirement_questions(reading: Reading) -> list[Span]:
    """The clauses of a turn in which something about the task is asked for."""
    found: list[Span] = []
    for number, clause in enumerate(reading.clauses):
        low, high = reading.bounds(number)
        text = reading.text[low:high]
        if (
            (_asking(reading, number) or _WISHES.search(text))
            and not _NO_QUESTION.search(text)
            and len(text.split()) >= 2
        ):
            found.append(Span(clause.start, clause.end))
    return found


def _asking(reading: Reading, clause: int) -> bool:
    """Whether a clause asks; where there is punctuation, its sentence has to end as a question."""
    if "?" not in reading.text and "." not in reading.text:
        low, high = reading.bounds(clause)
        return asks(reading, clause) or _ASKS_WITHOUT_MARKS.search(reading.text[low:high]) is not None
    return asks(reading, clause) and (reading.spoken or _sentence(reading, clause).rstrip().endswith("?"))


def _sentence(reading: Reading, clause: int) -> str:
    low, _ = reading.bounds(clause)
    start, end = reading.lines[max(bisect_right(reading.lines, (low, len(reading.text) + 1)) - 1, 0)]
    return reading.text[start:end]


def opening(case: Case) -> Iterator[tuple[int, Reading, int]]:
    """Candidate turns before a ground was laid: exchange, turn, and the raw offset at which it was laid in it."""
    for number, exchange in enumerate(case.exchanges):
        if (
            number > 0
            and sum(len(quantities(reading.turn.text)) for reading in exchange.question) >= GROUND_FACTS
        ):
            return
        for reading in exchange.answer:
            asked = requirement_questions(reading)
            yield number, reading, asked[0].start if asked else len(reading.turn.text)
            if asked:
                return
