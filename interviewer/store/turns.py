"""What is said in a served interview, and the jobs that answer it, each pair in one transaction.

So a message that was acknowledged is always answered, whoever dies when: it and its job were kept together, and an
answer and the end of its job as well (wire.md 3). `claims.py` tells how a job is claimed and held.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from interviewer.errors import Closed, Conflict, Fenced, NotNow
from interviewer.interview.events import (
    CandidateSpoke,
    Event,
    SessionEnded,
    SessionId,
    SessionPaused,
    Stored,
    TurnRestarted,
    TurnStarted,
)
from interviewer.store import claims
from interviewer.store.appending import Place, append_at, keep, lock, lock_known, numbered, writing
from interviewer.store.claims import MOST_PATIENCE_S, Hold, Job, JobKind, Next
from interviewer.store.database import reading, unbroken
from interviewer.store.log import Now
from interviewer.store.tables import db_now

__all__ = ["MOST_PATIENCE_S", "Heard", "Hold", "Job", "JobKind", "Next", "Turns"]


@dataclass(frozen=True)
class Heard:
    """A message as it was kept; `dup` tells that this had happened before."""

    stored: Stored
    dup: bool


class Turns:
    """Sessions and their jobs in the tables of `engine`. `now` stamps events; leases go by the database's clock.

    Every method that writes raises Unavailable when the database cannot be written now.
    """

    def __init__(self, engine: AsyncEngine, now: Now) -> None:
        self._engine = engine
        self._reading = reading(engine)
        self._now = now

    async def begin(
        self, session: SessionId, owner: str, events: Sequence[Event], next: Next | None
    ) -> list[Stored]:
        """Begin a session of `owner`'s (an account id) with its first events. Raises Conflict where the id is taken."""
        return await unbroken(self._begin(session, owner, events, [next] if next else []))

    async def hear(self, session: SessionId, spoke: CandidateSpoke, settle_s: float) -> Heard:
        """Keep what the candidate said, with a job to answer it in `settle_s` seconds.

        Messages that come meanwhile are answered together; whoever is speaking is asked to stop. The same `cmid`
        again gives what was kept, also after the end. Raises NotFound, Closed, MessageConflict, and NotNow where the
        clock is stopped.
        """
        return await unbroken(self._hear(session, spoke, settle_s))

    async def record(
        self, session: SessionId, events: Sequence[Event], next: Sequence[Next] = (), if_open: bool = False
    ) -> list[Stored]:
        """Append, whatever happened before, and make jobs. Raises NotFound; with `if_open` Closed after the end."""
        return await unbroken(self._record(session, events, next, if_open))

    async def put_off(self, session: SessionId, seconds: float, at_most_s: float = MOST_PATIENCE_S) -> bool:
        """Let what waits for an answer wait for `seconds` from now, no longer than `at_most_s` since the first came.

        True where something waits.
        """
        return await unbroken(self._put_off(session, seconds, at_most_s))

    async def interrupt(self, session: SessionId, why: str = "stop") -> bool:
        """Ask whoever is speaking in the session to stop; False where nobody is."""
        return await unbroken(self._interrupt(session, why))

    async def claim(self, worker: str, lease_s: float) -> Job | None:
        """Take the next job that is due, for `lease_s` seconds; None where nothing is."""
        return await unbroken(self._claim(worker, lease_s))

    async def renew(self, job: Job, lease_s: float) -> Hold:
        """Keep the job for `lease_s` seconds from now."""
        return await unbroken(self._renew(job, lease_s))

    async def chunk(self, job: Job, events: Sequence[Event]) -> Hold:
        """Append while the job is held; nothing is appended when it is not, and no turn begins after the end."""
        return await unbroken(self._chunk(job, events))

    async def finish(
        self, job: Job, events: Sequence[Event], covers: int, next: Sequence[Next] = ()
    ) -> list[Stored]:
        """End the job, append what came of it, and make what follows, all or none.

        `covers` is the log position up to which everything is answered by it: turn jobs up to there are done too.
        Where somebody ended the session meanwhile it is not ended or paused again, and nothing follows.
        Raises Fenced when the job is no longer held, Conflict when its turn has an answer already.
        """
        return await unbroken(self._finish(job, "done", events, covers, next))

    async def give_back(self, job: Job, in_s: float, count: bool, error: str = "") -> None:
        """Let somebody take the job in `in_s` seconds; without `count` as though it had not been tried."""
        await unbroken(self._give_back(job, in_s, count, error))

    async def bury(self, job: Job, events: Sequence[Event], error: str) -> list[Stored]:
        """Give the job up for good, and append what is to be known of that. Raises Fenced."""
        return await unbroken(self._finish(job, "dead", events, 0, (), error))

    async def next_due_s(self) -> float | None:
        """Seconds until a job can be claimed, 0 for now, None where no job waits."""
        return await unbroken(self._next_due_s())

    async def _begin(
        self, session: SessionId, owner: str, events: Sequence[Event], jobs: Sequence[Next]
    ) -> list[Stored]:
        async with self._appending(session) as (db, place):
            if place is not None:
                raise Conflict(f"session {session} has begun already")
            batch = await numbered(db, session, None, events, self._now())
            await keep(db, session, None, batch, owner)
            await claims.make(db, session, batch.heads.total, jobs)
            return batch.answer

    async def _hear(self, session: SessionId, spoke: CandidateSpoke, settle_s: float) -> Heard:
        async with writing(self._engine) as db:
            place = await lock_known(db, session)
            batch = await numbered(db, session, place, [spoke], self._now())
            if not batch.fresh:
                return Heard(batch.answer[0], dup=True)
            _check_open(session, place)
            if place.state == "paused":
                raise NotNow("The clock is stopped.")
            await keep(db, session, place, batch)
            await claims.drop_nudges(db, session)
            await claims.ask_to_stop(db, session, "message")
            await claims.make(db, session, batch.heads.total, [Next(JobKind.turn)])
            await claims.postpone(db, session, settle_s, MOST_PATIENCE_S)
            return Heard(batch.answer[0], dup=False)

    async def _record(
        self, session: SessionId, events: Sequence[Event], jobs: Sequence[Next], if_open: bool
    ) -> list[Stored]:
        async with writing(self._engine) as db:
            place = await lock_known(db, session)
            if if_open:
                _check_open(session, place)
            batch = await append_at(db, session, place, events, self._now())
            await claims.make(db, session, batch.heads.total, jobs)
            return batch.answer

    async def _put_off(self, session: SessionId, seconds: float, at_most_s: float) -> bool:
        async with writing(self._engine) as db:
            return await claims.postpone(db, session, seconds, at_most_s)

    async def _interrupt(self, session: SessionId, why: str) -> bool:
        async with writing(self._engine) as db:
            return await claims.ask_to_stop(db, session, why)

    async def _claim(self, worker: str, lease_s: float) -> Job | None:
        async with self._reading.connect() as db:
            if await claims.next_free(db) is None:
                return None  # looking alone keeps no writer waiting
        async with writing(self._engine) as db:
            free = await claims.next_free(db)
            return None if free is None else await claims.take(db, free, worker, lease_s)

    async def _renew(self, job: Job, lease_s: float) -> Hold:
        async with writing(self._engine) as db:
            return await claims.change_held(db, job, lease_until=db_now() + lease_s)

    async def _chunk(self, job: Job, events: Sequence[Event]) -> Hold:
        async with self._appending(job.session) as (db, place):
            hold = await claims.is_held(db, job)
            if place is not None and place.state == "ended":
                events = [event for event in events if not isinstance(event, TurnStarted | TurnRestarted)]
            if hold.held and events:
                await append_at(db, job.session, place, events, self._now())
            return hold

    async def _finish(
        self,
        job: Job,
        state: str,
        events: Sequence[Event],
        covers: int,
        jobs: Sequence[Next],
        error: str | None = None,
    ) -> list[Stored]:
        async with self._appending(job.session) as (db, place):
            hold = await claims.change_held(db, job, state=state, last_error=error)
            if not hold.held:
                raise Fenced(f"job {job.id} of session {job.session} is held by somebody else, or done")
            if place is not None and place.state == "ended":
                events = [event for event in events if not isinstance(event, SessionEnded | SessionPaused)]
                jobs = ()
            batch = await append_at(db, job.session, place, events, self._now())
            await claims.finish_covered(db, job.session, covers)
            await claims.make(db, job.session, batch.heads.total, jobs)
            return batch.answer

    async def _give_back(self, job: Job, in_s: float, count: bool, error: str) -> None:
        async with writing(self._engine) as db:
            tried = job.attempt if count else job.attempt - 1
            await claims.change_held(
                db, job, state="ready", run_after=db_now() + in_s, attempt=tried, last_error=error or None
            )

    async def _next_due_s(self) -> float | None:
        async with self._reading.connect() as db:
            return await claims.due_in_s(db)

    @asynccontextmanager
    async def _appending(self, session: SessionId) -> AsyncIterator[tuple[AsyncConnection, Place | None]]:
        # The session's row comes first in every transaction that needs a job's as well: so no two wait for each other.
        try:
            async with writing(self._engine) as db:
                yield db, await lock(db, session)
        except IntegrityError as error:
            raise Conflict(
                f"session {session}: the turn has its answer already, or the id is taken"
            ) from error


def _check_open(session: SessionId, place: Place) -> None:
    if place.state == "ended":
        raise Closed(f"The interview {session} is over.")
