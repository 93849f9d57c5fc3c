"""YAML with line numbers: data as plain values, and the line on which each of them stands.

PyYAML follows YAML 1.1, in which `1.0e6` is a string and a repeated key silently wins; the first is left for the types
to refuse, the second is a fault here.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from interviewer.errors import Fault, PackFault

Place = tuple[str | int, ...]
_LOADER = getattr(
    yaml, "CSafeLoader", yaml.SafeLoader
)  # the one in C is ten times as fast, where it was built


@dataclass(frozen=True)
class Document:
    """A YAML file: `data` as plain values, `lines` from a place in it (keys and indexes) to its line, from 1.

    `digest` is that of its words: the same with the line ends of any machine.
    """

    file: str
    data: Any  # Any: what a file holds is unknown until the types have seen it
    lines: dict[Place, int] = field(default_factory=dict)
    digest: str = ""

    def line(self, place: Place) -> int:
        """The line of a place, or of the nearest thing around it."""
        for length in range(len(place), -1, -1):
            if place[:length] in self.lines:
                return self.lines[place[:length]]
        return 0


def read(path: Path) -> Document:
    """Read one file. Raises PackFault where it is not YAML, is not UTF-8, or repeats a key."""
    try:
        written = path.read_bytes()
        node = yaml.compose(written.decode("utf-8-sig"), Loader=_LOADER)
    except OSError as error:
        raise _fault(path, 0, "the file", f"cannot be read: {error.strerror}", "put it back") from error
    except UnicodeDecodeError as error:
        line = written.count(b"\n", 0, error.start) + 1
        raise _fault(
            path, line, "the file", f"is not UTF-8 at byte {error.start}", "save it as UTF-8"
        ) from error
    except RecursionError as error:
        raise _fault(path, 0, "the file", "is nested too deep to be read", "nest it less") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        what = " ".join(str(getattr(error, "problem", None) or error).split())
        line = mark.line + 1 if mark else 0
        raise _fault(
            path, line, "the file", f"is not YAML: {what}", "mend the syntax on this line"
        ) from error
    if node is None:
        raise _fault(path, 0, "the file", "is empty", "fill it or remove it")
    lines: dict[Place, int] = {}
    faults: list[Fault] = []
    try:
        data = _value(node, (), lines, faults, path.name)
    except RecursionError as error:
        raise _fault(path, 0, "the file", "holds itself by an alias", "write it out") from error
    if faults:
        raise PackFault(tuple(faults))
    digest = hashlib.sha256(written.replace(b"\r\n", b"\n")).hexdigest()
    return Document(path.name, data, lines, f"sha256:{digest}")


def _value(
    node: yaml.Node, place: Place, lines: dict[Place, int], faults: list[Fault], file: str
) -> Any:  # Any: see Document
    lines[place] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        mapping: dict[str, Any] = {}  # Any: see Document
        for key_node, value_node in node.value:
            key = str(_scalar(key_node, place, faults, file))
            if key in mapping:
                faults.append(
                    Fault(
                        file,
                        key_node.start_mark.line + 1,
                        _path((*place, key)),
                        "stands twice",
                        "keep one of them",
                    )
                )
            mapping[key] = _value(value_node, (*place, key), lines, faults, file)
            lines[(*place, key)] = key_node.start_mark.line + 1
        return mapping
    if isinstance(node, yaml.SequenceNode):
        return [_value(child, (*place, index), lines, faults, file) for index, child in enumerate(node.value)]
    return _scalar(node, place, faults, file)


def _scalar(node: yaml.Node, place: Place, faults: list[Fault], file: str) -> Any:  # Any: see Document
    if node.tag == _TEXT:
        return node.value  # nearly all there is, and the constructor takes ten times as long over it
    try:
        return _CONSTRUCTOR.construct_object(node, deep=True)
    except (yaml.YAMLError, ValueError, ArithmeticError, LookupError, TypeError):
        # such as 2026-13-45, read as a date because of its form, or a tag of another program's
        what = f"{str(node.value)[:40]!r} cannot be read as {node.tag.rpartition(':')[2]}"
        faults.append(Fault(file, node.start_mark.line + 1, _path(place), what, "put it between quotes"))
        return None


def _path(place: Place) -> str:
    return ".".join(str(step) for step in place) or "the file"


def _fault(path: Path, line: int, where: str, what: str, remedy: str) -> PackFault:
    return PackFault((Fault(path.name, line, where, what, remedy),))


_TEXT = "tag:yaml.org,2002:str"
_CONSTRUCTOR = yaml.SafeLoader("")
