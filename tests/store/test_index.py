"""Lists of sessions say what the log says, in order, page by page, for older databases too."""

import asyncio
import base64
import json
import threading
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interviewer.auth import Role
from interviewer.errors import BadInput, NotFound, Unavailable
from interviewer.interview.events import (
    CandidateRated,
    CandidateSpoke,
    CoachScored,
    Event,
    InterviewerChunk,
    InterviewerSpoke,
    LineContested,
    PhaseEntered,
    ScorecardIssued,
    ScorecardReady,
    SessionDismissed,
    SessionEnded,
    SessionId,
    SessionPaused,
    SessionResumed,
    stored,
)
from interviewer.interview.state import fold
from interviewer.store.accounts import Accounts
from interviewer.store.database import Database, open_database, sqlite_file
from interviewer.store.index import Filters, Page, SessionIndex
from interviewer.store.log_sql import SqlLog
from interviewer.store.sqlite import READERS
from interviewer.store.summary import UNSEEN, Summary, summary_after
from interviewer.store.turns import Turns
from tests.store.database import ONE, TWO, Clock, Counted, a_database, retried, sql, started


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    async with a_database(tmp_path) as opened:
        yield opened


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def turns(database: Database, clock: Clock) -> Turns:
    return Turns(database, clock)


@pytest.fixture
def index(database: Database) -> SessionIndex:
    return SessionIndex(database)


def said(n: int) -> CandidateSpoke:
    return CandidateSpoke(text=f"message {n}", cmid=f"m{n}")


def ids(page: Page) -> list[str]:
    return [row.id for row in page.rows]


async def test_a_row_says_how_the_interview_was_set_up_and_where_it_stands(
    turns: Turns, index: SessionIndex, database: Database, clock: Clock
) -> None:
    ada = await Accounts(database, clock, Counted("s"), Counted("ada")).add("Ada", {Role.candidate})
    begun_at = clock.at
    await turns.begin(
        ONE, ada.id, [started(minutes=15.0, attempt=2), PhaseEntered(phase="scope", why="")], None
    )
    clock.advance(60)
    await turns.record(ONE, [PhaseEntered(phase="design", why="time")])
    row = await index.row(ONE)
    assert (row.owner, row.owner_name, row.state) == (ada.id, "Ada", "open")
    assert (row.started_at, row.last_at) == (begun_at, clock.at)
    summary = row.summary
    assert (summary.scenario, summary.title, summary.kind) == ("url-shortener", "A URL shortener", "d")
    assert (summary.level, summary.mode, summary.pace, summary.plan) == (
        "senior", "practice", "typed", "standard",
    )  # fmt: skip
    assert (summary.minutes, summary.attempt, summary.phase, summary.budget_s) == (15.0, 2, "design", 900)
    with pytest.raises(NotFound):
        await index.row(TWO)


async def test_a_row_follows_the_interview_to_its_card_and_what_came_after(
    turns: Turns, index: SessionIndex
) -> None:
    async def after(*events: Event) -> Summary:
        await turns.record(ONE, events)
        return (await index.row(ONE)).summary

    await turns.begin(ONE, "local", [started()], None)
    assert (await after()).scorecard == "none"
    ended = await after(SessionEnded(why="time"))
    assert (ended.why, ended.scorecard, ended.overall) == ("time", "pending", None)
    assert (await after(CandidateRated(best="scope"))).rated
    card: dict = {"overall": 2.5, "recommendation": "lean-hire"}
    ready = await after(ScorecardIssued(card=card), ScorecardReady())
    assert (ready.scorecard, ready.overall, ready.recommendation) == ("ready", 2.5, "lean-hire")
    assert (await after(LineContested(line="a", reason="b", by="c"))).contested == 1
    assert not ready.reviewed
    assert (await after(CoachScored(levels={"scope": 3}, by="Ben", blind=True))).reviewed
    assert (await after(SessionDismissed(by="Ben", reason="cut off"))).dismissed
    await index.holds(ONE, 3.0, "hire")
    held = (await index.row(ONE)).summary
    assert (held.overall, held.recommendation, held.contested) == (3.0, "hire", 1)


async def test_pages_follow_one_another_without_a_gap_or_a_row_twice(
    turns: Turns, index: SessionIndex, clock: Clock
) -> None:
    for n in range(23):
        await turns.begin(SessionId(f"s{n:02}"), "local", [started()], None)
        if n % 3:  # some at the same moment
            clock.advance(1)
    seen: list[str] = []
    cursor = None
    while True:
        page = await index.page(cursor=cursor, limit=5)
        seen += ids(page)
        if page.next is None:
            break
        cursor = page.next
    assert len(seen) == 23
    assert set(seen) == {f"s{n:02}" for n in range(23)}
    assert seen == ids(await index.page(limit=100))
    assert (await index.page(limit=23)).next is None


async def test_the_session_that_began_last_comes_first_whatever_is_said_while_a_list_is_walked(
    turns: Turns, index: SessionIndex, clock: Clock
) -> None:
    await turns.begin(ONE, "local", [started()], None)
    clock.advance(1)
    await turns.begin(TWO, "local", [started()], None)
    assert ids(await index.page()) == [TWO, ONE]
    clock.advance(1)
    first = await index.page(limit=1)
    await turns.hear(ONE, said(1), settle_s=0)
    assert ids(first) + ids(await index.page(cursor=first.next)) == [TWO, ONE]


async def test_lists_are_narrowed_by_what_is_asked_for(
    turns: Turns, index: SessionIndex, database: Database, clock: Clock
) -> None:
    ada = await Accounts(database, clock, Counted("s"), Counted("ada")).add("Ada Lovelace", {Role.candidate})
    await turns.begin(ONE, ada.id, [started("chat", title="A chat")], None)
    await turns.begin(TWO, "local", [started()], None)
    await turns.record(
        TWO, [SessionEnded(why="time"), ScorecardReady(), LineContested(line="a", reason="b", by="c")]
    )

    async def found(owner: str | None = None, **wanted) -> list[str]:
        return ids(await index.page(owner=owner, filters=Filters(**wanted)))

    assert await found(owner=ada.id) == [ONE]
    assert await found(owner="nobody") == []
    assert await found(scenario="chat") == [ONE]
    assert await found(state="ended") == [TWO]
    assert await found(scorecard="ready") == [TWO]
    assert await found(contested=True) == [TWO]
    assert await found(contested=False) == [ONE]
    assert await found(reviewed=True) == []
    assert await found(q="LOVELACE") == [ONE]
    assert await found(q="shortener") == [TWO]
    assert await found(q="%") == []
    assert set(await found(reviewed=False)) == {ONE, TWO}


async def test_what_is_far_down_a_long_list_is_found(turns: Turns, index: SessionIndex, clock: Clock) -> None:
    await turns.begin(ONE, "local", [started(title="The needle")], None)
    clock.advance(1)
    for n in range(230):
        await turns.begin(SessionId(f"s{n}"), "local", [started()], None)
    assert ids(await index.page(limit=5, filters=Filters(q="needle"))) == [ONE]


def encoded(place: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(place).encode()).decode().rstrip("=")


NO_CURSORS = [
    "", "?", "AAAA", "é", "W" * 1001, encoded(None), encoded([1, 2]), encoded(["2030-01-01", "a"]),
    encoded(["2030-01-01T00:00:00+00:00", 3]), encoded(["2030-01-01T00:00:00+00:00", "\ud800"]),
    encoded(["0001-01-01T00:00:00+14:00", "a"]), encoded({"a": 1, "b": 2}),
]  # fmt: skip


@pytest.mark.parametrize("cursor", NO_CURSORS)
async def test_a_cursor_that_is_none_of_ours_is_refused(index: SessionIndex, cursor: str) -> None:
    with pytest.raises(BadInput):
        await index.page(cursor=cursor)


async def test_attempts_are_counted_by_person_and_scenario_without_moments_taken_up_again(
    turns: Turns, index: SessionIndex
) -> None:
    for n in range(3):
        await turns.begin(SessionId(f"s{n}"), "ada", [started("chat")], None)
    await turns.begin(ONE, "ada", [started("chat", retry_of=retried())], None)
    await turns.begin(TWO, "ben", [started("chat")], None)
    assert await index.attempts("ada", "chat") == 3
    assert await index.attempts("ben", "chat") == 1
    assert await index.attempts("ada", "url-shortener") == 0


async def test_sessions_in_which_nothing_happens_are_found(
    turns: Turns, index: SessionIndex, clock: Clock
) -> None:
    await turns.begin(ONE, "local", [started()], None)
    await turns.begin(TWO, "local", [started(), SessionEnded(why="time")], None)
    assert await index.idle(clock.at) == []
    assert await index.idle(clock.at + timedelta(seconds=1)) == [ONE]


async def test_sessions_of_an_older_database_are_listed_like_all_others(
    turns: Turns, index: SessionIndex, database: Database
) -> None:
    await turns.begin(ONE, "local", [started()], None)
    await turns.hear(ONE, said(1), settle_s=0)
    before = await index.row(ONE)
    await sql(database, "DELETE FROM summary")
    assert (await SessionIndex(database).page()).rows == (before,)
    await sql(database, "DELETE FROM summary")
    await turns.hear(ONE, said(2), settle_s=0)
    assert (await index.row(ONE)).summary.turns == 2
    assert await index.reindex() == 0


async def test_a_list_read_while_sessions_change_is_whole(turns: Turns, index: SessionIndex) -> None:
    await asyncio.gather(
        *(turns.begin(SessionId(f"s{n}"), "local", [started()], None) for n in range(10)),
        *(index.page() for _ in range(10)),
    )
    assert len((await index.page()).rows) == 10


async def test_a_forgotten_session_is_in_no_list(
    turns: Turns, index: SessionIndex, database: Database
) -> None:
    await turns.begin(ONE, "local", [started()], None)
    await SqlLog(database, Clock()).forget(ONE)
    assert ids(await index.page()) == []
    assert await sql(database, "SELECT * FROM summary") == []


MOMENTS = st.lists(
    st.tuples(
        st.floats(0, 300),
        st.sampled_from(
            [
                CandidateSpoke(text="a few words"),
                InterviewerSpoke(turn="t", text="How many words would that be? " * 9),
                InterviewerSpoke(turn="t", text="Go on.", covers=1),
                InterviewerChunk(turn="t", i=0, text="Go"),
                SessionPaused(),
                "gone",
                SessionResumed(),
                PhaseEntered(phase="design", why="time"),
                SessionEnded(why="candidate"),
            ]
        ),
    ),
    max_size=12,
)


@given(MOMENTS, st.floats(0, 300), st.integers(0, 12))
@settings(max_examples=150, deadline=None)
def test_the_clock_in_a_list_is_the_clock_of_the_interview(moments, later: float, cut: int) -> None:
    clock = Clock()
    history = [stored(ONE, 1, 1, clock.at, started())]
    for gap, event in moments:
        if event == "gone":  # they left as many seconds ago as it is since the last event
            event = SessionPaused(why="gone", since=clock.at)
        clock.advance(gap)
        history.append(stored(ONE, len(history) + 1, len(history) + 1, clock.at, event))
    clock.advance(later)
    summary = summary_after(summary_after(Summary(), history[:cut]), history[cut:])
    interview = fold(history)
    assert summary.left_s(clock.at) == pytest.approx(interview.budget_s - interview.elapsed_s(clock.at))
    assert summary.phase == interview.phase.id
    assert Summary.model_validate_json(summary.model_dump_json()) == summary


@pytest.mark.parametrize("kind", get_args(UNSEEN))
def test_what_happens_many_times_a_turn_is_seen_in_no_list(kind: Any) -> None:
    before = Summary(turns=3, contested=1, contested_lines=("some.line",))
    assert summary_after(before, [stored(ONE, 9, 9, Clock().at, kind.model_construct())]) is before


async def test_a_list_is_unavailable_and_not_broken_while_every_connection_is_taken(tmp_path: Path) -> None:
    done = threading.Event()
    async with open_database(sqlite_file(tmp_path / "a.sqlite"), free_s=0.05) as database:
        index = SessionIndex(database)
        await index.page()
        async with asyncio.TaskGroup() as taken:
            for _ in range(READERS):
                taken.create_task(database.read(lambda _: done.wait(10)))
            await asyncio.sleep(0)
            with pytest.raises(Unavailable) as caught:
                await index.page()
            done.set()
        assert caught.value.retry_helps
        assert (await index.page()).rows == ()
