"""Which model reads a transcript along with the rules: the one that was asked for, a tape, the settings' own, or none.

What models answered about a transcript is kept in the data folder under its id, so that scored again it asks nothing,
and an interview that is forgotten takes the answers about it along. What they cost is paid into the folder's own till.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from interviewer.errors import BadInput
from interviewer.interview.events import SessionId
from interviewer.judges import reader_from
from interviewer.llm.budget import MemoryTill, Spent, Till
from interviewer.llm.model import Model, Replayed, Usage
from interviewer.llm.replies import Remembered, replies_of
from interviewer.llm.said import TRIAL_KEY
from interviewer.models import Models, beside, careful_of, is_set, models_from, off_by
from interviewer.scoring.observer_llm import ModelObserver
from interviewer.settings import Settings

if TYPE_CHECKING:  # a store is much to load for the commands that need none
    from interviewer.store.log import EventLog

ReaderOf = Callable[[str], Awaitable[ModelObserver | None]]
"""Gives the observer for the transcript with this id; None where no model reads along."""
Stands = Callable[[], Awaitable[bool]]
"""Whether an interview is still there, and was not forgotten."""


@dataclass(frozen=True)
class Reading:
    """What was asked for: a model and where it answers, a tape of replies, or that nobody reads along."""

    model: str | None = None
    url: str | None = None
    tape: Path | None = None
    offline: bool = False

    def __post_init__(self) -> None:
        if self.offline and (self.model or self.url or self.tape):
            raise BadInput(
                "--offline asks no model, so it goes with none of --model, --model-url and --replay."
            )
        if self.tape and self.url:
            raise BadInput("--replay asks no endpoint, so it does not go with --model-url.")

    def reads(self, settings: Settings) -> bool:
        """Whether a model reads along: one that is asked, or was asked before and answers from what is kept."""
        return not self.offline and not self.tape and bool(self.model or self.url or is_set(settings))

    def asks(self, settings: Settings) -> bool:
        """Whether an endpoint may be asked now."""
        return self.reads(settings) and not off_by(settings)()

    def told(self, settings: Settings) -> str:
        """What to say to whoever waits for the card; empty where the rules alone were asked for, or a tape."""
        if self.asks(settings):
            return "A model reads along, which may take a minute or two; --offline does without."
        if self.reads(settings):
            return "Models are switched off, so none is asked; what one answered before is still used."
        return ""


async def nobody(_id: str) -> None:
    """No model reads along."""
    return


async def always() -> bool:
    """A transcript from a file is no interview of ours that could be forgotten."""
    return True


def standing(log: EventLog, session: SessionId) -> Stands:
    """Whether the log still has the interview."""

    async def stands() -> bool:
        return bool(await log.read(session, limit=1))

    return stands


async def reader_of(
    settings: Settings, model: Model, id: str, key: bytes = TRIAL_KEY, stands: Stands = always
) -> ModelObserver:
    """The observer that reads one transcript with this model, and remembers what was answered about it before.

    Nothing is kept of an interview that is forgotten, though it is being read: the file of its replies is made here,
    before it is asked whether the interview `stands`, and only added to from then on. So whoever forgets the interview
    and then removes the file has removed it for good.
    """
    at = replies_of(settings.data, id)
    with suppress(OSError):  # what cannot be kept is asked again
        at.parent.mkdir(parents=True, exist_ok=True)
        at.touch(mode=0o600)
    if not await stands():
        at.unlink(missing_ok=True)
    return reader_from(settings, Remembered(model, at, make=False), key)


@asynccontextmanager
async def readers(reading: Reading, settings: Settings, today: Callable[[], date]) -> AsyncIterator[ReaderOf]:
    """Observers that read files with the model asked for. Raises BadInput where it cannot be had, NewerData."""
    if reading.tape is not None:
        taped = reader_from(settings, _taped(reading.tape, reading.model))

        async def from_tape(_id: str) -> ModelObserver:
            return taped

        yield from_tape
        return
    if not reading.reads(settings):
        yield nobody
        return
    from interviewer.store.database import open_database
    from interviewer.store.till import SqlTill

    async with open_database(database_of(settings)) as database:
        till = FilesTill(SqlTill(database))
        async with _models(_with(reading, settings), till, today) as models:

            async def with_model(id: str) -> ModelObserver | None:
                return await reader_of(settings, models.careful, id) if models else None

            yield with_model


@asynccontextmanager
async def readers_here(
    settings: Settings, log: EventLog, today: Callable[[], date], new_key: Callable[[], str]
) -> AsyncIterator[ReaderOf]:
    """Observers for the interviews of this data folder, the same as the web server's. Raises BadInput, NewerData."""
    if not is_set(settings):
        yield nobody
        return
    from interviewer.store.database import open_database
    from interviewer.store.kept import SAID_KEY, kept
    from interviewer.store.till import SqlTill

    async with open_database(database_of(settings)) as database:
        key = (await kept(database, SAID_KEY, new_key)).encode()
        async with _models(settings, SqlTill(database), today) as models:

            async def with_model(id: str) -> ModelObserver | None:
                stands = standing(log, SessionId(id))
                return await reader_of(settings, models.careful, id, key, stands) if models else None

            yield with_model


@asynccontextmanager
async def _models(settings: Settings, till: Till, today: Callable[[], date]) -> AsyncIterator[Models | None]:
    models = models_from(settings, till, today)
    try:
        yield models
    finally:
        if models:
            await models.aclose()


SCORED = "score"
"""What transcripts from files are called in the till."""


@dataclass
class FilesTill:
    """A till for transcripts from files. The day's spending is everybody's; a session's is this run's own, since files of
    one name need not be one interview. In the shared till they all stand under one name."""

    shared: Till
    own: MemoryTill = field(default_factory=MemoryTill)

    async def spent(self, session: str, day: date) -> tuple[Spent, Spent]:
        """What the file in this run and the day have spent so far. Raises Unavailable."""
        of_file, _ = await self.own.spent(session, day)
        _, of_day = await self.shared.spent(SCORED, day)
        return of_file, of_day

    async def add(self, session: str, day: date, model: str, usage: Usage, money: float) -> None:
        """A call more. Raises Unavailable."""
        await self.own.add(session, day, model, usage, money)
        await self.shared.add(SCORED, day, model, usage, money)


def database_of(settings: Settings) -> str:
    """The address of the database in the data folder, which is made where it is not there. Raises BadInput."""
    from interviewer.store.database import sqlite_file

    try:
        return sqlite_file(settings.data / "interviews.db")
    except OSError as error:
        raise BadInput(f"{settings.data} cannot be used: {error.strerror}. Say --data FOLDER.") from error


def _with(reading: Reading, settings: Settings) -> Settings:
    """The settings, with the model asked for in every role. Without a name it is the careful one of the settings.

    The key goes along only to the address that it was set for.
    """
    where = beside(careful_of(settings), reading.model, reading.url, None)
    return settings.model_copy(
        update={
            "model": where.name,
            "model_url": where.url,
            "model_key": where.key,
            "openai_api_key": None,
            "openai_base_url": None,
            "careful_model": None,
            "careful_url": None,
            "careful_key": None,
        }
    )


def _taped(tape: Path, name: str | None) -> Replayed:
    try:
        replayed = Replayed.of(tape)
    except OSError as error:
        raise BadInput(f"{tape} cannot be read: {error.strerror}.") from error
    except (ValueError, KeyError, TypeError) as error:
        raise BadInput(
            f"{tape} is no tape of replies: one JSON object a line, with key and reply."
        ) from error
    if not replayed.tape:
        raise BadInput(f"{tape} is empty: a tape holds one JSON object a line, with key and reply.")
    if name:
        replayed.name = name
    return replayed
