"""`lab score`: our cards against reference labels, as figures with intervals, beside what a scorer must beat.

`ScoreReport` is everything that was measured; `figures` names the numbers that a baseline guards.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from interviewer.interview.rubric import Rubric
from interviewer.interview.scorecard import Scorecard
from interviewer.lab.agreement import HEADLINES, Agreement, Pair, agreement, types_of
from interviewer.lab.baseline import Measure
from interviewer.lab.evidence import claims_of, faults_of
from interviewer.lab.labels import (
    CATALOGUE_FLAGS,
    Judgement,
    Labelled,
    judgement_of,
    labelled_in,
    second_of,
)
from interviewer.lab.metrics import partial, pearson
from interviewer.lab.must_beat import baselines
from interviewer.lab.scorers import Rubrics, score_all, shelf_of


@dataclass(frozen=True)
class Length:
    """How scores go with words said: ours, the reference's own, and what of ours is left when the reference is known."""

    ours: float | None
    reference: float | None
    left_over: float | None


@dataclass(frozen=True)
class OfInterview:
    """One interview: flags missed and wrong, levels and recommendation on both sides."""

    id: str
    scenario: str
    missed: tuple[str, ...]
    missed_but_possible: tuple[str, ...]
    wrong: tuple[str, ...]
    added: tuple[str, ...]
    levels: dict[str, tuple[int | None, int]]
    recommendation: tuple[str, str]
    overall: tuple[float | None, float | None]
    sums_missed: tuple[str, ...]


@dataclass(frozen=True)
class ScoreReport:
    """Everything that one run measured. `second` is the ceiling: another labeller against the reference.

    `cleared` says of flags that were not stated though labelled what kept them from it, and how often: an item that we
    hold for met, that it was only possible, or neither.
    """

    ours: Agreement
    by_scenario: dict[str, Agreement]
    beaten: dict[str, Agreement]
    second: Agreement | None
    claims: int
    evidence_faults: tuple[str, ...]
    length: Length
    rare: tuple[str, ...]
    never: tuple[str, ...]
    interviews: tuple[OfInterview, ...]
    cleared: dict[str, dict[str, int]]

    @property
    def evidence_valid(self) -> float:
        """Share of claims that hold."""
        return 1 - len(self.evidence_faults) / max(1, self.claims)


def score_folders(
    folders: Sequence[Path],
    rubrics: Rubrics,
    second: Path | None,
    seed: int,
    jobs: int | None = None,
    scenario: str | None = None,
) -> ScoreReport:
    """Score every labelled interview of the folders and compare. Raises BadInput where there is nothing to compare with."""
    shelf = shelf_of(rubrics.rubrics, rubrics.packs)
    labelled = tuple(one for folder in folders for one in labelled_in(folder, shelf))
    labelled = tuple(one for one in labelled if scenario in (None, one.scenario))
    cards = score_all([one.transcript for one in labelled], rubrics, jobs)
    other = second_of(second, labelled, shelf.rubric) if second else None
    return report_of(labelled, cards, other, rubrics, seed)


def report_of(
    labelled: tuple[Labelled, ...],
    cards: Sequence[Scorecard],
    second: Mapping[str, Judgement] | None,
    rubrics: Rubrics,
    seed: int,
) -> ScoreReport:
    """The report on cards that were already made, in the order of `labelled`."""
    rubric = shelf_of(rubrics.rubrics, rubrics.packs).rubric
    types = types_of(rubric)
    pairs: list[Pair] = [
        (judgement_of(card), one.reference) for card, one in zip(cards, labelled, strict=True)
    ]
    scenarios = sorted({one.scenario for one in labelled})
    both: list[Pair] = [
        (second[one.transcript.id], one.reference)
        for one in labelled
        if second and one.transcript.id in second
    ]
    seen = Counter(id for one in labelled for id in one.reference.flags)
    faults = [
        f"{one.transcript.id}: {fault}"
        for card, one in zip(cards, labelled, strict=True)
        for fault in faults_of(card, one.transcript)
    ]
    return ScoreReport(
        ours=agreement(pairs, types, seed),
        by_scenario={
            id: agreement(
                [pair for pair, one in zip(pairs, labelled, strict=True) if one.scenario == id], types
            )
            for id in scenarios
        },
        beaten={name: agreement(told, types) for name, told in baselines(labelled, rubric)},
        second=agreement(both, types) if both else None,
        claims=sum(claims_of(card) for card in cards),
        evidence_faults=tuple(faults),
        length=_length(labelled, cards),
        rare=tuple(sorted(id for id in CATALOGUE_FLAGS if seen[id] == 1)),
        never=tuple(sorted(id for id in CATALOGUE_FLAGS if not seen[id])),
        interviews=tuple(_interview(ours, one) for (ours, _), one in zip(pairs, labelled, strict=True)),
        cleared=_cleared(labelled, cards, rubric),
    )


def figures(report: ScoreReport) -> dict[str, Measure]:
    """The figures that a baseline guards, by name; those that are not defined are left out."""
    values = {name: figure(report.ours) for name, figure in HEADLINES.items()}
    found = {name: Measure(value) for name, value in values.items() if value is not None}
    found["evidence valid"] = Measure(report.evidence_valid, exact=True)
    if report.length.ours is not None:
        found["correlation with words"] = Measure(report.length.ours, better="less")
    return found


def _length(labelled: Sequence[Labelled], cards: Sequence[Scorecard]) -> Length:
    known = [
        (card.overall, one.reference.overall, float(one.transcript.words))
        for card, one in zip(cards, labelled, strict=True)
        if card.overall is not None and one.reference.overall is not None
    ]
    ours, theirs, words = ([row[at] for row in known] for at in range(3))
    return Length(pearson(ours, words), pearson(theirs, words), partial(ours, words, theirs))


def _cleared(
    labelled: Sequence[Labelled], cards: Sequence[Scorecard], rubric: Rubric
) -> dict[str, dict[str, int]]:
    met_by = {str(flag.id): {str(item) for item in flag.met_by} for flag in rubric.flags}
    found: dict[str, Counter[str]] = {}
    for one, card in zip(labelled, cards, strict=True):
        ours = judgement_of(card)
        met = {item.id for criterion in card.criteria for item in criterion.items if item.state == "met"}
        for id in set(one.reference.flags) - set(ours.flags):
            items = sorted(met & met_by.get(id, set()))
            reasons = ["only possible"] if id in ours.possible else items or ["not heard"]
            found.setdefault(id, Counter()).update(reasons)
    return {id: dict(reasons.most_common()) for id, reasons in found.items()}


def _interview(ours: Judgement, one: Labelled) -> OfInterview:
    stated, theirs = set(ours.flags), set(one.reference.flags)
    missed = sorted(theirs - stated)
    found = {(mine.turn, " ".join(mine.text.split())) for mine in ours.sums}
    return OfInterview(
        id=one.transcript.id,
        scenario=one.scenario,
        missed=tuple(id for id in missed if id not in ours.possible),
        missed_but_possible=tuple(id for id in missed if id in ours.possible),
        wrong=tuple(sorted((stated - theirs) & CATALOGUE_FLAGS)),
        added=tuple(sorted(stated - CATALOGUE_FLAGS)),
        levels={id: (ours.levels.get(id), level) for id, level in one.reference.levels.items()},
        recommendation=(ours.recommendation, one.reference.recommendation),
        overall=(ours.overall, one.reference.overall),
        sums_missed=tuple(
            f"{sum.turn}: {sum.text}"
            for sum in one.reference.sums
            if not any(
                turn == sum.turn
                and (text in " ".join(sum.text.split()) or " ".join(sum.text.split()) in text)
                for turn, text in found
            )
        ),
    )
