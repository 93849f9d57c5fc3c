"""How events get into the tables: one transaction, holding the session's row from its first statement.

Everything that writes a session goes through `append_at`, so that numbers, state, summary and boards never disagree.
Hence the numbers have no gap and follow the order of the commits, and a reader never meets n + 1 before n (wire.md 3.2).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, String, bindparam, func, insert, select, update

from interviewer.auth import OWNER
from interviewer.errors import NotFound
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
from interviewer.store.summary import UNSEEN, Summary, summary_after

_session = tables.session.c
_event = tables.event.c
_board = tables.board.c
_summary = tables.summary.c

_of_it = bindparam("of", type_=String)
_LOCK = (
    select(_session.head_public, _session.head_internal, _session.state)
    .where(_session.id == _of_it)
    .with_for_update()
)
_ADVANCE = (
    update(tables.session)
    .where(_session.id == _of_it)
    .values(
        head_public=bindparam("to_public"),
        head_internal=bindparam("to_internal"),
        state=bindparam("to_state"),
        schema_version=bindparam("to_schema"),
        last_at=bindparam("at_last"),
    )
)
_BEGIN = insert(tables.session)
_KEEP = insert(tables.event)
_SUMMARY = select(_summary.body).where(_summary.session_id == _of_it)
_SUMMARISE = (
    update(tables.summary)
    .where(_summary.session_id == _of_it)
    .values(
        scenario=bindparam("its_scenario"), retry_of=bindparam("its_retry_of"), body=bindparam("its_body")
    )
)


class Place(NamedTuple):
    """Where a session stands before an append."""

    heads: Heads
    state: State


def lock(db: Connection, session: SessionId) -> Place | None:
    """Hold the session's row until the transaction ends, and tell where it stands; None where there is none."""
    row = db.execute(_LOCK, {"of": session}).one_or_none()
    return row and Place(Heads(row.head_public, row.head_internal), row.state)


def lock_known(db: Connection, session: SessionId) -> Place:
    """As `lock`. Raises NotFound where there is no such session."""
    place = lock(db, session)
    if place is None:
        raise NotFound(f"No session {session}.")
    return place


def numbered(
    db: Connection, session: SessionId, place: Place | None, events: Sequence[Event], at: datetime
) -> Batch:
    """What appending `events` at `place` would keep, and what it would answer. Raises MessageConflict."""
    heads = place.heads if place else Heads()
    return number(session, heads, at, events, _messages(db, session, events))


def keep(db: Connection, session: SessionId, place: Place | None, batch: Batch, owner: str = OWNER) -> None:
    """Keep what is new in `batch`, which was numbered at `place` in this transaction."""
    if batch.fresh:
        _advance(db, session, place, batch, owner)
        db.execute(_KEEP, [_as_row(item) for item in batch.fresh])
        _name_boards(db, session, batch.fresh)
        _summarise(db, session, place, batch.fresh)


def append_at(
    db: Connection, session: SessionId, place: Place | None, events: Sequence[Event], at: datetime
) -> Batch:
    """Append `events` at `place`, which was locked in this transaction, whatever the caller has read before."""
    batch = numbered(db, session, place, events, at)
    keep(db, session, place, batch)
    return batch


def summarise_anew(db: Connection, session: SessionId) -> Summary:
    """Make a session's summary from all of its events, and keep it."""
    query = select(tables.event).where(_event.session_id == session).order_by(_event.pos)
    summary = summary_after(Summary(), [as_stored(row) for row in db.execute(query)])
    put_summary(db, session, summary, new=True)
    return summary


def put_summary(db: Connection, session: SessionId, summary: Summary, new: bool) -> None:
    """Keep a session's summary: its first one, or in place of the one before."""
    body = summary.model_dump_json()
    if new:
        row = {"scenario": summary.scenario, "retry_of": summary.retry_of, "body": body}
        db.execute(insert(tables.summary).values(session_id=session, **row))
    else:
        change = {"its_scenario": summary.scenario, "its_retry_of": summary.retry_of, "its_body": body}
        db.execute(_SUMMARISE, {"of": session, **change})


def as_stored(row: Row[Any]) -> Stored:  # Any: a row of the event table
    """An event's row as the event it holds."""
    return stored(SessionId(row.session_id), row.pos, row.seq, row.at, read_event(row.body))


def _messages(db: Connection, session: SessionId, events: Sequence[Event]) -> dict[str, Stored]:
    cmids = [cmid for event in events if (cmid := cmid_of(event))]
    if not cmids:
        return {}
    query = select(tables.event).where(_event.session_id == session, _event.cmid.in_(cmids))
    return {row.cmid: as_stored(row) for row in db.execute(query)}


def _advance(db: Connection, session: SessionId, place: Place | None, batch: Batch, owner: str) -> None:
    at: datetime = batch.fresh[-1].at
    state = state_after(place.state if place else "open", (item.event for item in batch.fresh))
    heads = batch.heads
    if place is None:
        row = {"id": session, "owner": owner, "state": state, "schema_version": SCHEMA}
        counts = {"head_public": heads.public, "head_internal": heads.internal}
        db.execute(_BEGIN, {**row, **counts, "started_at": at, "last_at": at})
    else:
        change = {"to_state": state, "to_schema": SCHEMA, "at_last": at}
        counts = {"to_public": heads.public, "to_internal": heads.internal}
        db.execute(_ADVANCE, {"of": session, **change, **counts})


def _name_boards(db: Connection, session: SessionId, fresh: Sequence[Stored]) -> None:
    for item in fresh:
        if isinstance(item.event, CandidateSpoke) and item.event.board_rev:
            named = (_board.session_id == session) & (_board.rev == item.event.board_rev)
            first = func.coalesce(_board.named_by, item.seq)
            db.execute(update(tables.board).where(named).values(named_by=first))


def _summarise(db: Connection, session: SessionId, place: Place | None, fresh: Sequence[Stored]) -> None:
    if place is None:
        put_summary(db, session, summary_after(Summary(), fresh), new=True)
        return
    if all(isinstance(item.event, UNSEEN) for item in fresh):
        return
    body = db.scalar(_SUMMARY, {"of": session})
    if body is None:
        summarise_anew(db, session)
        return
    before = Summary.model_validate_json(body)
    after = summary_after(before, fresh)
    if after is not before:
        put_summary(db, session, after, new=False)


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
