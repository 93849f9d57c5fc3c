"""Boards by revision, apart from the log: a scene is large and drawn often, the log says only that it was saved.

A revision stays as long as a message was said with it, or it is one of the latest; the others go. A board that was
saved before boards were kept apart is found in its event.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from interviewer.errors import Closed, Conflict
from interviewer.interview.events import CandidateDrew, Event, SessionId, read_event
from interviewer.store import tables
from interviewer.store.appending import append_at, lock_known
from interviewer.store.database import Database
from interviewer.store.log import Now

_board = tables.board.c
_event = tables.event.c

LATEST_KEPT = 3


@dataclass(frozen=True)
class Scene:
    """A board: its revision, from 1, the scene as JSON text, and when it was saved (UTC)."""

    rev: int
    text: str
    at: datetime


@dataclass(frozen=True)
class Moment:
    """A board that can still be looked at. `seq` is the public number of the first message that was said with it."""

    rev: int
    at: datetime
    seq: int | None


class Boards:
    """The boards of all sessions, in the tables of `database`. `now` stamps them and their events."""

    def __init__(self, database: Database, now: Now) -> None:
        self._database = database
        self._now = now

    async def save(self, session: SessionId, scene: str, after_rev: int, then: Sequence[Event] = ()) -> int:
        """Keep a board drawn from revision `after_rev` (0 for none) and give its own; `then` follows in the log.

        Raises Conflict, naming the present revision, when another was saved since; NotFound, Closed, Unavailable.
        """
        return await self._database.write(lambda db: self._save(db, session, scene, after_rev, then))

    async def scene(self, session: SessionId, rev: int | None = None) -> Scene | None:
        """A revision, the latest one where none is named; None where it is not kept, or never was."""
        return await self._database.read(lambda db: _scene(db, session, rev))

    async def moments(self, session: SessionId) -> list[Moment]:
        """Every revision that is kept, oldest first."""
        return await self._database.read(lambda db: _moments(db, session))

    def _save(
        self, db: Connection, session: SessionId, scene: str, after_rev: int, then: Sequence[Event]
    ) -> int:
        place = lock_known(db, session)
        if place.state == "ended":
            raise Closed(f"The interview {session} is over.")
        present = _present_rev(db, session)
        if after_rev != present:
            raise Conflict(f"The board is at revision {present}, not at {after_rev}: load it again.")
        rev, at = present + 1, self._now()
        db.execute(insert(tables.board).values(session_id=session, rev=rev, scene=scene, at=at))
        append_at(db, session, place, [CandidateDrew(rev=rev), *then], at)
        needless = (_board.session_id == session) & (_board.rev <= rev - LATEST_KEPT)
        db.execute(delete(tables.board).where(needless, _board.named_by.is_(None)))
        return rev


def _scene(db: Connection, session: SessionId, rev: int | None) -> Scene | None:
    query = select(tables.board).where(_board.session_id == session).order_by(_board.rev.desc())
    if rev is not None:
        query = query.where(_board.rev == rev)
    row = db.execute(query.limit(1)).one_or_none()
    return _scene_in_log(db, session, rev) if row is None else Scene(row.rev, row.scene, row.at)


def _moments(db: Connection, session: SessionId) -> list[Moment]:
    columns = select(_board.rev, _board.at, _board.named_by)
    query = columns.where(_board.session_id == session).order_by(_board.rev)
    return [Moment(row.rev, row.at, row.named_by) for row in db.execute(query)]


def _present_rev(db: Connection, session: SessionId) -> int:
    query = select(_event.body).where(_event.session_id == session, _event.kind == "candidate_drew")
    body = db.scalar(query.order_by(_event.pos.desc()).limit(1))
    drew = read_event(body) if body else None
    return drew.rev if isinstance(drew, CandidateDrew) else 0


def _scene_in_log(db: Connection, session: SessionId, rev: int | None) -> Scene | None:
    query = select(_event.body, _event.at).where(
        _event.session_id == session, _event.kind == "candidate_drew"
    )
    for row in db.execute(query.order_by(_event.pos.desc())):
        drew = read_event(row.body)
        if isinstance(drew, CandidateDrew) and drew.scene is not None and rev in (None, drew.rev):
            return Scene(drew.rev, json.dumps(drew.scene), row.at)
    return None
