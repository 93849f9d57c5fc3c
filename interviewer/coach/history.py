"""Somebody's scored interviews in order, and the one fix that is open: what to practise next, on another problem.

The same weakness on another problem shows transfer; the same problem again shows memory.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from interviewer.interview.ledger import Credit
from interviewer.interview.pack import Scenario, Topic
from interviewer.interview.scorecard import Point, Scorecard

RECENT = 3
"""How many interviews back a weakness counts as recurring."""


@dataclass(frozen=True)
class Attempt:
    """A scored interview: its card as it holds now, and the note to oneself that was written after it."""

    session: str
    scenario: str
    at: datetime
    card: Scorecard
    next_time: str = ""

    @property
    def levels(self) -> dict[str, int | None]:
        """Levels by criterion, None where not assessed. Criteria that this kind of question never asks for are left out."""
        return {one.id: one.level for one in self.card.criteria if one.weight}

    @property
    def met(self) -> int:
        """How many items were met."""
        return len(self._credits())

    @property
    def unprompted(self) -> int:
        """How many of them the candidate brought up."""
        return sum(credit is Credit.unprompted for credit in self._credits())

    def _credits(self) -> list[Credit | None]:
        return [item.credit for one in self.card.criteria for item in one.items if item.state == "met"]


@dataclass(frozen=True)
class Fix:
    """The open fix: its text, the interview it comes from, the problem to practise it on, and the last note to oneself."""

    text: str
    session: str
    drill: str | None
    note_to_self: str


def in_order(attempts: Sequence[Attempt]) -> tuple[Attempt, ...]:
    """Oldest first."""
    return tuple(sorted(attempts, key=lambda one: (one.at, one.session)))


def open_fix(attempts: Sequence[Attempt], scenarios: Sequence[Scenario]) -> Fix | None:
    """What to work on next: of the latest card's fixes the one that recurs most of late, the heaviest first.

    None where nothing has been scored, or the latest card leaves nothing to fix.
    """
    ordered = in_order(attempts)
    note = next((one.next_time for one in reversed(ordered) if one.next_time.strip()), "")
    if not ordered or not ordered[-1].card.fix_first:
        return None
    latest, before = ordered[-1], ordered[-RECENT:-1]
    point = max(
        latest.card.fix_first,
        key=lambda one: sum(_recurs(one, earlier.card.fix_first) for earlier in before),
    )
    tried = [one.scenario for one in ordered]
    return Fix(point.text, latest.session, _drill(point, latest, tried, scenarios), note)


def _recurs(point: Point, earlier: Sequence[Point]) -> bool:
    return any(set(point.refs) & set(other.refs) for other in earlier)


def _drill(point: Point, latest: Attempt, tried: Sequence[str], scenarios: Sequence[Scenario]) -> str | None:
    """Another problem on which the same weakness can show: the one least often tried, then the one that asks for it most."""

    def fitness(scenario: Scenario) -> tuple[int, int, bool, str]:
        asked = sum(closeness(topic, point.refs) for topic in scenario.topics)
        return tried.count(scenario.id), -asked, scenario.kind.value != latest.card.kind, scenario.id

    others = [one for one in scenarios if one.id != latest.scenario]
    fitting = [one for one in others if any(closeness(topic, point.refs) for topic in one.topics)]
    best = min(fitting or others, key=fitness, default=None)
    return best.id if best else None


def closeness(topic: Topic, refs: tuple[str, ...]) -> int:
    """How much a topic asks for what these criteria, items and flags name; 0 for not at all."""
    said = set(refs)
    return (
        4 * bool(said & {str(flag) for flag in topic.flags})
        + 3 * bool(said & {str(item) for item in topic.feeds.items})
        + 2 * (topic.feeds.criterion in said)
        + bool(said & {str(criterion) for criterion in topic.also})
    )
