"""Asking once more where an endpoint answered and there was no word in it: with a nudge, or with more room.

A model that used up its room before its first word was thinking, and needs longer; one that came to its end without a
word is told so (wire.md 5, row 60). Either is asked once more and not again.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from interviewer.llm.model import Message, Prompt

EMPTY = "empty"
"""The fault of an answer that came to its own end and holds no word."""
ALL_THINKING = "all_thinking"
"""The fault of an answer whose room was used up before its first word."""
ONCE = frozenset({EMPTY, ALL_THINKING})
"""Faults after which the same is asked once more, and no further."""
NUDGE = "Your last answer was empty. Answer now, in the form that is asked for above."
MORE_ROOM = 2
"""So many times the tokens are allowed where they were not enough to come to a word."""


def anew(prompt: Prompt, met: Collection[str]) -> Prompt:
    """The prompt as it is asked after the faults that were met, by their codes."""
    if ALL_THINKING in met:
        prompt = replace(prompt, most_tokens=MORE_ROOM * prompt.most_tokens)
    if EMPTY in met and prompt.messages:
        # within the last message: not every endpoint takes two of the same side in a row
        *before, last = prompt.messages
        prompt = replace(prompt, messages=(*before, Message(last.role, f"{last.text}\n\n{NUDGE}")))
    return prompt
