"""The switch that stops every call of a model, heeded while one is under way: it is looked at every half second.

What is waited for ends as soon as it is seen that the switch was thrown. One timer serves a whole answer, so that a word
of a stream costs no look at the disk.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing, suppress
from types import TracebackType

from interviewer.errors import ModelBusy, ModelOff
from interviewer.llm.model import Piece

OFF = "switched_off"
"""The fault where models are switched off, before a call or in the midst of it."""
LOOKS_EVERY_S = 0.4
"""So often the switch is looked at during a call."""


class Watch:
    """Looks at the switch from its beginning to its end. `off` tells whether models are switched off."""

    def __init__(self, off: Callable[[], bool]) -> None:
        self._off = off
        self._thrown = False
        self._waiting: asyncio.Timeout | None = None
        self._timer: asyncio.TimerHandle | None = None

    def __enter__(self) -> Watch:
        self._timer = asyncio.get_running_loop().call_later(LOOKS_EVERY_S, self._look)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._timer:
            self._timer.cancel()

    def over(self, waiting: asyncio.Timeout) -> None:
        """What is waited for under this deadline is not waited for any longer once the switch is thrown."""
        self._waiting = waiting

    def look(self) -> None:
        """Raises ModelOff where models are switched off: by what was seen last, which costs nothing."""
        if self._thrown:
            raise ModelOff(OFF)

    def _look(self) -> None:
        loop = asyncio.get_running_loop()
        self._thrown = self._off()
        if not self._thrown:
            self._timer = loop.call_later(LOOKS_EVERY_S, self._look)
        elif self._waiting:
            with suppress(RuntimeError):  # it is over already
                self._waiting.reschedule(loop.time())


async def in_time(
    answer: AsyncGenerator[Piece], end: float, clock: Callable[[], float], watch: Watch
) -> AsyncGenerator[Piece]:
    """The pieces up to a moment of the clock, or until the switch is thrown: a model's own deadlines begin anew with every try.

    Raises ModelBusy, ModelOff.
    """
    shown = False
    async with aclosing(answer):
        while True:
            try:
                async with asyncio.timeout(max(end - clock(), 0)) as limit:
                    watch.over(limit)
                    piece = await anext(answer)
            except StopAsyncIteration:
                return
            except TimeoutError:
                watch.look()
                raise ModelBusy("too_slow" if shown else "silent") from None
            if not piece.finish:
                watch.look()  # what is below us may have lost the cancellation
            shown = shown or bool(piece.text)
            yield piece
            if piece.finish:
                return
