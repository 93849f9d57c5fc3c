"""Who judges: the packs as the settings name them, and the offline observer with the scorer behind it.

It stands apart from `assembly.py`, since a transcript can be judged without a store, a server or a clock.
"""

from __future__ import annotations

from interviewer.interview.scorecard import Scorecard
from interviewer.interview.transcript import Transcript
from interviewer.packs.load import Shelf, load
from interviewer.scoring.assess import JudgedBy, assess, key_of
from interviewer.scoring.observer import OfflineObserver
from interviewer.settings import Settings


def shelf_from(settings: Settings) -> Shelf:
    """All packs, as the settings say. Raises PackFault."""
    return load(settings.rubrics, settings.packs)


async def judge(transcript: Transcript, shelf: Shelf) -> Scorecard:
    """The scorecard of any transcript, by the offline observer."""
    card = await assess(transcript, _judged_by(transcript, shelf), OfflineObserver())
    question = shelf.question(transcript.scenario) if transcript.scenario and not card.title else None
    return card.model_copy(update={"title": question.title}) if question else card


def key_for(transcript: Transcript, shelf: Shelf) -> str:
    """The key that the transcript's card would have, without scoring it."""
    return key_of(transcript, _judged_by(transcript, shelf))


def _judged_by(transcript: Transcript, shelf: Shelf) -> JudgedBy:
    scenario = next((one for one in shelf.scenarios if one.id == transcript.scenario), None)
    return JudgedBy(shelf.rubric, scenario, shelf.version(transcript.scenario))
