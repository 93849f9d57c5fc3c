"""What the heads make of an interview: every stretch of the candidate's answers, scored for every item and flag."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from operator import add

from interviewer.interview.heads import Heads
from interviewer.interview.words import Span, stems
from interviewer.scoring.interview_reading import InterviewReading
from interviewer.scoring.signs import Reading, is_inventory

SENTENCES = 2
"""A stretch is so many sentences: one often leaves the reason to the next."""
MOST_WORDS = 45
"""A sentence longer than this, as dictation makes them, is cut at its clauses."""
DICTATED_WORDS = 18
"""Without full stops a piece is as long as a sentence usually is."""
LONGEST_QUOTE = 2 * MOST_WORDS
LEAST_TOLD = 3
"""A stretch tells something from so many words of content or figures on."""
MOST_STRETCHES = 30
"""Of one answer no more are looked at: a very long one says what it says in the first of them."""


Veto = frozenset[str]
"""Names of scopes (interview/scope.py) whose clauses are not listened to."""
NOT_SAID: Veto = frozenset({"past", "quoted", "rejected", "hypothetical", "question"})
"""What a speaker does not say of this design as their own."""
EVERYTHING: Veto = frozenset()


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of one candidate turn, with the exchange in which it answers. `span` is raw, `clauses` are numbers."""

    exchange: int
    reading: Reading
    span: Span
    clauses: range

    @property
    def text(self) -> str:
        """Its words."""
        return self.reading.turn.text[self.span.start : self.span.end]

    def without(self, veto: Veto) -> str:
        """Its words less the clauses in one of these scopes."""
        scopes, clauses = self.reading.scopes.scopes, self.reading.clauses
        kept = [at for at in self.clauses if not any(getattr(scopes[at], name) for name in veto)]
        if len(kept) == len(self.clauses):
            return self.text
        return " ".join(clauses[at].text.strip() for at in kept)

    def trimmed(self, veto: Veto) -> Stretch:
        """The same without clauses at its ends that are in one of these scopes: what is quoted begins and ends with what
        was listened to.
        """
        scopes, clauses = self.reading.scopes.scopes, self.reading.clauses
        kept = [at for at in self.clauses if not any(getattr(scopes[at], name) for name in veto)]
        if not kept or (kept[0] == self.clauses[0] and kept[-1] == self.clauses[-1]):
            return self
        start = max(clauses[kept[0]].start, self.span.start)
        end = min(clauses[kept[-1]].end, self.span.end)
        words = self.reading.turn.text[start:end]
        span = Span(start + len(words) - len(words.lstrip()), start + len(words.rstrip()))
        return Stretch(self.exchange, self.reading, span, range(kept[0], kept[-1] + 1))


@dataclass(frozen=True)
class Heard:
    """An interview as the heads hear it. With no heads there is nothing."""

    interview: InterviewReading
    heads: Heads

    @cached_property
    def stretches(self) -> tuple[Stretch, ...]:
        """Every stretch of the candidate's, in order."""
        return tuple(
            stretch
            for number, exchange in enumerate(self.interview.exchanges)
            for reading in exchange.answer
            for stretch in stretches(number, reading)
        )

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {key: number for number, key in enumerate(self.heads.keys)}

    @cached_property
    def _questions(self) -> tuple[list[float], ...]:
        return tuple(self.heads.for_question(one.asked or "Go on.") for one in self.interview.exchanges)

    @cached_property
    def _scores(self) -> dict[Veto, list[list[float] | None]]:
        return {}

    @cached_property
    def _by_head(self) -> dict[Veto, tuple[list[Stretch], list[tuple[float, ...]]]]:
        return {}

    @cached_property
    def _sums(self) -> dict[tuple[int, str], list[float]]:
        return {}

    @cached_property
    def _ranked(self) -> dict[tuple[str, Veto], list[tuple[float, Stretch]]]:
        return {}

    def knows(self, key: str) -> bool:
        """Whether there is a head for this item or flag."""
        return key in self._numbers

    def best(self, key: str, veto: Veto = EVERYTHING) -> list[tuple[float, Stretch]]:
        """The stretches by what the head of this key makes of them, as log-odds, best first. Clauses in a scope of `veto`
        are not listened to, nor stretches without any other; none where there is no such head.
        """
        number = self._numbers.get(key)
        if number is None:
            return []
        if (key, veto) not in self._ranked:
            heard, columns = self._columns(veto)
            scores = columns[number] if columns else ()
            # equals stay in their order in the talk
            order = sorted(range(len(scores)), key=scores.__getitem__, reverse=True)
            self._ranked[key, veto] = [(scores[at], heard[at]) for at in order]
        return self._ranked[key, veto]

    def _columns(self, veto: Veto) -> tuple[list[Stretch], list[tuple[float, ...]]]:
        """The stretches of which something is listened to, and for each head what it makes of each of them."""
        if veto not in self._by_head:
            scored = [
                (stretch, scores)
                for stretch, scores in zip(self.stretches, self._scored(veto), strict=True)
                if scores is not None
            ]
            columns = list(zip(*(scores for _, scores in scored), strict=True))
            self._by_head[veto] = [stretch for stretch, _ in scored], columns
        return self._by_head[veto]

    def _scored(self, veto: Veto) -> list[list[float] | None]:
        if veto not in self._scores:
            texts = ((stretch.exchange, stretch.without(veto)) for stretch in self.stretches)
            self._scores[veto] = [self._made_of(at, text) if text.strip() else None for at, text in texts]
        return self._scores[veto]

    def _made_of(self, exchange: int, text: str) -> list[float]:
        """The same words in the same exchange are summed once, whichever scopes were left out."""
        if (exchange, text) not in self._sums:
            answer = self.heads.for_answer(text)
            self._sums[exchange, text] = list(map(add, answer, self._questions[exchange]))
        return self._sums[exchange, text]

    def alone(self, key: str, stretch: Stretch, veto: Veto = EVERYTHING) -> float:
        """What this head makes of what is listened to of a stretch, without the question it answers."""
        number = self._numbers[key]
        made = self._made_of(stretch.exchange, stretch.without(veto))
        return made[number] - self._questions[stretch.exchange][number]

    def quotable(self, key: str, stretch: Stretch) -> Stretch:
        """The stretch itself, or of a long one the part that this head makes most of: a quote is not a speech."""
        if len(stretch.text.split()) <= LONGEST_QUOTE:
            return stretch
        inside = (
            one
            for _, one in self.best(key)
            if one.reading is stretch.reading
            and stretch.span.start <= one.span.start
            and one.span.end <= stretch.span.end
            and one.span != stretch.span
        )
        return next(inside, stretch)


def stretches(exchange: int, reading: Reading) -> Iterator[Stretch]:
    """Runs of SENTENCES sentences, or the turn where it has fewer; at most MOST_STRETCHES."""
    pieces = list(sentences(reading))[:MOST_STRETCHES]
    if not pieces:
        return
    for at in range(max(len(pieces) - SENTENCES + 1, 1)):
        run = pieces[at : at + SENTENCES]
        span = Span(run[0][0].start, run[-1][0].end)
        yield Stretch(exchange, reading, span, range(run[0][1].start, run[-1][1].stop))


def content_of(text: str) -> int:
    """How many words of content and figures it has."""
    return len(stems(text)) + sum(word[0].isdigit() for word in text.split())


def sentences(reading: Reading) -> Iterator[tuple[Span, range]]:
    """The sentences of a turn as raw spans without space at their ends, with their clauses; long ones cut at clauses, and
    bare lists of names left out.
    """
    text = reading.turn.text
    most = DICTATED_WORDS if reading.spoken else MOST_WORDS
    first, words = 0, 0
    for at, clause in enumerate(reading.clauses):
        count = len(clause.text.split())
        if at > first and (clause.sentence != reading.clauses[first].sentence or words + count > most):
            yield from _trimmed(text, reading, range(first, at))
            first, words = at, 0
        words += count
    if reading.clauses:
        yield from _trimmed(text, reading, range(first, len(reading.clauses)))


def _trimmed(text: str, reading: Reading, numbers: range) -> Iterator[tuple[Span, range]]:
    start, end = reading.clauses[numbers[0]].start, reading.clauses[numbers[-1]].end
    piece = text[start:end]
    if piece.strip() and not is_inventory(piece):
        span = Span(start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip()))
        yield span, numbers
