"""Small trees, added up: what they make of values is what can be read in them."""

from __future__ import annotations

import pytest

from interviewer.interview.trees import Trees

HEARD_THEN_RULED = (0, -1.0, 0, 0.0, -0.5, -0.5, 1, 0.5, 0.2, 0.7)
LEAF = (0, 0.0, 0, 0.0, 0.1, 0.1, 0, 0.0, 0.1, 0.1)
TREES = Trees(names=("heard", "ruled"), start=-2.0, trees=(HEARD_THEN_RULED, LEAF))


@pytest.mark.parametrize(
    ("values", "odds"),
    [
        ({"heard": -3.0, "ruled": 1.0}, -2.4),
        ({"heard": -1.0, "ruled": 1.0}, -2.4),
        ({"heard": 0.0, "ruled": 0.0}, -1.7),
        ({"heard": 0.0, "ruled": 1.0}, -1.2),
        ({"ruled": 1.0}, -1.2),
        ({}, -1.7),
    ],
)
def test_each_tree_adds_the_answer_of_its_two_questions(values: dict[str, float], odds: float) -> None:
    assert TREES.odds(values) == pytest.approx(odds)


def test_a_shift_moves_every_answer_alike() -> None:
    assert TREES.shifted(0.5).odds({"heard": 0.0}) == pytest.approx(-1.2)


def test_they_come_back_from_their_file_as_they_were() -> None:
    assert Trees.model_validate_json(TREES.model_dump_json(), strict=True) == TREES


def test_plain_weights_count_beside_the_trees() -> None:
    both = TREES.model_copy(update={"weights": (0.25, -1.0)})
    assert both.odds({"heard": 2.0, "ruled": 1.0}) == pytest.approx(-1.2 + 0.5 - 1.0)
