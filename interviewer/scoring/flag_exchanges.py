"""Flags of exchange: what shows only in how a question was answered.

A steer that is not taken, a why without a because, a request to go deeper that meets product names, a fog that a
second question does not lift, a machine that is left standing alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from interviewer.interview.rubric import Sign
from interviewer.interview.words import Span, stems
from interviewer.scoring.flag_case import Case, Finding, Place, answer_turns, question_turns
from interviewer.scoring.flag_said import UNCHALLENGED, how_it_came, raised, whole
from interviewer.scoring.flag_slots import answered, judged
from interviewer.scoring.signs import Reading, cues_in


def signs_of(case: Case, flag: str, field: str = "signs") -> tuple[Sign, ...]:
    """The signs of another flag, where one flag rests on what another one lists."""
    other = case.rubric.flag(flag)
    return other.met_signs if field == "met_signs" else other.signs


def no_reason(case: Case) -> Finding | None:
    """Asked for the reason of a choice: who else uses it, or nothing, and no ground in this problem."""
    places: list[Place] = []
    for number in answered(case, case.asked):
        appeals = case.places(case.flag.signs, [number])
        reasons = [place for place in case.places(case.flag.excuses, [number]) if not _same(place, appeals)]
        words = len(case.exchanges[number].said.split())
        if appeals and not reasons and (len(appeals) >= 2 or words <= 60):
            places += appeals
    if not places:
        return None
    p = case.flag.precision + (0.03 if len(places) >= 2 else -0.06)
    return Finding(p, tuple(places), tuple(place.turn for place in places))


def _same(place: Place, others: Sequence[Place]) -> bool:
    return any(
        place.turn == other.turn and place.span.start < other.span.end and other.span.start < place.span.end
        for other in others
    )


def one_machine(case: Case) -> Finding | None:
    """One machine for everything, kept or only enlarged when its load was put to the candidate."""
    places = [place for place in case.places(case.flag.signs) if place.turn not in case.excused]
    pressed = [place for place in places if place.exchange in case.asked]
    if not pressed and len({place.turn for place in places}) < 2:
        return None
    finding = raised(case, places)
    if finding is None:
        return None
    p = case.flag.precision + (0.04 if pressed and len(places) >= 2 else UNCHALLENGED)
    return Finding(p, finding.places, finding.turns, finding.status, finding.how, why=finding.why)


def sole_part(case: Case) -> Finding | None:
    """A box said to be the only one of its kind: asked about its loss, it stays so, or gets company."""
    triggers = case.places(case.flag.trigger)
    alone = [place for place in triggers if not _in_turn(case.supplied, place)]
    for sole in alone:
        asked = [number for number in answered(case, case.asked) if number > sole.exchange]
        if not asked:
            continue
        before = [place for place in case.supplied if sole.at < place.at and place.exchange < asked[0]]
        if before:
            continue
        given = [place for place in case.supplied if place.exchange == asked[0]]
        denials = case.places(case.flag.signs, asked[:2])
        about = _names(case, sole, asked[0])
        if denials and not given:
            return Finding(
                case.flag.precision + (0.05 if about else 0),
                (sole, *denials),
                (sole.turn, *answer_turns(case, asked[:1])),
                asked_in=question_turns(case, asked[:1]),
            )
        if given and about and asked[0] <= sole.exchange + 2:
            return Finding(case.flag.precision, (sole, given[0]), (sole.turn, given[0].turn), "recovered", how_it_came(case, sole, given[0]),
                           question_turns(case, asked[:1]), why="One box held it; asked about its loss, it was given company.")  # fmt: skip
        if not given and about:
            return Finding(
                case.flag.precision - 0.02,
                (sole,),
                (sole.turn, *answer_turns(case, asked[:1])),
                asked_in=question_turns(case, asked[:1]),
            )
    return _never_lost(case, alone)


def _never_lost(case: Case, alone: Sequence[Place]) -> Finding | None:
    for sole in alone:
        part = _part(sole)
        asked = [number for number in case.asked if number > sole.exchange]
        if not part or part in _PLAIN or not asked:
            continue
        company = [
            place for place in case.supplied if part in place.quote.lower() and place.turn != sole.turn
        ]
        if not company:
            return Finding(
                case.flag.precision + 0.02 if len(asked) > 1 else case.flag.precision - 0.1,
                (sole,),
                (sole.turn, *answer_turns(case, asked[:2])),
                asked_in=question_turns(case, asked[:2]),
            )
    return None


BESIDE = 80
"""Company for a sole part counts when it stands within so many characters of it."""
_PLAIN = frozenset(
    {
        "box",
        "machine",
        "server",
        "process",
        "instance",
        "node",
        "host",
        "vm",
        "database",
        "db",
        "cache",
        "redis",
        "postgres",
        "mysql",
        "queue",
        "broker",
        "gateway",
        "allocator",
        "router",
        "primary",
    }
)
_PART = re.compile(
    r"\b(?:load ?balancer|haproxy|nginx|coordinator|master|scheduler|dispatcher|sequencer|proxy|router|gateway|primary|allocator|database|db|redis|postgres|mysql|queue|cache|broker|process|box|machine|server|instance|node|host|vm)\b",
    re.I,
)


def _part(place: Place) -> str:
    match = _PART.search(place.quote)
    return match.group().lower() if match else ""


def _names(case: Case, sole: Place, number: int) -> bool:
    question = case.exchanges[number].asked
    part = _part(sole)
    return bool(part and part in question.lower()) or bool(
        re.search(
            r"\b(?:that|the|this|one) (?:box|machine|server|process|node|coordinator|instance|thing)\b",
            question,
        )
    )


def _in_turn(places: Sequence[Place], sole: Place) -> bool:
    return any(
        place.turn == sole.turn and 0 <= place.span.end - sole.span.start <= BESIDE for place in places
    )


def shallow(case: Case) -> Finding | None:
    """Asked to go inside, answers with who looks after it, more than once."""
    asked = answered(case, case.asked)
    places = case.places(case.flag.signs, asked)
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
        before, after = case.places(case.flag.signs, [number - 1]), case.places(case.flag.signs, [number])
        clouds = len({m for place in before for m in _terms(case, place)})
        if clouds < CLOUDS:
            continue
        still = len({m for place in after for m in _terms(case, place)})
        p = case.flag.precision + (0.05 if still >= 2 else -0.06)
        return Finding(
            p,
            tuple([*before[:2], *after[:1]]),
            answer_turns(case, [number - 1, number] if still else [number - 1]),
        )
    return None


def _terms(case: Case, place: Place) -> list[str]:
    return [
        match.group().lower()
        for sign in case.flag.signs
        for cue in sign.any
        for match in re.finditer(cue, place.quote, re.I)
    ]


def steered(case: Case) -> list[int]:
    """Exchanges that the interviewer opens by steering elsewhere; the brief itself is none."""
    return [number for number in case.asked if number > 0]


def ignored_steer(case: Case) -> Finding | None:
    """A steer, or a constraint said again, after which the answer stays where it was."""
    found: list[Place] = []
    turns: list[int] = []
    for number in steered(case):
        stays = case.places(case.flag.signs, [number])
        if stays or _same_ground(case, number):
            found += stays[:2] or [whole(Place(number, case.exchanges[number].answer[0], Span(0, 0)))]
            turns += answer_turns(case, [number])
    again = [number for number in _restated(case) if number not in steered(case)]
    for number in again:
        stays = case.places(case.flag.signs, [number])
        if stays:
            found += stays[:2]
            turns += answer_turns(case, [number - 1, number])
    if not found:
        return None
    return Finding(case.flag.precision + (0.04 if len(found) > 1 else 0), tuple(found), tuple(turns))


_NEW_CONSTRAINT = (
    r"\bnew requirement\b|\b(?:change|changed) (?:of plan|my mind)\b|\bhere.?s a change\b|\brequirement (?:has )?chang\w+|\bnow (?:we|they|the|suppose)\b|\bmust (?:now|have)\b|\bfrom now on\b",
)


def _restated(case: Case) -> list[int]:
    """Exchanges that say a constraint of the one before once more."""
    return [
        number
        for number in range(2, len(case.exchanges))
        if cues_in(_NEW_CONSTRAINT, case.exchanges[number - 1].asked)
        and len(stems(case.exchanges[number].asked) & stems(case.exchanges[number - 1].asked)) >= 2
        and re.search(
            r"\b(?:though|still|but|please|again|settle|they have|remember|as i said)\b",
            case.exchanges[number].asked,
            re.I,
        )
    ]


MINUTE = 5


def _same_ground(case: Case, number: int) -> bool:
    """Whether the answer to a steer is made of the same details as the answers before it."""
    details = Case(case.rubric.flag("rf.rabbit-hole"), case.rubric, case.interview, case.scenario, case.items)
    after = {
        term for place in details.places(details.flag.signs, [number]) for term in _terms(details, place)
    }
    before = {
        term for place in details.places(details.flag.signs, range(number)) for term in _terms(details, place)
    }
    return len(after) >= MINUTE and len(after & before) >= MINUTE - 2


def burrow(case: Case) -> Finding | None:
    """Detail of one part in several turns, the interviewer having steered away from it."""
    steers = steered(case)
    if not steers:
        return None
    by_turn: dict[int, list[Place]] = {}
    for place in case.places(case.flag.signs):
        by_turn.setdefault(place.turn, []).append(place)
    deep = {
        turn: places
        for turn, places in by_turn.items()
        if len({m for place in places for m in _terms(case, place)}) >= MINUTE
    }
    after = [turn for turn in deep if turn > case.exchanges[steers[0]].question[-1].turn.n]
    if len(deep) < 2 or not after:
        return None
    p = case.flag.precision + (0.06 if len(deep) >= 3 else -0.06)
    return Finding(p, tuple(places[0] for places in deep.values()), tuple(deep))


PEOPLE_AT_LEAST = 2
MACHINES_AT_LEAST = 3


def one_track(case: Case) -> Finding | None:
    """Asked for the product half, answers with the other one, or hands it to somebody else."""
    people = signs_of(case, "rf.ignores-users", "met_signs")
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
    return len(_MACHINE_WORDS.findall(text)) >= MACHINES_AT_LEAST and len(people) < 2 * case.flag.met_at_least


def wrong_side(case: Case) -> Finding | None:
    """The interviewer had to steer to the side that the question was about; recovered where the answer then stays there."""
    steers = [number for number in steered(case) if number <= max(3, len(case.exchanges) // 3)]
    product = case.interview.transcript.kind.value == "p"
    if not steers:
        return None
    people = signs_of(case, "rf.ignores-users", "met_signs")
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
    turns = sorted({place.turn for place in places})
    plan = [place for place in case.places(case.flag.met_signs) if place.exchange == 0 or place.exchange <= 2]
    if len(places) < JUMPS or len(turns) < 2 or len(plan) >= 2:
        return None
    p = case.flag.precision + (0.08 if len(places) >= JUMPS + 1 and not plan else -0.08)
    return Finding(p, tuple(places), tuple(turns))


def first_clause(reading: Reading) -> Span:
    """The first clause of a turn."""
    clause = reading.clauses[0]
    return Span(clause.start, clause.end)
