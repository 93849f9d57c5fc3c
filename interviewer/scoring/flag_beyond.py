"""Flags beyond the catalogue: sums without use, no choice, no lead, two statements kept, no path through the whole."""

from __future__ import annotations

from interviewer.interview.ledger import Credit
from interviewer.interview.words import stems
from interviewer.scoring.flag_case import Case, Finding, Place, question_turns
from interviewer.scoring.flag_slots import answered
from interviewer.scoring.resolver import MET

LEAST_SUMS = 3
"""So few sums may well have been asked for; from here on somebody likes to reckon."""
LED_SHARE = 0.25
"""Below this share of things raised unprompted, an interview was led by the other side."""
LEAST_CREDITED = 8
TIMES_ASKED_FOR_WORK = 2
ONLY_ONCE = -0.12


def _met(case: Case) -> bool:
    return any(
        row.subject in case.flag.met_by and row.p >= MET and row.credit is not Credit.echo
        for row in case.items
    )


def numbers_unused(case: Case) -> Finding | None:
    """Several sums, none of which decided, ruled out or sized anything."""
    sums = [one for one in case.interview.sums if one.estimate.verdict == "ok"]
    if len(sums) < LEAST_SUMS or not case.full or _met(case):
        return None
    return Finding(case.flag.precision, (), tuple(sorted({one.reading.turn.n for one in sums})))


def never_decides(case: Case) -> Finding | None:
    """Asked to choose, says what it depends on and nothing more; once is possible, twice is stated."""
    places: list[Place] = []
    for number in answered(case, case.asked):
        vague = case.places(case.flag.signs, [number, number + 1])
        chosen = case.places(case.flag.excuses, [number, number + 1])
        if vague and not chosen:
            places += [place for place in vague if place not in places]
    if not places:
        return None
    exchanges = {place.exchange for place in places}
    p = case.flag.precision + (0.08 if len(exchanges) > 1 else ONLY_ONCE)
    return Finding(
        p,
        tuple(places),
        tuple(place.turn for place in places),
        asked_in=question_turns(case, sorted(exchanges)),
    )


def must_be_led(case: Case) -> Finding | None:
    """Hardly anything was raised unprompted, or the next step was asked for again and again."""
    if not case.full:
        return None
    begs = [place for place in case.places(case.flag.signs) if place.exchange > 0]
    best: dict[str, Credit] = {}
    for row in case.items:
        if row.p >= MET and (row.subject not in best or row.credit is Credit.unprompted):
            best[row.subject] = row.credit
    own = sum(1 for credit in best.values() if credit is Credit.unprompted)
    led = len(best) >= LEAST_CREDITED and own / len(best) < LED_SHARE
    if not led and len({place.turn for place in begs}) < TIMES_ASKED_FOR_WORK:
        return None
    p = case.flag.precision + (0.08 if led and begs else 0)
    turns = tuple(place.turn for place in begs) or tuple(
        reading.turn.n for reading in case.interview.own[-1:]
    )
    return Finding(p, tuple(begs), turns)


def keeps_both(case: Case) -> Finding | None:
    """Shown two of their own statements that exclude each other, keeps both of them."""
    for number in answered(case, case.asked):
        kept = case.places(case.flag.signs, [number])
        settled = case.places(case.flag.excuses, [number, number + 1])
        if kept and not settled:
            return Finding(
                case.flag.precision,
                tuple(kept),
                tuple(place.turn for place in kept),
                asked_in=question_turns(case, [number]),
            )
    return None


def no_baseline(case: Case) -> Finding | None:
    """The time is over, a good many parts were spoken of, and no request was ever followed through them."""
    if not case.full or _met(case):
        return None
    longest = max((len(stems(reading.text)) for reading in case.interview.own), default=0)
    last = case.interview.own[-1].turn.n if case.interview.own else 0
    return Finding(case.flag.precision - (0.1 if longest > 60 else 0), (), (last,)) if last else None
