"""Who sits in the interviewer's chair, for the page that tells it: what is set up, what was spent, and a test.

The bodies stand here beside the promise, since the one is made of the other. Nothing in them is a secret: a key is a
yes or no, an address is a host.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator
from typing import Literal, Protocol

from pydantic import BaseModel, ConfigDict

OFFLINE = "offline"
"""The interviewer without a model."""


class _Body(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ModelSeat(_Body):
    """A model that is set up: what it is there for, its name, the host that it answers at, and whether there is a key for
    it. `local` is one on the server itself, so that nothing leaves it."""

    roles: tuple[Literal["talk", "evidence", "stand-in"], ...]
    name: str
    host: str
    key: bool
    local: bool


class ModelBudget(_Body):
    """What was spent today (UTC) and what may be; None is no limit. Money is in the currency of the prices, and counted
    only where those are `priced`."""

    tokens: int = 0
    calls: int = 0
    money: float = 0.0
    most_tokens: int | None = None
    most_money: float | None = None
    most_tokens_each: int | None = None
    most_money_each: float | None = None
    priced: bool = False


class ModelShown(_Body):
    """Who interviews: `offline`, or a model by its name. All else is for coaches and admins alone, who may test it.

    `off` tells what keeps a model that is set up from being called: the setting, or the switch `interviewer model off`.
    `env_file` is where settings are kept.
    """

    interviewer: str = OFFLINE
    off: Literal["", "setting", "switch"] = ""
    seats: tuple[ModelSeat, ...] = ()
    key_stays: str = ""
    budget: ModelBudget | None = None
    env_file: str = ""
    may_test: bool = False


class ModelCheck(_Body):
    """A line of the test. `check` stays the same for programs; the last one is `verdict`. `about` is which model it is
    about, where there are several: fast, careful, fallback, or two of them."""

    check: str
    state: Literal["ok", "note", "wrong"]
    told: str
    remedy: str = ""
    about: str = ""


class Chair(Protocol):
    """The models of the settings, as they may be told of."""

    def seated(self) -> str:
        """Who interviews at this moment: `offline`, or a model by its name."""
        ...

    async def shown(self) -> ModelShown:
        """What is set up, and what was spent today."""
        ...

    def tried(self) -> AsyncGenerator[ModelCheck]:
        """The lines of a test as they come, the verdict last. Nothing is raised."""
        ...


class OfflineChair:
    """The chair where no model is set up."""

    def seated(self) -> str:
        """The offline interviewer."""
        return OFFLINE

    async def shown(self) -> ModelShown:
        """The offline interviewer."""
        return ModelShown(key_stays="", budget=ModelBudget())

    async def tried(self) -> AsyncGenerator[ModelCheck]:
        """There is nothing to test."""
        told = "No model is set up, so the offline interviewer leads interviews."
        yield ModelCheck(check="verdict", state="ok", told=told)
