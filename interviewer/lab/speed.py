"""`lab speed`: how long one turn takes to be heard, and an interview to be scored, and how much memory every pack takes.

Everything is timed after a first run, since what is compiled once is not part of a turn.
"""

from __future__ import annotations

import asyncio
import resource
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path

from interviewer.dialogue.listener_offline import OfflineListener
from interviewer.interview.events import CandidateSpoke
from interviewer.interview.pack import Pack
from interviewer.interview.state import Interview, apply
from interviewer.interview.transcript import Transcript
from interviewer.lab.figure import Figure, Told
from interviewer.lab.interviews.holding import hold
from interviewer.lab.interviews.run import LEVELS
from interviewer.lab.labels import Labelled
from interviewer.lab.metrics import percentile
from interviewer.lab.scorers import Rubrics, score_one, shelf_of

HEARD_MS, HEARD_P99_MS = 20.0, 60.0
SCORED_MS, TURNS = 300.0, 24
MEMORY_MB = 250.0
AIM = 0.5
"""Half the limit is what is aimed at: machines differ."""
TALKERS = ("strong", "rambler", "weak")


@dataclass(frozen=True)
class Timed:
    """Milliseconds of each thing that was timed."""

    heard: tuple[float, ...]
    scored: tuple[float, ...]
    memory_mb: float


def measure(labelled: Sequence[Labelled], rubrics: Rubrics, prompts: Path | None = None) -> Timed:
    """Time it, in this process alone; memory in one of its own."""
    return Timed(
        heard=tuple(_heard(rubrics, prompts)),
        scored=tuple(_scored(labelled, rubrics)),
        memory_mb=memory(rubrics),
    )


def told_of(timed: Timed) -> Told:
    """The figures with their limits, in milliseconds and megabytes."""

    def limit(name: str, value: float, most: float, cases: int) -> Figure:
        return Figure(name, value, "less", most, most * AIM, cases)

    heard, scored = len(timed.heard), len(timed.scored)
    return Told(
        (
            limit("a turn heard, median, ms", percentile(timed.heard, 0.5), HEARD_MS, heard),
            limit(
                "a turn heard, slowest in a hundred, ms", percentile(timed.heard, 0.99), HEARD_P99_MS, heard
            ),
            limit(
                f"an interview of {TURNS} turns scored, median, ms",
                percentile(timed.scored, 0.5),
                SCORED_MS,
                scored,
            ),
            limit(f"an interview of {TURNS} turns scored, slowest, ms", max(timed.scored), SCORED_MS, scored),
            limit("memory with every pack, MB", timed.memory_mb, MEMORY_MB, 1),
        )
    )


def _heard(rubrics: Rubrics, prompts: Path | None) -> Iterator[float]:
    """Every turn of a few interviews on every pack, heard once more with the clock running."""
    shelf, listener = shelf_of(rubrics.rubrics, rubrics.packs), OfflineListener()
    for number, scenario in enumerate(shelf.scenarios):
        pack = shelf.pack(scenario.id)
        held = hold(
            scenario.id, TALKERS[number % len(TALKERS)], LEVELS[number % len(LEVELS)], 7, shelf, prompts
        )
        interview = Interview()
        for stored in held.events:
            interview = apply(interview, stored)
            if isinstance(stored.event, CandidateSpoke):
                begun = time.perf_counter()
                asyncio.run(_hear(listener, interview, pack))
                yield 1000 * (time.perf_counter() - begun)


async def _hear(listener: OfflineListener, interview: Interview, pack: Pack) -> None:
    await listener.listen(interview, pack, interview.transcript[-1])


def _scored(labelled: Sequence[Labelled], rubrics: Rubrics) -> Iterator[float]:
    """Every labelled interview, cut to so many turns, scored a first time for what is compiled and a second for the clock.

    Its words are changed a little before the second time, so that nothing remembered of them helps.
    """
    for one in labelled:
        talk = _cut(one.transcript)
        score_one(talk, rubrics)
        fresh = replace(
            talk,
            turns=tuple(turn.model_copy(update={"text": f"{turn.text} Yes."}) for turn in talk.turns),
        )
        begun = time.perf_counter()
        score_one(fresh, rubrics)
        yield 1000 * (time.perf_counter() - begun)


def _cut(talk: Transcript) -> Transcript:
    return replace(talk, turns=talk.turns[:TURNS])


def memory(rubrics: Rubrics) -> float:
    """Megabytes that a process of its own has held at most once it has read every pack."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(_read_all, rubrics).result()


def _read_all(rubrics: Rubrics) -> float:
    """The peak once every pack was read and used: patterns are compiled when they are first needed."""
    shelf = shelf_of(rubrics.rubrics, rubrics.packs)
    for scenario in shelf.scenarios:
        held = hold(scenario.id, "rusher", LEVELS[0], 7, shelf)
        score_one(held.interview.as_transcript(), rubrics)
    status = Path("/proc/self/status")
    if status.is_file():  # here the peak of this program alone; elsewhere it may be its parent's
        line = next(
            one for one in status.read_text(encoding="utf-8").splitlines() if one.startswith("VmHWM:")
        )
        return int(line.split()[1]) / 1024
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1024 * 1024 if sys.platform == "darwin" else 1024)
