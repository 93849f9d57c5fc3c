"""How events get into the tables: one transaction, holding the session's row from its first statement.

Everything that writes a session goes through `append_at`, so that numbers, state, summary and boards never disagree.
Hence the numbers have no gap and follow the order of the commits, and a reader never meets n + 1 before n (wire.md 3.2).
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Row, func, insert, select, update
from sqlalchemy.exc import OperationalError, TimeoutError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from interviewer.auth import OWNER
from interviewer.errors import NotFound, Unavailable
from interviewer.interview.events import (
    SCHEMA,
    CandidateSpoke,
    Event,
    InterviewerChunk,
    InterviewerSpoke,
    MoveChosen,
    SessionId,
    Stored,
    TurnFailed,
    TurnRestarted,
    TurnStarted,
    read_event,
    stored,
)
from interviewer.store import tables
from interviewer.store.log import Batch, Heads, State, cmid_of, number, state_after
from interviewer.store.summary import Summary, summary_after

_session = tables.session.c
_event = tables.event.c
_board = tables.board.c
_summary = tables.summary.c


class Place(NamedTuple):
    """Where a session stands before an append."""

    heads: Heads
    state: State


@asynccontextmanager
async def writing(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """A transaction that writes; committed at the end of the block, undone where it raises.

    Raises Unavailable when the database cannot be written now: held too long by another writer, or no room left.
    """
    try:
        async with engine.begin() as db:
            yield db
    except (OperationalError, TimeoutError) as error:
        raise Unavailable(
            f"The interviews cannot be written at the moment ({getattr(error, 'orig', error)})."
        ) from error


async def lock(db: AsyncConnection, session: SessionId) -> Place | None:
    """Hold the session's row until the transaction ends, and tell where it stands; None where there is none."""
    query = select(_session.head_public, _session.head_internal, _session.state).where(_session.id == session)
    row = (await db.execute(query.with_for_update())).one_or_none()
    return row and Place(Heads(row.head_public, row.head_internal), row.state)


async def lock_known(db: AsyncConnection, session: SessionId) -> Place:
    """As `lock`. Raises NotFound where there is no such session."""
    place = await lock(db, session)
    if place is None:
        raise NotFound(f"No session {session}.")
    return place


async def numbered(
    db: AsyncConnection, session: SessionId, place: Place | None, events: Sequence[Event], at: datetime
) -> Batch:
    """What appending `events` at `place` would keep, and what it would answer. Raises MessageConflict."""
    heads = place.heads if place else Heads()
    return number(session, heads, at, events, await _messages(db, session, events))


async def keep(
    db: AsyncConnection, session: SessionId, place: Place | None, batch: Batch, owner: str = OWNER
) -> None:
    """Keep what is new in `batch`, which was numbered at `place` in this transaction."""
    if batch.fresh:
        await _advance(db, session, place, batch, owner)
        await db.execute(insert(tables.event), [_as_row(item) for item in batch.fresh])
        await _name_boards(db, session, batch.fresh)
        await _summarise(db, session, place, batch.fresh)


async def append_at(
    db: AsyncConnection, session: SessionId, place: Place | None, events: Sequence[Event], at: datetime
) -> Batch:
    """Append `events` at `place`, which was locked in this transaction, whatever the caller has read before."""
    batch = await numbered(db, session, place, events, at)
    await keep(db, session, place, batch)
    return batch


async def summarise_anew(db: AsyncConnection, session: SessionId) -> Summary:
    """Make a session's summary from all of its events, and keep it."""
    query = select(tables.event).where(_event.session_id == session).order_by(_event.pos)
    summary = summary_after(Summary(), [as_stored(row) for row in await db.execute(query)])
    await put_summary(db, session, summary, new=True)
    return summary


async def put_summary(db: AsyncConnection, session: SessionId, summary: Summary, new: bool) -> None:
    """Keep a session's summary: its first one, or in place of the one before."""
    values = {
        "scenario": summary.scenario,
        "retry_of": summary.retry_of,
        "body": summary.model_dump_json(),
    }
    if new:
        await db.execute(insert(tables.summary).values(session_id=session, **values))
    else:
        await db.execute(update(tables.summary).where(_summary.session_id == session).values(**values))


def as_stored(row: Row[Any]) -> Stored:  # Any: a row of the event table
    """An event's row as the event it holds."""
    return stored(SessionId(row.session_id), row.pos, row.seq, row.at, read_event(row.body))


async def _messages(db: AsyncConnection, session: SessionId, events: Sequence[Event]) -> dict[str, Stored]:
    cmids = [cmid for event in events if (cmid := cmid_of(event))]
    if not cmids:
        return {}
    query = select(tables.event).where(_event.session_id == session, _event.cmid.in_(cmids))
    return {row.cmid: as_stored(row) for row in await db.execute(query)}


async def _advance(
    db: AsyncConnection, session: SessionId, place: Place | None, batch: Batch, owner: str
) -> None:
    at: datetime = batch.fresh[-1].at
    values = {
        "head_public": batch.heads.public,
        "head_internal": batch.heads.internal,
        "state": state_after(place.state if place else "open", (item.event for item in batch.fresh)),
        "schema_version": SCHEMA,
        "last_at": at,
    }
    if place is None:
        row = insert(tables.session).values(id=session, owner=owner, started_at=at, **values)
        await db.execute(row)
    else:
        await db.execute(update(tables.session).where(_session.id == session).values(**values))


async def _name_boards(db: AsyncConnection, session: SessionId, fresh: Sequence[Stored]) -> None:
    for item in fresh:
        if isinstance(item.event, CandidateSpoke) and item.event.board_rev:
            named = (_board.session_id == session) & (_board.rev == item.event.board_rev)
            first = func.coalesce(_board.named_by, item.seq)
            await db.execute(update(tables.board).where(named).values(named_by=first))


async def _summarise(
    db: AsyncConnection, session: SessionId, place: Place | None, fresh: Sequence[Stored]
) -> None:
    if place is None:
        await put_summary(db, session, summary_after(Summary(), fresh), new=True)
        return
    body = await db.scalar(select(_summary.body).where(_summary.session_id == session))
    if body is None:
        await summarise_anew(db, session)
        return
    before = Summary.model_validate_json(body)
    after = summary_after(before, fresh)
    if after is not before:
        await put_summary(db, session, after, new=False)


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
