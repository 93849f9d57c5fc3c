"""Checks that everything passes before it leaves, whoever wrote it: offline speaker or model.

One ask, a human length, no praise or grade, no concept that the candidate has not earned, no question that was asked
before, no figure from nowhere, nothing of how we work inside. A line that fails is withheld; the speaker takes another.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from interviewer.interview.asked_before import asked_before
from interviewer.interview.moves import (
    AnswerQuestions,
    AskAgain,
    Decline,
    DeferToCandidate,
    DisputeFact,
    Hint,
    Move,
    OffSheet,
    Open,
    RestateBrief,
    SettleFigure,
    Volunteer,
)
from interviewer.interview.pack import Scenario
from interviewer.interview.speech import INSIDE, PRAISE, QUESTION, asks_in, too_long
from interviewer.interview.standing import Standing
from interviewer.interview.words import stems

_NUMBER = re.compile(r"\d(?:[\d,.]*\d)?")


_OURS_TO_TELL = (
    Open,
    RestateBrief,
    AnswerQuestions,
    DeferToCandidate,
    Volunteer,
    DisputeFact,
    SettleFigure,
    OffSheet,
)
"""Moves that give facts: what the sheet says may be said once it is asked for."""


@dataclass(frozen=True)
class Verdict:
    """Whether a text may leave. `faults` names each guard that withholds it, with the words that woke it."""

    faults: tuple[tuple[str, str], ...] = field(default=())

    @property
    def passed(self) -> bool:
        """Whether nothing withholds it."""
        return not self.faults


def check(text: str, move: Move, standing: Standing, own_lines: tuple[str, ...] = ()) -> Verdict:
    """Every guard on one text. `own_lines` are lines of the move's own material, whose figures it may use."""
    faults: list[tuple[str, str]] = []
    if not isinstance(move, Open) and asks_in(text) > 1:
        faults.append(("two asks", text))
    again = _is_said_again(move)
    if not again and not isinstance(move, Open | AnswerQuestions | Volunteer) and too_long(text):
        faults.append(("length", str(len(text.split()))))
    if praise := PRAISE.search(text):
        faults.append(("praise", praise.group()))
    if inside := INSIDE.search(text):
        faults.append(("inside", inside.group()))
    if not again and not isinstance(move, _OURS_TO_TELL):
        faults += [("leak", word) for word in leaks(text, move, standing)]
    if not again and (repeated := _repeats(text, standing)):
        faults.append(("repeat", repeated))
    faults += [("figure", figure) for figure in _unknown_figures(text, standing, own_lines)]
    return Verdict(tuple(faults))


def _is_said_again(move: Move) -> bool:
    """Whether it is wanted that we say something again: it was let out once, as long as it was."""
    match move:
        case AskAgain(wish=wish):
            return wish is not None
        case Decline(why=why):
            return why == "language"
        case _:
            return False


def guarded_words(standing: Standing, move: Move, text: str | None = None) -> frozenset[str]:
    """Words, of all or of those that a text holds, that the candidate has not earned yet: guarded by a topic, and neither said by them nor made common property."""
    scenario: Scenario = standing.pack.scenario
    said = " ".join(turn.text.lower() for turn in standing.interview.transcript if turn.role == "candidate")
    said += " ".join(box.label.lower() for box in standing.interview.board.boxes)
    exposed = {
        word.lower() for given in standing.interview.given for word in scenario.fact(given.fact).exposes
    }
    words = {word.lower() for topic in scenario.topics for word in topic.guarded}
    if text is not None:
        words = {word for word in words if _holds(text, word)}
    if isinstance(move, Hint) and move.rung >= 2:
        words -= {word.lower() for word in scenario.topic(move.topic).guarded}
    return frozenset(word for word in words - exposed if not _holds(said, word))


def leaks(text: str, move: Move, standing: Standing) -> tuple[str, ...]:
    """Guarded words in a text that the move may not say."""
    return tuple(sorted(guarded_words(standing, move, text.lower())))


def _holds(text: str, word: str) -> bool:
    """Whether a text holds a word as a word, or in the plural; part of another word earns nothing."""
    return word in text and re.search(rf"(?<!\w){re.escape(word)}(?:s|es)?(?!\w)", text) is not None


def _repeats(text: str, standing: Standing) -> str | None:
    earlier = [turn.text for turn in standing.interview.transcript if turn.role == "interviewer"]
    for match in QUESTION.finditer(text):
        question = match.group().strip()
        mine = stems(question)
        if asked_before(question, standing.interview.transcript):
            return question
        if len(mine) >= 2 and any(
            question in said or (len(mine) >= 4 and _same(mine, said)) for said in earlier
        ):
            return question
    return None


def _same(mine: frozenset[str], said: str) -> bool:
    for match in QUESTION.finditer(said):
        theirs = stems(match.group())
        if theirs and len(mine & theirs) / len(mine | theirs) > 0.85:
            return True
    return False


def _unknown_figures(text: str, standing: Standing, own_lines: tuple[str, ...]) -> tuple[str, ...]:
    scenario = standing.pack.scenario
    known = " ".join(
        [
            *own_lines,
            scenario.brief,
            *(turn.text for turn in standing.interview.transcript),
            *(scenario.fact(given.fact).say for given in standing.interview.given),
        ]
    )
    figures = set(_NUMBER.findall(known))
    return tuple(figure for figure in _NUMBER.findall(text) if figure not in figures)
