"""The log over SQL: SQLite on one machine, PostgreSQL later with the same statements.

It appends where its caller has read up to, and reads. What an append consists of is told by `appending.py`.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Integer, Row, Select, bindparam, delete, select
from sqlalchemy.exc import IntegrityError

from interviewer.errors import Conflict
from interviewer.interview.events import (
    Event,
    SessionId,
    Stored,
    Stream,
)
from interviewer.store import tables
from interviewer.store.appending import as_stored, keep, lock, numbered
from interviewer.store.database import Database, open_database
from interviewer.store.log import (
    Now,
    SessionRow,
    check_after,
)

_session = tables.session.c
_event = tables.event.c

NO_LIMIT = 2**31 - 1


def _read(counted: Column[int], *more: ColumnElement[bool]) -> Select[Any]:  # Any: an event's columns
    of_it = (_event.session_id == bindparam("of"), counted > bindparam("since"), *more)
    return select(tables.event).where(*of_it).order_by(counted).limit(bindparam("most", type_=Integer))


_READ = _read(_event.pos)
_FOLLOW = _read(_event.seq, _event.stream == bindparam("on"))


@asynccontextmanager
async def open_log(url: str, now: Now) -> AsyncIterator[SqlLog]:
    """The log in the database behind `url`, up to date; closed after the block. Raises as open_database."""
    async with open_database(url) as database:
        yield SqlLog(database, now)


class SqlLog:
    """An EventLog in the tables of `database`. `now` gives the moment that events are stamped with."""

    def __init__(self, database: Database, now: Now) -> None:
        self._database = database
        self._now = now

    async def append(self, session: SessionId, after: int, events: Sequence[Event]) -> list[Stored]:
        try:
            return await self._database.write(lambda db: self._append(db, session, after, events))
        except IntegrityError as error:
            raise Conflict(
                f"session {session}: somebody else appended at the same moment, or the turn has its answer "
                "already: read it again"
            ) from error

    async def read(
        self, session: SessionId, since: int = 0, stream: Stream | None = None, limit: int | None = None
    ) -> list[Stored]:
        of_it = {"of": session, "since": since, "most": NO_LIMIT if limit is None else limit}
        query = _READ if stream is None else _FOLLOW
        of_stream = {} if stream is None else {"on": stream.value}
        rows = await self._database.read(lambda db: db.execute(query, {**of_it, **of_stream}).all())
        return [as_stored(row) for row in rows]

    async def forget(self, session: SessionId) -> None:
        forgotten = delete(tables.session).where(_session.id == session)  # all else of it follows
        await self._database.write(lambda db: db.execute(forgotten).rowcount)
        await self._database.empty_journal()

    async def sessions(self) -> list[SessionRow]:
        query = select(tables.session).order_by(_session.last_at.desc(), _session.id.desc())
        return [_as_session_row(row) for row in await self._database.read(lambda db: db.execute(query).all())]

    def _append(
        self, db: Connection, session: SessionId, after: int, events: Sequence[Event]
    ) -> list[Stored]:
        place = lock(db, session)
        batch = numbered(db, session, place, events, self._now())
        if batch.fresh:
            check_after(session, after, place.heads.total if place else 0)
            keep(db, session, place, batch)
        return batch.answer


def _as_session_row(row: Row[Any]) -> SessionRow:  # Any: see _rows
    head = row.head_public + row.head_internal
    return SessionRow(SessionId(row.id), row.started_at, row.last_at, head, row.state)
