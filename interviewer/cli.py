"""`interviewer serve | practise | score | people | packs | lab …`: what people type, each handed on to the file that does it.

Exit codes: 0 done, 1 a check failed, 2 bad input, 3 a server that cannot be reached or a store that cannot be written.
"""

from __future__ import annotations

import asyncio
import os
import re
import sys
from enum import StrEnum
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated

import typer

from interviewer.batch import score_file, score_folder
from interviewer.cli_lab import lab_app
from interviewer.cli_models import doctor, model_app
from interviewer.cli_options import Data, Packs, settings_of, tell_misspelt
from interviewer.cli_packs import packs_app
from interviewer.cli_people import people_app
from interviewer.coach.export import export
from interviewer.errors import BadInput, InterviewerError, NotFound, NotSignedIn, Unavailable
from interviewer.interview.events import Mode
from interviewer.interview.phases import Pace
from interviewer.interview.rubric import CandidateLevel, Kind
from interviewer.readers import Reading
from interviewer.transcripts import Wanted

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="A mock interviewer for system design interviews.",
)
app.add_typer(people_app, name="people")
app.add_typer(lab_app, name="lab")
app.add_typer(packs_app, name="packs")
app.add_typer(model_app, name="model")
app.command()(doctor)


class Format(StrEnum):
    """How a scorecard is written."""

    json = "json"
    markdown = "markdown"
    html = "html"


def _pace(text: str | None) -> tuple[Pace | None, float | None]:
    """`spoken`, `typed`, or how long a turn takes on a virtual clock: 90s, 3m, 2.5m."""
    if text is None:
        return None, None
    if text in Pace.__members__:
        return Pace(text), None
    match = re.fullmatch(r"(\d+(?:\.\d+)?)\s*(s|m|min)?", text.strip())
    if match is None or not 1 <= float(match[1]) * (1 if match[2] == "s" else 60) <= 3600:
        raise BadInput(f"--pace {text!r} is neither spoken, typed nor a time such as 90s or 3m.")
    return None, float(match[1]) * (1 if match[2] == "s" else 60)


@app.command()
def practise(
    scenario: Annotated[
        str | None, typer.Argument(help="Which problem; without it, choose from a list.")
    ] = None,
    level: Annotated[
        CandidateLevel, typer.Option(help="The level to be interviewed for.")
    ] = CandidateLevel.senior,
    plan: Annotated[str | None, typer.Option(help="Another plan than the problem's own.")] = None,
    mode: Annotated[Mode, typer.Option(help="practice: hints and pauses; mock: neither.")] = Mode.practice,
    pace: Annotated[
        str | None,
        typer.Option(
            help="spoken or typed (half as much time again); or 3m: a virtual clock, so far a turn."
        ),
    ] = None,
    minutes: Annotated[float | None, typer.Option(min=5, max=180, help="Length in spoken minutes.")] = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on with the latest unfinished interview.")
    ] = False,
    session: Annotated[str | None, typer.Option(help="With --resume: which interview, by its id.")] = None,
    seed: Annotated[int | None, typer.Option(help="The same seed and words give the same interview.")] = None,
    format: Annotated[Format, typer.Option(help="How the scorecard is shown.")] = Format.markdown,
    data: Data = None,
    packs: Packs = None,
    server: Annotated[
        str | None, typer.Option(help="Be interviewed by the server at this address, not here.")
    ] = None,
    token: Annotated[
        str | None,
        typer.Option(
            envvar="INTERVIEWER_TOKEN", help="With --server: what `interviewer token` printed there."
        ),
    ] = None,
) -> None:
    """Be interviewed in this terminal, or from a pipe with one line a turn."""
    from interviewer.practise import (  # a store is much to load for the others
        Chosen,
        practise_here,
        resume_here,
    )

    kept_pace, pace_s = _pace(pace)
    settings = settings_of(data, packs)
    chosen = Chosen(
        scenario=scenario, level=level, plan=plan, mode=mode, pace=kept_pace, pace_s=pace_s, minutes=minutes,
        seed=seed, format=format.value, piped=not sys.stdin.isatty(),
    )  # fmt: skip
    if server is not None:
        from interviewer.remote import practise_remote

        asyncio.run(practise_remote(server, token, chosen, resume, session))
        return
    asyncio.run(resume_here(settings, chosen, session) if resume else practise_here(settings, chosen))


@app.command()
def score(
    path: Annotated[Path, typer.Argument(help="A transcript (JSON, Markdown or text), or a folder of them.")],
    scenario: Annotated[str | None, typer.Option(help="Which problem it is about.")] = None,
    level: Annotated[CandidateLevel | None, typer.Option(help="The level of the candidate.")] = None,
    kind: Annotated[Kind | None, typer.Option(help="d distributed, p product, h hybrid.")] = None,
    plan: Annotated[str | None, typer.Option(help="The plan that the interview followed.")] = None,
    candidate: Annotated[str | None, typer.Option(help="The candidate's label, where it is a name.")] = None,
    format: Annotated[Format, typer.Option(help="How the scorecard is written.")] = Format.markdown,
    out: Annotated[
        Path | None, typer.Option(help="Write to this file, or for a folder into this folder.")
    ] = None,
    jobs: Annotated[int | None, typer.Option(min=1, max=64, help="How many at once, for a folder.")] = None,
    model: Annotated[
        str | None, typer.Option(help="A model that reads along, such as gpt-5-mini or anthropic:claude-…")
    ] = None,
    model_url: Annotated[
        str | None, typer.Option(help="Where it answers, such as http://127.0.0.1:11434/v1.")
    ] = None,
    replay: Annotated[
        Path | None,
        typer.Option(help="A tape of a model's replies: those alone are used, and nobody is asked."),
    ] = None,
    offline: Annotated[
        bool, typer.Option("--offline", help="Score by rules alone, though a model is set up.")
    ] = False,
    data: Data = None,
    packs: Packs = None,
) -> None:
    """Score a transcript of an interview, ours or somebody else's.

    Where a model is set up it reads along with the rules; what it answered is kept, so that nothing is asked twice.
    It is paid from the day's budget of the folder that keeps interviews, like all other calls.
    """
    settings = settings_of(data, packs)
    wanted = Wanted(scenario=scenario, level=level, kind=kind, plan=plan, candidate=candidate)
    reading = Reading(model, model_url, replay, offline)
    if not path.exists():
        raise BadInput(f"{path} does not exist.")
    if told := reading.told(settings):
        sys.stderr.write(f"{told}\n")
    if path.is_dir():
        target = out or path / "scorecards"
        raise typer.Exit(score_folder(path, target, settings, wanted, format.value, jobs, reading))
    text = export(asyncio.run(score_file(path, settings, wanted, reading)), format.value)
    if out is None:
        sys.stdout.write(text)
        return
    try:
        out.write_text(text, encoding="utf-8")
    except OSError as error:
        raise BadInput(f"{out} cannot be written: {error.strerror}.") from error


@app.command()
def serve(
    data: Data = None,
    port: Annotated[
        int | None,
        typer.Option(min=0, max=65535, help="The port; without it 8642, or the next that is free."),
    ] = None,
    host: Annotated[str | None, typer.Option(help="The address to serve on; 0.0.0.0 lets others in.")] = None,
    open: Annotated[
        bool | None, typer.Option("--open/--no-open", help="Open the page in the browser of this machine.")
    ] = None,
    worker: Annotated[
        bool, typer.Option("--worker/--no-worker", help="Whether answers are made in this process too.")
    ] = True,
    packs: Packs = None,
) -> None:
    """Serve the pages and the API; the link that is printed signs you in."""
    from interviewer.serve import Asked, serve_here  # a web server is much to load for the other commands

    settings = settings_of(data, packs, port=port, host=host)
    tell_misspelt()
    exactly = "port" in settings.model_fields_set
    asyncio.run(serve_here(settings, Asked(exactly, worker, _has_display() if open is None else open)))


@app.command()
def worker(data: Data = None, packs: Packs = None) -> None:
    """Make the answers for servers that run with --no-worker on the same data."""
    from interviewer.serve import work_here

    asyncio.run(work_here(settings_of(data, packs)))


@app.command()
def token(
    name: Annotated[str, typer.Option(help="What the token is for.")] = "",
    data: Data = None,
) -> None:
    """Print a token with which a program may act for the owner."""
    from interviewer.people import new_token

    sys.stdout.write(asyncio.run(new_token(settings_of(data, None), name)) + "\n")
    sys.stderr.write("It is shown this once, and lasts until `interviewer people sign-out owner`.\n")


@app.command()
def openapi() -> None:
    """Print the description of the server's API."""
    from interviewer.app import openapi_text

    sys.stdout.write(openapi_text())


def _has_display() -> bool:
    graphical = sys.platform == "darwin" or any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY")
    )
    return graphical and sys.stdout.isatty()


def main() -> None:
    """Run a command; faults that we raise on purpose become one message and an exit code."""
    for stream in (sys.stdin, sys.stdout):
        if isinstance(stream, TextIOWrapper):  # what people say and read is UTF-8, whatever the locale
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        app()
    except (BadInput, NotFound, NotSignedIn) as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(2)
    except Unavailable as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(3)
    except InterviewerError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
