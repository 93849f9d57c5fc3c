"""Examines the models that the settings name, and says in one line each what is right, what is not, and what helps.

Three calls a model at the most: its list, an answer in a stream, an answer in a shape. They go through the layer that
interviews go through, so they are paid from the day's budget like any others, and none goes out while models are
switched off. No key is ever told, not even a part of it.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from datetime import date

from interviewer.doctor_findings import (
    SETTINGS,
    Finding,
    Place,
    answering,
    cannot,
    counting,
    duties,
    in_shape,
    in_time,
    nearest_name,
    places,
    suited,
    unmade,
    with_key,
    with_name,
)
from interviewer.doctor_words import (
    NONE_SET,
    fault_in_words,
    host_of,
    how_to_set_up,
    is_local,
    wrong_with_address,
)
from interviewer.errors import BadInput
from interviewer.llm.acceptor import Bounds
from interviewer.llm.breaker import Breaker
from interviewer.llm.budget import Budget, Till
from interviewer.llm.model import Model, Usage
from interviewer.llm.steady import Patience, Seat, SteadyModel
from interviewer.models import (
    Where,
    is_priced,
    is_set,
    limits_of,
    model_of,
    off_by,
    price_of,
    wrong_with_name,
)
from interviewer.settings import Settings, env_file
from interviewer.trial import listed, shaped, streamed

PATIENCE = 2.0
"""So many times a deadline is waited here, so that it can be told how far a model is beyond it."""
USUAL_INTERVIEW = Usage(prompt=180_000, cached=110_000, completion=14_000)
"""About what twenty exchanges and their card take."""


@dataclass
class Doctor:
    """Whoever examines. `clock` is monotonic, in seconds; `make` gives a model to try, and raises BadInput."""

    settings: Settings
    till: Till
    today: Callable[[], date]
    clock: Callable[[], float]
    make: Callable[[Where, Bounds], Model] = model_of
    _wrong: list[tuple[Place | None, Finding]] = field(default_factory=list, init=False)

    async def examine(self) -> AsyncGenerator[Finding]:
        """The findings as they come, the last of them the verdict (`check` is then verdict)."""
        self._wrong = []
        if not is_set(self.settings):
            yield Finding("model", "ok", "None is named, and there is no key.", how_to_set_up(env_file()))
            yield Finding("verdict", "ok", f"{NONE_SET} Nothing is wrong with that.")
            return
        found = places(self.settings)
        async for one in self._general():
            yield self._noted(None, one)
        asks = not self._wrong
        for place in found:
            async for one in self._of(place, asks):
                yield self._noted(place, one, several=len(found) > 1)
        yield self._price()
        if len(found) > 1:
            for place in found:
                if asks or self._wrong_with(place):
                    yield self._in_all(place)
        yield self._verdict(found)

    def _noted(self, place: Place | None, finding: Finding, several: bool = False) -> Finding:
        if place and several:
            finding = replace(finding, remedy=suited(place, finding.remedy), about=place.name)
        if finding.state == "wrong":
            self._wrong.append((place, finding))
        return finding

    def _wrong_with(self, place: Place) -> list[Finding]:
        return [finding for about, finding in self._wrong if about == place]

    # --- whether any call may go out ------------------------------------------------------------------------------

    async def _general(self) -> AsyncIterator[Finding]:
        if not off_by(self.settings)():
            yield Finding("switch", "ok", "Models are switched on.")
        elif self.settings.model_off:
            yield Finding(
                "switch",
                "wrong",
                "Models are switched off by INTERVIEWER_MODEL_OFF.",
                "Take that line out of .env.",
            )
        else:
            yield Finding(
                "switch", "wrong", "Models are switched off.", "`interviewer model on` switches them on."
            )
        yield await self._budget()

    async def _budget(self) -> Finding:
        limits = limits_of(self.settings)
        session, day = await self.till.spent("doctor", self.today())
        reached = limits.reached(session, day)
        spent = f"Today {day.tokens:,} tokens were spent"
        if reached in ("day_tokens", "day_money"):
            return Finding(
                "budget",
                "wrong",
                f"{spent}, and the limit of the day is reached.",
                f"Wait until midnight UTC, or raise INTERVIEWER_MODEL_{reached.upper()}.",
            )
        left = f", {limits.day_tokens - day.tokens:,} are left" if limits.day_tokens is not None else ""
        each = f"an interview may take {limits.session_tokens:,}" if limits.session_tokens is not None else ""
        if not is_priced(self.settings) and (
            limits.day_money is not None or limits.session_money is not None
        ):
            return Finding(
                "budget",
                "note",
                f"{spent}{left}. There is a limit of money and no price, so it is never reached.",
                "Set INTERVIEWER_MODEL_PROMPT_PRICE and INTERVIEWER_MODEL_COMPLETION_PRICE.",
            )
        return Finding("budget", "ok", f"{spent}{left}{'; ' if each else ''}{each}.")

    # --- one model ------------------------------------------------------------------------------------------------

    async def _of(self, place: Place, asks: bool) -> AsyncIterator[Finding]:
        where = place.where
        if wrong := wrong_with_name(where):
            yield Finding("model", "wrong", *wrong)
            return
        if wrong := wrong_with_address(where.url) if where.url else None:
            yield Finding("address", "wrong", *wrong)
            return
        yield Finding("model", "ok", f"{place.title} is there to {duties(place.roles)}.")
        key = with_key(where, self.settings.model_allow_http)
        yield key
        if key.state == "wrong" or not asks:
            return
        try:
            model = self._steady(self.make(where, self._bounds(place)), place)
        except BadInput as error:
            yield unmade(where, error)
            return
        async with aclosing(model):
            async for one in self._asked(place, model):
                yield one

    async def _asked(self, place: Place, model: SteadyModel) -> AsyncIterator[Finding]:
        name, host = place.where.name.removeprefix("openai:"), host_of(place.where)
        listing = await listed(model.seats[0].model)
        code = listing.fault.code if listing.fault else ""
        if listing.fault and code in ("unreachable", "silent", "connection_lost"):
            told, remedy = fault_in_words(listing.fault)
            yield Finding("address", "wrong", f"{host}: {told}", remedy)
            return
        if not place.where.provider:
            yield Finding("address", "ok", f"{host} answers.")
        if listing.names is not None:
            yield with_name(name, listing.names)
        answer = await streamed(model, self.clock)
        if answer.fault:
            told, remedy = fault_in_words(answer.fault)
            nearest = nearest_name(name, listing.names or ()) if answer.fault.code == "no_such_model" else ""
            yield Finding(
                "answer", "wrong", told, f"It lists {nearest}: is that meant?" if nearest else remedy
            )
            return
        yield answering(answer)
        yield in_time(place, self.settings, answer)
        shape = await shaped(model, self.clock)
        yield in_shape(shape)
        yield counting(answer.usage)

    def _bounds(self, place: Place) -> Bounds:
        one = self.settings
        if "talk" not in place.roles and "stand-in" not in place.roles:
            return Bounds(*(3 * (PATIENCE * one.careful_total_s,)))
        return Bounds(
            PATIENCE * one.model_first_s, PATIENCE * one.model_between_s, PATIENCE * one.model_total_s
        )

    def _steady(self, model: Model, place: Place) -> SteadyModel:
        """The model as interviews are given it, but tried once, and with no limit for one interview."""
        day = replace(limits_of(self.settings), session_tokens=None, session_money=None)
        budget = Budget(self.till, day, self.today, off_by(self.settings))
        seats = (Seat(model, Breaker(self.clock), price_of(self.settings, SETTINGS[place.roles[0]])),)
        return SteadyModel(seats, budget, Patience(tries=1, total_s=self._bounds(place).total_s))

    # --- what it costs --------------------------------------------------------------------------------------------

    def _price(self) -> Finding:
        if not is_priced(self.settings) and all(is_local(place.where) for place in places(self.settings)):
            return Finding("price", "ok", "Nothing is paid for a model on this machine; tokens are counted.")
        if not is_priced(self.settings):
            return Finding(
                "price",
                "note",
                "No prices are set, so only tokens are counted.",
                "INTERVIEWER_MODEL_PROMPT_PRICE and INTERVIEWER_MODEL_COMPLETION_PRICE say what a million tokens cost.",
            )
        costs = [f"{price_of(self.settings, one).of(USUAL_INTERVIEW):.2f}" for one in ("model", "careful")]
        told = " to ".join(sorted(set(costs), key=float))  # how much of it is the card's differs
        return Finding("price", "ok", f"An interview of 20 exchanges with its card costs about {told}.")

    # --- in one line ----------------------------------------------------------------------------------------------

    def _in_all(self, place: Place) -> Finding:
        """One of several models in one line: what it can do, or all that keeps it from that."""
        wrong = self._wrong_with(place)
        if not wrong:
            return Finding("place", "ok", f"{place.title} can {duties(place.roles)}.", about=place.name)
        remedies = dict.fromkeys(one.remedy for one in wrong)
        return Finding("place", "wrong", f"{cannot(place, wrong)}.", " ".join(remedies), place.name)

    def _verdict(self, found: tuple[Place, ...]) -> Finding:
        general = [finding for place, finding in self._wrong if place is None]
        if general:
            return Finding("verdict", "wrong", f"{general[0].told} The offline interviewer stands in.")
        first = found[0]
        if not self._wrong:
            told = f"{first.title} can lead interviews"
            for other in found[1:]:
                told += f"; {other.title} can {duties(other.roles)}"
            return Finding("verdict", "ok", f"{told}.")
        failing = [cannot(place, wrong[:1]) for place in found if (wrong := self._wrong_with(place))]
        well = "" if self._wrong_with(first) else f"{first.title} can lead interviews, but "
        return Finding("verdict", "wrong", f"{well}{'; '.join(failing)}.")
