"""Numbers that name things and count nothing: a port, a year, a status code, an ordinal, "3 nines", "two-phase", "24/7"."""

import re
from collections.abc import Sequence

from interviewer.interview import numerals
from interviewer.interview.measures import TIMES, data_at, rate_at, unit_at
from interviewer.interview.nouns import STOP
from interviewer.interview.numerals import Numeral, Token, at, low

_CODES = frozenset("401 403 404 409 410 422 429 502 503 504 301 302 304 307 308".split())
_SHORT_CODES = frozenset("200 201 202 204 400 500".split())
_CODE_BEFORE = frozenset(
    "return returns returned returning respond responds answer answers status code http a an error".split()
)
_LABELS = frozenset(
    """port rfc http https level step version phase section chapter table figure error status code layer tier python java
    postgres postgresql mysql redis kafka tls ssl oauth iso ipv utf sha md base question option round stage room grade id
    number no. p chapter appendix category class type article raid rail java jdk node.js ubuntu debian windows""".split()
)
_SOFT_LABELS = frozenset(
    "node server shard partition page zone region box machine broker worker replica host row part point".split()
)
_YEAR_BEFORE = frozenset(
    """in since until till by from year of during january february march april may june july august september october
    november december jan feb mar apr jun jul aug sep sept oct nov dec before after back summer winter spring autumn
    fall""".split()
)
_IDIOMS = (("24", "7"), ("50", "50"), ("80", "20"), ("9", "5"))
_GLUED_AFTER = frozenset("st nd rd th p pc fa xx nf am pm".split())
_OPERATORS_BEFORE = frozenset("= x × * / ÷ + ~ ≈ by over times".split())
_OPERATORS_AFTER = frozenset("x × * ÷ +".split())
_UNITS_OF_A_COMPOUND = frozenset("fold to odd ish percent".split())


def is_label(toks: Sequence[Token], i: int, n: Numeral) -> bool:
    """Whether the numeral n at token i is a label, a date, a code or an ordinal, and no quantity."""
    return (
        _by_form(toks, i, n)
        or _is_time_of_day(toks, i, n)
        or (not _is_measured(toks, i, n) and _by_company(toks, i, n))
    )


def after_label(toks: Sequence[Token], i: int) -> int:
    """Where to go on after a number that is none: past what is glued to it, so that "1080p" and "24/7" leave nothing."""
    j = i + 1
    while j < len(toks) and toks[j].glued and toks[i].kind == "number":
        if toks[j].kind not in ("word", "number") and not (toks[j].low == "/" and j == i + 1):
            break
        j += 1
    return j


def _by_form(toks: Sequence[Token], i: int, n: Numeral) -> bool:
    """By what is written onto the number: "#3", "shard-4", "5th", "3 nines", "9am", "2PC", "two-phase", "24/7"."""
    before, after, follow = low(toks, i - 1), low(toks, n.stop), at(toks, n.stop)
    digits = toks[i].kind == "number" and n.stop == i + 1
    glued_before = toks[i].glued and i > 1 and toks[i - 1].glued
    if before == "#" or (before == "." and glued_before):
        return True
    if before in ("-", "_") and glued_before and toks[i - 2].kind == "word":
        return not numerals.starts_number(toks, i - 2)
    if after in ("nines", "o'clock", "am", "pm", "st", "nd", "rd", "th") or (after == "nine" and digits):
        return True
    if follow is None or not follow.glued:
        return False
    other = at(toks, n.stop + 1)
    idiom = after == "/" and other is not None and (toks[i].raw, other.raw) in _IDIOMS
    return idiom or (digits and after in _GLUED_AFTER) or (after == "-" and _is_compound(toks, n.stop))


def _is_measured(toks: Sequence[Token], i: int, n: Numeral) -> bool:
    """Whether a unit, a period or a multiplier makes it a quantity whatever stands before it."""
    if n.stop != i + 1 or toks[i].kind != "number" or low(toks, n.stop) in ("%", "percent", "x"):
        return True
    return unit_at(toks, n.stop, n) is not None or rate_at(toks, n.stop) is not None


def _by_company(toks: Sequence[Token], i: int, n: Numeral) -> bool:
    """By the words around a plain number: "port 443", "a 404", "in 2019", "node 3"."""
    before, after, raw = low(toks, i - 1), low(toks, n.stop), toks[i].raw
    if before in _OPERATORS_BEFORE or after in _OPERATORS_AFTER:
        return False
    counts = numerals.plural(at(toks, n.stop)) and after not in STOP
    if before in _LABELS:
        return True
    if before in _SOFT_LABELS and not counts and "." not in raw and n.value < 1000:
        return low(toks, i - 2) not in ("a", "per", "each", "an")
    if raw in _CODES or (raw in _SHORT_CODES and before in _CODE_BEFORE):
        return not counts
    if re.fullmatch(r"19[5-9][0-9]|20[0-5][0-9]", raw):
        return before in _YEAR_BEFORE or (n.value % 100 != 0 and not counts)
    return False


def _is_time_of_day(toks: Sequence[Token], i: int, n: Numeral) -> bool:
    """Whether an hour is meant: "online at eight, ...", "at 9 in the morning"."""
    if low(toks, i - 1) != "at" or n.value > 12 or n.value % 1 or n.scale != 1:
        return False
    if low(toks, n.stop) in ("in", "on") and low(toks, n.stop + 1) in _PARTS_OF_A_DAY:
        return True
    return toks[i].kind == "word" and low(toks, n.stop) in _CLAUSE_ENDS


_PARTS_OF_A_DAY = frozenset("the monday tuesday wednesday thursday friday saturday sunday".split())
_CLAUSE_ENDS = frozenset([",", ".", ";", ":", "!", "?", ")", "in", "on", "and", "that", "that's", "so"])


def _is_compound(toks: Sequence[Token], j: int) -> bool:
    """ "two-phase", "3-way": a hyphen and a word that is no unit."""
    word = at(toks, j + 1)
    if word is None or word.kind != "word" or not word.glued:
        return False
    unit = (
        word.low in TIMES or word.low in _UNITS_OF_A_COMPOUND or data_at(toks, j + 1, glued=False) is not None
    )
    return not unit and not numerals.starts_number(toks, j + 1)
