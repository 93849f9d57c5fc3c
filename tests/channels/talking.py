"""A bare socket to a server, which sends whatever a test likes and keeps everything that came, as it came."""

from __future__ import annotations

import asyncio
import itertools
import json
import socket as sockets
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Origin, Subprotocol

from interviewer.channels import wire
from tests.serving import Served

Frame = dict[str, Any]
WITHIN_S = 10.0
_numbers = itertools.count(1)


def a_cmid() -> str:
    """A message id that no other test has."""
    return f"cmid-{next(_numbers):08d}"


@dataclass
class Bare:
    """An open socket. `texts` are the frames that came, as they came; `events` those of the log."""

    socket: ClientConnection
    texts: list[str] = field(default_factory=list)
    welcome: Frame = field(default_factory=dict)

    @property
    def events(self) -> list[str]:
        """Event frames that came, in order, as text."""
        return [text for text in self.texts if json.loads(text)["t"] == "ev"]

    @property
    def seqs(self) -> list[int]:
        """The numbers of the events that came."""
        return [json.loads(text)["seq"] for text in self.events]

    async def send(self, frame: Mapping[str, Any] | str | bytes) -> None:
        """Send a frame, or whatever else it is."""
        await self.socket.send(json.dumps(frame) if isinstance(frame, Mapping) else frame)

    async def frame(self) -> Frame:
        """The next frame."""
        async with asyncio.timeout(WITHIN_S):
            text = await self.socket.recv()
        assert isinstance(text, str)
        self.texts.append(text)
        return json.loads(text)

    async def next(self, kind: str) -> Frame:
        """The next frame of a type (`ack`, `hb`) or the next event of a kind (`agent.final`)."""
        async with asyncio.timeout(WITHIN_S):
            while True:
                frame = await self.frame()
                if kind in (frame["t"], frame.get("kind")):
                    return frame

    async def up_to(self, seq: int) -> None:
        """Read until the event with this number has come."""
        while not self.seqs or self.seqs[-1] < seq:
            await self.frame()

    async def say(self, body: str, cmid: str | None = None, **more: Any) -> Frame:
        """Say something; gives the ack or the nack."""
        cmid = cmid or a_cmid()
        await self.send({"t": "msg", "cmid": cmid, "body": body, **more})
        async with asyncio.timeout(WITHIN_S):
            while True:
                frame = await self.frame()
                if frame["t"] in ("ack", "nack") and frame["cmid"] == cmid:
                    return frame

    async def closed(self) -> int:
        """The code with which the server closes it; 1006 where it just went away."""
        try:
            async with asyncio.timeout(WITHIN_S):
                while True:
                    text = await self.socket.recv()
                    assert isinstance(text, str)
                    self.texts.append(text)
        except ConnectionClosed as closed:
            return closed.rcvd.code if closed.rcvd else 1006

    @property
    def reason(self) -> str:
        """What the server said when it closed."""
        return self.socket.close_reason or ""


@asynccontextmanager
async def an_open_socket(
    served: Served, origin: str | None = None, path: str = "", small: bool = False
) -> AsyncIterator[Bare]:
    """A socket that has said nothing yet; `small` takes little before it is read."""
    more: dict[str, Any] = {}
    if small:
        host, port = served.base_url.removeprefix("http://").split(":")
        pipe = sockets.socket()
        pipe.setsockopt(sockets.SOL_SOCKET, sockets.SO_RCVBUF, 8 * 1024)
        pipe.connect((host, int(port)))
        pipe.setblocking(False)
        more = {"sock": pipe, "max_queue": 1}
    async with connect(
        served.ws_url + path, subprotocols=[Subprotocol(wire.PROTOCOL)], compression=None, proxy=None,
        ping_interval=None, origin=Origin(origin) if origin else None, close_timeout=1, max_size=None, **more,
    ) as socket:  # fmt: skip
        yield Bare(socket)


async def a_ticket(served: Served, session: str, token: str | None = None, **headers: str) -> str:
    """A ticket for the public stream."""
    async with served.client(token) as http:
        answer = await http.post(f"/v1/sessions/{session}/tickets", json={}, headers=headers)
        assert answer.status_code in (200, 201), answer.text
        return str(answer.json()["ticket"])


def hello(ticket: Any, after: Any = 0, **more: Any) -> Frame:
    """A first frame."""
    return {"t": "hello", "v": 1, "ticket": ticket, "after": after, **more}


@asynccontextmanager
async def a_socket(
    served: Served, session: str, after: int = 0, token: str | None = None, small: bool = False
) -> AsyncIterator[Bare]:
    """A socket that was welcomed."""
    async with an_open_socket(served, small=small) as bare:
        await bare.send(hello(await a_ticket(served, session, token), after))
        bare.welcome = await bare.frame()
        assert bare.welcome["t"] == "welcome"
        bare.texts.clear()
        yield bare


async def an_interview(served: Served, token: str | None = None, opened: bool = True, **wanted: Any) -> str:
    """A new interview; `opened` waits until the brief was said."""
    async with served.client(token) as http:
        body = {"scenario": "url-shortener", "seed": 3, **wanted}
        answer = await http.post("/v1/sessions", json=body, headers={"Idempotency-Key": a_cmid()})
        assert answer.status_code == 201, answer.text
        id = str(answer.json()["id"])
    if opened:
        async with a_socket(served, id, token=token) as bare:
            await bare.next("agent.final")
    return id


async def act(
    served: Served, session: str, what: str, token: str | None = None, **body: Any
) -> httpx.Response:
    """POST an act on a session, such as `end`."""
    async with served.client(token) as http:
        return await http.post(f"/v1/sessions/{session}/{what}", json=body or None)


async def soon(holds: Callable[[], bool]) -> None:
    """Wait until something holds; it fails where that takes too long."""
    for _ in range(int(WITHIN_S / 0.02)):
        if holds():
            return
        await asyncio.sleep(0.02)
    raise AssertionError("it did not come to hold")


async def head_of(served: Served, session: str) -> int:
    """The last number of the public stream."""
    return (await served.service.index.row(session)).head_public  # type: ignore[arg-type]
