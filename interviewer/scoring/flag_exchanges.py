"""Flags of exchange: what shows only in how a question was answered.

A why without a because, a request to go deeper that meets product names, a fog that a second question does not lift,
calls that are never named, thoughts without an order.
"""

from __future__ import annotations

import re

from interviewer.interview.rubric import compiled
from interviewer.scoring.flag_case import Case, Finding, Place, answer_turns, question_turns
from interviewer.scoring.flag_slots import answered, judged


def no_reason(case: Case) -> Finding | None:
    """Asked for the reason of a choice: who else uses it, or nothing, and no ground in this problem."""
    places: list[Place] = []
    for number in answered(case, case.asked):
        appeals = case.places(case.flag.signs, [number])
        reasons = case.places(case.flag.excuses, [number])
        words = len(case.exchanges[number].said.split())
        if appeals and not reasons and (len(appeals) >= 2 or words <= 60):
            places += appeals
    if not places:
        return None
    p = case.flag.precision + (0.03 if len(places) >= 2 else -0.06)
    return Finding(p, tuple(places), tuple(place.turn for place in places))


def shallow(case: Case) -> Finding | None:
    """Asked to go inside, answers with who looks after it, more than once."""
    asked = list(case.asked)
    places = case.places(case.flag.signs, [*asked, *(number + 1 for number in asked)])
    turns = sorted({place.turn for place in places})
    if len(turns) < 2 and not (len(places) >= 2 and len(asked) >= 1):
        return None
    p = case.flag.precision + (0.05 if len(turns) >= 2 else -0.14)
    return Finding(p, tuple(places), tuple(turns), asked_in=question_turns(case, asked))


CLOUDS = 3


def fog(case: Case) -> Finding | None:
    """Said not to be understood, and the words before or after hold more cloud than mechanism."""
    for number in case.asked:
        if number == 0:
            continue
        before, after = (case.listed(case.flag.signs, [place]) for place in (number - 1, number))
        clouds = len({m for place in before for m in case.terms(place)})
        if clouds < CLOUDS:
            continue
        still = len({m for place in after for m in case.terms(place)})
        p = case.flag.precision + (0.05 if still >= 2 else -0.06)
        return Finding(
            p,
            tuple([*before[:2], *after[:1]]),
            answer_turns(case, [number - 1, number] if still else [number - 1]),
        )
    return None


_OPERATION = re.compile(
    r"(?i:\b(?:get|post|put|patch|delete)\b`?[ `]{1,3}(?:to |and `?\w+`? )?/[\w{}]\S*|\b(?:get|post|put|patch|delete) (?:to |on )?slash )|\b[A-Za-z_]{3,}\([\w ,:?\[\]{}=]*\)|\b(?:frame|message|call|rpc|method|mutation|query) [A-Z]\w+ ?[({]"
    r"|\b(?:create|get|list|update|delete|send|search|fetch|cancel|add|remove|upload|join|publish|subscribe|follow|post)[A-Z]\w+|\bput and delete on\b|\b(?:takes?|with|accepts?) (?:\S+ ){1,8}(?:and )?(?:gives?|returns?|answers?|gets? back|responds?)\b"
    r"|\b(?:endpoint|call|operation|method)s?\b.{0,60}\b(?:returns?|gives?|takes?|with|answers?)\b",
)  # fmt: skip


def operations(case: Case) -> Finding | None:
    """No call with a name, an input and an output, asked for or not."""
    for reading in case.interview.own:
        if len(_OPERATION.findall(reading.turn.text)) >= 2 or (
            len(_OPERATION.findall(reading.turn.text)) >= 1
            and len(_OPERATION.findall(" ".join(r.turn.text for r in case.interview.own))) >= 3
        ):
            return None
    return judged(case, [], [number for number in answered(case, case.asked) if number > 0], [])


JUMPS = 4


def jumps(case: Case) -> Finding | None:
    """Stray thoughts in several turns, and no sign of a plan."""
    places = case.places(case.flag.signs)
    strays = sum(len(cue.findall(reading.text)) for reading in case.interview.own for cue in _cues(case))
    turns = sorted({place.turn for place in places})
    plan = [place for place in case.places(case.flag.met_signs) if place.exchange <= 2]
    if strays < JUMPS or len(turns) < 2 or len(plan) >= 2:
        return None
    p = case.flag.precision + (0.08 if strays > JUMPS and not plan else -0.08)
    return Finding(p, tuple(places), tuple(turns))


def _cues(case: Case) -> list[re.Pattern[str]]:
    return [compiled(cue) for sign in case.flag.signs for cue in sign.any]
