"""Filling a line's slots from what the candidate said or drew; a line whose slot is empty gives way to its `else`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from interviewer.dialogue.nouns_said import said_in
from interviewer.interview.standing import Standing

_SLOT = re.compile(r"\{(\w+)\}")
MOST_ECHOED_WORDS, MOST_ECHOED_CHARS = 6, 80


@dataclass(frozen=True)
class Line:
    """A line of the pack or of the phrases, with what stands in when a slot of it cannot be filled."""

    say: str
    otherwise: str | None = None
    named: tuple[tuple[str, str], ...] = ()
    """What the move itself gives for slots, before anything is looked for in the interview."""


def filled(line: Line, standing: Standing, named: dict[str, str] | None = None) -> str | None:
    """The line with its slots filled, else its `otherwise`, else None where nothing can be said.

    `named` gives slots their values before anything is looked for in the interview.
    """
    wanted = set(_SLOT.findall(line.say))
    if not wanted:
        return line.say
    given = {**dict(line.named), **(named or {})}
    said: dict[int, str] = {}
    for match in _SLOT.finditer(line.say):
        slot = match.group(1)
        noun = given.get(slot) or _noun(slot, standing)
        if noun and (fitted := said_in(line.say, match.start(), slot, noun, standing)):
            begins = match.start() == 0 or line.say[: match.start()].endswith((". ", "? ", "! "))
            said[match.start()] = fitted[:1].upper() + fitted[1:] if begins else fitted
    if len(said) == len(_SLOT.findall(line.say)):
        return _SLOT.sub(lambda match: said[match.start()], line.say)
    if line.otherwise:
        return line.otherwise if not _SLOT.search(line.otherwise) else None
    return None


def _noun(slot: str, standing: Standing) -> str | None:
    """The candidate's own latest word for it: parts, technologies and numbers only, never free text."""
    claims = [made.claim for made in reversed(standing.interview.claims)]
    match slot:
        case "name":
            found = (claim.noun for claim in claims if claim.kind in ("part", "technology"))
        case "number":
            found = (claim.noun for claim in claims if claim.kind == "number")
        case "choice":
            found = (claim.noun for claim in claims if claim.kind == "decision")
        case "store" | "their_store":
            found = (claim.noun for claim in claims if claim.kind == "technology" and claim.of == "store")
        case "cache" | "bus":
            wanted = {"cache": "cache", "bus": "queue"}[slot]
            found = (claim.noun for claim in claims if claim.kind == "technology" and claim.of == wanted)
        case _:
            return None
    noun = next(iter(found), None)
    short = noun and len(noun.split()) <= MOST_ECHOED_WORDS and len(noun) <= MOST_ECHOED_CHARS
    return noun if short else None
