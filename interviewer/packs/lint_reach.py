"""Whether everything can come about: each observable heard, each fault of the catalogue raised, each topic come to.

Most is heard by the rubric, whatever the pack. What has neither a sign, a detector nor a head there has to be fed by a
topic of the pack, or no interview about it could ever show it.
"""

from __future__ import annotations

from collections.abc import Iterator

from interviewer.interview.heads import DONE
from interviewer.interview.pack import Scenario
from interviewer.interview.rubric import Item, RedFlag, Rubric
from interviewer.packs.found import Found
from interviewer.packs.load import Shelf

OPENING = 2
"""Topics due in so many first phases are come to in any case."""


def reach(scenario: Scenario, shelf: Shelf) -> Iterator[Found]:
    """What no interview about this pack could come to."""
    rubric = shelf.rubric
    yield from _items(scenario, rubric)
    yield from _flags(scenario, rubric)
    yield from _topics(scenario, shelf)
    for at, ball in enumerate(scenario.curveballs):
        if not ball.should_move:
            yield Found(("curveballs", at, "should_move"), "moves nothing", "name the topics that it changes")
    for at, failure in enumerate(scenario.failures):
        if not failure.moves:
            yield Found(("failures", at, "moves"), "moves nothing", "name the parts that it hits")


def heard_by_rubric(item: Item, rubric: Rubric) -> bool:
    """Whether an observable is heard whatever the pack."""
    return bool(item.signs or item.detector or item.id in rubric.heads.keys)


def raised_by_rubric(flag: RedFlag, rubric: Rubric) -> bool:
    """Whether a fault is found whatever the pack: by what was said, or by what of its remedies was not."""
    heads = rubric.heads.keys
    if flag.detector or flag.id in heads or f"{flag.id}{DONE}" in heads:
        return True
    return bool(flag.signs if flag.type == "said" else flag.met_by or flag.met_signs)


def _items(scenario: Scenario, rubric: Rubric) -> Iterator[Found]:
    fed = {id for topic in scenario.topics for id in topic.feeds.items}
    fed |= {slot.item for topic in scenario.topics for slot in topic.slots if slot.item}
    for criterion in rubric.criteria:
        for item in criterion.for_kind(scenario.kind):
            if item.id not in fed and not heard_by_rubric(item, rubric):
                yield Found(
                    ("topics",),
                    f"nothing feeds {item.id} of {criterion.id}, and the rubric cannot hear it by itself",
                    "feed it from a topic or a slot, or give it a sign",
                )


def _flags(scenario: Scenario, rubric: Rubric) -> Iterator[Found]:
    named = {id for topic in scenario.topics for id in topic.flags}
    for flag in rubric.flags_for(scenario.kind):
        if flag.id not in named and not raised_by_rubric(flag, rubric):
            yield Found(
                ("topics",),
                f"{flag.id} can never be raised",
                "name it in a topic's flags, or give it a sign in the rubric",
            )


def _topics(scenario: Scenario, shelf: Shelf) -> Iterator[Found]:
    plan = shelf.plan(scenario.plan)
    early = {str(id) for phase in plan.phases[:OPENING] for id in (phase.id, *phase.covers)}
    follows = {topic.id: topic.follows for topic in scenario.topics}
    waiting = [topic.id for topic in scenario.topics if topic.due in early] or [scenario.topics[0].id]
    reached = set(waiting)
    while waiting:
        new = [id for id in follows.get(waiting.pop(), ()) if id not in reached]
        reached |= set(new)
        waiting += new
    for at, topic in enumerate(scenario.topics):
        if topic.id not in reached:
            yield Found(
                ("topics", at, "follows"),
                f"no talk leads to {topic.id}",
                "name it in the `follows` of a topic that it comes out of",
            )
