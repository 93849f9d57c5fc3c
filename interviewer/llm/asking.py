"""Asking a model for a value: its answer is JSON of a known shape, or it is no answer.

What does not fit the shape is asked for again with what is wrong about it, twice at the most. Nothing is repaired on
this side: a repaired answer would be an invented one. Only a fence of code around the whole is taken off.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from interviewer.errors import ModelFault
from interviewer.llm.model import Message, Model, Prompt, Usage

REPAIRS = 2
_FENCE = re.compile(r"\A\s*```(?:json)?\s*\n(.*)\n\s*```\s*\Z", re.S)
Reply = TypeVar("Reply", bound=BaseModel)


@dataclass(frozen=True)
class Answer(Generic[Reply]):
    """A value with what it cost."""

    value: Reply
    usage: Usage


async def ask(model: Model, prompt: Prompt, reply: type[Reply]) -> Answer[Reply]:
    """The model's answer to a prompt as a value. Raises ModelFault, `broke_the_schema` where it never fitted."""
    prompt = Prompt(**{**prompt.__dict__, "schema": schema_of(reply), "schema_name": reply.__name__.lower()})
    usage, asked = Usage(), prompt
    for _ in range(REPAIRS + 1):
        text, finish = "", None
        async for piece in model.stream(asked):
            text += piece.text
            finish, usage = piece.finish or finish, usage + (piece.usage or Usage())
        if finish == "length":
            wrong = "It was cut off for its length. Answer in fewer words."
        else:
            try:
                return Answer(reply.model_validate_json(_unfenced(text)), usage)
            except ValidationError as error:
                wrong = "; ".join(
                    f"{'.'.join(map(str, one['loc'])) or 'the whole'}: {one['msg']}"
                    for one in error.errors()[:5]
                )
        asked = prompt.more(
            Message("assistant", text),
            Message(
                "user",
                f"That is not what was asked for. {wrong}\nAnswer again, with the JSON document alone.",
            ),
        )
    raise ModelFault("broke_the_schema")


def schema_of(reply: type[BaseModel]) -> dict[str, Any]:  # Any: a JSON Schema
    """The JSON Schema of a reply in the strict form that endpoints take: nothing beyond what is named, all of it required."""

    def strict(part: Any) -> Any:  # Any: a JSON Schema
        if isinstance(part, list):
            return [strict(one) for one in part]
        if not isinstance(part, dict):
            return part
        kept = {name: strict(value) for name, value in part.items() if name not in ("title", "default")}
        if kept.get("type") == "object":
            kept["required"] = list(kept.get("properties", {}))
            kept["additionalProperties"] = False
        return kept

    return dict(strict(reply.model_json_schema()))


def _unfenced(text: str) -> str:
    fenced = _FENCE.match(text)
    return fenced.group(1) if fenced else text.strip()
