"""Settings from the environment and a `.env` in the working folder, typed. Read by `assembly.py` alone.

What is wrong with them is told by `settings_faults.py`.
"""

from __future__ import annotations

from pathlib import Path

import platformdirs
from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Where things lie and how a server behaves. Each may be set as INTERVIEWER_NAME in the environment.

    Durations end in `_s` and are seconds; lists are written as JSON, such as `["https://practice.example"]`.
    """

    model_config = SettingsConfigDict(
        env_prefix="INTERVIEWER_", env_file=".env", extra="ignore", populate_by_name=True
    )

    data: Path = Field(
        default_factory=lambda: Path(platformdirs.user_data_dir("interviewer", appauthor=False)),
        description="The folder that holds interviews and scorecards.",
    )
    rubrics: Path | None = Field(
        default=None, description="Another rubrics/ folder than the one that came along."
    )
    prompts: Path | None = Field(
        default=None, description="Another prompts/ folder than the one that came along."
    )
    packs: Path | None = Field(default=None, description="A folder with scenario files of your own.")

    host: str = Field(
        default="127.0.0.1", description="The address to serve on; this machine only by default."
    )
    port: int = Field(default=8642, ge=0, le=65535, description="The port to serve on; 0 takes any free one.")
    public_url: str | None = Field(
        default=None, description="The address that people type, where it is not the one served on."
    )
    origins: frozenset[str] = Field(
        default=frozenset(),
        description="Further origins whose pages may act for somebody signed in, such as https://practice.example.",
    )
    hosts: frozenset[str] = Field(
        default=frozenset(), description="Further names under which the server may be asked, without a port."
    )

    settle_s: float = Field(
        default=1.0, ge=0, description="How long the interviewer waits for more words after a message."
    )
    pace_s: float = Field(
        default=0.05,
        ge=0,
        description="How long a word takes to be spoken, between one sentence and the next.",
    )
    lease_s: float = Field(
        default=10.0, gt=0, description="How long a worker holds a turn before another one may take it over."
    )
    heartbeat_s: float = Field(default=15.0, gt=0, description="How often a socket is heard from.")
    hello_s: float = Field(default=5.0, gt=0, description="How long a socket has for its first frame.")
    send_s: float = Field(default=5.0, gt=0, description="How long a frame may take to be sent.")
    signed_in_s: float = Field(
        default=300.0, gt=0, description="How often an open socket is asked again who it belongs to."
    )
    gone_s: float = Field(
        default=60.0,
        gt=0,
        description="How long a candidate's last socket may be closed before the clock of a practice interview stops.",
    )
    poll_s: float = Field(
        default=1.0,
        gt=0,
        description="How often the log is looked at when nobody rang, for other processes' sake.",
    )
    messages_burst: int = Field(default=20, ge=1, description="How many messages somebody may send at once.")
    messages_per_s: float = Field(
        default=4.0, gt=0, description="How many messages a second in the long run."
    )
    sockets_each: int = Field(default=20, ge=1, description="How many sockets one person may have open.")

    turns_at_once: int = Field(
        default=64, ge=1, description="How many turns one worker has on hand; most of them wait for a model."
    )
    model: str | None = Field(
        default=None,
        description="The model that leads interviews: a name at an OpenAI-compatible endpoint, or provider:name of another one. Without it, and without a key, the interviewer is offline.",
    )
    model_url: str | None = Field(
        default=None,
        description="The address of an OpenAI-compatible endpoint, such as http://127.0.0.1:11434/v1.",
    )
    model_key: SecretStr | None = Field(
        default=None,
        description="The key for it.",
    )
    openai_base_url: str | None = Field(
        default=None,
        validation_alias="OPENAI_BASE_URL",
        description="The address where there is no other, under the name that OpenAI's own programs know.",
    )
    openai_api_key: SecretStr | None = Field(
        default=None,
        validation_alias="OPENAI_API_KEY",
        description="The key where there is no other, under the name that OpenAI's own programs know; it goes to no other provider.",
    )
    careful_model: str | None = Field(
        default=None, description="The model that looks for evidence after an interview, where it is another."
    )
    careful_url: str | None = Field(default=None, description="Its address, where it is another.")
    careful_key: SecretStr | None = Field(default=None, description="Its key, where it is another.")
    fallback_model: str | None = Field(
        default=None, description="A model that stands in where the first one does not answer."
    )
    fallback_url: str | None = Field(default=None, description="Its address, where it is another.")
    fallback_key: SecretStr | None = Field(default=None, description="Its key, where it is another.")
    model_allow_http: bool = Field(
        default=False,
        description="Lets keys go over http:// to machines outside of private networks, where others can read them.",
    )
    model_off: bool = Field(default=False, description="Stops every call of a model at once.")
    model_first_s: float = Field(
        default=8.0, gt=0, description="How long a model may take to its first word in a talk."
    )
    model_between_s: float = Field(default=5.0, gt=0, description="How long it may pause between words.")
    model_total_s: float = Field(default=20.0, gt=0, description="How long an answer may take in all.")
    careful_total_s: float = Field(
        default=120.0, gt=0, description="How long one answer about evidence may take in all."
    )
    model_session_tokens: int | None = Field(
        default=400_000, ge=0, description="The most tokens that one interview with its card may take."
    )
    model_day_tokens: int | None = Field(
        default=None, ge=0, description="The most tokens that all interviews of a day may take."
    )
    model_session_money: float | None = Field(
        default=None, ge=0, description="The most that one interview may cost, in the currency of the prices."
    )
    model_day_money: float | None = Field(
        default=None, ge=0, description="The most that all interviews of a day may cost."
    )
    model_prompt_price: float = Field(
        default=0.0, ge=0, description="What a million tokens of prompts cost, for the two limits above."
    )
    model_cached_price: float | None = Field(
        default=None, ge=0, description="The same for tokens that the provider had already read."
    )
    model_completion_price: float = Field(
        default=0.0, ge=0, description="What a million tokens of answers cost."
    )
    careful_prompt_price: float | None = Field(
        default=None, ge=0, description="The price of prompts for the careful model, where it is another."
    )
    careful_cached_price: float | None = Field(
        default=None,
        ge=0,
        description="The same for what its provider had already read; that of prompts where only those have a price of their own.",
    )
    careful_completion_price: float | None = Field(
        default=None, ge=0, description="The price of answers for the careful model, where it is another."
    )
    fallback_prompt_price: float | None = Field(
        default=None,
        ge=0,
        description="The price of prompts for the model that stands in, where it is another.",
    )
    fallback_cached_price: float | None = Field(
        default=None,
        ge=0,
        description="The same for what its provider had already read; that of prompts where only those have a price of their own.",
    )
    fallback_completion_price: float | None = Field(
        default=None,
        ge=0,
        description="The price of answers for the model that stands in, where it is another.",
    )
    listener_wait_s: float = Field(
        default=0.0,
        ge=0,
        description="How long an answer waits for the model that listens beside it; 0 takes its findings from the next turn on.",
    )


def env_file() -> Path:
    """The file that settings are read from, beside the environment."""
    return Path(str(Settings.model_config["env_file"])).absolute()
