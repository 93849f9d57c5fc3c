"""Which cues could take long over a long text: told from the pattern itself, not from trying it.

Two things make a search slow. Something that runs on over whole sentences without a bound is tried anew at every
letter; and a repeat of a repeat can share the same letters out in countless ways. Everything else is quick.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from pydantic import BaseModel

from interviewer.interview.rubric import Cue
from interviewer.packs.yaml_lines import Place

# The standard library's own reading of a pattern. It is not public, and there is none that is.
_parser: Any = importlib.import_module("re._parser")  # Any: it has no types

Node = tuple[Any, Any]  # Any: an operation and its operands, whose shape depends on it

_SIGNS = frozenset(map(chr, range(32, 127))) | {"\n", "é"}
"""What two parts of a pattern may have in common is judged by these."""
_LONG = 2000
"""A bound that no clause of a conversation reaches is none."""
_REPEATS = frozenset({"MAX_REPEAT", "MIN_REPEAT"})  # what is possessive or atomic is never shared out anew
_NO_LETTERS = frozenset({"AT", "ASSERT", "ASSERT_NOT"})


def cues_in(held: object, place: Place = ()) -> Iterator[tuple[Place, str]]:
    """Every cue in something that was read from a file, however deep, with its place there."""
    match held:
        case BaseModel():
            for name, field in type(held).model_fields.items():
                value, at = getattr(held, name), (*place, field.alias or name)
                if field.annotation == tuple[Cue, ...]:
                    yield from (((*at, number), cue) for number, cue in enumerate(value))
                else:
                    yield from cues_in(value, at)
        case tuple():
            for number, one in enumerate(held):
                yield from cues_in(one, (*place, number))
        case dict():
            for key, one in held.items():
                yield from cues_in(one, (*place, key))
        case _:
            return


@lru_cache(maxsize=20_000)
def slow_at(cue: str) -> str | None:
    """What makes a cue slow, in words that follow on its name; None for a quick one. Raises re.error."""
    nodes = list(_parser.parse(cue, re.IGNORECASE))
    if any(_is_shared_out(body, most) for body, most in _repeats(nodes)):
        return "repeats a repeat that could begin where the one before it ends"
    if _runs_on(nodes) and not _begins_the_text(nodes):
        return "runs on over sentences without a bound"
    return None


def _runs_on(nodes: Iterable[Node]) -> bool:
    """Whether something that passes over letters and blanks alike is repeated without a bound."""
    return any(most > _LONG and {"a", " "} <= _first(body) for body, most in _repeats(nodes))


def _begins_the_text(nodes: list[Node]) -> bool:
    """Whether it is tried at one place only, and runs on from there no more than once at a time."""
    if not nodes or str(nodes[0][0]) != "AT" or str(nodes[0][1]) != "AT_BEGINNING":
        return False
    running = [node for node in nodes[1:] if str(node[0]) not in _NO_LETTERS and _runs_on([node])]
    asides = [node[1][1] for node in nodes[1:] if str(node[0]) in _NO_LETTERS - {"AT"}]
    return len(running) <= 1 and all(sum(_runs_on([one]) for one in aside) <= 1 for aside in asides)


def _repeats(nodes: Iterable[Node]) -> Iterator[tuple[list[Node], int]]:
    """Every repeat in a pattern, however deep: what is repeated, and how often at most."""
    for node in nodes:
        if str(node[0]) in _REPEATS:
            _least, most, body = node[1]
            yield list(body), most
        for inside in _inside(node):
            yield from _repeats(inside)


def _is_shared_out(body: list[Node], most: int) -> bool:
    """Whether the end of one round could as well be the beginning of the next."""
    if most < 3:
        return False
    first = _first(body)
    return any(last & first for last in _elastic_ends(body))


def _elastic_ends(nodes: list[Node]) -> Iterator[frozenset[str]]:
    """The signs of each repeat with which a round can end."""
    for node in reversed(nodes):
        if str(node[0]) in _REPEATS:
            least, most, body = node[1]
            if most > least and most > 2:
                yield _first(list(body))
        for inside in _inside(node):
            yield from _elastic_ends(inside)
        if not _may_be_empty(node):
            return


def _inside(node: Node) -> list[list[Node]]:
    """The patterns that a node is made of."""
    operation, operands = str(node[0]), node[1]
    match operation:
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
            return [list(operands[2])]
        case "SUBPATTERN":
            return [list(operands[3])]
        case "BRANCH":
            return [list(one) for one in operands[1]]
        case "ASSERT" | "ASSERT_NOT":
            return [list(operands[1])]
        case "ATOMIC_GROUP":
            return [list(operands)]
        case _:
            return []


def _may_be_empty(node: Node) -> bool:
    operation = str(node[0])
    if operation in _NO_LETTERS:
        return True
    if operation in _REPEATS | {"POSSESSIVE_REPEAT"} and node[1][0] == 0:
        return True
    inside = _inside(node)
    return bool(inside) and any(all(map(_may_be_empty, one)) for one in inside)


def _first(nodes: Iterable[Node]) -> frozenset[str]:
    """The signs with which something that matches can begin."""
    signs: frozenset[str] = frozenset()
    for node in nodes:
        if str(node[0]) in _NO_LETTERS:
            continue
        inside = _inside(node)
        signs |= frozenset().union(*map(_first, inside)) if inside else _signs_of(node)
        if not _may_be_empty(node):
            break
    return signs


def _signs_of(node: Node) -> frozenset[str]:
    operation, operand = str(node[0]), node[1]
    match operation:
        case "LITERAL":
            return frozenset({chr(operand).lower(), chr(operand).upper()})
        case "NOT_LITERAL":
            return _SIGNS - {chr(operand)}
        case "ANY":
            return _SIGNS - {"\n"}
        case "IN":
            return _signs_in(operand)
        case _:
            return _SIGNS


def _signs_in(operand: list[Node]) -> frozenset[str]:
    signs: frozenset[str] = frozenset()
    for part in operand:
        match str(part[0]):
            case "RANGE":
                low, high = part[1]
                signs |= {sign for sign in _SIGNS if low <= ord(sign.lower()) <= high or low <= ord(sign.upper()) <= high}  # fmt: skip
            case "CATEGORY":
                signs |= _CATEGORIES[str(part[1])]
            case "NEGATE":
                continue
            case _:
                signs |= _signs_of(part)
    return _SIGNS - signs if operand and str(operand[0][0]) == "NEGATE" else signs


_CATEGORIES = {
    name: frozenset(sign for sign in _SIGNS if re.match(category, sign))
    for name, category in {
        "CATEGORY_DIGIT": r"\d",
        "CATEGORY_NOT_DIGIT": r"\D",
        "CATEGORY_SPACE": r"\s",
        "CATEGORY_NOT_SPACE": r"\S",
        "CATEGORY_WORD": r"\w",
        "CATEGORY_NOT_WORD": r"\W",
    }.items()
}
