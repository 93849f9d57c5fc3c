"""Holding an interview through a channel: receive, obey commands, let the session answer, send, until it ends."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from interviewer.channels.channel import COMMANDS, Channel, Said
from interviewer.interview.events import CandidateAsked, Mode, Stored
from interviewer.interview.state import reading_s
from interviewer.session import Session

MOST_BOARD_BYTES = 1_048_576
HOW_TO_DRAW = "Say /board FILE, with the file that holds your drawing: an Excalidraw scene, or text with arrows such as Mermaid."
PassTime = Callable[[float], None]
"""Moves a virtual clock on by some seconds; does nothing on a real one."""


async def hold(session: Session, channel: Channel, pass_time: PassTime, pace_s: float) -> bool:
    """Hold an interview that has begun until it ends; whether it did, or the channel closed first.

    `pace_s` is how long a candidate's turn takes on a virtual clock, in seconds.
    """
    while not session.interview.ended:
        came = await channel.receive(session.interview)
        if came is None:
            return False
        if came.command:
            await _obey(came, session, channel, pass_time, pace_s)
        elif not came.text.strip():
            await _answer(session.silence(), session, channel)
        elif session.interview.paused:
            await channel.hold_back(came.text)
        else:
            _take_turn_time(session, pass_time, pace_s)
            await _answer(session.hear(came.text), session, channel)
    return True


async def _answer(made: Awaitable[Sequence[Stored]], session: Session, channel: Channel) -> None:
    async with channel.thinking():
        events = await made
    await channel.send(events, session.interview)


def _take_turn_time(session: Session, pass_time: PassTime, pace_s: float) -> None:
    last = session.interview.transcript[-1] if session.interview.transcript else None
    pass_time(pace_s + (reading_s(last.text) if last and last.role == "interviewer" else 0.0))


async def _obey(came: Said, session: Session, channel: Channel, pass_time: PassTime, pace_s: float) -> None:
    interview = session.interview
    match came.command:
        case "help":
            await channel.tell("\n".join(f"/{name:<7} {does}" for name, does in COMMANDS.items()))
        case "phase":
            await channel.tell(phases_of(session))
        case "time":
            await channel.tell(time_of(session))
        case "pause" if interview.begun.mode is Mode.mock:
            await channel.tell("A mock runs on a real clock; it cannot be paused.")
        case "pause":
            await session.pause()
            await channel.tell("The clock is stopped. /resume goes on.")
        case "resume":
            await session.resume()
            await channel.tell(f"The clock runs again. {time_of(session)}")
        case "hint" if interview.begun.mode is Mode.mock:
            await channel.tell("No hints in a mock interview. Say where you're stuck; we can park it.")
        case "hint":
            await _answer(session.wish(CandidateAsked(wish="hint")), session, channel)
        case "next":
            await _answer(session.wish(CandidateAsked(wish="next")), session, channel)
        case "board":
            await channel.tell(await _draw(session, came.argument))
        case "end":
            await session.end()
        case _:
            await channel.tell("/help lists the commands.")


async def _draw(session: Session, name: str) -> str:
    if not name:
        return HOW_TO_DRAW
    try:
        text = await asyncio.to_thread(board_text, name)
    except (OSError, UnicodeDecodeError, ValueError, RuntimeError) as error:
        why = getattr(error, "strerror", None) or error
        return f"{name} cannot be read: {why}. {HOW_TO_DRAW}"
    try:
        scene = json.loads(text)
    except (ValueError, RecursionError):
        scene = {"text": text}
    if not isinstance(scene, dict):
        return f"{name} is neither an Excalidraw scene nor text with arrows."
    await session.draw(scene)
    return f"The board is on the table, revision {session.interview.board_rev}. I'll look at it with your next words."


def board_text(name: str) -> str:
    """What a file with a board holds. Raises ValueError where that is more than a board may, and what reading raises."""
    path = Path(name).expanduser()
    if path.stat().st_size > MOST_BOARD_BYTES:
        raise ValueError("it is larger than 1 MiB, and a board holds no more")
    return path.read_text(encoding="utf-8")


def time_of(session: Session) -> str:
    """How much of the candidate's time is used and left."""
    return time_told(session.interview.elapsed_s(session.now()), session.interview.budget_s)


def time_told(used: float, budget: float) -> str:
    """So many seconds used of so many, in words."""
    return f"{_clock(used)} used, {_clock(max(0.0, budget - used))} left of {_clock(budget)}."


def phases_of(session: Session) -> str:
    """The plan with a mark at where we are."""
    interview = session.interview
    lines = [
        f"{'→' if index == interview.phase_index else ' '} {phase.name} ({phase.budget_s / 60:.0f} min)"
        for index, phase in enumerate(interview.begun.phases)
    ]
    return "\n".join(lines)


def _clock(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"
