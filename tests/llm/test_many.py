"""Hundreds of answers at once in one process: each arrives whole, and none is mixed with another."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace

from interviewer.llm.acceptor import Bounds
from interviewer.llm.model import Message
from interviewer.llm.model_openai import OpenAIModel
from tests.llm.endpoint import Cut, Endpoint, Head, Send, frame, says
from tests.llm.reading import PROMPT, Read, read, steady

MANY = 200
PATIENT = Bounds(first_s=10, between_s=10, total_s=20)


def _answer(number: str) -> str:
    return " ".join(f"{number}.{word}" for word in range(12))


async def _ask_all(model: OpenAIModel) -> list[Read]:
    return await asyncio.gather(
        *(
            read(steady(model, total_s=20), replace(PROMPT, messages=(Message("user", str(one)),)))
            for one in range(MANY)
        )
    )


async def test_two_hundred_streams_at_once_all_arrive_whole(
    openai_at: Callable[..., OpenAIModel], endpoint: Endpoint
) -> None:
    endpoint.answer = lambda asked: says(_answer(asked.json["messages"][0]["content"]), gap_s=0.03)
    loop = asyncio.get_running_loop()
    began = loop.time()
    got = await _ask_all(openai_at(bounds=PATIENT))
    assert [one.text for one in got] == [_answer(str(one)) for one in range(MANY)]
    assert {one.finish for one in got} == {"stop"}
    assert len({one.connection for one in endpoint.chats}) == MANY, "none waited for another to end"
    assert loop.time() - began < 8


async def test_where_some_of_many_break_off_only_those_are_faults(
    openai_at: Callable[..., OpenAIModel], endpoint: Endpoint
) -> None:
    endpoint.answer = lambda asked: (
        (Head(), Send(frame("half ")), Cut())
        if int(asked.json["messages"][0]["content"]) % 10 == 0
        else says(_answer(asked.json["messages"][0]["content"]))
    )
    got = await _ask_all(openai_at(bounds=PATIENT))
    for number, one in enumerate(got):
        if number % 10:
            assert (one.text, one.code) == (_answer(str(number)), None)
        else:
            assert (one.text, one.code) == ("half ", "connection_lost")
    assert len(endpoint.chats) == MANY
