"""The address of the WebSocket `chat.v1`: who may open one, and how each ends."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from fastapi import APIRouter
from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from interviewer.channels import wire
from interviewer.channels.access import origin_allowed
from interviewer.channels.closing import Closing, Code, Left
from interviewer.channels.connection import Connection
from interviewer.channels.presence import Presence
from interviewer.channels.problems import log_fault
from interviewer.channels.service import handed
from interviewer.channels.tally import Tally

router = APIRouter()

GOODBYE_S = 1.0
"""How long a client that does not listen is waited for when it is told why."""


@router.websocket("/ws")
async def follow_session(socket: WebSocket) -> None:
    """Follow a session, and speak in it. The first frame is a hello with a ticket."""
    service = handed(socket)
    if not origin_allowed(socket, service):  # before it is accepted (P1)
        await socket.close()
        return
    offered = socket.scope["subprotocols"]
    await socket.accept(wire.PROTOCOL if wire.PROTOCOL in offered else None)
    tally: Tally = socket.app.state.tally
    presence: Presence = socket.app.state.presence
    name = service.new_id()[:16]
    try:
        if offered and wire.PROTOCOL not in offered:
            raise Closing(Code.bad_frame)
        await Connection(service, socket, tally, presence, name).serve()
    except Closing as closing:
        await _close(socket, closing)
    except Left:
        pass
    except Exception as error:
        log_fault(name, error)
        await _close(socket, Closing(Code.fault))


async def _close(socket: WebSocket, closing: Closing) -> None:
    if socket.application_state is WebSocketState.DISCONNECTED:
        return
    with suppress(TimeoutError, RuntimeError, WebSocketDisconnect):
        async with asyncio.timeout(GOODBYE_S):
            await socket.close(closing.code, closing.reason)
