"""How rows become the state of an item."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.interview.ledger import Credit, Quoted, numbered
from interviewer.interview.rubric import Item, Tier
from interviewer.scoring.resolver import LENIENT, MET, STRICT, Resolved, resolve
from tests.scoring.rows import a_row

ITEM = Item(id="it.x", tier=Tier.good, text="Says X.", advice="Say X.")  # type: ignore[arg-type]  # str for its NewType


def resolved(*rows: Quoted, reached: bool = True) -> Resolved:
    return resolve(ITEM, iter(rows), reached)


def row(
    credit: str = "unprompted",
    p: float = 0.9,
    observer: str = "signs:1",
    against: bool = False,
    start: int = 0,
) -> Quoted:
    return a_row("it.x", credit, p, start, observer=observer, polarity="against" if against else "supports")


@pytest.mark.parametrize(
    ("rows", "reached", "state"),
    [
        ((), True, "not_met"),
        ((), False, "not_observable"),
        ((row(),), False, "met"),
        ((row(p=0.4),), False, "not_met"),
        ((row("echo"),), False, "not_met"),
        ((row(p=0.9), row(p=0.85, against=True)), True, "disputed"),
        ((row(p=0.6), row(p=0.9, against=True)), True, "not_met"),
        ((row(p=0.9), row(p=0.6, against=True)), True, "met"),
        ((row(against=True),), False, "not_met"),
    ],
)
def test_the_state_of_an_item(rows: tuple[Quoted, ...], reached: bool, state: str) -> None:
    assert resolved(*rows, reached=reached).state == state


def test_rows_of_one_observer_count_once_and_different_observers_add() -> None:
    once = resolved(row(p=0.6), row(p=0.6, start=30), row(p=0.5, start=60, observer="signs:2"))
    assert once.p == 0.6
    assert resolved(row(p=0.6), row(p=0.5, observer="detector:a")).p == pytest.approx(0.8)


def test_an_echo_earns_nothing_and_takes_nothing_away() -> None:
    alone = resolved(row("echo", p=1.0))
    assert (alone.p, alone.credit) == (0.0, Credit.echo)
    assert not any(alone.met_at(threshold) for threshold in (LENIENT, MET, STRICT))
    assert resolved(row("asked"), row("echo", start=30)).credit is Credit.asked


def test_the_best_credit_leads_and_is_shown_first() -> None:
    found = resolved(row("hinted", 0.95), row("unprompted", 0.7, start=30), row("asked", 0.9, start=60))
    assert found.credit is Credit.unprompted
    assert [one.credit for one in found.rows] == ["unprompted", "asked", "hinted"]


def test_what_is_disputed_counts_and_widens() -> None:
    found = resolved(row(p=0.9), row(p=0.85, against=True))
    assert [found.met_at(threshold) for threshold in (LENIENT, MET, STRICT)] == [True, True, False]
    refuted = resolved(row(p=0.6), row(p=0.9, against=True))
    assert [refuted.met_at(threshold) for threshold in (LENIENT, MET, STRICT)] == [True, False, False]


ROWS = st.builds(
    row,
    st.sampled_from([credit.value for credit in Credit]),
    st.floats(0, 1),
    st.sampled_from(["signs:1", "signs:2", "detector:a"]),
    st.booleans(),
    st.integers(0, 9),
)


@given(st.lists(ROWS, max_size=8), ROWS.filter(lambda one: one.polarity == "supports"), st.booleans())
def test_one_row_more_in_favour_never_undoes_an_item(rows: list[Quoted], more: Quoted, reached: bool) -> None:
    before, after = resolved(*rows, reached=reached), resolved(*rows, more, reached=reached)
    assert after.p >= before.p
    for threshold in (LENIENT, MET, STRICT):
        assert after.met_at(threshold) >= before.met_at(threshold)
    if before.met_at(MET):
        assert after.credit is not None and before.credit is not None
        assert list(Credit).index(after.credit) <= list(Credit).index(before.credit)


@given(st.lists(ROWS, max_size=8), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(rows: list[Quoted], chance) -> None:
    shuffled = chance.sample(rows, len(rows))
    one, other = resolved(*rows), resolved(*shuffled)
    assert (one.state, one.p, one.credit) == (other.state, other.p, other.credit)
    assert numbered(list(rows)) == numbered(list(shuffled))


@given(st.lists(ROWS, max_size=8))
def test_rows_are_numbered_once_each_by_their_place(rows: list[Quoted]) -> None:
    ids = [one.id for one in numbered(list(rows))]
    assert ids == [f"ev_{number:04d}" for number in range(1, len(ids) + 1)]
    places = [(one.turn, one.start) for one in numbered(list(rows)) if isinstance(one, Quoted)]
    assert places == sorted(places)
    assert resolved(*rows).p == resolved(*[one for one in numbered(list(rows)) if isinstance(one, Quoted)]).p
