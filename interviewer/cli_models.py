"""`interviewer doctor` and `interviewer model off | on | show`: whether the model that is set up works, and its switch.

No command takes or shows a key: keys stand in the environment or in `.env`.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.text import Text

from interviewer.cli_options import Data, settings_of, tell_misspelt
from interviewer.errors import BadInput
from interviewer.models import OFF_FILE, is_set
from interviewer.settings import Settings, env_file

if TYPE_CHECKING:
    from interviewer.channels.chair import ModelBudget, ModelCheck, ModelShown

model_app = typer.Typer(
    no_args_is_help=True, help="The model that interviews: what is set up, and its switch."
)


class Format(StrEnum):
    """How findings are written."""

    text = "text"
    json = "json"


_STYLES = {"ok": "green", "note": "yellow", "wrong": "bold red"}
_DUTIES = {"talk": "leads the talk", "evidence": "looks for evidence", "stand-in": "stands in"}
_WOULD = {"talk": "lead the talk", "evidence": "look for evidence", "stand-in": "stand in"}


def doctor(
    format: Annotated[Format, typer.Option(help="Lines to read, or one JSON document.")] = Format.text,
    data: Data = None,
) -> None:
    """Try the model that is set up, and say what is wrong with it and what helps."""
    settings = settings_of(data, None)
    tell_misspelt()
    found = asyncio.run(_examined(settings, format))
    if format is Format.json:
        checks = [one.model_dump() for one in found]
        sys.stdout.write(json.dumps({"ok": found[-1].state == "ok", "checks": checks}, indent=1) + "\n")
    raise typer.Exit(0 if found[-1].state == "ok" else 1)


@model_app.command()
def off(data: Data = None) -> None:
    """Stop every call of a model at once, in servers that run as well; the offline interviewer takes over."""
    settings = settings_of(data, None)
    try:
        settings.data.mkdir(parents=True, exist_ok=True)
        (settings.data / OFF_FILE).touch()
    except OSError as error:
        raise BadInput(f"{settings.data} cannot be written: {error.strerror}.") from error
    sys.stdout.write(
        "Models are switched off. The offline interviewer goes on; `interviewer model on` ends that.\n"
    )


@model_app.command()
def on(data: Data = None) -> None:
    """Let models be called again."""
    settings = settings_of(data, None)
    try:
        (settings.data / OFF_FILE).unlink(missing_ok=True)
    except OSError as error:
        raise BadInput(f"{settings.data / OFF_FILE} cannot be removed: {error.strerror}.") from error
    if settings.model_off:
        sys.stdout.write(
            "The switch is on, but INTERVIEWER_MODEL_OFF still keeps models from being called.\n"
        )
    elif is_set(settings):
        sys.stdout.write("Models are switched on.\n")
    else:
        sys.stdout.write(
            "Models are switched on, and none is set up: the offline interviewer leads interviews.\n"
            f"{_looked_for(env_file())}\n"
        )


@model_app.command()
def show(data: Data = None) -> None:
    """Which model interviews, where it answers, and what was spent today."""
    shown = asyncio.run(_shown(settings_of(data, None)))
    sys.stdout.write("\n".join(_lines(shown)) + "\n")


async def _examined(settings: Settings, format: Format) -> list[ModelCheck]:
    """All findings; in text each is printed as it comes."""
    from interviewer.chair import chair_here  # a store is much to load for the others

    console, found = Console(highlight=False), []
    async with chair_here(settings, _today, time.monotonic) as chair:
        async for one in chair.tried():
            found.append(one)
            if format is Format.text:
                _print(console, one)
    return found


async def _shown(settings: Settings) -> ModelShown:
    from interviewer.chair import chair_here

    async with chair_here(settings, _today, time.monotonic) as chair:
        return await chair.shown()


def _today() -> date:
    from interviewer.assembly import Wall  # the clock is read in one place

    return Wall()().date()


def _print(console: Console, one: ModelCheck) -> None:
    if one.check == "verdict":
        console.print()
        console.print(Text(one.told, style="bold"), soft_wrap=True)
        return
    about = f"{one.about}: " if one.about else ""
    line = Text.assemble((f"{one.state:<6}", _STYLES[one.state]), f"{one.check:<10}", about, one.told)
    console.print(line, soft_wrap=True)
    if one.remedy:
        console.print(
            Text(f"{'':<16}{one.remedy}", style="dim" if one.state == "note" else ""), soft_wrap=True
        )


def _lines(shown: ModelShown) -> list[str]:
    lines = [f"Interviewer: {shown.interviewer}"]
    if not shown.seats:
        lines += ["No model is set up.", _looked_for(Path(shown.env_file))]
    for seat in shown.seats:
        key = "with a key" if seat.key else "without a key"
        does = " and ".join((_WOULD if shown.off else _DUTIES)[role] for role in seat.roles)
        lines.append(f"{seat.name} at {seat.host}, {key}: {'is set up to ' if shown.off else ''}{does}")
    if shown.off == "setting":
        lines.append("Models are switched off by INTERVIEWER_MODEL_OFF.")
    elif shown.off:
        lines.append("Models are switched off; `interviewer model on` switches them on.")
    if shown.seats and shown.key_stays:
        lines.append(shown.key_stays)
    if shown.seats and shown.budget:
        lines.append(_spent(shown.budget))
    return lines


def _looked_for(env_file: Path) -> str:
    """Where settings were looked for: another folder has another file."""
    there = "names none" if env_file.is_file() else "is not there"
    return (
        f"{env_file} {there}, and neither does the environment name one: "
        "INTERVIEWER_MODEL_KEY or INTERVIEWER_MODEL_URL would."
    )


def _spent(budget: ModelBudget) -> str:
    spent = f"Today: {budget.tokens:,} tokens in {budget.calls:,} calls"
    if budget.priced:
        spent += f", {budget.money:.2f} by the prices set"
    most = f", of {budget.most_tokens:,} at most" if budget.most_tokens is not None else ""
    return f"{spent}{most}."
