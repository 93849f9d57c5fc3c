"""Errors over HTTP: each is a problem with a stable type, and none tells what should stay inside."""

from __future__ import annotations

import json
import logging
from collections.abc import AsyncIterator
from typing import Annotated

import httpx
import pytest
from fastapi import FastAPI, Query

from interviewer.channels.bodies import MOST_BOARD_BYTES, MOST_BYTES, Bodies
from interviewer.channels.problems import Faults, Refused, tell_problems
from interviewer.channels.resources import NewMessage, NewSession, Problem
from interviewer.errors import (
    BadInput,
    BadTranscript,
    Closed,
    Conflict,
    Fenced,
    InterviewerError,
    MessageConflict,
    NewerData,
    NotFound,
    NotNow,
    NotSignedIn,
    Unavailable,
)

SECRET = "what the candidate said"


def an_app_that_raises(error: Exception) -> FastAPI:
    app = FastAPI(openapi_url=None)

    @app.get("/x")
    async def broken(n: Annotated[int, Query()] = 0) -> None:
        raise error

    @app.post("/x")
    async def taken(body: NewSession) -> str:
        return body.scenario

    @app.post("/say")
    async def said(body: NewMessage) -> str:
        return body.body

    @app.put("/board")
    async def drawn(body: dict[str, str]) -> int:
        return len(body)

    tell_problems(app)
    app.add_middleware(Bodies)
    app.add_middleware(Faults, new_id=lambda: "f00d")
    return app


def asking(error: Exception | None = None) -> httpx.AsyncClient:
    app = an_app_that_raises(error or RuntimeError())
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://127.0.0.1")


@pytest.mark.parametrize(
    ("error", "status", "kind"),
    [
        (NotSignedIn("Sign in first."), 401, "not-signed-in"),
        (NotFound("No such thing."), 404, "not-found"),
        (BadInput("That is none."), 422, "bad-input"),
        (BadTranscript("Who is who?"), 422, "bad-input"),
        (NotNow("Not in a mock."), 409, "not-now"),
        (Closed("It is over."), 409, "closed"),
        (Conflict("Read it again."), 409, "conflict"),
        (MessageConflict("Another text."), 409, "conflict"),
        (Fenced("Somebody else has it."), 409, "conflict"),
        (Unavailable("The store is busy."), 503, "unavailable"),
        (Refused(412, "stale", "Load it again."), 412, "stale"),
    ],
)
async def test_an_error_of_ours_is_a_problem_with_its_own_words(
    error: Exception, status: int, kind: str
) -> None:
    async with asking(error) as client:
        answer = await client.get("/x")
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    told = Problem.model_validate(answer.json())
    assert (told.status, told.type, told.detail, told.instance) == (
        status, f"urn:interviewer:{kind}", str(error), "/x",
    )  # fmt: skip
    assert told.title


async def test_who_should_try_again_is_told_when() -> None:
    async with asking(Unavailable("busy")) as client:
        assert (await client.get("/x")).headers["retry-after"] == "1"


async def test_who_is_not_signed_in_is_told_how() -> None:
    async with asking(NotSignedIn("who?")) as client:
        assert (await client.get("/x")).headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize(
    "error", [RuntimeError(SECRET), KeyError(SECRET), NewerData(SECRET), InterviewerError(SECRET)]
)
async def test_a_defect_is_told_by_number_and_logged_without_anybodys_words(
    error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        async with asking(error) as client:
            answer = await client.get("/x")
    assert answer.status_code == 500
    assert "f00d" in answer.json()["detail"]
    assert SECRET not in answer.text
    assert "f00d" in caplog.text and type(error).__name__ in caplog.text
    assert SECRET not in caplog.text


async def test_a_wrong_shape_is_told_by_place_without_repeating_it() -> None:
    async with asking() as client:
        answer = await client.post("/x", json={"scenario": 3, "level": "wizard", "more": SECRET})
    assert answer.status_code == 422
    errors = answer.json()["errors"]
    assert {one["where"] for one in errors} == {"body.scenario", "body.level", "body.more"}
    assert all(one["what"] for one in errors)
    assert SECRET not in answer.text


async def test_half_a_character_in_a_body_is_a_problem_and_no_defect() -> None:
    async with asking() as client:
        headers = {"Content-Type": "application/json"}
        for body in (
            r'{"scenario": "\ud800"}',
            r'{"scenario": "a", "\udfff": 1}',
            r'{"cmid": "12345678", "body": "\ud800"}',
        ):
            answer = await client.post("/say" if "cmid" in body else "/x", content=body, headers=headers)
            assert answer.status_code == 422
            json.loads(answer.text)


@pytest.mark.parametrize("body", ["{", "[" * 100_000, "nonsense", '{"scenario": NaN}', ""])
async def test_what_is_no_json_is_a_problem(body: str) -> None:
    async with asking() as client:
        answer = await client.post("/x", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code in (400, 422)
    assert answer.headers["content-type"] == "application/problem+json"


async def test_an_unknown_address_and_a_wrong_method_are_problems() -> None:
    async with asking() as client:
        assert (await client.get("/nowhere")).json()["type"] == "urn:interviewer:not-found"
        wrong = await client.delete("/x")
    assert (wrong.status_code, wrong.json()["type"]) == (405, "urn:interviewer:no-such-method")
    assert "GET" in wrong.headers["allow"]


@pytest.mark.parametrize(("path", "most"), [("/x", MOST_BYTES), ("/board", MOST_BOARD_BYTES)])
@pytest.mark.parametrize("told", [True, False])
async def test_a_body_over_the_limit_is_refused_before_it_is_read(path: str, most: int, told: bool) -> None:
    taken = 0

    async def pieces() -> AsyncIterator[bytes]:
        nonlocal taken
        for _ in range(most // 1000 + 100):
            taken += 1000
            yield b" " * 1000

    method = "POST" if path == "/x" else "PUT"
    async with asking() as client:
        content = b" " * (most + 1) if told else pieces()
        answer = await client.request(method, path, content=content)
        assert answer.status_code == 413
        assert answer.json()["type"] == "urn:interviewer:too-large"
        assert taken <= most + 1000
        assert (await client.request(method, path, content=b" " * most)).status_code in (400, 422)
