"""A real server on a free loopback port, in the test's own loop: real sockets, real SQLite, no waiting for effect."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import uvicorn
from fastapi import FastAPI

from interviewer.app import SOCKET_OPTIONS, listening_socket, make_app
from interviewer.assembly import serving
from interviewer.auth import Role
from interviewer.channels.service import Service
from interviewer.settings import Settings
from tests.builders import a_shelf


# Its repr would hold every pack, and asyncio makes one of whatever an asynchronous fixture gives.
@dataclass(frozen=True, repr=False)
class Served:
    """A server that is up. `token` is the owner's; `ws_url` is the socket's address, empty where there is no port."""

    base_url: str
    ws_url: str
    token: str
    service: Service
    app: FastAPI

    def client(self, token: str | None = None, **more: Any) -> httpx.AsyncClient:
        """An HTTP client of the owner's, or of whoever the token is ("" for nobody); close it after use."""
        token = self.token if token is None else token
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return httpx.AsyncClient(
            base_url=self.base_url,
            headers=headers,
            timeout=30,
            trust_env=False,
            transport=None if self.ws_url else httpx.ASGITransport(self.app),
            **more,
        )

    async def person(self, name: str, *roles: str) -> str:
        """A token of somebody new; a candidate unless roles are said."""
        account = await self.service.accounts.add(name, {Role(role) for role in roles or ("candidate",)})
        return await self.service.accounts.issue(account.id, "token")


def quick(data: Path, **settings: Any) -> Settings:
    """Settings under which nobody waits: no settling, no pace, heartbeats far apart. Others may be said by name."""
    at_once = {
        "settle_s": 0.0,
        "pace_s": 0.0,
        "poll_s": 0.2,
        "messages_burst": 1000,
        "messages_per_s": 1000.0,
    }
    return Settings(_env_file=None, data=data, **{**at_once, **settings})


@asynccontextmanager
async def a_server(data: Path, worker: bool = True, **settings: Any) -> AsyncIterator[Served]:
    """A server over the data folder, with its worker; settings as in `quick`."""
    async with serving(quick(data, **settings), shelf=a_shelf()) as service:
        app = make_app(service, worker=worker)
        listening = listening_socket("127.0.0.1", 0)
        port = listening.getsockname()[1]
        config = uvicorn.Config(
            app, log_config=None, access_log=False, timeout_graceful_shutdown=2, **SOCKET_OPTIONS
        )
        server = uvicorn.Server(config)
        running = asyncio.create_task(server.serve(sockets=[listening]))
        try:
            while not server.started:
                if running.done():
                    running.result()
                await asyncio.sleep(0.01)
            owner = await service.accounts.owner()
            token = await service.accounts.issue(owner.id, "token")
            yield Served(f"http://127.0.0.1:{port}", f"ws://127.0.0.1:{port}/v1/ws", token, service, app)
        finally:
            server.should_exit = True
            await running
            listening.close()


@asynccontextmanager
async def an_app(data: Path, worker: bool = False, **settings: Any) -> AsyncIterator[Served]:
    """The app without a port, for what needs no socket; with `worker` somebody answers. Settings as in `quick`."""
    async with serving(quick(data, **settings), shelf=a_shelf()) as service:
        app = make_app(service)
        owner = await service.accounts.owner()
        token = await service.accounts.issue(owner.id, "token")
        working = asyncio.create_task(service.work()) if worker else None
        try:
            yield Served("http://127.0.0.1", "", token, service, app)
        finally:
            if working is not None:
                working.cancel()
                await asyncio.gather(working, return_exceptions=True)
