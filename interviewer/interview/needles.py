"""What a pattern cannot match without: a few short strings, one of which must stand in any text that it matches.

Most patterns of a rubric match nothing in most turns, and a search costs time whether it finds something or not. The
short pieces of a text are collected once; a pattern none of whose needles is among them is not even tried.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from re import _constants as codes  # type: ignore[attr-defined]  # the parser of the standard library is untyped
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

PIECE, LONG_PIECE = 3, 5
"""How long a needle is, and one that can be had longer. Shorter ones stand in nearly every text."""
MOST = 400
"""With more needles than this a pattern says too little about its text to be worth asking."""
MOST_SPELLINGS = 24
"""So many ways of writing one stretch are followed side by side."""

SHORT_TEXT = 400
"""Below this length a search is cheaper than collecting the text's pieces."""
COMMON = frozenset("the and ing one all for not are can ent ion ter you hat tha ers her our ate ver".split())
COMMON_COSTS, SHORT_COSTS = 30, 3
"""Pieces that stand in nearly every turn keep nothing out: such a needle counts as so many, and any short one as a few."""

Needles = frozenset[str] | None
"""One of these must be there; None where nothing can be said."""


@lru_cache(maxsize=64)
def pieces(text: str) -> frozenset[str]:
    """Every run of three and of five characters of a text, lower case."""
    return frozenset(_pieces(text.lower()))


def _pieces(low: str) -> set[str]:
    found = {low[at : at + PIECE] for at in range(len(low) - PIECE + 1)}
    found.update(low[at : at + LONG_PIECE] for at in range(len(low) - LONG_PIECE + 1))
    return found


class _Part:
    """One cue by itself, made ready when a text first holds one of its needles."""

    __slots__ = ("_also", "_pattern", "cue", "needles")

    def __init__(self, cue: str) -> None:
        self.cue = cue
        self.needles = needles(cue)
        self._also = also(cue)
        self._pattern: re.Pattern[str] | None = None

    def lines(self, text: Lines) -> int:
        """The lines, as bits, in which it may match."""
        if self.needles is None:
            return text.all
        if self.needles.isdisjoint(text.pieces):
            return 0
        found = text.holding(self.needles)
        return found & text.holding(self._also) if self._also is not None else found

    def is_in(self, low: str) -> bool:
        if self._pattern is None:
            self._pattern = re.compile(lowered(self.cue))
        return self._pattern.search(low) is not None


class Lines:
    """A text line by line, ready to be searched many times: each line in lower case, and which of them hold which pieces.

    Only for ASCII.
    """

    __slots__ = ("all", "held", "low", "pieces")

    def __init__(self, lines: Iterable[str]) -> None:
        self.low = tuple(line.lower() for line in lines)
        self.all = (1 << len(self.low)) - 1
        held: dict[str, int] = {}
        for number, low in enumerate(self.low):
            bit = 1 << number
            for piece in _pieces(low):
                held[piece] = held.get(piece, 0) | bit
        self.held = held
        self.pieces = frozenset(held)

    def holding(self, needles: frozenset[str]) -> int:
        """The lines, as bits, that hold one of these."""
        found = 0
        for piece in needles & self.pieces:
            found |= self.held[piece]
        return found


class Sought:
    """Cues as one pattern that is tried only on texts which could match it. Case is ignored.

    Ignoring case makes the standard library's search some three times slower, so plain ASCII is put in lower case
    instead, once, and the pattern with it; any other text is searched in the ordinary way.
    """

    __slots__ = ("_any_case", "_lower", "_parts", "cues", "needles")

    def __init__(self, cues: Iterable[str]) -> None:
        """Raises re.error where a cue is no pattern."""
        self.cues = tuple(cues)
        whole = "|".join(f"(?:{cue})" for cue in self.cues) or r"(?!)"
        self._lower = re.compile(lowered(whole))
        self._any_case: re.Pattern[str] | None = None
        self._parts = [_Part(cue) for cue in self.cues]
        self.needles = _any_of(part.needles for part in self._parts)

    def search(self, text: str) -> re.Match[str] | None:
        """The first match, as `re` finds it; its words are in lower case where the text is ASCII."""
        if not text.isascii():
            return self._slow().search(text)
        return self._lower.search(text.lower()) if self._may_match(text) else None

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Every match in turn."""
        if not text.isascii():
            return self._slow().finditer(text)
        return self._lower.finditer(text.lower()) if self._may_match(text) else iter(())

    def in_lines(self, text: Lines) -> list[tuple[int, re.Match[str]]]:
        """Every match with the number of its line, line by line; only cues whose needles a line holds are tried on it."""
        if self.needles is not None and self.needles.isdisjoint(text.pieces):
            return []
        found = 0
        for part in self._parts:
            may = part.lines(text) & ~found
            while may:
                bit = may & -may
                may ^= bit
                if part.is_in(text.low[bit.bit_length() - 1]):
                    found |= bit
        matches: list[tuple[int, re.Match[str]]] = []
        while found:
            bit = found & -found
            found ^= bit
            number = bit.bit_length() - 1
            matches += [(number, match) for match in self._lower.finditer(text.low[number])]
        return matches

    def _may_match(self, text: str) -> bool:
        return self.needles is None or len(text) < SHORT_TEXT or not self.needles.isdisjoint(pieces(text))

    def _slow(self) -> re.Pattern[str]:
        if self._any_case is None:
            whole = "|".join(f"(?:{cue})" for cue in self.cues) or r"(?!)"
            self._any_case = re.compile(whole, re.IGNORECASE)
        return self._any_case


@lru_cache(maxsize=20_000)
def sought(cues: tuple[str, ...]) -> Sought:
    """The same cues are prepared once. Raises re.error where one is no pattern."""
    return Sought(cues)


def lowered(cue: str) -> str:
    """The cue with its letters in lower case, escapes such as \\S and \\W left as they are."""
    return _ESCAPED.sub(
        lambda match: match.group() if match.group()[0] == "\\" else match.group().lower(), cue
    )


_ESCAPED = re.compile(r"\\.|\(\?P<\w+>|[^\\]", re.DOTALL)


@lru_cache(maxsize=20_000)
def needles(cue: str) -> Needles:
    """Strings of three or five lower-case characters one of which any ASCII match of the cue holds. Raises re.error."""
    found = _of_sequence(parser.parse(cue, re.IGNORECASE))
    return found if found is not None and len(found) <= MOST else None


@lru_cache(maxsize=20_000)
def also(cue: str) -> Needles:
    """A second such set of which every match holds one as well; None where nothing more can be said."""
    first = needles(cue)
    others = [one for one in _demands(parser.parse(cue, re.IGNORECASE)) if one != first and len(one) <= MOST]
    return min(others, key=_weight) if first is not None and others else None


def _any_of(several: Iterable[Needles]) -> Needles:
    together: set[str] = set()
    for one in several:
        if one is None:
            return None
        together |= one
    return frozenset(together)


def _of_sequence(tree: Any) -> Needles:  # Any: parse trees of the standard library
    """The best of what any part demands: each part must match, so the part with the fewest needles is taken."""
    return min(_demands(tree), key=_weight, default=None)


def _demands(tree: Any) -> list[frozenset[str]]:
    """What the parts of a sequence demand, each by itself."""
    found: list[Needles] = []
    run: set[str] | None = {""}
    for code, of in tree:
        spelt = _spellings(code, of)
        if run is not None and spelt is not None and len(run) * len(spelt) <= MOST_SPELLINGS:
            run = {one + other for one in run for other in spelt}
            continue
        found.append(_cut(run))
        run = spelt if spelt is not None and len(spelt) <= MOST_SPELLINGS else None
        found.append(_of_part(code, of))
    found.append(_cut(run))
    return [one for one in found if one is not None]


def _cut(run: set[str] | None) -> Needles:
    if not run or any(len(one) < PIECE for one in run):
        return None
    return frozenset(map(_telling, run))


def _telling(run: str) -> str:
    """The longest piece of a run, the first without a space where there is one."""
    if len(run) < LONG_PIECE:
        return run[:PIECE]
    windows = [run[at : at + LONG_PIECE] for at in range(len(run) - LONG_PIECE + 1)]
    return next((one for one in windows if " " not in one), windows[-1])


def _weight(needles: frozenset[str]) -> int:
    return sum(_cost(one) for one in needles)


def _cost(needle: str) -> int:
    if len(needle) == LONG_PIECE:
        return 1
    return COMMON_COSTS if " " in needle or needle in COMMON else SHORT_COSTS


def _of_part(code: Any, of: Any) -> Needles:
    match code:
        case codes.BRANCH:
            return _any_of(_of_sequence(branch) for branch in of[1])
        case codes.SUBPATTERN:
            return _of_sequence(of[3])
        case codes.MAX_REPEAT | codes.MIN_REPEAT | codes.POSSESSIVE_REPEAT if of[0] >= 1:
            return _of_sequence(of[2])
        case codes.ASSERT:
            return _of_sequence(of[1]) if of[0] > 0 else None
        case codes.ATOMIC_GROUP:
            return _of_sequence(of)
        case _:
            return None


def _spellings(code: Any, of: Any) -> set[str] | None:
    """Every way of writing this part, where they are few; None where they are not."""
    match code:
        case codes.LITERAL:
            char = chr(of).lower()
            return {char} if char.isascii() else None
        case codes.AT | codes.ASSERT_NOT:
            return {""}
        case codes.IN:
            chars = {chr(value).lower() for kind, value in of if kind is codes.LITERAL}
            return chars if len(chars) == len(of) and all(map(str.isascii, chars)) else None
        case codes.MAX_REPEAT | codes.MIN_REPEAT if of[1] == 1:
            once = _spelt(of[2])
            return None if once is None else once | {""} if of[0] == 0 else once
        case codes.SUBPATTERN:
            return _spelt(of[3])
        case codes.BRANCH:
            branches = [_spelt(branch) for branch in of[1]]
            if any(one is None for one in branches):
                return None
            together = {spelling for one in branches for spelling in one or ()}
            return together if len(together) <= MOST_SPELLINGS else None
        case _:
            return None


def _spelt(tree: Any) -> set[str] | None:
    run = {""}
    for code, of in tree:
        spelt = _spellings(code, of)
        if spelt is None or len(run) * len(spelt) > MOST_SPELLINGS:
            return None
        run = {one + other for one in run for other in spelt}
    return run
