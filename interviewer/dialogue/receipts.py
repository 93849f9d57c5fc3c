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
    SmallerQuestion,
)
from interviewer.interview.standing import Standing
from interviewer.packs.phrases import Phrases

NONE_IN = 0.2
PLAIN_IN = 0.5


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
        | Hint | FindOut | Park | GoOn | Redirect | PressContradiction | SmallerQuestion
    )  # fmt: skip
    if heard is None or isinstance(move, without):
        return None
    if heard.has(Act.not_know, Act.stuck, Act.buzzwords, Act.rambles, Act.agrees_only):
        return None
    turn = len(standing.interview.transcript)
    if draw(seed, "receipt", turn) < NONE_IN and not isinstance(move, Close):
        return None
    given = {made.receipt for made in standing.interview.moves if made.receipt}
    if draw(seed, "plain receipt", turn) >= PLAIN_IN:
        for about, text in _said_back(standing):
            if about not in given:
                return Receipt(text, about)
    used = {id for made in standing.interview.moves for id in made.phrases}
    lines = phrases.of("receipt_plain")
    for index in order(len(lines), seed, "receipt_plain"):
        if f"receipt_plain.{index}" not in used:
            return Receipt(lines[index], None, (f"receipt_plain.{index}",))
    return None


def _said_back(standing: Standing) -> list[tuple[str, str]]:
    """Receipts for what was filled in this turn, the latest first; for a topic touched with nothing filled, its open one."""
    heard = standing.heard
    found: list[tuple[str, str]] = []
    for touch in sorted(heard.topics if heard else (), key=lambda touch: -touch.end):
        topic = standing.pack.scenario.topic(touch.topic)
        for slot in reversed(touch.slots):
            if (text := topic.slot(slot).receipt) is not None:
                found.append((f"{topic.id}.{slot}", text))
        if not touch.slots and topic.receipt_open:
            found.append((topic.id, topic.receipt_open))
    return found
