"""The tables, all of them. They say what is kept; `migrations/` says how an older database gets there.

Written for SQLite and PostgreSQL alike. The constraints are the last lock: should two writers ever pass the
checks in code, one of them fails here and nothing is kept twice (wire.md 3.1).
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    CheckConstraint,
    Column,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    text,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

metadata = MetaData()


class UtcMoment(TypeDecorator[datetime]):
    """An aware moment in UTC, to the microsecond; SQLite knows no zones, so it is kept there without one."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a moment without a zone cannot be kept: {value}")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class db_now(FunctionElement[float]):
    """The database's own clock, in seconds since 1970: every worker's leases are judged by the same one."""

    type = Float()
    inherit_cache = True


@compiles(db_now)
def _in_postgresql(_element: db_now, _compiler: SQLCompiler, **_: object) -> str:
    return "EXTRACT(EPOCH FROM clock_timestamp())"


@compiles(db_now, "sqlite")
def _in_sqlite(_element: db_now, _compiler: SQLCompiler, **_: object) -> str:
    return "((julianday('now') - 2440587.5) * 86400.0)"


session = Table(
    "session",
    metadata,
    Column("id", String, primary_key=True),
    Column("tenant", String, nullable=False, server_default="local"),
    Column("owner", String, nullable=False, server_default="local"),
    Column("state", String, nullable=False),
    Column("epoch", Integer, nullable=False, server_default="1"),
    Column("head_public", Integer, nullable=False),
    Column("head_internal", Integer, nullable=False),
    Column("schema_version", Integer, nullable=False),
    Column("started_at", UtcMoment, nullable=False),
    Column("last_at", UtcMoment, nullable=False),
    CheckConstraint("state IN ('open', 'paused', 'ended')", name="session_state"),
    Index("session_last", "tenant", "last_at"),
    Index("session_owner", "owner", "last_at"),
)
"""One row a session: whose it is and how far its two streams have come. The row is the append's lock."""

event = Table(
    "event",
    metadata,
    Column("session_id", String, ForeignKey("session.id", ondelete="CASCADE"), primary_key=True),
    Column("stream", String, primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("pos", Integer, nullable=False),
    Column("kind", String, nullable=False),
    Column("at", UtcMoment, nullable=False),
    Column("cmid", String),
    Column("turn_id", String),
    Column("body", Text, nullable=False),
    UniqueConstraint("session_id", "pos", name="event_pos"),
    Index(
        "event_cmid",
        "session_id",
        "cmid",
        unique=True,
        sqlite_where=text("cmid IS NOT NULL"),
        postgresql_where=text("cmid IS NOT NULL"),
    ),
    Index(
        "event_one_answer",
        "session_id",
        "turn_id",
        unique=True,
        sqlite_where=text("kind = 'interviewer_spoke'"),
        postgresql_where=text("kind = 'interviewer_spoke'"),
    ),
)
"""Everything that happened. `body` is the event as JSON; the other columns repeat what queries need of it."""

summary = Table(
    "summary",
    metadata,
    Column("session_id", String, ForeignKey("session.id", ondelete="CASCADE"), primary_key=True),
    Column("scenario", String, nullable=False),
    Column("retry_of", String),
    Column("body", Text, nullable=False),
    Index("summary_scenario", "scenario"),
)
"""What lists show of a session, kept in step with its events. A session of an older database has none until asked."""

job = Table(
    "job",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("session_id", String, ForeignKey("session.id", ondelete="CASCADE"), nullable=False),
    Column("kind", String, nullable=False),
    Column("pos", Integer, nullable=False),
    Column("state", String, nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("fence", Integer, nullable=False),
    Column("made_at", Float, nullable=False),
    Column("run_after", Float, nullable=False),
    Column("lease_until", Float),
    Column("worker", String),
    Column("interrupt", String),
    Column("last_error", Text),
    CheckConstraint("state IN ('ready', 'running', 'done', 'dead')", name="job_state"),
    UniqueConstraint("session_id", "kind", "pos", name="job_once"),
    Index("job_due", "state", "run_after"),
    sqlite_autoincrement=True,  # an id is never used again, so a worker of long ago cannot hold somebody else's job
)
"""What is to be thought about. Moments are seconds since 1970 by the database's clock."""

board = Table(
    "board",
    metadata,
    Column("session_id", String, ForeignKey("session.id", ondelete="CASCADE"), primary_key=True),
    Column("rev", Integer, primary_key=True),
    Column("scene", Text, nullable=False),
    Column("at", UtcMoment, nullable=False),
    Column("named_by", Integer),
)
"""Boards by revision. `named_by` is the number, in the public stream, of the first message said with it."""

account = Table(
    "account",
    metadata,
    Column("id", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("roles", String, nullable=False),
    Column("preferences", Text, nullable=False),
    Column("created_at", UtcMoment, nullable=False),
)
"""People. `roles` are parted by spaces."""

secret = Table(
    "secret",
    metadata,
    Column("hash", String, primary_key=True),
    Column("account_id", String, ForeignKey("account.id", ondelete="CASCADE"), nullable=False),
    Column("purpose", String, nullable=False),
    Column("label", String, nullable=False),
    Column("made_at", UtcMoment, nullable=False),
    Column("seen_at", UtcMoment, nullable=False),
    Column("expires_at", UtcMoment),
    Column("used_at", UtcMoment),
    Index("secret_account", "account_id"),
)
"""What shows who somebody is, as SHA-256 only: whoever reads the file can sign in as nobody."""

ticket = Table(
    "ticket",
    metadata,
    Column("hash", String, primary_key=True),
    Column("account_id", String, ForeignKey("account.id", ondelete="CASCADE"), nullable=False),
    Column("session_id", String, ForeignKey("session.id", ondelete="CASCADE"), nullable=False),
    Column("stream", String, nullable=False),
    Column("origin", String),
    Column("expires_at", UtcMoment, nullable=False),
    Column("used_at", UtcMoment),
)
"""Tickets for one socket each."""

reply = Table(
    "reply",
    metadata,
    Column("account_id", String, ForeignKey("account.id", ondelete="CASCADE"), primary_key=True),
    Column("key", String, primary_key=True),
    Column("session_id", String, ForeignKey("session.id", ondelete="CASCADE")),
    Column("request_hash", String, nullable=False),
    Column("status", Integer, nullable=False),
    Column("body", Text, nullable=False),
    Column("at", UtcMoment, nullable=False),
)
"""What was answered to a request that carried a key, so that the same request again gets the same answer."""

meta = Table(
    "meta",
    metadata,
    Column("key", String, primary_key=True),
    Column("value", String, nullable=False),
)
"""What is true of the whole installation, such as its epoch."""

spending = Table(
    "spending",
    metadata,
    Column("day", String, primary_key=True),
    Column("session", String, primary_key=True),
    Column("model", String, primary_key=True),
    Column("prompt", Integer, nullable=False),
    Column("cached", Integer, nullable=False),
    Column("completion", Integer, nullable=False),
    Column("money", Float, nullable=False),
    Column("calls", Integer, nullable=False),
    Index("spending_session", "session"),
)
"""What models were asked, in tokens and money. It outlives a session that is forgotten, since it holds nothing of anybody's."""
