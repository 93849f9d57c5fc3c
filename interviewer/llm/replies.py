"""A model that is asked everything once: its answers are kept in a file, under what they depend on.

A card scored a second time asks nothing and comes out the same, byte for byte (scoring.md 1.1, rule 7). The file is a tape
as `Replayed` takes it, one JSON object a line with `key`, `model` and `reply`; only whole answers are kept.
"""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass, field
from pathlib import Path

from interviewer.errors import BadInput
from interviewer.llm.model import Finish, Model, Piece, Prompt, Usage

FILE = "replies.jsonl"
"""The name of the file, where a folder was given."""


def replies_of(data: Path, session: str) -> Path:
    """Where the answers about one interview are kept: they quote it, so they are forgotten with it."""
    return data / "replies" / f"{session}.jsonl"


Kept = dict[tuple[str, str], tuple[str, Finish]]


@dataclass
class Remembered:
    """A model with a memory. `at` is a file, or a folder that holds or will hold one; several processes may add to it."""

    model: Model
    at: Path
    _kept: Kept = field(init=False, repr=False)

    def __post_init__(self) -> None:
        if self.at.is_dir() or not self.at.suffix:
            self.at = self.at / FILE
        self._kept = read_replies(self.at)

    @property
    def name(self) -> str:
        """The model's own."""
        return self.model.name

    async def stream(self, prompt: Prompt) -> AsyncGenerator[Piece]:
        """The answer that was kept, in one piece, else the model's. Raises ModelFault."""
        key = prompt.key()
        kept = self._kept.get((self.model.name, key))
        if kept is not None:
            yield Piece(kept[0])
            yield Piece("", kept[1], Usage())
            return
        text = ""
        async with aclosing(self.model.stream(prompt)) as pieces:
            async for piece in pieces:
                text += piece.text
                if piece.finish:
                    self._keep(key, text, piece.finish)
                yield piece

    def _keep(self, key: str, reply: str, finish: Finish) -> None:
        """Add one line. What cannot be written is not kept, and the answer holds all the same."""
        self._kept[(self.model.name, key)] = (reply, finish)
        row: dict[str, str] = {"key": key, "model": self.model.name, "reply": reply}
        if finish != "stop":
            row["finish"] = finish
        try:
            self.at.parent.mkdir(parents=True, exist_ok=True)
            with self.at.open("a", encoding="utf-8") as file:
                file.write(
                    json.dumps(row) + "\n"
                )  # as ASCII, which no half character and no separator of lines breaks
        except OSError:
            return


def read_replies(file: Path) -> Kept:
    """The replies in a file by model and key, none where there is no file; a line that was cut off is left out."""
    try:
        lines = file.read_text(encoding="utf-8", errors="replace").split("\n")
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as error:
        raise BadInput(f"{file} cannot be read: {error.strerror}.") from error
    kept: Kept = {}
    for line in lines:
        try:
            row = json.loads(line)
            place = (str(row.get("model", "")), str(row["key"]))
            kept[place] = (str(row["reply"]), "length" if row.get("finish") == "length" else "stop")
        except (ValueError, KeyError, AttributeError, TypeError):
            continue
    return kept
