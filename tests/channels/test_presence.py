"""A candidate who is gone: the clock of a practice interview stops where they left, and runs again when they are back."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from interviewer.interview.events import SessionId, SessionPaused, SessionResumed
from interviewer.interview.state import Interview
from tests.channels.test_socket import begun, opened, until
from tests.serving import Served, a_server

GONE_S = 0.4


@pytest.fixture
async def served(tmp_path: Path) -> AsyncIterator[Served]:
    async with a_server(tmp_path, gone_s=GONE_S) as served:
        yield served


@pytest.fixture
async def client(served: Served) -> AsyncIterator[httpx.AsyncClient]:
    async with served.client() as client:
        yield client


async def now(served: Served, id: str) -> Interview:
    return await served.service.host.interview(SessionId(id))


async def stands_still(served: Served, id: str) -> Interview:
    """The interview once its clock has stopped."""
    async with asyncio.timeout(20):
        while not (interview := await now(served, id)).paused:  # noqa: ASYNC110 - as anybody who looks sees it
            await asyncio.sleep(0.05)
    return interview


async def stops(served: Served, id: str) -> list[SessionPaused | SessionResumed]:
    log = await served.service.log.read(SessionId(id))
    return [one.event for one in log if isinstance(one.event, SessionPaused | SessionResumed)]


async def test_the_clock_stops_for_a_candidate_who_is_gone_and_runs_again_when_they_are_back(
    served: Served, client: httpx.AsyncClient
) -> None:
    id = await begun(client)
    socket = await opened(served, client, id)
    await until(socket, kind="agent.final")
    assert not await stops(served, id)
    await socket.close()
    before = served.service.clock()
    interview = await stands_still(served, id)
    assert interview.gone and interview.last_at is not None
    [paused] = await stops(served, id)
    assert isinstance(paused, SessionPaused) and paused.why == "gone" and paused.since is not None
    assert abs((paused.since - before).total_seconds()) < GONE_S / 2
    assert (interview.last_at - paused.since).total_seconds() >= GONE_S
    back = await opened(served, client, id)
    frames = await until(back, kind="session.state", t="ev")
    while frames[-1]["data"]["state"] != "paused":
        frames += await until(back, kind="session.state")
    again = (await until(back, kind="session.state"))[-1]["data"]
    assert again["state"] == "open"
    assert isinstance((await stops(served, id))[-1], SessionResumed)
    assert not (await now(served, id)).gone
    await back.send(json.dumps({"t": "msg", "cmid": "message-1", "body": "How many users are there?"}))
    await until(back, kind="agent.final")
    await back.close()


async def test_the_clock_runs_on_while_another_tab_is_open_or_a_line_was_only_lost_for_a_moment(
    served: Served, client: httpx.AsyncClient
) -> None:
    id = await begun(client)
    one, other = await opened(served, client, id), await opened(served, client, id)
    await until(other, kind="agent.final")
    await one.close()
    await asyncio.sleep(GONE_S * 2)
    other.transport.abort()
    await asyncio.sleep(GONE_S / 4)
    back = await opened(served, client, id)
    await until(back, kind="agent.final")
    await asyncio.sleep(GONE_S * 2)
    assert not await stops(served, id)
    await back.close()


async def test_a_mock_runs_on_a_real_clock_whoever_leaves(served: Served, client: httpx.AsyncClient) -> None:
    wanted = {"scenario": "url-shortener", "seed": 1, "mode": "mock"}
    id = (await client.post("/v1/sessions", json=wanted)).json()["id"]
    socket = await opened(served, client, id)
    await until(socket, kind="agent.final")
    await socket.close()
    await asyncio.sleep(GONE_S * 2)
    assert not await stops(served, id)


async def test_what_the_candidate_stopped_themselves_stays_stopped_when_they_come_back(
    served: Served, client: httpx.AsyncClient
) -> None:
    id = await begun(client)
    socket = await opened(served, client, id)
    await until(socket, kind="agent.final")
    await client.post(f"/v1/sessions/{id}/pause")
    await socket.close()
    await asyncio.sleep(GONE_S * 2)
    back = await opened(served, client, id)
    await until(back, kind="agent.final")
    assert [event.kind for event in await stops(served, id)] == ["session_paused"]
    assert (await now(served, id)).paused
    await back.close()


async def test_who_never_had_a_socket_or_talks_on_without_one_is_not_gone(
    served: Served, client: httpx.AsyncClient
) -> None:
    never, after = await begun(client), await begun(client)
    socket = await opened(served, client, after)
    await until(socket, kind="agent.final")
    await socket.close()
    for id in (never, after):
        said = {"cmid": "message-1", "body": "How many users are there?"}
        assert (await client.post(f"/v1/sessions/{id}/messages", json=said)).is_success
    await asyncio.sleep(GONE_S * 2)
    assert not await stops(served, never) and not await stops(served, after)


async def test_a_message_over_http_says_as_well_that_they_are_back(
    served: Served, client: httpx.AsyncClient
) -> None:
    id = await begun(client)
    socket = await opened(served, client, id)
    await until(socket, kind="agent.final")
    await socket.close()
    await stands_still(served, id)
    said = {"cmid": "message-1", "body": "How many users are there?"}
    assert (await client.post(f"/v1/sessions/{id}/messages", json=said)).is_success
    assert not (await now(served, id)).paused


async def test_a_coach_who_listens_in_neither_stays_nor_leaves_for_the_candidate(
    served: Served, client: httpx.AsyncClient
) -> None:
    async with served.client(await served.person("Ann")) as ann:
        hers = await begun(ann)
        coach, visit = await opened(served, client, hers), await opened(served, client, hers)
        await until(coach, kind="agent.final")
        await visit.close()
        await asyncio.sleep(GONE_S * 2)
        assert not await stops(served, hers)
        socket = await opened(served, ann, hers)
        await until(socket, kind="agent.final")
        await socket.close()
        assert (await stands_still(served, hers)).gone
        late = await opened(served, client, hers)
        await until(late, kind="agent.final")
        assert (await now(served, hers)).paused
        await asyncio.gather(coach.close(), late.close())


async def test_a_process_that_goes_away_stops_no_clocks(tmp_path: Path) -> None:
    async with a_server(tmp_path, gone_s=GONE_S) as served, served.client() as client:
        id = await begun(client)
        socket = await opened(served, client, id)
        await until(socket, kind="agent.final")
        await served.app.state.presence.close()
        await socket.close()
        await asyncio.sleep(GONE_S * 2)
        assert not await stops(served, id)
