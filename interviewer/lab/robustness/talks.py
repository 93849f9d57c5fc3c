"""Changing a talk: another text for a turn, turns put in or taken out, and small talks made from a few lines."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from interviewer.interview.ledger import Turn
from interviewer.interview.rubric import CandidateLevel, Kind
from interviewer.interview.transcript import Transcript
from interviewer.packs.load import Shelf

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=\S)")


def sentences_of(text: str) -> list[str]:
    """The text cut after its full stops, question and exclamation marks."""
    return [one for one in _SENTENCE_END.split(text) if one.strip()]


def renumbered(talk: Transcript, turns: Iterable[Turn]) -> Transcript:
    """The talk with these turns instead, numbered anew."""
    counted = tuple(turn.model_copy(update={"n": n}) for n, turn in enumerate(turns, start=1))
    return replace(talk, turns=counted)


def with_texts(talk: Transcript, change: Callable[[Turn], str]) -> Transcript:
    """The talk with every candidate turn's text changed."""
    return replace(
        talk,
        turns=tuple(
            turn.model_copy(update={"text": change(turn)}) if turn.role == "candidate" else turn
            for turn in talk.turns
        ),
    )


def with_text(talk: Transcript, n: int, text: str) -> Transcript:
    """The talk with another text in turn n."""
    return replace(
        talk,
        turns=tuple(turn.model_copy(update={"text": text}) if turn.n == n else turn for turn in talk.turns),
    )


def with_turns_after(talk: Transcript, n: int, new: Sequence[tuple[str, str]]) -> Transcript:
    """The talk with further turns, (role, text), after turn n; they share its minute and phase."""
    turns: list[Turn] = []
    for turn in talk.turns:
        turns.append(turn)
        if turn.n == n:
            turns += [
                Turn.model_validate(
                    {"n": 0, "role": role, "text": text, "minute": turn.minute, "phase": turn.phase}
                )
                for role, text in new
            ]
    return renumbered(talk, turns)


def split(talk: Transcript, n: int) -> Transcript:
    """The talk with candidate turn n said in two turns, cut between two sentences; as it was where there is only one."""
    turns: list[Turn] = []
    for turn in talk.turns:
        sentences = sentences_of(turn.text)
        if turn.n != n or len(sentences) < 2:
            turns.append(turn)
            continue
        middle = len(sentences) // 2
        turns += [
            turn.model_copy(update={"text": " ".join(sentences[:middle])}),
            turn.model_copy(update={"text": " ".join(sentences[middle:])}),
        ]
    return renumbered(talk, turns)


def cut_after(talk: Transcript, candidate_turns: int) -> Transcript:
    """The talk as if it had ended after so many turns of the candidate's."""
    turns: list[Turn] = []
    for turn in talk.turns:
        if candidate_turns <= 0:
            break
        turns.append(turn)
        candidate_turns -= turn.role == "candidate"
    return replace(talk, turns=tuple(turns))


def small_talk(
    id: str,
    lines: Sequence[tuple[str, str]],
    shelf: Shelf,
    kind: Kind,
    scenario: str | None = None,
    phase: str | None = None,
    level: CandidateLevel = CandidateLevel.senior,
) -> Transcript:
    """A talk of a few lines, (role, text), all in one phase: by default the plan's third, where designs are made."""
    plan = shelf.plan_for(kind.value)
    at = phase or plan.phases[min(2, len(plan.phases) - 1)].id
    turns = tuple(
        Turn.model_validate({"n": n, "role": role, "text": text, "phase": at})
        for n, (role, text) in enumerate(lines, start=1)
    )
    return Transcript(id=id, scenario=scenario, kind=kind, level=level, plan=plan.id, turns=turns)
