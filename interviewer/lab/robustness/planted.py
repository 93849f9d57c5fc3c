"""One defect planted in a good interview, and the rubric in another order: the right thing changes, or nothing.

What is taken away are whole sentences of the candidate's; what the card should do about it is known beforehand.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from interviewer.interview.transcript import Transcript
from interviewer.lab.figure import Figure, Told
from interviewer.lab.labels import Labelled
from interviewer.lab.metrics import mean
from interviewer.lab.robustness.changes import difference
from interviewer.lab.robustness.family import Case, Family, Outcome
from interviewer.lab.robustness.material import Material
from interviewer.lab.robustness.talks import sentences_of, with_texts
from interviewer.lab.robustness.tasks import Task

_NUMBER = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|forty|fifty|sixty|hundred|"
    r"thousand|million|billion)\b",
    re.IGNORECASE,
)
_FAILURE = re.compile(
    r"\b(?:fail\w*|dies?|dead|down|crash\w*|lost|loses?|outage|replica\w*|standby|failover|retr\w+|timeouts?|recover\w*|restart\w*)\b",
    re.IGNORECASE,
)
GONE = "I'd leave that as it is."


@dataclass(frozen=True)
class Defect:
    """What is taken away, and what must show it: the criterion falls, or one of the flags is raised."""

    name: str
    drops: Callable[[str], bool]
    criterion: str
    flags: tuple[str, ...]


DEFECTS = (
    Defect(
        "no numbers", lambda one: bool(_NUMBER.search(one)), "cr.estimation", ("rf.no-numbers", "rf.no-peak")
    ),
    Defect(
        "no questions",
        lambda one: one.rstrip().endswith("?"),
        "cr.requirements",
        ("rf.no-clarifying-questions", "rf.functional-only"),
    ),
    Defect(
        "no word of failures",
        lambda one: bool(_FAILURE.search(one)),
        "cr.reliability",
        ("rf.no-failure-handling", "rf.single-point-of-failure"),
    ),
)
LEAST = 3
"""A criterion has to stand this high before there is anything to take away."""


def _without(talk: Transcript, drops: Callable[[str], bool]) -> Transcript:
    return with_texts(
        talk, lambda turn: " ".join(one for one in sentences_of(turn.text) if not drops(one)) or GONE
    )


def _planted(material: Material, count: int, seed: int) -> list[Case]:
    cases = []
    interviews = material.some_interviews(len(material.interviews), seed, "planted")
    for defect in DEFECTS:
        good = [
            one for one in interviews if one.reference.levels.get(defect.criterion, 0) >= LEAST and _cut(one)
        ]
        for one in good[: -(-count // len(DEFECTS))]:
            changed = _without(one.transcript, defect.drops)
            cases.append(
                Case(
                    f"{one.transcript.id}, {defect.name}",
                    (Task(one.transcript), Task(changed)),
                    defect.name,
                    (defect.criterion, *defect.flags),
                )
            )
    return cases


def _cut(one: Labelled) -> bool:
    """Whether sentences can be told apart: dictated talk has no stops."""
    turns = one.transcript.candidate_turns
    return sum(len(sentences_of(turn.text)) for turn in turns) > 2 * len(turns)


def _shows(one: Outcome) -> bool:
    criterion, *flags = one.case.about
    before, after = one.gists[0], one.gists[-1]
    fell = after.levels.get(criterion, 0) < before.levels.get(criterion, 0)
    raised = any(flag in after.flags and flag not in before.flags for flag in flags)
    return fell or raised


def _planted_told(outcomes: Sequence[Outcome]) -> Told:
    known = [one for one in outcomes if one.gists[0].levels.get(one.case.about[0], 0) > 1]
    better = [
        one.gists[-1].levels.get(one.case.about[0], 0) > one.gists[0].levels.get(one.case.about[0], 0)
        for one in outcomes
    ]
    return Told(
        (
            Figure("defects that show", mean(_shows(one) for one in known), "more", 0.80, 0.95, len(known)),
            Figure("criteria that rise by it", mean(better), "less", 0.0, 0.0, len(better)),
        ),
        tuple(
            f"{one.case.name}: {one.case.about[0]} stays {one.gists[0].levels.get(one.case.about[0])}"
            for one in known
            if not _shows(one)
        ),
    )


def _turned(material: Material, count: int, seed: int) -> list[Case]:
    few = material.some_interviews(min(count, len(material.interviews)), seed, "order")[: max(2, count // 3)]
    return [
        Case(one.transcript.id, (Task(one.transcript), Task(one.transcript, reversed=True))) for one in few
    ]


def _turned_told(outcomes: Sequence[Outcome]) -> Told:
    changed = [
        len(set(one.gists[0].items.items()) ^ set(one.gists[1].items.items()))
        / max(1, len(one.gists[0].items) + len(one.gists[1].items))
        for one in outcomes
    ]
    return Told(
        (
            Figure("items changed", mean(changed), "less", 0.05, 0.01, len(changed)),
            Figure(
                "levels and flags the same",
                mean(
                    one.gists[0].levels == one.gists[1].levels and one.gists[0].flags == one.gists[1].flags
                    for one in outcomes
                ),
                "more",
                0.95,
                1,
                len(outcomes),
            ),
        ),
        tuple(f"{one.case.name}: {told}" for one in outcomes if (told := difference(one))),
    )


FAMILIES = (
    Family(
        "planted-defect",
        "One thing taken out of a good interview: the card shows it.",
        _planted,
        _planted_told,
    ),
    Family("rubric-order", "The rubric in the opposite order: the same card.", _turned, _turned_told),
)
