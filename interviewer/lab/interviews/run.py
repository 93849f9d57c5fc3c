"""`lab interview`: simulated candidates over the packs, on a virtual clock, without a model; figures of what held.

Each interview is held, replayed and checked in a process of its own choosing; what comes back is small.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from interviewer.errors import BadInput
from interviewer.interview.chance import order
from interviewer.interview.rubric import CandidateLevel
from interviewer.lab import figure
from interviewer.lab.baseline import Measure
from interviewer.lab.figure import HEADING, Figure, Told, measures, summary_of
from interviewer.lab.interviews.checks import CHECKS, Looked
from interviewer.lab.interviews.holding import hold
from interviewer.lab.interviews.personas import BY_NAME, PERSONAS
from interviewer.lab.interviews.reactions import EXPECTED, has_all_duties, shape_of, shape_tells
from interviewer.lab.interviews.replay import our_turns
from interviewer.lab.metrics import mean, ratio
from interviewer.lab.scorers import Rubrics, score_one, shelf_of

CARDS = ("strong", "weak", "echo", "buzzword")
"""Whose interviews are scored: the order of these is known."""
LEVELS = tuple(CandidateLevel)
LEAST_TURNS = 12
"""A full interview has at least so many turns of the candidate's; a shorter one owes nothing."""
MOST_FAULTS = 6


@dataclass(frozen=True)
class Wanted:
    """One interview to be held."""

    scenario: str
    persona: str
    level: CandidateLevel
    seed: int


@dataclass(frozen=True)
class Result:
    """What became of it."""

    wanted: Wanted
    looked: dict[str, Looked]
    ended: bool
    turns: int
    duties_missing: tuple[str, ...]
    reacted: bool | None
    replies: tuple[tuple[bool, dict[str, float]], ...]
    overall: float | None = None

    @property
    def name(self) -> str:
        """For messages."""
        return f"{self.wanted.scenario}, {self.wanted.persona}, {self.wanted.level.value}"


def wanted_interviews(
    rubrics: Rubrics, cases: int | None, seed: int, packs: Iterable[str] = (), personas: Iterable[str] = ()
) -> list[Wanted]:
    """About `cases` interviews, every persona equally often and every pack as evenly as can be; all of them for None.

    Raises BadInput for a pack or a persona that is not there.
    """
    shelf = shelf_of(rubrics.rubrics, rubrics.packs)
    known = {one.id: one.kind.value for one in shelf.scenarios}
    unknown = [id for id in packs if id not in known] + [name for name in personas if name not in BY_NAME]
    if unknown:
        raise BadInput(
            f"No {', '.join(unknown)}. Packs: {', '.join(known)}. Candidates: {', '.join(BY_NAME)}."
        )
    chosen = list(packs) or list(known)
    who = [one for one in PERSONAS if one.name in set(personas) or not personas]
    found = []
    for number, persona in enumerate(who):
        fitting = [id for id in chosen if known[id] in persona.kinds]
        if not fitting:
            continue
        each = len(fitting) if cases is None else max(1, -(-cases // len(who)))
        places = order(len(fitting), seed, "packs")
        for at in range(min(each, len(fitting))):
            id = fitting[places[(at + number * each) % len(fitting)]]
            if persona.name in CARDS:  # these are compared with one another, so they get the same problems
                id = fitting[places[at % len(fitting)]]
            level = (
                LEVELS[(at + number) % len(LEVELS)] if persona.name not in CARDS else LEVELS[at % len(LEVELS)]
            )
            found.append(Wanted(id, persona.name, level, seed + at))
    return found


def try_one(wanted: Wanted, rubrics: Rubrics, prompts: Path | None) -> Result:
    """Hold one interview and check it, in this process."""
    shelf = shelf_of(rubrics.rubrics, rubrics.packs)
    held = hold(wanted.scenario, wanted.persona, wanted.level, wanted.seed, shelf, prompts)
    pack = shelf.pack(wanted.scenario)
    turns = tuple(our_turns(held, pack))
    moves = [one.move for one in turns]
    candidate_turns = len(held.interview.as_transcript().candidate_turns)
    owes = BY_NAME[wanted.persona].full and candidate_turns >= LEAST_TURNS
    expected = EXPECTED.get(wanted.persona)
    return Result(
        wanted,
        looked={name: check(held, turns, pack.scenario) for name, check, _, _ in CHECKS},
        ended=held.interview.ended is not None,
        turns=candidate_turns,
        duties_missing=has_all_duties(moves) if owes else (),
        reacted=expected[1](moves) if expected else None,
        replies=tuple(
            (said.sound, shape_of(one))
            for one in turns
            if (said := held.said.get(one.answers_turn)) is not None and said.sound is not None
        ),
        overall=score_one(held.interview.as_transcript(), rubrics).overall
        if wanted.persona in CARDS
        else None,
    )


def try_all(
    wanted: Sequence[Wanted], rubrics: Rubrics, prompts: Path | None = None, jobs: int | None = None
) -> list[Result]:
    """All of them, on as many processes as there are cores."""
    workers = min(jobs or os.cpu_count() or 1, max(1, len(wanted)))
    if workers == 1:
        return [try_one(one, rubrics, prompts) for one in wanted]
    with ProcessPoolExecutor(workers) as pool:
        return list(pool.map(try_one, wanted, [rubrics] * len(wanted), [prompts] * len(wanted), chunksize=2))


def told_of(results: Sequence[Result]) -> Told:
    """The figures over all interviews, and every fault by name."""
    figures, faults = [], []
    for name, _, passes_at, best_at in CHECKS:
        times = sum(one.looked[name].times for one in results)
        wrong = [(one, fault) for one in results for fault in one.looked[name].faults]
        share = ratio(times - len(wrong), times)
        figures.append(Figure(name, share, "more", passes_at, best_at, times))
        faults += [f"{name}: {one.name}, {fault}" for one, fault in wrong]
    full = [one for one in results if BY_NAME[one.wanted.persona].full and one.turns >= LEAST_TURNS]
    figures.append(
        Figure(
            "full interviews with all four duties",
            mean(not one.duties_missing for one in full),
            "more",
            0.95,
            1,
            len(full),
        )
    )
    faults += [f"without {', '.join(one.duties_missing)}: {one.name}" for one in full if one.duties_missing]
    for persona, (what, _) in EXPECTED.items():
        met = [one for one in results if one.wanted.persona == persona and one.reacted is not None]
        if met:
            figures.append(Figure(what, mean(bool(one.reacted) for one in met), "more", 0.9, 1, len(met)))
            faults += [f"not so: {what}: {one.name}" for one in met if not one.reacted]
    replies = [reply for one in results for reply in one.replies]
    telling, by = shape_tells(replies)
    figures.append(
        Figure(
            f"how much a reply's shape tells ({by or 'nothing'})", telling, "less", 0.6, 0.55, len(replies)
        )
    )
    figures += _order_of_cards(results)
    return Told(tuple(one for one in figures if one.cases), tuple(faults))


def _order_of_cards(results: Sequence[Result]) -> Iterator[Figure]:
    overall = {
        (one.wanted.scenario, one.wanted.persona): one.overall or 0.0
        for one in results
        if one.wanted.persona in CARDS
    }
    for lower in CARDS[1:]:
        pairs = [
            (overall[scenario, CARDS[0]], value)
            for (scenario, persona), value in overall.items()
            if persona == lower and (scenario, CARDS[0]) in overall
        ]
        if pairs:
            share = mean(strong > other for strong, other in pairs)
            yield Figure(f"packs where strong scores above {lower}", share, "more", 1, 1, len(pairs))


def figures(told: Told) -> dict[str, Measure]:
    """The figures that a baseline guards. The shape's name may change, its place in the baseline does not."""
    return {name.split(" (")[0]: one for name, one in measures("interviews", told).items()}


def lines_of(told: Told, interviews: int, every_fault: bool = False) -> Iterator[str]:
    """The result as lines for a terminal."""
    yield f"{interviews} interviews with simulated candidates"
    yield HEADING
    yield from figure.lines_of(told, None if every_fault else 3 * MOST_FAULTS)
    yield summary_of([told])
