"""Reads prompts/*.md: a name, its text with {{ slots }}, and a hash that goes into the event of every use.

A slot without a value, and a value without a slot, are faults of ours: they are found when the prompt is filled, and a
test fills every prompt. A folder of somebody else's is looked through when it is read, before anybody says a word.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import get_args

from jinja2 import Environment, StrictUndefined, TemplateError, meta
from jinja2 import Template as Compiled

from interviewer.errors import BadInput, NotFound
from interviewer.interview.moves import Decline, Move, Nudge, Open

_JINJA = Environment(undefined=StrictUndefined, autoescape=False, trim_blocks=True, lstrip_blocks=True)  # noqa: S701  # prompts are no HTML

SAID_BY_HEART = (Open, Decline, Nudge)
"""Moves that no model is asked to say."""
_SLOTS = {
    "listener": "brief topics facts",
    "observer/_asks": "asks items faults",
    "observer/_instructions": "",
    "observer/_repair": "failed",
    "observer/_transcript": "turns",
    "speaker/_desk": "phase clock enters board moves faults",
    "speaker/_folded": "first last lines",
    "speaker/_voice": "brief level persona",
}
_MOVES = [move for move in get_args(get_args(Move)[0]) if move not in SAID_BY_HEART]
WANTED = {name: frozenset(slots.split()) for name, slots in _SLOTS.items()} | {
    f"speaker/{move.model_fields['kind'].default}": frozenset[str]() for move in _MOVES
}
"""What is asked for by name in the middle of an interview or a card, with the slots that are filled there."""
MOST_NAMED = 5
"""So many missing files are told by name."""


@dataclass(frozen=True)
class Template:
    """The text of one file."""

    name: str
    text: str

    @cached_property
    def hash(self) -> str:
        """The first twelve characters of the text's sha256."""
        return hashlib.sha256(self.text.encode()).hexdigest()[:12]

    @cached_property
    def slots(self) -> frozenset[str]:
        """The names that it wants values for. Raises BadInput where the text is no template."""
        try:
            return frozenset(meta.find_undeclared_variables(_JINJA.parse(self.text)))
        except TemplateError as error:
            raise BadInput(f"prompts/{self.name}.md: {error}") from error

    @cached_property
    def _compiled(self) -> Compiled:
        return _JINJA.from_string(self.text)

    def filled(self, **values: object) -> str:
        """The text with its slots filled. Raises BadInput where values and slots do not match."""
        if self.slots != values.keys():
            wrong = ", ".join(sorted(self.slots ^ values.keys()))
            raise BadInput(f"prompts/{self.name}.md: slots and values do not match: {wrong}.")
        return self._compiled.render(**values).strip()


@dataclass(frozen=True)
class Prompts:
    """All templates, by their path below prompts/ without the ending, such as `speaker/probe`."""

    templates: dict[str, Template]

    @classmethod
    def read(cls, folder: Path) -> Prompts:
        """Every .md below a folder but its README.

        Raises BadInput where one that is wanted is missing or has other slots, and where one is no template.
        """
        found = cls.found(folder)
        if missing := [f"{name}.md" for name in sorted(WANTED) if name not in found.templates]:
            more = f" and {len(missing) - MOST_NAMED} more" if len(missing) > MOST_NAMED else ""
            raise BadInput(f"{folder} lacks {', '.join(missing[:MOST_NAMED])}{more}; take what came along.")
        for name, template in found.templates.items():
            if template.slots != WANTED.get(name, template.slots):
                wrong = ", ".join(sorted(template.slots ^ WANTED[name]))
                raise BadInput(f"{folder / name}.md: its slots are not those that are filled: {wrong}.")
        return found

    @classmethod
    def found(cls, folder: Path) -> Prompts:
        """Whatever is there, be it all that is wanted or not. Raises BadInput where a file cannot be read."""
        files = sorted(file for file in folder.rglob("*.md") if file.name != "README.md")
        return cls({one.name: one for one in (_template(file, folder) for file in files)})

    def of(self, name: str) -> Template:
        """One template. Raises NotFound."""
        try:
            return self.templates[name]
        except KeyError:
            raise NotFound(f"No prompts/{name}.md.") from None

    def hash_of(self, *names: str) -> str:
        """One hash over several templates, in order."""
        joined = "\0".join(self.of(name).hash for name in names)
        return hashlib.sha256(joined.encode()).hexdigest()[:12]


def _template(file: Path, folder: Path) -> Template:
    name = file.relative_to(folder).with_suffix("").as_posix()
    try:
        return Template(name, file.read_text(encoding="utf-8").strip())
    except OSError as error:
        raise BadInput(f"{file} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise BadInput(f"{file} is no text in UTF-8.") from error
