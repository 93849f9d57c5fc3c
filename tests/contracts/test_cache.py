"""What every Cache keeps to."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace

import pytest

from interviewer.interview.events import SessionId
from interviewer.store.cache import Cache, MemoryCache, bell_of
from tests.builders import an_opened_interview


class Seconds:
    """A clock that goes forward when told to."""

    at = 100.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture(params=["memory"])
def cache(request: pytest.FixtureRequest, seconds: Seconds) -> Cache:
    made: dict[str, Callable[[], Cache]] = {"memory": lambda: MemoryCache(seconds, most=3)}
    return made[request.param]()


async def test_a_ring_wakes_everybody_who_listens(cache: Cache) -> None:
    async with cache.listening("a") as one, cache.listening("b", "a") as two, cache.listening("b") as other:
        waiting = [asyncio.create_task(bell.wait(5)) for bell in (one, two)]
        await asyncio.sleep(0)
        await cache.ring("a")
        assert await asyncio.gather(*waiting) == [True, True]
        assert not await other.wait(0.01)


async def test_a_ring_between_reading_and_waiting_is_not_missed(cache: Cache) -> None:
    async with cache.listening("a") as bell:
        await cache.ring("a")
        assert await bell.wait(0)
        assert not await bell.wait(0)


async def test_rings_before_listening_and_after_are_nobodys(cache: Cache) -> None:
    await cache.ring("a")
    async with cache.listening("a") as bell:
        assert not await bell.wait(0)
    await cache.ring("a")


async def test_a_wait_ends_when_its_time_is_over(cache: Cache) -> None:
    async with cache.listening("a") as bell:
        loop = asyncio.get_running_loop()
        begun = loop.time()
        assert not await bell.wait(0.05)
        assert loop.time() - begun < 1


async def test_the_latest_folded_interview_is_kept(cache: Cache) -> None:
    interview = replace(an_opened_interview(), head=7)
    assert await cache.folded(SessionId("s1")) is None
    await cache.keep(interview)
    await cache.keep(replace(interview, head=5))
    assert await cache.folded(SessionId("s1")) == interview
    await cache.drop(SessionId("s1"))
    await cache.drop(SessionId("s1"))
    assert await cache.folded(SessionId("s1")) is None


async def test_what_was_not_asked_for_longest_makes_room(cache: Cache) -> None:
    for number in range(3):
        await cache.keep(replace(an_opened_interview(), session=f"s{number}", head=1))
    await cache.folded(SessionId("s0"))
    await cache.keep(replace(an_opened_interview(), session="s3", head=1))
    kept = [await cache.folded(SessionId(f"s{number}")) is not None for number in range(4)]
    assert kept == [True, False, True, True]


async def test_a_bucket_allows_a_burst_and_then_its_rate(cache: Cache, seconds: Seconds) -> None:
    spent = [await cache.allow("k", per_s=2, burst=3) for _ in range(4)]
    assert spent == [0, 0, 0, pytest.approx(0.5)]
    assert await cache.allow("other", per_s=2, burst=3) == 0
    seconds.at += 0.5
    assert await cache.allow("k", per_s=2, burst=3) == 0
    assert await cache.allow("k", per_s=2, burst=3) > 0


async def test_waiting_as_long_as_told_is_enough(cache: Cache, seconds: Seconds) -> None:
    for cost in (1.0, 0.3, 2.7, 0.1, 1.9) * 10:
        wait = await cache.allow("k", per_s=0.7, burst=3, cost=cost)
        seconds.at += wait
        assert wait == 0 or await cache.allow("k", per_s=0.7, burst=3, cost=cost) == 0


async def test_a_bucket_never_holds_more_than_its_burst(cache: Cache, seconds: Seconds) -> None:
    assert await cache.allow("k", per_s=1, burst=2, cost=2) == 0
    seconds.at += 3600
    assert await cache.allow("k", per_s=1, burst=2, cost=2) == 0
    assert await cache.allow("k", per_s=1, burst=2, cost=1) > 0
    assert await cache.allow("k", per_s=1, burst=2, cost=3) == float("inf")


async def test_a_mark_tells_how_long_ago_it_was(cache: Cache, seconds: Seconds) -> None:
    assert await cache.since(bell_of(SessionId("s1"))) is None
    await cache.mark(bell_of(SessionId("s1")))
    seconds.at += 4
    assert await cache.since(bell_of(SessionId("s1"))) == 4
