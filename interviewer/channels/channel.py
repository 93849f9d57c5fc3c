"""The promise of every way in and out: receive what is said, send what happened."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Protocol

from interviewer.interview.events import Stored
from interviewer.interview.state import Interview


@dataclass(frozen=True)
class Said:
    """What came in: words, or a command with its argument (`/hint`, `/board FILE`)."""

    text: str
    command: str | None = None
    argument: str = ""


class Channel(Protocol):
    """A conversation with one candidate."""

    async def receive(self, interview: Interview) -> Said | None:
        """The next thing said; an empty text is silence, None is the end of the conversation."""
        ...

    async def send(self, events: Sequence[Stored], interview: Interview) -> None:
        """Show what happened, as far as the candidate may see it."""
        ...

    async def tell(self, text: str) -> None:
        """Show a notice of the service itself."""
        ...

    async def hold_back(self, text: str) -> None:
        """Something was said while the clock is stopped: tell that it was not heard, and keep it where it can be said later."""
        ...

    def thinking(self) -> AbstractAsyncContextManager[None]:
        """While it is open an answer is being made, and where that takes long somebody sees it."""
        ...


def said(line: str) -> Said:
    """A line as typed: a command where it begins with a slash and a letter, else words."""
    stripped = line.strip()
    if stripped.startswith("/") and stripped[1:2].isalpha():
        command, _, argument = stripped[1:].partition(" ")
        if command.lower() in COMMANDS:
            return Said("", command.lower(), argument.strip())
        if command.isalpha() and not argument:  # a slip of the finger, and not the path of a call
            return Said("", "unknown")
    return Said(line.strip("\n"))


NOT_SAID = "The clock is stopped, so that was not said. /resume goes on."
NOT_SAID_YET = "The clock is stopped, so that was not said. /resume goes on, and brings your words back."

COMMANDS = {
    "hint": "ask for a hint (practice only; it costs a little on one item, nothing else)",
    "next": "go on to the next phase",
    "phase": "where we are in the plan",
    "time": "how much time is used and left",
    "pause": "stop the clock",
    "resume": "let the clock run again",
    "board": "FILE: show a drawing (Excalidraw scene, or text with arrows such as Mermaid)",
    "end": "end the interview and see the scorecard",
    "help": "this list",
}
