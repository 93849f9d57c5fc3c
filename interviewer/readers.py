"""Which model reads a transcript along with the rules: the one that was asked for, a tape, the settings' own, or none.

What models answered is kept in the data folder, so that a transcript that is scored again asks nothing.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from interviewer.errors import BadInput
from interviewer.judges import reader_from
from interviewer.llm.budget import MemoryTill
from interviewer.llm.model import Replayed
from interviewer.llm.replies import FILE, Remembered
from interviewer.models import beside, careful_of, is_set, models_from
from interviewer.scoring.observer_llm import ModelObserver
from interviewer.settings import Settings


@dataclass(frozen=True)
class Reading:
    """What was asked for: a model and where it answers, a tape of replies, or that nobody reads along."""

    model: str | None = None
    url: str | None = None
    tape: Path | None = None
    offline: bool = False

    def __post_init__(self) -> None:
        if self.offline and (self.model or self.url or self.tape):
            raise BadInput(
                "--offline asks no model, so it goes with none of --model, --model-url and --replay."
            )
        if self.tape and self.url:
            raise BadInput("--replay asks no endpoint, so it does not go with --model-url.")

    def asks(self, settings: Settings) -> bool:
        """Whether an endpoint is asked, now or the first time."""
        return not self.offline and not self.tape and bool(self.model or self.url or is_set(settings))


@asynccontextmanager
async def reader(
    reading: Reading, settings: Settings, today: Callable[[], date]
) -> AsyncIterator[ModelObserver | None]:
    """The observer that reads with the model asked for, None where none is. Raises BadInput where it cannot be had."""
    if reading.tape is not None:
        yield reader_from(settings, _taped(reading.tape, reading.model))
        return
    if not reading.asks(settings):
        yield None
        return
    models = models_from(_with(reading, settings), MemoryTill(), today)
    if models is None:  # the settings above name one
        yield None
        return
    try:
        yield reader_from(settings, Remembered(models.careful, settings.data / FILE))
    finally:
        await models.aclose()


def _with(reading: Reading, settings: Settings) -> Settings:
    """The settings, with the model asked for in every role. Without a name it is the careful one of the settings.

    The key goes along only to the address that it was set for.
    """
    where = beside(careful_of(settings), reading.model, reading.url, None)
    return settings.model_copy(
        update={
            "model": where.name,
            "model_url": where.url,
            "model_key": where.key,
            "openai_api_key": None,
            "openai_base_url": None,
            "careful_model": None,
            "careful_url": None,
            "careful_key": None,
        }
    )


def _taped(tape: Path, name: str | None) -> Replayed:
    try:
        replayed = Replayed.of(tape)
    except OSError as error:
        raise BadInput(f"{tape} cannot be read: {error.strerror}.") from error
    except (ValueError, KeyError, TypeError) as error:
        raise BadInput(
            f"{tape} is no tape of replies: one JSON object a line, with key and reply."
        ) from error
    if name:
        replayed.name = name
    return replayed
