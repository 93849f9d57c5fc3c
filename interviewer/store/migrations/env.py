"""Alembic's way in. The connection, and the transaction around it, come from `store/database.py`."""

from __future__ import annotations

from alembic import context

from interviewer.store.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
