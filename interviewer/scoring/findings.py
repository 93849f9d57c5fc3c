"""What observers hand to the scorer: rows for items, findings for flags, and how often a model said yes to what."""

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
    disputed: bool = False


@dataclass(frozen=True)
class Votes:
    """What a model answered about one item or flag, each time it was asked. A yes without words that stand is an `unclear`."""

    subject: str
    yes: int = 0
    no: int = 0
    unclear: int = 0

    @property
    def looks(self) -> int:
        """How often it was asked."""
        return self.yes + self.no + self.unclear

    @property
    def split(self) -> bool:
        """Whether it said yes, and not each time."""
        return 0 < self.yes < self.looks


@dataclass(frozen=True)
class Observed:
    """All that one observer, or several together, found in a transcript. `asked` are criteria we saw asked about, with turns.

    `votes` are a model's on items; those on flags are in the findings' `p` already. `notes` are for the card, `with_model`
    names what the key must hold besides the offline code, and `quotes_rejected` counts quotes that were never said.
    """

    items: tuple[Quoted, ...]
    flags: tuple[FlagFinding, ...]
    asked: tuple[tuple[str, int], ...] = ()
    by: tuple[str, ...] = ("offline",)
    votes: tuple[Votes, ...] = ()
    notes: tuple[str, ...] = ()
    with_model: str = ""
    quotes_rejected: int = 0
