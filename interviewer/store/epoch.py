"""The installation's epoch: numbers that clients remember hold within it only.

It changes when an operator brings an older state of the database back; then every client loads afresh (wire.md P5).
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import delete

from interviewer.store import tables
from interviewer.store.database import Database
from interviewer.store.kept import kept

_meta = tables.meta.c
LENGTH = 8
NAME = "epoch"


async def epoch(database: Database, new_secret: Callable[[], str]) -> str:
    """The epoch of the database; the first to ask makes it from `new_secret`. Raises Unavailable."""
    return await kept(database, NAME, lambda: new_secret()[:LENGTH])


async def new_epoch(database: Database, new_secret: Callable[[], str]) -> str:
    """Begin another epoch, as after a restored backup."""

    begun = delete(tables.meta).where(_meta.key == NAME)
    await database.write(lambda db: db.execute(begun).rowcount)
    return await epoch(database, new_secret)
