"""The installation's epoch: numbers that clients remember hold within it only.

It changes when an operator brings an older state of the database back; then every client loads afresh (wire.md P5).
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncEngine

from interviewer.store import tables
from interviewer.store.appending import writing
from interviewer.store.database import reading, unbroken

_meta = tables.meta.c
LENGTH = 8


async def epoch(engine: AsyncEngine, new_secret: Callable[[], str]) -> str:
    """The epoch of the database; the first to ask makes it from `new_secret`. Raises Unavailable."""

    async def ask() -> str:
        query = select(_meta.value).where(_meta.key == "epoch")
        async with reading(engine).connect() as db:
            known = await db.scalar(query)
        if known is not None:
            return str(known)
        async with writing(engine) as db:
            known = await db.scalar(query)
            if known is None:
                known = new_secret()[:LENGTH]
                await db.execute(insert(tables.meta).values(key="epoch", value=known))
            return str(known)

    return await unbroken(ask())


async def new_epoch(engine: AsyncEngine, new_secret: Callable[[], str]) -> str:
    """Begin another epoch, as after a restored backup."""

    async def begin() -> None:
        async with writing(engine) as db:
            await db.execute(delete(tables.meta).where(_meta.key == "epoch"))

    await unbroken(begin())
    return await epoch(engine, new_secret)
