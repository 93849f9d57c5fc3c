"""One expected precision for a flag from what its rules found and what its head heard (scoring.md 1.6).

The rules know order, absence and opportunity; the head knows how a fault sounds in words that no rule foresaw. Both are
weak, and they fail in different places. How they are put together stands in the rubric's heads, fitted on labelled
interviews other than those judged.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from math import exp, log

from interviewer.interview.heads import DONE
from interviewer.interview.rubric import RedFlag
from interviewer.interview.trees import Trees
from interviewer.scoring.flag_case import Case, Finding, Place
from interviewer.scoring.flag_said import raised
from interviewer.scoring.heard import EVERYTHING, Heard, Stretch, Veto

OFTEN, ANY = "often", "any"
"""The name of the weights that tell how often each flag was found in labelled interviews, in log-odds; ANY is for others."""
UNHEARD = 0.0
"""What is heard of a duty where answers held nothing but names: they can neither meet it nor wave it off."""
LOWEST, HIGHEST = 0.05, 0.97
"""Probabilities are kept within these before their odds are taken."""
NOT_MEANT: Veto = frozenset({"past", "quoted"})
"""Somebody else's words, or another job's: no fault in this design. Turning good sense down is one, and so is a wish."""
SILENT = -8.0
"""What is heard of a flag where nothing was said at all."""
USUAL_BREADTH, NARROWEST = 0.61, 0.3
"""The share of all items that labelled interviews show on average, and about the least."""
CLEAR = 0.6
"""From this probability by the head alone, a stretch is a place of its own beside those the rules found."""
MOST_PLACES = 2


def features(case: Case, finding: Finding | None, heard: Heard) -> dict[str, float]:
    """What the fusion weighs, by name: log-odds, counts, and ones for yes."""
    best = heard.best(case.flag.id, unheard(case.flag))
    nothing = UNHEARD if case.flag.type == "missing" else SILENT
    loudest = max(best[0][0], SILENT) if best else nothing
    alone = heard.alone(case.flag.id, best[0][1], unheard(case.flag)) if best else SILENT
    second = next((score for score, one in best if one.exchange != best[0][1].exchange), SILENT)
    done = heard.best(case.flag.id + DONE)
    by_items = [heard.best(item)[0][0] for item in case.flag.met_by if heard.best(item)]
    p = min(max(finding.p, LOWEST), HIGHEST) if finding else None
    often = heard.heads.fusion.get(OFTEN, {})
    breadth = case.breadth if case.full else None  # of a short talk it tells nothing
    return {
        "heard": loudest,
        "alone": max(alone, SILENT),
        "again": max(second, SILENT),
        "ruled": float(p is not None),
        "rule": log(p / (1 - p)) if p else 0.0,
        "asked": float(bool(case.asked)),
        "denied": float(min(len(case.places(case.flag.signs)), 3)) if case.flag.signs else 0.0,
        "done": max(done[0][0], SILENT) if done else 0.0,
        "has items": float(bool(by_items)),
        "items heard": max(by_items, default=0.0),
        "items shown": max((row.p for row in case.items if row.subject in case.flag.met_by), default=0.0),
        "breadth": max(breadth.whole, NARROWEST) if breadth else USUAL_BREADTH,
        "breadth here": max(breadth.of(case.flag.criterion), NARROWEST) if breadth else USUAL_BREADTH,
        OFTEN: often.get(case.flag.id, often.get(ANY, 0.0)),
    }


def chance(trees: Trees, weighed: Mapping[str, float]) -> float:
    """How sure the trees make a flag, from what is weighed by name."""
    return 1 / (1 + exp(-trees.odds(weighed)))


def unheard(flag: RedFlag) -> Veto:
    """The scopes in which this flag is not committed. What is missing may be waved off in any way."""
    return NOT_MEANT if flag.type == "said" else EVERYTHING


def fused(case: Case, finding: Finding | None, heard: Heard) -> Finding | None:
    """The finding with its fused precision, or a finding of the head's own; as it was where nothing is fitted."""
    trees = heard.heads.trees.get(case.flag.type)
    if trees is None or not heard.knows(case.flag.id):
        return finding
    p = chance(trees, features(case, finding, heard))
    if finding is not None:
        return replace(finding, p=p)
    return _heard_alone(case, heard, p)


def _heard_alone(case: Case, heard: Heard, p: float) -> Finding | None:
    loud = [
        heard.quotable(case.flag.id, stretch)
        for _, stretch in _clear(heard.best(case.flag.id, unheard(case.flag)))
    ]
    places = sorted((Place(one.exchange, one.reading, one.span) for one in loud), key=lambda place: place.at)
    if not places or (case.flag.type == "missing" and not _had_a_chance(case, places)):
        return None
    found = raised(case, places)
    return replace(found, p=p) if found is not None else None


def _had_a_chance(case: Case, places: list[Place]) -> bool:
    """Whether it was asked for there, or the interview went on until it was owed: without an opportunity nothing is missing."""
    if case.full and case.closed(case.flag.due):
        return True
    return any(place.exchange in case.asked for place in places)


def _clear(best: list[tuple[float, Stretch]]) -> list[tuple[float, Stretch]]:
    """The loudest stretch, and another exchange's where it is clear by itself."""
    kept: list[tuple[float, Stretch]] = []
    for score, stretch in best:
        if any(one.exchange == stretch.exchange for _, one in kept):
            continue
        if kept and 1 / (1 + exp(-score)) < CLEAR:
            break
        kept.append((score, stretch))
        if len(kept) == MOST_PLACES:
            break
    return kept
