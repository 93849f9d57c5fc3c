"""One open socket: from its hello to its end, by the numbered rules of wire.md 2.

A connection is a cursor over one stream and a way to say something; nothing is queued for it. One task reads what the
client sends, one sends what the log holds, one keeps the heartbeat, and one watches whether it may go on.
"""

from __future__ import annotations

import asyncio
import json
from contextlib import nullcontext
from dataclasses import dataclass
from typing import assert_never

from pydantic import BaseModel, ValidationError
from starlette.websockets import WebSocket, WebSocketDisconnect

from interviewer.auth import Principal, Role
from interviewer.channels import wire
from interviewer.channels.access import origin_of, reach, signed_out
from interviewer.channels.closing import Closing, Code, Left
from interviewer.channels.following import Following
from interviewer.channels.presence import Presence
from interviewer.channels.service import Service
from interviewer.channels.tally import Tally
from interviewer.errors import (
    BadInput,
    InterviewerError,
    MessageConflict,
    NotFound,
    NotNow,
    NotSignedIn,
)
from interviewer.interview.events import Stream
from interviewer.store.accounts import TicketUse
from interviewer.store.cache import Bell, bell_of
from interviewer.store.index import Row

FRAMES_PER_S, FRAMES_AT_ONCE = 50.0, 400.0
"""More frames than these close the connection; nobody types so fast."""

SIGNS_PER_S, SIGNS_AT_ONCE = 2.0, 6.0
"""More signs (typing, drawing, hold) than these are passed over, since signs may be lost (P15)."""

GIVEN_UP_AFTER = 2.5
"""How many heartbeats may stay without an answer (P17)."""

COME_BACK_MS = 3000
"""Over how long the clients of a process that goes away spread their return."""


class Connection:
    """A socket that was accepted. `name` is its id, made of hexadecimal digits."""

    def __init__(
        self, service: Service, socket: WebSocket, tally: Tally, presence: Presence, name: str
    ) -> None:
        self._service = service
        self._limits = service.limits
        self._socket = socket
        self._tally = tally
        self._presence = presence
        self._name = name
        self._heard_at = 0.0
        self._first_refused: _Refused | None = None

    async def serve(self) -> None:
        """Serve the client until one side ends it. Raises Closing with the reason, or Left."""
        hello = await self._hello()
        use, row = await self._admitted(hello)
        cache, account = self._service.cache, use.account.id
        with self._tally.counted(account):
            async with (
                cache.listening(bell_of(row.id)) as bell,
                cache.listening(signed_out(account)) as out,
                self._presence.of(row.id) if _speaks(use, row) else nullcontext(),
            ):
                following = await self._standing(hello, use, row)
                try:
                    async with asyncio.TaskGroup() as tasks:
                        tasks.create_task(self._listen(use, row))
                        tasks.create_task(self._pump(following, bell, row))
                        tasks.create_task(self._beat(use, row))
                        tasks.create_task(self._watch(out, use, row))
                        tasks.create_task(self._drain())
                except ExceptionGroup as group:
                    raise _first(group) from None

    # --- opening

    async def _hello(self) -> wire.Hello:
        try:
            async with asyncio.timeout(self._limits.hello_s):
                frame = await self._read()
        except TimeoutError:
            raise Closing(Code.bad_frame) from None
        if not isinstance(frame, wire.Hello):
            raise Closing(Code.bad_frame)
        return frame

    async def _admitted(self, hello: wire.Hello) -> tuple[TicketUse, Row]:
        """What the ticket admits to. An unknown session and somebody else's end alike (P6)."""
        try:
            use = await self._service.accounts.use_ticket(hello.ticket, origin_of(self._socket))
        except NotSignedIn:
            raise Closing(Code.ticket) from None
        if self._tally.of(use.account.id) >= self._limits.sockets_each:
            raise Closing(Code.rate, COME_BACK_MS)
        return use, await self._reached(use)

    async def _reached(self, use: TicketUse) -> Row:
        if use.stream is Stream.internal and not use.account.may(Role.coach):
            raise Closing(Code.not_available)
        try:
            return await reach(self._service, Principal(use.account, "ticket"), use.session)
        except NotFound:
            raise Closing(Code.not_available) from None

    async def _standing(self, hello: wire.Hello, use: TicketUse, row: Row) -> Following:
        """The place from which the client goes on; it is welcomed there (P4, P5)."""
        row = await self._reached(use)  # once more, since bells are listened to only now
        head = _head(use.stream, row)
        if hello.after > head or hello.epoch not in (None, self._service.epoch):
            raise Closing(Code.position_unknown)
        following = Following(self._service, row.id, use.stream)
        await following.go_to(hello.after)
        limits = self._limits
        welcome = wire.Welcome(
            conn=self._name,
            head=head,
            epoch=self._service.epoch,
            hb=limits.hb_s,
            max=wire.MOST_BODY_BYTES,
            win=limits.window,
            rate=wire.Rate(burst=limits.burst, per_s=limits.per_s),
            now=self._service.clock(),
        )
        await self._tell(welcome)
        return following

    # --- receiving

    async def _listen(self, use: TicketUse, row: Row) -> None:
        speaks = _speaks(use, row)
        cache = self._service.cache
        while True:
            frame = await self._read()
            self._heard_at = asyncio.get_running_loop().time()
            if speaks:
                await self._presence.seen(row.id)
            if await cache.allow(f"frames:{self._name}", FRAMES_PER_S, FRAMES_AT_ONCE):
                raise Closing(Code.rate, COME_BACK_MS)
            match frame:
                case wire.Msg():
                    await self._tell(
                        await self._in_order(frame, use, row) if speaks else _nack(frame, "invalid")
                    )
                case wire.Sign():
                    if speaks and not await cache.allow(f"signs:{self._name}", SIGNS_PER_S, SIGNS_AT_ONCE):
                        await self._signed(frame, row)
                case wire.Heartbeat():
                    pass
                case wire.Nack():
                    await self._tell(frame)
                case wire.Hello():
                    raise Closing(Code.bad_frame)
                case _:
                    assert_never(frame)

    async def _in_order(self, message: wire.Msg, use: TicketUse, row: Row) -> wire.Ack | wire.Nack:
        """What is to come again comes before what was sent after it: until then the later ones wait as well (P11)."""
        now = asyncio.get_running_loop().time()
        first = self._first_refused
        if first is not None and first.cmid != message.cmid and now < first.until:
            return _nack(message, first.code, max(50, round((first.until - now) * 1000)))
        answer = await self._said(message, use, row)
        self._first_refused = None
        if isinstance(answer, wire.Nack) and answer.retry_ms is not None:
            self._first_refused = _Refused(message.cmid, answer.code, now + answer.retry_ms / 1000)
        return answer

    async def _said(self, message: wire.Msg, use: TicketUse, row: Row) -> wire.Ack | wire.Nack:
        if len(message.body.encode()) > wire.MOST_BODY_BYTES:
            return _nack(message, "too_long")
        limits = self._limits
        wait_s = await self._service.cache.allow(f"say:{use.account.id}:{row.id}", limits.per_s, limits.burst)
        if wait_s > 0:
            return _nack(message, "rate", max(50, round(wait_s * 1000)))
        try:
            heard = await self._service.host.hear(row.id, message.body, message.cmid, message.board_rev)
        except NotFound:
            raise Closing(Code.not_available) from None
        except InterviewerError as error:
            return _refused(message, error)
        return wire.Ack(cmid=message.cmid, seq=heard.stored.seq, dup=heard.dup)

    async def _signed(self, sign: wire.Sign, row: Row) -> None:
        try:
            await self._service.host.sign(row.id, sign.kind, sign.on)
        except NotFound:
            raise Closing(Code.not_available) from None
        except InterviewerError:
            return  # a sign may be lost

    async def _read(self) -> wire.FromClient | wire.Nack:
        """The next frame; for a message that cannot be kept as it is, the answer to it."""
        received = await self._socket.receive()
        if received["type"] == "websocket.disconnect":
            raise Left
        text = received.get("text")
        if text is None:
            raise Closing(Code.binary)
        try:
            return wire.CLIENT_FRAMES.validate_json(text)
        except ValidationError:
            refused = _no_message(text)
            if refused is None:
                raise Closing(Code.bad_frame) from None
            return refused

    # --- sending

    async def _pump(self, following: Following, bell: Bell, row: Row) -> None:
        rang = False
        while True:
            sent = await following.next()
            for frame in sent:
                await self._send(frame.text)
            if following.more:
                continue
            if following.is_over():
                raise Closing(Code.session_closed)
            if rang and not sent:  # perhaps it was forgotten
                await self._head(row)
            rang = await bell.wait(self._limits.poll_s)

    async def _beat(self, use: TicketUse, row: Row) -> None:
        half_s = self._limits.hb_s / 2
        loop = asyncio.get_running_loop()
        self._heard_at = loop.time()
        while True:
            for _ in range(2):
                await asyncio.sleep(half_s)
                if loop.time() - self._heard_at > GIVEN_UP_AFTER * self._limits.hb_s:
                    raise Closing(Code.no_heartbeat)
            await self._tell(wire.Beat(head=_head(use.stream, await self._head(row))))

    async def _head(self, row: Row) -> Row:
        try:
            return await self._service.index.row(row.id)
        except NotFound:
            raise Closing(Code.not_available) from None

    async def _tell(self, frame: BaseModel) -> None:
        await self._send(frame.model_dump_json(by_alias=True))

    async def _send(self, text: str) -> None:
        try:
            async with asyncio.timeout(self._limits.send_s):
                await self._socket.send_text(text)
        except TimeoutError:
            raise Closing(Code.slow) from None
        except (WebSocketDisconnect, RuntimeError):  # it was closed meanwhile
            raise Left from None

    # --- whether it may go on

    async def _watch(self, out: Bell, use: TicketUse, row: Row) -> None:
        accounts = self._service.accounts
        by = await accounts.sign_ins(use.account.id)
        while True:
            if await out.wait(self._limits.signed_in_s):
                raise Closing(Code.ticket)  # somebody signed out; who is still signed in gets another ticket
            try:
                account = await accounts.get(use.account.id)
            except NotFound:
                raise Closing(Code.not_signed_in) from None
            if not by & await accounts.sign_ins(account.id):
                raise Closing(Code.ticket)  # signed out by another process, which rings no bell of ours
            await self._reached(TicketUse(account, row.id, use.stream))

    async def _drain(self) -> None:
        await self._tally.draining.wait()
        raise Closing(Code.drain, int(self._name[:4], 16) % COME_BACK_MS)


@dataclass(frozen=True)
class _Refused:
    """A message that is to come again, and until when (by the loop's clock) those after it wait for it."""

    cmid: str
    code: wire.NackCode
    until: float


def _first(group: ExceptionGroup[Exception]) -> Exception:
    """Why the tasks ended: a defect counts before a reason of ours, and that before the client's going."""
    return min(group.exceptions, key=lambda error: (isinstance(error, Left), isinstance(error, Closing)))


def _speaks(use: TicketUse, row: Row) -> bool:
    """Whether it is the candidate's own socket, and not somebody's who listens in."""
    return row.owner == use.account.id and use.stream is Stream.public


def _head(stream: Stream, row: Row) -> int:
    return row.head_public if stream is Stream.public else row.head_internal


def _nack(message: wire.Msg, code: wire.NackCode, retry_ms: int | None = None) -> wire.Nack:
    return wire.Nack(cmid=message.cmid, code=code, retry_ms=retry_ms)


def _refused(message: wire.Msg, error: InterviewerError) -> wire.Nack:
    match error:
        case MessageConflict():
            return _nack(message, "conflict")
        case NotNow():
            return _nack(message, "closed")
        case BadInput():
            return _nack(message, "invalid")
        case _:
            return _nack(message, "unavailable", 1000)


def _no_message(text: str) -> wire.Nack | None:
    """The answer to a message that is none, by its body or its board, where it tells which it is; else None.

    A body may hold half a character, which JSON can write and no text can hold.
    """
    try:
        frame = json.loads(text)
        if frame["t"] != "msg":
            return None
        return wire.Nack(cmid=wire.Msg(t="msg", cmid=frame["cmid"], body="").cmid, code="invalid")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
