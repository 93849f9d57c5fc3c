"""Replies that were kept in a file, one JSON object a line: `key`, `reply`, and `model` and `finish` where they are known.

Several processes may add to such a file and any of them may die while it does, so that a line which is no reply is left
out and the others hold.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal


@dataclass(frozen=True, slots=True)
class Recorded:
    """One reply: the key of what was asked, what was answered and how it ended, and who answered, "" where nobody said."""

    key: str
    reply: str
    finish: Literal["stop", "length"] = "stop"
    model: str = ""


def replies_in(file: Path) -> tuple[Recorded, ...]:
    """The replies in a file, in order. Raises OSError."""
    return tuple(_rows(file.read_text(encoding="utf-8", errors="replace")))


def _rows(text: str) -> Iterator[Recorded]:
    for line in text.split("\n"):
        try:
            row = json.loads(line)
            cut = row.get("finish") == "length"
            yield Recorded(
                str(row["key"]), str(row["reply"]), "length" if cut else "stop", str(row.get("model", ""))
            )
        except (ValueError, KeyError, AttributeError, TypeError, RecursionError):
            continue
