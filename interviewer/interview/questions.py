"""Which sentences of a candidate's turn ask something of the interviewer.

Rhetorical questions, which the candidate goes on to answer, check-ins ("does that make sense?") and proposals with a
rising end ask for nothing. Haste and dictation leave out marks, so a sentence may also ask by how its words stand.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

_LEADS = (
    r"(?:(?:and|but|also|so|ok(?:ay)?|then|first|second|another|one more|next|great|thanks|sure|well|um|uh|alright|hi|hello"
    r"|hey|roughly|approximately|just|quick(?:ly)?|cool|right|yeah|sorry|hmm?|btw|by the way)[,\s]*+)*+"
)
_AUXILIARY = r"(?:is|are|was|were|do|does|did|can|could|should|shall|will|would|may|must|might|has|have|am|isn't|aren't)"
_PRONOUN = r"(?:we|i|you|it|they|he|she|there|anyone|anybody|someone|somebody|everyone|people|users|clients)"
_SUBJECT = (
    rf"(?:{_PRONOUN}|the|that|this|these|those|a|an|any|all|both|each|every|our|your|my|their|its|\w+s)"
)
_WH = r"(?:what(?:'?s)?|who(?:'?s)?|whom|whose|which|where(?:'?s)?|when|how(?:'?s)?|why)"
_OPENS = re.compile(rf"^\W*+{_LEADS}\W*+(?:{_WH}|{_AUXILIARY}|any|need (?:we|i|they|it))\b", re.I)
"""How a sentence with a question mark begins that asks outright."""
_INVERTED = (
    rf"(?:(?:is|are|was|were|do|does|did|can|could|should|shall) {_SUBJECT}|(?:will|would|may|must|has|have|am) {_PRONOUN}"
    rf"|need (?:we|i|they|it)"
    rf"|how (?:many|much|often|long|fast|big|large|old|soon|far|quick(?:ly)?|fresh|strict|bad|precise|available|durable)"
    rf"|how(?:'?s| {_AUXILIARY})"
    rf"|what(?:'?s| {_AUXILIARY})|what (?!{_PRONOUN}\b)\w+ (?:\w+ )?(?:do|does|did|can|could|should|will|would|must|may)"
    rf"|what (?!{_PRONOUN}\b|\w+s\b)\w+ (?:is|are|was)"
    rf"|which (?:\w+ ){{1,3}}?{_AUXILIARY}|who(?:'?s)?|whose|wh(?:ere|en|y)(?:'?s| {_AUXILIARY}))\b"
)
"""Words in the order of a question: "when a rider asks, we look" is a statement, "when do riders ask" is none."""
_ASKS = re.compile(
    rf"(?:^\W*+{_LEADS}|[,;:–-]\s*+|\b(?:and|so|but|or|then|like|mean|guess)\s++)"  # noqa: RUF001  # people write both
    rf"(?:(?:in|for|on|at|of|to|with) (?:\w+ ){{1,4}}?)?{_INVERTED}",
    re.I,
)
_ASKS_LATE = re.compile(
    r"\b(?:what|how|when|where|who|which) (?:do|does|did) \w+|\b(?:is|are) (?:how|what|when|where|who)\b"
    r"|\b(?:do|does|did|are|can|should|could|must|will|would) (?:we|they|it|people|he|she) \w+\W*(?:\w+\W*){0,8}$"
    r"|\b(?:any preference|need to know|i need the|pls|please)\W*$",
    re.I,
)
"""The same in the middle of a sentence without marks: "and returns how do they work"."""
_ANY = re.compile(
    rf"^\W*+{_LEADS}any (?!.*\b(?:goes|go|is|are|can|will|must|has|have|gets|needs|should)\b)(?:\W*\w+){{1,9}}\W*$",
    re.I,
)
"""Without a verb: "any latency requirements for reads"."""
_WISHES = re.compile(
    r"\b(?:i(?:'d| would)? (?:\w+ )?(?:like|want|need|love|have) to (?:know|ask|clarify|understand|check|confirm|hear)"
    r"|tell me|let me ask|(?:can|could) you (?:tell|say|give|share|clarify)|wonder(?:ing)?|curious|what about|how about"
    r"|question(?:s)? (?:about|on|is)|clarify|i(?:'m| am) assuming .{0,200} (?:right|correct|ok|okay)"
    r"|(?:may|can|could|should|shall) (?:i|we) assume|do you (?:want|have|expect|know)"
    r"|not sure (?:about|if|whether|which|how (?:many|much|often|long|big|large|fast)|what (?:the|kind|sort)) \w"
    r"|(?:don'?t|do not) know (?:yet )?(?:how (?:many|much|often|long|big|large|fast)|(?:if|whether) (?:we|you|they|there))"
    r"|(?:i(?:'d)? )?need (?:some |the |a )?(?:numbers?|figures?|details?)|(?:any|some) (?:numbers?|figures?|details?) (?:on|for|about))\b",
    re.I,
)
_OF_THE_TALK = (
    r"(?:go|come back|get back|move|return|start|begin|talk|draw|sketch|skip|cover|explain|walk|dive|focus|continue|elaborate"
    r"|proceed|switch|turn|look|say more|describe|show|write (?:it|that|this|them|down|the numbers)|change my|do the (?:math|sums))"
)
_CHECK_IN = re.compile(
    r"make[s]? sense|sound[s]? (?:good|right|ok|okay|fair|reasonable)|do(?:es)? that answer"
    r"|(?:is|was|would) (?:that|this|it) (?:be )?(?:ok|okay|fine|clear|enough|what you|acceptable)"
    r"(?! (?:if|that|for|when|with|the|we|they|people|users|per|as|to (?!you|me))\b)"
    r"|(?:does|would|will|could|might) (?:that|this|it) (?:work|do|suffice|be (?:enough|acceptable))(?: (?:here|for you|to you|too|as well))?\W*$"
    r"|any (?:other )?questions for me|(?:^|[,.]\s*)(?:ok|okay|right|yeah|yes|you know)\?$|(?:^|[,.]\s*)(?:no|you see|see)\?$"
    r"|you with me|are you there|can you hear"
    r"|(?:ok(?:ay)?|right|good|fine|correct|clear) so far|do you follow\W*$|(?:right|wrong|good) (?:direction|track|path)"
    r"|(?:we|we're|all) on the same page|direction you (?:want|had)|stop me (?:if|when)|tell me (?:if|when) i\b"
    r"|any objections?|anything unclear|something (?:is )?unclear|going where you want|see (?:a|any) problems? with (?:that|this|it)"
    r"|am i (?:going|talking|speaking|too|making|being|clear|right|wrong|on)\b|(?:good|ok|okay|fine) on time",
    re.I,
)
_TO_ASK = (
    r"\b(?:should|shall|can|could|may|might|(?:would|do) you mind if|is it (?:ok|okay|fine|all right) if) (?:i|we) (?:\w+ly |just |now |also |first |please )*"
    r"(?:ask (?:you )?|start with |begin with )(?:\w+ ){0,4}?(?:questions?|things?|something)\b(?! (?:about|on|regarding)\b)"
)
_LEAVE = re.compile(
    rf"\b(?:should|shall|can|could|may|do you want me to|want me to|would you like me to|is it (?:ok|okay|fine|all right) if) ?(?:i |we )?(?:\w+ly |just |now |also |first )*{_OF_THE_TALK}\b"
    rf"|{_TO_ASK}"
    r"|\b(?:can|could|may) i (?:have|take|get) (?:a|one|two|some|five) (?:moment|second|sec|minute)s?\b|\bgive me (?:a|one|two|some) (?:moment|second|sec|minute)s?\b",
    re.I,
)
"""Asking for leave: it is about the talk, so no fact of the problem answers it, though a line of every interview may."""
_OF_SOMETHING = re.compile(r"\b(?:what|which|how (?:many|much|fast|quick(?:ly)?|long|often|big|far))\b", re.I)
"""With one of these it is about the problem after all: "how fast can I move data"."""
_RHETORICAL = re.compile(
    r"^\W*+(?:(?:so|and|but|now|then|well|ok(?:ay)?)[,\s]*+)*+(?:what (?:happens|if|about when|do i do|would happen|breaks|goes wrong)|why\b|how (?:do|would|should|can) (?:i|we|they|it|you)|what(?:'s| is) the (?:problem|catch|price|cost|trade|downside|bottleneck|risk)|which one|is (?:it|that) (?:a problem|bad|enough)|can (?:it|that|this) (?:fail|break))",
    re.I,
)
_PROPOSES = re.compile(
    r"^\W*+(?:(?:so|and|but|ok(?:ay)?|hmm|well)[,\s]*+)*+what if (?:i\b|we (?:just )?(?:use|put|hash|stor|add|split|shard|cach|take|took|make|made|went|go|keep|kept|partition|replicat)\w*)",
    re.I,
)
"""A proposal with a rising end: what they would like to hear is whether it holds, and the sheet has nothing on that."""
_TAG = re.compile(r"\s(?:ok|okay|right|yeah|yes|you know)\?$", re.I)
"""A statement with a question mark's voice: "we keep it in memory okay?"."""
_ANSWERS = re.compile(
    r"^\W*+(?:(?:well|um|uh|hm+|so|ok(?:ay)?|right|actually|honestly)[,\s]*+)*+(?:no\b(?! idea)|yes|yeah|not (?:really|necessarily|quite|here)|sure\b|of course|both\b|neither|probably|definitely|depends|because|the obvious|the answer"
    r"|i(?:'d| would| will|'ll)? (?:say|go|use|put|take|do|pick|choose|keep|prefer|add|store|guess so|hash|shard|cache|split|leave|propose|suggest|index|count)\b|(?:i|we) (?:think|believe|guess) (?!(?:that|it|this) (?:matters|decides|changes|affects|is important))|let'?s (?:say|use|go|take|keep|put)|we(?:'d| would| will|'ll| can| could|'re)? (?:say|go|use|put|take|do|pick|choose|keep|prefer|add|store|hash|shard|cache|split|propose|just)\b)",
    re.I,
)
"""How a sentence begins that answers the speaker's own question."""
_OWN_ANSWER_WORDS = 14
_LONG = 60
_TAIL = 40
_SPOKEN_QUESTION_WORDS = 40
"""A sentence without its question mark asks up to so many words; a longer one tells something."""


class Question(NamedTuple):
    """A sentence that asks, as offsets; `answered` where the speaker gives an answer at once, which may be a guess."""

    start: int
    end: int
    answered: bool


def questions(text: str) -> tuple[tuple[int, int], ...]:
    """The sentences of a turn that ask something of the interviewer, as offsets."""
    return tuple((one.start, one.end) for one in asked_in(text, sentences(text)) if not one.answered)


def asked_in(text: str, spans: Sequence[tuple[int, int]]) -> tuple[Question, ...]:
    """Which of the sentences of a turn ask, those with an answer of the speaker's own among them."""
    asking = [_is_question(text[start:end]) for start, end in spans]
    told = [
        0 if ask else len(text[start:end].split()) for (start, end), ask in zip(spans, asking, strict=True)
    ]
    later, alone = sum(told), sum(asking) <= 1
    kept: list[Question] = []
    for index, (start, end) in enumerate(spans):
        later -= told[index]
        if not asking[index] or _only_checks(text[start:end].strip()) or _PROPOSES.search(text[start:end]):
            continue
        if later >= 6 and _RHETORICAL.search(text[start:end]):
            continue
        if later >= 3 * _OWN_ANSWER_WORDS and not _WISHES.search(text[start:end]) and alone:
            continue
        answered = later >= 6 and _is_answered(text, spans[index + 1 : index + 2])
        kept.append(Question(start, end, answered))
    return tuple(kept)


def asks_for_leave(sentence: str) -> bool:
    """Whether it is about how to go on ("should I start with the API?") and not about the problem."""
    return _LEAVE.search(sentence) is not None and not _OF_SOMETHING.search(sentence)


def asks_to_ask(text: str) -> bool:
    """Whether a turn asks for leave to put questions."""
    return re.search(_TO_ASK, text, re.I) is not None


def _only_checks(sentence: str) -> bool:
    """Whether it asks for leave or for a nod, and for nothing of the problem."""
    if _TAG.search(sentence) and not (_OPENS.match(sentence) or _ASKS.search(sentence)):
        return True
    return _CHECK_IN.search(sentence) is not None


def _is_answered(text: str, after: Sequence[tuple[int, int]]) -> bool:
    """Whether the next sentence answers, whatever it is about."""
    return any(_ANSWERS.match(text[start:end]) and not _is_question(text[start:end]) for start, end in after)


def sentences(text: str) -> list[tuple[int, int]]:
    """Sentences by their marks; of one that runs on and on only the tail is taken, where its question stands."""
    spans: list[tuple[int, int]] = []
    start = 0
    for match in re.finditer(r"(?<![.!?\n])[.!?\n]+(?=\s|$)|\Z", text):
        end = match.end()
        if text[start:end].strip():
            words = list(re.finditer(r"\S+", text[start:end]))
            spans.append((start + words[-_TAIL].start() if len(words) > _LONG else start, end))
        start = end
    return spans


def context_of(spans: Sequence[tuple[int, int]], start: int) -> int:
    """Where what "how many are there?" means was said: the two sentences before it, one of which is often only "um"."""
    at = bisect_left(spans, (start, 0))
    return spans[max(at - 2, 0)][0] if at else start


def asks_outright(sentence: str) -> bool:
    """Whether it is a question in form, and not a thought with a rising end ("so mostly reads?")."""
    stripped = sentence.strip()
    if stripped.endswith("?"):
        return bool(_ASKS.search(stripped) or _OPENS.match(stripped) or _WISHES.search(stripped))
    return not stripped.endswith(".") and bool(_ASKS.match(stripped))


def _is_question(sentence: str) -> bool:
    stripped = sentence.strip()
    if stripped.endswith("?") or _WISHES.search(stripped):
        return True
    if stripped.endswith(".") or len(stripped.split()) > _SPOKEN_QUESTION_WORDS:
        return False
    return any(form.search(stripped) for form in (_ASKS, _ASKS_LATE, _ANY))
