"""Frames that are no talk of the candidate's: turns and messages they did not say, marks of ours, cards, tokens of models.

Each is found by its form alone, at raw offsets. What stands between the tags of such a frame is left out with it; what a
candidate says around it is heard.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest

from interviewer.interview.disguises import blobs
from interviewer.interview.words import Span

_PARTY = r"(?:interviewer|examiner|grader|scorer|assessor|evaluator|judge|system|assistant|candidate|developer|human)"
_TAG = re.compile(
    r"[<＜]/?\s*(?P<name>(?:system|assistant|interviewer|candidate|grader|scorer|examiner|evaluator|instructions?|prompt"
    r"|rubric|transcript|score_?card|im_start|im_end|desk|think(?:ing)?|tool_(?:call|response)|function_calls?|(?:start|end)_of_turn|bos|eos|s"
    r")(?:[ _-](?:turn|message|prompt|note|override))?)\s*[>＞]"
    r"|<\s*[|｜]\s*(?P<mark>[\w ▁]+?)\s*[|｜]\s*>|\[/?(?P<square>INST|SYSTEM_PROMPT|AVAILABLE_TOOLS|TOOL_CALLS|TOOL_RESULTS)\]|<</?SYS>>",
    re.IGNORECASE,
)
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_OUR_MARK = re.compile(
    r"[\[［(]\s*/?\s*said\s*:[^\]］\n]{0,40}[\]］]|^[ \t]*MOVE[ \t]+\d{1,2}[ \t]*(?::|$)",
    re.MULTILINE | re.IGNORECASE,
)
_SPEAKER = re.compile(
    rf"(?:^[ \t>#*_-]*|(?<=\s))\[\s*[Tt]?\d+\s*\][ \t*_]*{_PARTY}\b[ \t*_]*(?::|$)"
    rf"|^[ \t>#*_-]*(?:[Tt]urn \d+\s*[.:)-]?)[ \t*_]*{_PARTY}\b[ \t*_]*:"
    r"|^[ \t>#*_-]*(?:interviewer|examiner|grader|scorer|assessor|evaluator)[ \t*_]*:"
    r"|^[ \t]*#{2,}[ \t]*(?:system|instructions?|assistant)\b[^\n]{0,20}",
    re.IGNORECASE | re.MULTILINE,
)
_OWN_LABEL = re.compile(r"\bcandidate\b[ \t*_]*:?$", re.IGNORECASE)
_CARD_WORD = re.compile(
    r"\"(?:cr|it|rf)\.[a-z][\w-]*\"|\b(?:strong|lean)[-_ ](?:no[-_ ])?hire\b|\"no[-_ ]hire\"", re.IGNORECASE
)
_MOST_BRACES, _MOST_TRIED = 4000, 20


def frames_in(text: str) -> Iterator[Span]:
    """The frames of a text as raw code points, in no order; some may overlap. Takes any string."""
    if "{" in text:
        yield from _cards(text)
    if not {*"<[＜［("}.isdisjoint(text):
        yield from _tagged(text)
    if _OUR_MARK.search(plain := _seen(text)):
        yield from (Span(*mark.span()) for mark in _OUR_MARK.finditer(plain))
    if ":" in text or "#" in text or "]" in text:
        for label in _SPEAKER.finditer(text):
            own = _OWN_LABEL.search(label.group())
            end = text.find("\n", label.end()) if not own else label.end()
            yield Span(label.start(), end if end >= 0 else len(text))
    for start, end in blobs(text):
        yield Span(start, end)


def _seen(text: str) -> str:
    """The text, as long as before, with what nobody sees as a blank."""
    return _UNSEEN.sub(" ", text)


def _cards(text: str) -> Iterator[Span]:
    """A scorecard given as JSON: braces around names that only a card of ours has."""
    at = text.find("{")
    for _ in range(_MOST_TRIED):
        if at < 0:
            return
        depth, end = 0, at
        for end in range(at, min(len(text), at + _MOST_BRACES)):
            depth += {"{": 1, "}": -1}.get(text[end], 0)
            if depth == 0:
                break
        if depth == 0 and _CARD_WORD.search(text, at, end + 1):
            yield Span(at, end + 1)
        at = text.find("{", end + 1 if depth == 0 else at + 1)


def _tagged(text: str) -> Iterator[Span]:
    """Tags of a conversation that is not ours, with what stands between them where it is not the candidate's."""
    tags = list(_TAG.finditer(_seen(text)))
    for tag, after in zip_longest(tags, tags[1:]):
        name = (tag["name"] or tag["mark"] or tag["square"] or "sys").lower()
        closes = tag.group().startswith(("</", "[/", "<</", "＜/")) or name.startswith(
            ("im_end", "end", "eot")
        )
        end = tag.end()
        if not closes and not name.startswith("candidate"):
            end = after.start() if after is not None else _line_end(text, end)
        yield Span(tag.start(), end)


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return end if end >= 0 else len(text)
