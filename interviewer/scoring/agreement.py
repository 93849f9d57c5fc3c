"""Coach against scorer: quadratic weighted kappa with its interval, exact and near agreement, bias, and the grid.

Kappa is Cohen's (1968) with quadratic weights; its interval uses the large-sample standard error of Fleiss, Cohen and
Everitt (1969), which needs no chance and gives the same figures every time. It is too narrow for a handful of pairs, so
n stands beside it everywhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt

LEVELS = 4
LEAST_FOR_KAPPA = 2
LEAST_FOR_INTERVAL = 3
_95 = 1.959964
Grid = tuple[tuple[int, int, int, int], ...]


@dataclass(frozen=True)
class Pair:
    """The scorer's level and a coach's of one criterion in one interview, both 1 to 4. `blind` where the coach had not looked."""

    criterion: str
    scorer: int
    coach: int
    blind: bool


@dataclass(frozen=True)
class Agreed:
    """How far coach and scorer agree over n pairs; `grid[i][j]` counts those with the scorer at i + 1 and the coach at
    j + 1. `kappa` is None with fewer than two pairs or where one of them gave one level alone, `low` and `high` where no interval can
    be drawn; `bias` is the coach's mean less the scorer's."""

    n: int
    kappa: float | None
    low: float | None
    high: float | None
    exact: float | None
    within_one: float | None
    bias: float | None
    grid: Grid


def agreement_of(pairs: Iterable[Pair]) -> Agreed:
    """The agreement of pairs. Raises ValueError for a level outside 1 to 4."""
    counts = [[0] * LEVELS for _ in range(LEVELS)]
    for pair in pairs:
        if not (1 <= pair.scorer <= LEVELS and 1 <= pair.coach <= LEVELS):
            raise ValueError(f"levels are 1 to {LEVELS}, not {pair.scorer} and {pair.coach}")
        counts[pair.scorer - 1][pair.coach - 1] += 1
    grid: Grid = tuple((row[0], row[1], row[2], row[3]) for row in counts)
    n = sum(map(sum, counts))
    if n == 0:
        return Agreed(0, None, None, None, None, None, None, grid)
    cells = [(i, j, counts[i][j]) for i in range(LEVELS) for j in range(LEVELS)]
    kappa, error = _kappa(counts, n)
    low, high = _interval(kappa, error, n)
    return Agreed(
        n=n,
        kappa=_rounded(kappa),
        low=_rounded(low),
        high=_rounded(high),
        exact=_rounded(sum(count for i, j, count in cells if i == j) / n),
        within_one=_rounded(sum(count for i, j, count in cells if abs(i - j) <= 1) / n),
        bias=_rounded(sum(count * (j - i) for i, j, count in cells) / n),
        grid=grid,
    )


def _kappa(counts: list[list[int]], n: int) -> tuple[float | None, float]:
    """Kappa with its standard error, (None, 0) where it is undefined."""
    shares = [[count / n for count in row] for row in counts]
    rows = [sum(row) for row in shares]
    columns = [sum(row[j] for row in shares) for j in range(LEVELS)]
    by_chance = sum(rows[i] * columns[j] * _weight(i, j) for i in range(LEVELS) for j in range(LEVELS))
    one_level = (
        max(*rows, *columns) >= 1 - 1e-12
    )  # then kappa is 0 whatever they say, which would tell of discord
    if n < LEAST_FOR_KAPPA or one_level:
        return None, 0.0
    observed = sum(shares[i][j] * _weight(i, j) for i in range(LEVELS) for j in range(LEVELS))
    mean_row = [sum(columns[j] * _weight(i, j) for j in range(LEVELS)) for i in range(LEVELS)]
    mean_column = [sum(rows[i] * _weight(i, j) for i in range(LEVELS)) for j in range(LEVELS)]
    spread = sum(
        shares[i][j]
        * (_weight(i, j) * (1 - by_chance) - (mean_row[i] + mean_column[j]) * (1 - observed)) ** 2
        for i in range(LEVELS)
        for j in range(LEVELS)
    )
    spread -= (observed * by_chance - 2 * by_chance + observed) ** 2
    error = sqrt(max(0.0, spread) / n) / (1 - by_chance) ** 2
    return (observed - by_chance) / (1 - by_chance), error


def _weight(i: int, j: int) -> float:
    return float(1 - (i - j) ** 2 / (LEVELS - 1) ** 2)


def _interval(kappa: float | None, error: float, n: int) -> tuple[float | None, float | None]:
    # without any spread the formula gives a width of nothing, which would claim certainty
    if kappa is None or n < LEAST_FOR_INTERVAL or error < 1e-9:
        return None, None
    return max(-1.0, kappa - _95 * error), min(1.0, kappa + _95 * error)


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4) + 0.0
