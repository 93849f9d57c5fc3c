"""A moment taken up again: a short interview that begins with the conversation up to a question already asked.

What was said before is copied, so that the interviewer knows all of it; the candidate answers the same question anew.
Copied events bear the moment of copying, so none of the new interview's time is used by them.
"""

from __future__ import annotations

from collections.abc import Sequence

from interviewer.coach.comparing import question_before
from interviewer.coach.marking import candidate_turn
from interviewer.errors import NotNow
from interviewer.interview.events import (
    CandidateAsked,
    CandidateCorrected,
    CandidateSpoke,
    Event,
    HintGiven,
    InterviewerSpoke,
    Mode,
    MoveChosen,
    PhaseEntered,
    RedFlagRaised,
    RetryOf,
    SessionStarted,
    Stored,
    TurnHeard,
    TurnHeardMore,
)
from interviewer.interview.phases import TYPED_PACE, Pace, TimedPhase
from interviewer.interview.state import Interview, apply, fold

MINUTES = 10.0
"""Length of a retry in spoken minutes."""
MINUTES_HERE = 6.0
"""Of them, so many are for the phase that the question belongs to."""
PASSED_S = 1.0
"""What a phase that is over has left."""


def forked(events: Sequence[Stored], turn: int, session: str) -> tuple[Event, ...]:
    """The first events of a retry of candidate turn number `turn`, under the id `session`.

    Raises NotNow where the interview is still going on, BadInput where that turn is not the candidate's.
    """
    whole = fold(events)
    if whole.ended is None:
        raise NotNow("A moment can be taken up again once the interview is over.")
    candidate_turn(whole.transcript, turn)
    question = question_before(whole.transcript, turn)
    until = _until(events, question)
    there = fold(until)
    names: dict[str, str] = {}
    copied = [_copied(stored.event, session, names) for stored in until[1:]]
    return (_started(there, whole, turn), *(event for event in copied if event is not None))


def board_then(events: Sequence[Stored], turn: int) -> int | None:
    """The revision of the board that stood when the question before that turn was asked, None where there was none."""
    whole = fold(events)
    there = fold(_until(events, question_before(whole.transcript, turn)))
    return there.board_rev or None


def _until(events: Sequence[Stored], question: int) -> list[Stored]:
    """The events up to the interviewer's turn with that number, and with it."""
    interview = Interview()
    kept: list[Stored] = []
    for stored in events:
        interview = apply(interview, stored)
        kept.append(stored)
        if isinstance(stored.event, InterviewerSpoke) and len(interview.transcript) >= question:
            break
    return kept


def _started(there: Interview, whole: Interview, turn: int) -> SessionStarted:
    begun = whole.begun
    return begun.model_copy(
        update={
            "phases": _timed(begun.phases, there.phase_index, begun.pace),
            "mode": Mode.practice,
            "minutes": MINUTES,
            "attempt": begun.attempt + 1,
            "retry_of": RetryOf(session=whole.session, turn=turn),
        }
    )


def _timed(phases: tuple[TimedPhase, ...], here: int, pace: Pace) -> tuple[TimedPhase, ...]:
    """Phases that are over have a second, this one most of the time, and those to come share the rest by their own lengths."""
    factor = 60 * (TYPED_PACE if pace is Pace.typed else 1)
    rest = sum(phase.budget_s for phase in phases[here + 1 :])

    def budget(index: int, phase: TimedPhase) -> float:
        if index < here:
            return PASSED_S
        if index == here:
            return (MINUTES_HERE if rest else MINUTES) * factor
        return (MINUTES - MINUTES_HERE) * factor * phase.budget_s / rest

    return tuple(
        phase.model_copy(update={"budget_s": budget(index, phase)}) for index, phase in enumerate(phases)
    )


def _copied(event: Event, session: str, names: dict[str, str]) -> Event | None:
    """The event as it stands in the retry, None for what is not carried over: pauses, sentences on their way, the end.

    The board is not in the log; whoever begins the retry saves it anew, and the interviewer reads it again.
    """
    match event:
        case CandidateSpoke():
            return event.model_copy(update={"cmid": None, "board_rev": None})
        case InterviewerSpoke() | MoveChosen():
            name = names.setdefault(event.turn, f"{session}:again:{len(names) + 1}")
            return event.model_copy(update={"turn": name})
        case (
            PhaseEntered()
            | CandidateCorrected()
            | CandidateAsked()
            | HintGiven()
            | TurnHeard()
            | TurnHeardMore()
            | RedFlagRaised()
        ):
            return event
        case _:
            return None
