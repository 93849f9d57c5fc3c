"""Sums made aloud: finds each result that a text computes from something, recomputes it, and says how far off it is.

What is stated decides: the operators said, the quantities they join, the result just before. Only where words leave two
readings open does the nearer one count, and a result is off only when every open reading is. A result that no formula
explains is `unchecked`, never off. Readings are found in reckoning.py, beside.py and recall.py and worked out in sums.py;
what it takes to call a result off stands in grounds.py.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from interviewer.errors import UnitMismatch
from interviewer.interview import sums
from interviewer.interview.beside import beside, echoed, slipped
from interviewer.interview.cues import Cue, bound, cue, join
from interviewer.interview.grounds import SLIP_AT_MOST, announced, decides, may_be_off, reworded
from interviewer.interview.places import (
    FAR,
    Place,
    Sentence,
    announced_period,
    chosen_link,
    each_of,
    may_claim,
    place_of,
    sentences,
)
from interviewer.interview.quantities import Given, Quantity, quantities
from interviewer.interview.readings import (
    OPEN,
    Linked,
    run_of,
    signs,
    summed,
    weighty,
)
from interviewer.interview.recall import recalled, scaled
from interviewer.interview.reckoning import Memory, Stated, implied, listed, stated
from interviewer.interview.sums import Outcome, Term, turned_about
from interviewer.interview.units import Unit

SOUND_WITHIN = 3.0
"""A result within this factor of the recomputed one, either way, counts as sound: "cr.estimation" of the rubric."""
FLAGGED_FROM = 5.0
"""From this factor on, either way, a result is bad arithmetic: "rf.bad-arithmetic" of the red flags."""
EXACT = 1.03
"""How near a result must come that nothing announces."""

Soundness = Literal["ok", "off", "unchecked"]

_SENTENCE = 200
"""How many quantities of a sentence are looked at; more of them are a table that was pasted in."""

_PENDING = 10
"""How many quantities wait for a result; a longer list is no sum."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """One result in a text. [start, end) are code points from the first stated input to the result's end.

    `claimed` is the result as meant: a unit left unsaid is filled in from its inputs. `recomputed` is None, and `ratio`
    with it, when no stated formula explains the result; else ratio is claimed / recomputed, above 0. `formula` is written
    with the candidate's own words. Inputs taken from outside the text keep the offsets they came with.
    """

    start: int
    end: int
    text: str
    claimed: Quantity
    inputs: tuple[Quantity, ...]
    recomputed: Quantity | None
    ratio: float | None
    verdict: Soundness
    formula: str

    @property
    def flagged(self) -> bool:
        """Whether the result is far enough off to be raised as bad arithmetic."""
        return (
            self.verdict == "off"
            and self.ratio is not None
            and max(self.ratio, 1 / self.ratio) >= FLAGGED_FROM
        )


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a claimed value compares with what the facts make it. `recomputed` is in the claim's unit, as `formula` says."""

    ratio: float
    recomputed: Quantity
    verdict: Soundness
    formula: str


def check(claim: Estimate | Quantity, facts: Sequence[Given | Quantity]) -> Verdict:
    """Recompute a candidate's result from facts and say how far off it is.

    Every fact is used once, multiplied or divided by as the units demand; where units leave it open, all are multiplied.
    `ratio` is claimed / recomputed (1.0 = equal, no unit, always > 0); within a factor of 3 counts as sound.
    Raises UnitMismatch when no such formula measures what the claim measures, or when there are no facts.
    """
    claimed = claim.claimed if isinstance(claim, Estimate) else claim
    known = [fact.quantity() if isinstance(fact, Given) else fact for fact in facts]
    for powers in signs([Linked(quantity, OPEN) for quantity in known]):
        terms = [Term(quantity, power) for quantity, power in zip(known, powers, strict=True)]
        outcome = sums.work_out(terms, claimed) if terms else None
        if outcome is not None and not outcome.elided:
            sound: Soundness = "ok" if outcome.distance <= SOUND_WITHIN else "off"
            return Verdict(outcome.ratio, _recomputed(outcome, claimed), sound, outcome.formula)
    names = ", ".join(f"{q.noun or q.text} in {q.unit}" for q in known) or "nothing"
    raise UnitMismatch(f"{claimed.text or claimed.value} in {claimed.unit} cannot be computed from {names}")


@lru_cache(maxsize=64)
def read_estimates(text: str, known: tuple[Quantity, ...] = ()) -> tuple[Estimate, ...]:
    """Every result the text computes, in order. `known` are earlier quantities, the latest last; never raises.

    Kept for a while: sums are judged once for what they show and once to be listed.
    """
    walk = _Walk(text, Memory(known))
    for sentence in sentences(text, quantities(text)):
        if sentence.quantities:
            walk.through(replace(sentence, quantities=sentence.quantities[:_SENTENCE]))
    return tuple(walk.found)


class _Walk:
    """Goes through the quantities of a text: each either concludes what is pending, or joins it."""

    def __init__(self, text: str, memory: Memory) -> None:
        self.text = text
        self.memory = memory
        self.found: list[Estimate] = []
        self.unfinished: list[Linked] = []

    def through(self, sentence: Sentence) -> None:
        """Read one sentence. A sum it leaves without a result may end in the next ("60M times 2 MB. 120 TB.")."""
        lead = self.text[sentence.start : sentence.quantities[0].start]
        begins_with_number = len(lead.split()) <= 3
        pending = self.unfinished if begins_with_number and join(lead) is None else []
        self.memory.age += 1
        expected = begins_with_number and (bool(pending) or self.memory.age == 1)
        taken = range(0)
        for i, quantity in enumerate(sentence.quantities):
            place = place_of(self.text, sentence, i, pending)
            quantity = each_of(quantity, place.lead)
            if i and len(place.lead) > FAR:
                pending, place = [], replace(place, pending=place.inside)
            awaited = (expected and i == 0) or place.answers_factor
            clearly = max(cue(place.lead), Cue.comma if awaited else Cue.none)
            how = Cue.equation if place.inside else clearly
            estimate = self._judge(quantity, place, how) if i not in taken else None
            if estimate is not None:
                self.found.append(estimate)
                self.memory.conclude(estimate.claimed, place.pending)
                behind = len(place.inside) or int(place.trailing in estimate.inputs)
                taken, pending = range(i + 1, i + 1 + behind), []
                continue
            self.memory.say(quantity)
            if i not in taken:
                pending = [*pending[1 - _PENDING :], Linked(quantity, join(place.lead))]
        run = run_of(pending)
        alone = len(sentence.quantities) == 1 and bool(run) and run[0].sure
        self.unfinished = run if alone or any(link.sure for link in run[1:]) else []

    def _judge(self, quantity: Quantity, place: Place, how: Cue) -> Estimate | None:
        """The estimate a quantity ends, with the period named before it where it has none of its own."""
        plain = self._judged(quantity, place, how)
        period = announced_period(place.lead) if quantity.unit in (Unit(), Unit("B")) else ""
        if not period or (plain is not None and plain.verdict == "ok"):
            return plain
        timed = self._judged(replace(quantity, unit=replace(quantity.unit, period=period)), place, how)
        return timed if timed is not None and (plain is None or timed.verdict == "ok") else plain

    def _judged(self, claim: Quantity, place: Place, how: Cue) -> Estimate | None:
        if how is Cue.none:
            return self._unannounced(claim, place)
        if not may_claim(claim, place, how):
            return None
        said = stated(claim, place, how, self.memory)
        said += [Stated(outcome, True) for outcome in echoed(claim, place, self.memory)]
        limit = bound(place.lead)
        nearest = min((s.outcome for s in said), key=_distance, default=None)
        if nearest is not None and _sound(nearest, limit):
            return self._estimate(claim, nearest, "ok", place)
        if nearest is not None and nearest.ratio > 1 and chosen_link(claim, place.after):
            return None
        close = beside(claim, place)
        if close:
            return self._estimate(claim, min(close, key=_distance), "ok", place)
        firm = [s.outcome for s in said if s.binding and decides(s.outcome, claim)]
        joined = bool(place.pending) or any(len(o.terms) > 1 for o in firm)
        settled = bool(firm) and joined and announced(claim, place, how) and may_be_off(claim, firm, place)
        elsewhere = implied(claim, place, how, self.memory) if settled else []
        settled = settled and not any(
            one.distance <= EXACT and _takes_up(one, place) and not _stands_here(firm, place)
            for one in elsewhere
        )
        left_open = implied(claim, place, how, self.memory)
        nearest = min(left_open, key=_distance, default=None)
        if nearest is not None and _sound(nearest, limit) and not settled:
            return self._estimate(claim, nearest, "ok", place)
        taken_up = recalled(claim, place, how, self.memory) if not settled else []
        taken_up = taken_up or (scaled(claim, self.memory) if not settled else [])
        if taken_up:
            return self._estimate(claim, min(taken_up, key=_distance), "ok", place)
        firm = firm or [o for o in left_open if how is Cue.equation and listed(o, place.pending)]
        said_outright = any(link.sure for link in run_of(place.pending))
        firm = [outcome for outcome in firm if said_outright or outcome.distance <= SLIP_AT_MOST]
        if not firm and how >= Cue.so:
            slips = [o for o in left_open if slipped(o, claim, place)]
            if slips:
                return self._estimate(claim, slips[0], "off", place)
        told = announced(claim, place, how) or (place.rewords and reworded(claim, firm))
        if firm and told and may_be_off(claim, firm, place):
            nearest = min(firm, key=_distance)
            turned = turned_about(nearest, claim)
            return self._estimate(claim, turned or nearest, "ok" if turned else "off", place)
        return (
            self._unchecked(claim, place)
            if how is Cue.equation and summed(place.pending) and weighty(claim)
            else None
        )

    def _unannounced(self, claim: Quantity, place: Place) -> Estimate | None:
        """A result that no word announces, as in dictation: it must come out almost exactly, and say something."""
        if not may_claim(claim, place, Cue.comma):
            return None
        close: list[Outcome] = []
        if weighty(claim) and claim.unit != Unit() and run_of(place.pending) and not claim.per:
            said = stated(claim, place, Cue.loose, self.memory)
            close = [s.outcome for s in said if len(s.outcome.terms) > 1 and s.outcome.distance <= EXACT]
            close = close or beside(claim, place)
        close = close or scaled(claim, self.memory)
        return self._estimate(claim, min(close, key=_distance), "ok", place) if close else None

    def _estimate(self, claim: Quantity, outcome: Outcome, verdict: Soundness, place: Place) -> Estimate:
        inputs = tuple(term.quantity for term in outcome.terms)
        start, end = _span(claim, inputs, place)
        scale = claim.scale * (outcome.claimed / claim.value if outcome.elided else 1.0)
        meant = replace(claim, value=outcome.claimed, unit=outcome.unit, scale=scale)
        found = _recomputed(outcome, claim)
        text = self.text[start:end]
        return Estimate(start, end, text, meant, inputs, found, outcome.ratio, verdict, outcome.formula)

    def _unchecked(self, claim: Quantity, place: Place) -> Estimate:
        inputs = tuple(link.quantity for link in run_of(place.pending))
        start, end = _span(claim, inputs, place)
        return Estimate(start, end, self.text[start:end], claim, inputs, None, None, "unchecked", "")


def _span(claim: Quantity, inputs: Sequence[Quantity], place: Place) -> tuple[int, int]:
    """From the first input beside the claim to the last; inputs from further back stretch nothing."""
    near = [link.quantity for link in place.pending]
    near += [place.trailing] if place.trailing is not None else []
    beside = [q for q in near if any(_stands_in(q, used) for used in inputs)]
    return min(q.start for q in (claim, *beside)), max(q.end for q in (claim, *beside))


def _stands_here(outcomes: Iterable[Outcome], place: Place) -> bool:
    """Whether all that one of them takes was said just before the claim: what is from further back may be the wrong figure."""
    near = [link.quantity for link in place.pending]
    return any(
        all(any(_stands_in(one, term.quantity) for one in near) for term in outcome.terms)
        for outcome in outcomes
    )


def _takes_up(outcome: Outcome, place: Place) -> bool:
    """Whether it takes a figure that was said just before the claim."""
    near = [link.quantity for link in place.pending]
    return any(_stands_in(one, term.quantity) for one in near for term in outcome.terms)


def _stands_in(quantity: Quantity, used: Quantity) -> bool:
    """Whether an input was read from these words, by itself or as a part of a "plus"."""
    if used.text.startswith("("):
        return used.start <= quantity.start < quantity.end <= used.end
    return (used.start, used.end, used.text) == (quantity.start, quantity.end, quantity.text)


def _recomputed(outcome: Outcome, claim: Quantity) -> Quantity:
    return Quantity(outcome.value, outcome.unit, claim.start, claim.end, claim.text, claim.noun)


def _distance(outcome: Outcome) -> float:
    return outcome.distance


def _sound(outcome: Outcome, limit: int) -> bool:
    """Whether the claim is near enough, or holds as the bound it was said to be (`limit` as in cues.bound)."""
    if outcome.distance <= SOUND_WITHIN:
        return True
    return (limit < 0 and outcome.ratio > 1) or (limit > 0 and outcome.ratio < 1)
