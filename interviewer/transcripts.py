"""Reads transcripts of somebody else's interviews: JSON, Markdown with `**Interviewer:**`, or plain `Candidate: …`.

Whatever cannot be scored is refused with a sentence that says what is wrong and what would help. Texts are kept as they
are, character by character, since every quote on a card is given by its place in them.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from interviewer.errors import BadTranscript
from interviewer.interview.languages import is_other_language
from interviewer.interview.ledger import Turn
from interviewer.interview.pack import Question
from interviewer.interview.phases import PhasePlan
from interviewer.interview.rubric import CandidateLevel, Kind
from interviewer.interview.speakers import role_of, turns_of
from interviewer.interview.transcript import Transcript, phased
from interviewer.interview.words import stems
from interviewer.packs.load import Shelf

MOST_BYTES = 2_000_000
MOST_TURNS = 2_000
MOST_WORDS, MOST_WORDS_A_TURN = 30_000, 6_000
SIGNS_A_WORD = 8
"""What counts as a word at least, for writing that puts no spaces between them."""
_NO_WORD = re.compile(r"[!-~]{401,}|\d{201,}")
"""A picture or a key that was pasted in; patterns take very long over such a run, and it is not speech."""
_JSON = re.compile(r"\s*(?:\{|\[\s*(?:[\[{\"\]]|$))")
"""How JSON begins; a bracket before anything else may be the time of a first turn, `[00:10] Interviewer: …`."""
_SURROGATES = re.compile(r"[\ud800-\udfff]")
_MOST_SHOWN = 60


@dataclass(frozen=True)
class Wanted:
    """What the caller says about a transcript; it wins over what the file says."""

    scenario: str | None = None
    level: CandidateLevel | None = None
    kind: Kind | None = None
    plan: str | None = None
    candidate: str | None = None


@dataclass(frozen=True)
class _Raw:
    """A file as read: turns, and what it says of itself."""

    turns: tuple[Turn, ...]
    id: str
    scenario: str | None = None
    kind: str | None = None
    level: str | None = None
    plan: str | None = None
    minutes: float | None = None


def read_transcript(path: Path, shelf: Shelf, wanted: Wanted = Wanted()) -> Transcript:  # noqa: B008  # frozen
    """A transcript from a file, with kind, level, plan and phases settled. Raises BadTranscript."""
    try:
        with path.open("rb") as file:
            written = file.read(MOST_BYTES + 1)
        if len(written) > MOST_BYTES:
            raise BadTranscript(
                f"{path.name} has {max(path.stat().st_size, len(written)):,} bytes; an interview has at most {MOST_BYTES:,}. Cut it to one interview."
            )
        text = written.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadTranscript(
            f"{path.name} is not UTF-8 text (byte {error.start}). Save it as UTF-8."
        ) from error
    except OSError as error:
        raise BadTranscript(f"{path.name} cannot be read: {error.strerror}.") from error
    return settle(parse(text, path.stem, path.name, wanted.candidate), shelf, wanted)


def parse(text: str, id: str, name: str, candidate: str | None = None) -> _Raw:
    """A transcript's turns from its text; `name` is how messages speak of it. Raises BadTranscript."""
    if not text.strip():
        raise BadTranscript(f"{name} is empty.")
    text = _whole(text)
    if name.lower().endswith(".json") or _JSON.match(text):
        raw = _from_json(text, id, name, candidate)
    else:
        raw = _Raw(turns=turns_of(text, name, candidate), id=id)
    if not any(turn.role == "candidate" and turn.text.strip() for turn in raw.turns):
        raise BadTranscript(
            f'{name} has no candidate turns. Label them `Candidate: …`, or give role "candidate" in JSON.'
        )
    if len(raw.turns) > MOST_TURNS:
        raise BadTranscript(f"{name} has {len(raw.turns):,} turns; an interview has at most {MOST_TURNS:,}.")
    _speakable(raw.turns, name)
    return raw


def _speakable(turns: tuple[Turn, ...], name: str) -> None:
    words = [max(len(turn.text.split()), len(turn.text) // SIGNS_A_WORD) for turn in turns]
    if sum(words) > MOST_WORDS or max(words) > MOST_WORDS_A_TURN:
        raise BadTranscript(
            f"{name} has {sum(words):,} words, {max(words):,} in one turn; an interview has at most {MOST_WORDS:,}, "
            f"and {MOST_WORDS_A_TURN:,} in a turn. Cut it to one interview."
        )
    for turn in turns:
        if found := _NO_WORD.search(turn.text):
            raise BadTranscript(
                f"{name}, turn {turn.n}: {len(found[0]):,} characters without a space, from {found[0][:20]!r}, which nobody says. Cut what was pasted in."
            )


def settle(raw: _Raw, shelf: Shelf, wanted: Wanted) -> Transcript:
    """What is known and wanted of a transcript, settled: the caller first, then the file, then the question's own."""
    notes: list[str] = []
    scenario = wanted.scenario or raw.scenario or _guessed(raw, shelf.questions, notes)
    question = shelf.question(scenario) if scenario else None
    if wanted.scenario and question is None and wanted.scenario not in shelf.versions:
        known = ", ".join(one.id for one in shelf.questions)
        raise BadTranscript(f"No scenario {wanted.scenario!r}. Known are: {known}.")
    if scenario and question is None and scenario not in shelf.versions:
        notes.append(f"The scenario {scenario!r} is not known here; it was scored by the general rubric.")
    kind = wanted.kind or _choice(Kind, raw.kind, "kind") or (question.kind if question else None)
    if kind is None:
        kind = Kind.hybrid
        notes.append("The kind of question was not given; it was taken for a hybrid. Say --kind d, p or h.")
    level = wanted.level or _choice(CandidateLevel, raw.level, "level")
    if level is None:
        level = CandidateLevel.senior
        notes.append("The level was not given; it was scored as senior. Say --level.")
    plan = _plan(shelf, wanted.plan or raw.plan, wanted.plan, kind, notes)
    if is_other_language(turn.text for turn in raw.turns if turn.role == "candidate"):
        notes.append("language: the candidate speaks another language than English")
    transcript = Transcript(
        id=raw.id,
        scenario=scenario,
        kind=kind,
        level=level,
        plan=plan.id,
        turns=raw.turns,
        notes=tuple(notes),
    )
    return phased(transcript, plan, raw.minutes)


def _plan(shelf: Shelf, id: str | None, wanted: str | None, kind: Kind, notes: list[str]) -> PhasePlan:
    for plan in shelf.plans:
        if plan.id == id:
            return plan
    if id and id == wanted:
        raise BadTranscript(f"No plan {id!r}. Known are: {', '.join(plan.id for plan in shelf.plans)}.")
    if id:
        notes.append(f"The plan {id!r} is not known; the kind's own was used.")
    return shelf.plan_for(kind.value)


def _choice(
    kind: type[Kind] | type[CandidateLevel], value: str | None, what: str
) -> Any:  # Any: one of the two enums
    if value is None:
        return None
    try:
        return kind(value.strip().lower())
    except ValueError as error:
        allowed = ", ".join(one.value for one in kind)
        raise BadTranscript(f"{what} {value[:_MOST_SHOWN]!r} is not one of {allowed}.") from error


def _guessed(raw: _Raw, questions: tuple[Question, ...], notes: list[str]) -> str | None:
    """The question whose title's words all stand in the interviewer's first two turns, if just one does."""
    opening = " ".join([turn.text for turn in raw.turns if turn.role == "interviewer"][:2])
    said = stems(opening)
    fitting = [
        one.id
        for one in questions
        if (title := stems(one.title) - stems("distributed service system platform")) and title <= said
    ]
    if len(fitting) == 1:
        notes.append(
            f"The scenario was not given; by its opening it is {fitting[0]}. Say --scenario to change that."
        )
        return fitting[0]
    return None


def _from_json(text: str, id: str, name: str, candidate: str | None) -> _Raw:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:  # ValueError also for a number of thousands of digits
        where = (
            f" at line {error.lineno}, column {error.colno}: {error.msg}"
            if isinstance(error, json.JSONDecodeError)
            else ""
        )
        raise BadTranscript(
            f"{name} is not JSON{where}. Mend it, or save the interview as text with speaker labels."
        ) from error
    if isinstance(data, list):
        data = {"turns": data}
    turns = data.get("turns", data.get("messages")) if isinstance(data, dict) else None
    if not isinstance(turns, list) or not turns:
        raise BadTranscript(
            f'{name} has no "turns". Expected {{"turns": [{{"role": "interviewer|candidate", "text": "…"}}]}}.'
        )
    read = tuple(_json_turn(turn, index, name, candidate) for index, turn in enumerate(turns, start=1))

    def text_of(key: str) -> str | None:
        value = data.get(key)
        return _whole(value) if isinstance(value, str) and value else None

    minutes = data.get("minutes")
    return _Raw(
        turns=read,
        id=text_of("id") or text_of("session") or id,
        scenario=text_of("scenario"),
        kind=text_of("kind"),
        level=text_of("level"),
        plan=text_of("plan"),
        minutes=float(minutes) if isinstance(minutes, int | float) and 0 < minutes < 1000 else None,
    )


def _json_turn(turn: Any, n: int, name: str, candidate: str | None) -> Turn:  # Any: somebody else's JSON
    if not isinstance(turn, dict) or not isinstance(turn.get("text", turn.get("content")), str):
        raise BadTranscript(f'{name}, turn {n}: a turn needs a "role" and a "text".')
    speaker = str(turn.get("role", turn.get("speaker", "")))
    role = role_of(speaker)
    if candidate is not None:
        role = "candidate" if speaker.strip().lower() == candidate.strip().lower() else "interviewer"
    if role is None:
        given = repr(speaker[:_MOST_SHOWN])
        raise BadTranscript(f'{name}, turn {n}: unknown speaker {given}. Use "interviewer" or "candidate".')
    minute = turn.get("minute")
    return Turn(
        n=n,
        role=role,
        text=_whole(str(turn.get("text", turn.get("content")))),
        minute=float(minute) if isinstance(minute, int | float) and 0 <= minute < 10_000 else None,
    )


def _whole(text: str) -> str:
    """The text with each half of a character, which JSON can hold and no file, replaced by one that says so."""
    return _SURROGATES.sub("\N{REPLACEMENT CHARACTER}", text)
