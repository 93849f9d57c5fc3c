"""What a scorer must beat: raising no flag or every flag, looking for words, and going by length alone.

Levels by length and by words are fitted leave-one-out on the very interviews they are measured on, which flatters them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from interviewer.interview.rubric import Rubric
from interviewer.interview.words import stems
from interviewer.lab.agreement import Pair
from interviewer.lab.labels import CATALOGUE_FLAGS, RECOMMENDATIONS, Judgement, Labelled, weighted_overall
from interviewer.lab.metrics import line_through

_NAMES = re.compile(r"\b(?:[A-Z][a-z]+[A-Z]?\w*|[A-Z]{2,}\w*|gRPC|k8s|etcd)\b")
"""What looks like the name of a product or an acronym."""

NOTHING = Judgement({}, {}, None, "not-assessed", ())


def baselines(labelled: Sequence[Labelled], rubric: Rubric) -> Iterator[tuple[str, list[Pair]]]:
    """Each baseline's name, and what it says of every interview beside the reference."""
    yield "no flag ever", [(NOTHING, one.reference) for one in labelled]
    yield "every flag, always", [(_every_flag(one, rubric), one.reference) for one in labelled]
    yield (
        "keywords alone",
        [
            (replace(by_line, flags=_flags_by_words(one, rubric)), one.reference)
            for one, by_line in zip(labelled, _by_line(labelled, rubric, _names), strict=True)
        ],
    )
    yield (
        "length alone",
        [
            (judged, one.reference)
            for one, judged in zip(
                labelled, _by_line(labelled, rubric, lambda one: float(one.transcript.words)), strict=True
            )
        ],
    )


def _every_flag(one: Labelled, rubric: Rubric) -> Judgement:
    flags = {flag.id for flag in rubric.flags_for(one.transcript.kind)} & CATALOGUE_FLAGS
    return replace(NOTHING, flags=dict.fromkeys(map(str, flags), "confirmed"))


def _names(one: Labelled) -> float:
    return float(len({name for turn in one.transcript.candidate_turns for name in _NAMES.findall(turn.text)}))


def _flags_by_words(one: Labelled, rubric: Rubric) -> dict[str, str]:
    """A flag of something said where half the words of its name are heard, of something missing where none is."""
    heard = stems(" ".join(turn.text for turn in one.transcript.candidate_turns))
    found = {}
    for flag in rubric.flags_for(one.transcript.kind):
        words = stems(str(flag.id).removeprefix("rf.").replace("-", " ")) - stems("no ignored")
        share = len(words & heard) / len(words) if words else 0.0
        if flag.type == "missing" and not words & heard or flag.type == "said" and share > 0.5:
            found[str(flag.id)] = "confirmed"
    return found


def _by_line(
    labelled: Sequence[Labelled], rubric: Rubric, feature: Callable[[Labelled], float]
) -> list[Judgement]:
    """Levels by a straight line through one number, fitted without the interview that is judged."""
    values = [feature(one) for one in labelled]
    found = []
    for index, one in enumerate(labelled):
        levels: dict[str, int] = {}
        for id in one.reference.levels:
            others = [
                (values[at], other.reference.levels[id])
                for at, other in enumerate(labelled)
                if at != index and id in other.reference.levels
            ]
            slope, start = line_through([x for x, _ in others], [float(y) for _, y in others])
            levels[id] = min(4, max(1, round(slope * values[index] + start)))
        mean = weighted_overall(levels, one.transcript.kind, rubric)
        recommendation = _recommended(mean, rubric)
        found.append(Judgement({}, levels, values[index], recommendation, ()))
    return found


def _recommended(overall: float | None, rubric: Rubric) -> str:
    if overall is None:
        return "not-assessed"
    bounds = rubric.thresholds
    limits = (bounds.strong_no_hire, bounds.no_hire, bounds.lean_no_hire, bounds.lean_hire, bounds.hire)
    return RECOMMENDATIONS[sum(overall >= limit for limit in limits)]
