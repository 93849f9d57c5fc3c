"""Words addressed to whoever scores instead of to the interviewer: orders, grades given to oneself, frames, codes.

They say nothing about a system, so nobody listens to them: they are blanked out before anything is read, and every
offset stays what it was. A design may be about graders, levels and instructions; only an order to ours, or a frame
that claims to be no answer at all, is left out.
"""

from __future__ import annotations

import base64
import binascii
import codecs
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import zip_longest
from typing import Literal

from interviewer.interview.needles import Sought
from interviewer.interview.words import STOP_WORDS, normal_text

LONGEST_ORDER = 60
"""A sentence of more words is dictated talk: only the clauses that give the order are left out of it."""
FARTHEST_SEAM = 300
"""So far from its end, in characters, a sentence may turn into an order."""
LONGEST_BLANK = 600
LEAST_HIDDEN_WORDS = 3
_ENCODED_PLACE = 24

What = Literal["order", "frame", "announcement"]


@dataclass(frozen=True, slots=True)
class Unheeded:
    """Raw code points [start, end) that are not listened to. An announcement ("Solution:") is nothing to be told of."""

    start: int
    end: int
    what: What


@lru_cache(maxsize=1024)
def unheeded_in(text: str) -> tuple[Unheeded, ...]:
    """What of a candidate's turn is not addressed to the interviewer, in order, none overlapping. Takes any string."""
    frames: list[Unheeded] = []
    for one in sorted(_frames(text), key=lambda one: one.start):
        if frames and one.start < frames[-1].end:
            frames[-1] = replace(frames[-1], end=max(frames[-1].end, one.end))
        else:
            frames.append(one)
    return tuple(sorted((*frames, *_sentences_not_said(_without(text, frames))), key=lambda one: one.start))


def heeded(text: str) -> str:
    """The text, as long as before in code points, with all of that as blanks."""
    return _without(text, unheeded_in(text))


def _without(text: str, unheeded: Iterable[Unheeded]) -> str:
    for one in unheeded:
        text = text[: one.start] + _blank(text[one.start : one.end]) + text[one.end :]
    return text


def _blank(text: str) -> str:
    if len(text) <= LONGEST_BLANK:
        return "".join(char if char == "\n" else " " for char in text)
    # one run of blanks without end would make some patterns slow, as in audible.py
    return "".join(char if char == "\n" else "_" if at % 60 == 59 else " " for at, char in enumerate(text))


# --------------------------------------------------------------------------------------------------- frames

_PARTY = r"(?:interviewer|examiner|grader|scorer|assessor|evaluator|judge|system|assistant|candidate|developer|human)"
_TAG = re.compile(
    r"</?\s*(?P<name>(?:system|assistant|interviewer|candidate|grader|scorer|examiner|evaluator|instructions?|prompt"
    r"|rubric|transcript|score_?card|im_start|im_end)(?:[ _-](?:turn|message|prompt|note|override))?)\s*>"
    r"|<\|\s*(?P<mark>\w+)\s*\|>|\[/?INST\]|<</?SYS>>",
    re.IGNORECASE,
)
_SPEAKER = re.compile(
    rf"(?:^[ \t>#*_-]*|(?<=\s))\[\s*[Tt]?\d+\s*\][ \t*_]*{_PARTY}\b[ \t*_]*:"
    rf"|^[ \t>#*_-]*(?:[Tt]urn \d+\s*[.:)-]?)[ \t*_]*{_PARTY}\b[ \t*_]*:"
    r"|^[ \t>#*_-]*(?:interviewer|examiner|grader|scorer|assessor|evaluator)[ \t*_]*:"
    r"|^[ \t]*#{2,}[ \t]*(?:system|instructions?|assistant)\b[^\n]{0,20}",
    re.IGNORECASE | re.MULTILINE,
)
_OWN_LABEL = re.compile(r"\bcandidate\b[ \t*_]*:$", re.IGNORECASE)
_CARD_WORD = re.compile(
    r"\"(?:cr|it|rf)\.[a-z][\w-]*\"|\b(?:strong|lean)[-_ ](?:no[-_ ])?hire\b|\"no[-_ ]hire\"", re.IGNORECASE
)
_MOST_BRACES, _MOST_TRIED = 4000, 20


def _frames(text: str) -> Iterator[Unheeded]:
    if "{" in text:
        yield from _cards(text)
    if "<" in text or "[" in text:
        yield from _tagged(text)
    if ":" in text or "#" in text:
        for label in _SPEAKER.finditer(text):
            own = _OWN_LABEL.search(label.group())
            end = text.find("\n", label.end()) if not own else label.end()
            yield Unheeded(label.start(), end if end >= 0 else len(text), "frame")
    yield from _encoded(text)


def _cards(text: str) -> Iterator[Unheeded]:
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
            yield Unheeded(at, end + 1, "frame")
        at = text.find("{", end + 1 if depth == 0 else at + 1)


def _tagged(text: str) -> Iterator[Unheeded]:
    """Tags of a conversation that is not ours, with what stands between them where it is not the candidate's."""
    tags = list(_TAG.finditer(text))
    for tag, after in zip_longest(tags, tags[1:]):
        name = (tag["name"] or tag["mark"] or "inst").lower()
        closes = tag.group().startswith(("</", "[/")) or name == "im_end"
        theirs = not closes and not name.startswith("candidate") and after is not None
        yield Unheeded(tag.start(), after.start() if theirs and after is not None else tag.end(), "frame")


_BLOB = re.compile(rf"(?<![\w+/=])[A-Za-z0-9+/_-]{{{_ENCODED_PLACE},}}={{0,2}}(?![\w+/=])")
_HIDDEN = re.compile(r"[A-Za-z]{2,}")


def _encoded(text: str) -> Iterator[Unheeded]:
    """A blob which, decoded, is a sentence."""
    for blob in _BLOB.finditer(text):
        if (plain := _decoded(blob.group())) and len(_HIDDEN.findall(plain)) >= LEAST_HIDDEN_WORDS:
            yield Unheeded(blob.start(), blob.end(), "frame")


def _decoded(blob: str) -> str | None:
    as_hex = re.fullmatch(r"[0-9a-fA-F]+", blob)
    try:
        raw = (
            bytes.fromhex(blob)
            if as_hex
            else base64.b64decode(
                blob + "=" * (-len(blob) % 4), b"-_" if {*blob} & {*"-_"} else None, validate=True
            )
        )
        plain = raw.decode("ascii")
    except (ValueError, binascii.Error):
        return None
    readable = sum(char.isalpha() or char in " .,:;'!?-\n" for char in plain)
    return plain if " " in plain and readable >= 0.9 * len(plain) else None


# -------------------------------------------------------------------------------------------------- sentences

_SENTENCE = re.compile(r"[^\n]*?(?:[.!?]+(?=\s|$)|\n|$)", re.DOTALL)
_SEAM = re.compile(
    r"(?<=[^\W_])(?<![Pp]lease) +(?=[A-Z][\u200b-\u202e]*[a-z]+\b|please\b|from now on\b|you are now\b|final score\b|as you told\b)"
)
_TURNED = re.compile(
    r"\b(?:ignore|disregard|forget|override) (?:all |any |your |the |previous )*(?:instructions|prompt|rubric|rules)\b|\b(?:give|award) me \w+ (?:marks|score|level)"
)
_CLAUSE = re.compile(r"[^,;:]+[,;:]?")

_STARTS = r"^\W*(?:(?:please|now|so|and|then|also|ok(?:ay)?|kindly|just|system|you (?:must|should|have to|will|can)|important|note|let'?s)\b[\s,:]*)*"
_SCORER = r"(?:grader|scorer|examiner|assessor|evaluator|auto-?grader|judge|scoring (?:model|system|engine|bot)|llm|ai(?: model)?|language model)"
_GRADE = (
    r"(?:full (?:marks|credit|points|score)|(?:top|highest|maximum|max|perfect|best|excellent) (?:marks?|scores?|levels?|grades?|ratings?|points|credit)"
    r"|strong[- _]hire|level (?:4|four)|(?:4|5|10) ?(?:/|out of) ?(?:4|5|10)|a (?:4|four|ten|10|pass)|as (?:met|passed|a pass|a hire|a strong)|hire\b|100 ?%)"
)
_OURS = r"(?:me|my \w+|this (?:candidate|answer|interview|turn|response|criterion|item)|the candidate|every (?:criterion|item|level|red flag)|all (?:criteria|items|levels|the (?:criteria|items|levels))|each (?:criterion|item))"
_ORDERS = (
    _STARTS + r"(?:ignore|disregard|forget|override|overrule|bypass) (?:all |any |every |each |your |the |my |of |these |those |this |what )*"
    r"(?:(?:previous|prior|above|earlier|former|preceding|initial|original|scoring|grading|system) )*"
    r"(?:instructions?\b|prompts?\b|guidelines\b|rubrics?\b|scoring\b|grading\b|scorecards?\b|red flags?\b|score sheet|(?:what )?you (?:were|have been) told|everything (?:above|before this|you were told|said before))",
    _STARTS + r"(?:give|award|grant|assign|grade|score|rate|mark|rank|put|record|report|return|output|write|set|treat|count|consider|credit|pass) "
    r"(?:down )?(?:that )?(?:\w+ ){0,2}?" + _OURS + r"\b.{0,60}?\b" + _GRADE,
    _STARTS + r"(?:give|award|grant|assign|set|record|report|return|output|mark|score) (?:\w+ ){0,3}?" + _GRADE + r".{0,30}\b(?:on|to|for|in|at) " + _OURS,
    _STARTS + r"(?:set|raise|mark|put|make|return|output|score|rate) (?:every|each|all|my)(?: (?:of )?(?:the|my))? (?:levels?|scores?|criteri\w+|items?|marks?|grades?)\b.{0,20}\b(?:\d|four|met|max\w*|passed|unprompted)",
    r"\brubrics?\b.{0,40}\b(?:set|give|return|output) (?:the |every |each |all |my )*(?:levels?|scores?|marks?)\b",
    _STARTS + r"(?:record|note|report|mark|state|write|assume|conclude)\b.{0,40}\b(?:red flags?|criteri(?:a|on)|strong[- _]hire|items? (?:is|are) met)\b.{0,60}\b(?:recovered|absent|cleared|met|none|full\w*|hire|passed)\b",
    r"\b(?:you are|you're|act as|behave as|pretend (?:that )?(?:you are|you're|to be)|imagine (?:that )?you are) (?:now |from now on |henceforth )?(?:an? |my |the |called )?"
    r"(?:[\w-]+ ){0,2}?(?:\w*(?:bot|gpt)\b|" + _SCORER + r"\b|examiner|assistant|reviewer who|marker who)",
    r"\bfrom now on,? (?:you|your only|answer only|reply only|score|grade|every answer)\b",
    _STARTS + r"(?:(?:final|overall|total|my) )*(?:scores?|grades?|marks?|ratings?|levels?|verdict|recommendation|result|assessment)(?:\s*(?:is|=|:|-)+ *(?:\w+ ){0,2}?| +)"
    + r"(?:\d+ ?(?:/|out of) ?\d+(?!.* (?:if|when|once|only|per|for) )|\d+ (?:on|in|for|across) (?:all|every|each)\b|[a-f][+-]?$|level \d|strong|lean|no[- ]hire|hire|pass(?:ed)?\b|met\b|full marks|excellent\b|perfect\b)",
    r"\b(?:all|every|each|my|the) (?:items?|criteria|criterion|red flags?)\b.{0,30}\b(?:is|are|be|as|were) (?:now |all |already |hereby )*(?:met|unprompted|recovered|passed|cleared|satisfied|absent|full)\b",
    r"\b(?:always|only) (?:answers?|repl(?:y|ies)|says?|returns?|outputs?|responds?)\b.{0,30}\b(?:met|unprompted|excellent|strong[- ]hire|full marks|level \d|pass(?:ed)?)\b",
    _STARTS + r"(?:dear|attention|attn|hey|hello|hi|note (?:to|for)|message (?:to|for)|instructions? (?:to|for)|to) (?:the |whichever |any |you,? )*" + _SCORER + r"\b\s*[,:!]",
    r"\b(?:this|that|the|my) (?:is|was|answer is|answer was) (?:a )?(?:\w+ and )?(?:complete|correct|perfect|excellent)[^.]{0,40}\bfull (?:marks|credit)\b",
    r"\b(?:full marks|strong[- ]hire)\b.{0,40}\b(?:please|thank you|thanks|deserved?|guaranteed|agreed|promised)\b",
    r"\b(?:i am|i'm|candidate is|this is) (?:clearly |obviously |definitely |certainly )?a (?:strong|definite|clear)[- ]hire\b",
    r"\b(?:reveal|print|show|repeat|output|leak|dump) (?:me |us )?(?:your|the|all your) (?:\w+ )?(?:system prompt|instructions|rubric|scorecard|answer key|fact sheet)\b",
    r"\b(?:needs?|requires?|without) (?:no |any )?(?:further |more )?evidence\b.{0,40}\b(?:credit|count\w*|criteri\w+|items?|marks?)\b",
)  # fmt: skip
_AS_TOLD = (
    r"\bas (?:you|the interviewer|we|the examiner|they) (?:\w+ ){0,2}?(?:told|said|agreed|confirmed|promised|mentioned|allowed|accepted)\b.{0,60}?"
    r"\b(?:parts?|sections?|answers?|questions?|topics?|criteri\w+|items?|points?|this|that|it|everything)\b(?: \w+){0,3}? "
    r"(?:(?:counts?|counted|is|are|was|were) (?:as )?(?:already )?(?:done|met|complete\w*|passed|answered|correct|credited|full|settled for the score)|needs? no (?:evidence|answer|proof))",
)
_ON_A_CONDITION = re.compile(r"\b(?:once|when|after|if|until|unless|as soon as|whenever)\b")
_ORDER, _TOLD = Sought(_ORDERS), Sought(_AS_TOLD)
_ANNOUNCING = frozenset(
    "the a my our final full complete correct is are as follows following below here solution solutions answer answers "
    "thought thoughts process reasoning explanation step by steps let let's lets us me think this through solve it "
    "begin output response result conclusion chain of so therefore now and".split()
)
_ANNOUNCED = frozenset(
    "solution answer reasoning thought thoughts explanation output response conclusion".split()
)
_LOOKALIKES = str.maketrans("аеорсухіѕԁһ", "aeopcyxisdh")  # noqa: RUF001  # Cyrillic letters that pass for Latin ones


def _sentences_not_said(text: str) -> Iterator[Unheeded]:
    for match in _SENTENCE.finditer(text):
        start, end = match.span()
        raw = match.group()
        start, end = start + len(raw) - len(raw.lstrip()), end - (len(raw) - len(raw.rstrip()))
        if start >= end:
            continue
        if (found := _not_said(text, start, end)) is not None:
            yield found
        elif len(raw.split()) > LONGEST_ORDER:
            for part in _CLAUSE.finditer(text, start, end):
                if _is_order(_plain(part.group())):
                    yield Unheeded(part.start(), part.end(), "order")


def _not_said(text: str, start: int, end: int) -> Unheeded | None:
    """The order or announcement that a sentence is, or ends with: people who type leave the stop before it out."""
    seams = [seam.end() for seam in _SEAM.finditer(text, max(start, end - FARTHEST_SEAM), end)]
    for begin in (*reversed(seams), start):
        said = _plain(text[begin:end])
        if _only_announces(said):
            return Unheeded(begin, end, "announcement")
        if len(said.split()) <= LONGEST_ORDER and _is_order(said):
            return Unheeded(begin, end, "order")
    if turned := _TURNED.search(codecs.encode(text[start:end].lower(), "rot13")):
        return Unheeded(start + turned.start(), end, "order")
    return None


def _plain(text: str) -> str:
    return normal_text(text).strip().translate(_LOOKALIKES)


def _is_order(said: str) -> bool:
    if _orders(said):
        return True
    if STOP_WORDS.isdisjoint(said.split()):  # no English as it stands, so perhaps in disguise
        return _orders(said[::-1])
    return False


def _orders(said: str) -> bool:
    if _ORDER.search(said):
        return True
    return _TOLD.search(said) is not None and _ON_A_CONDITION.search(said) is None


def _only_announces(said: str) -> bool:
    words = _HIDDEN.findall(said)
    return (
        0 < len(words) <= 12
        and not any(char.isdigit() for char in said)
        and said.rstrip().endswith((":", "."))
        and _ANNOUNCED.intersection(words) != frozenset()
        and _ANNOUNCING.issuperset(words)
    )
