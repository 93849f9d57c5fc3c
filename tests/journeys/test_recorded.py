"""Whole interviews with a model in the chair, held again from recorded replies: four candidates, no network.

The candidates' words and the replies were written by hand, the replies with nothing but the request in sight.
Words are never asserted: who spoke, what was asked once, and what never left are.
"""

from __future__ import annotations

import pytest

from interviewer.interview.events import InterviewerSpoke, MoveChosen
from interviewer.interview.speech import INSIDE, PRAISE, asks_in
from interviewer.llm.model import Replayed
from tests.builders import Held
from tests.recorded import REPLIES, Setting, opened, say

NAMES = sorted(file.stem for file in REPLIES.glob("*.json"))


@pytest.fixture(params=NAMES)
async def held(request) -> Held:
    setting = Setting.read(request.param)
    model = Replayed.of(REPLIES / f"{setting.name}.jsonl")
    again = await opened(setting, model)
    for text in setting.turns:
        await say(again, text)
    return again


def test_there_are_four_candidates() -> None:
    assert NAMES == ["hostile", "middling", "strong", "weak"]


async def test_it_is_held_to_its_end_and_the_model_speaks_nearly_all_of_it(held: Held) -> None:
    events = [stored.event for stored in await held.events()]
    spoke = [one for one in events if isinstance(one, InterviewerSpoke)]
    chosen = [one for one in events if isinstance(one, MoveChosen)]
    assert "not_recorded" not in {one.fault for one in chosen}
    by_model = [one for one in spoke if one.by == "replayed"]
    assert len(by_model) >= len(spoke) * 0.6
    assert all(one.prompt for one, said in zip(chosen, spoke, strict=True) if said.by == "replayed")


async def test_nothing_leaves_that_the_guards_withhold(held: Held) -> None:
    scenario = held.session.pack.scenario
    hidden = [fact.say for fact in scenario.facts]
    given = {one.fact for one in held.session.interview.given}
    secret = [fact.say for fact in scenario.facts if fact.id not in given]
    said = [turn.text for turn in held.session.interview.transcript if turn.role == "interviewer"]
    assert hidden
    for text in said[1:]:
        assert not PRAISE.search(text)
        assert not INSIDE.search(text)
        assert asks_in(text) <= 1
        assert not [line for line in secret if line in text]


async def test_no_question_is_asked_twice(held: Held) -> None:
    said = [turn.text for turn in held.session.interview.transcript if turn.role == "interviewer"]
    questions = [text.split(". ")[-1] for text in said if text.endswith("?")]
    assert len(set(questions)) == len(questions)
