"""What goes on around an interview in a terminal: showing what comes, waiting for its end, reading a board from a file."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager

from interviewer.channels.hold import board_text
from interviewer.channels.room import Room
from interviewer.channels.screen import Screen
from interviewer.client import LiveRoom
from interviewer.errors import Unavailable

LAST_MOMENT_S = 2.0


@asynccontextmanager
async def shown(room: LiveRoom, screen: Screen) -> AsyncIterator[None]:
    """Everything that happens in the room is shown as it comes, and when the connection is lost and found again."""

    async def events() -> None:
        async for frame in room.frames():
            screen.show(frame)

    async def links() -> None:
        known = False
        async for connected in room.links():
            if known and room.over is None:
                screen.tell("Connected again." if connected else "The connection is lost; trying again.")
            known = known or connected

    showing = [asyncio.create_task(events()), asyncio.create_task(links())]
    try:
        yield
        await asyncio.sleep(0)  # what came with the last answer is shown before anything else is
    finally:
        for task in showing:
            task.cancel()
        await asyncio.wait(showing)


async def settled(heard: list[asyncio.Task[bool]], room: LiveRoom, screen: Screen) -> None:
    """What was typed gets a last moment to reach the server; what does not is named."""
    waiting = [task for task in heard if not task.done()]
    if waiting:
        await asyncio.wait(waiting, timeout=LAST_MOMENT_S)
    if room.unsent:
        screen.tell("Your last words did not reach the server; say them again when you come back.")
    for task in waiting:
        task.cancel()


async def end_of(room: LiveRoom) -> None:
    """Wait until the interview has ended. Raises what ended the room before."""
    await room.until(lambda shown: shown.state is not None and shown.state.state == "ended")


async def within(seconds: float, what: Awaitable[object]) -> None:
    """Wait for something that the server does, for so long. Raises Unavailable."""
    try:
        async with asyncio.timeout(seconds):
            await what
    except TimeoutError as error:
        raise Unavailable("The server takes too long. The interview is kept; --resume goes on.") from error


def is_over(room: LiveRoom) -> bool:
    """Whether the interview has ended."""
    state = room.view.state
    return state is not None and state.state == "ended"


def card_is_ready(room: Room) -> bool:
    """Whether the card can be read."""
    return room.state is not None and room.state.scorecard == "ready"


def scene_in(name: str) -> dict[str, object]:
    """The board in a file: an Excalidraw scene, or text with arrows."""
    text = board_text(name)
    try:
        scene = json.loads(text)
    except (ValueError, RecursionError):
        return {"type": "text", "text": text}
    if not isinstance(scene, dict):
        raise ValueError("it is neither an Excalidraw scene nor text with arrows")
    return scene
