"""The keyboard: what is typed is said, and whoever presses Ctrl-C or Ctrl-D leaves without a word more."""

from __future__ import annotations

import io

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput
from rich.console import Console

from interviewer.channels.channel import Said
from interviewer.channels.terminal import Keyboard
from tests.builders import Clock, an_opened_interview


@pytest.mark.parametrize(
    ("keys", "received"),
    [("Who are the users?\r", Said("Who are the users?")), ("half a thought\x03", None), ("\x04", None)],
    ids=["typed", "ctrl-c", "ctrl-d"],
)
async def test_a_line_is_said_and_an_interrupt_leaves(keys: str, received: Said | None) -> None:
    with create_pipe_input() as typed, create_app_session(input=typed, output=DummyOutput()):
        keyboard = Keyboard(Console(file=io.StringIO()), Clock())
        typed.send_text(keys)
        assert await keyboard.receive(an_opened_interview()) == received
