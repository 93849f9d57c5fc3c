"""Retries, Retry-After, the second model, the breaker, the total deadline and the budget, against a served endpoint."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import dataclass, replace

import pytest
from prometheus_client import REGISTRY

from interviewer.errors import ModelBusy, ModelDeclined, ModelFault, ModelOff, ModelUnfit
from interviewer.llm.breaker import Breaker
from interviewer.llm.budget import Limits, MemoryTill, Price, Spent
from interviewer.llm.model import Piece, Prompt, Scripted, Usage
from interviewer.llm.model_openai import OpenAIModel
from interviewer.llm.switch import LOOKS_EVERY_S
from tests.llm.endpoint import (
    Cut,
    Endpoint,
    Head,
    Reset,
    Script,
    Send,
    Wait,
    fails,
    frame,
    says,
    streams,
    tells,
)
from tests.llm.reading import NO_NEXT, PROMPT, TODAY, Clock, read, steady

OpenAIAt = Callable[..., OpenAIModel]


@pytest.mark.parametrize(
    "script",
    [
        fails(500),
        fails(529),
        fails(429),
        (Cut(),),
        (Reset(),),
        tells("<html>", "text/html"),
        tells("", "text/event-stream"),
        streams(b"data: {oops\n\n"),
    ],
    ids=["500", "529", "429", "hangs up", "resets", "html", "empty body", "malformed"],
)
async def test_what_may_pass_is_tried_three_times_and_then_told(
    openai_at: OpenAIAt, endpoint: Endpoint, script: Script
) -> None:
    endpoint.plays(script)
    got = await read(steady(openai_at()))
    assert got.fault is not None
    assert len(endpoint.chats) == 3
    assert got.pieces == []


@pytest.mark.parametrize("failures", [1, 2])
async def test_an_answer_that_comes_at_last_is_the_whole_answer(
    openai_at: OpenAIAt, endpoint: Endpoint, failures: int
) -> None:
    endpoint.plays(*[fails(503)] * failures, says("Fine. Go on."))
    got = await read(steady(openai_at()))
    assert (got.text, got.finish) == ("Fine. Go on.", "stop")
    assert len(endpoint.chats) == failures + 1


@pytest.mark.parametrize("status", [400, 401, 403, 404])
async def test_what_will_not_pass_is_asked_once(openai_at: OpenAIAt, endpoint: Endpoint, status: int) -> None:
    endpoint.plays(fails(status))
    got = await read(steady(openai_at()))
    assert isinstance(got.fault, ModelUnfit)
    assert len(endpoint.chats) == 1


@pytest.mark.parametrize(
    "script",
    [
        (Head(), Send(frame("One ")), Cut()),
        (Head(), Send(frame("One ")), Wait(0.05), Reset()),
        (Head(), Send(frame("One ")), Wait(30)),
        says("One ", finish=None),
        streams(frame("One "), b"data: {oops\n\n"),
    ],
    ids=["cut", "reset", "stalled", "no finish", "malformed"],
)
async def test_nothing_is_tried_again_once_a_piece_was_handed_on(
    openai_at: OpenAIAt, endpoint: Endpoint, second: Endpoint, script: Script
) -> None:
    endpoint.plays(script, says("Quite another answer."))
    got = await read(steady(openai_at(bounds=NO_NEXT), openai_at(second.url)))
    assert isinstance(got.fault, ModelFault)
    assert got.text == "One "
    assert len(endpoint.chats) == 1
    assert second.chats == []


async def test_a_retry_after_is_waited_for(openai_at: OpenAIAt, endpoint: Endpoint) -> None:
    endpoint.plays(fails(429, headers={"retry-after": "1"}), says("Fine."))
    got = await read(steady(openai_at(), most_retry_after_s=2))
    assert got.text == "Fine."
    assert 1.0 <= got.seconds < 3


async def test_a_retry_after_that_is_a_date_is_waited_for(openai_at: OpenAIAt, endpoint: Endpoint) -> None:
    date = "Sun, 22 Nov 2026 10:00:00 GMT"
    endpoint.plays(fails(503, headers={"retry-after": date, "date": date}), says("Fine."))
    got = await read(steady(openai_at(), most_retry_after_s=2))
    assert got.text == "Fine."
    assert got.seconds < 2


@pytest.mark.parametrize("told", ["3", "3600", "Sun, 22 Nov 2026 10:00:03 GMT"])
async def test_a_retry_after_beyond_the_cap_goes_to_the_second_model_at_once(
    openai_at: OpenAIAt, endpoint: Endpoint, second: Endpoint, told: str
) -> None:
    endpoint.plays(fails(429, headers={"retry-after": told, "date": "Sun, 22 Nov 2026 10:00:00 GMT"}))
    second.plays(says("From the other one."))
    got = await read(steady(openai_at(), openai_at(second.url), most_retry_after_s=2))
    assert got.text == "From the other one."
    assert len(endpoint.chats) == 1
    assert got.seconds < 2


async def test_a_retry_after_beyond_the_time_that_is_left_is_not_waited_for(
    openai_at: OpenAIAt, endpoint: Endpoint
) -> None:
    endpoint.plays(fails(429, headers={"retry-after": "2"}))
    got = await read(steady(openai_at(), most_retry_after_s=5, total_s=1))
    assert got.code == "status_429"
    assert len(endpoint.chats) == 1
    assert got.seconds < 2


@pytest.mark.parametrize("told", ["soon", "-5", "nan", "Sun, 99 Nov 2026 10:00:00 GMT"])
async def test_a_retry_after_that_cannot_be_read_is_as_good_as_none(
    openai_at: OpenAIAt, endpoint: Endpoint, told: str
) -> None:
    endpoint.plays(fails(429, headers={"retry-after": told}), says("Fine."))
    got = await read(steady(openai_at()))
    assert got.text == "Fine."
    assert len(endpoint.chats) == 2
    assert got.seconds < 2


async def test_a_burst_goes_to_the_second_model_and_then_to_the_caller(
    openai_at: OpenAIAt, endpoint: Endpoint, second: Endpoint
) -> None:
    endpoint.plays(fails(500))
    second.plays(says("From the other one."), fails(502))
    model = steady(openai_at(), openai_at(second.url))
    assert (await read(model)).text == "From the other one."
    assert (len(endpoint.chats), len(second.chats)) == (3, 1)
    assert (await read(model)).code == "status_502"
    assert (len(endpoint.chats), len(second.chats)) == (6, 4)


async def test_what_the_first_model_may_not_say_is_asked_of_the_second(
    openai_at: OpenAIAt, endpoint: Endpoint, second: Endpoint
) -> None:
    endpoint.plays(fails(401))
    got = await read(steady(openai_at(), openai_at(second.url)))
    assert got.text == "Very well."
    assert (len(endpoint.chats), len(second.chats)) == (1, 1)


async def test_a_breaker_opens_after_failures_and_closes_after_an_answer(
    openai_at: OpenAIAt, endpoint: Endpoint
) -> None:
    clock = Clock()
    endpoint.plays(fails(500))
    model = steady(openai_at(), clock=clock, failures=4, tries=2)
    breaker = model.seats[0].breaker
    for _ in range(2):
        assert (await read(model)).code == "status_500"
    assert (len(endpoint.chats), breaker.state) == (4, "open")

    got = await read(model)
    assert isinstance(got.fault, ModelOff)
    assert got.code == "resting"
    assert len(endpoint.chats) == 4

    clock.now += 31
    assert (await read(model)).fault is not None
    assert (len(endpoint.chats), breaker.state) == (5, "open"), "half open, it is tried with one call"

    clock.now += 31
    endpoint.plays(says("Back again."))
    assert (await read(model)).text == "Back again."
    assert breaker.state == "closed"


async def test_a_key_that_is_refused_and_a_declined_answer_do_not_open_the_breaker(
    openai_at: OpenAIAt, endpoint: Endpoint
) -> None:
    model = steady(openai_at(), failures=1)
    for script in (fails(401), streams(frame(refusal="no"))):
        endpoint.plays(script)
        assert (await read(model)).fault is not None
        assert model.seats[0].breaker.state == "closed"


async def test_while_one_model_rests_the_other_answers_without_delay(
    openai_at: OpenAIAt, endpoint: Endpoint, second: Endpoint
) -> None:
    endpoint.plays(fails(500))
    model = steady(openai_at(), openai_at(second.url), failures=1, tries=1)
    await read(model)
    assert (await read(model)).text == "Very well."
    assert (len(endpoint.chats), len(second.chats)) == (1, 2)


def test_a_trial_of_which_nothing_is_heard_does_not_keep_a_breaker_open_for_ever() -> None:
    clock = Clock()
    breaker = Breaker(clock, failures=1, rest_s=30)
    breaker.failed()
    assert not breaker.lets()
    clock.now = 30
    assert breaker.lets()
    assert not breaker.lets(), "one call at a time"
    assert breaker.state == "half_open"
    clock.now = 60
    assert breaker.lets()


def test_a_trial_that_was_let_go_leaves_the_next_call_to_try() -> None:
    clock = Clock()
    breaker = Breaker(clock, failures=1, rest_s=30)
    breaker.failed()
    clock.now = 30
    assert breaker.lets()
    breaker.let_go()
    assert breaker.lets()


def test_answers_in_between_keep_a_breaker_closed() -> None:
    breaker = Breaker(Clock(), failures=2)
    for _ in range(5):
        breaker.failed()
        breaker.worked()
    assert breaker.state == "closed"


async def test_the_deadline_in_all_holds_over_all_tries_and_models(
    openai_at: OpenAIAt, endpoint: Endpoint, second: Endpoint
) -> None:
    endpoint.plays((Wait(30),))
    second.plays((Wait(30),))
    model = steady(openai_at(), openai_at(second.url), total_s=0.5, failures=1)
    got = await read(model)
    assert isinstance(got.fault, ModelBusy)
    assert got.code == "silent"
    assert got.seconds < 3
    assert second.chats == []
    assert model.seats[1].breaker.state == "closed", "it was not asked"
    await endpoint.settled()


async def test_a_drip_is_ended_by_the_deadline_in_all(openai_at: OpenAIAt, endpoint: Endpoint) -> None:
    endpoint.plays((Head(), Send(frame("on "), None, 0.02)))
    got = await read(steady(openai_at(), total_s=0.3))
    assert got.code == "too_slow"
    assert 0.25 < got.seconds < 3
    await endpoint.settled()
    assert [one.ended for one in endpoint.chats] == ["dropped"]


async def test_a_reader_who_leaves_closes_the_connection_pays_and_blames_nobody(
    openai_at: OpenAIAt, endpoint: Endpoint
) -> None:
    endpoint.plays((Head(), Send(frame("word " * 20), None, 0.01)))
    till = MemoryTill()
    model = steady(openai_at(), failures=1, till=till, price=Price(1.0, 10.0))
    async with aclosing(model.stream(PROMPT)) as pieces:
        await anext(pieces)
    await endpoint.settled()
    assert [one.ended for one in endpoint.chats] == ["dropped"]
    assert model.seats[0].breaker.state == "closed"
    spent, _ = await till.spent("s1", TODAY)
    assert spent.calls == 1
    assert spent.tokens == sum(len(one.text) for one in PROMPT.messages) // 4 + 25


async def test_a_reader_who_leaves_before_the_first_word_pays_for_the_question(
    openai_at: OpenAIAt, endpoint: Endpoint
) -> None:
    endpoint.plays((Head(), Wait(30)))
    till = MemoryTill()
    model = steady(openai_at(), till=till)
    asking = asyncio.create_task(read(model))
    await endpoint.reached()
    asking.cancel()
    await asyncio.gather(asking, return_exceptions=True)
    spent, _ = await till.spent("s1", TODAY)
    assert spent == Spent(sum(len(one.text) for one in PROMPT.messages) // 4, 0.0, 1)


async def test_a_task_that_is_cancelled_while_it_waits_for_a_retry_asks_no_more(
    openai_at: OpenAIAt, endpoint: Endpoint
) -> None:
    endpoint.plays(fails(429, headers={"retry-after": "3"}))
    task = asyncio.create_task(read(steady(openai_at(), most_retry_after_s=5)))
    await endpoint.reached()
    await asyncio.sleep(0.05)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert len(endpoint.chats) == 1


@dataclass
class _Closed:
    """Tells when its generator was closed: one that is left to the garbage collector would be closed too late."""

    name: str = "closed"
    closed: bool = False

    async def stream(self, prompt: Prompt) -> AsyncGenerator[Piece]:
        try:
            while True:
                yield Piece("on ")
        finally:
            self.closed = True


async def test_the_models_own_stream_is_closed_with_ours() -> None:
    inner = _Closed()
    async with aclosing(steady(inner).stream(PROMPT)) as pieces:
        await anext(pieces)
    assert inner.closed


@dataclass
class _Lingering:
    """Comes to its end, and does not leave."""

    name: str = "lingering"

    async def stream(self, prompt: Prompt) -> AsyncGenerator[Piece]:
        yield Piece("Fine.")
        yield Piece("", "stop", Usage(9, 1))
        await asyncio.sleep(30)


async def test_a_whole_answer_is_not_spoilt_by_what_comes_after_its_end() -> None:
    got = await read(steady(_Lingering(), total_s=0.3))
    assert (got.text, got.finish, got.fault) == ("Fine.", "stop", None)


async def test_a_retry_writes_nothing_into_a_terminal(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logging.root, "handlers", [])
    assert (await read(steady(Scripted([ModelBusy("status_500"), "Fine."])))).text == "Fine."
    assert capfd.readouterr() == ("", "")


# What it may cost.


async def test_the_tokens_that_are_told_are_paid_by_their_prices(
    openai_at: OpenAIAt, endpoint: Endpoint
) -> None:
    endpoint.plays(says("Fine.", usage=(1000, 200)))
    till = MemoryTill()
    await read(steady(openai_at(), till=till, price=Price(2.0, 10.0)))
    assert await till.spent("s1", TODAY) == (Spent(1200, 0.004, 1),) * 2


async def test_tokens_are_estimated_where_none_are_told(openai_at: OpenAIAt, endpoint: Endpoint) -> None:
    endpoint.plays(says("Fine, and so on and on.", usage=None))
    till = MemoryTill()
    await read(steady(openai_at(), till=till))
    spent, _ = await till.spent("s1", TODAY)
    assert (
        spent.tokens
        == sum(len(one.text) for one in PROMPT.messages) // 4 + len("Fine, and so on and on.") // 4
    )


async def test_what_broke_off_is_paid_as_well(openai_at: OpenAIAt, endpoint: Endpoint) -> None:
    endpoint.plays(says("Fine, and so on", finish=None))
    till = MemoryTill()
    await read(steady(openai_at(), till=till))
    spent, _ = await till.spent("s1", TODAY)
    assert (spent.calls, spent.tokens > 3) == (1, True)


def test_what_a_provider_had_already_read_has_a_price_of_its_own() -> None:
    usage = Usage(prompt=1_000_000, completion=0, cached=400_000)
    assert Price(10.0, 0.0, 1.0).of(usage) == pytest.approx(6.4)
    assert Price(10.0, 0.0).of(usage) == pytest.approx(10.0)
    assert Price(10.0, 0.0, 1.0).of(Usage(prompt=5, cached=9)) >= 0


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        (Limits(session_tokens=100), "budget_session_tokens"),
        (Limits(day_tokens=100), "budget_day_tokens"),
        (Limits(session_money=0.1), "budget_session_money"),
        (Limits(day_money=0.1), "budget_day_money"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
async def test_where_a_limit_is_reached_no_call_goes_out(
    openai_at: OpenAIAt, endpoint: Endpoint, limits: Limits, code: str
) -> None:
    endpoint.plays(says("Fine.", usage=(90, 10)))
    model = steady(openai_at(), limits=limits, price=Price(1000.0, 1000.0))
    assert (await read(model)).text == "Fine."
    got = await read(model)
    assert isinstance(got.fault, ModelOff)
    assert got.code == code
    assert len(endpoint.chats) == 1


async def test_a_sessions_limit_is_its_own_and_the_days_is_everybodys(
    openai_at: OpenAIAt, endpoint: Endpoint
) -> None:
    endpoint.plays(says("Fine.", usage=(90, 10)))
    another = replace(PROMPT, session="s2")
    model = steady(openai_at(), limits=Limits(session_tokens=100, day_tokens=200))
    assert (await read(model)).fault is None
    assert (await read(model, another)).fault is None
    assert (await read(model)).code == "budget_session_tokens"
    assert (await read(model, replace(PROMPT, session="s3"))).code == "budget_day_tokens"


async def test_the_switch_stops_every_call_and_gives_it_back(openai_at: OpenAIAt, endpoint: Endpoint) -> None:
    off = [True]
    model = steady(openai_at(), off=lambda: off[0])
    got = await read(model)
    assert (type(got.fault), got.code) == (ModelOff, "switched_off")
    assert endpoint.asked == []
    off[0] = False
    assert (await read(model)).text == "Very well."


@dataclass
class _Switch:
    """A switch that is thrown at a look of its own, and counts how often it is looked at."""

    thrown_at: int | None = None
    looks: int = 0

    def __call__(self) -> bool:
        self.looks += 1
        return self.thrown_at is not None and self.looks >= self.thrown_at


@pytest.mark.parametrize(
    ("script", "text"),
    [((Wait(30),), ""), ((Head(), Send(frame("One ")), Wait(30)), "One ")],
    ids=["before its first word", "in mid-answer"],
)
async def test_the_switch_ends_a_call_under_way_and_closes_its_line(
    openai_at: OpenAIAt, endpoint: Endpoint, second: Endpoint, script: Script, text: str
) -> None:
    off = [False]
    endpoint.plays(script)
    model = steady(openai_at(), openai_at(second.url), off=lambda: off[0], total_s=20)
    reading = asyncio.create_task(read(model))
    await endpoint.reached()
    await asyncio.sleep(0.1)
    off[0] = True
    began = asyncio.get_running_loop().time()
    got = await reading
    assert asyncio.get_running_loop().time() - began < 1.5
    assert (type(got.fault), got.code, got.text) == (ModelOff, "switched_off", text)
    await endpoint.settled()
    assert [one.ended for one in endpoint.chats] == ["dropped"]
    assert second.chats == []
    assert model.seats[0].breaker.state == "closed"


async def test_a_stream_of_many_words_is_ended_by_the_switch_and_costs_few_looks(
    openai_at: OpenAIAt, endpoint: Endpoint
) -> None:
    endpoint.plays((Head(), Send(frame("on "), None, 0.005)))
    switch = _Switch(thrown_at=5)
    got = await read(steady(openai_at(), off=switch, total_s=20))
    assert got.code == "switched_off"
    assert len(got.pieces) > 50
    assert switch.looks == 5


async def test_the_switch_ends_the_wait_for_another_try(openai_at: OpenAIAt, endpoint: Endpoint) -> None:
    endpoint.plays(fails(429, headers={"retry-after": "4"}))
    got = await read(steady(openai_at(), off=_Switch(thrown_at=4), most_retry_after_s=5, total_s=20))
    assert got.code == "switched_off"
    assert got.seconds < 2.5
    assert len(endpoint.chats) == 1


@pytest.mark.parametrize("tries", [3, 1], ids=["another try", "another model"])
async def test_neither_another_try_nor_another_model_is_asked_after_the_switch(
    openai_at: OpenAIAt, endpoint: Endpoint, second: Endpoint, tries: int
) -> None:
    endpoint.plays(fails(500))
    got = await read(steady(openai_at(), openai_at(second.url), off=_Switch(thrown_at=3), tries=tries))
    assert got.code == "switched_off"
    assert (len(endpoint.chats), len(second.chats)) == (1, 0)


async def test_a_whole_answer_looks_at_the_switch_no_more_afterwards(
    openai_at: OpenAIAt, endpoint: Endpoint
) -> None:
    switch = _Switch()
    await read(steady(openai_at(), off=switch))
    looks = switch.looks
    await asyncio.sleep(2 * LOOKS_EVERY_S)
    assert switch.looks == looks


# What the log of a server tells.


def lines(caplog: pytest.LogCaptureFixture) -> list[str]:
    """What was logged, whoever did it, without what belongs to asyncio."""
    return [one.getMessage() for one in caplog.records if one.name != "asyncio"]


async def test_a_call_that_is_tried_again_has_one_line_with_model_code_and_session(
    openai_at: OpenAIAt, endpoint: Endpoint, caplog: pytest.LogCaptureFixture
) -> None:
    endpoint.plays(fails(503), says("Fine."))
    assert (await read(steady(openai_at(name="bench")))).text == "Fine."
    assert lines(caplog) == ["bench is asked again after status_503 (try 2); session s1"]


async def test_a_model_that_another_stands_in_for_has_one_line(
    openai_at: OpenAIAt, endpoint: Endpoint, second: Endpoint, caplog: pytest.LogCaptureFixture
) -> None:
    endpoint.plays(fails(401, "the key sk-1 of Ada is unknown"))
    await read(steady(openai_at(name="bench"), openai_at(second.url, name="spare")))
    assert lines(caplog) == ["bench gave no answer (key_refused), so spare is asked; session s1"]


async def test_a_call_without_an_answer_has_one_line_and_none_of_its_words(
    openai_at: OpenAIAt, endpoint: Endpoint, caplog: pytest.LogCaptureFixture
) -> None:
    endpoint.plays(fails(401, "the key sk-1 of Ada is unknown"))
    await read(steady(openai_at(name="bench")))
    assert lines(caplog) == [
        "bench gave no answer (key_refused) for speaker/probe, which goes on without it; session s1"
    ]
    assert caplog.records[-1].levelno == logging.WARNING


async def test_an_id_of_somebody_elses_file_does_not_stand_in_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    named = replace(PROMPT, session="what I said\nERROR all is lost")
    await read(steady(Scripted([ModelUnfit("key_refused")], name="bench")), named)
    assert [one.rpartition("; ")[2] for one in lines(caplog)] == ["session -"]


async def test_a_call_that_is_never_made_for_its_costs_is_told_and_one_for_the_switch_hardly(
    openai_at: OpenAIAt, caplog: pytest.LogCaptureFixture
) -> None:
    await read(steady(openai_at(), limits=Limits(day_tokens=0)))
    await read(steady(openai_at(), off=lambda: True))
    assert ["budget_day_tokens" in one for one in lines(caplog)] == [True]


@dataclass
class _Held:
    """A model that holds a connection."""

    name: str = "held"
    closed: int = 0

    async def stream(self, prompt: Prompt) -> AsyncGenerator[Piece]:
        yield Piece("Fine.", "stop")

    async def aclose(self) -> None:
        self.closed += 1


async def test_all_models_let_their_connections_go() -> None:
    first, other = _Held(), _Held()
    await steady(first, Scripted([]), other).aclose()
    assert (first.closed, other.closed) == (1, 1)


async def test_a_declined_answer_is_never_asked_for_again(openai_at: OpenAIAt, endpoint: Endpoint) -> None:
    endpoint.plays(says("", finish="content_filter"))
    got = await read(steady(openai_at()))
    assert isinstance(got.fault, ModelDeclined)
    assert len(endpoint.chats) == 1


async def test_each_call_is_counted_by_how_it_ended(openai_at: OpenAIAt, endpoint: Endpoint) -> None:
    def counted(outcome: str) -> float:
        return (
            REGISTRY.get_sample_value("llm_requests_total", {"model": "counted", "outcome": outcome}) or 0.0
        )

    endpoint.plays(fails(500), says("Fine."), fails(401), (Head(), Send(frame("on "), None, 0.01)))
    model = steady(openai_at(name="counted"))
    await read(model)
    await read(model)
    async with aclosing(model.stream(PROMPT)) as pieces:
        await anext(pieces)
    assert [counted(one) for one in ("status_500", "answered", "key_refused", "let_go")] == [1, 1, 1, 1]
    assert REGISTRY.get_sample_value("llm_first_token_seconds_count", {"model": "counted"}) == 2
