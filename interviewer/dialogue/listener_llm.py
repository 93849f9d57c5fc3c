"""The model that listens beside the speaker: the same Heard, with what the cues did not catch.

It is asked which points of which topics a turn covers, each with a quote; what is not in the candidate's words as quoted
is dropped. It adds and never takes away, it never speaks, and nobody waits for it: what it finds counts from the next
turn on (interviewer.md 5). The card is made without it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict, Field

from interviewer.interview.audible import audible
from interviewer.interview.heard import Act, FactAsked, Heard, TopicTouched
from interviewer.interview.ledger import Turn
from interviewer.interview.orders import heeded
from interviewer.interview.pack import Pack, Scenario, Then, Topic
from interviewer.interview.rubric import compiled
from interviewer.interview.state import Interview
from interviewer.interview.verify import verify
from interviewer.interview.words import STOP_WORDS, Span
from interviewer.llm.asking import ask
from interviewer.llm.model import Message, Model, Prompt
from interviewer.llm.prompts import Prompts
from interviewer.llm.said import code_of, harmless, marked

NAME = "listener"
MOST_TOKENS = 4000
MOST_NOTES = 24
A_SENTENCE = 0.2
"""A cue is written as a sentence where so many of its words are small ones."""
_PATTERN = re.compile(r"[\\|()\[\]?*+^$.]|\{(?!\w+\})")


class _Note(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Covers(_Note):
    """A point of a topic that the turn covers."""

    subject: str
    point: str
    quote: str


class Mistaken(_Note):
    """A mistaken view of a topic that the turn holds, by its number from 1."""

    subject: str
    number: int
    quote: str


class Asks(_Note):
    """A question that the fact sheet answers."""

    id: str
    quote: str


class Notes(_Note):
    """What the model noted of one turn."""

    covers: list[Covers] = Field(max_length=MOST_NOTES)
    mistaken: list[Mistaken] = Field(max_length=MOST_NOTES)
    asks: list[Asks] = Field(max_length=MOST_NOTES)


@dataclass(frozen=True)
class ModelListener:
    """Listens with a model. `key` is what the codes of marks are made with."""

    model: Model
    prompts: Prompts
    key: bytes

    async def more(self, interview: Interview, pack: Pack, said: Turn, heard: Heard) -> Heard | None:
        """`heard` with what the model noted of the same turn; None where that is nothing new. Raises ModelFault."""
        answer = await ask(self.model, self.prompt_of(interview, pack, said), Notes)
        more = with_notes(heard, answer.value, said.text, pack.scenario)
        return more.model_copy(update={"by": answer.by}) if more != heard else None

    def prompt_of(self, interview: Interview, pack: Pack, said: Turn) -> Prompt:
        """The prompt for one turn: the list of the scenario first, which is always the same, then the last exchange."""
        template = self.prompts.of(NAME)
        scenario = pack.scenario
        system = template.filled(
            brief=scenario.brief,
            topics=[
                {
                    "id": topic.id,
                    "title": topic.title,
                    "slots": [{"id": slot.id, "ask": slot.else_ or slot.ask} for slot in topic.slots],
                    "mistaken": [_view(topic, then) for then in topic.then],
                }
                for topic in scenario.topics
            ],
            facts=[{"id": fact.id, "asks": fact.ask[0]} for fact in scenario.facts],
        )
        before = next(
            (
                turn.text
                for turn in reversed(interview.transcript[: said.n - 1])
                if turn.role == "interviewer"
            ),
            "",
        )
        code = code_of(self.key, interview.session, said.n, NAME)
        talk = f"The interviewer had said: {harmless(before)}\n\nThe candidate:\n{marked(heeded(audible(said.text)), code)}"
        return Prompt(
            name=NAME,
            hash=template.hash,
            messages=(Message("system", system), Message("user", talk)),
            most_tokens=MOST_TOKENS,
            session=interview.session,
        )


def _view(topic: Topic, then: Then) -> str:
    """The mistaken view that `then` meets, for a reader: a cue is its own description where it is written as a sentence.

    Bare words are told with what one would ask back. For a pattern stands an unsound answer of the pack that it fits; ""
    where there is none, and then the view is not asked about.
    """
    words = then.when.lower().split()
    if not _PATTERN.search(then.when):
        told = sum(word in STOP_WORDS for word in words) >= A_SENTENCE * len(words)
        return then.when if told else f'{then.when} (one would ask back: "{then.else_ or then.say}")'
    cue = compiled(then.when)
    said = next((one.say for one in topic.unsound if cue.search(one.say)), "")
    return f'such as "{said}"' if said else ""


def with_notes(heard: Heard, notes: Notes, text: str, scenario: Scenario) -> Heard:
    """What was heard together with what a model noted, as far as its quotes stand in the text."""
    topics = {touch.topic: touch for touch in heard.topics}
    for topic in scenario.topics:
        if touch := _touched(topic, topics.get(topic.id), notes, text):
            topics[str(topic.id)] = touch
    asked = {one.fact: one for one in (*heard.asked, *_asked(notes, text, scenario))}
    acts = heard.acts if not asked or Act.asks in heard.acts else (*heard.acts, Act.asks)
    return heard.model_copy(
        update={"topics": tuple(topics.values()), "asked": tuple(asked.values()), "acts": acts}
    )


def _touched(topic: Topic, known: TopicTouched | None, notes: Notes, text: str) -> TopicTouched | None:
    """The topic as cues and model together heard it; None where the model noted nothing new of it."""
    ids = {str(slot.id) for slot in topic.slots}
    covers = {
        one.point: span
        for one in notes.covers
        if one.subject == topic.id and one.point in ids and (span := _span(one.quote, text))
    }
    mistaken = [
        (one.number - 1, span)
        for one in notes.mistaken
        if one.subject == topic.id and 1 <= one.number <= len(topic.then) and (span := _span(one.quote, text))
    ]
    slots = set(known.slots if known else ()) | covers.keys()
    if not covers and not mistaken:
        return None
    enough = set(topic.enough) <= slots
    wrong = not enough and (bool(mistaken) or (known is not None and known.stance == "wrong"))
    spans = [*covers.values(), *(span for _, span in mistaken)]
    if known:
        spans.append(Span(known.start, known.end))
    then = known.then if known and known.then is not None else mistaken[0][0] if mistaken else None
    return TopicTouched(
        topic=topic.id,
        stance="wrong" if wrong else "sound" if enough else "thin" if slots else "raised",
        slots=tuple(str(slot.id) for slot in topic.slots if slot.id in slots),
        then=then if wrong else None,
        start=min(span.start for span in spans),
        end=max(span.end for span in spans),
    )


def _asked(notes: Notes, text: str, scenario: Scenario) -> Iterator[FactAsked]:
    facts = {str(fact.id) for fact in scenario.facts}
    for one in notes.asks:
        if one.id in facts and (span := _span(one.quote, text)):
            yield FactAsked(fact=one.id, noun="", start=span.start, end=span.end)


def _span(quote: str, text: str) -> Span | None:
    found = verify(quote, text)
    return found if isinstance(found, Span) else None
