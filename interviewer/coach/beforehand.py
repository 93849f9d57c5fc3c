"""What the candidate thought before the card was shown, beside what the card found: a section of the card as people read
it, where the page has it too, between what to fix and the levels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from interviewer.coach.reading import VERDICTS, Entry, Reading, Section
from interviewer.interview.events import CandidateRated
from interviewer.interview.scorecard import Scorecard

HEADING = "What you thought, before the card"
LEVELS = {"below": "Below mid", "mid": "Mid", "senior": "Senior", "staff": "Staff"}
MOST_NAMED = 3
_BEFORE = ("moment", "strengths", "fix")
"""The sections that stand before it."""


def with_beforehand(reading: Reading, card: Scorecard, rated: CandidateRated | None) -> Reading:
    """The reading with what they said of themselves; as it was where they said nothing."""
    entries = _entries(card, rated) if rated is not None else ()
    if not entries:
        return reading
    place = sum(section.id in _BEFORE for section in reading.sections)
    section = Section("beforehand", HEADING, entries)
    return replace(reading, sections=(*reading.sections[:place], section, *reading.sections[place:]))


def _entries(card: Scorecard, rated: CandidateRated) -> tuple[Entry, ...]:
    levels = {one.name: one.level for one in card.criteria if one.level is not None}
    best, worst = max(levels.values(), default=0), min(levels.values(), default=0)

    def found(level: int) -> str:
        names = [name for name, one in levels.items() if one == level]
        return f"The card: a {level} for {_listed(names)}." if best > worst else ""

    rows = (
        ("Best", rated.best, found(best)),
        ("Worst", rated.worst, found(worst)),
        ("Level", LEVELS.get(rated.level, rated.level), _held_against(card)),
        ("Next time", rated.next_time, ""),
    )
    return tuple(
        Entry(what, f"“{said.strip()}”", notes=(beside,) if beside else ())
        for what, said, beside in rows
        if said.strip()
    )


def _held_against(card: Scorecard) -> str:
    """What the card says of the level; the verdict itself only where it is not kept for last."""
    if card.recommendation == "not-assessed":
        return "The card: too little was assessed to say."
    if card.conditions.mode == "mock":
        return f"The card: {VERDICTS[card.recommendation]} at {card.level}."
    return f"The card: held against {card.level}; how near it came stands at the end."


def _listed(names: Sequence[str]) -> str:
    shown = [name.lower() for name in names[:MOST_NAMED]]
    if len(names) > MOST_NAMED:
        return f"{', '.join(shown)} and {len(names) - MOST_NAMED} more"
    return f"{', '.join(shown[:-1])} and {shown[-1]}" if len(shown) > 1 else "".join(shown)
