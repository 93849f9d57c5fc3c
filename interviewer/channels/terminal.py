"""The terminal: an interview at the keyboard, or from a pipe so that one can be scripted, one line a turn."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from textwrap import indent

from prompt_toolkit import PromptSession
from prompt_toolkit.patch_stdout import patch_stdout
from rich.console import Console
from rich.text import Text

from interviewer.channels.channel import NOT_SAID, NOT_SAID_YET, Said, said
from interviewer.channels.screen import STOOD_IN, counted, in_the_chair, minutes
from interviewer.interview.events import (
    BoardRead,
    CandidateSpoke,
    HintGiven,
    InterviewerSpoke,
    PhaseEntered,
    Stored,
)
from interviewer.interview.state import Interview

NUDGES_S = (120.0, 180.0, 300.0)
"""How long it stays silent before a word, each counted from the one before (wire.md 0)."""


SIGN_AFTER_S = 0.4
"""How long an answer may take before a sign of life is shown."""


class Pipe:
    """Lines from standard input, each a turn; blank lines and lines that begin with # are passed over."""

    def __init__(self, console: Console) -> None:
        self._console = console

    async def receive(self, interview: Interview) -> Said | None:
        while line := await asyncio.to_thread(sys.stdin.readline):
            if line.strip() and not line.startswith("#"):
                return said(line.rstrip("\n"))
        return None

    async def send(self, events: Sequence[Stored], interview: Interview) -> None:
        for stored in events:
            if isinstance(stored.event, CandidateSpoke):
                self._console.print(Text(f"You: {stored.event.text}", style="cyan"), soft_wrap=True)
            show(self._console, stored, interview)

    async def tell(self, text: str) -> None:
        self._console.print(Text(indent(text, "  "), style="dim"))

    async def hold_back(self, text: str) -> None:
        await self.tell(NOT_SAID)

    @asynccontextmanager
    async def thinking(self) -> AsyncIterator[None]:
        yield

    async def unused(self) -> int:
        """How many turns the pipe still holds."""
        rest = await asyncio.to_thread(sys.stdin.readlines)
        return sum(1 for line in rest if line.strip() and not line.startswith("#"))


class Keyboard:
    """A person at a terminal: phase and time below the line, words kept while typing, a nudge in long silence."""

    def __init__(self, console: Console, now: Callable[[], datetime]) -> None:
        self._console = console
        self._now = now
        self._prompt: PromptSession[str] = PromptSession(
            multiline=False,
            enable_open_in_editor=True,
            interrupt_exception=EOFError,  # a KeyboardInterrupt in a task would tear down the loop
        )
        self._nudges = 0
        self._answers: list[tuple[str, bool]] = []
        self._held_back: list[str] = []

    async def receive(self, interview: Interview) -> Said | None:
        words = "" if interview.paused else " ".join(self._held_back)
        if words:
            self._held_back.clear()
        with patch_stdout(raw=True):
            asking = asyncio.create_task(
                self._prompt.prompt_async(
                    "› ",  # noqa: RUF001
                    default=words,
                    bottom_toolbar=lambda: self._toolbar(interview),
                    refresh_interval=1.0,
                )
            )
            try:
                while not asking.done():
                    wait = (
                        NUDGES_S[self._nudges]
                        if self._nudges < len(NUDGES_S) and not interview.paused
                        else None
                    )
                    await asyncio.wait({asking}, timeout=wait)
                    if not asking.done() and not self._prompt.default_buffer.text:
                        asking.cancel()
                        await asyncio.wait({asking})
                        self._nudges += 1
                        return Said("")
                    if not asking.done():
                        self._nudges = 0
                self._nudges = 0
                return said(asking.result())
            except EOFError:
                return None
            finally:
                if not asking.done():
                    asking.cancel()

    def _toolbar(self, interview: Interview) -> str:
        used, budget = interview.elapsed_s(self._now()), interview.budget_s
        left = "paused" if interview.paused else f"{minutes(max(0.0, budget - used))} min left"
        who = in_the_chair(interview.begun.interviewer, self._answers)
        return f" {interview.phase.name} · {int(used) // 60} of {minutes(interview.budget_s)} min · {left} · {who} · /help"

    async def send(self, events: Sequence[Stored], interview: Interview) -> None:
        for stored in events:
            if isinstance(spoke := stored.event, InterviewerSpoke):
                self._answers.append((spoke.by, spoke.stood_in))
            show(self._console, stored, interview)

    async def tell(self, text: str) -> None:
        self._console.print(Text(indent(text, "  "), style="dim"))

    async def hold_back(self, text: str) -> None:
        self._held_back.append(text)
        await self.tell(NOT_SAID_YET)

    @asynccontextmanager
    async def thinking(self) -> AsyncIterator[None]:
        sign = self._console.status(Text("thinking", style="dim"), spinner="dots", spinner_style="dim")
        soon = asyncio.get_running_loop().call_later(SIGN_AFTER_S, sign.start)
        try:
            yield
        finally:
            soon.cancel()
            sign.stop()


def show(console: Console, stored: Stored, interview: Interview) -> None:
    """One event, as far as the candidate may see it."""
    match stored.event:
        case InterviewerSpoke(text=text, stood_in=stood_in):
            console.print()
            console.print(Text.assemble(("Interviewer: ", "bold"), text), soft_wrap=not console.is_terminal)
            if stood_in:
                console.print(Text(f"  {STOOD_IN}", style="dim"), soft_wrap=not console.is_terminal)
            console.print()
        case PhaseEntered(phase=phase):
            name = next(one.name for one in interview.begun.phases if one.id == phase)
            minute = int(interview.elapsed_s()) // 60
            console.print(Text(f"── {name} · minute {minute} of {minutes(interview.budget_s)}", style="dim"))
        case HintGiven(left=left):
            console.print(Text(f"  hint; {left} left on this topic", style="dim"))
        case BoardRead(graph=graph):
            console.print(Text(f"  on your board I see {_seen(graph.boxes, graph.links)}", style="dim"))
        case _:
            pass


def _seen(boxes: Sequence[object], links: Sequence[object]) -> str:
    return f"{counted(len(boxes), 'box', 'boxes')} and {counted(len(links), 'arrow', 'arrows')}"
