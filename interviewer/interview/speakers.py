"""Turns from a text with a label for each speaker: `Candidate: …`, `**Interviewer:** …`, `## Candidate`, `[04:10] Ana: …`.

A label counts as a speaker only where it is one by its word, by name, or by how often it stands there, since candidates
write labels too ("Reads: 4,000 a second"). Texts are kept as they are, but for line ends and space around a turn.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from interviewer.errors import BadTranscript
from interviewer.interview.ledger import Turn

Role = Literal["interviewer", "candidate"]

_ROLES: dict[str, Role] = {
    **dict.fromkeys(("interviewer", "coach", "examiner"), "interviewer"),
    **dict.fromkeys(("candidate", "cand", "interviewee", "applicant"), "candidate"),
}
_PERHAPS: dict[str, Role] = {
    **dict.fromkeys(("i", "int", "q", "question", "host", "panel", "assistant"), "interviewer"),
    **dict.fromkeys(("c", "a", "answer", "me", "user", "student"), "candidate"),
}
"""Words that label a speaker only where no clearer word does: "A:" may be the first of two options, "User:" a table."""

_BOLD = r"(?:\*\*|__)"
_NAME = r"[^\W\d_][\w .'\N{RIGHT SINGLE QUOTATION MARK}-]{0,30}?"
_TIME = r"[\[(]?(?P<before>\d{1,2}:\d{2}(?::\d{2})?)[\])]?\s*[-\N{EN DASH}\N{EM DASH}]?\s*"
_AFTER = r"(?:[(\[](?P<after>[^)\]\n]{0,20})[)\]])?"
_SPEAKER = re.compile(
    rf"^\s*(?:[-*>]\s+)?(?:#{{1,6}}\s+)?{_BOLD}?(?:{_TIME})?{_BOLD}?(?P<name>{_NAME})"
    rf"\s*{_AFTER}\s*(?::\s*{_BOLD}|{_BOLD}\s*:|:)(?:\s+|$)(?P<text>.*)$"
)
_HEADING = re.compile(
    rf"^\s*(?:#{{1,6}}\s+{_BOLD}?|{_BOLD})(?P<before>(?!))?(?P<name>{_NAME}){_BOLD}?\s*{_AFTER}\s*(?P<text>)$"
)
_LINE_END = re.compile(r"\r\n|\r|\n")
_CLOCK = re.compile(r"^(?:(\d+):)?(\d{1,2}):(\d{2})$|^(\d{1,3}(?:\.\d+)?)\s*(?:'|min|m)?$")
_NAME_AT_LEAST = 2
_SHARE_AT_LEAST = 1 / 3
_MOST_NAMED = 6


@dataclass(frozen=True)
class _Line:
    """A line, and what it would begin if its label is a speaker's."""

    whole: str
    label: str = ""
    text: str = ""
    time: str | None = None


def turns_of(text: str, name: str, candidate: str | None = None) -> tuple[Turn, ...]:
    """The turns of a labelled text; `candidate` is the candidate's label where it is a name, `name` the file's.

    Raises BadTranscript where nobody can be told to be the candidate.
    """
    lines = [_line(line) for line in _LINE_END.split(text)]
    roles = _speakers(Counter(line.label for line in lines if line.label), name, candidate)
    turns: list[Turn] = []
    for role, minute, said in _runs(lines, roles):
        if whole := "\n".join(said).strip():
            turns.append(Turn(n=len(turns) + 1, role=role, text=whole, minute=minute))
    return tuple(turns)


def role_of(label: str) -> Role | None:
    """The role that a label names, None where it names none."""
    low = label.strip().lower().rstrip("0123456789 #")
    return _ROLES.get(low) or _PERHAPS.get(low)


def _line(line: str) -> _Line:
    match = _SPEAKER.match(line) or _HEADING.match(line)
    if match is None:
        return _Line(line)
    return _Line(line, match["name"].strip().lower(), match["text"], match["before"] or match["after"])


def _runs(lines: list[_Line], roles: dict[str, Role]) -> Iterator[tuple[Role, float | None, list[str]]]:
    role, minute, said = None, None, list[str]()
    for line in lines:
        if line.label not in roles:
            said.append(line.whole)
            continue
        if role is not None:
            yield role, minute, said
        role, minute, said = roles[line.label], _minute(line.time), [line.text]
    if role is not None:
        yield role, minute, said


def _speakers(counts: Counter[str], name: str, candidate: str | None) -> dict[str, Role]:
    roles = _by_word(counts)
    if candidate is not None:
        key = candidate.strip().lower()
        if key not in counts:
            raise BadTranscript(f"{name}: nobody is called {candidate!r}. Speakers are: {_named(counts)}.")
        others = {label: role for label, role in roles.items() if label != key and role == "interviewer"}
        sure = {label: role for label, role in others.items() if _is_sure(label)}
        return {**(sure or _frequent(counts, {key}) or others), key: "candidate"}
    if "candidate" not in roles.values():
        raise BadTranscript(
            f"{name}: unknown speakers ({_named(counts)}). Label turns `Interviewer: …` and `Candidate: …`, or say --candidate NAME."
        )
    if "interviewer" not in roles.values():
        roles |= _frequent(counts, set(roles))
    return roles


def _by_word(counts: Counter[str]) -> dict[str, Role]:
    found = {label: role for label in counts if (role := role_of(label)) is not None}
    sure = {role for label, role in found.items() if _is_sure(label)}
    return {label: role for label, role in found.items() if role not in sure or _is_sure(label)}


def _is_sure(label: str) -> bool:
    return label.rstrip("0123456789 #") in _ROLES


def _frequent(counts: Counter[str], taken: set[str]) -> dict[str, Role]:
    """Names that stand there often enough to be somebody's: a third as often as the commonest, and twice at least."""
    others = {label: count for label, count in counts.items() if label not in taken}
    least = max(_NAME_AT_LEAST, _SHARE_AT_LEAST * max(others.values(), default=0))
    return {label: "interviewer" for label, count in others.items() if count >= least}


def _named(counts: Counter[str]) -> str:
    most = max(counts.values(), default=0)
    likely = [label for label, count in counts.most_common() if count >= _NAME_AT_LEAST or count == most]
    return ", ".join(likely[:_MOST_NAMED]) or "none"


def _minute(text: str | None) -> float | None:
    match = _CLOCK.match(text.strip()) if text else None
    if match is None:
        return None
    if match[4]:
        return float(match[4])
    return int(match[1] or 0) * 60 + int(match[2]) + int(match[3]) / 60
