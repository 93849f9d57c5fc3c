"""A database, opened: its connections set up for durability, its tables brought up to date.

What stands in the tables is the business of the files beside this one. SQLite is the default; the settings
below are the ones measured in wire.md 1.12 and 3.5.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Protocol, TypeVar

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, Engine, create_engine, event, func, make_url, select
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.pool import ConnectionPoolEntry

from interviewer.errors import BadInput, NewerData
from interviewer.interview.events import SCHEMA
from interviewer.store import tables
from interviewer.store.sqlite import READERS, SqliteThreads

T = TypeVar("T")

MIGRATIONS = Path(__file__).parent / "migrations"

BUSY_S = 15
"""How long a writer waits for another process that writes, in seconds, before it gives up."""

CONNECTION_S = 5
"""How long work waits until somebody takes it, in seconds; whoever asked is told sooner than they give up."""

_PRAGMAS = (
    "PRAGMA synchronous = FULL",  # an acknowledged message survives a power cut, not only a killed process
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",  # what is forgotten is overwritten
)


class Database(Protocol):
    """Where transactions are done, each as one function of a connection: all of it is kept, or nothing.

    The work is done to its end even when its caller is cancelled, or not begun at all. It must give nothing that still
    needs the connection. Both raise Unavailable where the database does not take it now.
    """

    async def read(self, work: Callable[[Connection], T]) -> T:
        """What `work` finds in one state of the database."""
        ...

    async def write(self, work: Callable[[Connection], T]) -> T:
        """What `work` gives, once all that it wrote is kept. It may be called again where a commit failed."""
        ...

    async def empty_journal(self) -> None:
        """Let nothing that was erased linger beside the tables."""
        ...


def sqlite_file(path: Path) -> str:
    """The URL of the SQLite database in `path`; makes the folder, and a file that only its owner may read."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600, exist_ok=True)
    return URL.create("sqlite", database=str(path)).render_as_string(hide_password=False)


@asynccontextmanager
async def open_database(
    url: str, busy_s: float = BUSY_S, free_s: float = CONNECTION_S
) -> AsyncIterator[Database]:
    """The database behind `url`, its tables up to date; closed at the end of the block.

    `busy_s` is how long a writer waits for another process that writes, `free_s` how long work waits until it is begun,
    both in seconds.
    Upgrading is one transaction, so an upgrade that was interrupted left nothing behind and runs again.
    Raises NewerData when a newer version of the program has written it, BadInput when it is no database.
    """
    in_memory = make_url(url).database in (None, "", ":memory:")
    engine = create_engine(url)
    event.listen(engine, "connect", partial(_set_up_sqlite, busy_s))
    event.listen(engine, "begin", _begin_sqlite)
    try:
        if not in_memory:
            await asyncio.to_thread(_prepare, engine)
        threads = SqliteThreads(engine, free_s, readers=0 if in_memory else READERS)
        try:
            if in_memory:
                await threads.write(_upgrade_in_transaction)
            yield threads
        finally:
            await threads.close()
    finally:
        engine.dispose()


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
        connection.connection.cursor().execute(begin)


def _prepare(engine: Engine) -> None:
    try:
        _write_ahead(engine)
        with engine.begin() as connection:
            _upgrade_in_transaction(connection)
    except OperationalError:
        raise
    except DatabaseError as error:
        raise BadInput(f"{engine.url.database} is not a database of this program: {error.orig}") from error


def _write_ahead(engine: Engine) -> None:
    # A file is switched once and for good. While several open a new file, the switch is the one statement
    # that SQLite refuses at once instead of waiting for the busy timeout.
    until = time.monotonic() + BUSY_S
    with engine.execution_options(begin=None).connect() as connection:
        while True:
            try:
                connection.exec_driver_sql("PRAGMA journal_mode = WAL")
                return
            except OperationalError as error:
                if "locked" not in str(error.orig) or time.monotonic() > until:
                    raise
                time.sleep(0.02)


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
