"""Chooses every implementation and hands out one Service: the only place that reads settings, the clock and chance."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from interviewer.dialogue.listener_offline import OfflineListener
from interviewer.dialogue.speaker_offline import OfflineSpeaker
from interviewer.errors import BadInput
from interviewer.interview.events import ScorecardIssued, SessionId
from interviewer.interview.scorecard import Scorecard
from interviewer.interview.state import Interview
from interviewer.interview.transcript import Transcript
from interviewer.packs.load import Shelf, load
from interviewer.packs.phrases import load_phrases
from interviewer.scoring.assess import JudgedBy, assess, key_of
from interviewer.scoring.observer import OfflineObserver
from interviewer.session import Session, Voices
from interviewer.settings import Settings
from interviewer.store.database import sqlite_file
from interviewer.store.log import EventLog, MemoryLog
from interviewer.store.log_sql import open_log


class Wall:
    """The wall clock, in UTC."""

    virtual = False

    def __call__(self) -> datetime:
        return datetime.now(UTC)


@dataclass
class Virtual:
    """A clock that moves only when told to; it begins at the moment it was made."""

    at: datetime = field(default_factory=lambda: datetime.now(UTC))
    virtual = True

    def __call__(self) -> datetime:
        return self.at

    def advance(self, seconds: float) -> None:
        """Move on by some seconds."""
        self.at += timedelta(seconds=seconds)


@dataclass(frozen=True)
class Service:
    """Everything that a channel needs, chosen."""

    shelf: Shelf
    log: EventLog
    voices: Voices
    clock: Wall | Virtual
    data: Path

    def session(self, scenario: str) -> Session:
        """A session about a scenario, not yet begun. Raises NotFound."""
        return Session(self.log, self.shelf.pack(scenario), self.voices, self.clock)

    async def card_of(self, session: Session) -> Scorecard:
        """The scorecard of a session that has ended, kept in its log once."""
        interview: Interview = session.interview
        if interview.card is not None:
            return Scorecard.model_validate(interview.card.card)
        card = await judge(interview.as_transcript(), self.shelf)
        await session.note(ScorecardIssued(card=card.to_json()))
        return card


async def judge(transcript: Transcript, shelf: Shelf) -> Scorecard:
    """The scorecard of any transcript, by the offline observer."""
    card = await assess(transcript, _judged_by(transcript, shelf), OfflineObserver())
    question = shelf.question(transcript.scenario) if transcript.scenario and not card.title else None
    return card.model_copy(update={"title": question.title}) if question else card


def key_for(transcript: Transcript, shelf: Shelf) -> str:
    """The key that the transcript's card would have, without scoring it."""
    return key_of(transcript, _judged_by(transcript, shelf))


def _judged_by(transcript: Transcript, shelf: Shelf) -> JudgedBy:
    scenario = next((one for one in shelf.scenarios if one.id == transcript.scenario), None)
    return JudgedBy(shelf.rubric, scenario, shelf.version(transcript.scenario))


def new_session_id() -> SessionId:
    """An id for a session: sortable by time would leak it, so it is random."""
    return SessionId(uuid.uuid4().hex)


def new_seed() -> int:
    """A seed for a session's chance."""
    return uuid.uuid4().int % 2**31


def shelf_from(settings: Settings) -> Shelf:
    """All packs, as the settings say. Raises PackFault."""
    return load(settings.rubrics, settings.packs)


@asynccontextmanager
async def service(
    settings: Settings, clock: Wall | Virtual, in_memory: bool = False
) -> AsyncIterator[Service]:
    """The service with its log open: SQLite in the data folder, or in memory. Raises PackFault, NewerData."""
    shelf = shelf_from(settings)
    voices = Voices(OfflineListener(), OfflineSpeaker(load_phrases(settings.prompts)))
    if in_memory:
        yield Service(shelf, MemoryLog(clock), voices, clock, settings.data)
        return
    try:
        settings.data.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadInput(
            f"{settings.data} cannot hold interviews: {error.strerror}. Say --data FOLDER."
        ) from error
    async with open_log(sqlite_file(settings.data / "interviews.db"), clock) as log:
        yield Service(shelf, log, voices, clock, settings.data)
