"""A moment taken up again with a board: the room, its card beside the first one, and the board as a coach sees it."""

from __future__ import annotations

import re
from typing import Any

from playwright.async_api import expect

from tests.browser.house import House
from tests.browser.look import Look
from tests.browser.room import Room
from tests.browser.scenes import SHORTENER, scene
from tests.builders import script


async def again(house: House, look: Look, **how: Any) -> None:
    """The states that only a retry and a board bring."""
    async with house.visit("Ann", **how) as visit, house.visit("Dag", "coach", **how) as coach:
        page = visit.page
        visit.watch.allow("status of 409")  # a card asked for while it is still being written
        first = await house.finished(visit.account, "ann-1", "url-shortener-weak")
        taken_up = next(
            turn["n"] for turn in await visit.turns(first) if turn["role"] == "candidate" and turn["n"] > 2
        )
        retry = (await visit.ask("POST", f"/v1/sessions/{first}/retries", {"turn": taken_up}))["id"]
        await visit.draw(retry, scene(*SHORTENER))
        await visit.to(f"/interviews/{retry}")
        room = Room(visit, retry)
        await expect(room.box).to_be_visible()
        await look(page, "room of a moment again")
        await room.box.fill(script("url-shortener-strong")[2])
        await page.get_by_role("button", name="Send").click()
        await expect(room.unsent).to_have_count(0)
        await room.answered()
        await visit.ask("POST", f"/v1/sessions/{retry}/end")
        await visit.to(f"/interviews/{retry}/card")
        await expect(page.get_by_role("heading", name="The same moment, twice")).to_be_visible()
        boards = page.get_by_role("region", name="The board by turn")
        await boards.get_by_role("button").first.click()
        await expect(boards.get_by_role("img")).to_be_visible()
        await look(page, "card of a moment again, with its board")
        await coach.ask("POST", f"/v1/sessions/{retry}/reveal")
        await coach.to(f"/coach/{retry}")
        await expect(coach.page.get_by_role("heading", name="The interview")).to_be_visible()
        await coach.page.get_by_role("button", name=re.compile(r"^Board \d")).first.click()
        await expect(coach.page.get_by_role("dialog", name=re.compile(r"^Board \d"))).to_be_visible()
        await look(coach.page, "board of a turn")
