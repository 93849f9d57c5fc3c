"""Answers without a word, what they cost, who spoke in the end, and a till that cannot be reached."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from datetime import date

import pytest

from interviewer.errors import ModelBusy, ModelOff, Unavailable
from interviewer.llm.anew import ALL_THINKING, MORE_ROOM, NUDGE
from interviewer.llm.budget import Limits, MemoryTill, Price, Spent
from interviewer.llm.model import Scripted, Usage
from interviewer.llm.model_openai import OpenAIModel
from tests.llm.conftest import Adapter
from tests.llm.endpoint import DONE, Endpoint, Head, Script, Send, fails, frame, says, streams
from tests.llm.reading import PROMPT, TODAY, read, steady

OpenAIAt = Callable[..., OpenAIModel]


@pytest.mark.parametrize("script", [says(" \n "), streams(frame(""), frame(finish="stop"), DONE)])
async def test_an_empty_answer_is_asked_for_once_more_with_a_nudge_and_no_further(
    adapter: Adapter, endpoint: Endpoint, script: Script
) -> None:
    endpoint.plays(script)
    got = await read(steady(adapter))
    assert (got.code, got.text) == ("empty", "")
    first, second = (one.json["messages"] for one in endpoint.chats)
    assert second[:-1] == first[:-1]
    assert second[-1] == {**first[-1], "content": f"{first[-1]['content']}\n\n{NUDGE}"}


async def test_an_answer_that_comes_after_the_nudge_is_the_answer(
    adapter: Adapter, endpoint: Endpoint
) -> None:
    endpoint.plays(says(" "), says("Fine."))
    assert (await read(steady(adapter))).text == "Fine."


async def test_after_an_empty_answer_the_second_model_is_asked_without_a_nudge(
    openai_at: OpenAIAt, endpoint: Endpoint, second: Endpoint
) -> None:
    endpoint.plays(says(""))
    got = await read(steady(openai_at(), openai_at(second.url)))
    assert got.text == "Very well."
    assert len(endpoint.chats) == 2
    assert NUDGE not in second.chats[0].json["messages"][-1]["content"]


def thinks(usage: tuple[int, int] | None = (100, 600)) -> Script:
    """An answer whose room is used up by thinking."""
    told = [frame(usage=usage)] if usage else []
    return streams(frame("", reasoning_content="Hm."), frame(finish="length"), *told, DONE)


async def test_an_answer_that_is_all_thinking_is_told_as_that_and_asked_once_more_with_more_room(
    adapter: Adapter, endpoint: Endpoint
) -> None:
    endpoint.plays(thinks())
    got = await read(steady(adapter))
    assert (got.code, got.text) == (ALL_THINKING, "")
    rooms = [one.json.get("max_tokens") or one.json.get("max_completion_tokens") for one in endpoint.chats]
    assert rooms == [PROMPT.most_tokens, MORE_ROOM * PROMPT.most_tokens]
    assert endpoint.chats[0].json["messages"] == endpoint.chats[1].json["messages"]


async def test_with_more_room_it_comes_to_its_word(openai_at: OpenAIAt, endpoint: Endpoint) -> None:
    endpoint.answer = lambda asked: (
        says("Fine.") if asked.json["max_tokens"] > PROMPT.most_tokens else thinks()
    )
    got = await read(steady(openai_at()))
    assert (got.text, got.fault) == ("Fine.", None)


async def test_thinking_is_paid_and_is_no_failure_of_the_endpoint(
    adapter: Adapter, endpoint: Endpoint
) -> None:
    endpoint.plays(thinks())
    till = MemoryTill()
    model = steady(adapter, failures=1, till=till, price=Price(1.0, 10.0))
    for _ in range(2):
        assert (await read(model)).code == ALL_THINKING
    assert model.seats[0].breaker.state == "closed"
    spent, _ = await till.spent("s1", TODAY)
    assert (spent.calls, spent.tokens) == (4, 4 * 700)
    assert spent.money == pytest.approx(4 * (100 * 1.0 + 600 * 10.0) / 1e6)


async def test_thinking_that_nobody_counted_is_paid_as_all_the_room_it_had(
    openai_at: OpenAIAt, endpoint: Endpoint
) -> None:
    endpoint.plays(thinks(usage=None), says("Fine.", usage=(0, 0)))
    till = MemoryTill()
    await read(steady(openai_at(), till=till))
    spent, _ = await till.spent("s1", TODAY)
    assert spent.tokens >= PROMPT.most_tokens


async def test_an_empty_answer_is_paid_as_it_was_counted(openai_at: OpenAIAt, endpoint: Endpoint) -> None:
    endpoint.plays(says(" ", usage=(50, 2)), says("Fine.", usage=(60, 3)))
    till = MemoryTill()
    await read(steady(openai_at(), till=till))
    assert (await till.spent("s1", TODAY))[0] == Spent(115, 0.0, 2)


async def test_what_failed_tries_took_is_told_beside_what_the_answer_took(
    openai_at: OpenAIAt, endpoint: Endpoint
) -> None:
    endpoint.plays(says(" ", usage=(50, 2)), says("Fine.", usage=(60, 3)))
    got = await read(steady(openai_at()))
    assert [one.usage for one in got.pieces if one.usage] == [Usage(50, 2), Usage(60, 3)]


# Who it was.


@dataclass
class _Book(MemoryTill):
    """A till that keeps whose calls they were."""

    by: list[tuple[str, float]] = field(default_factory=list)

    async def add(self, session: str, day: date, model: str, usage: Usage, money: float) -> None:
        self.by.append((model, money))
        await super().add(session, day, model, usage, money)


async def test_every_piece_names_the_model_that_said_it(
    openai_at: OpenAIAt, endpoint: Endpoint, second: Endpoint
) -> None:
    endpoint.plays(fails(500), fails(500), fails(500), says("From the first."))
    second.plays(says("From the other one."))
    till = _Book()
    model = steady(openai_at(name="first"), openai_at(second.url, name="other"), till=till)
    assert (model.name, model.names) == ("first", ("first", "other"))
    assert {one.by for one in (await read(model)).pieces} == {"other"}
    assert {one.by for one in (await read(model)).pieces} == {"first"}
    assert [name for name, _ in till.by] == ["other", "first"]


async def test_each_model_is_paid_by_its_own_price() -> None:
    till = _Book()
    model = steady(Scripted([ModelBusy("status_500")] * 3, "first"), Scripted(["Fine."], "other"), till=till)
    seats = (replace(model.seats[0], price=Price(1e6, 1e6)), replace(model.seats[1], price=Price(5.0, 7.0)))
    model.seats = seats
    got = await read(model)
    assert got.usage is not None
    assert till.by == [("other", Price(5.0, 7.0).of(got.usage))]


# The till itself may fail.


@dataclass
class _Shut(MemoryTill):
    """A till in a database that is not to be reached; `reads` it can still give."""

    reads: bool = False

    async def spent(self, session: str, day: date) -> tuple[Spent, Spent]:
        if not self.reads:
            raise Unavailable("no database")
        return await super().spent(session, day)

    async def add(self, session: str, day: date, model: str, usage: Usage, money: float) -> None:
        raise Unavailable("no database")


async def test_where_the_till_cannot_say_what_was_spent_no_call_goes_out(
    openai_at: OpenAIAt, endpoint: Endpoint
) -> None:
    got = await read(steady(openai_at(), till=_Shut(), limits=Limits(session_tokens=100)))
    assert (type(got.fault), got.code) == (ModelOff, "till_unavailable")
    assert endpoint.chats == []


async def test_where_an_answer_cannot_be_paid_it_ends_as_a_fault_and_blames_no_endpoint(
    openai_at: OpenAIAt, endpoint: Endpoint, second: Endpoint
) -> None:
    model = steady(openai_at(), openai_at(second.url), till=_Shut(reads=True), failures=1)
    got = await read(model)
    assert (type(got.fault), got.code) == (ModelOff, "till_unavailable")
    assert (got.text, got.finish) == ("Very well.", None)
    assert (len(endpoint.chats), second.chats) == (1, [])
    assert model.seats[0].breaker.state == "closed"


async def test_a_fault_stays_itself_where_it_cannot_be_paid(openai_at: OpenAIAt, endpoint: Endpoint) -> None:
    endpoint.plays(says("Fine, and so on", finish=None))
    assert (await read(steady(openai_at(), till=_Shut(reads=True)))).code == "cut_off"


async def test_a_reader_may_leave_though_the_till_is_shut(openai_at: OpenAIAt, endpoint: Endpoint) -> None:
    endpoint.plays((Head(), Send(frame("word " * 20), None, 0.01)))
    async with aclosing(steady(openai_at(), till=_Shut(reads=True)).stream(PROMPT)) as pieces:
        await anext(pieces)
    await endpoint.settled()
    assert [one.ended for one in endpoint.chats] == ["dropped"]
