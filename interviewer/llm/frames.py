"""The event stream of an OpenAI-compatible endpoint, read byte by byte into deltas.

Only what is needed is looked at, and nothing is trusted: a line that is no JSON, a body that is no stream and an error
in the middle of one are faults, each with a code of our own.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing, suppress
from typing import Any

from interviewer.errors import ModelFault
from interviewer.llm.acceptor import Delta
from interviewer.llm.model import Usage
from interviewer.llm.refusals import fault_in

MOST_LINE = 1 << 20
"""A line of a stream is a few hundred bytes; one of more than this many is no line."""
_THOUGHT = ("reasoning_content", "reasoning", "reasoning_details")
"""Where endpoints put what a model thinks before it speaks."""
AFTER_DONE_S = 0.05
"""So long the end of a body may take after [DONE]: a connection can be used again only once its body was read to the end."""


async def deltas_of(body: AsyncIterator[bytes], content_type: str) -> AsyncGenerator[Delta]:
    """The deltas in a body. Raises ModelFault where it is neither an event stream nor one whole answer in JSON."""
    kind = content_type.partition(";")[0].strip().lower()
    if kind == "application/json":
        for delta in _of(_parsed(await _whole(body))):
            yield delta
    elif kind == "text/event-stream":
        async with aclosing(_lines(body)) as lines:
            async for line in lines:
                if not line.startswith(b"data:"):
                    continue
                data = line[5:].strip()
                if data == b"[DONE]":
                    await _rest(lines)
                    return
                for delta in _of(_parsed(data)):
                    yield delta
    else:
        raise ModelFault("not_a_stream", kind[:40])


async def _rest(lines: AsyncGenerator[bytes]) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(AFTER_DONE_S):
            async for _ in lines:
                pass


async def _whole(body: AsyncIterator[bytes]) -> bytes:
    whole = b""
    async for part in body:
        whole += part
        if len(whole) > MOST_LINE:
            raise ModelFault("flood")
    return whole


async def _lines(body: AsyncIterator[bytes]) -> AsyncGenerator[bytes]:
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
    except (ValueError, RecursionError):
        raise ModelFault("malformed") from None
    if not isinstance(frame, dict):
        raise ModelFault("malformed")
    return frame


def _of(frame: dict[str, Any]) -> list[Delta]:  # Any: JSON
    if frame.get("error"):
        raise fault_in(frame["error"])
    try:
        found = [_delta(one) for one in frame.get("choices") or []]
        used = frame.get("usage")
        usage = _usage(used)
        thought = _count(_part(used, "completion_tokens_details").get("reasoning_tokens")) > 0
    except (AttributeError, TypeError, ValueError, OverflowError):
        raise ModelFault("malformed") from None
    return [*found, Delta(usage=usage, thought=thought)] if usage else found


def _delta(choice: dict[str, Any]) -> Delta:  # Any: JSON
    said = choice.get("delta") or choice.get("message") or {}
    text, refusal = said.get("content"), said.get("refusal")
    return Delta(
        text=text if isinstance(text, str) else "",
        finish=_finish(choice.get("finish_reason")),
        refusal=refusal if isinstance(refusal, str) else "",
        called=bool(said.get("tool_calls") or said.get("function_call")),
        index=int(choice.get("index") or 0),
        thought=any(said.get(name) for name in _THOUGHT),
    )


def _finish(told: Any) -> str | None:  # Any: JSON
    if told in (None, "", "null"):  # "null" is what some gateways write
        return None
    if not isinstance(told, str):
        raise ModelFault("malformed")
    return told


def _usage(usage: Any) -> Usage | None:  # Any: JSON
    if not isinstance(usage, dict):
        return None
    return Usage(
        prompt=_count(usage.get("prompt_tokens")),
        completion=_count(usage.get("completion_tokens")),
        cached=_count(_part(usage, "prompt_tokens_details").get("cached_tokens")),
    )


def _part(whole: Any, name: str) -> dict[str, Any]:  # Any: JSON
    part = whole.get(name) if isinstance(whole, dict) else None
    return part if isinstance(part, dict) else {}


def _count(told: Any) -> int:  # Any: JSON
    return max(int(told or 0), 0)
