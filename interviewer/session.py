"""A session: an interview going on, through some channel. Store first, think next, publish last.

What the candidate says is appended to the log before anyone thinks about it, so that no fault afterwards can lose it.
Every method gives the events it appended; a channel shows those of the public stream. State is never kept beside the
log: it is folded from it, and a session that was killed is opened again by reading its events.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from interviewer.dialogue.listener import Beside, Listener
from interviewer.dialogue.speaker import Speaker
from interviewer.dialogue.turn import take_turn
from interviewer.errors import Conflict, MessageConflict, NotFound
from interviewer.interview.events import (
    CandidateAsked,
    CandidateDrew,
    CandidateRated,
    CandidateSpoke,
    Event,
    SessionEnded,
    SessionId,
    SessionPaused,
    SessionResumed,
    SessionStarted,
    Stored,
)
from interviewer.interview.pack import Pack
from interviewer.interview.state import Interview, fold
from interviewer.store.log import EventLog

Clock = Callable[[], datetime]
"""Gives the moment in UTC."""

OnEnd = Callable[[Interview], Awaitable[None]]
"""What is to happen when an interview has ended; the session knows no more of it."""

MOST_TRIES = 3


@dataclass(frozen=True)
class Voices:
    """Who listens and who speaks in an interview, and who listens beside, where somebody does."""

    listener: Listener
    speaker: Speaker
    beside: Beside | None = None


class Session:
    """One interview, live. Made by `start` or `reopen`; not to be shared between tasks."""

    def __init__(
        self, log: EventLog, pack: Pack, voices: Voices, clock: Clock, on_end: OnEnd | None = None
    ) -> None:
        self._log = log
        self._pack = pack
        self._voices = voices
        self._clock = clock
        self._on_end = on_end
        self.interview = Interview()

    @property
    def pack(self) -> Pack:
        """What the interview is about and judged by."""
        return self._pack

    @property
    def id(self) -> SessionId:
        """The session's id; empty before it was started."""
        return SessionId(self.interview.session)

    def now(self) -> datetime:
        """The moment, by the session's clock."""
        return self._clock()

    async def start(self, id: SessionId, settings: SessionStarted) -> tuple[Stored, ...]:
        """Begin: store the settings, then open with the rules of the room and the brief."""
        begun = await self._append(id, (settings,))
        return (*begun, *await self._answer())

    async def reopen(self, id: SessionId) -> tuple[Stored, ...]:
        """Go on with a session from its log; answers what was said before the stop. Raises NotFound where it is unknown."""
        events = tuple(await self._log.read(id))
        if not events:
            raise NotFound(f"No session {id}.")
        self.interview = fold(events)
        if self.interview.ended:
            return ()
        resumed = await self._append(id, (SessionResumed(),))
        owes = self.interview.unanswered or not self.interview.moves
        return (*resumed, *(await self._answer() if owes else ()))

    async def hear(self, text: str, cmid: str | None = None) -> tuple[Stored, ...]:
        """Store what the candidate said, then answer it. The same `cmid` twice is stored and answered once.

        Nothing is stored where the interview is over.
        """
        if self.interview.ended:
            return ()
        said = await self._stored(CandidateSpoke(text=text, cmid=cmid))
        return (*said, *await self._answer()) if said else ()

    async def silence(self) -> tuple[Stored, ...]:
        """Nothing has been said for a while: let the director decide whether to say something."""
        return await self._answer() if not self.interview.ended else ()

    async def wish(self, what: CandidateAsked) -> tuple[Stored, ...]:
        """A hint or the next phase, asked for by control; nothing where the interview is over."""
        if self.interview.ended:
            return ()
        wished = await self._append(self.id, (what,))
        return (*wished, *await self._answer())

    async def draw(self, scene: dict[str, object]) -> tuple[Stored, ...]:
        """Store the board as a new revision; it is read with the next turn."""
        return await self._append(self.id, (CandidateDrew(rev=self.interview.board_rev + 1, scene=scene),))

    async def pause(self) -> tuple[Stored, ...]:
        """Stop the clock."""
        return await self._append(self.id, (SessionPaused(),)) if not self.interview.paused else ()

    async def resume(self) -> tuple[Stored, ...]:
        """Let the clock run again."""
        return await self._append(self.id, (SessionResumed(),)) if self.interview.paused else ()

    async def rate(self, rating: CandidateRated) -> tuple[Stored, ...]:
        """Store how the candidate thinks it went, before the card is shown."""
        return await self._append(self.id, (rating,))

    async def end(self) -> tuple[Stored, ...]:
        """End at the candidate's wish."""
        if self.interview.ended:
            return ()
        ended = await self._append(self.id, (SessionEnded(why="candidate"),))
        await self._ended()
        return ended

    async def note(self, *events: Event) -> tuple[Stored, ...]:
        """Append what others found out, such as a scorecard."""
        return await self._append(self.id, events)

    async def _stored(self, spoke: CandidateSpoke) -> tuple[Stored, ...]:
        """The message, stored, whoever else wrote meanwhile; nothing where it stood in the log before."""
        for attempt in range(MOST_TRIES):
            before = self.interview.head
            try:
                said = await self._append(self.id, (spoke,))
            except MessageConflict:
                raise
            except Conflict:
                if attempt == MOST_TRIES - 1:
                    raise
                self.interview = fold(await self._log.read(self.id))
                continue
            return said if said[-1].pos > before else ()
        return ()

    async def _answer(self) -> tuple[Stored, ...]:
        for attempt in range(MOST_TRIES):
            thought = await take_turn(
                self.interview, self._pack, self._voices.listener, self._voices.speaker, self._clock()
            )
            try:
                answered = await self._append(self.id, thought.events)
            except Conflict:
                if attempt == MOST_TRIES - 1:
                    raise
                self.interview = fold(await self._log.read(self.id))
                if self.interview.ended or not self.interview.unanswered:
                    return ()  # somebody else has answered, or ended it
                continue
            await self._ended()
            return answered
        return ()

    async def _append(self, id: SessionId, events: tuple[Event, ...]) -> tuple[Stored, ...]:
        stored = tuple(await self._log.append(id, self.interview.head, events))
        self.interview = fold((one for one in stored if one.pos > self.interview.head), self.interview)
        return stored

    async def _ended(self) -> None:
        if self.interview.ended and self._on_end:
            await self._on_end(self.interview)
