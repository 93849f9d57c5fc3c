"""What a coach does at the desk, by the names that stand on its buttons and sheets, and what the server told meanwhile."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from playwright.async_api import Locator, Page, Response, expect

from tests.browser.house import Visit


@dataclass
class Told:
    """Everything that the server answered while one listened, as text."""

    answers: list[Response] = field(default_factory=list)

    def listen(self, visit: Visit) -> None:
        """Keep what our own routes answer from now on."""
        visit.context.on("response", self._keep)

    async def words(self) -> str:
        """All bodies so far, one a line."""
        return "\n".join([await answer.text() for answer in self.answers])

    def _keep(self, answer: Response) -> None:
        if "/v1/" in answer.url and answer.status == 200:
            self.answers.append(answer)


@dataclass(frozen=True)
class Desk:
    """The review of one interview in the page of a visit."""

    visit: Visit
    session: str

    @property
    def page(self) -> Page:
        """The page that shows it."""
        return self.visit.page

    @property
    def own(self) -> Locator:
        """Where one's own levels are given, before the card is shown."""
        return self.page.get_by_role("complementary", name="Your levels")

    @property
    def card(self) -> Locator:
        """The card, once it may be seen."""
        return self.page.get_by_role("complementary", name="The card")

    def sheet(self, title: str) -> Locator:
        """A sheet over the desk, by the first words of its title."""
        return self.page.get_by_role("dialog", name=re.compile(f"^{re.escape(title)}"))

    def turn(self, n: int) -> Locator:
        """A turn of the conversation, by its number."""
        return self.page.get_by_role("article", name=re.compile(rf"^Turn {n},"))

    async def tab(self, name: str) -> None:
        """Turn to a part of the card."""
        await self.card.get_by_role("tab", name=re.compile(f"^{name}")).click()

    async def criterion(self, name: str) -> Locator:
        """A criterion of the card, opened."""
        row = self.card.locator("details", has=self.page.locator("summary", has_text=name))
        if await row.get_attribute("open") is None:
            await row.locator("summary").first.click()
        return row

    async def reason(self, title: str, words: str, action: str) -> None:
        """Give the reason that a sheet asks for, and do what it is for."""
        sheet = self.sheet(title)
        await sheet.get_by_label("Reason").fill(words)
        await sheet.get_by_role("button", name=action).click()
        await expect(sheet).to_have_count(0)

    async def level(self, keys: str) -> None:
        """Give levels by keys alone from the first row on, and save them; a key leads on to the next row."""
        await expect(self.own).to_be_visible()
        await self.page.keyboard.press("l")
        await expect(self.own.get_by_role("radio").first).to_be_focused()
        for key in keys:
            await self.page.keyboard.press(key)
        await self.page.keyboard.press("Control+Enter")
        await expect(self.card).to_be_focused()


async def at_desk(visit: Visit, session: str) -> Desk:
    """Open the review of an interview by its address."""
    await visit.to(f"/coach/{session}")
    await expect(visit.page.get_by_role("heading", name="The interview")).to_be_visible()
    return Desk(visit, session)


async def select(words: Locator, text: str) -> None:
    """Select these words in an element, as a pointer would: where they can be seen."""
    await words.evaluate(
        """element => new Promise(done => {
            element.scrollIntoView({ block: "center", behavior: "instant" });
            requestAnimationFrame(() => requestAnimationFrame(done));
        })"""
    )
    await words.evaluate(
        """(element, text) => {
            const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
            const range = document.createRange();
            const start = element.textContent.indexOf(text);
            let passed = 0;
            for (let node = walker.nextNode(); node; node = walker.nextNode()) {
                const [from, to] = [start - passed, start + text.length - passed];
                if (from >= 0 && from < node.length) range.setStart(node, from);
                if (to > 0 && to <= node.length) range.setEnd(node, to);
                passed += node.length;
            }
            getSelection().removeAllRanges();
            getSelection().addRange(range);
        }""",
        text,
    )
