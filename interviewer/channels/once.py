"""A POST that creates something happens once for each `Idempotency-Key`: sent again, it gives the first answer."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated

from fastapi import Header
from pydantic import BaseModel
from starlette.responses import Response

from interviewer.auth import Principal
from interviewer.channels.service import Service
from interviewer.interview.events import SessionId
from interviewer.store.replies import Reply

IdempotencyKey = Annotated[str | None, Header(alias="Idempotency-Key", min_length=1, max_length=200)]


@dataclass(frozen=True)
class Made:
    """A session that a request made, and the body that tells of it."""

    session: SessionId
    body: BaseModel


async def made_once(
    service: Service,
    principal: Principal,
    key: str | None,
    request: tuple[str, BaseModel],
    make: Callable[[], Awaitable[Made]],
) -> Response:
    """The answer (201) to a request that makes a session; `request` is its path and body.

    With a key that was used before the first answer comes again. Raises Conflict where it came with another request.
    """
    account = principal.account.id
    path, body = request
    asked = json.dumps([path, body.model_dump(mode="json")], sort_keys=True).encode()
    if key is not None and (kept := await service.replies.recall(account, key, asked)) is not None:
        return _response(kept)
    made = await make()
    reply = Reply(201, made.body.model_dump_json(by_alias=True))
    if key is None:
        return _response(reply)
    kept = None
    try:
        kept = await service.replies.remember(account, key, asked, reply, made.session)
    finally:
        if kept != reply:  # the same key came twice at the same moment, and the other request was first
            await service.host.forget(made.session)
    return _response(kept)


def _response(reply: Reply) -> Response:
    return Response(reply.body, reply.status, media_type="application/json")
