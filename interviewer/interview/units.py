"""Units of a capacity estimate: bytes, seconds, plain counts, and any of them over a period.

One `Unit` is an amount ("1", "B", "h", "percent") and perhaps a period ("s", "day", "year"), written "B/day" or "1/s".
Prefixes (K, M, G) belong to numbers, so they are not here; bits are written as bytes by whoever reads them.
"""

from dataclasses import dataclass

from interviewer.errors import UnitMismatch

PERIODS: dict[str, float] = {
    "s": 1.0,
    "min": 60.0,
    "h": 3600.0,
    "day": 86_400.0,
    "week": 604_800.0,
    "month": 30 * 86_400.0,
    "year": 365 * 86_400.0,
}
"""Length of each period in seconds. A month has 30 days and a year 365, as people reckon them at a whiteboard."""

_AMOUNTS: dict[str, tuple[int, int, float]] = {
    "1": (0, 0, 1.0),
    "percent": (0, 0, 0.01),
    "B": (1, 0, 1.0),
    "ns": (0, 1, 1e-9),
    "us": (0, 1, 1e-6),
    "ms": (0, 1, 1e-3),
    **{name: (0, 1, length) for name, length in PERIODS.items()},
}


@dataclass(frozen=True, slots=True)
class Unit:
    """What a number counts: `amount` is "1", "B", "percent" or a time from "ns" to "year"; `period` is "" or a key of PERIODS.

    Raises UnitMismatch for any other word, so that a Unit always has dimensions and a factor.
    """

    amount: str = "1"
    period: str = ""

    def __post_init__(self) -> None:
        if self.amount not in _AMOUNTS or (self.period and self.period not in PERIODS):
            raise UnitMismatch(
                f"no such unit: {self.amount!r} per {self.period!r}; write e.g. '1/s', 'B/day', 'h/year'"
            )

    @classmethod
    def parse(cls, text: str) -> "Unit":
        """Read the canonical form back: Unit.parse(str(unit)) == unit. Raises UnitMismatch for anything else."""
        amount, slash, period = text.strip().partition("/")
        if slash and not period:
            raise UnitMismatch(f"a unit must not end in a slash: {text!r}")
        return cls(amount, period)

    @property
    def bytes(self) -> int:
        """Exponent of bytes: 0 or 1."""
        return _AMOUNTS[self.amount][0]

    @property
    def amount_seconds(self) -> int:
        """Exponent of seconds in the amount alone: 1 for a duration, else 0."""
        return _AMOUNTS[self.amount][1]

    @property
    def seconds(self) -> int:
        """Exponent of seconds of the whole unit: -1 for a rate, 1 for a duration, 0 for both together or neither."""
        return self.amount_seconds - (1 if self.period else 0)

    @property
    def amount_factor(self) -> float:
        """Base units (1, B or s) in one of the amount."""
        return _AMOUNTS[self.amount][2]

    @property
    def period_s(self) -> float:
        """Length of the period in seconds, 1.0 when there is none."""
        return PERIODS[self.period] if self.period else 1.0

    @property
    def factor(self) -> float:
        """Base units (products of B and s) in one of this unit."""
        return self.amount_factor / self.period_s

    def __str__(self) -> str:
        return f"{self.amount}/{self.period}" if self.period else self.amount


def convert(value: float, unit: Unit, to: Unit) -> float:
    """Express `value`, given in `unit`, in the unit `to`. Raises UnitMismatch when the dimensions differ."""
    if (unit.bytes, unit.seconds) != (to.bytes, to.seconds):
        raise UnitMismatch(f"{unit} cannot be expressed in {to}: they measure different things")
    return value * unit.factor / to.factor
