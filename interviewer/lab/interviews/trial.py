"""`packs try`: some minutes of an interview with a simulated candidate, and what the director weighed at each turn of ours.

The interview is held from its beginning, so that a later phase rests on a design; shown is the part that was asked for.
Whoever tunes a pack sees which line was chosen, which nearly was, and why.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from interviewer.dialogue.director import Ranked, choose
from interviewer.errors import BadInput, NotFound
from interviewer.interview.ledger import Turn
from interviewer.interview.moves import Move, Probe
from interviewer.interview.rubric import CandidateLevel
from interviewer.interview.rules import legal_moves
from interviewer.lab.interviews.holding import hold
from interviewer.lab.interviews.personas import BY_NAME
from interviewer.lab.interviews.replay import our_turns
from interviewer.packs.load import Shelf

MOST_WEIGHED = 5
MINUTES = 10.0


@dataclass(frozen=True)
class Asked:
    """What is to be tried. Without a phase it is the beginning; `minutes` are the candidate's own time."""

    scenario: str
    phase: str | None = None
    minutes: float = MINUTES
    candidate: str = "strong"
    level: CandidateLevel = CandidateLevel.senior
    seed: int = 7


@dataclass(frozen=True)
class Tried:
    """A turn that was shown; `weighed` holds the best of what we could have done, the chosen one first."""

    turn: Turn
    weighed: tuple[Ranked, ...] = ()


def try_pack(asked: Asked, shelf: Shelf, prompts: Path | None = None) -> tuple[Tried, ...]:
    """Hold the interview and give the part that was asked for.

    Raises NotFound where there is no such scenario, phase or candidate, BadInput where the talk never comes to the phase.
    """
    pack = shelf.pack(asked.scenario)
    if asked.candidate not in BY_NAME:
        raise NotFound(f"No candidate {asked.candidate!r}. There are: {', '.join(BY_NAME)}.")
    plan = pack.plan(pack.scenario.plan)
    phase = next((str(one.id) for one in plan.phases if asked.phase and one.is_due(asked.phase)), None)
    if asked.phase and phase is None:
        raise NotFound(
            f"No phase {asked.phase!r} in {plan.id}. There are: {', '.join(str(one.id) for one in plan.phases)}."
        )
    held = hold(asked.scenario, asked.candidate, asked.level, asked.seed, shelf, prompts)
    weighed = {}
    for ours in our_turns(held, pack):
        choice = choose(ours.stood, legal_moves(ours.stood))
        weighed[ours.turn.n] = (choice.best, *choice.others)[:MOST_WEIGHED]
    turns = held.interview.transcript
    begins = next((at for at, turn in enumerate(turns) if phase in (None, turn.phase)), None)
    if begins is None:
        raise BadInput(
            f"The {asked.candidate} candidate does not get as far as {phase}; try another, or --seed."
        )
    until = _minute(turns[begins]) + asked.minutes
    return tuple(Tried(turn, weighed.get(turn.n, ())) for turn in turns[begins:] if _minute(turn) <= until)


def _minute(turn: Turn) -> float:
    return turn.minute or 0.0


def lines_of(tried: tuple[Tried, ...]) -> Iterator[str]:
    """The talk as lines for a terminal, each turn of ours with what was weighed."""
    for one in tried:
        minutes, seconds = divmod(round(_minute(one.turn) * 60), 60)
        who = "Interviewer" if one.turn.role == "interviewer" else "Candidate"
        yield f"{minutes:d}:{seconds:02d} {one.turn.phase}  {who}: {one.turn.text}"
        for place, ranked in enumerate(one.weighed):
            mark = ">" if place == 0 else " "
            yield f"    {mark} {ranked.worth:6.1f}  {named(ranked.move)}: {'; '.join(ranked.reasons)}"
        yield ""


def named(move: Move) -> str:
    """A move as its kind and what it is about, as in "probe top.sizes slot peak"."""
    told = move.model_dump(exclude={"kind", "using"}, exclude_defaults=True)
    if isinstance(move, Probe) and move.using != "slot":
        told = {"topic": move.topic, move.using: move.rung + 1}
    return " ".join([move.kind, *(_said(name, value) for name, value in told.items())])


def _said(name: str, value: object) -> str:
    said = ", ".join(map(str, value)) if isinstance(value, tuple | list) else str(value)
    return said if isinstance(value, str) and "." in said else f"{name} {said}"
