"""What models cost, in the database: every process sees the same budget, and a restart forgets nothing."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from interviewer.llm.budget import Spent
from interviewer.llm.model import Usage
from interviewer.store import tables
from interviewer.store.appending import writing
from interviewer.store.database import reading, unbroken

_spending = tables.spending.c


class SqlTill:
    """The till in the tables of `engine`, a row for each day, session and model."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._reading = reading(engine)

    async def spent(self, session: str, day: date) -> tuple[Spent, Spent]:
        """What the session and the day have spent so far. Raises Unavailable."""
        return await unbroken(self._spent(session, day))

    async def add(self, session: str, day: date, model: str, usage: Usage, money: float) -> None:
        """A call more. Raises Unavailable."""
        await unbroken(self._add(session, day, model, usage, money))

    async def _spent(self, session: str, day: date) -> tuple[Spent, Spent]:
        sums = select(
            func.coalesce(func.sum(_spending.prompt + _spending.completion), 0),
            func.coalesce(func.sum(_spending.money), 0.0),
            func.coalesce(func.sum(_spending.calls), 0),
        )
        async with self._reading.connect() as db:
            of_session = (await db.execute(sums.where(_spending.session == session))).one()
            of_day = (await db.execute(sums.where(_spending.day == day.isoformat()))).one()
        return _as_spent(tuple(of_session)), _as_spent(tuple(of_day))

    async def _add(self, session: str, day: date, model: str, usage: Usage, money: float) -> None:
        row = {"day": day.isoformat(), "session": session, "model": model}
        amounts = {
            "prompt": usage.prompt,
            "cached": usage.cached,
            "completion": usage.completion,
            "money": money,
            "calls": 1,
        }
        more = (
            update(tables.spending)
            .where(*(tables.spending.c[name] == value for name, value in row.items()))
            .values({name: tables.spending.c[name] + amount for name, amount in amounts.items()})
        )
        async with writing(self._engine) as db:
            if not (await db.execute(more)).rowcount:
                await db.execute(insert(tables.spending).values(**row, **amounts))


def _as_spent(row: tuple[int, float, int]) -> Spent:
    return Spent(int(row[0]), float(row[1]), int(row[2]))
