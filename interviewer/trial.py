"""One model tried with two small questions: what it lists, how it streams, and whether its answers keep to a shape.

It is asked through the layer that interviews go through, and its answer is read as theirs are. Only facts are gathered
here, and a fault of the model is one of them; `doctor.py` says what they mean. Whatever asks raises Unavailable where it
cannot be paid for.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import aclosing
from dataclasses import dataclass
from typing import Literal, Protocol, runtime_checkable

from pydantic import BaseModel, StrictInt

from interviewer.errors import ModelBusy, ModelFault
from interviewer.llm.asking import schema_of, value_in
from interviewer.llm.model import Message, Model, Prompt, Usage
from interviewer.llm.steady import SteadyModel

LISTING_S = 5.0
"""So long the list of models may take."""
MOST_TOKENS = 2000
"""Room for models that think before they answer; the answers themselves have a dozen words."""

How = Literal["schema", "json", "words", "none"]
"""How an answer came to its shape: by JSON schema, as any JSON, because the words asked for it, or it did not."""


class Larger(BaseModel):
    """The answer to the second question."""

    larger: StrictInt


COUNT = Prompt(
    "doctor/count",
    (Message("user", "Count from one to ten in words, on one line, with commas between them."),),
    most_tokens=MOST_TOKENS,
    session="doctor",
)
COMPARE = Prompt(
    "doctor/compare",
    (
        Message(
            "user",
            "Which is larger, 3 or 8? Answer with a JSON document and nothing else: "
            'one field named "larger" that holds the number.',
        ),
    ),
    schema=schema_of(Larger),
    schema_name="larger",
    most_tokens=MOST_TOKENS,
    session="doctor",
)


@runtime_checkable
class Lists(Protocol):
    """A model whose endpoint can be asked for the names of all its models."""

    async def models(self) -> tuple[str, ...]:
        """Their names. Raises ModelFault."""
        ...


@runtime_checkable
class Refuses(Protocol):
    """A model that remembers which settings its endpoint objected to."""

    @property
    def refused(self) -> frozenset[str]:
        """Their names, such as json_schema."""
        ...


@dataclass(frozen=True)
class Listed:
    """The names that an endpoint lists; None where it has no list, with the fault that said so."""

    names: tuple[str, ...] | None = None
    fault: ModelFault | None = None


@dataclass(frozen=True)
class Streamed:
    """An answer as it came: seconds to the first text, the longest pause, and in all; in how many pieces; its tokens."""

    text: str = ""
    first_s: float = 0.0
    pause_s: float = 0.0
    total_s: float = 0.0
    pieces: int = 0
    cut: bool = False
    usage: Usage | None = None
    fault: ModelFault | None = None


@dataclass(frozen=True)
class Shaped:
    """Whether an answer kept to its shape, and how that came about."""

    how: How = "none"
    total_s: float = 0.0
    usage: Usage | None = None
    fault: ModelFault | None = None


async def listed(model: Model) -> Listed:
    """What the endpoint says it has, asked for `LISTING_S` at most."""
    if not isinstance(model, Lists):
        return Listed()
    try:
        async with asyncio.timeout(LISTING_S):
            return Listed(await model.models())
    except TimeoutError:
        return Listed(fault=ModelBusy("silent"))
    except ModelFault as fault:
        return Listed(fault=fault)
    except (
        AttributeError,
        TypeError,
        KeyError,
    ):  # the client builds its objects from whatever JSON it is given
        return Listed(fault=ModelFault("malformed"))


async def streamed(model: SteadyModel, clock: Callable[[], float]) -> Streamed:
    """The first question, with times. `clock` is monotonic, in seconds."""
    began = last = clock()
    text, first_s, pause_s, pieces, cut, usage = "", 0.0, 0.0, 0, False, None
    try:
        async with aclosing(model.stream(COUNT)) as answer:
            async for piece in answer:
                if piece.text:
                    now = clock()
                    if pieces:
                        pause_s = max(pause_s, now - last)
                    else:
                        first_s = now - began
                    text, pieces, last = text + piece.text, pieces + 1, now
                if piece.finish:
                    cut, usage = piece.finish == "length", piece.usage
    except ModelFault as fault:
        return Streamed(text, first_s, pause_s, clock() - began, pieces, fault=fault)
    return Streamed(text, first_s, pause_s, clock() - began, pieces, cut, usage)


async def shaped(model: SteadyModel, clock: Callable[[], float]) -> Shaped:
    """The second question, whose answer is to be JSON of one shape. It is asked once: how often it fits is what matters."""
    began, text, usage = clock(), "", None
    try:
        async with aclosing(model.stream(COMPARE)) as answer:
            async for piece in answer:
                text, usage = text + piece.text, piece.usage or usage
    except ModelFault as fault:
        return Shaped("none", clock() - began, fault=fault)
    try:
        value_in(text, Larger)
    except ValueError:
        return Shaped("none", clock() - began, usage)
    return Shaped(_how(model.seats[0].model), clock() - began, usage)


def _how(model: Model) -> How:
    refused = model.refused if isinstance(model, Refuses) else frozenset()
    if "response_format" in refused:
        return "words"
    return "json" if "json_schema" in refused else "schema"
