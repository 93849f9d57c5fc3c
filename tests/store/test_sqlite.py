"""Transactions on threads: who shares a commit, and what becomes of work that fails, waits too long or is not wanted."""

import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, event, text
from sqlalchemy.exc import IntegrityError

from interviewer.errors import Unavailable
from interviewer.store.database import Database, open_database, sqlite_file
from interviewer.store.sqlite import READERS
from tests.store.database import sql


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    async with open_database(sqlite_file(tmp_path / "a.sqlite"), busy_s=0.1, free_s=0.3) as database:
        await sql(database, "CREATE TABLE mark (name TEXT PRIMARY KEY)")
        yield database


class Held:
    """The writer's thread, kept busy until it is let go, so that what is asked meanwhile waits together."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._begun, self._let_go = threading.Event(), threading.Event()

    async def __aenter__(self) -> None:
        self._task = asyncio.create_task(self._database.write(self._hold))
        await asyncio.to_thread(self._begun.wait, 5)

    async def __aexit__(self, *_: object) -> None:
        self._let_go.set()
        await self._task

    def _hold(self, _: Connection) -> None:
        self._begun.set()
        self._let_go.wait(5)


def marking(name: str):
    def mark(db: Connection) -> str:
        db.execute(text("INSERT INTO mark VALUES (:name)"), {"name": name})
        return name

    return mark


async def marks(database: Database) -> list[str]:
    return [name for (name,) in await sql(database, "SELECT name FROM mark ORDER BY name")]


async def asked(database: Database, *works) -> list:
    """What comes of works that reach the writer together."""
    async with Held(database):
        tasks = [asyncio.create_task(database.write(work)) for work in works]
        await asyncio.sleep(0.05)
    return await asyncio.gather(*tasks, return_exceptions=True)


async def test_writers_who_wait_together_share_one_commit(database: Database) -> None:
    commits: list[str] = []
    event.listen(Engine, "commit", note := lambda _: commits.append("commit"))
    try:
        assert await asked(database, *(marking(name) for name in "abcdefgh")) == list("abcdefgh")
    finally:
        event.remove(Engine, "commit", note)
    assert len(commits) == 2  # of the one who held the thread, and of the eight
    assert await marks(database) == list("abcdefgh")


async def test_one_who_fails_takes_nobody_with_them(database: Database) -> None:
    def half(db: Connection) -> None:
        marking("half")(db)
        raise LookupError("half")

    a, twice, undone, b = await asked(database, marking("a"), marking("a"), half, marking("b"))
    assert (a, b) == ("a", "b")
    assert isinstance(twice, IntegrityError)
    assert isinstance(undone, LookupError)
    assert await marks(database) == ["a", "b"]


async def test_where_one_is_refused_each_is_tried_by_itself(database: Database) -> None:
    tries: list[str] = []

    def refused(db: Connection) -> None:
        tries.append("refused")
        raise sqlite3.OperationalError("database or disk is full")

    a, full, b = await asked(database, marking("a"), refused, marking("b"))
    assert (a, b) == ("a", "b")
    assert isinstance(full, Unavailable)
    assert tries == ["refused", "refused"]
    assert await marks(database) == ["a", "b"]


async def test_where_the_commit_fails_each_is_tried_by_itself(database: Database) -> None:
    await sql(database, "CREATE TABLE part (of_mark TEXT REFERENCES mark DEFERRABLE INITIALLY DEFERRED)")

    def dangling(db: Connection) -> None:
        db.execute(text("INSERT INTO part VALUES ('nobody')"))

    a, refused, b = await asked(database, marking("a"), dangling, marking("b"))
    assert (a, b) == ("a", "b")
    assert isinstance(refused, IntegrityError)
    assert await marks(database) == ["a", "b"]


class Surprise(BaseException):
    pass


@pytest.mark.parametrize("error", [Surprise, StopIteration, MemoryError])
async def test_a_thread_outlives_whatever_goes_wrong_in_its_work(
    database: Database, error: type[BaseException]
) -> None:
    def fail(_: Connection) -> None:
        raise error

    a, wrong, b = await asked(database, marking("a"), fail, marking("b"))
    assert (a, b) == ("a", "b")
    assert isinstance(wrong, RuntimeError if error is StopIteration else error)
    for _ in range(READERS + 1):
        with pytest.raises((error, RuntimeError)):
            await database.read(fail)
    assert await marks(database) == ["a", "b"]


async def test_where_no_transaction_can_begin_everybody_is_told(database: Database) -> None:
    def broken(_: Connection) -> None:
        raise sqlite3.DatabaseError("database disk image is malformed")

    event.listen(Engine, "begin", broken)
    try:
        async with asyncio.timeout(5):
            works = (database.write(marking(name)) for name in "abc")
            outcomes = await asyncio.gather(*works, return_exceptions=True)
            with pytest.raises(Unavailable, match="malformed"):
                await database.read(lambda db: db.exec_driver_sql("SELECT 1").scalar_one())
    finally:
        event.remove(Engine, "begin", broken)
    assert [type(outcome) for outcome in outcomes] == [Unavailable] * 3
    assert await database.write(marking("d")) == "d"


async def test_what_is_asked_after_the_end_is_told_at_once(tmp_path: Path) -> None:
    async with open_database(sqlite_file(tmp_path / "a.sqlite")) as database:
        pass
    async with asyncio.timeout(1):
        with pytest.raises(Unavailable):
            await database.write(marking("late"))


async def test_the_journal_is_emptied_once_nobody_reads_an_older_state(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("interviewer.store.sqlite.JOURNAL_AGAIN_S", 0.05)
    other = sqlite3.connect(tmp_path / "a.sqlite", isolation_level=None)
    try:
        other.execute("BEGIN")
        other.execute("SELECT * FROM mark").fetchall()
        await database.write(marking("secret-word"))
        await sql(database, "DELETE FROM mark")
        async with asyncio.timeout(2):
            await database.empty_journal()
            await database.write(marking("another"))  # nobody waits for the one who reads
        assert b"secret-word" in (tmp_path / "a.sqlite-wal").read_bytes()
    finally:
        other.close()
    for _ in range(100):
        if b"secret-word" not in (tmp_path / "a.sqlite-wal").read_bytes():
            break
        await asyncio.sleep(0.05)
    assert b"secret-word" not in (tmp_path / "a.sqlite-wal").read_bytes()
    assert await marks(database) == ["another"]


async def test_whoever_waits_for_another_program_together_is_told_together(
    database: Database, tmp_path: Path
) -> None:
    other = sqlite3.connect(tmp_path / "a.sqlite", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        async with asyncio.timeout(1):  # the busy time twice, not eight times
            works = (database.write(marking(name)) for name in "abcdefgh")
            outcomes = await asyncio.gather(*works, return_exceptions=True)
    finally:
        other.close()
    assert [type(outcome) for outcome in outcomes] == [Unavailable] * 8
    assert await marks(database) == []


async def test_what_waited_too_long_is_not_done_later(database: Database) -> None:
    async with Held(database):
        with pytest.raises(Unavailable):
            await database.write(marking("late"))
    assert await marks(database) == []


async def test_what_nobody_wants_any_more_is_not_begun(database: Database) -> None:
    async with Held(database):
        task = asyncio.create_task(database.write(marking("unwanted")))
        await asyncio.sleep(0.02)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    assert await marks(database) == []


async def test_what_is_under_way_is_done_before_its_caller_leaves(database: Database) -> None:
    begun, let_go = threading.Event(), threading.Event()

    def slow(db: Connection) -> None:
        begun.set()
        let_go.wait(5)
        marking("slow")(db)

    task = asyncio.create_task(database.write(slow))
    await asyncio.to_thread(begun.wait, 5)
    task.cancel()
    await asyncio.sleep(0.02)
    task.cancel()
    await asyncio.sleep(0.02)
    assert not task.done()
    let_go.set()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await marks(database) == ["slow"]


async def test_reading_goes_on_while_somebody_writes(database: Database) -> None:
    async with Held(database), asyncio.timeout(1):
        assert await database.read(lambda db: db.exec_driver_sql("SELECT 1").scalar_one()) == 1


async def test_what_was_asked_before_the_end_is_done(tmp_path: Path) -> None:
    url = sqlite_file(tmp_path / "a.sqlite")
    async with open_database(url) as database:
        await sql(database, "CREATE TABLE mark (name TEXT PRIMARY KEY)")
        tasks = [asyncio.create_task(database.write(marking(name))) for name in "abc"]
        await asyncio.sleep(0)
    assert await asyncio.gather(*tasks) == ["a", "b", "c"]
    async with open_database(url) as database:
        assert await marks(database) == ["a", "b", "c"]
