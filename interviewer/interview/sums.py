"""One formula over stated quantities: multiply some, divide by others, and see whether it measures what was claimed.

Dimensions decide what a formula may mean. Four habits of speech are read as people mean them: a count takes the period of
the result ("60 million at 2 MB is 120 TB a day"), a result leaves the period of its inputs unsaid ("so 90K reads"), a
bare number takes the unit in hand ("with three copies, 108"), and "over 86,400" converts a day that was already stated.
Which quantities belong together is left to estimates.py.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from interviewer.interview.quantities import Quantity, Role
from interviewer.interview.units import PERIODS, Unit

_NEARLY = 1.25
TURNED_WITHIN = 1.5
"""How far a bare number may stand from a period in seconds and still be it: people take 100,000 for 86,400."""


@dataclass(frozen=True, slots=True)
class Term:
    """A quantity in a formula: multiplied when `power` is 1, divided by when it is -1."""

    quantity: Quantity
    power: int = 1


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a formula comes to. `value` and `claimed` are both in `unit`; `elided` when the claim left its unit unsaid,
    `supposed` when a period was added or dropped that nobody said."""

    terms: tuple[Term, ...]
    value: float
    unit: Unit
    claimed: float
    elided: bool = False
    supposed: bool = False
    spelled: str = ""
    """The formula where it is no product; written from the terms otherwise."""

    @property
    def formula(self) -> str:
        """What was computed, in the candidate's own words."""
        return self.spelled or formula_of(self.terms)

    @property
    def ratio(self) -> float:
        """claimed / recomputed; 1.0 when equal, always above 0."""
        return self.claimed / self.value

    @property
    def distance(self) -> float:
        """How many times too large or too small the claim is; 1.0 when equal."""
        return max(self.ratio, 1 / self.ratio)


def work_out(terms: Sequence[Term], claim: Quantity) -> Outcome | None:
    """Evaluate the formula in the claim's unit, or give None when it measures something else. Order does not matter."""
    seconds = _as_seconds(terms, claim)
    for candidate in (seconds, tuple(terms)) if seconds else (tuple(terms),):
        total = _product(candidate)
        for reading in (_exact, _period_taken, _period_left, _unit_elided):
            outcome = reading(candidate, claim, total)
            if outcome is not None:
                return outcome if 1e-60 < outcome.value < 1e60 else None
    return None


def turned_about(outcome: Outcome, claim: Quantity) -> Outcome | None:
    """The same inputs joined the other way round, where that gives the claim: then we misread the words, not they the sum."""
    if len(outcome.terms) > 4:
        return None
    for powers in product((1, -1), repeat=len(outcome.terms)):
        other = tuple(Term(term.quantity, power) for term, power in zip(outcome.terms, powers, strict=True))
        found = work_out(other, claim)
        if found is not None and found.distance <= TURNED_WITHIN:
            return found
    return None


def chance_of_any(share: Quantity, count: Quantity, claim: Quantity) -> Outcome | None:
    """A page that waits for `count` parts, each slow for `share` of the time, is slow for 1 - (1 - share)^count."""
    p, n = share.si, count.si
    if not (0 < p < 1 and 1 < n <= 1e6):
        return None
    any_of_them = 1 - (1 - p) ** n
    all_of_them = (1 - p if p < 0.5 else p) ** n
    value, sign = (any_of_them, "1-(1-p)^n") if p < 0.5 else (all_of_them, "p^n")
    if not 0 < value <= 1:
        return None
    unit = claim.unit
    terms = (Term(count), Term(share))
    spelled = f"{sign}: p = {share.text}, n = {count.text}"
    return Outcome(terms, value / unit.factor, unit, claim.value, spelled=spelled)


def downtime(availability: Quantity, claim: Quantity, stretch: str = "") -> Outcome | None:
    """99.9% up is 0.1% of the period down: of the claim's own period, else of the `stretch` named, else of a year."""
    missing = 1 - availability.si
    if not 0 < missing <= 0.2 or claim.unit.amount_seconds != 1:
        return None
    period = claim.unit.period or stretch or "year"
    value = missing * PERIODS[period] / claim.unit.amount_factor
    spelled = f"(1 - {availability.text}) × {period}"
    return Outcome((Term(availability),), value, claim.unit, claim.value, spelled=spelled)


def codes(base: float, length: Quantity, claim: Quantity) -> Outcome:
    """How many codes of that many letters an alphabet of `base` letters gives."""
    spelled = f"{base:.0f}^{length.value:.0f}"
    return Outcome((Term(length),), base**length.value, claim.unit, claim.value, spelled=spelled)


def formula_of(terms: Sequence[Term]) -> str:
    """The formula in the candidate's own words: "200 million × 2 ÷ 86,400"."""
    written = ""
    for term in sorted(terms, key=lambda t: -t.power):
        sign = " × " if term.power > 0 else " ÷ "
        written += (sign if written or term.power < 0 else "") + (term.quantity.text or term.quantity.noun)
    return written.strip()


_Total = tuple[float, int, int]
"""Value in base units, exponent of bytes, exponent of seconds."""


def _product(terms: Sequence[Term]) -> _Total:
    value, size, seconds = 1.0, 0, 0
    for term in terms:
        unit, si = term.quantity.unit, term.quantity.si
        value = value * si if term.power > 0 else value / si
        size += unit.bytes * term.power
        seconds += unit.seconds * term.power
    return value, size, seconds


def _exact(terms: tuple[Term, ...], claim: Quantity, total: _Total) -> Outcome | None:
    value, size, seconds = total
    if (size, seconds) != (claim.unit.bytes, claim.unit.seconds):
        return None
    if (
        claim.bare
        and any(t.quantity.unit.bytes or t.quantity.unit.seconds for t in terms)
        and len(terms) == 1
    ):
        return None
    return Outcome(terms, value / claim.unit.factor, claim.unit, claim.value)


def _period_taken(terms: tuple[Term, ...], claim: Quantity, total: _Total) -> Outcome | None:
    """A result without a period is what comes in one period of the claim, if no input says otherwise."""
    value, size, seconds = total
    if not claim.unit.period or (size, seconds) != (claim.unit.bytes, claim.unit.amount_seconds):
        return None
    timed = [t.quantity for t in terms if t.quantity.unit.period]
    lengths = [t.quantity.si for t in terms if t.quantity.unit.seconds == 1]
    spans = any(1 / _NEARLY < length / claim.unit.period_s < _NEARLY for length in lengths)
    if timed and not spans and not claim.unit.amount_seconds:
        return None
    return Outcome(terms, value / claim.unit.amount_factor, claim.unit, claim.value, supposed=True)


def _period_left(terms: tuple[Term, ...], claim: Quantity, total: _Total) -> Outcome | None:
    """A result whose period goes without saying keeps that of its inputs; a count over months is a count a month."""
    value, size, seconds = total
    if claim.unit.period or claim.unit.amount_seconds or size != claim.unit.bytes:
        return None
    if seconds == -1:
        period = next((t.quantity.unit.period for t in terms if t.power > 0 and t.quantity.unit.period), "s")
        unit = Unit(claim.unit.amount, period)
        return Outcome(terms, value / unit.factor, unit, claim.value, supposed=True)
    if seconds == 1:
        spans = [t.quantity for t in terms if t.power > 0 and t.quantity.unit.seconds == 1]
        rates = [t.quantity for t in terms if t.power < 0 and t.quantity.unit.period]
        if spans and spans[0].unit.amount_factor >= 1:
            counted = value / spans[0].unit.amount_factor
        elif rates:
            counted = value / rates[0].unit.period_s
        else:
            return None
        return Outcome(terms, counted / claim.unit.factor, claim.unit, claim.value, supposed=True)
    return None


def _unit_elided(terms: tuple[Term, ...], claim: Quantity, total: _Total) -> Outcome | None:
    """A bare number takes the unit and the multiplier of the quantity it goes on from."""
    value, size, seconds = total
    if claim.bare and claim.value < 1e5 and size == 1 and seconds in (0, -1):
        model = next((t.quantity for t in reversed(terms) if t.quantity.unit.bytes), None)
        if model is None:
            return None
        unit = Unit("B", (model.unit.period or "s") if seconds else "")
        scale = model.scale if claim.scale == 1 or model.scale <= claim.scale else model.scale / claim.scale
        return Outcome(terms, value / unit.factor, unit, claim.value * scale, elided=True)
    if claim.bare and size == 0 and seconds == 1 and claim.scale == 1:
        span = next((t.quantity for t in reversed(terms) if t.quantity.unit.seconds == 1), None)
        if span is not None:
            return Outcome(terms, value / span.unit.factor, span.unit, claim.value, elided=True)
    counts_only = all(t.quantity.unit == Unit() and t.power > 0 for t in terms)
    if claim.unit.bytes and counts_only and any(t.quantity.bare for t in terms):
        return Outcome(terms, value, claim.unit, claim.value, elided=True)
    return None


def _as_seconds(terms: Sequence[Term], claim: Quantity) -> tuple[Term, ...] | None:
    """The same formula with its conversions taken out, or None when it has none.

    A day written as 86,400 converts and does not multiply: once a rate says "a day", dividing by 86,400 changes nothing
    but the unit, and the same holds for "365 days and 5 years".
    """
    rates = {t.quantity.unit.period_s for t in terms if t.quantity.unit.period and t.power > 0}
    spans = [t for t in terms if t.quantity.unit.seconds == 1]
    kept: list[Term] = []
    changed = False
    for term in terms:
        quantity = term.quantity
        length = quantity.si if quantity.unit.seconds == 1 else quantity.value
        plain = quantity.unit == Unit() and quantity.role is Role.amount
        if not plain and quantity.unit.seconds != 1:
            kept.append(term)
            continue
        if term.power < 0 and any(1 / _NEARLY < length / period < _NEARLY for period in rates if period > 60):
            changed = True
            continue
        span = _counted_periods(quantity, rates, claim) if plain and claim.unit.period else None
        if span is not None:
            kept.extend([Term(span)] if term.power > 0 else [])
            changed = True
            continue
        other_span = any(t is not term and t.quantity.si > quantity.si * 1.5 for t in spans)
        if quantity.unit.amount == "day" and 360 <= quantity.value <= 366 and term.power > 0 and other_span:
            changed = True
            continue
        kept.append(term)
    if not changed or not kept:
        return None
    return tuple(kept)


def _counted_periods(number: Quantity, rates: set[float], claim: Quantity) -> Quantity | None:
    """A bare number that turns one period into another: 86,400, or 30 between days and months."""
    for period, length in PERIODS.items():
        if length in rates and any(
            0.98 < number.value / r < 1.02
            for r in (claim.unit.period_s / length, length / claim.unit.period_s)
        ):
            return Quantity(number.value, Unit(period), number.start, number.end, number.text, number.noun)
    return None
