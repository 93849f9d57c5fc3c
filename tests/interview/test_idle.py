"""Breath between thoughts and the speaker's own life are not heard; whatever may be an answer is."""

from __future__ import annotations

import pytest

from interviewer.interview.idle import is_idle, without_idle


@pytest.mark.parametrize(
    "said",
    [
        "Let me think about that for a moment.",
        "That's an interesting question.",
        "My sister has a garden in which nothing wants to grow.",
        "The weather here was quite something this morning.",
    ],
)
def test_what_says_nothing_of_the_matter_is_idle(said: str) -> None:
    assert is_idle(said)
    assert without_idle(f"{said} We keep two copies.").strip() == "We keep two copies."


@pytest.mark.parametrize(
    "said",
    [
        "We take them all.",
        "I don't think so.",
        "Think about the peak first.",
        "What do you mean by that?",
        "My team ran this in production, on one box.",
        "Our users have a garden each, and see it from a phone.",
        "You are right.",
    ],
)
def test_what_may_be_an_answer_is_heard(said: str) -> None:
    assert not is_idle(said)


def test_a_turn_that_says_nothing_else_is_heard_as_it_is() -> None:
    assert without_idle("I think so. Let me think about that.") == "I think so. Let me think about that."
