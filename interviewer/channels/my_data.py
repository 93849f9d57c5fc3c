"""All that is kept about one person: written out piece by piece as one JSON document, or erased.

Interviews of other people are nowhere in it, nor what coaches have noted for themselves. An interview's card is in it
as it was issued and as it holds now.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterable
from pathlib import Path
from typing import Any

from interviewer.auth import Account, Role
from interviewer.channels.access import signed_out
from interviewer.channels.resources import CommentShown, ContestShown, Preferences, Rating
from interviewer.channels.service import Service
from interviewer.channels.shown import room_of, session_shown
from interviewer.coach.changes import current_card
from interviewer.interview.events import (
    CandidateRated,
    CoachCommented,
    LineContested,
    ScorecardIssued,
    SessionId,
    Stored,
)
from interviewer.interview.scorecard import Scorecard
from interviewer.llm.replies import replies_of
from interviewer.store.cache import bell_of
from interviewer.store.index import Row

Json = dict[str, Any]  # Any: a JSON object


async def as_json(service: Service, account: Account, preferences: Preferences) -> AsyncIterator[str]:
    """The document in pieces: who it is about, what they have set, then each interview with everything in it."""
    head = {
        "exported_at": service.clock().isoformat(),
        "account": {
            "id": account.id,
            "name": account.name,
            "roles": [role.value for role in Role if account.may(role)],
            "created_at": account.created_at.isoformat(),
        },
        "preferences": preferences.model_dump(mode="json"),
    }
    yield _text(head)[:-1] + ', "interviews": ['
    between = ""
    async for row in _sessions(service, account):
        yield between + _text(await _interview(service, row))
        between = ", "
    yield "]}\n"


async def forget_everything(service: Service, account: Account) -> None:
    """Erase a person's interviews, boards, cards, settings and sign-ins. An owner comes back as new when next asked for."""
    sessions = [row.id async for row in _sessions(service, account)]
    await service.accounts.forget(account.id)
    for session in sessions:
        await service.cache.drop(session)
        await asyncio.to_thread(forget_files, service.data, session)
    await service.cache.ring(signed_out(account.id), *(bell_of(session) for session in sessions))


def forget_files(data: Path, session: SessionId) -> None:
    """Erase what an interview has left in the data folder: cards from the terminal, and a model's answers about it."""
    replies_of(data, session).unlink(missing_ok=True)
    for suffix in ("json", "html"):
        (data / "cards" / f"{session}.{suffix}").unlink(missing_ok=True)


async def _sessions(service: Service, account: Account) -> AsyncIterator[Row]:
    cursor: str | None = None
    while True:
        page = await service.index.page(account.id, cursor)
        for row in page.rows:
            yield row
        if (cursor := page.next) is None:
            return


async def _interview(service: Service, row: Row) -> Json:
    events = await service.log.read(row.id)
    room = await room_of(service, row.id)
    told: Json = {
        "session": session_shown(row, service.clock(), row.owner).model_dump(mode="json"),
        "conversation": room.model_dump(mode="json"),
        "boards": [board async for board in _boards(service, row.id)],
    }
    told |= _said_about(events)
    told |= _cards(service, events, row.summary.scenario)
    return told


async def _boards(service: Service, session: SessionId) -> AsyncIterator[Json]:
    for moment in await service.boards.moments(session):
        scene = await service.boards.scene(session, moment.rev)
        if scene is not None:
            yield {"rev": scene.rev, "at": scene.at.isoformat(), "scene": json.loads(scene.text)}


def _said_about(events: Iterable[Stored]) -> Json:
    rating: Json | None = None
    contests, comments = list[Json](), list[Json]()
    for stored in events:
        match stored.event:
            case CandidateRated() as rated:
                rating = rated.model_dump(include=set(Rating.model_fields))
            case LineContested(line=line, reason=reason, by=by):
                contested = ContestShown(line=line, reason=reason, by=by, at=stored.at)
                contests.append(contested.model_dump(mode="json"))
            case CoachCommented(turn=turn, line=line, text=text, by=by, shared=True):
                comment = CommentShown(turn=turn, line=line, text=text, by=by, at=stored.at, shared=True)
                comments.append(comment.model_dump(mode="json"))
            case _:
                pass
    return {"rating": rating, "contests": contests, "comments": comments}


def _cards(service: Service, events: Iterable[Stored], scenario: str) -> Json:
    events = tuple(events)
    issued = [stored.event.card for stored in events if isinstance(stored.event, ScorecardIssued)]
    if not issued:
        return {}
    card = Scorecard.model_validate(issued[-1])
    pack = next((one for one in service.shelf.scenarios if one.id == scenario), None)
    now = current_card(card, events, service.shelf.rubric, pack)
    return {"card": now.to_json(), "card_as_issued": issued[-1]}


def _text(value: Json) -> str:
    return json.dumps(value)  # ASCII, so that half a character somebody typed is no fault
