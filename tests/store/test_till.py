"""What models cost is kept: by session and by day, for every process, and through a restart."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest

from interviewer.errors import ModelOff
from interviewer.llm.budget import Budget, Limits, Price, Spent
from interviewer.llm.model import Usage
from interviewer.store.database import Database
from interviewer.store.kept import SAID_KEY, kept
from interviewer.store.till import SqlTill
from tests.store.database import a_database

TODAY, BEFORE = date(2026, 1, 5), date(2026, 1, 4)


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    async with a_database(tmp_path) as opened:
        yield opened


async def test_calls_add_up_by_session_and_by_day(database: Database) -> None:
    till = SqlTill(database)
    assert await till.spent("s1", TODAY) == (Spent(), Spent())
    await till.add("s1", BEFORE, "fast", Usage(100, 20), 0.5)
    await till.add("s1", TODAY, "fast", Usage(100, 20, cached=50), 0.25)
    await till.add("s1", TODAY, "careful", Usage(1000, 200), 1.0)
    await till.add("s2", TODAY, "fast", Usage(7, 3), 0.0)
    session, day = await till.spent("s1", TODAY)
    assert session == Spent(1440, 1.75, 3)
    assert day == Spent(1330, 1.25, 3)


async def test_calls_at_the_same_moment_are_all_counted(database: Database) -> None:
    till = SqlTill(database)
    await asyncio.gather(*(till.add("s1", TODAY, "fast", Usage(1, 1), 0.5) for _ in range(20)))
    assert (await SqlTill(database).spent("s1", TODAY))[0] == Spent(40, 10.0, 20)


async def test_a_budget_that_is_spent_lets_no_call_out(database: Database) -> None:
    budget = Budget(SqlTill(database), Limits(session_tokens=100, day_money=3.0), lambda: TODAY)
    await budget.allow("s1")
    await budget.pay("s1", "fast", Usage(90, 10), Price(prompt=10_000, completion=10_000))
    with pytest.raises(ModelOff, match="budget_session_tokens"):
        await budget.allow("s1")
    await budget.allow("s2")
    await budget.pay("s2", "fast", Usage(99, 0), Price(prompt=30_000))
    with pytest.raises(ModelOff, match="budget_day_money"):
        await budget.allow("s3")


async def test_a_value_of_the_installation_is_made_once(database: Database) -> None:
    made = iter("abcdefghij")
    values = await asyncio.gather(*(kept(database, SAID_KEY, lambda: next(made)) for _ in range(5)))
    assert len(set(values)) == 1
    assert await kept(database, SAID_KEY, lambda: "another") == values[0]
