"""A red flag held against one interview: where its signs stand, where it was asked about, and what was found.

Detectors of all families work on a `Case` and give a `Finding`, which names places in the candidate's words.
`flag_rows.py` makes ledger rows of it. Nothing here knows one flag from another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from interviewer.interview.ledger import Quoted
from interviewer.interview.pack import Scenario
from interviewer.interview.quantities import quantities
from interviewer.interview.rubric import RedFlag, Rubric, Sign, compiled
from interviewer.interview.words import Span, stems
from interviewer.scoring.breadth import Breadth
from interviewer.scoring.credit import statements_in
from interviewer.scoring.interview_reading import Exchange, InterviewReading
from interviewer.scoring.signs import Reading, cues_in, is_inventory, quote_at

How = Literal["self", "probed", "hinted"]
NEW_WORDS = 4
"""An answer to a question that names the idea must add this many words of content, or it is an echo (scoring.md 1.4)."""
FULL_WORDS = 350
"""From this many candidate words on, an interview had time for everything; below it, silence proves nothing."""
FULL_EXCHANGES = 6
FACTS = 4
"""So many quantities in an interviewer's turn without a question are facts given."""
_AGREES = re.compile(
    r"^\W*(?:yeah|yes|yep|right|exactly|agreed?|sure|true|indeed|of course|absolutely|correct|could be|good idea)\b",
    re.I,
)


@dataclass(frozen=True)
class Place:
    """A span of a candidate turn, and in which exchange that turn answers."""

    exchange: int
    reading: Reading
    span: Span

    @property
    def turn(self) -> int:
        """The turn's number."""
        return self.reading.turn.n

    @property
    def at(self) -> tuple[int, int]:
        """Its position in the interview, for putting places in order."""
        return self.reading.turn.n, self.span.start

    @property
    def quote(self) -> str:
        """The words themselves."""
        return self.reading.turn.text[self.span.start : self.span.end]


@dataclass(frozen=True)
class Finding:
    """What a detector found: quoted places, or none where the fault is an absence; `turns` are those it concerns."""

    p: float
    places: tuple[Place, ...]
    turns: tuple[int, ...]
    status: Literal["confirmed", "recovered"] = "confirmed"
    how: How | None = None
    asked_in: tuple[int, ...] = ()
    near: tuple[Place, ...] = ()
    why: str = ""


@dataclass(frozen=True)
class Case:
    """One flag against one interview. `items` are the rows of the item observers, by which some flags are excused, and
    `breadth` is how much they show in all, None where nobody looked.
    """

    flag: RedFlag
    rubric: Rubric
    interview: InterviewReading
    scenario: Scenario | None
    items: tuple[Quoted, ...]
    breadth: Breadth | None = None

    @property
    def exchanges(self) -> tuple[Exchange, ...]:
        """The interview as questions and answers."""
        return self.interview.exchanges

    @cached_property
    def asked(self) -> tuple[int, ...]:
        """Exchanges in which the interviewer asked about what this flag is about."""
        return tuple(
            number
            for number in self.exchanges_asking(self.flag.asked)
            if number > 0 or self.flag.due == "clarify"
        )

    def exchanges_asking(self, cues: Sequence[str]) -> tuple[int, ...]:
        """Exchanges whose question matches one of the cues; a list of facts asks for nothing."""
        return tuple(
            number
            for number, one in enumerate(self.exchanges)
            if one.question and cues_in(tuple(cues), one.asked) and not _tells(one.asked)
        )

    def places(self, signs: Iterable[Sign], within: Iterable[int] | None = None) -> list[Place]:
        """Where the candidate shows one of the signs, in order, each clause once."""
        numbers = range(len(self.exchanges)) if within is None else sorted(set(within))
        found: dict[tuple[int, int], Place] = {}
        shown = [spans for sign in signs if (spans := self.interview.shown(sign))]
        for number in numbers if shown else ():
            if not 0 <= number < len(self.exchanges):
                continue
            for reading in self.exchanges[number].answer:
                for spans in shown:
                    for span in spans.get(reading.turn.n, ()):
                        found.setdefault((reading.turn.n, span.start), Place(number, reading, span))
        return [found[key] for key in sorted(found)]

    def listed(self, signs: Iterable[Sign], within: Iterable[int]) -> list[Place]:
        """Like `places`, with bare lists of names as well: worth nothing as evidence for, they are a fault in an opening."""
        found = {place.at: place for place in self.places(signs, within)}
        for number in within:
            for reading in self.exchanges[number].answer:
                for start, end in _in_lists(reading, signs):
                    place = Place(number, reading, quote_at(reading, start, end))
                    found.setdefault(place.at, place)
        return [found[key] for key in sorted(found)]

    def terms(self, place: Place) -> set[str]:
        """The words of a place, lower case, that the signs of this flag look for."""
        cues = [compiled(cue) for sign in self.flag.signs for cue in sign.any]
        return {match.group().lower() for cue in cues for match in cue.finditer(place.quote)}

    @cached_property
    def excused(self) -> frozenset[int]:
        """Turns in which the candidate says what excuses the fault."""
        return frozenset(place.turn for place in self.places(self.flag.excuses))

    @cached_property
    def supplied(self) -> tuple[Place, ...]:
        """Where the candidate does what this flag says was never done, echoes of the interviewer left out.

        With a scenario, what fills a slot of a topic that names this flag is done as well.
        """
        found = self.places((*self.flag.met_signs, *self._slots))
        return tuple(place for place in found if not self.is_echo(place))

    @cached_property
    def _slots(self) -> tuple[Sign, ...]:
        topics = self.scenario.topics if self.scenario else ()
        return tuple(
            Sign(any=slot.cues, allow=("hypothetical",))
            for topic in topics
            if self.flag.id in topic.flags
            for slot in topic.slots
        )

    @property
    def is_problem(self) -> bool:
        """Whether the scenario itself has what the flag needs (needs problem:…)."""
        problem = self.scenario.problem if self.scenario else None
        holds = {"problem:hot-keys": "hot_keys", "problem:writes-retried": "writes_retried"}
        return problem is not None and getattr(problem, holds.get(self.flag.needs or "", ""), False)

    def is_echo(self, place: Place) -> bool:
        """Whether a place only repeats or accepts what the interviewer has just said."""
        question = self.exchanges[place.exchange].asked
        if not question:
            return False
        new = stems(place.quote) - stems(question)
        few = len(new) < NEW_WORDS and not any(char.isdigit() for char in place.quote)
        told = statements_in(question)
        named = any(cues_in(sign.any, told) for sign in self.flag.met_signs)
        agrees = _AGREES.match(place.quote) or _AGREES.match(self.exchanges[place.exchange].said)
        return named and agrees is not None and (few or _AGREES.match(place.quote) is not None)

    @cached_property
    def full(self) -> bool:
        """Whether the interview was long enough, and came near enough to its end, for an absence to mean something."""
        return (
            self.interview.transcript.words >= FULL_WORDS
            and len(self.exchanges) >= FULL_EXCHANGES
            and self.closed("end")
        )

    def closed(self, due: str) -> bool:
        """Whether the phase in which something is due is over. A due that no phase bears falls at the end."""
        phases = [turn.phase for turn in self.interview.transcript.turns]
        if all(phase is None for phase in phases):
            return True
        reached = max((_RANK.get(phase or "", 0) for phase in phases), default=0)
        last = _RANK["end"]
        if due in phases:
            after = phases[len(phases) - 1 - phases[::-1].index(due) :]
            return reached >= last or any(phase not in (due, None) for phase in after)
        return reached >= last


def _in_lists(reading: Reading, signs: Iterable[Sign]) -> Iterator[tuple[int, int]]:
    for low, high in reading.lines:
        if not is_inventory(reading.text[low:high]):
            continue
        for sign in (sign for sign in signs if not sign.near):
            for match in (
                match for cue in sign.any for match in compiled(cue).finditer(reading.text, low, high)
            ):
                raw = reading.raw(match.start(), match.end())
                if reading.scopes.scope_at(raw.start, raw.end).plain:
                    yield match.start(), match.end()


def _tells(said: str) -> bool:
    return "?" not in said and len(quantities(said)) >= FACTS


_RANK = {"clarify": 1, "estimate": 2, "features": 2, "api": 2, "data": 3, "design": 3, "scale": 5, "deep": 5, "reliability": 5,
         "performance": 5, "trade-offs": 5, "edge": 5, "wrap": 6, "end": 5}  # fmt: skip
"""How far into an interview each phase stands, roughly: several frameworks end with scale, so reaching it is reaching the end."""


def question_turns(case: Case, exchanges: Iterable[int]) -> tuple[int, ...]:
    """The numbers of the interviewer's turns that open these exchanges."""
    return tuple(
        case.exchanges[number].question[-1].turn.n for number in exchanges if case.exchanges[number].question
    )


def answer_turns(case: Case, exchanges: Iterable[int]) -> tuple[int, ...]:
    """The numbers of the candidate's turns in these exchanges."""
    return tuple(reading.turn.n for number in exchanges for reading in case.exchanges[number].answer)
