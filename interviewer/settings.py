"""Settings from the environment and a `.env` in the working folder, typed. Read by `assembly.py` alone."""

from __future__ import annotations

from pathlib import Path

import platformdirs
from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Where things lie. Each may be set as INTERVIEWER_NAME in the environment."""

    model_config = SettingsConfigDict(env_prefix="INTERVIEWER_", env_file=".env", extra="ignore")

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
