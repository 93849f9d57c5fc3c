"""Which sentences of a candidate's turn ask something of the interviewer.

Rhetorical questions, which the candidate goes on to answer, check-ins ("does that make sense?") and proposals with a
rising end ask for nothing. Haste and dictation leave out marks, so a sentence may also ask by how its words stand.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_LEADS = r"(?:(?:and|but|also|so|ok(?:ay)?|then|first|second|another|one more|next|great|thanks|sure|well|um|uh|alright|hi|hello|hey|roughly|approximately|just|quick(?:ly)?|cool|right|yeah|sorry|hmm?|btw|by the way)[,\s]*+)*+"
_AUXILIARY = r"(?:is|are|was|were|do|does|did|can|could|should|shall|will|would|may|must|has|have|am)"
_WH = r"(?:what(?:'?s)?|who(?:'?s)?|whom|whose|which|where(?:'?s)?|when|how(?:'?s)?|why)"
_OPENS = re.compile(rf"^\W*+{_LEADS}\W*+(?:{_WH}|{_AUXILIARY}|any|need (?:we|i|they|it))\b", re.I)
_WISHES = re.compile(
    r"\b(?:i(?:'d| would)? (?:\w+ )?(?:like|want|need|love|have) to (?:know|ask|clarify|understand|check|confirm|hear)|tell me|let me ask|can you (?:tell|say|give|share|clarify)"
    r"|could you (?:tell|say|give|share|clarify)|wonder(?:ing)?|curious|what about|how about|question(?:s)? (?:about|on|is)|clarify|i(?:'m| am) assuming .{0,200} (?:right|correct|ok|okay)"
    r"|(?:may|can|could|should|shall) (?:i|we) assume|do you (?:want|have|expect|know)|not sure (?:about|if|whether|which|how (?:many|much|often|long|big|large|fast)|what (?:the|kind|sort)) \w"
    r"|(?:i )?(?:don'?t|do not) know (?:yet )?(?:how (?:many|much|often|long|big|large|fast)|(?:if|whether) (?:we|you|they|there))|(?:i(?:'d)? )?need (?:some |the |a )?(?:numbers?|figures?|details?)|(?:any|some) (?:numbers?|figures?|details?) (?:on|for|about))\b",
    re.I,
)
_ASKS_INSIDE = re.compile(
    rf"(?:^|[,;:–-]|\b(?:and|so|but|or|then|like|mean|guess)\b)\s*+(?:(?:in|for|on|at|of|to|with) (?:\w+ ){{1,4}}?)?"
    rf"(?:(?:how (?:many|much|often|long|fast|big|large|old|soon|far|quick(?:ly)?|fresh|strict|bad|precise|available)|{_WH}) (?:\w+ ){{0,4}}?{_AUXILIARY}|(?:do|does|can|could|should|will|would|must|is|are|have|has|did) (?:we|you|i|they|it|there|the|that|this|people|users|clients|somebody|someone|anyone|anybody|everyone))\b",
    re.I,
)
"""Words in the order of a question at the start of a clause: "for sizing, how fast can one machine scan"."""
_ASKS_LATE = re.compile(
    r"\b(?:how (?:many|much|often|long|fast|big|large|old|soon|far|quick(?:ly)?|fresh|strict|bad|available)|(?:what|which|whose) (?!(?:we|i|you|it|they|the|that|this|is|are|was)\b)\w+|what|how|when|where)"
    r" (?:do|does|did|can|could|should|will|would|must|is|are|may) (?:we|i|you|it|they|the|that|this|there|a|an|people|users|clients|\w+s)\b|\b(?:what|how|when|where|who|which) (?:do|does|did) \w+|\b(?:do|does|did|are|can|should|could|must|will|would) (?:we|they|it|people|he|she) \w+\W*(?:\w+\W*){0,8}$|\b(?:is|are|was|were) (?:how|what|when|where|who)\b|\b(?:any preference|need to know|i need the|pls|please)\W*$",
    re.I,
)
"""The same in the middle of a sentence without marks: "and returns how do they work"."""
_CHECK_IN = re.compile(
    r"(?:make[s]? sense|sound[s]? (?:good|right|ok|okay|fair|reasonable)|shall i (?:go|continue|move|start|proceed)|should i (?:go on|continue|move on|proceed)"
    r"|(?:is|was|would) (?:that|this|it) (?:be )?(?:ok|okay|fine|clear|enough|what you)(?! (?:if|that|for|to|when|with|the|we|they|people|users|per|as)\b)|(?:does|would|will|could|might) (?:that|this|it) (?:work|do|suffice|be (?:enough|acceptable))(?: (?:here|for you|too|as well))?\W*$|do you want me to|want me to|any (?:other )?questions for me|(?:^|[,.]\s*)(?:ok|okay|right|yeah|yes|you know)\?$|(?:^|[,.]\s*)(?:no|you see|see)\?$|you with me|are you there|can you hear|shall we(?! (?:support|handle|allow|keep|have|offer|serve|assume)\b)"
    r"|(?:ok(?:ay)?|right|good|fine|correct|clear) so far|do you follow\W*$|(?:right|wrong|good) (?:direction|track|path)|on the same page|direction you (?:want|had)|(?:tell|stop) me (?:if|when)|(?:can|may|could) (?:i|we) (?:move|go|carry) on|any objections?|anything unclear|something (?:is )?unclear|where you want)",
    re.I,
)
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


def questions(text: str) -> tuple[tuple[int, int], ...]:
    """The sentences of a turn that ask something of the interviewer, as offsets."""
    spans = sentences(text)
    asking = [_is_question(text[start:end]) for start, end in spans]
    told = [
        0 if ask else len(text[start:end].split()) for (start, end), ask in zip(spans, asking, strict=True)
    ]
    later = sum(told)
    kept: list[tuple[int, int]] = []
    for index, (start, end) in enumerate(spans):
        later -= told[index]
        if not asking[index] or _only_checks(text[start:end].strip()) or _PROPOSES.search(text[start:end]):
            continue
        if later >= 6 and (
            _RHETORICAL.search(text[start:end]) or _is_answered(text, spans[index + 1 : index + 2])
        ):
            continue
        if later >= 3 * _OWN_ANSWER_WORDS and not _WISHES.search(text[start:end]) and sum(asking) <= 1:
            continue
        kept.append((start, end))
    return tuple(kept)


def _only_checks(sentence: str) -> bool:
    """Whether it asks for leave or for a nod, and for nothing of the problem."""
    if _TAG.search(sentence) and not (_OPENS.match(sentence) or _ASKS_INSIDE.search(sentence)):
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
    return max([low for low, _ in spans if low < start][-2:][:1], default=start)


def asks_outright(sentence: str) -> bool:
    """Whether it is a question in form, and not a thought with a rising end ("so mostly reads?")."""
    stripped = sentence.strip()
    if stripped.endswith("?"):
        return bool(_ASKS_INSIDE.search(stripped) or _OPENS.match(stripped) or _WISHES.search(stripped))
    return bool(_OPENS.match(stripped)) and not stripped.endswith(".")


def _is_question(sentence: str) -> bool:
    stripped = sentence.strip()
    if stripped.endswith("?") or _WISHES.search(stripped):
        return True
    if stripped.endswith(".") or len(stripped.split()) > _SPOKEN_QUESTION_WORDS:
        return False
    return any(form.search(stripped) for form in (_OPENS, _ASKS_INSIDE, _ASKS_LATE))
