"""SQLite, worked by threads of its own: one that writes and a few that read, each with its connection.

A transaction is one trip to a thread, however many statements it holds. Writers that wait at the same moment share a
commit: each has a savepoint of its own, so that one that fails takes nobody with it (wire.md 3.5, speed.md 3). A thread
outlives whatever goes wrong in its work: everybody who asked is told.
"""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
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
JOURNAL_BUSY_MS, JOURNAL_AGAIN_S = 300, 30.0
"""How long emptying the journal waits for readers of an older state, while nobody writes; how soon it is tried again."""

_REFUSED = (OperationalError, sqlite3.OperationalError)
"""What SQLite raises where it cannot: the file is held by another, or full, or gone."""


class _Act(Generic[T]):
    """A piece of work on its way to a thread, and the future in which its caller hears of it."""

    def __init__(self, work: Callable[[Connection], T], loop: asyncio.AbstractEventLoop, bare: bool) -> None:
        self.work = work
        self.loop = loop
        self.bare = bare
        """Whether it must stand outside of any transaction."""
        self.told: asyncio.Future[T] = loop.create_future()
        self._taken = threading.Lock()

    def take(self) -> bool:
        """Whether it is the asker's now: a thread takes it to do it, its caller takes it back to leave."""
        return self._taken.acquire(blocking=False)

    def give_up(self) -> None:
        """Nobody was free for too long: it is not done any more, and its caller is told."""
        if self.take() and not self.told.done():
            self.told.set_exception(_unavailable("everybody who could is busy"))


_Queue = SimpleQueue["_Act[object] | None"]


@dataclass(frozen=True)
class _Outcome:
    """What came of an act."""

    act: _Act[object]
    value: object = None
    error: BaseException | None = None


class SqliteThreads:
    """Transactions in the database of `engine`. `free_s` is how long work waits until a thread takes it, in seconds.

    With `readers` 0 the writer reads as well: a database in memory has one connection only.
    """

    def __init__(self, engine: Engine, free_s: float, readers: int = READERS) -> None:
        self._engine = engine
        self._free_s = free_s
        self._closed = False
        self._owed = False
        """Whether the journal still holds what was erased."""
        self._writes: _Queue = SimpleQueue()
        self._reads: _Queue = SimpleQueue() if readers else self._writes
        self._threads = [threading.Thread(target=self._write_on, name="database-writer", daemon=True)]
        for number in range(readers):
            name = f"database-reader-{number}"
            self._threads.append(threading.Thread(target=self._read_on, name=name, daemon=True))
        for thread in self._threads:
            thread.start()

    async def read(self, work: Callable[[Connection], T]) -> T:
        """What `work` finds in one state of the database. Raises Unavailable."""
        return await self._done(work, self._reads)

    async def write(self, work: Callable[[Connection], T]) -> T:
        """What `work` gives, once all that it wrote is kept; nothing of it is where it raises. Raises Unavailable.

        It may be called twice: where a transaction that it shared with others failed, it is tried by itself.
        """
        return await self._done(work, self._writes)

    async def empty_journal(self) -> None:
        """Let nothing that was erased linger in the write-ahead file.

        What readers of an older state hold up, or others who write, is tried again every half a minute, as long as the
        threads live.
        """
        self._owed = True
        with suppress(Unavailable):
            await self._done(_emptied, self._writes, bare=True)

    async def close(self) -> None:
        """End the threads, once they have done what was asked of them."""
        self._closed = True
        self._writes.put(None)
        for _ in self._threads[1:]:
            self._reads.put(None)
        for thread in self._threads:
            await asyncio.to_thread(thread.join)

    async def _done(self, work: Callable[[Connection], T], queue: _Queue, bare: bool = False) -> T:
        if self._closed:
            raise _unavailable("it is closed")
        loop = asyncio.get_running_loop()
        act = _Act(work, loop, bare)
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

    def _read_on(self) -> None:
        with _Line(self._engine.execution_options(begin="BEGIN")) as line:
            while (act := self._reads.get()) is not None:
                if act.take():
                    _tell([_alone(line.db, act)])

    def _write_on(self) -> None:
        with _Line(self._engine) as line:
            while True:
                try:
                    acts, last = self._waiting(JOURNAL_AGAIN_S if self._owed else None)
                except Empty:
                    with suppress(Exception):  # it is tried again
                        self._owed = not _emptied(line.db)
                    continue
                taken = [act for act in acts if act.take()]
                outcomes = list(_written(line.db, [act for act in taken if not act.bare]))
                for act in taken:
                    if act.bare:
                        outcomes.append(outcome := _bare(line.db, act))
                        self._owed = outcome.value is not True
                _tell(outcomes)
                if last:
                    return

    def _waiting(self, at_most_s: float | None) -> tuple[list[_Act[object]], bool]:
        """All acts that wait to be written, at least one of them, and whether they are the last."""
        acts: list[_Act[object]] = []
        act = self._writes.get(timeout=at_most_s)
        with suppress(Empty):
            while act is not None:
                acts.append(act)
                if len(acts) == MOST_TOGETHER:
                    return acts, False
                act = self._writes.get_nowait()
            return acts, True
        return acts, False


class _Line:
    """A thread's connection: another one where the last was left in the midst of a transaction that could not be ended."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._db: Connection | None = None

    @property
    def db(self) -> Connection | None:
        """The connection, None while there is none to be had."""
        if self._db is not None and self._db.in_transaction():
            self.__exit__()
        if self._db is None:
            with suppress(Exception):  # whoever asks is told, and the next one asks again
                self._db = self._engine.connect()
        return self._db

    def __enter__(self) -> _Line:
        return self

    def __exit__(self, *_: object) -> None:
        db, self._db = self._db, None
        if db is not None:
            with suppress(Exception):  # it is given up either way
                if db.in_transaction():
                    db.invalidate()
                db.close()


def _written(db: Connection | None, acts: Sequence[_Act[object]]) -> Iterator[_Outcome]:
    """What came of acts that write, in one transaction where that goes well and else each in its own."""
    if len(acts) > 1 and db is not None:
        try:
            yield from _together(db, acts)
            return
        except _Held as held:
            yield from (_Outcome(act, error=_unavailable(held)) for act in acts)
            return
        except Exception:
            pass  # one of them, or the commit: each hears of its own
    held_up: BaseException | None = None
    for act in acts:
        if held_up is not None:
            yield _Outcome(act, error=held_up)
            continue
        yield (outcome := _alone(db, act))
        if isinstance(outcome.error, Unavailable):  # the others need not wait for it each in their turn
            held_up = outcome.error if isinstance(outcome.error.__cause__, _Held) else None


class _Held(Exception):
    """The transaction could not even begin: another process writes, or the file is no database any more."""


@contextmanager
def _transaction(db: Connection | None) -> Iterator[Connection]:
    """All of the block is kept, or nothing. Raises _Held where it cannot begin."""
    try:
        if db is None:
            raise _Held("no connection is to be had")
        transaction = db.begin()
    except Exception as error:
        raise _Held(str(getattr(error, "orig", error))) from error
    try:
        yield db
        transaction.commit()
    except BaseException:
        transaction.close()
        driver = db.connection.driver_connection
        if driver is not None and driver.in_transaction:
            driver.rollback()  # a commit that SQLite refused leaves it open
        raise


def _together(db: Connection, acts: Sequence[_Act[object]]) -> list[_Outcome]:
    outcomes: list[_Outcome] = []
    with _transaction(db):
        for act in acts:
            db.exec_driver_sql("SAVEPOINT act")
            outcomes.append(outcome := _tried(db, act))
            if outcome.error is not None:
                db.exec_driver_sql("ROLLBACK TO act")
            db.exec_driver_sql("RELEASE act")
    return outcomes


def _alone(line: Connection | None, act: _Act[object]) -> _Outcome:
    try:
        with _transaction(line) as db:
            outcome = _tried(db, act)
            if outcome.error is not None:
                raise outcome.error
        return outcome
    except (_Held, *_REFUSED) as error:
        return _Outcome(act, error=_unavailable(error))
    except BaseException as error:  # it is the caller's, and the thread is everybody's
        return _Outcome(act, error=error)


def _tried(db: Connection, act: _Act[object]) -> _Outcome:
    try:
        return _Outcome(act, act.work(db))
    except _REFUSED:
        raise
    except BaseException as error:  # it is the caller's; the others go on
        return _Outcome(act, error=error)


def _bare(db: Connection | None, act: _Act[object]) -> _Outcome:
    try:
        return _Outcome(act, act.work(db))  # type: ignore[arg-type]  # what is bare minds having no connection itself
    except Exception as error:
        return _Outcome(act, error=_unavailable(error))


def _emptied(db: Connection | None) -> bool:
    """Whether the journal could be emptied: not while somebody reads an older state."""
    if db is None:
        return False
    raw = db.connection.cursor()
    (usual,) = raw.execute("PRAGMA busy_timeout").fetchone()
    raw.execute(f"PRAGMA busy_timeout = {JOURNAL_BUSY_MS}")  # it holds the file while it waits
    try:
        busy, *_ = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not busy
    finally:
        raw.execute(f"PRAGMA busy_timeout = {usual}")
        raw.close()


def _tell(outcomes: Sequence[_Outcome]) -> None:
    for loop in {outcome.act.loop for outcome in outcomes}:
        with suppress(RuntimeError):  # the loop is closed: nobody is left to hear
            loop.call_soon_threadsafe(_heard, [one for one in outcomes if one.act.loop is loop])


def _heard(outcomes: Sequence[_Outcome]) -> None:
    for outcome in outcomes:
        told = outcome.act.told
        if told.done():
            continue
        if isinstance(outcome.error, StopIteration):  # no future takes one
            told.set_exception(RuntimeError(repr(outcome.error)))
        elif outcome.error is not None:
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
    told = Unavailable(f"The interviews cannot be reached at the moment ({getattr(why, 'orig', why)}).")
    told.__cause__ = why if isinstance(why, BaseException) else None
    return told
