"""The protocol `chat.v1`: frames in and out, and the public events that they carry.

Only shapes stand here. `publishing.py` makes events of the log into these, `room.py` folds them into what is shown.
The rules of the protocol are numbered P1 to P22 in the tests.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, TypeAdapter

PROTOCOL = "chat.v1"
MOST_BODY_BYTES = 16 * 1024
MOST_FRAME_BYTES = 64 * 1024


class Frame(BaseModel):
    """Something that goes over the wire: frozen, and nothing in it that is not named."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class _Sent(Frame):
    """What clients send: another version may say more than we know, so unknown fields are passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore")


# --- what a session looks like from outside -----------------------------------------------------------------------


class PhaseShown(Frame):
    """A phase of the plan, with the moment at which it should be over if the clock runs on."""

    id: str
    name: str
    ends_at: AwareDatetime


class SessionState(Frame):
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


class PartSeen(Frame):
    """A box on the board as the interviewer sees it; `role` is empty where it is unknown."""

    id: str
    label: str
    role: str


class LinkSeen(Frame):
    """An arrow on the board; `bound` is False where one end hangs loose, and that end is empty."""

    from_: str = Field(alias="from")
    to: str
    label: str
    bound: bool

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, serialize_by_alias=True)


class OddSeen(Frame):
    """Something odd on the board, such as a loose arrow or an unlabelled box."""

    kind: str
    part: str
    label: str


# --- public events ------------------------------------------------------------------------------------------------


class CandidateMessage(Frame):
    """A message of the candidate's, stored."""

    cmid: str | None
    body: str
    board_rev: int | None = None


class TurnBegun(Frame):
    """The interviewer began to think about a turn."""

    turn: str
    attempt: int


class AgentChunk(Frame):
    """The i-th sentence, from 0, of an answer on its way."""

    turn: str
    attempt: int
    i: int
    text: str


class TurnBegunAnew(Frame):
    """Chunks of lower attempts are void."""

    turn: str
    attempt: int


class AgentFinal(Frame):
    """The answer, whole; it replaces all chunks. `state` is the session with the clock as it runs from here. `stood_in` is
    True where the offline interviewer said it since no answer of the model's could be used."""

    turn: str
    attempt: int
    text: str
    by: str
    stood_in: bool = False
    cut_off: bool
    state: SessionState


class TurnLost(Frame):
    """A turn that could not be answered for a defect of ours; saying something asks again."""

    turn: str
    reason_code: str


class BoardSaved(Frame):
    """The board was stored under this revision."""

    rev: int


class BoardSeen(Frame):
    """What the interviewer sees on the board at a revision."""

    rev: int
    parts: tuple[PartSeen, ...]
    links: tuple[LinkSeen, ...]
    lint: tuple[OddSeen, ...]


class HintShown(Frame):
    """A hint was given: its rung on the ladder, and how many are left on this topic."""

    rung: int
    left: int


class Correction(Frame):
    """A correction of an earlier message, named by its seq."""

    of_seq: int
    body: str


class _Ev(Frame):
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


class Rate(Frame):
    """How many messages may be sent at once, and how many a second in the long run."""

    burst: int
    per_s: float


class Welcome(Frame):
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


class Ack(Frame):
    """The message is durable (P8); `dup` where it had been before (P9)."""

    t: Literal["ack"] = "ack"
    cmid: str
    seq: int
    dup: bool


NackCode = Literal["rate", "too_long", "closed", "invalid", "conflict", "unavailable"]


class Nack(Frame):
    """The message was not stored. Only `rate` and `unavailable` are retried, after `retry_ms` (P10)."""

    t: Literal["nack"] = "nack"
    cmid: str
    code: NackCode
    retry_ms: int | None = None


class Beat(Frame):
    """A heartbeat with the last seq there is (P17)."""

    t: Literal["hb"] = "hb"
    head: int


class Presence(Frame):
    """Something that may be lost (P15): the interviewer is thinking, or waits for the candidate to finish."""

    t: Literal["eph"] = "eph"
    kind: Literal["thinking", "waiting"]
    on: bool


FromServer = Annotated[Welcome | Ack | Nack | Ev | Beat | Presence, Field(discriminator="t")]

CLIENT_FRAMES: TypeAdapter[FromClient] = TypeAdapter(FromClient)
EVENT_FRAMES: TypeAdapter[Ev] = TypeAdapter(Ev)
