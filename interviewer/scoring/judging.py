"""From resolved items to a judged criterion, and from judged criteria to the overall figure and the recommendation.

The scorer uses it on what was observed, the coach's desk on a card that a coach has changed; both follow the same gates
and caps (scoring.md 0). Nothing here reads a transcript.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from interviewer.interview.pack import Scenario
from interviewer.interview.rubric import CandidateLevel, Criterion, Kind, RedFlag, Rubric, Thresholds
from interviewer.interview.scorecard import CriterionResult, FlagResult, ItemResult, Level, Recommendation
from interviewer.scoring.levels import SEVERE, Levelled, level_of
from interviewer.scoring.resolver import Resolved

LEAST_SHARE = 0.5
"""An overall figure needs at least this share of the weights assessed."""
PUT_RIGHT = 0.5
"""A fault that was put right when asked weighs so much of one that stands."""
ALWAYS_REACHED = frozenset(
    {"cr.framing", "cr.requirements", "cr.architecture", "cr.trade-offs", "cr.communication"}
)
"""Criteria that every interview reaches from its first minute."""
OF_MANNER = frozenset({"cr.communication"})
"""Criteria of how things are told: they stand no higher than the best of what is told, so that names fluently strung together
show nothing."""
NOT_OF_THIS_KIND = "a question of this kind does not ask for it"
NEVER_REACHED = "the interview never came to it: it was not asked, and nothing was said of it"
_ORDER: tuple[Recommendation, ...] = (
    "strong-no-hire", "no-hire", "lean-no-hire", "lean-hire", "hire", "strong-hire",
)  # fmt: skip


@dataclass(frozen=True)
class Judged:
    """A criterion with its resolved items and its level, None where it could not be assessed and why."""

    criterion: Criterion
    items: tuple[Resolved, ...]
    levelled: Levelled | None
    unassessed: str | None
    rest: float = 0.0


def weight_against(sure: float, status: str, how: str | None) -> float:
    """What a flag weighs against its criterion: all of it where it stands, part where it was put right when asked, nothing
    where the candidate put it right unasked.
    """
    if status == "confirmed":
        return sure
    return 0.0 if how == "self" else sure * PUT_RIGHT


def judged_of(
    criterion: Criterion,
    items: tuple[Resolved, ...],
    kind: Kind,
    level: CandidateLevel,
    rubric: Rubric,
    flags: tuple[FlagResult, ...],
    asked: bool,
    silent: str | None = None,
    rest: float = 0.0,
    most: Level = 4,
) -> Judged:
    """One criterion judged. `asked` tells whether the interview asked about it, `silent` why nothing can be assessed, `rest`
    how the others stand, and `most` the best of their levels (`most_of`).
    """
    if silent:
        return Judged(criterion, items, None, silent)
    if criterion.weights.get(kind, 0) == 0:
        return Judged(criterion, items, None, NOT_OF_THIS_KIND)
    mine = [flag for flag in flags if flag.criterion == criterion.id and flag.stated]
    confirmed = tuple(flag.id for flag in mine if flag.status == "confirmed")
    if (
        not asked
        and not confirmed
        and criterion.id not in ALWAYS_REACHED
        and not any(one.state == "met" for one in items)
    ):
        return Judged(criterion, items, None, NEVER_REACHED, rest)
    recovered = tuple(flag.id for flag in mine if flag.status == "recovered" and flag.how != "self")
    levelled = level_of(
        criterion,
        items,
        rubric.level(level),
        confirmed=confirmed,
        recovered=recovered,
        against=against_of(criterion, flags),
        rest=rest,
        most=most,
    )
    return Judged(criterion, items, levelled, None, rest)


def most_of(id: str, levels: Mapping[str, Level | None]) -> Level:
    """The highest level that a criterion may have, given those of the others by id: for manner the best of them."""
    others = [level for other, level in levels.items() if other not in OF_MANNER and level is not None]
    return max(others) if id in OF_MANNER and others else 4


def against_of(criterion: Criterion, flags: Iterable[FlagResult]) -> float:
    """What these flags hold against a criterion together."""
    return sum(
        weight_against(flag.confidence, flag.status, flag.how)
        for flag in flags
        if flag.criterion == criterion.id
    )


def criterion_result(judged: Judged, kind: Kind) -> CriterionResult:
    """The criterion as the card shows it."""
    criterion, levelled = judged.criterion, judged.levelled
    return CriterionResult(
        id=criterion.id,
        name=criterion.name,
        weight=criterion.weights.get(kind, 0),
        level=levelled.level if levelled else None,
        interval=levelled.interval if levelled else None,
        unassessed=judged.unassessed,
        capped_by=levelled.capped_by if levelled else (),
        path=levelled.path if levelled else f"Not assessed: {judged.unassessed}.",
        why_not_next=levelled.missing.text
        if levelled and levelled.missing and not levelled.capped_by and not levelled.lowered
        else None,
        rest=judged.rest,
        bars=criterion.bars,
        items=tuple(
            ItemResult(
                id=one.item.id,
                tier=one.item.tier.value,
                text=one.item.text,
                you=one.item.you,
                state=one.state if levelled else "not_observable",
                credit=one.credit if levelled else None,
                p=one.p if levelled else None,
                evidence=tuple(row.id for row in one.rows) if levelled else (),
            )
            for one in judged.items
        ),
    )


def overall_of(criteria: tuple[CriterionResult, ...]) -> float | None:
    """The weighted mean of the levels, to two places; None where too little of the weights was assessed."""
    assessed = [(one.level, one.weight) for one in criteria if one.level is not None and one.weight]
    all_weights = sum(one.weight for one in criteria)
    weights = sum(weight for _, weight in assessed)
    if not all_weights or weights / all_weights < LEAST_SHARE:
        return None
    return round(sum(level * weight for level, weight in assessed) / weights, 2)


def recommended(
    overall: float | None, thresholds: Thresholds, flags: tuple[FlagResult, ...]
) -> tuple[Recommendation, tuple[str, ...]]:
    """The recommendation, and the flags that capped it where they did."""
    if overall is None:
        return "not-assessed", ()
    bounds = (
        thresholds.strong_no_hire,
        thresholds.no_hire,
        thresholds.lean_no_hire,
        thresholds.lean_hire,
        thresholds.hire,
    )
    index = sum(overall >= bound for bound in bounds)
    severe = [
        flag for flag in flags if flag.status == "confirmed" and flag.stated and flag.severity >= SEVERE
    ]
    roots = {flag.root or flag.id for flag in severe}
    cap = {0: 5, 1: 2}.get(len(roots), 1)
    return _ORDER[min(index, cap)], tuple(flag.id for flag in severe) if index > cap else ()


def severity_in(flag: RedFlag, scenario: Scenario | None, level: CandidateLevel, rubric: Rubric) -> int:
    """How heavy a flag weighs in this scenario and at this level; the catalogue's own severity stays on the card."""
    here = [
        topic.severity_here[flag.id]
        for topic in (scenario.topics if scenario else ())
        if flag.id in topic.severity_here
    ]
    at_level = rubric.level(level).severity_at.get(flag.id)
    return max(here) if here else at_level if at_level is not None else flag.severity
