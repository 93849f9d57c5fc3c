"""An interview read for scoring: every turn prepared once, with who answered what, and every sum of the candidate's."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from interviewer.interview.estimates import Estimate, read_estimates
from interviewer.interview.quantities import Quantity, quantities
from interviewer.interview.rubric import Sign
from interviewer.interview.transcript import Transcript
from interviewer.interview.words import Span
from interviewer.scoring import signs
from interviewer.scoring.credit import Talk
from interviewer.scoring.signs import Reading, Together


@dataclass(frozen=True)
class Exchange:
    """A run of candidate turns and the run of interviewer turns that it answers, which may be empty."""

    question: tuple[Reading, ...]
    answer: tuple[Reading, ...]

    @property
    def asked(self) -> str:
        """What the interviewer said."""
        return " ".join(reading.text for reading in self.question)

    @property
    def said(self) -> str:
        """What the candidate said."""
        return " ".join(reading.text for reading in self.answer)


@dataclass(frozen=True)
class Sum:
    """One sum of the candidate's, in the turn where it stands."""

    reading: Reading
    estimate: Estimate


@dataclass(frozen=True)
class InterviewReading:
    """A transcript with each turn read once. `readings` are all turns in order, `own` the candidate's."""

    transcript: Transcript
    readings: tuple[Reading, ...]

    @cached_property
    def own(self) -> tuple[Reading, ...]:
        """The candidate's turns."""
        return tuple(reading for reading in self.readings if reading.turn.role == "candidate")

    @cached_property
    def _together(self) -> Together:
        return Together(self.own)

    @cached_property
    def _shown(self) -> dict[Sign, dict[int, list[Span]]]:
        return {}

    def shown(self, sign: Sign) -> dict[int, list[Span]]:
        """Where the candidate shows a sign, by number of turn; each sign is looked for once."""
        if sign not in self._shown:
            self._shown[sign] = self._together.matches(sign)
        return self._shown[sign]

    @cached_property
    def talk(self) -> Talk:
        """The turns with what the interviewer does in each, for telling who raised what."""
        return Talk(tuple(reading.turn for reading in self.readings))

    @cached_property
    def exchanges(self) -> tuple[Exchange, ...]:
        """The interview as questions with their answers, in order."""
        found: list[Exchange] = []
        question: list[Reading] = []
        answer: list[Reading] = []
        for reading in self.readings:
            if reading.turn.role == "candidate":
                answer.append(reading)
                continue
            if answer:
                found.append(Exchange(tuple(question), tuple(answer)))
                question, answer = [], []
            question.append(reading)
        if answer:
            found.append(Exchange(tuple(question), tuple(answer)))
        return tuple(found)

    @cached_property
    def sums(self) -> tuple[Sum, ...]:
        """Every sum of the candidate's, recomputed from what was said up to then by either side."""
        found: list[Sum] = []
        known: list[Quantity] = []
        for reading in self.readings:
            if reading.turn.role == "candidate":
                found += [
                    Sum(reading, estimate) for estimate in read_estimates(reading.turn.text, tuple(known))
                ]
            known += quantities(reading.turn.text)
        return tuple(found)


def read_interview(transcript: Transcript) -> InterviewReading:
    """Read every turn of a transcript once."""
    return InterviewReading(transcript, tuple(signs.read(turn) for turn in transcript.turns))
