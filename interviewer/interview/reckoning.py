"""What a result may have been computed from: the readings its words state, and those they leave to the listener.

A stated reading joins quantities by operators that were said, or goes on from the result just before. Implied readings
take up earlier quantities, those of the same noun first. Judging how far off a reading is comes later, in estimates.py.
"""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from interviewer.interview.cues import Cue
from interviewer.interview.places import FAR, Place
from interviewer.interview.quantities import Quantity, Role
from interviewer.interview.readings import (
    OPEN,
    OVER,
    TIMES,
    Linked,
    cancels,
    constant,
    converts,
    of_each,
    relative,
    run_of,
    same_noun,
    special,
    stem,
    weighty,
    worked,
)
from interviewer.interview.sums import Outcome

REMEMBERED = 40
"""How many quantities, the latest, are kept in mind, of this text and of what was known before it."""
_FAR_BACK = 200
"""How many quantities back a rate or a size may lie that a later sentence takes up."""
_RECENT = 6
"""How many earlier quantities may explain a result that its own sentence does not."""
_REWORDED = 1.3
"""How near "one every two minutes" and "thirty an hour" must be to mean the same."""
_SIDE_BY_SIDE = 4
"""How many unjoined quantities of a sentence are tried together."""


@dataclass(frozen=True, slots=True)
class Stated:
    """A reading that the words state. Only a binding one can show a result to be off."""

    outcome: Outcome
    binding: bool


@dataclass(slots=True)
class Memory:
    """What was said and known so far. `age` counts sentences with quantities since the last result."""

    known: Sequence[Quantity]
    said: list[Quantity] = field(default_factory=list)
    previous: Quantity | None = None
    age: int = 99
    joint: Sequence[Linked] = ()
    """What the last result was computed from, for a second one that shares it."""
    far: Sequence[Quantity] = ()
    """What was known longer ago and may be taken up again: rates, sizes and large numbers."""

    def __post_init__(self) -> None:
        self.far = tuple(q for q in self.known[-_FAR_BACK:-REMEMBERED] if weighty(q) and not relative(q))
        self.known = tuple(self.known[-REMEMBERED:])

    def say(self, quantity: Quantity) -> None:
        """Remember a quantity that is no result."""
        self.said = [*self.said[1 - REMEMBERED :], quantity]

    def conclude(self, result: Quantity, pending: Sequence[Linked]) -> None:
        """Remember a result, and what it came from."""
        self.say(result)
        self.previous, self.age = result, 0
        self.joint = pending or self.joint

    def just_said(self, without: Sequence[Quantity] = ()) -> list[Quantity]:
        """The last quantity named, and the last result while it is fresh."""
        last = [q for q in self.said if q not in without][-1:]
        fresh = [self.previous] if self.previous is not None and self.age <= 1 else []
        return last + [q for q in fresh if q not in last]

    def told(self, without: Sequence[Quantity] = ()) -> list[Quantity]:
        """All that was said, the latest first, each amount once."""
        amounts = {
            (q.value, q.unit, q.role): q for q in (*self.far, *self.known, *self.said) if q not in without
        }
        return list(amounts.values())[::-1]

    def named(self, *words: str) -> list[Quantity]:
        """Quantities that count one of these things, the latest first."""
        things = {stem(word) for word in words if word not in ("", "each")}
        told = [*reversed(self.said), *reversed(self.known)]
        return [q for q in told if q.noun and stem(q.noun) in things]


def stated(claim: Quantity, place: Place, how: Cue, memory: Memory) -> list[Stated]:
    """Readings that the words state for a claim announced by `how`; [] when they state none."""
    exceptional = special(claim, [link.quantity for link in place.pending], place.context)
    if exceptional:
        return [Stated(outcome, True) for outcome in exceptional]
    run = run_of(place.pending)
    tail = [Linked(place.trailing, OVER if place.trailing.unit.period else TIMES)] if place.trailing else []
    if not run:
        return _continued(claim, how, memory, tail)
    whole = _without_lengths(run, claim)
    whole = whole or (worked([*run, *tail], claim) if len(run) + len(tail) > 1 else [])
    apart = _with_factor_apart([*run, *tail], place.pending, claim)
    if whole:
        return [Stated(outcome, len(run) > 1) for outcome in whole + apart]
    first = run[0].quantity
    reworded = worked(run, claim) if len(run) == 1 and of_each(first) and converts(first, claim) else []
    if any(outcome.distance <= _REWORDED for outcome in reworded):
        return [Stated(outcome, True) for outcome in reworded]
    if run[0].join is not None or relative(first) or of_each(first) or constant(first):
        return _headed(claim, place, [*run, *tail], memory)
    alone = worked(run, claim) if converts(first, claim) else []
    return [Stated(o, _converts_period(o)) for o in alone] + [Stated(o, False) for o in apart]


def _without_lengths(run: Sequence[Linked], claim: Quantity) -> list[Outcome]:
    """A sum of sizes with durations left out that only describe the things: "films of 90 minutes at 2 GB each"."""
    if not claim.unit.bytes or claim.unit.period or len(run) < 3 or any(q.quantity.unit.period for q in run):
        return []
    kept = [link for link in run if link.quantity.unit.seconds != 1]
    if not 1 < len(kept) < len(run) or kept[0] is not run[0]:
        return []
    return [o for o in worked(kept, claim) if not o.supposed]


def _continued(claim: Quantity, how: Cue, memory: Memory, tail: list[Linked]) -> list[Stated]:
    """A result with nothing before it in its sentence: what was just said, over another period or a stated time."""
    heads = memory.just_said()
    if tail:
        return [Stated(o, True) for head in heads[:1] for o in worked([Linked(head), *tail], claim)]
    return [
        Stated(outcome, _converts_period(outcome))
        for head in heads
        if converts(head, claim) or (head.bare and claim.unit.bytes)
        for outcome in worked([Linked(head)], claim)
        if claim.unit.seconds != 1 or how is Cue.equation
    ]


def _headed(claim: Quantity, place: Place, run: list[Linked], memory: Memory) -> list[Stated]:
    """An operand that opens a sum goes on from what it is of each of, or from what was said just before."""
    first = run[0]
    before = [link.quantity for link in place.pending[: len(place.pending) - len(run_of(place.pending))]]
    heads = memory.named(first.quantity.per)[:2] + before[::-1][:3]
    heads += memory.just_said([link.quantity for link in run])
    opener = first if first.join is not None else Linked(first.quantity, OPEN)
    return [
        Stated(outcome, _near(head, first.quantity) and _bound(head, first, claim, place))
        for head in heads
        if head is not first.quantity
        for outcome in worked([Linked(head), opener, *run[1:]], claim)
    ]


def _near(head: Quantity, operand: Quantity) -> bool:
    return 0 <= operand.start - head.end < FAR


def _bound(head: Quantity, first: Linked, claim: Quantity, place: Place) -> bool:
    """Whether the words tie an operand to what it goes on from."""
    quantity, operator = first.quantity, first.join
    if quantity.role is Role.share:
        return same_noun(head.noun, claim.noun)
    if operator is not None and (operator.sure or operator.keeps or quantity.role is Role.amount):
        return True
    return constant(quantity) or of_each(quantity) or place.refers


def _with_factor_apart(row: list[Linked], pending: Sequence[Linked], claim: Quantity) -> list[Outcome]:
    """The same with a factor that stands apart in the sentence ("peak is 10x ..."), which may or may not apply."""
    apart = [link for link in pending if link not in row and relative(link.quantity)]
    return [o for link in apart[-1:] for o in worked([*row, Linked(link.quantity, OPEN)], claim)]


def _converts_period(outcome: Outcome) -> bool:
    return bool(outcome.unit.period) and not outcome.unit.amount_seconds


def implied(claim: Quantity, place: Place, how: Cue, memory: Memory) -> list[Outcome]:
    """Readings that the words leave to the listener: quantities side by side, or earlier ones taken up again."""
    if any(link.join is not None and link.join.plus for link in run_of(place.pending)):
        return []  # a sum that was said to be added up is no product
    row = [link.quantity for link in place.pending][-_SIDE_BY_SIDE:]
    row += [place.trailing] if place.trailing is not None else []
    outcomes: list[Outcome] = []
    for size in range(len(row), 1, -1):
        for chosen in itertools.combinations(row, size):
            outcomes.extend(_in_any_way(chosen, claim))
    if not outcomes or any(quantity.per for quantity in row):
        outcomes.extend(_taken_up(row, claim, place, how, memory))
    if memory.joint and memory.age == 0 and not row:
        outcomes.extend(_conjoined(claim, memory))
    return [o for o in outcomes if _telling(o, claim) or (claim.per and len(o.terms) == len(row) > 2)]


def _in_any_way(chosen: Sequence[Quantity], claim: Quantity) -> list[Outcome]:
    if not weighty(claim) and not claim.per and sum(map(weighty, chosen)) < 2:
        return []  # what _telling would refuse, before it costs anything
    return worked([Linked(quantity, OPEN) for quantity in chosen], claim, every_sign=True)


def _taken_up(row: list[Quantity], claim: Quantity, place: Place, how: Cue, memory: Memory) -> list[Outcome]:
    outcomes: list[Outcome] = []
    for old in _earlier(row, claim, place, how, memory):
        if row:
            outcomes.extend(_in_any_way((old, *row), claim))
        if len(row) > 1:
            outcomes.extend(_in_any_way((old, row[-1]), claim))
        if (
            not row
            and how >= Cue.so
            and memory.previous is not None
            and memory.age <= 1
            and cancels(old, memory.previous)
        ):
            outcomes.extend(worked([Linked(old), Linked(memory.previous, OPEN)], claim))
    return outcomes


def _earlier(row: list[Quantity], claim: Quantity, place: Place, how: Cue, memory: Memory) -> list[Quantity]:
    """Earlier quantities: those whose noun is in the sentence, and where a result is announced, the latest ones too."""
    words = {*re.findall(r"[^\W\d_]{3,}", place.context[-160:].lower()), claim.noun, *(q.per for q in row)}
    named = [q for q in memory.named(*words) if q not in row and not relative(q)][:4]
    quiet = how < Cue.so and place.trailing is None and not any(relative(q) or q.per for q in row)
    if quiet:
        return named + [q for q in memory.just_said(row) if q not in named and not relative(q)]
    told = [*reversed(memory.said), *reversed(memory.known)]
    return named + [q for q in told if q not in named and q not in row and not relative(q)][:_RECENT]


def _conjoined(claim: Quantity, memory: Memory) -> list[Outcome]:
    """ "... times four, so 90K reads and 19K writes": the second result shares the operand of the first."""
    shared = [link for link in memory.joint if relative(link.quantity) or link.join is not None][-1:]
    heads = memory.named(claim.noun)[:3] if shared else []
    return [o for head in heads for o in worked([Linked(head), *shared], claim)]


def _telling(outcome: Outcome, claim: Quantity) -> bool:
    """Whether an implied formula says something: small numbers that happen to agree do not."""
    if outcome.elided:
        return False
    return weighty(claim) or sum(weighty(term.quantity) for term in outcome.terms) >= 2


def listed(outcome: Outcome, pending: Sequence[Linked]) -> bool:
    """Whether a formula uses all that was listed, over time: "200 MB/s in, 7 days retention, 3 copies → ..."."""
    kept = [term.quantity.unit for term in outcome.terms if term.power > 0]
    timed = any(unit.period for unit in kept) and any(unit.seconds == 1 for unit in kept)
    used = [term.quantity for term in outcome.terms]
    return timed and len(used) == len(pending) and all(link.quantity in used for link in pending)
