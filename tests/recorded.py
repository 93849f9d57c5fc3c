"""Interviews that were held with a model in the speaker's seat: what the candidate said, how it was set up, and the tape.

The same turns on the same clock ask the same prompts, so that a tape answers them with no model and no network.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import asdict, dataclass
from pathlib import Path

from interviewer.dialogue.speaker_llm import ModelSpeaker
from interviewer.dialogue.speaker_prompt import SpeakerPrompt
from interviewer.interview.events import Stored
from interviewer.llm.model import Model
from interviewer.llm.said import TRIAL_KEY
from tests.builders import FIXTURES, Held, a_session, the_phrases, the_prompts, voices

REPLIES = FIXTURES / "replies"
THINKS_S, WORDS_A_SECOND = 30.0, 2.0


@dataclass(frozen=True)
class Setting:
    """How it was held, and what the candidate said, turn by turn."""

    name: str
    scenario: str
    level: str
    minutes: float
    seed: int = 1
    turns: tuple[str, ...] = ()

    @classmethod
    def read(cls, name: str) -> Setting:
        """The setting kept under a name."""
        kept = json.loads((REPLIES / f"{name}.json").read_text(encoding="utf-8"))
        return cls(**{**kept, "turns": tuple(kept["turns"])})

    def write(self, folder: Path) -> None:
        """Keep it."""
        text = json.dumps(asdict(self), ensure_ascii=False, indent=1)
        (folder / f"{self.name}.json").write_text(text + "\n", encoding="utf-8")


def speaker_with(model: Model) -> ModelSpeaker:
    """The model's speaker as tapes know it."""
    return ModelSpeaker(model, voices().speaker, SpeakerPrompt(the_prompts(), the_phrases(), TRIAL_KEY))


async def opened(setting: Setting, model: Model) -> Held:
    """The interview, opened."""
    return await a_session(
        setting.scenario,
        level=setting.level,
        seed=setting.seed,
        minutes=setting.minutes,
        id=setting.name,
        speaker=speaker_with(model),
    )


async def say(held: Held, text: str) -> str:
    """One turn of the candidate's on the clock that all recorded interviews share; gives the answer, "" after the end."""
    if held.session.interview.ended:
        return ""
    held.pace_s = THINKS_S + len(text.split()) / WORDS_A_SECOND
    return await held.say(text)


async def held_again(setting: Setting, model: Model) -> AsyncIterator[tuple[str, str]]:
    """The whole interview anew: each turn of the candidate's with its answer."""
    held = await opened(setting, model)
    for text in setting.turns:
        yield text, await say(held, text)


async def events_of(held: Held) -> list[Stored]:
    """Everything that happened."""
    return await held.events()
