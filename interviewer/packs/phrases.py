"""Reads prompts/phrases.yaml: the offline interviewer's own lines, one list a purpose."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from interviewer.errors import Fault, PackFault
from interviewer.packs.files import data_folder
from interviewer.packs.yaml_lines import read

_SHAPE = TypeAdapter(dict[str, tuple[str, ...]])


@dataclass(frozen=True)
class Phrases:
    """Lines by purpose. A line's id is its purpose with its place in the list, from 0."""

    lists: dict[str, tuple[str, ...]]

    def of(self, purpose: str) -> tuple[str, ...]:
        """The lines for a purpose; empty where there are none."""
        return self.lists.get(purpose, ())


def load_phrases(prompts: Path | None = None) -> Phrases:
    """Read the phrases. Raises PackFault with file and line where a list is not one of lines."""
    document = read(data_folder("prompts", prompts) / "phrases.yaml")
    try:
        lists = _SHAPE.validate_python(document.data)
    except ValidationError as error:
        raise PackFault(
            tuple(
                Fault(
                    document.file, document.line(problem["loc"]), ".".join(map(str, problem["loc"])), problem["msg"], "write a list of lines"
                )
                for problem in error.errors()
            )
        ) from error  # fmt: skip
    empty = [purpose for purpose, lines in lists.items() if not lines]
    if empty:
        raise PackFault(
            tuple(
                Fault(document.file, document.line((one,)), one, "holds no line", "add one") for one in empty
            )
        )
    return Phrases(lists)
