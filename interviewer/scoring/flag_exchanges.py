"""Flags of exchange: what shows only in how a question was answered.

A why without a because, a request to go deeper that meets product names, a fog that a second question does not lift,
calls that are never named, thoughts without an order.
"""

from __future__ import annotations

import re

from interviewer.interview.quantities import quantities
from interviewer.interview.rubric import compiled
from interviewer.scoring.flag_case import Case, Finding, Place, answer_turns, question_turns
from interviewer.scoring.flag_slots import answered, judged


def no_reason(case: Case) -> Finding | None:
    """Asked for the reason of a choice: who else uses it, or nothing, and no ground in this problem."""
    places: list[Place] = []
    for number in answered(case, case.asked):
        appeals = case.places(case.flag.signs, [number])
        reasons = [
            place
            for place in case.places(case.flag.excuses, [number])
            if place.at not in {p.at for p in appeals}
        ]
        words = len(case.exchanges[number].said.split())
        kinds = {term for place in appeals for term in case.terms(place)}
        if appeals and not reasons and (len(appeals) >= 2 or len(kinds) >= 2 or words <= 60):
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
FOG = 4
"""So many grand words, and hardly a figure or a key, in the very answer to a question for the mechanism."""


def fog(case: Case) -> Finding | None:
    """Said not to be understood, or asked for the mechanism, and the words hold more cloud than mechanism.

    The first `asked` of the flag says that the listener is lost, which speaks of the answer before as well.
    """
    lost = case.exchanges_asking(case.flag.asked[:1])
    for number in case.asked:
        if number == 0:
            continue
        before, after = (case.listed(case.flag.signs, [place]) for place in (number - 1, number))
        clouds = len({m for place in before for m in case.terms(place)})
        still = len({m for place in after for m in case.terms(place)})
        solid = len(case.places(case.flag.excuses, [number])) + len(quantities(case.exchanges[number].said))
        if still >= FOG and solid <= 1:
            return Finding(case.flag.precision, tuple(after[:3]), answer_turns(case, [number]))
        if clouds < CLOUDS or number not in lost:
            continue
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


_PROSE_CALL = re.compile(
    r"(?:^|[.;:\n,-]|\b(?:then|and|also|there.?s)\b)\W*(?:\d[.)] ?)?(?:then |and |also |there.?s |a |the )*(?:create|open|get|list|send|search|read|put|post|patch|add|remove|update|delete|cancel|upload|start|stop|acquire|release|renew|subscribe|publish|commit|follow|block|join|leave|sign in|log ?in|set|increment|fetch|append|rename|pay|product by|order by)\b",
    re.I,
)
_GIVES = re.compile(
    r"\b(?:takes?|with|by|returns?|gives?|gets?|answers?|cursor|status|errors?|4\d\d|409|key)\b", re.I
)
_CALLS = re.compile(r"\b(?:calls?|operations?|endpoints?|api|methods?)\b", re.I)
PROSE_CALLS = 4
GIVEN = 3


def _told_in_prose(case: Case) -> bool:
    """Whether one answer runs through calls in plain words, with what they take and give."""
    return any(
        (_CALLS.search(exchange.asked) or _CALLS.search(exchange.said))
        and len(_PROSE_CALL.findall(exchange.said)) >= PROSE_CALLS
        and len(_GIVES.findall(exchange.said)) >= GIVEN
        for exchange in case.exchanges
    )


def operations(case: Case) -> Finding | None:
    """No call with a name, an input and an output, asked for or not."""
    for reading in case.interview.own:
        if len(_OPERATION.findall(reading.turn.text)) >= 2 or (
            len(_OPERATION.findall(reading.turn.text)) >= 1
            and len(_OPERATION.findall(" ".join(r.turn.text for r in case.interview.own))) >= 3
        ):
            return None
    if _told_in_prose(case):
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
