"""What stands over an interview at a terminal: how it was set up, or where it was left by somebody who comes back."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from interviewer.channels.chair import OFFLINE
from interviewer.channels.hold import time_told
from interviewer.channels.screen import minutes
from interviewer.interview.events import SessionStarted
from interviewer.interview.state import Interview

MOST_RECALLED = 2
"""How many turns are shown again to somebody who comes back."""


def greet(console: Console, started: SessionStarted, title: str) -> None:
    """The problem, how long it takes, and who interviews."""
    length = minutes(sum(phase.budget_s for phase in started.phases))
    console.print(Text(title, style="bold"))
    console.print(
        Text(
            f"{started.level.value} · {started.mode.value} · {length} minutes · {started.plan} plan · "
            f"{_interviewer(started.interviewer)} /help lists the commands.",
            style="dim",
        ),
        soft_wrap=not console.is_terminal,
    )


def recap(console: Console, interview: Interview, title: str) -> None:
    """The time that is left, and what was said last."""
    console.print(Text(f"{title}, resumed", style="bold"))
    console.print(Text(time_told(interview.elapsed_s(), interview.budget_s), style="dim"))
    for turn in interview.transcript[-MOST_RECALLED:]:
        who = "Interviewer" if turn.role == "interviewer" else "You"
        console.print(Text(f"{who}: {turn.text}"), soft_wrap=not console.is_terminal)


def _interviewer(name: str) -> str:
    if name == OFFLINE:
        return "offline interviewer: rules and written lines, no model."
    return f"interviewer: {name}, with the offline one behind it."
