"""The protocol `chat.v1`: frames in and out, the public events they carry, and the room folded from them.

Stored history and public protocol change at different speeds, so nothing of `interview/events.py` goes over the wire as
it is: `public` gives each event of the public stream its one public form. Rules are numbered P1 to P22 in the tests.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, TypeAdapter

from interviewer.interview.events import (
    BoardRead,
    CandidateCorrected,
    CandidateDrew,
    CandidateSpoke,
    HintGiven,
    InterviewerChunk,
    InterviewerSpoke,
    Mode,
    Stored,
    Stream,
    TurnFailed,
    TurnRestarted,
    TurnStarted,
)
from interviewer.interview.scene import role_of
from interviewer.interview.state import Interview, apply

PROTOCOL = "chat.v1"
MOST_BODY_BYTES = 16 * 1024
MOST_FRAME_BYTES = 64 * 1024


class _Frame(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Sent(_Frame):
    """What clients send: another version may say more than we know, so unknown fields are passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore")


# --- what a session looks like from outside -----------------------------------------------------------------------


class PhaseShown(_Frame):
    """A phase of the plan, with the moment at which it should be over if the clock runs on."""

    id: str
    name: str
    ends_at: AwareDatetime


class SessionState(_Frame):
    """A session as its candidate may see it, whole. `now` is the moment it was true; while `running` is False the clock
    stands, and what is left is `ends_at` less `now`."""

    state: Literal["open", "paused", "ended"]
    why: str | None = None
    phase: str
    phases: tuple[PhaseShown, ...]
    ends_at: AwareDatetime
    now: AwareDatetime
    running: bool
    mode: Literal["practice", "mock"]
    by: str
    hints_left: int
    scorecard: Literal["none", "pending", "ready"]
    scenario: str
    title: str
    level: str
    pace: str
    attempt: int = 1
    rated: bool = False
    retry_of: str | None = None


class PartSeen(_Frame):
    """A box on the board as the interviewer sees it; `role` is empty where it is unknown."""

    id: str
    label: str
    role: str


class LinkSeen(_Frame):
    """An arrow on the board; `bound` is False where one end hangs loose, and that end is empty."""

    from_: str = Field(alias="from")
    to: str
    label: str
    bound: bool

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, serialize_by_alias=True)


class OddSeen(_Frame):
    """Something odd on the board, such as a loose arrow or an unlabelled box."""

    kind: str
    part: str
    label: str


# --- public events ------------------------------------------------------------------------------------------------


class CandidateMessage(_Frame):
    """A message of the candidate's, stored."""

    cmid: str | None
    body: str
    board_rev: int | None = None


class TurnBegun(_Frame):
    """The interviewer began to think about a turn."""

    turn: str
    attempt: int


class AgentChunk(_Frame):
    """The i-th sentence, from 0, of an answer on its way."""

    turn: str
    attempt: int
    i: int
    text: str


class TurnBegunAnew(_Frame):
    """Chunks of lower attempts are void."""

    turn: str
    attempt: int


class AgentFinal(_Frame):
    """The answer, whole; it replaces all chunks. `state` is the session with the clock as it runs from here."""

    turn: str
    attempt: int
    text: str
    by: str
    cut_off: bool
    state: SessionState


class TurnLost(_Frame):
    """A turn that could not be answered for a defect of ours; saying something asks again."""

    turn: str
    reason_code: str


class BoardSaved(_Frame):
    """The board was stored under this revision."""

    rev: int


class BoardSeen(_Frame):
    """What the interviewer sees on the board at a revision."""

    rev: int
    parts: tuple[PartSeen, ...]
    links: tuple[LinkSeen, ...]
    lint: tuple[OddSeen, ...]


class HintShown(_Frame):
    """A hint was given: its rung on the ladder, and how many are left on this topic."""

    rung: int
    left: int


class Correction(_Frame):
    """A correction of an earlier message, named by its seq."""

    of_seq: int
    body: str


class _Ev(_Frame):
    t: Literal["ev"] = "ev"
    seq: int
    ts: AwareDatetime


class EvCandidateMessage(_Ev):
    kind: Literal["candidate.message"] = "candidate.message"
    data: CandidateMessage


class EvTurnStarted(_Ev):
    kind: Literal["turn.started"] = "turn.started"
    data: TurnBegun


class EvAgentChunk(_Ev):
    kind: Literal["agent.chunk"] = "agent.chunk"
    data: AgentChunk


class EvTurnRestarted(_Ev):
    kind: Literal["turn.restarted"] = "turn.restarted"
    data: TurnBegunAnew


class EvAgentFinal(_Ev):
    kind: Literal["agent.final"] = "agent.final"
    data: AgentFinal


class EvTurnFailed(_Ev):
    kind: Literal["turn.failed"] = "turn.failed"
    data: TurnLost


class EvBoardSaved(_Ev):
    kind: Literal["board.saved"] = "board.saved"
    data: BoardSaved


class EvBoardRead(_Ev):
    kind: Literal["board.read"] = "board.read"
    data: BoardSeen


class EvHintGiven(_Ev):
    kind: Literal["hint.given"] = "hint.given"
    data: HintShown


class EvCorrection(_Ev):
    kind: Literal["correction"] = "correction"
    data: Correction


class EvSessionState(_Ev):
    kind: Literal["session.state"] = "session.state"
    data: SessionState


Ev = Annotated[
    EvCandidateMessage | EvTurnStarted | EvAgentChunk | EvTurnRestarted | EvAgentFinal | EvTurnFailed | EvBoardSaved
    | EvBoardRead | EvHintGiven | EvCorrection | EvSessionState,
    Field(discriminator="kind"),
]  # fmt: skip
"""An event frame: what the client applies in order of `seq`."""


# --- frames -------------------------------------------------------------------------------------------------------


class Hello(_Sent):
    """The first frame of a client (P3)."""

    t: Literal["hello"]
    v: Literal[1]
    ticket: str = Field(min_length=16, max_length=200)
    after: int = Field(ge=0, le=2**53)
    epoch: str | None = Field(default=None, max_length=64)


class Msg(_Sent):
    """A message; `cmid` is minted once per act of the user's and kept for every retry (P7)."""

    t: Literal["msg"]
    cmid: str = Field(min_length=8, max_length=64)
    body: str
    board_rev: int | None = Field(default=None, ge=0)


class Heartbeat(_Sent):
    """The client's answer to a heartbeat: how far it has applied (P17)."""

    t: Literal["hb"]
    after: int = Field(ge=0, le=2**53)


class Sign(_Sent):
    """Something that may be lost: the candidate is typing, is drawing, or wants to hold the floor (P15)."""

    t: Literal["eph"]
    kind: Literal["typing", "drawing", "hold"]
    on: bool


FromClient = Annotated[Hello | Msg | Heartbeat | Sign, Field(discriminator="t")]


class Rate(_Frame):
    """How many messages may be sent at once, and how many a second in the long run."""

    burst: int
    per_s: float


class Welcome(_Frame):
    """The answer to a hello (P4). `head` is the last seq there is, `hb` the heartbeat in seconds, `max` the longest body
    in bytes, `win` how many messages may wait for their ack; `now` is the server's clock."""

    t: Literal["welcome"] = "welcome"
    conn: str
    head: int
    epoch: str
    hb: float
    max: int
    win: int
    rate: Rate
    now: AwareDatetime


class Ack(_Frame):
    """The message is durable (P8); `dup` where it had been before (P9)."""

    t: Literal["ack"] = "ack"
    cmid: str
    seq: int
    dup: bool


NackCode = Literal["rate", "too_long", "closed", "invalid", "conflict", "unavailable"]


class Nack(_Frame):
    """The message was not stored. Only `rate` and `unavailable` are retried, after `retry_ms` (P10)."""

    t: Literal["nack"] = "nack"
    cmid: str
    code: NackCode
    retry_ms: int | None = None


class Beat(_Frame):
    """A heartbeat with the last seq there is (P17)."""

    t: Literal["hb"] = "hb"
    head: int


class Presence(_Frame):
    """Something that may be lost (P15): the interviewer is thinking, or waits for the candidate to finish."""

    t: Literal["eph"] = "eph"
    kind: Literal["thinking", "waiting"]
    on: bool


FromServer = Annotated[Welcome | Ack | Nack | Ev | Beat | Presence, Field(discriminator="t")]

CLIENT_FRAMES: TypeAdapter[FromClient] = TypeAdapter(FromClient)
EVENT_FRAMES: TypeAdapter[Ev] = TypeAdapter(Ev)


# --- from the log to the wire -------------------------------------------------------------------------------------


def state_of(interview: Interview, now: datetime) -> SessionState:
    """The session as its candidate may see it at `now`."""
    begun = interview.begun
    running = interview.running_since is not None and not interview.paused and interview.ended is None
    at = now + timedelta(seconds=interview.reading_left_s if running else 0)
    left_s = max(0.0, interview.budget_s - interview.elapsed_s(now))
    return SessionState(
        state="ended" if interview.ended else "paused" if interview.paused else "open",
        why=interview.ended.why if interview.ended else None,
        phase=interview.phase.id,
        phases=tuple(_phases(interview, at, now)),
        ends_at=at + timedelta(seconds=left_s),
        now=now,
        running=running,
        mode="practice" if begun.mode is Mode.practice else "mock",
        by=begun.interviewer,
        hints_left=interview.hints_left if begun.mode is Mode.practice and not interview.ended else 0,
        scorecard="ready" if interview.card_ready else "pending" if interview.ended else "none",
        scenario=begun.scenario,
        title=begun.title or begun.scenario,
        level=begun.level.value,
        pace=begun.pace.value,
        attempt=begun.attempt,
        rated=interview.rated is not None,
        retry_of=begun.retry_of.session if begun.retry_of else None,
    )


def _phases(interview: Interview, at: datetime, now: datetime) -> Iterable[PhaseShown]:
    """Phases to come end when their budgets are used up from where the present one stands; those past ended before."""
    ends = at
    for index, phase in enumerate(interview.begun.phases):
        if index == interview.phase_index:
            ends = ends + timedelta(seconds=max(0.0, phase.budget_s - interview.phase_elapsed_s(now)))
        elif index > interview.phase_index:
            ends = ends + timedelta(seconds=phase.budget_s)
        yield PhaseShown(
            id=phase.id, name=phase.name, ends_at=ends if index >= interview.phase_index else now
        )


def public(stored: Stored, after: Interview) -> Ev:
    """The one public form of a stored event of the public stream; `after` is the interview with it folded in.

    Whatever has no form of its own is a change of the session's state and gives that, whole.
    Raises ValueError for an event of the internal stream.
    """
    if stored.stream is not Stream.public:
        raise ValueError(f"{stored.event.kind} is not for the candidate")
    seq, ts = stored.seq, stored.at
    match stored.event:
        case CandidateSpoke(cmid=cmid, text=text, board_rev=rev):
            return EvCandidateMessage(
                seq=seq, ts=ts, data=CandidateMessage(cmid=cmid, body=text, board_rev=rev)
            )
        case TurnStarted(turn=turn, attempt=attempt):
            return EvTurnStarted(seq=seq, ts=ts, data=TurnBegun(turn=turn, attempt=attempt))
        case InterviewerChunk(turn=turn, attempt=attempt, i=i, text=text):
            return EvAgentChunk(seq=seq, ts=ts, data=AgentChunk(turn=turn, attempt=attempt, i=i, text=text))
        case TurnRestarted(turn=turn, attempt=attempt):
            return EvTurnRestarted(seq=seq, ts=ts, data=TurnBegunAnew(turn=turn, attempt=attempt))
        case InterviewerSpoke() as spoke:
            return EvAgentFinal(seq=seq, ts=ts, data=_final(spoke, after, ts))
        case TurnFailed(turn=turn, reason_code=code):
            return EvTurnFailed(seq=seq, ts=ts, data=TurnLost(turn=turn, reason_code=code))
        case CandidateDrew(rev=rev):
            return EvBoardSaved(seq=seq, ts=ts, data=BoardSaved(rev=rev))
        case BoardRead() as read:
            return EvBoardRead(seq=seq, ts=ts, data=board_seen(read))
        case HintGiven(rung=rung, left=left):
            return EvHintGiven(seq=seq, ts=ts, data=HintShown(rung=rung, left=left))
        case CandidateCorrected(of_turn=turn, text=text):
            return EvCorrection(seq=seq, ts=ts, data=Correction(of_seq=_seq_of(after, turn), body=text))
        case _:
            return EvSessionState(seq=seq, ts=ts, data=state_of(after, ts))


def publish(events: Iterable[Stored], onto: Interview) -> tuple[tuple[Ev, ...], Interview]:
    """The public forms of events of the public stream that follow on `onto`, and the interview after them.

    `onto` may have been folded from the public stream alone: nothing public depends on the internal one.
    """
    frames: list[Ev] = []
    for stored in events:
        onto = apply(onto, stored)
        if stored.stream is Stream.public:
            frames.append(public(stored, onto))
    return tuple(frames), onto


def board_seen(read: BoardRead) -> BoardSeen:
    """A reading of the board, as the candidate may see it.

    A role is told in general words (client, cache, queue, store): the pack's own names for parts stay inside.
    """
    graph = read.graph
    return BoardSeen(
        rev=read.rev,
        parts=tuple(PartSeen(id=box.id, label=box.label, role=role_of(box.label, ())) for box in graph.boxes),
        links=tuple(
            LinkSeen(from_=link.source, to=link.target, label=link.label, bound=link.bound)
            for link in graph.links
        ),
        lint=tuple(OddSeen(kind=odd.kind, part=odd.box, label=odd.label) for odd in graph.oddities),
    )


def _final(spoke: InterviewerSpoke, after: Interview, ts: datetime) -> AgentFinal:
    return AgentFinal(
        turn=spoke.turn,
        attempt=spoke.attempt,
        text=spoke.text,
        by=spoke.by,
        cut_off=spoke.cut_off,
        state=state_of(after, ts),
    )


def _seq_of(interview: Interview, turn: int) -> int:
    return next((one.seq or 0 for one in interview.transcript if one.n == turn), 0)


# --- the room, folded from public events --------------------------------------------------------------------------


class TurnShown(_Frame):
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
    cut_off: bool = False
    state: Literal["done", "speaking", "failed"] = "done"
    corrections: tuple[str, ...] = ()
    phase: str | None = None


class Room(_Frame):
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
    anew = _replaced(room, name, {"attempt": attempt, "text": "", "state": "speaking"})
    return anew or _with(
        room,
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
        "cut_off": final.cut_off,
        "attempt": final.attempt,
        "state": "done",
        "at": frame.ts,
        "phase": final.state.phase,
    }
    changed = _replaced(room, final.turn, done) or room
    return changed.model_copy(update={"state": final.state})
