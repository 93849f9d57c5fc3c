"""Interviews as a server holds them, in one process: a host that stores, a worker that thinks, and a clock that is told."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from sqlalchemy import case, select, update

from interviewer.hosting import Host, Stores, Wanted
from interviewer.interview.events import Event, Mode, SessionId, Stored, Stream
from interviewer.interview.phases import Pace
from interviewer.interview.scorecard import Scorecard
from interviewer.interview.state import Interview, reading_s
from interviewer.jobs import Scorer, Worker, Working
from interviewer.judges import judge
from interviewer.session import Voices
from interviewer.store import tables
from interviewer.store.boards import Boards
from interviewer.store.cache import MemoryCache
from interviewer.store.database import Database, open_database, sqlite_file
from interviewer.store.index import SessionIndex
from interviewer.store.log_sql import SqlLog
from interviewer.store.tables import db_now
from interviewer.store.turns import JobKind, Turns
from tests.builders import Clock, a_shelf, voices

AT_ONCE = Working(lease_s=30, pace_s=0, settle_s=0, poll_s=0.05)


async def scored(interview: Interview) -> Scorecard:
    """The card that ships."""
    return await judge(interview.as_transcript(), a_shelf())


@dataclass
class Hosted:
    """A host and a worker over one database."""

    stores: Stores
    host: Host
    worker: Worker
    clock: Clock
    database: Database

    def another(
        self,
        name: str = "w2",
        working: Working = AT_ONCE,
        speaking: Voices | None = None,
        scorer: Scorer = scored,
        crash_point: Callable[[str], None] = lambda point: None,
    ) -> Worker:
        """Another worker on the same jobs."""
        return Worker(
            self.host,
            self.stores,
            a_shelf(),
            speaking or voices(),
            scorer,
            self.clock,
            name,
            working,
            crash_point,
        )

    async def opened(
        self, scenario: str = "url-shortener", mode: str = "practice", minutes: float = 45
    ) -> SessionId:
        """An interview in which the brief was said."""
        wanted = Wanted(scenario, mode=Mode(mode), minutes=minutes, pace=Pace.spoken, seed=1)
        session = await self.host.begin("local", wanted)
        await self.worker.settled()
        return session

    async def say(
        self, session: SessionId, text: str, cmid: str | None = None, pace_s: float = 180.0
    ) -> None:
        """Say something, as long after the last words as it takes; nobody answers yet."""
        last = (await self.host.interview(session)).transcript[-1]
        self.clock.advance(pace_s + (reading_s(last.text) if last.role == "interviewer" else 0))
        await self.host.hear(session, text, cmid)

    async def events(self, session: SessionId) -> list[Event]:
        """Everything that happened."""
        return [stored.event for stored in await self.stored(session)]

    async def stored(self, session: SessionId, stream: Stream | None = None) -> list[Stored]:
        """Everything in the log."""
        return await self.stores.log.read(session, stream=stream)

    async def kinds(self, session: SessionId) -> list[str]:
        """What happened, by kind."""
        return [event.kind for event in await self.events(session)]

    async def moves(self, session: SessionId) -> list[str]:
        """The kinds of our moves, in order."""
        return [made.move.kind for made in (await self.host.interview(session)).moves]

    async def silent(self, session: SessionId, seconds: float) -> None:
        """It was silent for so long, and the nudge is due."""
        self.clock.advance(seconds)
        await self.due()
        await self.worker.settled()

    async def due(self) -> None:
        """Every nudge that waits is due now."""
        nudges = update(tables.job).where(tables.job.c.kind == JobKind.nudge).values(run_after=0)
        await self.database.write(lambda db: db.execute(nudges).rowcount)

    async def waits(self, kind: JobKind) -> tuple[str, int, float]:
        """The latest job of a kind: its state, its attempts, and the seconds until it can be claimed."""
        job = tables.job.c
        at = case((job.state == "ready", job.run_after), else_=job.lease_until) - db_now()
        query = select(job.state, job.attempt, at).where(job.kind == kind).order_by(job.id.desc()).limit(1)
        state, attempt, seconds = await self.database.read(lambda db: db.execute(query).one())
        return state, attempt, float(seconds)

    async def soon(self, kind: JobKind) -> None:
        """Every job of a kind can be claimed now: those that wait, and those whose worker is gone."""
        change = update(tables.job).where(tables.job.c.kind == kind).values(run_after=0, lease_until=0)
        await self.database.write(lambda db: db.execute(change).rowcount)


@asynccontextmanager
async def hosted(folder: Path, working: Working = AT_ONCE) -> AsyncIterator[Hosted]:
    """A server's inside on a database in `folder`."""
    clock, numbers = Clock(), count(1)

    def ids() -> SessionId:
        return SessionId(f"s{next(numbers)}")

    async with open_database(sqlite_file(folder / "interviews.db")) as database:
        stores = Stores(
            Turns(database, clock),
            Boards(database, clock),
            SqlLog(database, clock),
            SessionIndex(database),
            MemoryCache(time.monotonic),
        )
        host = Host(stores, a_shelf(), clock, ids, lambda: 1, settle_s=0)
        worker = Worker(host, stores, a_shelf(), voices(), scored, clock, "w1", working)
        yield Hosted(stores, host, worker, clock, database)
