"""Which models the settings name, and where their keys may go."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from pydantic import SecretStr

from interviewer.errors import BadInput
from interviewer.llm.budget import MemoryTill, Price
from interviewer.llm.model_openai import OpenAIModel
from interviewer.models import (
    OFF_FILE,
    Models,
    careful_of,
    fallback_of,
    fast_of,
    is_priced,
    is_set,
    key_in_the_clear,
    models_from,
    off_by,
    price_of,
)
from interviewer.settings import Settings

KEY = SecretStr("our-key")


def settings_with(**named: object) -> Settings:
    return Settings(_env_file=None, **named)  # type: ignore[arg-type]  # settings by name


def test_without_a_name_a_key_and_an_address_there_is_no_model() -> None:
    assert not is_set(settings_with())
    assert models_from(settings_with(), MemoryTill(), lambda: date(2026, 1, 5)) is None


@pytest.mark.parametrize("named", [{"model": "m"}, {"model_key": KEY}, {"openai_api_key": KEY}])
def test_each_of_them_sets_one_up(named: dict[str, object]) -> None:
    assert is_set(settings_with(**named))


def test_a_name_alone_is_not_enough_where_a_key_is_wanted() -> None:
    with pytest.raises(BadInput, match="INTERVIEWER_MODEL_KEY"):
        models_from(settings_with(model="gpt-5-mini"), MemoryTill(), lambda: date(2026, 1, 5))


def test_a_key_stays_at_the_address_that_it_was_set_for() -> None:
    settings = settings_with(
        model="m", model_url="https://one.example/v1", model_key=KEY, careful_url="https://two.example/v1"
    )
    assert careful_of(settings).key is None
    assert careful_of(settings_with(model="m", model_key=KEY, careful_model="n")).key == KEY
    other = settings_with(model="m", model_key=KEY, fallback_model="anthropic:claude")
    assert fallback_of(other, fast_of(other)).key is None  # type: ignore[union-attr]  # there is one


def test_openais_own_key_goes_to_no_other_provider() -> None:
    assert fast_of(settings_with(openai_api_key=KEY)).key == KEY
    assert fast_of(settings_with(openai_api_key=KEY, model="anthropic:claude")).key is None
    assert fast_of(settings_with(openai_api_key=KEY, model_key=SecretStr("mine"))).key == SecretStr("mine")


def test_a_local_name_with_a_colon_is_no_provider() -> None:
    assert fast_of(settings_with(model="llama3:8b", model_url="http://127.0.0.1:11434/v1")).provider is None
    assert fast_of(settings_with(model="openai:gpt-5")).provider is None
    assert fast_of(settings_with(model="ollama:llama3")).provider == "ollama"


@pytest.mark.parametrize("name", ["google-genai:gemini", "antropic:x", "Anthropic:x", "foo:bar", "llama3:8b"])
def test_a_provider_that_nobody_knows_is_an_error_and_no_name_of_openais(name: str) -> None:
    with pytest.raises(
        BadInput, match=r"is no provider that is known\..*Known are openai, anthropic"
    ) as caught:
        made(model=name, model_key=KEY)
    assert "our-key" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("google-genai:gemini", "google_genai"),
        ("antropic:x", "anthropic"),
        ("opnai:x", "openai"),
        ("foo:b", ""),
    ],
)
def test_the_nearest_provider_is_named_where_there_is_one(name: str, nearest: str) -> None:
    with pytest.raises(BadInput) as caught:
        made(model=name, model_key=KEY)
    assert ("meant?" in str(caught.value)) == bool(nearest)
    assert not nearest or f"Is {nearest} meant?" in str(caught.value)


@pytest.mark.parametrize(
    "name", ["ft:gpt-4.1-mini:us::1", "openai:gpt-5-mini", "openai:ft:gpt-4.1-mini:us::1"]
)
def test_names_of_openais_own_may_hold_a_colon(name: str) -> None:
    (seat,) = made(model=name, model_key=KEY).fast.seats
    assert isinstance(seat.model, OpenAIModel)
    assert (seat.model.name, seat.model.address) == (
        name.removeprefix("openai:"),
        "https://api.openai.com/v1/",
    )


@pytest.mark.parametrize("name", ["llama3:8b", "mistral:7b", "google-genai:x", "foo:bar"])
def test_at_an_address_of_ones_own_a_name_is_a_name(name: str) -> None:
    url = "http://127.0.0.1:11434/v1"
    (seat,) = made(model=name, model_url=url).fast.seats
    assert seat.model.name == name
    assert isinstance(seat.model, OpenAIModel)
    assert seat.model.address.startswith(url)


def test_a_key_for_a_misspelt_provider_goes_neither_to_openai_nor_to_anothers_address() -> None:
    shell = {"openai_api_key": KEY, "openai_base_url": "https://one.example/v1"}
    first = fast_of(settings_with(model="google-genai:gemini", **shell))
    assert (first.url, first.key, first.provider) == (None, None, "google-genai")
    assert fast_of(settings_with(model="llama3:8b", **shell)).url == "https://one.example/v1"
    local = settings_with(model="llama3:8b", model_url="http://127.0.0.1:1/v1", careful_key=KEY)
    careful = careful_of(local.model_copy(update={"careful_model": "antropic:claude"}))
    assert (careful.url, careful.provider) == (None, "antropic")
    assert careful_of(local.model_copy(update={"careful_model": "mistral:7b"})).url == "http://127.0.0.1:1/v1"


def test_an_empty_address_is_none() -> None:
    assert (
        fast_of(settings_with(model="anthropic:claude", model_url="", model_key=KEY)).provider == "anthropic"
    )
    assert fast_of(settings_with(model="m", model_url="", model_key=KEY)).url is None


async def test_both_roles_let_their_connections_go(monkeypatch: pytest.MonkeyPatch) -> None:
    closed: list[str] = []

    async def close(model: OpenAIModel) -> None:
        closed.append(model.name)

    monkeypatch.setattr(OpenAIModel, "aclose", close)
    await made(model="m", model_key=KEY, careful_model="n", fallback_model="o").aclose()
    assert closed == ["m", "o", "n", "o"]


def test_a_file_in_the_data_folder_stops_every_call(tmp_path: Path) -> None:
    off = off_by(settings_with(data=tmp_path))
    assert not off()
    (tmp_path / OFF_FILE).touch()
    assert off()


def test_no_key_is_ever_shown() -> None:
    settings = settings_with(model="m", model_key=KEY, openai_api_key=KEY, careful_key=KEY, fallback_key=KEY)
    assert "our-key" not in repr(settings) + repr(fast_of(settings)) + str(settings.model_dump())


def test_an_address_goes_with_no_provider_that_has_its_own() -> None:
    shell = settings_with(model="anthropic:claude", model_key=KEY, openai_base_url="http://127.0.0.1:1/v1")
    assert (fast_of(shell).url, fast_of(shell).provider) == (None, "anthropic")
    mixed = settings_with(
        model="llama3:8b",
        model_url="http://127.0.0.1:1/v1",
        careful_model="anthropic:claude",
        careful_key=KEY,
    )
    careful = careful_of(mixed)
    assert (careful.url, careful.provider, careful.key) == (None, "anthropic", KEY)


def test_a_key_for_https_does_not_go_in_the_clear() -> None:
    settings = settings_with(
        model="m", model_url="https://one.example/v1", model_key=KEY, careful_url="http://one.example/v1"
    )
    assert careful_of(settings).key is None


def made(**named: object) -> Models:
    models = models_from(settings_with(**named), MemoryTill(), lambda: date(2026, 1, 5))
    assert models is not None
    return models


def test_one_price_holds_for_all_models() -> None:
    named = {"model_prompt_price": 2.0, "model_cached_price": 0.5, "model_completion_price": 8.0}
    models = made(model="m", model_key=KEY, careful_model="n", fallback_model="o", **named)
    seats = (*models.fast.seats, *models.careful.seats)
    assert [seat.model.name for seat in seats] == ["m", "o", "n", "o"]
    assert {seat.price for seat in seats} == {Price(2.0, 8.0, 0.5)}


def test_each_model_may_have_a_price_of_its_own() -> None:
    models = made(
        model="m",
        model_key=KEY,
        model_prompt_price=0.25,
        model_completion_price=2.0,
        model_cached_price=0.025,
        careful_model="n",
        careful_prompt_price=2.5,
        careful_completion_price=20.0,
        fallback_model="o",
        fallback_completion_price=0.0,
        fallback_prompt_price=0.0,
        fallback_cached_price=0.0,
    )
    assert [seat.price for seat in models.fast.seats] == [Price(0.25, 2.0, 0.025), Price(0.0, 0.0, 0.0)]
    assert [seat.price for seat in models.careful.seats] == [Price(2.5, 20.0, None), Price(0.0, 0.0, 0.0)]


def test_what_was_read_before_costs_as_prompts_do_where_only_those_have_a_price_of_their_own() -> None:
    settings = settings_with(model_prompt_price=1.0, model_cached_price=0.1, careful_prompt_price=5.0)
    assert price_of(settings, "careful") == Price(5.0, 0.0, None)
    assert price_of(settings, "fallback") == Price(1.0, 0.0, 0.1)


def test_a_price_of_any_model_is_a_price() -> None:
    assert not is_priced(settings_with(model_cached_price=1.0))
    assert is_priced(settings_with(model_prompt_price=1.0))
    assert is_priced(settings_with(careful_completion_price=1.0))


FAR = "http://api.example.com/v1"


@pytest.mark.parametrize(
    "named",
    [
        {"model_url": FAR, "model_key": KEY},
        {"openai_base_url": FAR, "openai_api_key": KEY},
        {"model_key": KEY, "careful_model": "n", "careful_url": FAR, "careful_key": KEY},
        {"model_key": KEY, "fallback_model": "o", "fallback_url": FAR, "fallback_key": KEY},
    ],
    ids=["first", "openai", "careful", "fallback"],
)
def test_a_key_does_not_go_through_the_world_in_the_clear_unless_that_is_allowed(
    named: dict[str, object],
) -> None:
    with pytest.raises(
        BadInput, match=r"api\.example\.com over http://.*INTERVIEWER_MODEL_ALLOW_HTTP"
    ) as caught:
        made(model="m", **named)
    assert "our-key" not in str(caught.value)
    assert made(model="m", model_allow_http=True, **named)


@pytest.mark.parametrize(
    ("url", "key"),
    [
        (FAR, None),
        ("https://api.example.com/v1", KEY),
        ("http://192.168.1.20:8000/v1", KEY),
        ("http://vllm/v1", KEY),
    ],
)
def test_without_a_key_with_tls_and_in_a_network_of_ones_own_it_is_taken(
    url: str, key: SecretStr | None
) -> None:
    settings = settings_with(model="m", model_url=url, model_key=key)
    assert not key_in_the_clear(fast_of(settings))
    assert made(model="m", model_url=url, model_key=key)
