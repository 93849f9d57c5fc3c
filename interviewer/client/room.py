"""An interview followed live over a socket: every event applied once and in order, everything said kept exactly once.

The connection may be lost at any moment; it is made again from the last event applied, and whatever was not acked is
said again under the same id. What a close code asks for is in closing.py; the rules are numbered in the tests.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import datetime, timedelta
from types import TracebackType
from typing import Literal, Protocol, Self, assert_never

from websockets.exceptions import ConnectionClosed

from interviewer.channels import resources, wire
from interviewer.channels.room import Room
from interviewer.client.closing import LOST, Then, asked_by
from interviewer.client.connection import Connection, Patience, an_open_socket, greeted
from interviewer.client.follower import Answered, Follower
from interviewer.client.outbox import Kept, Outbox
from interviewer.errors import BadInput, Closed, InterviewerError, NotSignedIn, Unavailable

MOST_TICKETS = 2
"""How often in a row a refused ticket is replaced by a new one (4014)."""


class Desk(Protocol):
    """What a live room asks for by HTTP."""

    async def ticket(self, id: str) -> str:
        """A ticket for one socket."""
        ...

    async def snapshot(self, id: str) -> resources.Snapshot:
        """The room folded at the last seq there is."""
        ...


class LiveRoom:
    """One session's room, kept up to date while the context is open. Made by `Client.room`."""

    def __init__(
        self,
        desk: Desk,
        id: str,
        url: str,
        after: int,
        onto: Room | None,
        chance: Callable[[], float],
        new_id: Callable[[], str],
        patience: Patience,
    ) -> None:
        self._desk = desk
        self._id = id
        self._url = url
        self._chance = chance
        self._new_id = new_id
        self._patience = patience
        self._follower = Follower(after, onto)
        self._outbox = Outbox()
        self._said = 0
        self._epoch: str | None = None
        self._clock: tuple[datetime, float] | None = None
        self._link: Connection | None = None
        self._over: InterviewerError | None = None
        self._news = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self.connects = 0
        self.close_code: int | None = None

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._live(), name=f"room {self._id}")
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._task is None:
            return
        self._task.cancel()
        await asyncio.wait({self._task})
        self._stop(Closed("The room was left."))
        if not self._task.cancelled() and (fault := self._task.exception()) is not None and error is None:
            raise fault

    @property
    def view(self) -> Room:
        """The room as it stands."""
        return self._follower.room

    @property
    def last(self) -> int:
        """The seq of the last event applied."""
        return self._follower.last

    @property
    def said(self) -> int:
        """The seq of the last message that was said here and is kept."""
        return self._said

    @property
    def applied(self) -> Sequence[wire.Ev]:
        """Every event applied since the room was entered, in order."""
        return self._follower.frames

    def now(self) -> datetime | None:
        """The moment by the server's clock; None before the first connection."""
        if self._clock is None:
            return None
        at, heard_at = self._clock
        return at + timedelta(seconds=asyncio.get_running_loop().time() - heard_at)

    @property
    def connected(self) -> bool:
        """Whether there is a good connection at this moment."""
        return self._link is not None

    @property
    def over(self) -> InterviewerError | None:
        """Why nothing more will come, None while the room lives."""
        return self._over

    @property
    def unsent(self) -> int:
        """How many messages wait for their acks."""
        return len(self._outbox)

    async def say(self, text: str, board_rev: int | None = None, cmid: str | None = None) -> Kept:
        """Say something; returns when it is durable. Raises BadInput, Closed or MessageConflict where it never can be.

        The id is minted once, here, and kept for every try; cancelling stops the waiting, not the message.
        """
        if self._over is not None:
            raise self._over
        try:
            size = len(text.encode())
        except UnicodeEncodeError as error:
            raise BadInput("The message has characters that are none.") from error
        if size > wire.MOST_BODY_BYTES:
            raise BadInput(f"A message holds {wire.MOST_BODY_BYTES // 1024} KiB at most.")
        kept = self._outbox.put(cmid or self._new_id(), text, board_rev)
        if self._link is not None:
            self._link.wake()
        done = await asyncio.shield(kept)
        self._said = max(self._said, done.seq)
        return done

    async def sign(self, kind: Literal["typing", "drawing", "hold"], on: bool) -> None:
        """Tell that one is typing, drawing, or wants to hold the floor; it may be lost."""
        if self._link is not None:
            await self._link.send({"t": "eph", "kind": kind, "on": on})

    async def answered(self, since: int | None = None) -> Answered:
        """Wait for the answer to all that stands at the seq `since`, by default to what was said here last.

        Raises what ended the room where that comes first.
        """
        wanted = self._said if since is None else since
        while True:
            news = self._news
            if (answered := self._follower.answered(wanted)) is not None:
                return answered
            if self._over is not None:
                raise self._over
            await news.wait()

    async def until(self, holds: Callable[[Room], bool]) -> Room:
        """Wait until something holds of the room, and give the room. Raises what ended the room before."""
        while True:
            news = self._news
            if holds(self.view):
                return self.view
            if self._over is not None:
                raise self._over
            await news.wait()

    async def frames(self) -> AsyncIterator[wire.Ev]:
        """Every event since the room was entered, in order, and on as they come, until the room is over."""
        given = 0
        while True:
            news = self._news
            known = self._follower.frames
            while given < len(known):
                given += 1
                yield known[given - 1]
            if self._over is not None:
                return
            await news.wait()

    async def links(self) -> AsyncIterator[bool]:
        """Whether there is a connection, at every change, until the room is over."""
        last = None
        while True:
            news = self._news
            if self.connected != last:
                last = self.connected
                yield last
            if self._over is not None:
                return
            await news.wait()

    # --- one connection after the other

    async def _live(self) -> None:
        """Connections, one after the other, until the room is over."""
        loop = asyncio.get_running_loop()
        tries, tickets = 0, 0
        try:
            while self._over is None:
                began, before = loop.time(), self.connects
                wait_s: float | None = None
                try:
                    code, reason = await self._connection()
                    tickets = 0 if self.connects > before else tickets + (code == 4014)
                    wait_s = await self._obey(code, reason, tickets)
                except Unavailable:
                    pass
                except InterviewerError as why:
                    self._stop(why)
                if self._over is None:
                    tries = 0 if loop.time() - began >= self._patience.healthy_s else tries
                    bound = min(self._patience.most_s, self._patience.first_s * 2**tries)
                    tries = min(tries + 1, 16)
                    await asyncio.sleep(self._chance() * bound if wait_s is None else wait_s)
        finally:
            self._stop(Closed("The room was left."))  # nobody waits for ever, whatever broke

    async def _connection(self) -> tuple[int, str]:
        """One connection from its ticket to its end: the close code and the reason. Raises Unavailable where none could
        be made."""
        ticket = await self._desk.ticket(self._id)
        async with an_open_socket(self._url, self._patience) as socket:
            try:
                welcome = await greeted(socket, ticket, self.last, self._epoch, self._patience)
                self._link = Connection(socket, welcome, self._follower, self._outbox, self._tell)
                self._epoch = welcome.epoch
                self._clock = welcome.now, asyncio.get_running_loop().time()
                self.connects += 1
                self._tell()
                await self._link.serve(self._patience)
            except ConnectionClosed as closed:
                self.close_code = closed.rcvd.code if closed.rcvd else LOST
                return self.close_code, closed.rcvd.reason if closed.rcvd else ""
            finally:
                self._link = None
                self._tell()
        return LOST, ""

    async def _obey(self, code: int, reason: str, tickets: int) -> float | None:
        """Do what a close code asks for; gives the seconds until the next try where it names them."""
        asked = asked_by(code, reason)
        match asked.then:
            case Then.again:
                pass
            case Then.smaller:
                self._outbox.too_big()
            case Then.snapshot:
                snapshot = await self._desk.snapshot(self._id)
                self._follower.jumped(snapshot.seq, snapshot.room)
                self._epoch = snapshot.epoch
                self._tell()
            case Then.ticket:
                if tickets > MOST_TICKETS:
                    self._stop(NotSignedIn("The server takes none of its own tickets."))
            case Then.stop:
                self._stop(asked.why or Closed("The server ended the connection."))
            case never:
                assert_never(never)
        return asked.wait_s

    def _stop(self, why: InterviewerError) -> None:
        if self._over is None:
            self._over = why
            self._outbox.give_up(why)
            self._tell()

    def _tell(self) -> None:
        """Wake everybody who waits for something to change."""
        self._news.set()
        self._news = asyncio.Event()
