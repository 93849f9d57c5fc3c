"""Quantities in what people write and say: a number, its unit, what it counts, and per what.

"20,000,000 requests a day", "2 photos each", "10:1", "three copies", "every five seconds", "1% of". Offsets are code points
of the given text. Numbers that name things (a port, a year, a status code, "p99", "3 nines") are not quantities.
What is computed from what is left to estimates.py.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from interviewer.interview import numerals
from interviewer.interview.labels import after_label, is_label
from interviewer.interview.measures import rate_at, unit_at
from interviewer.interview.nouns import STOP, tail_at
from interviewer.interview.numerals import Numeral, Token, low, numeral
from interviewer.interview.quantity import Given, Quantity, Role
from interviewer.interview.relations import Found, factor_end, lessens, relation_at
from interviewer.interview.units import Unit

__all__ = ["Given", "Quantity", "Role", "quantities"]

_COPIES = frozenset("copies copy replicas replica replication".split())
_FURTHER = frozenset("more extra further additional other".split())
_MONEY = frozenset("$€£")


@lru_cache(maxsize=128)
def quantities(text: str) -> tuple[Quantity, ...]:
    """Every quantity of the text, in order, none overlapping another. Gives () for a text without any; never raises."""
    toks = numerals.tokens(text)
    found: list[Quantity] = []
    i = 0
    while i < len(toks):
        if toks[i].kind in ("skip", "name"):
            i += 1
            continue
        number = numeral(toks, i)
        read = relation_at(toks, i, number) or (_counted(toks, i, number) if number is not None else None)
        if read is None:
            i = after_label(toks, i)
            continue
        quantity, i = _completed(text, toks, i, read)
        if quantity is not None:
            found.append(quantity)
    return tuple(found)


def _counted(toks: Sequence[Token], i: int, number: Numeral) -> Found | None:
    """A number with what is written right behind it: a percent sign, a unit, or "times more"; else a plain count."""
    if is_label(toks, i, number):
        return Found(None, max(number.stop, after_label(toks, i)))
    number = _range(toks, i, number)
    j = number.stop
    percent = (
        2
        if [low(toks, j), low(toks, j + 1)] == ["per", "cent"]
        else int(low(toks, j) in ("%", "percent", "pct"))
    )
    if percent:
        return Found(number.value, j + percent, Unit("percent"), Role.share)
    unit = unit_at(toks, j + 1 if low(toks, j) in _FURTHER else j, number)
    if unit is not None:
        factor, name, period, stop = unit
        return Found(number.value * factor, stop, Unit(name, period), scale=number.scale * factor, open=True)
    end = factor_end(toks, j)
    if end:
        value = 1 / number.value if lessens(toks, end) else number.value
        return Found(value, end, role=Role.factor)
    if j < len(toks) and toks[j].kind == "word" and toks[j].glued and toks[j - 1].kind == "number":
        return Found(None, j + 1)
    if toks[i].low == "one" and j == i + 1 and not _is_rate(toks, j):
        return None  # "one box", "that one": more often an article or a pronoun than a number to compute with
    return Found(number.value, j, scale=number.scale, open=True)


def _is_rate(toks: Sequence[Token], j: int) -> bool:
    return rate_at(toks, j) is not None or (low(toks, j) not in STOP and rate_at(toks, j + 1) is not None)


def _range(toks: Sequence[Token], i: int, n: Numeral) -> Numeral:
    """ "2-3k", "50 to 100 ms", "between 5 and 10 thousand": the middle of both ends."""
    joint, j, before = low(toks, n.stop), n.stop + 1, low(toks, i - 1)
    dash = joint in ("-", "–", "—") and j < len(toks) and toks[n.stop].glued and toks[j].glued
    spoken = (joint in ("to", "or") and before != "from") or (joint == "and" and before == "between")
    upper = numeral(toks, j) if (dash or spoken) and numerals.starts_number(toks, j) else None
    if upper is None or is_label(toks, j, upper):
        return n
    shares_scale = n.scale == 1 and n.value < upper.value and n.value * upper.scale <= upper.value
    lower = n.value * upper.scale if shares_scale else n.value
    if not lower < upper.value <= 20 * lower:
        return n
    return Numeral((lower + upper.value) / 2, upper.stop, upper.scale)


def _completed(text: str, toks: Sequence[Token], i: int, read: Found) -> tuple[Quantity | None, int]:
    """The quantity that begins at token i, with the noun and the period behind it, and the token to go on from."""
    if read.value is None:
        return None, read.stop
    value, unit, stop, noun, per, role = read.value, read.unit, read.stop, "", "", read.role
    if read.open:
        tail = tail_at(toks, read.stop, value, unit)
        value, unit, stop, noun, per = (
            tail.value,
            replace(unit, period=tail.period),
            tail.stop,
            tail.noun,
            tail.per,
        )
        role = Role.factor if unit == Unit() and noun in _COPIES else role
    if not 0 < value < 1e60:
        return None, stop
    first = i - 1 if low(toks, i - 1) in _MONEY else i
    start, end = toks[first].start, toks[stop - 1].end
    return Quantity(value, unit, start, end, text[start:end], noun, per, role, read.scale), stop
