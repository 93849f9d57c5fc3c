"""Breath between thoughts and the speaker's own life are not heard; whatever may be an answer is."""

from __future__ import annotations

import pytest

from interviewer.interview.idle import is_idle, without_idle
from tests.builders import a_shelf

HEADS = a_shelf().rubric.heads


@pytest.mark.parametrize(
    "said",
    [
        "Let me think about that for a moment.",
        "Sorry, give me a second to gather myself.",
        "My sister has a garden in which nothing wants to grow.",
        "The weather here was quite something this morning.",
        "My cousin plays the trombone in a brass band on Saturdays.",
        "Hope I'm making at least some sense here.",
    ],
)
def test_what_says_nothing_of_the_matter_is_idle(said: str) -> None:
    assert is_idle(said, HEADS.idle, HEADS.familiar)
    text = f"{said} We keep two copies."
    heard = without_idle(text, HEADS.idle, HEADS.familiar)
    assert heard.strip() == "We keep two copies."
    assert len(heard) == len(text)


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
        "Yes.",
        "I was out by a factor of ten there.",
        "Kilobytes, I meant kilobytes.",
    ],
)
def test_what_may_be_an_answer_is_heard(said: str) -> None:
    assert not is_idle(said, HEADS.idle, HEADS.familiar)


def test_a_turn_that_says_nothing_else_is_heard_as_it_is() -> None:
    said = "Let me think about that for a moment."
    assert without_idle(said, HEADS.idle, HEADS.familiar) == said


def test_lines_and_places_stay_where_they_were() -> None:
    said = "Bear with me for a second.\n- two copies, one a zone away\nSorry, my phone is buzzing."
    heard = without_idle(said, HEADS.idle, HEADS.familiar)
    assert heard.split("\n")[1] == "- two copies, one a zone away"
    assert [len(line) for line in heard.split("\n")] == [len(line) for line in said.split("\n")]


def test_without_weights_everything_is_heard() -> None:
    said = "Let me think about that. We keep two copies."
    assert without_idle(said, {}, HEADS.familiar) == said
