"""A message and its job, an answer and the end of its job: each pair is kept whole, in order, and once."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from interviewer.errors import Closed, Conflict, Fenced, MessageConflict, NotFound, Unavailable
from interviewer.interview.events import (
    CandidateSpoke,
    InterviewerChunk,
    InterviewerSpoke,
    RedFlagRaised,
    SessionEnded,
    SessionId,
    TurnFailed,
    TurnRestarted,
    TurnStarted,
)
from interviewer.store.database import Database
from interviewer.store.log_sql import SqlLog
from interviewer.store.turns import Job, JobKind, Next, Turns
from tests.store.database import ONE, TWO, Clock, a_database, sql, started

LEASE = 30.0


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    async with a_database(tmp_path) as opened:
        yield opened


@pytest.fixture
async def turns(database: Database) -> Turns:
    turns = Turns(database, Clock())
    await turns.begin(ONE, "local", [started()], None)
    return turns


def said(text: str, cmid: str | None = None) -> CandidateSpoke:
    return CandidateSpoke(text=text, cmid=cmid or f"cmid-{text}")


def answer(turn: str = "t1", text: str = "And then?") -> InterviewerSpoke:
    return InterviewerSpoke(turn=turn, text=text)


def chunk(text: str = "And") -> InterviewerChunk:
    return InterviewerChunk(turn="t1", i=0, text=text)


async def claimed(turns: Turns, worker: str = "w") -> Job:
    job = await turns.claim(worker, LEASE)
    assert job is not None
    return job


async def kinds(database: Database, session: SessionId = ONE) -> list[str]:
    return [item.event.kind for item in await SqlLog(database, Clock()).read(session)]


async def let_the_lease_run_out(database: Database, job: Job) -> None:
    await sql(database, "UPDATE job SET lease_until = lease_until - 1000 WHERE id = :id", id=job.id)


async def due(database: Database) -> list[tuple[float, float]]:
    """For each waiting turn job: seconds from its making to its run, and from now to its run."""
    now = "(julianday('now') - 2440587.5) * 86400.0"
    rows = await sql(
        database,
        f"SELECT run_after - made_at, run_after - {now} FROM job WHERE state = 'ready' AND kind = 'turn'",
    )
    return [(row[0], row[1]) for row in rows]


# --- beginning and hearing


async def test_a_session_begins_with_its_owner_its_events_and_its_first_job(database: Database) -> None:
    turns = Turns(database, Clock())
    kept = await turns.begin(ONE, "ada", [started()], Next(JobKind.turn))
    assert [item.pos for item in kept] == [1]
    assert await sql(database, "SELECT owner FROM session") == [("ada",)]
    job = await claimed(turns)
    assert (job.session, job.kind, job.pos, job.attempt) == (ONE, JobKind.turn, 1, 1)


async def test_a_session_begins_once(turns: Turns) -> None:
    with pytest.raises(Conflict):
        await turns.begin(ONE, "local", [started()], None)


async def test_a_message_is_kept_with_a_job_to_answer_it(turns: Turns) -> None:
    heard = await turns.hear(ONE, said("hello"), settle_s=0)
    assert (heard.stored.pos, heard.dup) == (2, False)
    job = await claimed(turns)
    assert (job.kind, job.pos) == (JobKind.turn, 2)
    assert await turns.claim("w", LEASE) is None


async def test_a_message_sent_again_is_the_first_one_and_is_not_answered_twice(turns: Turns) -> None:
    first = await turns.hear(ONE, said("hello", "m1"), settle_s=0)
    await turns.finish(await claimed(turns), [answer()], covers=2)
    again = await turns.hear(ONE, said("hello", "m1"), settle_s=0)
    assert again.dup
    assert again.stored == first.stored
    assert await turns.next_due_s() is None


async def test_a_message_id_with_another_text_is_refused(turns: Turns) -> None:
    await turns.hear(ONE, said("hello", "m1"), settle_s=0)
    with pytest.raises(MessageConflict):
        await turns.hear(ONE, said("goodbye", "m1"), settle_s=0)


async def test_nothing_can_be_said_after_the_end_but_what_was_kept_is_still_acknowledged(
    turns: Turns,
) -> None:
    await turns.hear(ONE, said("hello", "m1"), settle_s=0)
    await turns.record(ONE, [SessionEnded(why="candidate")])
    with pytest.raises(Closed):
        await turns.hear(ONE, said("one more thing"), settle_s=0)
    assert (await turns.hear(ONE, said("hello", "m1"), settle_s=0)).dup


async def test_nothing_can_be_said_in_a_session_that_nobody_began(turns: Turns) -> None:
    with pytest.raises(NotFound):
        await turns.hear(TWO, said("hello"), settle_s=0)
    with pytest.raises(NotFound):
        await turns.record(TWO, [answer()])


async def test_messages_that_come_together_wait_together_and_get_one_answer(
    turns: Turns, database: Database
) -> None:
    await turns.hear(ONE, said("one"), settle_s=0)
    await turns.hear(ONE, said("two"), settle_s=5)
    assert all(4 < from_now <= 5 for _, from_now in await due(database))
    await turns.put_off(ONE, 0)
    job = await claimed(turns)
    await turns.finish(job, [answer()], covers=3)
    assert await sql(database, "SELECT pos, state FROM job ORDER BY pos") == [(2, "done"), (3, "done")]


async def test_messages_that_never_stop_coming_are_answered_all_the_same(
    turns: Turns, database: Database
) -> None:
    await turns.hear(ONE, said("one"), settle_s=1)
    await sql(database, "UPDATE job SET made_at = made_at - 58")
    await turns.hear(ONE, said("two"), settle_s=30)
    assert all(from_now < 3 for _, from_now in await due(database))


async def test_events_are_appended_whatever_was_read_before(turns: Turns, database: Database) -> None:
    flag = RedFlagRaised(flag="flag.some", turn=1)
    await asyncio.gather(*(turns.record(ONE, [flag]) for _ in range(12)))
    assert [item.pos for item in await SqlLog(database, Clock()).read(ONE)] == list(range(1, 14))
    await turns.record(ONE, [SessionEnded(why="time")], [Next(JobKind.score)], if_open=True)
    with pytest.raises(Closed):
        await turns.record(ONE, [SessionEnded(why="candidate")], [Next(JobKind.score)], if_open=True)
    assert len(await sql(database, "SELECT id FROM job")) == 1


async def test_a_job_is_made_once_for_its_place(turns: Turns, database: Database) -> None:
    await turns.record(ONE, [], [Next(JobKind.score), Next(JobKind.score)])
    await turns.record(ONE, [], [Next(JobKind.score)])
    assert await sql(database, "SELECT kind, pos FROM job") == [("score", 1)]


async def test_a_store_that_another_program_holds_is_unavailable_and_then_serves_again(
    tmp_path: Path,
) -> None:
    async with a_database(tmp_path, busy_s=0.05) as database:
        turns = Turns(database, Clock())
        await turns.begin(ONE, "local", [started()], None)
        other = sqlite3.connect(tmp_path / "a.sqlite", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        try:
            with pytest.raises(Unavailable) as caught:
                await turns.hear(ONE, said("hello"), settle_s=0)
        finally:
            other.close()
        assert caught.value.retry_helps
        assert not (await turns.hear(ONE, said("hello"), settle_s=0)).dup


# --- waiting for somebody who is still typing


async def test_whoever_still_types_is_waited_for(turns: Turns, database: Database) -> None:
    await turns.hear(ONE, said("hello"), settle_s=0)
    assert await turns.put_off(ONE, 2.5)
    assert await turns.claim("w", LEASE) is None
    assert 2 < (await turns.next_due_s() or 0) <= 2.5


async def test_nobody_is_waited_for_longer_than_a_minute_after_the_first_message(
    turns: Turns, database: Database
) -> None:
    await turns.hear(ONE, said("hello"), settle_s=0)
    await turns.put_off(ONE, 300)
    assert [round(after) for after, _ in await due(database)] == [60]
    await sql(database, "UPDATE job SET made_at = made_at - 60")
    await turns.put_off(ONE, 2.5)
    assert (await claimed(turns)).pos == 2


async def test_a_hold_that_is_let_go_is_answered_at_once(turns: Turns) -> None:
    await turns.hear(ONE, said("hello"), settle_s=0)
    await turns.put_off(ONE, 60)
    await turns.put_off(ONE, 0)
    assert (await claimed(turns)).pos == 2


async def test_there_is_nothing_to_put_off_where_nothing_waits(turns: Turns) -> None:
    assert not await turns.put_off(ONE, 2.5)
    assert not await turns.put_off(TWO, 2.5)


# --- claims, leases and fences


async def test_a_thousand_jobs_for_which_three_race_are_claimed_once_each(tmp_path: Path) -> None:
    count = 1000
    async with (
        a_database(tmp_path) as database,
        a_database(tmp_path) as second,
        a_database(tmp_path) as third,
    ):
        numbers = f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count}) "
        await sql(
            database,
            "INSERT INTO session (id, state, head_public, head_internal, schema_version, started_at, last_at) "
            f"{numbers} SELECT 's' || i, 'open', 0, 0, 1, '2030-01-01', '2030-01-01' FROM n",
        )
        await sql(
            database,
            "INSERT INTO job (session_id, kind, pos, state, attempt, fence, made_at, run_after) "
            f"{numbers} SELECT 's' || i, 'turn', i, 'ready', 0, 0, 0, 0 FROM n",
        )

        async def claim_all(rival: Turns, name: str) -> list[Job]:
            won = []
            while (
                await rival.next_due_s() is not None
            ):  # a worker looks before it claims, and leaves others a moment
                if (job := await rival.claim(name, LEASE)) is None:
                    break
                won.append(job)
            return won

        rivals = [Turns(one, Clock()) for one in (database, second, third)]
        won = await asyncio.gather(*(claim_all(rival, f"w{n}") for n, rival in enumerate(rivals)))
        assert all(won), "each of the three got something, or there was no race"
        assert sorted(job.pos for jobs in won for job in jobs) == list(range(1, count + 1))
        assert {job.fence for jobs in won for job in jobs} == {1}


async def test_the_turns_of_a_session_go_one_after_the_other(turns: Turns) -> None:
    await turns.hear(ONE, said("one"), settle_s=0)
    first = await claimed(turns)
    await turns.hear(ONE, said("two"), settle_s=0)
    assert await turns.claim("other", LEASE) is None
    await turns.finish(first, [answer()], covers=2)
    assert (await claimed(turns)).pos == 3


async def test_a_session_that_is_busy_keeps_no_other_waiting(turns: Turns) -> None:
    await turns.begin(TWO, "local", [started()], None)
    await turns.hear(ONE, said("one"), settle_s=0)
    await turns.hear(TWO, said("two"), settle_s=0)
    assert {(await claimed(turns)).session, (await claimed(turns)).session} == {ONE, TWO}


async def test_a_job_whose_lease_ran_out_is_taken_over_as_another_attempt(
    turns: Turns, database: Database
) -> None:
    await turns.hear(ONE, said("one"), settle_s=0)
    first = await claimed(turns, "dead")
    await let_the_lease_run_out(database, first)
    second = await claimed(turns)
    assert (second.id, second.attempt, second.fence) == (first.id, 2, 2)


async def test_no_turn_begins_after_the_end_and_one_that_had_begun_may_finish_its_sentence(
    turns: Turns, database: Database
) -> None:
    await turns.hear(ONE, said("one"), settle_s=0)
    job = await claimed(turns)
    await turns.record(ONE, [SessionEnded(why="candidate")])
    before = await kinds(database)
    assert (await turns.chunk(job, [TurnStarted(turn="t1", attempt=1)])).held
    assert (await turns.chunk(job, [TurnRestarted(turn="t1", attempt=2)])).held
    assert await kinds(database) == before
    await turns.chunk(job, [chunk()])
    assert await kinds(database) == [*before, "interviewer_chunk"]


async def test_whoever_lost_a_job_can_write_nothing_more_for_it(turns: Turns, database: Database) -> None:
    await turns.hear(ONE, said("one"), settle_s=0)
    zombie = await claimed(turns, "zombie")
    await let_the_lease_run_out(database, zombie)
    job = await claimed(turns)
    before = await kinds(database)
    assert not (await turns.chunk(zombie, [chunk()])).held
    assert not (await turns.renew(zombie, LEASE)).held
    with pytest.raises(Fenced):
        await turns.finish(zombie, [answer()], covers=2, next=[Next(JobKind.nudge)])
    with pytest.raises(Fenced):
        await turns.bury(zombie, [TurnFailed(turn="t1", reason_code="internal")], "no")
    await turns.give_back(zombie, 0, count=True)
    assert await kinds(database) == before
    assert (await turns.chunk(job, [chunk()])).held
    await turns.finish(job, [answer()], covers=2)
    assert await kinds(database) == [*before, "interviewer_chunk", "interviewer_spoke"]
    assert await sql(database, "SELECT state FROM job") == [("done",)]


async def test_a_lease_that_is_renewed_is_not_taken_over(turns: Turns, database: Database) -> None:
    await turns.hear(ONE, said("one"), settle_s=0)
    job = await claimed(turns)
    await let_the_lease_run_out(database, job)
    assert (await turns.renew(job, LEASE)).held
    assert await turns.claim("other", LEASE) is None
    assert (await turns.next_due_s() or 0) > LEASE - 5


async def test_a_job_that_is_finished_cannot_be_finished_again(turns: Turns, database: Database) -> None:
    await turns.hear(ONE, said("one"), settle_s=0)
    job = await claimed(turns)
    await turns.finish(job, [answer()], covers=2)
    with pytest.raises(Fenced):
        await turns.finish(job, [answer("t2")], covers=2)
    assert (await kinds(database)).count("interviewer_spoke") == 1


async def test_a_turn_that_has_its_answer_leaves_a_second_one_and_its_job_as_they_were(
    turns: Turns, database: Database
) -> None:
    await turns.record(ONE, [answer("t1")])
    await turns.hear(ONE, said("one"), settle_s=0)
    with pytest.raises(Conflict):
        await turns.finish(await claimed(turns), [answer("t1")], covers=3)
    assert await sql(database, "SELECT state FROM job") == [("running",)]


async def test_an_answer_does_not_finish_what_it_has_not_read(turns: Turns, database: Database) -> None:
    await turns.hear(ONE, said("one"), settle_s=0)
    job = await claimed(turns)
    await turns.hear(ONE, said("two"), settle_s=0)
    await turns.finish(job, [answer()], covers=2)
    assert await sql(database, "SELECT pos, state FROM job ORDER BY id") == [(2, "done"), (3, "ready")]


async def test_what_follows_a_turn_is_made_with_its_end(turns: Turns) -> None:
    await turns.hear(ONE, said("one"), settle_s=0)
    kept = await turns.finish(
        await claimed(turns),
        [answer(), SessionEnded(why="closed")],
        covers=2,
        next=[Next(JobKind.score)],
    )
    job = await claimed(turns)
    assert (job.kind, job.pos) == (JobKind.score, kept[-1].pos)


async def test_a_job_given_back_counts_as_an_attempt_only_where_that_is_said(turns: Turns) -> None:
    await turns.hear(ONE, said("one"), settle_s=0)
    await turns.give_back(await claimed(turns), 0, count=False)
    job = await claimed(turns)
    assert job.attempt == 1
    await turns.give_back(job, 0, count=True, error="timed out")
    job = await claimed(turns)
    assert (job.attempt, job.fence) == (2, 3)
    await turns.give_back(job, 20, count=True)
    assert await turns.claim("w", LEASE) is None
    assert 15 < (await turns.next_due_s() or 0) <= 20


async def test_a_buried_job_is_known_of_and_holds_nobody_back(turns: Turns, database: Database) -> None:
    await turns.hear(ONE, said("one"), settle_s=0)
    await turns.bury(await claimed(turns), [TurnFailed(turn="t1", reason_code="internal")], "poison")
    assert (await kinds(database))[-1] == "turn_failed"
    assert await sql(database, "SELECT state, last_error FROM job") == [("dead", "poison")]
    await turns.hear(ONE, said("two"), settle_s=0)
    assert (await claimed(turns)).pos == 4


async def test_a_card_waits_for_no_turn_that_was_put_off(turns: Turns) -> None:
    await turns.hear(ONE, said("one"), settle_s=50)
    await turns.record(ONE, [SessionEnded(why="candidate")], [Next(JobKind.score)])
    turn = await claimed(turns)
    assert turn.kind is JobKind.turn
    await turns.finish(turn, [], covers=3)
    assert (await claimed(turns)).kind is JobKind.score


async def test_the_next_job_that_is_due_is_known_unless_another_holds_it_back(turns: Turns) -> None:
    assert await turns.next_due_s() is None
    await turns.hear(ONE, said("one"), settle_s=0)
    assert await turns.next_due_s() == 0
    job = await claimed(turns)
    await turns.hear(ONE, said("two"), settle_s=0)
    assert LEASE - 5 < (await turns.next_due_s() or 0) <= LEASE
    await turns.finish(job, [answer()], covers=2)
    assert await turns.next_due_s() == 0


# --- being interrupted


async def test_a_message_asks_whoever_is_speaking_to_stop(turns: Turns) -> None:
    await turns.hear(ONE, said("one"), settle_s=0)
    job = await claimed(turns)
    assert (await turns.chunk(job, [chunk()])).interrupt is None
    await turns.hear(ONE, said("wait"), settle_s=0)
    hold = await turns.chunk(job, [chunk()])
    assert (hold.held, hold.interrupt) == (True, "message")
    assert (await turns.renew(job, LEASE)).interrupt == "message"


async def test_a_message_sent_again_interrupts_nobody(turns: Turns) -> None:
    await turns.hear(ONE, said("one", "m1"), settle_s=0)
    job = await claimed(turns)
    await turns.hear(ONE, said("one", "m1"), settle_s=0)
    assert (await turns.renew(job, LEASE)).interrupt is None


async def test_whoever_speaks_can_be_stopped_and_only_then(turns: Turns) -> None:
    assert not await turns.interrupt(ONE)
    await turns.hear(ONE, said("one"), settle_s=0)
    assert not await turns.interrupt(ONE)
    job = await claimed(turns)
    assert not await turns.interrupt(TWO)
    assert await turns.interrupt(ONE)
    assert (await turns.renew(job, LEASE)).interrupt == "stop"


async def test_an_interruption_is_over_with_the_claim_that_it_met(turns: Turns) -> None:
    await turns.hear(ONE, said("one"), settle_s=0)
    await turns.interrupt(ONE)
    job = await claimed(turns)
    await turns.hear(ONE, said("two"), settle_s=0)
    await turns.give_back(job, 0, count=False)
    await turns.put_off(ONE, 0)
    assert (await turns.renew(await claimed(turns), LEASE)).interrupt is None


# --- nudges


async def test_a_nudge_waits_until_nobody_waits_for_an_answer(turns: Turns, database: Database) -> None:
    await turns.record(ONE, [], [Next(JobKind.nudge)])
    await turns.record(ONE, [answer("t0")], [Next(JobKind.turn, in_s=20)])
    assert await turns.claim("w", LEASE) is None
    await turns.put_off(ONE, 0)
    job = await claimed(turns)
    assert job.kind is JobKind.turn
    await turns.finish(job, [answer()], covers=2)
    assert (await claimed(turns)).kind is JobKind.nudge


async def test_a_nudge_is_dropped_when_somebody_speaks(turns: Turns, database: Database) -> None:
    await turns.record(ONE, [], [Next(JobKind.nudge)])
    await turns.hear(ONE, said("one"), settle_s=0)
    assert await sql(database, "SELECT kind, state FROM job ORDER BY id") == [
        ("nudge", "done"),
        ("turn", "ready"),
    ]


async def test_a_later_nudge_takes_the_place_of_an_earlier_one(turns: Turns, database: Database) -> None:
    await turns.record(ONE, [], [Next(JobKind.nudge, 120)])
    await turns.record(ONE, [answer("t1")], [Next(JobKind.nudge, 300)])
    assert await sql(database, "SELECT state FROM job ORDER BY id") == [("done",), ("ready",)]


async def test_a_nudge_that_is_being_spoken_is_interrupted_and_answered_after(turns: Turns) -> None:
    await turns.record(ONE, [], [Next(JobKind.nudge)])
    nudge = await claimed(turns)
    await turns.hear(ONE, said("one"), settle_s=0)
    assert (await turns.renew(nudge, LEASE)).interrupt == "message"
    assert await turns.claim("w", LEASE) is None
    await turns.finish(nudge, [answer("n1")], covers=1)
    assert (await claimed(turns)).kind is JobKind.turn


async def test_a_nudge_whose_worker_died_holds_no_answer_back(turns: Turns, database: Database) -> None:
    await turns.record(ONE, [], [Next(JobKind.nudge)])
    await let_the_lease_run_out(database, await claimed(turns))
    await turns.hear(ONE, said("one"), settle_s=0)
    assert (await claimed(turns)).kind is JobKind.turn


# --- forgetting


async def test_a_forgotten_session_leaves_no_job_behind_and_its_worker_can_write_nothing(
    turns: Turns, database: Database
) -> None:
    await turns.hear(ONE, said("one"), settle_s=0)
    job = await claimed(turns)
    await SqlLog(database, Clock()).forget(ONE)
    assert await sql(database, "SELECT id FROM job") == []
    assert not (await turns.chunk(job, [chunk()])).held
    with pytest.raises(Fenced):
        await turns.finish(job, [answer()], covers=2)
    await turns.begin(ONE, "local", [started()], Next(JobKind.turn))
    another = await claimed(turns)
    assert another.id != job.id
    assert not (await turns.renew(job, LEASE)).held


async def test_ids_may_hold_any_character(turns: Turns) -> None:
    for n, odd in enumerate(("it's; DROP TABLE job --", "naïve 設計 👩🏽‍💻", '%_"\\', " ", "a/b?c#d\n")):
        session = SessionId(odd)
        await turns.begin(session, odd, [started()], None)
        heard = await turns.hear(session, said("hello", odd), settle_s=0)
        assert heard.stored.session == odd
        assert (await turns.hear(session, said("hello", odd), settle_s=0)).dup
        job = await claimed(turns, odd)
        assert job.session == session
        await turns.finish(job, [answer(f"{odd}:{n}")], covers=2)
