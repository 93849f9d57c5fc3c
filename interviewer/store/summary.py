"""A session in one line, as lists show it: a pure function of its events, continued with each append.

Its clock is that of `interview/state.py`: pauses, our own thinking and the reading of our words do not count.
Fields may be added with a default; a summary that can no longer be made from an older one is made from the events.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict

from interviewer.interview.events import (
    BoardRead,
    CandidateRated,
    CandidateSpoke,
    CoachCommented,
    CoachScored,
    Event,
    EvidenceAdded,
    EvidenceDropped,
    FlagSettled,
    HintGiven,
    InterviewerChunk,
    InterviewerSpoke,
    LevelsRevealed,
    LineContested,
    MoveChosen,
    PhaseEntered,
    ScorecardIssued,
    ScorecardReady,
    ScoreOverridden,
    SessionDismissed,
    SessionEnded,
    SessionPaused,
    SessionResumed,
    SessionStarted,
    Stored,
    TurnFailed,
    TurnHeard,
    TurnHeardMore,
    TurnRestarted,
    TurnStarted,
)
from interviewer.interview.state import reading_s


class Summary(BaseModel):
    """What lists say of a session. `minutes` are spoken minutes as chosen, `budget_s` seconds at the chosen pace."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    scenario: str = ""
    kind: str = ""
    level: str = ""
    mode: str = ""
    pace: str = ""
    plan: str = ""
    minutes: float = 0.0
    attempt: int = 1
    title: str = ""
    retry_of: str | None = None
    why: str | None = None
    phase: str | None = None
    budget_s: float = 0.0
    scorecard: Literal["none", "pending", "ready"] = "none"
    overall: float | None = None
    recommendation: str | None = None
    reviewed: bool = False
    contested: int = 0
    contested_lines: tuple[str, ...] = ()
    looked_by: tuple[str, ...] = ()
    dismissed: bool = False
    rated: bool = False
    spent_s: float = 0.0
    running_since: AwareDatetime | None = None
    reading_left_s: float = 0.0
    paused: bool = False
    turns: int = 0
    candidates_last_turn: int = 0
    answered_to: int = 0

    def spent_at(self, now: datetime) -> float:
        """Seconds of the candidate's time used up to `now`."""
        if self.running_since is None:
            return self.spent_s
        return self.spent_s + max(0.0, (now - self.running_since).total_seconds() - self.reading_left_s)

    def left_s(self, now: datetime) -> float:
        """Seconds of the interview that are left at `now`; negative once it runs over."""
        return self.budget_s - self.spent_at(now)


UNSEEN = (
    TurnStarted
    | InterviewerChunk
    | TurnRestarted
    | TurnHeard
    | TurnHeardMore
    | MoveChosen
    | BoardRead
    | HintGiven
)
"""What happens many times a turn, and is seen in no list."""


def summary_after(summary: Summary, events: Iterable[Stored]) -> Summary:
    """The summary once `events` have happened as well; the same object where none of them is seen in a list."""
    for stored in events:
        summary = _after(summary, stored.event, stored.at)
    return summary


def _after(summary: Summary, event: Event, at: datetime) -> Summary:
    change = _of_the_interview(summary, event, at) or _of_the_card(summary, event)
    return summary.model_copy(update=change) if change else summary


def _of_the_interview(summary: Summary, event: Event, at: datetime) -> dict[str, object]:
    match event:
        case SessionStarted():
            return _begun(event)
        case PhaseEntered(phase=phase):
            return {"phase": phase}
        case CandidateSpoke():
            clock = {"spent_s": summary.spent_at(at), "running_since": at, "reading_left_s": 0.0}
            return {**clock, "turns": summary.turns + 1, "candidates_last_turn": summary.turns + 1}
        case InterviewerSpoke(text=text, covers=covers):
            waiting = summary.candidates_last_turn > summary.answered_to
            return {
                "spent_s": summary.spent_s if waiting else summary.spent_at(at),
                "running_since": None if summary.paused else at,
                "reading_left_s": reading_s(text),
                "answered_to": summary.turns if covers is None else covers,
                "turns": summary.turns + 1,
            }
        case TurnFailed(covers=int(covers)):
            return {"answered_to": max(summary.answered_to, covers)}
        case SessionPaused(since=since):
            clock = {"spent_s": summary.spent_at(since or at), "running_since": None, "reading_left_s": 0.0}
            return {**clock, "paused": True}
        case SessionResumed():
            return {
                "running_since": at if summary.turns else None,
                "paused": False,
                "reading_left_s": 0.0,
            }
        case SessionEnded(why=why):
            scorecard = "ready" if summary.scorecard == "ready" else "pending"
            return {"why": why, "running_since": None, "scorecard": scorecard}
        case CandidateRated():
            return {"rated": True}
        case _:
            return {}


def _of_the_card(summary: Summary, event: Event) -> dict[str, object]:
    match event:
        case ScorecardIssued(card=card):
            return {"overall": card.get("overall"), "recommendation": card.get("recommendation")}
        case ScorecardReady():
            return {"scorecard": "ready"}
        case LineContested(line=line):
            return _contested({*summary.contested_lines, line})
        case CoachScored(by_id=by):
            return {"reviewed": True, "looked_by": _with(summary.looked_by, by)}
        case LevelsRevealed(by_id=by):
            return {"looked_by": _with(summary.looked_by, by)}
        case ScoreOverridden(target=line) | EvidenceAdded(target=line):
            return {"reviewed": True, **_answered(summary, line)}
        case EvidenceDropped(evidence=line) | FlagSettled(flag=line):
            return {"reviewed": True, **_answered(summary, line)}
        case CoachCommented(line=line, shared=shared):
            # a note is no review yet, and what the candidate cannot read is no answer
            return _answered(summary, line) if line and shared else {}
        case SessionDismissed():
            return {"dismissed": True}
        case _:
            return {}


def _contested(lines: set[str]) -> dict[str, object]:
    return {"contested": len(lines), "contested_lines": tuple(sorted(lines))}


def _answered(summary: Summary, line: str) -> dict[str, object]:
    """A contested line that a coach changed or answered waits for nobody; an item may be named without its criterion."""
    if line not in summary.contested_lines and line.rpartition("/")[2] not in summary.contested_lines:
        return {}
    return _contested({*summary.contested_lines} - {line, line.rpartition("/")[2]})


def _with(ids: tuple[str, ...], id: str | None) -> tuple[str, ...]:
    return ids if id is None or id in ids else (*ids, id)


def _begun(started: SessionStarted) -> dict[str, object]:
    budget_s = sum(phase.budget_s for phase in started.phases)
    return {
        "scenario": started.scenario,
        "kind": str(started.question),
        "level": str(started.level),
        "mode": started.mode.value,
        "pace": started.pace.value,
        "plan": started.plan,
        "minutes": started.minutes,
        "attempt": started.attempt,
        "title": started.title,
        "retry_of": started.retry_of.session if started.retry_of else None,
        "phase": str(started.phases[0].id) if started.phases else None,
        "budget_s": budget_s,
    }
