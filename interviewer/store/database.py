"""A database, opened: its connections set up for durability, its tables brought up to date.

What stands in the tables is the business of the files beside this one. SQLite is the default; the settings
below are the ones measured in wire.md 1.12 and 3.5.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TypeVar

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, event, func, make_url, select
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from interviewer.errors import BadInput, NewerData, Unavailable
from interviewer.interview.events import SCHEMA
from interviewer.store import tables

T = TypeVar("T")

MIGRATIONS = Path(__file__).parent / "migrations"

BUSY_S = 15
"""How long a writer waits for another one, in seconds, before it gives up."""

CONNECTION_S = 5
"""How long work waits for a free connection, in seconds; whoever asked is told sooner than they give up."""

_PRAGMAS = (
    "PRAGMA synchronous = FULL",  # an acknowledged message survives a power cut, not only a killed process
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",  # what is forgotten is overwritten
)


def sqlite_file(path: Path) -> str:
    """The URL of the SQLite database in `path`; makes the folder, and a file that only its owner may read."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600, exist_ok=True)
    return URL.create("sqlite+aiosqlite", database=str(path)).render_as_string(hide_password=False)


@asynccontextmanager
async def open_database(
    url: str, busy_s: float = BUSY_S, free_s: float = CONNECTION_S
) -> AsyncIterator[AsyncEngine]:
    """The database behind `url`, its tables up to date; closed at the end of the block.

    `busy_s` is how long a writer waits for another one before it gives up, `free_s` how long anybody waits for a free
    connection, both in seconds.
    Upgrading is one transaction, so an upgrade that was interrupted left nothing behind and runs again.
    Raises NewerData when a newer version of the program has written it, BadInput when it is no database.
    """
    in_memory = make_url(url).render_as_string() == "sqlite+aiosqlite://"  # one connection, never waited for
    engine = create_async_engine(url) if in_memory else create_async_engine(url, pool_timeout=free_s)
    if engine.dialect.name == "sqlite":
        event.listen(engine.sync_engine, "connect", partial(_set_up_sqlite, busy_s))
        event.listen(engine.sync_engine, "begin", _begin_sqlite)
    try:
        await _whole(_prepare(engine))
        yield engine
    finally:
        await engine.dispose()


def reading(engine: AsyncEngine) -> AsyncEngine:
    """The same database for work that only reads: it never waits for a writer, nor keeps one waiting."""
    return engine.execution_options(begin="BEGIN")


async def unbroken(work: Coroutine[object, object, T]) -> T:
    """Let `work` on the database finish even when its caller is cancelled. Raises Unavailable when the database does
    not take it now: no connection is free, or the file cannot be reached."""
    try:
        return await _whole(work)
    except (OperationalError, NoConnectionFree) as error:
        raise Unavailable(
            f"The interviews cannot be reached at the moment ({getattr(error, 'orig', error)})."
        ) from error


async def _whole(work: Coroutine[object, object, T]) -> T:
    """`work`, done to its end even when its caller is cancelled; the caller ends after it.

    A cancellation in the first moments of a transaction makes the driver lose the connection with the file
    still locked, and every later writer waits in vain. The work takes milliseconds, so it is waited for.
    """
    task = asyncio.ensure_future(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        while not task.done():
            with suppress(asyncio.CancelledError):  # told twice, we still leave only after the work
                await asyncio.wait([task])
        if not task.cancelled():
            task.exception()  # nobody is left to hear of it
        raise


async def empty_journal(engine: AsyncEngine) -> None:
    """Let nothing that was erased linger in SQLite's write-ahead file; no other database needs this.

    Waits for readers of an older state, at most the busy timeout; what they hold up goes with the next one.
    """
    if engine.dialect.name == "sqlite":
        async with engine.execution_options(begin=None).connect() as connection:
            await connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def _set_up_sqlite(busy_s: float, connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    # The driver would begin transactions of its own, later and weaker than ours.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {round(busy_s * 1000)}")  # first, so that the others wait as well
    for pragma in _PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    # A transaction that reads before it writes must own the file from its start: begun deferred it fails with
    # "database is locked" whatever the timeout. A checkpoint must stand outside of any transaction.
    begin = connection.get_execution_options().get("begin", "BEGIN IMMEDIATE")
    if begin is not None:
        connection.exec_driver_sql(begin)


async def _prepare(engine: AsyncEngine) -> None:
    try:
        if engine.dialect.name == "sqlite":
            await _write_ahead(engine)
        async with engine.begin() as connection:
            await connection.run_sync(_upgrade_in_transaction)
    except OperationalError:
        raise
    except DatabaseError as error:
        raise BadInput(f"{engine.url.database} is not a database of this program: {error.orig}") from error


async def _write_ahead(engine: AsyncEngine) -> None:
    # A file is switched once and for good. While several open a new file, the switch is the one statement
    # that SQLite refuses at once instead of waiting for the busy timeout.
    async with asyncio.timeout(BUSY_S), engine.execution_options(begin=None).connect() as connection:
        while True:
            try:
                await connection.exec_driver_sql("PRAGMA journal_mode = WAL")
                return
            except OperationalError as error:
                if "locked" not in str(error.orig):
                    raise
                await asyncio.sleep(0.02)


def _upgrade_in_transaction(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    scripts = ScriptDirectory.from_config(config)
    current = MigrationContext.configure(connection).get_current_revision()
    known = {script.revision for script in scripts.walk_revisions()}
    if current is not None and current not in known:
        raise _newer(connection, f"tables {current}", f"tables {scripts.get_current_head()}")
    if current != scripts.get_current_head():
        command.upgrade(config, "head")
    written = connection.scalar(select(func.max(tables.session.c.schema_version)))
    if written is not None and written > SCHEMA:
        raise _newer(connection, f"events {written}", f"events {SCHEMA}")


def _newer(connection: Connection, theirs: str, ours: str) -> NewerData:
    return NewerData(
        f"{connection.engine.url.database} was written by a newer version of this program ({theirs}, while "
        f"this one knows {ours}): update the program, or choose another data folder"
    )
