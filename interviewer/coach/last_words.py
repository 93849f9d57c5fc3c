"""The last word that coaches have said on every target of a card: items, levels, flags and pieces of evidence."""

from __future__ import annotations

from dataclasses import dataclass, field

from interviewer.coach.acts import added_id
from interviewer.interview.events import EvidenceAdded, EvidenceDropped, FlagSettled, ScoreOverridden, Stored
from interviewer.interview.scorecard import CriterionResult, ItemResult, Level, Scorecard


def target_of(criterion: CriterionResult, item: ItemResult) -> str:
    """How an item is named as a target: `criterion/item`."""
    return f"{criterion.id}/{item.id}"


@dataclass
class Words:
    """What holds now: states of items and levels with who gave them and why, flags, evidence added and dropped by its id."""

    items: dict[str, tuple[str, str]] = field(default_factory=dict)
    levels: dict[str, tuple[Level | None, str, str]] = field(default_factory=dict)
    flags: dict[str, tuple[FlagSettled, str]] = field(default_factory=dict)
    added: dict[str, tuple[EvidenceAdded, str]] = field(default_factory=dict)
    dropped: set[str] = field(default_factory=set)


def last_words(issued: Scorecard, events: tuple[Stored, ...]) -> Words:
    """The last word on every target of the card, from events in order."""
    words = Words()
    subjects = {row.id: row.subject for row in issued.evidence}
    items = {item.id: target_of(one, item) for one in issued.criteria for item in one.items}
    for stored in events:
        match stored.event:
            case ScoreOverridden(target=target, to=to) as word if "/" in target:
                words.items[target] = (str(to), word.by)
            case ScoreOverridden(target=target, to=to) as word:
                words.levels[target] = (_as_level(to), word.by, word.reason)
            case FlagSettled(flag=flag) as word:
                words.flags[flag] = (word, stored.at.isoformat())
            case EvidenceAdded(target=target) as word:
                id = added_id(stored)
                subjects[id] = target.partition("/")[2] or target
                words.added[id] = (word, stored.at.isoformat())
                words.items.pop(target, None)  # what was said last about an item holds
            case EvidenceDropped(evidence=id):
                words.dropped.add(id)
                words.items.pop(items.get(subjects.get(id, ""), ""), None)
            case _:
                pass
    return words


def _as_level(value: int | str | None) -> Level | None:
    match value:
        case 1 | 2 | 3 | 4:
            return value
        case _:
            return None
