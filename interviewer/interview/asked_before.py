"""Which questions of ours were asked: a person who asks the same thing twice was not listening the first time."""

from __future__ import annotations

import re
from functools import lru_cache

from interviewer.interview.ledger import Turn
from interviewer.interview.speech import QUESTION

BARE = 3
"""A question of so few words ("And then?") asks for nothing in particular, and may come again."""


def questions_in(text: str) -> frozenset[str]:
    """The questions of a text, in plain lower case; those that are bare are left out."""
    plain = (re.sub(r"\s+", " ", match.group()).strip().casefold() for match in QUESTION.finditer(text))
    return frozenset(question for question in plain if len(question.split()) > BARE)


def asked_before(line: str, transcript: tuple[Turn, ...]) -> bool:
    """Whether a question of this line stands word for word in an earlier turn of ours. A line with a slot is not known yet."""
    questions = questions_in(line)
    return bool(questions) and bool(
        questions & _asked(tuple(t.text for t in transcript if t.role != "candidate"))
    )


@lru_cache(maxsize=64)
def _asked(texts: tuple[str, ...]) -> frozenset[str]:
    return frozenset().union(*(questions_in(text) for text in texts))
