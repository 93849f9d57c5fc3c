"""What makes a pack complete and fair, beyond its types: counts, lines that may be spoken, cues run on its own exemplars.

Cues, those of the rubric as well, are also looked at for what would make them slow.

The faults of a pack that loads but would lead a poor interview: too few probes, a line that praises, asks twice or
gives a guarded word away, a sound answer that its own topic does not hear, an unsound one that would settle it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from interviewer.errors import Fault
from interviewer.interview.pack import Scenario, Topic
from interviewer.interview.rubric import CandidateLevel, Kind, compiled
from interviewer.interview.speech import MOST_WORDS, PRAISE, asks_in
from interviewer.packs.cue_cost import cues_in, slow_at
from interviewer.packs.load import Shelf
from interviewer.packs.yaml_lines import Document, Place

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


@dataclass(frozen=True)
class _Found:
    """A fault at a place in the file, not yet at a line."""

    place: Place
    what: str
    remedy: str


def lint(scenario: Scenario, shelf: Shelf) -> Iterator[Fault]:
    """Every fault of one pack that its types and references do not show, by the line where the pack's file was read."""
    document = shelf.documents.get(scenario.id, Document(f"{scenario.id}.yaml", None))
    for found in _faults(scenario, shelf):
        where = ".".join(map(str, found.place))
        yield Fault(document.file, document.line(found.place), where, found.what, found.remedy)


def lint_rubric(shelf: Shelf) -> Iterator[Fault]:
    """Every fault of the criteria, the red flags and the library's probes that their types do not show."""
    judged: tuple[tuple[str, str, object], ...] = (
        ("criteria.yaml", "criteria", shelf.rubric.criteria),
        ("red_flags.yaml", "red_flags", shelf.rubric.flags),
        ("probes.yaml", "probes", shelf.library.probes),
        ("off_sheet.yaml", "shared_facts", shelf.library.shared_facts),
    )
    for file, name, held in judged:
        document = shelf.documents.get(file, Document(file, None))
        for found in _slow_cues(held, (name,)):
            where = ".".join(map(str, found.place))
            yield Fault(document.file, document.line(found.place), where, found.what, found.remedy)


def _slow_cues(held: object, place: Place) -> Iterator[_Found]:
    for at, cue in cues_in(held, place):
        if why := slow_at(cue):
            yield _Found(at, f"{why}: {cue[:60]!r}", "give the repeat a bound, such as .{0,60}")


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
        yield from ((("topics", at, *place), line) for place, line in _topic_lines(topic))
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


def _topic_lines(topic: Topic) -> Iterator[tuple[Place, str | None]]:
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


def _faults(scenario: Scenario, shelf: Shelf) -> Iterator[_Found]:
    yield from _counts(scenario)
    yield from _curveballs(scenario)
    if scenario.kind is not Kind.distributed and scenario.product is None:
        yield _Found(
            ("product",), "is missing", "a question of kind p or h has users, journeys and edge cases"
        )
    for place, line in spoken(scenario):
        yield from _speech(place, line)
    yield from _slow_cues(scenario, ())
    phases = {str(id) for phase in shelf.plan(scenario.plan).phases for id in (phase.id, *phase.covers)}
    for at, topic in enumerate(scenario.topics):
        if topic.due not in phases:
            yield _Found(
                ("topics", at, "due"),
                f"{topic.due} is no phase of {scenario.plan}",
                f"use one of {', '.join(sorted(phases))}",
            )
        for found in _topic(topic):
            yield _Found(("topics", at, *found.place), found.what, found.remedy)


def _counts(scenario: Scenario) -> Iterator[_Found]:
    for name, least in LEAST.items():
        if len(getattr(scenario, name)) < least:
            yield _Found((name,), f"has {len(getattr(scenario, name))} entries", f"write at least {least}")
    if not any(fact.volunteer for fact in scenario.facts):
        yield _Found(("facts",), "none can be volunteered", "give the scale facts a `volunteer` line")
    if not any(fact.mode == "your_call" for fact in scenario.facts):
        yield _Found(("facts",), "none is the candidate's to decide", "make one `your_call`")


def _curveballs(scenario: Scenario) -> Iterator[_Found]:
    for level in CandidateLevel:
        count = sum(ball.level is level for ball in scenario.curveballs)
        if count < 2:
            yield _Found(
                ("curveballs",),
                f"has {count} for {level.value}",
                "write two a level, so that a second interview differs",
            )


def _speech(place: Place, line: str) -> Iterator[_Found]:
    if asks_in(line) > 1:
        yield _Found(place, f"asks twice: {line!r}", "ask one thing")
    if len(line.split()) > MOST_WORDS:
        yield _Found(place, f"is {len(line.split())} words long", f"say it in at most {MOST_WORDS}")
    if praise := PRAISE.search(line):
        yield _Found(place, f"judges ({praise.group()!r}): {line!r}", "say it without praise or blame")
    for slot in sorted(set(_SLOT.findall(line)) - SLOTS):
        yield _Found(place, f"uses {{{slot}}}, which nothing fills", f"use one of {', '.join(sorted(SLOTS))}")


def _topic(topic: Topic) -> Iterator[_Found]:
    if [hint.rung for hint in topic.hints] != [1, 2, 3]:
        yield _Found(("hints",), "its hints are not rungs 1, 2, 3", "write the ladder in order")
    for at, probe in enumerate(topic.probes):
        otherwise = topic.probe_else[at] if at < len(topic.probe_else) else ""
        if _SLOT.search(probe) and not otherwise:
            yield _Found(
                ("probes", at), f"probe {at + 1} has a slot and no else", "add the line that stands alone"
            )
    yield from _leaks(topic)
    yield from _unheard(topic)
    enough = set(topic.enough)
    for at, exemplar in enumerate(topic.unsound):
        if enough <= filled_by(topic, exemplar.say):
            yield _Found(
                ("unsound", at),
                f"an unsound answer would settle it: {exemplar.say[:60]!r}",
                "narrow the cues",
            )


def _unheard(topic: Topic) -> Iterator[_Found]:
    for at, exemplar in enumerate(topic.sound):
        said, place = repr(exemplar.say[:60]), ("sound", at)
        heard, told = filled_by(topic, exemplar.say), set(map(str, exemplar.fills))
        if told - heard:
            yield _Found(
                place, f"its cues miss {', '.join(sorted(told - heard))} in {said}", "widen the slot's cues"
            )
        if heard - told:
            yield _Found(
                place,
                f"its cues hear {', '.join(sorted(heard - told))} in {said}",
                "narrow the cues, or add to fills",
            )
        if not heard and not any(compiled(cue).search(exemplar.say) for cue in topic.cues.raised):
            yield _Found(place, f"does not hear its own sound answer {said}", "add a raised cue")


def _leaks(topic: Topic) -> Iterator[_Found]:
    early = [
        *((("probes", at), line) for at, line in enumerate(topic.probes)),
        (("hints", 0, "say"), topic.hints[0].say),
        *((("slots", at, "ask"), slot.ask) for at, slot in enumerate(topic.slots)),
        *((("then", at, "say"), then.say) for at, then in enumerate(topic.then)),
    ]
    for place, line in early:
        for word in topic.guarded:
            if re.search(rf"(?<!\w){re.escape(word.lower())}(?!\w)", line.lower()):
                yield _Found(place, f"gives {word!r} away: {line!r}", "say what happens instead")


def filled_by(topic: Topic, text: str) -> set[str]:
    """The slots whose cues a text wakes, with no regard to scope."""
    return {str(slot.id) for slot in topic.slots if any(compiled(cue).search(text) for cue in slot.cues)}
