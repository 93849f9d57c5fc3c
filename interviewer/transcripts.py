"""Reads transcripts of somebody else's interviews: JSON, Markdown with `**Interviewer:**`, or plain `Candidate: …`.

Whatever cannot be scored is refused with a sentence that says what is wrong and what would help. Texts are kept as they
are, character by character, since every quote on a card is given by its place in them.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from interviewer.errors import BadTranscript
from interviewer.interview.ledger import Turn
from interviewer.interview.pack import Question
from interviewer.interview.phases import PhasePlan
from interviewer.interview.rubric import CandidateLevel, Kind
from interviewer.interview.transcript import Transcript, phased
from interviewer.interview.words import STOP_WORDS, stems, tokens
from interviewer.packs.load import Shelf

MOST_BYTES = 2_000_000
MOST_TURNS = 2_000
_INTERVIEWER = {"interviewer", "i", "int", "coach", "examiner", "host", "question", "q", "panel", "assistant"}
_CANDIDATE = {"candidate", "c", "cand", "interviewee", "applicant", "me", "answer", "a", "user", "student"}
_SPEAKER = re.compile(
    r"^\s*(?:[-*>]\s+)?(?:\[?(?P<before>\d{1,2}:\d{2}(?::\d{2})?)\]?\s*[-–]?\s*)?(?:\*\*|__|#{1,4}\s+)?(?P<name>[A-Za-z][\w .'’-]{0,30}?)"  # noqa: RUF001
    r"\s*(?:[(\[](?P<after>[^)\]\n]{0,20})[)\]])?\s*(?::\s*(?:\*\*|__)|(?:\*\*|__)\s*:|:)(?:\s+|$)(?P<text>.*)$"
)
_CLOCK = re.compile(r"^(?:(\d+):)?(\d{1,2}):(\d{2})$|^(\d{1,3}(?:\.\d+)?)\s*(?:'|min|m)?$")
_NAME_AT_LEAST = 2

Role = Literal["interviewer", "candidate"]


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
        if path.stat().st_size > MOST_BYTES:
            raise BadTranscript(
                f"{path.name} has {path.stat().st_size:,} bytes; an interview has at most {MOST_BYTES:,}. Cut it to one interview."
            )
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadTranscript(
            f"{path.name} is not UTF-8 text (byte {error.start}). Save it as UTF-8."
        ) from error
    except OSError as error:
        raise BadTranscript(f"{path.name} cannot be read: {error.strerror}.") from error
    return settle(parse(text, path.stem, path.name, wanted.candidate), shelf, wanted)


def parse(text: str, id: str, name: str, candidate: str | None = None) -> _Raw:
    """A transcript's turns from its text; `name` is how messages speak of it. Raises BadTranscript."""
    raw = (
        _from_json(text, id, name)
        if text.lstrip()[:1] in ("{", "[")
        else _from_lines(text, id, name, candidate)
    )
    if not any(turn.role == "candidate" and turn.text.strip() for turn in raw.turns):
        raise BadTranscript(
            f'{name} has no candidate turns. Label them `Candidate: …`, or give role "candidate" in JSON.'
        )
    if len(raw.turns) > MOST_TURNS:
        raise BadTranscript(f"{name} has {len(raw.turns):,} turns; an interview has at most {MOST_TURNS:,}.")
    return raw


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
    plan = _plan(shelf, wanted.plan or raw.plan, kind, notes)
    if _is_other_language(raw.turns):
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


def _plan(shelf: Shelf, id: str | None, kind: Kind, notes: list[str]) -> PhasePlan:
    for plan in shelf.plans:
        if plan.id == id:
            return plan
    if id:
        notes.append(f"The plan {id!r} is not known; the kind's own was used.")
    return shelf.plan_for(kind.value)


def _choice(
    kind: type[Kind] | type[CandidateLevel], value: str | None, what: str
) -> Any:  # Any: one of the two enums
    if value is None:
        return None
    try:
        return kind(value)
    except ValueError as error:
        allowed = ", ".join(one.value for one in kind)
        raise BadTranscript(f"{what} {value!r} is not one of {allowed}.") from error


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


def _is_other_language(turns: tuple[Turn, ...]) -> bool:
    words = [token.text for turn in turns if turn.role == "candidate" for token in tokens(turn.text[:2000])]
    letters = "".join(words)
    if len(words) < 40 and len(letters) < 200:
        return False
    latin = sum(char.isascii() for char in letters) / max(1, len(letters))
    return latin < 0.6 or sum(word in STOP_WORDS for word in words) / max(1, len(words)) < 0.12


def _from_json(text: str, id: str, name: str) -> _Raw:
    try:
        data = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
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
    turns = data.get("turns") if isinstance(data, dict) else None
    if not isinstance(turns, list) or not turns:
        raise BadTranscript(
            f'{name} has no "turns". Expected {{"turns": [{{"role": "interviewer|candidate", "text": "…"}}]}}.'
        )
    read = tuple(_json_turn(turn, index, name) for index, turn in enumerate(turns, start=1))

    def text_of(key: str) -> str | None:
        value = data.get(key)
        return value if isinstance(value, str) and value else None

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


def _json_turn(turn: Any, n: int, name: str) -> Turn:  # Any: somebody else's JSON
    if not isinstance(turn, dict) or not isinstance(turn.get("text", turn.get("content")), str):
        raise BadTranscript(f'{name}, turn {n}: a turn needs a "role" and a "text".')
    role = _role(str(turn.get("role", turn.get("speaker", ""))))
    if role is None:
        given = turn.get("role", turn.get("speaker"))
        raise BadTranscript(f'{name}, turn {n}: unknown speaker {given!r}. Use "interviewer" or "candidate".')
    minute = turn.get("minute")
    return Turn(
        n=n,
        role=role,
        text=str(turn.get("text", turn.get("content"))),
        minute=float(minute) if isinstance(minute, int | float) and 0 <= minute < 10_000 else None,
    )


def _role(label: str) -> Role | None:
    low = label.strip().lower()
    if low in _INTERVIEWER:
        return "interviewer"
    return "candidate" if low in _CANDIDATE else None


def _from_lines(text: str, id: str, name: str, candidate: str | None) -> _Raw:
    labelled = [(match, line) for line in text.splitlines() for match in [_SPEAKER.match(line)]]
    counts = Counter(match["name"].strip().lower() for match, _ in labelled if match)
    roles = _roles(counts, name, candidate)
    turns: list[Turn] = []
    for match, line in labelled:
        label = match["name"].strip().lower() if match else ""
        if match and label in roles:
            minute = _minute(match["before"] or match["after"])
            turns.append(Turn(n=len(turns) + 1, role=roles[label], text=match["text"], minute=minute))
        elif turns:
            last = turns[-1]
            turns[-1] = last.model_copy(update={"text": f"{last.text}\n{line}"})
    kept = [turn.model_copy(update={"text": turn.text.strip()}) for turn in turns if turn.text.strip()]
    return _Raw(turns=tuple(turn.model_copy(update={"n": n}) for n, turn in enumerate(kept, start=1)), id=id)


def _roles(counts: Counter[str], name: str, candidate: str | None) -> dict[str, Role]:
    roles: dict[str, Role] = {label: role for label in counts if (role := _role(label)) is not None}
    if candidate is not None:
        key = candidate.strip().lower()
        if key not in counts:
            raise BadTranscript(
                f"{name}: nobody is called {candidate!r}. Speakers are: {', '.join(sorted(counts)) or 'none'}."
            )
        others = {
            label: "interviewer"
            for label, count in counts.items()
            if count >= _NAME_AT_LEAST or label in roles
        }
        return {**others, key: "candidate"}  # type: ignore[dict-item]  # the two roles
    if "candidate" not in roles.values():
        speakers = [
            label
            for label, count in counts.most_common()
            if count >= _NAME_AT_LEAST or count == max(counts.values())
        ]
        named = ", ".join(speakers[:6]) or "none"
        raise BadTranscript(
            f"{name}: unknown speakers ({named}). Label turns `Interviewer: …` and `Candidate: …`, or say --candidate NAME."
        )
    if set(roles.values()) == {"candidate"}:
        roles |= {
            label: "interviewer"
            for label, count in counts.items()
            if label not in roles and count >= _NAME_AT_LEAST
        }
    return roles


def _minute(text: str | None) -> float | None:
    match = _CLOCK.match(text.strip()) if text else None
    if match is None:
        return None
    if match[4]:
        return float(match[4])
    return (
        int(match[1] or 0) * 60 + int(match[2]) + int(match[3]) / 60
        if match[1]
        else int(match[2]) + int(match[3]) / 60
    )
