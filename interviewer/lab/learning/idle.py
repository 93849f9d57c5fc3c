"""The weights by which idle talk is told from talk about a design, from rubrics/system_design/idle/*.yaml.

Everything in the labelled sentences of the rubric counts as talk about a design, whatever it is worth. Which words are
strange there is asked of other hands than the sentence's own, since every hand knows its own words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from interviewer.errors import BadInput
from interviewer.interview.idle import BIAS, LEAST_WORDS, roots, traits
from interviewer.interview.words import normal_text
from interviewer.lab.learning.examples import IDLE, LOADER, Example

STRENGTH = 1.0
"""Inverse regularisation."""
WRITTEN = 6.0
"""How much more a sentence weighs that was written for this than one about a design."""
FEWEST = 2
"""A word or pair that stands in fewer sentences is not weighed."""
SMALLEST = 0.1
"""Weights nearer to nothing are left out."""
_SENTENCES = re.compile(r"(?<=[.?!])\s+")


class IdleTalk(BaseModel):
    """One hand's sentences: breath and own life are idle, what only sounds like it is matter; questions likewise."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    breath: tuple[str, ...] = ()
    life: tuple[str, ...] = ()
    matter: tuple[str, ...] = ()
    question_idle: tuple[str, ...] = ()
    question_matter: tuple[str, ...] = ()

    @property
    def idle(self) -> tuple[str, ...]:
        """All that says nothing."""
        return (*self.breath, *self.life, *self.question_idle)

    @property
    def telling(self) -> tuple[str, ...]:
        """All that says something."""
        return (*self.matter, *self.question_matter)


def read_idle_talk(rubrics: Path) -> dict[str, IdleTalk]:
    """What each hand wrote. Raises BadInput, naming the file, for one that is not as agreed."""
    found: dict[str, IdleTalk] = {}
    for file in sorted((rubrics / "system_design" / IDLE).glob("*.yaml")):
        try:
            held = yaml.load(file.read_text(encoding="utf-8"), Loader=LOADER)  # noqa: S506  # both are safe loaders
            found[file.stem] = TypeAdapter(IdleTalk).validate_python(held)
        except (ValidationError, yaml.YAMLError) as error:
            raise BadInput(f"{IDLE}/{file.name}: {error}") from error
    return found


def train_idle(
    hands: Mapping[str, IdleTalk], examples: Sequence[Example], familiar: frozenset[str]
) -> dict[str, float]:
    """A weight for each trait. The same sentences give the same weights. `familiar` are the stems that heads know well."""
    import numpy as np
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    about = list(dict.fromkeys((one.hand, part) for one in examples for part in _SENTENCES.split(one.said)))
    used: dict[str, set[str]] = {}
    for hand, said in about:
        for word in roots(normal_text(said)):
            used.setdefault(word, set()).add(hand)
    known = {
        hand: frozenset(word for word in familiar if used.get(word, set()) - {hand})
        for hand in {hand for hand, _ in about}
    }

    rows: list[dict[str, float]] = []
    idle: list[bool] = []
    weights: list[float] = []

    def add(said: str, stems: frozenset[str], label: bool, weight: float) -> None:
        normal = normal_text(said).strip()
        words = roots(normal)
        if len(words) >= LEAST_WORDS:
            rows.append(traits(normal, words, stems))
            idle.append(label)
            weights.append(weight)

    for talk in hands.values():
        for said in talk.idle:
            add(said, familiar, True, WRITTEN)
        for said in talk.telling:
            add(said, familiar, False, WRITTEN)
    for hand, said in about:
        add(said, known[hand], False, 1.0)
    often = Counter(name for row in rows for name in row)
    place = DictVectorizer()
    matrix = place.fit_transform(
        [{name: value for name, value in row.items() if often[name] >= FEWEST} for row in rows]
    )
    matrix.indices, matrix.indptr = matrix.indices.astype(np.int32), matrix.indptr.astype(np.int32)
    model = LogisticRegression(C=STRENGTH, solver="liblinear", max_iter=300, random_state=7)
    model.fit(matrix, np.array(idle), sample_weight=np.array(weights))
    found = zip(place.get_feature_names_out(), model.coef_[0], strict=True)
    told = {str(name): round(float(weight), 2) for name, weight in found if abs(weight) >= SMALLEST}
    return {BIAS: round(float(model.intercept_[0]), 3), **told}
