"""Which model interviews, over HTTP: everybody is told its name, a coach all of it, and nobody can point it elsewhere."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, AsyncIterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest

from interviewer.app import make_app
from interviewer.assembly import Virtual
from interviewer.auth import Role
from interviewer.chair import SetChair
from interviewer.channels.chair import Chair, ModelCheck, ModelShown
from interviewer.channels.http_models import lines_of
from interviewer.errors import Unavailable
from interviewer.llm.budget import MemoryTill, Spent
from interviewer.models import OFF_FILE
from interviewer.settings import Settings
from tests.channels.signing import House
from tests.llm.endpoint import Endpoint, dead_url, says, serving
from tests.serving import an_app

TODAY = date(2026, 11, 22)
KEY = "sk-quite-secret-4711"
ENV_FILE = Path("/srv/interviewer/.env")


@pytest.fixture
async def endpoint() -> AsyncIterator[Endpoint]:
    async with serving() as one:
        one.models = ("bench",)
        one.answer = lambda asked: says(
            '{"larger": 8}' if asked.json.get("response_format") else "one, two, three"
        )
        yield one


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with an_app(tmp_path) as served:
        yield House(served.service, served.app, Virtual())


def seated(house: House, chair: Chair) -> House:
    """The same house with somebody in the chair."""
    service = replace(house.service, chair=chair)
    return House(service, make_app(service, worker=False), house.clock)


def a_chair(folder: Path, url: str, **more: Any) -> SetChair:
    named = {"model": "bench", "model_url": url, "model_key": KEY, **more}
    settings = Settings(_env_file=None, data=folder, **named)
    till = MemoryTill(days={TODAY: Spent(1200, 0.5, 3)})
    return SetChair(settings, till, lambda: TODAY, asyncio.get_running_loop().time, ENV_FILE)


async def lines_from(browser: httpx.AsyncClient, **more: Any) -> list[dict[str, Any]]:
    answer = await browser.post("/v1/model/test", **more)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/x-ndjson"
    assert KEY not in answer.text
    return [json.loads(line) for line in answer.text.splitlines()]


async def test_without_a_model_everybody_is_told_that_it_is_offline(house: House) -> None:
    async with await house.program(await house.person("Cara")) as cara:
        shown = (await cara.get("/v1/model")).json()
    assert shown["interviewer"] == "offline"
    assert shown["seats"] == []
    assert shown["may_test"] is False


async def test_strangers_are_told_nothing(house: House) -> None:
    async with house.browser() as nobody:
        assert (await nobody.get("/v1/model")).status_code == 401
        assert (await nobody.post("/v1/model/test")).status_code == 401


async def test_the_model_is_told_by_name_and_host_and_its_key_as_a_yes(house, endpoint, tmp_path) -> None:
    house = seated(house, a_chair(tmp_path, endpoint.url, model_day_tokens=9000))
    async with house.signed_in() as owner:
        answer = await owner.get("/v1/model")
    shown = answer.json()
    host = endpoint.url.removeprefix("http://").removesuffix("/v1")
    assert KEY not in answer.text
    assert shown["seats"] == [
        {"roles": ["talk", "evidence"], "name": "bench", "host": host, "key": True, "local": True}
    ]
    assert shown["interviewer"] == "bench"
    assert shown["budget"]["tokens"] == 1200
    assert shown["budget"]["most_tokens"] == 9000
    assert "never to a browser" in shown["key_stays"]
    assert (shown["env_file"], shown["may_test"]) == (str(ENV_FILE), True)


async def test_the_switch_takes_effect_at_once(house, endpoint, tmp_path) -> None:
    house = seated(house, a_chair(tmp_path, endpoint.url))
    async with house.signed_in() as owner:
        (tmp_path / OFF_FILE).touch()
        off = (await owner.get("/v1/model")).json()
        checks = await lines_from(owner)
        (tmp_path / OFF_FILE).unlink()
        on = (await owner.get("/v1/model")).json()
    assert (off["interviewer"], off["off"]) == ("offline", "switch")
    assert (on["interviewer"], on["off"]) == ("bench", "")
    assert checks[-1]["state"] == "wrong"
    assert endpoint.asked == []


async def test_a_coach_may_test_it_and_gets_the_doctors_lines(house, endpoint, tmp_path) -> None:
    house = seated(house, a_chair(tmp_path, endpoint.url))
    async with await house.program(await house.person("Ada", Role.coach)) as coach:
        checks = await lines_from(coach)
    assert {one["state"] for one in checks} == {"ok"}
    assert checks[-1]["check"] == "verdict"
    assert checks[-1]["told"].endswith("can lead interviews.")


async def test_an_admin_may_test_it_too(house: House) -> None:
    async with await house.program(await house.person("Ola", Role.admin)) as admin:
        assert [one["check"] for one in await lines_from(admin)] == ["model", "verdict"]


@pytest.mark.parametrize("role", [Role.coach, Role.admin])
async def test_whoever_may_test_it_is_told_where_it_answers_and_what_was_spent(
    house, endpoint, tmp_path, role
) -> None:
    house = seated(house, a_chair(tmp_path, endpoint.url))
    async with await house.program(await house.person("Ada", role)) as ada:
        shown = (await ada.get("/v1/model")).json()
    assert shown["seats"][0]["host"] in endpoint.url
    assert shown["budget"]["tokens"] == 1200
    assert (shown["env_file"], shown["may_test"]) == (str(ENV_FILE), True)


async def test_a_candidate_is_told_which_model_talks_and_nothing_more(house, endpoint, tmp_path) -> None:
    house = seated(house, a_chair(tmp_path, endpoint.url, model_day_tokens=9000, careful_model="n"))
    nothing: dict[str, Any] = {
        "off": "",
        "seats": [],
        "key_stays": "",
        "budget": None,
        "env_file": "",
        "may_test": False,
    }
    async with await house.program(await house.person("Cara")) as cara:
        on = (await cara.get("/v1/model")).json()
        (tmp_path / OFF_FILE).touch()
        off = (await cara.get("/v1/model")).json()
    assert on == {"interviewer": "bench", **nothing}
    assert off == {"interviewer": "offline", **nothing}


async def test_a_candidate_may_not_test_it(house, endpoint, tmp_path) -> None:
    house = seated(house, a_chair(tmp_path, endpoint.url))
    async with await house.program(await house.person("Cara")) as cara:
        assert (await cara.post("/v1/model/test")).status_code == 404
    assert endpoint.asked == []


async def test_no_request_can_point_the_test_elsewhere(house, endpoint, tmp_path) -> None:
    """wire.md 6, row 39: addresses come from whoever runs the server, and from nobody else."""
    house = seated(house, a_chair(tmp_path, dead_url()))
    wishes = {
        "model_url": endpoint.url,
        "url": endpoint.url,
        "model_key": "sk-other",
        "host": "169.254.169.254",
    }
    async with house.signed_in() as owner:
        by_body = await lines_from(owner, json=wishes)
        by_query = await lines_from(owner, params=wishes)
    assert endpoint.asked == []
    assert by_body[-1]["state"] == by_query[-1]["state"] == "wrong"


async def test_another_sites_page_cannot_have_it_tested(house, endpoint, tmp_path) -> None:
    house = seated(house, a_chair(tmp_path, endpoint.url))
    async with house.signed_in() as owner:
        foreign = await owner.post("/v1/model/test", headers={"Origin": "https://evil.example"})
    assert foreign.status_code == 403
    assert endpoint.asked == []


async def test_after_three_tests_the_next_has_to_wait(house: House) -> None:
    async with house.signed_in() as owner:
        for _ in range(3):
            await lines_from(owner)
        refused = await owner.post("/v1/model/test")
    assert refused.status_code == 429
    assert 0 < int(refused.headers["retry-after"]) <= 21


class Slow:
    """A chair whose test finds one thing and then nothing for ever; it remembers whether it was let go."""

    def __init__(self) -> None:
        self.let_go = False

    def seated(self) -> str:
        return "offline"

    async def shown(self) -> ModelShown:
        return ModelShown()

    async def tried(self) -> AsyncGenerator[ModelCheck]:
        try:
            yield ModelCheck(check="switch", state="ok", told="Models are switched on.")
            await asyncio.sleep(3600)
        finally:
            self.let_go = True


async def test_a_test_that_takes_too_long_is_ended_and_says_so() -> None:
    chair = Slow()
    lines = [json.loads(line) async for line in lines_of(chair, within_s=0.05)]
    assert [one["check"] for one in lines] == ["switch", "verdict"]
    assert lines[-1]["state"] == "wrong"
    assert "interviewer doctor" in lines[-1]["remedy"]
    assert chair.let_go


class Full(MemoryTill):
    """A till that nothing can be written into."""

    async def add(self, *_: object) -> None:
        raise Unavailable("the disk is full")


class Gone(MemoryTill):
    """A till that cannot even be looked into."""

    async def spent(self, *_: object) -> tuple[Spent, Spent]:
        raise Unavailable("the disk is gone")


@pytest.mark.parametrize(("till", "said"), [(Full(), "cannot be kept"), (Gone(), "the disk is gone")])
async def test_a_test_that_cannot_be_paid_for_ends_with_a_line_that_says_so(
    house, endpoint, tmp_path, till, said
) -> None:
    house = seated(house, replace(a_chair(tmp_path, endpoint.url), till=till))
    async with house.signed_in() as owner:
        last = (await lines_from(owner))[-1]
    assert (last["check"], last["state"]) == ("verdict", "wrong")
    assert said in last["told"]


async def test_each_line_is_there_before_the_next_is_known() -> None:
    chair = Slow()
    lines = lines_of(chair, within_s=60)
    assert json.loads(await anext(lines))["check"] == "switch"
    await lines.aclose()
    assert chair.let_go
