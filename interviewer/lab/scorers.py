"""The scorer under test, made anew for each problem, and run over many interviews on several processes.

`scorer_for(shelf, scenario)` gives the function that scores an interview about that problem. Whatever is
fitted on labelled interviews is fitted without those about that problem.
"""

from __future__ import annotations

import asyncio
import gc
import os
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from pydantic import TypeAdapter

from interviewer.interview.heads import Heads
from interviewer.interview.scorecard import Scorecard
from interviewer.interview.transcript import Transcript
from interviewer.packs.load import Shelf, load, with_bars
from interviewer.scoring.assess import JudgedBy, assess
from interviewer.scoring.observer import OfflineObserver

Score = Callable[[Transcript], Scorecard]
ScorerFor = Callable[[Shelf, str | None], Score]

FOLDS = Path("tests/fixtures/folds.json")
"""What is fitted on labelled interviews, for each problem without those about it (`interviewer lab train`)."""


@dataclass(frozen=True)
class Rubrics:
    """Which files judge, so that every process can read them for itself. `packless` scores as if no problem had a pack."""

    rubrics: Path | None = None
    packs: Path | None = None
    packless: bool = False


@lru_cache(maxsize=2)
def shelf_of(rubrics: Path | None, packs: Path | None) -> Shelf:
    """The packs and the rubric, read once a process, which keeps them for good, as a server does."""
    shelf = load(rubrics, packs)
    gc.collect()
    gc.freeze()
    return shelf


def scorer_for(shelf: Shelf, scenario: str | None) -> Score:
    """The offline scorer for interviews about `scenario`, made without any labelled interview about it."""
    return lambda transcript: _scored(transcript, without(shelf, scenario), with_pack=True)


def packless_scorer_for(shelf: Shelf, scenario: str | None) -> Score:
    """The same where no pack may help: what a problem looks like that nobody has written up."""
    return lambda transcript: _scored(transcript, without(shelf, scenario), with_pack=False)


def without(shelf: Shelf, scenario: str | None) -> Shelf:
    """The shelf with what was fitted without any interview about a problem."""
    fitted = _folds().get(scenario or "")
    if fitted is None:
        return shelf
    heads = shelf.rubric.heads.model_copy(update={"fusion": fitted.fusion, "trees": fitted.trees})
    return replace(shelf, rubric=with_bars(shelf.rubric.model_copy(update={"heads": heads})))


@lru_cache(maxsize=1)
def _folds() -> dict[str, Heads]:
    if not FOLDS.is_file():
        return {}
    return TypeAdapter(dict[str, Heads]).validate_json(FOLDS.read_bytes(), strict=True)


def _scored(transcript: Transcript, shelf: Shelf, with_pack: bool) -> Scorecard:
    pack = next((one for one in shelf.scenarios if with_pack and one.id == transcript.scenario), None)
    version = shelf.version(transcript.scenario if pack else None)
    judged = assess(transcript, JudgedBy(shelf.rubric, pack, version), OfflineObserver())
    return _loop().run_until_complete(judged)


@lru_cache(maxsize=1)
def _loop() -> asyncio.AbstractEventLoop:
    """One a process: a new one for each card, as asyncio.run makes it, is dearer than some of what is measured."""
    return asyncio.new_event_loop()


def score_one(transcript: Transcript, rubrics: Rubrics) -> Scorecard:
    """One interview's card, in this process."""
    shelf = shelf_of(rubrics.rubrics, rubrics.packs)
    made = packless_scorer_for if rubrics.packless else scorer_for
    return made(shelf, transcript.scenario)(transcript)


def score_all(
    transcripts: Iterable[Transcript], rubrics: Rubrics, jobs: int | None = None
) -> list[Scorecard]:
    """The cards in the order of the transcripts, on `jobs` processes (as many as there are cores)."""
    waiting = list(transcripts)
    workers = min(jobs or os.cpu_count() or 1, len(waiting))
    if workers <= 1:
        return [score_one(one, rubrics) for one in waiting]
    with ProcessPoolExecutor(workers) as pool:
        return list(pool.map(score_one, waiting, [rubrics] * len(waiting)))
