"""From items to a level by the gates."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.interview.ledger import Credit
from interviewer.interview.rubric import Bars, CandidateLevel, Criterion, LevelExpectation, Tier
from interviewer.scoring.judging import most_of
from interviewer.scoring.levels import Levelled, level_of, rest_of
from interviewer.scoring.resolver import Resolved, resolve
from tests.scoring.rows import a_criterion, a_row

SENIOR = LevelExpectation(id=CandidateLevel.senior, name="Senior", expects="")


def levelled(
    criterion: Criterion,
    met: dict[str, str],
    p: float = 0.9,
    confirmed: tuple[str, ...] = (),
    recovered: tuple[str, ...] = (),
) -> Levelled:
    """The level where the items of `met` were met with these credits."""
    return level_of(criterion, resolved(met, p, criterion), SENIOR, confirmed, recovered)


def resolved(met: dict[str, str], p: float = 0.9, criterion: Criterion | None = None) -> tuple[Resolved, ...]:
    """The items of a criterion, those of `met` met with these credits."""
    return tuple(
        resolve(item, [a_row(item.id, met[item.id], p)] if item.id in met else [], True)
        for item in (criterion or a_criterion()).items
    )


def with_credit(credit: str, *ids: str) -> dict[str, str]:
    return dict.fromkeys(ids, credit)


MUSTS = with_credit("asked", "must-0", "must-1")
OWN = with_credit("unprompted", "good-0", "good-1", "rare-0")


@pytest.mark.parametrize(
    ("met", "level"),
    [
        ({}, 1),
        (with_credit("unprompted", "must-0"), 1),
        (with_credit("echo", "must-0", "must-1"), 1),
        (with_credit("hinted", "must-0", "must-1"), 2),
        (MUSTS, 2),
        (MUSTS | with_credit("unprompted", "good-0"), 2),
        (MUSTS | with_credit("unprompted", "good-0", "good-1"), 3),
        (MUSTS | with_credit("hinted", "good-0", "good-1", "rare-0"), 2),
        (MUSTS | with_credit("asked", "good-0", "good-1", "rare-0"), 2),
        (MUSTS | {"good-0": "unprompted", "good-1": "asked"}, 3),
        (MUSTS | OWN, 4),
        (MUSTS | with_credit("unprompted", "good-0", "good-1", "good-2"), 3),
        (MUSTS | {**OWN, "rare-0": "asked", "good-1": "asked"}, 3),
        (OWN, 1),
    ],
)
def test_gates(met: dict[str, str], level: int) -> None:
    assert levelled(a_criterion(), met).level == level


def test_a_number_at_the_second_gate_takes_items_of_any_tier() -> None:
    criterion = a_criterion(two=2)
    assert levelled(criterion, with_credit("unprompted", "good-0")).level == 1
    assert levelled(criterion, with_credit("unprompted", "good-0", "rare-0")).level == 3
    assert levelled(criterion, with_credit("hinted", "good-0", "must-0")).level == 2


def test_the_fourth_gate_may_ask_for_more_in_all() -> None:
    assert levelled(a_criterion(four_good=4), MUSTS | OWN).level == 3
    assert levelled(a_criterion(four_good=4), MUSTS | OWN | with_credit("unprompted", "good-2")).level == 4


def test_a_flag_caps_and_says_so() -> None:
    free = levelled(a_criterion(), MUSTS | OWN)
    capped = levelled(a_criterion(), MUSTS | OWN, confirmed=("rf.a",))
    assert (free.level, free.capped_by) == (4, ())
    assert (capped.level, capped.capped_by) == (2, ("rf.a",))
    assert "a red flag holds it at 2" in capped.path
    assert capped.interval[1] <= 2


def test_a_cap_that_does_not_bite_is_not_named() -> None:
    assert levelled(a_criterion(), MUSTS, confirmed=("rf.a",)).capped_by == ()


def test_a_doubtful_item_widens_the_interval() -> None:
    sure, doubtful = levelled(a_criterion(), MUSTS | OWN), levelled(a_criterion(), MUSTS | OWN, p=0.55)
    assert sure.interval == (4, 4)
    assert doubtful.level == 4
    assert doubtful.interval == (1, 4)
    assert levelled(a_criterion(), MUSTS | OWN, p=0.4).interval == (1, 4)


@pytest.mark.parametrize(
    ("met", "missing"),
    [
        ({}, "must-0"),
        (with_credit("asked", "must-0"), "must-1"),
        (MUSTS, "good-0"),
        (MUSTS | with_credit("unprompted", "good-0", "good-1"), "rare-0"),
        (MUSTS | with_credit("hinted", "good-0", "good-1", "good-2"), "rare-0"),
        (MUSTS | OWN, None),
    ],
)
def test_the_cheapest_way_up_is_named(met: dict[str, str], missing: str | None) -> None:
    found = levelled(a_criterion(), met).missing
    assert (found.id if found else None) == missing


def test_a_level_of_candidate_may_owe_more() -> None:
    criterion = a_criterion()
    staff = SENIOR.model_copy(update={"must_also": ("good-2",)})
    items = tuple(
        resolve(item, [a_row(item.id)] if item.id in {**MUSTS, **OWN} else [], True)
        for item in criterion.items
    )
    assert level_of(criterion, items, SENIOR).level == 4
    assert level_of(criterion, items, staff).level == 1


STATES = st.lists(
    st.one_of(st.none(), st.tuples(st.sampled_from([one.value for one in Credit]), st.floats(0, 1))),
    min_size=6,
    max_size=6,
)
GATES = st.fixed_dictionaries(
    {"three": st.integers(1, 3), "four": st.integers(1, 2)},
    optional={"two": st.integers(1, 3), "four_good": st.integers(1, 5)},
)


def items_of(criterion: Criterion, states: list[tuple[str, float] | None]) -> tuple[Resolved, ...]:
    return tuple(
        resolve(item, [a_row(item.id, *state)] if state else [], True)
        for item, state in zip(criterion.items, states, strict=True)
    )


@given(STATES, GATES, st.integers(0, 5), st.sampled_from([one.value for one in Credit]), st.floats(0, 1))
def test_more_evidence_never_lowers_a_level(states, gates, at: int, credit: str, p: float) -> None:
    criterion = a_criterion(**gates)
    before = items_of(criterion, states)
    rows = [*before[at].rows, a_row(criterion.items[at].id, credit, p, start=50)]
    after = (*before[:at], resolve(criterion.items[at], rows, True), *before[at + 1 :])
    low, high = level_of(criterion, before, SENIOR), level_of(criterion, after, SENIOR)
    assert high.level >= low.level
    assert high.interval[0] >= low.interval[0]
    assert high.interval[1] >= low.interval[1]


@given(STATES, GATES, st.booleans(), st.booleans())
def test_a_level_lies_within_its_interval_and_below_its_caps(
    states, gates, confirmed: bool, recovered: bool
) -> None:
    criterion = a_criterion(**gates)
    found = level_of(
        criterion,
        items_of(criterion, states),
        SENIOR,
        confirmed=["rf.a"] * confirmed,
        recovered=["rf.b"] * recovered,
    )
    assert 1 <= found.interval[0] <= found.level <= found.interval[1] <= 4
    assert found.level <= (2 if confirmed else 3 if recovered else 4)


BARS = Bars(two=0.9, three=1.8, four=2.7, margin=0.5, fault=1.0)


def barred(criterion: Criterion, met: dict[str, str], p: float = 1.0, against: float = 0.0) -> Levelled:
    """The level of the same criterion where bars were fitted to it."""
    items = tuple(
        resolve(item, [a_row(item.id, met[item.id], p)] if item.id in met else [], True)
        for item in criterion.items
    )
    with_bars = criterion.model_copy(update={"bars": BARS})
    return level_of(with_bars, items, SENIOR, against=against)


def of_tier(criterion: Criterion, *tiers: Tier) -> list[str]:
    return [item.id for item in criterion.items if item.tier in tiers]


def test_evidence_over_a_bar_is_the_level_above_it() -> None:
    criterion = a_criterion()
    plain = of_tier(criterion, Tier.must, Tier.good)
    levels = [
        barred(criterion, with_credit("unprompted", *plain[:count])).level for count in range(len(plain) + 1)
    ]
    assert levels == sorted(levels)
    assert levels[0] == 1 and max(levels) == 3


def test_a_four_by_bars_takes_something_rare() -> None:
    plain, rare = of_tier(a_criterion(), Tier.must, Tier.good), of_tier(a_criterion(), Tier.rare)
    assert barred(a_criterion(), with_credit("unprompted", *plain)).level == 3
    assert barred(a_criterion(), with_credit("unprompted", *plain, *rare)).level == 4


def test_what_had_to_be_hinted_is_a_two_at_most_by_bars() -> None:
    everything = [item.id for item in a_criterion().items]
    assert barred(a_criterion(), with_credit("hinted", *everything)).level == 2


def test_a_doubtful_item_is_worth_its_share() -> None:
    plain = of_tier(a_criterion(), Tier.must, Tier.good)[:2]
    sure = barred(a_criterion(), with_credit("unprompted", *plain), p=1.0).level
    doubtful = barred(a_criterion(), with_credit("unprompted", *plain), p=0.55).level
    assert doubtful < sure


def test_a_fault_weighs_against_the_evidence() -> None:
    plain = of_tier(a_criterion(), Tier.must, Tier.good)[:2]
    assert (
        barred(a_criterion(), with_credit("unprompted", *plain), against=1.5).level
        < barred(a_criterion(), with_credit("unprompted", *plain)).level
    )


def test_the_interval_is_what_the_margin_leaves_open() -> None:
    plain = of_tier(a_criterion(), Tier.must, Tier.good)
    found = barred(a_criterion(), with_credit("unprompted", *plain[:2]))
    low, high = found.interval
    assert low <= found.level <= high
    assert (low, high) != (1, 4)


DRAWN = Bars(two=1.0, three=2.0, four=3.0, usual=1.5, spread=1.0)


def shown(*ids: str, p: float = 0.9) -> tuple[Resolved, ...]:
    criterion = a_criterion()
    return tuple(
        resolve(item, [a_row(item.id, "unprompted", p)] if item.id in ids else [], True)
        for item in criterion.items
    )


def drawn(*ids: str, rest: float) -> Levelled:
    return level_of(a_criterion().model_copy(update={"bars": DRAWN}), shown(*ids), SENIOR, rest=rest)


def test_a_criterion_is_drawn_towards_the_rest_and_says_so() -> None:
    two = ("good-0", "good-1")
    assert [drawn(*two, rest=rest).level for rest in (-1.0, 0.0, 0.5)] == [1, 2, 3]
    assert (
        "By itself that is a 2; the rest of the interview lifts it by one level" in drawn(*two, rest=0.5).path
    )
    assert (
        "By itself that is a 2; the rest of the interview lowers it by one level" in drawn(*two, rest=-1).path
    )
    assert "adds 0.1, which changes nothing" in drawn(*two, rest=0.1).path
    assert drawn(*two, rest=-1.0).lowered
    assert not drawn(*two, rest=0.5).lowered


@pytest.mark.parametrize(
    ("ids", "rest", "level"),
    [
        ((), 9.0, 1),
        (("good-0",), 9.0, 2),
        (("good-0", "good-1"), 9.0, 3),
        (("good-0", "good-1", "good-2", "rare-0"), -9.0, 3),
        (("good-0", "good-1", "good-2"), -9.0, 2),
    ],
)
def test_the_rest_moves_a_criterion_by_one_level_at_most_and_never_up_from_nothing(
    ids: tuple[str, ...], rest: float, level: int
) -> None:
    found = drawn(*ids, rest=rest)
    assert found.level == level
    assert found.interval[0] <= drawn(*ids, rest=0.0).level <= found.interval[1]


def test_a_criterion_is_no_part_of_its_own_rest() -> None:
    standings = {"cr.a": 3.0, "cr.b": 1.0, "cr.c": 0.0, "cr.d": -0.4}
    assert rest_of(standings, "cr.a") == pytest.approx(0.2)
    assert rest_of({"cr.a": 3.0, "cr.b": 1.0, "cr.c": 0.0}, "cr.a") == 0.0


def test_the_telling_stands_no_higher_than_the_best_of_what_was_told() -> None:
    assert most_of("cr.communication", {"cr.data": 1, "cr.api": None, "cr.communication": 3}) == 1
    assert most_of("cr.communication", {"cr.data": 1, "cr.api": 3}) == 3
    assert most_of("cr.communication", {"cr.api": None}) == 4
    assert most_of("cr.data", {"cr.api": 1, "cr.communication": 1}) == 4
    free = levelled(a_criterion(), MUSTS | OWN)
    held = level_of(a_criterion(), resolved(MUSTS | OWN), SENIOR, most=1)
    assert (free.level, held.level, held.lowered) == (4, 1, True)
    assert held.interval[0] == 1 and "neither does the telling" in held.path
    assert level_of(a_criterion(), resolved(MUSTS | OWN), SENIOR, most=4) == free
