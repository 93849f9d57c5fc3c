"""Values that hold for the whole installation and are made once, by whoever asks first: all processes get the same."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncEngine

from interviewer.store import tables
from interviewer.store.appending import writing
from interviewer.store.database import reading, unbroken

_meta = tables.meta.c
SAID_KEY = "said_key"
"""What the codes around candidates' words in prompts are made with. It is told to nobody."""


async def kept(engine: AsyncEngine, name: str, make: Callable[[], str]) -> str:
    """The value under a name; the first to ask makes it. Raises Unavailable."""

    async def ask() -> str:
        query = select(_meta.value).where(_meta.key == name)
        async with reading(engine).connect() as db:
            known = await db.scalar(query)
        if known is not None:
            return str(known)
        async with writing(engine) as db:
            known = await db.scalar(query)
            if known is None:
                known = make()
                await db.execute(insert(tables.meta).values(key=name, value=known))
            return str(known)

    return await unbroken(ask())
