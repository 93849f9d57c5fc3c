"""The log over SQL: SQLite on one machine, PostgreSQL later with the same statements.

An append is one transaction that holds the session's row from its first statement. Hence the numbers have no
gap and follow the order of the commits, and a reader never meets n + 1 before n (wire.md 3.2).
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Row, Select, delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from interviewer.errors import Conflict
from interviewer.interview.events import (
    SCHEMA,
    Event,
    InterviewerChunk,
    InterviewerSpoke,
    MoveChosen,
    SessionId,
    Stored,
    Stream,
    TurnFailed,
    TurnRestarted,
    TurnStarted,
    read_event,
    stored,
)
from interviewer.store import tables
from interviewer.store.database import empty_journal, open_database, reading, unbroken
from interviewer.store.log import (
    Batch,
    Heads,
    Now,
    SessionRow,
    State,
    check_after,
    cmid_of,
    number,
    state_after,
)

_session = tables.session.c
_event = tables.event.c


@asynccontextmanager
async def open_log(url: str, now: Now) -> AsyncIterator[SqlLog]:
    """The log in the database behind `url`, up to date; closed after the block. Raises as open_database."""
    async with open_database(url) as engine:
        yield SqlLog(engine, now)


class SqlLog:
    """An EventLog in the tables of `engine`. `now` gives the moment that events are stamped with."""

    def __init__(self, engine: AsyncEngine, now: Now) -> None:
        self._engine = engine
        self._reading = reading(engine)
        self._now = now

    async def append(self, session: SessionId, after: int, events: Sequence[Event]) -> list[Stored]:
        return await unbroken(self._append(session, after, events))

    async def read(
        self, session: SessionId, since: int = 0, stream: Stream | None = None, limit: int | None = None
    ) -> list[Stored]:
        counted = _event.pos if stream is None else _event.seq
        query = select(tables.event).where(_event.session_id == session, counted > since).order_by(counted)
        if stream is not None:
            query = query.where(_event.stream == stream.value)
        return [_as_stored(row) for row in await unbroken(self._rows(query.limit(limit)))]

    async def forget(self, session: SessionId) -> None:
        await unbroken(self._forget(session))

    async def sessions(self) -> list[SessionRow]:
        query = select(tables.session).order_by(_session.last_at.desc(), _session.id.desc())
        return [_as_session_row(row) for row in await unbroken(self._rows(query))]

    async def _append(self, session: SessionId, after: int, events: Sequence[Event]) -> list[Stored]:
        try:
            async with self._engine.begin() as db:
                return await self._append_in(db, session, after, events)
        except IntegrityError as error:
            raise Conflict(
                f"session {session}: somebody else appended at the same moment, or the turn has its answer "
                "already: read it again"
            ) from error

    async def _append_in(
        self, db: AsyncConnection, session: SessionId, after: int, events: Sequence[Event]
    ) -> list[Stored]:
        place = await _lock(db, session)
        heads = place.heads if place else Heads()
        batch = number(session, heads, self._now(), events, await _messages(db, session, events))
        if batch.fresh:
            check_after(session, after, heads.total)
            await _advance(db, session, place, batch)
            await db.execute(insert(tables.event), [_as_row(item) for item in batch.fresh])
        return batch.answer

    async def _rows(self, query: Select[Any]) -> Sequence[Row[Any]]:  # Any: rows of any table
        async with self._reading.connect() as db:
            rows: Sequence[Row[Any]] = (await db.execute(query)).all()
            return rows

    async def _forget(self, session: SessionId) -> None:
        async with self._engine.begin() as db:
            await db.execute(delete(tables.event).where(_event.session_id == session))
            await db.execute(delete(tables.session).where(_session.id == session))
        await empty_journal(self._engine)


class _Place(NamedTuple):
    """Where a session stands before an append."""

    heads: Heads
    state: State


async def _lock(db: AsyncConnection, session: SessionId) -> _Place | None:
    query = select(_session.head_public, _session.head_internal, _session.state).where(_session.id == session)
    row = (await db.execute(query.with_for_update())).one_or_none()
    return row and _Place(Heads(row.head_public, row.head_internal), row.state)


async def _messages(db: AsyncConnection, session: SessionId, events: Sequence[Event]) -> dict[str, Stored]:
    cmids = [cmid for event in events if (cmid := cmid_of(event))]
    if not cmids:
        return {}
    query = select(tables.event).where(_event.session_id == session, _event.cmid.in_(cmids))
    return {row.cmid: _as_stored(row) for row in await db.execute(query)}


async def _advance(db: AsyncConnection, session: SessionId, place: _Place | None, batch: Batch) -> None:
    at: datetime = batch.fresh[-1].at
    values = {
        "head_public": batch.heads.public,
        "head_internal": batch.heads.internal,
        "state": state_after(place.state if place else "open", (item.event for item in batch.fresh)),
        "schema_version": SCHEMA,
        "last_at": at,
    }
    if place is None:
        await db.execute(insert(tables.session).values(id=session, started_at=at, **values))
    else:
        await db.execute(update(tables.session).where(_session.id == session).values(**values))


def _as_row(item: Stored) -> dict[str, object]:
    return {
        "session_id": item.session,
        "stream": item.stream.value,
        "seq": item.seq,
        "pos": item.pos,
        "kind": item.event.kind,
        "at": item.at,
        "cmid": cmid_of(item.event),
        "turn_id": _turn_of(item.event),
        "body": item.event.model_dump_json(),
    }


def _as_stored(row: Row[Any]) -> Stored:  # Any: see _rows
    return stored(SessionId(row.session_id), row.pos, row.seq, row.at, read_event(row.body))


def _as_session_row(row: Row[Any]) -> SessionRow:  # Any: see _rows
    head = row.head_public + row.head_internal
    return SessionRow(SessionId(row.id), row.started_at, row.last_at, head, row.state)


def _turn_of(event: Event) -> str | None:
    match event:
        case (
            TurnStarted()
            | InterviewerChunk()
            | TurnRestarted()
            | InterviewerSpoke()
            | TurnFailed()
            | MoveChosen()
        ):
            return event.turn
        case _:
            return None
