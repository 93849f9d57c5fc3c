"""One interview with its card, read from the log for the card's page and the coach's desk."""

from __future__ import annotations

from dataclasses import dataclass

from interviewer.channels.resources import (
    BoardMoment,
    CommentShown,
    ContestShown,
    Rating,
)
from interviewer.channels.service import Service
from interviewer.coach.changes import current_card
from interviewer.coach.review import Comment, ContestedLine, issued_card, rating_of
from interviewer.errors import NotNow
from interviewer.interview.events import Event, SessionId, Stored
from interviewer.interview.pack import Scenario
from interviewer.interview.scorecard import Scorecard
from interviewer.interview.state import Interview, fold

NO_CARD = "There is no card yet: it comes within seconds of the end of the interview."


@dataclass(frozen=True)
class CardFile:
    """Everything in the log of an interview that has a card: the card as issued, and as it holds now."""

    session: SessionId
    events: tuple[Stored, ...]
    interview: Interview
    scenario: Scenario | None
    issued: Scorecard
    card: Scorecard


async def card_file(service: Service, session: SessionId) -> CardFile:
    """The file of an interview. Raises NotNow while there is no card."""
    events = tuple(await service.log.read(session))
    issued = issued_card(events)
    if issued is None:
        raise NotNow(NO_CARD)
    scenario = scenario_of(service, issued.scenario)
    card = current_card(issued, events, service.shelf.rubric, scenario)
    return CardFile(session, events, fold(events), scenario, issued, card)


async def noted(service: Service, session: SessionId, *events: Event) -> None:
    """What somebody said about a card goes into its log, and lists show what holds from then on."""
    await service.turns.record(session, events)
    file = await card_file(service, session)
    await service.index.holds(session, file.card.overall, file.card.recommendation)
    await service.host.rang(session)


def scenario_of(service: Service, id: str | None) -> Scenario | None:
    """The pack's scenario, None where there is none of that id any more."""
    return next((one for one in service.shelf.scenarios if one.id == id), None)


async def boards_of(service: Service, file: CardFile) -> tuple[BoardMoment, ...]:
    """The boards that can still be looked at, each with the turn of the first message that named it."""
    turns = {turn.seq: turn.n for turn in file.interview.transcript if turn.role == "candidate"}
    moments = await service.boards.moments(file.session)
    return tuple(
        BoardMoment(rev=one.rev, at=one.at, turn=turns.get(one.seq) if one.seq else None) for one in moments
    )


def rating_shown(file: CardFile) -> Rating | None:
    """What the candidate thought beforehand."""
    rated = rating_of(file.events)
    if rated is None:
        return None
    # what was stored by an older version is shown as far as it fits
    return Rating.model_validate(
        {
            "best": rated.best[:2000],
            "worst": rated.worst[:2000],
            "next_time": rated.next_time[:2000],
            "level": rated.level if rated.level in ("mid", "senior", "staff", "below") else "",
        }
    )


def comment_shown(one: Comment) -> CommentShown:
    """A comment as pages show it."""
    return CommentShown(turn=one.turn, line=one.line, text=one.text, by=one.by, at=one.at, shared=one.shared)


def contest_shown(one: ContestedLine) -> ContestShown:
    """A contested line as pages show it."""
    return ContestShown(line=one.line, reason=one.reason, by=one.by, at=one.at)
