"""Writers that are killed, and writers that race; run as programs of their own by test_log_sql.py.

killed.py kill FILE ROUNDS SEED   fork writers one after the other and kill -9 each at a random moment; prints
                                  every (message id, position) that a writer had been told was kept, as JSON
killed.py talk FILE ROUNDS SEED   the same with writers that hear messages as well as answer them, job by job
killed.py open FOLDER ROUNDS SEED the same with writers that only open, each on a new file
killed.py race FILE NAME COUNT    append COUNT messages, reading again after every conflict
"""

import asyncio
import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from interviewer.errors import Conflict
from interviewer.interview.events import (
    CandidateSpoke,
    Event,
    InterviewerChunk,
    InterviewerSpoke,
    RedFlagRaised,
    SessionId,
)
from interviewer.store.database import open_database, sqlite_file
from interviewer.store.log_sql import open_log
from interviewer.store.turns import Turns

SESSION = SessionId("one")
SIZE = 3
UNTIL = (0, 1, 2, 4, 6)
"""After one of so many acknowledged writes a writer is killed; after none it may still be opening the file."""


def now() -> datetime:
    return datetime.now(UTC)


def batch(cmid: str) -> list[Event]:
    """SIZE events that belong together, long enough that a commit touches several pages."""
    flag = RedFlagRaised(flag="flag.some", turn=1)
    return [CandidateSpoke(text=cmid + " and so on" * 300, cmid=cmid), flag, flag]


async def write_for_ever(file: Path, name: str, told: int) -> None:
    async with open_log(sqlite_file(file), now) as log:
        head = len(await log.read(SESSION))
        for n in range(1_000_000):
            kept = await log.append(SESSION, head, batch(f"{name}-{n}"))
            head = kept[-1].pos
            os.write(told, f"{name}-{n} {kept[0].pos}\n".encode())


async def talk_for_ever(file: Path, name: str, told: int) -> None:
    async with open_database(sqlite_file(file)) as database:
        turns = Turns(database, now)
        for n in range(1_000_000):
            spoke = CandidateSpoke(text=f"{name}-{n}" + " and so on" * 300, cmid=f"{name}-{n}")
            heard = await turns.hear(SESSION, spoke, settle_s=0)
            os.write(told, f"{name}-{n} {heard.stored.pos}\n".encode())
            if n % 3:  # now and then two messages wait for one answer
                await answer_one(turns)


async def answer_one(turns: Turns) -> bool:
    """Answer what waits, under a short lease; False where nothing can be claimed now."""
    job = await turns.claim("w", 0.05)
    if job is None:
        return False
    turn = f"{SESSION}:{job.pos}"
    chunk = InterviewerChunk(turn=turn, attempt=job.attempt, i=0, text="And")
    answer = InterviewerSpoke(turn=turn, attempt=job.attempt, text="And then?")
    try:
        if (await turns.chunk(job, [chunk])).held:
            await turns.finish(job, [RedFlagRaised(flag="flag.some", turn=1), answer], covers=job.pos)
    except Conflict:
        pass  # the lease ran out on a slow machine; whoever has the job now answers
    return True


async def only_open(file: Path, _told: int) -> None:
    async with open_log(sqlite_file(file), now) as log:
        await log.sessions()


async def race(file: Path, name: str, count: int) -> None:
    async with open_log(sqlite_file(file), now) as log:
        for n in range(count):
            while True:
                head = len(await log.read(SESSION))
                try:
                    await log.append(SESSION, head, batch(f"{name}-{n}"))
                    break
                except Conflict:
                    pass


async def run_killed(root: Path, *args: object) -> str:
    """Run this file as a program of its own and give what it printed."""
    program = await asyncio.create_subprocess_exec(
        sys.executable,
        str(root / "tests" / "store" / "killed.py"),
        *map(str, args),
        stdout=asyncio.subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(root)},
    )
    printed, _ = await program.communicate()
    assert program.returncode == 0
    return printed.decode()


def killed_after(
    lines: int, delay_s: float, work: Callable[[int], Coroutine[object, object, None]]
) -> list[str]:
    """Fork, let the child do `work`, kill it `delay_s` after it has told so many lines; the lines told by then.

    Lines are waited for, so that a slow machine kills no fewer writers in the middle of their work than a fast one.
    """
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(ours)
        asyncio.run(work(theirs))
        os._exit(0)
    os.close(theirs)
    with os.fdopen(ours) as pipe:
        told = [pipe.readline() for _ in range(lines)]
        time.sleep(delay_s)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        return [line.strip() for line in told + pipe.readlines()]


def main(what: str, path: Path, first: str, second: str) -> None:
    if what == "race":
        asyncio.run(race(path, first, int(second)))
        return
    rng = random.Random(int(second))
    lines: list[str] = []
    for turn in range(int(first)):
        if what == "kill":
            work = partial(write_for_ever, path, f"w{turn}")
            lines += killed_after(rng.choice(UNTIL), rng.uniform(0.0, 0.1), work)
        elif what == "talk":
            work = partial(talk_for_ever, path, f"w{turn}")
            lines += killed_after(rng.choice(UNTIL), rng.uniform(0.0, 0.1), work)
        else:
            work = partial(only_open, path / f"{turn}.sqlite")
            killed_after(0, rng.uniform(0.0, 0.08), work)
    sys.stdout.write(json.dumps([line.split() for line in lines]))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3], sys.argv[4])
