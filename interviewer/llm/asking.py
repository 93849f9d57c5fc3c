"""Asking a model for a value: its answer is JSON of a known shape, or it is no answer.

What does not fit the shape is asked for again with what is wrong about it, twice at the most. Nothing is repaired on
this side: a repaired answer would be an invented one. Only a fence of code around the whole is taken off.
"""

from __future__ import annotations

import json
import logging
import re
from contextlib import aclosing
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Generic, NoReturn, TypeVar

from pydantic import BaseModel, ValidationError

from interviewer.errors import ModelFault
from interviewer.llm.model import Message, Model, Prompt, Usage

_log = logging.getLogger(__name__)
_log.addHandler(logging.NullHandler())  # else Python would write it into a terminal interview
REPAIRS = 2
MOST_TOLD = 5
"""So many of an answer's faults are told; one that breaks everywhere is not helped by more."""
_FENCE = re.compile(r"\A\s*```(?:json)?\s*(.*?)\s*```\s*\Z", re.S | re.I)
_NAMED = ("properties", "$defs")
"""Parts of a schema whose keys are names of our own, `title` among them."""
Reply = TypeVar("Reply", bound=BaseModel)


@dataclass(frozen=True)
class Answer(Generic[Reply]):
    """A value with what it cost, and the name of the model that gave it."""

    value: Reply
    usage: Usage
    by: str


async def ask(model: Model, prompt: Prompt, reply: type[Reply]) -> Answer[Reply]:
    """The model's answer to a prompt as a value. Raises ModelFault, `broke_the_schema` where it never fitted."""
    prompt = replace(prompt, schema=schema_of(reply), schema_name=reply.__name__.lower())
    usage, by, asked = Usage(), model.name, prompt
    for _ in range(REPAIRS + 1):
        text, finish = "", None
        async with aclosing(model.stream(asked)) as pieces:
            async for piece in pieces:
                text += piece.text
                finish, by = piece.finish or finish, piece.by or by
                usage += piece.usage or Usage()
        if finish == "length":
            wrong = "It was cut off for its length. Answer in fewer words."
        else:
            try:
                return Answer(value_in(text, reply), usage, by)
            except ValidationError as error:
                wrong = "; ".join(_told(one) for one in error.errors()[:MOST_TOLD])
            except ValueError as error:
                wrong = str(error)
        asked = prompt.more(
            Message("assistant", text),
            Message(
                "user",
                f"That is not what was asked for. {wrong}\nAnswer again, with the JSON document alone.",
            ),
        )
    _log.warning(
        "%s gave no answer that fits (broke_the_schema) for %s, which goes on without it; session %s",
        by, prompt.name, prompt.whose,
    )  # fmt: skip
    raise ModelFault("broke_the_schema")


def value_in(text: str, reply: type[Reply]) -> Reply:
    """The value that a text is, a code fence around it taken off. Raises ValueError where it is none."""
    text = _unfenced(text)
    value = reply.model_validate_json(text, extra="forbid")
    json.loads(text, parse_constant=_no_number)  # pydantic takes NaN for a number, and JSON has none
    return value


def _told(error: Any) -> str:  # Any: pydantic's account of one fault
    place = ".".join(map(str, error["loc"])) or "the whole"
    return f"{place[:80]}: {error['msg'][:200]}"


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number in JSON.")


@cache
def schema_of(reply: type[BaseModel]) -> dict[str, Any]:  # Any: a JSON Schema
    """The JSON Schema of a reply in the strict form that endpoints take: nothing beyond what is named, all of it required.

    It is made once and shared: change nothing in it.
    """

    def strict(part: Any) -> Any:  # Any: a JSON Schema
        if isinstance(part, list):
            return [strict(one) for one in part]
        if not isinstance(part, dict):
            return part
        kept = {
            name: {key: strict(one) for key, one in value.items()} if name in _NAMED else strict(value)
            for name, value in part.items()
            if name not in ("title", "default")
        }
        if kept.get("type") == "object":
            kept["required"] = list(kept.get("properties", {}))
            kept["additionalProperties"] = False
        return kept

    return dict(strict(reply.model_json_schema()))


def _unfenced(text: str) -> str:
    fenced = _FENCE.match(text)
    return fenced.group(1) if fenced else text.strip()
