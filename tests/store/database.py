"""A database of a test's own, with a clock that the test moves, and the events that its sessions begin with."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, text

from interviewer.interview.events import Mode, RetryOf, SessionId, SessionStarted
from interviewer.interview.phases import Pace, PhaseId, TimedPhase
from interviewer.interview.rubric import CandidateLevel, Kind
from interviewer.store.database import Database, open_database, sqlite_file

ONE = SessionId("one")
TWO = SessionId("two")


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.at = datetime(2030, 1, 1, 9, 0, 0, 250_001, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at

    def advance(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


class Counted:
    """Gives "x1", "x2", and so on."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.n = 0

    def __call__(self) -> str:
        self.n += 1
        return f"{self.name}{self.n}"


@asynccontextmanager
async def a_database(folder: Path, busy_s: float = 15) -> AsyncIterator[Database]:
    async with open_database(sqlite_file(folder / "a.sqlite"), busy_s) as database:
        yield database


async def sql(database: Database, statement: str, **values: object) -> list[tuple]:
    """What a statement of plain SQL gives, committed."""

    def run(db: Connection) -> list[tuple]:
        result = db.execute(text(statement), values)
        return [tuple(row) for row in result.all()] if result.returns_rows else []

    return await database.write(run)


def started(scenario: str = "url-shortener", **other: object) -> SessionStarted:
    settings: dict = {
        "scenario": scenario,
        "question": Kind.distributed,
        "level": CandidateLevel.senior,
        "plan": "standard",
        "phases": (
            TimedPhase(id=PhaseId("scope"), name="Scope", budget_s=300),
            TimedPhase(id=PhaseId("design"), name="Design", budget_s=600),
        ),
        "mode": Mode.practice,
        "pace": Pace.typed,
        "minutes": 10.0,
        "pack_version": "1",
        "seed": 1,
        "title": "A URL shortener",
    }
    return SessionStarted(**{**settings, **other})


def retried(session: str = "one") -> RetryOf:
    return RetryOf(session=session, turn=2)
