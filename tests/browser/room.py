"""What a candidate does in the room, by the names that stand on its buttons and regions."""

from __future__ import annotations

import re
from dataclasses import dataclass

from playwright.async_api import Locator, Page, expect

from tests.browser.house import Visit


@dataclass(frozen=True)
class Room:
    """The room of one interview in the page of a visit."""

    visit: Visit
    session: str

    @property
    def page(self) -> Page:
        """The page that shows it."""
        return self.visit.page

    @property
    def box(self) -> Locator:
        """Where one types."""
        return self.page.get_by_label("Your message")

    @property
    def answers(self) -> Locator:
        """What the interviewer said and says."""
        return self.page.get_by_role("article", name=re.compile("^Interviewer"))

    @property
    def said(self) -> Locator:
        """What the candidate said, and the server has."""
        return self.page.get_by_role("article", name=re.compile(r"^You, \d"))

    @property
    def unsent(self) -> Locator:
        """What the candidate said, and the server may not have yet."""
        return self.page.get_by_role("article", name="You, not yet sent")

    @property
    def floor(self) -> Locator:
        """The line that tells that it is the candidate's turn."""
        return self.page.get_by_text("Your turn", exact=True)

    async def type(self, text: str) -> None:
        """Put words into the box and send them by Enter."""
        await self.box.fill(text)
        await self.box.press("Enter")

    async def answered(self) -> str:
        """Wait until every message is answered; gives the last answer, as the server has it."""
        await expect(self.floor).to_be_visible()
        await expect(self.unsent).to_have_count(0)
        return str((await self.visit.turns(self.session))[-1]["text"])

    async def say(self, text: str) -> str:
        """Say something and wait for what comes back."""
        before = await self.said.count()
        await self.type(text)
        await expect(self.said).to_have_count(before + 1)
        return await self.answered()

    async def turns_are(self, count: int) -> None:
        """Wait until the page shows so many turns."""
        await expect(self.said.or_(self.answers)).to_have_count(count)

    async def shows_what_the_server_has(self) -> None:
        """Compare the page with the transcript, turn by turn: the same order, nothing lost, nothing twice."""
        turns = await self.visit.turns(self.session)
        await self.turns_are(len(turns))
        for at, turn in enumerate(turns):
            shown = self.said.or_(self.answers).nth(at)
            name = "You" if turn["role"] == "candidate" else "Interviewer"
            await expect(shown).to_have_attribute("aria-label", re.compile(f"^{name}, "))
            await expect(shown).to_contain_text(plain(turn["text"]))


def plain(text: str) -> str:
    """A text as it is read once its Markdown is shown, for texts whose only marks are stars and backticks."""
    return re.sub(r"[*`]", "", text)


async def in_the_middle_of_an_answer(room: Room, count: int) -> None:
    """Wait until the answer with this number is on its way and some of it is seen."""
    answer = room.answers.nth(count - 1)
    await expect(answer).to_have_attribute("aria-busy", "true")
    await expect(answer).not_to_be_empty()


async def begin(visit: Visit, title: str = "URL shortener") -> Room:
    """Start an interview in one click from the lobby, and wait for its first words."""
    await visit.to("/")
    await visit.page.get_by_role("button", name=f"Start with the offline interviewer: {title}").click()
    return await entered(visit)


async def entered(visit: Visit) -> Room:
    """The room that the page is in, when the first words have been said."""
    await visit.page.wait_for_url(re.compile(r"/interviews/[^/]+$"))
    room = Room(visit, visit.page.url.rpartition("/")[2])
    await expect(room.answers.first).to_be_visible()
    return room


async def close(page: Page) -> None:
    """Ask for the two closing questions."""
    await page.get_by_role("button", name="End…").click()
    await asking(page).get_by_role("button", name="Come to the close").click()
    await expect(asking(page)).to_have_count(0)


async def end(page: Page) -> None:
    """End the interview without them."""
    await page.get_by_role("button", name="End…").click()
    await asking(page).get_by_role("button", name="End now").click()
    await expect(page.get_by_role("heading", name="One minute, no score yet")).to_be_visible()


def asking(page: Page) -> Locator:
    """The dialog that asks how to end; the board has dialogs of its own."""
    return page.get_by_role("dialog", name="End the interview?")


async def rate(page: Page) -> None:
    """Say how one thinks it went, before the card is shown."""
    await expect(page.get_by_role("heading", name="One minute, no score yet")).to_be_visible()
    await page.get_by_label("The best part").fill("The sums")
    await page.get_by_label("The worst part").fill("Failures")
    await page.get_by_role("radio", name="Senior").check()
    await page.get_by_label("Next time I will…").fill("Ask about peaks first.")
    await page.get_by_role("button", name="Keep this and go on").click()
