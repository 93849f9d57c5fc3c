"""Quantities that say how much of something else: "every five seconds", "twice", "10:1", "one in ten", "20 times more".

Also articles that stand for a number ("a kilobyte", "an hour and a half"). Plain counts are read by quantities.py.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from interviewer.interview import numerals
from interviewer.interview.measures import SINGULAR_TIMES, TIMES, data_at, rate_at, time_at, unit_at
from interviewer.interview.nouns import starts_amount
from interviewer.interview.numerals import Numeral, Token, at, low, numeral
from interviewer.interview.quantity import Role
from interviewer.interview.units import Unit

_FRACTIONS = {
    "half": 1 / 2, "third": 1 / 3, "thirds": 1 / 3, "quarter": 1 / 4, "quarters": 1 / 4, "fourth": 1 / 4, "fifth": 1 / 5,
    "fifths": 1 / 5, "sixth": 1 / 6, "seventh": 1 / 7, "eighth": 1 / 8, "eighths": 1 / 8, "ninth": 1 / 9, "tenth": 0.1,
    "tenths": 0.1, "hundredth": 0.01, "thousandth": 0.001,
}  # fmt: skip
_FACTORS = {
    "double": 2.0, "doubles": 2.0, "doubled": 2.0, "doubling": 2.0, "twice": 2.0, "triple": 3.0, "triples": 3.0,
    "tripled": 3.0, "thrice": 3.0, "treble": 3.0, "quadruple": 4.0, "quadruples": 4.0,
}  # fmt: skip
_ARTICLE_TIME_AFTER = frozenset(
    "for over in within after every takes take about roughly around than it under call".split()
)
_LESS = frozenset("less fewer smaller lower cheaper small".split())
_SMALL_FACTORS = frozenset(
    "two three four five six seven eight nine ten twelve fifteen twenty fifty hundred thousand".split()
) | {str(n) for n in (*range(2, 41), 50, 60, 80, 100, 200, 500, 1000)}
_AFTER_SINGULAR = frozenset(
    ", . : ; more less bigger smaller small higher lower this that it so is then the".split()
)
_LESSENED = frozenset(
    "cut cuts reduced reduces reduce reducing shrinks shrunk shrink down drops drop fell".split()
)
_HEDGES = frozenset("say about roughly around ~ some perhaps maybe like".split())
_COMPARED = frozenset("more the that this as higher bigger less fewer".split())
_AFTER_A_SHARE = frozenset(", : ; so that's is".split())
_SAID_OF_A_SHARE = frozenset("is are goes go gets get comes come stays stay".split())
_PARTS_OF_AN_HOUR = {"half": 0.5, "quarter": 0.25, "bit": 0.0}


@dataclass(frozen=True, slots=True)
class Found:
    """A value read up to token `stop`. `open` when a noun and a period may follow; no value when it is no quantity at all."""

    value: float | None
    stop: int
    unit: Unit = Unit()
    role: Role = Role.amount
    scale: float = 1.0
    open: bool = False


def relation_at(toks: Sequence[Token], i: int, number: Numeral | None) -> Found | None:
    """What begins at token i that is more than a plain count; `number` is the numeral there, None where there is none."""
    word = toks[i].low
    if word in ("every", "each"):
        return _every(toks, i)
    if word in _FACTORS or word == "once":
        return _factor_word(toks, i)
    if word in ("same", "as", "plus"):
        return _as_much_again(toks, i)
    if word == "factor":
        return _factor_of(toks, i)
    if word in ("a", "an", "one", "half"):
        return _article(toks, i) or _of_whole(toks, i, number)
    return _of_whole(toks, i, number)


def _of_whole(toks: Sequence[Token], i: int, number: Numeral | None) -> Found | None:
    found = _fraction(toks, i, number)
    return found or (_part(toks, i, number) or _ratio(toks, i, number) if number is not None else None)


def factor_end(toks: Sequence[Token], j: int) -> int:
    """Where "x", "times more", "times the mean" or "-fold" behind a number ends; 0 where the number is no factor."""
    sign = low(toks, j)
    if sign == "-" and low(toks, j + 1) in ("fold", "x"):
        return j + 2
    if sign == "fold":
        return j + 1
    if sign not in ("x", "×", "times", "time") or rate_at(toks, j + 1) is not None:
        return 0
    follow = j + 1
    if sign == "time":
        return follow if _singular_factor(toks, j) else 0
    if sign == "x" and low(toks, follow) == ",":
        return follow
    while low(toks, follow) in _HEDGES:
        follow += 1
    if low(toks, follow) in _COMPARED:
        return j + 1
    operand = low(toks, follow) in ("a", "an", "half") and starts_amount(toks, follow)
    return 0 if operand or numerals.starts_number(toks, follow) else j + 1


def _singular_factor(toks: Sequence[Token], j: int) -> bool:
    """Whether "five time" stands for "five times": a number above one, and no noun that the "time" belongs to."""
    if low(toks, j - 1) in ("one", "1") or low(toks, j - 1) not in _SMALL_FACTORS:
        return False
    return low(toks, j + 1) in _AFTER_SINGULAR or j + 1 >= len(toks)


def lessens(toks: Sequence[Token], j: int) -> bool:
    """Whether a factor is said downwards: "thirty times less"."""
    return low(toks, j) in _LESS


def _every(toks: Sequence[Token], i: int) -> Found | None:
    """ "every five seconds", "each 3 seconds", "every minute"."""
    number = numeral(toks, i + 1)
    j = number.stop if number else i + 1
    time = time_at(toks, j, number)
    if time is None or (number is None and toks[i].low == "each"):
        return None
    return Found(number.value if number else 1.0, j + 1, Unit(time), Role.period)


def _factor_word(toks: Sequence[Token], i: int) -> Found | None:
    """ "twice that", "double it", "once a day", "twice per second"."""
    word, rate = toks[i].low, rate_at(toks, i + 1)
    if word in ("once", "twice", "thrice") and rate is not None:
        period, how_many, stop = rate
        each = low(toks, stop) in ("each", "per", "apiece")
        return Found(_FACTORS.get(word, 1.0) / how_many, stop, Unit("1", period), open=each)
    return Found(_FACTORS[word], i + 1, role=Role.factor) if word in _FACTORS else None


def _as_much_again(toks: Sequence[Token], i: int) -> Found | None:
    words = tuple(low(toks, i + k) for k in range(3))
    if words[:2] == ("same", "again"):
        return Found(2.0, i + 2, role=Role.factor)
    much = words[1:] in (("as", "many"), ("as", "much")) if words[0] == "plus" else words[2] == "again"
    if much and (words[0] == "plus" or words[1] in ("many", "much")):
        return Found(2.0, i + 3, role=Role.factor)
    return None


def _factor_of(toks: Sequence[Token], i: int) -> Found | None:
    """ "factor of 3", "factor 3"."""
    number = numeral(toks, i + (2 if low(toks, i + 1) in ("of", "is", "=", ":") else 1))
    if number is None or unit_at(toks, number.stop, number) is not None:
        return None
    lessened = any(low(toks, i - back) in _LESSENED for back in range(1, 6))
    return Found(1 / number.value if lessened else number.value, number.stop, role=Role.factor)


def _article(toks: Sequence[Token], i: int) -> Found | None:
    """ "a kilobyte", "half a gig a second", "an hour and a half", "a K"."""
    half = toks[i].low == "half"
    j = i + 2 if half else i + 1
    unit = at(toks, j)
    if unit is None or unit.glued or (half and low(toks, i + 1) not in ("a", "an")):
        return None
    value = 0.5 if half else 1.0
    if unit.raw == "K" or (unit.low in ("kilo", "k") and toks[i].low != "one"):
        return Found(value * 1e3, j + 1, Unit("B"), scale=1e3, open=True)
    data = data_at(toks, j, glued=False)
    if (
        data is not None
        and (len(unit.low) > 2 or unit.raw[-1:] == "B")
        and not unit.low.endswith("s")
        and unit.low != "bit"
    ):
        size, period, stop = data
        return Found(value * size, stop, Unit("B", period), scale=size, open=True)
    return _time_with_article(toks, i, j, value) if unit.low in SINGULAR_TIMES else None


def _time_with_article(toks: Sequence[Token], i: int, j: int, value: float) -> Found | None:
    unit = Unit(TIMES[toks[j].low])
    part = low(toks, j + 3)
    if [low(toks, j + 1), low(toks, j + 2)] == ["and", "a"] and part in _PARTS_OF_AN_HOUR:
        return Found(value + _PARTS_OF_AN_HOUR[part], j + 4, unit)
    # "a second" is a duration after "for" or "within", and otherwise more often a period or an ordinal.
    contents = low(toks, j + 1) == "of" and not numerals.starts_number(toks, i - 1)
    answers = low(toks, i - 1) in ("so", "is", "nearly", "almost", "that's", "it's") and _length_ends(toks, j)
    if value == 0.5 or toks[i].low == "one" or contents or answers or low(toks, i - 1) in _ARTICLE_TIME_AFTER:
        return Found(value, j + 1, unit)
    return None


def _length_ends(toks: Sequence[Token], j: int) -> bool:
    """Whether a minute or an hour at j ends its clause, so that it is a length and no "a minute later"."""
    long = toks[j].low in ("minute", "hour", "min", "hr")
    return long and (j + 1 >= len(toks) or toks[j + 1].low in _ENDS)


_ENDS = frozenset(", . ; ) ! ?".split())


def _fraction(toks: Sequence[Token], i: int, number: Numeral | None) -> Found | None:
    """ "a fifth of", "two thirds of", "half the"."""
    if toks[i].low in _FRACTIONS:
        end = "the" if toks[i].low == "half" and low(toks, i + 1) == "the" else "of"
        return Found(_FRACTIONS[toks[i].low], i + 1, role=Role.share) if low(toks, i + 1) == end else None
    part = number or (Numeral(1.0, i + 1) if toks[i].low in ("a", "one") else None)
    if part is None or low(toks, part.stop) not in _FRACTIONS:
        return None
    answered = low(toks, part.stop + 1) in _AFTER_A_SHARE and numerals.starts_number(toks, part.stop + 2)
    several = part.value in (2.0, 3.0) and low(toks, part.stop).endswith("s")
    told = several or low(toks, part.stop + 1) in _SAID_OF_A_SHARE
    if low(toks, part.stop + 1) != "of" and not (answered and part.value < 4) and not told:
        return None
    value = part.value * _FRACTIONS[low(toks, part.stop)]
    return Found(value, part.stop + 1, role=Role.share) if value < 1 else None


def _part(toks: Sequence[Token], i: int, part: Numeral) -> Found | None:
    """ "one in ten", "1 out of 100", "1/10 of"."""
    j = part.stop
    if low(toks, j) == "/" and toks[j].glued:
        whole = numeral(toks, j + 1)
        if whole is not None and low(toks, whole.stop) == "of":
            return Found(part.value / whole.value, whole.stop, role=Role.share)
    out_of = [low(toks, j), low(toks, j + 1)] == ["out", "of"]
    if low(toks, j) != "in" and not out_of or part.scale != 1:
        return None
    whole = numeral(toks, j + (2 if out_of else 1))
    if whole is None or part.value >= whole.value or not (whole.value % 10 == 0 or part.value == 1):
        return None
    if unit_at(toks, whole.stop, whole) is not None or rate_at(toks, whole.stop) is not None:
        return None
    return Found(part.value / whole.value, whole.stop, role=Role.share)


def _ratio(toks: Sequence[Token], i: int, left: Numeral) -> Found | None:
    """ "10:1", "100-to-1", "a hundred to one"; a time of day is no quantity."""
    j = left.stop
    if low(toks, j) == ":" and toks[j].glued and j + 1 < len(toks) and toks[j + 1].glued:
        right = numeral(toks, j + 1)
        if right is None:
            return None
        if len(toks[j + 1].raw) == 2 and left.value < 24 and toks[j + 1].kind == "number":
            return Found(None, right.stop) if right.value != 10 else None
        return Found(max(left.value / right.value, right.value / left.value), right.stop, role=Role.ratio)
    j += 1 if low(toks, j) == "-" and low(toks, j + 1) == "to" else 0
    if low(toks, j) != "to" or low(toks, i - 1) in ("from", "between"):
        return None
    right = numeral(toks, j + (2 if low(toks, j + 1) == "-" else 1))
    if right is None or right.value != 1 or left.value < 1.5:
        return None
    return Found(left.value, right.stop, role=Role.ratio)
