"""A client's place in a session's public stream: what has been applied, what comes next, and the room folded from it.

Pure: frames go in one by one, and each is applied exactly once, in order, or tells that something is missing.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from interviewer.channels.room import Room, view
from interviewer.channels.wire import (
    AgentFinal,
    Ev,
    EvAgentFinal,
    EvSessionState,
    EvTurnFailed,
    EvTurnRestarted,
    EvTurnStarted,
)


class Applied(Enum):
    """What became of a frame."""

    new = auto()
    known = auto()
    gap = auto()


@dataclass(frozen=True)
class Answered:
    """How what was said was met: with the interviewer's words, or with None where there were none, because the turn
    failed or the interview is over."""

    final: AgentFinal | None


class Follower:
    """The room of one session up to `last`. `frames` holds what was applied since it was made, in order."""

    def __init__(self, last: int, room: Room | None) -> None:
        self.last = last
        self.room = room or Room(seq=last)
        self.frames: list[Ev] = []
        self._begun = _on_their_way(self.room)

    def apply(self, frame: Ev) -> Applied:
        """Take a frame: the next is applied, an old one changes nothing, a later one tells of a gap."""
        if frame.seq <= self.last:
            return Applied.known
        if frame.seq > self.last + 1:
            return Applied.gap
        self.last = frame.seq
        self.frames.append(frame)
        self.room = view((frame,), self.room)
        match frame:
            case EvTurnStarted(data=begun) | EvTurnRestarted(data=begun):
                self._begun[begun.turn] = frame.seq
            case _:
                pass
        return Applied.new

    def passed_over(self, seq: int) -> None:
        """An event of a kind that this program does not know takes its place and changes nothing."""
        if seq == self.last + 1:
            self.last = seq
            self.room = self.room.model_copy(update={"seq": seq})

    def jumped(self, last: int, room: Room) -> None:
        """Begin anew from a room folded elsewhere (P5)."""
        self.last, self.room = last, room
        self._begun = _on_their_way(room)

    def answered(self, since: int, from_index: int = 0) -> Answered | None:
        """The answer to what stands at the seq `since`, None while there is none.

        A turn covers what was kept before it began. One that was speaking already ends without covering it.
        """
        for frame in self.frames[from_index:]:
            if frame.seq <= since:
                continue
            match frame:
                case EvAgentFinal(data=final) if self._begun.get(final.turn, frame.seq) > since:
                    return Answered(final)
                case EvTurnFailed(data=lost) if self._begun.get(lost.turn, frame.seq) > since:
                    return Answered(None)
                case EvSessionState(data=state) if state.state == "ended":
                    return Answered(None)
                case _:
                    pass
        shown = self.room.state
        over = shown is not None and shown.state == "ended" and self.last >= since
        return Answered(None) if over else None


def _on_their_way(room: Room) -> dict[str, int]:
    """Where each answer that is being spoken began."""
    return {turn.turn: turn.seq for turn in room.turns if turn.turn and turn.state == "speaking"}
