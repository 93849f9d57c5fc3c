"""Fluent and wrong against broken and right: whoever knows more must come out at least as high.

The pairs stand in `pairs.yaml`; both people begin with the same plan for the hour, so that enough is said to be
assessed at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field

from interviewer.interview.chance import order
from interviewer.interview.rubric import Kind
from interviewer.lab.figure import Figure, Told
from interviewer.lab.metrics import mean
from interviewer.lab.robustness.family import Case, Family, Outcome
from interviewer.lab.robustness.material import Material
from interviewer.lab.robustness.talks import small_talk
from interviewer.lab.robustness.tasks import Gist, Task

HELLO = "How would you like to use our time?"
FIRST_PLAN = (
    "I'd ask you a few things about who will use it, then say what the first version has to do, and we agree on that. After "
    "that I draw the parts roughly and walk once through the main request. The rest of the time should go to the part that "
    "worries you most, so please stop me when you would rather hear about something else. I write down what we decide as we "
    "go, and at the end I read it back to you."
)


class Pair(BaseModel):
    """Two questions, and how two people answer them. `about` is a problem of the catalogue, or another one with its kind."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    id: str
    about: str
    kind: Kind | None = None
    asked: tuple[str, str]
    fluent: tuple[str, str] = Field(description="well said, and wrong or empty")
    broken: tuple[str, str] = Field(description="badly said, and right")


@lru_cache(maxsize=1)
def pairs() -> tuple[Pair, ...]:
    """All pairs, as they stand in the file."""
    read = yaml.safe_load(Path(__file__).with_name("pairs.yaml").read_text(encoding="utf-8"))
    return tuple(Pair.model_validate(one) for one in read["pairs"])


def points(gist: Gist) -> int:
    """Levels above the lowest, added up: a criterion that was not reached adds nothing."""
    return sum(level - 1 for level in gist.levels.values())


def _cases(material: Material, count: int, seed: int) -> list[Case]:
    kinds = {one.id: one.kind for one in material.shelf.questions}
    chosen = [pairs()[place] for place in order(len(pairs()), seed, "pairs")[:count]]
    cases = []
    for pair in chosen:
        kind = kinds.get(pair.about, pair.kind or Kind.hybrid)
        problem = pair.about if pair.about in kinds else None
        talks = []
        for name, said in (("fluent", pair.fluent), ("broken", pair.broken)):
            lines = [("interviewer", HELLO), ("candidate", FIRST_PLAN)]
            for asked, answer in zip(pair.asked, said, strict=True):
                lines += [("interviewer", asked), ("candidate", answer)]
            talks.append(Task(small_talk(f"{pair.id}-{name}", lines, material.shelf, kind, problem)))
        cases.append(Case(pair.id, tuple(talks)))
    return cases


def _told(outcomes: Sequence[Outcome]) -> Told:
    both = [(points(one.gists[0]), points(one.gists[1])) for one in outcomes]
    return Told(
        (
            Figure(
                "broken and right at least as high", mean(b >= f for f, b in both), "more", 0.95, 1, len(both)
            ),
            Figure("broken and right higher", mean(b > f for f, b in both), "more", 0.80, 0.95, len(both)),
        ),
        tuple(
            f"{one.case.name}: fluent {fluent} ({', '.join(sorted(one.gists[0].items))}), "
            f"broken {broken} ({', '.join(sorted(one.gists[1].items))})"
            for one, (fluent, broken) in zip(outcomes, both, strict=True)
            if broken <= fluent
        ),
    )


FAMILIES = (Family("fluency", "Fluent and wrong against broken and right.", _cases, _told),)
