"""One expected precision for a flag from what its rules found and what its head heard (scoring.md 1.6).

The rules know order, absence and opportunity; the head knows how a fault sounds in words that no rule foresaw. Both are
weak, and they fail in different places. Their weights stand in the rubric's heads, fitted on labelled interviews other
than those judged.
"""

from __future__ import annotations

from dataclasses import replace
from math import exp, log

from interviewer.scoring.flag_case import Case, Finding, Place
from interviewer.scoring.flag_said import raised
from interviewer.scoring.heard import Heard, Stretch

FUSION = "flags"
"""The name of the weights in the rubric's heads."""
LOWEST, HIGHEST = 0.05, 0.97
"""Probabilities are kept within these before their odds are taken."""
SILENT = -8.0
"""What is heard of a flag where nothing was said at all."""
CLEAR = 0.6
"""From this probability by the head alone, a stretch is a place of its own beside those the rules found."""
MOST_PLACES = 2


def features(case: Case, finding: Finding | None, heard: Heard) -> dict[str, float]:
    """What the fusion weighs, by name: log-odds, and ones for yes."""
    best = heard.best(case.flag.id)
    loudest = max(best[0][0], SILENT) if best else SILENT
    second = next((score for score, one in best if one.exchange != best[0][1].exchange), SILENT)
    missing, asked = float(case.flag.type == "missing"), float(bool(case.asked))
    p = min(max(finding.p, LOWEST), HIGHEST) if finding else None
    return {
        "heard": loudest,
        "again": max(second, SILENT),
        "ruled": float(p is not None),
        "rule": log(p / (1 - p)) if p else 0.0,
        "missing": missing,
        "heard missing": loudest * missing,
        "asked": asked,
        "heard asked": loudest * asked,
        "heard ruled": loudest * float(p is not None),
        "denied": float(min(len(case.places(case.flag.signs)), 3)) if case.flag.signs else 0.0,
    }


def fused(case: Case, finding: Finding | None, heard: Heard) -> Finding | None:
    """The finding with its fused precision, or a finding of the head's own; as it was where nothing is fitted."""
    weights = heard.heads.fusion.get(FUSION)
    if not weights or not heard.knows(case.flag.id):
        return finding
    weighed = features(case, finding, heard)
    odds = weights.get("bias", 0.0) + sum(weights.get(name, 0.0) * value for name, value in weighed.items())
    p = 1 / (1 + exp(-odds))
    if finding is not None:
        return replace(finding, p=p)
    return _heard_alone(case, heard, p)


def _heard_alone(case: Case, heard: Heard, p: float) -> Finding | None:
    places = [
        _place(stretch, heard, case.flag.id)
        for score, stretch in _clear(heard.best(case.flag.id))
        if score is not None
    ]
    if not places:
        return None
    places.sort(key=lambda place: place.at)
    found = raised(case, places)
    return replace(found, p=p) if found is not None else None


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


def _place(stretch: Stretch, heard: Heard, key: str) -> Place:
    """The stretch as a place: of a whole turn the loudest part, since a quote is not a speech."""
    inside = [
        one
        for _, one in heard.best(key)
        if one.reading is stretch.reading
        and stretch.span.start <= one.span.start
        and one.span.end <= stretch.span.end
        and one.span != stretch.span
    ]
    best = inside[0] if inside and len(stretch.text.split()) > 2 * 45 else stretch
    return Place(best.exchange, best.reading, best.span)
