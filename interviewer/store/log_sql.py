"""The log over SQL: SQLite on one machine, PostgreSQL later with the same statements.

It appends where its caller has read up to, and reads. What an append consists of is told by `appending.py`.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import Row, Select, delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine

from interviewer.errors import Conflict
from interviewer.interview.events import (
    Event,
    SessionId,
    Stored,
    Stream,
)
from interviewer.store import tables
from interviewer.store.appending import as_stored, keep, lock, numbered, writing
from interviewer.store.database import empty_journal, open_database, reading, unbroken
from interviewer.store.log import (
    Now,
    SessionRow,
    check_after,
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
        return [as_stored(row) for row in await unbroken(self._rows(query.limit(limit)))]

    async def forget(self, session: SessionId) -> None:
        await unbroken(self._forget(session))

    async def sessions(self) -> list[SessionRow]:
        query = select(tables.session).order_by(_session.last_at.desc(), _session.id.desc())
        return [_as_session_row(row) for row in await unbroken(self._rows(query))]

    async def _append(self, session: SessionId, after: int, events: Sequence[Event]) -> list[Stored]:
        try:
            async with writing(self._engine) as db:
                place = await lock(db, session)
                batch = await numbered(db, session, place, events, self._now())
                if batch.fresh:
                    check_after(session, after, place.heads.total if place else 0)
                    await keep(db, session, place, batch)
                return batch.answer
        except IntegrityError as error:
            raise Conflict(
                f"session {session}: somebody else appended at the same moment, or the turn has its answer "
                "already: read it again"
            ) from error

    async def _rows(self, query: Select[Any]) -> Sequence[Row[Any]]:  # Any: rows of any table
        async with self._reading.connect() as db:
            rows: Sequence[Row[Any]] = (await db.execute(query)).all()
            return rows

    async def _forget(self, session: SessionId) -> None:
        async with writing(self._engine) as db:
            await db.execute(delete(tables.session).where(_session.id == session))  # all else of it follows
        await empty_journal(self._engine)


def _as_session_row(row: Row[Any]) -> SessionRow:  # Any: see _rows
    head = row.head_public + row.head_internal
    return SessionRow(SessionId(row.id), row.started_at, row.last_at, head, row.state)
