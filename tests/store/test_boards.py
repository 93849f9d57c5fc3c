"""Boards are kept by revision, and those that somebody spoke about stay."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from interviewer.errors import Closed, Conflict, NotFound
from interviewer.interview.diagram import Graph
from interviewer.interview.events import BoardRead, CandidateDrew, CandidateSpoke, SessionEnded
from interviewer.store.boards import Boards, Moment, Scene
from interviewer.store.database import Database
from interviewer.store.log_sql import SqlLog
from interviewer.store.turns import Turns
from tests.store.database import ONE, TWO, Clock, a_database, sql, started


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    async with a_database(tmp_path) as opened:
        await Turns(opened, Clock()).begin(ONE, "local", [started()], None)
        yield opened


@pytest.fixture
def boards(database: Database) -> Boards:
    return Boards(database, Clock())


def scene(n: int) -> str:
    return json.dumps({"elements": [{"id": n}]})


async def spoke_of(database: Database, rev: int) -> int:
    message = CandidateSpoke(text=f"Look at {rev}", cmid=f"m{rev}", board_rev=rev)
    return (await Turns(database, Clock()).hear(ONE, message, settle_s=0)).stored.seq


async def test_a_board_is_kept_under_the_next_revision_and_the_log_says_so(
    database: Database, boards: Boards
) -> None:
    assert await boards.scene(ONE) is None
    assert await boards.save(ONE, scene(1), after_rev=0) == 1
    assert await boards.save(ONE, scene(2), after_rev=1) == 2
    assert await boards.scene(ONE) == Scene(2, scene(2), Clock().at)
    assert await boards.scene(ONE, 1) == Scene(1, scene(1), Clock().at)
    assert await boards.scene(ONE, 3) is None
    log = await SqlLog(database, Clock()).read(ONE, since=1)
    assert [item.event for item in log] == [CandidateDrew(rev=1), CandidateDrew(rev=2)]


async def test_what_is_read_of_a_board_is_kept_with_it(database: Database, boards: Boards) -> None:
    await boards.save(ONE, scene(1), 0, then=[BoardRead(rev=1, graph=Graph())])
    log = await SqlLog(database, Clock()).read(ONE, since=1)
    assert [item.event.kind for item in log] == ["candidate_drew", "board_read"]


@pytest.mark.parametrize("after", [0, 1, 3, -1])
async def test_a_board_drawn_from_an_older_one_is_refused_and_the_present_one_named(
    boards: Boards, after: int
) -> None:
    await boards.save(ONE, scene(1), 0)
    await boards.save(ONE, scene(2), 1)
    with pytest.raises(Conflict, match="at revision 2"):
        await boards.save(ONE, scene(3), after)
    assert [moment.rev for moment in await boards.moments(ONE)] == [1, 2]


async def test_of_two_who_draw_at_once_one_is_kept(boards: Boards) -> None:
    results = await asyncio.gather(*(boards.save(ONE, scene(n), 0) for n in range(6)), return_exceptions=True)
    assert sum(result == 1 for result in results) == 1
    assert sum(isinstance(result, Conflict) for result in results) == 5


async def test_a_board_can_be_saved_in_an_interview_that_goes_on_and_in_no_other(
    database: Database, boards: Boards
) -> None:
    with pytest.raises(NotFound):
        await boards.save(TWO, scene(1), 0)
    await Turns(database, Clock()).record(ONE, [SessionEnded(why="time")])
    with pytest.raises(Closed):
        await boards.save(ONE, scene(1), 0)


async def test_revisions_that_a_message_names_stay_and_of_the_others_the_latest(
    database: Database, boards: Boards
) -> None:
    named = {}
    for n in range(1, 10):
        await boards.save(ONE, scene(n), n - 1)
        if n in (2, 5):
            named[n] = await spoke_of(database, n)
    assert await boards.moments(ONE) == [
        Moment(2, Clock().at, named[2]),
        Moment(5, Clock().at, named[5]),
        Moment(7, Clock().at, None),
        Moment(8, Clock().at, None),
        Moment(9, Clock().at, None),
    ]
    assert await boards.scene(ONE, 1) is None
    assert await boards.scene(ONE, 2) == Scene(2, scene(2), Clock().at)


async def test_a_board_is_named_by_the_first_message_said_with_it(database: Database, boards: Boards) -> None:
    await boards.save(ONE, scene(1), 0)
    first = await spoke_of(database, 1)
    await Turns(database, Clock()).hear(ONE, CandidateSpoke(text="again", cmid="x", board_rev=1), 0)
    assert (await boards.moments(ONE))[0].seq == first


async def test_a_board_of_the_terminal_is_found_in_its_event_and_drawn_on(
    database: Database, boards: Boards
) -> None:
    drawn = {"elements": [{"id": "a"}]}
    await SqlLog(database, Clock()).append(ONE, 1, [CandidateDrew(rev=1, scene=drawn)])
    found = await boards.scene(ONE)
    assert found is not None
    assert (found.rev, json.loads(found.text)) == (1, drawn)
    assert await boards.save(ONE, scene(2), 1) == 2
    assert await boards.scene(ONE, 1) == found


async def test_a_forgotten_session_leaves_no_board_behind(
    database: Database, boards: Boards, tmp_path: Path
) -> None:
    def on_disk() -> bool:
        return any(b"unforgettable" in file.read_bytes() for file in tmp_path.iterdir())

    await boards.save(ONE, json.dumps({"elements": ["unforgettable"] * 2000}), 0)
    assert on_disk()
    await SqlLog(database, Clock()).forget(ONE)
    assert await boards.scene(ONE) is None
    assert await sql(database, "SELECT rev FROM board") == []
    assert not on_disk()
