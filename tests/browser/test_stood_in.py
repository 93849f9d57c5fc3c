"""Where a model is set up and does not answer, the room says at that answer, and in its bar, who spoke instead."""

from __future__ import annotations

from playwright.async_api import expect

from tests.browser.house import IN_ONE_LOOP, House
from tests.browser.room import entered
from tests.llm.endpoint import dead_url

pytestmark = IN_ONE_LOOP
PACE = {"settle_s": 0.2, "pace_s": 0.0, "model": "bench", "model_url": dead_url()}
"""Nobody answers at the model's address."""
SAID = "Said by the offline interviewer: the model gave no answer that could be used."


async def test_an_answer_in_the_models_place_is_marked_in_the_room_and_wherever_it_is_read(
    house: House,
) -> None:
    async with house.visit("Stood in") as visit:
        begun = await visit.ask("POST", "/v1/sessions", {"scenario": "url-shortener", "seed": 3})
        await visit.to(f"/interviews/{begun['id']}")
        room = await entered(visit)
        await room.answered()
        await expect(visit.page.get_by_text("Interviewer: the model bench")).to_be_visible()
        await expect(visit.page.get_by_text(SAID)).to_have_count(0)
        await room.say("I'd put an API in front and keep the links in one Postgres table.")
        await expect(room.answers.last.get_by_text(SAID)).to_be_visible()
        await expect(visit.page.get_by_text("Interviewer: offline, for the model bench")).to_be_visible()
        assert [turn["stood_in"] for turn in await visit.turns(room.session)] == [False, False, True]
        kept = await visit.ask("GET", "/v1/me/export")
        assert kept["interviews"][0]["conversation"]["turns"][-1]["stood_in"]
