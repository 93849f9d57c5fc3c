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
