"""The job table: what is to be thought about, and who is thinking about it now.

A job is claimed by lease and fence (wire.md 3.3): whoever lets the lease run out loses the job to the next one who
asks, and can write nothing more for it. Leases and due times are judged by the database's clock alone. Everything
here works inside a transaction of its caller's; what is appended with it is the business of `turns.py`. Statements are
put together once: they are run many times a turn.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import (
    ColumnElement,
    Connection,
    Executable,
    Float,
    and_,
    bindparam,
    case,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)

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
_it = tables.job.alias("it").c
_other = tables.job.alias("other").c


def _in_s(name: str) -> ColumnElement[float]:
    """The moment so many seconds from now."""
    return db_now() + bindparam(name, type_=Float)


def _held_back() -> ColumnElement[bool]:
    # One voice at a time: turns and scores of a session go in order, and a nudge goes only where nothing else waits.
    # A nudge that is being spoken holds a turn back, one that only waits does not.
    speaks = and_(_other.kind == JobKind.nudge, _other.state == "running", _other.lease_until >= db_now())
    thinks = _other.kind != JobKind.nudge
    before_turn = and_(_it.kind != JobKind.nudge, or_(speaks, and_(thinks, _other.id < _it.id)))
    before_nudge = and_(_it.kind == JobKind.nudge, or_(thinks, _other.id < _it.id))
    is_open = _other.state.in_(("ready", "running"))
    return exists().where(_other.session_id == _it.session_id, is_open, or_(before_turn, before_nudge))


_of_it = _job.session_id == bindparam("of")
_turns_waiting = and_(_of_it, _job.kind == JobKind.turn, _job.state == "ready")
_held = and_(
    _job.id == bindparam("held_id"),
    _job.session_id == bindparam("held_session"),
    _job.fence == bindparam("held_fence"),
    _job.state == "running",
)
"""A claim still holds: nobody claimed the job since, and nobody finished it."""

_MADE = select(_job.id).where(_of_it, _job.kind == bindparam("of_kind"), _job.pos == bindparam("at_pos"))
_MAKE = insert(tables.job).values(
    session_id=bindparam("of"),
    kind=bindparam("of_kind"),
    pos=bindparam("at_pos"),
    state="ready",
    attempt=0,
    fence=0,
    made_at=db_now(),
    run_after=_in_s("in_s"),
)
_LET_GO = update(tables.job).where(_turns_waiting).values(run_after=db_now())
_DROP_NUDGES = (
    update(tables.job)
    .where(
        _of_it,
        _job.kind == JobKind.nudge,
        or_(_job.state == "ready", and_(_job.state == "running", _job.lease_until < db_now())),
    )
    .values(state="done")
)
_first = (
    select(func.min(_other.made_at) + bindparam("at_most_s", type_=Float))
    .where(_other.session_id == bindparam("of"), _other.kind == JobKind.turn, _other.state == "ready")
    .scalar_subquery()
)
_POSTPONE = (
    update(tables.job)
    .where(_turns_waiting)
    .values(run_after=case((_in_s("in_s") > _first, _first), else_=_in_s("in_s")))
)
_ASK_TO_STOP = (
    update(tables.job)
    .where(_of_it, _job.kind.in_((JobKind.turn, JobKind.nudge)), _job.state == "running")
    .values(interrupt=bindparam("why"))
)
_NEXT_FREE = (
    select(_it.id)
    .where(
        or_(
            and_(_it.state == "ready", _it.run_after <= db_now()),
            and_(_it.state == "running", _it.lease_until < db_now()),
        ),
        ~_held_back(),
    )
    .order_by(_it.run_after, _it.id)
    .limit(1)
    .with_for_update(skip_locked=True)
)
_TAKE = (
    update(tables.job)
    .where(_job.id == bindparam("taken"))
    .values(
        state="running",
        worker=bindparam("by"),
        attempt=_job.attempt + 1,
        fence=_job.fence + 1,
        lease_until=_in_s("for_s"),
        interrupt=None,
    )
    .returning(_job.id, _job.session_id, _job.kind, _job.pos, _job.attempt, _job.fence)
)
_RENEW = update(tables.job).where(_held).values(lease_until=_in_s("for_s")).returning(_job.interrupt)
_END = (
    update(tables.job)
    .where(_held)
    .values(state=bindparam("as_state"), last_error=bindparam("error"))
    .returning(_job.interrupt)
)
_GIVE_BACK = (
    update(tables.job)
    .where(_held)
    .values(
        state="ready",
        run_after=_in_s("in_s"),
        attempt=bindparam("tried"),
        last_error=bindparam("error"),
    )
)
_IS_HELD = select(_job.interrupt).where(_held).with_for_update()
_FINISH_COVERED = (
    update(tables.job)
    .where(
        _of_it,
        _job.kind == JobKind.turn,
        _job.pos <= bindparam("covers"),
        _job.state.in_(("ready", "running")),
    )
    .values(state="done")
)
_DUE_IN_S = select(
    func.min(case((_it.state == "ready", _it.run_after), else_=_it.lease_until)) - db_now()
).where(_it.state.in_(("ready", "running")), ~_held_back())


def make(db: Connection, session: SessionId, pos: int, jobs: Sequence[Next]) -> None:
    """Make `jobs` at position `pos`; one that was made there before is not made twice.

    A new nudge takes the place of those that wait. A score job lets nothing wait before it.
    """
    for each in jobs:
        if each.kind is JobKind.nudge:
            drop_nudges(db, session)
        if each.kind is JobKind.score:
            db.execute(_LET_GO, {"of": session})
        made = {"of": session, "of_kind": each.kind.value, "at_pos": pos}
        if db.scalar(_MADE, made) is None:  # the session's row is locked: nobody makes it meanwhile
            db.execute(_MAKE, {**made, "in_s": each.in_s})


def drop_nudges(db: Connection, session: SessionId) -> None:
    """Nobody is silent any more: finish the nudges that wait, or whose worker is gone."""
    db.execute(_DROP_NUDGES, {"of": session})


def postpone(db: Connection, session: SessionId, seconds: float, at_most_s: float) -> bool:
    """Set the session's waiting turn jobs to run in `seconds`, but no later than `at_most_s` after the first was made."""
    moved = db.execute(_POSTPONE, {"of": session, "in_s": seconds, "at_most_s": at_most_s})
    return moved.rowcount > 0


def ask_to_stop(db: Connection, session: SessionId, why: str) -> bool:
    """Tell whoever is speaking in the session to stop; False where nobody is."""
    return db.execute(_ASK_TO_STOP, {"of": session, "why": why}).rowcount > 0


def next_free(db: Connection) -> int | None:
    """The id of the job to be claimed next, None where nothing is due."""
    found: int | None = db.scalar(_NEXT_FREE)
    return found


def take(db: Connection, id: int, worker: str, lease_s: float) -> Job:
    """Claim the job that `next_free` found in this transaction."""
    row = db.execute(_TAKE, {"taken": id, "by": worker, "for_s": lease_s}).one()
    return Job(row.id, SessionId(row.session_id), JobKind(row.kind), row.pos, row.attempt, row.fence)


def renew(db: Connection, job: Job, lease_s: float) -> Hold:
    """Keep the job for `lease_s` seconds from now, if it is still held by this claim."""
    return _hold(db, _RENEW, job, for_s=lease_s)


def end(db: Connection, job: Job, state: str, error: str | None) -> Hold:
    """End the job as "done" or "dead", if it is still held by this claim."""
    return _hold(db, _END, job, as_state=state, error=error)


def give_back(db: Connection, job: Job, in_s: float, tried: int, error: str | None) -> None:
    """Let somebody take the job in `in_s` seconds, as one that was tried so often, if this claim still holds it."""
    db.execute(_GIVE_BACK, {**_claim_of(job), "in_s": in_s, "tried": tried, "error": error})


def is_held(db: Connection, job: Job) -> Hold:
    """Whether this claim still holds the job; it stays so until the transaction ends."""
    return _hold(db, _IS_HELD, job)


def finish_covered(db: Connection, session: SessionId, covers: int) -> None:
    """Finish every turn job of the session that an answer to all up to position `covers` has made needless."""
    db.execute(_FINISH_COVERED, {"of": session, "covers": covers})


def due_in_s(db: Connection) -> float | None:
    """Seconds until a job can be claimed, 0 for now; None where there is none that is not held back by another."""
    seconds: float | None = db.scalar(_DUE_IN_S)
    return None if seconds is None else max(0.0, seconds)


def _hold(db: Connection, statement: Executable, job: Job, **values: object) -> Hold:
    row = db.execute(statement, {**_claim_of(job), **values}).one_or_none()
    return Hold(False) if row is None else Hold(True, row.interrupt)


def _claim_of(job: Job) -> dict[str, object]:
    return {"held_id": job.id, "held_session": job.session, "held_fence": job.fence}
