"""From rows to item states: several weak observers become one probability, a state and a credit.

Rows of one observer about one item are not independent, so they count once, at their best; rules are taken as
independent of each other, and make what a head heard surer by a fixed step. An echo carries no credit. What was never
within reach is not observable, which is neither credit nor blame (scoring.md 1.1, 1.4).

A model's answers move that probability in log-odds, up for yes and down for no, by how much they agree (scoring.md 1.7).
Their share is one more piece of evidence and never the verdict: without words that stand, a yes moves nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import exp, log, prod

from interviewer.interview.ledger import CREDIT_WEIGHT, Credit, Quoted
from interviewer.interview.rubric import Item
from interviewer.interview.scorecard import ItemState
from interviewer.scoring.findings import Votes

HEARD = "heard"
"""The observer that listens with heads learned from sentences. It hears every item, if only faintly."""
RULED = 0.75
"""How much surer a rule makes what a head heard, in log-odds: fitted on sentences by a hand the heads had not read."""
SURELY_NOT = 0.001
MOST_ROWS = 4
MET = 0.5
DISPUTED = 0.5
LENIENT = 0.3
STRICT = 0.7
STATED = 0.85
"""Expected precision from which a flag is stated rather than possible."""

MODEL = "llm"
"""The observer that is a model; its rows are named `llm:NAME`."""
ASIDE = 3
"""So many looks of its own that say nothing are set beside a model's: one answer counts a quarter, three that agree a half.
Repeats of one model are far from independent, and where it agrees with the rules the same words have caught both."""
YES, NO = 3.0, 4.0
"""What endless looks in agreement would weigh, in log-odds: three that say yes multiply the odds by four and a half, three that
say no divide them by seven. A reader who finds four in five and is wrong about one in eight would move them by six and by
four (scoring.md 5.2), which on six recorded interviews made too many fours (bias +.15 for 5 and 3, +.01 for these)."""
FAINTEST, SUREST = 0.2, 0.97
"""Odds are taken within these where a model says yes or no: rules that are silent are not sure that nothing is there. From
the faintest, three looks that say yes reach MET and one alone does not."""
TORN = (0.35, 0.65)
"""Within these an item on which a model's looks differ is disputed."""


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
        # where a model's looks differ, p says so already
        halved = self.state == "disputed" and not any(map(by_model, self.rows))
        return self.p * CREDIT_WEIGHT[self.credit] * (DISPUTED if halved else 1.0)

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


def resolve(item: Item, rows: Iterable[Quoted], reached: bool, votes: Votes | None = None) -> Resolved:
    """The state of one item from its rows, and from a model's `votes` on it. `reached` says whether the interview gave it a
    chance.
    """
    rows = tuple(rows)
    supporting = [row for row in rows if row.polarity == "supports"]
    against = [row for row in rows if row.polarity == "against"]
    earned = [row for row in supporting if row.credit is not Credit.echo]
    votes = _earned(item, votes, earned)
    p = fused(_together([row for row in earned if not by_model(row)]), votes)
    p_against = _together(against)
    best = sorted(
        earned or supporting, key=lambda row: (-CREDIT_WEIGHT[row.credit], -row.p, row.turn, row.start)
    )
    told = [row for row in best if _shows(row)]
    credit = (told or best)[0].credit if best else None
    torn = is_torn(p, votes)
    if torn or (p >= MET and p_against >= MET and abs(p - p_against) < 0.25):
        state: ItemState = "disputed"
    elif p >= MET and p > p_against:
        state = "met"
    else:
        state = "not_met" if reached or any(map(_shows, (*supporting, *against))) else "not_observable"
    return Resolved(item, state, round(p, 4), credit, _most_telling(told))


def fused(p: float, votes: Votes, weights: tuple[float, float] = (YES, NO)) -> float:
    """A probability by rule, moved by a model's votes: up for yes, down for no, not at all where it said neither.

    One more yes never makes it lower, and one more no never higher.
    """
    lean = (votes.yes - votes.no) / (votes.looks + ASIDE)
    if not lean:
        return p
    within = min(max(p, FAINTEST), SUREST)
    moved = shifted(within, lean * weights[lean < 0])
    return max(p, moved) if lean > 0 else min(p, moved)


def shifted(p: float, by: float) -> float:
    """A probability, neither 0 nor 1, whose log-odds are moved by so much."""
    return 1 / (1 + exp(-(log(p / (1 - p)) + by)))


def sure_of(votes: Votes) -> float:
    """How sure a model's votes make a thing of which nothing else is known."""
    return fused(0.5, votes)


def is_torn(p: float, votes: Votes) -> bool:
    """Whether a model said yes and not each time, and the rules do not decide it."""
    return votes.split and TORN[0] <= p <= TORN[1]


def by_model(row: Quoted) -> bool:
    """Whether a model pointed to these words."""
    return row.observer.startswith(f"{MODEL}:")


def _earned(item: Item, votes: Votes | None, earned: list[Quoted]) -> Votes:
    """The votes, without a yes that rests on an echo or on nothing. Rows without their votes, as on a card that is judged
    anew, stand for one yes."""
    shown = any(map(by_model, earned))
    if votes is None:
        return Votes(item.id, yes=int(shown))
    return votes if shown else replace(votes, yes=0, unclear=votes.unclear + votes.yes)


def _most_telling(told: list[Quoted]) -> tuple[Quoted, ...]:
    """The best few rows, a model's among them where it has one: what moved the probability is shown."""
    best = told[:MOST_ROWS]
    model = next((row for row in told if by_model(row)), None)
    return tuple(best if model is None or model in best else [*best[:-1], model])


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
