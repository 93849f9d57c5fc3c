"""The terminal: an interview at the keyboard, or from a pipe so that one can be scripted, one line a turn."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from textwrap import indent

from prompt_toolkit import PromptSession
from prompt_toolkit.patch_stdout import patch_stdout
from rich.console import Console
from rich.markup import escape
from rich.text import Text

from interviewer.channels.channel import Said, said
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

    async def receive(self, interview: Interview) -> Said | None:
        with patch_stdout(raw=True):
            asking = asyncio.create_task(
                self._prompt.prompt_async(
                    "› ", bottom_toolbar=lambda: self._toolbar(interview), refresh_interval=1.0
                )  # noqa: RUF001
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
        state = "paused" if interview.paused else f"{max(0, int(budget - used)) // 60} min left"
        return f" {interview.phase.name} · {int(used) // 60} of {int(budget) // 60} min · {state} · {interview.begun.interviewer} interviewer · /help"

    async def send(self, events: Sequence[Stored], interview: Interview) -> None:
        for stored in events:
            show(self._console, stored, interview)

    async def tell(self, text: str) -> None:
        self._console.print(Text(indent(text, "  "), style="dim"))


def show(console: Console, stored: Stored, interview: Interview) -> None:
    """One event, as far as the candidate may see it."""
    match stored.event:
        case InterviewerSpoke(text=text):
            console.print()
            console.print(Text.assemble(("Interviewer: ", "bold"), text), soft_wrap=not console.is_terminal)
            console.print()
        case PhaseEntered(phase=phase):
            name = next(one.name for one in interview.begun.phases if one.id == phase)
            minute = int(interview.elapsed_s()) // 60
            console.print(
                Text(f"── {name} · minute {minute} of {int(interview.budget_s) // 60}", style="dim")
            )
        case HintGiven(left=left):
            console.print(Text(f"  hint; {left} left on this topic", style="dim"))
        case BoardRead(graph=graph):
            console.print(Text(f"  on your board I see {_seen(graph.boxes, graph.links)}", style="dim"))
        case _:
            pass


def _seen(boxes: Sequence[object], links: Sequence[object]) -> str:
    def counted(count: int, one: str, many: str) -> str:
        return f"{count} {one if count == 1 else many}"

    return f"{counted(len(boxes), 'box', 'boxes')} and {counted(len(links), 'arrow', 'arrows')}"


def heading(console: Console, text: str) -> None:
    """A line that stands out."""
    console.print(f"[bold]{escape(text)}[/bold]")
