"""Interviews with labels beside them: what a labeller, or our own card, says of one interview, in one common form.

A folder holds `ID.json` with the transcript and `ID.gold.json` with the reference labels; a second labeller's stand in
a folder of their own under `ID.json`. Labels are a reference, written by a model: every figure from them is synthetic.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from interviewer.errors import BadInput
from interviewer.interview.rubric import Kind, Rubric
from interviewer.interview.scorecard import Level, Scorecard
from interviewer.interview.transcript import Transcript
from interviewer.packs.load import Shelf
from interviewer.transcripts import read_transcript

RECOMMENDATIONS = ("strong-no-hire", "no-hire", "lean-no-hire", "lean-hire", "hire", "strong-hire")
"""In order, so that the distance of two is the difference of their places."""

CATALOGUE_FLAGS = frozenset(
    f"rf.{name}"
    for name in (
        "tech-before-requirements no-clarifying-questions unstated-assumptions functional-only wrong-question-type "
        "one-track-hybrid scale-before-system overengineering microservices-first no-numbers no-peak bad-arithmetic "
        "no-trade-offs dogmatic-choice no-alternatives cannot-defend single-server-thinking no-bottlenecks "
        "sharding-first cross-shard-ignored hot-key-ignored cache-no-invalidation cache-stampede-ignored "
        "strong-consistency-everywhere wrong-consistency cap-misread exactly-once no-access-patterns random-ids "
        "no-failure-handling single-point-of-failure no-idempotency retry-everything no-backpressure averages-only "
        "no-api poor-api no-rate-limit ignores-users incomplete-features no-edge-cases no-observability no-operations "
        "trusts-client no-security no-evolution ignores-feedback unclear too-shallow rabbit-hole no-structure"
    ).split()
)
"""The flags that labellers choose from. Those that we have added since are not measured by labels that cannot name them."""


@dataclass(frozen=True)
class Sum:
    """An estimate: the turn, the candidate's words, and ok, off or (ours only) unchecked."""

    turn: int
    text: str
    verdict: str


@dataclass(frozen=True)
class Judgement:
    """What somebody says of one interview. `possible` are flags that were only suspected: shown, never counted as stated.
    `sure` is how sure we are of each flag, stated or possible; empty for labellers."""

    flags: dict[str, str]
    levels: dict[str, int]
    overall: float | None
    recommendation: str
    sums: tuple[Sum, ...]
    possible: frozenset[str] = frozenset()
    sure: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Labelled:
    """An interview with its reference labels. `why` holds the labeller's reason for each flag, where there is one."""

    transcript: Transcript
    reference: Judgement
    why: dict[str, str]
    distractors: tuple[tuple[int, str, str], ...] = ()

    @property
    def scenario(self) -> str:
        """The problem it is about."""
        return self.transcript.scenario or "none"


class _Read(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class _Flag(_Read):
    id: str
    status: str = "confirmed"
    why: str = ""


class _Sum(_Read):
    turn: int
    text: str
    verdict: Literal["ok", "off"]


class _Distractor(_Read):
    turn: int
    looks_like: str
    why_not: str


class _Labels(_Read):
    id: str
    flags: tuple[_Flag, ...]
    criteria: dict[str, Level | Literal["na"]]
    estimates: tuple[_Sum, ...] = ()
    recommendation: Literal["strong-no-hire", "no-hire", "lean-no-hire", "lean-hire", "hire", "strong-hire"]
    distractors: tuple[_Distractor, ...] = ()


def labelled_in(folder: Path, shelf: Shelf) -> tuple[Labelled, ...]:
    """Every labelled interview of a folder, by id. Raises BadInput where there is none or a label cannot be read."""
    found = []
    for path in sorted(folder.glob("*.gold.json")) if folder.is_dir() else ():
        file = path.with_name(path.name.removesuffix(".gold.json") + ".json")
        transcript = read_transcript(file, shelf)
        labels = _labels(path)
        found.append(
            Labelled(
                transcript,
                _judgement(labels, transcript.kind, shelf.rubric),
                {flag.id: flag.why for flag in labels.flags},
                tuple((one.turn, one.looks_like, one.why_not) for one in labels.distractors),
            )
        )
    if not found:
        raise BadInput(f"{folder} holds no labelled interviews: ID.json with ID.gold.json beside it.")
    return tuple(found)


def second_of(folder: Path, labelled: tuple[Labelled, ...], rubric: Rubric) -> dict[str, Judgement]:
    """What a second labeller says, by the transcript's id; those that they did not label are left out."""
    paths = {one.transcript.id: folder / f"{one.transcript.id}.json" for one in labelled}
    found = {
        one.transcript.id: _judgement(_labels(paths[one.transcript.id]), one.transcript.kind, rubric)
        for one in labelled
        if paths[one.transcript.id].is_file()
    }
    if not found:
        raise BadInput(f"{folder} holds no labels of these interviews (ID.json).")
    return found


def judgement_of(card: Scorecard) -> Judgement:
    """What our own card says: flags that it states, and those that it only suspects apart."""
    return Judgement(
        flags={flag.id: flag.status for flag in card.flags if flag.stated},
        levels={one.id: one.level for one in card.criteria if one.level is not None},
        overall=card.overall,
        recommendation=card.recommendation,
        sums=tuple(Sum(one.turn, one.text, one.verdict) for one in card.estimates),
        possible=frozenset(flag.id for flag in card.flags if not flag.stated),
        sure={flag.id: flag.confidence for flag in card.flags},
    )


def weighted_overall(levels: dict[str, int], kind: Kind, rubric: Rubric) -> float | None:
    """The mean of levels, weighted as the rubric weighs them for this kind of question."""
    weights = {str(one.id): one.weights[kind] for one in rubric.criteria}
    known = [(level, weights.get(id, 0)) for id, level in levels.items()]
    whole = sum(weight for _, weight in known)
    return sum(level * weight for level, weight in known) / whole if whole else None


def _judgement(labels: _Labels, kind: Kind, rubric: Rubric) -> Judgement:
    levels: dict[str, int] = {id: level for id, level in labels.criteria.items() if level != "na"}
    return Judgement(
        flags={flag.id: flag.status for flag in labels.flags},
        levels=levels,
        overall=weighted_overall(levels, kind, rubric),
        recommendation=labels.recommendation,
        sums=tuple(Sum(one.turn, one.text, one.verdict) for one in labels.estimates),
    )


def _labels(path: Path) -> _Labels:
    try:
        return _Labels.model_validate(json.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror}.") from error
    except (ValueError, ValidationError) as error:
        raise BadInput(f"{path.name} holds no labels that can be read: {error}") from error
