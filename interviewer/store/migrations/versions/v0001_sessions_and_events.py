"""Sessions and their events."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "session",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("tenant", sa.String, nullable=False, server_default="local"),
        sa.Column("owner", sa.String, nullable=False, server_default="local"),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("epoch", sa.Integer, nullable=False, server_default="1"),
        sa.Column("head_public", sa.Integer, nullable=False),
        sa.Column("head_internal", sa.Integer, nullable=False),
        sa.Column("schema_version", sa.Integer, nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("state IN ('open', 'paused', 'ended')", name="session_state"),
    )
    op.create_index("session_last", "session", ["tenant", "last_at"])
    op.create_table(
        "event",
        sa.Column("session_id", sa.String, sa.ForeignKey("session.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("stream", sa.String, primary_key=True),
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("pos", sa.Integer, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cmid", sa.String),
        sa.Column("turn_id", sa.String),
        sa.Column("body", sa.Text, nullable=False),
        sa.UniqueConstraint("session_id", "pos", name="event_pos"),
    )
    _create_unique_where("event_cmid", ["session_id", "cmid"], "cmid IS NOT NULL")
    _create_unique_where("event_one_answer", ["session_id", "turn_id"], "kind = 'interviewer_spoke'")


def downgrade() -> None:
    op.drop_table("event")
    op.drop_table("session")


def _create_unique_where(name: str, columns: list[str], where: str) -> None:
    condition = sa.text(where)
    op.create_index(name, "event", columns, unique=True, sqlite_where=condition, postgresql_where=condition)
