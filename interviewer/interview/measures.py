"""Units as people write and say them: "GB", "gigs", "Mbit/s", "ms", "QPS", "a second", "by day", "every 3 seconds".

Each reader looks at one token of a row and gives what it found with the index of the token after it, or None.
"""

import re
from collections.abc import Sequence

from interviewer.interview.numerals import Numeral, Token, at, low, numeral
from interviewer.interview.quantity import BYTE_PREFIXES
from interviewer.interview.units import PERIODS

TIMES: dict[str, str] = {
    **dict.fromkeys(("ns", "nanosecond", "nanoseconds", "nanos"), "ns"),
    **dict.fromkeys(("us", "µs", "μs", "microsecond", "microseconds", "micros"), "us"),
    **dict.fromkeys(("ms", "millisecond", "milliseconds", "millis", "msec", "msecs"), "ms"),
    **dict.fromkeys(("s", "sec", "secs", "second", "seconds"), "s"),
    **dict.fromkeys(("min", "mins", "minute", "minutes"), "min"),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), "h"),
    **dict.fromkeys(("d", "day", "days"), "day"),
    **dict.fromkeys(("week", "weeks", "wk", "wks", "w"), "week"),
    **dict.fromkeys(("month", "months", "mo", "mos", "mth", "mths"), "month"),
    **dict.fromkeys(("year", "years", "yr", "yrs", "y", "annum"), "year"),
}
_LETTERS_OF_TIME = frozenset("s h d w y m".split())
SINGULAR_TIMES = frozenset("sec second min minute hr hour day week wk month mo year yr annum".split())
ADVERBS = {
    "daily": "day", "hourly": "h", "weekly": "week", "monthly": "month", "yearly": "year", "annually": "year",
}  # fmt: skip
RATES: dict[str, tuple[str, str]] = {
    **dict.fromkeys(("qps",), ("queries", "s")),
    **dict.fromkeys(("rps",), ("requests", "s")),
    **dict.fromkeys(("tps",), ("transactions", "s")),
    **dict.fromkeys(("wps",), ("writes", "s")),
    **dict.fromkeys(("iops",), ("operations", "s")),
    **dict.fromkeys(("eps",), ("events", "s")),
    **dict.fromkeys(("rpm",), ("requests", "min")),
}
_DATA_WORD = re.compile(r"(kilo|mega|giga|tera|peta|exa|zetta)?(byte|bit)s?")
_DATA_SHORT = re.compile(r"([kmgtpez]?)(i?)(b|bit|byte)(ps)?")
_PREFIX_WORDS = {
    "gig": 1e9, "gigs": 1e9, "meg": 1e6, "megs": 1e6, "giga": 1e9, "gigas": 1e9, "mega": 1e6, "megas": 1e6, "tera": 1e12,
    "teras": 1e12, "peta": 1e15, "petas": 1e15, "kilo": 1e3, "kilos": 1e3, "exa": 1e18,
}  # fmt: skip
_LINKS = frozenset(
    """networking network ethernet nic nics link links uplink uplinks interface interfaces line lines card cards connection
    connections pipe pipes port ports""".split()
)
_BIT_LINKS = _LINKS | {"wire"}


def data_at(toks: Sequence[Token], j: int, *, glued: bool) -> tuple[float, str, int] | None:
    """A unit of data at j: its size in bytes, the period of "Mbps" and its like, and the token after it."""
    token = at(toks, j)
    if token is None or token.kind != "word":
        return None
    if token.low in _PREFIX_WORDS:
        size = _PREFIX_WORDS[token.low]
        bit = re.fullmatch(r"(byte|bit)s?", low(toks, j + 1))
        if bit:
            bits = bit.group(1) == "bit"
            return (size / 8 if bits else size), _period_of_link(toks, j + 2) if bits else "", j + 2
        linked = low(toks, j + 1) in _LINKS
        return (size / 8 if linked else size), "s" if linked else "", j + 1
    word = _DATA_WORD.fullmatch(token.low)
    if word:
        size = BYTE_PREFIXES[word.group(1)[0] if word.group(1) else ""]
        bits = word.group(2) == "bit"
        return (size / 8 if bits else size), _period_of_link(toks, j + 1) if bits else "", j + 1
    if token.raw in ("G", "T") and glued:
        return (1e9 if token.raw == "G" else 1e12), "", j + 1
    short = _DATA_SHORT.fullmatch(token.low)
    if short is None or (not short.group(1) and short.group(3) == "b" and token.raw[:1] != "B"):
        return None
    prefix, binary, kind, per_s = short.groups()
    power = " kmgtpez".index(prefix) if prefix else 0
    size = 1024.0**power if binary else BYTE_PREFIXES[prefix]
    # "Mb" is megabits beside a period and, loosely written, megabytes alone; "mbps" is always bits.
    lower_b = kind == "b" and token.raw.replace("ps", "")[-1:] == "b"
    rate = low(toks, j + 1) == "/" or low(toks, j + 1) == "per"
    bits = kind == "bit" or (lower_b and (per_s is not None or (rate and token.raw[:1].isupper())))
    period = "s" if per_s else _period_of_link(toks, j + 1) if bits else ""
    return (size / 8 if bits else size), period, j + 1


def _period_of_link(toks: Sequence[Token], j: int) -> str:
    """ "s" where what carries the bits is named right behind them: a 50 megabit line carries so much a second."""
    return "s" if low(toks, j) in _BIT_LINKS else ""


def time_at(toks: Sequence[Token], j: int, number: Numeral | None) -> str | None:
    token = at(toks, j)
    if token is None or token.kind != "word":
        return None
    if token.low in ("m", "min") and token.low == "m":
        return "min" if number is not None and token.glued and token.raw == "m" else None
    if token.low in _LETTERS_OF_TIME and (
        token.raw.isupper() or (not token.glued and token.low != "s" and token.low != "h")
    ):
        return None
    return TIMES.get(token.low)


def unit_at(toks: Sequence[Token], j: int, number: Numeral) -> tuple[float, str, str, int] | None:
    """Factor, amount and period of the unit at j, and the token after it; None for a plain count."""
    hyphen = low(toks, j) == "-" and j + 1 < len(toks) and toks[j].glued and toks[j + 1].glued
    k = j + 1 if hyphen else j
    token = at(toks, k)
    if token is None:
        return None
    data = data_at(toks, k, glued=token.glued)
    if data is not None:
        return data[0], "B", data[1], data[2]
    time = time_at(toks, k, number)
    if time is not None:
        return 1.0, time, "", k + 1
    if token.low in RATES:
        return 1.0, "1", RATES[token.low][1], k + 1
    return None


def rate_at(toks: Sequence[Token], j: int) -> tuple[str, float, int] | None:
    """ "/s", "per day", "a month", "by day", "in second", "daily", "every 3 seconds": period, how many, and the token after."""
    word = low(toks, j)
    if word in ADVERBS:
        return ADVERBS[word], 1.0, j + 1
    if word in RATES and not toks[j].glued:
        return RATES[word][1], 1.0, j + 1
    if word in ("/", "per", "each", "every"):
        number = numeral(toks, j + 1) if low(toks, j + 1) not in ("second", "third") else None
        k = number.stop if number else j + 1
        name = TIMES.get(low(toks, k)) if low(toks, k) not in ("ms", "us", "ns") else None
        if name not in PERIODS or (number is not None and (word == "/" or number.value <= 0)):
            return None
        if number is None and low(toks, k).endswith("s") and len(low(toks, k)) > 1 and word != "/":
            return None
        return name, number.value if number else 1.0, k + 1
    if word in ("one", "1") and low(toks, j + 1) in SINGULAR_TIMES and _of_data(toks, j - 1):
        return TIMES[low(toks, j + 1)], 1.0, j + 2
    if word in ("a", "an", "by", "in"):
        k = j + 1
        if word in ("by", "in") and low(toks, k) in ("a", "an", "the", "one", "each", "every"):
            k += 1
        name = low(toks, k)
        if name in SINGULAR_TIMES and not (
            name in ("second", "minute", "min") and low(toks, k + 1) in _NOT_A_SECOND
        ):
            return TIMES[name], 1.0, k + 1
    return None


def _of_data(toks: Sequence[Token], j: int) -> bool:
    """Whether the token at j is a unit of data or a plain singular noun after a number of thousands or more."""
    token = at(toks, j)
    if token is None or token.kind != "word":
        return False
    if data_at(toks, j, glued=token.glued) is not None:
        return True
    before = low(toks, j - 1)
    return before in _LARGE and token.low not in TIMES


_LARGE = frozenset("thousand million billion k m".split())
_NOT_A_SECOND = frozenset("replica copy one time region zone store cache and_a".split())
