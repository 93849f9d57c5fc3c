"""Quantities joined into formulas: which operators hold, which way round, and what the formula then comes to.

A row of joined quantities has one preferred reading; others are tried only where the preferred one measures something
else than the claim. Whether the words state the row, or leave it to the listener, is for reckoning.py to know.
"""

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from interviewer.interview import sums
from interviewer.interview.cues import Join
from interviewer.interview.quantities import Quantity, Role
from interviewer.interview.sums import Outcome, Term
from interviewer.interview.units import PERIODS, Unit

LONGEST = 5
"""How many quantities one formula may join."""


@dataclass(frozen=True, slots=True)
class Linked:
    """A quantity and the operator right before it, None where nothing joins it to the quantity before."""

    quantity: Quantity
    join: Join | None = None

    @property
    def sure(self) -> bool:
        """Whether a plain operator stands before it: "times", "/", "divided by"."""
        return self.join is not None and self.join.sure


OPEN = Join(1, sure=False)
"""An operator that nobody said."""
TIMES = Join(1, sure=True)
OVER = Join(-1, sure=True)


def run_of(pending: Sequence[Linked]) -> list[Linked]:
    """The last quantities that operators join without a gap; [] when nothing is pending."""
    first = len(pending) - 1
    while (
        first > 0 and len(pending) - first < LONGEST and _links(pending[first - 1].quantity, pending[first])
    ):
        first -= 1
    return list(pending[max(first, 0) :])


def summed(pending: Sequence[Linked]) -> bool:
    """Whether what is pending reads like a sum: joined quantities, or an operator that opens one."""
    run = run_of(pending)
    return len(run) > 1 or bool(run and run[0].sure)


def _links(left: Quantity, right: Linked) -> bool:
    each = right.quantity.per == "each" or same_noun(right.quantity.per, left.noun)
    return right.join is not None or each or right.quantity.role is Role.period


def worked(row: Sequence[Linked], claim: Quantity, *, every_sign: bool = False) -> list[Outcome]:
    """What the row comes to in the claim's unit, by the signs its operators prefer; [] when no signs make it fit.

    A ratio is read from both sides. With `every_sign` all signs that fit are given, not only the first.
    """
    added = _added(row, claim)
    if added and claim.bare and len(added) == 1 < len(row) and added[0].quantity.unit.amount_seconds:
        claim = replace(claim, unit=added[0].quantity.unit)
    if added is None:
        return []
    row = added
    both_ways = every_sign or any(link.quantity.role is Role.ratio for link in row)
    found: list[Outcome] = []
    for powers in signs(row, claim):
        terms = [Term(link.quantity, power) for link, power in zip(row, powers, strict=True)]
        outcome = sums.work_out(terms, claim) if any(power > 0 for power in powers) else None
        if outcome is not None:
            found.append(outcome)
            if not both_ways:
                break
    return found


SECONDS_IN = (3600.0, 86_400.0)
"""Bare numbers that are always the seconds of an hour or a day: what a rate a second is divided by."""


def signs(row: Sequence[Linked], claim: Quantity | None = None) -> Iterable[tuple[int, ...]]:
    """Powers for each quantity, preferred first, then with one, two, ... unsure operators turned round, the last first."""
    preferred = tuple(_power(link, claim) for link in row)
    turnable = (Role.amount, Role.ratio, Role.period)
    unsure = [i for i, link in enumerate(row) if link.quantity.role in turnable and not link.sure]
    for turned in range(len(unsure) + 1):
        for chosen in itertools.combinations(reversed(unsure), turned):
            yield tuple(-power if i in chosen else power for i, power in enumerate(preferred))


def _power(link: Linked, claim: Quantity | None) -> int:
    quantity = link.quantity
    if quantity.role is Role.period:
        return -1
    if claim is not None and quantity.per != "each" and same_noun(quantity.per, claim.noun):
        return -1
    if link.join is None:
        return 1
    if claim is not None and claim.unit.period == "s" and quantity.bare and quantity.value in SECONDS_IN:
        return link.join.prefer if link.join is not None and link.sure else -1
    counted = (
        quantity.unit == Unit() and not quantity.per and (quantity.role is Role.amount or bool(quantity.noun))
    )
    if claim is not None and claim.per and link.join.spreads and counted:
        return -1
    return link.join.prefer


def _added(row: Sequence[Linked], claim: Quantity) -> list[Linked] | None:
    """The row with its "plus" worked out, so that only products and quotients are left; None where it cannot be."""
    if len(row) > 1 and all(link.join is not None and link.join.plus for link in row[1:]):
        row = _measured_alike(row, claim)
    kept: list[Linked] = []
    for link in row:
        if link.join is None or not link.join.plus or not kept:
            kept.append(link)
            continue
        total = _sum_of(kept[-1].quantity, link.quantity)
        if total is None:
            return None
        kept[-1] = Linked(total, kept[-1].join)
    return kept


def _sum_of(left: Quantity, right: Quantity) -> Quantity | None:
    """Both added, in the left one's unit; a share adds to what it is of; None where they measure different things."""
    text = f"({left.text} + {right.text})"
    if right.role is Role.share or right.unit.amount == "percent":
        return (
            None
            if left.role is Role.share
            else replace(left, value=left.value * (1 + right.si), end=right.end, text=text)
        )
    if (left.unit.bytes, left.unit.seconds) != (right.unit.bytes, right.unit.seconds):
        return None
    return replace(left, value=left.value + right.si / left.unit.factor, end=right.end, text=text)


def _measured_alike(row: Sequence[Linked], claim: Quantity) -> list[Linked]:
    """A sum whose bare numbers take the unit of the measured ones, or of the result ("90 plus 220, so 310 ms")."""
    measured = [q for q in (*(link.quantity for link in row), claim) if q.unit != Unit() and not relative(q)]
    if not measured or not any(link.quantity.bare for link in row):
        return list(row)
    model = measured[0]
    size = model.scale if model.unit.bytes else 1.0
    return [
        replace(link, quantity=replace(link.quantity, value=link.quantity.value * size, unit=model.unit))
        if link.quantity.bare and link.quantity.scale == 1
        else link
        for link in row
    ]


_BASE = re.compile(r"\bbase[- ]?([0-9]{2})\b", re.IGNORECASE)
_SYMBOLS = frozenset("letters characters chars character symbols digits places positions".split())


def special(claim: Quantity, row: Sequence[Quantity], context: str) -> list[Outcome]:
    """Availability, fan-out and codes of some length, which are no products. `context` is the text before the claim."""
    shares = [q for q in row if q.unit.amount == "percent" or q.role is Role.share]
    counts = [q for q in row if q.unit == Unit() and q.role is not Role.share]
    lengths = [q for q in row if q.noun in _SYMBOLS and q.value <= 32]
    base = next(iter(_BASE.findall(context)[-1:]), None)
    found: list[Outcome | None] = []
    if shares and claim.unit.amount_seconds and shares[-1].si >= 0.8:
        found.append(sums.downtime(shares[-1], claim, _stretch(context[-80:])))
    if shares and counts and (claim.unit.amount == "percent" or claim.role is Role.share):
        found.append(sums.chance_of_any(shares[-1], counts[-1], claim))
    if lengths and base and claim.unit == Unit() and claim.value >= 1000:
        found.append(sums.codes(float(base), lengths[-1], claim))
    return [outcome for outcome in found if outcome is not None]


_STRETCH = re.compile(
    r"\b(?:an?|one|per|each|every|the|this)\s+(day|week|month|year)\b|\b(dai|week|month|year)ly\b",
    re.IGNORECASE,
)


def _stretch(context: str) -> str:
    """The stretch of time an availability was said for, "" where none was."""
    named = [(m.group(1) or m.group(2)).lower() for m in _STRETCH.finditer(context)]
    return {"dai": "day"}.get(named[-1], named[-1]) if named else ""


def relative(quantity: Quantity) -> bool:
    """Whether the quantity says how much of something else: a factor, a ratio, a share."""
    return quantity.role in (Role.factor, Role.ratio, Role.share)


def of_each(quantity: Quantity) -> bool:
    """Whether the quantity belongs to each of many, or to each stretch of time ("one reading a minute")."""
    often = quantity.unit.amount == "1" and bool(quantity.unit.period) and quantity.role is Role.amount
    return bool(quantity.per) or quantity.role is Role.period or (often and quantity.value <= 1)


def weighty(quantity: Quantity) -> bool:
    """Whether a quantity is more than a small count or a duration, which turn up in any talk."""
    if quantity.unit.bytes or quantity.unit.period:
        return True
    return quantity.unit == Unit() and quantity.value >= 1000


def constant(quantity: Quantity) -> bool:
    """Whether a duration is one of those people convert by, such as 86,400 seconds."""
    if quantity.unit.seconds != 1 or quantity.unit.amount not in ("s", "min", "h"):
        return False
    return any(0.9 < quantity.si / PERIODS[period] < 1.1 for period in ("day", "month", "year"))


_POWER = re.compile(r"\^|\*\*|[⁰¹²³⁴⁵⁶⁷⁸⁹]|\bto the\b", re.IGNORECASE)


def converts(old: Quantity, claim: Quantity) -> bool:
    """Whether a claim may be another wording of one quantity: another period, another time unit, a power written out."""
    if _POWER.search(old.text) and claim.unit == old.unit == Unit() and not relative(claim):
        return True
    if (old.unit.bytes, old.unit.amount_seconds) != (claim.unit.bytes, claim.unit.amount_seconds):
        return False
    if old.unit.bytes and _in_bits(old) != _in_bits(claim):
        return True
    if claim.bare or relative(claim) or relative(old):
        return False
    if old.unit.period == claim.unit.period:
        return claim.unit.amount_seconds == 1 and old.unit != claim.unit
    return bool(old.unit.period and claim.unit.period)


def _in_bits(quantity: Quantity) -> bool:
    """Whether an amount of data was said in bits."""
    return "bit" in quantity.text.lower() or "bps" in quantity.text or "Gb/" in quantity.text


def cancels(left: Quantity, right: Quantity) -> bool:
    """Whether the time of one is taken up by the rate of the other: minutes a day and megabytes a minute."""
    pairs = ((left, right), (right, left))
    return any(a.unit.amount_seconds and b.unit.period and not b.unit.amount_seconds for a, b in pairs)


def same_noun(left: str, right: str) -> bool:
    """Whether two words name the same things: "post" and "posts", "entry" and "entries"."""
    return bool(left and right and left != "each") and stem(left) == stem(right)


def stem(word: str) -> str:
    """A noun without its plural ending, good enough to compare two of them."""
    word = word.removesuffix("'s")
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("xes", "ches", "shes", "sses")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and len(word) > 3 and not word.endswith("ss") else word
