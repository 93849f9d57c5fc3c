"""Reading an answer whole in a test: its text, how it ended, and the fault where there was one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date

from interviewer.errors import ModelFault
from interviewer.llm.acceptor import Bounds
from interviewer.llm.breaker import Breaker
from interviewer.llm.budget import Budget, Limits, MemoryTill, Price
from interviewer.llm.model import Message, Model, Piece, Prompt, Usage
from interviewer.llm.steady import Patience, Seat, SteadyModel

PROMPT = Prompt(
    "speaker/probe", (Message("system", "You are kind."), Message("user", "Ask me.")), session="s1"
)
BOUNDS = Bounds(first_s=4, between_s=4, total_s=8, most_chars=2000)
"""Deadlines that no busy machine misses."""
NO_FIRST = replace(BOUNDS, first_s=0.2)
NO_NEXT = replace(BOUNDS, between_s=0.2)
NO_END = replace(BOUNDS, total_s=0.5)
"""Deadlines that are there to be missed: the first text, the next one, the end."""
TODAY = date(2026, 11, 22)


@dataclass
class Read:
    """What came of an answer."""

    pieces: list[Piece] = field(default_factory=list)
    fault: ModelFault | None = None
    seconds: float = 0.0

    @property
    def text(self) -> str:
        return "".join(one.text for one in self.pieces)

    @property
    def finish(self) -> str | None:
        return self.pieces[-1].finish if self.pieces else None

    @property
    def usage(self) -> Usage | None:
        return self.pieces[-1].usage if self.pieces else None

    @property
    def code(self) -> str | None:
        return self.fault.code if self.fault else None


async def read(model: Model, prompt: Prompt = PROMPT) -> Read:
    """The whole of an answer; whatever is no ModelFault is raised."""
    loop, got = asyncio.get_running_loop(), Read()
    began = loop.time()
    try:
        async for piece in model.stream(prompt):
            got.pieces.append(piece)
    except ModelFault as fault:
        got.fault = fault
    got.seconds = loop.time() - began
    return got


@dataclass
class Clock:
    """A clock that is moved by hand."""

    now: float = 0.0

    def __call__(self) -> float:
        return self.now


def steady(
    *models: Model,
    clock: Callable[[], float] | None = None,
    limits: Limits | None = None,
    price: Price | None = None,
    till: MemoryTill | None = None,
    off: Callable[[], bool] = lambda: False,
    tries: int = 3,
    failures: int = 100,
    most_retry_after_s: float = 0.1,
    total_s: float = 5.0,
) -> SteadyModel:
    """The models in their order, each with a breaker of its own, and pauses of a few milliseconds."""
    seats = tuple(
        Seat(one, Breaker(clock or asyncio.get_running_loop().time, failures=failures), price or Price())
        for one in models
    )
    return SteadyModel(
        seats,
        Budget(till or MemoryTill(), limits or Limits(), lambda: TODAY, off),
        Patience(tries, 0.005, 0.01, most_retry_after_s, total_s),
    )
