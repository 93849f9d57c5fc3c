"""Flags of type missing: something was owed, there was a chance to give it, and it never came.

Each is a slot that opens when it falls due or when its trigger is said, closes when it was asked about and answered or
when its phase is over, and is filled by what the flag counts as done (scoring.md 1.5). What the interviewer supplied
fills nothing. Without an opportunity there is no flag.
"""

from __future__ import annotations

from collections.abc import Sequence

from interviewer.interview.ledger import Credit
from interviewer.interview.words import stems
from interviewer.scoring.flag_case import Case, Finding, Place, answer_turns, question_turns
from interviewer.scoring.flag_said import concedes, how_it_came
from interviewer.scoring.resolver import MET

DENIED = 0.05
ASKED_TWICE = 0.03
ASKED_ONLY = -0.05
NOT_ASKED = -0.32
OF_THE_PROBLEM = -0.25
LONG_ANSWER = -0.1
"""A long answer in which nothing is turned down may hold what was owed in words that no sign knows."""
PARTIAL = -0.1
LATE = -0.35
"""What came with the answer, and was neither owed before nor owned up to, is most often the ordinary course of a talk."""
ANSWER_WORDS = 6
"""A shorter answer is no answer: the question may not have been understood as one."""
MANY_WORDS = 70
GIVEN_BESIDE = 2
"""So many places that do give the thing make a turn of phrase out of a denial in the same answer."""
SHORT_PUSH = 8
"""A question of so few words goes on from the answer before it."""
MUCH = 4
"""With so many times what was owed elsewhere in the interview, turning it down in one answer proves nothing."""


def missing(case: Case) -> Finding | None:
    """The flag by its slot: trigger, question, what was said, and what never was."""
    flag = case.flag
    triggers = case.places(flag.trigger) if flag.trigger else []
    if flag.trigger and not triggers:
        return None
    opened = triggers[0].exchange if triggers else -1
    asked = [number for number in answered(case, case.asked) if number > opened]
    return judged(case, triggers, asked, _within_reach(case, triggers, asked))


def refused(case: Case) -> Finding | None:
    """The flag only where the thing was asked for and turned down in so many words."""
    asked = list(case.asked)
    denials = [
        place for place in case.places(case.flag.signs, asked) if len(_beside(case, place)) < GIVEN_BESIDE
    ]
    given_after = [place for place in case.supplied if denials and place.exchange > denials[-1].exchange]
    if not denials or len(given_after) >= max(case.flag.met_at_least, 2):
        return None
    p = case.flag.precision + (DENIED if not given_after else 0)
    return Finding(
        p,
        tuple(denials),
        tuple(place.turn for place in denials),
        asked_in=question_turns(case, asked),
        near=tuple(case.supplied),
    )


def _beside(case: Case, denial: Place) -> list[Place]:
    """What the same answer gives of the thing, the words of the denial apart."""
    return [
        place
        for place in case.supplied
        if place.exchange == denial.exchange
        and (place.span.end <= denial.span.start or place.span.start >= denial.span.end)
    ]


def answered(case: Case, exchanges: Sequence[int]) -> list[int]:
    """Those exchanges in which something like an answer was given."""
    return [number for number in exchanges if len(case.exchanges[number].said.split()) >= ANSWER_WORDS]


def _within_reach(case: Case, triggers: Sequence[Place], asked: Sequence[int]) -> list[Place]:
    """What counts as given: beside the trigger or in the answers, where the flag is about something particular."""
    near = _reach(case, triggers, asked)
    return [place for place in case.supplied if place.exchange in near]


def _reach(case: Case, triggers: Sequence[Place], asked: Sequence[int]) -> set[int]:
    if not triggers and (case.flag.needs is None or not asked):
        return set(range(len(case.exchanges)))
    beyond = () if triggers else (number + 1 for number in asked if _stays_on(case, number))
    return {place.exchange for place in triggers} | {*asked, *beyond}


def _stays_on(case: Case, number: int) -> bool:
    """Whether the exchange after this one is about the same matter: a short push, or a question of the same words."""
    if number + 1 >= len(case.exchanges):
        return False
    after = case.exchanges[number + 1].asked
    return len(after.split()) <= SHORT_PUSH or len(stems(after) & stems(case.exchanges[number].asked)) >= 2


def judged(
    case: Case, triggers: Sequence[Place], asked: Sequence[int], supplied: Sequence[Place]
) -> Finding | None:
    """Confirmed, recovered or nothing, from what was owed, asked and given."""
    flag = case.flag
    enough = len({place.at for place in supplied}) >= flag.met_at_least or _met_by_item(case, triggers, asked)
    denials = denied(case, [*asked, *(number + 1 for number in asked if not enough)])
    if not enough and not denials and any(place.exchange in asked for place in supplied):
        return None
    if not enough and asked:
        long = sum(len(case.exchanges[number].said.split()) for number in asked) > MANY_WORDS * len(asked)
        p = (
            flag.precision
            + (DENIED if denials else ASKED_ONLY + (LONG_ANSWER if long else 0))
            + (ASKED_TWICE if len(asked) > 1 else 0)
            + (PARTIAL if supplied else 0)
        )
        return _confirmed(case, p, triggers, denials, asked, supplied)
    if not enough:
        if (flag.needs is not None and not case.is_problem) or not case.full or not case.closed(flag.due):
            return None
        return Finding(
            flag.precision + (OF_THE_PROBLEM if case.is_problem else NOT_ASKED),
            tuple(triggers[:1]),
            answer_turns(case, [len(case.exchanges) - 1]),
            near=tuple(supplied),
        )
    if triggers and asked and supplied:
        return _late(case, triggers, asked, supplied)
    if flag.needs is not None and (mended := _conceded(case, asked, supplied)) is not None:
        return mended
    if len(denials) >= 2 and not triggers and len(supplied) <= MUCH * flag.met_at_least:
        return _confirmed(
            case, flag.precision, triggers, denials, [place.exchange for place in denials], supplied
        )
    return None


def _confirmed(
    case: Case,
    p: float,
    triggers: Sequence[Place],
    denials: Sequence[Place],
    asked: Sequence[int],
    near: Sequence[Place],
) -> Finding:
    turns = (*(place.turn for place in triggers[:1]), *answer_turns(case, asked[:3]))
    return Finding(
        min(p, 0.97), (*triggers[:1], *denials), turns, asked_in=question_turns(case, asked), near=tuple(near)
    )


def _conceded(case: Case, asked: Sequence[int], supplied: Sequence[Place]) -> Finding | None:
    """Owned to be missing in the first words of an answer that then brings it."""
    for place in supplied:
        if place.exchange in asked and concedes(case.exchanges[place.exchange].said):
            return Finding(case.flag.precision, (place,), (place.turn,), "recovered", "probed", question_turns(case, [place.exchange]),
                           why="Asked about it, the answer owned that it was missing, and brought it.")  # fmt: skip
    return None


def _late(
    case: Case, triggers: Sequence[Place], asked: Sequence[int], supplied: Sequence[Place]
) -> Finding | None:
    trigger, first = triggers[0], supplied[0]
    if first.exchange < asked[0] or first.exchange > asked[0] + 1 or first.exchange == trigger.exchange:
        return None
    owned_up = case.places(case.flag.recovers, [first.exchange]) if case.flag.recovers else []
    owns = bool(owned_up) or concedes(case.exchanges[first.exchange].said)
    p = case.flag.precision + (0 if owns else LATE)
    return Finding(p, (trigger, *owned_up[:1], first), (trigger.turn, first.turn), "recovered", how_it_came(case, trigger, first),
                   question_turns(case, asked[:1]), why="It was left out at first, and supplied when it was asked about.")  # fmt: skip


def _met_by_item(case: Case, triggers: Sequence[Place], asked: Sequence[int]) -> bool:
    turns = set(
        answer_turns(
            case, (number for number in _reach(case, triggers, asked) if number < len(case.exchanges))
        )
    )
    return any(
        row.subject in case.flag.met_by
        and row.p >= MET
        and row.credit is not Credit.echo
        and row.polarity == "supports"
        and row.turn in turns
        for row in case.items
    )


def denied(case: Case, asked: Sequence[int]) -> list[Place]:
    """Where an answer to these questions turns the thing down outright, and gives nothing of it in the same answer."""
    given = {place.exchange for place in case.supplied}
    return [place for place in case.places(case.flag.signs, asked) if place.exchange not in given]
