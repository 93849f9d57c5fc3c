"""Matching of signs: does a candidate's turn show one observable, where, and in whose name?

A turn is read once into a `Reading` (normal form with a map back, clauses, scopes); every sign of the rubric is then
tried on that. A sign is a frame of content: what is said, with its role, reason or number near by, in a clause that
the speaker stands behind. What an item is worth, and who raised it, is for others.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from interviewer.interview import scope
from interviewer.interview.ledger import Turn
from interviewer.interview.needles import Lines, Sought, sought
from interviewer.interview.rubric import Sign
from interviewer.interview.words import STOP_WORDS, Clause, Span, normalise

TELLING_WORDS, MOST_QUOTED_WORDS = 8, 45
"""A quote shorter than this is widened to its sentence, where that is not a speech, so that it can be judged alone."""
NEAR_BEFORE = 200
"""How far back within its sentence, in characters, the company of a match may stand: dictated speech has no full stops."""
NEAR_AFTER = 260
"""How far ahead, in this sentence or the next."""
LEAST_LISTED = 3
"""From so many pieces on, a sentence of bare names may be an inventory."""
SURELY_LISTED = 5
"""From so many on, a few small words between the names make no difference."""
NAME_WORDS = 4
"""A name has at most so many words."""
LEAST_TOKENS = 3
"""Shorter quotes are widened to their sentence, as the verbatim gate asks for (scoring.md 1.3)."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A turn prepared for matching. `text` is its normal form with line breaks kept; `index` and `ends` lead back to raw.

    `starts` and `sentences` give each clause's place in `text` and its sentence, `lines` the sentences' bounds; `spoken`
    marks dictation without full stops; `lists` tells which lines are bare lists of names.
    """

    turn: Turn
    scopes: scope.Reading
    text: str
    index: tuple[int, ...]
    ends: tuple[int, ...]
    starts: tuple[int, ...]
    sentences: tuple[int, ...]
    lines: tuple[tuple[int, int], ...]
    spoken: bool
    lists: tuple[bool, ...]

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """The clauses of the turn, in raw offsets."""
        return self.scopes.clauses

    def clause_at(self, position: int) -> int:
        """The number of the clause which holds this position of `text`."""
        return max(bisect_right(self.starts, position) - 1, 0)

    def bounds(self, clause: int) -> tuple[int, int]:
        """Where a clause stands in `text`."""
        end = self.starts[clause + 1] if clause + 1 < len(self.starts) else len(self.text)
        return self.starts[clause], end

    def raw(self, start: int, end: int) -> Span:
        """The raw place of `text[start:end]`, which must not be empty."""
        return Span(self.index[start], self.ends[end - 1])


@lru_cache(maxsize=512)
def read(turn: Turn) -> Reading:
    """Read a turn once. Linear in its length; takes any string."""
    chars: list[str] = []
    index: list[int] = []
    ends: list[int] = []
    at = 0
    for line in turn.text.split("\n"):
        if chars:
            chars.append("\n")
            index.append(at - 1)
            ends.append(at)
        normal = normalise(line)
        chars.extend(normal.text)
        index.extend(at + offset for offset in normal.index)
        ends.extend(at + offset for offset in normal.ends)
        at += len(line) + 1
    found = scope.read(turn.text)
    starts = tuple(_position(index, clause.start) for clause in found.clauses)
    words = len(turn.text.split())
    spoken = words >= 25 and len(re.findall(r"[.?!](?:\s|$)", turn.text)) * 60 < words
    sentences = tuple(clause.sentence for clause in found.clauses)
    text = "".join(chars)
    lines = tuple(_lines(starts, sentences, len(text)))
    lists = tuple(is_inventory(text[low:high]) for low, high in lines)
    return Reading(turn, found, text, tuple(index), tuple(ends), starts, sentences, lines, spoken, lists)


def _lines(starts: tuple[int, ...], sentences: tuple[int, ...], length: int) -> Iterator[tuple[int, int]]:
    firsts = [
        at for number, at in enumerate(starts) if number == 0 or sentences[number] != sentences[number - 1]
    ]
    yield from zip(firsts, [*firsts[1:], length], strict=False)  # no clauses, no lines


def matches(sign: Sign, reading: Reading) -> list[Span]:
    """Where the turn shows the sign: raw spans of the clauses that carry it, in order, none twice."""
    return Together((reading,)).matches(sign).get(reading.turn.n, [])


class Together:
    """Turns that are searched for many signs: all their lines at once, since most signs show in none of them."""

    __slots__ = ("_lines", "_others", "_owners")

    def __init__(self, readings: Iterable[Reading]) -> None:
        told = [reading for reading in readings if reading.starts]
        self._others = [reading for reading in told if not reading.text.isascii()]
        self._owners = [
            (reading, line)
            for reading in told
            if reading.text.isascii()
            for line in range(len(reading.lines))
        ]
        self._lines = Lines(reading.text[slice(*reading.lines[line])] for reading, line in self._owners)

    def matches(self, sign: Sign) -> dict[int, list[Span]]:
        """By number of turn the raw spans of the clauses that carry the sign, in order, none twice; turns without any
        are left out.
        """
        found: dict[int, list[Span]] = {}
        seen: set[tuple[int, int]] = set()
        for reading, line, match in self._tried(sought(sign.any)):
            if reading.lists[line]:
                continue
            low = reading.lines[line][0]
            start, end = low + match.start(), low + match.end()
            number = reading.clause_at(_inked(reading.text, start))
            at = reading.turn.n, number
            if end > start and at not in seen and _counts(sign, reading, (start, end), number):
                seen.add(at)
                found.setdefault(reading.turn.n, []).append(quote_at(reading, start, end))
        return found

    def _tried(self, cues: Sought) -> Iterator[tuple[Reading, int, re.Match[str]]]:
        for number, match in cues.in_lines(self._lines):
            yield (*self._owners[number], match)
        for reading in self._others:
            for line, (low, high) in enumerate(reading.lines):
                for match in cues.finditer(reading.text[low:high]):
                    yield reading, line, match


def quote_at(reading: Reading, start: int, end: int) -> Span:
    """The clauses around `text[start:end]` as a raw span without space at its ends, widened to the sentence if short."""
    first, last = reading.clause_at(_inked(reading.text, start)), reading.clause_at(max(end - 1, start))
    span = _trimmed(reading, reading.bounds(first)[0], reading.bounds(last)[1])
    words = len(reading.turn.text[span.start : span.end].split())
    if words >= TELLING_WORDS:
        return span
    whole = _trimmed(reading, *_sentences_around(reading, first, ahead=0))
    whole_words = len(reading.turn.text[whole.start : whole.end].split())
    if LEAST_TOKENS <= whole_words <= MOST_QUOTED_WORDS:
        return whole
    if words >= LEAST_TOKENS:
        return span
    low, high = _sentences_around(reading, max(first - 1, 0), ahead=2)
    return _trimmed(reading, low, high)


def raw_quote(reading: Reading, start: int, end: int) -> Span:
    """The clauses around raw code points [start, end) as a raw span, as `quote_at` gives them."""
    at = bisect_right(reading.index, start) - 1
    return quote_at(reading, max(at, 0), max(bisect_right(reading.index, end - 1), at + 1))


def is_inventory(sentence: str) -> bool:
    """Whether a sentence only lists names: many short pieces, nothing said of any of them.

    Fields, calls and figures are lists too, but of something: a colon, a bracket, a sign or a number says of what.
    """
    pieces = [piece.split() for piece in sentence.strip(" .!;\n").split(",")]
    if len(pieces) < LEAST_LISTED or _SAYS_OF_WHAT.search(sentence):
        return False
    if not any(word.strip("'\"()") in _SAY_SOMETHING for piece in pieces for word in map(str.lower, piece)):
        return True
    if len(pieces) < SURELY_LISTED:
        return all(len(piece) <= 2 and not STOP_WORDS.intersection(piece) for piece in pieces)
    short = sum(1 for piece in pieces if len(piece) <= NAME_WORDS)
    return short >= 0.7 * len(pieces) and max(map(len, pieces)) <= 2 * NAME_WORDS


def asks(reading: Reading, clause: int) -> bool:
    """Whether a clause is a question, or stands in a dictated turn as one."""
    if reading.scopes.scopes[clause].question:
        return True
    low, high = reading.bounds(clause)
    if reading.text[low:high].rstrip().endswith("?"):
        return True
    return (
        reading.spoken
        and "?" not in reading.text
        and _SPOKEN_QUESTION.search(reading.text[low:high]) is not None
    )


def slot_sign(cues: tuple[str, ...], unless: tuple[str, ...]) -> Sign:
    """The sign of a pack's slot: said by the candidate as their own, in a clause without any of the topic's not-cues."""
    return Sign(any=cues, unless=unless, allow=("hypothetical",))


def cues_in(cues: tuple[str, ...], text: str) -> bool:
    """Whether any of the cues matches the text."""
    return bool(cues) and _found_in(cues, text)


@lru_cache(maxsize=2048)
def _found_in(cues: tuple[str, ...], text: str) -> bool:
    return sought(cues).search(text) is not None  # the same questions are held against many items


_SAY_SOMETHING = STOP_WORDS - frozenset(
    "with on top of and plus behind in front together for to over as well".split()
)
"""Function words other than those by which names are strung together: a sentence without any says nothing of them."""
_SAYS_OF_WHAT = re.compile(r"[:(=?`{]|->|→|\b\d")
_SPOKEN_QUESTION = re.compile(
    r"\bhow (?:many|much|big|large|long|often|fast|quick|old|fresh|strict|bad|soon)\b|\bwho (?:gets|is|are|uses|can|may|will)\b"
    r"|\bwhat (?:latency|happens|can|do|does|is|are|kind|sort|size)\b|\bwhich (?:of|one|parts?|features?)\b"
    r"|(?:^|\b(?:and|or|so|then|also|well|there|first|okay)\b,?) ?(?:is|are|do|does|can|could|should|will|must|may|has|have) "
    r"(?:it|that|there|we|i|they|you|people|the|this|a|anyone|anybody|users)\b",
    re.IGNORECASE,
)


def _counts(sign: Sign, reading: Reading, match: tuple[int, int], clause: int) -> bool:
    start, end = match
    if sign.act == "say" and asks(reading, clause) and not _is_told(reading, clause):
        return False
    if sign.act == "ask" and not (asks(reading, clause) or _in_question(reading, clause)):
        return False
    low, high = reading.bounds(clause)
    if cues_in(sign.unless, reading.text[low : max(high, end)]):
        return False
    raw = reading.raw(start, end)
    if sign.act != "ask" and not _stands_behind(sign, reading.scopes.scope_at(raw.start, raw.end)):
        return False
    return not sign.near or cues_in(sign.near, _company(reading, start, end, clause))


def _in_question(reading: Reading, clause: int) -> bool:
    low, high = _sentences_around(reading, clause, ahead=0)
    return reading.text[low:high].rstrip().endswith("?")


def _is_told(reading: Reading, clause: int) -> bool:
    """Whether its sentence ends as a statement: "what goes first is the disk." asks nothing."""
    low, high = _sentences_around(reading, clause, ahead=0)
    return reading.text[low:high].rstrip().endswith((".", "!"))


def _stands_behind(sign: Sign, found: scope.Scope) -> bool:
    vetoes = {
        "negated": found.negated,
        "hypothetical": found.hypothetical,
        "past": found.past,
        "quoted": found.quoted,
        "rejected": found.rejected,
    }
    return not any(is_so and name not in sign.allow for name, is_so in vetoes.items())


def _company(reading: Reading, start: int, end: int, clause: int) -> str:
    low, high = _sentences_around(reading, clause, ahead=1, behind=1)
    return reading.text[max(low, start - NEAR_BEFORE) : min(max(high, end), end + NEAR_AFTER)]


def _sentences_around(reading: Reading, clause: int, ahead: int, behind: int = 0) -> tuple[int, int]:
    mine, first, last = reading.sentences[clause], clause, clause
    while first > 0 and reading.sentences[first - 1] >= mine - behind:
        first -= 1
    while last + 1 < len(reading.sentences) and reading.sentences[last + 1] <= mine + ahead:
        last += 1
    return reading.bounds(first)[0], reading.bounds(last)[1]


def _trimmed(reading: Reading, low: int, high: int) -> Span:
    text = reading.text[low:high]
    start = low + len(text) - len(text.lstrip())
    end = low + len(text.rstrip())
    return reading.raw(start, end) if end > start else Span(0, 0)


def _inked(text: str, position: int) -> int:
    while position < len(text) - 1 and text[position].isspace():
        position += 1
    return position


def _position(index: list[int], raw: int) -> int:
    return bisect_right(index, raw - 1)
