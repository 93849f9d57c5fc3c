"""What models cost, in the database: every process sees the same budget, and a restart forgets nothing."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, bindparam, func, insert, select, update

from interviewer.llm.budget import Spent
from interviewer.llm.model import Usage
from interviewer.store import tables
from interviewer.store.database import Database

_spending = tables.spending.c

_SUMS = select(
    func.coalesce(func.sum(_spending.prompt + _spending.completion), 0),
    func.coalesce(func.sum(_spending.money), 0.0),
    func.coalesce(func.sum(_spending.calls), 0),
)
_OF_SESSION = _SUMS.where(_spending.session == bindparam("of"))
_OF_DAY = _SUMS.where(_spending.day == bindparam("on"))
_AMOUNTS = ("prompt", "cached", "completion", "money", "calls")
_MORE = (
    update(tables.spending)
    .where(
        _spending.day == bindparam("on"),
        _spending.session == bindparam("of"),
        _spending.model == bindparam("by"),
    )
    .values({name: tables.spending.c[name] + bindparam(f"more_{name}") for name in _AMOUNTS})
)
_FIRST = insert(tables.spending)


class SqlTill:
    """The till in the tables of `database`, a row for each day, session and model."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def spent(self, session: str, day: date) -> tuple[Spent, Spent]:
        """What the session and the day have spent so far. Raises Unavailable."""
        return await self._database.read(lambda db: _spent(db, session, day))

    async def add(self, session: str, day: date, model: str, usage: Usage, money: float) -> None:
        """A call more. Raises Unavailable."""
        await self._database.write(lambda db: _add(db, session, day, model, usage, money))


def _spent(db: Connection, session: str, day: date) -> tuple[Spent, Spent]:
    of_session = db.execute(_OF_SESSION, {"of": session}).one()
    of_day = db.execute(_OF_DAY, {"on": day.isoformat()}).one()
    return _as_spent(tuple(of_session)), _as_spent(tuple(of_day))


def _add(db: Connection, session: str, day: date, model: str, usage: Usage, money: float) -> None:
    amounts = {
        "prompt": usage.prompt,
        "cached": usage.cached,
        "completion": usage.completion,
        "money": money,
        "calls": 1,
    }
    more = {f"more_{name}": amount for name, amount in amounts.items()}
    if not db.execute(_MORE, {"on": day.isoformat(), "of": session, "by": model, **more}).rowcount:
        db.execute(_FIRST, {"day": day.isoformat(), "session": session, "model": model, **amounts})


def _as_spent(row: tuple[int, float, int]) -> Spent:
    return Spent(int(row[0]), float(row[1]), int(row[2]))
