"""A whole interview without a pointer: every step is a key, from the lobby to a quote of the card and back."""

from __future__ import annotations

import re
from dataclasses import dataclass

from playwright.async_api import Locator, Page, expect

from tests.browser.house import IN_ONE_LOOP, House
from tests.browser.room import asking, entered
from tests.builders import script

pytestmark = IN_ONE_LOOP
PACE = {"settle_s": 0.2, "pace_s": 0.0}
DRAWING = "Client -> API -> Cache: reads\nAPI -> Database: writes"
SAID = script("url-shortener-strong")[1:5]
FAR = 120
"""More stops than any page of ours may have between two things that belong together."""


@dataclass(frozen=True)
class Keys:
    """Somebody at a keyboard. There is nothing here that points."""

    page: Page

    async def press(self, *keys: str) -> None:
        """Press these, one after the other."""
        for key in keys:
            await self.page.keyboard.press(key)

    async def type(self, words: str) -> None:
        """Type into whatever has the focus; a new line is one that does not send."""
        for index, line in enumerate(words.split("\n")):
            if index:
                await self.press("Shift+Enter")
            await self.page.keyboard.insert_text(line)

    async def to(self, goal: Locator, key: str = "Tab") -> None:
        """Go from stop to stop until the goal has the focus."""
        await expect(goal).to_be_visible()
        for _ in range(FAR):
            if await goal.evaluate("element => element === document.activeElement"):
                return
            await self.press(key)
        raise AssertionError(f"{FAR} times {key} do not lead to {goal}")


async def test_an_interview_needs_no_pointer_from_the_lobby_to_a_quote_and_back(house: House) -> None:
    async with house.visit("Kay") as visit:
        page, keys = visit.page, Keys(visit.page)
        await visit.to("/")
        start = page.get_by_role("button", name="Start with the offline interviewer: URL shortener")
        await expect(start).to_be_visible()
        await keys.press("Tab")
        await expect(page.get_by_role("link", name="Skip to the page")).to_be_focused()
        await keys.press("Enter")
        await keys.to(start)
        await keys.press("Enter")

        room = await entered(visit)
        await expect(room.box).to_be_focused()
        await keys.type("How many new links a month, and how many are opened?")
        await keys.press("Enter")
        await expect(room.answers).to_have_count(2)
        await room.answered()

        board = page.get_by_role("region", name="Board")
        await expect(board.locator("canvas.interactive")).to_be_visible()
        await keys.press("F6")
        await expect(room.box).not_to_be_focused()
        await keys.to(page.get_by_role("button", name="Draw by text"))
        await keys.press("Enter")
        drawing = page.get_by_role("dialog", name="Draw by text")
        await expect(drawing.get_by_label("The drawing")).to_be_focused()
        await page.keyboard.insert_text(DRAWING)
        await keys.press("Control+Enter")
        await expect(drawing).to_have_count(0)
        seen = page.get_by_role("button", name="Interviewer sees: 4 parts, 3 links")
        await expect(seen).to_be_visible()
        await expect(page.get_by_role("button", name="Draw by text")).to_be_focused()
        await keys.to(seen, "Shift+Tab")
        await keys.press("Enter")
        await expect(page.get_by_text("API → Database")).to_be_visible()
        await keys.press("Escape")
        await expect(seen).to_be_focused()

        await keys.press("/")
        await expect(room.box).to_be_focused()
        for answers, words in enumerate(SAID, start=3):
            await keys.type(words)
            await keys.press("Enter")
            await expect(room.answers).to_have_count(answers)
            await room.answered()

        await keys.to(page.get_by_role("button", name="End…"), "Shift+Tab")
        await keys.press("Enter")
        await keys.to(asking(page).get_by_role("button", name="Come to the close"))
        await keys.press("Enter")
        await expect(asking(page)).to_have_count(0)
        await room.answered()
        await keys.press("/")
        await expect(room.box).to_be_focused()
        for words in ("I would ask about peaks first.", "That is all, thank you."):
            await keys.type(words)
            await keys.press("Enter")
            await expect(room.box).to_have_value("")
            await expect(page.get_by_text(words).first).to_be_visible()
            await expect(room.floor.or_(page.get_by_label("The best part"))).to_be_visible()

        await _rate(keys)
        await page.wait_for_url(re.compile(r"/card$"))
        await _quote_and_back(keys)


async def _rate(keys: Keys) -> None:
    """Fill in the form before the card."""
    page = keys.page
    await keys.to(page.get_by_label("The best part"))
    await keys.type("The sums")
    await keys.press("Tab")
    await expect(page.get_by_label("The worst part")).to_be_focused()
    await keys.type("No failures")
    await keys.press("Tab", "ArrowRight", "ArrowRight")
    await expect(page.get_by_role("radio", name="Senior")).to_be_checked()
    await keys.to(page.get_by_role("button", name="Keep this and go on"))
    await keys.press("Enter")


async def _quote_and_back(keys: Keys) -> None:
    """Follow the first quote of the card, see its words marked, and be back at it."""
    page = keys.page
    quote = page.locator("main a", has_text=re.compile(r"turn \d+$")).first
    await keys.to(quote)
    await keys.press("Enter")
    marked = page.locator("mark#words-here")
    await expect(marked).to_be_in_viewport()
    turn = page.locator("[data-transcript] li", has=marked)
    await expect(turn).to_be_focused()
    await keys.to(page.get_by_role("button", name="Back to where you were"))
    await keys.press("Enter")
    await expect(quote).to_be_focused()
    await expect(marked).to_have_count(0)
