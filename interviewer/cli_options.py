"""Options that several commands take, and the settings that come of them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from interviewer.settings import Settings
from interviewer.settings_faults import Misset, misspelt, settled

Data = Annotated[Path | None, typer.Option(help="The folder that keeps interviews.")]
Packs = Annotated[Path | None, typer.Option(help="A folder with scenario files of your own.")]


def settings_of(data: Path | None, packs: Path | None, **more: object) -> Settings:
    """The settings, with what was given on the command line in their place. Ends the command where they cannot be read."""
    given = {"data": data, "packs": packs, **more}
    try:
        settings = settled()
    except Misset as error:
        sys.stderr.write(f"{error}\n")
        raise typer.Exit(1) from None
    return settings.model_copy(update={name: value for name, value in given.items() if value is not None})


def tell_misspelt() -> None:
    """A line on standard error for each setting that is set and is none."""
    for line in misspelt():
        sys.stderr.write(f"{line}\n")
