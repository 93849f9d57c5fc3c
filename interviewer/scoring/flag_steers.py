"""Flags of steering: whether an answer goes where the interviewer has just led, and what it digs in instead."""

from __future__ import annotations

import re

from interviewer.interview.words import Span, stems
from interviewer.scoring.flag_case import Case, Finding, Place, answer_turns
from interviewer.scoring.flag_said import whole
from interviewer.scoring.signs import cues_in


def steered(case: Case) -> list[int]:
    """Exchanges that the interviewer opens by steering elsewhere; the brief itself is none."""
    return [number for number in case.asked if number > 0]


def ignored_steer(case: Case) -> Finding | None:
    """A steer, or a constraint said again, after which the answer stays where it was."""
    found: list[Place] = []
    turns: list[int] = []
    for number in steered(case):
        stays = case.places(case.flag.signs, [number]) or _against(case, number)
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
        and _matter(case.exchanges[number].asked) & _matter(case.exchanges[number - 1].asked)
        and re.search(
            r"\b(?:though|still|but|please|again|settle|they have|remember|as i said)\b",
            case.exchanges[number].asked,
            re.I,
        )
    ]


def _matter(said: str) -> frozenset[str]:
    return stems(said) | frozenset(re.findall(r"\d+", said))


_ONLY_ONE = re.compile(r"\b(?:one|single|only one|no second|no other) ([a-z]{4,})\b", re.I)
AGAINST = 2


def _against(case: Case, number: int) -> list[Place]:
    """Where an answer goes on with several of what the interviewer has just said there is one of."""
    places: list[Place] = []
    for noun in {match.group(1).lower() for match in _ONLY_ONE.finditer(case.exchanges[number].asked)}:
        several = re.compile(
            rf"\b(?:two|three|four|five|six|several|many|all|both|across|between|every|multi)(?:[ -](?:the|active|other|separate))?[ -]{noun}s?\b",
            re.I,
        )
        places += [
            Place(number, reading, Span(match.start(), match.end()))
            for reading in case.exchanges[number].answer
            for match in several.finditer(reading.turn.text)
        ]
    return places if len(places) >= AGAINST else []


MINUTE = 5


def _same_ground(case: Case, number: int) -> bool:
    """Whether the answer to a steer is made of the same details as the answers before it."""
    details = Case(case.rubric.flag("rf.rabbit-hole"), case.rubric, case.interview, case.scenario, case.items)
    after = {term for place in details.places(details.flag.signs, [number]) for term in details.terms(place)}
    before = {
        term for place in details.places(details.flag.signs, range(number)) for term in details.terms(place)
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
        if len({m for place in places for m in case.terms(place)}) >= MINUTE
    }
    after = [turn for turn in deep if turn > case.exchanges[steers[0]].question[-1].turn.n]
    if len(deep) < 2 or not after:
        return None
    p = case.flag.precision + (0.06 if len(deep) >= 3 else -0.06)
    return Finding(p, tuple(places[0] for places in deep.values()), tuple(deep))
