"""Settings of a request that an endpoint objects to: which one its words name, and how it is asked without a schema.

Endpoints differ in what they take, and say so only when they are asked. What was objected to is left out from then on; a
schema gives way in two steps, first to any JSON and then to words alone.
"""

from __future__ import annotations

import json
import re
from typing import Any

_SHAPE = (
    "response_format",
    "json_schema",
    "json_object",
    "schema",
    "structured output",
    "grammar",
    "output_config",
    "output_format",
    "response_mime_type",
    "responsemimetype",
    "json mode",
    "'format'",
    ".format",
)


def names_shape(told: str) -> bool:
    """Whether a refusal, in lower case, is about the form that the answer was to have."""
    return any(word in told for word in _SHAPE)


def names_setting(told: str, *names: str) -> bool:
    """Whether a refusal, in lower case, is about a setting, by any of its names."""
    return any(re.search(rf"(?<!\w){name}(?!\w)", told) for name in names)


def told_the_shape(
    messages: list[dict[str, str]], schema: dict[str, Any] | None
) -> list[dict[str, str]]:  # Any: a JSON Schema
    """The messages, the last of them with the schema that the endpoint itself does not take."""
    *before, last = messages
    shape = (
        f"Answer with one JSON document that fits this JSON Schema, and nothing else:\n{json.dumps(schema)}"
    )
    return [*before, {**last, "content": f"{last['content']}\n\n{shape}"}]
