"""An interview and a model that reads it, for tests that say what the model answers to which line."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from interviewer.errors import ModelFault
from interviewer.interview.ledger import Turn
from interviewer.interview.rubric import CandidateLevel, Kind
from interviewer.interview.scorecard import Scorecard
from interviewer.interview.transcript import Transcript
from interviewer.llm.model import Model, Prompt, Scripted
from interviewer.llm.prompts import Prompts
from interviewer.scoring.assess import JudgedBy, assess
from interviewer.scoring.observer import OfflineObserver
from interviewer.scoring.observer_llm import ModelObserver
from tests.builders import a_pack

PROMPTS = Prompts.read(Path(__file__).resolve().parents[2] / "prompts")
SAID = (
    ("interviewer", "Design a service that keeps the borrowed bicycles of a town."),
    (
        "candidate",
        "Let me ask first who rents them and how many rides there are on a busy day. I would also like to know how fresh "
        "the number of free bicycles at a stand must be, and whether a ride may ever be billed twice.",
    ),
    ("interviewer", "Forty thousand rides a day. A minute is fresh enough. Never billed twice."),
    (
        "candidate",
        "Then that is about half a ride a second, so one database holds it and I leave queues and shards aside. "
        "A ride is a row with the bicycle, the rider, the stand where it began and the time. The stand sends an unlock with "
        "an id of its own, and the same id a second time gives the first answer back.",
    ),
    ("interviewer", "What does that cost you?"),
    (
        "candidate",
        "Every unlock waits for one machine, so while it is being replaced nobody rides for half a minute. For a town "
        "that is a price worth paying, and a stand may keep two unlocks in hand for that long.",
    ),
    ("interviewer", "You could watch how old the last message of each stand is."),
    ("candidate", "Yes, we could watch how old the last message of each stand is."),
)
Reply = tuple[str, str, int] | tuple[str, str, int, str]
"""What is answered to a line: verdict, quote, turn, and for a fault what became of it."""
PRICE: Reply = ("yes", "while it is being replaced nobody rides for half a minute", 6)


def an_interview(*more: tuple[str, str], kind: str = "h", **fields: object) -> Transcript:
    """The talk, with more turns at its end."""
    turns = tuple(
        Turn.model_validate({"n": n, "role": role, "text": text})
        for n, (role, text) in enumerate((*SAID, *more), start=1)
    )
    made = Transcript("bicycles", None, Kind(kind), CandidateLevel.senior, "hybrid", turns)
    return replace(made, **fields)  # type: ignore[arg-type]  # fields of the transcript


def asked_in(prompt: Prompt) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The items and the faults that a prompt asks about, those of a repair included."""
    lists = [re.search(rf"`{name}`, one entry each, in this order: (.+)\.$", prompt.messages[1].text, re.M)
             for name in ("items", "faults")]  # fmt: skip
    items, faults = (tuple(found[1].split(", ")) if found else () for found in lists)
    if len(prompt.messages) > 2:
        again = set(re.findall(r"^- ([\w.-]+): ", prompt.messages[-1].text, re.M))
        return tuple(one for one in items if one in again), tuple(one for one in faults if one in again)
    return items, faults


def a_reply(prompt: Prompt, told: Mapping[str, Reply], usual: str = "no") -> str:
    """The JSON that answers a prompt: what was told, and else `usual`."""
    items, faults = asked_in(prompt)

    def entry(id: str) -> dict[str, object]:
        verdict, quote, turn = told.get(id, (usual, "", 0))[:3]
        return {"id": id, "why": "As it says.", "quote": quote, "turn": turn, "verdict": verdict}

    def became(id: str) -> str:
        reply = told.get(id, ())
        return str(reply[3]) if len(reply) > 3 else "no"

    return json.dumps(
        {
            "items": [entry(one) for one in items],
            "faults": [{**entry(one), "recovered": became(one)} for one in faults],
        }
    )


def a_reader(told: Mapping[str, Reply], usual: str = "no") -> Scripted:
    """A model that answers so, whenever it is asked."""
    return Scripted(lambda prompt: a_reply(prompt, told, usual), name="reader")


def failing(on: str, fault: ModelFault, told: Mapping[str, Reply]) -> Scripted:
    """A model that fails wherever this line is asked about."""
    return Scripted(
        lambda prompt: fault if any(on in ids for ids in asked_in(prompt)) else a_reply(prompt, told),
        name="reader",
    )


async def a_card(transcript: Transcript, model: Model | None) -> Scorecard:
    """The card by the rubric that ships: by rules alone, or with a model beside them."""
    pack = a_pack()
    observer = ModelObserver(model, PROMPTS) if model else OfflineObserver()
    return await assess(transcript, JudgedBy(pack.rubric, None, "sha256:test"), observer)


def item_of(card: Scorecard, id: str) -> object:
    """An item of a card."""
    return next(item for one in card.criteria for item in one.items if item.id == id)
