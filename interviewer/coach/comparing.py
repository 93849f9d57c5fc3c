"""Two cards side by side, and a moment taken up again: what the later one shows that the earlier one did not.

Something counts as lost only where there was an opportunity: what a short interview never came to is not lost.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from interviewer.interview.ledger import Quoted, Turn
from interviewer.interview.scorecard import CriterionResult, ItemResult, Scorecard


@dataclass(frozen=True)
class CriterionChange:
    """One criterion in both cards: levels, None where not assessed, and the texts of items gained and lost."""

    id: str
    name: str
    before: int | None
    after: int | None
    gained: tuple[str, ...]
    lost: tuple[str, ...]


@dataclass(frozen=True)
class Compared:
    """Two cards compared; flags by name, stated and confirmed ones only."""

    criteria: tuple[CriterionChange, ...]
    gained: tuple[str, ...]
    lost: tuple[str, ...]
    flags_gone: tuple[str, ...]
    flags_new: tuple[str, ...]


@dataclass(frozen=True)
class Again:
    """A moment taken up again: the question, both answers, and item texts that only one of them shows."""

    question: str
    before: str
    after: str
    gained: tuple[str, ...]
    lost: tuple[str, ...]


def compared(before: Scorecard, after: Scorecard) -> Compared:
    """The later card against the earlier one, in the later card's order. Criteria that only one of them has are left out."""
    earlier = {one.id: one for one in before.criteria}
    rows = tuple(_criterion(earlier[one.id], one) for one in after.criteria if one.id in earlier)
    was, now = _flags(before), _flags(after)
    return Compared(
        criteria=rows,
        gained=tuple(text for row in rows for text in row.gained),
        lost=tuple(text for row in rows for text in row.lost),
        flags_gone=tuple(name for id, name in was.items() if id not in now),
        flags_new=tuple(name for id, name in now.items() if id not in was),
    )


def _criterion(before: CriterionResult, after: CriterionResult) -> CriterionChange:
    was = {item.id: item for item in before.items}
    gained = (_told(item) for item in after.items if item.state == "met" and not _is_met(was.get(item.id)))
    lost = (_told(item) for item in after.items if item.state == "not_met" and _is_met(was.get(item.id)))
    return CriterionChange(after.id, after.name, before.level, after.level, tuple(gained), tuple(lost))


def _told(item: ItemResult) -> str:
    """The observable as it is said to the candidate, in the rubric's words on an older card."""
    return f"{item.you[:1].upper()}{item.you[1:]}." if item.you else item.text


def _is_met(item: ItemResult | None) -> bool:
    return item is not None and item.state == "met"


def _flags(card: Scorecard) -> dict[str, str]:
    return {flag.id: flag.name for flag in card.flags if flag.stated and flag.status == "confirmed"}


def taken_up_again(
    turn: int,
    first: Sequence[Turn],
    first_card: Scorecard,
    second: Sequence[Turn],
    second_card: Scorecard,
) -> Again:
    """The answer at candidate turn number `turn` of the first interview against the one given in its retry.

    Both interviews are the same up to the question; an answer is all that was said until the interviewer spoke again.
    """
    question = question_before(first, turn)
    before, after = _answer(first, question), _answer(second, question)
    shown, shown_now = _shown(first_card, before), _shown(second_card, after)
    return Again(
        question=first[question - 1].text if question else "",
        before="\n\n".join(said.text for said in before),
        after="\n\n".join(said.text for said in after),
        gained=tuple(text for id, text in shown_now.items() if id not in shown),
        lost=tuple(text for id, text in shown.items() if id not in shown_now),
    )


def question_before(turns: Sequence[Turn], turn: int) -> int:
    """The number of the interviewer's turn that a candidate's turn answers, 0 where there is none."""
    return max((one.n for one in turns if one.role == "interviewer" and one.n < turn), default=0)


def _answer(turns: Sequence[Turn], question: int) -> list[Turn]:
    answer: list[Turn] = []
    for turn in turns[question:]:
        if turn.role == "interviewer":
            break
        answer.append(turn)
    return answer


def _shown(card: Scorecard, answer: Sequence[Turn]) -> dict[str, str]:
    """Items that are met by words of the answer, with their texts."""
    turns = {turn.n for turn in answer}
    rows = {
        row.id for row in card.evidence
        if isinstance(row, Quoted) and row.polarity == "supports" and row.turn in turns
    }  # fmt: skip
    return {
        item.id: _told(item)
        for one in card.criteria
        for item in one.items
        if item.state == "met" and rows & set(item.evidence)
    }
