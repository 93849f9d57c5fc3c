"""What observers hand to the scorer: rows for items, findings for flags, sums."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from interviewer.interview.ledger import Absent, Quoted

Row = Quoted | Absent


@dataclass(frozen=True)
class FlagFinding:
    """A red flag as an observer sees it. `p` is the expected precision; `rows` are quotes or a certificate, never empty."""

    flag: str
    status: Literal["confirmed", "recovered"]
    how: Literal["self", "probed", "hinted"] | None
    turns: tuple[int, ...]
    p: float
    rows: tuple[Row, ...]
    why: str


@dataclass(frozen=True)
class Observed:
    """All that one observer, or several together, found in a transcript. `asked` are criteria we saw asked about, with turns."""

    items: tuple[Quoted, ...]
    flags: tuple[FlagFinding, ...]
    asked: tuple[tuple[str, int], ...] = ()
    by: tuple[str, ...] = ("offline",)
