"""Whether a formula comes out in the unit that its number names, as far as units can be followed.

Bytes are followed through every sum, time only where no bare figure may itself stand for a time ("/ 86400"). What cannot
be followed is let pass: that a formula gives `exact` is looked at when the pack is read.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import isclose

from interviewer.interview.pack import Scenario
from interviewer.packs.found import Found

_TIMES = {"s": 1.0, "ms": 1e-3, "min": 60.0, "h": 3600.0, "day": 86400.0, "month": 2592e3, "year": 31536e3}
_BYTES = {"B": 1.0, "KB": 1e3, "MB": 1e6, "GB": 1e9, "TB": 1e12}
_CONVERT = frozenset({30, 60, 365, 1000, 1440, 3600, 86400})
"""Figures that turn one unit of time into another, and are no bytes."""
_PLAIN = 3
"""A factor up to this, such as three copies, has no unit."""


class _Differ(Exception):
    """Things of different units are added."""


@dataclass(frozen=True)
class _Unit:
    """Powers of bytes and of seconds, each None where it cannot be followed; `scale` is meant for the time's."""

    bytes: int | None
    time: int | None
    scale: float = 1.0

    def joined(self, other: _Unit, sign: int) -> _Unit:
        """This times the other (1) or divided by it (-1)."""
        bytes_ = None if self.bytes is None or other.bytes is None else self.bytes + sign * other.bytes
        if self.time is None or other.time is None:
            return _Unit(bytes_, None)
        return _Unit(bytes_, self.time + sign * other.time, self.scale * other.scale**sign)

    def differs(self, other: _Unit) -> bool:
        """Whether they surely are not the same."""
        if self.bytes is not None and other.bytes is not None and self.bytes != other.bytes:
            return True
        if self.time is None or other.time is None:
            return False
        return self.time != other.time or not isclose(self.scale, other.scale, rel_tol=0.02)


_NOTHING = _Unit(0, 0)
_UNKNOWN = _Unit(None, None)


def _named(unit: str) -> _Unit:
    above, _, below = unit.partition("/")
    if unit == "percent":
        return _UNKNOWN
    if above in _TIMES:
        return _Unit(0, 1, _TIMES[above])
    scale, bytes_ = (_BYTES[above], 1) if above in _BYTES else (1.0, 0)
    return _Unit(bytes_, -1, scale / _TIMES[below]) if below else _Unit(bytes_, 0, scale)


def units(scenario: Scenario) -> Iterator[Found]:
    """Every number whose formula comes out in another unit than it names."""
    values = {name: _named(value.unit) for fact in scenario.facts for name, value in fact.values.items()}
    for at, number in enumerate(scenario.numbers):
        place = ("numbers", at, "unit")
        try:
            found = _of(ast.parse(number.formula.strip(), mode="eval").body, values)
        except _Differ:
            yield Found(
                ("numbers", at, "formula"), "adds things of different units", "bring them to one unit first"
            )
            continue
        if found.differs(_named(number.unit)):
            yield Found(
                place,
                f"says {number.unit}, and the facts' units make something else",
                "mend the unit, or write the conversion into the formula",
                warns=not _Unit(found.bytes, None).differs(_named(number.unit)),
            )


def _of(node: ast.expr, values: Mapping[str, _Unit]) -> _Unit:
    match node:
        case ast.Name(id=name):
            return values.get(name, _UNKNOWN)
        case ast.Constant():
            return _NOTHING
        case ast.UnaryOp(operand=operand):
            return _of(operand, values)
        case ast.BinOp(left=left, op=ast.Add() | ast.Sub(), right=right):
            one, other = _of(left, values), _of(right, values)
            if _figures_only(left) or _figures_only(right):
                return other if _figures_only(left) else one
            if one.differs(other):
                raise _Differ
            return one if one.time is not None else other
        case ast.BinOp(left=left, op=ast.Mult(), right=right):
            return _factor(left, values, 1).joined(_factor(right, values, 1), 1)
        case ast.BinOp(left=left, op=ast.Div(), right=right):
            return _factor(left, values, 1).joined(_factor(right, values, -1), -1)
        case ast.BinOp(left=left, op=ast.Pow()):
            return _NOTHING if _of(left, values) == _NOTHING else _UNKNOWN
        case _:
            return _UNKNOWN


def _factor(node: ast.expr, values: Mapping[str, _Unit], sign: int) -> _Unit:
    """A factor's unit. A bare figure may stand for anything, unless it is small or turns times into times."""
    if not _figures_only(node):
        return _of(node, values)
    figures = [one.value for one in ast.walk(node) if isinstance(one, ast.Constant)]
    if sign == 1 and all(isinstance(one, int | float) and one <= _PLAIN for one in figures):
        return _NOTHING
    return _Unit(0, None) if all(one in _CONVERT for one in figures) else _UNKNOWN


def _figures_only(node: ast.expr) -> bool:
    return not any(isinstance(one, ast.Name) for one in ast.walk(node))
