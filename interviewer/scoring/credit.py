"""Who raised a concept: the candidate, a question for it, a hint, or nobody but the interviewer (scoring.md 0 and 1.4).

Credit belongs to the concept and not to the turn. Whoever used it first raised it; a prompt that names nothing lowers
nothing, and what the candidate asked for and was told is the candidate's. After an introduction by the interviewer
what counts is what the candidate added. Whether the words are true, or meant, is for others.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from interviewer.interview.acts import (
    CandidateAct,
    InterviewerAct,
    InterviewerSpan,
    acts_in,
    interviewer_acts,
)
from interviewer.interview.ledger import Credit, Turn
from interviewer.interview.needles import Sought, sought
from interviewer.interview.scope import Reading, read
from interviewer.interview.words import Normalised, Span, normal_text, normalise, phrases, stems, tokens

WITHIN = 3
"""So many turns an introduction by the interviewer makes what follows hinted; after that it is merely asked."""
ADDED = 5
"""So many new content words make an answer more than an echo, even without a number or a reason."""
OF_THEIR_OWN = 0.15
"""With no larger a share of content words that the interviewer has not just used, a sentence is said back."""
SHARED = 2
"""So many content words in common tie an answer to a question or a wordless hint to what follows."""


@dataclass(frozen=True)
class Concept:
    """What may be raised. `cues` are patterns of saying it, `guarded` the words that give it away, `asked` patterns of
    a question for it that gives nothing away. Case is ignored."""

    name: str
    cues: tuple[str, ...]
    guarded: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Raised:
    """Who raised it, where the candidate did, and the interviewer's turn that it goes back to, where there is one."""

    credit: Credit
    turn: int
    start: int
    end: int
    source_turn: int | None = None


@dataclass(frozen=True)
class Talk:
    """The turns of an interview in order, with what each of the interviewer's does. Made once, asked often."""

    turns: tuple[Turn, ...]

    @cached_property
    def readings(self) -> tuple[Reading, ...]:
        """Clauses and scopes of each turn."""
        return tuple(read(turn.text) for turn in self.turns)

    @cached_property
    def normals(self) -> tuple[Normalised, ...]:
        """The normal form of each turn."""
        return tuple(normalise(turn.text) for turn in self.turns)

    @cached_property
    def used(self) -> tuple[frozenset[str], ...]:
        """The content stems that the candidate had used before each turn."""
        found: list[frozenset[str]] = []
        so_far: frozenset[str] = frozenset()
        for turn in self.turns:
            found.append(so_far)
            so_far |= stems(turn.text) if turn.role == "candidate" else frozenset()
        return tuple(found)

    @cached_property
    def prompts(self) -> tuple[tuple[InterviewerSpan, ...], ...]:
        """The sentences of each interviewer turn; none for the candidate's."""
        return tuple(
            interviewer_acts(turn.text, self.asked_before(at)) if turn.role == "interviewer" else ()
            for at, turn in enumerate(self.turns)
        )

    @cached_property
    def asking(self) -> tuple[bool, ...]:
        """Whether the candidate asks something in each turn."""
        return tuple(
            turn.role == "candidate" and any(span.act is CandidateAct.ask for span in acts_in(reading))
            for turn, reading in zip(self.turns, self.readings, strict=True)
        )

    def asked_before(self, at: int) -> bool:
        """Whether the turn at this index comes right after a question of the candidate's."""
        return at > 0 and self.asking[at - 1]

    def index(self, n: int) -> int:
        """Where the turn with number n stands. Raises ValueError where there is none."""
        return [turn.n for turn in self.turns].index(n)


def first_raised(talk: Talk | Sequence[Turn], concept: Concept) -> Raised | None:
    """The candidate's first mention of the concept with its credit; None where they never do.

    What they quote from somebody else is no mention.
    """
    talk = talk if isinstance(talk, Talk) else Talk(tuple(talk))
    for at, turn in enumerate(talk.turns):
        if turn.role == "candidate" and (span := _own_mention(talk, concept, at)) is not None:
            return credit_of(talk, concept, turn.n, span)
    return None


def credit_of(talk: Talk | Sequence[Turn], concept: Concept, turn: int, span: Span) -> Raised:
    """The credit for what stands at `span` of candidate turn number `turn`. Raises ValueError for an unknown turn."""
    talk = talk if isinstance(talk, Talk) else Talk(tuple(talk))
    here = talk.index(turn)
    if (before := said_back(talk, here, span)) is not None:
        return Raised(Credit.echo, turn, span.start, span.end, talk.turns[before].n)
    first, place = _first_mention(talk, concept, here, span)
    introduced = _introduction(talk, concept, first)
    if introduced is None and first == here:
        introduced = _suggestion(talk, here, span)
    if introduced is None:
        asked = _question_for(talk, concept, first, place)
        source = None if asked is None else talk.turns[asked].n
        return Raised(
            Credit.unprompted if asked is None else Credit.asked, turn, span.start, span.end, source
        )
    by, act = introduced
    source = talk.turns[by].n
    if not _adds(talk, by, here, span):
        return Raised(Credit.echo, turn, span.start, span.end, source)
    partial = act is InterviewerAct.answer or turn - source > WITHIN
    return Raised(Credit.asked if partial else Credit.hinted, turn, span.start, span.end, source)


def said_back(talk: Talk, here: int, span: Span) -> int | None:
    """The index of the interviewer's turn just before whose statement the candidate says back there, whatever act it was.

    What the candidate had mostly said earlier, or asked for, is theirs; so is a figure of their own, and an answer in the
    words of a question.
    """
    reading = talk.readings[here]
    start = _sentence_bounds(reading, reading.clause_at(span.start))[0]
    end = _sentence_bounds(reading, reading.clause_at(max(span.end - 1, span.start)))[1]
    sentence = reading.text[start : max(end, span.end)]
    mine = stems(sentence) - _ASSENT
    if len(mine - talk.used[here]) < max(SHARED, len(mine) / 2):
        return None
    for before in _prompting(talk, here):
        if talk.asked_before(before):
            continue
        said = statements_in(talk.turns[before].text)
        if len(mine - stems(said)) <= len(mine) * OF_THEIR_OWN and not _new_figures(sentence, said):
            return before
    return None


def statements_in(text: str) -> str:
    """The sentences that end in no question mark: what is told, and not asked."""
    return " ".join(one for one in _SENTENCES.findall(text) if not one.rstrip().endswith("?"))


# ------------------------------------------------------------------------------------------------ first mention


def _first_mention(talk: Talk, concept: Concept, here: int, span: Span) -> tuple[int, Span]:
    for at in range(here if concept.cues or concept.guarded else 0):
        if talk.turns[at].role == "candidate" and (earlier := _own_mention(talk, concept, at)) is not None:
            return at, earlier
    return here, span


def _own_mention(talk: Talk, concept: Concept, at: int) -> Span | None:
    """The first place in a candidate turn that raises the concept in their own name."""
    normal = talk.normals[at]
    for match in _pattern(concept).finditer(normal.text):
        if match.start() == match.end():
            continue
        span = normal.span(*match.span())
        if not talk.readings[at].scope_at(span.start, span.end).quoted:
            return span
    return None


@lru_cache(maxsize=4096)
def _pattern(concept: Concept) -> Sought:
    return sought((*concept.cues, *(rf"\b{re.escape(word)}\b" for word in concept.guarded)))


@lru_cache(maxsize=4096)
def _guards(concept: Concept) -> Sought:
    return sought(tuple(rf"\b{re.escape(word)}\b" for word in concept.guarded))


# ------------------------------------------------------------------------------------- what the interviewer did

_ASKING = (InterviewerAct.probe, InterviewerAct.open_question, InterviewerAct.curveball)


def _introduction(talk: Talk, concept: Concept, before: int) -> tuple[int, InterviewerAct] | None:
    """The interviewer's first use of the concept before that turn, and by which act; none where it was earned."""
    for at in range(before if concept.cues or concept.guarded else 0):
        for prompt in talk.prompts[at]:
            text = normal_text(talk.turns[at].text[prompt.start : prompt.end])
            if not _pattern(concept).search(text) or prompt.act is InterviewerAct.logistics:
                continue
            if prompt.act is InterviewerAct.answer and talk.asked_before(at):
                continue
            if (
                prompt.act in _ASKING
                and not _guards(concept).search(text)
                and sought(concept.asked).search(text)
            ):
                continue
            return at, prompt.act
    return None


def _suggestion(talk: Talk, here: int, span: Span) -> tuple[int, InterviewerAct] | None:
    """A hint just before that says the same in other words: the reply takes them over, or opens by agreeing."""
    sentence = _sentence(talk.readings[here], span)
    mine = stems(sentence) - talk.used[here]
    assents = sentence.strip() == talk.turns[here].text.strip()[: len(sentence.strip())] and _ASSENTS.match(
        normal_text(sentence)
    )
    for at in _prompting(talk, here):
        for prompt in talk.prompts[at]:
            theirs = stems(talk.turns[at].text[prompt.start : prompt.end])
            if prompt.act is InterviewerAct.hint and (assents or len(mine & theirs) >= SHARED):
                return at, prompt.act
    return None


def _question_for(talk: Talk, concept: Concept, at: int, span: Span) -> int | None:
    """The interviewer's turn that this one answers, if it asked for the concept without giving it away."""
    for before in _prompting(talk, at):
        for prompt in talk.prompts[before]:
            if prompt.content_free or prompt.act not in (
                *_ASKING,
                InterviewerAct.hint,
                InterviewerAct.correction,
            ):
                continue
            text = talk.turns[before].text[prompt.start : prompt.end]
            if concept.asked:
                if sought(concept.asked).search(normal_text(text)):
                    return before
            elif _answers(talk.readings[at], span, text):
                return before
    return None


def _answers(reading: Reading, span: Span, question: str) -> bool:
    """Whether the words stand in the reply's first sentence, or take up the question's own."""
    first = reading.clauses[reading.clause_at(span.start)].sentence == 0
    return first or len(stems(_sentence(reading, span)) & stems(question)) >= SHARED


def _prompting(talk: Talk, here: int) -> tuple[int, ...]:
    """The interviewer turns since the candidate's last one, nearest first."""
    found: list[int] = []
    for at in range(here - 1, -1, -1):
        if talk.turns[at].role == "candidate":
            break
        found.append(at)
    return tuple(found)


# ------------------------------------------------------------------------------------------ what was added to it

_SENTENCES = re.compile(r"[^.!?]+[.!?]*")
_REASONS = phrases(
    "because", "since", "so that", "otherwise", "which means", "therefore", "that way", "the reason", "in order to",
    "due to", "or else", "that's why", "that is why", r"so (?:we|it|the|they|nobody|nothing|a|i|no|each|every)",
    r"if (?!so\b|you like\b|you want\b)",
)  # fmt: skip
_NUMBERS = re.compile(
    r"\d[\d.,]*|\b(?:two|three|four|five|six|seven|eight|nine|ten|twenty|thirty|fifty|hundred|thousand"
    r"|million|half|twice)\b"
)
_ASSENT = stems(
    "agree agreed yes exactly correct true idea point sound sounds fine great nice work works fair indeed absolutely"
)
_ASSENTS = re.compile(
    r"\W{0,4}(?:(?:oh|ah|ok|okay|well|um|uh|hm)\b,? ){0,2}(?:agreed|yes|yeah|yep|sure|true|exactly|right"
    r"|indeed|of course|good (?:idea|point)"
    r"|i agree|makes sense|that makes sense|point taken|absolutely|you're right|(?:it |that )?could be)\b"
)
_TURNS_AWAY = re.compile(
    r"\W{0,4}(?:next|then|now|moving on|sizing|as for|for the|regarding|second|third|back to|also|another)\b"
)
_TAKES_UP = re.compile(r"\b(?:it|that|this|these|those|they|them|which|there|so|one|ones|its|their)\b")


def _adds(talk: Talk, by: int, here: int, span: Span) -> bool:
    """Whether the candidate gives new content, a number or a reason beyond what the interviewer said since."""
    said = " ".join(turn.text for turn in talk.turns[by:here] if turn.role == "interviewer")
    around = _neighbourhood(talk.readings[here], span)
    if _REASONS.search(normal_text(around)) or _new_figures(around, said):
        return True
    return len(stems(around) - stems(said) - _ASSENT) >= ADDED


def _new_figures(mine: str, theirs: str) -> bool:
    return bool(set(_NUMBERS.findall(normal_text(mine))) - set(_NUMBERS.findall(normal_text(theirs))))


def _sentence(reading: Reading, span: Span) -> str:
    start, end = _sentence_bounds(reading, reading.clause_at(span.start))
    return reading.text[start : max(end, span.end)]


def _neighbourhood(reading: Reading, span: Span) -> str:
    """The sentence, and the next one where it goes on about the same thing in the same paragraph."""
    last = reading.clause_at(max(span.end - 1, span.start))
    start, end = _sentence_bounds(reading, reading.clause_at(span.start))
    end = max(end, _sentence_bounds(reading, last)[1])
    follower = reading.clause_at(end) if end < len(reading.text) else None
    if follower is None or "\n" in reading.text[start:end].strip(" ") or not tokens(reading.text[end:]):
        return reading.text[start:end]
    until = _sentence_bounds(reading, follower)[1]
    after = normal_text(reading.text[end:until])
    goes_on = _TAKES_UP.search(after) and not _TURNS_AWAY.match(after)
    return reading.text[start:until] if goes_on else reading.text[start:end]


def _sentence_bounds(reading: Reading, number: int) -> tuple[int, int]:
    mine, first, last = reading.clauses[number].sentence, number, number
    while first > 0 and reading.clauses[first - 1].sentence == mine:
        first -= 1
    while last + 1 < len(reading.clauses) and reading.clauses[last + 1].sentence == mine:
        last += 1
    return reading.clauses[first].start, reading.clauses[last].end
