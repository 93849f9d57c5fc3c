"""From the log to the wire: the one public form of each event of the public stream, and a session's state at a moment.

Stored history and public protocol change at different speeds, so nothing of `interview/events.py` goes out as it is.
What changes the session's state gives that, whole.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import assert_never

from interviewer.channels.wire import (
    AgentChunk,
    AgentFinal,
    BoardSaved,
    BoardSeen,
    CandidateMessage,
    Correction,
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
    HintShown,
    LinkSeen,
    OddSeen,
    PartSeen,
    PhaseShown,
    SessionState,
    TurnBegun,
    TurnBegunAnew,
    TurnLost,
)
from interviewer.interview.events import (
    BoardRead,
    CandidateAsked,
    CandidateCorrected,
    CandidateDrew,
    CandidateRated,
    CandidateSpoke,
    CoachCommented,
    CoachScored,
    EvidenceAdded,
    EvidenceDropped,
    FlagSettled,
    HintGiven,
    InterviewerChunk,
    InterviewerSpoke,
    LevelsRevealed,
    LineContested,
    Mode,
    MoveChosen,
    PhaseEntered,
    RedFlagRaised,
    ScorecardIssued,
    ScorecardReady,
    ScoreOverridden,
    SessionDismissed,
    SessionEnded,
    SessionPaused,
    SessionResumed,
    SessionStarted,
    Stored,
    Stream,
    TurnFailed,
    TurnHeard,
    TurnHeardMore,
    TurnRestarted,
    TurnStarted,
)
from interviewer.interview.scene import role_of
from interviewer.interview.state import Interview, apply


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

    Every kind is named, so that a new one is not let out before somebody has chosen its form.
    Raises ValueError for an event of the internal stream.
    """
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
        case (
            SessionStarted()
            | PhaseEntered()
            | CandidateAsked()
            | SessionPaused()
            | SessionResumed()
            | SessionEnded()
            | CandidateRated()
            | ScorecardReady()
        ):
            return EvSessionState(seq=seq, ts=ts, data=state_of(after, ts))
        case (
            TurnHeard()
            | TurnHeardMore()
            | MoveChosen()
            | RedFlagRaised()
            | ScorecardIssued()
            | LineContested()
            | CoachScored()
            | LevelsRevealed()
            | ScoreOverridden()
            | EvidenceAdded()
            | EvidenceDropped()
            | FlagSettled()
            | CoachCommented()
            | SessionDismissed()
        ):
            raise ValueError(f"{stored.event.kind} is not for the candidate")
        case _:
            assert_never(stored.event)


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
        stood_in=spoke.stood_in,
        cut_off=spoke.cut_off,
        state=state_of(after, ts),
    )


def _seq_of(interview: Interview, turn: int) -> int:
    return next((one.seq or 0 for one in interview.transcript if one.n == turn), 0)
