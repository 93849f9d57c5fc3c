"""Chooses every implementation and hands them out as one value: the only place that reads the clock and chance.

`service` is what the terminal holds interviews with, `serving` what the web server does.
"""

from __future__ import annotations

import asyncio
import secrets
import time
import uuid
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from urllib.parse import urlsplit

from interviewer.chair import SetChair, env_file
from interviewer.channels import service as channels
from interviewer.coach.changes import card_now
from interviewer.dialogue.listener_llm import ModelListener
from interviewer.dialogue.listener_offline import OfflineListener
from interviewer.dialogue.speaker_llm import ModelSpeaker
from interviewer.dialogue.speaker_offline import OfflineSpeaker
from interviewer.dialogue.speaker_prompt import SpeakerPrompt
from interviewer.hosting import Host, Stores
from interviewer.interview.events import ScorecardIssued, ScorecardReady, SessionId
from interviewer.interview.scorecard import Scorecard
from interviewer.interview.state import Interview
from interviewer.interview.transcript import Transcript
from interviewer.jobs import Worker, Working
from interviewer.judges import judge, shelf_from
from interviewer.llm.budget import MemoryTill, Till
from interviewer.llm.prompts import Prompts
from interviewer.models import Models, models_from
from interviewer.packs.files import data_folder
from interviewer.packs.load import Shelf
from interviewer.packs.phrases import load_phrases
from interviewer.readers import database_of, reader_of, standing
from interviewer.session import Session, Voices
from interviewer.settings import Settings
from interviewer.store.accounts import Accounts
from interviewer.store.boards import Boards
from interviewer.store.cache import MemoryCache
from interviewer.store.database import open_database
from interviewer.store.epoch import epoch
from interviewer.store.index import SessionIndex
from interviewer.store.kept import SAID_KEY, kept
from interviewer.store.log import EventLog, MemoryLog
from interviewer.store.log_sql import SqlLog
from interviewer.store.replies import Replies
from interviewer.store.till import SqlTill
from interviewer.store.turns import Turns


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
        """The scorecard of a session that has ended, kept and told of in its log once."""
        interview: Interview = session.interview
        if interview.card is None:
            card = await judge(interview.as_transcript(), self.shelf)
            await session.note(ScorecardIssued(card=card.to_json()), ScorecardReady())
            return card
        if not interview.card_ready:
            await session.note(ScorecardReady())
        return Scorecard.model_validate(interview.card.card)


def new_session_id() -> SessionId:
    """An id for a session: sortable by time would leak it, so it is random."""
    return SessionId(uuid.uuid4().hex)


def new_seed() -> int:
    """A seed for a session's chance."""
    return uuid.uuid4().int % 2**31


@asynccontextmanager
async def service(
    settings: Settings, clock: Wall | Virtual, in_memory: bool = False
) -> AsyncIterator[Service]:
    """The service with its log open: SQLite in the data folder, or in memory. Raises PackFault, NewerData."""
    shelf = shelf_from(settings)
    async with AsyncExitStack() as stack:
        log: EventLog
        till: Till
        if in_memory:
            log, till = MemoryLog(clock), MemoryTill()
        else:
            database = await stack.enter_async_context(open_database(database_of(settings)))
            log, till = SqlLog(database, clock), SqlTill(database)
        models = models_from(settings, till, _today)
        await stack.enter_async_context(_closing(models))
        voices = _voices(settings, models, secrets.token_bytes(16))
        yield Service(shelf, log, voices, clock, settings.data)


@asynccontextmanager
async def serving(
    settings: Settings, clock: Wall | Virtual | None = None, shelf: Shelf | None = None
) -> AsyncIterator[channels.Service]:
    """What the web server's channels are handed, with the database open. Nobody works yet: the app runs `work`.

    `shelf` are the packs where they have been read already.

    Raises PackFault, NewerData, BadInput where the data folder cannot be used.
    """
    clock = clock or Wall()
    shelf = shelf or shelf_from(settings)
    async with open_database(database_of(settings)) as database, AsyncExitStack() as stack:
        till = SqlTill(database)
        models = models_from(settings, till, _today)
        await stack.enter_async_context(_closing(models))
        said_key = await kept(database, SAID_KEY, lambda: secrets.token_hex(16))
        voices = _voices(settings, models, said_key.encode())
        chair = SetChair(settings, till, _today, time.monotonic, env_file())
        cache = MemoryCache(time.monotonic)
        log = SqlLog(database, clock)

        async def holding(session: SessionId) -> tuple[float | None, str | None]:
            card = card_now(await log.read(session), shelf.rubric, shelf.scenarios)
            return (card.overall, card.recommendation) if card else (None, None)

        index = SessionIndex(database, holding)
        stores = Stores(Turns(database, clock), Boards(database, clock), log, index, cache)
        host = Host(stores, shelf, clock, new_session_id, new_seed, settings.settle_s, chair.seated)

        async def score(interview: Interview) -> Scorecard:
            transcript = interview.as_transcript()
            if models is None:
                return await in_a_thread(transcript)
            id = SessionId(interview.session)
            reader = await reader_of(settings, models.careful, id, said_key.encode(), standing(log, id))
            # the model's connections belong to this loop; what takes long is put into threads by the reader itself
            return await judge(transcript, shelf, reader)

        async def in_a_thread(transcript: Transcript) -> Scorecard:
            # Scoring is a second of arithmetic, during which sockets must be served.
            return await asyncio.to_thread(lambda: asyncio.run(judge(transcript, shelf)))

        worker = Worker(host, stores, shelf, voices, score, clock, uuid.uuid4().hex, _working(settings))
        yield channels.Service(
            shelf=shelf,
            log=log,
            turns=stores.turns,
            boards=stores.boards,
            accounts=Accounts(database, clock, lambda: secrets.token_urlsafe(32), lambda: uuid.uuid4().hex),
            index=index,
            replies=Replies(database, clock),
            cache=cache,
            host=host,
            judge=in_a_thread,
            work=worker.run,
            clock=clock,
            new_id=lambda: uuid.uuid4().hex,
            new_seed=new_seed,
            epoch=await epoch(database, lambda: secrets.token_hex(8)),
            data=settings.data,
            version=version("interviewer"),
            limits=_limits(settings),
            origins=_origins(settings),
            hosts=settings.hosts,
            chair=chair,
        )


def _voices(settings: Settings, models: Models | None, said_key: bytes) -> Voices:
    """Who listens and speaks: a model where there is one, with the offline twin behind it."""
    phrases = load_phrases(settings.prompts)
    offline = OfflineSpeaker(phrases)
    if models is None:
        return Voices(OfflineListener(), offline)
    prompts = Prompts.read(data_folder("prompts", settings.prompts))
    return Voices(
        OfflineListener(),
        ModelSpeaker(models.fast, offline, SpeakerPrompt(prompts, phrases, said_key)),
        ModelListener(models.fast, prompts, said_key),
    )


@asynccontextmanager
async def _closing(models: Models | None) -> AsyncIterator[None]:
    try:
        yield
    finally:
        if models:
            await models.aclose()


def _today() -> date:
    return datetime.now(UTC).date()


def _working(settings: Settings) -> Working:
    return Working(
        lease_s=settings.lease_s,
        pace_s=settings.pace_s,
        settle_s=settings.settle_s,
        poll_s=settings.poll_s,
        at_once=settings.turns_at_once,
        listener_wait_s=settings.listener_wait_s,
    )


def _limits(settings: Settings) -> channels.Limits:
    return channels.Limits(
        hb_s=settings.heartbeat_s,
        hello_s=settings.hello_s,
        send_s=settings.send_s,
        signed_in_s=settings.signed_in_s,
        gone_s=settings.gone_s,
        poll_s=settings.poll_s,
        burst=settings.messages_burst,
        per_s=settings.messages_per_s,
        sockets_each=settings.sockets_each,
    )


def _origins(settings: Settings) -> frozenset[str]:
    """The origins that were allowed, and that of the address which people type."""
    if settings.public_url is None:
        return settings.origins
    parts = urlsplit(settings.public_url)
    return settings.origins | {f"{parts.scheme}://{parts.netloc}"}
