"""From a transcript to its scorecard: observe, then score, under a key that names everything the result depends on."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field, fields, replace

from pydantic import BaseModel

from interviewer.interview.audible import audible
from interviewer.interview.heads import Heads
from interviewer.interview.idle import without_idle
from interviewer.interview.ledger import Absent, Quoted, Turn
from interviewer.interview.orders import heeded, unheeded_in
from interviewer.interview.pack import Scenario
from interviewer.interview.rubric import Rubric
from interviewer.interview.scorecard import Scorecard
from interviewer.interview.transcript import Given, Transcript
from interviewer.scoring.observer import Observer
from interviewer.scoring.scorer import score

SCORER = "offline-7"
"""Version of the scoring code; raised whenever the same transcript and rubric may give another card."""

MOST_NOTES, NOTE_LENGTH = 5, 120
"""So many places are noted, with so many characters of each."""


@dataclass(frozen=True)
class JudgedBy:
    """What a transcript is judged by. `version` is the hash of the files; `scenario` None where there is no pack."""

    rubric: Rubric = field(repr=False)
    scenario: Scenario | None = field(repr=False)
    version: str


async def assess(transcript: Transcript, by: JudgedBy, observer: Observer) -> Scorecard:
    """The scorecard of a transcript; the same inputs give the same bytes."""
    listened = listened_to(transcript, by.rubric.heads)
    observed = await observer.observe(listened, by.rubric, by.scenario)
    card = score(listened, by.rubric, by.scenario, observed, by.version)
    key = key_of(transcript, by, observed.with_model)
    return _as_said(card, transcript).model_copy(update={"key": key})


def listened_to(transcript: Transcript, heads: Heads) -> Transcript:
    """The transcript without what nobody can say, and the candidate's turns without orders to whoever scores and without
    idle sentences: at the same offsets, with blanks in their place.
    """

    def heard(turn: Turn) -> Turn:
        text = audible(turn.text)
        if turn.role == "candidate":
            text = without_idle(heeded(text), heads.idle, heads.familiar)
        return turn.model_copy(update={"text": text})

    return replace(transcript, turns=tuple(map(heard, transcript.turns)))


def _as_said(card: Scorecard, transcript: Transcript) -> Scorecard:
    """The card with its quotes as they stand in the transcript, and a note on what was not listened to."""
    texts = {turn.n: turn.text for turn in transcript.turns}

    def quoted(row: Quoted | Absent) -> Quoted | Absent:
        if isinstance(row, Absent) or row.quote == texts[row.turn][row.start : row.end]:
            return row
        return row.model_copy(update={"quote": texts[row.turn][row.start : row.end]})

    notes = tuple(
        f"Turn {turn.n} holds words for whoever scores. They count neither for nor against the candidate: "
        f"“{_in_short(turn.text[one.start : one.end])}”"
        for turn in transcript.candidate_turns
        for one in unheeded_in(audible(turn.text))
        if one.what != "announcement"
    )
    return card.model_copy(
        update={
            "evidence": tuple(quoted(row) for row in card.evidence),
            "notes": (*card.notes, *notes[:MOST_NOTES]),
        }
    )


def _in_short(words: str) -> str:
    plain = " ".join(words.split())
    return plain if len(plain) <= NOTE_LENGTH else f"{plain[:NOTE_LENGTH].rstrip()}…"


def key_of(transcript: Transcript, by: JudgedBy, with_model: str = "") -> str:
    """sha256:… of the transcript's canonical JSON, the rubric's version and the scorer's (scoring.md 1.1, rule 7).

    `with_model` is what a model that took part adds: its name, the hash of its prompts, and what it left unanswered.
    """
    # every field, so that one which is added later is in the key as well
    said = {one.name: getattr(transcript, one.name) for one in fields(transcript)}
    canonical = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_as_json)
    whole = "\0".join((canonical, by.version, SCORER, *([with_model] if with_model else [])))
    return f"sha256:{hashlib.sha256(whole.encode()).hexdigest()}"


def _as_json(value: object) -> object:
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    if isinstance(value, Given):
        return asdict(value)
    raise TypeError(f"{type(value).__name__} has no place in a key")
