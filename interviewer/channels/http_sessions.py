"""Interviews over HTTP: begin, list, show and forget them, act on them, and get a ticket for a socket.

Words come in by the socket or by `http_talk.py`; cards and what coaches do have files of their own.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from interviewer.auth import Role
from interviewer.channels.access import NO_SESSION, Signed, origin_of, own, reach
from interviewer.channels.my_data import forget_files
from interviewer.channels.once import IdempotencyKey, Made, made_once
from interviewer.channels.problems import PROBLEMS
from interviewer.channels.publishing import state_of
from interviewer.channels.resources import (
    NewSession,
    NewTicket,
    Rating,
    SessionPage,
    SessionShown,
    Snapshot,
    StateShown,
    Ticket,
    Wish,
)
from interviewer.channels.service import Handed, Service
from interviewer.channels.shown import session_shown, snapshot_of
from interviewer.errors import NotFound
from interviewer.hosting import Wanted
from interviewer.interview.events import CandidateRated, Mode, Stream
from interviewer.interview.phases import Pace
from interviewer.interview.rubric import CandidateLevel
from interviewer.interview.state import Interview
from interviewer.store.index import Filters

router = APIRouter(prefix="/sessions", tags=["interviews"], responses=PROBLEMS)

TICKET_S = 30
"""How long a ticket is good, in seconds (wire.md P2)."""


@router.post("", operation_id="start_session", status_code=201, response_model=SessionShown)
async def start_session(
    service: Handed, principal: Signed, wanted: NewSession, key: IdempotencyKey = None
) -> Response:
    """Begin an interview. The interviewer opens it at once, in the room's events."""

    async def begin() -> Made:
        settled = Wanted(
            scenario=wanted.scenario,
            level=CandidateLevel(wanted.level),
            mode=Mode(wanted.mode),
            plan=wanted.plan,
            minutes=wanted.minutes,
            pace=Pace(wanted.pace),
            persona=wanted.persona,
            seed=wanted.seed,
        )
        session = await service.host.begin(principal.account.id, settled)
        return Made(
            session, session_shown(await service.index.row(session), service.clock(), principal.account.id)
        )

    return await made_once(service, principal, key, ("/v1/sessions", wanted), begin)


@router.get("", operation_id="list_sessions")
async def list_sessions(
    service: Handed,
    principal: Signed,
    cursor: Annotated[str | None, Query(max_length=400)] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
    state: Literal["open", "paused", "ended"] | None = None,
    scenario: Annotated[str | None, Query(max_length=100)] = None,
    q: Annotated[str, Query(max_length=200)] = "",
    mine: bool = False,
    scorecard: Literal["none", "pending", "ready"] | None = None,
    contested: bool | None = None,
    reviewed: bool | None = None,
) -> SessionPage:
    """Interviews, the one that began last first: one's own, or all for a coach. `mine` gives a coach their own."""
    everyone = principal.account.may(Role.coach) and not mine
    filters = Filters(
        scenario=scenario, state=state, q=q, scorecard=scorecard, reviewed=reviewed, contested=contested
    )
    page = await service.index.page(None if everyone else principal.account.id, cursor, limit, filters)
    now = service.clock()
    return SessionPage(
        items=tuple(session_shown(row, now, principal.account.id, everyone) for row in page.rows),
        next=page.next,
    )


@router.get("/{id}", operation_id="show_session")
async def show_session(service: Handed, principal: Signed, id: str) -> SessionShown:
    """An interview as lists show it."""
    return session_shown(await reach(service, principal, id), service.clock(), principal.account.id)


@router.delete("/{id}", operation_id="forget_session", status_code=204)
async def forget_session(service: Handed, principal: Signed, id: str) -> None:
    """Erase one's own interview: every word, board and card. Open rooms of it are closed."""
    row = await own(service, principal, id)
    await service.host.forget(row.id)
    await asyncio.to_thread(forget_files, service.data, row.id)


@router.post("/{id}/tickets", operation_id="get_ticket", status_code=201)
async def get_ticket(
    service: Handed, principal: Signed, id: str, wanted: NewTicket, request: Request
) -> Ticket:
    """A ticket for one socket, good once and for half a minute.

    The internal stream is for coaches only: what the interviewer heard and chose. Judgements come in it without their
    content, since a coach gives own levels before looking; the review shows them then.
    """
    row = await reach(service, principal, id)
    if wanted.stream == "internal" and not principal.account.may(Role.coach):
        raise NotFound(NO_SESSION)
    secret = await service.accounts.ticket(
        principal.account.id, row.id, Stream(wanted.stream), origin_of(request), TICKET_S
    )
    return Ticket(ticket=secret, expires_in=TICKET_S)


@router.get("/{id}/transcript", operation_id="read_transcript")
async def read_transcript(service: Handed, principal: Signed, id: str) -> Snapshot:
    """The room folded at the number it stands at; a client goes on from there."""
    row = await reach(service, principal, id)
    return await snapshot_of(service, row.id)


@router.post("/{id}/stop", operation_id="stop_answer")
async def stop_answer(service: Handed, principal: Signed, id: str) -> StateShown:
    """The interviewer ends at the sentence they are at."""
    row = await own(service, principal, id)
    return await _after(service, service.host.stop(row.id))


@router.post("/{id}/hint", operation_id="ask_hint")
async def ask_hint(service: Handed, principal: Signed, id: str) -> StateShown:
    """Ask for a hint on what is being discussed. In a mock there are none (409)."""
    row = await own(service, principal, id)
    return await _after(service, service.host.hint(row.id))


@router.post("/{id}/wishes", operation_id="make_wish")
async def make_wish(service: Handed, principal: Signed, id: str, wish: Wish) -> StateShown:
    """Ask for the next phase, or to come to the close with its two questions."""
    row = await own(service, principal, id)
    return await _after(service, service.host.wish(row.id, wish.wish))


@router.post("/{id}/pause", operation_id="pause_session")
async def pause_session(service: Handed, principal: Signed, id: str) -> StateShown:
    """Stop the clock. A mock cannot be paused (409)."""
    row = await own(service, principal, id)
    return await _after(service, service.host.pause(row.id))


@router.post("/{id}/resume", operation_id="resume_session")
async def resume_session(service: Handed, principal: Signed, id: str) -> StateShown:
    """Let the clock run again."""
    row = await own(service, principal, id)
    return await _after(service, service.host.resume(row.id))


@router.post("/{id}/end", operation_id="end_session")
async def end_session(service: Handed, principal: Signed, id: str) -> StateShown:
    """End the interview; its card follows within seconds. Nothing happens where it is over."""
    row = await own(service, principal, id)
    return await _after(service, service.host.end(row.id))


@router.put("/{id}/rating", operation_id="rate_session", status_code=204)
async def rate_session(service: Handed, principal: Signed, id: str, rating: Rating) -> None:
    """How one thinks it went. The last word counts; before the end there is none (409)."""
    row = await own(service, principal, id)
    rated = CandidateRated(
        best=rating.best, worst=rating.worst, level=rating.level, next_time=rating.next_time
    )
    await service.host.rate(row.id, rated)


async def _after(service: Service, act: Awaitable[Interview]) -> StateShown:
    return StateShown(state=state_of(await act, service.clock()))
