"""How an interviewer may sound: one ask, a human length, no praise or grade, nothing of how we work inside.

Pure checks on a text alone; what a text may not give away at a moment is checked by `dialogue/guards.py`.
"""

from __future__ import annotations

import re

MOST_WORDS = 60
MOST_SENTENCES = 5

PRAISE = re.compile(
    r"\b(?:great(?! many| deal| number)|good (?:job|point|idea|answer|question|work|thinking|call|one|stuff)|that'?s good|very good|perfect|excellent|nice(?:ly)?|awesome|amazing|fantastic|brilliant"
    r"|impressive|correct(?:ly)?|exactly|well done|spot on|i (?:like|love) (?:that|it|how|your)|solid (?:answer|design|choice)|absolutely|wonderful|you'?re right that|that'?s (?:right|wrong|incorrect|a mistake)"
    r"|wrong answer|not (?:quite )?(?:right|correct)|bad (?:idea|choice|answer)|poor (?:answer|choice|design)|strong answer|weak answer|bingo|bravo|good)\b",
    re.I,
)
INSIDE = re.compile(
    r"\b(?:system prompt|as an ai|language model|rubric|red flag|scorecard says|my instructions|fact sheet|hint ladder|rung \d|phase budget|(?:fact|top|rf|cr|it|num|bot|cho|cur|fail)\.[a-z])",
    re.I,
)
QUESTION = re.compile(r"[^.!?]*\?")
_SECOND_ASK = re.compile(
    r"(?:,\s*|\s)(?:and|or|plus)\s+(?:also\s+)?(?:how|why|when|where|who|which|what)\s+(?:do|does|did|would|will|is|are|can|could|should|about)\b",
    re.I,
)
_LEAD = re.compile(r"^\W*(?:and|or|plus)\b", re.I)
_PAIR = re.compile(
    r"\b(?:what|who|which|where|when)\b[^?]{0,60},?\s+and\s+(?:what|who|which|where|when|holding|by whom)\b",
    re.I,
)


def asks_in(text: str) -> int:
    """How many things a text asks, by clause and not by question mark; a pair about one object is one."""
    total = 0
    for match in QUESTION.finditer(text):
        question = match.group()
        total += 1
        if _SECOND_ASK.search(_LEAD.sub("", question)) and not _PAIR.search(question):
            total += 1
    return total


def too_long(text: str) -> bool:
    """Whether it is more than a person says in one breath."""
    return len(text.split()) > MOST_WORDS or len(re.findall(r"[.?!](?:\s|$)", text)) > MOST_SENTENCES
