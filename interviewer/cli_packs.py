"""`interviewer packs …`: what can be practised, whether it is sound, and how it plays.

The checks are `interviewer/packs/`; here they are asked for and printed.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from interviewer.cli_options import Packs, settings_of
from interviewer.errors import BadInput, Fault
from interviewer.interview.pack import schema
from interviewer.interview.rubric import CandidateLevel
from interviewer.interview.scorecard import card_schema
from interviewer.judges import shelf_from
from interviewer.packs.checked import write_stamp
from interviewer.packs.files import data_folder
from interviewer.packs.lint import lint_rubric, looked
from interviewer.packs.load import RUBRIC, load

packs_app = typer.Typer(no_args_is_help=True, help="The scenarios and the rubric.")

Rubrics = Annotated[Path | None, typer.Option(help="Another rubrics/ folder.")]


@packs_app.command("list")
def list_packs(packs: Packs = None) -> None:
    """The problems that can be practised."""
    shelf = shelf_from(settings_of(None, packs))
    table = Table("id", "problem", "kind", "plan", "minutes")
    for one in shelf.scenarios:
        table.add_row(one.id, one.title, one.kind.value, one.plan, str(one.minutes))
    Console().print(table)


@packs_app.command("check")
def check_packs(
    packs: Packs = None,
    rubrics: Rubrics = None,
    stamp: Annotated[
        bool,
        typer.Option("--stamp", help="Note which files' cues are patterns, so that starting up is quick."),
    ] = False,
) -> None:
    """Check every file under rubrics/ and name each fault by file and line; warnings are worth a second look."""
    settings = settings_of(None, packs, rubrics=rubrics)
    own = None if stamp else settings.packs  # packs of one's own are no part of what ships
    shelf = load(settings.rubrics, own, whole=True)
    if stamp:
        folder = data_folder("rubrics", settings.rubrics) / RUBRIC
        try:
            sys.stdout.write(f"stamped: {write_stamp(folder, shelf.documents)}\n")
        except OSError as error:
            raise BadInput(f"{folder} cannot be written: {error.strerror}.") from error
    console = Console(soft_wrap=True, highlight=False, emoji=False)
    faults = list(lint_rubric(shelf))
    warnings: list[Fault] = []
    for scenario in shelf.scenarios:
        wrong, doubtful = looked(scenario, shelf)
        faults += wrong
        warnings += doubtful
    for fault in faults:
        console.print(str(fault), markup=False)
    for warning in warnings:
        console.print(f"warning: {warning}", markup=False)
    console.print(
        f"{len(shelf.scenarios)} packs, {len(shelf.rubric.criteria)} criteria, {len(shelf.rubric.flags)} red flags; faults: {len(faults)}, warnings: {len(warnings)}"
    )
    raise typer.Exit(1 if faults else 0)


@packs_app.command("try")
def try_pack_here(
    scenario: Annotated[str, typer.Argument(help="Which problem.")],
    phase: Annotated[
        str | None, typer.Option(help="From this phase of its plan on; without it, from the beginning.")
    ] = None,
    minutes: Annotated[float, typer.Option(min=1, max=180, help="So many minutes of it.")] = 10,
    candidate: Annotated[str, typer.Option(help="Who answers: strong, weak, mixed, stuck, …")] = "strong",
    level: Annotated[
        CandidateLevel, typer.Option(help="The level to be interviewed for.")
    ] = CandidateLevel.senior,
    seed: Annotated[int, typer.Option(help="The same seed gives the same talk.")] = 7,
    packs: Packs = None,
) -> None:
    """Play some minutes with a simulated candidate, and show what was weighed at every turn and why."""
    from interviewer.lab.interviews.trial import Asked, lines_of, try_pack

    settings = settings_of(None, packs)
    asked = Asked(scenario, phase, minutes, candidate, level, seed)
    tried = try_pack(asked, shelf_from(settings), settings.prompts)
    sys.stdout.write("\n".join(lines_of(tried)))


@packs_app.command("schema")
def print_schema(what: Annotated[str, typer.Argument(help="scenario or scorecard")] = "scenario") -> None:
    """The JSON Schema of a scenario file or of a scorecard."""
    schemas = {"scenario": schema, "scorecard": card_schema}
    if what not in schemas:
        raise BadInput(f"No schema {what!r}: scenario or scorecard.")
    sys.stdout.write(json.dumps(schemas[what](), indent=1, ensure_ascii=False) + "\n")
