"""Pictures of every page and state, light, dark and on a phone, for people to look at; no test.

python -m tests.browser.pictures FOLDER          all of them
python -m tests.browser.pictures --room FILE     the one picture of the room that the README shows
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Page, async_playwright, expect

from interviewer.assembly import Wall
from tests.browser.conftest import ARGUMENTS, program
from tests.browser.drawing import Board
from tests.browser.house import House, a_house, a_visit
from tests.browser.room import asking, begin, end, rate
from tests.browser.talk import SAID, a_talk
from tests.builders import script

LOOKS: dict[str, dict[str, Any]] = {  # Any: Playwright's options
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "phone": {"color_scheme": "light", "viewport": {"width": 390, "height": 844}},
}
DRAFT = "When the redirect service answers, not when"


@dataclass(frozen=True)
class Album:
    """Where the pictures of one look go."""

    folder: Path
    look: str

    async def keep(self, page: Page, name: str, whole: bool = True) -> None:
        """A picture of the page as it stands, or of the window alone."""
        await page.evaluate("document.fonts.ready")
        await page.screenshot(
            path=self.folder / f"{name}.{self.look}.png", full_page=whole, animations="disabled"
        )


@asynccontextmanager
async def a_browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        yield await playwright.chromium.launch(executable_path=program(), args=list(ARGUMENTS))


@asynccontextmanager
async def a_quick_house(chromium: Browser, **settings: Any) -> AsyncIterator[House]:
    with tempfile.TemporaryDirectory() as data:
        async with a_house(chromium, Path(data), **settings) as house:
            yield house


# --- the room for the README


async def the_room(file: Path) -> None:
    async with a_browser() as chromium, a_quick_house(chromium) as house, house.visit("Ada") as visit:
        now = Wall()()
        await visit.page.clock.install(time=now)
        room = await a_talk(visit)
        await visit.page.reload()
        await Board(visit.page).opened()
        await Board(visit.page).seen("9 parts, 8 links")
        await room.answered()
        await visit.page.clock.set_system_time(now + timedelta(minutes=19, seconds=20))
        await expect(visit.page.get_by_text("25:", exact=False).first).to_be_visible()
        await room.box.fill(DRAFT)
        await visit.page.mouse.move(5, 845)
        await visit.page.evaluate("document.fonts.ready")
        await visit.page.screenshot(path=file)


# --- everything


async def everything(folder: Path) -> None:
    async with a_browser() as chromium:
        for look, how in LOOKS.items():
            album = Album(folder, look)
            async with a_quick_house(chromium) as house:
                await at_the_door(house, album, how)
                await in_the_lobby_and_the_room(house, album, how)
                await over_the_cards(house, album, how)
                await at_the_desk(house, album, how)
            async with a_quick_house(chromium, settle_s=0.5, pace_s=0.1) as house:
                await while_things_go_on(house, album, how)


async def at_the_door(house: House, album: Album, how: dict[str, Any]) -> None:
    async with a_visit(house.chromium, house.served.base_url, **how) as visit:
        visit.watch.allow("status of 401")
        await visit.to("/sign-in")
        await expect(visit.page.get_by_role("heading", name="Sign in")).to_be_visible()
        await album.keep(visit.page, "sign-in")
        await visit.to("/sign-in#no-such-code")
        await expect(visit.page.get_by_text("This link did not work.")).to_be_visible()
        await album.keep(visit.page, "sign-in-refused")


async def in_the_lobby_and_the_room(house: House, album: Album, how: dict[str, Any]) -> None:
    async with house.visit("Ada", **how) as visit:
        page = visit.page
        visit.watch.allow("status of 404")
        await visit.to("/")
        await expect(
            page.get_by_role("button", name="Start with the offline interviewer").first
        ).to_be_visible()
        await album.keep(page, "lobby-new")
        await visit.to("/interviews")
        await expect(page.get_by_text("No interviews yet")).to_be_visible()
        await album.keep(page, "history-empty")
        await visit.to("/nowhere")
        await expect(page.get_by_role("heading", level=1)).to_be_visible()
        await album.keep(page, "no-such-page")
        await visit.to("/interviews/none-such")
        await expect(page.get_by_role("heading", name="This interview is not here")).to_be_visible()
        await album.keep(page, "room-not-here")
        await visit.to("/interviews/none-such/card")
        await expect(page.get_by_text("There is no such interview")).to_be_visible()
        await album.keep(page, "card-not-here")
        await begin(visit)
        await album.keep(page, "room-first-words")
        room = await a_talk(visit)
        await album.keep(page, "room")
        if album.look == "phone":
            await page.get_by_role("tab", name="board").click()
        await Board(page).opened()
        await album.keep(page, "room-board")
        await page.get_by_role("button", name="Interviewer sees").click()
        await album.keep(page, "room-board-list")
        await page.keyboard.press("Escape")
        await page.get_by_role("button", name="Draw by text").click()
        await expect(page.get_by_label("The drawing")).to_be_visible()
        await album.keep(page, "room-draw-by-text")
        await page.keyboard.press("Escape")
        if album.look == "phone":
            await page.get_by_role("tab", name="chat").click()
        await page.get_by_role("button", name="End…").click()
        await expect(asking(page)).to_be_visible()
        await album.keep(page, "room-end")
        await page.keyboard.press("Escape")
        await page.get_by_role("button", name="Pause", exact=True).click()
        await expect(page.get_by_text("Paused. The clock stands still.")).to_be_visible()
        await album.keep(page, "room-paused")
        await page.get_by_role("button", name="Resume").first.click()
        await visit.to("/")
        await expect(page.get_by_text("URL shortener").first).to_be_visible()
        await album.keep(page, "lobby-going-on")
        await visit.to(f"/interviews/{room.session}")
        await end(page)
        await album.keep(page, "rating")
        await rate(page)
        await page.wait_for_url(f"**/{room.session}/card")


async def over_the_cards(house: House, album: Album, how: dict[str, Any]) -> None:
    async with house.visit("Lin", **how) as visit:
        page = visit.page
        first = await house.finished(visit.account, f"{album.look}-weak", "url-shortener-weak")
        card = await house.finished(visit.account, f"{album.look}-strong")
        await visit.ask(
            "POST", f"/v1/sessions/{card}/contests", {"line": "verdict", "reason": "I said more than this."}
        )
        for name, id in (("card-strong", card), ("card-weak", first)):
            await visit.to(f"/interviews/{id}/card")
            await expect(page.get_by_role("heading", name="What to fix first")).to_be_visible()
            await album.keep(page, name)
        await visit.to(f"/interviews/{card}/card")
        await page.get_by_role("region", name="What was strong").get_by_role("link").first.click()
        await expect(page.get_by_role("button", name="Back to where you were")).to_be_visible()
        await album.keep(page, "card-at-a-quote", whole=False)
        for path, heading in (
            ("/interviews", "All of them"),
            ("/mine", "Mine"),
            ("/score", "Score a transcript"),
        ):
            await visit.to(path)
            await expect(page.get_by_role("heading", name=heading).first).to_be_visible()
            await album.keep(page, path.strip("/"))
        await page.get_by_label("The transcript").fill(
            "\n".join(f"Interviewer: Go on.\nCandidate: {line}" for line in script("url-shortener-strong"))
        )
        await page.get_by_role("button", name="Score it").click()
        await expect(page.get_by_role("button", name="Score another")).to_be_visible()
        await album.keep(page, "score-result", whole=False)


async def at_the_desk(house: House, album: Album, how: dict[str, Any]) -> None:
    async with house.visit("Ines", "candidate", "coach", **how) as visit:
        page = visit.page
        await visit.to("/coach")
        await expect(page.get_by_role("heading", level=1)).to_be_visible()
        await expect(page.get_by_role("list", name="Interviews").get_by_role("link").first).to_be_visible()
        await album.keep(page, "coach-list")
        id = f"{album.look}-strong"
        await visit.to(f"/coach/{id}")
        await expect(page.get_by_role("heading", level=1)).to_be_visible()
        await expect(page.get_by_role("article", name="Turn 2,")).to_be_visible()
        await album.keep(page, "coach-blind", whole=False)
        await visit.ask("POST", f"/v1/sessions/{id}/reveal")
        await page.reload()
        await expect(page.get_by_role("article", name="Turn 2,")).to_be_visible()
        await album.keep(page, "coach-revealed", whole=False)
        await visit.to("/coach/agreement")
        await expect(page.get_by_role("heading", level=1)).to_be_visible()
        await album.keep(page, "coach-agreement")


async def while_things_go_on(house: House, album: Album, how: dict[str, Any]) -> None:
    async with house.visit("Ada", **how) as visit:
        visit.watch.allow("ERR_INTERNET_DISCONNECTED", "WebSocket connection to")
        page = visit.page
        room = await begin(visit)
        await room.answered()
        await room.type(SAID[0])
        await album.keep(page, "room-waiting")
        await expect(room.answers.nth(1)).to_have_attribute("aria-busy", "true")
        await album.keep(page, "room-speaking")
        await room.box.press("Escape")
        await expect(room.answers.last.get_by_text("It stopped here.")).to_be_visible()
        await album.keep(page, "room-stopped")
        await visit.context.set_offline(True)
        await room.type(SAID[1])
        await expect(room.unsent.get_by_text("Waiting for the connection")).to_be_visible()
        await album.keep(page, "room-offline")
        await visit.context.set_offline(False)
        await room.answered()


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["--room", file]:
            asyncio.run(the_room(Path(file)))
        case [folder]:
            Path(folder).mkdir(parents=True, exist_ok=True)
            asyncio.run(everything(Path(folder)))
        case _:
            raise SystemExit(__doc__)
