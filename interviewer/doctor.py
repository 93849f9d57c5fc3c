"""Examines the models that the settings name, and says in one line each what is right, what is not, and what helps.

Three calls a model at the most: its list, an answer in a stream, an answer in a shape. They are paid from the day's
budget like any others, and none goes out while models are switched off. No key is ever told, not even a part of it.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Callable
from dataclasses import dataclass, field, replace
from datetime import date

from interviewer.doctor_findings import (
    Finding,
    Place,
    answering,
    counting,
    duties,
    in_shape,
    in_time,
    nearest_name,
    places,
    suited,
    with_key,
    with_name,
)
from interviewer.doctor_words import fault_in_words, host_of, wrong_with_address
from interviewer.errors import BadInput
from interviewer.llm.acceptor import Bounds
from interviewer.llm.budget import Price, Till
from interviewer.llm.model import Model, Prompt, Usage
from interviewer.models import Where, is_set, limits_of, model_of, off_by
from interviewer.settings import Settings
from interviewer.trial import COMPARE, COUNT, listed, shaped, streamed

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
            yield Finding(
                "model",
                "wrong",
                "No model is named, and there is no key.",
                "Put INTERVIEWER_MODEL_KEY=… into .env for OpenAI, or INTERVIEWER_MODEL_URL for an endpoint of your own.",
            )
            yield Finding(
                "verdict", "wrong", "No model is set up, so the offline interviewer leads interviews."
            )
            return
        found = places(self.settings)
        async for one in self._general():
            yield self._noted(None, one)
        asks = not self._wrong
        for place in found:
            async for one in self._of(place, asks):
                yield self._noted(place, one, several=len(found) > 1)
        yield self._price()
        yield self._verdict(found)

    def _noted(self, place: Place | None, finding: Finding, several: bool = False) -> Finding:
        if finding.state == "wrong":
            self._wrong.append((place, finding))
        if place and several:
            return replace(finding, remedy=suited(place, finding.remedy), about=" and ".join(place.roles))
        return finding

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
        if not self._priced() and (limits.day_money is not None or limits.session_money is not None):
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
        yield Finding("model", "ok", f"{place.title} is there to {duties(place.roles)}.")
        key = with_key(where)
        yield key
        address = wrong_with_address(where.url) if where.url else None
        if address:
            yield Finding("address", "wrong", *address)
        if address or key.state == "wrong" or not asks:
            return
        try:
            model = self.make(where, self._bounds(place))
        except BadInput as error:
            yield Finding("address", "wrong", str(error), "Install what is missing, or name another model.")
            return
        try:
            async for one in self._asked(place, model):
                yield one
        finally:
            close = getattr(model, "aclose", None)
            if close is not None:
                await close()

    async def _asked(self, place: Place, model: Model) -> AsyncIterator[Finding]:
        name, host = place.where.name.removeprefix("openai:"), host_of(place.where)
        listing = await listed(model)
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
        await self._pay(model, COUNT, answer.usage, answer.text)
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
        await self._pay(model, COMPARE, shape.usage, "")
        yield in_shape(shape)
        yield counting(answer.usage)

    def _bounds(self, place: Place) -> Bounds:
        one = self.settings
        if "talk" not in place.roles and "stand-in" not in place.roles:
            return Bounds(*(3 * (PATIENCE * one.careful_total_s,)))
        return Bounds(
            PATIENCE * one.model_first_s, PATIENCE * one.model_between_s, PATIENCE * one.model_total_s
        )

    # --- what it costs --------------------------------------------------------------------------------------------

    def _priced(self) -> bool:
        return bool(self.settings.model_prompt_price or self.settings.model_completion_price)

    def _prices(self) -> Price:
        one = self.settings
        return Price(one.model_prompt_price, one.model_completion_price, one.model_cached_price)

    async def _pay(self, model: Model, prompt: Prompt, usage: Usage | None, text: str) -> None:
        used = usage or Usage(
            sum(len(one.text) for one in prompt.messages) // 4, len(text) // 4, estimated=True
        )
        await self.till.add("doctor", self.today(), model.name, used, self._prices().of(used))

    def _price(self) -> Finding:
        if not self._priced():
            return Finding(
                "price",
                "note",
                "No prices are set, so only tokens are counted.",
                "INTERVIEWER_MODEL_PROMPT_PRICE and INTERVIEWER_MODEL_COMPLETION_PRICE say what a million tokens cost.",
            )
        cost = self._prices().of(USUAL_INTERVIEW)
        return Finding("price", "ok", f"An interview of 20 exchanges with its card costs about {cost:.2f}.")

    # --- in one line ----------------------------------------------------------------------------------------------

    def _verdict(self, found: tuple[Place, ...]) -> Finding:
        if not self._wrong:
            first, *others = found
            told = f"{first.title} can lead interviews"
            for other in others:
                told += f"; {other.title} can {duties(other.roles)}"
            return Finding("verdict", "ok", f"{told}.")
        place, finding = self._wrong[0]
        if place is None:
            return Finding("verdict", "wrong", f"{finding.told} The offline interviewer stands in.")
        host = host_of(place.where)
        why = finding.told.removeprefix(f"{host}: ").removeprefix("Asked for JSON: ")
        well = "" if "talk" in place.roles else f"{found[0].title} can lead interviews, but "
        return Finding(
            "verdict",
            "wrong",
            f"{well}{place.title} cannot {duties(place.roles, ' or ')}: {why[:1].lower()}{why[1:]}",
        )
