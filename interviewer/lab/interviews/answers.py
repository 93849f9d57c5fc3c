"""What a simulated candidate can say about a problem, all from its pack: questions, answers that hold, answers that do not.

An answer fits the move that it answers. What was said once is not said again while there is something else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from interviewer.interview.chance import pick
from interviewer.interview.moves import (
    AskForNumbers,
    ChallengeChoice,
    ChangeRequirement,
    CheckArithmetic,
    Close,
    InjectFailure,
    Move,
    ProbeBottleneck,
)
from interviewer.interview.pack import Exemplar, Scenario, Topic
from interviewer.interview.topics import topic_of

WRONG_SUMS = (
    "With 2,000 requests a second, times 86,400 seconds, that's 17 million requests a day.",
    "500 bytes times 40 million rows is 200 GB a day.",
    "3 million an hour is about 8,000 a second.",
)
"""Each is wrong by ten from its own inputs."""
RIGHT_SUM = "With 2,000 requests a second, times 86,400 seconds, that's about 173 million requests a day."
FACTS_AT_ONCE = 3


@dataclass(frozen=True)
class Said:
    """A turn: one or several messages, or a silence where there is none. What was planted in it, and which facts it asks
    for; whoever `leaves` says nothing any more."""

    texts: tuple[str, ...]
    topic: str | None = None
    sound: bool | None = None
    wrong_sum: bool = False
    asks: tuple[str, ...] = ()
    seconds: float | None = None
    leaves: bool = False


@dataclass
class Answers:
    """The answers of one candidate to one problem; it remembers what was said."""

    scenario: Scenario
    seed: int
    used: set[str] = field(default_factory=set)
    asked: int = 0

    def questions(self, many: int = FACTS_AT_ONCE) -> Said | None:
        """Some questions that the fact sheet answers, as people ask them; None where all have been asked."""
        facts = [fact for fact in self.scenario.facts if fact.mode == "given"][self.asked : self.asked + many]
        self.asked += many
        if not facts:
            return None
        said = []
        for fact in facts:
            way = fact.ask[pick(len(fact.ask), self.seed, "ask", fact.id)]
            said.append(_as_question(way))
        return Said((" ".join(said),), asks=tuple(str(fact.id) for fact in facts))

    def sound(self, move: Move | None) -> Said:
        """The best answer that the pack holds to a move."""
        direct = self._direct(move)
        if direct:
            return Said((direct,), topic=topic_of(move, self.scenario) if move else None)
        topic = self._about(move)
        exemplar = self._fresh(topic.sound) if topic else None
        if topic is None or exemplar is None:
            return Said(("I think that's the whole of it, from my side.",))
        return Said((exemplar.say,), topic=str(topic.id), sound=True)

    def unsound(self, move: Move | None) -> Said:
        """An answer that does not hold."""
        if isinstance(move, Close):
            return Said(("No, I think it's all fine as it is.",))
        topic = self._about(move, unsound=True)
        exemplar = self._fresh(topic.unsound) if topic else None
        if topic is None or exemplar is None:
            return Said(("It will be fine like this.",))
        return Said((exemplar.say,), topic=str(topic.id), sound=False)

    def wrong_sum(self) -> Said:
        """A sum that is off by ten."""
        text = next((one for one in WRONG_SUMS if one not in self.used), WRONG_SUMS[0])
        self.used.add(text)
        return Said((text,), wrong_sum=True)

    def _direct(self, move: Move | None) -> str | None:
        scenario = self.scenario
        match move:
            case Close(step=1):
                return "I'd go back to the part that I was least sure of and measure it before building more."
            case Close():
                return "No, nothing else. Thank you."
            case CheckArithmetic():
                return f"Let me do it once more. {RIGHT_SUM}"
            case AskForNumbers() if scenario.numbers:
                return " ".join(
                    f"{one.drives[:1].upper()}{one.drives[1:].rstrip('.')}: I get about {one.exact:,} {_unit(one.unit)}."
                    for one in scenario.numbers[:2]
                )
            case ProbeBottleneck(bottleneck=str() as id):
                return _spoken(next(one.sound_holds for one in scenario.bottlenecks if one.id == id))
            case InjectFailure(failure=str() as id):
                return _spoken(next(one.sound_holds for one in scenario.failures if one.id == id))
            case ChangeRequirement(curveball=str() as id):
                return _spoken(next(one.looks_for for one in scenario.curveballs if one.id == id))
            case ChallengeChoice(choice=str() as id):
                prices = next(one.prices for one in scenario.choices if one.id == id)
                return " ".join(f"With {name.replace('-', ' ')}: {price}." for name, price in prices.items())
            case _:
                return None

    def _about(self, move: Move | None, unsound: bool = False) -> Topic | None:
        id = topic_of(move, self.scenario) if move else None
        topics = self.scenario.topics
        first = [topic for topic in topics if str(topic.id) == id]
        for topic in [*first, *topics]:
            answers = topic.unsound if unsound else topic.sound
            if any(one.say not in self.used for one in answers):
                return topic
        return None

    def _fresh(self, exemplars: tuple[Exemplar, ...]) -> Exemplar | None:
        found = next((one for one in exemplars if one.say not in self.used), None)
        if found:
            self.used.add(found.say)
        return found

    def everything(self) -> Iterator[str]:
        """One sound answer for each topic, in the pack's order."""
        for topic in self.scenario.topics:
            exemplar = self._fresh(topic.sound)
            if exemplar:
                yield exemplar.say


def _as_question(way: str) -> str:
    first = way.split(maxsplit=1)[0].lower()
    opens = {
        "how",
        "who",
        "what",
        "which",
        "where",
        "when",
        "is",
        "are",
        "do",
        "does",
        "can",
        "may",
        "should",
        "will",
    }
    return f"{way[:1].upper()}{way[1:]}?" if first in opens else f"What about {way}?"


def _spoken(points: tuple[str, ...]) -> str:
    return " ".join(f"{one[:1].upper()}{one[1:].rstrip('.')}." for one in points)


def _unit(unit: str) -> str:
    return unit.replace("1/s", "a second").replace("1/day", "a day").replace("1/month", "a month")
