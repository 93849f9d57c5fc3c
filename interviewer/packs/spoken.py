"""Every line of a pack that a candidate may hear, with its place in the file."""

from __future__ import annotations

from collections.abc import Iterator

from interviewer.interview.pack import Scenario, Topic
from interviewer.packs.yaml_lines import Place


def spoken(scenario: Scenario) -> Iterator[tuple[Place, str]]:
    """Every line that a candidate may hear, with its place in the file."""
    for place, line in _lines(scenario):
        if line:
            yield place, line


def _lines(scenario: Scenario) -> Iterator[tuple[Place, str | None]]:
    yield ("brief",), scenario.brief
    yield ("brief_again",), scenario.brief_again
    yield ("warm_up",), scenario.warm_up
    yield ("batch", "left_over"), scenario.batch.left_over
    for at, fact in enumerate(scenario.facts):
        yield ("facts", at, "say"), fact.say
        yield ("facts", at, "volunteer"), fact.volunteer
        yield ("facts", at, "then_ask"), fact.then_ask
    for at, part in enumerate(scenario.parts):
        yield ("parts", at, "must_ask"), part.must_ask
    for at, topic in enumerate(scenario.topics):
        yield from ((("topics", at, *place), line) for place, line in topic_lines(topic))
    for at, spot in enumerate(scenario.bottlenecks):
        yield ("bottlenecks", at, "probe"), spot.probe
        yield ("bottlenecks", at, "else"), spot.else_
    for at, failure in enumerate(scenario.failures):
        yield ("failures", at, "inject"), failure.inject
        yield ("failures", at, "follow"), failure.follow
    for at, choice in enumerate(scenario.choices):
        yield ("choices", at, "say"), choice.say
        yield ("choices", at, "else"), choice.else_
    for at, ball in enumerate(scenario.curveballs):
        yield ("curveballs", at, "say"), ball.say
    for at, pair in enumerate(scenario.contradictions):
        yield ("contradictions", at, "say"), pair.say
        yield ("contradictions", at, "else"), pair.else_
    yield from ((("close", at), line) for at, line in enumerate(scenario.close))
    yield from ((("off_sheet", at), line) for at, line in enumerate(scenario.off_sheet))


def topic_lines(topic: Topic) -> Iterator[tuple[Place, str | None]]:
    """The lines of one topic, with their places in it; None for one that is left out."""
    yield from ((("probes", at), line) for at, line in enumerate(topic.probes))
    yield from ((("probe_else", at), line) for at, line in enumerate(topic.probe_else))
    yield from ((("hints", at, "say"), hint.say) for at, hint in enumerate(topic.hints))
    for at, slot in enumerate(topic.slots):
        yield ("slots", at, "ask"), slot.ask
        yield ("slots", at, "else"), slot.else_
        yield ("slots", at, "receipt"), slot.receipt
    for at, then in enumerate(topic.then):
        yield ("then", at, "say"), then.say
        yield ("then", at, "else"), then.else_
    yield ("receipt_open",), topic.receipt_open
