"""The scorecard: levels per criterion with the items behind them, red flags, sums, strengths and what to fix first.

Its JSON form is a contract (scoring.md 0): fields may be added, never renamed. "Not assessed" is `level` None with a
reason in `unassessed`, never a number. `current` applies the coach's overrides and leaves the issued values in place.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from interviewer.interview.ledger import Absent, Credit, Quoted
from interviewer.interview.rubric import Bars

Level = Literal[1, 2, 3, 4]
Recommendation = Literal[
    "strong-no-hire", "no-hire", "lean-no-hire", "lean-hire", "hire", "strong-hire", "not-assessed"
]
ItemState = Literal["met", "not_met", "not_observable", "disputed"]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class RubricRef(_Part):
    """Which rubric the card was made by; `version` is sha256:… over its files."""

    name: str
    version: str


class ItemResult(_Part):
    """One yes/no observable: its state, who raised it, and the rows it rests on. `you` is its text as it is said to the
    candidate, to follow on "You" or "I did not hear you"; "" on older cards."""

    id: str
    tier: Literal["must", "good", "rare"]
    text: str
    you: str = ""
    state: ItemState
    credit: Credit | None = None
    p: float | None = None
    evidence: tuple[str, ...] = ()


class CriterionResult(_Part):
    """One criterion. `why_not_next` names the cheapest missing item on the way to the next level; `rest` is how the others
    stand beside what is usual, towards which this one was drawn, and `bars` what each level took (levels.py), so that a
    coach's change is weighed as the card was.
    """

    id: str
    name: str
    weight: int
    level: Level | None
    interval: tuple[Level, Level] | None
    unassessed: str | None
    capped_by: tuple[str, ...] = ()
    path: str
    why_not_next: str | None = None
    rest: float = 0.0
    bars: Bars | None = None
    items: tuple[ItemResult, ...] = ()

    @model_validator(mode="after")
    def _level_or_reason(self) -> CriterionResult:
        if (self.level is None) != (self.unassessed is not None) or (self.level is None) != (
            self.interval is None
        ):
            raise ValueError("a criterion has a level with an interval, or a reason why it was not assessed")
        return self


class Settlement(_Part):
    """A coach's word on a flag."""

    by: str
    reason: str
    at: str


class FlagResult(_Part):
    """A red flag. `stated` False means possible: shown apart and quieter. `severity` is as weighed here and at this level."""

    id: str
    name: str
    status: Literal["confirmed", "recovered"]
    how: Literal["self", "probed", "hinted"] | None = None
    stated: bool
    settled: Settlement | None = None
    severity: int
    base_severity: int
    root: str | None = None
    criterion: str
    turns: tuple[int, ...]
    confidence: float = Field(ge=0, le=1)
    evidence: tuple[str, ...]
    why: str
    advice: str
    source: tuple[str, ...]


class Amount(_Part):
    """A number with its unit."""

    value: float
    unit: str


class EstimateResult(_Part):
    """A sum of the candidate's, recomputed. `ratio` is claimed / recomputed; None where nothing could be recomputed."""

    turn: int
    start: int
    end: int
    text: str
    claimed: Amount
    recomputed: Amount | None
    ratio: float | None
    verdict: Literal["ok", "off", "unchecked"]
    formula: str = ""


class Point(_Part):
    """Something to fix or to keep: text, what it rests on, and what a stronger answer would have said here."""

    text: str
    refs: tuple[str, ...]
    evidence: tuple[str, ...]
    example: str = ""


class Conditions(_Part):
    """How the interview was held; it is stamped on every card."""

    mode: str | None = None
    pace: str | None = None
    hints: int = 0
    minutes: float | None = None
    attempt: int = 1


class Offer(_Part):
    """Something that the interview offered, and in which turn."""

    what: str
    turn: int
    minute: float | None = None


class Fairness(_Part):
    """Whether the candidate had a fair interview."""

    offered: tuple[Offer, ...] = ()
    not_offered: tuple[str, ...] = ()
    our_failed_turns: int = 0
    minutes_by_topic: dict[str, float] = {}


class LeadShare(_Part):
    """How many topics the candidate opened, of all that came up. Shown, not scored."""

    opened_by_candidate: int
    of: int


class NeverAsked(_Part):
    """A line of the hidden sheet that nobody asked for."""

    fact: str
    say: str


class Override(_Part):
    """A coach's change: `target` is a criterion or flag id. The issued value stays in place."""

    target: str
    from_: Any = Field(alias="from")  # Any: a level, a status or None, as the target has it
    to: Any
    by: str
    reason: str
    at: str

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Scorecard(_Part):
    """Everything the candidate and the coach get. `disputes` are the items and flags on which observers differ."""

    schema_: Literal[1] = Field(default=1, alias="schema")
    session: str
    scenario: str | None
    title: str | None = None
    kind: Literal["d", "p", "h"]
    level: Literal["mid", "senior", "staff"]
    plan: str
    rubric: RubricRef
    by: tuple[str, ...]
    criteria: tuple[CriterionResult, ...]
    flags: tuple[FlagResult, ...]
    estimates: tuple[EstimateResult, ...]
    evidence: tuple[Quoted | Absent, ...]
    overall: float | None
    recommendation: Recommendation
    recommendation_indicative: bool = True
    indicative_why: str = ""
    capped_by: tuple[str, ...] = ()
    decided_most: Point | None = None
    fix_first: tuple[Point, ...]
    strengths: tuple[Point, ...]
    never_asked: tuple[NeverAsked, ...] = ()
    conditions: Conditions = Conditions()
    fairness: Fairness = Fairness()
    lead_share: LeadShare | None = None
    notes: tuple[str, ...] = ()
    overrides: tuple[Override, ...] = ()
    disputes: tuple[str, ...] = Field(default=(), exclude_if=lambda disputes: not disputes)
    key: str = ""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    def to_json(self) -> dict[str, Any]:  # Any: JSON
        """The card as JSON data, by its contract's names."""
        return self.model_dump(mode="json", by_alias=True)


def current(card: Scorecard, target: str) -> Any:  # Any: whatever the target holds
    """The value that holds now for a criterion's level or a flag's status: the last override, else as issued."""
    for override in reversed(card.overrides):
        if override.target == target:
            return override.to
    for criterion in card.criteria:
        if criterion.id == target:
            return criterion.level
    for flag in card.flags:
        if flag.id == target:
            return flag.status
    return None


def card_schema() -> dict[str, Any]:  # Any: a JSON Schema is free-form by nature
    """JSON Schema of a scorecard, as committed beside the rubrics."""
    return Scorecard.model_json_schema(by_alias=True, mode="serialization")
