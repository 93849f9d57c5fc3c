"""Coach against scorer: figures that can be checked by hand, and nothing said where nothing can be."""

from __future__ import annotations

import random
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.scoring.agreement import Agreed, Pair, agreement_of

LEVELS = st.integers(1, 4)


def pairs(levels: Iterable[tuple[int, int]]) -> list[Pair]:
    return [Pair("cr.api", scorer, coach, True) for scorer, coach in levels]


def of(*levels: tuple[int, int]) -> Agreed:
    return agreement_of(pairs(levels))


def test_with_two_levels_only_it_is_cohens_kappa() -> None:
    # the textbook example of 50 pairs with 20, 5, 10 and 15 in its cells: kappa is 0.4
    found = of(*[(1, 1)] * 20, *[(1, 4)] * 5, *[(4, 1)] * 10, *[(4, 4)] * 15)
    assert (found.n, found.kappa, found.exact, found.within_one) == (50, 0.4, 0.7, 0.7)
    assert found.low == pytest.approx(0.15, abs=0.02) and found.high == pytest.approx(0.65, abs=0.02)


def test_weights_are_quadratic() -> None:
    # rows 2, 2 and columns 2, 2 over levels 1 and 2, 3: by hand from 1 - sum(w o) / sum(w e)
    found = of((1, 1), (2, 3), (3, 2), (4, 4))
    off, by_chance = 2 * 1 / 4, sum((i - j) ** 2 for i in range(4) for j in range(4)) / 16
    assert found.kappa == pytest.approx(1 - off / by_chance, abs=1e-4)


def test_full_agreement_is_one_and_claims_no_interval() -> None:
    found = of((1, 1), (2, 2), (4, 4))
    assert (found.kappa, found.exact, found.bias) == (1.0, 1.0, 0.0)
    assert (found.low, found.high) == (None, None)


def test_a_coach_who_is_always_one_above_is_biased_by_one() -> None:
    found = of((1, 2), (2, 3), (3, 4))
    assert (found.bias, found.exact, found.within_one) == (1.0, 0.0, 1.0)
    assert found.grid == ((0, 1, 0, 0), (0, 0, 1, 0), (0, 0, 0, 1), (0, 0, 0, 0))


@pytest.mark.parametrize("levels", [[], [(2, 3)], [(3, 3)] * 5, [(3, 1), (3, 2), (3, 4)], [(1, 2), (3, 2)]])
def test_kappa_is_not_given_where_it_has_no_meaning(levels: list[tuple[int, int]]) -> None:
    found = of(*levels)
    assert (found.n, found.kappa, found.low, found.high) == (len(levels), None, None, None)
    assert (found.exact is None) is (levels == [])


def test_the_interval_is_what_resampling_gives() -> None:
    rng = random.Random(7)
    levels = [(level, min(4, max(1, level + rng.choice((-1, 0, 0, 0, 1))))) for level in (1, 2, 3, 4) * 40]
    found = of(*levels)
    again = sorted(of(*rng.choices(levels, k=len(levels))).kappa or 0 for _ in range(400))
    assert found.low == pytest.approx(again[10], abs=0.03)
    assert found.high == pytest.approx(again[389], abs=0.03)


@given(st.lists(st.tuples(LEVELS, LEVELS), max_size=40))
def test_figures_keep_their_bounds_and_their_order_is_no_matter(levels: list[tuple[int, int]]) -> None:
    found = of(*levels)
    assert found == of(*reversed(levels))
    assert sum(map(sum, found.grid)) == found.n == len(levels)
    if found.kappa is not None:
        assert -1 <= found.kappa <= 1
    if found.low is not None and found.high is not None and found.kappa is not None:
        assert -1 <= found.low <= found.kappa <= found.high <= 1


@pytest.mark.parametrize("pair", [(0, 1), (1, 5)])
def test_a_level_that_is_none_is_a_fault(pair: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="levels are 1 to 4"):
        of(pair)
