"""`lab robustness`: every family of tests over generated changes, with its figures, its two bars and what went wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from interviewer.errors import BadInput
from interviewer.lab import figure
from interviewer.lab.baseline import Measure
from interviewer.lab.figure import HEADING, Told, measures, summary_of
from interviewer.lab.labels import labelled_in
from interviewer.lab.robustness import attacks, credits, fluency, forms, planted, substance, twins
from interviewer.lab.robustness.family import Case, Family, Outcome
from interviewer.lab.robustness.material import Material, material_from
from interviewer.lab.robustness.tasks import run_all
from interviewer.lab.scorers import Rubrics, shelf_of

FAMILIES: tuple[Family, ...] = (
    *attacks.FAMILIES,
    *twins.FAMILIES,
    *forms.FAMILIES,
    *credits.FAMILIES,
    *substance.FAMILIES,
    *planted.FAMILIES,
    *fluency.FAMILIES,
)
MOST_FAULTS = 6
"""So many faults of a family are shown unless all are asked for."""


@dataclass(frozen=True)
class Tested:
    """A family with what it found."""

    family: Family
    told: Told


def material_in(folders: Sequence[Path], rubrics: Rubrics) -> Material:
    """Interviews of the folders and sentences of the rubrics. Raises BadInput where there are none."""
    shelf = shelf_of(rubrics.rubrics, rubrics.packs)
    labelled = tuple(one for folder in folders for one in labelled_in(folder, shelf))
    return material_from(labelled, shelf, rubrics.rubrics)


def try_families(
    material: Material,
    rubrics: Rubrics,
    cases: int,
    seed: int,
    names: Iterable[str] = (),
    jobs: int | None = None,
) -> tuple[Tested, ...]:
    """Test the families of these names (all of them), with up to `cases` cases each. Raises BadInput for a name unknown."""
    wanted = set(names)
    known = {family.name for family in FAMILIES}
    if wanted - known:
        raise BadInput(
            f"No family {', '.join(sorted(wanted - known))}. There are: {', '.join(sorted(known))}."
        )
    chosen = [family for family in FAMILIES if not wanted or family.name in wanted]
    made: list[tuple[Family, list[Case]]] = [
        (family, family.cases(material, cases, seed)) for family in chosen
    ]
    gists = run_all((task for _, some in made for case in some for task in case.tasks), rubrics, jobs)
    return tuple(
        Tested(
            family,
            family.told([Outcome(case, tuple(gists[task.key] for task in case.tasks)) for case in some]),
        )
        for family, some in made
    )


def figures(tested: Iterable[Tested]) -> dict[str, Measure]:
    """Every figure under `family: name`; those that could not be taken are left out."""
    return {name: one for each in tested for name, one in measures(each.family.name, each.told).items()}


def lines_of(tested: Sequence[Tested], every_fault: bool = False) -> Iterator[str]:
    """The result as lines for a terminal."""
    yield HEADING
    for one in tested:
        yield f"{one.family.name}: {one.family.asks}"
        yield from figure.lines_of(one.told, None if every_fault else MOST_FAULTS)
    yield summary_of(one.told for one in tested)
