"""Valid things to test with: the packs that ship, a clock that moves when told, and interviews held in memory."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path

from interviewer.dialogue.listener_offline import OfflineListener
from interviewer.dialogue.speaker import Speaker
from interviewer.dialogue.speaker_offline import OfflineSpeaker
from interviewer.interview.events import InterviewerSpoke, Mode, SessionId, SessionStarted, Stored
from interviewer.interview.pack import Pack
from interviewer.interview.phases import Pace
from interviewer.interview.rubric import CandidateLevel
from interviewer.interview.state import Interview, happened, reading_s
from interviewer.llm.prompts import Prompts
from interviewer.packs.files import data_folder
from interviewer.packs.load import Shelf, load
from interviewer.packs.phrases import Phrases, load_phrases
from interviewer.session import Session, Voices
from interviewer.settings import Settings
from interviewer.store.log import EventLog, MemoryLog

FIXTURES = Path(__file__).parent / "fixtures"
PACKS = (
    "coordination-service",
    "distributed-cache",
    "distributed-counter",
    "ecommerce",
    "file-system",
    "geo-database",
    "global-load-balancer",
    "instagram",
    "key-value-store",
    "lock-service",
    "logging-system",
    "message-queue",
    "messaging-app",
    "monitoring-system",
    "multi-tenant-storage",
    "rate-limiter",
    "ride-sharing",
    "twitter-feed",
    "url-shortener",
    "video-streaming",
)
PLAYED = ("key-value-store", "ride-sharing", "twitter-feed", "url-shortener")
"""Those on which the tests hold whole interviews, one of each kind among them; the lab holds them on all."""
BEGIN = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


@lru_cache(maxsize=1)
def a_shelf() -> Shelf:
    """Everything under rubrics/, read once."""
    return load(Settings().rubrics)


def a_pack(scenario: str = "url-shortener") -> Pack:
    """A pack that ships."""
    return a_shelf().pack(scenario)


@lru_cache(maxsize=1)
def the_phrases() -> Phrases:
    """The offline interviewer's lines, read once."""
    return load_phrases()


@lru_cache(maxsize=1)
def the_prompts() -> Prompts:
    """What models are asked with, read once."""
    return Prompts.read(data_folder("prompts"))


@lru_cache(maxsize=1)
def voices() -> Voices:
    """The offline interviewer."""
    return Voices(OfflineListener(), OfflineSpeaker(the_phrases()))


@dataclass
class Clock:
    """A clock that moves only when told to."""

    at: datetime = BEGIN

    def __call__(self) -> datetime:
        return self.at

    def advance(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


@dataclass
class Held:
    """An interview being held in memory: say something, and read what came back."""

    session: Session
    clock: Clock
    log: EventLog
    pace_s: float = 180.0
    answers: list[str] = field(default_factory=list)

    async def say(self, *texts: str) -> str:
        """Say some turns, each taking the pace; gives the last answer."""
        for text in texts:
            if self.session.interview.ended:
                break
            last = self.session.interview.transcript[-1]
            self.clock.advance(self.pace_s + (reading_s(last.text) if last.role == "interviewer" else 0))
            self._keep(await self.session.hear(text))
        return self.answers[-1]

    async def events(self) -> list[Stored]:
        """Everything in the log."""
        return list(await self.log.read(self.session.id))

    @property
    def moves(self) -> list[str]:
        """The kinds of our moves, in order."""
        return [made.move.kind for made in self.session.interview.moves]

    def _keep(self, events: Iterable[Stored]) -> None:
        self.answers += [stored.event.text for stored in events if stored.event.kind == "interviewer_spoke"]


def settings_of(
    scenario: str = "url-shortener",
    level: str = "senior",
    seed: int = 1,
    mode: str = "practice",
    minutes: float = 45,
) -> SessionStarted:
    """How an interview is set up."""
    pack = a_pack(scenario)
    return SessionStarted(
        scenario=scenario,
        question=pack.scenario.kind,
        level=CandidateLevel(level),
        plan=pack.scenario.plan,
        phases=pack.plan(pack.scenario.plan).timed(minutes, Pace.spoken),
        mode=Mode(mode),
        pace=Pace.spoken,
        minutes=minutes,
        pack_version=pack.version,
        seed=seed,
    )


def an_opened_interview(scenario: str = "url-shortener") -> Interview:
    """An interview in which only the brief was said."""
    started = happened(Interview(session="s1"), settings_of(scenario), BEGIN)
    return happened(started, InterviewerSpoke(turn="s1:1", text=a_pack(scenario).scenario.brief), BEGIN)


async def a_session(
    scenario: str = "url-shortener",
    level: str = "senior",
    seed: int = 1,
    mode: str = "practice",
    pace_s: float = 180.0,
    minutes: float = 45,
    id: str = "s1",
    log: EventLog | None = None,
    speaker: Speaker | None = None,
) -> Held:
    """An interview that has been opened; `speaker` is another than the offline one."""
    pack = a_pack(scenario)
    clock = Clock()
    log = log or MemoryLog(clock)
    heard_by = Voices(voices().listener, speaker or voices().speaker)
    session = Session(log, pack, heard_by, clock)
    started = settings_of(scenario, level, seed, mode, minutes)
    held = Held(session, clock, log, pace_s)
    held._keep(await session.start(SessionId(id), started))
    return held


def script(name: str) -> list[str]:
    """The lines of a scripted candidate under fixtures/candidates, one a turn."""
    text = (FIXTURES / "candidates" / f"{name}.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
