"""Phases of a transcript that has no clock, by what its turns are about.

Each turn is weighed for each phase by words that belong there; the assignment that never goes back in the plan and fits
the words best wins, with a light pull towards the plan's own proportions.
"""

from __future__ import annotations

import re

from interviewer.interview.phases import PhasePlan

_ABOUT = {
    "clarify": r"requirement|scope|clarif|assum|who (?:are|is|uses)|users?\b|how many|design (?:a|an|the)|feature|out of scope|latency target|consisten\w+ (?:need|requirement)",
    "estimate": r"per second|a second|qps|rps|\btb\b|terabyte|\bgb\b|gigabyte|petabyte|per day|a day|million|billion|bandwidth|estimate|average|peak",
    "api": r"\bapi\b|endpoint|\bpost\b|\bget /|\bput\b|request body|returns?|pagination|cursor|idempoten|status code|parameter",
    "data": r"schema|table|column|row|index|primary key|sql|nosql|postgres|cassandra|dynamo|document|store[sd]?\b|partition key|data model|entity",
    "design": r"component|service|load balancer|architecture|flow|diagram|high[- ]level|box|gateway|worker|queue|client|server",
    "features": r"feature|user|api|endpoint|table|schema|flow|service|component|store|screen|journey",
    "scale": r"shard|bottleneck|hot (?:key|spot|partition)|scale|10x|ten times|replica|cache|fan-?out|celebrity|throughput|partition",
    "deep": r"shard|replica|consistent hashing|algorithm|protocol|compaction|index|lock|transaction|quorum|deep",
    "reliability": r"fail|dies|crash|down\b|outage|retry|timeout|failover|recover|replica|lost|disaster|redundan|partition(?:ed)? network",
    "performance": r"latency|p9\d|cache|slow|fast|millisecond|\bms\b|percentile|cdn|throughput",
    "trade-offs": r"trade-?off|instead|alternative|cost|versus|\bvs\b|why (?:not|did)|choose|downside|price",
    "edge": r"edge case|abuse|empty|conflict|cancel|refund|offline|wrong|fraud|spam",
    "wrap": r"monitor|alert|deploy|next step|differently|future|evolve|anything else|wrap|summar|improve|roll ?out|security",
}  # fmt: skip
_PATTERNS = {phase: re.compile(cues, re.I) for phase, cues in _ABOUT.items()}
_PULL = 3.0
_MOST_HITS = 6


def phases_by_content(texts: tuple[str, ...], plan: PhasePlan) -> list[str]:
    """A phase id for each text, in the plan's order and never going back."""
    if not texts:
        return []
    ends = _ends(plan)
    best = [[0.0] * len(plan.phases) for _ in texts]
    came: list[list[int]] = [[0] * len(plan.phases) for _ in texts]
    for at, text in enumerate(texts):
        place = (at + 0.5) / len(texts)
        for index, phase in enumerate(plan.phases):
            worth = _worth(text, phase.id) - _PULL * _distance(place, ends, index)
            if at == 0:
                best[at][index] = worth if index == 0 else float("-inf")
                continue
            previous = max(range(index + 1), key=lambda earlier: best[at - 1][earlier])
            came[at][index] = previous
            best[at][index] = best[at - 1][previous] + worth
    index = max(range(len(plan.phases)), key=lambda last: best[-1][last])
    chosen = [index]
    for at in range(len(texts) - 1, 0, -1):
        index = came[at][index]
        chosen.append(index)
    return [plan.phases[index].id for index in reversed(chosen)]


def _ends(plan: PhasePlan) -> list[float]:
    ends, total = [], 0.0
    for phase in plan.phases:
        total += phase.minutes / plan.minutes
        ends.append(total)
    return ends


def _distance(place: float, ends: list[float], index: int) -> float:
    begins = ends[index - 1] if index else 0.0
    return max(begins - place, place - ends[index], 0.0)


def _worth(text: str, phase: str) -> float:
    pattern = _PATTERNS.get(phase)
    hits = min(_MOST_HITS, len(pattern.findall(text))) if pattern else 0
    return hits / _MOST_HITS / (1 + len(text) / 4000)
