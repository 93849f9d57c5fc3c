"""The committed baseline: what every figure was, and how far it may fall before that is a fault.

A figure that got better is named, so that somebody raises the baseline; one that is gone is a fault like one that fell.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from interviewer.errors import BadInput

USUAL_SLACK = 0.02
Verdict = Literal["held", "fell", "better", "new", "gone"]


@dataclass(frozen=True)
class Measure:
    """A figure with the direction in which it is better. `exact` figures may not give way at all; of those that rest on
    few `cases` one case more or less may go wrong."""

    value: float
    better: Literal["more", "less"] = "more"
    exact: bool = False
    cases: int = 0

    @property
    def slack(self) -> float:
        """How far it may fall, where nobody has said otherwise."""
        if self.exact:
            return 0.0
        return round(max(USUAL_SLACK, 1.5 / self.cases if self.cases else 0.0), 4)


class Kept(BaseModel):
    """A figure as the baseline holds it."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    value: float
    slack: float
    better: Literal["more", "less"]


class Baseline(BaseModel):
    """Every guarded figure, and the cases and seed that they were taken with."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    cases: int
    seed: int
    figures: dict[str, Kept]


@dataclass(frozen=True)
class Compared:
    """A figure now and then."""

    name: str
    now: float | None
    then: float | None
    slack: float
    verdict: Verdict


def read_baseline(path: Path) -> Baseline | None:
    """The baseline, None where there is no such file. Raises BadInput where it cannot be read."""
    if not path.is_file():
        return None
    try:
        return Baseline.model_validate_json(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, ValidationError) as error:
        raise BadInput(f"{path} is no baseline: {error}") from error


def write_baseline(path: Path, measures: Mapping[str, Measure], cases: int, seed: int) -> None:
    """Write what holds now; slacks that stand in the file already are kept."""
    before = read_baseline(path)
    slacks = {name: kept.slack for name, kept in before.figures.items()} if before else {}
    figures = {
        name: Kept(
            value=round(one.value, 4),
            slack=slacks.get(name, one.slack),
            better=one.better,
        )
        for name, one in sorted(measures.items())
    }
    made = Baseline(cases=cases, seed=seed, figures=figures)
    path.write_text(json.dumps(made.model_dump(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def compare(measures: Mapping[str, Measure], baseline: Baseline) -> Iterator[Compared]:
    """Every figure against the baseline, those of either side."""
    for name in sorted({*measures, *baseline.figures}):
        kept, one = baseline.figures.get(name), measures.get(name)
        if kept is None and one is not None:
            yield Compared(name, one.value, None, 0.0, "new")
        elif kept is not None and one is None:
            yield Compared(name, None, kept.value, kept.slack, "gone")
        elif kept is not None and one is not None:
            gain = one.value - kept.value if kept.better == "more" else kept.value - one.value
            beyond = kept.slack + 5e-5  # the file holds four places
            verdict: Verdict = "fell" if gain < -beyond else "better" if gain > beyond else "held"
            yield Compared(name, one.value, kept.value, kept.slack, verdict)


def lines_of(compared: list[Compared]) -> Iterator[str]:
    """What changed against the baseline, for a terminal."""
    told = {
        "fell": "fell below the baseline",
        "gone": "is in the baseline and was not measured",
        "better": "is better; raise the baseline",
        "new": "is new; add it to the baseline",
    }
    for verdict, words in told.items():
        for one in compared:
            if one.verdict == verdict:
                now = "-" if one.now is None else f"{one.now:.3f}"
                then = "-" if one.then is None else f"{one.then:.3f}"
                yield f"  {one.name}: {now} (was {then}, slack {one.slack:g}) {words}"
    held = sum(one.verdict == "held" for one in compared)
    yield f"{len(compared)} figures: {held} held, {sum(one.verdict in ('fell', 'gone') for one in compared)} fell."
