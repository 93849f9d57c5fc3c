"""The strict end of every stream: no finish, no answer.

Adapters give deltas as their endpoint sends them; what leaves here is text that can be shown, ended by one piece that
tells how it ended. Three deadlines are kept here, since a client's own timeout starts anew with every byte: to the first
text, between texts (a reader who takes long is no pause), and in all. Keep-alive comments and blanks before the first
word are no text, so that an answer without a word can still be asked for again (wire.md 5, rows 48-64; 9.3).
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import dataclass

from interviewer.errors import ModelBusy, ModelDeclined, ModelFault
from interviewer.llm.anew import ALL_THINKING, EMPTY
from interviewer.llm.model import Piece, Usage

AFTER_THE_END_S = 1.0
"""So long the token counts may take that come after the last word."""
_LENGTH = frozenset({"length", "max_tokens", "model_length", "max_output_tokens"})
_DECLINED = frozenset(
    {"content_filter", "safety", "recitation", "prohibited_content", "blocklist", "refusal", "spii"}
)
_BROKEN = frozenset(
    {"error", "abort", "aborted", "cancelled", "network_error", "insufficient_system_resource", "other"}
)
"""Endings by which an endpoint says that it broke off."""
_CALLED = frozenset({"tool_calls", "function_call", "tool_use", "malformed_function_call"})


@dataclass(frozen=True, slots=True)
class Delta:
    """What one frame of an endpoint holds. `index` is the answer's, where several were sent; `thought` tells of thinking."""

    text: str = ""
    finish: str | None = None
    refusal: str = ""
    called: bool = False
    usage: Usage | None = None
    index: int = 0
    thought: bool = False


@dataclass(frozen=True)
class Bounds:
    """Deadlines in seconds, and how much text an answer may have."""

    first_s: float = 20.0
    between_s: float = 10.0
    total_s: float = 60.0
    most_chars: int = 40_000


async def accepted(deltas: AsyncGenerator[Delta], bounds: Bounds) -> AsyncGenerator[Piece]:
    """The pieces of an answer. Raises ModelFault where it is none; the deltas are closed in any case.

    What an answer without a word took is told before its fault, as far as the endpoint tells it.
    """
    loop = asyncio.get_running_loop()
    end = loop.time() + bounds.total_s
    due = min(end, loop.time() + bounds.first_s)
    chars, held, shown, finish, usage, thought = 0, "", False, "", None, False
    try:
        while True:
            try:
                async with asyncio.timeout_at(due):
                    delta = await anext(deltas)
            except StopAsyncIteration:
                break
            except TimeoutError:
                if finish:
                    break
                raise ModelBusy(_late(shown, due < end)) from None
            except ModelFault:
                if finish:
                    break
                raise
            usage, thought = delta.usage or usage, thought or delta.thought
            # Below us a cancellation may be lost (asyncio.wait_for does so), and then no deadline would ever strike.
            if loop.time() > due:
                if finish:
                    break
                raise ModelBusy(_late(shown, due < end))
            if delta.index or finish:
                continue
            ending = (delta.finish or "").lower()
            if delta.called or ending in _CALLED:
                raise ModelFault("called_a_tool")
            if delta.refusal or ending in _DECLINED:
                raise ModelDeclined("declined")
            if delta.text:
                chars += len(delta.text)
                if chars > bounds.most_chars:
                    raise ModelFault("flood")
                text, held = _storable(held + delta.text)
                if shown or not text.isspace():
                    if text:
                        shown = True
                        yield Piece(text)
                        due = min(end, loop.time() + bounds.between_s)
                else:
                    held = text + held
            if ending in _BROKEN:
                raise ModelBusy("cut_off")
            if ending:
                finish = ending
                due = min(end, loop.time() + AFTER_THE_END_S)
        if not finish:
            raise ModelBusy("cut_off")
        if not shown:
            if usage:
                yield Piece("", None, usage)
            if finish in _LENGTH and (thought or not chars):
                raise ModelFault(ALL_THINKING)
            raise ModelBusy(EMPTY)
        yield Piece("", "length" if finish in _LENGTH else "stop", usage)
    finally:
        await deltas.aclose()


def _late(shown: bool, early: bool) -> str:
    if not shown:
        return "silent"
    return "stalled" if early else "too_slow"


def _storable(text: str) -> tuple[str, str]:
    """The text as UTF-8 can hold it, and the first half of a character whose second half is still to come."""
    if text.isascii() and "\0" not in text:
        return text, ""
    held = text[-1] if text and "\ud800" <= text[-1] <= "\udbff" else ""
    whole = text[: len(text) - len(held)].replace("\0", "")
    return whole.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace"), held
