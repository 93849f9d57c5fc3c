"""A server with people who look at it through a browser of their own, and interviews that are finished already."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, BrowserContext, Page, expect

from interviewer.auth import Role
from interviewer.interview.events import SessionId
from tests.browser.watching import Watch
from tests.coach.finished import a_finished_log
from tests.serving import Served, a_server

IN_ONE_LOOP = pytest.mark.asyncio(loop_scope="session")
PATIENCE_MS = 20_000
"""How long a busy machine may take for anything; nobody waits that long on an idle one."""

expect.set_options(timeout=PATIENCE_MS)


@dataclass(frozen=True)
class Visit:
    """Somebody who is signed in, and the page before them. `home` is the server's address without a slash."""

    home: str
    account: str
    context: BrowserContext
    page: Page
    watch: Watch

    async def to(self, path: str) -> None:
        """Go to a page of ours by its path."""
        await self.page.goto(self.home + path)

    async def ask(
        self, method: str, path: str, body: object = None, **headers: str
    ) -> Any:  # Any: whatever the route answers
        """Ask the server as this person, beside the page; gives what it answers, None where that is empty."""
        answer = await self.context.request.fetch(
            self.home + path,
            method=method,
            data=body,
            headers={"Origin": self.home, **headers},
            max_retries=3,  # the server may close an idle connection just as it is used again
        )
        assert answer.ok, f"{answer.status} {path}: {await answer.text()}"
        return await answer.json() if await answer.body() else None

    async def draw(self, session: str, scene: object, after: int = 0) -> None:
        """Put a board on the server in place of the one with this revision."""
        path = f"/v1/sessions/{session}/board"
        await self.ask("PUT", path, {"scene": scene}, **{"If-Match": f'"{after}"'})

    async def turns(self, session: str) -> list[dict[str, Any]]:
        """Everything said in an interview, as the server has it."""
        turns: list[dict[str, Any]] = (await self.ask("GET", f"/v1/sessions/{session}/transcript"))["room"][
            "turns"
        ]
        return turns


# Its repr would hold every pack, and asyncio makes one of whatever an asynchronous fixture gives.
@dataclass(frozen=True, repr=False)
class House:
    """A server that is up, and the browser that people use."""

    served: Served
    chromium: Browser

    @asynccontextmanager
    async def visit(self, name: str, *roles: str, **context: Any) -> AsyncIterator[Visit]:
        """Somebody new, a candidate unless roles are said, signed in. At the end no page may have complained.
        `context` holds Playwright's options of a browser context, such as `color_scheme`."""
        accounts = self.served.service.accounts
        account = await accounts.add(name, {Role(role) for role in roles or ("candidate",)})
        invite = await accounts.issue(account.id, "invite", lives_s=600)
        async with a_visit(self.chromium, self.served.base_url, account.id, **context) as visit:
            await visit.ask("POST", "/v1/sign-in", {"code": invite})
            yield visit

    async def invite(self, name: str, *roles: str) -> str:
        """The link that signs somebody new in."""
        accounts = self.served.service.accounts
        account = await accounts.add(name, {Role(role) for role in roles or ("candidate",)})
        return f"{self.served.base_url}/sign-in#{await accounts.issue(account.id, 'invite', lives_s=600)}"

    async def finished(self, owner: str, id: str, log: str = "url-shortener-strong") -> str:
        """An interview of somebody's that is over and has its card; gives its id."""
        events = tuple(stored.event for stored in a_finished_log(log))
        await self.served.service.turns.begin(SessionId(id), owner, events, None)
        return id


@asynccontextmanager
async def a_visit(chromium: Browser, home: str, account: str = "", **context: Any) -> AsyncIterator[Visit]:
    """A browser profile of its own with one page, not signed in. At the end no page may have complained."""
    opened = await chromium.new_context(**{"viewport": {"width": 1366, "height": 850}, **context})
    opened.set_default_timeout(PATIENCE_MS)
    watch = Watch(home)
    await watch.over(opened)
    try:
        yield Visit(home, account, opened, await opened.new_page(), watch)
    finally:
        await opened.close()
    left = watch.left()
    assert not left, "\n".join(left)


@asynccontextmanager
async def a_house(chromium: Browser, data: Path, **settings: Any) -> AsyncIterator[House]:
    """A server over this folder in our own loop, with its worker."""
    async with a_server(data, **settings) as served:
        yield House(served, chromium)
