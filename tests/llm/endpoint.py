"""An OpenAI-compatible endpoint on loopback that answers as it is told to, byte by byte, and keeps what it was asked.

An answer is a script: steps that are played in order, so that a reset, a drip, half a character or a flood can stand
anywhere in it. `says(text)` is an ordinary answer; `fails(status)` an ordinary refusal. Deadlines are the caller's:
whatever a script waits for ends as soon as the caller hangs up.
"""

from __future__ import annotations

import asyncio
import json
import socket
import struct
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, Literal, assert_never

DONE = b"data: [DONE]\n\n"
KEEP_ALIVE = b": still here\n\n"


@dataclass(frozen=True)
class Head:
    """The status line and headers. `framing`: chunks (a cut is seen as one), or `close`, where the body ends with the connection."""

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=lambda: {"content-type": "text/event-stream"})
    framing: Literal["chunks", "close"] = "chunks"


@dataclass(frozen=True)
class Send:
    """Some bytes of the body, as one chunk; again and again where `times` is more than one, endlessly where it is None."""

    data: bytes
    times: int | None = 1
    every_s: float = 0.0


@dataclass(frozen=True)
class Raw:
    """Bytes as they are, outside any framing."""

    data: bytes


@dataclass(frozen=True)
class Wait:
    """So many seconds of silence."""

    seconds: float


@dataclass(frozen=True)
class Cut:
    """The connection is closed here, whatever was still to come."""


@dataclass(frozen=True)
class Reset:
    """The connection is reset here (RST)."""


Step = Head | Send | Raw | Wait | Cut | Reset
Script = Sequence[Step]


@dataclass
class Asked:
    """One request that came. `ended` is None while it is being answered; `dropped` where the caller hung up first."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes
    connection: int
    ended: Literal["whole", "dropped", "broken"] | None = None

    @property
    def json(self) -> Any:  # Any: JSON
        """The body as JSON."""
        return json.loads(self.body)


def frame(
    text: str | None = None,
    finish: str | None = None,
    *,
    index: int = 0,
    usage: tuple[int, int] | None = None,
    **delta: Any,
) -> bytes:
    """One event of a stream. `usage` is tokens of the prompt and of the answer; `delta` holds anything else, such as `refusal`."""
    said = {**({} if text is None else {"content": text}), **delta}
    body: dict[str, Any] = {
        "id": "c1",
        "object": "chat.completion.chunk",
        "created": 1,
        "model": "fake",
        "choices": [{"index": index, "delta": said, "finish_reason": finish}],
    }
    if usage:
        body["choices"] = body["choices"] if said or finish else []
        body["usage"] = {
            "prompt_tokens": usage[0],
            "completion_tokens": usage[1],
            "total_tokens": sum(usage),
        }
    return event(body)


def event(body: Any) -> bytes:  # Any: JSON
    """Any JSON as one event of a stream."""
    return b"data: " + json.dumps(body, ensure_ascii=False).encode() + b"\n\n"


def says(
    text: str,
    *,
    finish: str | None = "stop",
    usage: tuple[int, int] | None = (100, 20),
    gap_s: float = 0.0,
    first_s: float = 0.0,
) -> tuple[Step, ...]:
    """An answer word by word: after `first_s` seconds the first, `gap_s` between words, then the finish, the usage and [DONE]."""
    words = text.split(" ")
    pieces = [f"{word} " for word in words[:-1]] + words[-1:]
    steps: list[Step] = [Wait(first_s)] if first_s else []
    steps += [Head(), Send(frame("", role="assistant"))]
    for number, piece in enumerate(pieces):
        steps += [Wait(gap_s)] if gap_s and number else []
        steps.append(Send(frame(piece)))
    steps += [Send(frame(finish=finish))] if finish else []
    steps += [Send(frame(usage=usage))] if usage else []
    return (*steps, Send(DONE))


def streams(*data: bytes) -> tuple[Step, ...]:
    """An event stream of these bytes, each a chunk of its own."""
    return (Head(), *(Send(one) for one in data))


def fails(
    status: int, message: str = "no", headers: Mapping[str, str] | None = None, **error: Any
) -> tuple[Step, ...]:
    """An error as OpenAI's look: {"error": {"message": …}}."""
    body = json.dumps({"error": {"message": message, "type": "error", "code": None, "param": None, **error}})
    return (Head(status, {"content-type": "application/json", **(headers or {})}), Send(body.encode()))


def tells(body: bytes | str, content_type: str = "application/json", status: int = 200) -> tuple[Step, ...]:
    """One whole body of any type."""
    data = body.encode() if isinstance(body, str) else body
    return (Head(status, {"content-type": content_type}), *([Send(data)] if data else []))


class Endpoint:
    """The fake. Set what it `plays`, or an `answer` by what is asked; see what it was `asked`.

    `busy` answers are under way, `open` connections are up. It names its `models`, or plays `listing` instead.
    """

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.answer: Callable[[Asked], Script] = lambda _: says("Very well.")
        self.models: tuple[str, ...] = ("fake",)
        self.listing: Script | None = None
        self.url = ""
        self.connections: set[asyncio.Task[None]] = set()
        self._count = 0
        self._change = asyncio.Event()

    def plays(self, *scripts: Script) -> None:
        """The next requests are answered by these in order, all later ones by the last."""
        left = list(scripts)
        self.answer = lambda _: left.pop(0) if len(left) > 1 else left[0]

    @property
    def chats(self) -> list[Asked]:
        """The requests that asked for an answer."""
        return [one for one in self.asked if one.path.endswith("/chat/completions")]

    @property
    def busy(self) -> int:
        """How many answers are under way."""
        return sum(one.ended is None for one in self.asked)

    @property
    def open(self) -> int:
        """How many connections are up, idle ones too."""
        return len(self.connections)

    async def reached(self, chats: int = 1, within_s: float = 1.0) -> None:
        """Until so many requests for an answer have come. Raises TimeoutError."""
        async with asyncio.timeout(within_s):
            while len(self.chats) < chats:
                await self._changed()

    async def settled(self, within_s: float = 1.0) -> None:
        """Until no answer is under way any more. Raises TimeoutError."""
        async with asyncio.timeout(within_s):
            while self.busy:
                await self._changed()

    async def deserted(self, within_s: float = 1.0) -> None:
        """Until no connection is up any more. Raises TimeoutError."""
        async with asyncio.timeout(within_s):
            while self.open:
                await self._changed()

    async def _changed(self) -> None:
        self._change.clear()
        await self._change.wait()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self.connections.add(task)
        self._count += 1
        try:
            with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
                number = self._count
                while (asked := await _read(reader, number)) is not None:
                    self.asked.append(asked)
                    self._change.set()
                    script = self._script(asked)
                    try:
                        asked.ended = await _play(script, reader, writer)
                    finally:
                        asked.ended = asked.ended or "dropped"
                        self._change.set()
                    if asked.ended != "whole":
                        break
        finally:
            self.connections.discard(task)
            self._change.set()
            writer.close()

    def _script(self, asked: Asked) -> Script:
        if asked.path.endswith("/models"):
            return self.listing or tells(
                json.dumps(
                    {"object": "list", "data": [{"id": one, "object": "model"} for one in self.models]}
                )
            )
        return self.answer(asked)

    async def aclose(self) -> None:
        """Cut whatever is still up."""
        tasks = list(self.connections)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


@asynccontextmanager
async def serving(port: int = 0) -> AsyncIterator[Endpoint]:
    """An endpoint on loopback, at `url` (…/v1), for as long as the block lasts."""
    endpoint = Endpoint()
    server = await asyncio.start_server(endpoint._connected, "127.0.0.1", port, limit=1 << 22, backlog=512)
    endpoint.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
    try:
        yield endpoint
    finally:
        server.close()
        await endpoint.aclose()
        await server.wait_closed()


def dead_url() -> str:
    """An address on loopback where nobody listens."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{sock.getsockname()[1]}/v1"


async def _read(reader: asyncio.StreamReader, connection: int) -> Asked | None:
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError:
        return None
    first, *lines = head.decode("latin-1").rstrip().split("\r\n")
    method, path, _ = first.split(" ", 2)
    headers = {
        name.strip().lower(): value.strip() for name, _, value in (one.partition(":") for one in lines)
    }
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    return Asked(method, path, headers, body, connection)


async def _play(
    script: Script, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> Literal["whole", "dropped", "broken"]:
    """How it ended: `broken` where the script cut the connection."""
    framing = "chunks"
    headed = False
    for step in script:
        match step:
            case Head():
                framing, headed = step.framing, True
                writer.write(_head(step))
            case Send():
                data = step.data if framing == "close" else b"%x\r\n%b\r\n" % (len(step.data), step.data)
                sent = 0
                while step.times is None or sent < step.times:
                    if sent and not await _waited(step.every_s, reader):
                        return "dropped"
                    writer.write(data)
                    await writer.drain()
                    sent += 1
                await asyncio.sleep(0)
            case Raw():
                writer.write(step.data)
            case Wait():
                await writer.drain()
                if not await _waited(step.seconds, reader):
                    return "dropped"
            case Cut():
                await writer.drain()
                return "broken"
            case Reset():
                _reset(writer)
                return "broken"
            case _:
                assert_never(step)
    if not headed:
        return "broken"
    if framing == "chunks":
        writer.write(b"0\r\n\r\n")
    await writer.drain()
    return "whole" if framing == "chunks" else "broken"


def _head(head: Head) -> bytes:
    framing = ("transfer-encoding", "chunked") if head.framing == "chunks" else ("connection", "close")
    lines = [f"{name}: {value}" for name, value in (*head.headers.items(), framing)]
    return "\r\n".join([f"HTTP/1.1 {head.status} Told", *lines, "", ""]).encode("latin-1")


async def _waited(seconds: float, reader: asyncio.StreamReader) -> bool:
    """False where the caller hung up meanwhile."""
    if not seconds:
        await asyncio.sleep(0)
        return not reader.at_eof()
    try:
        async with asyncio.timeout(seconds):
            return bool(await reader.read(1))
    except TimeoutError:
        return True


def _reset(writer: asyncio.StreamWriter) -> None:
    sock = writer.get_extra_info("socket")
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()
