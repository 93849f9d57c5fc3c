"""How we judge: criteria with their items and gates, red flags, levels of candidate.

Everything here is data from `rubrics/system_design/`. The unit of judgement is the item, a yes/no observable that
rests on a quote; levels 1 to 4 are computed from items by gates and are never asked for (scoring.md 0 and 1.8).
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache
from typing import Annotated, Literal, NewType

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationInfo

from interviewer.interview.heads import Heads

CriterionId = NewType("CriterionId", str)
ItemId = NewType("ItemId", str)
FlagId = NewType("FlagId", str)


class Kind(StrEnum):
    """What sort of question it is: infrastructure, product, or both sides."""

    distributed = "d"
    product = "p"
    hybrid = "h"


class CandidateLevel(StrEnum):
    """The level that the candidate is interviewed for."""

    mid = "mid"
    senior = "senior"
    staff = "staff"


class Tier(StrEnum):
    """What an item is worth: needed for level 2, counted for level 3, one of them for level 4."""

    must = "must"
    good = "good"
    rare = "rare"


@lru_cache(maxsize=20_000)
def compiled(cue: str) -> re.Pattern[str]:
    """The cue as a pattern, ignoring case. Raises re.error where it is not one."""
    return re.compile(cue, re.IGNORECASE)


CHECKED = {"cues": "checked"}
"""The context in which cues are read that are known to be patterns: compiling them is then left to whoever needs one."""


def _is_pattern(cue: str, info: ValidationInfo) -> str:
    if info.context == CHECKED:
        return cue
    try:
        compiled(cue)
    except re.error as error:
        raise ValueError(f"is not a regular expression: {error}") from error
    return cue


Cue = Annotated[str, AfterValidator(_is_pattern)]
"""How people say something, as a regular expression, case ignored."""


class Frozen(BaseModel):
    """Base of everything read from rubrics/: frozen, and a stranger field is a fault."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Sign(Frozen):
    """How one observable sounds, for the offline observer.

    A clause of the candidate's counts when it matches one of `any`, its sentence or one beside it matches one of `near`
    (where given: a role, a reason, a number), nothing in the clause matches `unless`, and its scope is allowed.
    `act` says whether it must be a question. `allow` lifts scope vetoes: negated, hypothetical, past, quoted, rejected.
    """

    any: tuple[Cue, ...] = Field(min_length=1)
    near: tuple[Cue, ...] = ()
    unless: tuple[Cue, ...] = ()
    act: Literal["say", "ask", "either"] = "say"
    allow: tuple[Literal["negated", "hypothetical", "past", "quoted", "rejected"], ...] = ()
    weight: float = Field(default=0.8, gt=0, le=1)


class Item(Frozen):
    """A yes/no observable of one criterion. `advice` is what a stronger answer would have held; `you` is the observable as
    it is said to the candidate, to follow on "You" or "I did not hear you".
    """

    id: ItemId
    tier: Tier
    text: str
    you: str = ""
    advice: str
    kinds: str = "dph"
    signs: tuple[Sign, ...] = ()
    detector: str | None = None
    asked: tuple[Cue, ...] = ()


class Gates(Frozen):
    """Levels by items: 2 needs every must (or `two` items of any tier, where set), 3 also `three` good ones, 4 also
    `four` rare ones and `four_good` good or rare ones in all.
    """

    two: int | None = None
    three: int = Field(ge=1)
    four: int = Field(default=1, ge=1)
    four_good: int | None = None


class Bars(Frozen):
    """How much evidence levels 2, 3 and 4 take, in items' worth, fitted on labelled interviews (scoring.md 1.8).

    An item shown beyond doubt and unprompted is worth one, a doubtful one its share. `fault` is what a red flag of the
    criterion weighs against it, by how sure it is; `margin` how far the evidence may be off either way. `usual` is the
    evidence of an interview in the middle, and `spread` how far interviews lie from it.
    """

    two: float
    three: float
    four: float
    margin: float = 0.5
    fault: float = 0.0
    usual: float = 0.0
    spread: float = 0.0


class Criterion(Frozen):
    """A scored dimension with its items; `weights` by kind, `anchors` describe levels 1 to 4 in words.

    Levels are counted by `gates`, or weighed by `bars` where the rubric has heads and bars were fitted to them.
    """

    id: CriterionId
    name: str
    weights: dict[Kind, int]
    question: str
    anchors: dict[int, str]
    items: tuple[Item, ...]
    gates: Gates
    bars: Bars | None = None
    sources: tuple[str, ...] = Field(min_length=1)
    asked: tuple[Cue, ...] = ()

    def for_kind(self, kind: Kind) -> tuple[Item, ...]:
        """The items that apply to an interview of this kind."""
        return tuple(item for item in self.items if kind.value in item.kinds)


class RedFlag(Frozen):
    """A fault of the catalogue: how it is heard, what excuses it, what puts it right, and what to do instead.

    `type` said: one of `signs` is itself the fault. `type` missing: something owed was never done; `met_by` items or
    `met_signs` are what would have done it, `asked` the interviewer's questions that gave an opportunity, `trigger` what
    must have been said for the flag to apply at all (needs said:…). `detector` names code where a pattern cannot tell.
    `beyond` marks what the catalogue has no id for: shown like the others, left out of figures against labels.
    """

    id: FlagId
    name: str
    type: Literal["said", "missing"]
    severity: int = Field(ge=1, le=3)
    kinds: str
    due: str
    criterion: CriterionId
    means: str
    advice: str
    sources: tuple[str, ...] = Field(min_length=1)
    root: str | None = None
    needs: str | None = None
    signs: tuple[Sign, ...] = ()
    met_by: tuple[ItemId, ...] = ()
    met_signs: tuple[Sign, ...] = ()
    met_at_least: int = 1
    trigger: tuple[Sign, ...] = ()
    asked: tuple[Cue, ...] = ()
    excuses: tuple[Sign, ...] = ()
    recovers: tuple[Sign, ...] = ()
    detector: str | None = None
    precision: float = Field(default=0.6, ge=0, le=1)
    beyond: bool = False


class LevelExpectation(Frozen):
    """What a level of candidate is expected to raise unprompted, and what weighs differently there."""

    id: CandidateLevel
    name: str
    expects: str
    must_also: tuple[ItemId, ...] = ()
    unprompted: tuple[ItemId, ...] = ()
    severity_at: dict[FlagId, int] = {}


class Thresholds(Frozen):
    """Weighted mean of levels to recommendation: the first bound that the mean lies below (scoring.md 0)."""

    strong_no_hire: float
    no_hire: float
    lean_no_hire: float
    lean_hire: float
    hire: float


class Rubric(Frozen):
    """Everything an interview is judged by. `version` is the hash of the files it was read from."""

    name: str
    version: str
    criteria: tuple[Criterion, ...]
    flags: tuple[RedFlag, ...]
    levels: tuple[LevelExpectation, ...]
    thresholds: Thresholds
    heads: Heads = Heads()

    def criterion(self, id: str) -> Criterion:
        """The criterion with this id. Raises KeyError where there is none."""
        return {criterion.id: criterion for criterion in self.criteria}[CriterionId(id)]

    def flag(self, id: str) -> RedFlag:
        """The red flag with this id. Raises KeyError where there is none."""
        return {flag.id: flag for flag in self.flags}[FlagId(id)]

    def level(self, id: CandidateLevel) -> LevelExpectation:
        """What is expected at this level. Raises KeyError where levels.yaml leaves it out."""
        return {level.id: level for level in self.levels}[id]

    def flags_for(self, kind: Kind) -> tuple[RedFlag, ...]:
        """The flags that apply to an interview of this kind."""
        return tuple(flag for flag in self.flags if kind.value in flag.kinds)
