"""Which candidates are there: their sockets by interview, and what happens once the last one has been gone for a while.

Disconnects do not count as a candidate's time. Sockets in other processes are known by the marks that they leave at
every sign of life; who talks over HTTP alone was never there and is never gone.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import datetime

from interviewer.channels.service import Service
from interviewer.errors import NotFound
from interviewer.interview.events import SessionId

log = logging.getLogger(__name__)


class Presence:
    """The candidates who have a socket open in this process, and the clocks that are to stop after those who left."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._here: Counter[SessionId] = Counter()
        self._leaving: dict[SessionId, asyncio.Task[None]] = {}
        self._closed = False

    @asynccontextmanager
    async def of(self, session: SessionId) -> AsyncIterator[None]:
        """A candidate is there while this lasts; a clock that stopped because they were gone runs again."""
        self._here[session] += 1
        try:
            await self._stay(session)
            await self.seen(session)
            with suppress(NotFound):  # it was forgotten at this moment, and the socket will notice
                await self._service.host.back(session)
            yield
        finally:
            self._here[session] -= 1
            if not self._here[session]:
                del self._here[session]
                await self._stay(session)
            if session not in self._here and not self._closed:
                going = asyncio.create_task(self._gone(session, self._service.clock()), name="gone")
                self._leaving[session] = going

    async def seen(self, session: SessionId) -> None:
        """The candidate of a session gave a sign of life."""
        await self._service.cache.mark(_mark_of(session))

    async def close(self) -> None:
        """Stop no clock any more: the process goes away, and whoever was here comes back elsewhere."""
        self._closed = True
        leaving = list(self._leaving.values())
        for task in leaving:
            task.cancel()
        await asyncio.gather(*leaving, return_exceptions=True)

    async def _stay(self, session: SessionId) -> None:
        leaving = self._leaving.pop(session, None)
        if leaving is not None:
            leaving.cancel()
            await asyncio.gather(leaving, return_exceptions=True)

    async def _gone(self, session: SessionId, at: datetime) -> None:
        gone_s = self._service.limits.gone_s
        try:
            await asyncio.sleep(gone_s)
            seen_s = await self._service.cache.since(_mark_of(session))
            if seen_s is not None and seen_s < gone_s / 2:
                return  # in another process, which will notice when they leave it
            await self._service.host.gone(session, at)
        except NotFound:
            return
        except Exception as error:  # the clock runs on, as it does in a process that died
            log.warning("the clock of session %s was not stopped: %s", session, type(error).__name__)
        finally:
            if self._leaving.get(session) is asyncio.current_task():
                del self._leaving[session]


def _mark_of(session: SessionId) -> str:
    return f"here:{session}"
