"""Who raised what an item shows: an item as a concept of `credit.py`, and one memory of the talk for many rows.

An item is introduced by whoever first suggests it, so a suggestion of the interviewer's makes what follows hinted, or
an echo. The item's own `asked` cues tell a question for that very thing from one that leaves it to the candidate.
"""

from __future__ import annotations

from functools import lru_cache

from interviewer.interview.rubric import Item
from interviewer.interview.words import Span
from interviewer.scoring.credit import Concept, Raised, Talk, credit_of

_NOTHING = r"(?!)"


def item_credit(item: Item, talk: Talk, turn: int, span: Span) -> Raised:
    """The credit of an item's row at `span` of candidate turn number `turn`."""
    return credit_of(talk, _concept(item), turn, span)


@lru_cache(maxsize=512)
def _concept(item: Item) -> Concept:
    return Concept(name=item.id, cues=(), asked=item.asked or (_NOTHING,))
