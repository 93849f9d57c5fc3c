"""Every page in every state that it can be in, one after the other, for checks that must hold in all of them."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Awaitable, Callable
from typing import Any

from playwright.async_api import Locator, Page, Route, expect

from tests.browser.drawing import Board
from tests.browser.house import House, Visit, a_visit
from tests.browser.look import Look
from tests.browser.room import Room, asking, begin, rate
from tests.browser.tour_again import again
from tests.builders import script

WEAK, STRONG = "url-shortener-weak", "url-shortener-strong"
WIDE_ROOM_PX = 900


async def signing_in(house: House, look: Look, **how: Any) -> None:
    """The page one comes to without a link, with one, and with one that is used up."""
    async with a_visit(house.chromium, house.served.base_url, **how) as visit:
        visit.watch.allow("status of 401")
        page = visit.page
        await visit.to("/sign-in")
        await expect(page.get_by_text("Each link works once.")).to_be_visible()
        await look(page, "sign-in")
        going = asyncio.Event()

        async def wait(route: Route) -> None:
            await going.wait()
            await route.continue_()

        await page.route("**/v1/sign-in", wait)
        await page.goto("about:blank")
        await visit.to("/sign-in#a-code-that-is-none")
        await expect(page.get_by_text("Signing in…")).to_be_visible()
        await look(page, "sign-in, waiting")
        going.set()
        await expect(page.get_by_text("This link did not work.")).to_be_visible()
        await look(page, "sign-in, refused")


async def lobby(house: House, look: Look, **how: Any) -> None:
    """The lobby, its filters and sheets, and an interview to go on with."""
    async with house.visit("Lia", **how) as visit:
        page = visit.page
        await visit.to("/")
        await expect(page.get_by_role("heading", name="Problems")).to_be_visible()
        await look(page, "lobby")
        await page.get_by_role("searchbox", name="Search the problems").fill("nothing of the kind")
        await expect(page.get_by_text("No problem fits", exact=True)).to_be_visible()
        await look(page, "lobby, nothing found")
        await page.get_by_role("button", name="Show all").click()
        await page.get_by_role("button", name="Choose how: URL shortener").click()
        await expect(page.get_by_role("dialog", name="URL shortener")).to_be_visible()
        await look(page, "start sheet")
        await page.keyboard.press("Escape")
        await page.get_by_role("button", name="Keys").click()
        await expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
        await look(page, "sheet of keys")
        await visit.ask("POST", "/v1/sessions", {"scenario": "url-shortener"})
        await page.reload()
        await page.get_by_role("button", name="Discard").click()
        await expect(page.get_by_role("alertdialog")).to_be_visible()
        await look(page, "lobby, discarding")


async def room(house: House, look: Look, **how: Any) -> None:
    """An interview from its first words to the form after its last. Answers must take a moment."""
    async with house.visit("Rui", **how) as visit:
        visit.watch.allow("ERR_INTERNET_DISCONNECTED", "WebSocket connection to")
        page = visit.page
        talk = await begin(visit)
        await talk.answered()
        await look(page, "room")
        await _send(talk, "Who makes these links? How many new links a month? How many are opened?")
        await expect(talk.answers.nth(1)).to_have_attribute("aria-busy", "true")
        await look(page, "room, speaking")
        await talk.answered()
        await page.get_by_role("button", name="Stuck?").click()
        await expect(page.get_by_role("dialog", name="When stuck")).to_be_visible()
        await look(page, "hint menu")
        await page.keyboard.press("Escape")
        await page.get_by_role("button", name="End…").click()
        await expect(asking(page)).to_be_visible()
        await look(page, "end dialog")
        await page.keyboard.press("Escape")
        await _board(visit, look)
        await _without_line(visit, talk, look)
        await page.get_by_role("button", name="Pause", exact=True).click()
        await expect(page.get_by_text("Paused. The clock stands still.")).to_be_visible()
        await look(page, "room, paused")
        await page.get_by_role("button", name="Resume", exact=True).click()
        await page.get_by_role("button", name="End…").click()
        await asking(page).get_by_role("button", name="End now").click()
        await expect(page.get_by_role("heading", name="One minute, no score yet")).to_be_visible()
        await look(page, "rating")
        await page.get_by_text("The conversation, word for word").click()
        await look(page, "rating, with the conversation")
        await rate(page)
        await page.wait_for_url(re.compile("/card$"))
        await expect(page.get_by_role("heading", name="Nothing could be assessed")).to_be_visible()
        await look(page, "card of very little")


async def _send(talk: Room, words: str) -> None:
    """Say something by the button: on a phone Enter begins a new line."""
    await talk.box.fill(words)
    await talk.page.get_by_role("button", name="Send").click()


async def _board(visit: Visit, look: Look) -> None:
    page, board = visit.page, Board(visit.page)
    tab = page.get_by_role("tab", name="board")
    if _narrow(page):
        await tab.click()
    await board.opened()
    await look(page, "board")
    await board.add("Database")
    await board.add("Cache")
    await board.seen("2 parts, 0 links")
    await page.get_by_role("button", name="Interviewer sees").click()
    await expect(page.get_by_role("heading", name="Parts")).to_be_visible()
    await look(page, "list of the board")
    await page.keyboard.press("Escape")
    await page.get_by_role("button", name="Draw by text").click()
    await expect(page.get_by_role("dialog", name="Draw by text")).to_be_visible()
    await look(page, "text board")
    await page.keyboard.press("Escape")
    await page.get_by_role("button", name="Export").click()
    await expect(page.get_by_role("menu")).to_be_visible()
    await look(page, "menu of pictures")
    await page.keyboard.press("Escape")
    if _narrow(page):
        await page.get_by_role("tab", name="chat").click()


async def _without_line(visit: Visit, talk: Room, look: Look) -> None:
    await visit.context.set_offline(True)
    await _send(talk, "I would keep them for ten years.")
    await expect(talk.unsent.get_by_text("Waiting for the connection")).to_be_visible()
    await look(visit.page, "room, without a line")
    await visit.context.set_offline(False)
    await talk.answered()


def _narrow(page: Page) -> bool:
    size = page.viewport_size
    return size is not None and size["width"] < WIDE_ROOM_PX


async def card(house: House, look: Look, **how: Any) -> None:
    """A card, folded and with everything opened, contested, beside an earlier one; and where there is none."""
    async with house.visit("Cas", **how) as visit:
        visit.watch.allow("status of 404", "status of 409")
        page = visit.page
        await house.finished(visit.account, "cas-1", STRONG)
        await house.finished(visit.account, "cas-2", WEAK)
        await visit.to("/interviews/cas-2/card")
        await expect(page.get_by_role("heading", name="What to fix first")).to_be_visible()
        await look(page, "card")
        await _open_all(page)
        await page.get_by_role("button", name=re.compile("^This is wrong")).first.click()
        await expect(page.get_by_label("What is wrong with it?")).to_be_focused()
        await look(page, "card, all opened and contesting", within="main")
        await page.get_by_label("What is wrong with it?").fill("I did say how many.")
        await page.keyboard.press("Control+Enter")
        await expect(page.get_by_text("contested by you")).to_be_visible()
        await expect(page.get_by_label("Compare with")).to_be_visible()
        await expect(page.get_by_text("Comparing…")).to_have_count(0)
        await page.locator("main a[href*='#turn-']").first.click()
        await expect(page.locator("mark#words-here")).to_be_visible()
        await look(page, "card, contested, compared and at a quote", within="[data-transcript]")
        await visit.to("/interviews/nothing/card")
        await expect(page.get_by_text("There is no such interview", exact=True)).to_be_visible()
        await look(page, "no card")
        going = await visit.ask("POST", "/v1/sessions", {"scenario": "url-shortener"})
        await visit.to(f"/interviews/{going['id']}/card")
        await expect(page.get_by_role("link", name="Back to the interview")).to_be_visible()
        await look(page, "no card yet")


async def _open_all(page: Page) -> None:
    """Open what is folded, of each kind the first few: thirty of one look like three, and axe takes long over them."""
    await page.evaluate(
        """() => {
            const seen = {};
            for (const one of document.querySelectorAll("main details:not(header *)")) {
                const kind = one.querySelector("summary").className;
                seen[kind] = (seen[kind] ?? 0) + 1;
                if (seen[kind] <= 3) one.open = true;
            }
        }"""
    )


async def own(house: House, look: Look, **how: Any) -> None:
    """One's interviews, none and some, and what is kept of oneself."""
    async with house.visit("Oda", **how) as visit:
        page = visit.page
        await visit.to("/interviews")
        await expect(page.get_by_text("No interviews yet", exact=True)).to_be_visible()
        await look(page, "no interviews")
        for n, log in enumerate((WEAK, STRONG)):
            await house.finished(visit.account, f"oda-{n}", log)
        await visit.ask("POST", "/v1/sessions", {"scenario": "url-shortener"})
        await page.reload()
        await expect(page.get_by_role("link", name=re.compile("^See the card"))).to_have_count(2)
        await _open_all(page)
        await look(page, "interviews")
        await page.get_by_role("button", name=re.compile("^Delete")).first.click()
        await expect(page.get_by_role("alertdialog")).to_be_visible()
        await look(page, "deleting an interview")
        await page.keyboard.press("Escape")
        await page.get_by_role("radio", name="Contested").check()
        await expect(page.get_by_text("None of that kind", exact=True)).to_be_visible()
        await look(page, "interviews, none of a kind")
        await visit.to("/mine")
        await page.get_by_label("Type “delete everything”").fill("delete everything")
        await expect(page.get_by_role("button", name="Delete everything")).to_be_enabled()
        await look(page, "mine")


async def settings(house: House, look: Look, **how: Any) -> None:
    """Who interviews: nobody but the offline one, a model, its test as it comes, and what a candidate sees of it."""
    async with house.visit("Tea", "coach", **how) as coach, house.visit("Uma", **how) as candidate:
        page = coach.page
        await coach.to("/settings")
        await expect(page.get_by_role("heading", name="Interviewer: offline")).to_be_visible()
        for source in ("With a key", "On your own machine", "Another provider"):
            await page.get_by_role("radio", name=source).check()
            await _open_all(page)
            await look(page, f"settings, {source.lower()}")
        shown = await coach.ask("GET", "/v1/model")
        await page.route("**/v1/model", lambda route: route.fulfill(json={**shown, **A_MODEL}))
        lines = "".join(f"{json.dumps(one)}\n" for one in FINDINGS)
        await page.route("**/v1/model/test", lambda route: route.fulfill(body=lines))
        await page.reload()
        await page.get_by_role("button", name="Test the model").click()
        await expect(page.get_by_role("button", name="Test again")).to_be_visible()
        await _open_all(page)
        await look(page, "settings, a model tested")
        await candidate.to("/settings")
        await expect(candidate.page.get_by_text("every coach can test it")).to_be_visible()
        await look(candidate.page, "settings, as a candidate sees them")


A_MODEL = {
    "interviewer": "offline",
    "off": "switch",
    "seats": [
        {"roles": ["talk"], "name": "a-model", "host": "models.example", "key": True, "local": False},
        {"roles": ["evidence"], "name": "m" * 60, "host": "127.0.0.1:8080", "key": False, "local": True},
    ],
}
FINDINGS = [
    {"check": "answer", "state": "ok", "told": "An answer came.", "remedy": "", "about": "talk"},
    {"check": "name", "state": "note", "told": "It is not listed.", "remedy": "m" * 60, "about": "evidence"},
    {"check": "key", "state": "wrong", "told": "It refuses the key.", "remedy": "Copy it anew.", "about": ""},
    {"check": "verdict", "state": "wrong", "told": "It cannot lead interviews.", "remedy": "", "about": ""},
]


async def score(house: House, look: Look, **how: Any) -> None:
    """A transcript from elsewhere: the form, a refusal, and the card."""
    async with house.visit("Sol", **how) as visit:
        page = visit.page
        await visit.to("/score")
        await expect(page.get_by_label("The transcript")).to_be_visible()
        await look(page, "score")
        await page.get_by_role("button", name="Score it").click()
        await expect(page.get_by_role("alert")).to_be_visible()
        await look(page, "score, nothing given")
        said = "\n".join(f"Interviewer: Go on.\nCandidate: {words}" for words in script(STRONG))
        await page.get_by_label("The transcript").fill(said)
        await page.get_by_role("button", name="Score it").click()
        await expect(page.get_by_role("button", name="Score another")).to_be_visible()
        await look(page, "score, its card")


async def desk(house: House, look: Look, **how: Any) -> None:
    """The coach's list, a review blind and revealed with every sheet, and the agreement."""
    async with house.visit("Cyd") as candidate, house.visit("Dov", "coach", **how) as coach:
        page = coach.page
        await coach.to("/coach/agreement")
        await expect(page.get_by_role("heading", name="Agreement", level=1)).to_be_visible()
        await look(page, "agreement")
        session = await house.finished(candidate.account, "cyd-1", WEAK)
        contested = {"line": "rf.tech-before-requirements", "reason": "You asked me to."}
        await candidate.ask("POST", f"/v1/sessions/{session}/contests", contested)
        await coach.to("/coach")
        await expect(page.get_by_role("link", name=re.compile("Cyd"))).to_be_visible()
        await look(page, "queue")
        await page.get_by_role("button", name=re.compile("^Dismissed")).click()
        await expect(page.get_by_text("No interview fits", exact=True)).to_be_visible()
        await look(page, "queue, nothing fits")
        await coach.to(f"/coach/{session}")
        await expect(page.get_by_role("heading", name="The interview")).to_be_visible()
        await _open_all(page)
        await look(page, "review, blind")
        await _show_card(page, "Your levels")
        await look(page, "review, own levels", within="aside")
        await page.get_by_role("button", name="Show the scorer’s levels").click()
        await expect(page.get_by_role("alertdialog")).to_be_visible()
        await look(page, "review, asking to see")
        await page.get_by_role("button", name="Show it").click()
        await expect(page.get_by_role("complementary", name="The card")).to_be_visible()
        await _revealed(page, look)
        await coach.ask("POST", f"/v1/sessions/{session}/levels", {"levels": {"cr.framing": 2, "cr.api": 1}})
        await coach.to("/coach/agreement")
        await expect(page.get_by_role("region", name="All criteria together")).to_be_visible()
        await look(page, "agreement of some")


async def _revealed(page: Page, look: Look) -> None:
    side = page.get_by_role("complementary", name="The card")
    await _open_all(page)
    await look(page, "review, revealed")
    for tab in ("Flags", "Changes", "Notes"):
        await side.get_by_role("tab", name=re.compile(f"^{tab}")).click()
        await _open_all(page)
        await look(page, f"review, {tab.lower()}", within="aside")
    await side.get_by_role("tab", name=re.compile("^Levels")).click()
    await _open_all(page)
    await _sheet(page, look, side.get_by_role("button", name="Change the level…").first)
    await side.get_by_role("button", name=re.compile("^Change: ")).first.click()
    await expect(page.get_by_role("menu")).to_be_visible()
    await look(page, "menu of an item")
    await page.get_by_role("menuitem", name=re.compile("^It was met|^It was not met")).first.click()
    await _seen_and_closed(page, look)
    await side.locator("details").evaluate_all("all => all.forEach(one => { one.open = true })")
    await _sheet(page, look, side.get_by_role("button", name="Drop…").first)
    await side.get_by_role("tab", name=re.compile("^Flags")).click()
    await _sheet(page, look, side.get_by_role("button", name=re.compile("^Settle")).first)
    await _sheet(page, look, page.get_by_role("button", name="Note…"))
    await _sheet(page, look, page.get_by_role("button", name="Dismiss…"))
    await _show_card(page, "The interview")
    await _sheet(page, look, page.get_by_role("button", name=re.compile("^Cite from turn")).first)
    await _sheet(page, look, page.get_by_role("button", name=re.compile("^Comment on turn")).first)


async def _sheet(page: Page, look: Look, button: Locator) -> None:
    await button.click()
    await _seen_and_closed(page, look)


async def _seen_and_closed(page: Page, look: Look) -> None:
    sheet = page.get_by_role("dialog")
    await expect(sheet).to_be_visible()
    await look(page, f"sheet: {await sheet.get_by_role('heading').first.inner_text()}")
    await page.keyboard.press("Escape")
    await expect(sheet).to_have_count(0)


async def _show_card(page: Page, side: str) -> None:
    """Where the window is narrow, turn to the other half of the review."""
    choice = page.get_by_role("radio", name=side)
    if await choice.is_visible():
        await choice.check()


async def elsewhere(house: House, look: Look, **how: Any) -> None:
    """Addresses of nothing, pages that are not for one, and a page that breaks."""
    async with house.visit("Eli", **how) as visit:
        visit.watch.allow(
            "status of 40[34]", "ERR_FAILED", "dynamically imported", "is not iterable", "Cannot read"
        )
        visit.watch.allow("undefined", "error boundary", "Minified React")
        page = visit.page
        await visit.to("/no/such/page")
        await expect(page.get_by_role("heading", name="There is no such page")).to_be_visible()
        await look(page, "not found")
        await visit.to("/interviews/nothing")
        await expect(page.get_by_role("main")).not_to_be_empty()
        await page.wait_for_load_state("networkidle")
        await look(page, "room of nothing")
        await visit.to("/coach")
        await page.wait_for_load_state("networkidle")
        await look(page, "coach's pages to a candidate")
        await page.route("**/assets/HistoryPage*", lambda route: route.abort())
        await visit.to("/interviews")
        await expect(page.get_by_role("heading", name="There is a newer version")).to_be_visible()
        await look(page, "outdated")
        await page.route("**/v1/scenarios", lambda route: route.fulfill(json={"items": [None]}))
        await visit.to("/")
        await expect(page.get_by_role("heading", name="This page stopped working")).to_be_visible()
        await _open_all(page)
        await look(page, "broken")


AREAS: dict[str, Callable[..., Awaitable[None]]] = {
    one.__name__: one for one in (signing_in, lobby, room, card, again, own, settings, score, desk, elsewhere)
}
