"""Options that several commands take, and the settings that come of them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from interviewer.settings import Settings

Data = Annotated[Path | None, typer.Option(help="The folder that keeps interviews.")]
Packs = Annotated[Path | None, typer.Option(help="A folder with scenario files of your own.")]


def settings_of(data: Path | None, packs: Path | None, **more: object) -> Settings:
    """The settings, with what was given on the command line in their place."""
    given = {"data": data, "packs": packs, **more}
    return Settings().model_copy(update={name: value for name, value in given.items() if value is not None})
