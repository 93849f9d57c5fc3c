"""Ranks the legal moves with stated reasons and picks the best: this is where the interview's judgement lives.

Order of duty: a direct question first, then safety, then an unanswered question of ours, then what just got said that
is wrong, contradictory or thin, then what the phase owes, then the plan. Deterministic: the same interview at the same
moment gives the same choice. A model speaker may later pick among the best few; it cannot add to them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from interviewer.interview.chance import draw
from interviewer.interview.heard import Act
from interviewer.interview.moves import (
    Advance,
    AnswerQuestions,
    AskAgain,
    AskForNumbers,
    AskForSummary,
    ChallengeChoice,
    ChangeRequirement,
    CheckArithmetic,
    Close,
    Decline,
    DeferToCandidate,
    DisputeFact,
    FindOut,
    GoOn,
    Hint,
    InjectFailure,
    Move,
    Nudge,
    OffSheet,
    Open,
    Park,
    PartQuestion,
    PressContradiction,
    Probe,
    ProbeBottleneck,
    ProbeClaim,
    ReadBoard,
    Redirect,
    RestateBrief,
    ReturnTo,
    SettleFigure,
    SmallerQuestion,
    Volunteer,
    WalkOneObject,
)
from interviewer.interview.rubric import CandidateLevel
from interviewer.interview.rules import Legal
from interviewer.interview.standing import Standing
from interviewer.interview.topics import topic_of

CLOSE_IN_RANK = 12.0
MOST_ON_OFFER = 4


@dataclass(frozen=True)
class Ranked:
    """A legal move with its worth (higher is better, no unit) and the reasons for it."""

    move: Move
    worth: float
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Choice:
    """What to do: the best move, those close behind it, and the phase that it takes the interview into, if any."""

    best: Ranked
    others: tuple[Ranked, ...] = ()
    enters: str | None = None
    why_enters: str = ""

    @property
    def move(self) -> Move:
        """The move that was chosen."""
        return self.best.move

    @property
    def on_offer(self) -> tuple[Ranked, ...]:
        """The best few, close in rank: among these a model speaker may pick."""
        near = [one for one in self.others if self.best.worth - one.worth <= CLOSE_IN_RANK]
        return (self.best, *near[: MOST_ON_OFFER - 1])


def choose(standing: Standing, legal: Legal) -> Choice:
    """The best legal move. Raises ValueError where nothing is legal, which only an ended interview gives."""
    if not legal.moves:
        raise ValueError("Nothing is legal: the interview is over.")
    ranked = sorted((_ranked(standing, move) for move in legal.moves), key=lambda one: -one.worth)
    enters, why = _entered(standing, ranked[0].move)
    if isinstance(ranked[0].move, Advance) and ranked[0].move.topic is None:
        ranked = _with_something_to_ask(ranked)
    return Choice(ranked[0], tuple(ranked[1:8]), enters, why)


def _with_something_to_ask(ranked: list[Ranked]) -> list[Ranked]:
    """A new phase whose topics are all open already begins with a duty that rests on their design, if one is legal."""
    for index, one in enumerate(ranked):
        match one.move:
            case (
                ProbeBottleneck(bottleneck=str())
                | InjectFailure(failure=str(), follow=False)
                | ChangeRequirement(curveball=str())
                | ChallengeChoice(choice=str())
            ):
                reasons = ("the plan goes on, and this is where it can begin", *one.reasons)
                return [Ranked(one.move, ranked[0].worth, reasons), *ranked[:index], *ranked[index + 1 :]]
            case _:
                continue
    return ranked


def _ranked(standing: Standing, move: Move) -> Ranked:
    reasons = tuple(_reasons(standing, move))
    return Ranked(move, round(sum(points for points, _ in reasons), 2), tuple(why for _, why in reasons))


def _entered(standing: Standing, move: Move) -> tuple[str | None, str]:
    interview = standing.interview
    if isinstance(move, Advance):
        return (
            move.phase,
            "the candidate wished it" if interview.wish == "next" else "the phase has had its time",
        )
    last = len(interview.begun.phases) - 1
    if isinstance(move, Close) and interview.phase_index < last:
        why = "the candidate wished to close" if interview.wish == "close" else "the time is nearly used up"
        return interview.begun.phases[last].id, why
    due = _natural_phase(standing, move)
    if due is not None and due > interview.phase_index and standing.phase_used >= 0.8:
        return interview.begun.phases[
            due
        ].id, "the move belongs to the next phase, and this one has had its time"
    return None, ""


def _natural_phase(standing: Standing, move: Move) -> int | None:
    """Index of the phase that a move belongs to, None where it fits any."""
    match move:
        case ProbeBottleneck():
            return standing.phase_index("scale")
        case InjectFailure():
            return standing.phase_index("reliability")
        case Probe(topic=topic):
            return standing.phase_index(standing.pack.scenario.topic(topic).due)
        case _:
            return None


def _reasons(standing: Standing, move: Move) -> Iterator[tuple[float, str]]:
    yield from _duty(standing, move)
    yield from _moment(standing, move)
    topic = topic_of(move, standing.pack.scenario)
    if topic in standing.topics:
        yield from _topic(standing, move, topic)


def _duty(standing: Standing, move: Move) -> Iterator[tuple[float, str]]:
    match move:
        case Open():
            yield 100, "every interview begins with the brief"
        case Close(step=3) if standing.left_s <= 0:
            yield 200, "the time is up"
        case Close():
            yield 96, "the closing questions are due"
        case AnswerQuestions() | DeferToCandidate() | OffSheet() | RestateBrief() | DisputeFact():
            yield from _answer_duty(standing, move)
        case Decline():
            yield 98, "it has to be declined kindly before anything else"
        case AskAgain(wish="same" | "plainer"):
            yield 100, "they want to hear again what we said"
        case AskAgain():
            yield 88, "our question was not answered"
            heard = standing.heard
            if heard and (heard.topics or any(met.raised for met in heard.probes)):
                yield -24, "they have gone on to something that has its own questions"
            if standing.phase_used >= 1:
                yield -14, "the phase has had its time"
        case Hint(requested=True) | SmallerQuestion():
            yield 94, "they asked for help"
        case Hint():
            yield 80, "they are stuck and have been given room"
        case FindOut():
            yield 86, "they said they don't know, which is all right to say"
        case Park():
            yield 84, "more of the same would not help them now"
        case Nudge():
            yield 60, "it has been silent"
        case Probe(using="then"):
            yield 85, "an answer has a consequence that they have not seen yet"
        case PressContradiction():
            yield 84, "two of their statements cannot both stand"
        case SettleFigure():
            yield 85.5, "they build on a figure that the sheet has otherwise"
            if standing.heard and standing.heard.has(Act.continues):
                yield 18, "they are about to go on from there"
        case CheckArithmetic(off=True):
            yield 83, "a sum does not come out"
        case CheckArithmetic():
            yield 72, "sound sums are asked about in the same words now and then"
        case Redirect():
            yield 82, "the interview is on its way past the question"
        case WalkOneObject():
            yield 78, "names stood in place of a mechanism"
        case Probe(using="slot"):
            yield 66, "the topic is open and one part of the answer is missing"
        case PartQuestion():
            yield 40, "a part was named that has a question of its own"
        case ProbeClaim(follow=True):
            yield 64, "their answer leaves the second half of the question open"
        case ProbeClaim():
            yield 60, "something they named has a question of its own"
        case Volunteer():
            yield 81, "nobody asked for the figures, and everything later rests on them"
        case AskForNumbers():
            yield 74, "sizes are due and none were given"
        case ReadBoard():
            yield 62, "something on the board asks for a word"
        case ReturnTo():
            yield 70, "a promise was made to come back"
        case InjectFailure(follow=True):
            yield 79, "the failure has a second half"
        case ProbeBottleneck() | InjectFailure() | ChallengeChoice() | ChangeRequirement():
            yield 46, "every full interview holds one"
        case Probe():
            yield 50, "the phase owes this topic"
        case AskForSummary():
            yield 52, "the whole has not been said in one piece yet"
        case Advance():
            yield from _advance_duty(standing)
        case GoOn():
            yield 42, "the floor is theirs"


def _answer_duty(standing: Standing, move: Move) -> Iterator[tuple[float, str]]:
    yield 100, "a direct question comes first"
    if isinstance(move, OffSheet) and standing.heard and standing.heard.words > 80:
        yield -22, "the question was one line in a long answer"


def _advance_duty(standing: Standing) -> Iterator[tuple[float, str]]:
    used = standing.phase_used
    if standing.wants_next:
        yield 97, "they wished to go on"
        return
    yield 36, "the plan goes on"
    if used >= 1:
        yield 30, "the phase has had its time"
    if used >= 1.25:
        yield 16, "the phase is well over its time"
    if used >= 1.6:
        yield 10, "the phase is far over its time"
    owed = [
        topic
        for topic in standing.owed()
        if standing.phase_index(topic.due) == standing.interview.phase_index
    ]
    if not owed:
        yield 16, "this phase owes nothing more"


def _moment(standing: Standing, move: Move) -> Iterator[tuple[float, str]]:
    """What the time and the last words add."""
    interview, heard = standing.interview, standing.heard
    match move:
        case ProbeBottleneck() if not standing.made(ProbeBottleneck):
            yield from _pressing(standing, 0.42)
        case InjectFailure(follow=False) if not standing.made(InjectFailure):
            yield from _pressing(standing, 0.6)
        case ChallengeChoice() if not standing.made(ChallengeChoice):
            yield from _pressing(standing, 0.3)
            if heard and any(claim.kind == "decision" and claim.of == move.choice for claim in heard.claims):
                yield 14, "they have just decided it"
            elif move.choice:
                yield -8, "they decided it a while ago"
        case ChangeRequirement():
            yield from _pressing(standing, 0.5)
        case _:
            pass
    if isinstance(move, ProbeBottleneck | InjectFailure | ChallengeChoice | ChangeRequirement):
        if (
            getattr(move, "bottleneck", None)
            or getattr(move, "failure", None)
            or getattr(move, "choice", None)
        ):
            yield 6, "it rests on something they said or drew"
        if (
            interview.last_move
            and type(interview.last_move.move) is type(move)
            and not getattr(move, "follow", False)
        ):
            yield -20, "two of the same kind in a row read like a list"
    if isinstance(move, ProbeClaim | PartQuestion) and heard:
        fresh = {met.probe for met in heard.probes if met.raised}
        if isinstance(move, ProbeClaim) and move.probe in fresh:
            yield 8, "they have just said it"
    if _two_thin(standing) and isinstance(move, Probe | ProbeClaim | ChallengeChoice):
        if isinstance(move, Probe) and move.using == "then" and not _lost(standing):
            yield -6, "two thin answers in a row, though they were sure of this one"
        elif not (isinstance(move, Probe) and move.using == "probe" and move.rung == 0):
            yield -18, "two thin answers in a row: the next thing should be something they can do"
    if isinstance(move, GoOn):
        yield from _floor(standing)
    unkind = isinstance(move, ChangeRequirement | InjectFailure | PressContradiction)
    if unkind and heard and heard.has(Act.not_know, Act.stuck, Act.wants_answer, Act.wants_hint):
        yield -30, "they have just said that they are stuck"


def _pressing(standing: Standing, since: float) -> Iterator[tuple[float, str]]:
    late = standing.used - since
    if late > 0:
        yield min(34, 10 + 110 * late), "there may not be much more time for it"
    if standing.used > 0.4 and standing.turns_left < len(standing.missing_duties) + 0.5:
        yield 24, "there is hardly a turn left for what every interview holds"


def _floor(standing: Standing) -> Iterator[tuple[float, str]]:
    heard, interview = standing.heard, standing.interview
    if heard is None:
        return
    if heard.has(Act.continues, Act.needs_time) and not (heard.asked or heard.off_sheet):
        yield 60, "they are in the middle of something"
    last = interview.last_move
    if last is not None and isinstance(last.move, GoOn):
        yield -26, "we left them the floor just now"
    opened = any(
        standing.topics[touch.topic].first_turn == heard.turn
        for touch in heard.topics
        if touch.topic in standing.topics
    )
    wrong = any(touch.stance == "wrong" for touch in heard.topics)
    if opened and not wrong and heard.words >= 25 and standing.phase_used < 1:
        bonus = {CandidateLevel.mid: 20, CandidateLevel.senior: 30, CandidateLevel.staff: 36}
        yield bonus[interview.begun.level], "they are leading, and bringing things up themselves"


def _lost(standing: Standing) -> bool:
    return standing.heard is not None and standing.heard.has(Act.not_know, Act.stuck)


def _two_thin(standing: Standing) -> bool:
    last = [heard for heard in standing.interview.heard[-2:]]
    return len(last) == 2 and all(
        heard.has(Act.not_know, Act.stuck)
        or (
            heard.topics
            and all(touch.stance in ("thin", "wrong") for touch in heard.topics)
            and heard.words < 40
        )
        for heard in last
    )


def _topic(standing: Standing, move: Move, topic: str) -> Iterator[tuple[float, str]]:
    state, interview = standing.topics[topic], standing.interview
    index = standing.phase_index(standing.pack.scenario.topic(topic).due)
    if isinstance(move, Probe):
        if index == interview.phase_index:
            yield 6, "it is due in this phase"
        elif index > interview.phase_index and move.using == "then":
            yield -4, "its phase is still to come, but it is they who brought it up"
        elif index > interview.phase_index:
            yield -14, "its phase is still to come"
        elif state.spent:
            yield -4 if move.using == "then" else -10, "its phase has passed"
        if topic in _just_touched(standing):
            yield 8, "they have just spoken of it"
            if move.using != "then" and state.stance == "wrong" and state.pending_then is None:
                yield 12, "what they said of it does not hold"
            if move.using == "slot" and _leading(standing) and standing.phase_used < 0.7:
                yield -12, "they are leading, and may come to it themselves"
        elif topic == standing.last_topic and move.using != "probe":
            yield 4, "it keeps to what is being talked about"
        elif move.using == "slot":
            yield -9, "they have moved on from it"
        if state.spent >= 2:
            yield -7 * (state.spent - 1), "we have spent moves on it"
        if move.using == "probe" and move.rung > 0 and not state.touched:
            yield -8, "they had nothing on it when asked"
        level = interview.begun.level
        if move.using == "slot" and move.slot not in standing.pack.scenario.topic(topic).enough:
            depth = {CandidateLevel.mid: -26, CandidateLevel.senior: -16, CandidateLevel.staff: -8}[level]
            yield depth, "the answer stands without it"
        if move.using == "probe" and topic in _follows(standing):
            yield 5, "it follows from what was just talked about"
        if standing.phase_used >= 1 and index <= interview.phase_index:
            yield -12, "the phase has had its time"
        yield draw(interview.begun.seed, "probe", topic, move.using) * 2, "so that two interviews differ"


def _leading(standing: Standing) -> bool:
    heard = standing.heard
    return (
        heard is not None
        and heard.words >= 25
        and any(
            standing.topics[touch.topic].first_turn == heard.turn
            for touch in heard.topics
            if touch.topic in standing.topics
        )
    )


def _just_touched(standing: Standing) -> frozenset[str]:
    return frozenset(touch.topic for touch in standing.heard.topics) if standing.heard else frozenset()


def _follows(standing: Standing) -> tuple[str, ...]:
    last = standing.last_topic
    return tuple(standing.pack.scenario.topic(last).follows) if last else ()
