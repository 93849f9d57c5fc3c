"""What a served interview needs: jobs, boards, accounts, and summaries for lists. No older table is altered."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("session_owner", "session", ["owner", "last_at"])
    _create_what_belongs_to_a_session()
    _create_what_belongs_to_an_account()
    op.create_table(
        "meta",
        sa.Column("key", sa.String, primary_key=True),
        sa.Column("value", sa.String, nullable=False),
    )


def downgrade() -> None:
    for table in ("meta", "reply", "ticket", "secret", "account", "board", "job", "summary"):
        op.drop_table(table)
    op.drop_index("session_owner", "session")


def _create_what_belongs_to_a_session() -> None:
    op.create_table(
        "summary",
        _of("session", primary_key=True),
        sa.Column("scenario", sa.String, nullable=False),
        sa.Column("retry_of", sa.String),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_index("summary_scenario", "summary", ["scenario"])
    op.create_table(
        "job",
        sa.Column("id", sa.Integer, primary_key=True),
        _of("session", nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("pos", sa.Integer, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("attempt", sa.Integer, nullable=False),
        sa.Column("fence", sa.Integer, nullable=False),
        sa.Column("made_at", sa.Float, nullable=False),
        sa.Column("run_after", sa.Float, nullable=False),
        sa.Column("lease_until", sa.Float),
        sa.Column("worker", sa.String),
        sa.Column("interrupt", sa.String),
        sa.Column("last_error", sa.Text),
        sa.CheckConstraint("state IN ('ready', 'running', 'done', 'dead')", name="job_state"),
        sa.UniqueConstraint("session_id", "kind", "pos", name="job_once"),
        sqlite_autoincrement=True,
    )
    op.create_index("job_due", "job", ["state", "run_after"])
    op.create_table(
        "board",
        _of("session", primary_key=True),
        sa.Column("rev", sa.Integer, primary_key=True),
        sa.Column("scene", sa.Text, nullable=False),
        _moment("at", nullable=False),
        sa.Column("named_by", sa.Integer),
    )


def _create_what_belongs_to_an_account() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("roles", sa.String, nullable=False),
        sa.Column("preferences", sa.Text, nullable=False),
        _moment("created_at", nullable=False),
    )
    op.create_table(
        "secret",
        sa.Column("hash", sa.String, primary_key=True),
        _of("account", nullable=False),
        sa.Column("purpose", sa.String, nullable=False),
        sa.Column("label", sa.String, nullable=False),
        _moment("made_at", nullable=False),
        _moment("seen_at", nullable=False),
        _moment("expires_at"),
        _moment("used_at"),
    )
    op.create_index("secret_account", "secret", ["account_id"])
    op.create_table(
        "ticket",
        sa.Column("hash", sa.String, primary_key=True),
        _of("account", nullable=False),
        _of("session", nullable=False),
        sa.Column("stream", sa.String, nullable=False),
        sa.Column("origin", sa.String),
        _moment("expires_at", nullable=False),
        _moment("used_at"),
    )
    op.create_table(
        "reply",
        _of("account", primary_key=True),
        sa.Column("key", sa.String, primary_key=True),
        _of("session"),
        sa.Column("request_hash", sa.String, nullable=False),
        sa.Column("status", sa.Integer, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        _moment("at", nullable=False),
    )


def _of(table: str, *, primary_key: bool = False, nullable: bool | None = None) -> sa.Column[str]:
    key = sa.ForeignKey(f"{table}.id", ondelete="CASCADE")
    null = not primary_key if nullable is None else nullable
    return sa.Column(f"{table}_id", sa.String, key, primary_key=primary_key, nullable=null)


def _moment(name: str, nullable: bool = True) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)
