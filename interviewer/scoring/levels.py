"""From items to a level: anchored gates, caps by red flags, an interval, and the cheapest way up.

Level 2 needs the musts, level 3 also some good items, level 4 also a rare one and nothing that blocks. More evidence
never lowers a level. Items for levels 3 and 4 count when unprompted or asked for, half of them unprompted; a hinted
item counts for level 2 alone (scoring.md 0, Gates).

Where levels are weighed, one criterion's few minutes are a small sample of somebody, so it is drawn towards how the rest
of the interview stands, by one level at most (augmented subscores: Wainer and others 2001).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from interviewer.interview.ledger import Credit
from interviewer.interview.rubric import Bars, Criterion, Item, LevelExpectation, Tier
from interviewer.interview.scorecard import Level
from interviewer.scoring.resolver import LENIENT, MET, STRICT, Resolved

SEVERE = 3
LEAN = 1.0
"""What the rest of the interview weighs beside a criterion's own evidence, spread for spread."""
LEAST_SHOWN = 0.5
"""With less evidence than half an item a criterion is a one, whatever the rest of the interview was like."""
LEAST_OTHERS = 3
"""With fewer other criteria there is no rest to speak of."""
CAP_OF_CONFIRMED: Level = 2
CAP_OF_RECOVERED: Level = 3
"""A criterion with a fault that stands is partial at best; in the reference labels 88 of 91 such are 1 or 2."""


_NUMBERS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


@dataclass(frozen=True)
class Levelled:
    """A criterion's level with its interval, what capped it, the path in words, and the cheapest missing item.

    `lowered` says that the rest of the interview holds it below what it showed: then no single item is missing.
    """

    level: Level
    interval: tuple[Level, Level]
    capped_by: tuple[str, ...]
    path: str
    missing: Item | None
    lowered: bool = False


def level_of(
    criterion: Criterion,
    items: tuple[Resolved, ...],
    expectation: LevelExpectation,
    confirmed: Iterable[str] = (),
    recovered: Iterable[str] = (),
    against: float = 0.0,
    rest: float = 0.0,
    most: Level = 4,
) -> Levelled:
    """The level of one criterion. A `confirmed` flag of its own caps it at 2, one that was put right when asked at 3.

    `against` is how much was held against it, stated or only possible: the flags' probabilities together. `rest` is
    how the other criteria stand (`rest_of`), and `most` the level above which they let nothing stand.
    """
    confirmed, recovered = tuple(confirmed), tuple(recovered)
    if criterion.bars is not None:
        evidence = evidence_of(items).less(criterion.bars.fault * against)
        weighed = _weighed(criterion.bars, items, expectation, evidence, rest, confirmed, recovered)
        return _held(weighed, most)
    gated = _gate(criterion, items, expectation, MET)
    cap: Level = CAP_OF_CONFIRMED if confirmed else CAP_OF_RECOVERED if recovered else 4
    level: Level = min(gated, cap)
    low = min(_gate(criterion, items, expectation, STRICT), cap, level)
    high = max(min(_gate(criterion, items, expectation, LENIENT), cap), level)
    capped = (confirmed or recovered) if gated > cap else ()
    anchored = Levelled(
        level,
        (low, high),
        capped,
        _path(criterion, items, expectation, level, gated, capped),
        _cheapest(items, expectation, gated),
    )
    return _held(anchored, most)


def _held(levelled: Levelled, most: Level) -> Levelled:
    """The level held at the best of all others, where it may not stand above them."""
    if levelled.level <= most:
        return levelled
    low, high = levelled.interval
    path = f"{levelled.path} Nothing that was told stands above {most}, so neither does the telling."
    return replace(levelled, level=most, interval=(min(low, most), high), path=path, lowered=True)


def _weighed(
    bars: Bars,
    items: tuple[Resolved, ...],
    expectation: LevelExpectation,
    evidence: Evidence,
    rest: float,
    confirmed: tuple[str, ...],
    recovered: tuple[str, ...],
) -> Levelled:
    little = sum(one.worth for one in items) < LEAST_SHOWN
    own = 1 if little else _over(bars, evidence)
    drawn = evidence.less(-LEAN * bars.spread * rest)

    def at(margin: float) -> Level:
        return 1 if little else _near(own, _over(bars, drawn.less(margin)))

    gated = at(0.0)
    cap: Level = CAP_OF_CONFIRMED if confirmed else CAP_OF_RECOVERED if recovered else 4
    level: Level = min(gated, cap)
    low, high = min(own, at(bars.margin), level), max(own, at(-bars.margin), gated)
    capped = (confirmed or recovered) if gated > cap else ()
    return Levelled(
        level,
        (low, max(min(high, cap), level)),
        capped,
        _weighed_path(bars, items, evidence, drawn, own, level, gated, capped),
        _cheapest(items, expectation, gated),
        lowered=gated < own,
    )


def _near(own: Level, drawn: Level) -> Level:
    """What the rest makes of a level, never further than one from it."""
    steps: dict[Level, tuple[Level, Level]] = {1: (1, 2), 2: (1, 3), 3: (2, 4), 4: (3, 4)}
    low, high = steps[own]
    return min(max(drawn, low), high)


def standing(bars: Bars, items: Iterable[Resolved], against: float) -> float:
    """How a criterion's evidence stands beside what is usual, in spreads."""
    evidence = evidence_of(items).less(bars.fault * against)
    return (evidence.strong - bars.usual) / bars.spread if bars.spread else 0.0


def rest_of(standings: Mapping[str, float], criterion: str) -> float:
    """The mean standing of the criteria other than this one, 0 where there are too few."""
    others = [one for id, one in standings.items() if id != criterion]
    return round(sum(others) / len(others), 3) if len(others) >= LEAST_OTHERS else 0.0


@dataclass(frozen=True)
class Evidence:
    """What items are worth together: `basic` all of it, `strong` what counts for levels 3 and 4, and whether one is rare.

    What was hinted is not strong, and half of what is must have needed no asking (scoring.md 0, Gates).
    """

    basic: float
    strong: float
    rare: bool

    def less(self, weight: float) -> Evidence:
        """The same with so much taken off."""
        return Evidence(self.basic - weight, self.strong - weight, self.rare)


def evidence_of(items: Iterable[Resolved]) -> Evidence:
    """The evidence of one criterion's items."""
    items = tuple(items)
    strong = [one for one in items if one.credit in (Credit.unprompted, Credit.asked)]
    own = sum(one.worth for one in strong if one.credit is Credit.unprompted)
    return Evidence(
        sum(one.worth for one in items),
        min(sum(one.worth for one in strong), 2 * own),
        any(one.item.tier is Tier.rare and one.met_at(MET) for one in strong),
    )


def _over(bars: Bars, evidence: Evidence) -> Level:
    if evidence.strong >= bars.four and evidence.rare:
        return 4
    return 3 if evidence.strong >= bars.three else 2 if evidence.basic >= bars.two else 1


def _weighed_path(
    bars: Bars,
    items: tuple[Resolved, ...],
    evidence: Evidence,
    drawn: Evidence,
    own_level: Level,
    level: Level,
    gated: Level,
    capped: tuple[str, ...],
) -> str:
    met = [one for one in items if one.met_at(MET)]
    own = sum(1 for one in met if one.credit is Credit.unprompted)
    heard = f"Heard: {len(met)} of {len(items)}{f', {own} of them unprompted' if met else ''}."
    takes = (
        f"Weighed by how sure each is and who raised it, less what speaks against it, that is {max(evidence.basic, 0):.1f}"
        f"{_of_it(evidence)}; "
        f"level 2 takes {max(bars.two, LEAST_SHOWN):.1f}, level 3 {bars.three:.1f}, level 4 {bars.four:.1f} and something rare."
    )
    by = drawn.strong - evidence.strong
    rest = ""
    if gated != own_level:
        way = "lifts" if by > 0 else "lowers"
        rest = f" By itself that is a {own_level}; the rest of the interview {way} it by one level, which is the most it may."
    elif abs(by) >= 0.05:
        rest = f" The rest of the interview {'adds' if by > 0 else 'takes'} {abs(by):.1f}, which changes nothing."
    cap = f" By this it would be a {gated}; a red flag holds it at {level}." if capped else ""
    return f"{heard} {takes}{rest}{cap}"


def _of_it(evidence: Evidence) -> str:
    """How much of the evidence counts for more than a 2, where that is not all of it."""
    if evidence.basic - evidence.strong < 0.05:
        return ""
    return f", {max(evidence.strong, 0):.1f} of it towards a 3 or 4"


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
        1: (Tier.must, Tier.good, Tier.rare),
        2: (Tier.good, Tier.must, Tier.rare),
        3: (Tier.rare, Tier.good),
        4: (),
    }[gated]
    for tier in wanted:
        for one in items:
            if _tier(one.item, expectation) is tier and not one.met_at(MET):
                return one.item
    return None
