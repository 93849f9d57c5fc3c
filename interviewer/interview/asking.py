"""Which lines of the fact sheet a candidate's turn asks for, in their order, and what it asks that no line covers.

A question is cut into the things it asks for ("users, peak, and do we do payments?" is three) and each is matched with
the sheet by `sheet_index.py`. Where the pieces tell less than the whole, the whole counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from interviewer.interview.pack import Scenario, SharedFact
from interviewer.interview.questions import asked_in, asks_for_leave, asks_outright, context_of, sentences
from interviewer.interview.sheet_index import MATCHES, SheetIndex, features, index_of, is_content

MATCHES_AS_PIECE = 0.9
"""A piece of a question is shorter than a question, so it fits something sooner; it has to fit better."""
SURELY = 1.6
"""Whoever goes on with an answer of their own, or only lets their voice rise ("so you'd make the list before they open
it?"), mostly asks nothing of the sheet, so their question has to fit so much better."""
_BARE = 6
"""So few words may ask without a question's order: "upload rate?"."""
FAR_BETTER = 2.2
"""A piece asks for something else than the whole question does where another line fits it so many times better."""
_CUTS = re.compile(
    r"[,;?]|\band\b|\bor\b(?=\s+(?:how|what|who|which|where|when|is|are|do|does|can|should|will|would)\b)|\bplus\b|\balso\b|\n|\bas well as\b",
    re.I,
)
"""Where one thing asked for ends and the next begins; "web or mobile" is one, "how many users or how many links" two."""
_MOST_ASKED = 200
"""So many pieces of questions are looked up in one turn at most, each in every line of the sheet."""


@dataclass(frozen=True)
class Asked:
    """One thing that was asked for: the fact that covers it, or None, in the words from `start` to `end` of the turn."""

    fact: str | None
    shared: str | None
    noun: str
    start: int
    end: int


def asked_facts(text: str, scenario: Scenario) -> tuple[Asked, ...]:
    """The facts of the sheet that a turn asks for, in the asker's order, each once."""
    return tuple(one for one in asked_things(text, scenario, ()) if one.fact is not None)


def asked_things(text: str, scenario: Scenario, shared: Sequence[SharedFact]) -> tuple[Asked, ...]:
    """Everything that a turn asks for, in order: facts of the sheet, lines that all interviews share, and the rest."""
    own = tuple((fact.id, fact.ask, fact.say) for fact in scenario.facts)
    common = tuple((fact.id, fact.ask, fact.say) for fact in shared)
    whole, of_talk = index_of(own, common), index_of((), common)
    ours = {fact.id for fact in scenario.facts}
    found: dict[str, Asked] = {}
    spans = sentences(text)
    looked_up = 0
    for start, end, answered in asked_in(text, spans):
        if looked_up >= _MOST_ASKED:
            break
        asked = text[start:end]
        pieces = list(islice(_pieces(text, start, end), _MOST_ASKED - looked_up))
        looked_up += len(pieces) + 1
        low = start if is_content(features(asked)) else context_of(spans, start)
        leave = asks_for_leave(asked)
        rises = asked.rstrip().endswith("?") and not asks_outright(asked) and len(asked.split()) > _BARE
        strictness = SURELY if answered or rises else 1.0
        matched = _matched(text, pieces, (low, end), of_talk if leave else whole, strictness)
        for (first, last), line in matched:
            is_own = line in ours
            noun = line.partition(".")[2].replace("-", " ") if is_own else _noun(text[first:last])
            found.setdefault(
                line, Asked(line if is_own else None, None if is_own else line, noun, first, last)
            )
        if not (matched or answered or leave) and (noun := _noun(text[low:end])) and asks_outright(asked):
            found[f"?{start}"] = Asked(None, None, noun, start, end)
    return tuple(found.values())


Place = tuple[int, int]


def _matched(
    text: str, pieces: Sequence[Place], whole: Place, index: SheetIndex, strictness: float
) -> list[tuple[Place, str]]:
    """The lines that a question asks for: the one that fits it best, and those that fit a piece of it far better."""
    together = index.fits(text[slice(*whole)])
    main = next(iter(together), None)
    if main is not None and together[main] < MATCHES * strictness:
        main = None
    found: dict[str, Place] = {}
    best = 0.0
    for piece in pieces:
        fits = index.fits(text[slice(*piece)])
        line = next(iter(fits), None)
        if line is None or fits[line] < MATCHES_AS_PIECE * strictness:
            continue
        if main is None or line == main or fits[line] >= FAR_BETTER * fits.get(main, 0.0):
            found.setdefault(line, piece)
            best = max(best, fits[line])
    if main is not None and main not in found and (together[main] >= best or len(found) < 2):
        found = {main: whole} | (found if together[main] < best else {})
    return [(place, line) for line, place in found.items()]


def _pieces(text: str, start: int, end: int) -> Iterator[Place]:
    low = start
    for cut in _CUTS.finditer(text, start, end):
        if cut.start() > low:
            yield low, cut.start()
        low = cut.end()
    if low < end:
        yield low, end


def _noun(text: str) -> str:
    """The asker's own word for it: the longest run of content words at the end of the segment, at most four words."""
    words = re.findall(r"[A-Za-z][\w'-]*", text)
    kept = [word for word in words if features(word)]
    return " ".join(kept[-2:]).lower() if kept else ""
