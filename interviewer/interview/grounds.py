"""What it takes to call a result off: how clearly it was announced, and that its words leave no other way to mean it.

People are blamed for no figure that we may have misread; where anything is open, a result stays unchecked.
"""

import re
from collections.abc import Sequence

from interviewer.interview.cues import Cue
from interviewer.interview.places import Place
from interviewer.interview.quantities import Quantity
from interviewer.interview.readings import SECONDS_IN, of_each, relative, run_of, same_noun, weighty
from interviewer.interview.sums import Outcome
from interviewer.interview.units import Unit

SLIP_AT_MOST, SUPPOSED_SLIP_AT_MOST = 1500.0, 110.0
"""Further off than this it was another sum that was meant; sooner, where a period had to be supposed."""


def decides(outcome: Outcome, claim: Quantity) -> bool:
    """Whether a reading can speak against a claim: nothing filled in, and a share of each needs a division."""
    shared_out = any(term.power < 0 for term in outcome.terms)
    prefix_slip = abs(outcome.distance / 1000 - 1) < 0.15
    too_far = outcome.distance > SUPPOSED_SLIP_AT_MOST and not prefix_slip
    filled_in = outcome.elided or (outcome.supposed and too_far) or _bits_unsaid(outcome, claim)
    return not filled_in and (shared_out or not claim.per)


def _bits_unsaid(outcome: Outcome, claim: Quantity) -> bool:
    """Whether "two meg" may have meant megabits, as the result does."""
    loosely = any(_LOOSE_SIZE.search(term.quantity.text) for term in outcome.terms)
    return loosely and len(outcome.terms) > 1 and "bit" in claim.text and abs(outcome.distance / 8 - 1) < 0.15


_LOOSE_SIZE = re.compile(r"\b(?:meg|gig|mega|giga|tera)s?\b", re.IGNORECASE)


def announced(claim: Quantity, place: Place, how: Cue) -> bool:
    """Whether a result is announced clearly enough to be held against anybody."""
    if how >= Cue.so:
        return True
    run = run_of(place.pending)
    if any(
        link.join is not None and link.quantity.bare and link.quantity.value in SECONDS_IN for link in run
    ):
        return how is Cue.comma and bool(claim.unit.period)
    times = any(link.sure and link.join is not None and link.join.prefer > 0 for link in run)
    return how is Cue.comma and times and claim.unit != Unit() and not relative(claim)


def reworded(claim: Quantity, firm: Sequence[Outcome]) -> bool:
    """Whether a claim is the figure before it over another period ("5 million a day, about 580 a second")."""
    olds = [outcome.terms[0].quantity for outcome in firm if len(outcome.terms) == 1]
    return any(
        old.unit.period != claim.unit.period and (not claim.noun or same_noun(old.noun, claim.noun))
        for old in olds
        if old.unit.period and claim.unit.period
    )


def may_be_off(claim: Quantity, firm: Sequence[Outcome], place: Place) -> bool:
    """Whether the words leave no other way to mean the result than the binding readings."""
    if place.averages:
        return False
    run = run_of(place.pending)
    terms = [term.quantity for outcome in firm for term in outcome.terms]
    units = [term.unit for term in terms]
    if any(link.sure for link in run) or any(same_noun(term.per, claim.noun) for term in terms):
        return True
    if claim.unit.amount_seconds:
        if any(unit.bytes and unit.period for unit in units) and any(unit == Unit("B") for unit in units):
            return True
        down = any(term.unit.amount == "percent" for term in terms)
        return down or (len(run) > 1 and any(of_each(term) for term in terms))
    measured = weighty(claim) or relative(claim) or any(o.unit.bytes or o.unit.period for o in firm)
    return measured and any(weighty(term) for term in terms)
