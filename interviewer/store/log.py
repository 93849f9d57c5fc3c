"""The log of sessions: what happened, in order, kept for good. The promise, and the version in memory.

An append names the position that its caller has seen, so nobody writes on top of what they have not read.
What an event means is told by `interview/events.py`; here it only gets its numbers and its moment.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal, Protocol

from interviewer.errors import Conflict, MessageConflict
from interviewer.interview.events import (
    CandidateSpoke,
    Event,
    InterviewerSpoke,
    SessionEnded,
    SessionId,
    SessionPaused,
    SessionResumed,
    Stored,
    Stream,
    stored,
)

Now = Callable[[], datetime]
State = Literal["open", "paused", "ended"]


@dataclass(frozen=True)
class SessionRow:
    """A session as lists show it. `head` is the position of its last event; both moments are UTC."""

    id: SessionId
    started_at: datetime
    last_at: datetime
    head: int
    state: State


class EventLog(Protocol):
    """Keeps every session's events. Positions count a session's events from 1, without a gap."""

    async def append(self, session: SessionId, after: int, events: Sequence[Event]) -> list[Stored]:
        """Keep `events`, all or none, and give one Stored for each of them in the same order.

        `after` is the position of the last event that the caller has seen; 0 begins a session. A message
        whose `cmid` was kept before gives the earlier Stored and is not kept twice, and where nothing else is
        new `after` is not looked at, so a resend always succeeds (wire.md P9).
        Raises Conflict when `after` is not the session's head, or when a turn would get a second answer;
        MessageConflict when a `cmid` comes again with another text; Unavailable when the store cannot be
        written now. Then nothing was kept.
        """

    async def read(
        self, session: SessionId, since: int = 0, stream: Stream | None = None, limit: int | None = None
    ) -> list[Stored]:
        """The events after `since`, oldest first, at most `limit` of them; none for an unknown session.

        `since` is a position (`pos`), or with `stream` a number of that stream (`seq`).
        """

    async def forget(self, session: SessionId) -> None:
        """Erase the session and all that was said in it. An unknown session is already forgotten."""

    async def sessions(self) -> list[SessionRow]:
        """Every session, the one with the latest event first."""


class MemoryLog:
    """The log of one process, gone when it ends. `now` gives the moment that events are stamped with."""

    def __init__(self, now: Now) -> None:
        self._now = now
        self._kept: dict[SessionId, list[Stored]] = {}

    async def append(self, session: SessionId, after: int, events: Sequence[Event]) -> list[Stored]:
        kept = self._kept.get(session, [])
        batch = number(session, _heads(kept), self._now(), events, _messages(kept))
        if batch.fresh:
            check_after(session, after, len(kept))
            _check_one_answer_a_turn(session, [*kept, *batch.fresh])
            self._kept[session] = [*kept, *batch.fresh]
        return batch.answer

    async def read(
        self, session: SessionId, since: int = 0, stream: Stream | None = None, limit: int | None = None
    ) -> list[Stored]:
        kept = self._kept.get(session, [])
        if stream is None:
            found = [item for item in kept if item.pos > since]
        else:
            found = [item for item in kept if item.stream == stream and item.seq > since]
        return found[:limit]

    async def forget(self, session: SessionId) -> None:
        self._kept.pop(session, None)

    async def sessions(self) -> list[SessionRow]:
        rows = [_row(session, kept) for session, kept in self._kept.items()]
        return sorted(rows, key=lambda row: (row.last_at, row.id), reverse=True)


@dataclass(frozen=True)
class Heads:
    """How many events each stream of a session holds; both numbers count from 1."""

    public: int = 0
    internal: int = 0

    @property
    def total(self) -> int:
        """The position of the session's last event."""
        return self.public + self.internal

    def with_one_more(self, stream: Stream) -> Heads:
        """The heads once another event is in `stream`."""
        is_public = stream is Stream.public
        return Heads(self.public + is_public, self.internal + (not is_public))


@dataclass(frozen=True)
class Batch:
    """What an append answers, what of it is new, and where the heads are once that is kept."""

    answer: list[Stored]
    fresh: list[Stored]
    heads: Heads


def number(
    session: SessionId, heads: Heads, at: datetime, events: Iterable[Event], messages: Mapping[str, Stored]
) -> Batch:
    """Give `events` their numbers after `heads`; `messages` are the earlier ones by `cmid`.

    Raises MessageConflict when a `cmid` comes again with another text.
    """
    messages = dict(messages)
    at = at.astimezone(UTC)
    answer: list[Stored] = []
    fresh: list[Stored] = []
    for event in events:
        cmid = cmid_of(event)
        item = messages.get(cmid) if cmid else None
        if item is not None:
            _check_same_text(session, event, item)
        else:
            heads = heads.with_one_more(event.stream)
            seq = heads.public if event.stream is Stream.public else heads.internal
            item = stored(session, heads.total, seq, at, event)
            fresh.append(item)
            if cmid:
                messages[cmid] = item
        answer.append(item)
    return Batch(answer, fresh, heads)


def check_after(session: SessionId, after: int, head: int) -> None:
    """Raises Conflict unless the caller has seen exactly what there is."""
    if after != head:
        raise Conflict(f"session {session} is at event {head}, not at {after}: read it again, then append")


def cmid_of(event: Event) -> str | None:
    """The id under which a message of the candidate's is kept only once."""
    return event.cmid if isinstance(event, CandidateSpoke) else None


def state_after(state: State, events: Iterable[Event]) -> State:
    """The state in which `events` leave a session that was in `state`; what has ended stays so."""
    for event in events:
        if state == "ended":
            break
        match event:
            case SessionEnded():
                state = "ended"
            case SessionPaused():
                state = "paused"
            case SessionResumed():
                state = "open"
            case _:
                pass
    return state


def _check_same_text(session: SessionId, event: Event, earlier: Stored) -> None:
    was = earlier.event
    if not (isinstance(event, CandidateSpoke) and isinstance(was, CandidateSpoke) and event.text == was.text):
        raise MessageConflict(
            f"session {session}: event {earlier.pos} already holds another text under message id "
            f"{cmid_of(event)}: send the new text under a new id"
        )


def _check_one_answer_a_turn(session: SessionId, items: Iterable[Stored]) -> None:
    answered: set[str] = set()
    for item in items:
        if isinstance(item.event, InterviewerSpoke):
            if item.event.turn in answered:
                raise Conflict(
                    f"session {session}: turn {item.event.turn} has its answer already: read it again"
                )
            answered.add(item.event.turn)


def _heads(kept: Sequence[Stored]) -> Heads:
    public = sum(item.stream is Stream.public for item in kept)
    return Heads(public, len(kept) - public)


def _messages(kept: Iterable[Stored]) -> dict[str, Stored]:
    return {cmid: item for item in kept if (cmid := cmid_of(item.event))}


def _row(session: SessionId, kept: Sequence[Stored]) -> SessionRow:
    state = state_after("open", (item.event for item in kept))
    return SessionRow(session, kept[0].at, kept[-1].at, len(kept), state)
