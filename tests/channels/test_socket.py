"""What a socket does beside the numbered rules: signing out, going away, coaches who listen in, and leaving nothing behind."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from interviewer.app import drain
from interviewer.channels.access import signed_out
from interviewer.interview.events import SessionId
from tests.serving import Served, a_server


@pytest.fixture
async def served(tmp_path: Path) -> AsyncIterator[Served]:
    async with a_server(tmp_path) as served:
        yield served


@pytest.fixture
async def client(served: Served) -> AsyncIterator[httpx.AsyncClient]:
    async with served.client() as client:
        yield client


async def begun(client: httpx.AsyncClient) -> str:
    id: str = (await client.post("/v1/sessions", json={"scenario": "url-shortener", "seed": 1})).json()["id"]
    return id


async def opened(
    served: Served, client: httpx.AsyncClient, id: str, stream: str = "public", after: int = 0
) -> ClientConnection:
    """A socket that has said hello."""
    answer = await client.post(f"/v1/sessions/{id}/tickets", json={"stream": stream})
    socket = await connect(served.ws_url, subprotocols=["chat.v1"], proxy=None)  # type: ignore[list-item]
    await socket.send(json.dumps({"t": "hello", "v": 1, "ticket": answer.json()["ticket"], "after": after}))
    return socket


async def frame(socket: ClientConnection) -> dict[str, Any]:
    async with asyncio.timeout(20):
        told: dict[str, Any] = json.loads(await socket.recv())
        return told


async def until(socket: ClientConnection, **wanted: str) -> list[dict[str, Any]]:
    """All frames up to the first that has these values."""
    frames = [await frame(socket)]
    while any(frames[-1].get(key) != value for key, value in wanted.items()):
        frames.append(await frame(socket))
    return frames


async def closed(socket: ClientConnection) -> tuple[int, str]:
    """The code and the reason with which it ends."""
    try:
        while True:
            await frame(socket)
    except ConnectionClosed as ending:
        assert ending.rcvd is not None
        return ending.rcvd.code, ending.rcvd.reason


async def test_signing_out_asks_that_persons_sockets_for_another_ticket(
    served: Served, client: httpx.AsyncClient
) -> None:
    mine = await opened(served, client, await begun(client))
    token = await served.person("Ann")
    async with served.client(token) as ann:
        hers = await opened(served, ann, await begun(ann))
        await until(hers, kind="agent.final")
        await served.service.cache.ring(signed_out("local"))
        assert (await closed(mine))[0] == 4014
        await hers.send(json.dumps({"t": "msg", "cmid": "still-here", "body": "How many users?"}))
        await until(hers, t="ack")
        await hers.close()


@pytest.mark.parametrize("back", [False, True], ids=["and stays away", "and signs in again"])
async def test_whoever_is_signed_out_by_another_process_is_let_go(back: bool, tmp_path: Path) -> None:
    async with a_server(tmp_path, worker=False, signed_in_s=0.3) as served:
        token = await served.person("Ann")
        async with served.client(token) as ann:
            id = await begun(ann)
            hers = await opened(served, ann, id)
            account = (await served.service.index.row(SessionId(id))).owner
            await asyncio.sleep(0.8)
            await hers.send(json.dumps({"t": "msg", "cmid": "message-1", "body": "How many users?"}))
            await until(hers, t="ack")
            await served.service.accounts.revoke_all(account)
            if back:
                await served.service.accounts.issue(account, "token")
            assert (await closed(hers))[0] == 4014


async def test_an_event_stream_ends_when_another_process_signs_its_reader_out(
    served: Served, client: httpx.AsyncClient
) -> None:
    id = await begun(client)
    async with (
        asyncio.timeout(20),
        client.stream("GET", f"/v1/sessions/{id}/events", headers={"Accept": "text/event-stream"}) as stream,
    ):
        async for line in stream.aiter_lines():
            if '"agent.final"' in line:
                await served.service.accounts.revoke_all("local")


async def test_a_process_that_goes_away_tells_everybody_to_come_back(
    served: Served, client: httpx.AsyncClient
) -> None:
    sockets = [await opened(served, client, await begun(client)) for _ in range(3)]
    for socket in sockets:
        await until(socket, kind="agent.final")
    endings, _ = await asyncio.gather(
        asyncio.gather(*(closed(socket) for socket in sockets)), drain(served.app, within_s=5)
    )
    assert {code for code, _ in endings} == {4001}
    waits = [int(reason.partition("retry_ms=")[2]) for _, reason in endings]
    assert all(0 <= wait <= 3000 for wait in waits)
    assert (await client.get("/readyz")).status_code == 503


async def test_a_coach_listens_to_the_internal_stream_in_order(
    served: Served, client: httpx.AsyncClient
) -> None:
    async with served.client(await served.person("Ann")) as ann:
        hers = await begun(ann)
        public = await opened(served, ann, hers)
        await until(public, kind="agent.final")
        await public.send(json.dumps({"t": "msg", "cmid": "message-1", "body": "How many users are there?"}))
        seen = await until(public, kind="agent.final")
        internal = await opened(served, client, hers, stream="internal")
        frames = (await until(internal, kind="turn_heard"))[1:]
        await asyncio.gather(public.close(), internal.close())
    assert [one["seq"] for one in frames] == list(range(1, len(frames) + 1))
    assert {"move_chosen", "turn_heard"} <= {one["kind"] for one in frames}
    assert not {"move_chosen", "turn_heard"} & {one.get("kind") for one in seen}


async def test_nobody_speaks_in_somebody_elses_interview(served: Served, client: httpx.AsyncClient) -> None:
    async with served.client(await served.person("Ann")) as ann:
        hers = await begun(ann)
    coach = await opened(served, client, hers)
    await until(coach, kind="agent.final")
    await coach.send(json.dumps({"t": "msg", "cmid": "message-1", "body": "Let me say something."}))
    assert (await until(coach, t="nack"))[-1]["code"] == "invalid"
    await coach.close()
    events = (await client.get(f"/v1/sessions/{hers}/events")).json()["items"]
    assert "candidate.message" not in {event["kind"] for event in events}


async def test_connections_that_end_leave_nothing_behind(served: Served, client: httpx.AsyncClient) -> None:
    id = await begun(client)
    before = len(asyncio.all_tasks())
    for n in range(8):
        socket = await opened(served, client, id)
        await frame(socket)
        if n % 2:
            await socket.close()
        else:
            socket.transport.abort()
    tally = served.app.state.tally
    async with asyncio.timeout(10):
        while tally.of("local") or len(asyncio.all_tasks()) > before + 2:  # noqa: ASYNC110 - nobody tells of it
            await asyncio.sleep(0.05)


async def test_an_event_stream_ends_with_the_sign_in(served: Served, client: httpx.AsyncClient) -> None:
    id = await begun(client)
    lines = 0
    async with (
        asyncio.timeout(20),
        client.stream("GET", f"/v1/sessions/{id}/events", headers={"Accept": "text/event-stream"}) as stream,
    ):
        async for line in stream.aiter_lines():
            lines += 1
            if '"agent.final"' in line:
                await served.service.cache.ring(signed_out("local"))
    assert lines > 3
