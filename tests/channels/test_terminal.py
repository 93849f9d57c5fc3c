"""The keyboard: what is typed is said, a pause loses no words, whoever thinks long is seen to think, and Ctrl-C or Ctrl-D
leaves without a word more."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import PipeInput, create_pipe_input
from prompt_toolkit.output import DummyOutput
from rich.console import Console

from interviewer.channels import terminal
from interviewer.channels.channel import Said
from interviewer.channels.hold import HOW_TO_DRAW, hold
from interviewer.channels.looking_back import look_back
from interviewer.channels.screen import STOOD_IN, in_the_chair, minutes
from interviewer.channels.terminal import Keyboard
from interviewer.interview.events import CandidateRated, InterviewerSpoke
from tests.builders import Clock, a_session, an_opened_interview


@contextmanager
def a_keyboard() -> Iterator[tuple[Keyboard, PipeInput, io.StringIO]]:
    """A keyboard, what is typed at it, and what stands on its screen."""
    shown = io.StringIO()
    with create_pipe_input() as typed, create_app_session(input=typed, output=DummyOutput()):
        yield Keyboard(Console(file=shown, width=200), Clock()), typed, shown


@pytest.mark.parametrize(
    ("keys", "received"),
    [("Who are the users?\r", Said("Who are the users?")), ("half a thought\x03", None), ("\x04", None)],
    ids=["typed", "ctrl-c", "ctrl-d"],
)
async def test_a_line_is_said_and_an_interrupt_leaves(keys: str, received: Said | None) -> None:
    with a_keyboard() as (keyboard, typed, _):
        typed.send_text(keys)
        assert await keyboard.receive(an_opened_interview()) == received


async def test_what_is_typed_in_a_pause_comes_back_when_the_clock_runs_again() -> None:
    held = await a_session()
    before = len(held.session.interview.transcript)
    with a_keyboard() as (keyboard, typed, shown):
        typed.send_text("/pause\rWho are\rthe users?\r/resume\r\r/end\r")
        assert await hold(held.session, keyboard, lambda seconds: None, 0.0)
    said = [turn.text for turn in held.session.interview.transcript[before:] if turn.role == "candidate"]
    assert said == ["Who are the users?"]
    assert shown.getvalue().count("The clock is stopped, so that was not said.") == 2


async def test_a_board_without_a_file_is_answered_with_how_to_show_one() -> None:
    held = await a_session()
    with a_keyboard() as (keyboard, typed, shown):
        typed.send_text("/board\r/end\r")
        await hold(held.session, keyboard, lambda seconds: None, 0.0)
    assert HOW_TO_DRAW in shown.getvalue() and "cannot be read" not in shown.getvalue()


@pytest.mark.parametrize(("takes_s", "seen"), [(0.0, False), (0.2, True)], ids=["at once", "long"])
async def test_thinking_is_seen_where_it_takes_long_and_then_goes(
    takes_s: float, seen: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(terminal, "SIGN_AFTER_S", 0.05)
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    shown = io.StringIO()
    keyboard = Keyboard(Console(file=shown, width=80, force_terminal=True), Clock())
    async with keyboard.thinking():
        await asyncio.sleep(takes_s)
    assert ("thinking" in shown.getvalue()) is seen
    assert not seen or shown.getvalue().rindex("\x1b[2K") > shown.getvalue().rindex("thinking")


async def test_an_answer_in_the_models_place_is_marked_and_the_bar_tells_who_spoke() -> None:
    held = await a_session()
    last = (await held.events())[-1]
    with a_keyboard() as (keyboard, _, shown):
        await keyboard.send((_as(last, stood_in=True),), held.session.interview)
        assert STOOD_IN in shown.getvalue()
        begun = held.session.interview.begun.model_copy(update={"interviewer": "bench"})
        interview = replace(held.session.interview, start=begun)
        assert " · offline interviewer, for bench · " in keyboard._toolbar(interview)
        await keyboard.send((_as(last, by="bench"),), held.session.interview)
        assert " · bench interviewer · " in keyboard._toolbar(interview)
    assert shown.getvalue().count(STOOD_IN) == 1


def _as(stored: Any, **change: Any) -> Any:
    spoke = InterviewerSpoke(turn="s1:9", text="Go on.", **change)
    return stored.model_copy(update={"event": spoke})


def test_what_is_said_by_heart_does_not_tell_who_is_in_the_chair() -> None:
    heart, stood_in, model = ("offline", False), ("offline", True), ("bench", False)
    assert in_the_chair("bench", [heart]) == "bench interviewer"
    assert in_the_chair("bench", [model, stood_in, heart]) == "offline interviewer, for bench"
    assert in_the_chair("bench", [stood_in, model, heart]) == "bench interviewer"
    assert in_the_chair("offline", [heart]) == "offline interviewer"


def test_a_minute_that_is_begun_counts_everywhere_and_dust_of_a_sum_does_not() -> None:
    assert [minutes(seconds) for seconds in (0, 1, 60, 4050, 2700.0000001)] == [0, 1, 1, 68, 45]


async def test_looking_back_asks_what_the_page_asks_and_takes_no_level_that_is_none() -> None:
    shown = io.StringIO()
    with create_pipe_input() as typed, create_app_session(input=typed, output=DummyOutput()):
        typed.send_text("The sums\rThe queue\rprincipal\rSenior\rAsk first.\r")
        rated = await look_back(Console(file=shown))
        assert rated == CandidateRated(
            best="The sums", worst="The queue", level="senior", next_time="Ask first."
        )
        typed.send_text("The sums\r\x03")
        assert await look_back(Console(file=shown)) == CandidateRated(best="The sums")
    assert "It is one of below, mid, senior, staff." in shown.getvalue()
