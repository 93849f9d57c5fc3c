"""What is the OpenAI-compatible adapter's own: no redirects, no proxies, settings that are objected to, one connection."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from interviewer.errors import ModelBusy, ModelFault, ModelUnfit
from interviewer.llm import acceptor
from interviewer.llm.model import Message, Usage
from interviewer.llm.model_openai import OpenAIModel
from interviewer.llm.refusals import retry_after
from tests.llm.conftest import KEY
from tests.llm.endpoint import (
    DONE,
    Endpoint,
    Head,
    Script,
    Send,
    Wait,
    dead_url,
    fails,
    frame,
    says,
    streams,
    tells,
)
from tests.llm.reading import NO_NEXT, PROMPT, read

OpenAIAt = Callable[..., OpenAIModel]
SHAPED = replace(PROMPT, schema={"type": "object", "properties": {"a": {"type": "integer"}}}, seed=3)


async def test_a_refused_connection_is_a_fault_at_once(openai_at: OpenAIAt) -> None:
    got = await read(openai_at(dead_url()))
    assert isinstance(got.fault, ModelBusy)
    assert got.code == "unreachable"
    assert got.seconds < 2


@pytest.mark.parametrize("address", ["ftp://127.0.0.1/v1", "http://", "127.0.0.1:9/v1"])
async def test_an_address_that_is_none_is_a_fault_that_waiting_does_not_mend(
    openai_at: OpenAIAt, address: str
) -> None:
    got = await read(openai_at(address))
    assert isinstance(got.fault, ModelUnfit)
    assert got.code == "bad_address"


@pytest.mark.parametrize("status", [301, 302, 307, 308])
async def test_a_redirect_is_not_followed_and_the_key_does_not_travel(
    openai_at: OpenAIAt, endpoint: Endpoint, second: Endpoint, status: int
) -> None:
    where = {"location": f"{second.url}/chat/completions"}
    endpoint.plays((Head(status, where), Send(b"over there")))
    got = await read(openai_at())
    assert isinstance(got.fault, ModelUnfit)
    assert got.code == "redirected"
    assert second.asked == []
    assert second.open == 0


@pytest.mark.parametrize("name", ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"])
async def test_proxies_of_the_environment_are_not_heeded(
    openai_at: OpenAIAt, endpoint: Endpoint, second: Endpoint, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.setenv(name, second.url.removesuffix("/v1"))
    got = await read(openai_at())
    assert got.text == "Very well."
    assert len(endpoint.chats) == 1
    assert second.asked == []


async def test_one_whole_answer_in_json_is_read_though_a_stream_was_asked_for(
    openai_at: OpenAIAt, endpoint: Endpoint
) -> None:
    choice = {"index": 0, "message": {"role": "assistant", "content": "Fine."}, "finish_reason": "stop"}
    endpoint.plays(
        tells(json.dumps({"choices": [choice], "usage": {"prompt_tokens": 5, "completion_tokens": 2}}))
    )
    got = await read(openai_at())
    assert (got.text, got.finish, got.usage) == ("Fine.", "stop", Usage(5, 2))


async def test_another_answer_beside_the_first_is_not_mixed_into_it(
    openai_at: OpenAIAt, endpoint: Endpoint
) -> None:
    endpoint.plays(
        streams(
            frame("Or else.", index=1),
            frame("Fine."),
            frame(finish="length", index=1),
            frame(finish="stop"),
            DONE,
        )
    )
    got = await read(openai_at())
    assert (got.text, got.finish) == ("Fine.", "stop")


async def test_half_a_character_is_made_whole_or_left_out(openai_at: OpenAIAt, endpoint: Endpoint) -> None:
    def escaped(text: str) -> bytes:
        return b'data: {"choices":[{"delta":{"content":"%b"}}]}\n\n' % text.encode()

    endpoint.plays(
        streams(
            escaped("Go \\ud83d"),
            escaped("\\ude00 on\\ud83d"),
            escaped("!\\u0000"),
            frame(finish="stop"),
            DONE,
        )
    )
    got = await read(openai_at())
    assert got.text == "Go \U0001f600 on\ufffd!"
    assert got.text.encode()


async def test_half_a_character_in_a_prompt_does_not_stop_the_interview(
    openai_at: OpenAIAt, endpoint: Endpoint
) -> None:
    prompt = replace(PROMPT, messages=(Message("user", "a \ud83d b"),))
    assert (await read(openai_at(), prompt)).text == "Very well."
    assert endpoint.chats[0].json["messages"][0]["content"] == "a ? b"
    assert prompt.key()


async def test_a_refusal_without_end_is_not_read_to_its_end(openai_at: OpenAIAt, endpoint: Endpoint) -> None:
    endpoint.plays((Head(500), Send(b"no " * 20_000, None)))
    got = await read(openai_at())
    assert got.code == "connection_lost"
    await endpoint.settled()
    assert endpoint.chats[0].ended == "dropped"


async def test_frames_without_end_after_the_end_hold_an_answer_up_for_a_moment_only(
    openai_at: OpenAIAt, endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(acceptor, "AFTER_THE_END_S", 0.2)
    endpoint.plays(
        (
            Head(),
            Send(frame("Fine.")),
            Send(frame(finish="stop")),
            Send(frame("x", finish="stop"), None, 0.05),
        )
    )
    got = await read(openai_at())
    assert (got.text, got.finish) == ("Fine.", "stop")
    assert got.seconds < 3


async def test_a_reader_who_takes_long_is_no_pause_of_the_endpoint(
    openai_at: OpenAIAt, endpoint: Endpoint
) -> None:
    endpoint.plays(says("One two", gap_s=0.01))
    model, text = openai_at(bounds=NO_NEXT), ""
    async for piece in model.stream(PROMPT):
        text += piece.text
        await asyncio.sleep(0.25)
    assert text == "One two"


async def test_a_connection_is_used_again_though_its_end_comes_a_little_after_done(
    openai_at: OpenAIAt, endpoint: Endpoint
) -> None:
    endpoint.plays((*says("Fine."), Wait(0.01)))
    model = openai_at()
    for _ in range(3):
        assert (await read(model)).text == "Fine."
    assert {one.connection for one in endpoint.chats} == {1}


async def test_a_task_that_is_cancelled_closes_the_connection(
    openai_at: OpenAIAt, endpoint: Endpoint
) -> None:
    endpoint.plays((Head(), Wait(30)))
    task = asyncio.create_task(read(openai_at()))
    await endpoint.reached()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await endpoint.settled()
    assert endpoint.chats[0].ended == "dropped"


def _objecting(setting: Callable[[dict], bool], script: Script) -> Callable[..., Script]:
    return lambda asked: script if setting(asked.json) else says("Fine.")


OBJECTIONS = {
    "temperature": (
        lambda body: "temperature" in body,
        "Unsupported value: 'temperature' does not support 0.0 with this model.",
        400,
    ),
    "seed": (
        lambda body: "seed" in body,
        '{"loc":["body","seed"],"msg":"Extra inputs are not permitted"}',
        422,
    ),
    "stream_options": (lambda body: "stream_options" in body, "Unknown parameter: 'stream_options'.", 400),
    "max_tokens": (
        lambda body: "max_tokens" in body,
        "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.",
        400,
    ),
    "json_schema": (
        lambda body: body.get("response_format", {}).get("type") == "json_schema",
        "Invalid schema for response_format",
        400,
    ),
}


@pytest.mark.parametrize("name", OBJECTIONS)
async def test_a_setting_that_is_objected_to_is_left_out_from_then_on(
    openai_at: OpenAIAt, endpoint: Endpoint, name: str
) -> None:
    setting, words, status = OBJECTIONS[name]
    endpoint.answer = _objecting(setting, fails(status, words))
    model = openai_at()
    assert (await read(model, SHAPED)).text == "Fine."
    assert (await read(model, SHAPED)).text == "Fine."
    assert [setting(one.json) for one in endpoint.chats] == [True, False, False]
    assert model.refused == {name}


async def test_room_for_the_answer_is_asked_for_in_the_other_way(
    openai_at: OpenAIAt, endpoint: Endpoint
) -> None:
    setting, words, status = OBJECTIONS["max_tokens"]
    endpoint.answer = _objecting(setting, fails(status, words))
    await read(openai_at(), PROMPT)
    assert endpoint.chats[-1].json["max_completion_tokens"] == PROMPT.most_tokens


async def test_an_endpoint_that_objects_to_everything_is_still_asked(
    openai_at: OpenAIAt, endpoint: Endpoint
) -> None:
    settings = (
        "response_format",
        "temperature",
        "seed",
        "stream_options",
        "max_tokens",
        "max_completion_tokens",
    )

    def answer(asked):
        found = next((one for one in settings if one in asked.json), None)
        return fails(400, f"unknown field {found}") if found else says("Fine.")

    endpoint.answer = answer
    got = await read(openai_at(), SHAPED)
    assert got.text == "Fine."
    assert endpoint.chats[-1].json.keys() == {"model", "messages", "stream"}


async def test_many_calls_at_once_may_meet_the_same_objection(
    openai_at: OpenAIAt, endpoint: Endpoint
) -> None:
    endpoint.answer = lambda asked: (
        (Wait(0.05), *fails(400, "no temperature here")) if "temperature" in asked.json else says("Fine.")
    )
    model = openai_at()
    got = await asyncio.gather(*(read(model) for _ in range(8)))
    assert [one.text for one in got] == ["Fine."] * 8


async def test_a_schema_that_is_not_taken_is_told_in_words(openai_at: OpenAIAt, endpoint: Endpoint) -> None:
    setting, words, _ = OBJECTIONS["json_schema"]
    endpoint.answer = _objecting(setting, fails(400, words))
    await read(openai_at(), SHAPED)
    first, last = endpoint.chats[0].json, endpoint.chats[-1].json
    assert last["response_format"] == {"type": "json_object"}
    assert json.dumps(SHAPED.schema) in last["messages"][-1]["content"]
    assert json.dumps(SHAPED.schema) not in first["messages"][-1]["content"]
    assert len(last["messages"]) == len(first["messages"])


async def test_a_prompt_too_long_is_no_objection_to_the_room_for_the_answer(
    openai_at: OpenAIAt, endpoint: Endpoint
) -> None:
    endpoint.plays(
        fails(400, "'max_tokens' is too large: 600. This model's maximum context length is 512 tokens")
    )
    model = openai_at()
    assert (await read(model)).code == "too_long"
    assert model.refused == frozenset()
    assert len(endpoint.chats) == 1


@pytest.mark.parametrize(
    ("script", "code"),
    [
        (fails(401), "key_refused"),
        (tells("<html>", "text/html"), "malformed"),
        (tells("[1, 2]"), "malformed"),
        (tells("{nope"), "malformed"),
        (tells('{"data": [{"name": "no id"}]}'), "malformed"),
    ],
)
async def test_a_list_of_models_that_is_none_is_a_fault(
    openai_at: OpenAIAt, endpoint: Endpoint, script: Script, code: str
) -> None:
    endpoint.listing = script
    with pytest.raises(ModelFault) as caught:
        await openai_at().models()
    assert caught.value.code == code
    assert KEY not in str(caught.value)


async def test_the_models_of_an_endpoint_are_listed(openai_at: OpenAIAt, endpoint: Endpoint) -> None:
    endpoint.models = ("one", "two")
    assert await openai_at().models() == ("one", "two")


@pytest.mark.parametrize(
    ("header", "sent", "seconds"),
    [
        ("1", None, 1.0),
        ("0.5", None, 0.5),
        ("0", None, 0.0),
        ("3600", None, 3600.0),
        ("-5", None, None),
        ("soon", None, None),
        ("nan", None, None),
        ("inf", None, None),
        ("", None, None),
        (None, None, None),
        ("Sun, 22 Nov 2026 10:00:07 GMT", "Sun, 22 Nov 2026 10:00:00 GMT", 7.0),
        ("Sun, 22 Nov 2026 09:00:00 GMT", "Sun, 22 Nov 2026 10:00:00 GMT", 0.0),
        ("Sun, 22 Nov 2026 10:00:07 GMT", None, None),
        ("Sun, 99 Nov 2026 10:00:07 GMT", "Sun, 22 Nov 2026 10:00:00 GMT", None),
    ],
)
def test_a_retry_after_is_read_in_every_form_it_may_have(
    header: str | None, sent: str | None, seconds: float | None
) -> None:
    assert retry_after(header, sent) == seconds
