"""The cues of every topic, run over every answer that is written anywhere: each topic must be settled by its own alone.

Cues are searched for as they stand, with no regard to scope. An answer that truly settles a second topic says so in its
`settles`; one of another pack may hold here too, where both are about the same criterion.
"""

from __future__ import annotations

from collections.abc import Iterator

from interviewer.interview.asking import asked_facts
from interviewer.interview.needles import Sought, sought
from interviewer.interview.pack import Exemplar, Scenario, Topic
from interviewer.interview.rubric import Kind
from interviewer.packs.found import Found
from interviewer.packs.load import Shelf

EVERYDAY = (
    "First I'd ask who opens this screen, and what they came to do.",
    "A new user signs up, sees three pictures and can leave at any step.",
    "On the second screen there is one large button, and below it a link for later.",
    "The journey begins with a letter and ends when she closes the app, content.",
    "If the form is left half filled in, we greet them with it the next morning.",
    "People who cannot see well should be able to use all of it with a keyboard.",
    "I would talk to ten of the users before anybody writes a line of code.",
    "Success is that people come back on the next day without being reminded.",
    "When something goes wrong, the page should say so in plain words and say what to do.",
    "The empty page is the one that every new person meets, so we draw that one first.",
)
"""What somebody says who thinks about the product alone: none of it answers a question about machines."""

WIDE = 3
"""So many sound answers about other things, and a topic's cues are probably too wide."""


def answers(scenario: Scenario, shelf: Shelf) -> Iterator[Found]:
    """Answers that wake the wrong topic, cues that everyday talk would wake, questions that bring the wrong fact."""
    for at, topic in enumerate(scenario.topics):
        enough = _enough(topic)
        yield from _own(scenario, at, topic, enough)
        yield from (one.under("topics", at) for one in _others(scenario, topic, enough, shelf))
        if scenario.kind is Kind.distributed:
            yield from (one.under("topics", at) for one in _everyday(topic))
    yield from _questions(scenario)


def _enough(topic: Topic) -> tuple[Sought, ...]:
    return tuple(sought(topic.slot(id).cues) for id in topic.enough)


def _settled(enough: tuple[Sought, ...], text: str) -> bool:
    return all(slot.search(text) for slot in enough)


def _own(scenario: Scenario, at: int, topic: Topic, enough: tuple[Sought, ...]) -> Iterator[Found]:
    """This pack's own answers, those of the topic itself as far as they are unsound."""
    for where, other in enumerate(scenario.topics):
        for index, exemplar in enumerate(other.unsound):
            if _settled(enough, exemplar.say):
                whose = "it" if where == at else topic.id
                yield Found(
                    ("topics", where, "unsound", index),
                    f"an unsound answer would settle {whose}: {exemplar.say[:60]!r}",
                    "narrow the cues",
                )
        for index, exemplar in enumerate(other.sound if where != at else ()):
            if topic.id not in exemplar.settles and _settled(enough, exemplar.say):
                yield Found(
                    ("topics", where, "sound", index),
                    f"an answer to {other.id} would settle {topic.id}: {exemplar.say[:60]!r}",
                    f"narrow the cues of {topic.id}, or name it in the answer's `settles` where it does",
                )


def _others(scenario: Scenario, topic: Topic, enough: tuple[Sought, ...], shelf: Shelf) -> Iterator[Found]:
    """What is said about other problems. One sound answer among a thousand may hold here too; several are a wide cue."""
    met: list[str] = []
    for other in shelf.scenarios:
        for about, exemplar, sound in _exemplars(other) if other.id != scenario.id else ():
            akin = sound and about.feeds.criterion in (topic.feeds.criterion, *topic.also)
            if akin or not _settled(enough, exemplar.say):
                continue
            met += [f"{about.id} of {other.id}"] if sound else []
            if not sound:
                yield Found(
                    ("enough",),
                    f"an unsound answer to {about.id} of {other.id} would settle it: {exemplar.say[:60]!r}",
                    "narrow the cues",
                )
    if len(met) >= WIDE:
        yield Found(
            ("enough",),
            f"answers to {', '.join(met)} would settle it",
            "see whether the cues are too wide",
            warns=True,
        )


def _exemplars(scenario: Scenario) -> tuple[tuple[Topic, Exemplar, bool], ...]:
    return tuple(
        (topic, exemplar, sound)
        for topic in scenario.topics
        for sound, exemplars in ((True, topic.sound), (False, topic.unsound))
        for exemplar in exemplars
    )


def _everyday(topic: Topic) -> Iterator[Found]:
    for at, slot in enumerate(topic.slots):
        for line in EVERYDAY:
            if met := sought(slot.cues).search(line):
                yield Found(
                    ("slots", at, "cues"),
                    f"everyday talk would fill {slot.id} ({met.group()!r} in {line!r})",
                    "narrow the cues",
                )


def _questions(scenario: Scenario) -> Iterator[Found]:
    """The first way of asking is what others try, so it has to bring its own fact."""
    for at, fact in enumerate(scenario.facts):
        for index, ask in enumerate(fact.ask):
            brought = [one.fact for one in asked_facts(f"What about {ask}?", scenario)]
            outright = [one.fact for one in asked_facts(f"{ask[:1].upper()}{ask[1:]}?", scenario)]
            if fact.id not in (brought if index == 0 else (*brought, *outright)):
                instead = ", ".join(str(one) for one in brought if one) or "nothing"
                yield Found(
                    ("facts", at, "ask", index),
                    f"{ask!r} brings {instead}",
                    "say it in words that no other fact is asked with",
                    warns=index > 0,
                )
