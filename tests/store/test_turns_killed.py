"""Whoever is killed while an interview is going on: no acknowledged message is lost, each is answered, once."""

import asyncio
import json
from pathlib import Path

from interviewer.interview.events import CandidateSpoke, InterviewerSpoke
from interviewer.store.log_sql import SqlLog
from interviewer.store.turns import Turns
from tests.store.database import Clock, a_database, sql, started
from tests.store.killed import SESSION, answer_one, run_killed


async def answer_all(turns: Turns) -> None:
    while (due := await turns.next_due_s()) is not None:
        if not await answer_one(turns):
            await asyncio.sleep(min(due, 0.05) or 0.01)


async def test_whoever_hears_and_answers_may_be_killed_at_any_moment(tmp_path: Path, paths) -> None:
    async with a_database(tmp_path) as database:
        await Turns(database, Clock()).begin(SESSION, "local", [started()], None)
    told = json.loads(await run_killed(paths.root, "talk", tmp_path / "a.sqlite", 20, 5))
    assert len(told) > 20, "the writers were killed before they had written"
    async with a_database(tmp_path) as database:
        turns = Turns(database, Clock())
        log = SqlLog(database, Clock())
        heard = [item for item in await log.read(SESSION) if isinstance(item.event, CandidateSpoke)]
        at = {item.event.cmid: item.pos for item in heard if isinstance(item.event, CandidateSpoke)}
        assert {cmid: int(pos) for cmid, pos in told}.items() <= at.items()
        assert sorted(at.values()) == [
            pos for (pos,) in await sql(database, "SELECT pos FROM job ORDER BY pos")
        ], "a message without its job, or a job without its message"
        await answer_all(turns)
        states = await sql(database, "SELECT DISTINCT state FROM job")
        assert states == [("done",)]
        items = await log.read(SESSION)
        assert [item.pos for item in items] == list(range(1, len(items) + 1))
        answers = [item.event.turn for item in items if isinstance(item.event, InterviewerSpoke)]
        assert len(answers) == len(set(answers))
        assert set(answers) == {f"{SESSION}:{pos}" for pos in at.values()}
        again = await turns.hear(SESSION, heard[0].event, settle_s=0)  # type: ignore[arg-type]
        assert again.stored == heard[0]
