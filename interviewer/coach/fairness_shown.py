"""Whether the candidate had a fair interview, from our own log: what was offered and when, where the minutes went, hints,
and what went wrong on our side. It comes first on the coach's page, and tells nothing of the levels."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from interviewer.coach.review import about, moves_of
from interviewer.interview.events import InterviewerSpoke, MoveChosen, Stored, TurnFailed, TurnRestarted
from interviewer.interview.moves import (
    AnswerQuestions,
    AskForNumbers,
    AskForSummary,
    ChangeRequirement,
    CheckArithmetic,
    Close,
    DeferToCandidate,
    DisputeFact,
    InjectFailure,
    Move,
    OffSheet,
    Open,
    PartQuestion,
    ReadBoard,
    RestateBrief,
    SettleFigure,
    SmallerQuestion,
    Volunteer,
)
from interviewer.interview.pack import Scenario
from interviewer.interview.scorecard import Scorecard
from interviewer.interview.state import Interview, fold

DIRECTOR = "director"
BRIEF, NUMBERS, FAILURES, CHANGES, BOARD, CLOSE = (
    "The brief and its questions",
    "Numbers",
    "Failures",
    "Changed requirements",
    "The board",
    "The close",
)


@dataclass(frozen=True)
class Minutes:
    """How many minutes of the interview went to something."""

    name: str
    minutes: float


@dataclass(frozen=True)
class Offered:
    """Something that the interview offered, in which turn, and at which minute of the interview."""

    what: str
    turn: int
    minute: float | None = None


@dataclass(frozen=True)
class FairShown:
    """All that the head of the coach's page says about fairness. In `stood_in_turns` a model failed and the offline
    interviewer spoke in its place."""

    offered: tuple[Offered, ...]
    not_offered: tuple[str, ...]
    minutes_by_phase: tuple[Minutes, ...]
    minutes_by_topic: tuple[Minutes, ...]
    hints: tuple[Offered, ...]
    failed_turns: int
    cut_off_turns: int
    restarted_turns: int
    stood_in_turns: int
    picked_against_rank: int


def fairness_shown(events: Iterable[Stored], card: Scorecard | None, scenario: Scenario | None) -> FairShown:
    """The fairness of one interview. `card` is the issued one, for the criteria that were asked about."""
    events = tuple(events)
    interview = fold(events)
    spoken = [event for stored in events if isinstance(event := stored.event, InterviewerSpoke)]
    return FairShown(
        offered=_offered(events, interview, card, scenario),
        not_offered=card.fairness.not_offered if card else (),
        minutes_by_phase=_by_phase(interview),
        minutes_by_topic=_by_topic(interview, scenario),
        hints=_hints(interview, scenario),
        failed_turns=sum(isinstance(stored.event, TurnFailed) for stored in events),
        cut_off_turns=sum(event.cut_off for event in spoken),
        restarted_turns=sum(isinstance(stored.event, TurnRestarted) for stored in events),
        stood_in_turns=sum(event.stood_in for event in spoken),
        picked_against_rank=_against_rank(events),
    )


def _against_rank(events: Iterable[Stored]) -> int:
    """Turns in which the director's first choice was not what was said: a guard or somebody else picked another."""
    chosen = (event for stored in events if isinstance(event := stored.event, MoveChosen))
    return sum(event.picked_by != DIRECTOR for event in chosen)


def _minute(interview: Interview, turn: int) -> float | None:
    return interview.transcript[turn - 1].minute if 1 <= turn <= len(interview.transcript) else None


def _offered(
    events: tuple[Stored, ...], interview: Interview, card: Scorecard | None, scenario: Scenario | None
) -> tuple[Offered, ...]:
    """Criteria that were asked about and topics that were raised, each at its first time."""
    asked = [(offer.what, offer.turn) for offer in card.fairness.offered] if card else []
    titles = {topic.title for topic in scenario.topics} if scenario else set()
    asked += [(move.topic, move.turn) for move in moves_of(events, scenario) if move.topic in titles]
    first: dict[str, int] = {}
    for what, turn in sorted(asked, key=lambda pair: pair[1]):
        first.setdefault(what, turn)
    return tuple(Offered(what, turn, _minute(interview, turn)) for what, turn in first.items())


def _hints(interview: Interview, scenario: Scenario | None) -> tuple[Offered, ...]:
    titles = {str(topic.id): topic.title for topic in scenario.topics} if scenario else {}
    return tuple(
        Offered(f"{titles.get(topic, topic)}, step {rung}", turn, _minute(interview, turn))
        for turn, topic, rung in interview.hints
    )


def _by_phase(interview: Interview) -> tuple[Minutes, ...]:
    names = {str(phase.id): phase.name for phase in interview.begun.phases} if interview.start else {}
    spent: dict[str, float] = {}
    for turn, minutes in _lengths(interview):
        phase = interview.transcript[turn - 1].phase or ""
        spent[phase] = spent.get(phase, 0.0) + minutes
    return tuple(Minutes(names.get(phase, phase), round(minutes, 1)) for phase, minutes in spent.items())


def _by_topic(interview: Interview, scenario: Scenario | None) -> tuple[Minutes, ...]:
    """The time from each of our moves to the next goes to what the move was about; one about nothing goes on with the last."""
    moves = {made.turn: made.move for made in interview.moves}
    spent: dict[str, float] = {}
    name = BRIEF
    for turn, minutes in _lengths(interview):
        if turn in moves:
            name = _name(moves[turn], scenario) or name
        spent[name] = spent.get(name, 0.0) + minutes
    shown = [Minutes(name, round(minutes, 1)) for name, minutes in spent.items()]
    return tuple(sorted((one for one in shown if one.minutes), key=lambda one: -one.minutes))


def _lengths(interview: Interview) -> list[tuple[int, float]]:
    """Every turn with the minutes until the next one, the last until the end."""
    starts = [turn.minute or 0.0 for turn in interview.transcript]
    ends = [*starts[1:], interview.spent_s / 60]
    return [
        (place, max(0.0, end - start))
        for place, (start, end) in enumerate(zip(starts, ends, strict=True), start=1)
    ]


def _name(move: Move, scenario: Scenario | None) -> str:
    match move:
        case (
            Open()
            | AnswerQuestions()
            | OffSheet()
            | RestateBrief()
            | Volunteer()
            | DisputeFact()
            | SettleFigure()
        ):
            return BRIEF
        case DeferToCandidate():
            return BRIEF
        case Close() | AskForSummary():
            return CLOSE
        case InjectFailure():
            return FAILURES
        case ChangeRequirement():
            return CHANGES
        case ReadBoard() | PartQuestion():
            return BOARD
        case AskForNumbers() | CheckArithmetic() | SmallerQuestion(topic=None):
            return NUMBERS
        case _:
            titles = {topic.title for topic in scenario.topics} if scenario else set()
            topic = about(move, scenario)
            return topic if topic in titles else ""
