"""Which lines of the fact sheet a candidate's turn asks for, in their order, and what it asks that no line covers.

A question is cut into the things it asks for ("users, peak, and do we do payments?" is three) and each is matched with
the paraphrases of the sheet by content words, weighed by how few facts use them. Rhetorical questions, which the
candidate goes on to answer, and check-ins ("does that make sense?") ask for nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from math import log

from interviewer.interview.pack import Scenario, SharedFact
from interviewer.interview.words import stems

MATCHES = 0.62
"""Share of a paraphrase's weight that has to be there."""

OWN_FACT_FIRST = 0.5
"""A fact of the scenario wins over a line that all interviews share unless that fits twice as well."""

_QUESTION_WORD = re.compile(
    r"\b(how (?:many|much|often|long|fast|big|large|strict|fresh|old|soon|far|quickly|wide|deep|heavy|hot|bad)|who|where|when)\b",
    re.I,
)
_BALANCE = re.compile(
    r"\b(?:read|write)s?[- ](?:heavy|intensive|dominated|mostly)\b|\breads? ?(?:to|vs\.?|versus|per|over|/|:) ?writes?\b",
    re.I,
)
_NUMBER_OF = re.compile(r"\b(?:number|count|amount|volume) of\b", re.I)
_OPENS = re.compile(
    r"^\W*+(?:(?:and|also|so|ok(?:ay)?|then|first|second|another|one more|next|great|thanks|sure|well|um|uh|alright|hi|hello|hey|roughly|approximately|just|quick(?:ly)?)[,\s]*+)*+\W*+"
    r"(?:what|who|whom|whose|which|where|when|how|why|is|are|do|does|did|can|could|should|will|would|may|has|have|am|any)\b",
    re.I,
)
_WISHES = re.compile(
    r"\b(?:i(?:'d| would)? (?:like|want|need) to (?:know|ask|clarify|understand|check|confirm)|tell me|let me ask|can you (?:tell|say|give|share|clarify)"
    r"|could you (?:tell|say|give|share|clarify)|wonder(?:ing)?|curious|what about|how about|question(?:s)? (?:about|on|is)|clarify|i(?:'m| am) assuming .{0,200} (?:right|correct|ok|okay)"
    r"|(?:may|can|could|should|shall) (?:i|we) assume|do you (?:want|have|expect|know)|not sure (?:if|whether) (?:we|you))\b",
    re.I,
)
_CHECK_IN = re.compile(
    r"(?:make[s]? sense|sound[s]? (?:good|right|ok|okay|fair|reasonable)|shall i (?:go|continue|move|start|proceed)|should i (?:go on|continue|move on|proceed)"
    r"|(?:is|was|would) (?:that|this|it) (?:be )?(?:ok|okay|fine|clear|enough|what you)|(?:does|would|will|could|might) (?:that|this|it) (?:work|do|suffice|be (?:enough|acceptable))(?: (?:here|for you|too|as well))?\W*$|do you want me to|want me to|any (?:other )?questions for me|(?:^|[,.\s])(?:ok|okay|right|yeah|yes|you know)\?$|(?:^|[,.]\s*)(?:no|you see|see)\?$|you with me|are you there|can you hear|shall we)",
    re.I,
)
_RHETORICAL = re.compile(
    r"^\W*+(?:(?:so|and|but|now|then|well|ok(?:ay)?)[,\s]*+)*+(?:what (?:happens|if|about when|do i do|would happen|breaks|goes wrong)|why\b|how (?:do|would|should|can) (?:i|we|they|it|you)|what(?:'s| is) the (?:problem|catch|price|cost|trade|downside|bottleneck|risk)|which one|is (?:it|that) (?:a problem|bad|enough)|can (?:it|that|this) (?:fail|break))",
    re.I,
)
_CUTS = re.compile(
    r"[,;?]|\band\b|\bor\b(?=\s+(?:how|what|who|which|where|when|is|are|do|does|can|should|will|would)\b)|\bplus\b|\balso\b|\n|\bas well as\b",
    re.I,
)
"""Where one thing asked for ends and the next begins; "web or mobile" is one, "how many users or how many links" two."""
_PROPOSES = re.compile(
    r"^\W*+(?:(?:so|and|but|ok(?:ay)?|hmm|well)[,\s]*+)*+what if (?:i\b|we (?:just )?(?:use|put|hash|stor|add|split|shard|cach|take|took|make|made|went|go|keep|kept|partition|replicat)\w*)",
    re.I,
)
"""A proposal with a rising end: what they would like to hear is whether it holds, and the sheet has nothing on that."""
_FILLER = frozenset(
    stems("system design question know tell want need assume think should thing kind sort expect like requirement target number about need support consider clarify start look going use say give")
)  # fmt: skip
_OWN_ANSWER_WORDS = 14
_MOST_ASKED = 200
"""So many pieces of questions are looked up in one turn at most, each in every line of the sheet."""


@dataclass(frozen=True)
class Asked:
    """One thing that was asked for: the fact that covers it, or None, in the words from `start` to `end` of the turn."""

    fact: str | None
    shared: str | None
    noun: str
    start: int
    end: int


def asked_facts(text: str, scenario: Scenario) -> tuple[Asked, ...]:
    """The facts of the sheet that a turn asks for, in the asker's order, each once."""
    return tuple(one for one in asked_things(text, scenario, ()) if one.fact is not None)


def asked_things(text: str, scenario: Scenario, shared: Sequence[SharedFact]) -> tuple[Asked, ...]:
    """Everything that a turn asks for, in order: facts of the sheet, lines that all interviews share, and the rest."""
    sheet = _index(tuple((fact.id, fact.ask) for fact in scenario.facts))
    common = _index(tuple((fact.id, fact.ask) for fact in shared))
    found: dict[str, Asked] = {}
    looked_up = 0
    sentences = _sentences(text)
    for start, end in questions(text):
        if looked_up >= _MOST_ASKED:
            break
        before = len(found)
        for low, high in islice(_segments(text, start, end), _MOST_ASKED - looked_up):
            looked_up += 1
            _match(text, low, high, sheet, common, found)
        low = start if _of_content(_features(text[start:end])) else _before(sentences, start)
        if len(found) == before and not _match(text, low, end, sheet, common, found):
            noun = _noun(text[low:end])
            if noun and _asks_outright(text[start:end]):
                found[f"?{start}"] = Asked(None, None, noun, start, end)
    return tuple(found.values())


def questions(text: str) -> tuple[tuple[int, int], ...]:
    """The sentences of a turn that ask something of the interviewer, as offsets."""
    sentences = _sentences(text)
    asking = [_is_question(text[start:end]) for start, end in sentences]
    told = [
        0 if ask else len(text[start:end].split())
        for (start, end), ask in zip(sentences, asking, strict=True)
    ]
    later = sum(told)
    kept: list[tuple[int, int]] = []
    for index, (start, end) in enumerate(sentences):
        later -= told[index]
        if (
            not asking[index]
            or _CHECK_IN.search(text[start:end].strip())
            or _PROPOSES.search(text[start:end])
        ):
            continue
        if _RHETORICAL.search(text[start:end]) and later >= 6:
            continue
        if later >= 3 * _OWN_ANSWER_WORDS and not _WISHES.search(text[start:end]) and sum(asking) <= 1:
            continue
        kept.append((start, end))
    return tuple(kept)


def _before(sentences: Sequence[tuple[int, int]], start: int) -> int:
    """Where what "how many are there?" means was said: the two sentences before it, one of which is often only "um"."""
    return max([low for low, _ in sentences if low < start][-2:][:1], default=start)


_LONG = 60
_TAIL = 40


def _sentences(text: str) -> list[tuple[int, int]]:
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


def _is_question(sentence: str) -> bool:
    stripped = sentence.strip()
    return (
        stripped.endswith("?")
        or bool(_WISHES.search(stripped))
        or (bool(_OPENS.match(stripped)) and len(stripped.split()) <= 14 and not stripped.endswith("."))
    )


def _asks_outright(sentence: str) -> bool:
    """Whether it is a question in form, and not a thought with a rising end ("so mostly reads?")."""
    return sentence.rstrip().endswith("?") and bool(
        any(map(_OPENS.match, _CUTS.split(sentence))) or _WISHES.search(sentence)
    )


def _segments(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    low = start
    for cut in _CUTS.finditer(text, start, end):
        if cut.start() > low:
            yield low, cut.start()
        low = cut.end()
    if low < end:
        yield low, end


@dataclass(frozen=True)
class _Index:
    """Paraphrases as weighed features. `weights` is by how few lines use a feature, `verbatim` has each in its bare
    words, since the very same words ask for it even where they are all small ones ("is it even")."""

    lines: tuple[tuple[str, tuple[frozenset[str], ...]], ...]
    weights: dict[str, float]
    verbatim: dict[str, str]


@lru_cache(maxsize=64)
def _index(sheet: tuple[tuple[str, tuple[str, ...]], ...]) -> _Index:
    lines = tuple((id, tuple(filter(None, (_features(ask) for ask in asks)))) for id, asks in sheet)
    used: dict[str, int] = {}
    for _, asks in lines:
        for feature in frozenset().union(*asks):
            used[feature] = used.get(feature, 0) + 1
    weights = {feature: 1 + log((len(lines) + 1) / count) for feature, count in used.items()}
    verbatim = {_bare(ask): id for id, asks in reversed(sheet) for ask in asks}
    return _Index(lines, weights, verbatim)


def _bare(text: str) -> str:
    words = " ".join(re.findall(r"[\w']+", text.lower()))
    return re.sub(r"^(?:(?:and|so|also) )?(?:what|how) about ", "", words)


def _features(text: str) -> frozenset[str]:
    words = {match.group(1).lower().replace(" ", "_") for match in _QUESTION_WORD.finditer(text)}
    if _NUMBER_OF.search(text):
        words.add("how_many")
    if _BALANCE.search(text):
        words |= stems("read write ratio")
    return (stems(text) - _FILLER) | words


def _of_content(features: frozenset[str]) -> bool:
    """Whether it is about something, and does not only ask how many or when."""
    return any("_" not in feature and feature not in ("who", "where", "when") for feature in features)


def _match(text: str, start: int, end: int, sheet: _Index, common: _Index, found: dict[str, Asked]) -> bool:
    said = _features(text[start:end])
    if fact := sheet.verbatim.get(_bare(text[start:end])):
        found.setdefault(fact, _of_sheet(fact, start, end))
        return True
    if not said:
        return False
    fact, fact_worth = _best(said, sheet)
    line, line_worth = _best(said, common)
    if fact is not None and fact_worth >= OWN_FACT_FIRST * line_worth:
        found.setdefault(fact, _of_sheet(fact, start, end))
        return True
    if line is not None:
        found.setdefault(line, Asked(None, line, _noun(text[start:end]), start, end))
        return True
    return False


def _of_sheet(fact: str, start: int, end: int) -> Asked:
    return Asked(fact, None, fact.partition(".")[2].replace("-", " "), start, end)


def _best(said: frozenset[str], index: _Index) -> tuple[str | None, float]:
    best: tuple[str | None, float] = (None, 0.0)
    for id, asks in index.lines:
        for ask in asks:
            whole = sum(index.weights[feature] for feature in ask)
            there = sum(index.weights[feature] for feature in ask & said)
            if (
                (_of_content(ask & said) or len(ask) == 1)
                and there / whole >= MATCHES
                and there * there / whole > best[1]
            ):
                best = (id, there * there / whole)
    return best


def _noun(text: str) -> str:
    """The asker's own word for it: the longest run of content words at the end of the segment, at most four words."""
    words = re.findall(r"[A-Za-z][\w'-]*", text)
    kept = [word for word in words if stems(word) - _FILLER]
    return " ".join(kept[-2:]).lower() if kept else ""
