"""How an interview is opened: on which side of the problem, and whether people and machinery are tied together."""

from __future__ import annotations

import re
from collections.abc import Iterator

from interviewer.interview.rubric import Kind
from interviewer.scoring.interview_reading import InterviewReading
from interviewer.scoring.sightings import MACHINE, PERSON, SYSTEM, WISH, Sighting, frames
from interviewer.scoring.signs import Reading, is_inventory, quote_at

OPENING_WORDS = 240
"""How much of the candidate's talk counts as the opening, in words."""


def recognises_kind(interview: InterviewReading) -> Iterator[Sighting]:
    """The opening is on the side that the kind of problem calls for: people, load and guarantees, or both."""
    opening, words = [], 0
    for reading in interview.own:
        if not any(is_inventory(reading.text[low:high]) for low, high in reading.lines):
            opening.append(reading)
        words += len(reading.turn.text.split())
        if words >= OPENING_WORDS:
            break
    people = [(reading, match) for reading in opening for match in frames(PERSON, WISH, reading)]
    system = [
        (reading, match)
        for reading in opening
        for match in SYSTEM.finditer(reading.text)
        if _asking_or_figured(reading, match)
    ]
    persons, systems = (
        len({m.group().lower() for _, m in people}),
        len({m.group().lower() for _, m in system}),
    )
    kind = interview.transcript.kind
    right = {
        Kind.distributed: systems >= 2 and systems >= persons,
        Kind.product: persons >= 2,
        Kind.hybrid: persons >= 1 and systems >= 1 and persons + systems >= 4,
    }[kind]
    shown = system if kind is Kind.distributed else people
    if right and shown:
        reading, match = shown[0]
        yield Sighting(reading, quote_at(reading, match.start(), match.end()), 0.75)


def _asking_or_figured(reading: Reading, match: re.Match[str]) -> bool:
    low, high = max(0, match.start() - 80), match.end() + 80
    around = reading.text[low:high]
    return "?" in around or any(char.isdigit() for char in around) or reading.spoken


def both_sides(interview: InterviewReading) -> Iterator[Sighting]:
    """A sentence in which what a person needs settles what the machine does, in an interview that treats both."""
    persons = sum(1 for reading in interview.own if len(list(frames(PERSON, WISH, reading))) >= 2)
    machines = sum(
        1
        for reading in interview.own
        if len({m.group().lower() for m in MACHINE.finditer(reading.text)}) >= 3
    )
    if persons < 3 or machines < 3:
        return
    for reading in interview.own:
        for match in _REASON.finditer(reading.text):
            around = reading.text[max(0, match.start() - 160) : match.end() + 160]
            if (
                PERSON.search(around)
                and WISH.search(around)
                and (MACHINE.search(around) or SYSTEM.search(around))
            ):
                yield Sighting(reading, quote_at(reading, match.start(), match.end()), 0.7)
                return


_REASON = re.compile(
    r"\b(?:so|because|since|that.s why|which must|must|otherwise|therefore)\b", re.IGNORECASE
)
