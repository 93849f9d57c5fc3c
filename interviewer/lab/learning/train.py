"""Heads made from labelled sentences: one logistic regression for each item and flag, on stems of answer and question.

Needs scikit-learn (the extra `lab`); what it makes is a readable file that the product reads without it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import log
from typing import Any

from interviewer.interview.chance import draw
from interviewer.interview.heads import DONE, Heads, bag_of, shares_of
from interviewer.lab.learning.examples import Example

STRENGTH = 10.0
"""Inverse regularisation: more lets rare words count for more."""
OF_THE_KEY, POSITIVE = 3.0, 8.0
"""How much more a sentence weighs that was written for the key, and one that shows it: all others are its negatives."""
OF_THE_QUESTION = 0.7
"""The question's words count for so much of the answer's."""
MOST_OTHERS = 2500
"""Of sentences about other things so many are enough, each standing for several."""
FEWEST = 4
"""With fewer sentences that show it a key has no head."""
DROPPED = frozenset(
    "the a an that there this it it's is are be of my our i'd i'll i we'd we'll we you they have has to would will which "
    "some like so then also just really and um uh".split()
)
GONE = 0.7
"""Every sentence is learned from a second time as somebody terse, foreign or dictating might say it: without so many of these
words. What it shows hangs on none of them."""
SMALLEST = 0.25
"""Weights nearer to nothing than this are left out of the file."""
KINDS = ("it.", "rf.")
"""What the keys of items and of flags begin with."""
NOTHING_ASKED = "Go on."


@dataclass(frozen=True)
class Vocabulary:
    """The stems of a corpus with their places and how telling each is."""

    place: dict[str, int]
    idf: dict[str, float]

    def row(self, text: str) -> dict[int, float]:
        """A text as weights by place, of length 1; stems that the corpus has not are left out."""
        return {self.place[stem]: share for stem, share in shares_of(text, self.idf).items()}


def vocabulary_of(examples: Sequence[Example]) -> Vocabulary:
    """Stems of all sentences; idf as ln((1+n)/(1+df))+1."""
    seen: dict[str, int] = {}
    for one in examples:
        for stem in set(bag_of(one.said)) | set(bag_of(one.asked)):
            seen[stem] = seen.get(stem, 0) + 1
    n = len(examples)
    stems = sorted(seen)
    return Vocabulary(
        {stem: at for at, stem in enumerate(stems)},
        {stem: round(log((1 + n) / (1 + seen[stem])) + 1, 3) for stem in stems},
    )


def train(examples: Sequence[Example], made_of: str) -> Heads:
    """Heads for every item and flag with sentences enough. The same examples give the same heads.

    Sentences about items are no negatives of flags, nor the other way round: most good answers show several items, and
    a fault can stand beside any of them.
    """
    words = vocabulary_of(examples)
    heads: dict[str, tuple[float, dict[str, float], dict[str, float]]] = {}
    for kind in KINDS:
        mine = [one for one in examples if one.key.startswith(kind)]
        heads |= _of_kind([*mine, *(replace(one, said=terse(one.said)) for one in mine)], words)
    keys = sorted(heads)
    said: dict[str, list[float]] = {}
    asked: dict[str, list[float]] = {}
    for number, key in enumerate(keys):
        for into, weights in zip((said, asked), heads[key][1:], strict=True):
            for stem, weight in weights.items():
                into.setdefault(stem, []).extend((number, weight))
    return Heads(
        made_of=made_of,
        keys=tuple(keys),
        bias=tuple(heads[key][0] for key in keys),
        idf=words.idf,
        said={stem: tuple(said[stem]) for stem in sorted(said)},
        asked={stem: tuple(asked[stem]) for stem in sorted(asked)},
    )


def terse(said: str) -> str:
    """The sentence as a note: most of its small words gone, always the same ones."""
    words = said.split()
    kept = [
        word
        for at, word in enumerate(words)
        if word.lower().strip(".,;:!?") not in DROPPED or draw(0, "terse", at, said) >= GONE
    ]
    return " ".join(kept) or said


def _of_kind(
    examples: Sequence[Example], words: Vocabulary
) -> dict[str, tuple[float, dict[str, float], dict[str, float]]]:
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    matrix = _matrix(examples, words)
    stems = sorted(words.place, key=words.place.__getitem__)
    keys = sorted({one.key for one in examples})
    found: dict[str, tuple[float, dict[str, float], dict[str, float]]] = {}
    every = max(len(examples) // MOST_OTHERS, 1)
    for turn, key in enumerate([*keys, *(key + DONE for key in keys)]):
        shows = np.array([key in one.shows for one in examples])
        if shows.sum() < FEWEST:
            continue
        own = np.array([one.key == key.removesuffix(DONE) for one in examples])
        kept = shows | own | (np.arange(len(examples)) % every == turn % every)
        weights = np.where(own, OF_THE_KEY, np.where(shows, 1.0, float(every))) * np.where(
            shows, POSITIVE, 1.0
        )
        model = LogisticRegression(C=STRENGTH, solver="liblinear", max_iter=300, random_state=7)
        model.fit(matrix[kept], shows[kept], sample_weight=weights[kept])
        loud = [(at, float(weight)) for at, weight in enumerate(model.coef_[0]) if abs(weight) >= SMALLEST]
        said = {stems[at]: round(weight, 2) for at, weight in loud if at < len(stems)}
        asked = {
            stems[at - len(stems)]: round(weight * OF_THE_QUESTION, 2)
            for at, weight in loud
            if at >= len(stems)
        }
        found[key] = round(float(model.intercept_[0]), 3), said, asked
    return found


def _matrix(examples: Sequence[Example], words: Vocabulary) -> Any:  # Any: scipy's sparse matrix is untyped
    from scipy.sparse import csr_matrix

    values: list[float] = []
    columns: list[int] = []
    starts = [0]
    width = len(words.place)
    for one in examples:
        for place, value in words.row(one.said).items():
            columns.append(place)
            values.append(value)
        for place, value in words.row(one.asked or NOTHING_ASKED).items():
            columns.append(width + place)
            values.append(OF_THE_QUESTION * value)
        starts.append(len(values))
    return csr_matrix((values, columns, starts), shape=(len(examples), 2 * width))
