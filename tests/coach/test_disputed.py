"""A card that a model read along: who read it, and what the two read differently, before the levels."""

from __future__ import annotations

from interviewer.coach.reading import reading_of
from interviewer.interview.scorecard import Scorecard
from tests.coach.cards import a_full_card


def test_what_was_read_two_ways_stands_before_the_levels() -> None:
    card: Scorecard = a_full_card()
    item = card.criteria[0].items[0]
    read = reading_of(card.model_copy(update={"disputes": (item.id,), "by": ("offline", "llm:gpt-5-mini")}))
    ids = [section.id for section in read.sections]
    assert ids.index("disputed") == ids.index("levels") - 1
    entry = next(section for section in read.sections if section.id == "disputed").entries[0]
    assert entry.title == item.text
    assert "the model gpt-5-mini" in " ".join(read.stamp)


def test_where_all_agree_there_is_no_such_part() -> None:
    assert "disputed" not in [section.id for section in reading_of(a_full_card()).sections]
