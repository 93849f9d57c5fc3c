"""What makes a pack complete and fair, beyond its types: counts, lines that may be spoken, cues run on its own exemplars.

The faults of a pack that loads but would lead a poor interview: too few probes, a line that praises, asks twice or
gives a guarded word away, a sound answer that its own topic does not hear, an unsound one that would settle it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from interviewer.errors import Fault
from interviewer.interview.pack import Scenario, Topic
from interviewer.interview.rubric import CandidateLevel, Kind, compiled
from interviewer.interview.speech import MOST_WORDS, PRAISE, asks_in
from interviewer.packs.load import Shelf

LEAST = {
    "facts": 14,
    "topics": 8,
    "bottlenecks": 5,
    "failures": 3,
    "numbers": 5,
    "contradictions": 2,
    "green_flags": 4,
    "choices": 3,
}
SLOTS = {
    "name",
    "number",
    "store",
    "their_store",
    "cache",
    "bus",
    "choice",
    "field",
    "age",
    "hold_minutes",
    "left_over",
}
_SLOT = re.compile(r"\{(\w+)\}")


def lint(scenario: Scenario, shelf: Shelf) -> Iterator[Fault]:
    """Every fault of one pack that its types and references do not show."""
    yield from _counts(scenario)
    yield from _curveballs(scenario, shelf)
    if scenario.kind is not Kind.distributed and scenario.product is None:
        yield _fault(
            scenario, "product", "is missing", "a question of kind p or h has users, journeys and edge cases"
        )
    for where, line in spoken(scenario):
        yield from _speech(scenario, where, line)
    for topic in scenario.topics:
        yield from _topic(scenario, topic)


def spoken(scenario: Scenario) -> Iterator[tuple[str, str]]:
    """Every line that a candidate may hear, with where it stands."""
    yield "brief", scenario.brief
    yield "brief_again", scenario.brief_again
    for fact in scenario.facts:
        yield fact.id, fact.say
        yield from ((fact.id, line) for line in (fact.volunteer, fact.then_ask) if line)
    for part in scenario.parts:
        yield part.id, part.must_ask
    for topic in scenario.topics:
        yield from ((topic.id, line) for line in topic.probes)
        yield from ((topic.id, line) for line in topic.probe_else if line)
        yield from ((topic.id, hint.say) for hint in topic.hints)
        for asked in (*topic.slots,):
            yield from (
                (f"{topic.id}.{asked.id}", line) for line in (asked.ask, asked.else_, asked.receipt) if line
            )
        for then in topic.then:
            yield from ((topic.id, line) for line in (then.say, then.else_) if line)
        if topic.receipt_open:
            yield topic.id, topic.receipt_open
    for spot in scenario.bottlenecks:
        yield from ((spot.id, line) for line in (spot.probe, spot.else_) if line)
    for failure in scenario.failures:
        yield failure.id, failure.inject
        yield failure.id, failure.follow
    for choice in scenario.choices:
        yield from ((choice.id, line) for line in (choice.say, choice.else_) if line)
    for ball in scenario.curveballs:
        yield ball.id, ball.say
    for pair in scenario.contradictions:
        yield from ((pair.id, line) for line in (pair.say, pair.else_) if line)
    yield from (("close", line) for line in scenario.close)
    yield from (("off_sheet", line) for line in scenario.off_sheet)


def _counts(scenario: Scenario) -> Iterator[Fault]:
    for name, least in LEAST.items():
        if len(getattr(scenario, name)) < least:
            yield _fault(
                scenario, name, f"has {len(getattr(scenario, name))} entries", f"write at least {least}"
            )
    modes = {fact.mode for fact in scenario.facts}
    if not any(fact.volunteer for fact in scenario.facts):
        yield _fault(scenario, "facts", "none can be volunteered", "give the scale facts a `volunteer` line")
    if "your_call" not in modes:
        yield _fault(scenario, "facts", "none is the candidate's to decide", "make one `your_call`")


def _curveballs(scenario: Scenario, shelf: Shelf) -> Iterator[Fault]:
    for level in CandidateLevel:
        count = sum(ball.level is level for ball in scenario.curveballs)
        if count < 2:
            yield _fault(
                scenario,
                "curveballs",
                f"has {count} for {level.value}",
                "write two a level, so that a second interview differs",
            )
    phases = {str(id) for phase in shelf.plan(scenario.plan).phases for id in (phase.id, *phase.covers)}
    for topic in scenario.topics:
        if topic.due not in phases:
            yield _fault(
                scenario,
                f"{topic.id}.due",
                f"{topic.due} is no phase of {scenario.plan}",
                f"use one of {', '.join(sorted(phases))}",
            )


def _speech(scenario: Scenario, where: str, line: str) -> Iterator[Fault]:
    if asks_in(line) > 1:
        yield _fault(scenario, where, f"asks twice: {line!r}", "ask one thing")
    if len(line.split()) > MOST_WORDS:
        yield _fault(scenario, where, f"is {len(line.split())} words long", f"say it in at most {MOST_WORDS}")
    if praise := PRAISE.search(line):
        yield _fault(
            scenario, where, f"judges ({praise.group()!r}): {line!r}", "say it without praise or blame"
        )
    for slot in set(_SLOT.findall(line)) - SLOTS:
        yield _fault(
            scenario, where, f"uses {{{slot}}}, which nothing fills", f"use one of {', '.join(sorted(SLOTS))}"
        )


def _topic(scenario: Scenario, topic: Topic) -> Iterator[Fault]:
    if [hint.rung for hint in topic.hints] != [1, 2, 3]:
        yield _fault(scenario, topic.id, "its hints are not rungs 1, 2, 3", "write the ladder in order")
    for index, probe in enumerate(topic.probes):
        otherwise = topic.probe_else[index] if index < len(topic.probe_else) else ""
        if _SLOT.search(probe) and not otherwise:
            yield _fault(
                scenario,
                topic.id,
                f"probe {index + 1} has a slot and no else",
                "add the line that stands alone",
            )
    yield from _leaks(scenario, topic)
    enough = set(topic.enough)
    for exemplar in topic.sound:
        heard = filled_by(topic, exemplar.say)
        if set(exemplar.fills) - heard:
            missed = ", ".join(sorted(set(exemplar.fills) - heard))
            yield _fault(
                scenario,
                topic.id,
                f"its cues miss {missed} in {exemplar.say[:60]!r}",
                "widen the slot's cues",
            )
        if heard - set(exemplar.fills):
            over = ", ".join(sorted(heard - set(exemplar.fills)))
            yield _fault(
                scenario,
                topic.id,
                f"its cues hear {over} in {exemplar.say[:60]!r}",
                "narrow the cues, or add to fills",
            )
        if not heard and not any(compiled(cue).search(exemplar.say) for cue in topic.cues.raised):
            yield _fault(
                scenario,
                topic.id,
                f"does not hear its own sound answer {exemplar.say[:60]!r}",
                "add a raised cue",
            )
    for exemplar in topic.unsound:
        if enough <= filled_by(topic, exemplar.say):
            yield _fault(
                scenario,
                topic.id,
                f"an unsound answer would settle it: {exemplar.say[:60]!r}",
                "narrow the cues",
            )


def _leaks(scenario: Scenario, topic: Topic) -> Iterator[Fault]:
    early = [
        *topic.probes,
        topic.hints[0].say,
        *(slot.ask for slot in topic.slots),
        *(then.say for then in topic.then),
    ]
    for line in early:
        for word in topic.guarded:
            if re.search(rf"(?<!\w){re.escape(word.lower())}(?!\w)", line.lower()):
                yield _fault(scenario, topic.id, f"gives {word!r} away: {line!r}", "say what happens instead")


def filled_by(topic: Topic, text: str) -> set[str]:
    """The slots whose cues a text wakes, with no regard to scope."""
    return {str(slot.id) for slot in topic.slots if any(compiled(cue).search(text) for cue in slot.cues)}


def _fault(scenario: Scenario, where: str, what: str, remedy: str) -> Fault:
    return Fault(f"{scenario.id}.yaml", 0, where, what, remedy)
