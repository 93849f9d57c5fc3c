"""The verbatim gate: a quote is words of one candidate turn at known offsets, or it is nothing (scoring.md 1.3).

What is shown is always the slice of the raw turn, never the string that was offered. Near misses are refused; whoever
offered one may try again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from interviewer.interview.ledger import Turn
from interviewer.interview.quantities import quantities
from interviewer.interview.units import Unit
from interviewer.interview.words import Normalised, Span, normal_text, normalise, tokens

LEAST_TOKENS = 3
"""Shorter quotes prove nothing, unless they hold a number with its unit."""


class Refusal(StrEnum):
    """Why a quote is refused."""

    empty = "empty"
    too_short = "too_short"
    stitched = "stitched"
    not_verbatim = "not_verbatim"
    cut_word = "cut_word"
    not_the_candidate = "not_the_candidate"


@dataclass(frozen=True, slots=True)
class Rejected:
    """A quote that does not pass, and why."""

    reason: Refusal


@dataclass(frozen=True, slots=True)
class Quote:
    """A quote that passed: `text` is the raw text of turn `turn` from `start` to `end` (code points, end exclusive)."""

    turn: int
    start: int
    end: int
    text: str


def verify(quote_text: str, turn_text: str) -> Span | Rejected:
    """Where the quote stands in the turn, as a raw span; Rejected with the reason where it does not.

    Case, curly quotes, runs of space, compatibility forms and invisible marks make no difference; a changed, missing
    or cut word does. The first place counts where there are several. Takes any two strings.
    """
    wanted = normal_text(quote_text).strip()
    # pieces that begin with a letter or figure are words at the least: enough of them need no closer look
    few = sum(piece[0].isalnum() for piece in wanted.split()) < LEAST_TOKENS
    words = tokens(wanted) if few else ()
    if few and not words:
        return Rejected(Refusal.empty)
    said = _normalised(turn_text)
    cut = False
    at = said.text.find(wanted)
    while at >= 0:
        if _is_whole(said.text, at, at + len(wanted)):
            if few and len(words) < LEAST_TOKENS and not _is_measured(wanted):
                return Rejected(Refusal.too_short)
            return said.span(at, at + len(wanted))
        cut = True
        at = said.text.find(wanted, at + 1)
    if cut:
        return Rejected(Refusal.cut_word)
    return Rejected(Refusal.stitched if "..." in wanted else Refusal.not_verbatim)


def quote_of(quote_text: str, turn: Turn) -> Quote | Rejected:
    """The same for a turn of a transcript: only the candidate is quoted."""
    if turn.role != "candidate":
        return Rejected(Refusal.not_the_candidate)
    match verify(quote_text, turn.text):
        case Span(start, end):
            return Quote(turn.n, start, end, turn.text[start:end])
        case refused:
            return refused


def stands(turn: int, start: int, end: int, quote: str, turns: Sequence[Turn]) -> bool:
    """Whether these very words stand at these offsets of that turn, and the turn is the candidate's."""
    if not 1 <= turn <= len(turns) or not 0 <= start < end:
        return False
    said = turns[turn - 1]
    return said.role == "candidate" and said.text[start:end] == quote


@lru_cache(maxsize=256)
def _normalised(turn_text: str) -> Normalised:
    return normalise(turn_text)  # a turn is looked at again for every quote from it


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether the place begins and ends between words, not inside one."""
    before = start == 0 or not (text[start - 1].isalnum() and text[start].isalnum())
    return before and (end == len(text) or not (text[end - 1].isalnum() and text[end].isalnum()))


def _is_measured(text: str) -> bool:
    return any(quantity.unit != Unit() for quantity in quantities(text))
