"""Who judges: the packs as the settings name them, the observers, and the scorer behind them.

It stands apart from `assembly.py`, since a transcript can be judged without a store, a server or a clock.
"""

from __future__ import annotations

from interviewer.interview.scorecard import Scorecard
from interviewer.interview.transcript import Transcript
from interviewer.llm.model import Model
from interviewer.llm.prompts import Prompts
from interviewer.llm.said import TRIAL_KEY
from interviewer.packs.files import data_folder
from interviewer.packs.load import Shelf, load
from interviewer.scoring.assess import JudgedBy, assess, key_of
from interviewer.scoring.observer import OfflineObserver
from interviewer.scoring.observer_llm import ModelObserver
from interviewer.settings import Settings


def shelf_from(settings: Settings) -> Shelf:
    """All packs, as the settings say. Raises PackFault."""
    return load(settings.rubrics, settings.packs)


def reader_from(settings: Settings, model: Model, key: bytes = TRIAL_KEY) -> ModelObserver:
    """The observer that reads with this model, by the prompts of the settings. Raises NotFound.

    `key` makes the marks around what was said; the fixed one lets recorded replies be found again.
    """
    return ModelObserver(model, Prompts.read(data_folder("prompts", settings.prompts)), key)


async def judge(transcript: Transcript, shelf: Shelf, reader: ModelObserver | None = None) -> Scorecard:
    """The scorecard of any transcript: by rules alone, or with a `reader` beside them. Never raises because of a model."""
    card = await assess(transcript, _judged_by(transcript, shelf), reader or OfflineObserver())
    question = shelf.question(transcript.scenario) if transcript.scenario and not card.title else None
    return card.model_copy(update={"title": question.title}) if question else card


def key_for(transcript: Transcript, shelf: Shelf, reader: ModelObserver | None = None) -> str:
    """The key that the transcript's card would have, without scoring it; with a `reader`, where its model answers all."""
    with_model = reader.with_model(shelf.rubric, transcript.kind) if reader else ""
    return key_of(transcript, _judged_by(transcript, shelf), with_model)


def _judged_by(transcript: Transcript, shelf: Shelf) -> JudgedBy:
    scenario = next((one for one in shelf.scenarios if one.id == transcript.scenario), None)
    return JudgedBy(shelf.rubric, scenario, shelf.version(transcript.scenario))
