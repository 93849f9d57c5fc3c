"""What coaches and the candidate have said about one interview, read from its log: comments, contests, own levels.

Blind first: until a coach has saved own levels, or has chosen to look, the scorer's are hidden from that coach, and so
is whatever other coaches made of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from interviewer.interview.events import (
    CandidateRated,
    CoachCommented,
    CoachEvent,
    CoachScored,
    LevelsRevealed,
    LineContested,
    MoveChosen,
    ScorecardIssued,
    ScoreOverridden,
    SessionDismissed,
    Stored,
)
from interviewer.interview.moves import Move
from interviewer.interview.pack import Scenario
from interviewer.interview.scorecard import Scorecard
from interviewer.interview.state import Interview, apply
from interviewer.scoring.agreement import Pair


@dataclass(frozen=True)
class Looked:
    """Where one coach stands: whether the card is still hidden, whether it was revealed before own levels, and the latest
    of those."""

    hidden: bool = True
    revealed: bool = False
    own: dict[str, int | None] | None = None


@dataclass(frozen=True)
class Comment:
    """A coach's comment, pinned to a turn or on the whole; `line` is the contested line that it answers. `by_id` is the
    coach's account, None in older logs."""

    turn: int | None
    text: str
    by: str
    at: datetime
    shared: bool
    line: str | None = None
    by_id: str | None = None


@dataclass(frozen=True)
class ContestedLine:
    """A line of the card that the candidate holds to be wrong."""

    line: str
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True)
class MoveMadeBy:
    """What the interviewer did in a turn and why: the move's kind, what it was about, its reasons, and what came close."""

    turn: int
    kind: str
    topic: str
    reasons: tuple[str, ...]
    runners_up: tuple[str, ...]
    picked_by: str


def issued_card(events: Iterable[Stored]) -> Scorecard | None:
    """The card as the scorer issued it, None where there is none yet."""
    for stored in events:
        if isinstance(stored.event, ScorecardIssued):
            return Scorecard.model_validate(stored.event.card)
    return None


def looked_of(events: Iterable[Stored], coach: str) -> Looked:
    """Where a coach stands with an interview; `coach` is the id of their account.

    What older logs hold without an id opens the card to nobody, since a name may have passed to somebody else.
    """
    looked = Looked()
    for stored in events:
        match stored.event:
            case CoachScored(by_id=by, levels=levels) if by == coach:
                looked = replace(looked, hidden=False, own={**(looked.own or {}), **levels})
            case LevelsRevealed(by_id=by) if by == coach:
                looked = replace(looked, hidden=False, revealed=True)
            case _:
                pass
    return looked


def is_hidden(owner: str, events: Iterable[Stored], viewer: str) -> bool:
    """Whether the card is still hidden from an account; it never is from the candidate whose it is."""
    return owner != viewer and looked_of(events, viewer).hidden


def comments_of(events: Iterable[Stored]) -> tuple[Comment, ...]:
    """All comments, oldest first."""
    return tuple(
        Comment(said.turn, said.text, said.by, stored.at, said.shared, said.line, said.by_id)
        for stored in events
        if isinstance(said := stored.event, CoachCommented)
    )


def contests_of(events: Iterable[Stored]) -> tuple[ContestedLine, ...]:
    """What is contested, by line; the last reason given for a line stands."""
    lines: dict[tuple[str, str], ContestedLine] = {}
    for stored in events:
        if isinstance(said := stored.event, LineContested):
            lines[said.line, said.by] = ContestedLine(said.line, said.reason, said.by, stored.at)
    return tuple(lines.values())


def rating_of(events: Iterable[Stored]) -> CandidateRated | None:
    """What the candidate thought of it, as last said."""
    ratings = [stored.event for stored in events if isinstance(stored.event, CandidateRated)]
    return ratings[-1] if ratings else None


def is_dismissed(events: Iterable[Stored]) -> bool:
    """Whether a coach has declared the interview invalid."""
    return any(isinstance(stored.event, SessionDismissed) for stored in events)


def pairs_of(issued: Scorecard, events: Iterable[Stored], only: str | None = None) -> tuple[Pair, ...]:
    """The scorer's issued level against each coach's own, where both assessed; `only` is one coach's account.

    A later change of a level counts as the coach's own where that coach gave none, and is never blind. A dismissed
    interview gives no pair.
    """
    events = tuple(events)
    if is_dismissed(events):
        return ()
    own: dict[tuple[str, str], tuple[int | None, bool]] = {}
    changed: dict[tuple[str, str], int | None] = {}
    for stored in events:
        match stored.event:
            case CoachScored(levels=levels, blind=blind) as scored:
                by = _who(scored)
                for criterion, level in levels.items():
                    before = own.get((by, criterion))
                    # a second thought after the card was seen is no longer blind, so the first one counts
                    if before is None or blind or not before[1]:
                        own[by, criterion] = (level, blind)
            case ScoreOverridden(target=target, to=to) as word if "/" not in target:
                changed[_who(word), target] = to if isinstance(to, int) else None
            case _:
                pass
    said = {**{key: (level, False) for key, level in changed.items()}, **own}
    levels = {one.id: one.level for one in issued.criteria}
    return tuple(
        Pair(criterion, scorer, coach, blind)
        for (by, criterion), (coach, blind) in sorted(said.items(), key=lambda pair: pair[0])
        if only in (None, by) and coach is not None and (scorer := levels.get(criterion)) is not None
    )


def _who(said: CoachEvent) -> str:
    """Whose word it is: an account's id, in older logs a name."""
    return said.by_id or said.by


def moves_of(events: Iterable[Stored], scenario: Scenario | None) -> tuple[MoveMadeBy, ...]:
    """What the interviewer did and why, turn by turn. A turn that was begun anew shows what was said in the end."""
    interview = Interview()
    chosen: MoveChosen | None = None
    shown: list[MoveMadeBy] = []
    for stored in events:
        before = len(interview.moves)
        if isinstance(stored.event, MoveChosen):
            chosen = stored.event
        interview = apply(interview, stored)
        if len(interview.moves) > before and chosen is not None:
            made = interview.moves[-1]
            others = tuple(
                ": ".join(filter(None, (other.move.kind, about(other.move, scenario))))
                for other in chosen.runners_up
            )
            shown.append(
                MoveMadeBy(
                    made.turn,
                    made.move.kind,
                    about(made.move, scenario),
                    chosen.reasons,
                    others,
                    chosen.picked_by,
                )
            )
    return tuple(shown)


def about(move: Move, scenario: Scenario | None) -> str:
    """What a move is about, in the pack's words: its topic's title, else the id of what it names; empty where nothing."""
    topic = getattr(move, "topic", None)
    bottleneck = getattr(move, "bottleneck", None)
    if scenario and bottleneck and not topic:
        topic = next((one.topic for one in scenario.bottlenecks if one.id == bottleneck), None)
    if topic:
        titles = {str(one.id): one.title for one in scenario.topics} if scenario else {}
        return titles.get(str(topic), str(topic))
    named = (
        getattr(move, name, None)
        for name in ("failure", "choice", "curveball", "contradiction", "part", "name")
    )
    return next((str(one) for one in named if one), "") or ", ".join(getattr(move, "facts", ()))
