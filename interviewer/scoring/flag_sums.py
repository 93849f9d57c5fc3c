"""Flags of numbers: none at all, none for the busy hour, or a sum that does not come out."""

from __future__ import annotations

from interviewer.interview.estimates import FLAGGED_FROM
from interviewer.interview.quantities import Quantity, quantities
from interviewer.interview.words import Span
from interviewer.scoring.flag_case import Case, Finding, Place
from interviewer.scoring.flag_said import how_it_came, takes_back
from interviewer.scoring.flag_slots import NOT_ASKED, answered, judged
from interviewer.scoring.interview_reading import Sum

RATE_FROM = 5.0
"""A rate of this many a second, or a size of SIZE_FROM bytes, speaks of load rather than of a setting."""
SIZE_FROM = 1e9
LOADS = 2
SAME_RESULT = 0.1
"""So far two results may lie apart, as a share, and still be of the same sum."""


def loads(case: Case) -> list[Place]:
    """Where the candidate puts a figure on traffic or storage: a sum, or a rate or size that nobody had given them."""
    told: set[tuple[float, str]] = set()
    found: list[Place] = []
    for number, exchange in enumerate(case.exchanges):
        for reading in exchange.question:
            told |= {(quantity.value, str(quantity.unit)) for quantity in quantities(reading.turn.text)}
        for reading in exchange.answer:
            for quantity in quantities(reading.turn.text):
                if _is_load(quantity) and (quantity.value, str(quantity.unit)) not in told:
                    found.append(Place(number, reading, Span(quantity.start, quantity.end)))
    return found


def _is_load(quantity: Quantity) -> bool:
    unit = quantity.unit
    if unit.seconds == -1:
        return quantity.si >= RATE_FROM * (1e3 if unit.bytes else 1)
    return unit.bytes == 1 and unit.seconds == 0 and quantity.si >= SIZE_FROM


def _place_of(case: Case, one: Sum) -> Place:
    for number, exchange in enumerate(case.exchanges):
        if any(reading.turn.n == one.reading.turn.n for reading in exchange.answer):
            return Place(number, one.reading, Span(one.estimate.start, one.estimate.end))
    return Place(0, one.reading, Span(one.estimate.start, one.estimate.end))


def numbers(case: Case) -> Finding | None:
    """No load and no size was worked out, in the whole interview; or only when it was asked for, late."""
    given = loads(case)
    invited = case.exchanges_asking(case.rubric.flag("rf.no-clarifying-questions").asked)
    asked = [number for number in answered(case, case.asked) if number not in invited]
    if not given:
        return judged(case, [], asked, [])
    return None


def peak(case: Case) -> Finding | None:
    """Sums were made, and none of them for the busy hour."""
    sums = [_place_of(case, one) for one in case.interview.sums if _is_load(one.estimate.claimed)]
    if not sums and len(loads(case)) < LOADS:
        return None
    if len(case.places(case.flag.met_signs)) >= case.flag.met_at_least or not case.full:
        return None
    sized = sums or loads(case)
    after = [place for place in sized if place.exchange > 0][:2] or sized[:2]
    told_mean = any(
        "average" in exchange.asked or "mean" in exchange.asked.split() or "over the day" in exchange.asked
        for exchange in case.exchanges
    )
    p = case.flag.precision + (0.06 if told_mean or case.asked else NOT_ASKED / 2)
    return Finding(p, (), tuple(place.turn for place in after), asked_in=case.asked[:1], near=tuple(after))


def arithmetic(case: Case) -> Finding | None:
    """A sum off by FLAGGED_FROM or more from its own inputs; recovered where the same sum comes right later."""
    wrong = [one for one in case.interview.sums if one.estimate.flagged]
    if not wrong:
        return None
    places = [_place_of(case, one) for one in wrong]
    first = wrong[0]
    mended = _mended(case, first, places)
    reach = max(first.estimate.ratio or 1, 1 / (first.estimate.ratio or 1))
    p = case.flag.precision + (0.04 if reach >= 2 * FLAGGED_FROM else -0.1)
    why = f"{first.estimate.claimed.text} was claimed; the inputs come to {first.estimate.formula}."
    if mended is not None:
        return Finding(
            p,
            (places[0], mended),
            (places[0].turn,),
            "recovered",
            how_it_came(case, places[0], mended),
            why=why,
        )
    return Finding(p, tuple(places), tuple(place.turn for place in places), why=why)


def _mended(case: Case, wrong: Sum, places: list[Place]) -> Place | None:
    """The place at which the same quantity is given again, near what it should have been, or the slip is owned."""
    at, target = places[0], wrong.estimate.recomputed
    reach = range(at.exchange, min(at.exchange + 2, len(case.exchanges)))
    owned = [place for place in case.places(case.flag.recovers, reach) if place.at > at.at]
    owned += [
        place for place in _clauses(case, reach) if place.at > (at.turn, at.span.end) and takes_back(place)
    ]
    for number in reach:
        for reading in case.exchanges[number].answer:
            for quantity in quantities(reading.turn.text):
                place = Place(number, reading, Span(quantity.start, quantity.end))
                if (
                    target is None
                    or place.at <= (at.turn, at.span.end)
                    or quantity.unit.bytes != target.unit.bytes
                    or quantity.unit.seconds != target.unit.seconds
                ):
                    continue
                if target.si and 1 / 3 <= quantity.si / target.si <= 3 and owned:
                    return owned[0] if owned[0].span.end > owned[0].span.start else place
    return _done_again(case, wrong, at)


def _done_again(case: Case, wrong: Sum, at: Place) -> Place | None:
    """The same sum worked out soundly, however much later: its result is what the first one should have been."""
    target = wrong.estimate.recomputed
    for one in case.interview.sums:
        place, result = _place_of(case, one), one.estimate.recomputed
        if (
            target is not None
            and result is not None
            and place.at > at.at
            and one.estimate.verdict == "ok"
            and (result.unit.bytes, result.unit.seconds) == (target.unit.bytes, target.unit.seconds)
            and target.si
            and abs(result.si / target.si - 1) <= SAME_RESULT
        ):
            return place
    return None


def _clauses(case: Case, exchanges: range) -> list[Place]:
    return [
        Place(number, reading, Span(clause.start, clause.end))
        for number in exchanges
        for reading in case.exchanges[number].answer
        for clause in reading.clauses
    ]
