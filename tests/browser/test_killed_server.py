"""A server that is killed in the middle of an answer, with the page open: the page says so, and goes on by itself."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from playwright.async_api import Browser, expect

from tests.browser.drawing import Board
from tests.browser.house import IN_ONE_LOOP, Visit, a_visit
from tests.browser.room import Room, begin, in_the_middle_of_an_answer
from tests.journeys import killed_server
from tests.journeys.test_served import a_free_port, a_program, command

pytestmark = IN_ONE_LOOP
SLOW = {"pace_s": 0.05, "lease_s": 1.0, "settle_s": 0.3, "poll_s": 0.2}
QUESTION = (
    "How many new links a month? How long does a link live? And is it the same code for the same URL twice?"
)


async def test_a_server_killed_in_mid_answer_is_waited_for_and_nothing_is_lost(
    chromium: Browser, tmp_path: Path
) -> None:
    port = a_free_port()
    home = f"http://127.0.0.1:{port}"
    async with a_visit(chromium, home) as visit:
        visit.watch.allow("ERR_CONNECTION_REFUSED", "WebSocket connection to", "ERR_EMPTY_RESPONSE")
        async with a_killed_program(tmp_path, port):
            await visit.page.goto(await a_link(tmp_path, home))
            await expect(visit.page.get_by_role("heading", name="Practise", level=1)).to_be_visible()
            room = await begin(visit)
            board = Board(visit.page)
            await board.opened()
            await board.add("Database")
            await board.seen("1 part, 0 links")
            await room.answered()
            await room.type(QUESTION)
            await in_the_middle_of_an_answer(room, 2)
        await says_that_nobody_answers(visit)
        await room.type("I said this while nobody was there.")
        await expect(room.unsent.get_by_text("Waiting for the connection")).to_be_visible()
        await board.add("Cache")
        async with a_killed_program(tmp_path, port):
            await goes_on_by_itself(visit, room)
            await board.seen("2 parts, 0 links")
    events = await killed_server.events_of(tmp_path, room.session)
    assert killed_server.broken(events, {}) == []


@asynccontextmanager
async def a_killed_program(data: Path, port: int) -> AsyncIterator[None]:
    """`interviewer serve` as people start it; at the end it is killed, without a word."""
    with a_program(data, port, **SLOW) as process:
        yield
        process.kill()
        await asyncio.to_thread(process.wait)


async def a_link(data: Path, home: str) -> str:
    """A link that signs the owner in, as the command prints it."""
    told = await asyncio.to_thread(command, "people", "link", "owner", "--data", data, "--url", home)
    return next(word for word in told.stdout.split() if "/sign-in#" in word)


async def says_that_nobody_answers(visit: Visit) -> None:
    """Wait until the page says in words that the line is down."""
    await expect(visit.page.get_by_role("status").filter(has_text="Reconnecting…")).to_be_visible()


async def goes_on_by_itself(visit: Visit, room: Room) -> None:
    """Wait until all is answered, and compare what the page shows with what was said."""
    await expect(visit.page.get_by_role("status").filter(has_text="Connected")).to_be_visible()
    await room.answered()
    said = [turn["text"] for turn in await visit.turns(room.session) if turn["role"] == "candidate"]
    assert said == [QUESTION, "I said this while nobody was there."]
    await room.shows_what_the_server_has()
    await visit.page.reload()
    await room.answered()
    await room.shows_what_the_server_has()
