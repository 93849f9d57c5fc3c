"""Numbers as people write and say them: "1,160", "2e9", "10^8", "twelve and a half million", "1 point 2 million", "5 lakh".

Text is cut into tokens once; a numeral is read from a token onwards. Names that merely hold a digit ("p99", "S3", "v2")
are one token and never a number. What is counted, and per what, is left to quantities.py.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

_TOKEN = re.compile(
    r"""
    (?P<skip> https?://\S++ | [0-9]++(?:[.:/-][0-9]++){3,} | [0-9]{4}-[0-9]{2}(?:-[0-9]{2})?(?![0-9])
        | [0-9]{1,3}(?:\.[0-9]{1,2}){2,}(?![0-9]) | [0-9]{1,2}:[0-9]{2}:[0-9]{2} | [0-9]{1,2}/[0-9]{1,2}/[0-9]{2,4} | v[0-9]++(?:\.[0-9]++)* )
  | (?P<name> (?: x(?:86|64)\b | (?<![0-9])(?<![0-9][ ])[A-Z]{2,10}[-/][0-9]++(?:\.[0-9]++)* | (?![xX][0-9])[^\W\d]++[0-9]\w*+(?:\.[0-9]++)* ) )
  | (?P<number> (?: [0-9]{1,3}(?:,[0-9]{3})+(?![0-9])(?:\.[0-9]++)?
        | [0-9]{1,3}(?:\.[0-9]{3}){2,}(?![0-9])
        | [0-9]{1,3}(?:[ \u00a0\u202f'][0-9]{3}(?![0-9])){0,3}[ \u00a0\u202f'][0-9]00(?![0-9]|\.[0-9])
        | [0-9]++,[0-9]{1,2}(?![0-9,])
        | (?:[0-9]++(?:\.[0-9]++)?|\.[0-9]++)(?:[eE][+-]?[0-9]{1,3}(?!\w|\.[0-9]))? ) )
  | (?P<word> [^\W\d]++(?:['’][^\W\d_]++)* )
  | (?P<sign> -> | => | \*\* | \.\.\. | \S )
    """,
    re.VERBOSE,
)

Kind = Literal["number", "word", "sign", "name", "skip"]


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of text; `glued` says that nothing stands between it and the token before."""

    kind: Kind
    low: str
    raw: str
    start: int
    end: int
    glued: bool


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number read from tokens [first, stop). `scale` is its spoken multiplier: 1e6 for "12 million", 1 for "1200"."""

    value: float
    stop: int
    scale: float = 1.0
    power: bool = False


def tokens(text: str) -> tuple[Token, ...]:
    """Cut text into tokens, in order, with code-point offsets; white space is in none of them."""
    found: list[Token] = []
    end = 0
    for match in _TOKEN.finditer(text):
        kind: Kind = "sign"
        for name in ("number", "word", "name", "skip"):
            if match.lastgroup == name:
                kind = name
        raw = match.group()
        found.append(
            Token(kind, raw.lower().replace("’", "'"), raw, match.start(), match.end(), match.start() == end)
        )
        end = match.end()
    return tuple(found)


_ONES = {w: float(n) for n, w in enumerate("zero one two three four five six seven eight nine".split())}
_TEENS = {
    w: float(n)
    for n, w in enumerate(
        "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(), start=10
    )
}
_TENS = {
    w: 10.0 * n
    for n, w in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)
} | {"fourty": 40.0}
_ORDINALS = {
    w: float(n)
    for n, w in enumerate("first second third fourth fifth sixth seventh eighth ninth tenth".split(), start=1)
} | {"eleventh": 11.0, "twelfth": 12.0, "thirteenth": 13.0, "fifteenth": 15.0}
_SUPERSCRIPTS = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789", strict=True))

MAGNITUDES: dict[str, float] = {
    **dict.fromkeys(("hundred", "hundreds"), 1e2),
    **dict.fromkeys(("thousand", "thousands", "k"), 1e3),
    **dict.fromkeys(("million", "millions", "mil", "mill", "mln", "mn", "mio", "mm"), 1e6),
    **dict.fromkeys(("billion", "billions", "bil", "bill", "bln", "bn", "mrd"), 1e9),
    **dict.fromkeys(("trillion", "trillions", "trn", "tn", "tln"), 1e12),
    **dict.fromkeys(("lakh", "lakhs", "lac", "lacs"), 1e5),
    **dict.fromkeys(("crore", "crores"), 1e7),
    **dict.fromkeys(("quadrillion", "quadrillions"), 1e15),
}
_SPOKEN = frozenset(w for w in MAGNITUDES if len(w) > 3)
_MINUTES_AFTER = frozenset("every each for in ttl timeout after within last per".split())
_BYTES_AFTER = frozenset("at each size @ of".split())
_UNCOUNTED = frozenset("per few several many the these those other".split())
_LARGEST = 1e40


def plural(token: Token | None) -> bool:
    """Whether a token looks like the name of several things."""
    return (
        token is not None
        and token.kind == "word"
        and len(token.low) > 2
        and token.low.endswith(("s", "people"))
    )


def at(toks: Sequence[Token], i: int) -> Token | None:
    """The token at i, or None outside the text."""
    return toks[i] if 0 <= i < len(toks) else None


def low(toks: Sequence[Token], i: int) -> str:
    """Its lower-case text, or "" outside the text."""
    return toks[i].low if 0 <= i < len(toks) else ""


def starts_number(toks: Sequence[Token], i: int) -> bool:
    """Whether a numeral begins here (cheaper than reading it)."""
    token = at(toks, i)
    if token is None:
        return False
    if token.kind == "number":
        return True
    return token.low in _ONES or token.low in _TEENS or token.low in _TENS or token.low in _SPOKEN


def numeral(toks: Sequence[Token], i: int) -> Numeral | None:
    """Read the longest number that starts at token i, or None when none does."""
    first = _opening(toks, i)
    if first is None:
        return None
    number = _with_power(toks, _with_scale(toks, _with_fraction(toks, first), i))
    number = _with_rest(toks, number, i)
    if not (1 / _LARGEST < number.value < _LARGEST and math.isfinite(number.value)):
        return None
    return number


def _opening(toks: Sequence[Token], i: int) -> Numeral | None:
    token = at(toks, i)
    if token is None:
        return None
    if token.kind == "number":
        return Numeral(_digits(token.raw), i + 1)
    if token.kind != "word":
        return None
    follow = low(toks, i + 1)
    if token.low in ("a", "an", "one") and follow in ("dozen", "couple"):
        skip = 1 if low(toks, i + 2) == "of" else 0
        return Numeral(12.0 if follow == "dozen" else 2.0, i + 2 + skip)
    if token.low in ("a", "an") and follow in _SPOKEN:
        return Numeral(1.0, i + 1)
    if token.low == "half" and follow in ("a", "an") and low(toks, i + 2) in _SPOKEN:
        return Numeral(0.5, i + 2)
    if token.low in _SPOKEN and not token.low.endswith("s") and low(toks, i - 1) not in _UNCOUNTED:
        return Numeral(1.0, i)
    return _group(toks, i)


def _digits(raw: str) -> float:
    if re.fullmatch(r"[0-9]{1,3}(?:\.[0-9]{3}){2,}", raw):
        raw = raw.replace(".", "")
    elif re.fullmatch(r"[0-9]+,[0-9]{1,2}", raw):
        raw = raw.replace(",", ".")
    return float(re.sub(r"[,'\s]", "", raw))


def _spaced(toks: Sequence[Token], i: int) -> bool:
    return i < len(toks) and toks[i].kind == "word" and not toks[i].glued


def _below_hundred(toks: Sequence[Token], i: int) -> Numeral | None:
    word = low(toks, i)
    if word in _TENS:
        j = i + 2 if low(toks, i + 1) == "-" and toks[i + 1].glued else i + 1
        if _ONES.get(low(toks, j), 0.0) and not (j == i + 2 and not toks[j].glued):
            return Numeral(_TENS[word] + _ONES[low(toks, j)], j + 1)
        return Numeral(_TENS[word], i + 1)
    for table in (_TEENS, _ONES):
        if word in table:
            if low(toks, i + 1) == "dozen":
                return Numeral(12.0 * table[word], i + 2)
            return Numeral(table[word], i + 1)
    return None


def _group(toks: Sequence[Token], i: int) -> Numeral | None:
    head = _below_hundred(toks, i)
    if head is None:
        return None
    if low(toks, head.stop) in ("hundred", "hundreds"):
        j = head.stop + (2 if low(toks, head.stop + 1) == "and" else 1)
        tail = _below_hundred(toks, j)
        if tail is not None:
            return Numeral(head.value * 100 + tail.value, tail.stop)
        return Numeral(head.value * 100, head.stop + 1)
    # Speech drops the hundred: "one twenty eight". A bare "one ten" or "two five" is two numbers.
    if 1 <= head.value <= 9 and low(toks, head.stop) in _TENS and _spaced(toks, head.stop):
        tail = _below_hundred(toks, head.stop)
        if tail is not None:
            return Numeral(head.value * 100 + tail.value, tail.stop)
    return head


def _with_fraction(toks: Sequence[Token], n: Numeral) -> Numeral:
    if low(toks, n.stop) == "point":
        digits, j = "", n.stop + 1
        while j < len(toks) and (toks[j].raw.isdecimal() or toks[j].low in _ONES) and len(digits) < 6:
            digits += toks[j].raw if toks[j].raw.isdecimal() else f"{_ONES[toks[j].low]:.0f}"
            j += 1
        if digits:
            return Numeral(n.value + float(f"0.{digits[:12]}"), j)
    if [low(toks, n.stop + k) for k in range(2)] == ["and", "a"]:
        part = {"half": 0.5, "quarter": 0.25, "bit": 0.0, "third": 1 / 3}.get(low(toks, n.stop + 2))
        if part is not None and not (part == 0.25 and low(toks, n.stop + 3) == "of"):
            return Numeral(n.value + part, n.stop + 3)
    return n


def _with_scale(toks: Sequence[Token], n: Numeral, i: int) -> Numeral:
    value, scale, j = n.value, n.scale, n.stop
    while (size := _magnitude(toks, j, i)) is not None and scale < 1e18:
        value, scale, j = value * size, scale * size, j + 1
    if [low(toks, j + k) for k in range(2)] == ["and", "a"] and low(toks, j + 2) == "half" and scale > 1:
        return Numeral(value + scale / 2, j + 3, scale)
    return Numeral(value, j, scale)


def _magnitude(toks: Sequence[Token], j: int, i: int) -> float | None:
    """Size of the multiplier at j, for a numeral that began at i; single letters need the words around them."""
    token = at(toks, j)
    if token is None or token.kind != "word":
        return None
    before, after = low(toks, i - 1), at(toks, j + 1)
    share = after is not None and (
        after.low in ("each", "per", "a", "an") or (after.low == "/" and after.glued)
    )
    thing = at(toks, j + 2)
    per_thing = share and (low(toks, j + 1) == "each" or (thing is not None and thing.kind == "word"))
    per_thing = per_thing and low(toks, j + 2) not in _TIME_NAMES
    match token.raw:
        case "M":
            return 1e6
        case "m" if token.glued and before not in _MINUTES_AFTER:
            return 1e6
        case "B" if token.glued and (per_thing or before in _BYTES_AFTER) and not plural(after):
            return None
        case "B" if token.glued and low(toks, j + 1) in _COMES_TO and _bytes_soon(toks, j + 2):
            return None
        case "B" | "b" if token.glued:
            return 1e9
        case "T" if token.glued and plural(after):
            return 1e12
        case "k" | "K":
            return 1e3
        case _:
            return MAGNITUDES.get(token.low) if len(token.low) > 1 else None


_COMES_TO = frozenset(("=", "is", "->", "→", "≈", "~", "gives", "makes"))


def _bytes_soon(toks: Sequence[Token], j: int) -> bool:
    """Whether a result in bytes stands here ("about 3.6 TB"), so that a B before it was bytes as well."""
    return any(re.fullmatch(r"[KMGTP]i?B", token.raw) for token in toks[j : j + 4])


_TIME_NAMES = frozenset("s sec second min minute h hr hour d day week mo month y yr year".split())


def _with_power(toks: Sequence[Token], n: Numeral) -> Numeral:
    """ "10^8", "10⁸", "ten to the eight", "4.3 with twelve zeros", "2 x 10^9"."""
    exponent = _exponent(toks, n.stop)
    if exponent is not None and exponent.value <= 64 and n.value <= 1e4:
        return Numeral(n.value**exponent.value, exponent.stop, power=True)
    zeros = _zeros(toks, n.stop)
    if zeros is not None:
        return Numeral(n.value * 10.0**zeros.value, zeros.stop, power=True)
    if n.value < 10 and low(toks, n.stop) in ("x", "×", "*", "times"):
        ten = _opening(toks, n.stop + 1)
        raised = _exponent(toks, ten.stop) if ten is not None and ten.value == 10 else None
        if raised is not None and raised.value <= 64:
            return Numeral(n.value * 10.0**raised.value, raised.stop, power=True)
    return n


def _exponent(toks: Sequence[Token], j: int) -> Numeral | None:
    """What stands behind a base at j: "^8", "**8", "⁸", "to the eight", "to the power of 8", "to the 32nd"."""
    sign = at(toks, j)
    if sign is None:
        return None
    if sign.low in ("^", "**"):
        return _opening(toks, j + 1)
    if set(sign.raw) <= _SUPERSCRIPTS.keys():
        return Numeral(float("".join(_SUPERSCRIPTS[c] for c in sign.raw[:4])), j + 1)
    if sign.low != "to" or low(toks, j + 1) != "the":
        return None
    j += 4 if [low(toks, j + 2), low(toks, j + 3)] == ["power", "of"] else 2
    if low(toks, j) in _ORDINALS:
        return Numeral(_ORDINALS[low(toks, j)], j + 1)
    number = at(toks, j)
    spoken = _opening(toks, j) if number is not None and number.kind == "number" else _group(toks, j)
    if spoken is not None and low(toks, spoken.stop) in ("th", "st", "nd", "rd"):
        return Numeral(spoken.value, spoken.stop + 1)
    return spoken


def _zeros(toks: Sequence[Token], j: int) -> Numeral | None:
    """ "with twelve zeros", "followed by 12 zeros": how many, and the token after."""
    word = low(toks, j)
    if word not in ("with", "followed", "and"):
        return None
    count = _opening(toks, j + (2 if low(toks, j + 1) == "by" else 1))
    if count is None or count.value > 24 or low(toks, count.stop) not in ("zeros", "zeroes", "noughts"):
        return None
    return Numeral(count.value, count.stop + 1)


def _with_rest(toks: Sequence[Token], n: Numeral, i: int) -> Numeral:
    """Add the smaller part of a number in words: "one million two hundred thousand", "a hundred and twenty thousand"."""
    while (
        n.scale >= 1e2 and not n.power and toks[n.stop - 1].kind == "word" and toks[n.stop - 1].low in _SPOKEN
    ):
        joined = low(toks, n.stop) == "and"
        j = n.stop + 1 if joined else n.stop
        rest = _group(toks, j)
        if rest is None or not _spaced(toks, j):
            return n
        rest = _with_scale(toks, rest, j)
        small = rest.scale < n.scale and rest.value < n.scale
        if joined and n.scale > 1e2:
            small = small and toks[i].kind == "word"
        if not small and n.scale == 1e2 and rest.value >= 1e3 and rest.value / rest.scale < 100:
            # "a hundred and twenty thousand" multiplies the whole group, not only its tail.
            head = n.value + rest.value / rest.scale
            return Numeral(head * rest.scale, rest.stop, rest.scale)
        if not small:
            return n
        n = Numeral(n.value + rest.value, rest.stop, rest.scale if rest.scale > 1 else 1.0)
    return n
