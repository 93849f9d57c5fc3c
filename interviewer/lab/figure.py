"""A figure with its two bars: what must hold, and what is aimed at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from interviewer.lab.baseline import Measure

SLACK = 1e-9


@dataclass(frozen=True)
class Figure:
    """A number with its bars; `better` says in which direction. `cases` is how many it rests on."""

    name: str
    value: float | None
    better: Literal["less", "more"]
    passes_at: float
    best_at: float
    cases: int

    def reaches(self, bar: float) -> bool:
        """Whether the figure is at the bar or beyond it; a figure that could not be taken is not."""
        if self.value is None:
            return False
        return self.value <= bar + SLACK if self.better == "less" else self.value >= bar - SLACK

    @property
    def verdict(self) -> Literal["state of the art", "pass", "fail"]:
        """Which bar it reaches."""
        if not self.reaches(self.passes_at):
            return "fail"
        return "state of the art" if self.reaches(self.best_at) else "pass"


@dataclass(frozen=True)
class Told:
    """What was found: figures, and a sentence for each case that went wrong."""

    figures: tuple[Figure, ...]
    faults: tuple[str, ...] = ()


def measures(name: str, told: Told) -> dict[str, Measure]:
    """The figures as a baseline guards them, under `name: figure`; those that could not be taken are left out.

    A figure that has only one bar and reaches it may not give way at all.
    """
    return {
        f"{name}: {one.name}": Measure(
            one.value,
            one.better,
            exact=one.passes_at == one.best_at and one.verdict != "fail",
            cases=one.cases,
        )
        for one in told.figures
        if one.value is not None
    }


def lines_of(told: Told, most_faults: int | None) -> Iterator[str]:
    """The figures as lines for a terminal, then the faults, at most so many of them."""
    for figure in told.figures:
        value = "    -" if figure.value is None else f"{figure.value:5.2f}"
        sign = "<=" if figure.better == "less" else ">="
        yield (
            f"  {figure.name:52}{value} {figure.cases:5}  {sign}{figure.passes_at:5.2f} {sign}{figure.best_at:5.2f}"
            f"  {figure.verdict}"
        )
    shown = told.faults[:most_faults]
    yield from (f"      {' '.join(fault.split())}" for fault in shown)
    if len(shown) < len(told.faults):
        yield f"      and {len(told.faults) - len(shown)} more"


def summary_of(told: Iterable[Told]) -> str:
    """How many figures reach which bar, in a line."""
    verdicts = [figure.verdict for one in told for figure in one.figures]
    return (
        f"{len(verdicts)} figures: {verdicts.count('state of the art')} state of the art, "
        f"{verdicts.count('pass')} pass, {verdicts.count('fail')} fail"
    )


HEADING = f"{'':53} figure     n   pass   best"
