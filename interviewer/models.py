"""Which models the settings name, put together: a fast one for the talk, a careful one for evidence.

Without a model and without a key there is none, and the offline twins do all of it.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal, assert_never, get_args
from urllib.parse import urlsplit

from pydantic import SecretStr

from interviewer.errors import BadInput
from interviewer.llm.acceptor import Bounds
from interviewer.llm.breaker import Breaker
from interviewer.llm.budget import Budget, Limits, Price, Till
from interviewer.llm.model import Model
from interviewer.llm.model_openai import OpenAIModel
from interviewer.llm.nearby import in_the_clear
from interviewer.llm.providers import OWN, PROVIDERS, names_provider, nearest_provider
from interviewer.llm.steady import Patience, Seat, SteadyModel
from interviewer.settings import Settings

Role = Literal["model", "careful", "fallback"]
"""What the settings of a model begin with."""
USUAL = "gpt-5-mini"
"""The model where a key is set and no name."""
NO_KEY = "none"
"""What a local endpoint that wants no key is sent."""
OFF_FILE = "model.off"
"""Where this file lies in the data folder, no model is called: `interviewer model off` puts it there."""


@dataclass(frozen=True)
class Models:
    """The two roles."""

    fast: SteadyModel
    careful: SteadyModel

    async def aclose(self) -> None:
        """Let all connections go."""
        await self.fast.aclose()
        await self.careful.aclose()


@dataclass(frozen=True)
class Where:
    """A model as it is named: its name, where it answers, and its key."""

    name: str
    url: str | None
    key: SecretStr | None

    @property
    def provider(self) -> str | None:
        """The word before the colon, None at an OpenAI-compatible endpoint: names there hold colons too (`llama3:8b`)."""
        word, colon, _ = self.name.partition(":")
        return word if colon and self.url is None and word not in OWN else None

    @property
    def origin(self) -> tuple[str, str]:
        """The scheme and the host where it answers."""
        parts = urlsplit(self.url or "")
        return parts.scheme, parts.netloc


def wrong_with_name(where: Where) -> tuple[str, str] | None:
    """What is wrong with a name whose provider nobody knows, and what helps; None where all is well."""
    if where.provider is None or where.provider in PROVIDERS:
        return None
    nearest = nearest_provider(where.provider)
    return (
        f"{where.provider}, before the colon in {where.name}, is no provider that is known.",
        f"{f'Is {nearest} meant? ' if nearest else ''}Known are openai, {', '.join(sorted(PROVIDERS))}. "
        "Where it is the name of a model at an endpoint of your own, INTERVIEWER_MODEL_URL says where that is.",
    )


def is_set(settings: Settings) -> bool:
    """Whether the settings name a model, or a key."""
    return bool(
        settings.model
        or settings.model_key
        or settings.model_url
        or settings.openai_api_key
        or settings.openai_base_url
    )


def fast_of(settings: Settings) -> Where:
    """The model that leads the talk. A key that was set for OpenAI's own programs goes to no other provider."""
    name = settings.model or USUAL
    own = settings.model_url or None
    if names_provider(name):
        return Where(name, own, settings.model_key)
    return Where(name, own or settings.openai_base_url or None, settings.model_key or settings.openai_api_key)


def careful_of(settings: Settings) -> Where:
    """The model that looks for evidence."""
    if not settings.careful_model and not settings.careful_url:
        return fast_of(settings)
    return beside(fast_of(settings), settings.careful_model, settings.careful_url, settings.careful_key)


def fallback_of(settings: Settings, first: Where) -> Where | None:
    """The model that stands in for another."""
    if not settings.fallback_model and not settings.fallback_url:
        return None
    return beside(first, settings.fallback_model, settings.fallback_url, settings.fallback_key)


def beside(first: Where, name: str | None, url: str | None, key: SecretStr | None) -> Where:
    """Another model, at the first one's address unless it has its own. The key is inherited only where it stays at home."""
    elsewhere = name is not None and names_provider(name)
    there = Where(name or first.name, url or (None if elsewhere else first.url), key)
    at_home = there.provider == first.provider and there.origin == first.origin
    return Where(there.name, there.url, key or (first.key if at_home else None))


def model_of(where: Where, bounds: Bounds) -> Model:
    """The model at an address. Raises BadInput where it cannot be made, such as for want of a package or a key."""
    key = where.key.get_secret_value() if where.key else None
    if wrong := wrong_with_name(where):
        raise BadInput(" ".join(wrong))
    if where.provider:
        from interviewer.llm.model_langchain import (
            LangChainModel,
        )  # takes a second to import, and few need it

        return LangChainModel(where.name, key, bounds)
    if key is None and where.url is None:
        raise BadInput(
            f"{where.name} needs a key: set INTERVIEWER_MODEL_KEY, or INTERVIEWER_MODEL_URL to an endpoint of your own."
        )
    return OpenAIModel(where.name.removeprefix("openai:"), where.url, key or NO_KEY, bounds)


def key_in_the_clear(where: Where) -> bool:
    """Whether its key would go through the world without TLS, for everybody on the way to read."""
    return where.key is not None and in_the_clear(where.url)


def price_of(settings: Settings, role: Role) -> Price:
    """What a model's tokens cost: its own prices, and those of the first model where it has none."""
    usual = Price(settings.model_prompt_price, settings.model_completion_price, settings.model_cached_price)
    match role:
        case "model":
            return usual
        case "careful":
            own = (
                settings.careful_prompt_price,
                settings.careful_completion_price,
                settings.careful_cached_price,
            )
        case "fallback":
            own = (
                settings.fallback_prompt_price,
                settings.fallback_completion_price,
                settings.fallback_cached_price,
            )
        case _:
            assert_never(role)
    prompt, completion, cached = own
    return Price(
        usual.prompt if prompt is None else prompt,
        usual.completion if completion is None else completion,
        usual.cached if prompt is None and cached is None else cached,
    )


def is_priced(settings: Settings) -> bool:
    """Whether any model that is set up has a price."""
    prices = [price_of(settings, role) for role in get_args(Role)]
    return any(one.prompt or one.completion for one in prices)


def models_from(settings: Settings, till: Till, today: Callable[[], date]) -> Models | None:
    """The models of the settings; None where there are none. Raises BadInput."""
    if not is_set(settings):
        return None
    budget = Budget(till, limits_of(settings), today, off_by(settings))
    talk = Bounds(settings.model_first_s, settings.model_between_s, settings.model_total_s)
    evidence = Bounds(settings.careful_total_s, settings.careful_total_s, settings.careful_total_s)
    return Models(
        SteadyModel(
            _seats(settings, "model", fast_of(settings), talk), budget, Patience(total_s=talk.total_s)
        ),
        SteadyModel(
            _seats(settings, "careful", careful_of(settings), evidence),
            budget,
            Patience(total_s=3 * evidence.total_s),
        ),
    )


def limits_of(settings: Settings) -> Limits:
    """What may be spent."""
    return Limits(
        settings.model_session_tokens,
        settings.model_day_tokens,
        settings.model_session_money,
        settings.model_day_money,
    )


def off_by(settings: Settings) -> Callable[[], bool]:
    """Whether models are switched off, by the setting or by the file that `interviewer model off` makes."""
    file: Path = settings.data / OFF_FILE
    return lambda: settings.model_off or file.exists()


def _seats(settings: Settings, role: Role, first: Where, bounds: Bounds) -> tuple[Seat, ...]:
    places: list[tuple[Role, Where]] = [(role, first)]
    if other := fallback_of(settings, first):
        places.append(("fallback", other))
    for _, where in places:
        if key_in_the_clear(where) and not settings.model_allow_http:
            raise BadInput(
                f"The key for {where.name} would go to {urlsplit(where.url or '').hostname} over http://, where others can read it. "
                "Take its https:// address, or set INTERVIEWER_MODEL_ALLOW_HTTP=true."
            )
    return tuple(
        Seat(model_of(where, bounds), Breaker(time.monotonic), price_of(settings, one))
        for one, where in places
    )
