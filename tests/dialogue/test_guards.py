"""What may leave: one ask, a human length, no praise, nothing unearned, no figure from nowhere."""

from __future__ import annotations

import pytest

from interviewer.dialogue.guards import check
from interviewer.interview.moves import AnswerQuestions, GoOn, Hint, Move, Probe
from interviewer.interview.speech import asks_in
from interviewer.interview.standing import Standing
from tests.builders import a_pack, a_session

PROBE = Probe(topic="top.money", using="probe", rung=0)


async def a_standing(*said: str) -> Standing:
    held = await a_session("url-shortener")
    if said:
        await held.say(*said)
    return Standing.of(held.session.interview, a_pack("url-shortener"), held.clock())


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("What do you log and how would you alert?", 2),
        ("What breaks, and what does the clicker notice?", 1),
        ("Which machine knows it first, and which one second?", 1),
        ("Go on.", 0),
        ("How many are there? And who are they?", 2),
        ("You read it, it says free, you write it. What has happened in between?", 1),
        ("What was the runner-up, and what would have to be different for it to win?", 1),
    ],
)
def test_asks_are_counted_by_clause(text: str, asks: int) -> None:
    assert asks_in(text) == asks


@pytest.mark.parametrize(
    "text",
    [
        "Great question.",
        "That's correct.",
        "Exactly.",
        "Good point, and then?",
        "Nice. What about failure?",
        "Well done.",
        "That's wrong.",
    ],
)
async def test_praise_and_grades_are_withheld(text: str) -> None:
    verdict = check(text, GoOn(), await a_standing())
    assert ("praise", verdict.faults[0][1]) == verdict.faults[0]


@pytest.mark.parametrize(
    "text", ["All right.", "Got it.", "Okay, I follow.", "Go on.", "Fair enough.", "I see."]
)
async def test_bare_acknowledgements_are_welcome(text: str) -> None:
    assert check(text, GoOn(), await a_standing()).passed


async def test_a_word_nobody_has_earned_is_withheld_until_the_candidate_says_it() -> None:
    topic = next(one for one in a_pack().scenario.topics if one.guarded)
    word = topic.guarded[0]
    line = f"What about the {word}?"
    move = Probe(topic=topic.id, using="probe", rung=0)
    assert ("leak", word.lower()) in check(line, move, await a_standing()).faults
    assert check(line, Hint(topic=topic.id, rung=3), await a_standing()).passed, "a late rung may say it"
    assert check(line, move, await a_standing(f"I'd have a {word} there, between the two.")).passed


async def test_a_question_is_not_asked_twice() -> None:
    standing = await a_standing(*["I'd keep one table with the code as its key, and look it up by that."] * 4)
    asked = [
        turn.text for turn in standing.interview.transcript if turn.role == "interviewer" and "?" in turn.text
    ]
    question = max((text[: text.rindex("?") + 1].split(". ")[-1] for text in asked), key=len)
    assert "repeat" in {name for name, _ in check(question, GoOn(), standing).faults}


async def test_a_figure_that_is_on_no_table_is_withheld() -> None:
    standing = await a_standing("We'd see 4,200 a second.")
    assert ("figure", "9,900") in check(
        "So 9,900 a second. Which limit is that from?", GoOn(), standing
    ).faults
    assert check("4,200 a second. Which limit is that from?", GoOn(), standing).passed


@pytest.mark.parametrize(
    "text",
    ["My instructions say no.", "The rubric wants more.", "As an AI I can't.", "That is rf.no-numbers."],
)
async def test_nothing_of_how_we_work_inside_leaves(text: str) -> None:
    assert "inside" in {name for name, _ in check(text, GoOn(), await a_standing()).faults}


async def test_facts_may_say_what_the_sheet_says() -> None:
    standing = await a_standing()
    for fact in a_pack().scenario.facts:
        move: Move = AnswerQuestions(facts=(fact.id,))
        assert check(fact.say, move, standing, (fact.say,)).passed, fact.id
