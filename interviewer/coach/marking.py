"""A coach's and a candidate's words on a card, checked and turned into events.

Whatever is named must stand on the card or in the conversation; BadInput says what there is. A quote is cut from the
turn itself, so it is verbatim by construction.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from interviewer.coach.last_words import target_of
from interviewer.errors import BadInput
from interviewer.interview.events import (
    CoachScored,
    EvidenceAdded,
    EvidenceDropped,
    FlagSettled,
    LineContested,
    ScoreOverridden,
)
from interviewer.interview.ledger import Turn
from interviewer.interview.rubric import Kind, Rubric
from interviewer.interview.scorecard import CriterionResult, ItemResult, Scorecard

SECTIONS = (
    "moment", "strengths", "fix", "levels", "flags", "recovered", "possible", "unassessed", "sums", "never-asked",
    "fairness", "verdict",
)  # fmt: skip
"""Sections of a card that can be contested as a whole, as `reading.py` names them."""
_STATES = ("met", "not_met", "not_observable")
_MOST_NAMED = 40


def own_levels(
    card: Scorecard, levels: Mapping[str, int | None], by: str, blind: bool
) -> CoachScored:  # fmt: skip
    """A coach's own levels by criterion. Raises BadInput for a criterion that the card does not have."""
    ids = [one.id for one in card.criteria]
    if strangers := sorted(set(levels) - set(ids)):
        raise BadInput(f"No criterion {strangers[0]!r} on this card. {_there_are(ids)}")
    if not levels:
        raise BadInput("No level was given. Give at least one.")
    return CoachScored(levels=dict(levels), by=by, blind=blind)


def override(card: Scorecard, target: str, to: int | str | None, by: str, reason: str) -> ScoreOverridden:
    """A change of a criterion's level or an item's state; `card` is the one that holds now. Raises BadInput."""
    if "/" in target:
        one, item = _item(card, target)
        if to not in _STATES:
            raise BadInput(f"An item is one of {', '.join(_STATES)}, not {to!r}.")
        if one.level is None and to == "not_met":
            raise BadInput(
                f"{one.name} was not assessed, so nothing in it can be missed. Give the criterion a level instead."
            )
        return ScoreOverridden(target=target, was=item.state, to=to, by=by, reason=reason)
    one = _criterion(card, target)
    if to is not None and (isinstance(to, str) or to not in (1, 2, 3, 4)):
        raise BadInput(f"A level is 1, 2, 3, 4, or null for not assessed, not {to!r}.")
    return ScoreOverridden(target=target, was=one.level, to=to, by=by, reason=reason)


def evidence(
    card: Scorecard,
    turns: Sequence[Turn],
    rubric: Rubric,
    target: str,
    place: tuple[int, int, int],
    stands_for: bool,
    by: str,
    reason: str,
) -> EvidenceAdded:
    """Words of a candidate turn for or against an item or a flag. `place` is turn, start and end. Raises BadInput."""
    turn, start, end = place
    if "/" in target:
        _item(card, target)
    else:
        known = [flag.id for flag in card.flags]
        known += [flag.id for flag in rubric.flags_for(Kind(card.kind)) if flag.id not in known]
        if target not in known:
            raise BadInput(f"No flag {target!r}, and an item is named criterion/item. {_there_are(known)}")
        if target not in {flag.id for flag in card.flags} and not stands_for:
            raise BadInput("That flag is not on the card, so nothing need be said against it.")
    said = candidate_turn(turns, turn)
    if not 0 <= start < end <= len(said.text):
        raise BadInput(f"Turn {turn} has {len(said.text)} characters; {start} to {end} do not lie in it.")
    quote = said.text[start:end]
    if not any(sign.isalnum() for sign in quote):
        raise BadInput("Select at least one word.")
    return EvidenceAdded(
        target=target,
        turn=turn,
        start=start,
        end=end,
        quote=quote,
        stands_for=stands_for,
        by=by,
        reason=reason,
    )


def evidence_dropped(card: Scorecard, id: str, by: str, reason: str) -> EvidenceDropped:
    """A piece of evidence of the card that holds now is dropped. Raises BadInput."""
    ids = [row.id for row in card.evidence]
    if id not in ids:
        raise BadInput(f"No evidence {id!r} on this card. {_there_are(ids)}")
    return EvidenceDropped(evidence=id, by=by, reason=reason)


def settled(
    flags: Iterable[str], id: str, to: Literal["confirmed", "recovered", "dropped"], by: str, reason: str
) -> FlagSettled:
    """A coach's word on a flag; `flags` are those on the card, as issued or now. Raises BadInput."""
    ids = list(dict.fromkeys(flags))
    if id not in ids:
        raise BadInput(f"No flag {id!r} on this card. {_there_are(ids)}")
    return FlagSettled(flag=id, to=to, by=by, reason=reason)


def contested(card: Scorecard, line: str, by: str, reason: str) -> LineContested:
    """A line of the card that the candidate holds to be wrong. Raises BadInput."""
    lines = {*SECTIONS, *(row.id for row in card.evidence), *(flag.id for flag in card.flags)}
    for one in card.criteria:
        lines |= {one.id, *(item.id for item in one.items), *(target_of(one, item) for item in one.items)}
    if line not in lines:
        raise BadInput(
            f"No line {line!r} on this card. Name a criterion, an item, a flag, a piece of evidence, "
            f"or a section: {', '.join(SECTIONS)}."
        )
    return LineContested(line=line, reason=reason, by=by)


def candidate_turn(turns: Sequence[Turn], n: int) -> Turn:
    """The candidate's turn with this number. Raises BadInput, naming those there are."""
    if not 1 <= n <= len(turns) or turns[n - 1].role != "candidate":
        said = [str(turn.n) for turn in turns if turn.role == "candidate"]
        raise BadInput(f"Turn {n} is not one of the candidate's. {_there_are(said)}")
    return turns[n - 1]


def _item(card: Scorecard, target: str) -> tuple[CriterionResult, ItemResult]:
    one = _criterion(card, target.partition("/")[0])
    for item in one.items:
        if target_of(one, item) == target:
            return one, item
    raise BadInput(f"No item {target!r}. {_there_are([target_of(one, item) for item in one.items])}")


def _criterion(card: Scorecard, id: str) -> CriterionResult:
    for one in card.criteria:
        if one.id == id:
            return one
    raise BadInput(f"No criterion {id!r} on this card. {_there_are([one.id for one in card.criteria])}")


def _there_are(names: Sequence[str]) -> str:
    if not names:
        return "There are none."
    more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    return f"There are: {', '.join(names[:_MOST_NAMED])}{more}."
