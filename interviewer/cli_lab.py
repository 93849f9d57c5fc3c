"""`interviewer lab …`: how we know that it is good, as figures that anybody can take again.

The measuring is `interviewer/lab/`; here it is asked for, printed and compared with a baseline.
"""

from __future__ import annotations

import dataclasses
import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from interviewer.cli_options import Packs, settings_of
from interviewer.errors import BadInput
from interviewer.lab.scorers import Rubrics

lab_app = typer.Typer(help="Measure the scorer and the interviewer.")
TRANSCRIPTS = Path("tests/fixtures/transcripts")
BASELINE = Path("tests/baseline.json")
PROMPTS_OF = ("url-shortener", "key-value-store", "ride-sharing", "twitter-feed")
"""The problems whose prompts are weighed, one of each kind among them."""

Seed = Annotated[int, typer.Option(help="The same seed gives the same figures.")]
Jobs = Annotated[int | None, typer.Option(min=1, max=64, help="On how many processes.")]


@lab_app.command("score")
def lab_score(
    folders: Annotated[list[Path], typer.Argument(help="Folders with ID.json and ID.gold.json.")],
    second: Annotated[Path | None, typer.Option(help="A folder with a second labeller's ID.json.")] = None,
    json_file: Annotated[Path | None, typer.Option("--json", help="Write all figures to this file.")] = None,
    scenario: Annotated[str | None, typer.Option(help="Only interviews about this problem.")] = None,
    packless: Annotated[bool, typer.Option("--packless", help="Score as if no problem had a pack.")] = False,
    brief: Annotated[bool, typer.Option("--brief", help="Leave out the interviews one by one.")] = False,
    seed: Seed = 7,
    jobs: Jobs = None,
    packs: Packs = None,
) -> None:
    """Score labelled interviews offline, and say how far the cards agree with the labels."""
    from interviewer.lab.score_report import score_folders
    from interviewer.lab.score_text import lines_of

    settings = settings_of(None, packs)
    rubrics = Rubrics(settings.rubrics, settings.packs, packless)
    report = score_folders(folders, rubrics, second, seed, jobs, scenario)
    sys.stdout.write("\n".join(lines_of(report, detail=not brief)) + "\n")
    if json_file is not None:
        told = dataclasses.asdict(report)
        json_file.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


Interviews = Annotated[
    list[Path] | None,
    typer.Option("--interviews", help="Folders of labelled interviews; by default those of the checkout."),
]
Cases = Annotated[int, typer.Option(min=1, max=2000, help="How many cases a family.")]


@lab_app.command("robustness")
def lab_robustness(
    interviews: Interviews = None,
    cases: Cases = 24,
    seed: Seed = 7,
    family: Annotated[list[str] | None, typer.Option(help="Only this family; may be given again.")] = None,
    every_fault: Annotated[bool, typer.Option("--all", help="Name every case that went wrong.")] = False,
    json_file: Annotated[Path | None, typer.Option("--json", help="Write all figures to this file.")] = None,
    jobs: Jobs = None,
    packs: Packs = None,
) -> None:
    """Change interviews in ways that must not matter, or must, and see whether the cards know."""
    from interviewer.lab.robustness.run import figures, lines_of, material_in, try_families

    settings = settings_of(None, packs)
    rubrics = Rubrics(settings.rubrics, settings.packs)
    material = material_in(interviews or usual_interviews(), rubrics)
    tested = try_families(material, rubrics, cases, seed, family or (), jobs)
    sys.stdout.write("\n".join(lines_of(tested, every_fault)) + "\n")
    if json_file is not None:
        told = {name: one.value for name, one in figures(tested).items()}
        json_file.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


def usual_interviews() -> list[Path]:
    """The labelled interviews of the checkout that the command is run in. Raises BadInput where there are none."""
    folders = [TRANSCRIPTS / name for name in ("dev", "own", "more")]
    found = [folder for folder in folders if any(folder.glob("*.gold.json"))]
    if not found:
        raise BadInput(
            f"{TRANSCRIPTS} is not here. Run this in a checkout, or name a folder of labelled interviews."
        )
    return found


@lab_app.callback(invoke_without_command=True)
def lab(
    context: typer.Context,
    full: Annotated[bool, typer.Option("--full", help="Many more cases, and every fault by name.")] = False,
    write: Annotated[
        bool, typer.Option("--write-baseline", help="Let what is measured now be the baseline.")
    ] = False,
    baseline: Annotated[Path, typer.Option(help="The baseline that nothing may fall below.")] = BASELINE,
) -> None:
    """Measure everything, and compare with the baseline; exit code 1 where a figure fell."""
    if context.invoked_subcommand is not None:
        return
    from interviewer.lab.baseline import compare, lines_of, read_baseline, write_baseline
    from interviewer.lab.whole import CASES, FULL_CASES, Asked, measure

    settings = settings_of(None, None)
    second = TRANSCRIPTS / "second"
    asked = Asked(
        usual_interviews(),
        Rubrics(settings.rubrics, settings.packs),
        second if second.is_dir() else None,
        settings.prompts,
        cases=FULL_CASES if full else CASES,
        detail=full,
    )
    measures = measure(asked, _tell)
    if write:
        write_baseline(baseline, measures, asked.cases, asked.seed)
        sys.stdout.write(f"\nThe baseline is written to {baseline}.\n")
        return
    kept = read_baseline(baseline)
    if kept is None:
        sys.stdout.write(f"\nThere is no {baseline} yet; --write-baseline makes one.\n")
        return
    if (kept.cases, kept.seed) != (asked.cases, asked.seed):
        sys.stdout.write("\nThe baseline was taken with other cases, so nothing is compared.\n")
        return
    compared = list(compare(measures, kept))
    sys.stdout.write("\n" + "\n".join(lines_of(compared)) + "\n")
    raise typer.Exit(1 if any(one.verdict in ("fell", "gone") for one in compared) else 0)


def _tell(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


@lab_app.command("interview")
def lab_interview(
    scenario: Annotated[
        list[str] | None, typer.Option("--scenario", help="Only this problem; may be given again.")
    ] = None,
    candidate: Annotated[list[str] | None, typer.Option(help="Only this kind of candidate.")] = None,
    cases: Annotated[
        int | None,
        typer.Option(min=1, help="About so many interviews; without it every candidate on every pack."),
    ] = None,
    seed: Seed = 7,
    every_fault: Annotated[bool, typer.Option("--all", help="Name everything that went wrong.")] = False,
    jobs: Jobs = None,
    packs: Packs = None,
) -> None:
    """Hold interviews with simulated candidates on a virtual clock, and check each of them."""
    from interviewer.lab.interviews.run import lines_of, told_of, try_all, wanted_interviews

    settings = settings_of(None, packs)
    rubrics = Rubrics(settings.rubrics, settings.packs)
    wanted = wanted_interviews(rubrics, cases, seed, scenario or (), candidate or ())
    told = told_of(try_all(wanted, rubrics, settings.prompts, jobs))
    sys.stdout.write("\n".join(lines_of(told, len(wanted), every_fault)) + "\n")


@lab_app.command("speed")
def lab_speed(interviews: Interviews = None, packs: Packs = None) -> None:
    """Time what a turn and a card take, and weigh the packs; exit code 1 where a limit is passed."""
    from interviewer.lab import figure
    from interviewer.lab.labels import labelled_in
    from interviewer.lab.scorers import shelf_of
    from interviewer.lab.speed import measure, told_of

    settings = settings_of(None, packs)
    rubrics = Rubrics(settings.rubrics, settings.packs)
    shelf = shelf_of(rubrics.rubrics, rubrics.packs)
    labelled = [one for folder in interviews or usual_interviews() for one in labelled_in(folder, shelf)]
    told = told_of(measure(labelled, rubrics, settings.prompts))
    sys.stdout.write("\n".join((figure.HEADING, *figure.lines_of(told, None))) + "\n")
    raise typer.Exit(0 if all(one.verdict != "fail" for one in told.figures) else 1)


@lab_app.command("prompts")
def lab_prompts(
    scenario: Annotated[
        list[str] | None, typer.Option("--scenario", help="Only this problem; may be given again.")
    ] = None,
    packs: Packs = None,
) -> None:
    """Weigh the prompts of an interview beside those that hold everything; exit code 1 where a limit is passed."""
    from interviewer.lab import figure
    from interviewer.lab.economy import told_of, weigh
    from interviewer.lab.scorers import shelf_of

    settings = settings_of(None, packs)
    shelf = shelf_of(settings.rubrics, settings.packs)
    told = told_of([weigh(id, shelf, settings.prompts) for id in scenario or PROMPTS_OF])
    sys.stdout.write("\n".join((figure.HEADING, *figure.lines_of(told, None))) + "\n")
    raise typer.Exit(0 if all(one.verdict != "fail" for one in told.figures) else 1)


@lab_app.command("train")
def lab_train(
    interviews: Interviews = None,
    weights_only: Annotated[
        bool, typer.Option("--weights-only", help="Keep the heads and fit their weights anew.")
    ] = False,
    packs: Packs = None,
) -> None:
    """Make the rubric's heads anew from its labelled sentences, and fit their weights on labelled interviews."""
    from interviewer.lab.learning.make import make, write
    from interviewer.lab.scorers import FOLDS, shelf_of

    settings = settings_of(None, packs)
    shelf = shelf_of(settings.rubrics, settings.packs)
    try:
        made = make(shelf, settings.rubrics, interviews or usual_interviews(), not weights_only)
    except ModuleNotFoundError as missing:
        raise BadInput(f"This needs {missing.name}: pip install 'interviewer[lab]'.") from missing
    file = write(made, settings.rubrics, FOLDS)
    _tell(
        f"{len(made.heads.keys)} heads from {made.sentences} sentences, and the weights of {len(made.folds)} problems left out: {file}"
    )
