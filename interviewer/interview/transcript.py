"""A transcript: an interview as turns, ours or somebody else's, with what is known of how it was held.

The one form in which anything is scored. Reading foreign files is `interviewer/transcripts.py`; our own sessions give
theirs by `state.Interview.transcript`. Phases missing from the file are filled by `phased`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property

from interviewer.interview.ledger import Turn
from interviewer.interview.phase_content import phases_by_content
from interviewer.interview.phases import PhasePlan
from interviewer.interview.rubric import CandidateLevel, Kind
from interviewer.interview.scorecard import Conditions


@dataclass(frozen=True)
class Given:
    """A fact of the sheet that was given: in which turn, and whether the candidate asked for it."""

    fact: str
    turn: int
    asked: bool


@dataclass(frozen=True)
class Transcript:
    """Turns in order, numbered from 1, and what they were held under. `hints` are our own
    director's, as the turn that gives one and its topic; `probed` are topics that it asked about, likewise."""

    id: str
    scenario: str | None
    kind: Kind
    level: CandidateLevel
    plan: str
    turns: tuple[Turn, ...]
    conditions: Conditions = field(default_factory=Conditions)
    given: tuple[Given, ...] = ()
    hints: tuple[tuple[int, str], ...] = ()
    probed: tuple[tuple[int, str], ...] = ()
    our_failed_turns: int = 0
    foreign: bool = True
    notes: tuple[str, ...] = ()

    @cached_property
    def candidate_turns(self) -> tuple[Turn, ...]:
        """The turns that may carry credit or blame."""
        return tuple(turn for turn in self.turns if turn.role == "candidate")

    @cached_property
    def words(self) -> int:
        """How many words the candidate said."""
        return sum(len(turn.text.split()) for turn in self.candidate_turns)

    @property
    def ends_at(self) -> float | None:
        """Minute of the last turn, None where the file has no minutes."""
        minutes = [turn.minute for turn in self.turns if turn.minute is not None]
        return max(minutes) if minutes else None

    def turn(self, n: int) -> Turn:
        """The turn with this number. Raises IndexError where there is none."""
        return self.turns[n - 1]


def phased(transcript: Transcript, plan: PhasePlan, length_min: float | None = None) -> Transcript:
    """The transcript with a phase on every turn that had none: by minutes against the plan, else by content.

    `length_min` is what the interview was planned for, in minutes; without it the plan's own length holds, or the
    transcript's, where that is longer. Turns without a minute are spread evenly between their neighbours.
    """
    if all(turn.phase is not None for turn in transcript.turns):
        return transcript
    if transcript.ends_at:
        minutes = _filled_minutes(transcript)
        scale = max(plan.minutes, length_min or 0, transcript.ends_at) / plan.minutes
        phases = [_phase_at(plan, minute / scale) for minute in minutes]
    else:
        phases = phases_by_content(tuple(turn.text for turn in transcript.turns), plan)
    return replace(
        transcript,
        turns=tuple(
            turn if turn.phase else turn.model_copy(update={"phase": phase})
            for turn, phase in zip(transcript.turns, phases, strict=True)
        ),
    )


def _phase_at(plan: PhasePlan, minute: float) -> str:
    ends = 0.0
    for phase in plan.phases:
        ends += phase.minutes
        if minute < ends:
            return phase.id
    return plan.phases[-1].id


def _filled_minutes(transcript: Transcript) -> list[float]:
    known = [(index, turn.minute) for index, turn in enumerate(transcript.turns) if turn.minute is not None]
    minutes: list[float] = []
    for index in range(len(transcript.turns)):
        before = [pair for pair in known if pair[0] <= index]
        after = [pair for pair in known if pair[0] >= index]
        if not before:
            minutes.append(after[0][1])
        elif not after:
            minutes.append(before[-1][1])
        else:
            (i, low), (j, high) = before[-1], after[0]
            minutes.append(low if i == j else low + (high - low) * (index - i) / (j - i))
    return minutes
