"""Every other provider, through LangChain: `anthropic:claude-…`, `google_genai:gemini-…`, `ollama:…`.

The only file that knows LangChain. Its chunks become the same deltas as those of a raw event stream, and pass the same
acceptor: LangChain gives a cut-off stream as a finished one, so an answer without its finish reason is none.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator
from typing import Any

from langchain.chat_models import init_chat_model
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, SystemMessage
from langchain_core.runnables import Runnable

from interviewer.errors import BadInput, ModelBusy, ModelFault, ModelUnfit
from interviewer.llm.acceptor import Bounds, Delta, accepted
from interviewer.llm.frames import fault_in
from interviewer.llm.model import Piece, Prompt, Usage, request_of

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

    def stream(self, prompt: Prompt) -> AsyncIterator[Piece]:
        """The answer in pieces. Raises ModelFault."""
        return accepted(self._deltas(prompt), self._bounds)

    async def _deltas(self, prompt: Prompt) -> AsyncGenerator[Delta]:
        chat: Runnable[Any, Any] = self._chat
        if prompt.schema:
            chat = self._chat.bind(response_format=request_of(prompt)["response_format"])
        messages = [_ROLES[one.role](content=one.text) for one in prompt.messages]
        try:
            async for chunk in chat.astream(messages):
                for delta in deltas_in(chunk):
                    yield delta
        except ModelFault:
            raise
        except Exception as error:  # every provider has errors of its own
            raise _fault(error) from error


def deltas_in(chunk: Any) -> list[Delta]:  # Any: LangChain's chunks differ by provider
    """The deltas of a chunk: its text, how it ended, and what it cost."""
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
    return found


def _fault(error: Exception) -> ModelFault:
    status = getattr(error, "status_code", None) or getattr(
        getattr(error, "response", None), "status_code", None
    )
    told = fault_in(str(error))
    if told.code == "too_long":
        return told
    if status in (401, 403):
        return ModelUnfit("key_refused")
    if status in (400, 404, 422):
        return ModelUnfit("no_such_model" if status == 404 else "bad_request")
    if isinstance(status, int) and (status == 429 or status >= 500):
        return ModelBusy(f"status_{status}")
    if isinstance(error, ValueError):  # JSON that broke off, a chunk that was none
        return ModelFault("malformed", type(error).__name__)
    return ModelBusy("unreachable", type(error).__name__)
