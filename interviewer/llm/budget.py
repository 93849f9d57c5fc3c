"""What models may cost: tokens and money a session and a day, and a switch that stops all of it.

Money is what the tokens cost by the prices that were set, in their currency. Where a limit is reached no call goes out;
a call that was let go out is never cut, so that a limit may be passed by one answer.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from interviewer.errors import ModelOff, Unavailable
from interviewer.llm.model import Usage
from interviewer.llm.switch import OFF

TILL = "till_unavailable"
"""The fault where it cannot be told or kept what was spent: the database is not to be reached."""


@dataclass(frozen=True)
class Price:
    """What a million tokens cost: those of prompts, those of prompts already read, and those answered."""

    prompt: float = 0.0
    completion: float = 0.0
    cached: float | None = None

    def of(self, usage: Usage) -> float:
        """What a call cost."""
        cached = self.prompt if self.cached is None else self.cached
        fresh = max(usage.prompt - usage.cached, 0)
        return (fresh * self.prompt + usage.cached * cached + usage.completion * self.completion) / 1e6


@dataclass(frozen=True)
class Limits:
    """Most tokens and most money, for one session and for one day of all sessions. None is no limit."""

    session_tokens: int | None = None
    day_tokens: int | None = None
    session_money: float | None = None
    day_money: float | None = None

    def reached(self, session: Spent, day: Spent) -> str | None:
        """The first limit that is reached, as a code."""
        pairs = (
            ("session_tokens", session.tokens, self.session_tokens),
            ("day_tokens", day.tokens, self.day_tokens),
            ("session_money", session.money, self.session_money),
            ("day_money", day.money, self.day_money),
        )
        return next((name for name, spent, most in pairs if most is not None and spent >= most), None)


@dataclass(frozen=True)
class Spent:
    """What was spent: tokens of prompts and answers together, money, and how many calls."""

    tokens: int = 0
    money: float = 0.0
    calls: int = 0


class Till(Protocol):
    """Where it is kept what was spent."""

    async def spent(self, session: str, day: date) -> tuple[Spent, Spent]:
        """What the session and the day have spent so far. Raises Unavailable."""
        ...

    async def add(self, session: str, day: date, model: str, usage: Usage, money: float) -> None:
        """A call more. Raises Unavailable."""
        ...


@dataclass
class MemoryTill:
    """Kept while the process lives."""

    sessions: dict[str, Spent] = field(default_factory=dict)
    days: dict[date, Spent] = field(default_factory=dict)

    async def spent(self, session: str, day: date) -> tuple[Spent, Spent]:
        """What the session and the day have spent so far."""
        return self.sessions.get(session, Spent()), self.days.get(day, Spent())

    async def add(self, session: str, day: date, model: str, usage: Usage, money: float) -> None:
        """A call more."""
        self.sessions[session] = _more(self.sessions.get(session, Spent()), usage, money)
        self.days[day] = _more(self.days.get(day, Spent()), usage, money)


def _more(spent: Spent, usage: Usage, money: float) -> Spent:
    return Spent(spent.tokens + usage.prompt + usage.completion, spent.money + money, spent.calls + 1)


@dataclass(frozen=True)
class Budget:
    """The limits, the till, and the switch. `today` gives the day in UTC; `off` whether everything is stopped."""

    till: Till
    limits: Limits
    today: Callable[[], date]
    off: Callable[[], bool] = lambda: False

    async def allow(self, session: str) -> None:
        """Raises ModelOff where no call may go out, and where the till cannot say."""
        if self.off():
            raise ModelOff(OFF)
        if self.limits == Limits():
            return
        try:
            spent, of_day = await self.till.spent(session, self.today())
        except Unavailable:
            raise ModelOff(TILL) from None
        if reached := self.limits.reached(spent, of_day):
            raise ModelOff(f"budget_{reached}")

    async def pay(self, session: str, model: str, usage: Usage, price: Price) -> None:
        """A call was answered. Raises ModelOff where the till cannot be reached: nobody goes on who cannot pay."""
        try:
            await self.till.add(session, self.today(), model, usage, price.of(usage))
        except Unavailable:
            raise ModelOff(TILL) from None
