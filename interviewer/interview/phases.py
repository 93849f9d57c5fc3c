"""Phases and plans: in what order an interview goes, and how long each part may take.

A plan is data from `rubrics/system_design/plans.yaml`. Minutes there are for a spoken interview of 45 minutes;
`timed` scales them to the length and pace that were chosen.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NewType

from pydantic import BaseModel, ConfigDict, Field

PhaseId = NewType("PhaseId", str)
PlanId = NewType("PlanId", str)

TYPED_PACE = 1.5
"""Typing takes about half as long again as speaking (craft.md 1.2)."""


class Pace(StrEnum):
    """How the candidate speaks: aloud, or by keyboard, which gives every phase half as much again."""

    spoken = "spoken"
    typed = "typed"


class Phase(BaseModel):
    """One part of a plan. `covers` names what else falls due in it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: PhaseId
    name: str
    minutes: float = Field(gt=0)
    covers: tuple[PhaseId, ...] = ()
    aim: str = ""

    def is_due(self, due: str) -> bool:
        """Whether something due at `due` (a phase id) falls due in this phase."""
        return due == self.id or due in self.covers


class PhasePlan(BaseModel):
    """An answer framework of the source documents as a sequence of phases."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: PlanId
    kind: str
    name: str
    why: str
    sources: tuple[str, ...]
    phases: tuple[Phase, ...] = Field(min_length=2)

    @property
    def minutes(self) -> float:
        """Length of the whole plan in minutes, spoken."""
        return sum(phase.minutes for phase in self.phases)

    def suits(self, kind: str) -> bool:
        """Whether the plan may lead an interview of this kind (d, p or h)."""
        return kind in self.kind

    def phase_of(self, due: str) -> int:
        """Index of the phase in which `due` falls due; the last one where no phase covers it (catalogue, plans.yaml)."""
        for index, phase in enumerate(self.phases):
            if phase.is_due(due):
                return index
        return len(self.phases) - 1

    def timed(self, minutes: float, pace: Pace) -> tuple[TimedPhase, ...]:
        """The phases with budgets in seconds, for an interview of `minutes` spoken minutes at `pace`."""
        factor = 60 * minutes / self.minutes * (TYPED_PACE if pace is Pace.typed else 1)
        return tuple(
            TimedPhase(id=phase.id, name=phase.name, budget_s=phase.minutes * factor, covers=phase.covers)
            for phase in self.phases
        )


class TimedPhase(BaseModel):
    """A phase as one interview runs it, with its budget in seconds."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: PhaseId
    name: str
    budget_s: float
    covers: tuple[PhaseId, ...] = ()

    def is_due(self, due: str) -> bool:
        """Whether something due at `due` (a phase id) falls due in this phase."""
        return due == self.id or due in self.covers
