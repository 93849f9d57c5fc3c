"""The phrases of a card: amounts, what was heard, where a flag comes from."""

from __future__ import annotations

import pytest

from interviewer.coach.phrasing import amount, changed, heard, sources
from interviewer.interview.ledger import Credit
from interviewer.interview.scorecard import Amount, ItemResult


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (600e6, "1/day", "600 million a day"),
        (3472.2, "1/s", "3,470 a second"),
        (100e3, "1/s", "100,000 a second"),
        (23.148, "1/s", "23.1 a second"),
        (2.4e6, "B/s", "2.4 MB a second"),
        (8.76, "h/year", "8.76 h a year"),
        (120, "1/h", "120 an hour"),
        (99.9, "percent", "99.9%"),
        (0.00655, "1", "1 in 153"),
        (0, "1", "0"),
    ],
)
def test_an_amount_is_said_as_people_say_it(value: float, unit: str, said: str) -> None:
    assert amount(Amount(value=value, unit=unit)) == said


def _met(you: str, credit: Credit = Credit.unprompted) -> ItemResult:
    return ItemResult(id="it.x", tier="good", text="Does it.", you=you, state="met", credit=credit)


def test_what_was_heard_is_one_sentence_to_the_candidate() -> None:
    said = heard([_met("name the price"), _met("compare two options", Credit.asked)])
    assert said == "You name the price; compare two options (when asked)."
    assert heard([]) == ""


def test_a_long_list_is_cut_and_says_so() -> None:
    assert heard([_met(f"do {n}") for n in range(7)]).endswith("do 4; and 2 more.")


def test_an_older_card_keeps_the_rubrics_words() -> None:
    assert heard([_met("")]) == "Does it."


def test_sources_are_places_in_notes() -> None:
    assert (
        sources(("002#1 what kills answers", "004#step-1"))
        == "note 002 (what kills answers) and note 004 (step 1)"
    )
    assert sources(("a talk",)) == "a talk"


def test_a_change_is_said_in_words() -> None:
    assert changed(3, True) == "level 3"
    assert changed("not_met", False) == "not met"
    assert (changed(None, True), changed(None, False)) == ("not assessed", "nothing")
