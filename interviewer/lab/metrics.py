"""The arithmetic of agreement: F1, weighted kappa, correlation, ranking and intervals, in plain Python.

Every function takes plain numbers and gives None where a figure is not defined, so that a figure which could not be
measured is never taken for a bad one, nor for a good one.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from interviewer.interview.chance import pick

LEVELS = (1, 2, 3, 4)
CONFIDENCE = 0.95


@dataclass(frozen=True)
class Counts:
    """How often something was found rightly, wrongly, and not at all."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.right + other.right, self.wrong + other.wrong, self.missed + other.missed)

    @property
    def precision(self) -> float | None:
        """Share of what was found that is right; None where nothing was found."""
        return ratio(self.right, self.right + self.wrong)

    @property
    def recall(self) -> float | None:
        """Share of what is there that was found; None where nothing is there."""
        return ratio(self.right, self.right + self.missed)

    @property
    def f1(self) -> float | None:
        """2 right / (2 right + wrong + missed); None where nothing is there and nothing was found."""
        return ratio(2 * self.right, 2 * self.right + self.wrong + self.missed)


def ratio(part: float, whole: float) -> float | None:
    """The share, None of nothing."""
    return part / whole if whole else None


def mean(values: Iterable[float]) -> float | None:
    """The mean, None of nothing."""
    known = list(values)
    return math.fsum(known) / len(known) if known else None


def deviation(values: Sequence[float]) -> float | None:
    """The standard deviation of a sample (n - 1), None of fewer than two."""
    if len(values) < 2:
        return None
    middle = math.fsum(values) / len(values)
    return math.sqrt(math.fsum((value - middle) ** 2 for value in values) / (len(values) - 1))


def counts_of(found: set[str], there: set[str]) -> Counts:
    """One case: what was found against what is there."""
    return Counts(len(found & there), len(found - there), len(there - found))


def micro(cases: Iterable[tuple[set[str], set[str]]]) -> Counts:
    """All cases pooled; each is (found, there)."""
    total = Counts()
    for found, there in cases:
        total += counts_of(found, there)
    return total


def by_label(cases: Sequence[tuple[set[str], set[str]]]) -> dict[str, Counts]:
    """Counts for every label that was found or is there anywhere."""
    labels = sorted(set().union(*(found | there for found, there in cases))) if cases else []
    return {
        label: Counts(
            sum(label in found and label in there for found, there in cases),
            sum(label in found and label not in there for found, there in cases),
            sum(label not in found and label in there for found, there in cases),
        )
        for label in labels
    }


@dataclass(frozen=True)
class Macro:
    """Means over labels; a label that was never found has precision 0, one that is never there has recall 0."""

    precision: float | None
    recall: float | None
    f1: float | None
    labels: int


def macro(counts: Mapping[str, Counts]) -> Macro:
    """The mean of precision, recall and F1 over labels with a positive on either side."""
    some = list(counts.values())
    return Macro(
        mean(one.precision or 0.0 for one in some),
        mean(one.recall or 0.0 for one in some),
        mean(one.f1 or 0.0 for one in some),
        len(some),
    )


def qwk(ours: Sequence[int], theirs: Sequence[int], levels: Sequence[int] = LEVELS) -> float | None:
    """Cohen's kappa with quadratic weights over `levels`. None where there are no pairs or neither side ever varies."""
    if len(ours) != len(theirs):
        raise ValueError("both sides give one level a case")
    count = len(ours)
    if not count:
        return None
    seen = math.fsum((a - b) ** 2 for a, b in zip(ours, theirs, strict=True)) / count
    by_chance = (
        math.fsum((a - b) ** 2 * ours.count(a) * theirs.count(b) for a in levels for b in levels) / count**2
    )
    return 1 - seen / by_chance if by_chance else None


def pearson(ours: Sequence[float], theirs: Sequence[float]) -> float | None:
    """The correlation; None for fewer than three pairs or where a side never varies."""
    if len(ours) < 3 or len(ours) != len(theirs):
        return None
    a, b = math.fsum(ours) / len(ours), math.fsum(theirs) / len(theirs)
    both = math.fsum((x - a) * (y - b) for x, y in zip(ours, theirs, strict=True))
    spread = math.fsum((x - a) ** 2 for x in ours) * math.fsum((y - b) ** 2 for y in theirs)
    return both / math.sqrt(spread) if spread > 1e-18 else None


def ranks(values: Sequence[float]) -> list[float]:
    """Ranks from 1, equal values sharing the mean of their places."""
    placed = sorted(range(len(values)), key=lambda index: values[index])
    found = [0.0] * len(values)
    at = 0
    while at < len(placed):
        end = at
        while end + 1 < len(placed) and values[placed[end + 1]] == values[placed[at]]:
            end += 1
        for index in placed[at : end + 1]:
            found[index] = (at + end) / 2 + 1
        at = end + 1
    return found


def spearman(ours: Sequence[float], theirs: Sequence[float]) -> float | None:
    """The correlation of ranks."""
    return pearson(ranks(ours), ranks(theirs))


def partial(ours: Sequence[float], other: Sequence[float], given: Sequence[float]) -> float | None:
    """The correlation of `ours` with `other` that is left when `given` is known."""
    xy, xz, yz = pearson(ours, other), pearson(ours, given), pearson(other, given)
    if xy is None or xz is None or yz is None:
        return None
    spread = (1 - xz**2) * (1 - yz**2)
    return (xy - xz * yz) / math.sqrt(spread) if spread > 1e-12 else None


def ordered_pairs(scores: Sequence[float | None], truth: Sequence[float]) -> tuple[float, int]:
    """Of all pairs whose truth differs: how many `scores` put in the same order (a tie is half), and how many there are.

    A case without a score is ordered wrongly against every other.
    """
    right, pairs = 0.0, 0
    for i in range(len(truth)):
        for j in range(i + 1, len(truth)):
            if truth[i] == truth[j]:
                continue
            pairs += 1
            first, second = scores[i], scores[j]
            if first is None or second is None:
                continue
            if first == second:
                right += 0.5
            elif (first > second) == (truth[i] > truth[j]):
                right += 1
    return right, pairs


def auc(positive: Sequence[float], negative: Sequence[float]) -> float | None:
    """The chance that a positive stands above a negative, a tie being half."""
    if not positive or not negative:
        return None
    above = sum((a > b) + 0.5 * (a == b) for a in positive for b in negative)
    return above / (len(positive) * len(negative))


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which `share` (0 to 1) of `values` lies, between neighbours by line. Raises ValueError of nothing."""
    if not values:
        raise ValueError("a percentile of nothing")
    placed = sorted(values)
    at = share * (len(placed) - 1)
    low = math.floor(at)
    high = min(low + 1, len(placed) - 1)
    return placed[low] + (placed[high] - placed[low]) * (at - low)


def resamples(cases: int, seed: int, draws: int = 1_000) -> Iterator[list[int]]:
    """Indexes of cases drawn anew with replacement, so many times."""
    for draw in range(draws):
        yield [pick(cases, seed, "bootstrap", draw, place) for place in range(cases)]


def interval(drawn: Iterable[float | None]) -> tuple[float, float] | None:
    """The 95 % interval of a statistic from its values over resamples.

    Draws in which it is not defined are left out; None where most are.
    """
    values = list(drawn)
    found = [value for value in values if value is not None]
    if not found or len(found) < len(values) / 2:
        return None
    tail = (1 - CONFIDENCE) / 2
    return percentile(found, tail), percentile(found, 1 - tail)


def line_through(xs: Sequence[float], ys: Sequence[float]) -> tuple[float, float]:
    """Slope and intercept of the least-squares line; flat through the mean where x never varies."""
    if not xs:
        return 0.0, 0.0
    a, b = math.fsum(xs) / len(xs), math.fsum(ys) / len(ys)
    spread = math.fsum((x - a) ** 2 for x in xs)
    slope = math.fsum((x - a) * (y - b) for x, y in zip(xs, ys, strict=True)) / spread if spread else 0.0
    return slope, b - slope * a
