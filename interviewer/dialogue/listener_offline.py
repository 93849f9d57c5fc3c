"""The offline listener: the pack's cues, read clause by clause with scope, and sums recomputed.

What is denied, turned away, quoted or told of another company raises nothing, and neither does a name alone. What it
gives steers the interview; the scorecard does its own reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from interviewer.dialogue.moods import moods
from interviewer.dialogue.probes_heard import clear, probes_heard
from interviewer.interview.asking import asked_things
from interviewer.interview.audible import audible
from interviewer.interview.estimates import read_estimates
from interviewer.interview.heard import (
    Act,
    Claim,
    FactAsked,
    Heard,
    QuestionOffSheet,
    SumHeard,
    TopicTouched,
)
from interviewer.interview.ledger import Turn
from interviewer.interview.moves import asks
from interviewer.interview.pack import Pack, Scenario, Topic
from interviewer.interview.quantities import Quantity, quantities
from interviewer.interview.reckoning import REMEMBERED
from interviewer.interview.rubric import compiled
from interviewer.interview.said_again import wanted_again
from interviewer.interview.scope import Reading, read
from interviewer.interview.state import Interview
from interviewer.interview.technologies import technologies
from interviewer.interview.topics import topic_of
from interviewer.interview.words import stems

_NOT_ABOUT_THE_PROBLEM = {
    Act.wants_hint, Act.wants_answer, Act.wants_grade, Act.instructs, Act.asks_brief, Act.stuck, Act.not_know,
    Act.abusive, Act.distressed, Act.disputes, Act.done, Act.wants_end, Act.off_topic, Act.continues,
    Act.needs_time, Act.moves_on,
}  # fmt: skip
"""A turn with one of these may hold a question mark, and asks nothing of the fact sheet."""
_ABOUT_OURS = re.compile(r"\b(?:smaller|easier|simpler) question\b|\bwho is (?:that|he|she)\b", re.I)
_NOT_MEANT = {Act.asks_brief, Act.not_know, Act.off_topic, Act.agrees_only}
"""What a turn is not that only wants our last words again."""
STATEMENT_MATCHES = 0.75
UNSOUND_MATCHES = 0.65
UNSOUND_BESIDE_A_SLOT = 0.85
"""Where a part of the answer is there, only what is very nearly an unsound example is taken for one."""
MOST_NUMBERS = 200
"""So many numbers of a turn are kept as claims; more of them are a table that was pasted in."""
SUBSTANTIAL = 2
"""So many slots filled in one turn are an answer, whatever else it sounds like."""
_ACTS = (
    (Act.proposes, r"\b(?:i(?:'d| would|'ll| will)|we(?:'d| would|'ll| will| can| could)|let(?:'s| us)|i (?:can|could|put|use|have|take|keep|store|make)|we (?:put|use|have|take|keep|store|need))\b"),
    (Act.decides, r"\b(?:i(?:'m| am) (?:going (?:with|to use)|choosing|picking|using)|i(?:'ll| will) (?:use|go with|pick|take|put|choose|store|keep)|i(?:'d| would) (?:use|go with|pick|choose|put|store|take)|i (?:choose|pick|chose|use|take|go with|put)|we(?:'ll| will) (?:use|go with|have)|we (?:use|choose|go with)|my choice|decided|so it(?:'s| is) going to be|let(?:'s| us) (?:use|go with|have|put))\b"),
    (Act.justifies, r"\b(?:because|since|so that|the reason|that way|which (?:means|lets|gives)|in order to|otherwise|due to)\b"),
    (Act.compares, r"\b(?:instead of|rather than|compared (?:to|with)|versus|vs\.?|on the other hand|the alternative|trade-?off|whereas|the price is|costs? (?:us|me)|downside|upside)\b"),
    (Act.concedes, r"\b(?:you(?:'re| are) right|good point|fair point|true, |i (?:take that|was wrong|missed|forgot)|that(?:'s| is) a (?:problem|mistake)|let me correct)\b"),
    (Act.agrees_only, r"^\W*(?:yes|yeah|yep|ok|okay|sure|right|agreed|i agree|correct|exactly|true|makes sense|sounds good|got it|no|nope|fine|good|great|alright|all right|thanks|thank you|cool|perfect)(?:[\s,.!]+(?:yes|yeah|ok|okay|sure|right|that works|i agree|makes sense|thanks|thank you|sounds good|got it|good|great))*[\s.!]*$"),
)  # fmt: skip
_ACT_PATTERNS = tuple((act, re.compile(pattern, re.I)) for act, pattern in _ACTS)


@dataclass(frozen=True)
class OfflineListener:
    """Listens by the cues of the scenario and of the shared library."""

    async def listen(self, interview: Interview, pack: Pack, said: Turn) -> Heard:
        """What the turn holds. Pure but for its form: nothing is awaited."""
        return heard_in(interview, pack, said)


def heard_in(interview: Interview, pack: Pack, said: Turn) -> Heard:
    """What a candidate's turn holds, by the cues of the pack."""
    text, scenario = audible(said.text), pack.scenario
    reading = read(text)
    asked = asked_things(text, scenario, pack.library.shared_facts)
    sentences = _sentences(reading)
    topics = tuple(_topics(reading, sentences, scenario))
    is_open = _asked_something(interview)
    again = wanted_again(text, is_open) is not None and bool(interview.moves)
    puzzled = again or is_open and bool(_ABOUT_OURS.search(text))
    sums = read_estimates(text, _known(interview))
    acts = tuple(dict.fromkeys([*_acts(text, bool(sums)), *moods(text)]))
    if again:  # the words that were said last are meant, and not the problem
        acts = tuple(act for act in acts if act not in _NOT_MEANT)
    puzzled = puzzled or Act.other_language in acts
    if asked and Act.asks not in acts:
        acts = (*acts, Act.asks)
    claims = tuple(_claims(reading, sentences, scenario))
    return Heard(
        turn=said.n,
        words=len(said.text.split()),
        acts=acts,
        asked=()
        if puzzled
        else tuple(
            FactAsked(fact=one.fact, noun=one.noun, start=one.start, end=one.end) for one in asked if one.fact
        ),
        off_sheet=()
        if puzzled
        else tuple(
            QuestionOffSheet(noun=one.noun, shared=one.shared, start=one.start, end=one.end)
            for one in asked
            if not one.fact and (one.shared or not set(acts) & _NOT_ABOUT_THE_PROBLEM)
        ),
        topics=topics,
        claims=claims,
        sums=tuple(
            SumHeard(verdict=one.verdict, ratio=one.ratio, start=one.start, end=one.end) for one in sums
        ),
        probes=tuple(probes_heard(reading, pack, interview)),
        contradicts=tuple(_contradicts(interview, claims)),
        answered=_answered(interview, scenario, said, topics, bool(asked), acts),
    )


def _acts(text: str, sums: bool) -> Iterator[Act]:
    yield from (act for act, pattern in _ACT_PATTERNS if pattern.search(text))
    if sums:
        yield Act.estimates


def _known(interview: Interview) -> tuple[Quantity, ...]:
    """The quantities named so far, as many as are kept in mind, the latest last."""
    known: list[Quantity] = []
    for turn in reversed(interview.transcript[:-1]):
        known = [*quantities(audible(turn.text)), *known]
        if len(known) >= REMEMBERED:
            break
    return tuple(known)


def _topics(reading: Reading, sentences: Sequence[_Sentence], scenario: Scenario) -> Iterator[TopicTouched]:
    for topic in scenario.topics:
        touch = _touch(reading, sentences, topic)
        if touch is not None:
            yield touch


def _touch(reading: Reading, sentences: Sequence[_Sentence], topic: Topic) -> TopicTouched | None:
    text = reading.text
    blocked = [match.span() for cue in topic.cues.not_ for match in compiled(cue).finditer(text)]
    slots: dict[str, tuple[int, int]] = {}
    for slot in topic.slots:
        for cue in slot.cues:
            match = next(
                (
                    one
                    for one in compiled(cue).finditer(text)
                    if one.end() > one.start() and clear(reading, one.start(), one.end())
                ),
                None,
            )
            if match:
                slots[slot.id] = match.span()
                break
    raised = [
        match.span()
        for cue in topic.cues.raised
        for match in compiled(cue).finditer(text)
        if match.end() > match.start()
        and clear(reading, match.start(), match.end())
        and not any(low <= match.start() and match.end() <= high for low, high in blocked)
    ]
    alike = UNSOUND_BESIDE_A_SLOT if slots else UNSOUND_MATCHES
    wrong = _wrong(reading, sentences, topic, alike) if len(slots) < SUBSTANTIAL else None
    if not raised and wrong is None and len(slots) < 2:
        return None
    spans = raised + list(slots.values()) + ([wrong[1]] if wrong else [])
    enough = set(topic.enough) <= set(slots)
    stance = "wrong" if wrong and not enough else "sound" if enough else "thin" if slots else "raised"
    return TopicTouched(
        topic=topic.id,
        stance=stance,  # type: ignore[arg-type]  # one of the four, by construction
        slots=tuple(slot.id for slot in topic.slots if slot.id in slots),
        then=wrong[0] if wrong and not enough else None,
        start=min(low for low, _ in spans),
        end=max(high for _, high in spans),
    )


def _wrong(
    reading: Reading, sentences: Sequence[_Sentence], topic: Topic, alike: float
) -> tuple[int | None, tuple[int, int]] | None:
    """The consequence line that fits an unsound answer, and where it stands; None where the answer is not unsound.

    `sentences` are compared with the examples of unsound answers, which have to be `alike` by so much.
    """
    text = reading.text
    for cue in topic.cues.wrong:
        for match in compiled(cue).finditer(text):
            if match.end() > match.start() and clear(reading, match.start(), match.end()):
                return _then(topic, text[max(0, match.start() - 80) : match.end() + 80]), match.span()
    examples = (
        [(say, stems(say)) for say in (exemplar.say for exemplar in topic.unsound)] if sentences else []
    )
    for sentence in sentences:
        for say, theirs in examples:
            if (
                len(theirs) >= 4
                and len(sentence.stems & theirs) / len(theirs) >= alike
                and clear(reading, sentence.start, sentence.end)
            ):
                return _then(topic, say), (sentence.start, sentence.end)
    return None


def _then(topic: Topic, about: str) -> int | None:
    said = stems(about)
    best = max(
        range(len(topic.then)), key=lambda index: len(stems(topic.then[index].when) & said), default=None
    )
    return best


@dataclass(frozen=True)
class _Sentence:
    """Where a sentence stands, with its content stems."""

    start: int
    end: int
    stems: frozenset[str]


def _sentences(reading: Reading) -> list[_Sentence]:
    """The sentences that hold a word of content."""
    spans: dict[int, tuple[int, int]] = {}
    for clause in reading.clauses:
        low, _ = spans.get(clause.sentence, (clause.start, clause.end))
        spans[clause.sentence] = (low, clause.end)
    read = (_Sentence(low, high, stems(reading.text[low:high])) for low, high in spans.values())
    return [sentence for sentence in read if sentence.stems]


def _claims(reading: Reading, sentences: Sequence[_Sentence], scenario: Scenario) -> Iterator[Claim]:
    text = reading.text
    reasoned = bool(re.search(r"\b(?:because|since|so that|which means|the reason)\b", text, re.I))
    for part in scenario.parts:
        for alias in sorted(part.aliases, key=len, reverse=True):
            match = re.search(rf"(?<!\w){re.escape(alias)}s?(?!\w)", text, re.I)
            if match and clear(reading, match.start(), match.end()):
                yield Claim(
                    kind="part",
                    noun=match.group(),
                    of=part.id,
                    reasoned=reasoned,
                    start=match.start(),
                    end=match.end(),
                )
                break
    for name, role, start, end in technologies(text):
        if clear(reading, start, end):
            yield Claim(kind="technology", noun=name, of=role, reasoned=reasoned, start=start, end=end)
    for choice in scenario.choices:
        for word in choice.when:
            match = re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.I)
            if match and clear(reading, match.start(), match.end()):
                yield Claim(
                    kind="decision",
                    noun=match.group(),
                    of=choice.id,
                    reasoned=reasoned,
                    start=match.start(),
                    end=match.end(),
                )
                break
    for quantity in quantities(text)[:MOST_NUMBERS]:
        if clear(reading, quantity.start, quantity.end):
            yield Claim(kind="number", noun=quantity.text, start=quantity.start, end=quantity.end)
    for pair in scenario.contradictions:
        for half, statement in (("a", pair.a), ("b", pair.b)):
            wanted = stems(statement)
            for sentence in sentences:
                low, high = sentence.start, sentence.end
                if (
                    wanted
                    and len(wanted & sentence.stems) / len(wanted) >= STATEMENT_MATCHES
                    and clear(reading, low, high)
                ):
                    yield Claim(
                        kind="statement",
                        noun=text[low:high][:60],
                        of=f"{pair.id}:{half}",
                        start=low,
                        end=high,
                    )
                    break


def _contradicts(interview: Interview, claims: tuple[Claim, ...]) -> Iterator[str]:
    before = {made.claim.of for made in interview.claims if made.claim.kind == "statement"}
    for claim in claims:
        if claim.kind == "statement":
            id, _, half = claim.of.rpartition(":")
            other = f"{id}:{'b' if half == 'a' else 'a'}"
            if other in before and claim.of not in before:
                yield id


def _asked_something(interview: Interview) -> bool:
    """Whether a question of ours is open."""
    last = interview.last_move
    return last is not None and asks(last.move)


def _answered(
    interview: Interview,
    scenario: Scenario,
    said: Turn,
    topics: tuple[TopicTouched, ...],
    asking: bool,
    acts: tuple[Act, ...],
) -> bool:
    last = interview.last_move
    if last is None or not _asked_something(interview):
        return True
    if wanted_again(said.text, is_open=True) or _ABOUT_OURS.search(said.text):
        return False
    if asking:
        return True
    about = topic_of(last.move, scenario)
    if about is None or any(touch.topic == about for touch in topics):
        return True
    question = next(
        (turn.text for turn in reversed(interview.transcript[: said.n - 1]) if turn.role == "interviewer"), ""
    )
    shared = stems(question) & stems(said.text)
    return len(shared) >= 2 or len(said.text.split()) < 6 or Act.not_know in acts
