"""Every other provider, through LangChain: `anthropic:claude-…`, `google_genai:gemini-…`, `ollama:…`.

LangChain is known here and in `shapes_langchain.py` alone. Its chunks become the same deltas as those of a raw event
stream, and pass the same acceptor: LangChain gives a cut-off stream as a finished one, so an answer without its finish
reason is none. Settings go into the fields that a provider's model has, and the form of an answer goes the way that
LangChain knows for it.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Iterable, Iterator
from contextlib import aclosing
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

from langchain.chat_models import init_chat_model
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, SystemMessage
from langchain_core.runnables import Runnable
from pydantic import ValidationError

from interviewer.errors import BadInput, ModelBusy, ModelFault, ModelUnfit
from interviewer.llm.acceptor import Bounds, Delta, accepted
from interviewer.llm.model import Piece, Prompt, Usage, request_of
from interviewer.llm.objections import names_setting, names_shape, told_the_shape
from interviewer.llm.packages import install_command
from interviewer.llm.refusals import fault_in, fault_of_status
from interviewer.llm.shapes_langchain import WAYS, shaped

_ROLES: dict[str, type[BaseMessage]] = {"system": SystemMessage, "user": HumanMessage, "assistant": AIMessage}
_FINISH = ("finish_reason", "stop_reason", "done_reason")
_FIELDS = {
    "max_tokens": (
        "max_tokens",
        "max_output_tokens",
        "max_completion_tokens",
        "num_predict",
        "max_new_tokens",
    ),
    "temperature": ("temperature",),
    "seed": ("seed", "random_seed"),
}
"""What the settings of a prompt are called by the models of providers; one without such a field does not take it."""
_THOUGHT = ("reasoning", "thinking", "reasoning_content", "redacted_thinking")


class LangChainModel:
    """One model of one provider. Raises BadInput at once where the provider's package is not installed."""

    def __init__(self, name: str, key: str | None, bounds: Bounds) -> None:
        self.name = name
        self._bounds = bounds
        self._without: set[str] = set()
        options: dict[str, Any] = {"max_retries": 0, "timeout": bounds.total_s}  # Any: the provider's own
        if key:
            options["api_key"] = key
        try:
            self._chat: BaseChatModel = init_chat_model(name, **options)
        except ImportError as error:
            command = install_command(name.partition(":")[0], str(error), Path.cwd())
            raise BadInput(f"{name} needs a package that is not installed: {command}") from error
        except ValidationError as error:  # as it is written it would hold what was given, and so the key
            whys = "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors())
            raise BadInput(f"{name} cannot be used: {whys}") from None
        except ValueError as error:  # no such provider, or no key where it wants one
            raise BadInput(f"{name} cannot be used: {error}") from error
        self._fields = _fields_of(self._chat)

    @property
    def refused(self) -> frozenset[str]:
        """What the provider has objected to so far: `json_schema`, `response_format`, `temperature` and the like."""
        return frozenset(self._without)

    def stream(self, prompt: Prompt) -> AsyncGenerator[Piece]:
        """The answer in pieces. Raises ModelFault."""
        return accepted(self._deltas(prompt), self._bounds)

    async def _deltas(self, prompt: Prompt) -> AsyncGenerator[Delta]:
        for _ in range(len(_FIELDS) + len(WAYS) + 1):
            sent = self._settings(prompt)
            chat, asked, way = self._asked(prompt, sent)
            messages = [_ROLES[one["role"]](content=one["content"]) for one in asked]
            begun, spent = False, Usage()
            try:
                async with aclosing(cast(AsyncGenerator[Any], chat.astream(messages))) as chunks:
                    async for chunk in chunks:
                        begun = True
                        for delta in deltas_in(chunk):
                            if delta.usage:  # LangChain's chunks tell what came in addition, and are added up
                                spent += delta.usage
                                delta = replace(delta, usage=spent)
                            yield delta
                return
            except ModelFault:
                raise
            except Exception as error:  # every provider has errors of its own, and they hold its words
                if ending := _ending(error):
                    yield ending
                    return
                fault = _fault(error)
                objects = not begun and fault.code in ("bad_request", "malformed", "error_told")
                if not objects or not self._heeded(_told(error), way, sent):
                    raise fault from None
        raise ModelUnfit("bad_request")

    def _settings(self, prompt: Prompt) -> dict[str, float | int]:
        """The settings of ours that the provider's model takes, by our own names."""
        values = {"max_tokens": prompt.most_tokens, "temperature": prompt.temperature, "seed": prompt.seed}
        return {
            name: value
            for name, value in values.items()
            if value is not None and name in self._fields and name not in self._without
        }

    def _asked(
        self, prompt: Prompt, settings: dict[str, float | int]
    ) -> tuple[Runnable[Any, Any], list[dict[str, str]], str | None]:
        """Who is asked, with these settings, what, and the way in which the form of the answer is asked for."""
        fields = {self._fields[name]: value for name, value in settings.items()}
        chat, messages = self._chat.model_copy(update=fields), request_of(prompt)["messages"]
        if not prompt.schema:
            return chat, messages, None
        schema = {"title": prompt.schema_name, **prompt.schema}
        for name in WAYS:
            if name in self._without:
                continue
            if found := shaped(chat, schema, name):
                told = messages if name == "json_schema" else told_the_shape(messages, prompt.schema)
                return found, told, name
            self._without.add(name)
        return chat, told_the_shape(messages, prompt.schema), None

    def _heeded(self, told: str, way: str | None, sent: Iterable[str]) -> bool:
        """Whether the provider objects to something of this request that can be left out, which it is from now on."""
        if way and names_shape(told):
            self._without.add(way)
            return True
        for name in sent:
            if names_setting(told, *_FIELDS[name]):
                self._without.add(name)
                return True
        return False


def _fields_of(chat: BaseChatModel) -> dict[str, str]:
    """The fields of a provider's model, by the setting of ours that goes into each."""
    known = type(chat).model_fields
    found = {name: [one for one in names if one in known] for name, names in _FIELDS.items()}
    return {name: names[0] for name, names in found.items() if names}


def deltas_in(chunk: Any) -> list[Delta]:  # Any: LangChain's chunks differ by provider
    """The deltas of a chunk, one at least: its text, how it ended, and what it cost."""
    found: list[Delta] = []
    text = chunk.text if isinstance(chunk.text, str) else chunk.text()
    told = chunk.response_metadata or {}
    finish = next((str(told[name]) for name in _FINISH if told.get(name)), None)
    refusal = (chunk.additional_kwargs or {}).get("refusal") or ""
    thought = _thinks(chunk)
    if text or finish or refusal or thought or getattr(chunk, "tool_call_chunks", None):
        found.append(
            Delta(
                text=text,
                finish=finish,
                refusal=str(refusal),
                called=bool(getattr(chunk, "tool_call_chunks", None)),
                thought=thought,
            )
        )
    if used := getattr(chunk, "usage_metadata", None):
        cached = (used.get("input_token_details") or {}).get("cache_read") or 0
        usage = Usage(used.get("input_tokens") or 0, used.get("output_tokens") or 0, cached)
        found.append(
            Delta(usage=usage, thought=bool((used.get("output_token_details") or {}).get("reasoning")))
        )
    return found or [Delta()]


def _thinks(chunk: Any) -> bool:  # Any: LangChain's chunks differ by provider
    parts = chunk.content if isinstance(chunk.content, list) else []
    kinds = {part.get("type") for part in parts if isinstance(part, dict)}
    return bool(kinds.intersection(_THOUGHT) or (chunk.additional_kwargs or {}).get("reasoning_content"))


def _ending(error: Exception) -> Delta | None:
    """The end of an answer that OpenAI's client tells as an error, since it would have read the JSON in it."""
    ends = {"LengthFinishReasonError": "length", "ContentFilterFinishReasonError": "content_filter"}
    finish = ends.get(type(error).__name__)
    if finish is None:
        return None
    used = getattr(getattr(error, "completion", None), "usage", None)
    usage = Usage(used.prompt_tokens, used.completion_tokens) if used else None
    return Delta(finish=finish, usage=usage)


def _told(error: Exception) -> str:
    return f"{error} {getattr(error, 'body', '')}".lower()


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
