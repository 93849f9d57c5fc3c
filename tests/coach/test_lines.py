"""Lines of a card are named as people read them, also once they are gone from it."""

from __future__ import annotations

import pytest

from interviewer.coach.lines import line_names, named
from interviewer.interview.ledger import Quoted
from tests.coach.cards import a_full_card

CARD = a_full_card()
ONE = CARD.criteria[0]


@pytest.mark.parametrize(
    ("id", "name"),
    [
        (ONE.id, ONE.name),
        (f"{ONE.id}/{ONE.items[0].id}", f"{ONE.name}: {ONE.items[0].text}"),
        (ONE.items[0].id, f"{ONE.name}: {ONE.items[0].text}"),
        (CARD.flags[0].id, CARD.flags[0].name),
        ("fairness", "The fairness of the interview"),
    ],
)
def test_a_line_has_the_name_that_stands_on_the_card(id: str, name: str) -> None:
    assert named(line_names(CARD), id) == name


def test_a_piece_of_evidence_is_named_by_its_words_and_turn() -> None:
    row = next(row for row in CARD.evidence if isinstance(row, Quoted))
    assert named(line_names(CARD), row.id) == f"“{row.quote}” (turn {row.turn})"


def test_what_stands_on_no_card_any_more_is_read_from_its_id() -> None:
    assert named({}, "rf.no-numbers") == "no numbers"
    assert named({}, "cr.api/it.asks-scope") == "asks scope"
    assert named({}, "elsewhere") == "elsewhere"


def test_what_was_dropped_keeps_the_name_that_was_issued() -> None:
    now = CARD.model_copy(update={"flags": ()})
    assert named(line_names(CARD, now), CARD.flags[0].id) == CARD.flags[0].name
