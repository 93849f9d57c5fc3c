"""What somebody thought before the card stands on it beside what the card found, as on the page."""

from __future__ import annotations

import pytest

from interviewer.coach.beforehand import with_beforehand
from interviewer.coach.export import export
from interviewer.coach.reading import Entry, reading_of
from interviewer.interview.events import CandidateRated
from interviewer.interview.scorecard import Scorecard
from tests.coach.cards import a_full_card

RATED = CandidateRated(best="The sums", worst=" ", level="senior", next_time="Ask first.")


def lines(card: Scorecard, rated: CandidateRated) -> dict[str, Entry]:
    sections = with_beforehand(reading_of(card), card, rated).sections
    return {one.title: one for part in sections if part.id == "beforehand" for one in part.entries}


def levelled(*levels: int | None) -> Scorecard:
    """A card whose first criteria have these levels, and the others none."""
    card = a_full_card()
    given = [*levels, *[None] * (len(card.criteria) - len(levels))]
    changed = [
        one.model_copy(
            update={
                "level": level,
                "interval": level and (level, level),
                "unassessed": None if level else "nobody asked",
            }
        )
        for one, level in zip(card.criteria, given, strict=True)
    ]
    return card.model_copy(update={"criteria": tuple(changed)})


def test_it_stands_before_the_levels_and_holds_what_was_said_alone() -> None:
    card = a_full_card()
    order = [section.id for section in with_beforehand(reading_of(card), card, RATED).sections]
    before = [section.id for section in reading_of(card).sections]
    assert [id for id in order if id != "beforehand"] == before
    assert order.index("fix") < order.index("beforehand") < order.index("levels")
    assert list(lines(card, RATED)) == ["Best", "Level", "Next time"]


def test_what_was_thought_best_stands_beside_what_the_card_found_best() -> None:
    card = levelled(3, 1, 3)
    first, _, third = [one.name.lower() for one in card.criteria[:3]]
    assert lines(card, RATED)["Best"].notes == (f"The card: a 3 for {first} and {third}.",)
    assert lines(levelled(2, 2), RATED)["Best"].notes == ()
    assert lines(levelled(), RATED)["Best"].notes == ()


@pytest.mark.parametrize(
    ("mode", "recommendation", "says"),
    [
        ("practice", "hire", "how near it came stands at the end"),
        ("mock", "hire", "The card: hire at"),
        ("mock", "not-assessed", "too little was assessed"),
    ],
)
def test_in_practice_the_verdict_is_kept_for_last(mode: str, recommendation: str, says: str) -> None:
    card = a_full_card()
    held = card.conditions.model_copy(update={"mode": mode})
    card = card.model_copy(update={"conditions": held, "recommendation": recommendation})
    (note,) = lines(card, RATED)["Level"].notes
    assert says in note


def test_who_said_nothing_finds_nothing_and_the_json_is_the_card_alone() -> None:
    card = a_full_card()
    assert with_beforehand(reading_of(card), card, None) == reading_of(card)
    assert with_beforehand(reading_of(card), card, CandidateRated()) == reading_of(card)
    assert export(card, "json", RATED) == export(card, "json")
    assert "“The sums”" in export(card, "markdown", RATED)
