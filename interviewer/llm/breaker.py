"""A breaker: an endpoint that has failed several times in a row is left alone for a while, then tried with one call."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass
class Breaker:
    """For one endpoint, in one process. `clock` is monotonic, in seconds."""

    clock: Callable[[], float]
    failures: int = 5
    rest_s: float = 30.0
    _failed: int = field(default=0, init=False)
    _open_until: float | None = field(default=None, init=False)
    _trying: bool = field(default=False, init=False)

    @property
    def state(self) -> str:
        """closed (calls go out), open (none do), or half_open (one is out to try)."""
        if self._open_until is None:
            return "closed"
        return "half_open" if self._trying else "open"

    def lets(self) -> bool:
        """Whether a call may go out now; after the rest, one may, and another where nothing is heard of it for as long again."""
        if self._open_until is None:
            return True
        if self.clock() < self._open_until:
            return False
        self._trying, self._open_until = True, self.clock() + self.rest_s
        return True

    def worked(self) -> None:
        """A call was answered."""
        self._failed, self._open_until, self._trying = 0, None, False

    def failed(self) -> None:
        """A call was not answered, by no fault of its own."""
        self._failed += 1
        self._trying = False
        if self._open_until is not None or self._failed >= self.failures:
            self._open_until = self.clock() + self.rest_s

    def let_go(self) -> None:
        """A call was dropped by ourselves: it tells nothing, and the next may try."""
        if self._trying:
            self._trying, self._open_until = False, self.clock()
