"""Practising at this machine around the talk itself: the choice of a problem, leaving by Ctrl-C, and coming back."""

from __future__ import annotations

import asyncio
import io
from dataclasses import replace
from pathlib import Path
from signal import SIGINT, getsignal, raise_signal

import pytest
from rich.console import Console

from interviewer.assembly import Wall, service
from interviewer.interview.events import CandidateSpoke, Mode, SessionId
from interviewer.interview.rubric import CandidateLevel
from interviewer.practise import Chosen, choose, until_left
from tests.builders import settings_of
from tests.commands import Command
from tests.serving import quick

CHOSEN = Chosen(
    scenario=None, level=CandidateLevel.senior, plan=None, mode=Mode.practice, pace=None, pace_s=None,
    minutes=None, seed=None, format="markdown", piped=False,
)  # fmt: skip
TITLES = {
    "cache": "Distributed cache",
    "rate-limiter": "Rate limiter",
    "url-shortener": "URL shortener",
    "video": "Video",
}


class Typed(Console):
    """A console at which these lines are typed, one for every question."""

    def __init__(self, *lines: str) -> None:
        super().__init__(file=io.StringIO(), width=100)
        self.lines = list(lines)

    def input(self, prompt: object = "", **_: object) -> str:
        self.print(prompt)
        return self.lines.pop(0)

    @property
    def shown(self) -> str:
        assert isinstance(self.file, io.StringIO)
        return self.file.getvalue()


def test_enter_takes_the_problem_that_most_begin_with_and_the_question_names_it() -> None:
    console = Typed("", "", "")
    assert choose(TITLES, CHOSEN, console) == replace(CHOSEN, scenario="url-shortener")
    assert "1 to 4; Enter for URL shortener" in console.shown and "1/2" not in console.shown


def test_a_number_takes_its_problem_and_one_that_is_none_is_asked_for_again() -> None:
    assert choose(TITLES, CHOSEN, Typed("9", "2", "", "")).scenario == "rate-limiter"
    others = {"a": "First", "b": "Second"}
    assert choose(others, CHOSEN, Typed("", "", "")).scenario == "a"


async def test_ctrl_c_ends_the_choice_at_once_and_leaves_the_loop_its_own_way_with_it() -> None:
    class Interrupted(Typed):
        def input(self, prompt: object = "", **_: object) -> str:
            raise_signal(SIGINT)
            return ""

    before = getsignal(SIGINT)
    with pytest.raises(KeyboardInterrupt):
        choose(TITLES, CHOSEN, Interrupted())
    assert getsignal(SIGINT) is before


async def test_ctrl_c_leaves_at_any_moment_and_says_how_to_go_on() -> None:
    console = Typed()
    leaving = asyncio.create_task(until_left(asyncio.sleep(60), console, CHOSEN))
    await asyncio.sleep(0)
    leaving.cancel()
    await leaving
    assert "Kept as it is. `interviewer practise --resume` goes on from here." in console.shown


async def test_a_script_that_is_stopped_is_not_told_how_to_go_on() -> None:
    console = Typed()
    leaving = asyncio.create_task(until_left(asyncio.sleep(60), console, replace(CHOSEN, piped=True)))
    await asyncio.sleep(0)
    leaving.cancel()
    with pytest.raises(asyncio.CancelledError):
        await leaving
    assert console.shown == ""


def test_what_was_left_unanswered_is_shown_first_and_its_answer_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def left() -> None:
        async with service(quick(tmp_path / "data"), Wall()) as opened:
            session = opened.session("url-shortener")
            await session.start(SessionId("left"), settings_of())
            await session.note(CandidateSpoke(text="Who are the users?"))

    asyncio.run(left())
    told = Command(tmp_path, capsys, monkeypatch)("practise", "--resume", "--session", "left")
    assert told.code == 0, told.err
    recap, _, after = told.out.partition("You: Who are the users?")
    assert "URL shortener, resumed" in recap and recap.count("Interviewer: ") == 1
    talk, _, _ = after.partition("# Scorecard")
    (answer,) = (line for line in talk.splitlines() if line.startswith("Interviewer: "))
    assert told.out.count(answer) == 1
