"""Who has sockets open in this process: how many each person has, and how all of them are told to go."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager


class Tally:
    """The open sockets of one process."""

    def __init__(self) -> None:
        self.draining = asyncio.Event()
        """Set once the process is going away."""
        self._open: Counter[str] = Counter()
        self._empty = asyncio.Event()
        self._empty.set()

    def of(self, account: str) -> int:
        """How many sockets somebody has open."""
        return self._open[account]

    @contextmanager
    def counted(self, account: str) -> Iterator[None]:
        """Count a socket while it is open."""
        self._open[account] += 1
        self._empty.clear()
        try:
            yield
        finally:
            self._open[account] -= 1
            if not self._open[account]:
                del self._open[account]
            if not self._open:
                self._empty.set()

    async def drain(self, within_s: float) -> None:
        """Have every socket say goodbye (4001), and wait until they are gone, at most so long."""
        self.draining.set()
        try:
            async with asyncio.timeout(within_s):
                await self._empty.wait()
        except TimeoutError:
            return
