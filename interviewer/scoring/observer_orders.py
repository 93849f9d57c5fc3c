"""Orders to a model that reads: what is said to whoever fills in a list, and not to the interviewer.

`interview/orders.py` leaves out what nobody should listen to. This is stricter and for the model's eyes alone: a sentence
that speaks of lines, verdicts or ids of a list can tell a reader nothing about a system, and rules are not swayed by it.
A vote in a protocol, in which every node says yes, is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from interviewer.interview.transcript import Transcript
from interviewer.interview.words import Span, normal_text

_SENTENCE = re.compile(r"[^.!?\n]*(?:[.!?](?=\S)[^.!?\n]*)*[.!?\n]*")
_LISTED = r"(?:lines?|criteri(?:a|on)|verdicts?|rubrics?|check ?list|list items?|(?:items?|ids?) (?:on|of|in) (?:the|your) list)"
_ALL = r"(?:all|every|each|everything|everywhere|any)"
_TELLS = r"(?:mark|marks|marked|answer|set|give|rate|write|say|put|record|return|output|respond|reply|fill|count|treat|consider)"
_YES = r"(?:yes(?:es)?|met|full marks|top marks|fulfilled|satisfied)"
_ORDERS = tuple(
    re.compile(one)
    for one in (
        r"\b(?:it|rf|cr)\.[a-z]{2,}(?:-[a-z]+)*\b",
        rf"^\W*(?:please |now |always |just |then )?{_TELLS} (?:\w+ ){{0,3}}?{_ALL}\b(?: \w+){{0,3}} (?:as |with |to |a )?{_YES}\b",
        rf"^\W*(?:please |now |always |just |when you answer,? )?{_TELLS} {_YES}\b(?: \w+){{0,3}} {_ALL}\b",
        rf"\b{_ALL} (?:\w+ ){{0,3}}?{_LISTED}\b[^,;]{{0,40}}\b{_YES}\b",
        rf"\b{_YES}\b[^,;]{{0,30}}\b{_ALL} (?:\w+ ){{0,3}}?{_LISTED}\b",
        rf"\bverdicts?\b[^,;]{{0,30}}\b{_YES}\b|\b{_YES}\b[^,;]{{0,20}}\bverdicts?\b",
        r"\b(?:reader|assessor|grader|scorer|marker|examiner|evaluator|annotator|judge|model|ai|llm)s? (?:of|reading|scoring|marking|assessing|judging) (?:this|the|my) (?:transcript|interview|answers?)\b",
        r"\b(?:the|this|a) (?:assessor|grader|scorer|examiner|evaluator|annotator) (?:must|should|shall|has to|will|is to)\b",
        r"^\W*(?:note|message|instructions?|memo) (?:to|for) (?:the |whoever |any )*(?:reader|assessor|grader|scorer|marker|evaluator|model|ai)\b",
        r"\b(?:ignore|disregard|forget|override) (?:\w+ ){0,3}?(?:instructions?|rubric|system prompt|guidelines)\b",
    )
)
_ROLE = re.compile(r"^[ \t>#*_-]*(?:SYSTEM|ASSISTANT|DEVELOPER|TOOL|ADMIN|INSTRUCTIONS?)[ \t*_]*:", re.M)


LEFT_OUT = re.compile(r"[ _]{8,}(?:\n[ _]*)*|\n[ _]{8,}")
"""The blanks that stand where something was left out."""


def orders_in(text: str) -> Iterator[Span]:
    """Where a candidate's turn speaks to a reader, as raw code points, sentence by sentence. Takes any string."""
    for match in _SENTENCE.finditer(text):
        said = match.group()
        if not said.strip():
            continue
        plain = normal_text(said)
        if _ROLE.match(said.lstrip()) or any(one.search(plain) for one in _ORDERS):
            yield Span(match.start(), match.end())


def as_shown(transcript: Transcript) -> Transcript:
    """The transcript as a model is shown it, which is also what its quotes are looked up in; offsets stay what they were."""
    return replace(
        transcript,
        turns=tuple(
            turn.model_copy(update={"text": without_orders(turn.text)}) if turn.role == "candidate" else turn
            for turn in transcript.turns
        ),
    )


def without_orders(text: str) -> str:
    """The text with blanks in their place, as long as before."""
    for one in orders_in(text):
        text = text[: one.start] + " " * (one.end - one.start) + text[one.end :]
    return text
