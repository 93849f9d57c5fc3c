"""Sentences of a text that is still coming: each as soon as it cannot grow any more."""

from __future__ import annotations

import re
from dataclasses import dataclass

_END = re.compile(r"[.?!…]+[\"'”’)\]]*(?=\s)|\n+")
_NO_END = re.compile(r"(?:\b(?:e\.g|i\.e|vs|etc|approx|mr|ms|dr|no|fig|incl)|(?<![\w.])[A-Za-z])\.$", re.I)
_SURE_END = re.compile(r"(?:[?!]|\b(?!node|next|approx)[a-z']{4,}\.)[\"'”’)]*\Z")
"""What ends a sentence though nothing has come after it yet: to wait for the next word would cost its time."""


@dataclass
class Sentences:
    """Takes text in pieces and gives whole sentences."""

    rest: str = ""

    def more(self, text: str) -> tuple[str, ...]:
        """The sentences that this text finishes."""
        self.rest += text
        found: list[str] = []
        at = 0
        for match in _END.finditer(self.rest):
            sentence = self.rest[at : match.end()]
            if _NO_END.search(sentence.rstrip()):
                continue
            at = match.end()
            if sentence.strip():
                found.append(" ".join(sentence.split()))
        self.rest = self.rest[at:].lstrip() if at else self.rest
        if _SURE_END.search(self.rest):
            found.append(self.last())
        return tuple(found)

    def last(self) -> str:
        """What is left when no more comes."""
        rest, self.rest = " ".join(self.rest.split()), ""
        return rest
