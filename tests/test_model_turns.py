"""A served interview with a model in the chair: taken-back sentences, what is heard beside, and who the event names."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator, AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from interviewer.dialogue.listener_llm import ModelListener
from interviewer.errors import ModelBusy, ModelFault
from interviewer.interview.events import (
    InterviewerChunk,
    InterviewerSpoke,
    MoveChosen,
    TurnHeardMore,
    TurnRestarted,
)
from interviewer.llm.model import Piece, Prompt, Scripted
from interviewer.llm.prompts import Prompts
from interviewer.llm.said import TRIAL_KEY
from interviewer.packs.files import data_folder
from interviewer.session import Voices
from tests.builders import a_pack, voices
from tests.hosted import AT_ONCE, Hosted, hosted
from tests.recorded import speaker_with

SAID = "I'd put an API in front and keep the links in one Postgres table, because the reads are by key."


@pytest.fixture
async def served(tmp_path: Path) -> AsyncIterator[Hosted]:
    async with hosted(tmp_path) as made:
        yield made


class BreaksOff:
    """Says one sentence and then loses the line."""

    name = "breaks-off"

    async def stream(self, prompt: Prompt) -> AsyncGenerator[Piece]:
        yield Piece("MOVE 1\nAll right, one Postgres table. And then wh")
        raise ModelBusy("cut_off")


def listening(reply: str | ModelFault) -> ModelListener:
    return ModelListener(Scripted(lambda prompt: reply), Prompts.read(data_folder("prompts")), TRIAL_KEY)


async def test_what_a_broken_answer_had_said_is_taken_back_and_the_whole_is_one_voice(served: Hosted) -> None:
    session = await served.opened()
    await served.say(session, SAID)
    worker = served.another(speaking=Voices(voices().listener, speaker_with(BreaksOff())))
    await worker.settled()
    events = await served.events(session)
    spoke = [one for one in events if isinstance(one, InterviewerSpoke)][-1]
    restarted = [one for one in events if isinstance(one, TurnRestarted)]
    chosen = [one for one in events if isinstance(one, MoveChosen)][-1]
    assert "one Postgres table. And" not in spoke.text
    assert (spoke.by, spoke.stood_in, chosen.fault) == ("offline", True, "cut_off")
    assert [(one.turn, one.attempt) for one in restarted] == [(spoke.turn, spoke.attempt)]
    shown = [
        one.text
        for one in events
        if isinstance(one, InterviewerChunk) and (one.turn, one.attempt) == (spoke.turn, spoke.attempt)
    ]
    assert " ".join(shown) == spoke.text


async def test_what_is_heard_beside_is_noted_after_the_answer_and_counts(served: Hosted) -> None:
    session = await served.opened()
    quote = "learns nothing of its neighbours"
    said = f"Whoever holds one of them {quote}, they're dealt out like shuffled cards."
    await served.say(session, said)
    note = {"subject": "top.codes", "point": "walked", "quote": quote}
    beside = listening(json.dumps({"covers": [note], "mistaken": [], "asks": []}))
    await served.another(speaking=replace(voices(), beside=beside)).settled()
    events = await served.events(session)
    kinds = [one.kind for one in events]
    assert kinds.index("turn_heard_more") > max(
        at for at, kind in enumerate(kinds) if kind == "interviewer_spoke"
    )
    interview = await served.host.interview(session)
    assert [touch.topic for touch in interview.heard[-1].topics if "walked" in touch.slots] == ["top.codes"]


@pytest.mark.parametrize(
    "reply", [ModelBusy("silent"), "nonsense", '{"covers": [], "mistaken": [], "asks": []}']
)
async def test_a_listener_that_fails_or_finds_nothing_leaves_no_trace(
    reply: str | ModelFault, served: Hosted
) -> None:
    session = await served.opened()
    await served.say(session, SAID)
    await served.another(speaking=replace(voices(), beside=listening(reply))).settled()
    events = await served.events(session)
    assert not [one for one in events if isinstance(one, TurnHeardMore)]
    assert isinstance([one for one in events if isinstance(one, InterviewerSpoke)][-1], InterviewerSpoke)


async def test_where_it_is_waited_for_the_same_answer_takes_it_along(served: Hosted) -> None:
    session = await served.opened()
    said = "Before I draw anything at all, what sort of flood am I up against at the worst of times?"
    await served.say(session, said)
    fact = str(a_pack().scenario.facts[4].id)
    ask = {"id": fact, "quote": "what sort of flood am I up against"}
    beside = listening(json.dumps({"covers": [], "mistaken": [], "asks": [ask]}))
    waiting = replace(AT_ONCE, listener_wait_s=5.0)
    await served.another(working=waiting, speaking=replace(voices(), beside=beside)).settled()
    chosen = [one for one in await served.events(session) if isinstance(one, MoveChosen)][-1]
    assert chosen.move.kind == "answer_questions"
    assert fact in chosen.move.facts
