"""Where rubrics/ and prompts/ lie: the folder that was asked for, else the checkout, else the copy inside the wheel."""

from __future__ import annotations

import hashlib
from pathlib import Path

from interviewer.errors import NotFound

_PACKAGE = Path(__file__).resolve().parent.parent


def data_folder(name: str, chosen: Path | None = None) -> Path:
    """The folder `name` (rubrics or prompts): `chosen` where given, else beside the package, else in its `_data`.

    Raises NotFound, naming every place that was looked at.
    """
    places = [chosen] if chosen else [_PACKAGE.parent / name, _PACKAGE / "_data" / name]
    for place in places:
        if place.is_dir():
            return place
    raise NotFound(f"No folder {name}: looked at {', '.join(str(place) for place in places)}.")


def version_of(files: list[Path], beside: str = "") -> str:
    """sha256:… over names and bytes of the files, in order of name, and over another version that they rest on.

    The same on every machine.
    """
    digest = hashlib.sha256(beside.encode())
    for file in sorted(files, key=lambda path: path.name):
        digest.update(file.name.encode() + b"\0" + file.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return f"sha256:{digest.hexdigest()}"
