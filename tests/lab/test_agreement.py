"""Two judgements compared: what counts as found, and what is left out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from interviewer.lab.agreement import HEADLINES, agreement, sums_of
from interviewer.lab.labels import CATALOGUE_FLAGS, Judgement, Sum

TYPES = {"rf.no-api": "missing", "rf.unclear": "said", "rf.no-peak": "missing"}
REFERENCE = Judgement(
    flags={"rf.no-api": "confirmed", "rf.unclear": "recovered"},
    levels={"cr.api": 2, "cr.data": 3},
    overall=2.5,
    recommendation="lean-no-hire",
    sums=(Sum(4, "4 times 5 is 20", "ok"), Sum(6, "3 TB a day", "off")),
)


def test_only_flags_that_labels_can_name_are_counted() -> None:
    ours = replace(REFERENCE, flags={"rf.no-api": "confirmed", "rf.cost-blind": "confirmed"})
    told = agreement([(ours, REFERENCE)], TYPES)
    assert (told.flags.right, told.flags.wrong, told.flags.missed) == (1, 0, 1)
    assert told.by_type["missing"].f1 == 1
    assert told.by_type["said"].f1 == 0
    assert told.status_same == 1


def test_a_flag_that_is_only_possible_is_not_counted_as_stated() -> None:
    ours = replace(REFERENCE, flags={}, possible=frozenset({"rf.no-api"}), sure={"rf.no-api": 0.7})
    told = agreement([(ours, REFERENCE)], TYPES)
    assert told.flags.recall == 0
    assert told.with_possible.recall == 0.5
    assert told.by_threshold[0.6].precision == 1
    assert told.by_threshold[0.8].right == 0


def test_levels_are_compared_where_both_sides_give_one() -> None:
    ours = replace(REFERENCE, levels={"cr.api": 4, "cr.operations": 1})
    told = agreement([(ours, REFERENCE)], TYPES)
    assert told.criteria["cr.api"].cases == 1
    assert told.criteria["cr.data"].cases == 0
    assert (told.exact, told.adjacent, told.bias) == (0, 0, 2)


def test_an_estimate_is_found_where_the_turn_is_right_and_one_text_holds_the_other() -> None:
    ours = (
        Sum(4, "so 4 times 5 is 20, roughly", "ok"),
        Sum(5, "3 TB a day", "off"),
        Sum(6, "3 TB", "ok"),
    )
    told = sums_of(ours, REFERENCE.sums)
    assert (told.there, told.found, told.judged_right) == (2, 2, 1)
    assert (told.given, told.given_right) == (3, 2)
    assert (told.off, told.off_told) == (1, 0)


def test_a_sum_left_unchecked_is_not_judged_right() -> None:
    told = sums_of((Sum(4, "4 times 5 is 20", "unchecked"),), REFERENCE.sums[:1])
    assert (told.found, told.judged_right) == (1, 0)


def test_a_recommendation_that_was_not_given_is_never_near() -> None:
    ours = replace(REFERENCE, recommendation="not-assessed", overall=None)
    told = agreement([(ours, REFERENCE), (ours, replace(REFERENCE, recommendation="hire"))], TYPES)
    assert (told.recommendation_exact, told.recommendation_near, told.pairs) == (0, 0, 0)


def test_whoever_agrees_with_the_reference_in_all_has_full_marks() -> None:
    other = replace(REFERENCE, levels={"cr.api": 4, "cr.data": 1}, overall=3.0, recommendation="hire")
    third = replace(REFERENCE, levels={"cr.api": 1, "cr.data": 4}, overall=1.5, recommendation="no-hire")
    told = agreement([(one, one) for one in (REFERENCE, other, third)], TYPES, seed=3)
    figures = {name: figure(told) for name, figure in HEADLINES.items()}
    assert figures == dict.fromkeys(figures, pytest.approx(1.0))
    assert told.intervals["exact"] == (1.0, 1.0)


def test_the_flags_of_labels_are_those_of_the_catalogue(paths) -> None:
    import yaml

    catalogue = yaml.safe_load(
        (paths.root / "tests/fixtures/catalogue/red_flags.yaml").read_text(encoding="utf-8")
    )
    assert {flag["id"] for flag in catalogue["red_flags"]} == CATALOGUE_FLAGS
