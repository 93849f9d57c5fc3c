"""What a model answers about a list of things, and what is left of it once every quote has been looked up.

The reply's shape is the same for every list, so that its schema does not change the beginning of a prompt. Nothing in it
is a mark: a verdict is read, words that give a level are not. A yes whose words do not stand in the transcript is no yes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal, assert_never

from pydantic import BaseModel, ConfigDict

from interviewer.interview.ledger import Turn
from interviewer.interview.verify import Quote, Refusal, Rejected, quote_of
from interviewer.scoring.findings import Votes
from interviewer.scoring.observer_orders import LEFT_OUT

NEIGHBOURS = 2
"""So many candidate turns before and after the one that is named, the words may stand instead: models miscount."""
LONGEST = 600
"""A quote of more characters shows nothing in particular."""
SHOWN_AT_MOST = 3
"""The same words hardly show more things of one list: a model that quotes one sentence for everything has not read."""

Verdict = Literal["yes", "no", "unclear"]
Recovery = Literal["no", "self", "asked"]


class Entry(BaseModel):
    """One line of the list, answered: the reason comes first, and the verdict rests on it."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    id: str
    why: str
    quote: str
    turn: int
    verdict: Verdict


class FaultEntry(Entry):
    """One fault, answered, and what became of it."""

    recovered: Recovery


class Sighted(BaseModel):
    """A whole reply."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    items: list[Entry]
    faults: list[FaultEntry]

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All lines of both lists."""
        return (*self.items, *self.faults)


@dataclass(frozen=True)
class Look:
    """One answer about one item or flag, checked. Only a yes has a quote, and every yes has one. `by` is the model's name."""

    subject: str
    verdict: Verdict
    quote: Quote | None = None
    recovered: Recovery = "no"
    by: str = ""


@dataclass(frozen=True)
class Failed:
    """A yes whose quote does not stand, and why."""

    id: str
    quote: str
    reason: Refusal | Literal["too_long", "no_such_turn"]

    @property
    def what(self) -> str:
        """Why, as it is told to whoever quoted."""
        match self.reason:
            case "too_long":
                return "the quote is too long; the shortest stretch that shows it will do."
            case "no_such_turn":
                return "there is no turn of the candidate's with that number."
            case Refusal.empty:
                return "a yes needs the candidate's words."
            case Refusal.too_short:
                return "the quote is too short to show anything."
            case Refusal.stitched | Refusal.not_verbatim | Refusal.cut_word:
                return "these words do not stand there as they were given, in one piece."
            case Refusal.not_the_candidate:
                return "these are the interviewer's words."
        assert_never(self.reason)


def checked(
    reply: Sighted, asked: Sequence[str], turns: Sequence[Turn]
) -> tuple[dict[str, Look], tuple[Failed, ...]]:
    """The answers by id, and the quotes that do not stand; those are left out, and so is what nobody asked about.

    An id that was answered twice and differently is unclear.
    """
    looks: dict[str, Look] = {}
    failed: dict[str, Failed] = {}
    verdicts: dict[str, set[Verdict]] = {}
    for entry in reply.entries:
        if entry.id not in asked:
            continue
        verdicts.setdefault(entry.id, set()).add(entry.verdict)
        if len(verdicts[entry.id]) > 1:
            looks[entry.id] = Look(entry.id, "unclear")
            failed.pop(entry.id, None)
        elif entry.verdict != "yes":
            looks[entry.id] = Look(entry.id, entry.verdict)
        elif entry.id not in looks:
            quote = found(entry, turns)
            if isinstance(quote, Failed):
                failed[entry.id] = quote
                continue
            failed.pop(entry.id, None)
            recovered = entry.recovered if isinstance(entry, FaultEntry) else "no"
            looks[entry.id] = Look(entry.id, "yes", quote, recovered)
    return _believed(looks), tuple(failed.values())


def found(entry: Entry, turns: Sequence[Turn]) -> Quote | Failed:
    """Where an entry's quote stands: in the turn it names, else in a candidate turn close by."""
    if len(entry.quote) > LONGEST:
        return Failed(entry.id, entry.quote, "too_long")
    if not 1 <= entry.turn <= len(turns):
        return Failed(entry.id, entry.quote, "no_such_turn")
    first = quote_of(entry.quote, turns[entry.turn - 1])
    for quote in (first, *(quote_of(entry.quote, turn) for turn in _close_by(entry.turn, turns))):
        if isinstance(quote, Quote):
            gap = LEFT_OUT.search(quote.text)
            return Failed(entry.id, entry.quote, Refusal.stitched) if gap else quote
    assert isinstance(first, Rejected)  # no quote was found
    return Failed(entry.id, entry.quote, first.reason)


def _close_by(n: int, turns: Sequence[Turn]) -> Iterable[Turn]:
    """The nearest candidate turns on both sides of turn n, nearest first."""
    before = [turn for turn in turns[: n - 1] if turn.role == "candidate"][-NEIGHBOURS:]
    after = [turn for turn in turns[n:] if turn.role == "candidate"][:NEIGHBOURS]
    return sorted((*before, *after), key=lambda turn: (abs(turn.n - n), turn.n))


def _believed(looks: dict[str, Look]) -> dict[str, Look]:
    """The answers, without yeses that all rest on the very same words."""
    often = Counter(look.quote for look in looks.values() if look.quote is not None)
    return {
        id: replace(look, verdict="unclear", quote=None, recovered="no")
        if look.quote is not None and often[look.quote] > SHOWN_AT_MOST
        else look
        for id, look in looks.items()
    }


def quotes_of(looks: Iterable[Look]) -> dict[Quote, str]:
    """Every quote once, with the name of the model that gave it first."""
    found: dict[Quote, str] = {}
    for look in looks:
        if look.quote is not None:
            found.setdefault(look.quote, look.by)
    return found


def votes_of(subject: str, looks: Iterable[Look]) -> Votes:
    """All answers about one subject, counted."""
    often = Counter(look.verdict for look in looks)
    return Votes(subject, often["yes"], often["no"], often["unclear"])
