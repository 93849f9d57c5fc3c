"""What makes a pack complete and fair, beyond its types: counts, lines that may be spoken, cues run on its own exemplars.

The faults of a pack that loads but would lead a poor interview: too few probes, a line that praises or asks twice, a sound
answer that its own topic does not hear, a cue that is slow. What takes a look across the whole pack, or across all of
them, has a file of its own beside this one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from interviewer.errors import Fault
from interviewer.interview.pack import Scenario, Topic
from interviewer.interview.rubric import CandidateLevel, Kind, compiled
from interviewer.interview.speech import MOST_WORDS, PRAISE, asks_in
from interviewer.packs.cue_cost import cues_in, slow_at
from interviewer.packs.found import Found, in_file
from interviewer.packs.lint_answers import answers
from interviewer.packs.lint_leaks import leaks
from interviewer.packs.lint_people import people
from interviewer.packs.lint_reach import reach
from interviewer.packs.lint_units import units
from interviewer.packs.load import Shelf
from interviewer.packs.spoken import spoken
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


def lint(scenario: Scenario, shelf: Shelf) -> tuple[Fault, ...]:
    """Every fault of one pack that its types and references do not show, by the line where the pack's file was read."""
    return looked(scenario, shelf)[0]


def looked(scenario: Scenario, shelf: Shelf) -> tuple[tuple[Fault, ...], tuple[Fault, ...]]:
    """One pack's faults, and what is only worth a second look."""
    document = shelf.documents.get(scenario.id, Document(f"{scenario.id}.yaml", None))
    found = list(_faults(scenario, shelf))
    return (
        in_file(document, (one for one in found if not one.warns)),
        in_file(document, (one for one in found if one.warns)),
    )


def lint_rubric(shelf: Shelf) -> tuple[Fault, ...]:
    """Every fault of the criteria, the red flags and the library's probes that their types do not show."""
    judged: tuple[tuple[str, str, object], ...] = (
        ("criteria.yaml", "criteria", shelf.rubric.criteria),
        ("red_flags.yaml", "red_flags", shelf.rubric.flags),
        ("probes.yaml", "probes", shelf.library.probes),
        ("off_sheet.yaml", "shared_facts", shelf.library.shared_facts),
    )
    return tuple(
        fault
        for file, name, held in judged
        for fault in in_file(shelf.documents.get(file, Document(file, None)), _slow_cues(held, (name,)))
    )


def _slow_cues(held: object, place: Place) -> Iterator[Found]:
    for at, cue in cues_in(held, place):
        if why := slow_at(cue):
            yield Found(at, f"{why}: {cue[:60]!r}", "give the repeat a bound, such as .{0,60}")


def _faults(scenario: Scenario, shelf: Shelf) -> Iterator[Found]:
    yield from _counts(scenario)
    yield from _curveballs(scenario)
    if scenario.kind is not Kind.distributed and scenario.product is None:
        yield Found(
            ("product",), "is missing", "a question of kind p or h has users, journeys and edge cases"
        )
    for place, line in spoken(scenario):
        yield from _speech(place, line)
    yield from _slow_cues(scenario, ())
    yield from units(scenario)
    yield from leaks(scenario)
    yield from answers(scenario, shelf)
    yield from reach(scenario, shelf)
    yield from people(scenario, shelf)
    phases = {str(id) for phase in shelf.plan(scenario.plan).phases for id in (phase.id, *phase.covers)}
    for at, topic in enumerate(scenario.topics):
        if topic.due not in phases:
            yield Found(
                ("topics", at, "due"),
                f"{topic.due} is no phase of {scenario.plan}",
                f"use one of {', '.join(sorted(phases))}",
            )
        for found in _topic(topic):
            yield found.under("topics", at)


def _counts(scenario: Scenario) -> Iterator[Found]:
    for name, least in LEAST.items():
        if len(getattr(scenario, name)) < least:
            yield Found((name,), f"has {len(getattr(scenario, name))} entries", f"write at least {least}")
    if not any(fact.volunteer for fact in scenario.facts):
        yield Found(("facts",), "none can be volunteered", "give the scale facts a `volunteer` line")
    if not any(fact.mode == "your_call" for fact in scenario.facts):
        yield Found(("facts",), "none is the candidate's to decide", "make one `your_call`")


def _curveballs(scenario: Scenario) -> Iterator[Found]:
    for level in CandidateLevel:
        count = sum(ball.level is level for ball in scenario.curveballs)
        if count < 2:
            yield Found(
                ("curveballs",),
                f"has {count} for {level.value}",
                "write two a level, so that a second interview differs",
            )


def _speech(place: Place, line: str) -> Iterator[Found]:
    if asks_in(line) > 1:
        yield Found(place, f"asks twice: {line!r}", "ask one thing")
    if len(line.split()) > MOST_WORDS:
        yield Found(place, f"is {len(line.split())} words long", f"say it in at most {MOST_WORDS}")
    if praise := PRAISE.search(line):
        yield Found(place, f"judges ({praise.group()!r}): {line!r}", "say it without praise or blame")
    for slot in sorted(set(_SLOT.findall(line)) - SLOTS):
        yield Found(place, f"uses {{{slot}}}, which nothing fills", f"use one of {', '.join(sorted(SLOTS))}")


def _topic(topic: Topic) -> Iterator[Found]:
    if [hint.rung for hint in topic.hints] != [1, 2, 3]:
        yield Found(("hints",), "its hints are not rungs 1, 2, 3", "write the ladder in order")
    for at, probe in enumerate(topic.probes):
        otherwise = topic.probe_else[at] if at < len(topic.probe_else) else ""
        if _SLOT.search(probe) and not otherwise:
            yield Found(
                ("probes", at), f"probe {at + 1} has a slot and no else", "add the line that stands alone"
            )
    yield from _unheard(topic)


def _unheard(topic: Topic) -> Iterator[Found]:
    for at, exemplar in enumerate(topic.sound):
        said, place = repr(exemplar.say[:60]), ("sound", at)
        heard, told = filled_by(topic, exemplar.say), set(map(str, exemplar.fills))
        if told - heard:
            yield Found(
                place, f"its cues miss {', '.join(sorted(told - heard))} in {said}", "widen the slot's cues"
            )
        if heard - told:
            yield Found(
                place,
                f"its cues hear {', '.join(sorted(heard - told))} in {said}",
                "narrow the cues, or add to fills",
            )
        if not heard and not any(compiled(cue).search(exemplar.say) for cue in topic.cues.raised):
            yield Found(place, f"does not hear its own sound answer {said}", "add a raised cue")


def filled_by(topic: Topic, text: str) -> set[str]:
    """The slots whose cues a text wakes, with no regard to scope."""
    return {str(slot.id) for slot in topic.slots if any(compiled(cue).search(text) for cue in slot.cues)}
