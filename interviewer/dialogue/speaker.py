"""The speaker's promise: a choice put into words, sentence by sentence. The offline one composes from the pack's lines."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Protocol

from interviewer.dialogue.director import Choice
from interviewer.interview.moves import Move
from interviewer.interview.pack import Pack
from interviewer.interview.standing import Standing
from interviewer.llm.model import Usage


@dataclass(frozen=True)
class Spoken:
    """What is to be said: sentences in order, the move they make, the phrase ids used, and the receipt given, if any.

    `receipt` is "topic.slot" where something that was heard is said back. `prompt` is the name and hash of the prompt that a
    model was given, `guarded` the guards that withheld a sentence of its, `fault` why it was stood in for or, where it speaks
    itself, why its answer ended early. `calls` and `usage` are what the words took, estimated as long as more is to come.
    """

    sentences: tuple[str, ...]
    move: Move
    phrases: tuple[str, ...] = ()
    receipt: str | None = None
    picked_by: str = "director"
    by: str = "offline"
    prompt: str | None = None
    guarded: tuple[str, ...] = ()
    fault: str | None = None
    calls: int = 0
    usage: Usage = Usage()

    @property
    def text(self) -> str:
        """The whole, as one turn."""
        return " ".join(self.sentences)


class Speaker(Protocol):
    """Puts one of the moves on offer into words; it cannot invent another."""

    def speak(self, standing: Standing, pack: Pack, choice: Choice) -> AsyncIterator[Spoken]:
        """Grows from the first sentence to the whole: the last value is what was said.

        A value that does not begin with the one before it takes that one back.
        """
        ...
