"""A body is read alike however it was cut into parts on its way, and nothing in it can end in anything but a fault."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.errors import ModelBusy, ModelDeclined, ModelFault, ModelUnfit
from interviewer.llm.acceptor import Bounds, Delta, accepted
from interviewer.llm.frames import MOST_LINE, deltas_of
from interviewer.llm.model import Piece, Usage
from interviewer.llm.refusals import fault_in, fault_of_status
from tests.llm.endpoint import DONE, KEEP_ALIVE, event, frame

STREAM = "text/event-stream; charset=utf-8"
BODY = b"".join(
    (
        KEEP_ALIVE,
        frame("Größe "),
        b"event: message\r\nid: 7\r\n" + frame("\u2192 \U0001f600").replace(b"\n", b"\r\n"),
        frame(" ok", finish="stop"),
        frame(usage=(5, 3)),
        DONE,
    )
)
OUTCOME = [Piece("Größe "), Piece("\u2192 \U0001f600"), Piece(" ok"), Piece("", "stop", Usage(5, 3))]


async def _body(parts: Iterable[bytes]) -> AsyncIterator[bytes]:
    for part in parts:
        yield part


async def _read(parts: Sequence[bytes], content_type: str = STREAM) -> list[Piece]:
    return [one async for one in accepted(deltas_of(_body(parts), content_type), Bounds(9, 9, 9))]


def read(parts: Sequence[bytes], content_type: str = STREAM) -> list[Piece]:
    return asyncio.run(_read(parts, content_type))


@given(st.lists(st.integers(0, len(BODY)), max_size=12))
def test_it_is_read_alike_however_it_is_cut(cuts: list[int]) -> None:
    edges = [0, *sorted(cuts), len(BODY)]
    assert read([BODY[start:end] for start, end in zip(edges, edges[1:], strict=False)]) == OUTCOME


def test_it_is_read_byte_by_byte() -> None:
    assert read([bytes([one]) for one in BODY]) == OUTCOME


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "choices",
                    "delta",
                    "message",
                    "content",
                    "finish_reason",
                    "index",
                    "usage",
                    "error",
                    "tool_calls",
                ]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(JSON)
def test_no_frame_of_any_shape_ends_in_anything_but_text_or_a_fault(body: object) -> None:
    for whole in (body, {"choices": [body]}, {"choices": [{"delta": body}], "usage": body}):
        try:
            pieces = read([event(whole), frame("Fine.", finish="stop")])
        except ModelFault:
            continue
        text = "".join(one.text for one in pieces)
        assert text.encode().decode() == text
        assert pieces[-1].finish


@given(st.binary(max_size=200))
def test_no_bytes_of_any_kind_are_taken_for_an_answer(rubbish: bytes) -> None:
    for body in (rubbish, b"data: " + rubbish + b"\n\n"):
        for content_type in (STREAM, "application/json"):
            with pytest.raises(ModelFault):
                read([body], content_type)


@pytest.mark.parametrize("content_type", ["application/json", STREAM])
def test_a_line_without_end_is_given_up_before_it_fills_the_memory(content_type: str) -> None:
    seen = 0

    def parts() -> Iterable[bytes]:
        nonlocal seen
        while True:
            seen += 1 << 16
            yield b"x" * (1 << 16)

    async def run() -> None:
        async for _ in deltas_of(_body(parts()), content_type):
            pass

    with pytest.raises(ModelFault, match="flood"):
        asyncio.run(run())
    assert seen <= MOST_LINE + (2 << 16)


@pytest.mark.parametrize("finish", ["STOP", "stop", "end_turn", "eos", "stop_sequence", "COMPLETE"])
def test_an_end_by_any_name_is_an_end(finish: str) -> None:
    assert read([frame("Fine.", finish=finish)])[-1] == Piece("", "stop")


@pytest.mark.parametrize("finish", ["length", "MAX_TOKENS", "max_tokens"])
def test_a_cut_by_any_name_is_a_cut(finish: str) -> None:
    assert read([frame("Fine.", finish=finish)])[-1] == Piece("", "length")


@pytest.mark.parametrize("finish", ["content_filter", "SAFETY", "refusal"])
def test_a_filter_by_any_name_declines(finish: str) -> None:
    with pytest.raises(ModelDeclined):
        read([frame("Fine.", finish=finish)])


@pytest.mark.parametrize("finish", ["error", "abort", "insufficient_system_resource"])
def test_a_break_by_any_name_is_no_end(finish: str) -> None:
    with pytest.raises(ModelBusy, match="cut_off"):
        read([frame("Fine.", finish=finish)])


@pytest.mark.parametrize("finish", [None, "", "null"])
def test_an_end_that_is_none_is_waited_past(finish: str | None) -> None:
    assert read([frame("Fine.", finish=finish), frame(finish="stop")]) == [Piece("Fine."), Piece("", "stop")]


def test_tokens_read_before_are_counted_apart() -> None:
    usage = {"prompt_tokens": 50, "completion_tokens": 4, "prompt_tokens_details": {"cached_tokens": 30}}
    pieces = read([frame("Fine.", finish="stop"), event({"choices": [], "usage": usage})])
    assert pieces[-1].usage == Usage(50, 4, 30)


@pytest.mark.parametrize(
    ("error", "leaf", "code"),
    [
        ({"message": "Rate limit reached: too many tokens per min", "code": "x"}, ModelBusy, "busy"),
        ({"message": "x", "code": 503}, ModelBusy, "busy"),
        ({"message": "the server is overloaded"}, ModelBusy, "busy"),
        ({"message": "x", "code": "insufficient_quota"}, ModelUnfit, "no_credit"),
        ({"message": "the prompt is too long"}, ModelUnfit, "too_long"),
        ({"message": "x", "code": "content_policy_violation"}, ModelDeclined, "declined"),
        ("something else", ModelFault, "error_told"),
        (["odd"], ModelFault, "error_told"),
        ({"code": {"a": 1}}, ModelFault, "error_told"),
    ],
)
def test_an_error_object_is_read_for_what_to_do_next(
    error: object, leaf: type[ModelFault], code: str
) -> None:
    fault = fault_in(error)
    assert (type(fault), fault.code) == (leaf, code)


def test_a_status_tells_more_than_the_words_beside_it() -> None:
    assert (
        fault_of_status(503, {"message": "the response was filtered: content_filter"}, {}).code
        == "status_503"
    )
    assert fault_of_status(500, {"message": "the request exceeds the context size"}, {}).code == "too_long"
    assert fault_of_status(307, "", {}).code == "redirected"


async def test_a_reader_who_leaves_closes_all_that_lies_below() -> None:
    closed = []

    async def deltas():
        try:
            while True:
                yield Delta("on ")
        finally:
            closed.append(True)

    pieces = accepted(deltas(), Bounds())
    assert (await anext(pieces)).text == "on "
    await pieces.aclose()
    assert closed == [True]


async def test_a_deadline_holds_where_a_cancellation_is_lost_below() -> None:
    async def deltas():
        while True:
            try:
                await asyncio.sleep(0.02)
            except asyncio.CancelledError:  # as `asyncio.wait_for` does where both come at once
                pass
            yield Delta()

    loop = asyncio.get_running_loop()
    began = loop.time()
    with pytest.raises(ModelBusy, match="silent"):
        async for _ in accepted(deltas(), Bounds(0.1, 0.1, 9)):
            pass
    assert loop.time() - began < 2
