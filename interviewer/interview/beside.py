"""Sums of one sentence that its operators do not spell out: an operand too many, a rest, an echo, a lost nought.

The words are there, but they join less or more than they say. A reading therefore counts only where it meets the claim
closely. Two may also show a claim to be off: an echo, whose figure was said before with its unit, and a lost nought.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from interviewer.interview.places import Place
from interviewer.interview.quantities import Quantity, Role
from interviewer.interview.readings import OPEN, TIMES, Linked, relative, run_of, weighty, worked
from interviewer.interview.reckoning import Memory
from interviewer.interview.sums import Outcome
from interviewer.interview.units import Unit

CLOSE, LOOSELY_CLOSE = 1.05, 1.12
"""How near a reading must come: as said, and where the claim is said to be a bound ("over 300,000")."""
_REST = re.compile(
    r"\b(?:left|leaves?|leaving|rest|remain\w*|miss\w*|through|past|only|keep|kept|stays?|reach\w*|survives?|come home|falls? to)\b",
    re.IGNORECASE,
)
OF_THEM = re.compile(r"\s*of (?:them|those|these)\b", re.IGNORECASE)
_SAME_DIGITS = 0.025


def beside(claim: Quantity, place: Place) -> list[Outcome]:
    """Close readings of the sentence that join a quantity more or less than its operators do."""
    run, pending = run_of(place.pending), list(place.pending)
    rows: list[Sequence[Linked]] = []
    for start in range(1, len(run) - 1):
        if not run[start].sure:
            rows.append([Linked(run[start].quantity), *run[start + 1 :]])
    before = pending[: len(pending) - len(run)]
    if before and run and not run[0].sure:
        rows.append([Linked(before[-1].quantity), Linked(run[0].quantity, OPEN), *run[1:]])
    if len(run) < 2 and place.lead.strip(" ,"):
        rows = []
        if before and OF_THEM.match(place.lead) and run[0].quantity.unit == Unit():
            rows = [[Linked(before[-1].quantity), Linked(run[0].quantity, TIMES)]]
    rows += _what_is_left(claim, place)
    found = [o for row in rows for o in worked(row, claim)]
    found += worked(run, _in_the_same_size(claim, run)) if len(run) > 1 else []
    return [o for o in found if len(o.terms) > 1 and o.distance <= CLOSE]


def _in_the_same_size(claim: Quantity, run: Sequence[Linked]) -> Quantity:
    """A rate whose size goes without saying: "60,000 gigabytes over an hour, 16.7 a second"."""
    sizes = [link.quantity for link in run if link.quantity.unit.bytes]
    if len(sizes) != 1 or claim.unit.bytes or claim.unit.seconds != -1 or claim.noun:
        return claim
    return replace(
        claim, value=claim.value * sizes[0].scale, unit=replace(claim.unit, amount="B"), scale=sizes[0].scale
    )


def _what_is_left(claim: Quantity, place: Place) -> Sequence[Sequence[Linked]]:
    """The rest that a share leaves: "45k reads, 80% hits, so only 9k reach the disk"."""
    row = row_of(place)
    part = row[-1] if row else None
    if part is None or not leaves_a_rest(part, place):
        return []
    rest = Linked(complement(part), OPEN)
    return [[Linked(q), rest] for q in row[:-1][::-1] if q.unit == claim.unit][:1]


def leaves_a_rest(part: Quantity, place: Place) -> bool:
    """Whether a share of half or more was said of what does not come through, by the words around the result."""
    around = place.lead[-80:] + place.after[:40]
    return part.role is Role.share and 0.5 <= part.si < 1 and _REST.search(around) is not None


def complement(part: Quantity) -> Quantity:
    """What is left of the whole beside a share, in the share's own unit."""
    return replace(part, value=(1 - part.si) / part.unit.factor)


def echoed(claim: Quantity, place: Place, memory: Memory) -> list[Outcome]:
    """What a stated sum comes to whose first number repeats a figure that had a unit; [] where none does.

    Only sums that do without the echo measure nothing of the claim, so the echo is the only way to mean them.
    """
    run = run_of(place.pending)
    if len(run) < 2 or claim.unit == Unit() or any(link.join is None for link in run[1:]):
        return []
    if any(not outcome.elided for outcome in worked(run, claim)):
        return []
    first = echo_of(run[0], claim, memory)
    return worked([first, *run[1:]], claim) if first != run[0] else []


def echo_of(link: Linked, claim: Quantity, memory: Memory) -> Linked:
    """A bare number that repeats the figure of something measured ("180 by 730" after 180 TB) stands for it."""
    number = link.quantity
    if not number.bare or number.value < 2:
        return link
    total = not claim.unit.period and claim.unit.bytes
    for old in memory.told([number]):
        if old.unit != Unit() and old.unit.amount_seconds == 0 and not relative(old):
            size = old.scale if old.unit.bytes else 1.0
            unit = replace(old.unit, period="") if total else old.unit
            if abs(old.value / size / number.value - 1) < 1e-6:
                return replace(link, quantity=replace(number, value=old.value, unit=unit, scale=old.scale))
    return link


def slipped(outcome: Outcome, claim: Quantity, place: Place) -> bool:
    """Whether a claim has the very digits of what its sentence lists, but not their size: a nought was lost or won."""
    used = [term.quantity for term in outcome.terms]
    whole = len(used) > 1 and len(used) == len(place.pending) and all(q in used for q in row_of(place))
    tenfold = any(abs(outcome.distance / power - 1) < _SAME_DIGITS for power in (10, 100, 1000))
    return whole and tenfold and weighty(claim) and claim.unit != Unit() and telling(claim)


def telling(claim: Quantity) -> bool:
    """Whether a figure is no round one, which would turn up anyhow."""
    digits = f"{claim.value:.6e}".split("e")[0].replace(".", "").rstrip("0")
    return len(digits) > 1


def row_of(place: Place) -> list[Quantity]:
    """The quantities that are pending at a place, without what joins them."""
    return [link.quantity for link in place.pending]
