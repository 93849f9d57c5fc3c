"""The installation's epoch: numbers that clients remember hold within it only.

It changes when an operator brings an older state of the database back; then every client loads afresh (wire.md P5).
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncEngine

from interviewer.store import tables
from interviewer.store.appending import writing
from interviewer.store.database import unbroken
from interviewer.store.kept import kept

_meta = tables.meta.c
LENGTH = 8
NAME = "epoch"


async def epoch(engine: AsyncEngine, new_secret: Callable[[], str]) -> str:
    """The epoch of the database; the first to ask makes it from `new_secret`. Raises Unavailable."""
    return await kept(engine, NAME, lambda: new_secret()[:LENGTH])


async def new_epoch(engine: AsyncEngine, new_secret: Callable[[], str]) -> str:
    """Begin another epoch, as after a restored backup."""

    async def begin() -> None:
        async with writing(engine) as db:
            await db.execute(delete(tables.meta).where(_meta.key == NAME))

    await unbroken(begin())
    return await epoch(engine, new_secret)
