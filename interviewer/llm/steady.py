"""A model that can be relied on: budget, breaker, retries and a second model, in one layer.

A call is tried again only while nothing of its answer has been handed on, so that nothing is ever spliced; only what may
pass is tried again, after a pause with jitter or after what Retry-After asks for, up to a cap of our own. What still
fails goes to the next model, and at last to the caller as ModelFault: there the offline twin takes over. The switch is
heeded all the while. Whatever a call took is paid, whether it came to an answer or not; each stand-in has a line in the log.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing, suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta

import stamina

from interviewer.errors import ModelBusy, ModelDeclined, ModelFault, ModelOff
from interviewer.llm.anew import ALL_THINKING, EMPTY, ONCE, anew
from interviewer.llm.breaker import Breaker
from interviewer.llm.budget import Budget, Price
from interviewer.llm.model import Closes, Model, Piece, Prompt, Usage, estimated
from interviewer.llm.switch import OFF, Watch, in_time
from interviewer.telemetry import MODEL_CALLS, MODEL_FIRST_S, MODEL_TOKENS

_log = logging.getLogger(__name__)
_log.addHandler(logging.NullHandler())
"""It is for the logs of a server: without a handler Python would write it into a terminal interview."""
stamina.instrumentation.set_on_retry_hooks(())
"""Its own lines tell neither the model nor the cause; ours do."""


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

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all that may answer."""
        return tuple(dict.fromkeys(seat.model.name for seat in self.seats))

    async def stream(self, prompt: Prompt) -> AsyncGenerator[Piece]:
        """The answer in pieces, each `by` whoever said it. Raises ModelFault: the last one met, where no model answered.

        What a call took that failed is told as a piece of its own, before the next call or the fault.
        """
        last: ModelFault = ModelOff("resting")
        asked = self.name
        try:
            await self.budget.allow(prompt.session)
            end = self.clock() + self.patience.total_s
            with Watch(self.budget.off) as watch:
                for seat in self.seats:
                    if seat is not self.seats[0]:
                        _log.warning(
                            "%s gave no answer (%s), so %s is asked; session %s",
                            asked, last.code, seat.model.name, prompt.whose,
                        )  # fmt: skip
                    asked, shown = seat.model.name, False
                    try:
                        async with aclosing(self._tried(seat, prompt, end, watch)) as pieces:
                            async for piece in pieces:
                                shown = shown or bool(piece.text)
                                yield piece
                        return
                    except ModelFault as fault:
                        if shown or fault.code == OFF or self.clock() >= end:
                            raise
                        last = fault
            raise last
        except ModelFault as fault:
            _log.log(
                logging.INFO if fault.code == OFF else logging.WARNING,  # whoever switched them off knows
                "%s gave no answer (%s) for %s, which goes on without it; session %s",
                asked, fault.code, prompt.name, prompt.whose,
            )  # fmt: skip
            raise

    async def aclose(self) -> None:
        """Let the connections of all its models go."""
        for seat in self.seats:
            if isinstance(seat.model, Closes):
                await seat.model.aclose()

    async def _tried(self, seat: Seat, prompt: Prompt, end: float, watch: Watch) -> AsyncGenerator[Piece]:
        shown = False
        met: list[str] = []

        def again(error: Exception) -> bool | timedelta:
            if shown or not isinstance(error, ModelFault) or not error.retry_helps:
                return False
            if error.code in ONCE and met.count(error.code) > 1:
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
        coming = aiter(tries)
        while True:
            try:
                async with asyncio.timeout(None) as pause:
                    watch.over(pause)
                    one_try = await anext(coming)
            except StopAsyncIteration:
                return
            except TimeoutError:
                raise ModelOff(OFF) from None
            if self.budget.off():
                raise ModelOff(OFF)
            if met:
                _log.warning(
                    "%s is asked again after %s (try %d); session %s",
                    seat.model.name, met[-1], one_try.num, prompt.whose,
                )  # fmt: skip
            with one_try:
                try:
                    async with aclosing(self._once(seat, anew(prompt, met), end, watch)) as pieces:
                        async for piece in pieces:
                            shown = shown or bool(piece.text)
                            yield piece
                except ModelFault as fault:
                    met.append(fault.code)
                    raise

    async def _once(self, seat: Seat, prompt: Prompt, end: float, watch: Watch) -> AsyncGenerator[Piece]:
        if not seat.breaker.lets():
            raise ModelOff("resting")
        name, began, chars = seat.model.name, self.clock(), 0
        usage: Usage | None = None
        outcome = "let_go"
        try:
            async with aclosing(in_time(seat.model.stream(prompt), end, self.clock, watch)) as pieces:
                async for piece in pieces:
                    if piece.text and not chars:
                        MODEL_FIRST_S.labels(name).observe(self.clock() - began)
                    chars += len(piece.text)
                    usage = piece.usage or usage
                    if piece.finish:
                        outcome = "answered"
                        seat.breaker.worked()
                        usage = usage or estimated(prompt, chars)
                        await self._pay(seat, prompt, usage)
                        yield Piece(piece.text, piece.finish, usage, piece.by or name)
                    elif piece.text:
                        yield Piece(piece.text, by=piece.by or name)
        except ModelFault as fault:
            if outcome == "answered":  # and could not be paid
                raise
            outcome = fault.code
            _tell(seat.breaker, fault)
            usage = usage or _reckoned(fault, prompt, chars)
            if usage:
                with suppress(ModelOff):  # it has failed already, and that is what is told
                    await self._pay(seat, prompt, usage)
                yield Piece("", None, usage, name)
            raise
        finally:
            MODEL_CALLS.labels(name, outcome).inc()
            if outcome == "let_go":
                seat.breaker.let_go()
                with suppress(ModelOff):  # what was dropped has its price as well, if only that of its prompt
                    await self._pay(seat, prompt, usage or estimated(prompt, chars))

    async def _pay(self, seat: Seat, prompt: Prompt, usage: Usage) -> None:
        MODEL_TOKENS.labels(seat.model.name, "prompt").inc(usage.prompt)
        MODEL_TOKENS.labels(seat.model.name, "completion").inc(usage.completion)
        await self.budget.pay(prompt.session, seat.model.name, usage, seat.price)


def _tell(breaker: Breaker, fault: ModelFault) -> None:
    """What a fault says of the endpoint: one that declines or thinks for too long works."""
    if isinstance(fault, ModelDeclined) or fault.code == ALL_THINKING:
        breaker.worked()
    elif fault.retry_helps:
        breaker.failed()
    else:
        breaker.let_go()


def _reckoned(fault: ModelFault, prompt: Prompt, chars: int) -> Usage | None:
    """What a call took of which the endpoint tells nothing; None where it is likely to have cost nothing."""
    if fault.code == ALL_THINKING:
        return replace(estimated(prompt, 0), completion=prompt.most_tokens)
    return estimated(prompt, chars) if chars or fault.code == EMPTY else None
