"""What models may cost is kept. No older table is altered."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "spending",
        sa.Column("day", sa.String, primary_key=True),
        sa.Column("session", sa.String, primary_key=True),
        sa.Column("model", sa.String, primary_key=True),
        sa.Column("prompt", sa.Integer, nullable=False),
        sa.Column("cached", sa.Integer, nullable=False),
        sa.Column("completion", sa.Integer, nullable=False),
        sa.Column("money", sa.Float, nullable=False),
        sa.Column("calls", sa.Integer, nullable=False),
    )
    op.create_index("spending_session", "spending", ["session"])


def downgrade() -> None:
    op.drop_table("spending")
