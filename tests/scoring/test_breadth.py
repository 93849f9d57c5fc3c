"""How wide somebody ranged: shares of items, echoes left out."""

from __future__ import annotations

from interviewer.interview.rubric import Kind
from interviewer.scoring.breadth import Breadth, breadth_of
from tests.builders import a_shelf
from tests.scoring.rows import a_row

RUBRIC = a_shelf().rubric
API = next(one for one in RUBRIC.criteria if one.id == "cr.api")
ITEMS = [str(item.id) for item in API.for_kind(Kind.hybrid)]
EVERY = sum(len(one.for_kind(Kind.hybrid)) for one in RUBRIC.criteria)


def test_nothing_shown_is_no_breadth() -> None:
    breadth = breadth_of((), RUBRIC, Kind.hybrid)
    assert breadth is not None
    assert breadth.whole == 0 and set(breadth.criteria.values()) == {0.0}


def test_an_item_counts_once_by_its_surest_row() -> None:
    rows = [a_row(ITEMS[0], p=p) for p in (0.4, 0.8, 0.6)]
    breadth = breadth_of(rows, RUBRIC, Kind.hybrid)
    assert breadth is not None
    assert breadth.of("cr.api") == 0.8 / len(ITEMS)
    assert breadth.whole == 0.8 / EVERY
    assert breadth.of("cr.data") == 0


def test_an_echo_shows_nothing() -> None:
    breadth = breadth_of([a_row(ITEMS[0], p=0.9, credit="echo")], RUBRIC, Kind.hybrid)
    assert breadth is not None and breadth.whole == 0


def test_a_rubric_without_items_has_no_breadth() -> None:
    assert breadth_of((), RUBRIC.model_copy(update={"criteria": ()}), Kind.hybrid) is None


def test_a_criterion_without_items_is_as_wide_as_the_whole() -> None:
    assert Breadth(whole=0.3, criteria={"cr.api": 0.5}).of("cr.none") == 0.3
