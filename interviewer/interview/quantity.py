"""A quantity as said: a number with its unit, what it counts, per what, and the part it plays in a sum.

Values only; they are read from text by quantities.py.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from interviewer.interview.units import Unit

BYTE_PREFIXES: dict[str, float] = {
    "": 1.0,
    "k": 1e3,
    "m": 1e6,
    "g": 1e9,
    "t": 1e12,
    "p": 1e15,
    "e": 1e18,
    "z": 1e21,
}


class Role(StrEnum):
    """What part a quantity plays in a sum."""

    amount = "amount"
    factor = "factor"
    """Multiplies what it stands beside: "20x", "three copies", "twice"."""
    ratio = "ratio"
    """One thing to another, "10:1": read from either side."""
    share = "share"
    """A part of something: "1%", "one in ten", "a fifth of"."""
    period = "period"
    """How often: "every five seconds"."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit as said. `value` is in `unit`; byte prefixes are multiplied in (36 TB is 3.6e13 B).

    `start` and `end` are code points of the text it was read from, end exclusive, and text[start:end] == `text`.
    `noun` is what is counted ("tweets", "" where unsaid), `per` for each of what ("user", "each"), `scale` the spoken
    multiplier with any prefix (1e12 for 36 TB), which a bare number after it ("with three copies, 108") takes over.
    """

    value: float
    unit: Unit
    start: int
    end: int
    text: str
    noun: str = ""
    per: str = ""
    role: Role = Role.amount
    scale: float = 1.0

    @property
    def si(self) -> float:
        """The value in base units: B, s, 1, and their quotients."""
        return self.value * self.unit.factor

    @property
    def bare(self) -> bool:
        """Whether it is a number and nothing more, so that its unit may have been left out."""
        return self.unit == Unit() and not self.noun and self.role is Role.amount


@dataclass(frozen=True, slots=True)
class Given:
    """A fact known before a sum was made: from the fact sheet, the interviewer, or an earlier statement.

    `unit` is in canonical form, or bytes with a decimal prefix ("KB", "TB"). Raises UnitMismatch on use for other words.
    """

    name: str
    value: float
    unit: str

    def quantity(self) -> Quantity:
        """The same fact as a quantity outside any text (start == end == 0)."""
        prefixed = re.fullmatch(r"([KMGTPE])B(/\w+)?", self.unit)
        if prefixed is None:
            return Quantity(self.value, Unit.parse(self.unit), 0, 0, "", self.name)
        scale = BYTE_PREFIXES[prefixed.group(1).lower()]
        unit = Unit.parse("B" + (prefixed.group(2) or ""))
        return Quantity(self.value * scale, unit, 0, 0, "", self.name, scale=scale)
