"""The evidence ledger: what was observed of an item, where it stands in the candidate's words, and who raised it.

A row either quotes one candidate turn at exact offsets or is a search certificate: which turns were searched for what,
whether there was an opportunity, and the closest things said (scoring.md 1.2). Rows are proposed by observers and
settled by the resolver; nothing here decides a level.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class Credit(StrEnum):
    """Who raised it: the candidate, an answer to an open question or probe, after a hint with something added, or an echo."""

    unprompted = "unprompted"
    asked = "asked"
    hinted = "hinted"
    echo = "echo"


CREDIT_WEIGHT = {Credit.unprompted: 1.0, Credit.asked: 0.75, Credit.hinted: 0.5, Credit.echo: 0.0}
"""Start weights of scoring.md 1.4; only their order has support."""


class Turn(BaseModel):
    """One turn of a transcript. `n` counts all turns from 1; `minute` is of the interview's clock, None where unknown."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    n: int
    role: Literal["interviewer", "candidate"]
    text: str
    minute: float | None = None
    phase: str | None = None
    seq: int | None = None


class NearestMiss(BaseModel):
    """The closest thing said where something was looked for and not found."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    turn: int
    quote: str
    why: str


class Opportunity(BaseModel):
    """Whether there was a chance: how much the candidate said in the window, and whether we asked (in which turns)."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    candidate_words: int
    asked_by_interviewer: bool
    asked_in: tuple[int, ...] = ()


class Quoted(BaseModel):
    """Evidence in the candidate's own words: `quote` is `turn`'s raw text from `start` to `end` (code points, end exclusive)."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    id: str = ""
    subject: str
    polarity: Literal["supports", "against"]
    turn: int
    start: int
    end: int
    quote: str
    observer: str
    credit: Credit = Credit.unprompted
    source_turn: int | None = None
    p: float = Field(ge=0, le=1)
    context: str = ""


class Absent(BaseModel):
    """A search certificate: what was owed was looked for in these turns and not found."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    id: str = ""
    subject: str
    polarity: Literal["absent"] = "absent"
    window: tuple[str, str]
    searched_turns: tuple[int, ...]
    opportunity: Opportunity
    nearest_misses: tuple[NearestMiss, ...] = ()
    observer: str
    p: float = Field(ge=0, le=1)


Row = Quoted | Absent
"""One row of the ledger. `subject` is the id of the item or flag it speaks of."""


def numbered(rows: list[Row]) -> tuple[Row, ...]:
    """The rows in a stable order with ids ev_0001 onwards: by turn, place, subject, observer. Of equals the surest stays."""

    def place(row: Row) -> tuple[int, int, int, str, str, str, str]:
        if isinstance(row, Quoted):
            return (row.turn, row.start, row.end, row.subject, row.observer, row.polarity, row.credit)
        return (10**9, 0, 0, row.subject, row.observer, row.polarity, "")

    unique = {place(row): row for row in sorted(rows, key=lambda row: row.p)}
    return tuple(
        row.model_copy(update={"id": f"ev_{number:04d}"})
        for number, (_, row) in enumerate(sorted(unique.items(), key=lambda pair: pair[0]), start=1)
    )
