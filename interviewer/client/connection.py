"""One connection to a session's stream, from its hello to its end: events go to the follower, messages leave in order.

It ends when the server closes it, when it is silent for too long, or when something was missed; whoever opened it then
opens another. What is lost with it is nothing: the follower knows where it stood, the outbox what was not acked.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import assert_never

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidStatus
from websockets.typing import Subprotocol

from interviewer.channels import wire
from interviewer.client.follower import Applied, Follower
from interviewer.client.outbox import Outbox
from interviewer.client.reading import Unknown, read_frame
from interviewer.errors import BadInput, NotSignedIn, Unavailable

MOST_FRAME_BYTES = 8 * 1024 * 1024
"""A reading of a large board is the longest frame a server sends."""

ON_THEIR_WAY = 1
"""Fewer than the window allows (P11): a message that is put off must not be overtaken by the one after it."""


@dataclass(frozen=True)
class Patience:
    """How long things may take, in seconds. Waits between tries are drawn from 0 to a bound that doubles from `first_s`
    to `most_s`, and begins anew after `healthy_s` of a good connection; `beats` intervals without a frame are too many."""

    first_s: float = 0.25
    most_s: float = 20.0
    healthy_s: float = 30.0
    welcome_s: float = 10.0
    beats: float = 2.5


@asynccontextmanager
async def an_open_socket(url: str, patience: Patience) -> AsyncIterator[ClientConnection]:
    """A socket that nothing was said on yet. Raises Unavailable where none can be had, NotSignedIn where it is refused."""
    try:
        async with connect(
            url, subprotocols=[Subprotocol(wire.PROTOCOL)], compression=None, proxy=None,
            max_size=MOST_FRAME_BYTES, ping_interval=None, close_timeout=1, open_timeout=patience.welcome_s,
        ) as socket:  # fmt: skip
            yield socket
    except InvalidStatus as refused:
        if refused.response.status_code in (401, 403):
            raise NotSignedIn("The server does not take connections from here.") from refused
        raise Unavailable("The server refused the connection.") from refused
    except (OSError, InvalidHandshake) as error:  # a TimeoutError is an OSError
        raise Unavailable("The server does not answer.") from error


class Connection:
    """A connection that was welcomed. `news` is called whenever something changed."""

    def __init__(
        self,
        socket: ClientConnection,
        welcome: wire.Welcome,
        follower: Follower,
        outbox: Outbox,
        news: Callable[[], None],
    ) -> None:
        self.welcome = welcome
        self._socket = socket
        self._follower = follower
        self._outbox = outbox
        self._news = news
        self._due = asyncio.Event()
        self._not_before = 0.0
        self._behind: int | None = None

    async def serve(self, patience: Patience) -> None:
        """Take frames, and send what is due, until the connection is no good any more. Raises ConnectionClosed."""
        self._outbox.lost()
        sending = asyncio.create_task(self._send_what_is_due())
        try:
            while True:
                async with asyncio.timeout(self.welcome.hb * patience.beats):
                    good = await self._take(read_frame(await self._socket.recv()))
                if not good:
                    return
        finally:
            sending.cancel()
            await asyncio.wait({sending})

    def wake(self) -> None:
        """There may be something to send."""
        self._due.set()

    async def send(self, frame: dict[str, object]) -> None:
        """Send a frame. One that comes too late is lost, and what must not be lost is said again later."""
        try:
            await self._socket.send(json.dumps(frame, ensure_ascii=False))
        except ConnectionClosed:
            pass  # whoever serves it learns it too

    async def _take(self, frame: wire.FromServer | Unknown) -> bool:
        """Whether the connection is still good after this frame."""
        match frame:
            case wire.Ack():
                self._outbox.acked(frame)
                self.wake()
            case wire.Nack():
                if (wait_s := self._outbox.nacked(frame)) is not None:
                    self._not_before = asyncio.get_running_loop().time() + wait_s
                self.wake()
            case wire.Beat(head=head):
                last = self._follower.last
                await self.send({"t": "hb", "after": last})
                stalled = self._behind is not None and last < self._behind
                self._behind = head if head > last else None
                return not stalled
            case Unknown(seq=seq):
                if seq is not None:
                    self._follower.passed_over(seq)
            case wire.Welcome() | wire.Presence():
                pass
            case _:
                applied = self._follower.apply(frame)
                match applied:
                    case Applied.new:
                        self._news()
                    case Applied.known:
                        pass
                    case Applied.gap:
                        return False
                    case _:
                        assert_never(applied)
        return True

    async def _send_what_is_due(self) -> None:
        """The only one that sends messages, so that they leave in the order in which they were said."""
        loop = asyncio.get_running_loop()
        while True:
            self._due.clear()
            await asyncio.sleep(max(0.0, self._not_before - loop.time()))
            while loop.time() >= self._not_before and (unsent := self._outbox.next_due(ON_THEIR_WAY)):
                frame: dict[str, object] = {"t": "msg", "cmid": unsent.cmid, "body": unsent.body}
                if unsent.board_rev is not None:
                    frame["board_rev"] = unsent.board_rev
                await self.send(frame)
            if loop.time() >= self._not_before:
                await self._due.wait()


async def greeted(
    socket: ClientConnection, ticket: str, after: int, epoch: str | None, patience: Patience
) -> wire.Welcome:
    """The server's welcome to our hello. Raises ConnectionClosed with what it has against it, BadInput, TimeoutError."""
    hello: dict[str, object] = {"t": "hello", "v": 1, "ticket": ticket, "after": after}
    await socket.send(json.dumps(hello if epoch is None else {**hello, "epoch": epoch}))
    async with asyncio.timeout(patience.welcome_s):
        first = read_frame(await socket.recv())
    if not isinstance(first, wire.Welcome):
        raise BadInput("The server does not greet as this program expects; is it of the same version?")
    return first
