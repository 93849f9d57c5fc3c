"""Flags of order: what came before it had a ground to stand on.

What stands in the opening already (`flag_ground.py`), a stack, a dozen services, regions, facts nobody gave, came too
early; and an interview without any question of the candidate's never had a ground at all.
"""

from __future__ import annotations

import re

from interviewer.interview.quantities import quantities
from interviewer.interview.rubric import RedFlag, Sign, compiled
from interviewer.interview.words import Span
from interviewer.scoring.flag_case import Case, Finding, How, Place
from interviewer.scoring.flag_ground import opening, requirement_questions
from interviewer.scoring.flag_said import OWNS, raised
from interviewer.scoring.signs import Reading, cues_in

TECHNOLOGIES = 2
TECH_FIRST = "rf.tech-before-requirements"


def tech_first(case: Case) -> Finding | None:
    """A stack before a ground; taken back where the candidate then asks, unbidden or when bidden."""
    for number, reading, laid in opening(case):
        places = [
            place
            for place in case.listed(case.flag.signs, [number])
            if place.reading is reading and place.span.start < laid
        ]
        named = {name for place in places for name in _named(case.flag, place.quote)}
        if len(named) < TECHNOLOGIES or reading.turn.n in case.excused:
            continue
        later = [
            Place(index, one, span)
            for index, exchange in enumerate(case.exchanges[: number + 3])
            for one in exchange.answer
            if one.turn.n > reading.turn.n
            for span in requirement_questions(one)
        ]
        if laid < len(reading.turn.text):
            later = (
                [Place(number, reading, span) for span in requirement_questions(reading)]
                if _owns(reading, laid)
                else []
            )
            if not later:
                continue
        at_once = [place for place in later if place.turn == (later[0].turn if later else 0)]
        if len(at_once) >= 2:
            how: How = "self" if at_once[0].exchange == number else "probed"
            return Finding(case.flag.precision, (places[0], at_once[0]), (reading.turn.n,), "recovered", how,
                           why="It began with a stack, then went back and asked what is to be built.")  # fmt: skip
        return Finding(case.flag.precision, tuple(places), (reading.turn.n,))
    return None


def _owns(reading: Reading, offset: int) -> bool:
    return OWNS.search(reading.turn.text[:offset]) is not None


def _named(flag: RedFlag, text: str) -> set[str]:
    return {
        match.group().lower()
        for sign in flag.signs
        for cue in sign.any
        for match in compiled(cue).finditer(text)
    }


def questions(case: Case) -> Finding | None:
    """Nothing asked about the task before the design was under way, or at all."""
    own = case.interview.own
    if len(own) < 2 or sum(len(reading.turn.text.split()) for reading in own) < 150:
        return None
    asked = [reading for reading in own for _ in requirement_questions(reading)]
    early = [reading for reading in asked if reading.turn.n <= own[min(2, len(own) - 1)].turn.n]
    if early or (asked and case.exchanges and asked[0].turn.n <= case.exchanges[0].answer[-1].turn.n):
        return None
    bidden = bool(case.asked)
    first = [Place(0, own[0], Span(clause.start, clause.end)) for clause in own[0].clauses[:1]]
    if len(asked) >= 3:
        return Finding(case.flag.precision - 0.2, tuple(first), (own[0].turn.n, asked[0].turn.n), "recovered", "probed" if bidden else "self",
                       case.asked[:1], why="It began without a question, and asked only later.")  # fmt: skip
    sure = case.flag.precision + (0.03 if bidden else 0) - (0.08 if asked else 0)
    return Finding(sure, tuple(first), tuple(reading.turn.n for reading in own[:2]))


_REQUIRED = re.compile(
    r"\b(?:doesn.?t (?:have|need) to|does not (?:have|need) to|has to be|have to be|must be|nobody (?:needs|cares|notices)|(?:is|are|was) (?:only |mostly |always |all |just )+(?:read|written|used|in|from|internal|our)"
    r"|(?:mostly|only|always|never|rarely) (?:reads?|writes?|appends?|search(?:es)?|looks?|cares?|wants?|needs?|plain)|read-heavy|write-heavy|(?:is|are) rare|doesn.?t matter|does not matter|we keep|you keep|is kept|are kept|must keep"
    r"|(?:people|users|they|everybody|everyone|customers|clients) (?:\w+ )?(?:reads?|writes?|search|searches|appends?|looks?|cares?|wants?)|not (?:super |very |that )?(?:fast|critical)|(?:it|they).?s? (?:just |only )our own)\b",
    re.I,
)
_LOADED = re.compile(
    r"\b(?:users?|people|customers?|clients?|tenants?|requests?|writes?|reads?|searches|messages?|orders?|years?|months?|days?|a day|a second|per \w+|gigs?|gigabytes?|terabytes?|gb|tb|regions?|countries)\b",
    re.I,
)
ASSERTED = 3


def asserted_requirements(case: Case) -> Finding | None:
    """Requirements told as facts in an opening that asks for none and marks none as assumed."""
    loads: list[Place] = []
    others: list[Place] = []
    for number, reading, laid in opening(case):
        if laid < len(reading.turn.text):
            return None
        if number > 1:
            break
        marked = any(cues_in(sign.unless, reading.text) for sign in case.flag.signs)
        if (
            marked
            or reading.turn.n in case.excused
            or len(_named(case.rubric.flag(TECH_FIRST), reading.text)) > TECHNOLOGIES
        ):
            continue
        for clause, scope in zip(reading.clauses, reading.scopes.scopes, strict=True):
            place = Place(number, reading, Span(clause.start, clause.end))
            if scope.past or scope.quoted:
                continue
            if _LOADED.search(place.quote) and quantities(place.quote):
                loads.append(place)
            elif _REQUIRED.search(place.quote):
                others.append(place)
    figures = sum(len(quantities(place.quote)) for place in loads)
    if (
        not loads
        or figures + len(others) + sum(1 for place in loads if _REQUIRED.search(place.quote)) < ASSERTED
    ):
        return None
    p = case.flag.precision + (0.12 if figures >= 2 else 0)
    places = loads + others
    return Finding(p, tuple(places), tuple(place.turn for place in places))


def scale_first(case: Case) -> Finding | None:
    """Regions, cells or shards in the opening, said to come before everything else."""
    places = [
        place
        for number, reading, laid in opening(case)
        for place in case.listed(case.flag.signs, [number])
        if place.reading is reading and place.span.start < laid and reading.turn.n not in case.excused
    ]
    if not places:
        return None
    return Finding(
        case.flag.precision + (0.06 if len(places) > 1 else 0),
        tuple(places),
        tuple(place.turn for place in places),
    )


SERVICES = 5
_SERVICE = re.compile(
    r"\b(?!(?:a|an|the|that|this|each|every|per|new|other|another|one|own|separate|single|micro|of|for|our|their|web|same|caller|calling|checkout) )([a-z][\w-]{1,25})[ -](?:micro-?)?service\b",
    re.I,
)
_LISTED = re.compile(r"(?:\b[\w-]{1,25}(?: [\w-]{1,25}){0,2}, ){6,20}")
_NUMBERED = re.compile(r"(?:\b\d{1,2}[.)] ?[A-Za-z][\w -]{1,30}[\s,;]*){6,}")
_EACH_ITS_OWN = re.compile(
    r"\bown (?:micro-?)?service\b|\b(?:each|every|all)\b.{0,40}\b(?:its|their) own\b|\bown (?:deployable|datastore|data store|database|db|pipeline|repo|squad|team)\b|\bmicro-?services?\b|\b(?:one|a) (?:service|database|deployable) (?:per|for each)\b",
    re.I,
)
_MANY = re.compile(
    r"\b(?:dozen|[6-9]|[1-9]\d|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|twenty|thirty) (?:or so |different |separate |small |independent )?(?:micro-?)?services\b",
    re.I,
)


def many_services(case: Case) -> Finding | None:
    """A turn among the first that cuts the design into many services."""
    for number, exchange in enumerate(case.exchanges[: max(4, len(case.exchanges) // 2 + 1)]):
        for reading in exchange.answer:
            text = reading.text
            names = {m.group(1).lower() for m in _SERVICE.finditer(text)}
            listed = (
                _LISTED.search(text) is not None or _NUMBERED.search(text) is not None
            ) and _EACH_ITS_OWN.search(text) is not None
            many = _MANY.search(text) is not None
            if reading.turn.n in case.excused or not (
                len(names) >= SERVICES or listed or (many and (number <= 1 or len(names) >= 3))
            ):
                continue
            places = [place for place in case.listed(case.flag.signs, [number]) if place.reading is reading]
            if places:
                early = number <= 1
                return Finding(
                    case.flag.precision + (0.04 if early else -0.1), tuple(places[:3]), (reading.turn.n,)
                )
    return None


MACHINES = 3


def machinery(case: Case) -> Finding | None:
    """Several kinds of heavy machinery, early on, that nothing in the interview has called for."""
    (sign,) = case.flag.signs
    places: list[Place] = []
    kinds: set[int] = set()
    listed = case.listed([sign], range(min(len(case.exchanges), max(3, len(case.exchanges) // 2))))
    for place in listed:
        early = place.exchange < 3
        at_once = {index for one in listed if one.turn == place.turn for index in _kinds(sign, one.quote)}
        new = _kinds(sign, place.quote)
        if (early or len(at_once) >= MACHINES) and new - kinds and place.turn not in case.excused:
            kinds |= new
            places.append(place)
    if len(kinds) < MACHINES:
        return None
    finding = raised(case, places, recovery=())
    if finding is None:
        return None
    p = case.flag.precision + (0.1 if len(kinds) > MACHINES else 0)
    return Finding(p, finding.places, tuple(place.turn for place in places))


def _kinds(sign: Sign, text: str) -> set[int]:
    return {index for index, cue in enumerate(sign.any) if re.search(cue, text, re.I)}
