"""The web server's app: routes and socket on top of a Service, the worker beside them, and how both end."""

from __future__ import annotations

import asyncio
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import APIRouter, FastAPI, Request
from sqlalchemy.exc import SQLAlchemyError
from starlette.responses import JSONResponse, Response

from interviewer.channels import (
    http_accounts,
    http_boards,
    http_cards,
    http_coach,
    http_library,
    http_models,
    http_sessions,
    http_talk,
    openapi,
    wire,
)
from interviewer.channels import socket as room_socket
from interviewer.channels.access import Gate
from interviewer.channels.bodies import Bodies
from interviewer.channels.headers import Headers
from interviewer.channels.presence import Presence
from interviewer.channels.problems import Faults, log_fault, problem, tell_problems
from interviewer.channels.service import Service
from interviewer.channels.tally import Tally
from interviewer.channels.web_files import serve_web
from interviewer.errors import InterviewerError

SOCKET_OPTIONS: dict[str, Any] = {
    "ws": "websockets-sansio",
    "ws_max_size": wire.MOST_FRAME_BYTES,
    "ws_per_message_deflate": False,  # compression beside secrets tells of them, and costs memory for each socket
    "ws_max_queue": 8,
}  # Any: keywords of uvicorn.Config
"""How uvicorn is to treat sockets (wire.md P20)."""

SEND_BUFFER = 128 * 1024
DEAD_PEER_MS = 20_000
ROUTES = (
    http_accounts,
    http_library,
    http_models,
    http_sessions,
    http_talk,
    http_boards,
    http_cards,
    http_coach,
)


def make_app(service: Service, worker: bool = True) -> FastAPI:
    """The app over `service`; with `worker` it also thinks, else another process has to."""

    presence = Presence(service)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        working = [asyncio.create_task(_at_work(service), name="worker")] if worker else []
        try:
            yield
        finally:
            for task in working:
                task.cancel()
            await asyncio.gather(presence.close(), *working, return_exceptions=True)

    app = _routed(service.version, lifespan)
    app.state.service = service
    app.state.tally = Tally()
    app.state.presence = presence
    app.add_middleware(Bodies)
    app.add_middleware(Gate)
    app.add_middleware(Faults, new_id=service.new_id)
    app.add_middleware(Headers)
    return app


async def drain(app: FastAPI, within_s: float) -> None:
    """Take nothing more on: /readyz says so, and every socket is told to come back elsewhere."""
    tally: Tally = app.state.tally
    await tally.drain(within_s)


def openapi_text(version: str = "1") -> str:
    """The OpenAPI document as `web/openapi.json` holds it."""
    return openapi.text(_routed(version, None))


def listening_socket(host: str, port: int) -> socket.socket:
    """A listening socket on which a peer that went silent is noticed and freed (wire.md P19). Raises OSError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)
        if sys.platform == "linux":
            listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, DEAD_PEER_MS)
        listening.bind((host, port))
    except OSError:
        listening.close()
        raise
    return listening


async def _at_work(service: Service) -> None:
    """Work until cancelled; a worker that broke is followed by another, since without one nobody is answered."""
    while True:
        try:
            await service.work()
        except Exception as error:
            log_fault(service.new_id(), error)
        await asyncio.sleep(service.limits.poll_s)


def _routed(version: str, lifespan: Any) -> FastAPI:  # Any: Starlette's type of lifespans
    app = FastAPI(
        title="Interviewer",
        version=version,
        lifespan=lifespan,
        openapi_url="/v1/openapi.json",
        docs_url=None,  # its pages load scripts from elsewhere
        redoc_url=None,
        redirect_slashes=False,
    )
    for routes in ROUTES:
        app.include_router(routes.router, prefix="/v1")
    app.include_router(room_socket.router, prefix="/v1")
    app.include_router(_health)
    tell_problems(app)
    openapi.describe(app)
    serve_web(app)
    return app


_health = APIRouter(tags=["health"])


@_health.get("/livez", operation_id="is_alive")
async def is_alive() -> dict[str, str]:
    """The process answers."""
    return {"status": "alive"}


@_health.get("/readyz", operation_id="is_ready", response_model=dict[str, str])
async def is_ready(request: Request) -> Response:
    """The store answers and the process is not going away; else 503."""
    service: Service = request.app.state.service
    tally: Tally = request.app.state.tally
    if tally.draining.is_set():
        return problem(503, "draining", "This process is going away.", request.url.path)
    try:
        await service.turns.next_due_s()
    except (InterviewerError, SQLAlchemyError):
        return problem(503, "unavailable", "The store does not answer.", request.url.path)
    return JSONResponse({"status": "ready"})
