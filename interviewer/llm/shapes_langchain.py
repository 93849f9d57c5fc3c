"""The form of an answer, asked for in the way that LangChain knows for each provider.

What LangChain would read out of the answer is left away: the text itself is wanted, and our own code reads it. A way
that calls a tool is none, since its answer is no text.
"""

from __future__ import annotations

import warnings
from typing import Any, Literal

from langchain_core.language_models import BaseChatModel
from langchain_core.runnables import Runnable, RunnableBinding

WAYS: dict[str, Literal["json_schema", "json_mode"]] = {
    "json_schema": "json_schema",
    "response_format": "json_mode",
}
"""The ways to ask for a form, each under the name it is refused by, in the order in which they are tried."""


def shaped(chat: BaseChatModel, schema: dict[str, Any], way: str) -> Runnable[Any, Any] | None:
    """The model with its answer's form asked for in a way of its provider's; None where it has no such way of its own."""
    first = _bound(chat, schema, WAYS[way])
    if first is None or (way != "json_schema" and _same(first, _bound(chat, schema, WAYS["json_schema"]))):
        return None
    return first


def _bound(
    chat: BaseChatModel, schema: dict[str, Any], method: str
) -> RunnableBinding[Any, Any] | None:  # Any: a JSON Schema, and what LangChain passes on
    try:
        with warnings.catch_warnings():  # some tell so that they know no such way, and take another
            warnings.simplefilter("ignore")
            parsed = chat.with_structured_output(schema, method=method)
    except (NotImplementedError, ValueError, TypeError, AttributeError, KeyError):
        return None
    first = getattr(parsed, "first", None)  # what comes after it reads the answer, which is our own affair
    if not isinstance(first, RunnableBinding) or first.kwargs.keys() & {"tools", "functions"}:
        return None
    return first


def _same(one: RunnableBinding[Any, Any], other: RunnableBinding[Any, Any] | None) -> bool:
    def sent(bound: RunnableBinding[Any, Any]) -> dict[str, Any]:  # Any: what LangChain passes on
        return {name: value for name, value in bound.kwargs.items() if not name.startswith("ls_")}

    return other is not None and sent(one) == sent(other)
