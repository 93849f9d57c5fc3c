"""How far two judgements of the same interviews agree: ours with the reference, or one labeller with another.

Flags are matched by id, and only those that the labels can name count. Levels are compared where both sides give one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from interviewer.interview.rubric import Rubric
from interviewer.lab.labels import CATALOGUE_FLAGS, RECOMMENDATIONS, Judgement, Sum
from interviewer.lab.metrics import (
    Counts,
    Macro,
    by_label,
    interval,
    macro,
    mean,
    micro,
    ordered_pairs,
    pearson,
    qwk,
    ratio,
    resamples,
    spearman,
)

SURENESS = (0.0, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95)
"""Where flags are cut by how sure we are of them, to see whether sureness is what it says."""
Pair = tuple[Judgement, Judgement]
"""Ours (or whoever is measured), and the reference."""


@dataclass(frozen=True)
class Sums:
    """Estimates: how many there are, found, judged right; how many of ours are theirs; and the same of those `off`."""

    there: int = 0
    found: int = 0
    judged_right: int = 0
    given: int = 0
    given_right: int = 0
    off: int = 0
    off_told: int = 0

    def __add__(self, other: Sums) -> Sums:
        return Sums(*(getattr(self, name) + getattr(other, name) for name in self.__dataclass_fields__))


@dataclass(frozen=True)
class OfCriterion:
    """Agreement on one criterion, over interviews in which both sides give a level. `bias` is ours less theirs."""

    cases: int
    qwk: float | None
    exact: float | None
    adjacent: float | None
    bias: float | None


@dataclass(frozen=True)
class Agreement:
    """Every figure of agreement over some interviews. `intervals` holds 95 % by interview for the headline figures."""

    cases: int
    flags: Counts
    flag_macro: Macro
    by_flag: dict[str, Counts]
    by_type: dict[str, Counts]
    with_possible: Counts
    status_same: float | None
    criteria: dict[str, OfCriterion]
    qwk_mean: float | None
    qwk_pooled: float | None
    exact: float | None
    adjacent: float | None
    bias: float | None
    overall_pearson: float | None
    overall_spearman: float | None
    overall_bias: float | None
    pairs: float | None
    pair_count: int
    recommendation_exact: float | None
    recommendation_near: float | None
    sums: Sums
    by_threshold: dict[float, Counts]
    by_sureness: dict[float, Counts]
    intervals: dict[str, tuple[float, float]] = field(default_factory=dict)


def types_of(rubric: Rubric) -> dict[str, str]:
    """Said or missing, by flag id."""
    return {str(flag.id): flag.type for flag in rubric.flags}


def agreement(pairs: Sequence[Pair], types: Mapping[str, str], seed: int | None = None) -> Agreement:
    """All figures; with a `seed` also the intervals of the headline ones."""
    sums = [sums_of(ours.sums, theirs.sums) for ours, theirs in pairs]
    whole = _agreement(pairs, sums, types)
    return whole if seed is None else replace(whole, intervals=_intervals(pairs, sums, types, seed))


def _agreement(pairs: Sequence[Pair], sums: Sequence[Sums], types: Mapping[str, str]) -> Agreement:
    flags = [_flags(ours.flags, theirs.flags) for ours, theirs in pairs]
    by_flag = by_label(flags)
    criteria = {id: _criterion(pairs, id) for id in sorted({id for _, one in pairs for id in one.levels})}
    levels = [(a, b) for ours, theirs in pairs for a, b in _levels(ours, theirs)]
    overall = [(a.overall, b.overall) for a, b in pairs if a.overall is not None and b.overall is not None]
    steps = [_steps(ours, theirs) for ours, theirs in pairs]
    right, count = _ranked(pairs)
    surenesses = SURENESS if any(ours.sure for ours, _ in pairs) else ()
    same = [
        status == theirs.flags[id]
        for ours, theirs in pairs
        for id, status in ours.flags.items()
        if id in theirs.flags
    ]
    return Agreement(
        cases=len(pairs),
        flags=micro(flags),
        flag_macro=macro(by_flag),
        by_flag=by_flag,
        by_type={
            kind: sum((one for id, one in by_flag.items() if types.get(id) == kind), Counts())
            for kind in ("said", "missing")
        },
        with_possible=micro(
            _flags({**ours.flags, **dict.fromkeys(ours.possible, "")}, theirs.flags) for ours, theirs in pairs
        ),
        status_same=mean(same),
        criteria=criteria,
        qwk_mean=mean(one.qwk for one in criteria.values() if one.qwk is not None),
        qwk_pooled=qwk([a for a, _ in levels], [b for _, b in levels]),
        exact=mean(a == b for a, b in levels),
        adjacent=mean(abs(a - b) <= 1 for a, b in levels),
        bias=mean(a - b for a, b in levels),
        overall_pearson=pearson([a for a, _ in overall], [b for _, b in overall]),
        overall_spearman=spearman([a for a, _ in overall], [b for _, b in overall]),
        overall_bias=mean(a - b for a, b in overall),
        pairs=ratio(right, count),
        pair_count=count,
        recommendation_exact=mean(step == 0 for step in steps),
        recommendation_near=mean(step <= 1 for step in steps),
        sums=sum(sums, Sums()),
        by_threshold={
            at: micro(_surer(ours, theirs, at, 1.01) for ours, theirs in pairs) for at in surenesses
        },
        by_sureness={
            low: micro(_surer(ours, theirs, low, high) for ours, theirs in pairs)
            for low, high in pairwise((*surenesses, 1.01))
        },
    )


HEADLINES: dict[str, Callable[[Agreement], float | None]] = {
    "flags micro F1": lambda one: one.flags.f1,
    "flags macro F1": lambda one: one.flag_macro.f1,
    "precision of stated flags": lambda one: one.flags.precision,
    "missing flags F1": lambda one: one.by_type["missing"].f1,
    "said flags F1": lambda one: one.by_type["said"].f1,
    "mean QWK": lambda one: one.qwk_mean,
    "exact": lambda one: one.exact,
    "adjacent": lambda one: one.adjacent,
    "pairs": lambda one: one.pairs,
    "recommendation exact": lambda one: one.recommendation_exact,
    "recommendation within one": lambda one: one.recommendation_near,
    "estimates found": lambda one: ratio(one.sums.found, one.sums.there),
    "estimates precision": lambda one: ratio(one.sums.given_right, one.sums.given),
    "estimates judged right": lambda one: ratio(one.sums.judged_right, one.sums.found),
    "wrong sums told": lambda one: ratio(one.sums.off_told, one.sums.off),
    "overall, Pearson": lambda one: one.overall_pearson,
    "overall, Spearman": lambda one: one.overall_spearman,
}
"""The figures that are compared with targets and with a baseline, by the name that they are printed under."""


def _intervals(
    pairs: Sequence[Pair], sums: Sequence[Sums], types: Mapping[str, str], seed: int
) -> dict[str, tuple[float, float]]:
    # without what was only suspected nothing of the headline changes, and it is quicker
    bare = [(replace(ours, sure={}, possible=frozenset()), theirs) for ours, theirs in pairs]
    drawn = [
        _agreement([bare[at] for at in one], [sums[at] for at in one], types)
        for one in resamples(len(pairs), seed)
    ]
    found = {name: interval(figure(one) for one in drawn) for name, figure in HEADLINES.items()}
    return {name: both for name, both in found.items() if both is not None}


def _flags(ours: Mapping[str, str], theirs: Mapping[str, str]) -> tuple[set[str], set[str]]:
    return set(ours) & CATALOGUE_FLAGS, set(theirs) & CATALOGUE_FLAGS


def _surer(ours: Judgement, theirs: Judgement, low: float, high: float) -> tuple[set[str], set[str]]:
    kept = {id for id, sure in ours.sure.items() if low <= sure < high}
    return kept & CATALOGUE_FLAGS, set(theirs.flags) & CATALOGUE_FLAGS


def _levels(ours: Judgement, theirs: Judgement) -> list[tuple[int, int]]:
    return [(ours.levels[id], level) for id, level in theirs.levels.items() if id in ours.levels]


def _criterion(pairs: Sequence[Pair], id: str) -> OfCriterion:
    both = [(a.levels[id], b.levels[id]) for a, b in pairs if id in a.levels and id in b.levels]
    return OfCriterion(
        len(both),
        qwk([a for a, _ in both], [b for _, b in both]),
        mean(a == b for a, b in both),
        mean(abs(a - b) <= 1 for a, b in both),
        mean(a - b for a, b in both),
    )


def _steps(ours: Judgement, theirs: Judgement) -> int:
    """How far apart two recommendations are; farthest where one is not assessed."""
    if ours.recommendation not in RECOMMENDATIONS:
        return len(RECOMMENDATIONS)
    return abs(RECOMMENDATIONS.index(ours.recommendation) - RECOMMENDATIONS.index(theirs.recommendation))


def _ranked(pairs: Sequence[Pair]) -> tuple[float, int]:
    truth = [RECOMMENDATIONS.index(theirs.recommendation) for _, theirs in pairs]
    return ordered_pairs([ours.overall for ours, _ in pairs], truth)


def sums_of(ours: Sequence[Sum], theirs: Sequence[Sum]) -> Sums:
    """Estimates of one interview: found where the turn is right and one text holds the other.

    A wrong sum is judged right where one of ours in it is off; a right one where one is ok and none is off.
    """
    found = right = off_told = 0
    for one in theirs:
        verdicts = {mine.verdict for mine in ours if _same_sum(mine, one)}
        judged = "off" in verdicts if one.verdict == "off" else "ok" in verdicts and "off" not in verdicts
        found += bool(verdicts)
        right += judged
        off_told += judged and one.verdict == "off"
    return Sums(
        there=len(theirs),
        found=found,
        judged_right=right,
        given=len(ours),
        given_right=sum(any(_same_sum(mine, one) for one in theirs) for mine in ours),
        off=sum(one.verdict == "off" for one in theirs),
        off_told=off_told,
    )


def _same_sum(ours: Sum, theirs: Sum) -> bool:
    mine, other = " ".join(ours.text.split()), " ".join(theirs.text.split())
    return ours.turn == theirs.turn and (mine in other or other in mine)
