"""Their own word in a line of ours, so that it reads as speech: "the queue", "a leader", "Postgres", never a bare "queue".

An article is taken from what they said, where they said one. What stands bare and cannot be said so gives None, and the
line's `else` is said instead.
"""

from __future__ import annotations

import re

from interviewer.interview.standing import Standing
from interviewer.interview.technologies import technologies
from interviewer.interview.words import STOP_WORDS

_DETERMINED = re.compile(
    r"(?:\b(?:an?|the|one|this|that|these|those|your|my|our|each|every|any|no|which|how many|two|three)|'s|\d)\s+$",
    re.I,
)
_BEGINS_DETERMINED = re.compile(
    r"^(?:an?|the|one|two|three|any|each|every|many|our|some|hundreds?|several|own)\b", re.I
)
_OF_PLACE = re.compile(r"^(?:on|in|by|at|from|per|when|under|with|as)\b", re.I)
_LEADS_TO_NOUN = re.compile(r"\b(?:for|as|by|in|on|of|from|with|to|under|named|chose|said|is)\s+$", re.I)
_LEADS_TO_PLACE = re.compile(r"\b(?:said|chose|is)\s+$", re.I)
_COMMON = frozenset("cdn elb alb".split()) | {"api gateway", "websocket", "websockets"}
"""What `technologies` knows and people put an article before."""
_ARTICLE = re.compile(r"\b(an?|the|one|any|each|every|our|my|two|three|some)\s+$", re.I)
_THEIRS = {"our": "your", "my": "your"}


def said_in(line: str, at: int, slot: str, noun: str, standing: Standing) -> str | None:
    """How `noun` stands in a line where the slot begins at `at`; None where it would not read as speech."""
    before = line[:at]
    if slot in ("name", "cache", "bus", "their_store"):
        return _thing(before, _small(noun))
    if slot in ("choice", "store"):
        return _decision(before, _small(noun), standing)
    return noun


def _thing(before: str, noun: str) -> str:
    """A part or product that both of us know: with "the", unless it is a name of its own."""
    if _DETERMINED.search(before) or _is_name(noun) or _BEGINS_DETERMINED.match(noun) or noun.endswith("ing"):
        return noun
    return f"the {noun}"


def _decision(before: str, noun: str, standing: Standing) -> str | None:
    if _OF_PLACE.match(noun):
        return noun if _LEADS_TO_PLACE.search(before) or not _LEADS_TO_NOUN.search(before) else None
    if not _LEADS_TO_NOUN.search(before):
        return None
    goes_bare = _is_name(noun) or noun.isupper() or noun.endswith("ing") or _is_plural(noun)
    if goes_bare or _BEGINS_DETERMINED.match(noun):
        return noun
    article = _article_of(noun, standing)
    return f"{article} {noun}" if article else None


def _article_of(noun: str, standing: Standing) -> str | None:
    """The article that they put before it when they said it last; None where they said it bare, or as part of another word."""
    for made in reversed(standing.interview.claims):
        if made.claim.noun.casefold() != noun.casefold() or made.claim.kind not in ("decision", "part"):
            continue
        text = standing.interview.transcript[made.turn - 1].text
        found = _ARTICLE.search(text[: made.claim.start])
        behind = re.match(r"\s+([A-Za-z-]+)", text[made.claim.end :])
        if found and (behind is None or behind.group(1).lower() in STOP_WORDS):
            word = found.group(1).lower()
            return _THEIRS.get(word, word)
    return None


def _small(noun: str) -> str:
    """A common noun that began their sentence loses its capital."""
    plain = noun[:1].isupper() and noun[1:].islower() and not technologies(noun)
    return noun[:1].lower() + noun[1:] if plain else noun


def _is_name(noun: str) -> bool:
    """Whether it goes without an article: a product, an abbreviation, a code."""
    if noun.casefold() in _COMMON:
        return False
    product = any(start == 0 and end == len(noun) for _, _, start, end in technologies(noun))
    return product or any(char.isdigit() for char in noun)


def _is_plural(noun: str) -> bool:
    return noun.endswith("s") and not noun.endswith(("ss", "us", "is"))
