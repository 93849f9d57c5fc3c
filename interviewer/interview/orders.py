"""Words addressed to whoever scores instead of to the interviewer: orders, grades given to oneself, frames, codes.

They say nothing about a system, so nobody listens to them: they are blanked out before anything is read, and every
offset stays what it was. A design may be about graders, levels and instructions; only an order to ours, or a frame
that claims to be no answer at all, is left out.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from interviewer.interview.disguises import readings, undressed
from interviewer.interview.needles import Sought
from interviewer.interview.order_frames import frames_in
from interviewer.interview.order_languages import is_foreign_order
from interviewer.interview.order_words import WORDED
from interviewer.interview.words import Span, normal_text

LONGEST_ORDER = 60
"""A sentence of more words is dictated talk: only the clauses that give the order are left out of it."""
FARTHEST_SEAM = 300
"""So far from its end, in characters, a sentence may turn into an order."""
LONGEST_BLANK = 600
MOST_RIDER_WORDS = 10
"""A sentence beside an order that is longer has something of its own to say."""

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
    for span in sorted((*frames_in(text), *_in_brackets(text)), key=lambda one: (one.start, one.end)):
        if frames and span.start < frames[-1].end:
            frames[-1] = replace(frames[-1], end=max(frames[-1].end, span.end))
        else:
            frames.append(Unheeded(span.start, span.end, "frame"))
    orders = _sentences_not_said(_without(text, frames), frames)
    found = sorted((*frames, *orders), key=lambda one: one.start)
    return tuple(_with_what_clings(found, text))


def _in_brackets(text: str) -> Iterator[Span]:
    """Orders that stand in brackets in the middle of something else."""
    for part in _BRACKETED.finditer(text):
        if _is_order(_plain(part.group())):
            yield Span(*part.span())


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


_SENTENCE = re.compile(r"[^\n]*?(?:[.!?]+(?=\s|$)|\n|$)", re.DOTALL)
_SEAM = re.compile(
    r"(?<=[^\W_])(?<![Pp]lease) +(?=[A-Z][\u200b-\u202e]*[a-z]+\b|please\b|from now on\b|you are now\b|final score\b|as you told\b)"
)
_TURNED = re.compile(
    r"\b(?:ignore|disregard|forget|override) (?:all |any |your |the |previous )*(?:instructions|prompt|rubric|rules)\b|\b(?:give|award) me \w+ (?:marks|score|level)"
)
_BRACKETED = re.compile(r"\([^()\n]{12,200}\)|<!--[^\n]{0,200}?-->|\[[^\[\]\n]{12,200}\]")
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
_ORDER, _WORDED, _TOLD = Sought(_ORDERS), Sought(WORDED), Sought(_AS_TOLD)
_WORD = re.compile(r"[A-Za-z]{2,}")
_RIDER = re.compile(
    r"\b(?:you can|you may|you have|you will|you'll|you are|tell me|show me|give me|read me|your|me about|confidence|hired?)\b"
    r"|^\W*(?:now )?(?:quote|list|say|do|read|put|carry|copy|call|print|decode|run|use) (?:it|them|that|this)\b"
    r"|^\W*(?:next|thanks|thank you|please|now|great|done|go|no further questions needed|list them .*)\W*$"
)
_CLINGS = re.compile(r"(?:[^\S\n]*(?:[^\w\s]+|_+)(?=\s|$))+")
_OPENS = re.compile(r"(?:^|(?<=\n))[^\w\n.!?]+\Z|[(\[{\"'`<*]+\Z")
_ANNOUNCING = frozenset(
    "the a my our final full complete correct is are as follows following below here solution solutions answer answers "
    "thought thoughts process reasoning explanation step by steps let let's lets us me think this through solve it "
    "begin output response result conclusion chain of so therefore now and".split()
)
_ANNOUNCED = frozenset(
    "solution answer reasoning thought thoughts explanation output response conclusion".split()
)


def _sentences_not_said(text: str, frames: Iterable[Unheeded]) -> Iterator[Unheeded]:
    """The orders and announcements among the sentences, with what was only said to go with them."""
    places = [place for match in _SENTENCE.finditer(text) if (place := _trimmed(match)) is not None]
    found: list[tuple[Unheeded, ...]] = [tuple(_orders_in(text, *place)) for place in places]
    lines = [text.count("\n", 0, start) for start, _ in places]
    framed = {text.count("\n", 0, one.start) for one in frames}
    beside = {
        at + step
        for at, those in enumerate(found)
        for step in (-1, 1)
        if any(one.what == "order" for one in those) and 0 <= at + step < len(places)
        if lines[at] == lines[at + step]
    } | {at for at, line in enumerate(lines) if line in framed}
    for at, (place, those) in enumerate(zip(places, found, strict=True)):
        if those:
            yield from those
        elif at in beside and _rides_along(_plain(text[slice(*place)])):
            yield Unheeded(*place, "order")


def _trimmed(match: re.Match[str]) -> tuple[int, int] | None:
    raw = match.group()
    start, end = match.start() + len(raw) - len(raw.lstrip()), match.end() - (len(raw) - len(raw.rstrip()))
    return (start, end) if start < end else None


def _orders_in(text: str, start: int, end: int) -> Iterator[Unheeded]:
    if (found := _not_said(text, start, end)) is not None:
        yield found
    elif len(text[start:end].split()) > LONGEST_ORDER:
        for part in _CLAUSE.finditer(text, start, end):
            if _is_order(_plain(part.group())):
                yield Unheeded(part.start(), part.end(), "order")


def _rides_along(said: str) -> bool:
    """Whether a sentence beside an order has nothing of its own to say."""
    return len(said.split()) <= MOST_RIDER_WORDS and _RIDER.search(said) is not None


def _with_what_clings(found: Sequence[Unheeded], text: str) -> Iterator[Unheeded]:
    """Each with the signs that are left of its sentence, and with the brackets that open it."""
    for at, one in enumerate(found):
        begin = found[at - 1].end if at else 0
        limit = found[at + 1].start if at + 1 < len(found) else len(text)
        clings = _CLINGS.match(text, one.end, limit)
        opens = _OPENS.search(text[begin : one.start])
        yield replace(
            one,
            start=begin + opens.start() if opens else one.start,
            end=clings.end() if clings else one.end,
        )


def _not_said(text: str, start: int, end: int) -> Unheeded | None:
    """The order or announcement that a sentence is, or ends with: people who type leave the stop before it out."""
    seams = [seam.end() for seam in _SEAM.finditer(text, max(start, end - FARTHEST_SEAM), end)]
    for begin in (*reversed(seams), start):
        said = _plain(text[begin:end])
        if _only_announces(said):
            return Unheeded(begin, end, "announcement")
        if len(said.split()) <= LONGEST_ORDER and _is_order(said):
            whole = begin > start and _is_order(_plain(text[start:begin]))
            return Unheeded(start if whole else begin, end, "order")
    if turned := _TURNED.search(codecs.encode(text[start:end].lower(), "rot13")):
        return Unheeded(start + turned.start(), end, "order")
    return None


def _plain(text: str) -> str:
    return undressed(normal_text(text))


def _is_order(said: str) -> bool:
    return _orders(said) or is_foreign_order(said) or any(map(_orders, readings(said)))


def _orders(said: str) -> bool:
    if _ORDER.search(said) or _WORDED.search(said):
        return True
    return _TOLD.search(said) is not None and _ON_A_CONDITION.search(said) is None


def _only_announces(said: str) -> bool:
    words = _WORD.findall(said)
    return (
        0 < len(words) <= 12
        and not any(char.isdigit() for char in said)
        and said.rstrip().endswith((":", "."))
        and _ANNOUNCED.intersection(words) != frozenset()
        and _ANNOUNCING.issuperset(words)
    )
