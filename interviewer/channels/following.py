"""A cursor over one stream of a session: what the socket, the long poll and the event stream all read from.

Nothing is queued for anybody. Whoever follows reads the log from where they stand, so a frame that is sent live and
the same frame sent again later are the same text (wire.md P13, P18). What is judged goes out on no stream: a coach is
blind until they have judged themselves, and then reads it on the review.
"""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass

from interviewer.channels import wire
from interviewer.channels.publishing import public
from interviewer.channels.service import Service
from interviewer.interview.events import (
    CoachEvent,
    LineContested,
    RedFlagRaised,
    ScorecardIssued,
    SessionId,
    Stored,
    Stream,
)
from interviewer.interview.state import Interview, apply

MOST_EVENTS = 50
MOST_BYTES = 256 * 1024
"""How much is read and sent at once (wire.md P18)."""

_JUDGED = RedFlagRaised | ScorecardIssued | LineContested | CoachEvent
"""What tells how good the candidate was held to be, or by whom."""


@dataclass(frozen=True)
class Sent:
    """A frame as it goes out: its number in the stream, its text, and the public event in it (None if internal)."""

    seq: int
    text: str
    ev: wire.Ev | None


class Following:
    """A place in a stream. `seq` is the number of the last frame given; `more` tells whether others stood behind it."""

    def __init__(self, service: Service, session: SessionId, stream: Stream) -> None:
        self._service = service
        self._session = session
        self._stream = stream
        self._interview = Interview()
        self.seq = 0
        self.more = False

    async def go_to(self, after: int) -> None:
        """Stand after a number that is not beyond the stream's last one."""
        if self._stream is Stream.internal:
            self.seq = after
            return
        while self.seq < after:
            batch = await self._read(min(500, after - self.seq))
            if not batch:
                return
            for stored in batch:
                self._interview = apply(self._interview, stored)
            self.seq = batch[-1].seq
            await asyncio.sleep(0)

    async def next(self) -> list[Sent]:
        """The frames that follow, at most 50 and about 256 KiB of them; none where there is nothing new."""
        sent: list[Sent] = []
        size = 0
        batch = await self._read(MOST_EVENTS)
        for stored in batch:
            after = apply(self._interview, stored) if stored.stream is Stream.public else self._interview
            frame = _framed(stored, after)
            size += len(frame.text.encode())
            if sent and size > MOST_BYTES:
                break
            sent.append(frame)
            self._interview, self.seq = after, stored.seq
        self.more = len(batch) == MOST_EVENTS or len(sent) < len(batch)
        return sent

    def is_over(self) -> bool:
        """Whether nothing more is to come: the interview has ended and its card can be read."""
        return self._interview.ended is not None and self._interview.card_ready

    async def _read(self, limit: int) -> list[Stored]:
        return await self._service.log.read(self._session, self.seq, self._stream, limit)


def _framed(stored: Stored, after: Interview) -> Sent:
    if stored.stream is Stream.internal:
        return Sent(stored.seq, _internal(stored), None)
    ev = public(stored, after)
    return Sent(stored.seq, ev.model_dump_json(by_alias=True), ev)


def _internal(stored: Stored) -> str:
    """The frame of an event that only coaches see: as it is stored, or empty where it judges, so that numbers have no hole."""
    judged = isinstance(stored.event, _JUDGED)
    frame = {
        "t": "ev",
        "seq": stored.seq,
        "ts": stored.at.isoformat(),
        "kind": stored.event.kind,
        "data": {} if judged else stored.event.model_dump(mode="json", exclude={"kind"}),
    }
    return json.dumps(frame, ensure_ascii=False)
