"""Holding a whole interview with a simulated candidate, on a clock that is moved on by what is said, in memory."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path

from interviewer.dialogue.listener_offline import OfflineListener
from interviewer.dialogue.speaker_offline import OfflineSpeaker
from interviewer.interview.events import CandidateSpoke, SessionId, SessionStarted, Stored
from interviewer.interview.pack import Pack
from interviewer.interview.phases import Pace
from interviewer.interview.rubric import CandidateLevel
from interviewer.interview.state import Interview, reading_s
from interviewer.lab.interviews.answers import Answers, Said
from interviewer.lab.interviews.personas import BY_NAME
from interviewer.packs.load import Shelf
from interviewer.packs.phrases import load_phrases
from interviewer.session import Session, Voices
from interviewer.store.log import MemoryLog

BEGINS = datetime(2026, 1, 1, 9, 0, tzinfo=UTC)
MOST_TURNS = 70
THINKS_S, WORDS_A_SECOND = 45.0, 2.0


@dataclass
class Clock:
    """A clock that moves when it is told to."""

    at: datetime = BEGINS

    def __call__(self) -> datetime:
        return self.at

    def pass_time(self, seconds: float) -> None:
        """Move on by some seconds."""
        self.at += timedelta(seconds=seconds)


@dataclass(frozen=True)
class Held:
    """An interview that was held: its events, and what the candidate said by the transcript's turn it ended in."""

    scenario: str
    persona: str
    level: CandidateLevel
    events: tuple[Stored, ...]
    interview: Interview
    said: dict[int, Said] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """For messages."""
        return f"{self.scenario}, {self.persona}, {self.level.value}"


@lru_cache(maxsize=4)
def _voices(prompts: Path | None) -> Voices:
    return Voices(OfflineListener(), OfflineSpeaker(load_phrases(prompts)))


def hold(
    scenario: str,
    persona: str,
    level: CandidateLevel,
    seed: int,
    shelf: Shelf,
    prompts: Path | None = None,
    voices: Voices | None = None,
) -> Held:
    """One interview from the brief to the goodbye, or as long as the candidate stays; offline without other `voices`."""
    return asyncio.run(_hold(shelf.pack(scenario), persona, level, seed, shelf, voices or _voices(prompts)))


async def _hold(
    pack: Pack, persona: str, level: CandidateLevel, seed: int, shelf: Shelf, voices: Voices
) -> Held:
    clock = Clock()
    log = MemoryLog(clock)
    session = Session(log, pack, voices, clock)
    plan = shelf.plan(pack.scenario.plan)
    id = SessionId(f"{pack.scenario.id}-{persona}-{seed}")
    await session.start(
        id,
        SessionStarted(
            scenario=pack.scenario.id,
            question=pack.scenario.kind,
            level=level,
            plan=plan.id,
            phases=plan.timed(pack.scenario.minutes, Pace.spoken),
            pace=Pace.spoken,
            minutes=pack.scenario.minutes,
            pack_version=pack.version,
            seed=seed,
        ),
    )
    answers, said = Answers(pack.scenario, seed), dict[int, Said]()
    for number in range(1, MOST_TURNS + 1):
        if session.interview.ended:
            break
        turn = BY_NAME[persona].turn(answers, session.interview, number)
        clock.pass_time(_lasts(turn, session.interview))
        if turn.leaves:
            await session.end()
            break
        if not turn.texts:
            await session.silence()
            continue
        for piece in turn.texts[:-1]:
            await session.note(CandidateSpoke(text=piece))
        before = len(session.interview.transcript)
        await session.hear(turn.texts[-1])
        said[before + 1] = turn
    return Held(pack.scenario.id, persona, level, tuple(await log.read(id)), session.interview, said)


def _lasts(turn: Said, interview: Interview) -> float:
    read = reading_s(interview.transcript[-1].text) if interview.transcript else 0.0
    words = sum(len(text.split()) for text in turn.texts)
    return read + (turn.seconds if turn.seconds is not None else THINKS_S + words / WORDS_A_SECOND)
