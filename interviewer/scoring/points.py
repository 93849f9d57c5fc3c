"""What to fix first, what was strong, and the moment that decided most: the part of a card that people act on."""

from __future__ import annotations

import re
from collections.abc import Iterator

from interviewer.interview.ledger import Absent, Credit, Quoted
from interviewer.interview.pack import Scenario, Topic
from interviewer.interview.rubric import Item, Tier
from interviewer.interview.scorecard import FlagResult, Point
from interviewer.scoring.judging import Judged
from interviewer.scoring.resolver import MET, Resolved

MOST_FIXES = 3
MOST_STRENGTHS = 3
ABOUT_THE_FLAG, ABOUT_THE_CRITERION = 4, 2
"""How close a topic must be for its answer to stand as a stronger one; an answer to something else helps nobody."""
_LONG = re.compile(r"[a-z]{5,}")


def fix_first_of(
    judged: tuple[Judged, ...],
    flags: tuple[FlagResult, ...],
    rows: tuple[Quoted | Absent, ...],
    scenario: Scenario | None,
) -> tuple[Point, ...]:
    """At most three things to fix, the heaviest first, no root and no criterion twice, each with a stronger answer."""
    points: list[Point] = []
    taken: set[str] = set()
    for key, criterion, point in _fixes(judged, flags, scenario):
        if {key, criterion} & taken or len(points) == MOST_FIXES:
            continue
        taken |= {key, criterion}
        points.append(point)
    return tuple(points)


def _fixes(
    judged: tuple[Judged, ...], flags: tuple[FlagResult, ...], scenario: Scenario | None
) -> Iterator[tuple[str, str, Point]]:
    standing = [flag for flag in flags if flag.status == "confirmed" and flag.stated]
    for flag in sorted(standing, key=lambda one: (-one.severity, -one.confidence, one.turns)):
        yield (
            flag.root or flag.id,
            flag.criterion,
            Point(
                text=f"{flag.name}. {flag.advice}",
                refs=(flag.id, flag.criterion),
                evidence=flag.evidence,
                example=_stronger(scenario, flag.criterion, flag.id),
            ),
        )
    lagging = [one for one in judged if one.levelled and one.levelled.missing and one.levelled.level < 4]
    for one in sorted(
        lagging,
        key=lambda one: (one.levelled.level if one.levelled else 4, -max(one.criterion.weights.values())),
    ):
        missing = one.levelled.missing if one.levelled else None
        if missing is not None:
            words = nearest(missing, one.items)
            yield (
                one.criterion.id,
                one.criterion.id,
                Point(
                    text=f"{one.criterion.name}: {missing.advice}",
                    refs=(one.criterion.id, missing.id),
                    evidence=words,
                    example=_stronger(scenario, one.criterion.id, None, missing.id),
                ),
            )


def _stronger(
    scenario: Scenario | None, criterion: str, flag: str | None = None, item: str | None = None
) -> str:
    def closeness(topic: Topic) -> int:
        return (
            4 * (flag in topic.flags)
            + 3 * (item in topic.feeds.items)
            + 2 * (topic.feeds.criterion == criterion)
            + (criterion in topic.also)
        )

    topics = sorted(scenario.topics, key=lambda topic: -closeness(topic)) if scenario else []
    if not topics or closeness(topics[0]) < (ABOUT_THE_FLAG if flag else ABOUT_THE_CRITERION):
        return ""
    for topic in topics if item is not None else ():
        slots = {slot.id for slot in topic.slots if slot.item == item}
        for exemplar in topic.sound:
            if slots & set(exemplar.fills):
                return exemplar.say
    return max(topics[0].sound, key=lambda exemplar: len(exemplar.fills)).say


def strengths_of(
    judged: tuple[Judged, ...], flags: tuple[FlagResult, ...], rows: tuple[Quoted | Absent, ...]
) -> tuple[Point, ...]:
    """A few strengths, best first, one more than a card shows, each with a quote.

    What they put right unasked comes first, then rare and good things brought up unprompted.
    """
    points = [
        Point(
            text=f"You put it right unasked: {flag.name[:1].lower()}{flag.name[1:]}.",
            refs=(flag.id, flag.criterion),
            evidence=flag.evidence,
        )
        for flag in flags
        if flag.status == "recovered" and flag.how == "self" and flag.stated
    ][:1]
    taken: set[str] = set()
    for one in sorted(judged, key=lambda one: -(one.levelled.level if one.levelled else 0)):
        for resolved in sorted(one.items, key=lambda item: (item.item.tier is not Tier.rare, -item.p)):
            worthy = (
                resolved.item.tier is not Tier.must
                and resolved.credit is Credit.unprompted
                and resolved.met_at(MET)
            )
            fresh = not taken & {row.quote for row in resolved.rows[:1]}
            if (
                worthy
                and fresh
                and one.levelled
                and one.levelled.level >= 3
                and len(points) <= MOST_STRENGTHS
            ):
                points.append(
                    Point(
                        text=f"{one.criterion.name}: {_said(resolved.item)}",
                        refs=(one.criterion.id, resolved.item.id),
                        evidence=tuple(row.id for row in resolved.rows[:2]),
                    )
                )
                taken |= {row.quote for row in resolved.rows[:1]}
                break
    return tuple(points)


def _said(item: Item) -> str:
    return f"You {item.you}." if item.you else item.text


def decided_most_of(
    judged: tuple[Judged, ...], flags: tuple[FlagResult, ...], rows: tuple[Quoted | Absent, ...]
) -> Point | None:
    """The one moment that decided most: the heaviest stated flag with a quote, else the rarest thing done unprompted."""
    quoted = {row.id for row in rows if isinstance(row, Quoted)}
    heavy = [
        flag
        for flag in flags
        if flag.stated and flag.status == "confirmed" and set(flag.evidence) & quoted and flag.severity >= 2
    ]
    if heavy:
        flag = min(heavy, key=lambda one: (-one.severity, -one.confidence, one.turns))
        return Point(text=f"{flag.name}: {flag.why}", refs=(flag.id,), evidence=flag.evidence, example="")
    best = strengths_of(judged, flags, rows)
    return best[0] if best else None


def nearest(missing: Item, items: tuple[Resolved, ...]) -> tuple[str, ...]:
    """The candidate's words that come nearest to what was missing: most stems in common, then the surest. One stem in common
    is chance.
    """
    wanted = _stems(f"{missing.text} {missing.advice}")

    def closeness(row: Quoted) -> tuple[int, float, int]:
        shared = len(wanted & _stems(row.quote))
        return shared if shared > 1 else 0, row.p, -row.turn

    best = max((row for one in items for row in one.rows), key=closeness, default=None)
    return (best.id,) if best else ()


def _stems(text: str) -> set[str]:
    """The longer words by their beginnings, which is enough to see that two lines speak of the same thing."""
    return {word[:5] for word in _LONG.findall(text.lower())}
