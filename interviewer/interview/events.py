"""Everything that can happen in a session, as a tagged union, and the shape in which it is stored.

Events are past tense and say what a witness would say. `stream` tells who may see them: the public stream is the
candidate's, the internal one holds judgement. Nothing here reads a clock: the log stamps `at` and the numbers when it
appends. Fields may be added with a default; a changed meaning is a new kind. Old events are read by `read_event`.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Literal, NewType

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, TypeAdapter

from interviewer.interview.diagram import Graph
from interviewer.interview.heard import Heard
from interviewer.interview.moves import Move
from interviewer.interview.phases import Pace, TimedPhase
from interviewer.interview.rubric import CandidateLevel, Kind

SessionId = NewType("SessionId", str)
SCHEMA = 1


class Stream(StrEnum):
    """Who may read an event."""

    public = "public"
    internal = "internal"


class Mode(StrEnum):
    """Practice gives hints on request and pauses; a mock does not."""

    practice = "practice"
    mock = "mock"


class _Event(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")
    stream: ClassVar[Stream] = Stream.public


class SessionStarted(_Event):
    """An interview began, with everything that was settled before the first word."""

    kind: Literal["session_started"] = "session_started"
    scenario: str
    question: Kind
    level: CandidateLevel
    plan: str
    phases: tuple[TimedPhase, ...]
    mode: Mode = Mode.practice
    pace: Pace = Pace.typed
    minutes: float
    persona: str = "neutral"
    pack_version: str
    seed: int
    interviewer: str = "offline"
    attempt: int = 1


class PhaseEntered(_Event):
    """The interview moved on to a phase."""

    kind: Literal["phase_entered"] = "phase_entered"
    phase: str
    why: str


class CandidateSpoke(_Event):
    """A message of the candidate's, exactly as it came. `cmid` is minted once per message by the sender."""

    kind: Literal["candidate_spoke"] = "candidate_spoke"
    text: str
    cmid: str | None = None
    board_rev: int | None = None


class CandidateCorrected(_Event):
    """The candidate corrected an earlier message; the history stays."""

    kind: Literal["candidate_corrected"] = "candidate_corrected"
    of_turn: int
    text: str


class CandidateDrew(_Event):
    """The board was saved with its revision: an Excalidraw scene, or the text of a Mermaid or ASCII drawing."""

    kind: Literal["candidate_drew"] = "candidate_drew"
    rev: int
    scene: dict[str, Any]  # Any: an Excalidraw scene is somebody else's JSON


class BoardRead(_Event):
    """What the interviewer sees on the board."""

    kind: Literal["board_read"] = "board_read"
    rev: int
    graph: Graph


class CandidateAsked(_Event):
    """A wish by control rather than by words: a hint, the next phase, or a longer hold of the floor."""

    kind: Literal["candidate_asked"] = "candidate_asked"
    wish: Literal["hint", "next", "hold"]


class TurnStarted(_Event):
    """Somebody began to think about a turn."""

    kind: Literal["turn_started"] = "turn_started"
    turn: str
    attempt: int = 1


class InterviewerChunk(_Event):
    """A sentence of an answer on its way; the final replaces all of them."""

    kind: Literal["interviewer_chunk"] = "interviewer_chunk"
    turn: str
    attempt: int = 1
    i: int
    text: str


class TurnRestarted(_Event):
    """Chunks of lower attempts are void."""

    kind: Literal["turn_restarted"] = "turn_restarted"
    turn: str
    attempt: int


class InterviewerSpoke(_Event):
    """What the interviewer said, whole."""

    kind: Literal["interviewer_spoke"] = "interviewer_spoke"
    turn: str
    attempt: int = 1
    text: str
    by: str = "offline"
    cut_off: bool = False


class TurnFailed(_Event):
    """A turn that could not be answered for a defect of our own."""

    kind: Literal["turn_failed"] = "turn_failed"
    turn: str
    reason_code: str


class HintGiven(_Event):
    """A hint was given; `left` counts what the ladder still holds."""

    kind: Literal["hint_given"] = "hint_given"
    topic: str
    rung: int
    left: int


class SessionPaused(_Event):
    """The clock stopped at the candidate's wish."""

    kind: Literal["session_paused"] = "session_paused"


class SessionResumed(_Event):
    """The clock runs again."""

    kind: Literal["session_resumed"] = "session_resumed"


class SessionEnded(_Event):
    """The interview is over."""

    kind: Literal["session_ended"] = "session_ended"
    why: Literal["closed", "candidate", "time", "idle"]


class CandidateRated(_Event):
    """How the candidate thinks it went, said before the card is shown."""

    kind: Literal["candidate_rated"] = "candidate_rated"
    best: str = ""
    worst: str = ""
    level: str = ""


class TurnHeard(_Event):
    """What the listener made of a candidate's turn."""

    stream: ClassVar[Stream] = Stream.internal
    kind: Literal["turn_heard"] = "turn_heard"
    heard: Heard


class MoveChosen(_Event):
    """What the director chose, why, what came close, and who picked."""

    stream: ClassVar[Stream] = Stream.internal
    kind: Literal["move_chosen"] = "move_chosen"
    turn: str
    move: Move
    reasons: tuple[str, ...]
    runners_up: tuple[RunnerUp, ...] = ()
    picked_by: str = "director"
    phrases: tuple[str, ...] = ()
    receipt: str | None = None
    guarded: tuple[str, ...] = ()


class RunnerUp(BaseModel):
    """A legal move that was not chosen, with its rank value and its reasons."""

    model_config = ConfigDict(frozen=True, extra="ignore")
    move: Move
    worth: float
    reasons: tuple[str, ...] = ()


class RedFlagRaised(_Event):
    """A flag seen live, for steering; the card is recomputed."""

    stream: ClassVar[Stream] = Stream.internal
    kind: Literal["red_flag_raised"] = "red_flag_raised"
    flag: str
    turn: int


class ScorecardIssued(_Event):
    """A card was made from the transcript."""

    stream: ClassVar[Stream] = Stream.internal
    kind: Literal["scorecard_issued"] = "scorecard_issued"
    card: dict[str, Any]  # Any: the card's own schema is scorecard.py's; the log keeps it as issued


MoveChosen.model_rebuild()

Event = Annotated[
    SessionStarted | PhaseEntered | CandidateSpoke | CandidateCorrected | CandidateDrew | BoardRead | CandidateAsked
    | TurnStarted | InterviewerChunk | TurnRestarted | InterviewerSpoke | TurnFailed | HintGiven | SessionPaused
    | SessionResumed | SessionEnded | CandidateRated | TurnHeard | MoveChosen | RedFlagRaised | ScorecardIssued,
    Field(discriminator="kind"),
]  # fmt: skip
"""Anything that can happen."""

_ADAPTER: TypeAdapter[Event] = TypeAdapter(Event)


class Stored(BaseModel):
    """An event in its log: `pos` counts all of a session's events from 1, `seq` those of its stream, `at` is UTC."""

    model_config = ConfigDict(frozen=True)

    session: SessionId
    pos: int
    stream: Stream
    seq: int
    at: AwareDatetime
    event: Event


def read_event(body: str) -> Event:
    """An event from its stored JSON, of this version or an older one."""
    return _ADAPTER.validate_json(body)


def stored(session: SessionId, pos: int, seq: int, at: datetime, event: Event) -> Stored:
    """An event as a log keeps it."""
    return Stored(session=session, pos=pos, stream=event.stream, seq=seq, at=at, event=event)
