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
    title: str = ""
    retry_of: RetryOf | None = None


class RetryOf(BaseModel):
    """The moment of an earlier interview that a short one takes up again: its session and the candidate's turn there."""

    model_config = ConfigDict(frozen=True, extra="ignore")
    session: str
    turn: int


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
    """The board was saved with its revision: an Excalidraw scene, or the text of a Mermaid or ASCII drawing.

    `scene` is None where the store keeps scenes apart from the log, under the same revision.
    """

    kind: Literal["candidate_drew"] = "candidate_drew"
    rev: int
    scene: dict[str, Any] | None = None  # Any: an Excalidraw scene is somebody else's JSON


class BoardRead(_Event):
    """What the interviewer sees on the board."""

    kind: Literal["board_read"] = "board_read"
    rev: int
    graph: Graph


class CandidateAsked(_Event):
    """A wish by control rather than by words: a hint, the next phase, to come to the close, or a longer hold of the floor."""

    kind: Literal["candidate_asked"] = "candidate_asked"
    wish: Literal["hint", "next", "close", "hold"]


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
    """What the interviewer said, whole.

    `covers` is the number of the last transcript turn that it answers; None means all that stood before it.
    `hints_left` is what the ladder still holds for what is being asked now. `stood_in` is True where a model was to say it
    and gave nothing that could be said, so that the offline interviewer said it.
    """

    kind: Literal["interviewer_spoke"] = "interviewer_spoke"
    turn: str
    attempt: int = 1
    text: str
    by: str = "offline"
    stood_in: bool = False
    cut_off: bool = False
    covers: int | None = None
    hints_left: int = 0


class TurnFailed(_Event):
    """A turn that could not be answered for a defect of our own.

    `covers` is set where whoever thought about it died over it: transcript turns up to that number are not thought
    about again.
    """

    kind: Literal["turn_failed"] = "turn_failed"
    turn: str
    reason_code: str
    covers: int | None = None


class HintGiven(_Event):
    """A hint was given; `left` counts what the ladder still holds."""

    kind: Literal["hint_given"] = "hint_given"
    topic: str
    rung: int
    left: int


class SessionPaused(_Event):
    """The clock stopped: at the candidate's wish, after a long silence, or since the candidate was gone.

    Who is gone left at `since`, and the clock stopped then; it runs again by itself when they are back.
    """

    kind: Literal["session_paused"] = "session_paused"
    why: Literal["wish", "silence", "gone"] = "wish"
    since: AwareDatetime | None = None


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
    next_time: str = ""


class ScorecardReady(_Event):
    """The scorecard can be read now."""

    kind: Literal["scorecard_ready"] = "scorecard_ready"


class TurnHeard(_Event):
    """What the listener made of a candidate's turn."""

    stream: ClassVar[Stream] = Stream.internal
    kind: Literal["turn_heard"] = "turn_heard"
    heard: Heard


class TurnHeardMore(_Event):
    """What a model that listens beside found in a turn, together with what was heard at once. It counts from then on."""

    stream: ClassVar[Stream] = Stream.internal
    kind: Literal["turn_heard_more"] = "turn_heard_more"
    heard: Heard


class MoveChosen(_Event):
    """What the director chose, why, what came close, and who picked.

    `guarded` names the guards that withheld a sentence of the model's, and `prompt` what it was asked with (name@hash).
    `fault` is why the offline speaker took the move where a model was to, or, where `by` names a model, why its answer
    ended early after whole sentences. `model_calls` and the tokens are what the words took, tries that failed among them.
    """

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
    prompt: str | None = None
    fault: str | None = None
    by: str | None = None
    model_calls: int = 0
    prompt_tokens: int = 0
    cached_tokens: int = 0
    completion_tokens: int = 0


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


class LineContested(_Event):
    """The candidate says that a line of the card is wrong. `line` is a criterion, flag, item, evidence or section id."""

    stream: ClassVar[Stream] = Stream.internal
    kind: Literal["line_contested"] = "line_contested"
    line: str
    reason: str
    by: str


class _ByCoach(_Event):
    """What a coach did. `by` is their name at that time, to be shown; `by_id` their account, None in older logs.

    A name may pass to somebody else, an account's id never does: who did it is told by the id alone.
    """

    stream: ClassVar[Stream] = Stream.internal
    by: str
    by_id: str | None = None


class CoachScored(_ByCoach):
    """A coach's own levels by criterion; None is "not assessed". `blind` tells whether the scorer's were still hidden."""

    kind: Literal["coach_scored"] = "coach_scored"
    levels: dict[str, int | None]
    blind: bool


class LevelsRevealed(_ByCoach):
    """A coach looked at the scorer's levels before giving any of their own, by choice."""

    kind: Literal["levels_revealed"] = "levels_revealed"


class ScoreOverridden(_ByCoach):
    """A coach changed a criterion's level (`to` 1 to 4, or None for not assessed) or an item's state."""

    kind: Literal["score_overridden"] = "score_overridden"
    target: str
    was: int | str | None
    to: int | str | None
    reason: str


class EvidenceAdded(_ByCoach):
    """A coach added words that the scorer missed, for or against an item or a flag. Offsets count characters of the turn."""

    kind: Literal["evidence_added"] = "evidence_added"
    target: str
    turn: int
    start: int
    end: int
    quote: str
    stands_for: bool
    reason: str


class EvidenceDropped(_ByCoach):
    """A coach dropped a piece of evidence of the issued card, by its id there."""

    kind: Literal["evidence_dropped"] = "evidence_dropped"
    evidence: str
    reason: str


class FlagSettled(_ByCoach):
    """A coach's word on a flag: it stands, it was put right, or it is no fault here."""

    kind: Literal["flag_settled"] = "flag_settled"
    flag: str
    to: Literal["confirmed", "recovered", "dropped"]
    reason: str


class CoachCommented(_ByCoach):
    """A coach's comment, pinned to a turn or on the whole (`turn` None). The candidate reads it only where `shared`.

    `line` is the contested line that it answers.
    """

    kind: Literal["coach_commented"] = "coach_commented"
    turn: int | None = None
    line: str | None = None
    text: str
    shared: bool = False


class SessionDismissed(_ByCoach):
    """A coach declared the interview invalid; it counts in no trend and no agreement."""

    kind: Literal["session_dismissed"] = "session_dismissed"
    reason: str


MoveChosen.model_rebuild()
SessionStarted.model_rebuild()

CoachEvent = (
    CoachScored | LevelsRevealed | ScoreOverridden | EvidenceAdded | EvidenceDropped | FlagSettled | CoachCommented
    | SessionDismissed
)  # fmt: skip
"""Whatever a coach does to an interview that has its card."""

Event = Annotated[
    SessionStarted | PhaseEntered | CandidateSpoke | CandidateCorrected | CandidateDrew | BoardRead | CandidateAsked
    | TurnStarted | InterviewerChunk | TurnRestarted | InterviewerSpoke | TurnFailed | HintGiven | SessionPaused
    | SessionResumed | SessionEnded | CandidateRated | ScorecardReady | TurnHeard | TurnHeardMore | MoveChosen | RedFlagRaised
    | ScorecardIssued | LineContested | CoachEvent,
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
