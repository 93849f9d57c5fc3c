"""All of the lab in one go: scores, robustness and interviews, as measures under one roof for the baseline.

Each part is told as lines as soon as it is there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from interviewer.lab import score_report, score_text
from interviewer.lab.baseline import Measure
from interviewer.lab.interviews import run as interviews
from interviewer.lab.robustness import run as robustness
from interviewer.lab.scorers import Rubrics

CASES = 24
FULL_CASES = 200


@dataclass(frozen=True)
class Asked:
    """What is measured: folders of labelled interviews, the second labeller's where there is one, cases and seed."""

    folders: Sequence[Path]
    rubrics: Rubrics
    second: Path | None = None
    prompts: Path | None = None
    cases: int = CASES
    seed: int = 7
    jobs: int | None = None
    detail: bool = False


def measure(asked: Asked, tell: Callable[[str], None]) -> dict[str, Measure]:
    """Every figure of every part, named `part: figure`. Raises BadInput where there is nothing to measure with."""
    found: dict[str, Measure] = {}
    for folder in asked.folders:
        tell(f"\nScores on {folder.name}\n")
        # a second labeller labelled one folder, and that is told by the names of the files in it
        second = asked.second if asked.second and _labels_any(asked.second, folder) else None
        report = score_report.score_folders([folder], asked.rubrics, second, asked.seed, asked.jobs)
        tell("\n".join(score_text.lines_of(report, asked.detail)))
        found.update(_named(f"score {folder.name}", score_report.figures(report)))
    tell(f"\nRobustness, {asked.cases} cases a family\n")
    material = robustness.material_in(asked.folders, asked.rubrics)
    tested = robustness.try_families(material, asked.rubrics, asked.cases, asked.seed, jobs=asked.jobs)
    tell("\n".join(robustness.lines_of(tested, asked.detail)))
    found.update(_named("robustness", robustness.figures(tested)))
    tell("")
    some = None if asked.cases >= FULL_CASES else asked.cases
    wanted = interviews.wanted_interviews(asked.rubrics, some, asked.seed)
    told = interviews.told_of(interviews.try_all(wanted, asked.rubrics, asked.prompts, asked.jobs))
    tell("\n".join(interviews.lines_of(told, len(wanted), asked.detail)))
    found.update(interviews.figures(told))
    return found


def _labels_any(second: Path, folder: Path) -> bool:
    return any((second / file.name).is_file() for file in folder.glob("*.json"))


def _named(part: str, measures: dict[str, Measure]) -> dict[str, Measure]:
    return {f"{part}: {name}": one for name, one in measures.items()}
