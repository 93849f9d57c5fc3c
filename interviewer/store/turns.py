"""What is said in a served interview, and the jobs that answer it, each pair in one transaction.

So a message that was acknowledged is always answered, whoever dies when: it and its job were kept together, and an
answer and the end of its job as well (wire.md 3). `claims.py` tells how a job is claimed and held.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

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
from interviewer.store.appending import Place, append_at, keep, lock, lock_known, numbered
from interviewer.store.claims import MOST_PATIENCE_S, Hold, Job, JobKind, Next
from interviewer.store.database import Database
from interviewer.store.log import Now

T = TypeVar("T")

__all__ = ["MOST_PATIENCE_S", "Heard", "Hold", "Job", "JobKind", "Next", "Turns"]


@dataclass(frozen=True)
class Heard:
    """A message as it was kept; `dup` tells that this had happened before."""

    stored: Stored
    dup: bool


class Turns:
    """Sessions and their jobs in the tables of `database`. `now` stamps events; leases go by the database's clock.

    Every method that writes raises Unavailable when the database cannot be written now.
    """

    def __init__(self, database: Database, now: Now) -> None:
        self._database = database
        self._now = now

    async def begin(
        self, session: SessionId, owner: str, events: Sequence[Event], next: Next | None
    ) -> list[Stored]:
        """Begin a session of `owner`'s (an account id) with its first events. Raises Conflict where the id is taken."""
        jobs = [next] if next else []
        return await self._appending(session, lambda db: self._begin(db, session, owner, events, jobs))

    async def hear(self, session: SessionId, spoke: CandidateSpoke, settle_s: float) -> Heard:
        """Keep what the candidate said, with a job to answer it in `settle_s` seconds.

        Messages that come meanwhile are answered together; whoever is speaking is asked to stop. The same `cmid`
        again gives what was kept, also after the end. Raises NotFound, Closed, MessageConflict, and NotNow where the
        clock is stopped.
        """
        return await self._database.write(lambda db: self._hear(db, session, spoke, settle_s))

    async def record(
        self, session: SessionId, events: Sequence[Event], next: Sequence[Next] = (), if_open: bool = False
    ) -> list[Stored]:
        """Append, whatever happened before, and make jobs. Raises NotFound; with `if_open` Closed after the end."""
        return await self._database.write(lambda db: self._record(db, session, events, next, if_open))

    async def put_off(self, session: SessionId, seconds: float, at_most_s: float = MOST_PATIENCE_S) -> bool:
        """Let what waits for an answer wait for `seconds` from now, no longer than `at_most_s` since the first came.

        True where something waits.
        """
        return await self._database.write(lambda db: claims.postpone(db, session, seconds, at_most_s))

    async def interrupt(self, session: SessionId, why: str = "stop") -> bool:
        """Ask whoever is speaking in the session to stop; False where nobody is."""
        return await self._database.write(lambda db: claims.ask_to_stop(db, session, why))

    async def claim(self, worker: str, lease_s: float) -> Job | None:
        """Take the next job that is due, for `lease_s` seconds; None where nothing is."""
        return await self._database.write(lambda db: _claim(db, worker, lease_s))

    async def renew(self, job: Job, lease_s: float) -> Hold:
        """Keep the job for `lease_s` seconds from now."""
        return await self._database.write(lambda db: claims.renew(db, job, lease_s))

    async def chunk(self, job: Job, events: Sequence[Event]) -> Hold:
        """Append while the job is held; nothing is appended when it is not, and no turn begins after the end."""
        return await self._appending(job.session, lambda db: self._chunk(db, job, events))

    async def finish(
        self, job: Job, events: Sequence[Event], covers: int, next: Sequence[Next] = ()
    ) -> list[Stored]:
        """End the job, append what came of it, and make what follows, all or none.

        `covers` is the log position up to which everything is answered by it: turn jobs up to there are done too.
        Where somebody ended the session meanwhile it is not ended or paused again, and nothing follows.
        Raises Fenced when the job is no longer held, Conflict when its turn has an answer already.
        """
        return await self._appending(
            job.session, lambda db: self._finish(db, job, "done", events, covers, next)
        )

    async def give_back(self, job: Job, in_s: float, count: bool, error: str = "") -> None:
        """Let somebody take the job in `in_s` seconds; without `count` as though it had not been tried."""
        tried = job.attempt if count else job.attempt - 1
        await self._database.write(lambda db: claims.give_back(db, job, in_s, tried, error or None))

    async def bury(self, job: Job, events: Sequence[Event], error: str) -> list[Stored]:
        """Give the job up for good, and append what is to be known of that. Raises Fenced."""
        return await self._appending(
            job.session, lambda db: self._finish(db, job, "dead", events, 0, (), error)
        )

    async def next_due_s(self) -> float | None:
        """Seconds until a job can be claimed, 0 for now, None where no job waits."""
        return await self._database.read(claims.due_in_s)

    def _begin(
        self, db: Connection, session: SessionId, owner: str, events: Sequence[Event], jobs: Sequence[Next]
    ) -> list[Stored]:
        if lock(db, session) is not None:
            raise Conflict(f"session {session} has begun already")
        batch = numbered(db, session, None, events, self._now())
        keep(db, session, None, batch, owner)
        claims.make(db, session, batch.heads.total, jobs)
        return batch.answer

    def _hear(self, db: Connection, session: SessionId, spoke: CandidateSpoke, settle_s: float) -> Heard:
        place = lock_known(db, session)
        batch = numbered(db, session, place, [spoke], self._now())
        if not batch.fresh:
            return Heard(batch.answer[0], dup=True)
        _check_open(session, place)
        if place.state == "paused":
            raise NotNow("The clock is stopped.")
        keep(db, session, place, batch)
        claims.drop_nudges(db, session)
        claims.ask_to_stop(db, session, "message")
        claims.make(db, session, batch.heads.total, [Next(JobKind.turn)])
        claims.postpone(db, session, settle_s, MOST_PATIENCE_S)
        return Heard(batch.answer[0], dup=False)

    def _record(
        self,
        db: Connection,
        session: SessionId,
        events: Sequence[Event],
        jobs: Sequence[Next],
        if_open: bool,
    ) -> list[Stored]:
        place = lock_known(db, session)
        if if_open:
            _check_open(session, place)
        batch = append_at(db, session, place, events, self._now())
        claims.make(db, session, batch.heads.total, jobs)
        return batch.answer

    def _chunk(self, db: Connection, job: Job, events: Sequence[Event]) -> Hold:
        place = lock(db, job.session)
        hold = claims.is_held(db, job)
        if place is not None and place.state == "ended":
            events = [event for event in events if not isinstance(event, TurnStarted | TurnRestarted)]
        if hold.held and events:
            append_at(db, job.session, place, events, self._now())
        return hold

    def _finish(
        self,
        db: Connection,
        job: Job,
        state: str,
        events: Sequence[Event],
        covers: int,
        jobs: Sequence[Next],
        error: str | None = None,
    ) -> list[Stored]:
        place = lock(db, job.session)
        if not claims.end(db, job, state, error).held:
            raise Fenced(f"job {job.id} of session {job.session} is held by somebody else, or done")
        if place is not None and place.state == "ended":
            events = [event for event in events if not isinstance(event, SessionEnded | SessionPaused)]
            jobs = ()
        batch = append_at(db, job.session, place, events, self._now())
        claims.finish_covered(db, job.session, covers)
        claims.make(db, job.session, batch.heads.total, jobs)
        return batch.answer

    async def _appending(self, session: SessionId, work: Callable[[Connection], T]) -> T:
        # The session's row comes first in every transaction that needs a job's as well: so no two wait for each other.
        try:
            return await self._database.write(work)
        except IntegrityError as error:
            raise Conflict(
                f"session {session}: the turn has its answer already, or the id is taken"
            ) from error


def _claim(db: Connection, worker: str, lease_s: float) -> Job | None:
    free = claims.next_free(db)
    return None if free is None else claims.take(db, free, worker, lease_s)


def _check_open(session: SessionId, place: Place) -> None:
    if place.state == "ended":
        raise Closed(f"The interview {session} is over.")
