"""What is LangChain's own: the settings that a provider's model takes, and the form of an answer asked for as it can be.

Beside the one provider that is installed for tests stands a model of a provider that knows less: LangChain's own promise
of one, which takes no seed, calls its room by another name, and objects as Python does.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from typing import Any

import openai.resources.beta.beta  # noqa: F401  # seconds to read on a busy machine, which would be silence in mid-answer
import pytest
from langchain_core.callbacks import AsyncCallbackManagerForLLMRun, CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessageChunk, BaseMessage
from langchain_core.messages.ai import UsageMetadata
from langchain_core.outputs import ChatGenerationChunk, ChatResult
from langchain_core.runnables import Runnable, RunnableLambda
from pydantic import BaseModel

from interviewer.errors import BadInput
from interviewer.llm import model_langchain
from interviewer.llm.acceptor import Bounds
from interviewer.llm.model_langchain import LangChainModel, deltas_in
from tests.llm.conftest import Adapter
from tests.llm.endpoint import Endpoint, Wait, fails, says
from tests.llm.reading import BOUNDS, PROMPT, read

SHAPED = replace(
    PROMPT,
    schema={
        "type": "object",
        "properties": {"a": {"type": "integer"}},
        "required": ["a"],
        "additionalProperties": False,
    },
    most_tokens=77,
    temperature=0.25,
    seed=3,
)
IN_WORDS = json.dumps(SHAPED.schema)


@pytest.fixture
def langchain(adapter_with: Callable[[Bounds], Adapter]) -> LangChainModel:
    made = adapter_with(BOUNDS)
    assert isinstance(made, LangChainModel)
    return made


only_langchain = pytest.mark.parametrize("adapter_with", ["langchain"], indirect=True)


@only_langchain
async def test_room_temperature_and_seed_go_with_the_request(
    langchain: LangChainModel, endpoint: Endpoint
) -> None:
    await read(langchain, replace(SHAPED, schema=None))
    await read(langchain, replace(PROMPT, most_tokens=88))
    first, second = (one.json for one in endpoint.chats)
    assert (first["max_completion_tokens"], first["temperature"], first["seed"]) == (77, 0.25, 3)
    assert (second["max_completion_tokens"], second["temperature"]) == (88, 0.0)
    assert "seed" not in second


@only_langchain
@pytest.mark.parametrize("name", ["temperature", "seed", "max_completion_tokens"])
async def test_a_setting_that_is_objected_to_is_left_out_from_then_on(
    langchain: LangChainModel, endpoint: Endpoint, name: str
) -> None:
    endpoint.answer = lambda asked: (
        fails(400, f"Unsupported parameter: '{name}' is not supported with this model.")
        if name in asked.json
        else says("Fine.")
    )
    prompt = replace(SHAPED, schema=None)
    assert (await read(langchain, prompt)).text == "Fine."
    assert (await read(langchain, prompt)).text == "Fine."
    assert [name in one.json for one in endpoint.chats] == [True, False, False]


@only_langchain
async def test_many_calls_at_once_may_meet_the_same_objection(
    langchain: LangChainModel, endpoint: Endpoint
) -> None:
    endpoint.answer = lambda asked: (
        (Wait(0.05), *fails(400, "no temperature here")) if "temperature" in asked.json else says("Fine.")
    )
    got = await asyncio.gather(*(read(langchain) for _ in range(6)))
    assert [one.text for one in got] == ["Fine."] * 6


@only_langchain
async def test_a_schema_gives_way_to_any_json_and_that_to_words_alone(
    langchain: LangChainModel, endpoint: Endpoint
) -> None:
    endpoint.answer = lambda asked: (
        fails(400, "response_format is not supported here")
        if "response_format" in asked.json
        else says('{"a": 1}')
    )
    assert (await read(langchain, SHAPED)).text == '{"a": 1}'
    assert (await read(langchain, SHAPED)).text == '{"a": 1}'
    forms = [one.json.get("response_format", {}).get("type") for one in endpoint.chats]
    assert forms == ["json_schema", "json_object", None, None]
    told = [IN_WORDS in one.json["messages"][-1]["content"] for one in endpoint.chats]
    assert told == [False, True, True, True]
    assert langchain.refused == {"json_schema", "response_format"}


@only_langchain
async def test_json_that_was_cut_for_its_length_is_told_as_cut(
    langchain: LangChainModel, endpoint: Endpoint
) -> None:
    endpoint.plays(says('{"a":', finish="length"))
    got = await read(langchain, SHAPED)
    assert (got.text, got.finish, got.fault) == ('{"a":', "length", None)


class _Plain(BaseChatModel):
    """A provider's model with a name of its own for the room, no seed, and no form of answers at all."""

    num_predict: int | None = None
    temperature: float | None = None
    knows: tuple[str, ...] = ()
    binds: dict[str, Any] | None = None
    heard: list[dict[str, Any]] = []

    @property
    def _llm_type(self) -> str:
        return "plain"

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        raise NotImplementedError

    async def _astream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: AsyncCallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> AsyncIterator[ChatGenerationChunk]:
        self.heard.append(
            {"room": self.num_predict, "warmth": self.temperature, **kwargs, "last": messages[-1].content}
        )
        for name in kwargs:
            raise TypeError(f"chat() got an unexpected keyword argument '{name}'")
        yield ChatGenerationChunk(
            message=AIMessageChunk(content='{"a": 1}', response_metadata={"finish_reason": "stop"})
        )

    def with_structured_output(self, schema: Any, **kwargs: Any) -> Runnable[Any, Any]:
        if kwargs["method"] not in self.knows:
            raise ValueError(f"no such method: {kwargs['method']}")
        bound = self.binds or {"response_format": {"type": kwargs["method"]}}
        return self.bind(**bound) | RunnableLambda(json.loads)


def plain(
    monkeypatch: pytest.MonkeyPatch, *knows: str, **binds: Any
) -> tuple[LangChainModel, list[dict[str, Any]]]:
    """The adapter before such a model, and what that hears. It knows these methods, or does the same for all of them."""
    chat = _Plain(knows=knows, binds=binds or None, heard=[])
    monkeypatch.setattr(model_langchain, "init_chat_model", lambda *_, **__: chat)
    return LangChainModel("plain:one", None, BOUNDS), chat.heard


async def test_settings_go_by_the_names_that_a_provider_has_for_them(monkeypatch: pytest.MonkeyPatch) -> None:
    model, heard = plain(monkeypatch)
    assert (await read(model, replace(SHAPED, schema=None))).text == '{"a": 1}'
    assert heard == [{"room": 77, "warmth": 0.25, "last": "Ask me."}]


async def test_where_a_provider_has_no_form_of_answers_the_schema_is_told_in_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    model, heard = plain(monkeypatch)
    assert (await read(model, SHAPED)).text == '{"a": 1}'
    assert len(heard) == 1
    assert IN_WORDS in heard[0]["last"]
    assert model.refused == {"json_schema", "response_format"}


async def test_tokens_that_are_told_bit_by_bit_are_added_up(monkeypatch: pytest.MonkeyPatch) -> None:
    async def by_and_by(*_: Any, **__: Any) -> AsyncIterator[ChatGenerationChunk]:
        for text, prompt, said in (('{"a":', 9_000, 40), (" 1}", 0, 5), ("", 0, 0)):
            tokens = UsageMetadata(input_tokens=prompt, output_tokens=said, total_tokens=prompt + said)
            ended = {"finish_reason": "stop"} if not text else {}
            chunk = AIMessageChunk(content=text, usage_metadata=tokens, response_metadata=ended)
            yield ChatGenerationChunk(message=chunk)

    model, _ = plain(monkeypatch)
    monkeypatch.setattr(_Plain, "_astream", by_and_by)
    got = await read(model)
    assert got.usage is not None
    assert (got.usage.prompt, got.usage.completion) == (9_000, 45)


async def test_an_argument_that_a_provider_does_not_know_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    model, heard = plain(monkeypatch, "json_schema")
    assert (await read(model, SHAPED)).text == '{"a": 1}'
    assert ["response_format" in one for one in heard] == [True, False]
    assert IN_WORDS in heard[-1]["last"]


async def test_a_way_that_is_the_same_as_the_one_refused_is_not_tried(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    model, heard = plain(monkeypatch, "json_schema", "json_mode", output_config={"format": "json_schema"})
    assert (await read(model, SHAPED)).text == '{"a": 1}'
    assert ["output_config" in one for one in heard] == [True, False]


async def test_a_way_that_calls_a_tool_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    model, heard = plain(monkeypatch, "json_schema", "json_mode", tools=[{"name": "reply"}])
    assert (await read(model, SHAPED)).text == '{"a": 1}'
    assert len(heard) == 1
    assert IN_WORDS in heard[0]["last"]


@pytest.mark.parametrize(
    ("chunk", "thought"),
    [
        (AIMessageChunk(content=[{"type": "thinking", "thinking": "Hm."}]), True),
        (AIMessageChunk(content="", additional_kwargs={"reasoning_content": "Hm."}), True),
        (AIMessageChunk(content="Hm."), False),
    ],
)
def test_thinking_is_told_apart_from_words(chunk: AIMessageChunk, thought: bool) -> None:
    [delta] = deltas_in(chunk)
    assert delta.thought is thought
    assert bool(delta.text) is not thought


def test_thinking_is_told_by_its_count() -> None:
    chunk = AIMessageChunk(
        content="",
        usage_metadata={
            "input_tokens": 9,
            "output_tokens": 600,
            "total_tokens": 609,
            "output_token_details": {"reasoning": 600},
        },
    )
    assert [one.thought for one in deltas_in(chunk)] == [True]


def test_what_a_providers_package_objects_to_is_told_without_the_key(monkeypatch: pytest.MonkeyPatch) -> None:
    class Wanted(BaseModel):
        effort: int

    def made(*_: object, **options: object) -> None:
        Wanted.model_validate({**options, "effort": options["api_key"]})

    monkeypatch.setattr(model_langchain, "init_chat_model", made)
    with pytest.raises(BadInput, match="anthropic:x cannot be used: effort: ") as caught:
        LangChainModel("anthropic:x", "sk-secret", BOUNDS)
    assert "secret" not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


def test_a_package_that_is_missing_is_told_with_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    def made(*_: object, **__: object) -> None:
        raise ImportError("Please install it with `pip install langchain-mistralai`")

    monkeypatch.setattr(model_langchain, "init_chat_model", made)
    with pytest.raises(
        BadInput, match=r"needs a package that is not installed: .*pip install langchain-mistralai$"
    ):
        LangChainModel("mistralai:x", None, BOUNDS)
