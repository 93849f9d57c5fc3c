"""A request that comes again with its key gets the answer that it got."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from interviewer.errors import Conflict
from interviewer.store.accounts import Accounts
from interviewer.store.database import Database
from interviewer.store.log_sql import SqlLog
from interviewer.store.replies import Replies, Reply
from interviewer.store.turns import Turns
from tests.store.database import ONE, Clock, Counted, a_database, sql, started

CREATED = Reply(201, '{"id": "one"}')


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    async with a_database(tmp_path) as opened:
        accounts = Accounts(opened, Clock(), Counted("s"), Counted("p"))
        for name in ("Ada", "Ben"):
            await accounts.add(name, [])
        await Turns(opened, Clock()).begin(ONE, "p1", [started()], None)
        yield opened


@pytest.fixture
def replies(database: Database) -> Replies:
    return Replies(database, Clock())


async def test_a_request_sent_again_gets_its_answer(replies: Replies) -> None:
    assert await replies.recall("p1", "k", b"{}") is None
    await replies.remember("p1", "k", b"{}", CREATED, ONE)
    assert await replies.recall("p1", "k", b"{}") == CREATED
    assert await replies.recall("p2", "k", b"{}") is None


async def test_a_key_with_another_request_is_a_conflict(replies: Replies) -> None:
    await replies.remember("p1", "k", b"{}", CREATED, ONE)
    with pytest.raises(Conflict):
        await replies.recall("p1", "k", b'{"level": "staff"}')
    with pytest.raises(Conflict):
        await replies.remember("p1", "k", b'{"level": "staff"}', CREATED, ONE)


async def test_of_two_answers_the_first_one_holds(replies: Replies) -> None:
    answers = [Reply(201, f"{n}") for n in range(5)]
    given = await asyncio.gather(*(replies.remember("p1", "k", b"{}", one, ONE) for one in answers))
    assert len(set(given)) == 1
    assert await replies.recall("p1", "k", b"{}") == given[0]


async def test_an_answer_is_forgotten_with_the_session_that_it_tells_of(
    replies: Replies, database: Database
) -> None:
    await replies.remember("p1", "k", b"{}", CREATED, ONE)
    await SqlLog(database, Clock()).forget(ONE)
    assert await replies.recall("p1", "k", b"{}") is None
    assert await sql(database, "SELECT * FROM reply") == []
