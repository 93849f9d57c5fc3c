"""The interviewer's chair as the settings fill it: what the page and the command tell of it, and the doctor's visit.

Reads settings and the till; holds no model, so that it can tell what is wrong where none could be made.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from interviewer.channels.chair import ModelBudget, ModelCheck, ModelSeat, ModelShown
from interviewer.doctor import Doctor
from interviewer.doctor_findings import Place, places
from interviewer.doctor_words import host_of, is_local
from interviewer.errors import BadInput, Unavailable
from interviewer.llm.budget import Till
from interviewer.models import is_set, limits_of, off_by
from interviewer.settings import Settings
from interviewer.store.database import open_database, sqlite_file
from interviewer.store.till import SqlTill

OFFLINE = "offline"


@dataclass(frozen=True)
class SetChair:
    """The chair by these settings. `clock` is monotonic, in seconds; `env_file` is where the settings may be written."""

    settings: Settings
    till: Till
    today: Callable[[], date]
    clock: Callable[[], float]
    env_file: Path

    async def shown(self) -> ModelShown:
        """What is set up, and what was spent today. Raises Unavailable."""
        found = places(self.settings) if is_set(self.settings) else ()
        off = off_by(self.settings)()
        return ModelShown(
            interviewer=found[0].where.name if found and not off else OFFLINE,
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
        one, limits = self.settings, limits_of(self.settings)
        _, day = await self.till.spent("", self.today())
        return ModelBudget(
            tokens=day.tokens,
            calls=day.calls,
            money=day.money,
            most_tokens=limits.day_tokens,
            most_money=limits.day_money,
            most_tokens_each=limits.session_tokens,
            most_money_each=limits.session_money,
            priced=bool(one.model_prompt_price or one.model_completion_price),
        )


@asynccontextmanager
async def chair_here(
    settings: Settings, today: Callable[[], date], clock: Callable[[], float]
) -> AsyncIterator[SetChair]:
    """The chair of this data folder, with its till open. Raises BadInput where the folder cannot be used, NewerData."""
    try:
        settings.data.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadInput(f"{settings.data} cannot be used: {error.strerror}. Say --data FOLDER.") from error
    async with open_database(sqlite_file(settings.data / "interviews.db")) as engine:
        yield SetChair(settings, SqlTill(engine), today, clock, env_file())


def env_file() -> Path:
    """The file that settings are read from, beside the environment."""
    return Path(str(Settings.model_config["env_file"])).absolute()


def key_stays(found: tuple[Place, ...]) -> str:
    """Where the keys stay and where they go, in a sentence or two."""
    hosts = list(dict.fromkeys(host_of(place.where) for place in found if place.where.key))
    if not hosts:
        return "No key is set."
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
