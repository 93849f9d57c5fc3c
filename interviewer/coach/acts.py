"""What coaches have done to a card, in order: the acts that change it, each with who, why and when.

An act is an event of the internal stream. Only the last word on a target holds; what was said before stays in the list.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from interviewer.interview.events import (
    EvidenceAdded,
    EvidenceDropped,
    FlagSettled,
    ScoreOverridden,
    SessionDismissed,
    Stored,
)
from interviewer.interview.ledger import Absent, Quoted
from interviewer.interview.scorecard import Scorecard

ActKind = Literal["override", "evidence_added", "evidence_dropped", "flag_settled", "dismissed"]
Value = int | str | None


@dataclass(frozen=True)
class Act:
    """One act of a coach's. `was` and `to` are levels, states or flag statuses; `quote` and `turn` where words are meant."""

    kind: ActKind
    target: str
    was: Value
    to: Value
    quote: str
    turn: int | None
    by: str
    reason: str
    at: datetime


def acts_of(issued: Scorecard | None, events: Iterable[Stored]) -> tuple[Act, ...]:
    """All acts among the events, oldest first. Without a card there are none but a dismissal."""
    statuses: dict[str, str] = {flag.id: flag.status for flag in issued.flags} if issued else {}
    quotes = {row.id: row for row in issued.evidence} if issued else {}
    added: dict[str, Act] = {}
    acts: list[Act] = []
    for stored in events:
        event, at = stored.event, stored.at
        match event:
            case ScoreOverridden(target=target, was=was, to=to, by=by, reason=reason):
                acts.append(Act("override", target, was, to, "", None, by, reason, at))
            case EvidenceAdded(target=target, turn=turn, quote=quote, by=by, reason=reason):
                to = "for" if event.stands_for else "against"
                act = Act("evidence_added", target, None, to, quote, turn, by, reason, at)
                added[added_id(stored)] = act
                if "/" not in target and event.stands_for:
                    statuses.setdefault(target, "confirmed")  # words for a flag put it on the card
                acts.append(act)
            case EvidenceDropped(evidence=id, by=by, reason=reason):
                said, where = _words_of(id, quotes, added)
                acts.append(Act("evidence_dropped", id, said, None, said, where, by, reason, at))
            case FlagSettled(flag=flag, to=settled, by=by, reason=reason):
                acts.append(
                    Act("flag_settled", flag, statuses.get(flag, ""), settled, "", None, by, reason, at)
                )
                statuses[flag] = settled
            case SessionDismissed(by=by, reason=reason):
                acts.append(Act("dismissed", stored.session, None, None, "", None, by, reason, at))
            case _:
                pass
    return tuple(acts)


def _words_of(
    id: str, rows: Mapping[str, Quoted | Absent], added: Mapping[str, Act]
) -> tuple[str, int | None]:
    row = rows.get(id)
    if isinstance(row, Quoted):
        return row.quote, row.turn
    return (added[id].quote, added[id].turn) if id in added else ("", None)


def added_id(stored: Stored) -> str:
    """The id under which a coach's piece of evidence stands on the card that holds now."""
    return f"ev_c{stored.pos}"
