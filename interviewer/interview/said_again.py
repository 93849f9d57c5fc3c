"""When a candidate wants our last words again: the same, or others because they were not understood.

Nobody who asks for the question may be answered with another one, so this is told apart from questions about the
problem: a turn that is short, and says nothing else.
"""

from __future__ import annotations

import re
from typing import Literal

Wish = Literal["same", "plainer"]
"""The very words once more, or plainer ones."""
MOST_WORDS, MOST_CHARS = 30, 300
"""A longer turn says something of its own, whatever else it asks."""
_OURS = r"(?:that|it|this|the (?:last )?(?:question|one|part|sentence)|your (?:last )?(?:question|sentence)|what you (?:said|asked|just said)|yourself|you|the last (?:bit|part|thing))"
_NOT = r"(?:i |i still |(?:^|[.!?,])\W*(?:sorry,? )?(?:still )?)(?:don'?t|do not|didn'?t|did not|can(?:'?t|not)|couldn'?t) (?:really |quite |fully |even )?"
_ENDS = r"(?: (?:at all|yet|either|here|really|sorry|now))?\W*(?:$|[.!?,;]|\b(?:and|but|can|could|what|please|sorry)\b)"
"""Whatever goes on with something of its own ("I can't get that from the cache") has understood us."""
_SAME = re.compile(
    rf"\b(?:(?:can|could|would|will) you (?:please )?(?:repeat(?: {_OURS}|,? please|\W*(?:$|[.!?,]))|say {_OURS} (?:once more|again)|ask {_OURS} again|go over {_OURS} again|read {_OURS} again)"
    rf"|what (?:was|is) (?:the|your) (?:last )?question(?: again)?|what did you (?:ask|say)|say {_OURS} (?:once more|again)"
    r"|(?:come|say|once) again,? ?(?:please)?\W*$|once more,? please|i (?:missed|didn'?t hear|did not hear|didn'?t catch|did not catch) (?:that|it|the question|your question|you)\W*(?:$|[.!?,;])|what was that\W*$|i beg your pardon)"
    rf"|(?:^|[.!?,])\W*(?:please |pls |sorry,? )?repeat (?:{_OURS}|please|pls)\b|^\W*(?:pardon(?: me)?|sorry|repeat)\W*\?\W*$",
    re.I,
)
_PLAINER = re.compile(
    rf"(?<!\w)(?:what (?:do|did) you mean\b(?! by\b)|what (?:are|were) you asking|(?:can|could|would) you (?:please )?(?:explain|rephrase|reword|clarify|reformulate) (?:{_OURS}|what you)"
    rf"|(?:can|could|would) you (?:please )?(?:say|put|ask|explain|phrase) {_OURS} (?:differently|another way|in (?:other|simpler|different|plainer) words|more simply|some other way|in a (?:simpler|different) way)"
    rf"|(?:please |pls )?rephrase(?: {_OURS}| please|\W*$)|in other words,? please|{_NOT}(?:understand|get|follow) {_OURS}{_ENDS}"
    rf"|{_NOT}understand\W*(?:$|[.!?,])|(?:i'?m |i am )?not (?:sure|certain) (?:i (?:understand|follow|get) (?:the|your|that)|what you (?:mean|want|ask|are asking|'re asking))"
    r"|(?:i'?m |i am )not following|unclear to me what you|your question (?:is|was) (?:unclear|not clear|confusing)|what does (?:that|the|your) (?:question )?mean\W*$)"
    r"|^[^\w?]*(?:huh|what|hm+)?[^\w?]*\?\W*$",
    re.I,
)


_A_WORD = re.compile(r"\bwhat (?:do|did) you mean by\b", re.I)


def wanted_again(text: str, is_open: bool = False) -> Wish | None:
    """What is wanted of our last words; None where the turn is about something else.

    While a question of ours `is_open`, what is meant by a word is asked of that question, and else of the problem.
    """
    if len(text) > MOST_CHARS or len(text.split()) > MOST_WORDS:
        return None
    if _PLAINER.search(text) or is_open and _A_WORD.search(text):
        return "plainer"
    return "same" if _SAME.search(text) else None
