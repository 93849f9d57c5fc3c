"""What a family of tests is: talks changed in one way, and figures of what that did, each with its two bars.

The bars are those of the design: "pass" must hold, "state of the art" is aimed at.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from interviewer.lab.figure import Told
from interviewer.lab.robustness.material import Material
from interviewer.lab.robustness.tasks import Gist, Task


@dataclass(frozen=True)
class Case:
    """One thing tried: the talk as it was (where there is one) and as it was changed. `about` are the items in question."""

    name: str
    tasks: tuple[Task, ...]
    group: str = ""
    about: tuple[str, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """A case with the gists of its tasks, in their order."""

    case: Case
    gists: tuple[Gist, ...]

    @property
    def shift(self) -> float | None:
        """How far the overall figure moved, from the first talk to the last; None where either was not assessed."""
        before, after = self.gists[0].overall, self.gists[-1].overall
        return after - before if before is not None and after is not None else None


@dataclass(frozen=True)
class Family:
    """A family by name. `cases` makes up to so many cases from a seed; `told` makes figures of what came out."""

    name: str
    asks: str
    cases: Callable[[Material, int, int], list[Case]]
    told: Callable[[Sequence[Outcome]], Told]
