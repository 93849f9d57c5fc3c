"""What may be lost without harm: doorbells, folded interviews, rates and marks. The promise, and the version in memory.

Nothing here is the truth. A bell that is missed costs a second, a folded interview that is gone is folded again, and
no lease, lock or message ever lies here (wire.md 3.4). Times are seconds of a clock that only goes forward.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Protocol, TypeVar

from interviewer.interview.events import SessionId
from interviewer.interview.state import Interview

WORKERS = "workers"
"""The bell of all workers."""

V = TypeVar("V")

MOST_KEPT = 256
MOST_NAMES = 4096


def bell_of(session: SessionId) -> str:
    """The bell of a session, rung after every append."""
    return f"session:{session}"


class Bell(Protocol):
    """Somebody's ear for one or more bells."""

    async def wait(self, timeout_s: float) -> bool:
        """Whether it rang since the last wait, or since listening began; waits at most so many seconds for it."""
        ...


class Cache(Protocol):
    """Shared between the parts of the server, and between processes where it lies outside of them."""

    async def ring(self, *names: str) -> None:
        """Wake everybody who listens to any of these bells."""
        ...

    def listening(self, *names: str) -> AbstractAsyncContextManager[Bell]:
        """Listen to bells. Begin before reading what they tell of, and no ring is missed."""
        ...

    async def folded(self, session: SessionId) -> Interview | None:
        """The interview as it was folded last, None where it is not kept. It may be behind the log; `head` tells."""
        ...

    async def keep(self, interview: Interview) -> None:
        """Keep a folded interview, unless a later one is kept."""
        ...

    async def drop(self, session: SessionId) -> None:
        """Keep nothing of a session."""
        ...

    async def allow(self, key: str, per_s: float, burst: float, cost: float = 1.0) -> float:
        """0.0 where `key` may spend `cost` now, and it is spent; else the seconds until it may, and nothing is.

        At most `burst` at once, and `per_s` a second in the long run.
        """
        ...

    async def mark(self, name: str) -> None:
        """Remember that something happens now."""
        ...

    async def since(self, name: str) -> float | None:
        """Seconds since it was marked, None where it is not remembered."""
        ...


class _Ear:
    """A bell's listener in this process."""

    def __init__(self) -> None:
        self.rang = asyncio.Event()

    async def wait(self, timeout_s: float) -> bool:
        try:
            async with asyncio.timeout(timeout_s):
                await self.rang.wait()
        except TimeoutError:
            return False
        self.rang.clear()
        return True


class MemoryCache:
    """The cache of one process and one event loop. `seconds` is a clock that only goes forward."""

    def __init__(self, seconds: Callable[[], float], most: int = MOST_KEPT) -> None:
        self._seconds = seconds
        self._most = most
        self._ears: dict[str, set[_Ear]] = {}
        self._folded: OrderedDict[SessionId, Interview] = OrderedDict()
        self._spent: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._marks: OrderedDict[str, float] = OrderedDict()

    async def ring(self, *names: str) -> None:
        for name in names:
            for ear in self._ears.get(name, ()):
                ear.rang.set()

    @asynccontextmanager
    async def listening(self, *names: str) -> AsyncIterator[Bell]:
        ear = _Ear()
        for name in names:
            self._ears.setdefault(name, set()).add(ear)
        try:
            yield ear
        finally:
            for name in names:
                ears = self._ears[name]
                ears.discard(ear)
                if not ears:
                    del self._ears[name]

    async def folded(self, session: SessionId) -> Interview | None:
        interview = self._folded.get(session)
        if interview is not None:
            self._folded.move_to_end(session)
        return interview

    async def keep(self, interview: Interview) -> None:
        session = SessionId(interview.session)
        kept = self._folded.get(session)
        if kept is None or kept.head <= interview.head:
            self._folded[session] = interview
        self._folded.move_to_end(session)
        while len(self._folded) > self._most:
            self._folded.popitem(last=False)

    async def drop(self, session: SessionId) -> None:
        self._folded.pop(session, None)

    async def allow(self, key: str, per_s: float, burst: float, cost: float = 1.0) -> float:
        now = self._seconds()
        left, at = self._spent.get(key, (burst, now))
        left = min(burst, left + max(0.0, now - at) * per_s)
        missing = cost - left
        allowed = missing <= 1e-9  # a wait that was told must be enough, whatever floats make of it
        _remember(self._spent, key, (left - cost if allowed else left, now))
        if allowed:
            return 0.0
        return missing / per_s if per_s > 0 and cost <= burst else float("inf")

    async def mark(self, name: str) -> None:
        _remember(self._marks, name, self._seconds())

    async def since(self, name: str) -> float | None:
        at = self._marks.get(name)
        return None if at is None else self._seconds() - at


def _remember(kept: OrderedDict[str, V], name: str, value: V) -> None:
    kept[name] = value
    kept.move_to_end(name)
    while len(kept) > MOST_NAMES:
        kept.popitem(last=False)
