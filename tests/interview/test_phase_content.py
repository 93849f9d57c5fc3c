"""Phases of a transcript: by its minutes where it has any, else by what is said, and never backwards."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interviewer.interview.ledger import Turn
from interviewer.interview.phase_content import phases_by_content
from interviewer.interview.phases import PhasePlan
from interviewer.interview.rubric import CandidateLevel, Kind
from interviewer.interview.transcript import Transcript, phased
from tests.builders import FIXTURES, a_shelf

TALK = (
    "Design a place to keep photos.",
    "Who are the users, how many are there, and what is out of scope?",
    "A million users, ten photos a day each.",
    "So ten million a day, about 120 a second on average, and 2 TB of storage a day.",
    "Go on.",
    "The API is a POST with an idempotency key and a GET with a cursor for pagination.",
    "And the data?",
    "One table, the primary key is the photo, the partition key is its owner.",
    "Draw the whole of it.",
    "Client, load balancer, a service and a queue with a worker behind it; the flow goes left to right.",
    "Where does it hurt?",
    "The bottleneck is a hot key; shard it, and add a replica. If one dies, failover, and retry after a timeout.",
)


def order(plan: PhasePlan) -> list[str]:
    return [str(phase.id) for phase in plan.phases]


def test_a_talk_without_a_clock_gets_its_phases_by_what_it_is_about() -> None:
    plan = a_shelf().plan("fundamentals-45")
    phases = phases_by_content(TALK, plan)
    assert phases[1] == "clarify"
    assert phases[3] == "estimate"
    assert phases[5] == "api"
    assert phases[9] == "design"
    assert phases[11] == "scale"


@given(
    st.lists(st.one_of(st.sampled_from(TALK), st.text(max_size=40)), max_size=25),
    st.sampled_from(a_shelf().plans),
)
@settings(max_examples=60)
def test_phases_never_go_back(texts: list[str], plan: PhasePlan) -> None:
    phases = phases_by_content(tuple(texts), plan)
    assert len(phases) == len(texts)
    places = [order(plan).index(phase) for phase in phases]
    assert places == sorted(places)
    assert not places or places[0] == 0


def a_talk(minutes: Sequence[float | None], phases: Sequence[str | None] | None = None) -> Transcript:
    turns = tuple(
        Turn(n=n, role="candidate", text=f"Turn {n}.", minute=minute, phase=phase)
        for n, (minute, phase) in enumerate(
            zip(minutes, phases or [None] * len(minutes), strict=True), start=1
        )
    )
    return Transcript("t", None, Kind.hybrid, CandidateLevel.senior, "hybrid", turns)


def named(talk: Transcript, length_min: float | None = None) -> list[str | None]:
    return [turn.phase for turn in phased(talk, a_shelf().plan("hybrid"), length_min).turns]


def test_minutes_settle_phases_by_the_plan() -> None:
    assert named(a_talk([0, 6.9, 7, 20, 33, 41, 45])) == [
        "clarify", "clarify", "features", "scale", "reliability", "wrap", "wrap",
    ]  # fmt: skip


def test_a_longer_interview_stretches_the_plan_and_a_short_one_does_not_shrink_it() -> None:
    assert named(a_talk([13, 90]), 90) == ["clarify", "wrap"]
    assert named(a_talk([13, 90])) == ["clarify", "wrap"]
    assert named(a_talk([6, 10])) == ["clarify", "features"]


def test_turns_without_a_minute_lie_between_their_neighbours() -> None:
    assert named(a_talk([0, None, None, 30])) == ["clarify", "features", "scale", "scale"]
    assert named(a_talk([None, 10, None])) == ["features", "features", "features"]


def test_phases_that_a_talk_has_are_kept() -> None:
    talk = a_talk([0, 44], ["scale", "clarify"])
    assert phased(talk, a_shelf().plan("hybrid")) == talk
    assert named(a_talk([0, 44], ["scale", None])) == ["scale", "wrap"]


@pytest.mark.parametrize(
    "file", sorted((FIXTURES / "transcripts" / "dev").glob("dev-??.json")), ids=lambda file: file.stem
)
def test_content_puts_most_turns_near_where_the_clock_does(file: Path) -> None:
    said = json.loads(file.read_text(encoding="utf-8"))
    plan = a_shelf().plan(said["plan"])
    turns = tuple(
        Turn(n=turn["n"], role=turn["role"], text=turn["text"], minute=turn["minute"])
        for turn in said["turns"]
    )
    timed = phased(replace(a_talk([]), turns=turns), plan)
    places = {id: place for place, id in enumerate(order(plan))}
    by_content = phases_by_content(tuple(turn.text for turn in turns), plan)
    apart = [
        abs(places[str(turn.phase)] - places[phase])
        for turn, phase in zip(timed.turns, by_content, strict=True)
    ]
    assert sum(one <= 1 for one in apart) / len(apart) >= 0.7
    assert all(places[one] <= places[other] for one, other in pairwise(by_content))
