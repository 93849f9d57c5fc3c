"""Every way in which an endpoint can fail, through both adapters: which fault it is, and that nothing of it is left.

A row is a script, the fault that it is (class and code), and the text that was handed on before it.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import aclosing
from dataclasses import dataclass

import pytest

from interviewer.errors import ModelBusy, ModelDeclined, ModelFault, ModelUnfit
from interviewer.llm.acceptor import Bounds
from interviewer.llm.model import Usage
from interviewer.llm.model_openai import OpenAIModel
from tests.llm.conftest import KEY, Adapter
from tests.llm.endpoint import (
    DONE,
    KEEP_ALIVE,
    Cut,
    Endpoint,
    Head,
    Raw,
    Reset,
    Script,
    Send,
    Wait,
    event,
    fails,
    frame,
    says,
    streams,
    tells,
)
from tests.llm.reading import BOUNDS, NO_END, NO_FIRST, NO_NEXT, PROMPT, read

END = (frame(finish="stop"), DONE)


@dataclass(frozen=True)
class Row:
    """One way to fail. `elsewhere` is what LangChain makes of it where that is another kind, since its client has read it before."""

    name: str
    script: Script
    leaf: type[ModelFault]
    code: str
    text: str = ""
    elsewhere: tuple[type[ModelFault], str] | None = None
    bounds: Bounds = BOUNDS


def _statuses() -> list[Row]:
    busy = [
        Row(f"status {one}", fails(one), ModelBusy, f"status_{one}")
        for one in (408, 409, 425, 429, 500, 502, 503, 504, 529)
    ]
    unfit = {
        400: "bad_request",
        401: "key_refused",
        402: "no_credit",
        403: "key_refused",
        404: "no_such_model",
        413: "too_long",
        418: "status_418",
        422: "bad_request",
    }
    return busy + [Row(f"status {one}", fails(one), ModelUnfit, code) for one, code in unfit.items()]


ROWS = [
    *_statuses(),
    Row("hangs up at once", (Cut(),), ModelBusy, "connection_lost"),
    Row("resets at once", (Reset(),), ModelBusy, "connection_lost"),
    Row(
        "does not speak HTTP",
        (Raw(b"220 mail.example.org ESMTP\r\n\r\n"), Cut()),
        ModelFault,
        "malformed",
        elsewhere=(ModelBusy, "connection_lost"),
    ),
    Row("accepts and never answers", (Wait(30),), ModelBusy, "silent", bounds=NO_FIRST),
    Row("sends headers and nothing more", (Head(), Wait(30)), ModelBusy, "silent", bounds=NO_FIRST),
    Row(
        "keep-alive comments only",
        (Head(), Send(KEEP_ALIVE, None, 0.02)),
        ModelBusy,
        "silent",
        bounds=NO_FIRST,
    ),
    Row(
        "comments as fast as they go",
        (Head(), Send(KEEP_ALIVE * 100, None)),
        ModelBusy,
        "silent",
        bounds=NO_FIRST,
    ),
    Row("frames without a word", (Head(), Send(frame(""), None)), ModelBusy, "silent", bounds=NO_FIRST),
    Row(
        "stops in the middle",
        (Head(), Send(frame("One ")), Wait(30)),
        ModelBusy,
        "stalled",
        "One ",
        bounds=NO_NEXT,
    ),
    Row(
        "a word now and then",
        (Head(), Send(frame("on "), None, 0.15)),
        ModelBusy,
        "too_slow",
        "on " * 8,
        bounds=NO_END,
    ),
    Row(
        "an HTML page",
        tells("<html>Welcome to nginx!</html>", "text/html"),
        ModelFault,
        "not_a_stream",
        elsewhere=(ModelFault, "malformed"),
    ),
    Row(
        "lines of JSON that are no event stream",
        tells('{"message":{"content":"Yes."},"done":true}\n', "application/x-ndjson"),
        ModelFault,
        "not_a_stream",
        elsewhere=(ModelFault, "malformed"),
    ),
    Row(
        "an empty body without a type",
        tells("", ""),
        ModelFault,
        "not_a_stream",
        elsewhere=(ModelFault, "malformed"),
    ),
    Row("an empty stream", streams(), ModelBusy, "cut_off", elsewhere=(ModelFault, "malformed")),
    Row("[DONE] alone", streams(DONE), ModelBusy, "cut_off", elsewhere=(ModelFault, "malformed")),
    Row("no finish before [DONE]", says("One two", finish=None), ModelBusy, "cut_off", "One two"),
    Row(
        "the end of the connection without a finish",
        (Head(framing="close"), Send(frame("One two")), Cut()),
        ModelBusy,
        "cut_off",
        "One two",
    ),
    Row("a chunk cut short", (Head(), Send(frame("One")), Cut()), ModelBusy, "connection_lost", "One"),
    Row(
        "a reset in the middle",
        (Head(), Send(frame("One")), Wait(0.05), Reset()),
        ModelBusy,
        "connection_lost",
        "One",
    ),
    Row(
        "a frame that breaks off", streams(frame("One"), b'data: {"choi\n\n'), ModelFault, "malformed", "One"
    ),
    Row("bytes that are no text", streams(b'data: {"a": "\xff"}\n\n'), ModelFault, "malformed"),
    Row(
        "brackets without end",
        streams(frame("One"), b"data: " + b"[" * 50_000 + b"\n\n"),
        ModelFault,
        "malformed",
        "One",
    ),
    Row(
        "choices that are a word",
        streams(event({"choices": "no"})),
        ModelFault,
        "malformed",
        elsewhere=(ModelFault, "error_told"),
    ),
    Row(
        "a count that is no number",
        streams(frame("One"), event({"choices": [], "usage": {"prompt_tokens": "many"}}), *END),
        ModelFault,
        "malformed",
        "One",
        elsewhere=(ModelFault, "error_told"),
    ),
    Row(
        "an overload told in the middle",
        streams(frame("One"), event({"error": {"message": "Overloaded", "type": "overloaded_error"}})),
        ModelBusy,
        "busy",
        "One",
    ),
    Row(
        "an error told in the middle",
        streams(frame("One"), event({"error": {"message": "cuda says no"}})),
        ModelFault,
        "error_told",
        "One",
    ),
    Row(
        "a prompt too long, told in the stream",
        streams(event({"error": {"message": "x", "code": "context_length_exceeded"}})),
        ModelUnfit,
        "too_long",
    ),
    Row("an empty answer", streams(frame(""), *END), ModelBusy, "empty"),
    Row("an answer of blanks", says(" \n  "), ModelBusy, "empty"),
    Row(
        "all thinking, told beside the answer",
        streams(frame("", reasoning_content="Hm."), frame(finish="length"), DONE),
        ModelFault,
        "all_thinking",
    ),
    Row(
        "all thinking, told by its count",
        streams(
            frame(" "),
            frame(finish="length"),
            event(
                {
                    "choices": [],
                    "usage": {
                        "prompt_tokens": 9,
                        "completion_tokens": 600,
                        "total_tokens": 609,
                        "completion_tokens_details": {"reasoning_tokens": 600},
                    },
                }
            ),
            DONE,
        ),
        ModelFault,
        "all_thinking",
    ),
    Row("room used up without a word", says("", finish="length"), ModelFault, "all_thinking"),
    Row("blanks up to the end of the room", says(" \n ", finish="length"), ModelBusy, "empty"),
    Row("an end that tells of a break", says("One", finish="abort"), ModelBusy, "cut_off", "One"),
    Row("a content filter", says("One", finish="content_filter"), ModelDeclined, "declined", "One"),
    Row(
        "a refusal",
        streams(frame(refusal="I cannot."), *END),
        ModelDeclined,
        "declined",
        elsewhere=(ModelBusy, "empty"),
    ),
    Row(
        "a filter on the prompt",
        fails(400, "The response was filtered", code="content_filter"),
        ModelDeclined,
        "declined",
    ),
    Row(
        "a tool called unasked",
        streams(frame(tool_calls=[{"index": 0, "id": "1", "function": {"name": "f", "arguments": "{}"}}])),
        ModelFault,
        "called_a_tool",
    ),
    Row("text without end", (Head(), Send(frame("word " * 20), None)), ModelFault, "flood", "word " * 400),
    Row(
        "one line without end",
        (Head(), Send(b"x" * 65536, None)),
        ModelFault,
        "flood",
        elsewhere=(ModelBusy, "silent"),
        bounds=NO_FIRST,
    ),
    Row(
        "a prompt too long",
        fails(400, "This model's maximum context length is 8192 tokens, and max_tokens is 600."),
        ModelUnfit,
        "too_long",
    ),
    Row(
        "no credit left",
        fails(429, "You exceeded your quota", code="insufficient_quota"),
        ModelUnfit,
        "no_credit",
    ),
    Row(
        "a rate in tokens",
        fails(429, "Rate limit: too many tokens per minute", code="rate_limit_exceeded"),
        ModelBusy,
        "status_429",
    ),
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
async def test_a_fault_has_its_name_and_is_not_tried_again_by_the_adapter(
    adapter_with: Callable[[Bounds], Adapter], endpoint: Endpoint, row: Row
) -> None:
    endpoint.plays(row.script)
    adapter = adapter_with(row.bounds)
    got = await read(adapter)
    leaf, code = (row.leaf, row.code)
    if row.elsewhere and not isinstance(adapter, OpenAIModel):
        leaf, code = row.elsewhere
    assert got.fault is not None, f"it was taken for an answer: {got.text!r}"
    assert (type(got.fault), got.fault.code) == (leaf, code)
    assert row.text.startswith(got.text) if row.code in ("too_slow", "flood") else got.text == row.text
    assert got.finish is None
    assert len(endpoint.chats) == 1
    assert KEY not in repr(got.fault) + str(got.fault)
    assert got.seconds < 3


ANSWERS: dict[str, tuple[Script, str, str]] = {
    "word by word": (says("Fine. Go on."), "Fine. Go on.", "stop"),
    "cut for its length": (says("Fine. Go", finish="length"), "Fine. Go", "length"),
    "frames after the end": (
        streams(frame("Fine."), *END, frame(" And more."), frame(finish="length"), DONE),
        "Fine.",
        "stop",
    ),
    "two ends": (
        streams(frame("Fine."), frame(finish="stop"), frame(" And more.", finish="length"), DONE),
        "Fine.",
        "stop",
    ),
    "an error after the end": (
        streams(frame("Fine."), frame(finish="stop"), event({"choices": "no"})),
        "Fine.",
        "stop",
    ),
    "lines that end as on Windows": (
        streams(*(one.replace(b"\n", b"\r\n") for one in (frame("Fine."), *END))),
        "Fine.",
        "stop",
    ),
    "no blank after data:": (
        streams(frame("Fine.").replace(b"data: ", b"data:"), *END),
        "Fine.",
        "stop",
    ),
    "comments between": (streams(KEEP_ALIVE, frame("Fine."), KEEP_ALIVE, *END), "Fine.", "stop"),
    "blanks before the first word": (says("  Fine."), "  Fine.", "stop"),
    "no [DONE]": (streams(frame("Fine."), frame(finish="stop")), "Fine.", "stop"),
    "a connection that stays up": (
        (Head(), Send(frame("Fine.")), Send(frame(finish="stop")), Send(DONE), Wait(30)),
        "Fine.",
        "stop",
    ),
    "bytes split anywhere": (
        (Head(), *(Send(bytes([one])) for one in b"".join((frame("Größe \u2192 \U0001f600 ok"), *END)))),
        "Größe \u2192 \U0001f600 ok",
        "stop",
    ),
}


@pytest.mark.parametrize("name", ANSWERS)
async def test_an_answer_is_read_whole_and_nothing_is_added_to_it(
    adapter: Adapter, endpoint: Endpoint, name: str
) -> None:
    script, text, finish = ANSWERS[name]
    endpoint.plays(script)
    got = await read(adapter)
    assert got.fault is None
    assert (got.text, got.finish) == (text, finish)
    assert [one.finish for one in got.pieces[:-1]] == [None] * (len(got.pieces) - 1)
    assert got.seconds < 0.9


async def test_the_tokens_that_an_endpoint_tells_are_read(adapter: Adapter, endpoint: Endpoint) -> None:
    endpoint.plays(says("Fine.", usage=(321, 7)))
    got = await read(adapter)
    assert got.usage == Usage(321, 7)
    assert endpoint.chats[0].json["stream"] is True


async def test_a_key_is_sent_and_told_to_nobody(adapter: Adapter, endpoint: Endpoint) -> None:
    endpoint.plays(fails(401, f"Incorrect API key provided: {KEY}"))
    got = await read(adapter)
    assert endpoint.chats[0].headers["authorization"] == f"Bearer {KEY}"
    assert isinstance(got.fault, ModelUnfit)
    assert KEY not in str(got.fault)
    assert got.fault.__suppress_context__
    assert got.fault.__cause__ is None, "the provider's words would be printed with a traceback"


@pytest.mark.parametrize("after", [1, 3], ids=lambda after: f"after {after} pieces")
async def test_a_reader_who_leaves_closes_the_connection(
    adapter: Adapter, endpoint: Endpoint, after: int
) -> None:
    endpoint.plays((Head(), Send(frame("on "), None, 0.01)))
    got = 0
    async with aclosing(adapter.stream(PROMPT)) as pieces:
        async for _ in pieces:
            got += 1
            if got >= after:
                break
    await endpoint.settled()
    assert [one.ended for one in endpoint.chats] == ["dropped"]
