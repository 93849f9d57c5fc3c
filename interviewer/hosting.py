"""Holding interviews for others: what comes in is judged, stored and told on, and nothing here thinks.

Every act is one transaction of the store, which makes the job that a worker will claim; then the bells ring. What is
acknowledged is durable. Whether the session is the asker's own is for the channel to know.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from interviewer.errors import BadInput, Closed, NotFound, NotNow
from interviewer.interview.events import (
    CandidateAsked,
    CandidateDrew,
    CandidateRated,
    CandidateSpoke,
    Event,
    Mode,
    SessionEnded,
    SessionId,
    SessionPaused,
    SessionResumed,
    SessionStarted,
    Stream,
)
from interviewer.interview.phases import Pace
from interviewer.interview.rubric import CandidateLevel
from interviewer.interview.state import Interview, fold
from interviewer.packs.load import Shelf
from interviewer.store.boards import Boards
from interviewer.store.cache import WORKERS, Cache, bell_of
from interviewer.store.index import SessionIndex
from interviewer.store.log import EventLog
from interviewer.store.turns import Heard, JobKind, Next, Turns

MOST_BYTES = 16 * 1024
"""The longest message, in bytes of UTF-8."""

MOST_MINUTES = 180.0

TYPING_S = 2.5
"""How long a message waits for its answer after the last sign that the candidate goes on."""

HOLD_S = 60.0
LET_GO_S = 0.2

FIRST_NUDGE_S = 120.0
"""How long it may be silent before the interviewer says that they are there."""

_OF_THEIRS = CandidateSpoke | CandidateAsked | CandidateDrew | SessionResumed
"""What only a candidate who is there does."""


@dataclass(frozen=True)
class Stores:
    """Where a served interview is kept."""

    turns: Turns
    boards: Boards
    log: EventLog
    index: SessionIndex
    cache: Cache


@dataclass(frozen=True)
class Wanted:
    """How somebody wants to be interviewed. `minutes` are spoken ones; what is None is the scenario's own choice."""

    scenario: str
    level: CandidateLevel = CandidateLevel.senior
    mode: Mode = Mode.practice
    plan: str | None = None
    minutes: float | None = None
    pace: Pace = Pace.typed
    persona: str | None = None
    seed: int | None = None


class Host:
    """Receives and stores. `settle_s` is how long a message waits for another before it is answered; `by` tells who
    interviews at the moment."""

    def __init__(
        self,
        stores: Stores,
        shelf: Shelf,
        clock: Callable[[], datetime],
        new_id: Callable[[], SessionId],
        new_seed: Callable[[], int],
        settle_s: float = 1.0,
        by: Callable[[], str] = lambda: "offline",
    ) -> None:
        self._stores = stores
        self._shelf = shelf
        self._clock = clock
        self._new_id = new_id
        self._new_seed = new_seed
        self._settle_s = settle_s
        self._by = by

    async def begin(self, owner: str, wanted: Wanted) -> SessionId:
        """A new interview of an account's; a worker opens it. Raises NotFound, BadInput."""
        pack = self._shelf.pack(wanted.scenario)
        plan = self._shelf.plan(wanted.plan or pack.scenario.plan)
        kind = pack.scenario.kind
        if not plan.suits(kind.value):
            raise BadInput(
                f"The plan {plan.id} does not suit {wanted.scenario}, which is of kind {kind.value}."
            )
        minutes = wanted.minutes if wanted.minutes is not None else pack.scenario.minutes
        if not 0 < minutes <= MOST_MINUTES:
            raise BadInput(f"An interview lasts more than 0 and at most {MOST_MINUTES:g} minutes.")
        started = SessionStarted(
            scenario=pack.scenario.id,
            question=kind,
            level=wanted.level,
            plan=plan.id,
            phases=plan.timed(minutes, wanted.pace),
            mode=wanted.mode,
            pace=wanted.pace,
            minutes=minutes,
            persona=wanted.persona or "neutral",
            pack_version=pack.version,
            seed=wanted.seed if wanted.seed is not None else self._new_seed(),
            interviewer=self._by(),
            attempt=1 + await self._stores.index.attempts(owner, pack.scenario.id),
            title=pack.scenario.title,
        )
        session = self._new_id()
        await self._stores.turns.begin(session, owner, (started,), Next(JobKind.turn, 0.0))
        await self.rang(session)
        return session

    async def interview(self, session: SessionId) -> Interview:
        """The interview as its log has it now. Raises NotFound."""
        kept = await self._stores.cache.folded(session)
        # the last event that was folded is read again: where it is gone, the session was forgotten
        events = await self._stores.log.read(session, since=kept.head - 1 if kept else 0)
        if kept and not events:
            kept = None
            await self._stores.cache.drop(session)
            events = await self._stores.log.read(session)
        if not events:
            raise NotFound(f"No session {session}.")
        interview = fold((one for one in events if kept is None or one.pos > kept.head), kept)
        await self._stores.cache.keep(interview)
        return interview

    async def hear(
        self, session: SessionId, body: str, cmid: str | None, board_rev: int | None = None
    ) -> Heard:
        """Store a message; it is durable when this returns. A resend gives the first one again.

        Raises BadInput for a text that is none, NotNow where the clock is stopped, Closed, MessageConflict, NotFound.
        """
        check_body(body)
        interview = await self.back(session)
        if board_rev is not None and board_rev > interview.board_rev:
            raise BadInput(
                f"There is no revision {board_rev} of the board; the latest is {interview.board_rev}."
            )
        spoke = CandidateSpoke(text=body, cmid=cmid, board_rev=board_rev)
        heard = await self._stores.turns.hear(session, spoke, self._settle_s)
        await self.rang(session)
        return heard

    async def sign(self, session: SessionId, kind: Literal["typing", "drawing", "hold"], on: bool) -> None:
        """The candidate goes on, or holds the floor: what they have said so far waits for its answer."""
        cache = self._stores.cache
        if on:
            await cache.mark(bell_of(session))
        if not (await self.interview(session)).unanswered:
            return
        if kind == "hold":
            seconds = HOLD_S if on else min(LET_GO_S, self._settle_s)
        else:
            seconds = TYPING_S if on else self._settle_s
        await self._stores.turns.put_off(session, seconds, HOLD_S)
        await cache.ring(WORKERS)

    async def draw(self, session: SessionId, scene: str, after_rev: int, then: Sequence[Event] = ()) -> int:
        """Store the board after revision `after_rev`, with what follows from it; gives its revision.

        Raises Conflict where the board has moved on, Closed, NotFound.
        """
        rev = await self._stores.boards.save(session, scene, after_rev, then)
        await self._stores.cache.mark(bell_of(session))
        await self.rang(session)
        return rev

    async def stop(self, session: SessionId) -> Interview:
        """The interviewer ends at the sentence they are at."""
        await self._stores.turns.interrupt(session, "stop")
        await self.rang(session)
        return await self.interview(session)

    async def hint(self, session: SessionId) -> Interview:
        """The next rung of what is being asked. Raises NotNow in a mock, Closed."""
        return await self._asked(session, CandidateAsked(wish="hint"))

    async def wish(self, session: SessionId, what: Literal["next", "close"]) -> Interview:
        """Go on to the next phase, or come to the close. Raises NotNow where the clock is stopped, Closed."""
        return await self._asked(session, CandidateAsked(wish=what))

    async def pause(self, session: SessionId) -> Interview:
        """Stop the clock; nothing happens where it stands. Raises NotNow in a mock, Closed."""
        interview = await self._open(session)
        if interview.begun.mode is Mode.mock:
            raise NotNow("A mock runs on a real clock; it cannot be paused.")
        if not interview.paused:
            await self._record(session, (SessionPaused(),))
        return await self.interview(session)

    async def resume(self, session: SessionId) -> Interview:
        """Let the clock run; nothing happens where it does. Raises NotNow in a mock, Closed."""
        interview = await self._open(session)
        if interview.begun.mode is Mode.mock:
            raise NotNow("A mock runs on a real clock; it was never stopped.")
        if interview.paused:
            await self._go_on(session)
        return await self.interview(session)

    async def gone(self, session: SessionId, since: datetime) -> None:
        """The candidate left at `since` and did nothing from then on: the clock stopped there, but never in a mock."""
        interview = await self.interview(session)
        if interview.ended or interview.paused or interview.begun.mode is Mode.mock:
            return
        said = await self._stores.log.read(session, stream=Stream.public)
        if not any(one.at > since and isinstance(one.event, _OF_THEIRS) for one in said):
            with suppress(Closed):
                await self._record(session, (SessionPaused(why="gone", since=since),))

    async def back(self, session: SessionId) -> Interview:
        """The candidate is there: where the clock stopped since they were gone, it runs again. Raises NotFound."""
        interview = await self.interview(session)
        if not interview.gone or interview.ended:
            return interview
        with suppress(Closed):  # it ended at the same moment
            await self._go_on(session)
        return await self.interview(session)

    async def end(self, session: SessionId) -> Interview:
        """End at the candidate's wish; the card follows. Nothing happens where it is over."""
        interview = await self.interview(session)
        if not interview.ended:
            try:
                await self._record(session, (SessionEnded(why="candidate"),), (Next(JobKind.score, 0.0),))
            except Closed:
                pass  # it ended by itself at the same moment
            else:
                await self._stores.turns.interrupt(session, "stop")
                await self.rang(session)
        return await self.interview(session)

    async def rate(self, session: SessionId, rated: CandidateRated) -> Interview:
        """How the candidate thinks it went; the last word counts. Raises NotNow before the end."""
        if not (await self.interview(session)).ended:
            raise NotNow("Say how it went once the interview is over.")
        await self._stores.turns.record(session, (rated,))
        await self.rang(session)
        return await self.interview(session)

    async def forget(self, session: SessionId) -> None:
        """Erase an interview with all that was said in it."""
        await self._stores.log.forget(session)
        await self._stores.cache.drop(session)
        await self.rang(session)

    async def rang(self, session: SessionId) -> None:
        """Wake whoever waits for news of a session, and the workers."""
        await self._stores.cache.ring(bell_of(session), WORKERS)

    async def shown(self, session: SessionId) -> None:
        """Wake whoever waits for news of a session; there is nothing in it for workers to do."""
        await self._stores.cache.ring(bell_of(session))

    async def _asked(self, session: SessionId, asked: CandidateAsked) -> Interview:
        interview = _not_over(await self.back(session))
        if asked.wish == "hint" and interview.begun.mode is Mode.mock:
            raise NotNow("No hints in a mock interview. Say where you're stuck; we can park it.")
        if interview.paused:
            raise NotNow("The clock is stopped.")
        await self._record(session, (asked,), (Next(JobKind.turn, 0.0),))
        return await self.interview(session)

    async def _go_on(self, session: SessionId) -> None:
        await self._record(session, (SessionResumed(),), (Next(JobKind.nudge, FIRST_NUDGE_S),))
        await self._stores.turns.put_off(session, 0.0)
        await self.rang(session)

    async def _open(self, session: SessionId) -> Interview:
        return _not_over(await self.interview(session))

    async def _record(self, session: SessionId, events: Sequence[Event], next: Sequence[Next] = ()) -> None:
        await self._stores.turns.record(session, events, next, if_open=True)
        await self.rang(session)


def _not_over(interview: Interview) -> Interview:
    if interview.ended:
        raise Closed("The interview is over.")
    return interview


def check_body(body: str) -> None:
    """Raises BadInput unless it is a message: some words, at most 16 KiB of UTF-8, and no NUL."""
    if not body.strip():
        raise BadInput("There are no words in the message.")
    try:
        size = len(body.encode())
    except UnicodeEncodeError as error:
        raise BadInput("The message holds half a character, which cannot be kept.") from error
    if size > MOST_BYTES:
        raise BadInput(f"The message is longer than {MOST_BYTES // 1024} KiB.")
    if "\0" in body:
        raise BadInput("The message holds a NUL character, which cannot be kept.")
