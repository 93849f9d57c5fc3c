"""The app without a server, at an address of its own, and browsers and programs that talk to it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from fastapi import FastAPI

from interviewer.app import make_app
from interviewer.assembly import Virtual, serving
from interviewer.auth import Account, Role
from interviewer.channels.service import Service
from tests.builders import a_shelf
from tests.serving import quick

HERE = "http://127.0.0.1:8642"


# Its repr would hold every pack, and asyncio makes one of whatever an asynchronous fixture gives.
@dataclass(frozen=True, repr=False)
class House:
    """An installation with its clock, which moves only when told to."""

    service: Service
    app: FastAPI
    clock: Virtual

    def browser(self, base_url: str = HERE) -> httpx.AsyncClient:
        """A browser on one of our own pages, not signed in."""
        return self.plain(base_url, {"Origin": base_url})

    def plain(self, base_url: str = HERE, headers: dict[str, str] | None = None) -> httpx.AsyncClient:
        """Whatever sends these headers and no others."""
        transport = httpx.ASGITransport(self.app)
        return httpx.AsyncClient(transport=transport, base_url=base_url, headers=headers or {})

    async def program(self, account: Account) -> httpx.AsyncClient:
        """A program with a token of somebody's."""
        token = await self.service.accounts.issue(account.id, "token")
        return self.plain(headers={"Authorization": f"Bearer {token}"})

    async def code(self) -> str:
        """A code of the owner's, as in a link."""
        return await self.service.accounts.issue(
            (await self.service.accounts.owner()).id, "code", lives_s=900
        )

    @asynccontextmanager
    async def signed_in(self, base_url: str = HERE) -> AsyncIterator[httpx.AsyncClient]:
        """A browser in which the owner is signed in."""
        async with self.browser(base_url) as browser:
            done = await browser.post("/v1/sign-in", json={"code": await self.code()})
            assert done.status_code == 200, done.text
            yield browser

    async def person(self, name: str, role: Role = Role.candidate) -> Account:
        """Somebody new."""
        return await self.service.accounts.add(name, {Role.candidate, role})


@asynccontextmanager
async def a_house(data: Path, **settings: Any) -> AsyncIterator[House]:
    """An installation in this folder; nobody works in it."""
    clock = Virtual()
    async with serving(quick(data, **settings), clock, a_shelf()) as service:
        yield House(service, make_app(service, worker=False), clock)
