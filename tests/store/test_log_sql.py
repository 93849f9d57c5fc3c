"""What only a log on a disk has to keep to: it outlives its process, and several processes may write it."""

import asyncio
import json
import sqlite3
import stat
from datetime import UTC, datetime
from pathlib import Path

from interviewer.interview.events import CandidateSpoke, RedFlagRaised, SessionId, Stored
from interviewer.store.database import sqlite_file
from interviewer.store.log_sql import SqlLog, open_log
from tests.store.killed import run_killed

ONE = SessionId("one")
SIZE = 3  # events in each append of killed.py


def now() -> datetime:
    return datetime(2030, 1, 1, 9, 0, tzinfo=UTC)


def said(text: str, cmid: str | None = None) -> CandidateSpoke:
    return CandidateSpoke(text=text, cmid=cmid)


async def read_whole(file: Path) -> list[Stored]:
    async with open_log(sqlite_file(file), now) as log:
        return await log.read(ONE)


def assert_made_of_whole_appends(kept: list[Stored]) -> None:
    assert [item.pos for item in kept] == list(range(1, len(kept) + 1))
    assert len(kept) % SIZE == 0
    for start in range(0, len(kept), SIZE):
        message, *flags = (item.event for item in kept[start : start + SIZE])
        assert isinstance(message, CandidateSpoke)
        assert all(isinstance(flag, RedFlagRaised) for flag in flags)


async def test_a_log_goes_on_where_it_was_closed(tmp_path: Path) -> None:
    file = tmp_path / "new" / "folder" / "log.sqlite"
    async with open_log(sqlite_file(file), now) as log:
        kept = await log.append(ONE, 0, [said("first", cmid="m1")])
    async with open_log(sqlite_file(file), now) as log:
        assert await log.append(ONE, 0, [said("first", cmid="m1")]) == kept
        assert (await log.append(ONE, 1, [said("second")]))[0].pos == 2


async def test_two_open_logs_on_one_file_see_each_other(tmp_path: Path) -> None:
    url = sqlite_file(tmp_path / "log.sqlite")
    async with open_log(url, now) as here, open_log(url, now) as there:
        kept = await here.append(ONE, 0, [said("first")])
        assert await there.read(ONE) == kept
        await there.append(ONE, 1, [said("second")])
        assert len(await here.read(ONE)) == 2


async def test_reading_does_not_wait_for_a_writer(tmp_path: Path) -> None:
    file = tmp_path / "log.sqlite"
    async with open_log(sqlite_file(file), now) as log:
        await log.append(ONE, 0, [said("first")])
        other = sqlite3.connect(file, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        try:
            async with asyncio.timeout(2):
                assert len(await log.read(ONE)) == 1
                assert len(await log.sessions()) == 1
        finally:
            other.close()


async def test_a_commit_is_on_the_disk_before_it_is_acknowledged(tmp_path: Path) -> None:
    async with open_log(sqlite_file(tmp_path / "log.sqlite"), now) as log:
        names = ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "busy_timeout")
        settings = await log._database.write(
            lambda db: {name: db.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in names}
        )
    assert settings == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
        "busy_timeout": 15000,
    }


async def test_a_cancelled_append_leaves_the_file_free_for_the_next(tmp_path: Path) -> None:
    async with open_log(sqlite_file(tmp_path / "log.sqlite"), now) as log:
        for n in range(60):
            task = asyncio.create_task(append_next(log, f"m{n}"))
            await asyncio.sleep(n * 0.0002)
            task.cancel()
            async with asyncio.timeout(5):
                await asyncio.gather(task, return_exceptions=True)
                await append_next(log, f"after m{n}")


async def append_next(log: SqlLog, text: str) -> None:
    head = len(await log.read(ONE))
    await log.append(ONE, head, [said(text)])


async def test_forgotten_words_are_nowhere_on_the_disk(tmp_path: Path) -> None:
    def words_on_disk() -> bool:
        return any(b"unforgettable" in file.read_bytes() for file in tmp_path.iterdir())

    async with open_log(sqlite_file(tmp_path / "log.sqlite"), now) as log:
        await log.append(ONE, 0, [said("unforgettable " * 2000)])
        await log.append(SessionId("two"), 0, [said("another")])
        assert words_on_disk()
        await log.forget(ONE)
        assert not words_on_disk()
        assert len(await log.read(SessionId("two"))) == 1


def test_what_people_said_is_readable_by_its_owner_alone(tmp_path: Path) -> None:
    sqlite_file(tmp_path / "log.sqlite")
    assert stat.S_IMODE((tmp_path / "log.sqlite").stat().st_mode) == 0o600


async def test_two_processes_writing_one_session_leave_one_gapless_log(tmp_path: Path, paths) -> None:
    file = tmp_path / "log.sqlite"
    await asyncio.gather(*(run_killed(paths.root, "race", file, name, 40) for name in ("x", "y")))
    kept = await read_whole(file)
    assert_made_of_whole_appends(kept)
    assert len(kept) == 2 * 40 * SIZE
    for name in ("x", "y"):
        cmids = [item.event.cmid for item in kept if isinstance(item.event, CandidateSpoke)]
        assert [cmid for cmid in cmids if cmid and cmid.startswith(name)] == [
            f"{name}-{n}" for n in range(40)
        ]


async def test_a_writer_killed_at_any_moment_leaves_all_it_acknowledged_and_nothing_half(
    tmp_path: Path, paths
) -> None:
    file = tmp_path / "log.sqlite"
    told = json.loads(await run_killed(paths.root, "kill", file, 20, 7))
    kept = await read_whole(file)
    assert_made_of_whole_appends(kept)
    at = {item.event.cmid: item.pos for item in kept if isinstance(item.event, CandidateSpoke)}
    assert len(told) > 20, "the writers were killed before they had written"
    assert {cmid: int(pos) for cmid, pos in told}.items() <= at.items()
    assert len(at) - len(told) <= 20, "at most the append under way at each kill may be unacknowledged"


async def test_an_upgrade_killed_at_any_moment_runs_again(tmp_path: Path, paths) -> None:
    await run_killed(paths.root, "open", tmp_path, 20, 11)
    for n in range(20):
        async with open_log(sqlite_file(tmp_path / f"{n}.sqlite"), now) as log:
            await log.append(ONE, 0, [said("hello")])


async def test_a_new_file_may_be_opened_by_several_at_once(tmp_path: Path) -> None:
    async def use(url: str, n: int) -> None:
        async with open_log(url, now) as log:
            await log.append(SessionId(f"s{n}"), 0, [said("hello")])

    for round_ in range(20):
        url = sqlite_file(tmp_path / f"{round_}.sqlite")
        await asyncio.gather(*(use(url, n) for n in range(6)))
        async with open_log(url, now) as log:
            assert len(await log.sessions()) == 6
