"""From items to a level: anchored gates, caps by red flags, an interval, and the cheapest way up.

Level 2 needs the musts, level 3 also some good items, level 4 also a rare one and nothing that blocks. More evidence
never lowers a level. Items for levels 3 and 4 count when unprompted or asked for, half of them unprompted; a hinted
item counts for level 2 alone (scoring.md 0, Gates).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from interviewer.interview.ledger import Credit
from interviewer.interview.rubric import Criterion, Item, LevelExpectation, Tier
from interviewer.interview.scorecard import Level
from interviewer.scoring.resolver import LENIENT, MET, STRICT, Resolved

SEVERE = 3
CAP_OF_CONFIRMED: Level = 2
CAP_OF_RECOVERED: Level = 3
"""A criterion with a fault that stands is partial at best; in the reference labels 88 of 91 such are 1 or 2."""


_NUMBERS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


@dataclass(frozen=True)
class Levelled:
    """A criterion's level with its interval, what capped it, the path in words, and the cheapest missing item."""

    level: Level
    interval: tuple[Level, Level]
    capped_by: tuple[str, ...]
    path: str
    missing: Item | None


def level_of(
    criterion: Criterion,
    items: tuple[Resolved, ...],
    expectation: LevelExpectation,
    confirmed: Iterable[str] = (),
    recovered: Iterable[str] = (),
) -> Levelled:
    """The level of one criterion. A `confirmed` flag of its own caps it at 2, one that was put right when asked at 3."""
    confirmed, recovered = tuple(confirmed), tuple(recovered)
    gated = _gate(criterion, items, expectation, MET)
    cap: Level = CAP_OF_CONFIRMED if confirmed else CAP_OF_RECOVERED if recovered else 4
    level: Level = min(gated, cap)
    low = min(_gate(criterion, items, expectation, STRICT), cap, level)
    high = max(min(_gate(criterion, items, expectation, LENIENT), cap), level)
    capped = (confirmed or recovered) if gated > cap else ()
    return Levelled(
        level,
        (low, high),
        capped,
        _path(criterion, items, expectation, level, gated, capped),
        _cheapest(items, expectation, gated),
    )


def _tier(item: Item, expectation: LevelExpectation) -> Tier:
    return Tier.must if item.id in expectation.must_also else item.tier


def _gate(
    criterion: Criterion, items: tuple[Resolved, ...], expectation: LevelExpectation, threshold: float
) -> Level:
    gates = criterion.gates
    met = [one for one in items if one.met_at(threshold)]
    musts = [one for one in items if _tier(one.item, expectation) is Tier.must]
    if gates.two is None and not all(one in met for one in musts):
        return 1
    if gates.two is not None and len(met) < gates.two:
        return 1
    strong = [one for one in met if one.credit in (Credit.unprompted, Credit.asked)]
    goods = [one for one in strong if one.item.tier is not Tier.must]
    own = sum(1 for one in goods if one.credit is Credit.unprompted)
    countable = min(len(goods), 2 * own)
    if countable < gates.three:
        return 2
    rare = sum(1 for one in goods if one.item.tier is Tier.rare)
    if rare < gates.four or countable < (gates.four_good or gates.three + gates.four):
        return 3
    return 4


def _path(
    criterion: Criterion,
    items: tuple[Resolved, ...],
    expectation: LevelExpectation,
    level: Level,
    gated: Level,
    capped: tuple[str, ...],
) -> str:
    met = [one for one in items if one.met_at(MET)]
    musts = [one for one in items if _tier(one.item, expectation) is Tier.must]
    basics = sum(1 for one in musts if one in met)
    beyond = sum(1 for one in met if one.item.tier is not Tier.must)
    rare = sum(1 for one in met if one.item.tier is Tier.rare)
    own = sum(1 for one in met if one.credit is Credit.unprompted)
    heard = f"Basics heard: {basics} of {len(musts)}. Beyond them: {beyond}{f', {rare} of them rare' if rare else ''}."
    unprompted = f" Unprompted: {own} of {len(met)}." if met else ""
    cap = f" By these it would be a {gated}; a red flag holds it at {level}." if capped else ""
    return f"{heard}{unprompted} {_takes(criterion)}{cap}"


def _takes(criterion: Criterion) -> str:
    gates = criterion.gates
    two = "every basic" if gates.two is None else f"any {_NUMBERS[gates.two]}"
    in_all = gates.four_good or gates.three + gates.four
    return (
        f"Level 2 takes {two}, level 3 takes {_NUMBERS[gates.three]} beyond the basics, "
        f"level 4 takes {_NUMBERS[in_all]}, {_NUMBERS[gates.four]} of them rare."
    )


def _cheapest(items: tuple[Resolved, ...], expectation: LevelExpectation, gated: Level) -> Item | None:
    wanted = {
        1: (Tier.must, Tier.good),
        2: (Tier.good, Tier.must, Tier.rare),
        3: (Tier.rare, Tier.good),
        4: (),
    }[gated]
    for tier in wanted:
        for one in items:
            if _tier(one.item, expectation) is tier and not one.met_at(MET):
                return one.item
    return None
