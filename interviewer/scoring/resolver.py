"""From rows to item states: several weak observers become one probability, a state and a credit.

Rows of one observer about one item are not independent, so they count once, at their best; rules are taken as
independent of each other, and make what a head heard surer by a fixed step. An echo carries no credit. What was never
within reach is not observable, which is neither credit nor blame (scoring.md 1.1, 1.4).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import exp, log, prod

from interviewer.interview.ledger import CREDIT_WEIGHT, Credit, Quoted
from interviewer.interview.rubric import Item
from interviewer.interview.scorecard import ItemState

HEARD = "heard"
"""The observer that listens with heads learned from sentences. It hears every item, if only faintly."""
RULED = 0.75
"""How much surer a rule makes what a head heard, in log-odds: fitted on sentences by a hand the heads had not read."""
SURELY_NOT = 0.001
MET = 0.5
DISPUTED = 0.5
LENIENT = 0.3
STRICT = 0.7
STATED = 0.85
"""Expected precision from which a flag is stated rather than possible."""


@dataclass(frozen=True)
class Resolved:
    """An item with its state. `p` is the probability that it was met; `rows` are the ids it rests on, best first."""

    item: Item
    state: ItemState
    p: float
    credit: Credit | None
    rows: tuple[Quoted, ...]

    @property
    def worth(self) -> float:
        """The share of an item that this is worth as evidence, 0 to 1: how sure it is, by who raised it."""
        if not self.rows or self.credit is None:
            return 0.0
        return self.p * CREDIT_WEIGHT[self.credit] * (DISPUTED if self.state == "disputed" else 1.0)

    def met_at(self, threshold: float) -> bool:
        """Whether it counts as met at a probability threshold; an echo never does.

        What is disputed counts at MET and at nothing stricter, so that the level's interval is the wider; what more
        speaks against than for counts only at what is more lenient.
        """
        if not self.rows or self.credit is Credit.echo or self.p < threshold:
            return False
        if self.state == "disputed":
            return threshold <= MET
        return self.state == "met" or threshold < MET


def resolve(item: Item, rows: Iterable[Quoted], reached: bool) -> Resolved:
    """The state of one item from its rows. `reached` says whether the interview gave it a chance."""
    rows = tuple(rows)
    supporting = [row for row in rows if row.polarity == "supports"]
    against = [row for row in rows if row.polarity == "against"]
    earned = [row for row in supporting if row.credit is not Credit.echo]
    p, p_against = _together(earned), _together(against)
    best = sorted(
        earned or supporting, key=lambda row: (-CREDIT_WEIGHT[row.credit], -row.p, row.turn, row.start)
    )
    told = [row for row in best if _shows(row)]
    credit = (told or best)[0].credit if best else None
    if p >= MET and p_against >= MET and abs(p - p_against) < 0.25:
        state: ItemState = "disputed"
    elif p >= MET and p > p_against:
        state = "met"
    else:
        state = "not_met" if reached or any(map(_shows, (*supporting, *against))) else "not_observable"
    return Resolved(item, state, round(p, 4), credit, tuple(told[:4]))


def _shows(row: Quoted) -> bool:
    """Whether a row is worth showing: what a head heard only faintly is no evidence of anything."""
    return not is_faint(row.observer, row.p)


def is_faint(observer: str, p: float) -> bool:
    """Whether a head heard it so faintly that it counts for what it weighs and shows nothing by itself."""
    return p < LENIENT and observer.startswith(HEARD)


def _together(rows: list[Quoted]) -> float:
    best: dict[str, float] = {}
    for row in rows:
        best[row.observer.split(":")[0]] = max(best.get(row.observer.split(":")[0], 0.0), row.p)
    heard = best.pop(HEARD, None)
    if heard is not None:
        heard = min(max(heard, SURELY_NOT), 1 - SURELY_NOT)
    ruled = 1 - prod(1 - p for p in best.values())
    if heard is None:
        return ruled
    odds = log(heard / (1 - heard)) + (RULED if ruled >= MET else 0.0)
    return 1 / (1 + exp(-odds))
