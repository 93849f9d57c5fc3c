"""Nothing said in the room is lost or doubled: by quick messages, a stop, a reload, a lost line or another tab."""

from __future__ import annotations

from playwright.async_api import expect

from tests.browser.drawing import Board
from tests.browser.house import IN_ONE_LOOP, House
from tests.browser.room import begin, in_the_middle_of_an_answer

pytestmark = IN_ONE_LOOP
PACE = {"settle_s": 0.8, "pace_s": 0.06}
"""An answer takes a few seconds, so that there is a middle of it."""
QUESTION = "Who makes these links, and who opens them? How many new links a month? How many are opened?"


async def test_two_messages_in_a_row_get_one_answer(house: House) -> None:
    async with house.visit("Two in a row") as visit:
        room = await begin(visit)
        await room.answered()
        await room.type("How many new links a month?")
        await room.type("And who makes them?")
        answer = await room.answered()
        assert "Sixty million" in answer and "Shops" in answer
        roles = [turn["role"] for turn in await visit.turns(room.session)]
        assert roles == ["interviewer", "candidate", "candidate", "interviewer"]


async def test_escape_stops_the_answer_where_it_is_and_keeps_what_was_said(house: House) -> None:
    async with house.visit("Stops") as visit:
        room = await begin(visit)
        await room.answered()
        await room.type(QUESTION)
        await in_the_middle_of_an_answer(room, 2)
        await room.box.press("Escape")
        await expect(room.answers.last.get_by_text("It stopped here.")).to_be_visible()
        last = (await visit.turns(room.session))[-1]
        assert last["cut_off"] and last["text"]
        await expect(room.answers.last).to_contain_text(last["text"].split()[0])
        assert await room.say("Then how many openings are there?")


async def test_a_reload_in_mid_answer_loses_nothing_and_doubles_nothing(house: House) -> None:
    async with house.visit("Reloads") as visit:
        room = await begin(visit)
        await room.answered()
        await room.type(QUESTION)
        await in_the_middle_of_an_answer(room, 2)
        await room.box.fill("A draft that is not sent")
        await visit.page.reload()
        await expect(room.box).to_have_value("A draft that is not sent")
        answer = await room.answered()
        await expect(room.answers).to_have_count(2)
        await expect(room.said).to_have_count(1)
        await expect(room.answers.last).to_contain_text(answer)


async def test_a_message_written_without_a_line_waits_and_arrives_once(house: House) -> None:
    async with house.visit("Offline") as visit:
        visit.watch.allow("ERR_INTERNET_DISCONNECTED", "WebSocket connection to")
        room = await begin(visit)
        await room.answered()
        await visit.context.set_offline(True)
        await expect(visit.page.get_by_text("Offline", exact=False).first).to_be_visible()
        await room.type("How many new links a month?")
        await expect(room.unsent.get_by_text("Waiting for the connection")).to_be_visible()
        await visit.context.set_offline(False)
        assert "Sixty million" in await room.answered()
        await expect(room.said).to_have_count(1)
        said = [turn["text"] for turn in await visit.turns(room.session) if turn["role"] == "candidate"]
        assert said == ["How many new links a month?"]


async def test_a_board_drawn_in_one_tab_stands_in_the_other(house: House) -> None:
    async with house.visit("Two tabs") as visit:
        room = await begin(visit)
        await Board(visit.page).opened()
        await Board(visit.page).add("Database")
        await Board(visit.page).seen("1 part, 0 links")
        other = await visit.context.new_page()
        await other.goto(visit.page.url)
        await Board(other).seen("1 part, 0 links")
        await Board(other).opened()
        await Board(other).add("Client")
        await Board(visit.page).seen("2 parts, 0 links")
        await Board(visit.page).add("Cache")
        await Board(other).seen("3 parts, 0 links")
        await other.get_by_label("Your message").fill("Said in the other tab.")
        await other.get_by_label("Your message").press("Enter")
        await expect(room.said.filter(has_text="Said in the other tab.")).to_have_count(1)
