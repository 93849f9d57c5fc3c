"""What stands on a card in the page, and what a candidate does with it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from playwright.async_api import Locator, Page, expect

from tests.browser.house import Visit

HERE = re.compile(r"#turn-\d+-\d+-\d+$")


@dataclass(frozen=True)
class Card:
    """The card of one interview, as the page shows it and as the server has it. `page_of` is the CardPage of the server."""

    visit: Visit
    session: str
    page_of: dict[str, Any]

    @property
    def page(self) -> Page:
        """The page that shows it."""
        return self.visit.page

    @property
    def card(self) -> dict[str, Any]:
        """The scorecard itself."""
        card: dict[str, Any] = self.page_of["card"]
        return card

    def part(self, name: str) -> Locator:
        """The part under this heading."""
        return self.page.get_by_role("region", name=name)

    def quoted(self, ids: list[str]) -> list[str]:
        """The quotes among these rows of evidence."""
        rows = {row["id"]: row for row in self.card["evidence"]}
        return [rows[one]["quote"] for one in ids if rows[one].get("quote")]

    @property
    def marked(self) -> Locator:
        """The words of the conversation that a quote led to."""
        return self.page.get_by_role("region", name="The conversation").locator("mark")

    async def follow(self, quote: Locator) -> float:
        """Follow a quote into the conversation; gives how far the page was scrolled before."""
        await quote.scroll_into_view_if_needed()
        before = await self.scrolled()
        words = re.sub(r"^“|”\s*turn \d+\s*$", "", (await quote.inner_text()).replace("\n", " "))
        await quote.click()
        await expect(self.page).to_have_url(HERE)
        await expect(self.marked.first).to_be_in_viewport()
        assert "".join(await self.marked.all_text_contents()) == words
        turn = self.page.get_by_role("region", name="The conversation").locator("li:focus")
        await expect(turn.locator("mark").first).to_be_visible()
        return before

    async def scrolled(self) -> float:
        """How far down the page is."""
        return float(await self.page.evaluate("scrollY"))

    async def is_back(self, quote: Locator, scrolled: float) -> None:
        """Wait until the page is where the quote was followed from, with the quote in focus and nothing marked."""
        await expect(quote).to_be_focused()
        await expect(quote).to_be_in_viewport()
        await expect(self.marked).to_have_count(0)
        assert abs(await self.scrolled() - scrolled) < 2
        assert not HERE.search(self.page.url)

    async def contest(self, line: Locator, reason: str) -> None:
        """Say why a line is wrong."""
        await line.get_by_role("button", name="This is wrong").first.click()
        form = self.page.get_by_role("form", name=re.compile("^What is wrong"))
        await expect(form.get_by_label("What is wrong with it?")).to_be_focused()
        await form.get_by_label("What is wrong with it?").fill(reason)
        await form.get_by_role("button", name="Contest this").click()
        await expect(form).to_have_count(0)
        await self.is_contested(line, reason)

    async def is_contested(self, line: Locator, reason: str) -> None:
        """Wait until the mark of a contest stands at the line."""
        await expect(line.get_by_text("contested by you")).to_be_visible()
        await expect(line.get_by_text(f"“{reason}”")).to_be_visible()


async def card_shown(visit: Visit, session: str) -> Card:
    """The card, when the page has come to it by itself or by a link."""
    await visit.page.wait_for_url(re.compile(rf"/interviews/{session}/card$"))
    await expect(visit.page.get_by_role("heading", level=1)).to_be_visible()
    return Card(visit, session, await visit.ask("GET", f"/v1/sessions/{session}/card-page"))
