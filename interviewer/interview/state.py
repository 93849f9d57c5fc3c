"""The interview as a value: everything that happened, folded from events.

`fold` needs the events alone, so that a browser, a coach's page and a worker can all have the same interview from the
same log. Nothing here reads a clock: time is what the events say, and `elapsed_s` is asked about a given moment. Our
own thinking, pauses, disconnects and the reading of what we said do not count against the candidate (interviewer.md 4).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from interviewer.interview.diagram import Graph
from interviewer.interview.events import (
    BoardRead,
    CandidateAsked,
    CandidateCorrected,
    CandidateDrew,
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
    TurnFailed,
    TurnHeard,
    TurnHeardMore,
    TurnRestarted,
    TurnStarted,
)
from interviewer.interview.heard import Claim, Heard, SumHeard
from interviewer.interview.ledger import Turn
from interviewer.interview.moves import (
    Advance,
    AnswerQuestions,
    AskAgain,
    DeferToCandidate,
    DisputeFact,
    Hint,
    Move,
    Probe,
    SettleFigure,
    Volunteer,
)
from interviewer.interview.phases import TimedPhase
from interviewer.interview.scorecard import Conditions
from interviewer.interview.transcript import Given, Transcript

WORDS_READ_A_MINUTE = 200
"""How fast what we said is read; that time is not the candidate's."""


def reading_s(text: str) -> float:
    """How long it takes to read a text, in seconds."""
    return len(text.split()) * 60 / WORDS_READ_A_MINUTE


@dataclass(frozen=True)
class MoveMade:
    """A move of ours: the transcript turn that it became, and what it was spoken with."""

    turn: int
    move: Move
    phrases: tuple[str, ...] = ()
    receipt: str | None = None
    phase: str = ""


@dataclass(frozen=True)
class ClaimMade:
    """A claim with the turn in which it was made."""

    turn: int
    claim: Claim


@dataclass(frozen=True)
class SumMade:
    """A sum with the turn in which it was said."""

    turn: int
    sum: SumHeard


@dataclass(frozen=True)
class Interview:
    """What happened so far. `head` is the position of the last event folded; `covered` that of the last one answered."""

    start: SessionStarted | None = None
    session: str = ""
    head: int = 0
    started_at: datetime | None = None
    last_at: datetime | None = None
    transcript: tuple[Turn, ...] = ()
    phase_index: int = 0
    phase_entered_s: float = 0.0
    spent_s: float = 0.0
    running_since: datetime | None = None
    reading_left_s: float = 0.0
    heard: tuple[Heard, ...] = ()
    moves: tuple[MoveMade, ...] = ()
    pending_move: MoveChosen | None = None
    given: tuple[Given, ...] = ()
    asked_of_us: frozenset[str] = frozenset()
    claims: tuple[ClaimMade, ...] = ()
    sums: tuple[SumMade, ...] = ()
    parked: tuple[str, ...] = ()
    hints: tuple[tuple[int, str, int], ...] = ()
    wish: str | None = None
    board: Graph = field(default_factory=Graph)
    board_rev: int = 0
    board_read_rev: int = 0
    scene: dict[str, object] | None = None
    answered_to: int = 0
    hints_left: int = 0
    failed_turns: int = 0
    paused: bool = False
    gone: bool = False
    ended: SessionEnded | None = None
    rated: CandidateRated | None = None
    flags: frozenset[str] = frozenset()
    corrections: tuple[CandidateCorrected, ...] = ()
    card: ScorecardIssued | None = None
    card_ready: bool = False

    @property
    def begun(self) -> SessionStarted:
        """How it was set up. Raises ValueError before the first event."""
        if self.start is None:
            raise ValueError("An interview has no settings before SessionStarted.")
        return self.start

    @property
    def phase(self) -> TimedPhase:
        """The phase it is in."""
        return self.begun.phases[self.phase_index]

    @property
    def last_phase(self) -> bool:
        """Whether no phase follows."""
        return self.phase_index == len(self.begun.phases) - 1

    @property
    def budget_s(self) -> float:
        """Length of the whole interview in seconds of the candidate's time."""
        return sum(phase.budget_s for phase in self.begun.phases)

    @property
    def waiting(self) -> tuple[Turn, ...]:
        """The candidate's turns that have not been answered, in order."""
        return tuple(
            turn for turn in self.transcript if turn.role == "candidate" and turn.n > self.answered_to
        )

    @property
    def unanswered(self) -> int:
        """How many of the candidate's turns have not been answered."""
        return len(self.waiting)

    @property
    def last_heard(self) -> Heard | None:
        """What was heard in the candidate's latest turn."""
        return self.heard[-1] if self.heard else None

    @property
    def last_move(self) -> MoveMade | None:
        """Our latest move."""
        return self.moves[-1] if self.moves else None

    def elapsed_s(self, now: datetime | None = None) -> float:
        """Seconds of the candidate's time used up to `now`, or up to the last event."""
        if now is None or self.running_since is None:
            return self.spent_s
        return self.spent_s + max(0.0, (now - self.running_since).total_seconds() - self.reading_left_s)

    def phase_elapsed_s(self, now: datetime | None = None) -> float:
        """Seconds of the candidate's time used in this phase."""
        return self.elapsed_s(now) - self.phase_entered_s

    def fact_given(self, fact: str) -> Given | None:
        """When a fact was given, None where it was not."""
        return next((given for given in self.given if given.fact == fact), None)

    def as_transcript(self) -> Transcript:
        """The interview in the form in which anything is scored."""
        begun = self.begun
        return Transcript(
            id=self.session,
            scenario=begun.scenario,
            kind=begun.question,
            level=begun.level,
            plan=begun.plan,
            turns=self.transcript,
            conditions=Conditions(
                mode=begun.mode.value,
                pace=begun.pace.value,
                hints=len(self.hints),
                minutes=round(self.spent_s / 60, 1),
                attempt=begun.attempt,
            ),
            given=self.given,
            hints=tuple((turn, topic) for turn, topic, _ in self.hints),
            probed=tuple(
                (made.turn, topic)
                for made in self.moves
                if isinstance(made.move, Probe | AskAgain | Advance | Hint)
                and (topic := made.move.topic) is not None
            ),
            our_failed_turns=self.failed_turns,
            foreign=False,
        )


def fold(events: Iterable[Stored], onto: Interview | None = None) -> Interview:
    """The interview that these events make, continued from `onto` where given. Folding in pieces equals folding whole."""
    interview = onto or Interview()
    for event in events:
        interview = apply(interview, event)
    return interview


def apply(interview: Interview, stored: Stored) -> Interview:
    """The interview after one more stored event."""
    after = happened(replace(interview, head=stored.pos, session=stored.session), stored.event, stored.at)
    if len(after.transcript) == len(interview.transcript):
        return after
    turn = after.transcript[-1].model_copy(update={"seq": stored.seq})
    return replace(after, transcript=(*after.transcript[:-1], turn))


def happened(interview: Interview, event: Event, at: datetime) -> Interview:
    """The interview if this event happened at that moment, stored or not yet."""
    interview = replace(interview, last_at=at)
    match event:
        case SessionStarted() as started:
            return replace(interview, start=started, started_at=at)
        case PhaseEntered(phase=phase):
            ids = [str(one.id) for one in interview.begun.phases]
            return replace(
                interview, phase_index=ids.index(phase), phase_entered_s=_spent_by(interview, at), wish=None
            )
        case CandidateSpoke() as spoke:
            return _candidate_spoke(interview, spoke, at)
        case InterviewerSpoke() as spoke:
            return _interviewer_spoke(interview, spoke, at)
        case TurnHeard(heard=heard):
            return _heard(interview, heard)
        case TurnHeardMore(heard=more):
            return replace(
                interview, heard=tuple(more if one.turn == more.turn else one for one in interview.heard)
            )
        case MoveChosen() as chosen:
            return replace(interview, pending_move=chosen)
        case HintGiven(topic=topic, rung=rung):
            return replace(
                interview, hints=(*interview.hints, (len(interview.transcript) + 1, topic, rung)), wish=None
            )
        case CandidateDrew(rev=rev, scene=scene):
            return replace(interview, board_rev=rev, scene=scene)
        case BoardRead(rev=rev, graph=graph):
            return replace(interview, board=graph, board_read_rev=rev)
        case CandidateAsked(wish=wish):
            return replace(interview, wish=wish)
        case SessionPaused(why=why, since=since):
            return replace(
                interview,
                spent_s=interview.elapsed_s(since or at),
                running_since=None,
                paused=True,
                gone=why == "gone",
                reading_left_s=0,
            )
        case SessionResumed():
            running = at if interview.transcript else None
            return replace(interview, running_since=running, paused=False, gone=False, reading_left_s=0)
        case SessionEnded() as ended:
            return replace(interview, ended=ended, running_since=None)
        case CandidateRated() as rated:
            return replace(interview, rated=rated)
        case CandidateCorrected() as corrected:
            return replace(interview, corrections=(*interview.corrections, corrected))
        case TurnFailed(covers=covers):
            return replace(
                interview,
                failed_turns=interview.failed_turns + 1,
                answered_to=max(interview.answered_to, covers or 0),
            )
        case RedFlagRaised(flag=flag):
            return replace(interview, flags=interview.flags | {flag})
        case ScorecardIssued() as issued:
            return replace(interview, card=issued)
        case ScorecardReady():
            return replace(interview, card_ready=True)
        case (
            TurnStarted() | InterviewerChunk() | TurnRestarted()
            | LineContested() | CoachScored() | LevelsRevealed() | ScoreOverridden() | EvidenceAdded()
            | EvidenceDropped() | FlagSettled() | CoachCommented() | SessionDismissed()
        ):  # fmt: skip
            return interview


def _spent_by(interview: Interview, at: datetime) -> float:
    """The candidate's time up to a moment of ours: silence before we speak up is theirs, thinking about their words is not."""
    return interview.spent_s if interview.unanswered else interview.elapsed_s(at)


def _turn(interview: Interview, role: str, text: str) -> Turn:
    return Turn(
        n=len(interview.transcript) + 1,
        role="candidate" if role == "candidate" else "interviewer",
        text=text,
        minute=round(interview.spent_s / 60, 2),
        phase=interview.phase.id,
    )


def _candidate_spoke(interview: Interview, spoke: CandidateSpoke, at: datetime) -> Interview:
    interview = replace(interview, spent_s=interview.elapsed_s(at), running_since=at, reading_left_s=0.0)
    turn = _turn(interview, "candidate", spoke.text)
    return replace(
        interview,
        transcript=(*interview.transcript, turn),
        board_rev=max(spoke.board_rev or 0, interview.board_rev),
    )


def _interviewer_spoke(interview: Interview, spoke: InterviewerSpoke, at: datetime) -> Interview:
    interview = replace(interview, spent_s=_spent_by(interview, at))
    turn = _turn(interview, "interviewer", spoke.text)
    interview = replace(
        interview,
        transcript=(*interview.transcript, turn),
        running_since=None if interview.paused else at,
        reading_left_s=reading_s(spoke.text),
        answered_to=len(interview.transcript) if spoke.covers is None else spoke.covers,
        hints_left=spoke.hints_left,
        wish=None,
    )
    chosen = interview.pending_move
    if chosen is None:
        return interview
    made = MoveMade(turn.n, chosen.move, chosen.phrases, chosen.receipt, interview.phase.id)
    return _facts_given(
        replace(interview, moves=(*interview.moves, made), pending_move=None), chosen.move, turn.n
    )


def _facts_given(interview: Interview, move: Move, turn: int) -> Interview:
    match move:
        case AnswerQuestions(facts=facts):
            new, asked = facts, True
        case DeferToCandidate(fact=fact) | DisputeFact(fact=fact):
            new, asked = (fact,), True
        case SettleFigure(fact=fact):
            new, asked = (fact,), False
        case Volunteer(facts=facts):
            new, asked = facts, False
        case _:
            return interview
    known = {given.fact for given in interview.given}
    given = tuple(Given(fact, turn, asked) for fact in new if fact not in known)
    return replace(interview, given=(*interview.given, *given))


def _heard(interview: Interview, heard: Heard) -> Interview:
    return replace(
        interview,
        heard=(*interview.heard, heard),
        asked_of_us=interview.asked_of_us | {asked.fact for asked in heard.asked},
        claims=(*interview.claims, *(ClaimMade(heard.turn, claim) for claim in heard.claims)),
        sums=(*interview.sums, *(SumMade(heard.turn, one) for one in heard.sums)),
    )
