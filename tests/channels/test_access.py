"""Who may reach what, from where: every route, every kind of visitor, and pages that are not ours."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from interviewer.auth import Role
from interviewer.channels.headers import CONTENT_SECURITY_POLICY
from interviewer.hosting import Wanted
from tests.channels.signing import HERE, House, a_house
from tests.serving import a_server

OPEN_TO_ALL = {"/v1/sign-in", "/v1/sign-out", "/livez", "/readyz", "/v1/openapi.json"}
SOCKET = "/v1/ws"  # has its own way to refuse, see test_protocol.py
ABSENT = "0" * 32


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with a_house(tmp_path) as house:
        yield house


def routes(house: House) -> list[tuple[str, str, str]]:
    """(method, path, operation) of everything in the OpenAPI document that wants somebody signed in."""
    return [
        (method.upper(), path, told["operationId"])
        for path, methods in house.app.openapi()["paths"].items()
        for method, told in methods.items()
        if path not in OPEN_TO_ALL and path != SOCKET
    ]


def filled(path: str, session: str) -> str:
    return re.sub(r"\{\w+\}", "1", path.replace("{id}", session).replace("{session_id}", session))


async def test_every_route_wants_somebody_signed_in(house: House) -> None:
    asked = routes(house)
    assert len(asked) > 20
    async with house.plain() as stranger:
        for method, path, operation in asked:
            answer = await stranger.request(method, filled(path, ABSENT), json={})
            assert (answer.status_code, operation) == (401, operation)
            assert answer.headers["content-type"] == "application/problem+json"


async def test_what_is_not_yours_and_what_is_not_there_are_answered_alike(house: House) -> None:
    mine = await house.service.host.begin("local", Wanted("url-shortener"))
    async with await house.program(await house.person("Ada")) as ada:
        for method, path, operation in routes(house):
            if "{" not in path:
                continue
            answers = []
            for session in (mine, ABSENT):
                answer = await ada.request(
                    method, filled(path, session), json={}, headers={"If-Match": '"0"'}
                )
                answers.append((answer.status_code, answer.text.replace(session, "")))
            assert answers[0] == answers[1], operation
            assert answers[0][0] in (404, 422), operation
    assert (await house.service.index.row(mine)).state == "open"


async def test_a_coach_reads_every_interview_and_acts_in_none_but_their_own(house: House) -> None:
    ada = await house.person("Ada")
    session = await house.service.host.begin(ada.id, Wanted("url-shortener"))
    async with await house.program(await house.person("Cora", Role.coach)) as coach:
        assert (await coach.get(f"/v1/sessions/{session}")).status_code == 200
        assert (await coach.get(f"/v1/sessions/{session}/transcript")).status_code == 200
        said = await coach.post(
            f"/v1/sessions/{session}/messages", json={"cmid": "c" * 8, "body": "It is me, Ada."}
        )
        ended = await coach.post(f"/v1/sessions/{session}/end")
        assert (said.status_code, ended.status_code) == (404, 404)


async def test_a_bearer_token_counts_before_the_cookie_even_when_it_is_wrong(house: House) -> None:
    async with house.signed_in() as browser:
        wrong = await browser.get("/v1/me", headers={"Authorization": "Bearer nonsense"})
        assert wrong.status_code == 401
        assert wrong.headers["www-authenticate"] == "Bearer"
        assert (await browser.get("/v1/me", headers={"Authorization": "Basic eDp5"})).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:9999"},
        {"Origin": "http://a.127.0.0.1:8642"},
        {"Origin": "http://127.0.0.1:8642.evil.example"},
        {"Origin": ""},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {},
    ],
)
async def test_another_sites_page_changes_nothing_with_our_cookie(
    house: House, headers: dict[str, str]
) -> None:
    async with house.signed_in() as browser:
        del browser.headers["Origin"]
        for method, path in (("PUT", "/v1/settings"), ("DELETE", "/v1/me/data"), ("POST", "/v1/sign-out")):
            answer = await browser.request(method, path, json={"theme": "dark"}, headers=headers)
            assert (answer.status_code, answer.json()["type"]) == (403, "urn:interviewer:foreign-origin")
        assert (await browser.get("/v1/settings")).json()["theme"] == "system"


@pytest.mark.parametrize("headers", [{"Origin": HERE}, {"Sec-Fetch-Site": "same-origin"}])
async def test_our_own_page_changes_what_it_likes(house: House, headers: dict[str, str]) -> None:
    async with house.signed_in() as browser:
        del browser.headers["Origin"]
        assert (await browser.put("/v1/settings", json={"theme": "dark"}, headers=headers)).status_code == 200


async def test_a_program_with_a_token_needs_no_origin(house: House) -> None:
    async with await house.program(await house.service.accounts.owner()) as program:
        assert (await program.put("/v1/settings", json={"theme": "dark"})).status_code == 200


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:8642", 200),
        ("localhost:8642", 200),
        ("[::1]:8642", 200),
        ("192.168.1.7:8642", 200),
        ("practice.example", 200),
        ("PRACTICE.example:443", 200),
        ("evil.example", 400),
        ("127.0.0.1.evil.example", 400),
        ("localhost.evil.example:8642", 400),
        ("evil.example#localhost", 400),
        ("user@evil.example", 400),
        ("[::1", 400),
        ("", 400),
    ],
)
async def test_the_server_answers_to_its_own_names_alone(tmp_path: Path, host: str, status: int) -> None:
    async with a_house(tmp_path, hosts=["practice.example"]) as house, house.plain() as stranger:
        assert (await stranger.get("/livez", headers={"Host": host})).status_code == status


async def test_a_page_of_an_allowed_origin_may_act(tmp_path: Path) -> None:
    async with a_house(tmp_path, origins=["https://practice.example"]) as house:
        async with house.signed_in("https://practice.example") as browser:
            assert (await browser.put("/v1/settings", json={"theme": "dark"})).status_code == 200


async def test_a_socket_from_another_sites_page_is_refused_before_it_opens(tmp_path: Path) -> None:
    async with a_server(tmp_path, worker=False) as served:
        foreign = served.ws_url.replace("127.0.0.1", "evil.example")
        port = int(served.base_url.rpartition(":")[2])
        for url, origin in (
            (served.ws_url, "http://evil.example"),
            (served.ws_url, "null"),
            (foreign, served.base_url),
            (foreign, None),
        ):
            headers = {} if origin is None else {"Origin": origin}
            with pytest.raises(InvalidStatus) as refused:
                async with connect(url, additional_headers=headers, proxy=None, host="127.0.0.1", port=port):
                    pass
            assert refused.value.response.status_code == 403


async def test_every_answer_carries_the_policy_and_is_kept_nowhere(house: House) -> None:
    async with house.signed_in() as browser:
        answers = [
            await browser.get("/v1/me"),
            await browser.get("/"),
            await browser.get("/coach/agreement"),
            await browser.get("/v1/nothing"),
            await browser.put("/v1/me"),
            await browser.put("/v1/settings", json={"theme": "pink"}),
            await browser.get("/v1/me", headers={"Host": "evil.example"}),
            await browser.post("/v1/sign-out", headers={"Origin": "null"}),
            await browser.get("/livez"),
        ]
    async with house.plain() as stranger:
        answers.append(await stranger.get("/v1/me"))
    statuses = [answer.status_code for answer in answers]
    assert statuses in (
        [200, 200, 200, 404, 405, 422, 400, 403, 200, 401],
        [200, 503, 503, 404, 405, 422, 400, 403, 200, 401],  # the pages are not built here
    )
    for answer in answers:
        assert answer.headers["content-security-policy"] == CONTENT_SECURITY_POLICY
        assert "frame-ancestors 'none'" in CONTENT_SECURITY_POLICY
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["cross-origin-opener-policy"] == "same-origin"
        assert answer.headers["cache-control"] == "no-store"
        assert "access-control-allow-origin" not in answer.headers


async def test_a_defect_of_ours_is_told_with_the_policy_and_without_its_words(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(_id: str) -> dict[str, object]:
        raise RuntimeError("canary-of-the-inside")

    monkeypatch.setattr(house.service.accounts, "preferences", broken)
    async with house.signed_in() as browser:
        answer: httpx.Response = await browser.get("/v1/settings")
    assert answer.status_code == 500
    assert "canary" not in answer.text
    assert answer.headers["content-security-policy"] == CONTENT_SECURITY_POLICY
