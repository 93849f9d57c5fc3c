"""Figures of theirs against the sheet's: asked about once, plainly, and only where they truly differ."""

from __future__ import annotations

import pytest

from interviewer.interview.moves import SettleFigure, Volunteer
from tests.builders import Held, a_pack, a_session

FACT = "fact.everyday"


async def after(*said: str) -> Held:
    held = await a_session("url-shortener")
    await held.say(*said)
    return held


def settled(held: Held) -> list[str]:
    return [made.move.fact for made in held.session.interview.moves if isinstance(made.move, SettleFigure)]


@pytest.mark.parametrize(
    "text",
    [
        "So we have 100M links a day, that's about 1,200 a second.",
        "You said 100 million links a day, so let me start with sizes.",
        "With 100 million new links a day I get three billion a month.",
    ],
)
async def test_a_figure_that_the_sheet_has_otherwise_is_laid_beside_it(text: str) -> None:
    held = await after("How many links a month?", text)
    assert settled(held) == [FACT]
    assert a_pack().scenario.fact(FACT).say in held.answers[-1]
    assert held.answers[-1].count("?") == 1 and "100" in held.answers[-1]


async def test_it_is_asked_about_once() -> None:
    text = "So we have 100M links a day, and I go by that."
    assert settled(await after("How many links a month?", text, text, text)) == [FACT]


@pytest.mark.parametrize(
    "text",
    [
        "With 60 million links a month we get about 23 a second.",
        "So we have 2 million links a day.",
        "At the peak we have 300 links a second.",
        "If it grows we have 100M links a day.",
        "We have 100 million links a day?",
        "Assume ten times that in a year, so we have 600 million links a month.",
        "We don't have 100 million links a day.",
        "We have 5 million expired links a day.",
        "We have 400 million pages a day.",
    ],
)
async def test_what_agrees_or_speaks_of_something_else_is_left_alone(text: str) -> None:
    assert not settled(await after("How many links a month?", text))


async def test_what_was_never_told_is_theirs_to_assume() -> None:
    assert not settled(await after("Who are the users?", "I assume we have 100M links a day."))


async def test_a_figure_that_they_have_used_is_not_put_on_the_table_again() -> None:
    fact = next(one for one in a_pack().scenario.facts if one.id == FACT)
    assert fact.volunteer
    sizes = "With 60 million links a month that's 23 a second, with a table keyed by the code."
    held = await after(*[sizes] * 6)
    told = {
        fact
        for made in held.session.interview.moves
        if isinstance(made.move, Volunteer)
        for fact in made.move.facts
    }
    assert FACT not in told
