"""Which models the settings name, and where their keys may go."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from pydantic import SecretStr

from interviewer.errors import BadInput
from interviewer.llm.budget import MemoryTill
from interviewer.models import OFF_FILE, careful_of, fallback_of, fast_of, is_set, models_from, off_by
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
