"""The interviewer's chair as the settings fill it: what the page and the command tell of it, and the doctor's visit.

Reads settings and the till; holds no model, so that it can tell what is wrong where none could be made.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from interviewer.channels.chair import OFFLINE, ModelBudget, ModelCheck, ModelSeat, ModelShown
from interviewer.doctor import Doctor
from interviewer.doctor_findings import Place, places
from interviewer.doctor_words import host_of, is_local
from interviewer.errors import Unavailable
from interviewer.llm.budget import Till
from interviewer.models import fast_of, is_priced, is_set, limits_of, off_by
from interviewer.readers import database_of
from interviewer.settings import Settings
from interviewer.settings import env_file as env_file
from interviewer.store.database import open_database
from interviewer.store.till import SqlTill


@dataclass(frozen=True)
class SetChair:
    """The chair by these settings. `clock` is monotonic, in seconds; `env_file` is where the settings may be written."""

    settings: Settings
    till: Till
    today: Callable[[], date]
    clock: Callable[[], float]
    env_file: Path

    def seated(self) -> str:
        """Who interviews at this moment: the model that leads the talk, or `offline`."""
        return seated(self.settings)()

    async def shown(self) -> ModelShown:
        """What is set up, and what was spent today. Raises Unavailable."""
        found = places(self.settings) if is_set(self.settings) else ()
        off = off_by(self.settings)()
        return ModelShown(
            interviewer=self.seated(),
            off=("setting" if self.settings.model_off else "switch") if off else "",
            seats=tuple(_seat(place) for place in found),
            key_stays=key_stays(found),
            budget=await self._budget(),
            env_file=str(self.env_file),
        )

    async def tried(self) -> AsyncGenerator[ModelCheck]:
        """The doctor's findings as they come, the verdict last."""
        doctor = Doctor(self.settings, self.till, self.today, self.clock)
        try:
            async with aclosing(doctor.examine()) as findings:
                async for one in findings:
                    yield ModelCheck(
                        check=one.check, state=one.state, told=one.told, remedy=one.remedy, about=one.about
                    )
        except Unavailable as error:
            yield ModelCheck(check="verdict", state="wrong", told=f"The test could not be paid for: {error}")

    async def _budget(self) -> ModelBudget:
        limits = limits_of(self.settings)
        _, day = await self.till.spent("", self.today())
        return ModelBudget(
            tokens=day.tokens,
            calls=day.calls,
            money=day.money,
            most_tokens=limits.day_tokens,
            most_money=limits.day_money,
            most_tokens_each=limits.session_tokens,
            most_money_each=limits.session_money,
            priced=is_priced(self.settings),
        )


@asynccontextmanager
async def chair_here(
    settings: Settings, today: Callable[[], date], clock: Callable[[], float]
) -> AsyncIterator[SetChair]:
    """The chair of this data folder, with its till open. Raises BadInput where the folder cannot be used, NewerData."""
    async with open_database(database_of(settings)) as database:
        yield SetChair(settings, SqlTill(database), today, clock, env_file())


def seated(settings: Settings) -> Callable[[], str]:
    """Who interviews whenever it is asked: the model that leads the talk, or `offline` where none is or all are off."""
    if not is_set(settings):
        return lambda: OFFLINE
    name, off = fast_of(settings).name.removeprefix("openai:"), off_by(settings)
    return lambda: OFFLINE if off() else name


def key_stays(found: tuple[Place, ...]) -> str:
    """Where the keys stay and where they go, in a sentence or two; empty where there is none."""
    hosts = list(dict.fromkeys(host_of(place.where) for place in found if place.where.key))
    if not hosts:
        return ""
    going = f"{', '.join(hosts[:-1])} and {hosts[-1]}" if len(hosts) > 1 else hosts[0]
    return (
        "The key stays on the server, in its environment or in its .env file. "
        f"It is sent to {going} with every call, and never to a browser."
    )


def _seat(place: Place) -> ModelSeat:
    where = place.where
    return ModelSeat(
        roles=place.roles,
        name=where.name,
        host=host_of(where),
        key=where.key is not None,
        local=is_local(where),
    )
