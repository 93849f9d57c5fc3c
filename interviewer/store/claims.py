"""The job table: what is to be thought about, and who is thinking about it now.

A job is claimed by lease and fence (wire.md 3.3): whoever lets the lease run out loses the job to the next one who
asks, and can write nothing more for it. Leases and due times are judged by the database's clock alone. Everything
here works inside a transaction of its caller's; what is appended with it is the business of `turns.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import (
    ColumnElement,
    Float,
    FromClause,
    and_,
    case,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from interviewer.interview.events import SessionId
from interviewer.store import tables
from interviewer.store.tables import db_now

MOST_PATIENCE_S = 60.0
"""How long after the first unanswered message the answer is begun at the latest, however many more follow it."""


class JobKind(StrEnum):
    """What is to be done: answer, score an interview that has ended, or break a silence."""

    turn = "turn"
    score = "score"
    nudge = "nudge"


@dataclass(frozen=True)
class Job:
    """A claimed job. `pos` is the log position it was made at, `attempt` counts from 1, `fence` grows with each claim."""

    id: int
    session: SessionId
    kind: JobKind
    pos: int
    attempt: int
    fence: int


@dataclass(frozen=True)
class Hold:
    """Whether a job is still held by the one who works on it, and whether it was asked to stop ("message", "stop")."""

    held: bool
    interrupt: str | None = None


@dataclass(frozen=True)
class Next:
    """A job to be made, due in `in_s` seconds."""

    kind: JobKind
    in_s: float = 0.0


_job = tables.job.c
_open = _job.state.in_(("ready", "running"))


async def make(db: AsyncConnection, session: SessionId, pos: int, jobs: Sequence[Next]) -> None:
    """Make `jobs` at position `pos`; one that was made there before is not made twice.

    A new nudge takes the place of those that wait. A score job lets nothing wait before it.
    """
    of_it = _job.session_id == session
    for each in jobs:
        if each.kind is JobKind.nudge:
            await drop_nudges(db, session)
        if each.kind is JobKind.score:
            waiting = of_it & (_job.kind == JobKind.turn) & (_job.state == "ready")
            await db.execute(update(tables.job).where(waiting).values(run_after=db_now()))
        made = select(_job.id).where(of_it, _job.kind == each.kind, _job.pos == pos)
        if await db.scalar(made) is None:  # the session's row is locked: nobody makes it meanwhile
            row = insert(tables.job).values(
                session_id=session,
                kind=each.kind.value,
                pos=pos,
                state="ready",
                attempt=0,
                fence=0,
                made_at=db_now(),
                run_after=db_now() + literal(each.in_s, Float),
            )
            await db.execute(row)


async def drop_nudges(db: AsyncConnection, session: SessionId) -> None:
    """Nobody is silent any more: finish the nudges that wait, or whose worker is gone."""
    waiting = or_(_job.state == "ready", and_(_job.state == "running", _job.lease_until < db_now()))
    pending = and_(_job.session_id == session, _job.kind == JobKind.nudge, waiting)
    await db.execute(update(tables.job).where(pending).values(state="done"))


async def postpone(db: AsyncConnection, session: SessionId, seconds: float, at_most_s: float) -> bool:
    """Set the session's waiting turn jobs to run in `seconds`, but no later than `at_most_s` after the first was made."""
    other = tables.job.alias("other").c
    first = (
        select(func.min(other.made_at) + literal(at_most_s, Float))
        .where(other.session_id == session, other.kind == JobKind.turn, other.state == "ready")
        .scalar_subquery()
    )
    then = db_now() + literal(seconds, Float)
    waiting = and_(_job.session_id == session, _job.kind == JobKind.turn, _job.state == "ready")
    moved = update(tables.job).where(waiting).values(run_after=case((then > first, first), else_=then))
    return (await db.execute(moved)).rowcount > 0


async def ask_to_stop(db: AsyncConnection, session: SessionId, why: str) -> bool:
    """Tell whoever is speaking in the session to stop; False where nobody is."""
    speaking = and_(
        _job.session_id == session, _job.kind.in_((JobKind.turn, JobKind.nudge)), _job.state == "running"
    )
    asked = update(tables.job).where(speaking).values(interrupt=why)
    return (await db.execute(asked)).rowcount > 0


async def next_free(db: AsyncConnection) -> int | None:
    """The id of the job to be claimed next, None where nothing is due."""
    it = tables.job.alias("it")
    due = or_(
        and_(it.c.state == "ready", it.c.run_after <= db_now()),
        and_(it.c.state == "running", it.c.lease_until < db_now()),
    )
    query = select(it.c.id).where(due, ~_held_back(it)).order_by(it.c.run_after, it.c.id).limit(1)
    found: int | None = await db.scalar(query.with_for_update(skip_locked=True))
    return found


async def take(db: AsyncConnection, id: int, worker: str, lease_s: float) -> Job:
    """Claim the job that `next_free` found in this transaction."""
    taken = (
        update(tables.job)
        .where(_job.id == id)
        .values(
            state="running",
            worker=worker,
            attempt=_job.attempt + 1,
            fence=_job.fence + 1,
            lease_until=db_now() + literal(lease_s, Float),
            interrupt=None,
        )
        .returning(_job.id, _job.session_id, _job.kind, _job.pos, _job.attempt, _job.fence)
    )
    row = (await db.execute(taken)).one()
    return Job(row.id, SessionId(row.session_id), JobKind(row.kind), row.pos, row.attempt, row.fence)


async def change_held(db: AsyncConnection, job: Job, **values: object) -> Hold:
    """Change the job if it is still held by this claim; what the holder should know either way."""
    changed = update(tables.job).where(held_by(job)).values(**values).returning(_job.interrupt)
    row = (await db.execute(changed)).one_or_none()
    return Hold(False) if row is None else Hold(True, row.interrupt)


async def is_held(db: AsyncConnection, job: Job) -> Hold:
    """Whether this claim still holds the job; it stays so until the transaction ends."""
    query = select(_job.interrupt).where(held_by(job)).with_for_update()
    row = (await db.execute(query)).one_or_none()
    return Hold(False) if row is None else Hold(True, row.interrupt)


async def finish_covered(db: AsyncConnection, session: SessionId, covers: int) -> None:
    """Finish every turn job of the session that an answer to all up to position `covers` has made needless."""
    covered = and_(_job.session_id == session, _job.kind == JobKind.turn, _job.pos <= covers, _open)
    await db.execute(update(tables.job).where(covered).values(state="done"))


async def due_in_s(db: AsyncConnection) -> float | None:
    """Seconds until a job can be claimed, 0 for now; None where there is none that is not held back by another."""
    it = tables.job.alias("it")
    at = case((it.c.state == "ready", it.c.run_after), else_=it.c.lease_until)
    query = select(func.min(at) - db_now()).where(it.c.state.in_(("ready", "running")), ~_held_back(it))
    seconds: float | None = await db.scalar(query)
    return None if seconds is None else max(0.0, seconds)


def held_by(job: Job) -> ColumnElement[bool]:
    """The condition that a claim still holds: nobody claimed the job since, and nobody finished it."""
    return and_(
        _job.id == job.id,
        _job.session_id == job.session,
        _job.fence == job.fence,
        _job.state == "running",
    )


def _held_back(it: FromClause) -> ColumnElement[bool]:
    # One voice at a time: turns and scores of a session go in order, and a nudge goes only where nothing else waits.
    # A nudge that is being spoken holds a turn back, one that only waits does not.
    other = tables.job.alias("other").c
    speaks = and_(other.kind == JobKind.nudge, other.state == "running", other.lease_until >= db_now())
    thinks = other.kind != JobKind.nudge
    before_turn = and_(it.c.kind != JobKind.nudge, or_(speaks, and_(thinks, other.id < it.c.id)))
    before_nudge = and_(it.c.kind == JobKind.nudge, or_(thinks, other.id < it.c.id))
    is_open = other.state.in_(("ready", "running"))
    return exists().where(other.session_id == it.c.session_id, is_open, or_(before_turn, before_nudge))
