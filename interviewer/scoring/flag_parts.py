"""Flags of parts: one machine for a load that is past it, and one box whose loss nobody has thought through."""

from __future__ import annotations

import re
from collections.abc import Sequence

from interviewer.interview.words import Span
from interviewer.scoring.flag_case import Case, Finding, Place, answer_turns, question_turns
from interviewer.scoring.flag_said import FIRST_WORDS, UNCHALLENGED, concedes, how_it_came, raised
from interviewer.scoring.flag_slots import answered


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
    return _stops_everything(case) or _never_lost(case, alone)


_ALL_STOPS = re.compile(
    r"\b(?:everything|everyone|everybody|it all|the whole \w+|all of it|whole (?:thing|cluster|system|cell))\b[^.?!]{0,30}\b(?:stops?|stopped|down|blind|stuck|hangs?|waits?|dead|dies)\b"
    r"|\b(?:nobody|nothing|no one|none)\b[^.?!]{0,20}\b(?:finds?|rings?|works?|writes?|reads?|moves?|gets? (?:in|through|anything)|goes)\b"
    r"|\b(?:single point|one box|only one of (?:it|them|those)|a hole|we(?:.re| are) (?:down|dead|blind)|lights out|out of business)\b",
    re.I,
)
_THE_PART = re.compile(
    r"\b(?:box|machine|server|process|node|master|leader|coordinator|scheduler|dispatcher|router|gateway|broker|database|evaluator|sequencer|service|instance|host|primary|disk|building)\b",
    re.I,
)


def _stops_everything(case: Case) -> Finding | None:
    """Asked about the loss of a part, the answer opens with everything standing still, and then gives it company."""
    for number, exchange in enumerate(case.exchanges):
        if number == 0 or not _THE_PART.search(exchange.asked):
            continue
        head = exchange.answer[0].turn.text[:FIRST_WORDS] if exchange.answer else ""
        stops = _ALL_STOPS.search(head)
        given = [place for place in case.supplied if place.exchange == number]
        if not stops or not given or not (number in case.asked or concedes(exchange.said)):
            continue
        reading = exchange.answer[0]
        clause = reading.clauses[reading.scopes.clause_at(stops.start())]
        stopped = Place(number, reading, Span(clause.start, clause.end))
        return Finding(case.flag.precision, (stopped, given[-1]), (stopped.turn,), "recovered", "probed",
                       question_turns(case, [number]), why="Its loss stopped everything; asked about it, it was given company.")  # fmt: skip
    return None


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
