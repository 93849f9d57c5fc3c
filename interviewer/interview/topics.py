"""The topic ledger: for each topic of the scenario who raised it first, how it stands, and what we have spent on it.

Stance only moves by what was heard and asked; `enough` of a topic's slots makes it sound, and a wrong answer that is
later made sound is recovered. This steers the interview; the scorecard does its own reading.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from interviewer.interview.heard import Act, Heard, TopicTouched
from interviewer.interview.moves import (
    Advance,
    AskAgain,
    FindOut,
    Hint,
    Move,
    Nudge,
    Park,
    Probe,
    ProbeBottleneck,
    ReturnTo,
    SmallerQuestion,
    WalkOneObject,
)
from interviewer.interview.pack import Scenario

Stance = Literal["untouched", "asked", "raised", "thin", "wrong", "sound", "recovered"]
Party = Literal["candidate", "interviewer"]


@dataclass(frozen=True)
class TopicState:
    """How one topic stands. `rungs` counts hints given, `spent` our moves on it, `thens` the consequence lines used."""

    stance: Stance = "untouched"
    first_by: Party | None = None
    first_turn: int = 0
    last_turn: int = 0
    slots: frozenset[str] = frozenset()
    probes: frozenset[int] = frozenset()
    slots_asked: frozenset[str] = frozenset()
    thens: frozenset[int] = frozenset()
    pending_then: int | None = None
    rungs: int = 0
    spent: int = 0
    not_known: int = 0

    @property
    def settled(self) -> bool:
        """Whether it may be let go."""
        return self.stance in ("sound", "recovered")

    @property
    def touched(self) -> bool:
        """Whether the candidate has said anything about it."""
        return self.stance not in ("untouched", "asked")


def heard_of(state: TopicState, touch: TopicTouched, turn: int, enough: frozenset[str]) -> TopicState:
    """The topic after the candidate spoke of it. `enough` are the slots that make it whole."""
    slots = state.slots | frozenset(touch.slots)
    was_wrong = state.stance == "wrong"
    if touch.stance == "wrong":
        stance: Stance = "wrong"
    elif enough <= slots:
        stance = "recovered" if was_wrong or state.stance == "recovered" else "sound"
    elif was_wrong and not touch.slots:
        stance = "wrong"
    elif slots:
        stance = "thin"
    else:
        stance = state.stance if state.stance in ("thin", "sound", "recovered") else "raised"
    then = touch.then if touch.then is not None and touch.then not in state.thens else None
    return replace(
        state,
        stance=stance,
        first_by=state.first_by or "candidate",
        first_turn=state.first_turn or turn,
        last_turn=turn,
        slots=slots,
        pending_then=then if touch.stance == "wrong" else state.pending_then if stance == "wrong" else None,
    )


def spent_on(state: TopicState, move: Move, turn: int) -> TopicState:
    """The topic after a move of ours about it."""
    state = replace(
        state,
        spent=state.spent + 1,
        first_by=state.first_by or "interviewer",
        first_turn=state.first_turn or turn,
        last_turn=turn,
        stance="asked" if state.stance == "untouched" else state.stance,
    )
    match move:
        case Probe(using="probe", rung=rung):
            return replace(state, probes=state.probes | {rung})
        case Probe(using="slot", slot=str() as slot) | AskAgain(slot=str() as slot):
            return replace(state, slots_asked=state.slots_asked | {slot})
        case Probe(using="then", rung=rung):
            return replace(state, thens=state.thens | {rung}, pending_then=None)
        case Hint(rung=rung):
            return replace(state, rungs=max(state.rungs, rung))
        case Advance():
            return replace(state, probes=state.probes | {0})
        case _:
            return state


def topic_of(move: Move, scenario: Scenario) -> str | None:
    """The topic that a move is about, None where it is about none."""
    match move:
        case Probe(topic=topic) | Hint(topic=topic) | Park(topic=topic) | ReturnTo(topic=topic):
            return topic
        case FindOut(topic=topic) | SmallerQuestion(topic=topic) | WalkOneObject(topic=topic):
            return topic
        case Advance(topic=topic) | AskAgain(topic=topic) | Nudge(topic=topic):
            return topic
        case ProbeBottleneck(bottleneck=str() as id):
            return next((one.topic for one in scenario.bottlenecks if one.id == id), None)
        case _:
            return None


def topic_states(
    heard: Iterable[Heard], moves: Iterable[tuple[int, Move]], scenario: Scenario
) -> dict[str, TopicState]:
    """How every topic of the scenario stands, from what was heard and what we did, in order of turns.

    `moves` are pairs of transcript turn and move.
    """
    states = {str(topic.id): TopicState() for topic in scenario.topics}
    enough = {str(topic.id): frozenset(str(slot) for slot in topic.enough) for topic in scenario.topics}
    happened: list[tuple[int, Heard | Move]] = [(one.turn, one) for one in heard] + list(moves)
    about: str | None = None
    for turn, what in sorted(happened, key=lambda pair: pair[0]):
        if isinstance(what, Heard):
            for touch in what.topics:
                if touch.topic in states:
                    states[touch.topic] = heard_of(states[touch.topic], touch, turn, enough[touch.topic])
            if about in states and what.has(Act.not_know, Act.stuck):
                state = states[about]
                states[about] = replace(state, not_known=state.not_known + 1)
        else:
            about = topic_of(what, scenario) or about
            named = topic_of(what, scenario)
            if named in states:
                states[named] = spent_on(states[named], what, turn)
    return states
