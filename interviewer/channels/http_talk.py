"""The conversation without a socket: say something by POST, and follow by long poll or server-sent events.

The same log and the same rules as `socket.py`, so it serves behind proxies that let no socket through.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Header, Query, Request
from starlette.responses import Response, StreamingResponse

from interviewer.auth import Principal
from interviewer.channels.access import Signed, own, reach, signed_out
from interviewer.channels.following import Following, Sent
from interviewer.channels.problems import PROBLEMS, Refused
from interviewer.channels.resources import Events, MessageStored, NewMessage
from interviewer.channels.service import Handed, Service
from interviewer.errors import BadInput, NotFound
from interviewer.interview.events import Stream
from interviewer.store.cache import Bell, bell_of
from interviewer.store.index import Row

router = APIRouter(prefix="/sessions/{id}", tags=["conversation"], responses=PROBLEMS)

LONGEST_WAIT_S = 25
EVENT_STREAM = "text/event-stream"


@router.post("/messages", operation_id="say", status_code=201, responses={200: {"model": MessageStored}})
async def say(
    service: Handed, principal: Signed, id: str, message: NewMessage, response: Response
) -> MessageStored:
    """Say something. The answer (201) means that it is durable; a resend gets 200 with the first number."""
    row = await own(service, principal, id)
    wait_s = await service.cache.allow(
        f"say:{principal.account.id}:{row.id}", service.limits.per_s, service.limits.burst
    )
    if wait_s > 0:
        headers = {"Retry-After": str(int(wait_s) + 1)}
        raise Refused(429, "too-many", "That was a lot at once. Send it again in a moment.", headers)
    heard = await service.host.hear(row.id, message.body, message.cmid, message.board_rev)
    if heard.dup:
        response.status_code = 200
    return MessageStored(cmid=message.cmid, seq=heard.stored.seq, dup=heard.dup)


@router.get(
    "/events",
    operation_id="follow_events",
    response_model=Events,
    responses={200: {"content": {EVENT_STREAM: {}}, "description": "Events after a number"}},
)
async def follow_events(
    service: Handed,
    principal: Signed,
    id: str,
    request: Request,
    after: Annotated[int, Query(ge=0, le=2**53)] = 0,
    wait: Annotated[float, Query(ge=0, le=60)] = 0,
    last_event_id: Annotated[str | None, Header(alias="Last-Event-ID", max_length=20)] = None,
) -> Response:
    """Public events after a number, waiting up to `wait` seconds (25 at most) for the first of them.

    With `Accept: text/event-stream` they come one by one as they happen, and `Last-Event-ID` counts before `after`.
    """
    row = await reach(service, principal, id)
    streams = EVENT_STREAM in request.headers.get("accept", "")
    if streams and last_event_id is not None:
        after = _number(last_event_id)
    if after > row.head_public:
        detail = f"There is no event {after}; the latest is {row.head_public}. Read the transcript anew."
        raise Refused(409, "position-unknown", detail)
    following = Following(service, row.id, Stream.public)
    await following.go_to(after)
    going: asyncio.Event = request.app.state.tally.draining
    if streams:
        frames = _streamed(service, principal, row, following, going)
        headers = {"X-Accel-Buffering": "no"}  # a proxy that gathers would hold back what was just said
        return StreamingResponse(frames, media_type=EVENT_STREAM, headers=headers)
    async with service.cache.listening(bell_of(row.id)) as bell:
        found = await _awaited(service, following, bell, min(wait, LONGEST_WAIT_S), going)
    items = ",".join(sent.text for sent in found)
    head = max((await service.index.row(row.id)).head_public, following.seq)
    text = f'{{"items":[{items}],"head":{head},"epoch":"{service.epoch}"}}'
    return Response(text, media_type="application/json")


async def _awaited(
    service: Service, following: Following, bell: Bell, wait_s: float, going: asyncio.Event
) -> list[Sent]:
    """The next events, or none where so many seconds bring none or the process is going away."""
    while True:
        found = await following.next()
        if found or wait_s <= 0 or going.is_set():
            return found
        pause_s = min(wait_s, service.limits.poll_s)
        await bell.wait(pause_s)
        wait_s -= pause_s


async def _streamed(
    service: Service, principal: Principal, row: Row, following: Following, going: asyncio.Event
) -> AsyncIterator[str]:
    """Server-sent events until the interview and its card are done, or whoever follows may no longer."""
    yield "retry: 1000\n\n"
    limits, cache = service.limits, service.cache
    async with (
        cache.listening(bell_of(row.id)) as bell,
        cache.listening(signed_out(principal.account.id)) as out,
    ):
        quiet_s = 0.0
        by = await service.accounts.sign_ins(principal.account.id)
        while not (going.is_set() or await out.wait(0)):
            found = await following.next()
            for sent in found:
                yield f"id: {sent.seq}\nevent: ev\ndata: {sent.text}\n\n"
            if found:
                continue
            if following.is_over() or not await _still_there(service, principal, by, row):
                return
            await bell.wait(limits.poll_s)
            quiet_s += limits.poll_s
            if quiet_s >= limits.hb_s:
                quiet_s = 0.0
                yield ": still here\n\n"


async def _still_there(service: Service, principal: Principal, by: frozenset[str], row: Row) -> bool:
    """Whether the interview is there, and something still good by which they were signed in."""
    try:
        await reach(service, principal, row.id)
    except NotFound:
        return False
    return bool(by & await service.accounts.sign_ins(principal.account.id))


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise BadInput("Last-Event-ID is the number of the last event that came.")
    return int(text)
