"""Which line of a fact sheet a question asks for: the line whose ways of being asked share the most words with it.

Three things speak for a line: one of its paraphrases that is nearly the question, its paraphrases taken together, and
the words of its answer. Words count by how few lines use them, as in any search index.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import log, sqrt

from interviewer.interview.words import stems

MATCHES = 0.7
"""A question asks for a line from this score on. The scale goes from 0 to about 2.2."""
TOLD = 0.3
"""What the words of the answer are worth beside those of the paraphrases."""
SHARED_OUT = 0.25
"""A word of several lines speaks for each by its share of the uses, to this power: a little for those that use it less."""
NEARLY, LONE = 0.55, 0.7
"""One word in common is worth only so much, LONE, unless some paraphrase is as near as NEARLY."""
HARDLY_MORE = 0.66
"""A question of one word ("the peak?") has to be nearly a paraphrase by itself: "am I too fast?" is not about speed."""
COMMON = 0.8
"""What a line that all interviews share is worth beside the scenario's own."""

_QUESTION_WORD = re.compile(
    r"\b(how (?:many|much|often|long|fast|big|large|strict|fresh|old|soon|far|quickly|wide|deep|heavy|hot|bad)|who|where|when)\b",
    re.I,
)
_BALANCE = re.compile(
    r"\b(?:read|write)s?[- ](?:heavy|intensive|dominated|mostly)\b|\breads? ?(?:to|vs\.?|versus|per|over|/|:) ?writes?\b",
    re.I,
)
_SMALL_TALK = re.compile(
    r"\b(?:so far|right now|at the moment|you know|i mean|i guess|by the way|for example)\b", re.I
)
_NUMBER_OF = re.compile(r"\b(?:number|count|amount|volume) of\b", re.I)
_RATE = re.compile(
    r"\b(?:(request|quer(?:y|ie)|call|hit|read|write)s? ?(?:(?:per|an?|each|every|in (?:a|one)|/) ?(?:second|sec|s)\b)|(?:[rt]ps|qps)\b)",
    re.I,
)
"""The load, however it is put: "requests per second", "calls a second" and "RPS" are all QPS on a sheet."""
_ONE_WAY = ("read", "write")
_FILLER = frozenset(
    stems("system design question know tell want need assume think should thing kind sort expect like requirement target number about need support consider clarify start look going use say give ask handle")
)  # fmt: skip


@dataclass(frozen=True)
class _Line:
    id: str
    asks: tuple[frozenset[str], ...]
    shares: Mapping[str, float]
    told: frozenset[str]
    worth: float


@dataclass(frozen=True)
class SheetIndex:
    """Lines by their weighed words. `verbatim` has each paraphrase in its bare words, since the very same words ask for
    a line even where they are all small ones ("is it even").
    """

    lines: tuple[_Line, ...]
    weights: Mapping[str, float]
    verbatim: Mapping[str, str]
    unseen: float

    def fits(self, question: str) -> dict[str, float]:
        """How well each line fits that shares a word of content with the question, the best first."""
        if line := self.verbatim.get(_bare(question)):
            return {line: sqrt(len(self.lines))}
        said = features(question)
        content, whole = frozenset(filter(_is_content, said)), self._weight(said)
        found = {
            line.id: self._score(line, said, content, whole)
            for line in self.lines
            if not content.isdisjoint(line.shares) or said in line.asks
        }
        return dict(sorted(found.items(), key=lambda one: -one[1]))

    def _score(self, line: _Line, said: frozenset[str], content: frozenset[str], whole: float) -> float:
        nearest = max(
            (self._weight(ask & said) / sqrt(self._weight(ask) * whole) for ask in line.asks if ask & said),
            default=0.0,
        )
        together = sum(self._weight((one,)) * line.shares[one] for one in said if one in line.shares)
        told = self._weight(said & line.told)
        several = len(content) > 1
        lone = nearest < (NEARLY if several else HARDLY_MORE) and len(content & line.shares.keys()) == 1
        return (
            line.worth
            * (nearest + (together + TOLD * told) / whole)
            * (1.0 if not lone else LONE if several else 0.0)
        )

    def _weight(self, words: Iterable[str]) -> float:
        return sum(self.weights.get(one, self.unseen) for one in words)


@lru_cache(maxsize=64)
def index_of(
    sheet: tuple[tuple[str, tuple[str, ...], str], ...], common: tuple[tuple[str, tuple[str, ...], str], ...]
) -> SheetIndex:
    """An index of lines given as id, paraphrases and answer: those of the scenario, and those that all share."""
    counted = [
        (id, asks, Counter(word for ask in asks for word in features(ask)) + Counter(_named(id)))
        for id, asks, _ in (*sheet, *common)
    ]
    uses: Counter[str] = Counter()
    for _, _, words in counted:
        uses.update(words)
    in_lines = Counter(word for _, _, words in counted for word in words)
    many = len(counted) + 1
    lines = tuple(
        _Line(
            id,
            tuple(filter(None, map(features, asks))),
            {word: (count / uses[word]) ** SHARED_OUT for word, count in words.items()},
            features(told),
            1.0 if at < len(sheet) else COMMON,
        )
        for at, ((id, asks, words), (_, _, told)) in enumerate(zip(counted, (*sheet, *common), strict=True))
    )
    weights = {word: 1 + log(many / count) for word, count in in_lines.items()}
    verbatim = {_bare(ask): id for id, asks, _ in reversed((*sheet, *common)) for ask in asks}
    return SheetIndex(lines, weights, verbatim, 1 + log(many))


def features(text: str) -> frozenset[str]:
    """Stems of content, without what any question may hold, and how it asks: "how_many", "who"."""
    text = _RATE.sub(lambda one: f"{one[1] if one[1] in _ONE_WAY else ''} QPS", _SMALL_TALK.sub(" ", text))
    words = {match.group(1).lower().replace(" ", "_") for match in _QUESTION_WORD.finditer(text)}
    if _NUMBER_OF.search(text):
        words.add("how_many")
    if _BALANCE.search(text):
        words |= stems("read write ratio")
    return (stems(text) - _FILLER) | words


def is_content(words: Iterable[str]) -> bool:
    """Whether features are about something, and do not only ask how many or when."""
    return any(map(_is_content, words))


def _is_content(word: str) -> bool:
    return "_" not in word and word not in ("who", "where", "when")


def _named(id: str) -> frozenset[str]:
    return features(id.partition(".")[2].replace("-", " "))


def _bare(text: str) -> str:
    words = " ".join(re.findall(r"[\w']+", text.lower()))
    return re.sub(r"^(?:(?:and|so|also) )?(?:what|how) about ", "", words)
