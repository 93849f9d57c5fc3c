"""A claimed turn, worked: thought through, said sentence by sentence under the fence, and finished in one transaction.

A message that comes while the interviewer speaks ends the answer at the sentence, and the next turn covers it; one that
comes before the first sentence is taken along. Silence is a turn as well, of which nothing is streamed.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from interviewer.dialogue.listener import Known, Listener
from interviewer.dialogue.speaker import Spoken
from interviewer.dialogue.turn import Considered, concluded, consider
from interviewer.errors import Closed, Fenced, ModelFault, NotFound
from interviewer.hosting import FIRST_NUDGE_S, Host, Stores
from interviewer.interview.events import (
    CandidateAsked,
    CandidateDrew,
    CandidateSpoke,
    Event,
    InterviewerChunk,
    InterviewerSpoke,
    Mode,
    MoveChosen,
    SessionEnded,
    SessionId,
    SessionPaused,
    SessionResumed,
    Stored,
    Stream,
    TurnFailed,
    TurnHeard,
    TurnHeardMore,
    TurnRestarted,
    TurnStarted,
)
from interviewer.interview.heard import Heard
from interviewer.interview.moves import Close, GoOn
from interviewer.interview.state import Interview, reading_s
from interviewer.packs.load import Shelf
from interviewer.session import Voices
from interviewer.store.cache import Bell, bell_of
from interviewer.store.log import EventLog
from interviewer.store.turns import Hold, Job, JobKind, Next

WISHES = ("hint", "next", "close")
WHILE_STOPPED_S = 30.0
"""How often a turn that waits for the clock to run again looks, should nobody tell it."""

QUIET_S = 60.0
"""Silence begins once the candidate has neither typed nor drawn for so long."""

SECOND_NUDGE_S = 180.0
LAST_NUDGE_S = 300.0
UNASKED = ":unasked"
PATIENCE_S = 20.0
"""An answer is put off by whoever goes on speaking, before its first sentence, for so long and no longer."""
ASKED_WAIT_S, HEARD_LATE_S = 2.5, 30.0
"""How long an answer waits for the model that listens where the rules know no line for a question, and how long what
it hears is still noted after the answer."""
LEAST_WORDS, MOST_BESIDE = 8, 3
"""A model listens beside to turns of at least so many words, and to so many of those that one answer covers."""


@dataclass(frozen=True)
class Working:
    """How a worker works. All in seconds, `pace_s` a word said between two sentences; `at_once` counts jobs."""

    lease_s: float = 30.0
    pace_s: float = 0.05
    most_pause_s: float = 1.5
    at_once: int = 8
    settle_s: float = 1.0
    poll_s: float = 1.0
    idle_hours: float = 24.0
    listener_wait_s: float = 0.0


@dataclass(frozen=True)
class _Due:
    """A turn to be answered: its job, its name, and since when what it answers has waited."""

    job: Job
    turn: str
    since: datetime


@dataclass(frozen=True)
class _Said:
    """An answer as far as it was said, at which attempt, and whether more was to come."""

    spoken: Spoken
    attempt: int
    cut_off: bool = False


class Answering:
    """Works turns and nudges that were claimed. Raises Fenced where somebody else has the job by now."""

    def __init__(
        self,
        host: Host,
        stores: Stores,
        shelf: Shelf,
        voices: Voices,
        clock: Callable[[], datetime],
        working: Working,
        crash_point: Callable[[str], None],
    ) -> None:
        self._host = host
        self._stores = stores
        self._shelf = shelf
        self._voices = voices
        self._clock = clock
        self._working = working
        self._crash_point = crash_point

    async def turn(self, job: Job) -> None:
        """Answer everything that was said and wished up to now."""
        turns = self._stores.turns
        interview = await self._host.interview(job.session)
        events = await self._stores.log.read(job.session, since=job.pos - 1)
        since = [
            stored for stored in events if stored.pos <= interview.head
        ]  # what came later has its own turn
        interview = replace(interview, wish=_wish(interview, since))
        owed = interview.waiting or interview.wish or not interview.moves
        if interview.ended or not owed:
            await self._left_off(job, interview)
        elif interview.paused:
            await turns.give_back(job, WHILE_STOPPED_S, count=False)
        else:
            await self._answer(job, interview, since)

    async def _answer(self, job: Job, interview: Interview, since: Sequence[Stored]) -> None:
        turn = await turn_of(job, self._stores.log, since[:1])
        attempt, opening = _opening(job, turn, since)
        if opening:
            await self._append(job, opening)
        self._crash_point("turn.started")
        considered = await self._considered(interview)
        listening = self._listening_beside(considered)
        try:
            waited = await self._waited_for(listening, interview, considered)
            due = _Due(job, turn, since[0].at if since else self._clock())
            answered = await self._say(due, interview, waited, attempt)
            if answered and waited is considered:
                await self._heard_more(job, listening)
        finally:
            if listening:
                listening.cancel()
                await asyncio.gather(listening, return_exceptions=True)

    async def _say(self, due: _Due, interview: Interview, considered: Considered, attempt: int) -> bool:
        """Whether the turn was answered; else the candidate went on, or it was ended, before anything was said."""
        job, turn = due.job, due.turn
        async with self._stores.cache.listening(bell_of(job.session)) as bell:
            while True:
                match await self._unwanted(due):
                    case "message":
                        await self._stores.turns.give_back(job, self._working.settle_s, count=False)
                        return False
                    case "ended":
                        await self._left_off(job, await self._host.interview(job.session))
                        return False
                if said := await self._spoken(due, considered, attempt, bell):
                    break
        thought = concluded(considered, said.spoken, turn=turn, attempt=said.attempt, cut_off=said.cut_off)
        self._crash_point("turn.before_finish")
        await self._finish(job, interview, thought.events, FIRST_NUDGE_S + reading_s(said.spoken.text))
        self._crash_point("turn.after_finish")
        return True

    def _listening_beside(self, considered: Considered) -> asyncio.Task[tuple[Heard, ...]] | None:
        """The model that listens to what was just said, where there is one and it is worth its while."""
        beside = self._voices.beside
        heard = [event.heard for event in considered.events if isinstance(event, TurnHeard)]
        worth = [one for one in heard if one.words >= LEAST_WORDS][-MOST_BESIDE:]
        if beside is None or not worth:
            return None
        interview, pack = considered.interview, considered.standing.pack

        async def listen() -> tuple[Heard, ...]:
            asked = (beside.more(interview, pack, interview.transcript[one.turn - 1], one) for one in worth)
            more = await asyncio.gather(*asked, return_exceptions=True)
            for one in more:
                if isinstance(one, BaseException) and not isinstance(one, ModelFault):
                    raise one
            return tuple(one for one in more if isinstance(one, Heard))

        return asyncio.create_task(listen())

    async def _waited_for(
        self, listening: asyncio.Task[tuple[Heard, ...]] | None, interview: Interview, considered: Considered
    ) -> Considered:
        """The turn considered with what the model heard, where that is waited for.

        It is where the channel is slow enough, and where something was asked that the rules found no line for: an
        answer to that is worth a moment, and would be of no use in the turn after.
        """
        wait_s = self._working.listener_wait_s or (ASKED_WAIT_S if _asks_beyond_us(considered) else 0.0)
        if listening is None or not wait_s:
            return considered
        await asyncio.wait((listening,), timeout=wait_s)
        more = _result(listening)
        return await self._considered(interview, Known(self._voices.listener, more)) if more else considered

    async def _heard_more(self, job: Job, listening: asyncio.Task[tuple[Heard, ...]] | None) -> None:
        """Note what the model heard, for the turns to come; nobody waits for it any more."""
        if listening is None:
            return
        await asyncio.wait((listening,), timeout=HEARD_LATE_S)
        if more := _result(listening):
            with suppress(NotFound, Closed):  # the interview may have been ended or forgotten meanwhile
                await self._stores.turns.record(
                    job.session, tuple(TurnHeardMore(heard=one) for one in more), (), if_open=True
                )

    async def _left_off(self, job: Job, interview: Interview) -> None:
        """Nothing more is said: what was shown of an answer whose worker died stays as far as it was shown."""
        turn = await turn_of(job, self._stores.log)
        attempt, sentences = _shown(turn, await self._stores.log.read(job.session, since=job.pos - 1))
        said: tuple[Event, ...] = ()
        if sentences:
            said = (
                MoveChosen(turn=turn, move=GoOn(), reasons=("the answer was cut off before its end",)),
                InterviewerSpoke(
                    turn=turn,
                    attempt=attempt,
                    text=" ".join(sentences),
                    by=interview.begun.interviewer,
                    cut_off=True,
                    hints_left=interview.hints_left,
                ),
            )
        await self._stores.turns.finish(job, said, interview.head)

    async def _considered(self, interview: Interview, listener: Listener | None = None) -> Considered:
        scene: dict[str, Any] | None = None  # Any: an Excalidraw scene is somebody else's JSON
        session = SessionId(interview.session)
        if interview.board_rev > interview.board_read_rev and interview.scene is None:
            kept = await self._stores.boards.scene(session, interview.board_rev)
            scene = json.loads(kept.text) if kept else None
        pack = self._shelf.pack(interview.begun.scenario)
        now = self._clock()
        # reading a long message takes the offline listener a second or two, and sockets must not wait for that
        return await asyncio.to_thread(
            lambda: asyncio.run(consider(interview, pack, listener or self._voices.listener, now, scene))
        )

    async def _spoken(self, due: _Due, considered: Considered, attempt: int, bell: Bell) -> _Said | None:
        """What was said, each sentence appended as it came; None where we were interrupted before the first.

        What a speaker takes back is void by a new attempt.
        """
        job, turn, pack = due.job, due.turn, considered.standing.pack
        stream = self._voices.speaker.speak(considered.standing, pack, considered.choice)
        async with _closed(stream):
            said = await self._first(due, stream, bell)
            if said is None:
                return None
            hold = await self._append(job, _chunk(turn, attempt, (), said))
            self._crash_point("turn.chunk")
            async for so_far in stream:
                before = said.sentences
                new = so_far.sentences != before
                if new and await self._interrupted(job, hold, bell, considered, before[-1]):
                    return _Said(said, attempt, cut_off=True)
                if so_far.sentences[: len(before)] != before:
                    attempt, before = attempt + 1, ()
                    await self._append(job, TurnRestarted(turn=turn, attempt=attempt))
                if so_far.sentences != before:
                    hold = await self._append(job, _chunk(turn, attempt, before, so_far))
                said = so_far
                self._crash_point("turn.chunk")
        return _Said(said, attempt)

    async def _first(self, due: _Due, stream: AsyncIterator[Spoken], bell: Bell) -> Spoken | None:
        """The beginning of an answer; None where the candidate goes on or ends the interview before it comes."""
        coming = asyncio.ensure_future(anext(stream, None))
        try:
            while not coming.done():
                ringing = asyncio.ensure_future(bell.wait(self._working.lease_s))
                try:
                    await asyncio.wait((coming, ringing), return_when=asyncio.FIRST_COMPLETED)
                finally:
                    ringing.cancel()
                    await asyncio.gather(ringing, return_exceptions=True)
                if not coming.done() and await self._unwanted(due):
                    return None
            if (first := coming.result()) is None:
                raise RuntimeError("The speaker said nothing.")
            return first
        finally:
            coming.cancel()
            await asyncio.gather(coming, return_exceptions=True)

    async def _unwanted(self, due: _Due) -> Literal["message", "ended"] | None:
        """Why an answer of which nothing was said is not wanted any more, if it is not.

        Whoever goes on for PATIENCE_S is answered even so: else a slow model would never come to a first sentence.
        """
        hold = _held(await self._stores.turns.renew(due.job, self._working.lease_s), due.job)
        waited_s = (self._clock() - due.since).total_seconds()
        if hold.interrupt == "message" and waited_s < PATIENCE_S:
            return "message"
        if hold.interrupt and (await self._host.interview(due.job.session)).ended:
            return "ended"
        return None

    async def _interrupted(
        self, job: Job, hold: Hold, bell: Bell, considered: Considered, sentence: str
    ) -> bool:
        """Wait as long as the sentence takes to be read, and tell whether the next one is still wanted."""
        loop = asyncio.get_running_loop()
        pause_s = min(self._working.most_pause_s, self._working.pace_s * len(sentence.split()))
        until = loop.time() + pause_s
        while not _wants_floor(hold, considered):
            left_s = until - loop.time()
            if left_s <= 0 or not await bell.wait(left_s):
                return False
            hold = _held(await self._stores.turns.renew(job, self._working.lease_s), job)
        return True

    async def _append(self, job: Job, event: Event) -> Hold:
        hold = _held(await self._stores.turns.chunk(job, (event,)), job)
        await self._host.shown(job.session)
        return hold

    async def _finish(
        self, job: Job, interview: Interview, events: Sequence[Event], nudge_in_s: float
    ) -> None:
        over = any(isinstance(event, SessionEnded) for event in events)
        then = Next(JobKind.score, 0.0) if over else Next(JobKind.nudge, nudge_in_s)
        await self._stores.turns.finish(job, events, interview.head, (then,))

    async def nudge(self, job: Job) -> None:
        """It has been silent: say that we are there, then something easier; at last the clock stops in practice."""
        turns = self._stores.turns
        interview = await self._host.interview(job.session)
        head = interview.head
        since = await self._stores.log.read(job.session, since=job.pos)
        if interview.ended or interview.paused or interview.waiting or any(map(_breaks_silence, since)):
            await turns.finish(job, (), head)
            return
        quiet_s = await self._stores.cache.since(bell_of(job.session))
        if quiet_s is not None and quiet_s < QUIET_S:
            await turns.give_back(job, QUIET_S - quiet_s, count=False)
            return
        left_s = interview.budget_s - interview.elapsed_s(self._clock())
        closing = any(isinstance(made.move, Close) for made in interview.moves)
        said = await self._nudges(interview)
        if (closing or said >= 3) and left_s > 0:
            await turns.give_back(job, left_s, count=False)
        elif said >= 2 and left_s > 0 and interview.begun.mode is Mode.practice:
            await turns.finish(job, (SessionPaused(why="silence"),), head)
        else:
            await self._speak_up(job, interview, (SECOND_NUDGE_S, LAST_NUDGE_S)[said] if said < 2 else left_s)

    async def _speak_up(self, job: Job, interview: Interview, next_in_s: float) -> None:
        considered = await self._considered(interview)
        spoken: Spoken | None = None
        async for so_far in self._voices.speaker.speak(
            considered.standing, considered.standing.pack, considered.choice
        ):
            spoken = so_far
        if spoken is None:
            raise RuntimeError(f"The speaker said nothing for {considered.choice.move.kind}.")
        hold = _held(await self._stores.turns.renew(job, self._working.lease_s), job)
        turn = await turn_of(job, self._stores.log)
        thought = concluded(considered, spoken, turn=f"{turn}{UNASKED}")
        events = () if hold.interrupt else thought.events  # they have just broken the silence themselves
        await self._finish(job, interview, events, max(1.0, next_in_s))

    async def _nudges(self, interview: Interview) -> int:
        """How often we have spoken up since the candidate last did anything."""
        last = next((turn.seq or 0 for turn in reversed(interview.transcript) if turn.role == "candidate"), 0)
        session = SessionId(interview.session)
        count = 0
        for stored in await self._stores.log.read(session, since=last, stream=Stream.public):
            match stored.event:
                case InterviewerSpoke(turn=turn) if turn.endswith(UNASKED):
                    count += 1
                case CandidateAsked() | CandidateDrew() | SessionResumed():
                    count = 0
                case _:
                    pass
        return count


def _result(listening: asyncio.Task[tuple[Heard, ...]]) -> tuple[Heard, ...]:
    """What was heard beside; nothing where it is not done, or the model failed."""
    if not listening.done() or listening.cancelled() or isinstance(listening.exception(), ModelFault):
        return ()
    return listening.result()


async def turn_of(job: Job, log: EventLog, made_by: Sequence[Stored] = ()) -> str:
    """The name of the turn that a job gives, the same at every attempt. `made_by` is what the job was made by, if known.

    It tells the public number of that: a position would tell how much was noted of the candidate.
    """
    made_by = made_by or await log.read(job.session, since=job.pos - 1, limit=1)
    if not made_by or made_by[0].stream is not Stream.public:
        public = await log.read(job.session, stream=Stream.public)
        made_by = [stored for stored in public if stored.pos <= job.pos][-1:]
    # with a point, since turns at a terminal are named by positions after a colon
    return f"{job.session}.{made_by[0].seq if made_by else 0}"


def _wish(interview: Interview, since: Sequence[Stored]) -> str | None:
    """What is wished: a wish that came while the interviewer spoke is not done by what they were saying."""
    wishes = [stored.event.wish for stored in since if isinstance(stored.event, CandidateAsked)]
    wish = wishes[-1] if wishes else interview.wish
    return wish if wish in WISHES else None


def _opening(job: Job, turn: str, since: Sequence[Stored]) -> tuple[int, Event | None]:
    """The number of this attempt, and the event that tells of it where the candidate does not know it yet.

    What was said since the turn began is covered by one that begins anew, and every room must see that it is.
    """
    shown, sentences = _shown(turn, since)
    if not shown:
        return job.attempt, TurnStarted(turn=turn, attempt=job.attempt)
    if job.attempt > shown or sentences or _said_since(turn, since):
        attempt = max(job.attempt, shown + 1)
        return attempt, TurnRestarted(turn=turn, attempt=attempt)
    return shown, None


def _shown(turn: str, since: Sequence[Stored]) -> tuple[int, tuple[str, ...]]:
    """The attempt at a turn of which the candidate knows, 0 for none, and its sentences that were shown."""
    shown, sentences = 0, tuple[str, ...]()
    for stored in since:
        match stored.event:
            case TurnStarted(turn=name, attempt=attempt) | TurnRestarted(turn=name, attempt=attempt):
                if name == turn:
                    shown, sentences = attempt, ()
            case InterviewerChunk(turn=name, text=text) if name == turn:
                sentences = (*sentences, text)
            case InterviewerSpoke(turn=name) | TurnFailed(turn=name) if name == turn:
                sentences = ()
            case _:
                pass
    return shown, sentences


def _said_since(turn: str, since: Sequence[Stored]) -> bool:
    """Whether the candidate said something after the turn was begun last."""
    said = False
    for stored in since:
        match stored.event:
            case TurnStarted(turn=name) | TurnRestarted(turn=name) if name == turn:
                said = False
            case CandidateSpoke():
                said = True
            case _:
                pass
    return said


def _held(hold: Hold, job: Job) -> Hold:
    if not hold.held:
        raise Fenced(f"Job {job.id} of session {job.session} is somebody else's now.")
    return hold


def _chunk(turn: str, attempt: int, shown: tuple[str, ...], said: Spoken) -> InterviewerChunk:
    """The sentences that follow on those that were shown."""
    text = " ".join(said.sentences[len(shown) :])
    return InterviewerChunk(turn=turn, attempt=attempt, i=len(shown), text=text)


@asynccontextmanager
async def _closed(stream: AsyncIterator[Spoken]) -> AsyncIterator[None]:
    """Nothing of the stream goes on after the block, however it is left."""
    try:
        yield
    finally:
        if isinstance(stream, AsyncGenerator):
            await stream.aclose()


def _asks_beyond_us(considered: Considered) -> bool:
    """Whether something was asked that the rules found no line for."""
    heard = (event.heard for event in considered.events if isinstance(event, TurnHeard))
    return any(asked.shared is None for one in heard for asked in one.off_sheet)


def _wants_floor(hold: Hold, considered: Considered) -> bool:
    """Whether the candidate has cut in. A goodbye is said to its end unless it is stopped."""
    return hold.interrupt is not None and (hold.interrupt == "stop" or not considered.ends)


def _breaks_silence(stored: Stored) -> bool:
    return isinstance(
        stored.event, CandidateSpoke | CandidateAsked | InterviewerSpoke | SessionPaused | SessionResumed
    )
