"""A candidate's whole way through an interview, in a real browser and by hand, up to the card and back."""

from __future__ import annotations

import re

from playwright.async_api import expect

from tests.browser.drawing import Board
from tests.browser.house import IN_ONE_LOOP, House, a_visit
from tests.browser.room import close, entered, rate
from tests.builders import script

pytestmark = IN_ONE_LOOP
PACE = {"settle_s": 0.4, "pace_s": 0.01}
QUESTIONS = (
    "Who makes these links, and who opens them? How many new links a month? How many are opened? "
    "How long does a link live? And may people choose their own word?"
)
SUMS = script("url-shortener-strong")[2]


async def test_an_interview_goes_from_one_click_to_a_card_that_leads_back_into_it(house: House) -> None:
    link = await house.invite("Ada")
    async with a_visit(house.chromium, house.served.base_url) as visit:
        await visit.page.goto(link)
        await visit.page.get_by_role(
            "button", name="Start with the offline interviewer: URL shortener"
        ).click()
        room = await entered(visit)
        told = await room.say(QUESTIONS)
        assert "Sixty million" in told and "nine billion" in told and "own word" in told

        board = Board(visit.page)
        await board.opened()
        await board.add("Client")
        await board.add("Service")
        await board.box("Cache")
        await board.seen("3 parts, 0 links")
        assert "Cache" in await room.say("The service looks into the cache first, as I drew it.")
        await room.say(SUMS)

        await close(visit.page)
        await expect(room.answers.last).not_to_have_text(re.compile("Cache"))
        await room.answered()
        await room.say("I would count openings in another place, and look at stopping earlier.")
        await room.type("That's all, thank you.")
        await rate(visit.page)
        await visit.page.wait_for_url(re.compile(rf"/interviews/{room.session}/card$"))
