"""From a transcript to its scorecard: observe, then score, under a key that names everything the result depends on."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, fields, replace

from pydantic import BaseModel

from interviewer.interview.audible import audible
from interviewer.interview.pack import Scenario
from interviewer.interview.rubric import Rubric
from interviewer.interview.scorecard import Scorecard
from interviewer.interview.transcript import Given, Transcript
from interviewer.scoring.observer import Observer
from interviewer.scoring.scorer import score

SCORER = "offline-2"
"""Version of the scoring code; raised whenever the same transcript and rubric may give another card."""


@dataclass(frozen=True)
class JudgedBy:
    """What a transcript is judged by. `version` is the hash of the files; `scenario` None where there is no pack."""

    rubric: Rubric
    scenario: Scenario | None
    version: str


async def assess(transcript: Transcript, by: JudgedBy, observer: Observer) -> Scorecard:
    """The scorecard of a transcript; the same inputs give the same bytes."""
    key = key_of(transcript, by)
    turns = tuple(turn.model_copy(update={"text": audible(turn.text)}) for turn in transcript.turns)
    transcript = replace(transcript, turns=turns)
    observed = await observer.observe(transcript, by.rubric, by.scenario)
    card = score(transcript, by.rubric, by.scenario, observed, by.version)
    return card.model_copy(update={"key": key})


def key_of(transcript: Transcript, by: JudgedBy) -> str:
    """sha256:… of the transcript's canonical JSON, the rubric's version and the scorer's (scoring.md 1.1, rule 7)."""
    # every field, so that one which is added later is in the key as well
    said = {field.name: getattr(transcript, field.name) for field in fields(transcript)}
    canonical = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_as_json)
    whole = "\0".join((canonical, by.version, SCORER))
    return f"sha256:{hashlib.sha256(whole.encode()).hexdigest()}"


def _as_json(value: object) -> object:
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    if isinstance(value, Given):
        return asdict(value)
    raise TypeError(f"{type(value).__name__} has no place in a key")
