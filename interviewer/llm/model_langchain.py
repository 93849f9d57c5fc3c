"""Every other provider, through LangChain: `anthropic:claude-…`, `google_genai:gemini-…`, `ollama:…`.

The only file that knows LangChain. Its chunks become the same deltas as those of a raw event stream, and pass the same
acceptor: LangChain gives a cut-off stream as a finished one, so an answer without its finish reason is none.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing
from typing import Any, cast

from langchain.chat_models import init_chat_model
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, SystemMessage
from langchain_core.runnables import Runnable

from interviewer.errors import BadInput, ModelBusy, ModelFault
from interviewer.llm.acceptor import Bounds, Delta, accepted
from interviewer.llm.model import Piece, Prompt, Usage, request_of
from interviewer.llm.refusals import fault_in, fault_of_status

_ROLES: dict[str, type[BaseMessage]] = {"system": SystemMessage, "user": HumanMessage, "assistant": AIMessage}
_FINISH = ("finish_reason", "stop_reason", "done_reason")


class LangChainModel:
    """One model of one provider. Raises BadInput at once where the provider's package is not installed."""

    def __init__(self, name: str, key: str | None, bounds: Bounds) -> None:
        self.name = name
        self._bounds = bounds
        options: dict[str, Any] = {"max_retries": 0, "timeout": bounds.total_s}  # Any: the provider's own
        if key:
            options["api_key"] = key
        try:
            self._chat: BaseChatModel = init_chat_model(name, **options)
        except ImportError as error:
            provider = name.partition(":")[0]
            raise BadInput(
                f"{name} needs the package for {provider}: pip install 'interviewer[{provider.replace('_', '-')}]' ({error})."
            ) from error
        except ValueError as error:  # no such provider, or no key where it wants one
            raise BadInput(f"{name} cannot be used: {error}") from error

    def stream(self, prompt: Prompt) -> AsyncGenerator[Piece]:
        """The answer in pieces. Raises ModelFault."""
        return accepted(self._deltas(prompt), self._bounds)

    async def _deltas(self, prompt: Prompt) -> AsyncGenerator[Delta]:
        chat: Runnable[Any, Any] = self._chat
        if prompt.schema:
            chat = self._chat.bind(response_format=request_of(prompt)["response_format"])
        asked = request_of(prompt)["messages"]
        messages = [_ROLES[one["role"]](content=one["content"]) for one in asked]
        try:
            async with aclosing(cast(AsyncGenerator[Any], chat.astream(messages))) as chunks:
                async for chunk in chunks:
                    for delta in deltas_in(chunk):
                        yield delta
        except ModelFault:
            raise
        except Exception as error:  # every provider has errors of its own, and they hold its words
            raise _fault(error) from None


def deltas_in(chunk: Any) -> list[Delta]:  # Any: LangChain's chunks differ by provider
    """The deltas of a chunk, one at least: its text, how it ended, and what it cost."""
    found: list[Delta] = []
    text = chunk.text if isinstance(chunk.text, str) else chunk.text()
    told = chunk.response_metadata or {}
    finish = next((str(told[name]) for name in _FINISH if told.get(name)), None)
    refusal = (chunk.additional_kwargs or {}).get("refusal") or ""
    if text or finish or refusal or getattr(chunk, "tool_call_chunks", None):
        found.append(
            Delta(
                text=text,
                finish=finish,
                refusal=str(refusal),
                called=bool(getattr(chunk, "tool_call_chunks", None)),
            )
        )
    if used := getattr(chunk, "usage_metadata", None):
        cached = (used.get("input_token_details") or {}).get("cache_read") or 0
        found.append(
            Delta(usage=Usage(used.get("input_tokens") or 0, used.get("output_tokens") or 0, cached))
        )
    return found or [Delta()]


_LATE = ("TimeoutError", "TimeoutException", "APITimeoutError", "ModelTimeoutError")
_LOST = ("RemoteProtocolError", "ReadError", "ConnectionResetError", "ClientPayloadError")
_UNREACHABLE = (
    "APIConnectionError",
    "ModelConnectionError",
    "ConnectError",
    "ClientConnectorError",
    "OSError",
)


def _fault(error: Exception) -> ModelFault:
    """Not all providers share a family of errors: a status, what is told, and at last the names of its kinds tell them apart."""
    response = getattr(error, "response", None)
    status = getattr(error, "status_code", None) or getattr(response, "status_code", None)
    told = (str(error), str(getattr(error, "body", "")))
    if isinstance(status, int) and status >= 300:
        headers = {name.lower(): value for name, value in (getattr(response, "headers", None) or {}).items()}
        return fault_of_status(status, told, headers)
    names = {kind.__name__ for cause in _causes(error) for kind in type(cause).__mro__}
    for code, kinds in (("silent", _LATE), ("connection_lost", _LOST), ("unreachable", _UNREACHABLE)):
        if names.intersection(kinds):
            return ModelBusy(code, type(error).__name__)
    fault = fault_in(told)
    if fault.code == "error_told" and isinstance(error, _UNREAD):
        return ModelFault("malformed", type(error).__name__)
    return fault


_UNREAD = (ValueError, TypeError, AttributeError, LookupError, RecursionError)
"""What a client stumbles over where an answer is not what it thought."""


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__
