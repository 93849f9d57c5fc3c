"""Linear heads: how much a stretch of talk sounds like one observable or one fault, learned from labelled sentences.

A head is a weight for each word stem, one set for what was said and one for the question it answers. They are made by
`interviewer lab train` from rubrics/system_design/exemplars/ and kept as a readable file, so that anybody can see which
words count for what. A head gives a log-odds and no verdict; what it is worth beside the rules is for the scorer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import cached_property, lru_cache
from math import log, sqrt
from operator import add, mul
from typing import Literal

from pydantic import BaseModel, ConfigDict, PrivateAttr

from interviewer.interview.trees import Trees
from interviewer.interview.words import stem, token_texts

FIGURE = "<n>"
"""Every number is the same word: which figure it is says nothing about what is being shown."""

RARE = 9.0
"""A stem of a higher idf stands in a handful of twenty thousand sentences."""

DONE = "+"
"""Ends the key of a head that hears what a flag of type missing calls for."""

Bag = Mapping[str, int]
"""Stems with how often each stands in a text. Function words stay: "so", "because" and "not" tell much."""


@lru_cache(maxsize=1024)
def bag_of(text: str) -> Bag:
    """The stems of a text, counted; numbers as FIGURE."""
    return Counter(FIGURE if word[0].isdigit() else stem(word) for word in token_texts(text))


def shares_of(text: str, idf: Mapping[str, float]) -> dict[str, float]:
    """What each stem of a text has in it: by how often it stands and how telling it is, of length 1 together.

    Stems without an idf are left out. Heads are trained on these and listen with these.
    """
    weighed = {stem: (1 + log(count)) * idf[stem] for stem, count in bag_of(text).items() if stem in idf}
    length = sqrt(sum(weight * weight for weight in weighed.values())) or 1.0
    return {stem: weight / length for stem, weight in weighed.items()}


class Heads(BaseModel):
    """All heads of a rubric. `said` and `asked` hold, for each stem, pairs of a key's number and its weight in a row.

    `idf` is how telling a stem is (log of how rare); stems without one are not counted. `fusion` holds weights and bars by
    name, `trees` those by which heads and rules are put together for flags of a type, and `idle` what
    tells idle talk (idle.py). `made_of` is the sha256 of the sentences learned from.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    made_of: str = ""
    keys: tuple[str, ...] = ()
    bias: tuple[float, ...] = ()
    idf: dict[str, float] = {}
    said: dict[str, tuple[float, ...]] = {}
    asked: dict[str, tuple[float, ...]] = {}
    fusion: dict[str, dict[str, float]] = {}
    trees: dict[str, Trees] = {}
    idle: dict[str, float] = {}

    @cached_property
    def familiar(self) -> frozenset[str]:
        """The stems that several of the sentences learned from have in common."""
        return frozenset(stem for stem, idf in self.idf.items() if idf <= RARE)

    _rows: dict[tuple[str, str], tuple[float, ...]] = PrivateAttr(default_factory=dict)

    def for_answer(self, text: str) -> list[float]:
        """What each head makes of words that were said, as log-odds by key, the bias among them."""
        return list(map(add, self.bias, self._sum("said", text)))

    def for_question(self, text: str) -> list[float]:
        """What each head makes of the question they answer, to be added to that."""
        return self._sum("asked", text)

    def _sum(self, half: Literal["said", "asked"], text: str) -> list[float]:
        weights = self.said if half == "said" else self.asked
        told = shares_of(text, self.idf)
        known = [stem for stem in told if stem in weights]
        if not known:
            return [0.0] * len(self.keys)
        shares = [told[stem] for stem in known]
        # by key and not by stem: a column is summed without a step of Python for each weight
        return [
            sum(map(mul, shares, column))
            for column in zip(*(self._row(half, stem, weights[stem]) for stem in known), strict=True)
        ]

    def _row(self, half: str, stem: str, pairs: tuple[float, ...]) -> tuple[float, ...]:
        """The weights of a stem for every key, in their order; kept, since a talk returns to its words."""
        place = (half, stem)
        if place not in self._rows:
            row = [0.0] * len(self.keys)
            for at in range(0, len(pairs), 2):
                row[int(pairs[at])] += pairs[at + 1]
            self._rows[place] = tuple(row)
        return self._rows[place]
