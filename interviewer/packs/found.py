"""What a check of the packs finds: a place in a file, what is wrong there, and what to do about it.

A fault has to be mended before the pack can be trusted. A warning is something that a reader should look at once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from interviewer.errors import Fault
from interviewer.packs.yaml_lines import Document, Place


@dataclass(frozen=True)
class Found:
    """Something found at a place in the file, not yet at a line."""

    place: Place
    what: str
    remedy: str
    warns: bool = False

    def under(self, *place: str | int) -> Found:
        """The same, in something that stands at this place itself."""
        return Found((*place, *self.place), self.what, self.remedy, self.warns)


def in_file(document: Document, found: Iterable[Found]) -> tuple[Fault, ...]:
    """What was found, by the lines of the file."""
    return tuple(
        Fault(
            document.file,
            document.line(one.place),
            ".".join(map(str, one.place)) or "the file",
            one.what,
            one.remedy,
        )
        for one in found
    )
