"""The room as a client shows it, folded from public events one by one.

The browser's fold (`web/src/wire/fold.ts`) gives the same room for the same frames; recorded interviews under
`tests/fixtures/rooms` are folded by both.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from pydantic import AwareDatetime

from interviewer.channels.wire import (
    AgentChunk,
    AgentFinal,
    BoardSeen,
    Ev,
    EvAgentChunk,
    EvAgentFinal,
    EvBoardRead,
    EvBoardSaved,
    EvCandidateMessage,
    EvCorrection,
    EvHintGiven,
    EvSessionState,
    EvTurnFailed,
    EvTurnRestarted,
    EvTurnStarted,
    Frame,
    HintShown,
    SessionState,
)


class TurnShown(Frame):
    """A line of the conversation. `n` counts finished lines from 1 in the order of the transcript, None while an answer
    is still on its way; `state` is "done", "speaking" or "failed"."""

    seq: int
    n: int | None
    role: Literal["candidate", "interviewer"]
    text: str
    at: AwareDatetime
    cmid: str | None = None
    board_rev: int | None = None
    turn: str | None = None
    attempt: int = 1
    by: str | None = None
    stood_in: bool = False
    cut_off: bool = False
    state: Literal["done", "speaking", "failed"] = "done"
    corrections: tuple[str, ...] = ()
    phase: str | None = None


class Room(Frame):
    """The room at `seq`: the session's state, the conversation in order, what is on the board and what was last hinted."""

    seq: int = 0
    state: SessionState | None = None
    turns: tuple[TurnShown, ...] = ()
    board_rev: int = 0
    board: BoardSeen | None = None
    hint: HintShown | None = None


def view(frames: Iterable[Ev], onto: Room | None = None) -> Room:
    """The room after these frames. The browser's fold (web/src/wire/fold.ts) gives the same for the same frames.

    An answer on its way stands where its turn began; when it is whole it gets its number. A turn that is begun anew
    loses what had been shown of it; frames at or below the room's seq change nothing.
    """
    room = onto or Room()
    for frame in frames:
        if frame.seq > room.seq:
            room = _shown(room, frame).model_copy(update={"seq": frame.seq})
    return room


def _shown(room: Room, frame: Ev) -> Room:
    match frame:
        case EvCandidateMessage(data=data):
            return _with(
                room,
                TurnShown(
                    seq=frame.seq,
                    n=_next(room),
                    role="candidate",
                    text=data.body,
                    at=frame.ts,
                    cmid=data.cmid,
                    board_rev=data.board_rev,
                    phase=room.state.phase if room.state else None,
                ),
            )
        case EvTurnStarted(data=begun) | EvTurnRestarted(data=begun):
            return _begun(room, frame, begun.turn, begun.attempt)
        case EvAgentChunk(data=chunk):
            return _chunked(room, frame, chunk)
        case EvAgentFinal(data=final):
            return _finished(room, frame, final)
        case EvTurnFailed(data=lost):
            return _replaced(room, lost.turn, {"state": "failed", "text": ""}) or room
        case EvBoardSaved(data=saved):
            return room.model_copy(update={"board_rev": saved.rev})
        case EvBoardRead(data=seen):
            return room.model_copy(update={"board": seen})
        case EvHintGiven(data=hint):
            return room.model_copy(update={"hint": hint})
        case EvCorrection(data=correction):
            turns = tuple(
                turn.model_copy(update={"corrections": (*turn.corrections, correction.body)})
                if turn.seq == correction.of_seq
                else turn
                for turn in room.turns
            )
            return room.model_copy(update={"turns": turns})
        case EvSessionState(data=state):
            return _in_state(room, state)


def _in_state(room: Room, state: SessionState) -> Room:
    """The room in a new state. What an interview that is over had begun to think about is never said."""
    turns = tuple(
        turn
        for turn in room.turns
        if not (state.state == "ended" and turn.state == "speaking" and not turn.text)
    )
    return room.model_copy(update={"state": state, "turns": turns})


def _next(room: Room) -> int:
    return 1 + max((turn.n or 0 for turn in room.turns), default=0)


def _with(room: Room, turn: TurnShown) -> Room:
    return room.model_copy(update={"turns": (*room.turns, turn)})


def _replaced(room: Room, name: str, change: dict[str, object]) -> Room | None:
    """The room with the turn of that name changed, None where there is no such turn."""
    if not any(turn.turn == name for turn in room.turns):
        return None
    turns = tuple(turn.model_copy(update=change) if turn.turn == name else turn for turn in room.turns)
    return room.model_copy(update={"turns": turns})


def _begun(room: Room, frame: Ev, name: str, attempt: int) -> Room:
    """The room with a turn that begins here, or begins anew: then it stands behind what was said meanwhile."""
    others = tuple(turn for turn in room.turns if turn.turn != name)
    return _with(
        room.model_copy(update={"turns": others}),
        TurnShown(
            seq=frame.seq,
            n=None,
            role="interviewer",
            text="",
            at=frame.ts,
            turn=name,
            attempt=attempt,
            state="speaking",
            phase=room.state.phase if room.state else None,
        ),
    )


def _chunked(room: Room, frame: Ev, chunk: AgentChunk) -> Room:
    standing = next((turn for turn in room.turns if turn.turn == chunk.turn), None)
    if standing is None:
        room = _begun(room, frame, chunk.turn, chunk.attempt)
        standing = room.turns[-1]
    if chunk.attempt < standing.attempt or standing.state == "done":
        return room
    text = f"{standing.text} {chunk.text}" if standing.text else chunk.text
    return _replaced(room, chunk.turn, {"text": text, "attempt": chunk.attempt}) or room


def _finished(room: Room, frame: Ev, final: AgentFinal) -> Room:
    if not any(turn.turn == final.turn for turn in room.turns):
        room = _begun(room, frame, final.turn, final.attempt)
    done: dict[str, object] = {
        "seq": frame.seq,
        "n": _next(room),
        "text": final.text,
        "by": final.by,
        "stood_in": final.stood_in,
        "cut_off": final.cut_off,
        "attempt": final.attempt,
        "state": "done",
        "at": frame.ts,
        "phase": final.state.phase,
    }
    changed = _replaced(room, final.turn, done) or room
    return changed.model_copy(update={"state": final.state})
