"""Talks to be scored for a test, and the gist of what came out: small enough to be handed between processes.

A talk that several tests need is scored once. `how` is `card` for a whole scorecard, or `items` for a few turns that
are too short for one: then only what was credited is told.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing import get_context
from typing import Literal

from interviewer.interview.ledger import CREDIT_WEIGHT, Credit
from interviewer.interview.scorecard import Scorecard
from interviewer.interview.transcript import Transcript
from interviewer.lab.scorers import Rubrics, score_one, scorer_for, shelf_of
from interviewer.packs.load import Shelf
from interviewer.scoring.observer import OfflineObserver
from interviewer.scoring.resolver import MET, resolve

How = Literal["card", "items"]


@dataclass(frozen=True, eq=False)
class Task:
    """One talk to be scored. `fresh` asks for a new process, another one for each number, and `reversed` for a rubric
    whose criteria, items and flags stand in the opposite order."""

    transcript: Transcript
    how: How = "card"
    fresh: int = 0
    reversed: bool = False

    @property
    def key(self) -> str:
        """The same for the same talk and question."""
        turns = [(turn.role, turn.text, turn.phase, turn.minute) for turn in self.transcript.turns]
        talk = self.transcript
        said = (talk.scenario, talk.kind, talk.level, talk.plan, talk.notes, talk.hints, talk.probed)
        asked = (self.how, self.fresh, self.reversed)
        return hashlib.sha256(repr((turns, said, asked)).encode()).hexdigest()


@dataclass(frozen=True)
class Gist:
    """What was made of a talk: levels, credited items with their credit, flags, and a hash of all of it."""

    levels: dict[str, int]
    items: dict[str, Credit]
    flags: dict[str, str]
    possible: frozenset[str]
    overall: float | None
    recommendation: str
    strengths: int
    digest: str

    @property
    def mean_level(self) -> float:
        """The mean over all criteria, one that was not reached counting as the lowest."""
        return sum(self.levels.values()) / max(1, len(self.levels))

    def weight(self, item: str) -> float:
        """What the credit for an item weighs, 0 where there is none."""
        return CREDIT_WEIGHT[self.items[item]] if item in self.items else 0.0


def gist_of(card: Scorecard) -> Gist:
    """The gist of a card."""
    as_text = json.dumps(card.to_json(), sort_keys=True, ensure_ascii=False)
    return Gist(
        levels={one.id: one.level for one in card.criteria if one.level is not None},
        items={
            item.id: item.credit
            for one in card.criteria
            for item in one.items
            if item.state == "met" and item.credit not in (None, Credit.echo)
            if item.credit is not None
        },
        flags={flag.id: flag.status for flag in card.flags if flag.stated},
        possible=frozenset(flag.id for flag in card.flags if not flag.stated),
        overall=card.overall,
        recommendation=card.recommendation,
        strengths=len(card.strengths),
        digest=hashlib.sha256(as_text.encode()).hexdigest(),
    )


def credited(transcript: Transcript, shelf: Shelf) -> dict[str, Credit]:
    """Which items a few turns earn, however little was said."""
    pack = next((one for one in shelf.scenarios if one.id == transcript.scenario), None)
    observed = asyncio.run(OfflineObserver().observe(transcript, shelf.rubric, pack))
    found = {}
    for criterion in shelf.rubric.criteria:
        for item in criterion.for_kind(transcript.kind):
            resolved = resolve(item, (row for row in observed.items if row.subject == item.id), True)
            if resolved.met_at(MET) and resolved.credit is not None:
                found[str(item.id)] = resolved.credit
    return found


def reversed_shelf(shelf: Shelf) -> Shelf:
    """The same rubric in the opposite order, which must not matter to anybody."""
    rubric = shelf.rubric
    criteria = tuple(
        one.model_copy(update={"items": tuple(reversed(one.items))}) for one in reversed(rubric.criteria)
    )
    turned = rubric.model_copy(update={"criteria": criteria, "flags": tuple(reversed(rubric.flags))})
    return replace(shelf, rubric=turned)


def run(task: Task, rubrics: Rubrics) -> Gist:
    """One task's gist, in this process."""
    if task.reversed:
        shelf = reversed_shelf(shelf_of(rubrics.rubrics, rubrics.packs))
        return gist_of(scorer_for(shelf, task.transcript.scenario)(task.transcript))
    if task.how == "card":
        return gist_of(score_one(task.transcript, rubrics))
    items = credited(task.transcript, shelf_of(rubrics.rubrics, rubrics.packs))
    return Gist({}, items, {}, frozenset(), None, "not-assessed", 0, "")


def run_all(tasks: Iterable[Task], rubrics: Rubrics, jobs: int | None = None) -> dict[str, Gist]:
    """Every task's gist by its key, on as many processes as there are cores."""
    unique = {task.key: task for task in tasks}
    shared = {key: task for key, task in unique.items() if not task.fresh}
    alone = {key: task for key, task in unique.items() if task.fresh}
    workers = jobs or os.cpu_count() or 1
    found: dict[str, Gist] = {}
    if workers == 1:
        found.update({key: run(task, rubrics) for key, task in shared.items()})
    elif shared:
        with ProcessPoolExecutor(workers) as pool:
            gists = pool.map(run, shared.values(), [rubrics] * len(shared), chunksize=4)
            found.update(zip(shared, gists, strict=True))
    for process in sorted({task.fresh for task in alone.values()}):
        # an interpreter that is started anew has its own order of sets, which nothing may depend on
        mine = {key: replace(task, fresh=0) for key, task in alone.items() if task.fresh == process}
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            gists = pool.map(run, mine.values(), [rubrics] * len(mine))
            found.update(zip(mine, gists, strict=True))
    return found
