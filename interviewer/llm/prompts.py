"""Reads prompts/*.md: a name, its text with {{ slots }}, and a hash that goes into the event of every use.

A slot without a value, and a value without a slot, are faults of ours: they are found when the prompt is filled, and a
test fills every prompt.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from jinja2 import Environment, StrictUndefined, TemplateError, meta
from jinja2 import Template as Compiled

from interviewer.errors import BadInput, NotFound

_JINJA = Environment(undefined=StrictUndefined, autoescape=False, trim_blocks=True, lstrip_blocks=True)  # noqa: S701  # prompts are no HTML


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
        """Every .md below a folder but its README."""
        files = sorted(file for file in folder.rglob("*.md") if file.name != "README.md")
        named = ((file.relative_to(folder).with_suffix("").as_posix(), file) for file in files)
        return cls({name: Template(name, file.read_text(encoding="utf-8").strip()) for name, file in named})

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
