"""What HTTP takes and gives: one model a body, named as OpenAPI shows it.

The candidate's models hold nothing of the rubric, of scores or of prompts; the scorecard is its own resource and exists
only once the interview has ended. Coaches' models are at the end. Lists are pages with a cursor; errors are `Problem`.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from interviewer.channels.room import Room
from interviewer.channels.wire import Ev, SessionState
from interviewer.interview.scorecard import Scorecard

Role = Literal["candidate", "coach", "admin"]
Kind = Literal["d", "p", "h"]
LevelName = Literal["mid", "senior", "staff"]
ModeName = Literal["practice", "mock"]
PaceName = Literal["spoken", "typed"]


class _Body(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Problem(BaseModel):
    """An error (RFC 9457, application/problem+json). `type` is stable; `detail` is for people."""

    model_config = ConfigDict(frozen=True)
    type: str
    title: str
    status: int
    detail: str = ""
    instance: str = ""
    errors: tuple[dict[str, Any], ...] = ()  # Any: where and what, as the validator names them


# --- who is there -------------------------------------------------------------------------------------------------


class SignIn(_Body):
    """The one-time code of a sign-in or invite link."""

    code: str = Field(min_length=8, max_length=200)


class Person(_Body):
    """An account of this installation."""

    id: str
    name: str
    roles: tuple[Role, ...]


class Me(_Body):
    """Who is signed in, and what they should know of the installation: who interviews, where words are kept, who sees
    them."""

    person: Person
    interviewer: str
    data_folder: str
    coaches: tuple[str, ...]
    version: str


class Preferences(_Body):
    """How somebody likes the room: theme, how answers are announced to a screen reader, single-key shortcuts."""

    theme: Literal["system", "light", "dark"] = "system"
    announce: Literal["whole", "sentence", "off"] = "whole"
    single_keys: bool = True
    level: LevelName = "senior"
    mode: ModeName = "practice"
    pace: PaceName = "typed"


# --- what can be practised ----------------------------------------------------------------------------------------


class ScenarioShown(_Body):
    """A problem on the lobby's shelf, with how one's own attempts at it went. `plans` are those that suit it."""

    id: str
    title: str
    kind: Kind
    plan: str
    plans: tuple[str, ...]
    minutes: int
    difficulty: str = ""
    attempts: int = 0
    best: float | None = None
    last_at: AwareDatetime | None = None
    last_session: str | None = None


class Scenarios(_Body):
    """All problems."""

    items: tuple[ScenarioShown, ...]
    next: str | None = None


class PlanShown(_Body):
    """A plan that an interview can follow, with minutes a phase when spoken."""

    id: str
    name: str
    why: str
    phases: tuple[PlanPhase, ...]


class PlanPhase(_Body):
    """A phase of a plan."""

    id: str
    name: str
    minutes: float


class Plans(_Body):
    """All plans."""

    items: tuple[PlanShown, ...]
    next: str | None = None


# --- an interview -------------------------------------------------------------------------------------------------


class NewSession(_Body):
    """How somebody wants to be interviewed. `minutes` are spoken minutes; the typed pace gives half as much again."""

    scenario: str
    level: LevelName = "senior"
    mode: ModeName = "practice"
    plan: str | None = None
    minutes: Literal[15, 30, 45, 60] | None = None
    pace: PaceName = "typed"
    persona: str | None = Field(default=None, max_length=40)
    seed: int | None = Field(default=None, ge=0, le=2**31)


class SessionShown(_Body):
    """An interview in a list. `minutes` are those that were chosen, for a spoken one; `lasted` is how many of the candidate's
    were used, once it is over. `overall` and `recommendation` stand once there is a card; both are those that hold now.
    `contested` counts lines that wait for an answer; `looked_at` tells a coach that they have seen the card."""

    id: str
    scenario: str
    title: str
    kind: Kind
    level: LevelName
    mode: ModeName
    pace: PaceName
    plan: str
    minutes: float
    attempt: int
    state: Literal["open", "paused", "ended"]
    why: str | None = None
    phase: str | None = None
    scorecard: Literal["none", "pending", "ready"]
    started_at: AwareDatetime
    last_at: AwareDatetime
    lasted: float | None = None
    left_s: float | None = None
    candidate: str
    candidate_id: str
    overall: float | None = None
    recommendation: str | None = None
    retry_of: str | None = None
    reviewed: bool = False
    looked_at: bool = False
    contested: int = 0
    dismissed: bool = False


class SessionPage(_Body):
    """Interviews, the one with the latest event first; `next` is the cursor of what follows, None at the end."""

    items: tuple[SessionShown, ...]
    next: str | None = None


class NewTicket(_Body):
    """Which stream a socket may follow; `internal` is for coaches."""

    stream: Literal["public", "internal"] = "public"


class Ticket(_Body):
    """A ticket for one socket, good once and for half a minute."""

    ticket: str
    expires_in: int


class Snapshot(_Body):
    """A session folded at `seq`: what a client needs to begin anew from there (P5)."""

    session: str
    epoch: str
    seq: int
    room: Room


class NewMessage(_Body):
    """A message without a socket; the rules of `cmid` are the same (P9)."""

    cmid: str = Field(min_length=8, max_length=64)
    body: str
    board_rev: int | None = Field(default=None, ge=0)


class MessageStored(_Body):
    """The message is durable, under this seq."""

    cmid: str
    seq: int
    dup: bool


class Events(_Body):
    """Public events after a seq; the same frames that a socket sends."""

    items: tuple[Ev, ...]
    head: int
    epoch: str


class Board(_Body):
    """A board: an Excalidraw scene, or text (Mermaid, ASCII) as `{"type": "text", "text": …}`, with its revision."""

    rev: int
    scene: dict[str, Any]  # Any: an Excalidraw scene is somebody else's JSON


class NewBoard(_Body):
    """A board to be stored; the revision it was made from goes in `If-Match`."""

    scene: dict[str, Any]  # Any: see Board


class BoardStored(_Body):
    """The revision under which a board was stored."""

    rev: int


class Wish(_Body):
    """What is asked for by control: the next phase, or to come to the close with its two questions."""

    wish: Literal["next", "close"]


class Rating(_Body):
    """How one thinks it went, said before the card is shown."""

    best: str = Field(default="", max_length=2000)
    worst: str = Field(default="", max_length=2000)
    level: Literal["", "mid", "senior", "staff", "below"] = ""
    next_time: str = Field(default="", max_length=2000)


class Contest(_Body):
    """A line of the card that one holds to be wrong, and why."""

    line: str = Field(min_length=1, max_length=200)
    reason: str = Field(min_length=1, max_length=4000)


class ContestShown(_Body):
    """A contested line, as it stands."""

    line: str
    reason: str
    by: str
    at: AwareDatetime


class CommentShown(_Body):
    """A coach's comment, pinned to a turn or on the whole; `line` is the contested line that it answers."""

    turn: int | None
    line: str | None
    text: str
    by: str
    at: AwareDatetime
    shared: bool


class CardPage(_Body):
    """Everything the card's page shows: the card with a coach's changes applied, the conversation that its quotes point
    into, what the candidate thought beforehand, what is contested, comments shared with them, and earlier attempts."""

    session: SessionShown
    card: Scorecard
    issued: Scorecard
    room: Room
    boards: tuple[BoardMoment, ...]
    rating: Rating | None
    contests: tuple[ContestShown, ...]
    comments: tuple[CommentShown, ...]
    earlier: tuple[SessionShown, ...]
    retry: RetryCompared | None = None


class BoardMoment(_Body):
    """A board that can still be looked at: its revision, when it was saved, and the turn it was said with."""

    rev: int
    at: AwareDatetime
    turn: int | None = None


class RetryCompared(_Body):
    """A moment taken up again: both answers, and what the second shows that the first did not (item texts)."""

    session: str
    turn: int
    question: str
    before: str
    after: str
    gained: tuple[str, ...]
    lost: tuple[str, ...]


class CriterionCompared(_Body):
    """One criterion of two cards: levels before and after, and the items (texts) gained and lost."""

    id: str
    name: str
    before: int | None
    after: int | None
    gained: tuple[str, ...]
    lost: tuple[str, ...]


class Comparison(_Body):
    """Two cards side by side, `earlier` before `session`. Lost is only what there was an opportunity for; flags by name."""

    session: str
    earlier: str
    criteria: tuple[CriterionCompared, ...]
    gained: tuple[str, ...]
    lost: tuple[str, ...]
    flags_gone: tuple[str, ...]
    flags_new: tuple[str, ...]


class NewRetry(_Body):
    """The candidate's turn of a finished interview to take up again."""

    turn: int = Field(ge=1)


class AttemptShown(_Body):
    """One scored interview in somebody's history: levels by criterion, None where it was not assessed, and how many
    items were met unprompted of those met."""

    session: SessionShown
    levels: dict[str, int | None]
    unprompted: int
    met: int


class FlagName(_Body):
    """A red flag by name."""

    id: str
    name: str


class CriterionName(_Body):
    """A criterion by name, in the rubric's order."""

    id: str
    name: str


class OpenFix(_Body):
    """The one open fix: what it is, where it comes from, and the drill that goes with it on another problem."""

    text: str
    session: str
    drill: str | None = None
    note_to_self: str = ""


class History(_Body):
    """Scored interviews, oldest first, with the criteria's names."""

    criteria: tuple[CriterionName, ...]
    items: tuple[AttemptShown, ...]
    fix: OpenFix | None = None


class ForScoring(_Body):
    """A transcript to be scored: text as pasted, or turns. What is not said is guessed from the text, or asked for."""

    text: str | None = Field(default=None, max_length=400_000)
    turns: tuple[GivenTurn, ...] | None = Field(default=None, max_length=2000)
    name: str = Field(default="transcript.txt", max_length=200)
    scenario: str | None = None
    level: LevelName | None = None
    kind: Kind | None = None
    plan: str | None = None
    candidate: str | None = Field(default=None, max_length=80)


class GivenTurn(_Body):
    """A turn of somebody else's interview."""

    role: Literal["interviewer", "candidate"]
    text: str
    minute: float | None = None


class Scored(_Body):
    """The card of a transcript that was handed in, with its turns as they were read; nothing of it is kept."""

    card: Scorecard
    room: Room


# --- the coach's desk ---------------------------------------------------------------------------------------------


class OwnLevels(_Body):
    """A coach's own levels by criterion id; None is "not assessed"."""

    levels: dict[str, Literal[1, 2, 3, 4] | None]


class NewOverride(_Body):
    """A change of a criterion's level (1 to 4, None for not assessed) or of an item's state ("met", "not_met",
    "not_observable"). Item targets are `criterion/item`."""

    target: str = Field(min_length=1, max_length=200)
    to: int | str | None
    reason: str = Field(min_length=1, max_length=4000)


class NewEvidence(_Body):
    """Words of a turn, by character offsets, for or against an item (`criterion/item`) or a flag."""

    target: str = Field(min_length=1, max_length=200)
    turn: int = Field(ge=1)
    start: int = Field(ge=0)
    end: int = Field(ge=1)
    stands_for: bool = True
    reason: str = Field(min_length=1, max_length=4000)


class Reason(_Body):
    """Why."""

    reason: str = Field(min_length=1, max_length=4000)


class Settling(_Body):
    """A word on a flag, with its reason."""

    to: Literal["confirmed", "recovered", "dropped"]
    reason: str = Field(min_length=1, max_length=4000)


class NewComment(_Body):
    """A comment, pinned to a turn or on the whole; the candidate reads it only where it is shared. `line` is the contested
    line that it answers."""

    text: str = Field(min_length=1, max_length=4000)
    turn: int | None = Field(default=None, ge=1)
    line: str | None = Field(default=None, max_length=200)
    shared: bool = False


class Change(_Body):
    """One act of a coach's, as the log has it: what kind, on what, from what to what, why, who and when."""

    kind: Literal["override", "evidence_added", "evidence_dropped", "flag_settled", "dismissed"]
    target: str
    was: str = ""
    to: str = ""
    quote: str = ""
    turn: int | None = None
    by: str
    reason: str
    at: AwareDatetime


class MoveShown(_Body):
    """What the interviewer did in a turn and why: the move's kind, its reasons, and what came close."""

    turn: int
    kind: str
    topic: str = ""
    reasons: tuple[str, ...] = ()
    runners_up: tuple[str, ...] = ()
    picked_by: str = "director"


class Review(_Body):
    """The coach's page of one interview. While `hidden` (blind first), `card` and `issued` are None: criteria come with
    names only, so that one's own levels are one's own."""

    session: SessionShown
    room: Room
    boards: tuple[BoardMoment, ...]
    criteria: tuple[CriterionName, ...]
    hidden: bool
    own: dict[str, int | None]
    card: Scorecard | None
    issued: Scorecard | None
    fairness: FairnessShown
    moves: tuple[MoveShown, ...]
    changes: tuple[Change, ...]
    comments: tuple[CommentShown, ...]
    contests: tuple[ContestShown, ...]
    other_flags: tuple[FlagName, ...]
    rating: Rating | None


class MinutesOn(_Body):
    """How many minutes of the interview went to something."""

    name: str
    minutes: float


class OfferShown(_Body):
    """Something that the interview offered, and when."""

    what: str
    turn: int
    minute: float | None = None


class FairnessShown(_Body):
    """Whether the candidate had a fair interview: what was offered and when, what never was, where the minutes went, hints,
    our own failed or cut turns, those in which the offline interviewer stood in for a model, and how often another move than the first in rank was picked."""

    offered: tuple[OfferShown, ...]
    not_offered: tuple[str, ...]
    minutes_by_phase: tuple[MinutesOn, ...]
    minutes_by_topic: tuple[MinutesOn, ...]
    hints: tuple[OfferShown, ...]
    failed_turns: int
    cut_off_turns: int
    restarted_turns: int
    stood_in_turns: int
    picked_against_rank: int


class AgreementRow(_Body):
    """Coach against scorer on one criterion (or all): n pairs, quadratic kappa with a 95 % interval, exact, within one,
    and the coach's mean less the scorer's. None where n is too small to say. `grid[i][j]` counts pairs with the scorer at
    i + 1 and the coach at j + 1."""

    criterion: str
    name: str
    n: int
    kappa: float | None
    low: float | None
    high: float | None
    exact: float | None
    within_one: float | None
    bias: float | None
    grid: tuple[tuple[int, int, int, int], ...]


class Agreement(_Body):
    """Agreement over all interviews that a coach has levelled: pooled, the asking coach's own, and by criterion."""

    sessions: int
    blind_sessions: int
    pooled: AgreementRow
    mine: AgreementRow
    criteria: tuple[AgreementRow, ...]
    rubric_versions: tuple[str, ...]


class StateShown(_Body):
    """A session's state after an act on it."""

    state: SessionState


for _model in (PlanShown, CardPage, ForScoring, Review):
    _model.model_rebuild()
