"""Whether a line gives away what it should draw out: the guarded words of its topic.

What belongs to a topic may not use that topic's words before the candidate has. What belongs to none, such as a failure
or a fact, is only pointed at: there the same word may well mean something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from interviewer.interview.pack import Scenario
from interviewer.packs.found import Found
from interviewer.packs.spoken import topic_lines
from interviewer.packs.yaml_lines import Place

_LATER = {("hints", 1), ("hints", 2)}
"""The second and third rung of a ladder are there to come nearer."""


def leaks(scenario: Scenario) -> Iterator[Found]:
    """Every guarded word that is said too early."""
    for at, topic in enumerate(scenario.topics):
        own = ((place, line) for place, line in topic_lines(topic) if place[:2] not in _LATER)
        yield from (one.under("topics", at) for one in _told(own, topic.guarded, "say what happens instead"))
    for at, spot in enumerate(scenario.bottlenecks):
        lines = (("probe",), spot.probe), (("else",), spot.else_)
        words = _of_topic(scenario, spot.topic)
        yield from (one.under("bottlenecks", at) for one in _told(lines, words, "say what happens instead"))
    every = tuple(dict.fromkeys(word for topic in scenario.topics for word in topic.guarded))
    brief = (("brief",), scenario.brief), (("brief_again",), scenario.brief_again), (("warm_up",), scenario.warm_up)  # fmt: skip
    yield from _told(brief, every, "say it in the words of the people in it")
    for at, fact in enumerate(scenario.facts):
        said = (("say",), fact.say), (("volunteer",), fact.volunteer), (("then_ask",), fact.then_ask)
        unsaid = tuple(word for word in every if word not in fact.exposes)
        yield from (
            one.under("facts", at)
            for one in _told(
                said, unsaid, "say it otherwise, or name it in `exposes` where the fact is about it"
            )
        )
    yield from _of_none(scenario, every)


def _of_none(scenario: Scenario, every: tuple[str, ...]) -> Iterator[Found]:
    """Warnings about lines that belong to no topic."""
    remedy = "make sure that it means something else here"
    for at, failure in enumerate(scenario.failures):
        lines = (("inject",), failure.inject), (("follow",), failure.follow)
        yield from (one.under("failures", at) for one in _told(lines, every, remedy, warns=True))
    for at, choice in enumerate(scenario.choices):
        said = (("say",), choice.say), (("else",), choice.else_)
        yield from (one.under("choices", at) for one in _told(said, every, remedy, warns=True))
    for at, ball in enumerate(scenario.curveballs):
        moved = tuple(word for topic in ball.should_move for word in _of_topic(scenario, topic))
        yield from (
            one.under("curveballs", at) for one in _told(((("say",), ball.say),), moved, remedy, warns=True)
        )


def _of_topic(scenario: Scenario, id: str) -> tuple[str, ...]:
    return next((topic.guarded for topic in scenario.topics if topic.id == id), ())


def _told(
    lines: Iterable[tuple[Place, str | None]], words: Iterable[str], remedy: str, warns: bool = False
) -> Iterator[Found]:
    guarded = tuple(words)
    for place, line in lines:
        for word in guarded:
            if line and re.search(rf"(?<!\w){re.escape(word.lower())}(?!\w)", line.lower()):
                yield Found(place, f"gives {word!r} away: {line!r}", remedy, warns)
