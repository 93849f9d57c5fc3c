"""What the heads make of an interview: every stretch of the candidate's answers, scored for every item and flag."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from interviewer.interview.heads import Heads
from interviewer.interview.words import Span
from interviewer.scoring.interview_reading import InterviewReading
from interviewer.scoring.signs import Reading

SENTENCES = 2
"""A stretch is so many sentences: one often leaves the reason to the next."""
MOST_WORDS = 45
"""A sentence longer than this, as dictation makes them, is cut at its clauses."""
MOST_STRETCHES = 30
"""Of one answer no more are looked at: a very long one says what it says in the first of them."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of one candidate turn, with the exchange in which it answers. `span` is raw."""

    exchange: int
    reading: Reading
    span: Span

    @property
    def text(self) -> str:
        """Its words."""
        return self.reading.turn.text[self.span.start : self.span.end]


@dataclass(frozen=True)
class Heard:
    """An interview as the heads hear it. With no heads there is nothing."""

    interview: InterviewReading
    heads: Heads

    @cached_property
    def scored(self) -> tuple[tuple[Stretch, list[float]], ...]:
        """Every stretch with the log-odds of each head, in the heads' order."""
        if not self.heads.keys:
            return ()
        found: list[tuple[Stretch, list[float]]] = []
        for number, exchange in enumerate(self.interview.exchanges):
            question = self.heads.for_question(exchange.asked or "Go on.")
            for reading in exchange.answer:
                for span in stretches(reading):
                    stretch = Stretch(number, reading, span)
                    answer = self.heads.for_answer(stretch.text)
                    found.append(
                        (stretch, [one + other for one, other in zip(answer, question, strict=True)])
                    )
        return tuple(found)

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {key: number for number, key in enumerate(self.heads.keys)}

    def knows(self, key: str) -> bool:
        """Whether there is a head for this item or flag."""
        return key in self._numbers

    def best(self, key: str) -> list[tuple[float, Stretch]]:
        """The stretches by what the head of this key makes of them, best first; none where there is no such head."""
        if key not in self._numbers:
            return []
        number = self._numbers[key]
        found = [(scores[number], stretch) for stretch, scores in self.scored]
        return sorted(found, key=lambda one: (-one[0], one[1].reading.turn.n, one[1].span.start))


def stretches(reading: Reading) -> Iterator[Span]:
    """Runs of SENTENCES sentences, and the whole turn where it is longer; at most MOST_STRETCHES."""
    pieces = list(sentences(reading))[:MOST_STRETCHES]
    if not pieces:
        return
    for at in range(max(len(pieces) - SENTENCES + 1, 1)):
        run = pieces[at : at + SENTENCES]
        yield Span(run[0].start, run[-1].end)
    if len(pieces) > SENTENCES:
        yield Span(pieces[0].start, pieces[-1].end)


def sentences(reading: Reading) -> Iterator[Span]:
    """The sentences of a turn as raw spans without space at their ends; long ones cut at clauses."""
    text = reading.turn.text
    start: int | None = None
    sentence, words = 0, 0
    end = 0
    for clause in reading.clauses:
        count = len(text[clause.start : clause.end].split())
        if start is not None and (clause.sentence != sentence or words + count > MOST_WORDS):
            yield from _trimmed(text, start, end)
            start = None
        if start is None:
            start, sentence, words = clause.start, clause.sentence, 0
        words += count
        end = clause.end
    if start is not None:
        yield from _trimmed(text, start, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    piece = text[start:end]
    if piece.strip():
        yield Span(start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip()))
