"""A candidate's whole way through an interview, in a real browser and by hand, up to the card and back."""

from __future__ import annotations

from playwright.async_api import expect

from tests.browser.house import IN_ONE_LOOP, House
from tests.browser.room import begin

pytestmark = IN_ONE_LOOP
PACE = {"settle_s": 0.6, "pace_s": 0.02}


async def test_x(house: House) -> None:
    async with house.visit("Ada") as visit:
        room = await begin(visit)
        print(await room.answered())
        print(
            await room.say(
                "Who makes these links? How many new links a month? How many are opened? How long does a link live? And may people choose their own word?"
            )
        )
        board = visit.page.get_by_role("region", name="Board")
        await expect(board.locator("canvas").first).to_be_visible()
        group = visit.page.get_by_role("group", name="Add a part")
        await group.get_by_role("button", name="Client").click()
        await group.get_by_role("button", name="Service").click()
        await visit.page.screenshot(path="/tmp/w4-1.png")
        await board.locator("label:has([data-testid=toolbar-rectangle])").click()
        canvas = await board.locator("canvas.interactive").bounding_box()
        print(canvas)
        m = visit.page.mouse
        x, y = canvas["x"], canvas["y"]
        await m.move(x + 100, y + 400)
        await m.down()
        await m.move(x + 200, y + 440, steps=4)
        await m.move(x + 270, y + 480, steps=4)
        await m.up()
        await visit.page.keyboard.press("Enter")
        await visit.page.keyboard.type("Cache")
        await visit.page.keyboard.press("Escape")
        await visit.page.screenshot(path="/tmp/w4-2.png")
        await expect(board.get_by_text("Interviewer sees: 3 parts, 0 links")).to_be_visible()
        print(
            await room.say(
                "I would put a cache in front of the database, as I drew it. A client asks the service, and the service looks into the cache first."
            )
        )
        print(await room.say("Next to the high level design: what do you think of the drawing?"))
        await visit.page.screenshot(path="/tmp/w4-3.png")
