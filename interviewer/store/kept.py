"""Values that hold for the whole installation and are made once, by whoever asks first: all processes get the same."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection, insert, select

from interviewer.store import tables
from interviewer.store.database import Database

_meta = tables.meta.c
SAID_KEY = "said_key"
"""What the codes around candidates' words in prompts are made with. It is told to nobody."""


async def kept(database: Database, name: str, make: Callable[[], str]) -> str:
    """The value under a name; the first to ask makes it. Raises Unavailable."""

    query = select(_meta.value).where(_meta.key == name)

    def ask(db: Connection) -> str:
        known = db.scalar(query)
        if known is None:
            known = make()
            db.execute(insert(tables.meta).values(key=name, value=known))
        return str(known)

    known = await database.read(lambda db: db.scalar(query))
    return await database.write(ask) if known is None else str(known)
