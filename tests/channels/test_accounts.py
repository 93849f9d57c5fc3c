"""Signing in and out, one's settings, and one's own data: taken away whole, or erased."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from interviewer.auth import OWNER, Role
from interviewer.hosting import Wanted
from interviewer.interview.events import CandidateRated, CoachCommented, SessionEnded, SessionId
from interviewer.llm.replies import replies_of
from interviewer.store.cache import bell_of
from tests.channels.signing import HERE, House, a_house

DAY = 24 * 3600.0
SCENE = '{"type": "text", "text": "app -> table"}'


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with a_house(tmp_path) as house:
        yield house


# ------------------------------------------------------------------------------------------------------- signing in


async def test_a_link_signs_in_once(house: House) -> None:
    code = await house.code()
    async with house.browser() as first, house.browser() as second:
        done = await first.post("/v1/sign-in", json={"code": code})
        assert done.status_code == 200
        assert done.json()["person"] == {
            "id": OWNER,
            "name": "owner",
            "roles": ["candidate", "coach", "admin"],
        }
        again = await second.post("/v1/sign-in", json={"code": code})
        assert again.status_code == 401
        assert "people link" in again.json()["detail"]
        assert (await first.get("/v1/me")).status_code == 200
        assert (await second.get("/v1/me")).status_code == 401


async def test_a_link_is_good_for_a_quarter_of_an_hour(house: House) -> None:
    code = await house.code()
    house.clock.advance(901)
    async with house.browser() as browser:
        assert (await browser.post("/v1/sign-in", json={"code": code})).status_code == 401


async def test_a_code_is_no_token_and_a_token_no_code(house: House) -> None:
    code, token = await house.code(), await house.service.accounts.issue(OWNER, "token")
    async with house.browser() as browser:
        assert (await browser.get("/v1/me", headers={"Authorization": f"Bearer {code}"})).status_code == 401
        assert (await browser.post("/v1/sign-in", json={"code": token})).status_code == 401


async def test_the_cookie_is_out_of_reach_for_scripts_and_for_neighbours(tmp_path: Path) -> None:
    secure = "https://practice.example"
    async with a_house(tmp_path, origins=[secure]) as house:
        for base_url, name in (
            ("http://localhost:8642", "interviewer-session"),
            (secure, "__Host-interviewer"),
        ):
            async with house.browser(base_url) as browser:
                done = await browser.post("/v1/sign-in", json={"code": await house.code()})
                said = done.headers["set-cookie"]
                assert said.startswith(f"{name}=")
                parts = {part.strip().lower() for part in said.split(";")[1:]}
                assert {"httponly", "path=/", "samesite=lax"} <= parts
                assert ("secure" in parts) == (base_url == secure)
                assert not any(part.startswith("domain") for part in parts)
        async with house.signed_in() as browser:
            planted = {"Cookie": f"interviewer-session={browser.cookies['interviewer-session']}"}
            async with house.browser(secure) as other:
                assert (await other.get("/v1/me", headers=planted)).status_code == 401


async def test_signing_in_gives_a_new_cookie_and_ends_the_one_that_came(house: House) -> None:
    async with house.signed_in() as browser:
        before = browser.cookies["interviewer-session"]
        await browser.post("/v1/sign-in", json={"code": await house.code()})
        after = browser.cookies["interviewer-session"]
    assert before != after
    async with house.plain(headers={"Cookie": f"interviewer-session={before}"}) as old:
        assert (await old.get("/v1/me")).status_code == 401


async def test_a_sign_in_ends_after_two_weeks_unused_and_after_ninety_days_in_any_case(house: House) -> None:
    async with house.signed_in() as browser:
        for _ in range(8):
            house.clock.advance(11 * DAY)
            assert (await browser.get("/v1/me")).status_code == 200
        house.clock.advance(3 * DAY)
        assert (await browser.get("/v1/me")).status_code == 401
    async with house.signed_in() as browser:
        house.clock.advance(15 * DAY)
        assert (await browser.get("/v1/me")).status_code == 401


async def test_signing_out_makes_the_cookie_worthless_wherever_it_is(house: House) -> None:
    async with house.signed_in() as browser:
        kept = browser.cookies["interviewer-session"]
        done = await browser.post("/v1/sign-out")
        assert done.status_code == 204
        assert done.headers["clear-site-data"] == '"storage"'
        assert "interviewer-session" not in browser.cookies
        assert (await browser.post("/v1/sign-out")).status_code == 204
    async with house.plain(headers={"Cookie": f"interviewer-session={kept}"}) as thief:
        assert (await thief.get("/v1/me")).status_code == 401


async def test_after_ten_wrong_codes_in_a_minute_the_next_are_told_to_wait(house: House) -> None:
    async with house.browser() as browser:
        wrong = [await browser.post("/v1/sign-in", json={"code": f"guess-{n:04}"}) for n in range(10)]
        assert {answer.status_code for answer in wrong} == {401}
        refused = await browser.post("/v1/sign-in", json={"code": "guess-0010"})
        assert refused.status_code == 429
        assert 1 <= int(refused.headers["retry-after"]) <= 60


async def test_whoever_guesses_keeps_nobody_out(house: House) -> None:
    async with house.browser() as guesser:
        for n in range(12):
            last = await guesser.post("/v1/sign-in", json={"code": f"guess-{n:04}"})
        assert last.status_code == 429
        right = await guesser.post("/v1/sign-in", json={"code": await house.code()})
        assert right.status_code == 200


@pytest.mark.parametrize(
    ("guesser", "other", "together"),
    [
        ("192.0.2.1", "192.0.2.2", False),
        ("2001:db8::1", "2001:db8::ffff", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
    ],
)
async def test_wrong_codes_are_counted_by_where_they_come_from(
    guesser: str, other: str, together: bool, house: House
) -> None:
    async def wrong(address: str) -> int:
        transport = httpx.ASGITransport(house.app, client=(address, 40000))
        async with httpx.AsyncClient(transport=transport, base_url=HERE) as somebody:
            return (await somebody.post("/v1/sign-in", json={"code": "mistyped"})).status_code

    assert [await wrong(guesser) for _ in range(11)][-1] == 429
    assert await wrong(other) == (429 if together else 401)


async def test_right_codes_are_no_guesses(house: House) -> None:
    for _ in range(15):
        async with house.signed_in():
            pass


async def test_no_secret_reaches_a_log_or_an_address(house: House, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    code, token = await house.code(), await house.service.accounts.issue(OWNER, "token", label="mine")
    async with house.browser() as browser:
        await browser.post("/v1/sign-in", json={"code": code})
        cookie = browser.cookies["interviewer-session"]
        await browser.get("/v1/me")
        await browser.post("/v1/sign-in", json={"code": code})
        await browser.get("/v1/nothing", headers={"Authorization": f"Bearer {token}"})
        await browser.put("/v1/settings", json={"theme": token})
        await browser.post("/v1/sign-out")
    for secret in (code, token, cookie):
        assert len(secret) >= 43
        assert secret not in caplog.text


# -------------------------------------------------------------------------------------------------------- who is here


async def test_a_candidate_is_told_who_else_reads_what_they_say(house: House) -> None:
    await house.service.accounts.owner()
    await house.person("Cora", Role.coach)
    ada = await house.person("Ada")
    await house.person("Bo")
    async with await house.program(ada) as program:
        me = (await program.get("/v1/me")).json()
    assert set(me["coaches"]) == {"owner", "Cora"}
    assert me["person"]["roles"] == ["candidate"]
    assert me["data_folder"] == ""
    assert me["interviewer"] == "offline"
    async with house.signed_in() as browser:
        mine = (await browser.get("/v1/me")).json()
    assert mine["coaches"] == ["Cora"]
    assert mine["data_folder"] == str(house.service.data)


async def test_settings_are_kept_for_each_person(house: House) -> None:
    async with house.signed_in() as browser, await house.program(await house.person("Ada")) as ada:
        kept = await browser.put("/v1/settings", json={"theme": "dark", "pace": "spoken"})
        assert (kept.status_code, kept.json()["theme"]) == (200, "dark")
        assert (await browser.get("/v1/settings")).json() == kept.json()
        assert (await ada.get("/v1/settings")).json()["theme"] == "system"
        assert (await browser.put("/v1/settings", json={"tehme": "dark"})).status_code == 422


async def test_settings_that_another_version_kept_are_no_fault(house: House) -> None:
    async with house.signed_in() as browser:
        await house.service.accounts.set_preferences(OWNER, {"theme": "sepia", "wings": 2})
        assert (await browser.get("/v1/settings")).json()["theme"] == "system"


# ------------------------------------------------------------------------------------------------------- one's own data


async def held(house: House, owner: str, words: str) -> SessionId:
    """An interview of somebody's that has ended and has its card, with a board and a comment in it."""
    host = house.service.host
    session = await host.begin(owner, Wanted("url-shortener"))
    await host.draw(session, SCENE, 0)
    await host.hear(session, words, cmid=f"cmid-{owner}", board_rev=1)
    await host.end(session)
    await host.rate(session, CandidateRated(best="the numbers", next_time="draw sooner"))
    comments = (("Read this.", True), ("coach-canary", False))
    told = [CoachCommented(text=text, by="Cora", shared=shared) for text, shared in comments]
    await house.service.turns.record(session, told)
    working = asyncio.create_task(house.service.work())
    try:
        async with asyncio.timeout(30), house.service.cache.listening(bell_of(session)) as bell:
            while (await house.service.index.row(session)).summary.scorecard != "ready":
                await bell.wait(1.0)
    finally:
        working.cancel()
        await asyncio.gather(working, return_exceptions=True)
    return session


async def test_an_export_holds_all_of_ones_own_data_and_nobody_elses(house: House) -> None:
    ada, bo = await house.person("Ada"), await house.person("Bo")
    mine = await held(
        house, ada.id, "How many links a day? I would take a \U0001f989 and \u201cquotes\u201d."
    )
    await held(house, bo.id, "bo-canary: a table will do.")
    async with await house.program(ada) as program:
        answer = await program.get("/v1/me/export")
    assert answer.headers["content-disposition"] == 'attachment; filename="my-interviews.json"'
    assert answer.headers["cache-control"] == "no-store"
    told = answer.json()
    assert told["account"]["name"] == "Ada"
    assert told["preferences"]["theme"] == "system"
    (interview,) = told["interviews"]
    assert interview["session"]["id"] == mine
    said = [turn["text"] for turn in interview["conversation"]["turns"] if turn["role"] == "candidate"]
    assert said == ["How many links a day? I would take a \U0001f989 and \u201cquotes\u201d."]
    assert interview["boards"][0]["scene"]["text"] == "app -> table"
    assert interview["rating"] == {
        "best": "the numbers",
        "worst": "",
        "level": "",
        "next_time": "draw sooner",
    }
    assert [one["text"] for one in interview["comments"]] == ["Read this."]
    assert interview["card"]["session"] == interview["card_as_issued"]["session"] == mine
    assert "bo-canary" not in answer.text
    assert "coach-canary" not in answer.text


async def test_an_export_holds_a_card_that_was_issued_and_never_told_of(house: House) -> None:
    ada = await house.person("Ada")
    mine = await held(house, ada.id, "How many links a day?")
    card = (await house.service.host.interview(mine)).card
    assert card is not None
    old = SessionId("held-at-a-terminal")
    begun = (await house.service.log.read(mine, limit=1))[0].event
    await house.service.turns.begin(old, ada.id, (begun, SessionEnded(why="candidate"), card), None)
    async with await house.program(ada) as program:
        told = {
            one["session"]["id"]: one for one in (await program.get("/v1/me/export")).json()["interviews"]
        }
    assert told[old]["card_as_issued"] == told[mine]["card_as_issued"]


async def test_erasing_leaves_nothing_of_ones_own_and_all_of_everybody_elses(house: House) -> None:
    ada, bo = await house.person("Ada"), await house.person("Bo")
    mine, his = await held(house, ada.id, "ada-canary"), await held(house, bo.id, "bo-canary")
    cards = house.service.data / "cards"
    cards.mkdir()
    for session in (mine, his):
        (cards / f"{session}.html").write_text("card", encoding="utf-8")
        kept = replies_of(house.service.data, session)
        kept.parent.mkdir(exist_ok=True)
        kept.write_text('{"reply": "a quote"}\n', encoding="utf-8")
    async with await house.program(ada) as program:
        assert (await program.delete("/v1/me/data")).status_code == 204
        assert (await program.get("/v1/me")).status_code == 401
    assert await house.service.log.read(mine) == []
    assert [row.id for row in (await house.service.index.page()).rows] == [his]
    assert [file.name for file in cards.iterdir()] == [f"{his}.html"]
    assert not replies_of(house.service.data, mine).exists()
    assert replies_of(house.service.data, his).exists()
    for file in house.service.data.rglob("*"):
        assert not file.is_file() or b"ada-canary" not in file.read_bytes(), file
    assert [one.name for one in await house.service.accounts.all()] == ["Bo"]


async def test_an_owner_who_erased_everything_can_sign_in_again(house: House) -> None:
    async with house.signed_in() as browser:
        await house.service.host.begin(OWNER, Wanted("url-shortener"))
        assert (await browser.delete("/v1/me/data")).status_code == 204
        assert (await browser.get("/v1/me")).status_code == 401
    async with house.signed_in() as browser:
        assert (await browser.get("/v1/sessions")).json()["items"] == []
