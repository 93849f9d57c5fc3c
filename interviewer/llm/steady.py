"""A model that can be relied on: budget, breaker, retries and a second model, in one layer.

A call is tried again only while nothing of its answer has been handed on, so that nothing is ever spliced; only what may
pass is tried again, after a pause with jitter or after what Retry-After asks for, up to a cap of our own. What still
fails goes to the next model, and at last to the caller as ModelFault: there the offline twin takes over.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from datetime import timedelta

import stamina

from interviewer.errors import ModelBusy, ModelDeclined, ModelFault, ModelOff
from interviewer.llm.breaker import Breaker
from interviewer.llm.budget import Budget, Price
from interviewer.llm.model import Model, Piece, Prompt, Usage, estimated
from interviewer.telemetry import MODEL_CALLS, MODEL_FIRST_S, MODEL_TOKENS

logging.getLogger("stamina").addHandler(logging.NullHandler())
"""A retry is for the logs of a server: without a handler Python would write it into a terminal interview."""


@dataclass(frozen=True)
class Patience:
    """How often and how long: tries of one model, the first pause, the longest that Retry-After is heeded, and in all."""

    tries: int = 3
    pause_s: float = 0.2
    most_pause_s: float = 2.0
    most_retry_after_s: float = 5.0
    total_s: float = 60.0


@dataclass(frozen=True)
class Seat:
    """A model with its breaker and what its tokens cost."""

    model: Model
    breaker: Breaker
    price: Price = Price()


@dataclass
class SteadyModel:
    """The first model, and those that stand in for it, in order."""

    seats: Sequence[Seat]
    budget: Budget
    patience: Patience = Patience()
    clock: Callable[[], float] = field(default=lambda: asyncio.get_running_loop().time())

    @property
    def name(self) -> str:
        """The first model's name."""
        return self.seats[0].model.name

    async def stream(self, prompt: Prompt) -> AsyncGenerator[Piece]:
        """The answer in pieces. Raises ModelFault: the last one met, where no model answered."""
        await self.budget.allow(prompt.session)
        last: ModelFault = ModelOff("resting")
        end = self.clock() + self.patience.total_s
        for seat in self.seats:
            shown = False
            try:
                async with aclosing(self._tried(seat, prompt, end)) as pieces:
                    async for piece in pieces:
                        shown = True
                        yield piece
                return
            except ModelFault as fault:
                if shown or self.clock() >= end:
                    raise
                last = fault
        raise last

    async def _tried(self, seat: Seat, prompt: Prompt, end: float) -> AsyncGenerator[Piece]:
        shown = False

        def again(error: Exception) -> bool | timedelta:
            if shown or not isinstance(error, ModelFault) or not error.retry_helps:
                return False
            left_s = end - self.clock()
            wait_s = error.retry_after_s if isinstance(error, ModelBusy) else None
            if wait_s is None:
                return left_s > self.patience.pause_s
            return (
                timedelta(seconds=wait_s)
                if wait_s <= min(self.patience.most_retry_after_s, left_s)
                else False
            )

        tries = stamina.retry_context(
            on=again,
            attempts=self.patience.tries,
            timeout=max(end - self.clock(), 0.001),
            wait_initial=self.patience.pause_s,
            wait_max=self.patience.most_pause_s,
            wait_jitter=self.patience.pause_s,
        )
        async for one_try in tries:
            with one_try:
                async with aclosing(self._once(seat, prompt, end)) as pieces:
                    async for piece in pieces:
                        shown = True
                        yield piece

    async def _once(self, seat: Seat, prompt: Prompt, end: float) -> AsyncGenerator[Piece]:
        if not seat.breaker.lets():
            raise ModelOff("resting")
        began, chars, first = self.clock(), 0, True
        outcome = "let_go"
        try:
            async with aclosing(_in_time(seat.model.stream(prompt), end, self.clock)) as pieces:
                async for piece in pieces:
                    if first:
                        MODEL_FIRST_S.labels(seat.model.name).observe(self.clock() - began)
                        first = False
                    chars += len(piece.text)
                    if piece.finish:
                        outcome = "answered"
                        await self._pay(seat, prompt, piece.usage or estimated(prompt, chars))
                    yield piece
        except ModelFault as fault:
            outcome = fault.code
            if fault.retry_helps:
                seat.breaker.failed()
            elif isinstance(fault, ModelDeclined):
                seat.breaker.worked()
            else:
                seat.breaker.let_go()
            raise
        finally:
            MODEL_CALLS.labels(seat.model.name, outcome).inc()
            if outcome == "answered":
                seat.breaker.worked()
            else:
                if outcome == "let_go":
                    seat.breaker.let_go()
                if chars:  # what was dropped or broke off has its price as well
                    await self._pay(seat, prompt, estimated(prompt, chars))

    async def _pay(self, seat: Seat, prompt: Prompt, usage: Usage) -> None:
        MODEL_TOKENS.labels(seat.model.name, "prompt").inc(usage.prompt)
        MODEL_TOKENS.labels(seat.model.name, "completion").inc(usage.completion)
        await self.budget.pay(prompt.session, seat.model.name, usage, seat.price)


async def _in_time(
    answer: AsyncGenerator[Piece], end: float, clock: Callable[[], float]
) -> AsyncGenerator[Piece]:
    """The pieces up to a moment of the clock: a model's own deadlines begin anew with every try."""
    shown = False
    async with aclosing(answer):
        while True:
            try:
                async with asyncio.timeout(max(end - clock(), 0)):
                    piece = await anext(answer)
            except StopAsyncIteration:
                return
            except TimeoutError:
                raise ModelBusy("too_slow" if shown else "silent") from None
            shown = True
            yield piece
