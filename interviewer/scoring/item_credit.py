"""Who raised what an item shows: an item as a concept of `credit.py`.

An item is a way of thinking rather than a word, so nothing the interviewer mentions gives it away by itself; what they
suggest just before does. The item's own `asked` cues tell a question for that very thing from one that leaves it to
the candidate.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache

from interviewer.interview.acts import InterviewerAct
from interviewer.interview.ledger import Credit
from interviewer.interview.pack import Scenario
from interviewer.interview.rubric import Item
from interviewer.interview.words import Span
from interviewer.scoring.credit import Concept, Raised, Talk, credit_of, said_back
from interviewer.scoring.signs import cues_in

_NOTHING = r"(?!)"


Hinted = Mapping[int, frozenset[str]]
"""The items at which our own director's hints pointed, by the number of the turn that gave the hint."""


def hinted_at(hints: tuple[tuple[int, str], ...], scenario: Scenario | None) -> Hinted:
    """The items that the hints of an interview led to: those of their topics' slots."""
    if scenario is None:
        return {}
    items = {
        str(topic.id): frozenset(str(slot.item) for slot in topic.slots if slot.item)
        for topic in scenario.topics
    }
    return {turn: items.get(topic, frozenset()) for turn, topic in hints}


def item_credit(item: Item, talk: Talk, turn: int, span: Span, hinted: Hinted | None = None) -> Raised:
    """The credit of an item's row at `span` of candidate turn number `turn`."""
    raised = _raised(item, talk, turn, span)
    if raised.credit in (Credit.unprompted, Credit.asked):
        for at in _before(talk, turn):
            if item.id in (hinted or {}).get(talk.turns[at].n, frozenset()):
                return replace(raised, credit=Credit.hinted, source_turn=talk.turns[at].n)
    return raised


def _raised(item: Item, talk: Talk, turn: int, span: Span) -> Raised:
    matters = any(_matters(item, talk, at) for at in _before(talk, turn))
    if not matters and said_back(talk, talk.index(turn), span) is None:
        return Raised(Credit.unprompted, turn, span.start, span.end)
    return credit_of(talk, _concept(item), turn, span)


def _before(talk: Talk, turn: int) -> Iterator[int]:
    for at in range(talk.index(turn) - 1, -1, -1):
        if talk.turns[at].role == "candidate":
            return
        yield at


def _matters(item: Item, talk: Talk, at: int) -> bool:
    hinted = any(prompt.act is InterviewerAct.hint for prompt in talk.prompts[at])
    return hinted or cues_in(item.asked, talk.turns[at].text)


@lru_cache(maxsize=512)
def _concept(item: Item) -> Concept:
    return Concept(name=item.id, cues=(), asked=item.asked or (_NOTHING,))
