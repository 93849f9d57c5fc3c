"""What every EventLog keeps to, in memory and over SQL."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from interviewer.errors import Conflict, InterviewerError, MessageConflict
from interviewer.interview.events import (
    CandidateSpoke,
    Event,
    InterviewerSpoke,
    PhaseEntered,
    RedFlagRaised,
    SessionEnded,
    SessionId,
    SessionPaused,
    SessionResumed,
    Stored,
    Stream,
    TurnStarted,
)
from interviewer.store.database import sqlite_file
from interviewer.store.log import EventLog, MemoryLog, SessionRow
from interviewer.store.log_sql import open_log

ONE = SessionId("one")
TWO = SessionId("two")


class Clock:
    """A second passes between any two looks at it."""

    def __init__(self) -> None:
        self.at = datetime(2030, 1, 1, 9, 0, 0, 250_001, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.at += timedelta(seconds=1)
        return self.at


@pytest.fixture(params=["memory", "sqlite"])
async def log(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[EventLog]:
    if request.param == "memory":
        yield MemoryLog(Clock())
    else:
        async with open_log(sqlite_file(tmp_path / "log.sqlite"), Clock()) as opened:
            yield opened


def said(text: str, cmid: str | None = None) -> CandidateSpoke:
    return CandidateSpoke(text=text, cmid=cmid)


def flagged() -> RedFlagRaised:
    return RedFlagRaised(flag="flag.some", turn=1)


def answered(turn: str) -> InterviewerSpoke:
    return InterviewerSpoke(turn=turn, text="What happens at ten times the load?")


def texts(items: list[Stored]) -> list[str]:
    return [item.event.text for item in items if isinstance(item.event, CandidateSpoke)]


async def test_what_was_appended_is_read_back_in_order(log: EventLog) -> None:
    events: list[Event] = [said("first"), flagged(), answered("t1"), said("second")]
    kept = await log.append(ONE, 0, events)
    assert [item.event for item in kept] == events
    assert await log.read(ONE) == kept


async def test_positions_count_the_session_and_numbers_count_each_stream(log: EventLog) -> None:
    await log.append(ONE, 0, [said("a"), flagged(), said("b")])
    await log.append(ONE, 3, [flagged(), said("c")])
    kept = await log.read(ONE)
    assert [item.pos for item in kept] == [1, 2, 3, 4, 5]
    assert [(item.stream, item.seq) for item in kept] == [
        (Stream.public, 1),
        (Stream.internal, 1),
        (Stream.public, 2),
        (Stream.internal, 2),
        (Stream.public, 3),
    ]


async def test_one_append_is_one_moment_and_it_is_utc(tmp_path: Path) -> None:
    there = timezone(timedelta(hours=5, minutes=30))
    moment = datetime(2030, 1, 1, 14, 30, 0, 123_456, tzinfo=there)
    async with open_log(sqlite_file(tmp_path / "log.sqlite"), lambda: moment) as sql:
        for each in (MemoryLog(lambda: moment), sql):
            await each.append(ONE, 0, [said("a"), said("b")])
            for item in await each.read(ONE):
                assert item.at == moment
                assert item.at.utcoffset() == timedelta(0)


async def test_sessions_are_numbered_apart(log: EventLog) -> None:
    await log.append(ONE, 0, [said("a"), said("b")])
    kept = await log.append(TWO, 0, [said("c")])
    assert (kept[0].pos, kept[0].seq) == (1, 1)
    assert texts(await log.read(ONE)) == ["a", "b"]


@pytest.mark.parametrize("after", [-1, 0, 1, 3, 1_000_000])
async def test_an_append_on_top_of_something_unread_is_a_conflict_and_keeps_nothing(
    log: EventLog, after: int
) -> None:
    await log.append(ONE, 0, [said("a"), said("b")])
    with pytest.raises(Conflict) as caught:
        await log.append(ONE, after, [said("c")])
    assert caught.value.retry_helps
    assert texts(await log.read(ONE)) == ["a", "b"]
    await log.append(ONE, 2, [said("c")])


async def test_a_session_that_nobody_began_cannot_be_continued(log: EventLog) -> None:
    with pytest.raises(Conflict):
        await log.append(ONE, 7, [said("a")])
    assert await log.sessions() == []


async def test_nothing_to_append_changes_nothing(log: EventLog) -> None:
    assert await log.append(ONE, 0, []) == []
    assert await log.sessions() == []
    assert await log.read(ONE) == []


async def test_a_message_sent_again_gives_the_first_one(log: EventLog) -> None:
    first = await log.append(ONE, 0, [said("hello", cmid="m1")])
    await log.append(ONE, 1, [answered("t1")])
    for after in (0, 1, 2):
        assert await log.append(ONE, after, [said("hello", cmid="m1")]) == first
    assert len(await log.read(ONE)) == 2


async def test_a_message_id_with_another_text_is_refused_for_good(log: EventLog) -> None:
    await log.append(ONE, 0, [said("hello", cmid="m1")])
    for after in (0, 1):
        with pytest.raises(MessageConflict) as caught:
            await log.append(ONE, after, [said("never kept"), said("hello!", cmid="m1")])
        assert not caught.value.retry_helps
    assert texts(await log.read(ONE)) == ["hello"]


async def test_a_resend_beside_something_new_keeps_only_the_new(log: EventLog) -> None:
    first = await log.append(ONE, 0, [said("hello", cmid="m1")])
    both = await log.append(ONE, 1, [said("hello", cmid="m1"), said("more", cmid="m2")])
    assert both[0] == first[0]
    assert both[1].pos == 2
    with pytest.raises(Conflict):
        await log.append(ONE, 1, [said("hello", cmid="m1"), said("third", cmid="m3")])
    assert texts(await log.read(ONE)) == ["hello", "more"]


async def test_a_message_twice_in_one_append_is_kept_once(log: EventLog) -> None:
    kept = await log.append(ONE, 0, [said("hello", cmid="m1"), flagged(), said("hello", cmid="m1")])
    assert kept[0] == kept[2]
    assert len(await log.read(ONE)) == 2
    with pytest.raises(MessageConflict):
        await log.append(ONE, 2, [said("x", cmid="m2"), said("y", cmid="m2")])


async def test_message_ids_belong_to_their_session_and_messages_without_one_are_never_the_same(
    log: EventLog,
) -> None:
    await log.append(ONE, 0, [said("hello", cmid="m1"), said("hm"), said("hm")])
    await log.append(TWO, 0, [said("another hello", cmid="m1")])
    assert texts(await log.read(ONE)) == ["hello", "hm", "hm"]
    assert texts(await log.read(TWO)) == ["another hello"]


async def test_a_turn_gets_one_answer(log: EventLog) -> None:
    await log.append(ONE, 0, [TurnStarted(turn="t1"), answered("t1")])
    with pytest.raises(Conflict):
        await log.append(ONE, 2, [answered("t1")])
    with pytest.raises(Conflict):
        await log.append(ONE, 2, [answered("t2"), answered("t2")])
    assert len(await log.read(ONE)) == 2
    await log.append(ONE, 2, [TurnStarted(turn="t1", attempt=2), answered("t2")])
    await log.append(TWO, 0, [answered("t1")])


async def test_reading_goes_on_after_a_position_or_after_a_number_of_one_stream(log: EventLog) -> None:
    await log.append(ONE, 0, [said("a"), flagged(), said("b"), flagged(), said("c")])
    assert [item.pos for item in await log.read(ONE, since=2)] == [3, 4, 5]
    assert [item.pos for item in await log.read(ONE, since=1, limit=2)] == [2, 3]
    assert [item.pos for item in await log.read(ONE, stream=Stream.internal)] == [2, 4]
    assert [item.pos for item in await log.read(ONE, since=1, stream=Stream.public)] == [3, 5]
    assert [item.pos for item in await log.read(ONE, since=1, stream=Stream.public, limit=1)] == [3]
    assert await log.read(ONE, since=5) == []
    assert await log.read(ONE, limit=0) == []
    assert await log.read(TWO) == []


async def test_a_forgotten_session_is_gone_and_the_others_are_not(log: EventLog) -> None:
    await log.append(ONE, 0, [said("a", cmid="m1"), flagged()])
    await log.append(TWO, 0, [said("b")])
    await log.forget(ONE)
    await log.forget(ONE)
    assert await log.read(ONE) == []
    assert [row.id for row in await log.sessions()] == [TWO]
    with pytest.raises(Conflict):
        await log.append(ONE, 2, [said("too late")])
    assert (await log.append(ONE, 0, [said("anew", cmid="m1")]))[0].pos == 1


async def test_sessions_are_listed_latest_first_with_where_they_stand(log: EventLog) -> None:
    one = await log.append(ONE, 0, [said("a"), flagged()])
    two = await log.append(TWO, 0, [said("b")])
    assert [row.id for row in await log.sessions()] == [TWO, ONE]
    last = await log.append(ONE, 2, [said("c")])
    assert await log.sessions() == [
        SessionRow(ONE, one[0].at, last[0].at, 3, "open"),
        SessionRow(TWO, two[0].at, two[0].at, 1, "open"),
    ]


async def test_a_session_is_open_paused_or_ended(log: EventLog) -> None:
    async def state() -> str:
        (row,) = await log.sessions()
        return row.state

    await log.append(ONE, 0, [said("a"), SessionPaused()])
    assert await state() == "paused"
    await log.append(ONE, 2, [SessionResumed(), flagged()])
    assert await state() == "open"
    await log.append(ONE, 4, [SessionEnded(why="closed"), flagged()])
    assert await state() == "ended"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "naïve Καλημέρα שלום 設計 👩🏽‍💻 e\u0301",
        "tab\tnull\x00bell\x07 line\r\nend\u2028",
        "\"quotes\" \\ 'and' -- ; DROP TABLE event",
        "ten million users × 1 KB. " * 42_000,
    ],
    ids=["empty", "scripts", "controls", "quotes", "megabyte"],
)
async def test_words_come_back_exactly_as_they_were_said(log: EventLog, text: str) -> None:
    await log.append(ONE, 0, [said(text, cmid="m1")])
    assert texts(await log.read(ONE)) == [text]
    assert (await log.append(ONE, 0, [said(text, cmid="m1")]))[0].pos == 1


async def test_writers_at_the_same_time_leave_one_gapless_log(log: EventLog) -> None:
    async def write(name: str) -> None:
        for n in range(20):
            while True:
                head = len(await log.read(ONE))
                try:
                    await log.append(ONE, head, [said(f"{name}{n}", cmid=f"{name}{n}"), flagged()])
                    break
                except Conflict:
                    await asyncio.sleep(0)

    async with asyncio.TaskGroup() as group:
        for name in "xyz":
            group.create_task(write(name))
    kept = await log.read(ONE)
    assert [item.pos for item in kept] == list(range(1, 121))
    for stream in Stream:
        assert [item.seq for item in kept if item.stream == stream] == list(range(1, 61))
    for name in "xyz":
        mine = [text for text in texts(kept) if text.startswith(name)]
        assert mine == [f"{name}{n}" for n in range(20)]


async def test_of_writers_who_saw_the_same_head_exactly_one_is_kept(log: EventLog) -> None:
    results = await asyncio.gather(
        *(log.append(ONE, 0, [said(f"w{n}"), flagged()]) for n in range(8)), return_exceptions=True
    )
    assert sum(isinstance(result, list) for result in results) == 1
    assert sum(isinstance(result, Conflict) for result in results) == 7
    assert len(await log.read(ONE)) == 2


async def test_a_message_resent_while_the_first_is_on_its_way_is_kept_once(log: EventLog) -> None:
    results = await asyncio.gather(*(log.append(ONE, 0, [said("hello", cmid="m1")]) for _ in range(8)))
    assert all(result == results[0] for result in results)
    assert len(await log.read(ONE)) == 1


async def test_an_append_that_was_cancelled_is_there_whole_or_not_at_all(log: EventLog) -> None:
    for n in range(40):
        head = len(await log.read(ONE))
        task = asyncio.create_task(log.append(ONE, head, [said(f"m{n}"), flagged(), flagged()]))
        await asyncio.sleep(n * 0.0002)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        if not task.cancelled():
            assert task.result()[-1].pos == head + 3
    kept = await log.read(ONE)
    assert [item.pos for item in kept] == list(range(1, len(kept) + 1))
    assert len(kept) % 3 == 0


EVENTS = st.lists(
    st.one_of(
        st.builds(said, st.sampled_from(["a", "b", "ü"]), st.sampled_from([None, "m1", "m2", "m3"])),
        st.builds(answered, st.sampled_from(["t1", "t2", "t3"])),
        st.builds(flagged),
        st.sampled_from(
            [SessionPaused(), SessionResumed(), SessionEnded(why="time"), PhaseEntered(phase="p", why="w")]
        ),
    ),
    max_size=4,
)
SESSIONS = st.sampled_from(["s1", "s2"])


class Twins(RuleBasedStateMachine):
    """Whatever is asked of the two logs, in whatever order, they answer the same."""

    @initialize()
    def open(self) -> None:
        self.runner = asyncio.Runner()
        self.stack = AsyncExitStack()
        self.memory = MemoryLog(Clock())
        self.sql = self.runner.run(self.stack.enter_async_context(open_log("sqlite://", Clock())))

    def both(self, ask) -> list[Stored] | list[SessionRow] | None:
        answers = []
        for log in (self.memory, self.sql):
            try:
                answers.append(self.runner.run(ask(log)))
            except InterviewerError as error:
                answers.append(type(error))
        assert answers[0] == answers[1]
        return answers[0]

    @rule(session=SESSIONS, behind=st.sampled_from([0, 0, 0, 0, 1, -1]), events=EVENTS)
    def append(self, session: str, behind: int, events: list[Event]) -> None:
        head = len(self.runner.run(self.memory.read(SessionId(session))))
        self.both(lambda log: log.append(SessionId(session), head - behind, events))

    @rule(
        session=SESSIONS,
        since=st.integers(-1, 9),
        stream=st.sampled_from([None, *Stream]),
        limit=st.sampled_from([None, 0, 1, 3]),
    )
    def read(self, session: str, since: int, stream: Stream | None, limit: int | None) -> None:
        self.both(lambda log: log.read(SessionId(session), since, stream, limit))

    @rule(session=SESSIONS)
    def forget(self, session: str) -> None:
        self.both(lambda log: log.forget(SessionId(session)))

    @invariant()
    def lists_agree(self) -> None:
        if hasattr(self, "sql"):
            self.both(lambda log: log.sessions())

    def teardown(self) -> None:
        if hasattr(self, "sql"):
            self.runner.run(self.stack.aclose())
            self.runner.close()


TestTwins = Twins.TestCase
TestTwins.settings = settings(max_examples=30, stateful_step_count=15)
