"""Receipts: saying back, in a few neutral words, that something was heard.

They come after weak answers as after strong ones, about two turns in three, or they would be a grade (craft.md 3.4).
Nothing is said back that was not heard with confidence, and never the same receipt twice.
"""

from __future__ import annotations

from dataclasses import dataclass

from interviewer.interview.chance import draw, order
from interviewer.interview.heard import Act
from interviewer.interview.moves import (
    AnswerQuestions,
    AskAgain,
    Close,
    Decline,
    DeferToCandidate,
    DisputeFact,
    FindOut,
    GoOn,
    Hint,
    Move,
    Nudge,
    OffSheet,
    Open,
    Park,
    PressContradiction,
    Redirect,
    RestateBrief,
    SettleFigure,
    SmallerQuestion,
)
from interviewer.interview.standing import Standing
from interviewer.packs.phrases import Phrases

NONE_IN = 0.2
PLAIN_IN = 0.5
SURE_SLOTS = 2
"""What we did not ask about is said back only where so much of it was said that it cannot be a chance word."""


@dataclass(frozen=True)
class Receipt:
    """What is said back: its text, what it is about as "topic.slot", and the phrase ids used."""

    text: str
    about: str | None
    phrases: tuple[str, ...] = ()


def receipt_for(standing: Standing, move: Move, phrases: Phrases) -> Receipt | None:
    """The receipt that fits before a move, None where silence fits better."""
    heard, seed = standing.heard, standing.interview.begun.seed
    without = (
        Open | AnswerQuestions | OffSheet | DeferToCandidate | RestateBrief | DisputeFact | AskAgain | Decline | Nudge
        | Hint | FindOut | Park | GoOn | Redirect | PressContradiction | SettleFigure
        | SmallerQuestion
    )  # fmt: skip
    if heard is None or isinstance(move, without):
        return None
    if heard.has(Act.not_know, Act.stuck):
        return _plain(standing, "kind", phrases)
    if heard.has(Act.buzzwords, Act.rambles, Act.agrees_only):
        return None
    turn = len(standing.interview.transcript)
    if draw(seed, "receipt", turn) < NONE_IN and not isinstance(move, Close):
        return None
    given = {made.receipt for made in standing.interview.moves if made.receipt}
    if draw(seed, "plain receipt", turn) >= PLAIN_IN:
        for about, text in _said_back(standing):
            if about not in given:
                return Receipt(text, about)
    return _plain(standing, "receipt_plain", phrases)


def _plain(standing: Standing, purpose: str, phrases: Phrases) -> Receipt | None:
    """A line that says only that something was heard, one not used yet."""
    used = {id for made in standing.interview.moves for id in made.phrases}
    lines = phrases.of(purpose)
    begun = standing.interview.begun
    for index in order(len(lines), begun.seed, purpose, begun.scenario):
        if f"{purpose}.{index}" not in used:
            return Receipt(lines[index], None, (f"{purpose}.{index}",))
    return None


def _said_back(standing: Standing) -> list[tuple[str, str]]:
    """Receipts for what was filled in this turn, the latest first; for a topic touched with nothing filled, its open one."""
    heard = standing.heard
    found: list[tuple[str, str]] = []
    for touch in sorted(heard.topics if heard else (), key=lambda touch: -touch.end):
        topic = standing.pack.scenario.topic(touch.topic)
        if touch.topic != standing.last_topic and len(touch.slots) < SURE_SLOTS:
            continue
        for slot in reversed(touch.slots):
            if (text := topic.slot(slot).receipt) is not None:
                found.append((f"{topic.id}.{slot}", text))
        if not touch.slots and topic.receipt_open:
            found.append((topic.id, topic.receipt_open))
    return found
