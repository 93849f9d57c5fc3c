"""Figures of the candidate beside those of the fact sheet: which the sheet has otherwise, and which it has alike.

Only what is plain counts: a number with the sheet's own noun and a unit of the same kind, said as something that is so
("we have 100M links a day"), three times too much or too little. Peaks, growth, parts and guesses are nobody's slip.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from interviewer.errors import UnitMismatch
from interviewer.interview.audible import audible
from interviewer.interview.ledger import Turn
from interviewer.interview.pack import Fact, Value
from interviewer.interview.quantities import quantities
from interviewer.interview.quantity import Quantity, Role
from interviewer.interview.scope import read
from interviewer.interview.units import Unit, convert
from interviewer.interview.words import stems

DIFFERS = 3.0
"""So many times too large or too small is another figure, and no rounding."""
ALIKE = 1.25
LEAST = 1000
"""Small counts of the sheet are said of too many other things."""

_NAMED = re.compile(r"^([a-z]{4,})(?:_per_(?:day|month|year|second))?$")
_AS_SAID = re.compile(r"\byou(?:'ve| have)? (?:said|told|gave|mentioned)\b[^.?!]{0,40}$", re.I)
_AS_IT_IS = re.compile(
    r"(?:\bwe(?:'ve| have|'re getting| get| see| expect)(?: got)?|\bthere(?:'s| are| is)|\bgiven|\bbased on|\bassum(?:e|ing)|\bwith|\bfor)"
    r"(?: that)?(?: there are| we have| we get)?(?: (?:about|roughly|around|some|like|the|those|these|your|approximately|nearly|almost|say))*\W*$",
    re.I,
)
_OTHERWISE = re.compile(
    r"\b(?:if|peak\w*|busiest|worst|bursts?|spik\w+|\w*fold|\d+x|times|grow\w*|later|suppose|imagine|instead|storm|evening|per|each|every|only|first|next|maximum|most|at least|up to|more than|less than|under|over|limit|launch|one day|some day)\b",
    re.I,
)
_ANOTHER_DAY = re.compile(
    r"\b(?:if|suppose|imagine|say we|times (?:that|this|as|more)|\w+fold|\d+ ?x|grow\w*|in (?:a|one|two|three|five|ten|\d+) years?|next year|some day|one day|later|peak\w*|worst)\b",
    re.I,
)
_SMALL = frozenset(stems("new total overall roughly about per a day month year second minute hour each"))


@dataclass(frozen=True)
class Differs:
    """A figure of the candidate that the sheet has otherwise: the fact, the turn, and where the words stand in it."""

    fact: str
    turn: int
    start: int
    end: int


def differing(said: Turn, facts: tuple[Fact, ...], given: frozenset[str]) -> Iterator[Differs]:
    """What a turn holds that stands against the sheet.

    `given` are the facts that were told; against others only what is put in our mouth ("you said …") counts.
    """
    text = audible(said.text)
    reading = read(text)
    found = quantities(text)
    for quantity in found:
        before, around = _before(text, quantity), _around(text, quantity)
        ours = bool(_AS_SAID.search(before))
        if not ours and (
            not _AS_IT_IS.search(before) or _OTHERWISE.search(around) or _ANOTHER_DAY.search(before)
        ):
            continue
        scope = reading.scope_at(quantity.start, quantity.end)
        if scope.negated or scope.rejected or scope.past or scope.hypothetical or scope.question and not ours:
            continue
        for fact in facts:
            if (ours or fact.id in given) and _against(quantity, fact) and not _on_sheet(quantity, facts):
                yield Differs(fact.id, said.n, quantity.start, quantity.end)
                break


def has_said(fact: Fact, turns: tuple[Turn, ...]) -> bool:
    """Whether the candidate has used a figure of this fact already, so that it need not be put on the table again."""
    values = [value for value in fact.values.values() if value.value >= LEAST or "/" in value.unit]
    for turn in turns:
        if turn.role == "candidate":
            for quantity in quantities(audible(turn.text)):
                if any(
                    (ratio := _ratio(quantity, value)) and 1 / ALIKE <= ratio <= ALIKE for value in values
                ):
                    return True
    return False


def _before(text: str, quantity: Quantity) -> str:
    """The words of its sentence before it."""
    start = max(text.rfind(mark, 0, quantity.start) for mark in ".!?\n;") + 1
    return text[start : quantity.start]


def _around(text: str, quantity: Quantity) -> str:
    """Its clause without itself: from the last comma or stop before it to the next one behind it."""
    before = re.split(r"[,:]", _before(text, quantity))[-1]
    behind = re.split(r"[.!?,;\n]", text[quantity.end :], maxsplit=1)[0]
    return f"{before} {behind}"


def _against(quantity: Quantity, fact: Fact) -> bool:
    for name, value in fact.values.items():
        named = _NAMED.match(name)
        if named is None or value.value < LEAST or not quantity.noun:
            continue
        nouns = stems(named.group(1))
        words = stems(re.sub(r"[\d.,]+\w?", " ", quantity.text)) - _SMALL
        if not nouns & stems(quantity.noun) or words - nouns - stems("million billion thousand k m b"):
            continue
        ratio = _ratio(quantity, value)
        if ratio is not None and (ratio >= DIFFERS or ratio <= 1 / DIFFERS):
            return True
    return False


def _on_sheet(quantity: Quantity, facts: tuple[Fact, ...]) -> bool:
    """Whether the sheet has this very figure somewhere, which then is what they mean."""
    return any(
        (ratio := _ratio(quantity, value)) is not None and 1 / ALIKE <= ratio <= ALIKE
        for fact in facts
        for value in fact.values.values()
    )


def _ratio(quantity: Quantity, value: Value) -> float | None:
    """How many times the sheet's figure theirs is; None where the two measure different things."""
    if quantity.role is not Role.amount or quantity.per or not value.value:
        return None
    try:
        return convert(quantity.value, quantity.unit, Unit.parse(value.unit)) / value.value
    except UnitMismatch:
        return None
