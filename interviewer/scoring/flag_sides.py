"""Flags of the side taken: people where machines are asked for, machines where people are, and uses left undesigned."""

from __future__ import annotations

import re
from collections.abc import Sequence

from interviewer.interview.rubric import Sign
from interviewer.interview.words import Span
from interviewer.scoring.flag_case import Case, Finding, Place, answer_turns, question_turns
from interviewer.scoring.flag_said import whole
from interviewer.scoring.flag_slots import answered
from interviewer.scoring.flag_steers import steered

PEOPLE = "rf.ignores-users"
"""The flag whose `met_signs` say how people come up in an answer."""
PEOPLE_AT_LEAST = 2
MACHINES_AT_LEAST = 3


def one_track(case: Case) -> Finding | None:
    """Asked for the product half, answers with the other one, or hands it to somebody else."""
    people = case.rubric.flag(PEOPLE).met_signs
    asked = answered(case, case.asked)
    refused = [
        number for number in asked if number > 0 and len(case.places(people, [number])) < PEOPLE_AT_LEAST
    ]
    hands_off = [place for place in case.places(case.flag.signs) if place.exchange > 0]
    handed = len({place.exchange for place in hands_off})
    pressed = any(place.exchange in asked for place in hands_off)
    if not (handed >= 2 or pressed or (handed and refused) or len(refused) >= 3):
        return None
    p = case.flag.precision + (0.03 if hands_off and (refused or pressed) else -0.1)
    turns = sorted({*answer_turns(case, refused), *(place.turn for place in hands_off)})
    return Finding(p, tuple(hands_off[:3]), tuple(turns), asked_in=question_turns(case, refused))


def no_people(case: Case) -> Finding | None:
    """In a question about people: nobody in the answer, although they were asked about."""
    people = case.places(case.flag.met_signs)
    asked = [number for number in answered(case, case.asked) if number > 0]
    refused = [
        number for number in asked if sum(1 for place in people if place.exchange == number) < PEOPLE_AT_LEAST
    ]
    hands_off = case.places(case.flag.signs, asked)
    own = [place for place in people if place.exchange not in asked]
    if (
        not refused
        or len(own) >= 2 * case.flag.met_at_least
        or (not hands_off and not _only_machines(case, people, refused))
    ):
        return None
    p = case.flag.precision + (0.05 if hands_off and len(people) < 3 * case.flag.met_at_least else -0.08)
    return Finding(
        p,
        tuple(hands_off[:2]),
        (*answer_turns(case, refused),),
        asked_in=question_turns(case, refused),
        near=tuple(people[:2]),
    )


def _only_machines(case: Case, people: Sequence[Place], exchanges: Sequence[int]) -> bool:
    text = " ".join(case.exchanges[number].said for number in exchanges)
    return len(_MACHINE_WORDS.findall(text)) >= MACHINES_AT_LEAST and len(people) < case.flag.met_at_least


def wrong_side(case: Case) -> Finding | None:
    """The interviewer had to steer to the side that the question was about; recovered where the answer then stays there."""
    steers = [number for number in steered(case) if number <= max(3, len(case.exchanges) // 3)]
    product = case.interview.transcript.kind.value == "p"
    if not steers:
        return None
    people = case.rubric.flag(PEOPLE).met_signs
    number = steers[0]
    mine = _side(case, people, range(number), product)
    if not mine:
        return None
    then = _side(case, people, [number], product)
    drifts = [
        later for later in range(number + 1, len(case.exchanges)) if _side(case, people, [later], product)
    ]
    places = [whole(Place(0, case.exchanges[0].answer[0], Span(0, 0)))]
    if not then and (product or len(drifts) < 3):
        mended = whole(Place(number, case.exchanges[number].answer[0], Span(0, 0)))
        return Finding(case.flag.precision, (places[0], mended), answer_turns(case, range(number)), "recovered", "hinted",
                       question_turns(case, [number]), why="It began on the other side, and turned when it was steered.")  # fmt: skip
    return Finding(
        case.flag.precision,
        tuple(places),
        answer_turns(case, [*range(number), number]),
        asked_in=question_turns(case, [number]),
    )


_PRODUCT_WORDS = re.compile(
    r"\b(?:page|mail|e-?mail|button|bar|plans?|upgrade|pricing|sales|widget|screen|ui|colou?r\w*|banner|onboarding|dashboard for (?:customers|users)|notification|app|look(?:s)? (?:neat|nice)|design of the|logo|settings|marketing|subscription|free tier|customers?|sick)\b",
    re.I,
)


_MACHINE_WORDS = re.compile(
    r"\b(?:kafka|partition\w*|shard\w*|raft|replica\w*|grpc|cluster|broker|consumer\w*|log|redis|cassandra|ingest|tier|stream\w*|cells?|index\w*|topology|lock-?free|latency|node|queue|schema registry|acks|isr|codec|bytes?|router|protobuf|kubernetes|pipeline)\b",
    re.I,
)


def _side(case: Case, people: Sequence[Sign], exchanges: Sequence[int] | range, product: bool) -> bool:
    """Whether these answers stand on the wrong side: machines in a product question, product talk in a machine one."""
    text = " ".join(case.exchanges[number].said for number in exchanges)
    machine, wares = len(_MACHINE_WORDS.findall(text)), len(_PRODUCT_WORDS.findall(text))
    persons = len(case.places(people, exchanges))
    return machine >= 4 and machine > 2 * persons if product else wares >= 3 and wares > machine / 2


def waved_off(case: Case) -> Finding | None:
    """Core uses handed elsewhere or called trivial, in several answers, or in the answer to a question about them."""
    places = case.places(case.flag.signs)
    asked = answered(case, case.asked)
    pressed = [place for place in places if place.exchange in asked]
    if not pressed or len({place.turn for place in places}) < 2:
        return None
    p = case.flag.precision + (0.05 if len(pressed) >= 2 else -0.06)
    return Finding(
        p, tuple(places), tuple(place.turn for place in places), asked_in=question_turns(case, asked)
    )
