"""The event stream of an OpenAI-compatible endpoint, read byte by byte into deltas.

Only what is needed is looked at, and nothing is trusted: a line that is no JSON, a body that is no stream and an error
in the middle of one are faults, each with a code of our own.
"""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator, AsyncIterator
from typing import Any

from interviewer.errors import ModelBusy, ModelFault, ModelUnfit
from interviewer.llm.acceptor import Delta
from interviewer.llm.model import Usage

MOST_LINE = 1 << 20
"""A line of a stream is a few hundred bytes; one of more than this many is no line."""
_TOO_LONG = (
    "context_length_exceeded",
    "context length",
    "maximum context",
    "too many tokens",
    "prompt is too long",
)
_BUSY = (
    "rate_limit",
    "rate limit",
    "overloaded",
    "insufficient_quota",
    "server_error",
    "unavailable",
    "timeout",
)


async def deltas_of(body: AsyncIterator[bytes], content_type: str) -> AsyncGenerator[Delta]:
    """The deltas in a body. Raises ModelFault where it is neither an event stream nor one whole answer in JSON."""
    kind = content_type.partition(";")[0].strip().lower()
    if kind == "application/json":
        for delta in _of(_parsed(await _whole(body))):
            yield delta
    elif kind == "text/event-stream":
        async for line in _lines(body):
            if not line.startswith(b"data:"):
                continue
            data = line[5:].strip()
            if data == b"[DONE]":
                return
            for delta in _of(_parsed(data)):
                yield delta
    else:
        raise ModelFault("not_a_stream", kind[:40])


async def _whole(body: AsyncIterator[bytes]) -> bytes:
    whole = b""
    async for part in body:
        whole += part
        if len(whole) > MOST_LINE:
            raise ModelFault("flood")
    return whole


async def _lines(body: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    rest = b""
    async for part in body:
        rest += part
        *lines, rest = rest.split(b"\n")
        for line in lines:
            yield line
        if len(rest) > MOST_LINE:
            raise ModelFault("flood")
    if rest:
        yield rest


def _parsed(data: bytes) -> dict[str, Any]:  # Any: JSON
    try:
        frame = json.loads(data)
    except ValueError:
        raise ModelFault("malformed") from None
    if not isinstance(frame, dict):
        raise ModelFault("malformed")
    return frame


def _of(frame: dict[str, Any]) -> list[Delta]:  # Any: JSON
    if frame.get("error"):
        raise fault_in(frame["error"])
    usage = _usage(frame.get("usage"))
    choices = frame.get("choices") or []
    try:
        found = [_delta(one) for one in choices]
    except (AttributeError, TypeError):
        raise ModelFault("malformed") from None
    return [*found, Delta(usage=usage)] if usage else found


def _delta(choice: dict[str, Any]) -> Delta:  # Any: JSON
    said = choice.get("delta") or choice.get("message") or {}
    text, refusal = said.get("content"), said.get("refusal")
    return Delta(
        text=text if isinstance(text, str) else "",
        finish=choice.get("finish_reason"),
        refusal=refusal if isinstance(refusal, str) else "",
        called=bool(said.get("tool_calls") or said.get("function_call")),
        index=choice.get("index") or 0,
    )


def _usage(usage: Any) -> Usage | None:  # Any: JSON
    if not isinstance(usage, dict):
        return None
    details = usage.get("prompt_tokens_details") or {}
    return Usage(
        prompt=int(usage.get("prompt_tokens") or 0),
        completion=int(usage.get("completion_tokens") or 0),
        cached=int((details.get("cached_tokens") if isinstance(details, dict) else 0) or 0),
    )


def fault_in(error: Any) -> ModelFault:  # Any: JSON
    """The fault that an error object tells of."""
    told = json.dumps(error).lower()
    if any(sign in told for sign in _TOO_LONG):
        return ModelUnfit("too_long")
    if any(sign in told for sign in _BUSY):
        return ModelBusy("busy")
    return ModelFault("error_told")
