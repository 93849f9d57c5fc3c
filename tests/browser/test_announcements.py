"""What somebody who listens to the page hears of it: finished answers once, never their pieces, and the time."""

from __future__ import annotations

from datetime import datetime

from playwright.async_api import Page, expect

from tests.browser.house import IN_ONE_LOOP, House, Visit
from tests.browser.room import Room, begin

pytestmark = IN_ONE_LOOP
PACE = {"settle_s": 0.2, "pace_s": 0.02}
LISTEN = """
    window.heard = [];
    const LIVE = "[aria-live]:not([aria-live=off]), [role=status], [role=alert], [role=log]";
    new MutationObserver(records => {
        for (const record of records) {
            const place = record.target.nodeType === 1 ? record.target : record.target.parentElement;
            const live = place && place.closest(LIVE);
            for (const node of record.addedNodes) {
                const within = live ? [node] : node.querySelectorAll ? node.querySelectorAll(LIVE) : [];
                for (const one of within) if (one.textContent.trim()) heard.push(one.textContent.trim());
            }
            if (live && record.type === "characterData") heard.push(record.target.data.trim());
        }
    }).observe(document, { subtree: true, childList: true, characterData: true });
"""
"""Notes in the page all that any live region comes to say."""


async def test_an_answer_is_heard_once_when_it_is_whole_and_never_in_pieces(house: House) -> None:
    async with house.visit("Listens") as visit:
        await visit.context.add_init_script(LISTEN)
        room = await begin(visit)
        first = await room.answered()
        second = await room.say("How many new links a month? How many are opened? Who makes them?")
        heard = await _heard(visit.page)
        for answer in (first, second):
            assert heard.count(f"Interviewer: {answer}") == 1
        pieces = [one for one in heard if one in first or one in second]
        assert pieces == []
        assert heard[heard.index(f"Interviewer: {second}") - 1] == "Interviewer is replying"


async def test_whoever_wants_sentences_hears_each_once_and_in_order(house: House) -> None:
    async with house.visit("By sentence") as visit:
        await visit.context.add_init_script(LISTEN)
        likes = await visit.ask("GET", "/v1/settings")
        await visit.ask("PUT", "/v1/settings", {**likes, "announce": "sentence"})
        room = await begin(visit)
        await room.answered()
        before = len(await _heard(visit.page))
        answer = await room.say("How many new links a month? How many are opened? Who makes them?")
        said = [one for one in (await _heard(visit.page))[before:] if one in answer]
        assert " ".join(said).split() == answer.split()


async def test_what_stood_when_the_room_was_entered_is_not_read_out(house: House) -> None:
    async with house.visit("Returns") as visit:
        room = await begin(visit)
        answer = await room.answered()
        await visit.context.add_init_script(LISTEN)
        await visit.page.reload()
        await expect(room.floor).to_be_visible()
        assert not [one for one in await _heard(visit.page) if answer in one]


async def test_the_last_quarter_of_an_hour_is_told_once_without_being_asked(house: House) -> None:
    async with house.visit("Timed") as visit:
        await visit.context.add_init_script(LISTEN)
        await visit.page.clock.install()
        room = await begin(visit)
        await room.answered()
        left = await _left_s(visit, room)
        await visit.page.clock.fast_forward(int((left - 15 * 60 + 2) * 1000))
        await visit.page.wait_for_function("heard.includes('Fifteen minutes left.')")
        await visit.page.clock.run_for(3000)
        assert (await _heard(visit.page)).count("Fifteen minutes left.") == 1


async def _heard(page: Page) -> list[str]:
    heard: list[str] = await page.evaluate("heard")
    return heard


async def _left_s(visit: Visit, room: Room) -> float:
    """Seconds left, by the server's own clock."""
    state = (await visit.ask("GET", f"/v1/sessions/{room.session}/transcript"))["room"]["state"]
    left = datetime.fromisoformat(state["ends_at"]) - datetime.fromisoformat(state["now"])
    return left.total_seconds()
