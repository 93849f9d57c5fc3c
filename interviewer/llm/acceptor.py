"""The strict end of every stream: no finish, no answer.

Adapters give deltas as their endpoint sends them; what leaves here is text that can be shown, ended by one piece that
tells how it ended. Three deadlines are kept here, since a client's own timeout starts anew with every byte: to the first
text, between texts, and in all. Keep-alive comments are no text (wire.md 5, rows 48-64; 9.3).
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from dataclasses import dataclass

from interviewer.errors import ModelBusy, ModelDeclined, ModelFault
from interviewer.llm.model import Piece, Usage

AFTER_THE_END_S = 1.0
"""So long the token counts may take that come after the last word."""
_LENGTH = frozenset({"length", "max_tokens", "model_length", "max_output_tokens"})
_DECLINED = frozenset(
    {"content_filter", "safety", "recitation", "prohibited_content", "blocklist", "refusal", "spii"}
)
_CALLED = frozenset({"tool_calls", "function_call", "tool_use", "malformed_function_call"})


@dataclass(frozen=True, slots=True)
class Delta:
    """What one frame of an endpoint holds. `index` is the answer's, where several were sent."""

    text: str = ""
    finish: str | None = None
    refusal: str = ""
    called: bool = False
    usage: Usage | None = None
    index: int = 0


@dataclass(frozen=True)
class Bounds:
    """Deadlines in seconds, and how much text an answer may have."""

    first_s: float = 20.0
    between_s: float = 10.0
    total_s: float = 60.0
    most_chars: int = 40_000


async def accepted(deltas: AsyncGenerator[Delta], bounds: Bounds) -> AsyncIterator[Piece]:
    """The pieces of an answer. Raises ModelFault where it is none; the deltas are closed in any case."""
    loop = asyncio.get_running_loop()
    end = loop.time() + bounds.total_s
    due = min(end, loop.time() + bounds.first_s)
    chars, said, finish, usage = 0, False, "", None
    try:
        while True:
            until = loop.time() + AFTER_THE_END_S if finish else due
            try:
                async with asyncio.timeout_at(min(until, end)):
                    delta = await anext(deltas)
            except StopAsyncIteration:
                break
            except TimeoutError:
                if finish:
                    break
                raise ModelBusy("silent" if not chars else "stalled") from None
            except ModelFault:
                if finish:
                    break
                raise
            usage = delta.usage or usage
            if delta.index or finish:
                continue
            if delta.called or delta.finish in _CALLED:
                raise ModelFault("called_a_tool")
            if delta.refusal or (delta.finish or "").lower() in _DECLINED:
                raise ModelDeclined("declined")
            if delta.text:
                chars += len(delta.text)
                if chars > bounds.most_chars:
                    raise ModelFault("flood")
                said = said or not delta.text.isspace()
                due = min(end, loop.time() + bounds.between_s)
                yield Piece(delta.text)
            finish = delta.finish or finish
        if not finish:
            raise ModelBusy("cut_off")
        if not said:
            raise ModelBusy("empty")
        yield Piece("", "length" if finish.lower() in _LENGTH else "stop", usage)
    finally:
        await deltas.aclose()
