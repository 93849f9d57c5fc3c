"""A server on which one interview is finished and has its card, with a candidate, a coach, and somebody else."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from interviewer.auth import Role
from interviewer.interview.events import Event, ScorecardIssued, ScorecardReady, SessionId
from tests.coach.finished import a_finished_log
from tests.serving import Served, a_server

FIRST = "first"


# Its repr would hold every pack, and asyncio makes one of whatever an asynchronous fixture gives.
@dataclass(frozen=True, repr=False)
class Desk:
    """Clients of three people; the interview `first` is the candidate's."""

    served: Served
    candidate: httpx.AsyncClient
    coach: httpx.AsyncClient
    stranger: httpx.AsyncClient
    candidate_id: str

    async def finished(self, id: str, owner: str | None = None, log: str = "url-shortener-strong") -> None:
        """Another finished interview under this id."""
        events = tuple(stored.event for stored in a_finished_log(log))
        await self.served.service.turns.begin(SessionId(id), owner or self.candidate_id, events, None)

    async def unscored(self, id: str) -> None:
        """A finished interview whose card is not made yet."""
        events: list[Event] = [
            stored.event
            for stored in a_finished_log()
            if not isinstance(stored.event, ScorecardIssued | ScorecardReady)
        ]
        await self.served.service.turns.begin(SessionId(id), self.candidate_id, events, None)

    async def colleague(self, stack: AsyncExitStack) -> httpx.AsyncClient:
        """Another coach."""
        return await stack.enter_async_context(self.served.client(await self.served.person("Bo", "coach")))


@asynccontextmanager
async def a_desk(data: Path) -> AsyncIterator[Desk]:
    """The server, without a worker: nobody is thinking here."""
    async with AsyncExitStack() as stack:
        served = await stack.enter_async_context(a_server(data, worker=False))
        accounts = served.service.accounts
        cara = await accounts.add("Cara", {Role.candidate})
        tokens = [
            await accounts.issue(cara.id, "token"),
            await served.person("Ada", "coach"),
            await served.person("Sam"),
        ]
        candidate, coach, stranger = [
            await stack.enter_async_context(served.client(token)) for token in tokens
        ]
        desk = Desk(served, candidate, coach, stranger, cara.id)
        await desk.finished(FIRST)
        yield desk


def told(answer: httpx.Response, status: int) -> str:
    """What a problem says."""
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    return str(answer.json()["detail"])
