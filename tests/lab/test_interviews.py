"""Interviews with simulated candidates: they are whole, they are checked as they happened, and a fault would be seen."""

from __future__ import annotations

from dataclasses import replace

import pytest

from interviewer.errors import BadInput
from interviewer.interview.moves import GoOn, Hint, Open
from interviewer.interview.pack import Scenario
from interviewer.interview.rubric import CandidateLevel
from interviewer.lab.interviews.answers import WRONG_SUMS, Answers
from interviewer.lab.interviews.checks import (
    CHECKS,
    asks_nothing_twice,
    asks_one_thing,
    gives_facts_as_written,
    gives_nothing_away,
    is_legal,
    judges_nothing,
    says_nothing_twice,
)
from interviewer.lab.interviews.holding import Held, hold
from interviewer.lab.interviews.personas import PERSONAS
from interviewer.lab.interviews.reactions import EXPECTED, has_all_duties, shape_tells
from interviewer.lab.interviews.replay import OurTurn, our_turns
from interviewer.lab.interviews.run import figures, lines_of, told_of, try_all, wanted_interviews
from interviewer.lab.scorers import Rubrics, shelf_of

RUBRICS = Rubrics()
PROBLEM = "url-shortener"


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return shelf_of(None, None).pack(PROBLEM).scenario


@pytest.fixture(scope="module")
def mixed() -> Held:
    """An interview with somebody whose answers hold every other time."""
    return hold(PROBLEM, "mixed", CandidateLevel.senior, 7, shelf_of(None, None))


@pytest.fixture(scope="module")
def turns(mixed: Held) -> tuple[OurTurn, ...]:
    return tuple(our_turns(mixed, shelf_of(None, None).pack(PROBLEM)))


def with_text(turns: tuple[OurTurn, ...], at: int, text: str) -> tuple[OurTurn, ...]:
    """The same turns with other words in one of them."""
    turn = turns[at].turn.model_copy(update={"text": text})
    return (*turns[:at], replace(turns[at], turn=turn), *turns[at + 1 :])


def test_an_interview_is_held_to_its_goodbye(mixed: Held, turns: tuple[OurTurn, ...]) -> None:
    assert mixed.interview.ended is not None
    ours = [turn.text for turn in mixed.interview.transcript if turn.role == "interviewer"]
    assert [one.turn.text for one in turns] == ours
    assert isinstance(turns[0].move, Open)
    assert {said.sound for said in mixed.said.values()} == {True, False, None}


def test_the_same_seed_gives_the_same_interview(mixed: Held) -> None:
    again = hold(PROBLEM, "mixed", CandidateLevel.senior, 7, shelf_of(None, None))
    assert [turn.text for turn in again.interview.transcript] == [
        turn.text for turn in mixed.interview.transcript
    ]


def test_what_was_said_and_done_is_held_to_the_rules(
    mixed: Held, turns: tuple[OurTurn, ...], scenario: Scenario
) -> None:
    for name, check, _, _ in CHECKS[:4]:
        looked = check(mixed, turns, scenario)
        assert looked.times > 0, name
        assert looked.faults == (), name


def test_each_kind_of_fault_would_be_seen(
    mixed: Held, turns: tuple[OurTurn, ...], scenario: Scenario
) -> None:
    at = next(number for number, one in enumerate(turns) if number > 2 and "?" in one.turn.text)
    assert asks_one_thing(mixed, with_text(turns, at, "What is it? And who reads it?"), scenario).faults
    assert judges_nothing(mixed, with_text(turns, at, "Great, that's correct. Go on."), scenario).faults
    assert says_nothing_twice(mixed, with_text(turns, at, turns[1].turn.text), scenario).faults
    unmade = (*turns[:at], replace(turns[at], move=Hint(topic="top.codes", rung=3)), *turns[at + 1 :])
    assert is_legal(mixed, unmade, scenario).faults
    early = replace(turns[at], move=GoOn(), speaking=turns[0].speaking)
    leaking = with_text((*turns[:at], early, *turns[at + 1 :]), at, "Have you thought of a Feistel cipher?")
    assert gives_nothing_away(mixed, leaking, scenario).faults
    asked = with_text(
        with_text(turns, at, "Where does it break first?"), at + 1, "Where does it break first?"
    )
    moves = tuple(replace(one, move=Hint(topic="top.codes", rung=1)) for one in asked[at : at + 2])
    assert asks_nothing_twice(mixed, moves, scenario).faults


def test_a_fact_in_other_words_is_a_fault(
    mixed: Held, turns: tuple[OurTurn, ...], scenario: Scenario
) -> None:
    assert gives_facts_as_written(mixed, turns, scenario).faults == ()
    at = next(number for number, one in enumerate(turns) if one.move.kind == "answer_questions")
    assert gives_facts_as_written(mixed, with_text(turns, at, "Rather many, I believe."), scenario).faults


def test_questions_are_asked_as_the_sheet_expects_them(scenario: Scenario) -> None:
    answers = Answers(scenario, seed=1)
    first = answers.questions()
    assert first is not None
    assert len(first.asks) == 3
    assert first.texts[0].count("?") == 3
    second = answers.questions()
    assert second is not None
    assert not set(first.asks) & set(second.asks)


def test_planted_sums_are_wrong_by_ten() -> None:
    assert "17 million" in WRONG_SUMS[0]  # 2,000 times 86,400 is 172.8 million
    assert "200 GB" in WRONG_SUMS[1]  # 500 times 40 million is 20 GB
    assert "8,000" in WRONG_SUMS[2]  # 3 million over 3,600 is 833


def test_every_candidate_comes_to_a_small_run_and_problems_are_shared_out() -> None:
    wanted = wanted_interviews(RUBRICS, 17, seed=7)
    assert {one.persona for one in wanted} == {one.name for one in PERSONAS}
    assert len({one.scenario for one in wanted}) > 3
    with pytest.raises(BadInput, match="nobody"):
        wanted_interviews(RUBRICS, 1, seed=7, personas=["nobody"])


def test_a_small_run_gives_figures_with_their_bars() -> None:
    wanted = wanted_interviews(RUBRICS, None, seed=7, packs=[PROBLEM], personas=["stuck", "weak"])
    told = told_of(try_all(wanted, RUBRICS, jobs=1))
    named = figures(told)
    assert named["interviews: moves that are legal"].value == 1
    assert named["interviews: help comes rung by rung"].value == 1
    assert named["interviews: full interviews with all four duties"].value == 1
    assert "2 interviews" in "\n".join(lines_of(told, len(wanted)))


def test_every_reaction_belongs_to_somebody_who_comes() -> None:
    assert set(EXPECTED) <= {one.name for one in PERSONAS}
    assert len(has_all_duties([])) == 4


def test_a_shape_that_tells_all_is_told_as_such() -> None:
    told, name = shape_tells(
        [(True, {"words": 9.0, "words before the question": 1.0, "receipt": 0.0})] * 3
        + [(False, {"words": 4.0, "words before the question": 1.0, "receipt": 0.0})] * 3
    )
    assert (told, name) == (1.0, "words")
