"""Which files hold nothing but sound patterns: told by a stamp, so that starting up need not compile thousands of cues.

`interviewer packs check --stamp` compiles them all and writes the digest of each file. A file whose words are still those
is trusted; whatever was edited since, and every pack of somebody's own, is compiled again when it is read.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from interviewer.packs.yaml_lines import Document

STAMP = "checked.json"
_SHAPE = TypeAdapter(dict[str, str])


def stamped(folder: Path) -> frozenset[str]:
    """The digests that the folder's stamp names; none where there is no stamp, or it cannot be read."""
    try:
        return frozenset(_SHAPE.validate_json((folder / STAMP).read_bytes(), strict=True).values())
    except (OSError, ValidationError):
        return frozenset()  # then everything is compiled, which is only slower


def write_stamp(folder: Path, documents: Mapping[str, Document]) -> Path:
    """Write the digests of these files, by their names. Raises OSError where the folder cannot be written."""
    told = {one.file: one.digest for one in sorted(documents.values(), key=lambda one: one.file)}
    file = folder / STAMP
    file.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    return file
