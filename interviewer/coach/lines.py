"""The lines of a card by the names people read: what a change, a contest or an answer is about."""

from __future__ import annotations

from interviewer.interview.ledger import Quoted
from interviewer.interview.scorecard import Scorecard

_SECTIONS = {
    "moment": "The moment that decided most",
    "strengths": "What was strong",
    "fix": "What to fix first",
    "levels": "Levels",
    "flags": "Red flags",
    "recovered": "What was put right",
    "possible": "Possible flags",
    "unassessed": "Not assessed",
    "sums": "The sums",
    "never-asked": "What was never asked for",
    "fairness": "The fairness of the interview",
    "verdict": "The verdict",
}


def line_names(*cards: Scorecard) -> dict[str, str]:
    """Names by id: criteria, items (alone and as criterion/item), flags, quotes and sections. Of several cards the last wins."""
    names = dict(_SECTIONS)
    for card in cards:
        for one in card.criteria:
            names[one.id] = one.name
            for item in one.items:
                names[item.id] = names[f"{one.id}/{item.id}"] = f"{one.name}: {item.text}"
        names |= {flag.id: flag.name for flag in card.flags}
        names |= {
            row.id: f"“{row.quote}” (turn {row.turn})" for row in card.evidence if isinstance(row, Quoted)
        }
    return names


def named(names: dict[str, str], id: str) -> str:
    """The name of a line; what stands on no card any more is read from its id."""
    return names.get(id) or id.rpartition("/")[2].partition(".")[2].replace("-", " ") or id
