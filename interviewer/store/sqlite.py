"""SQLite, worked by threads of its own: one that writes and a few that read, each with its connection.

A transaction is one trip to a thread, however many statements it holds. Writers that wait at the same moment share a
commit: each has a savepoint of its own, so that one that fails takes nobody with it (wire.md 3.5, speed.md 3).
"""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Generic, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import OperationalError

from interviewer.errors import Unavailable

T = TypeVar("T")

READERS = 3
MOST_TOGETHER = 64
"""How many writers share one commit at most."""

_REFUSED = (OperationalError, sqlite3.OperationalError)
"""What SQLite raises where it cannot: the file is held by another, or full, or gone."""


class _Act(Generic[T]):
    """A piece of work on its way to a thread, and the future in which its caller hears of it."""

    def __init__(self, work: Callable[[Connection], T], loop: asyncio.AbstractEventLoop) -> None:
        self.work = work
        self.loop = loop
        self.told: asyncio.Future[T] = loop.create_future()
        self._taken = threading.Lock()

    def take(self) -> bool:
        """Whether it is the asker's now: a thread takes it to do it, its caller takes it back to leave."""
        return self._taken.acquire(blocking=False)

    def give_up(self) -> None:
        """Nothing was free for too long: it is not done any more, and its caller is told."""
        if self.take() and not self.told.done():
            self.told.set_exception(_unavailable("every connection is taken"))


@dataclass(frozen=True)
class _Outcome:
    """What came of an act."""

    act: _Act[object]
    value: object = None
    error: Exception | None = None


class SqliteThreads:
    """Transactions in the database of `engine`. `free_s` is how long work waits until a thread takes it, in seconds.

    With `readers` 0 the writer reads as well: a database in memory has one connection only.
    """

    def __init__(self, engine: Engine, free_s: float, readers: int = READERS) -> None:
        self._writing = engine
        self._reading = engine.execution_options(begin="BEGIN")
        self._free_s = free_s
        self._writes: SimpleQueue[_Act[object] | None] = SimpleQueue()
        self._reads: SimpleQueue[_Act[object] | None] = SimpleQueue()
        self._threads = [threading.Thread(target=self._write_on, name="database-writer", daemon=True)]
        for number in range(readers):
            name = f"database-reader-{number}"
            self._threads.append(threading.Thread(target=self._read_on, name=name, daemon=True))
        for thread in self._threads:
            thread.start()

    async def read(self, work: Callable[[Connection], T]) -> T:
        """What `work` finds in one state of the database. Raises Unavailable."""
        return await self._done(work, self._reads if len(self._threads) > 1 else self._writes)

    async def write(self, work: Callable[[Connection], T]) -> T:
        """What `work` gives, once all that it wrote is kept; nothing of it is where it raises. Raises Unavailable.

        It may be called twice: where the commit that it shared with others failed, it is tried by itself.
        """
        return await self._done(work, self._writes)

    async def empty_journal(self) -> None:
        """Let nothing that was erased linger in the write-ahead file.

        Waits for readers of an older state, at most the busy timeout; what they hold up goes with the next one.
        """
        await asyncio.to_thread(self._checkpoint)

    async def close(self) -> None:
        """End the threads, once they have done what was asked of them."""
        self._writes.put(None)
        for _ in self._threads[1:]:
            self._reads.put(None)
        for thread in self._threads:
            await asyncio.to_thread(thread.join)

    async def _done(self, work: Callable[[Connection], T], queue: SimpleQueue[_Act[object] | None]) -> T:
        loop = asyncio.get_running_loop()
        act = _Act(work, loop)
        queue.put(act)  # type: ignore[arg-type]  # what it gives is known to its caller alone
        late = loop.call_later(self._free_s, act.give_up)
        try:
            return await asyncio.shield(act.told)
        except asyncio.CancelledError:
            if not act.take():
                await _over(act.told)
            raise
        finally:
            late.cancel()

    def _checkpoint(self) -> None:
        with self._writing.execution_options(begin=None).connect() as db:
            db.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    def _read_on(self) -> None:
        with self._reading.connect() as db:
            while (act := self._reads.get()) is not None:
                if act.take():
                    _tell([_alone(db, act)])

    def _write_on(self) -> None:
        with self._writing.connect() as db:
            while (first := self._writes.get()) is not None:
                acts, last = [first], False
                with suppress(Empty):
                    while len(acts) < MOST_TOGETHER and not last:
                        another = self._writes.get_nowait()
                        if another is None:
                            last = True
                        else:
                            acts.append(another)
                taken = [act for act in acts if act.take()]
                if taken:
                    _tell(_written(db, taken))
                if last:
                    return


def _written(db: Connection, acts: Sequence[_Act[object]]) -> list[_Outcome]:
    """What came of acts that write, in one transaction where that goes well and else each in its own."""
    if len(acts) > 1:
        try:
            return _together(db, acts)
        except _Held as held:
            return [_Outcome(act, error=_unavailable(held)) for act in acts]
        except Exception:  # one of them, or the commit: each hears of its own
            pass
    return [_alone(db, act) for act in acts]


class _Held(Exception):
    """The transaction could not even begin: another process writes."""


def _together(db: Connection, acts: Sequence[_Act[object]]) -> list[_Outcome]:
    outcomes: list[_Outcome] = []
    try:
        transaction = db.begin()
    except _REFUSED as error:
        raise _Held(str(getattr(error, "orig", error))) from error
    with transaction:
        for act in acts:
            db.exec_driver_sql("SAVEPOINT act")
            outcomes.append(outcome := _tried(db, act))
            if outcome.error is not None:
                db.exec_driver_sql("ROLLBACK TO act")
            db.exec_driver_sql("RELEASE act")
    return outcomes


def _alone(db: Connection, act: _Act[object]) -> _Outcome:
    try:
        with db.begin():
            outcome = _tried(db, act)
            if outcome.error is not None:
                raise outcome.error
            return outcome
    except _REFUSED as error:
        return _Outcome(act, error=_unavailable(error))
    except Exception as error:  # it is the caller's
        return _Outcome(act, error=error)


def _tried(db: Connection, act: _Act[object]) -> _Outcome:
    try:
        return _Outcome(act, act.work(db))
    except _REFUSED:
        raise
    except Exception as error:  # it is the caller's; the others go on
        return _Outcome(act, error=error)


def _tell(outcomes: Sequence[_Outcome]) -> None:
    for loop in {outcome.act.loop for outcome in outcomes}:
        with suppress(RuntimeError):  # the loop is closed: nobody is left to hear
            loop.call_soon_threadsafe(_heard, [one for one in outcomes if one.act.loop is loop])


def _heard(outcomes: Sequence[_Outcome]) -> None:
    for outcome in outcomes:
        told = outcome.act.told
        if told.done():
            continue
        if outcome.error is not None:
            told.set_exception(outcome.error)
        else:
            told.set_result(outcome.value)


async def _over(told: asyncio.Future[T]) -> None:
    """Wait for work that a thread has begun, however often we are told to go: then nothing of ours is under way."""
    while not told.done():
        with suppress(asyncio.CancelledError):
            await asyncio.wait([told])
    told.exception()  # nobody is left to hear of it


def _unavailable(why: object) -> Unavailable:
    return Unavailable(f"The interviews cannot be reached at the moment ({getattr(why, 'orig', why)}).")
