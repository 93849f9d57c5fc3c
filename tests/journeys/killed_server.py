"""A server that is killed again and again, run as a program of its own by test_served.py, and what must hold afterwards.

killed_server.py DATA PORT ROUNDS SEED   serve DATA at PORT; kill -9 that server ROUNDS times at random moments and
                                         begin another at once; the last one serves until standard input ends.
                                         Prints a line for every kill.
"""

from __future__ import annotations

import asyncio
import os
import random
import select
import signal
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from interviewer.assembly import Wall
from interviewer.interview.events import (
    CandidateSpoke,
    InterviewerSpoke,
    SessionId,
    Stored,
    Stream,
    TurnRestarted,
    TurnStarted,
)
from interviewer.serve import Asked, serve_here
from interviewer.settings import Settings
from interviewer.store.database import sqlite_file
from interviewer.store.log_sql import open_log

MOST_UP_S = 0.6
"""A server is killed at a random moment within this time after it is up."""


async def events_of(data: Path, session: str) -> list[Stored]:
    """Everything that the log in a data folder holds of a session."""
    async with open_log(sqlite_file(data / "interviews.db"), Wall()) as log:
        return list(await log.read(SessionId(session)))


def broken(events: Sequence[Stored], acked: Mapping[str, tuple[str, int]]) -> list[str]:
    """What does not hold of a log (wire.md 4, I1 to I6). `acked` has the words and the place of every message that was
    acked to its one sender, by its id, in the order in which they were said."""
    wrong: list[str] = []
    for stream in Stream:
        seqs = [one.seq for one in events if one.stream is stream]
        if seqs != list(range(1, len(seqs) + 1)):
            wrong.append(f"I2: the {stream.value} stream is not 1..n: {seqs}")
    spoken = [(one.event, one.seq) for one in events if isinstance(one.event, CandidateSpoke)]
    kept = [(said.cmid, said.text, seq) for said, seq in spoken if said.cmid in acked]
    if kept != [(cmid, text, seq) for cmid, (text, seq) in acked.items()]:
        wrong.append(f"I1, I4: acked was {acked}, kept is {kept}")
    finals: dict[str, InterviewerSpoke] = {}
    attempts: dict[str, int] = {}
    last_final = 0
    for one in events:
        match one.event:
            case InterviewerSpoke() as final:
                if final.turn in finals:
                    wrong.append(f"I5: two finals of {final.turn}")
                finals[final.turn] = final
                last_final = one.pos
            case TurnStarted(turn=turn, attempt=attempt) | TurnRestarted(turn=turn, attempt=attempt):
                if turn in finals:
                    wrong.append(f"I5: {turn} goes on after its final")
                attempts[turn] = max(attempt, attempts.get(turn, 0))
            case _:
                pass
    for turn, final in finals.items():
        if final.attempt != attempts.get(turn, 1):
            wrong.append(f"I5: the final of {turn} is not of its last attempt")
    late = [one.pos for one in events if isinstance(one.event, CandidateSpoke) and one.pos > last_final]
    if late:
        wrong.append(f"I6: nobody answered what stands at {late}")
    return wrong


def _serve(data: Path, port: int) -> int:
    """A server in a process of its own, up; gives its process id."""
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(ours)
        os.dup2(theirs, 1)
        settings = Settings(
            _env_file=None, data=data, port=port, settle_s=0.05, pace_s=0.05, lease_s=1.0, poll_s=0.2
        )
        try:
            asyncio.run(serve_here(settings, Asked(exactly=True, works=True, opens=False)))
        finally:
            os._exit(1)
    os.close(theirs)
    with os.fdopen(ours) as told:
        if not any("Ctrl-C" in line for line in told):
            raise RuntimeError("the server did not come up")
    return child


def main(data: Path, port: int, rounds: int, seed: int) -> None:
    rng = random.Random(seed)
    child = _serve(data, port)
    try:
        for _ in range(rounds):
            time.sleep(rng.uniform(0.0, MOST_UP_S))
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            sys.stdout.write("killed\n")
            sys.stdout.flush()
            child = _serve(data, port)
        select.select([sys.stdin], [], [])
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
