"""The worker: claims what is due, keeps its lease while it works, and gives back what it could not do.

A job that fails is tried again a few times and then buried, so that the candidate is told and other sessions go on;
a card is never given up, since nobody could ask for it again.
Effects are in the job's last transaction, so a worker may be killed at any moment: the lease runs out, and another
worker begins anew where the log stands.
"""

from __future__ import annotations

import asyncio
import logging
import traceback
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import assert_never

from interviewer.answering import Answering, Working, turn_of
from interviewer.errors import Closed, Fenced, NotFound
from interviewer.hosting import Host, Stores
from interviewer.interview.events import (
    CandidateSpoke,
    Event,
    InterviewerSpoke,
    ScorecardIssued,
    ScorecardReady,
    SessionEnded,
    Stream,
    TurnFailed,
    TurnStarted,
)
from interviewer.interview.scorecard import Scorecard
from interviewer.interview.state import Interview
from interviewer.packs.load import Shelf
from interviewer.session import Voices
from interviewer.store.cache import WORKERS
from interviewer.store.index import Filters
from interviewer.store.turns import Job, JobKind, Next

__all__ = ["Scorer", "Worker", "Working"]

Scorer = Callable[[Interview], Awaitable[Scorecard]]
"""Makes the card of an interview that is over; must not block the event loop."""

BACKOFF_S = (1.0, 5.0, 20.0)
"""How long a job that failed waits for its next attempt; after as many and one more it is buried."""

LONGEST_WAIT_S = 3600.0
"""How long a card that cannot be made waits at most; what stands in its way may be mended by then."""

MOST_CLAIMS = 8
"""How often a job is claimed before it is buried unlooked at: whoever had it died over it, or over its neighbours.

A score job is then held for so long that it kills nobody else for an hour."""

LEAST_WAIT_S = 0.02
GIVING_BACK_S = 2.0
SWEEP_S = 3600.0
MOST_IDLE = 1000

log = logging.getLogger(__name__)


def _go_on(point: str) -> None:
    """No crash is wished at any point."""


class Worker:
    """Works jobs, several at once. `name` is its own among all workers; `crash_point` is told where it is, for tests."""

    def __init__(
        self,
        host: Host,
        stores: Stores,
        shelf: Shelf,
        voices: Voices,
        scorer: Scorer,
        clock: Callable[[], datetime],
        name: str,
        working: Working | None = None,
        crash_point: Callable[[str], None] = _go_on,
    ) -> None:
        self._host = host
        self._stores = stores
        self._scorer = scorer
        self._clock = clock
        self._name = name
        self._working = working or Working()
        self._crash_point = crash_point
        self._answering = Answering(host, stores, shelf, voices, clock, self._working, crash_point)
        self._busy = 0

    async def run(self) -> None:
        """Work until cancelled; then what is being worked on is given back, for others to begin anew."""
        async with (
            asyncio.TaskGroup() as group,
            self._stores.cache.listening(WORKERS) as bell,
        ):
            group.create_task(self._sweeping())
            while True:
                wait_s = self._working.poll_s
                try:
                    if self._busy < self._working.at_once:
                        due_s = await self._stores.turns.next_due_s()
                        if due_s == 0 and await self._claimed(group):
                            continue
                        wait_s = min(wait_s, wait_s if due_s is None else due_s)
                except Exception as error:  # the store is busy or its disk is full: it may be free soon
                    log.warning("worker %s cannot claim: %s", self._name, type(error).__name__)
                await bell.wait(max(LEAST_WAIT_S, wait_s))

    async def once(self) -> bool:
        """Work one job that is due now; False where there is none."""
        job = await self._stores.turns.claim(self._name, self._working.lease_s)
        if job is None:
            return False
        await self._work(job)
        return True

    async def settled(self) -> None:
        """Work until nothing is due."""
        while await self.once():
            pass

    async def _claimed(self, group: asyncio.TaskGroup) -> bool:
        """Whether another job was claimed and begun."""
        claiming = asyncio.ensure_future(self._stores.turns.claim(self._name, self._working.lease_s))
        try:
            job = await asyncio.shield(claiming)
        except asyncio.CancelledError:
            await self._unclaimed(claiming)
            raise
        if job is None:
            return False
        self._busy += 1
        group.create_task(self._taken(job))
        return True

    async def _taken(self, job: Job) -> None:
        try:
            await self._work(job)
        finally:
            self._busy -= 1
        await self._host.rang(job.session)  # for the room, and for the worker, which has a hand free

    async def _work(self, job: Job) -> None:
        lasting = job.kind is JobKind.score and job.attempt > MOST_CLAIMS
        keeper = asyncio.create_task(self._keep(job, LONGEST_WAIT_S if lasting else self._working.lease_s))
        try:
            if lasting:
                await self._stores.turns.renew(job, LONGEST_WAIT_S)
            if job.attempt > MOST_CLAIMS and not lasting:
                await self._buried(job, "its workers died", await self._deadly(job))
            else:
                await self._by_kind(job)
        except Fenced:
            log.info("job %s of session %s is somebody else's now", job.id, job.session)
        except asyncio.CancelledError:
            await self._given_back(job)
            raise
        except Exception as error:
            await self._failed(job, error)
        finally:
            keeper.cancel()
            await asyncio.gather(keeper, return_exceptions=True)

    async def _by_kind(self, job: Job) -> None:
        match job.kind:
            case JobKind.turn:
                await self._answering.turn(job)
            case JobKind.nudge:
                await self._answering.nudge(job)
            case JobKind.score:
                await self._score(job)
            case _ as never:
                assert_never(never)

    async def _score(self, job: Job) -> None:
        interview = await self._host.interview(job.session)
        events: Sequence[Event] = ()
        if interview.card is None:
            card = await self._scorer(interview)
            events = (ScorecardIssued(card=card.to_json()), ScorecardReady())
        elif not interview.card_ready:
            events = (ScorecardReady(),)
        self._crash_point("score.before_finish")
        await self._stores.turns.finish(job, events, job.pos)

    async def _keep(self, job: Job, lease_s: float) -> None:
        """Renew the lease while the job is being worked on."""
        while True:
            await asyncio.sleep(lease_s / 3)
            try:
                if not (await self._stores.turns.renew(job, lease_s)).held:
                    return
            except Exception as error:  # there are two more tries before it runs out
                log.warning("lease of job %s not renewed: %s", job.id, type(error).__name__)

    async def _failed(self, job: Job, error: Exception) -> None:
        # ids and places only: a message may hold the candidate's words
        frame = traceback.extract_tb(error.__traceback__)[-1]
        name = type(error).__name__
        log.error(
            "job %s (%s) of session %s failed at attempt %s: %s in %s:%s",
            job.id, job.kind.value, job.session, job.attempt, name, frame.filename, frame.lineno,
        )  # fmt: skip
        try:
            in_s = _wait_s(job)
            if in_s is None:
                await self._buried(job, name)
            else:
                await self._stores.turns.give_back(job, in_s, count=True, error=name)
        except Exception as again:  # the lease runs out, and the job is tried anew
            log.warning("job %s could not be given back: %s", job.id, type(again).__name__)

    async def _deadly(self, job: Job) -> int:
        """How many turns the transcript had when the job was made: what came since has a job of its own."""
        said = await self._stores.log.read(job.session, stream=Stream.public)
        turns = (one for one in said if isinstance(one.event, CandidateSpoke | InterviewerSpoke))
        return sum(one.pos <= job.pos for one in turns)

    async def _buried(self, job: Job, why: str, covers: int | None = None) -> None:
        turn = await turn_of(job, self._stores.log)
        lost = TurnFailed(turn=turn, reason_code="internal", covers=covers)
        await self._stores.turns.bury(job, (lost,) if job.kind is JobKind.turn else (), why)

    async def _given_back(self, job: Job) -> None:
        try:
            async with asyncio.timeout(GIVING_BACK_S):
                await self._stores.turns.give_back(job, 0.0, count=False)
        except Exception as error:  # the lease runs out
            log.warning("job %s could not be given back: %s", job.id, type(error).__name__)

    async def _unclaimed(self, claiming: asyncio.Future[Job | None]) -> None:
        """Told to go while claiming: what was claimed even so must not wait for the end of its lease."""
        await asyncio.wait([claiming], timeout=GIVING_BACK_S)
        if claiming.done() and not claiming.cancelled() and claiming.exception() is None:
            job = claiming.result()
            if job is not None:
                await self._given_back(job)

    async def _sweeping(self) -> None:
        while True:
            try:
                await self.sweep()
            except Exception as error:  # another try comes in an hour
                log.warning("idle sessions could not be ended: %s", type(error).__name__)
            await asyncio.sleep(SWEEP_S)

    async def sweep(self) -> None:
        """End what nobody has touched for a day; their cards follow. What is held at a terminal is left alone, but for
        cards of which nobody was told."""
        before = self._clock() - timedelta(hours=self._working.idle_hours)
        for session in await self._stores.index.idle(before, MOST_IDLE):
            said = await self._stores.log.read(session, stream=Stream.public)
            if not any(isinstance(stored.event, TurnStarted) for stored in said):
                continue
            try:
                await self._stores.turns.record(
                    session, (SessionEnded(why="idle"),), (Next(JobKind.score, 0.0),), if_open=True
                )
            except (Closed, NotFound):
                continue
            await self._host.rang(session)
        await self._tell_of_older_cards()

    async def _tell_of_older_cards(self) -> None:
        """Have those cards told of that a terminal issued without a word, as terminals once did."""
        untold, cursor = Filters(state="ended", scorecard="pending"), None
        while True:
            page = await self._stores.index.page(None, cursor, filters=untold)
            for row in page.rows:
                if row.summary.recommendation is not None:
                    with suppress(NotFound):
                        await self._stores.turns.record(row.id, (), (Next(JobKind.score),))
                        await self._host.rang(row.id)
            if (cursor := page.next) is None:
                return


def _wait_s(job: Job) -> float | None:
    """How long a job that failed at this attempt waits for the next; None where it is given up."""
    if job.attempt <= len(BACKOFF_S):
        return BACKOFF_S[max(job.attempt, 1) - 1]
    if job.kind is not JobKind.score:
        return None
    tripled = min(job.attempt - len(BACKOFF_S), 8)  # longer than the longest by then
    return min(LONGEST_WAIT_S, max(BACKOFF_S) * 3.0**tripled)
