"""A model that is asked everything once: its answers are kept in a file, under what they depend on.

A card scored a second time asks nothing and comes out the same, byte for byte (scoring.md 1.1, rule 7). The file is a tape
as `Replayed` takes it, one JSON object a line with `key`, `model` and `reply`; only whole answers are kept.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from interviewer.errors import BadInput
from interviewer.llm.model import Model, Piece, Prompt, Usage, names_of
from interviewer.llm.tape import Recorded, replies_in

FILE = "replies.jsonl"
"""The name of the file, where a folder was given."""


_PLAIN = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}")


def replies_of(data: Path, session: str) -> Path:
    """Where the answers about one interview are kept: they quote it, so they are forgotten with it.

    `session` may come from somebody else's file; an id that is no plain name stands there as its sha256.
    """
    name = session if _PLAIN.fullmatch(session) else sha256(session.encode(errors="replace")).hexdigest()
    return data / "replies" / f"{name}.jsonl"


Kept = dict[tuple[str, str], Recorded]
"""By model and key."""


@dataclass
class Remembered:
    """A model with a memory. `at` is a file, or a folder that holds or will hold one; several processes may add to it.

    Where it does not `make` the file, one that is gone stays gone: its interview was forgotten.
    """

    model: Model
    at: Path
    make: bool = True
    _kept: Kept = field(init=False, repr=False)

    def __post_init__(self) -> None:
        if self.at.is_dir() or not self.at.suffix:
            self.at = self.at / FILE
        self._kept = _read(self.at)

    @property
    def name(self) -> str:
        """The model's own."""
        return self.model.name

    @property
    def names(self) -> tuple[str, ...]:
        """The model's own and those of whoever may stand in for it: what one of them answered is not asked again."""
        return names_of(self.model)

    async def stream(self, prompt: Prompt) -> AsyncGenerator[Piece]:
        """The answer that was kept, in one piece, else the model's. Raises ModelFault."""
        key = prompt.key()
        for by in self.names:
            if kept := self._kept.get((by, key)):
                yield Piece(kept.reply, by=by)
                yield Piece("", kept.finish, Usage(), by)
                return
        text = ""
        async with aclosing(self.model.stream(prompt)) as pieces:
            async for piece in pieces:
                text += piece.text
                if piece.finish:
                    self._keep(Recorded(key, text, piece.finish, piece.by or self.model.name))
                yield piece

    def _keep(self, one: Recorded) -> None:
        """Add one line. What cannot be written is not kept, and the answer holds all the same."""
        self._kept[(one.model, one.key)] = one
        row: dict[str, str] = {"key": one.key, "model": one.model, "reply": one.reply}
        if one.finish != "stop":
            row["finish"] = one.finish
        try:
            if self.make:
                self.at.parent.mkdir(parents=True, exist_ok=True)
            flags = os.O_WRONLY | os.O_APPEND | (os.O_CREAT if self.make else 0)
            with os.fdopen(os.open(self.at, flags, 0o600), "a", encoding="utf-8") as file:
                file.write(
                    json.dumps(row) + "\n"
                )  # as ASCII, which no half character and no separator of lines breaks
        except OSError:
            return


def _read(file: Path) -> Kept:
    """The replies in a file by model and key, none where there is no file."""
    try:
        return {(one.model, one.key): one for one in replies_in(file)}
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as error:
        raise BadInput(f"{file} cannot be read: {error.strerror}.") from error
