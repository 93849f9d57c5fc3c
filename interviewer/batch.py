"""Scoring transcripts from files: one, or a folder of them with a progress bar, and again only what has changed."""

from __future__ import annotations

import asyncio
import json
import os
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from interviewer.coach.export import Format, export
from interviewer.errors import BadInput
from interviewer.interview.scorecard import Scorecard
from interviewer.interview.transcript import Transcript
from interviewer.judges import judge, key_for, shelf_from
from interviewer.packs.load import Shelf
from interviewer.readers import Reading, readers
from interviewer.settings import Settings
from interviewer.transcripts import Wanted, read_transcript

SUFFIXES = (".json", ".md", ".txt")
OFFLINE = Reading(offline=True)
_ENDING: dict[Format, str] = {"json": "card.json", "markdown": "card.md", "html": "card.html"}


@dataclass(frozen=True)
class Done:
    """What became of one file: its card, that it was there already, or the fault in a sentence."""

    file: Path
    kept: bool = False
    fault: str | None = None


@dataclass(frozen=True)
class _Job:
    """What is the same for every file of a folder."""

    settings: Settings
    wanted: Wanted
    format: Format
    reading: Reading


def score_folder(
    folder: Path,
    out: Path,
    settings: Settings,
    wanted: Wanted,
    format: Format,
    jobs: int | None,
    reading: Reading = OFFLINE,
) -> int:
    """Score every transcript in a folder into `out`; gives the exit code: 0, or 2 where a file could not be scored.

    A card is written beside its name as JSON and in `format`; a file whose card has the same key is not scored again.
    Where `reading` asks a model, one file is scored at a time unless `jobs` says otherwise: it is the model that is
    waited for, and it is asked a few things at once as it is.
    """
    files = list(_transcripts(folder))
    if not files:
        raise BadInput(f"{folder} holds no transcripts ({', '.join(SUFFIXES)}).")
    _shelf(settings.model_dump_json())  # a fault of the packs is told once, and before any work
    job = _Job(settings, wanted, format, reading)
    asyncio.run(_reachable(job))  # and so is a model that cannot be had
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadInput(f"{out} is no folder to write cards to: {error.strerror}.") from error
    console = Console(stderr=True, highlight=False, soft_wrap=True)
    usual = 1 if reading.asks(settings) else os.cpu_count() or 1
    workers = min(jobs or usual, len(files))
    results: list[Done] = []
    columns = (TextColumn("Scoring"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    stems = Counter(file.stem.casefold() for file in files)  # some file systems fold case
    with ProcessPoolExecutor(workers) as pool:
        # work is handed out before the bar moves: the bar has a thread, and processes are made before threads
        waiting: list[Future[Done]] = [
            pool.submit(
                _score_one, file, out / (file.stem if stems[file.stem.casefold()] == 1 else file.name), job
            )
            for file in files
        ]
        with Progress(*columns, console=console) as progress:
            bar = progress.add_task("score", total=len(files))
            for future in as_completed(waiting):
                results.append(future.result())
                progress.advance(bar)
    faults = sorted((one for one in results if one.fault), key=lambda one: one.file.name)
    kept = sum(one.kept for one in results)
    for one in faults:
        console.print(f"{one.file.name}: {one.fault}", markup=False)
    console.print(
        f"{len(results) - len(faults) - kept} scored, {kept} already there, {len(faults)} not scored. Cards in {out}",
        markup=False,
    )
    return 2 if faults else 0


async def score_file(file: Path, settings: Settings, wanted: Wanted, reading: Reading) -> Scorecard:
    """The card of one transcript. Raises BadInput."""
    shelf = shelf_from(settings)
    transcript = read_transcript(file, shelf, wanted)
    async with readers(reading, settings, _today) as reader_of:
        return await judge(transcript, shelf, await reader_of(transcript.id))


def _transcripts(folder: Path) -> Iterator[Path]:
    for file in sorted(folder.iterdir()):
        unwanted = file.name.endswith((".gold.json", *_ENDING.values())) or file.name.startswith(".")
        if file.is_file() and file.suffix.lower() in SUFFIXES and not unwanted:
            yield file


@lru_cache(maxsize=1)
def _shelf(settings: str) -> Shelf:
    return shelf_from(Settings.model_validate_json(settings))


def _score_one(file: Path, card_at: Path, job: _Job) -> Done:
    """Score one file into `card_at` with the endings of cards."""
    shelf = _shelf(job.settings.model_dump_json())
    try:
        transcript = read_transcript(file, shelf, job.wanted)
    except BadInput as error:
        return Done(file, fault=str(error))
    target = card_at.with_name(f"{card_at.name}.{_ENDING['json']}")
    shown = card_at.with_name(f"{card_at.name}.{_ENDING[job.format]}")
    try:
        card, same = asyncio.run(_card(transcript, shelf, job, _key_in(target), again=not shown.exists()))
    except Exception as error:  # one file's defect is told, and the others are scored
        return Done(file, fault=f"could not be scored, which is our fault: {type(error).__name__}: {error}")
    if card is None:
        return Done(file, kept=True)
    for ending in () if same else _ENDING.values():  # cards of what the file said before
        card_at.with_name(f"{card_at.name}.{ending}").unlink(missing_ok=True)
    # The JSON comes last: its key says that all is there.
    for path, kind in ((shown, job.format), (target, "json")):
        partial = path.with_name(f".{path.name}.part")
        partial.write_text(export(card, kind), encoding="utf-8")
        partial.replace(path)
    return Done(file)


async def _card(
    transcript: Transcript, shelf: Shelf, job: _Job, key: str | None, again: bool
) -> tuple[Scorecard | None, bool]:
    """The card, and whether one with this key is the same; no card where it is, and need not be written `again`."""
    async with readers(job.reading, job.settings, _today) as reader_of:
        with_model = await reader_of(transcript.id)
        same = key == key_for(transcript, shelf, with_model)
        return None if same and not again else await judge(transcript, shelf, with_model), same


async def _reachable(job: _Job) -> None:
    async with readers(job.reading, job.settings, _today):
        return


def _today() -> date:
    from interviewer.assembly import Wall  # the clock is read in one place, which is much to load

    return Wall()().date()


def _key_in(card: Path) -> str | None:
    try:
        key = json.loads(card.read_text(encoding="utf-8")).get("key")
    except (OSError, ValueError, AttributeError):
        return None
    return key if isinstance(key, str) else None
