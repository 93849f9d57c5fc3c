"""The arithmetic of agreement, against cases worked out by hand."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.lab.metrics import (
    Counts,
    auc,
    by_label,
    counts_of,
    deviation,
    interval,
    line_through,
    macro,
    mean,
    micro,
    ordered_pairs,
    partial,
    pearson,
    percentile,
    qwk,
    ranks,
    resamples,
    spearman,
)

levels = st.lists(st.tuples(st.integers(1, 4), st.integers(1, 4)), min_size=1, max_size=40)


def test_f1_counts_what_is_right_wrong_and_missed() -> None:
    one = counts_of({"a", "b", "c"}, {"b", "c", "d", "e"})
    assert one == Counts(right=2, wrong=1, missed=2)
    assert one.precision == pytest.approx(2 / 3)
    assert one.recall == pytest.approx(1 / 2)
    assert one.f1 == pytest.approx(4 / 7)


def test_micro_pools_cases_and_macro_averages_labels() -> None:
    cases = [({"a"}, {"a", "b"}), ({"a", "c"}, {"a"}), (set(), {"b"})]
    assert micro(cases) == Counts(2, 1, 2)
    per_label = by_label(cases)
    assert per_label == {"a": Counts(2, 0, 0), "b": Counts(0, 0, 2), "c": Counts(0, 1, 0)}
    told = macro(per_label)
    assert told.f1 == pytest.approx(1 / 3)
    assert told.precision == pytest.approx(1 / 3)
    assert told.labels == 3


def test_nothing_found_where_nothing_is_has_no_figure() -> None:
    assert (Counts().f1, Counts().precision, mean([]), qwk([], []), auc([], [1.0])) == (None,) * 5


def test_weighted_kappa_of_a_worked_case() -> None:
    # Seen: one pair is one level apart, so 1/4. By chance: against 1 it is 0+1+4+9, against 2 it is 1+0+1+4, and twice
    # against 4 it is 9+4+1+0, which is 48 over 16 pairs.
    assert qwk([1, 2, 3, 4], [1, 2, 4, 4]) == pytest.approx(1 - 0.25 / 3)


def test_weighted_kappa_is_one_for_the_same_and_minus_one_for_the_reverse() -> None:
    assert qwk([1, 2, 3, 4], [1, 2, 3, 4]) == 1
    assert qwk([1, 4], [4, 1]) == pytest.approx(-1)


def test_weighted_kappa_is_undefined_where_neither_side_varies() -> None:
    assert qwk([2, 2], [2, 2]) is None
    assert qwk([1, 2], [2, 2]) == pytest.approx(0)


@given(levels)
def test_weighted_kappa_does_not_care_who_is_measured(pairs: list[tuple[int, int]]) -> None:
    ours, theirs = [a for a, _ in pairs], [b for _, b in pairs]
    forwards, back = qwk(ours, theirs), qwk(theirs, ours)
    assert (forwards is None) == (back is None)
    assert forwards is None or forwards == pytest.approx(back)
    assert forwards is None or forwards <= 1 + 1e-12


def test_correlation_of_values_and_of_ranks() -> None:
    assert pearson([1, 2, 3], [2, 4, 6]) == pytest.approx(1)
    assert pearson([1, 2, 3], [1, 3, 2]) == pytest.approx(0.5)
    assert pearson([1, 1, 1], [1, 2, 3]) is None
    assert ranks([10, 30, 10, 20]) == [1.5, 4, 1.5, 3]
    assert spearman([1, 10, 100], [3, 5, 4]) == pytest.approx(0.5)


def test_what_is_left_of_a_correlation_when_a_third_thing_is_known() -> None:
    # (xy - xz yz) / sqrt((1 - xz^2) (1 - yz^2))
    xs, ys, zs = [1.0, 2.0, 3.0], [1.0, 3.0, 2.0], [2.0, 1.0, 3.0]
    xy, xz, yz = pearson(xs, ys), pearson(xs, zs), pearson(ys, zs)
    assert xy == pytest.approx(0.5)
    assert xz == pytest.approx(0.5)
    assert yz == pytest.approx(-0.5)
    assert partial(xs, ys, zs) == pytest.approx((0.5 + 0.25) / 0.75)


def test_pairs_count_a_tie_as_half_and_a_missing_score_as_wrong() -> None:
    assert ordered_pairs([1.0, 2.0, 3.0], [1, 2, 3]) == (3.0, 3)
    assert ordered_pairs([1.0, 1.0, 3.0], [1, 2, 3]) == (2.5, 3)
    assert ordered_pairs([None, 2.0, 3.0], [1, 2, 3]) == (1.0, 3)
    assert ordered_pairs([1.0, 2.0], [2, 2]) == (0.0, 0)


def test_the_area_under_the_curve_is_the_share_of_pairs_above() -> None:
    assert auc([3, 4], [1, 2]) == 1
    assert auc([1, 3], [2, 3]) == pytest.approx((0 + 0 + 1 + 0.5) / 4)


def test_a_deviation_is_that_of_a_sample() -> None:
    assert deviation([1, 2, 3]) == 1
    assert deviation([1]) is None


def test_percentiles_lie_on_the_line_between_neighbours() -> None:
    assert percentile([4, 1, 3, 2], 0.5) == 2.5
    assert percentile([1, 2, 3], 0.0) == 1
    assert percentile([7], 0.9) == 7


def test_resampling_gives_the_same_interval_for_the_same_seed() -> None:
    values = [0.0, 0.2, 0.4, 0.6, 0.8, 1.0]

    def between(seed: int) -> tuple[float, float] | None:
        return interval(mean(values[index] for index in one) for one in resamples(6, seed, draws=400))

    one = between(7)
    assert one == between(7)
    assert one != between(8)
    assert one is not None
    low, high = one
    # the mean of six such draws has a deviation of .342/sqrt(6) = .14, so two of those on either side of a half
    assert low == pytest.approx(0.5 - 0.274, abs=0.05)
    assert high == pytest.approx(0.5 + 0.274, abs=0.05)


def test_a_statistic_that_is_mostly_undefined_has_no_interval() -> None:
    assert interval([None, None, 1.0]) is None
    assert interval([]) is None
    assert interval([1.0, None, 1.0]) == (1.0, 1.0)


def test_a_line_through_points() -> None:
    slope, start = line_through([0, 1, 2], [1, 3, 5])
    assert slope == pytest.approx(2)
    assert start == pytest.approx(1)
    assert line_through([2, 2], [1, 3]) == (0.0, 2.0)
    assert not math.isnan(slope)
