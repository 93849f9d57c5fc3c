"""Results that go back to figures said long before: a share of them, so many times them, that many parts, their total.

What words state outright is read in reckoning.py. Here the sentence names only part of a sum, and the rest is looked up
among all that was said; so a reading counts only where it meets the claim closely, and it never shows a claim to be off.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import combinations, islice

from interviewer.interview import sums
from interviewer.interview.beside import (
    CLOSE,
    LOOSELY_CLOSE,
    OF_THEM,
    complement,
    echo_of,
    leaves_a_rest,
    row_of,
    telling,
)
from interviewer.interview.cues import Cue, Join, bound
from interviewer.interview.places import Place
from interviewer.interview.quantities import Quantity, Role
from interviewer.interview.readings import (
    OPEN,
    Linked,
    converts,
    relative,
    run_of,
    same_noun,
    weighty,
    worked,
)
from interviewer.interview.reckoning import Memory
from interviewer.interview.sums import Outcome, Term
from interviewer.interview.units import Unit

_TOTAL_CLOSE = 1.1
_LARGE = 100
_LATELY = 6
"""How many of the latest amounts a plain count may multiply."""
_ADDENDS = 5
_PLUS = Join(1, sure=True, plus=True)
_TOTAL = re.compile(
    r"\b(?:in (?:total|sum|all)|total|altogether|all told|together|all in|combined|summed|adds? up)\b",
    re.IGNORECASE,
)
_EACH = re.compile(r"\b(?:each|every|apiece|per)\b", re.IGNORECASE)
_MACHINES = frozenset(
    "nodes machines servers boxes hosts shards partitions brokers disks workers instances replicas gateways cards".split()
)


def recalled(claim: Quantity, place: Place, how: Cue, memory: Memory) -> list[Outcome]:
    """Close readings of a claim that take up what was said anywhere before; [] where there are none."""
    limit = LOOSELY_CLOSE if bound(place.lead) else CLOSE
    close = [o for o in _partly_said(claim, place, how, memory) if o.distance <= limit]
    return close + [o for o in _totals(claim, place, how, memory) if o.distance <= _TOTAL_CLOSE]


def _partly_said(claim: Quantity, place: Place, how: Cue, memory: Memory) -> Iterable[Outcome]:
    run = run_of(place.pending)
    echoed = [echo_of(link, claim, memory) for link in run]
    if echoed != run:
        yield from worked(echoed, claim)
    told = memory.told(row_of(place))
    for part in row_of(place)[-3:]:
        yield from _with(part, told, claim, place, how)
    if place.pending or how < Cue.loose:
        return
    last = memory.said[-1:]
    if how is Cue.equation and last and weighty(claim):
        yield from _sized(last[0], told, claim)
    if how >= Cue.so and not memory.said:
        for old in told[:_LATELY]:
            if converts(old, claim):
                yield from worked([Linked(old)], claim)
    if last and last[0].unit.seconds == 1:
        yield from _one_by_one(last[0], claim, how)
    if how >= Cue.so and weighty(claim) and claim.unit != Unit() and telling(claim):
        for one, other in combinations([q for q in told if not relative(q)][:_LATELY], 2):
            if one.unit.bytes + other.unit.bytes == claim.unit.bytes:
                yield from _worked([one, other], claim)


def _with(
    part: Quantity, told: Sequence[Quantity], claim: Quantity, place: Place, how: Cue
) -> Iterable[Outcome]:
    """A part of the sum that stands in the sentence, with anything said before that makes it come out."""
    if relative(part):
        factor = complement(part) if leaves_a_rest(part, place) else part
        for old in told:
            kin = weighty(claim) or claim.value >= _LARGE or same_noun(old.noun, claim.noun)
            unsaid = (claim.bare and how >= Cue.so) or (
                old.bare and weighty(old) and claim.unit.seconds == -1
            )
            if kin and (old.unit == claim.unit or unsaid):
                yield from _worked([old, factor], claim)
    elif part.unit == Unit() and part.value >= 2 and _shares_out(claim, place, how):
        for old in told:
            if not relative(old) and old.si > claim.si:
                yield from _divided(old, part, claim)
    elif weighty(part) and claim.unit == Unit() and how >= Cue.loose and _machines(claim, place):
        for old in told:
            bare = old.bare and part.unit.bytes
            whole = replace(old, value=old.value * part.scale, unit=part.unit) if bare else old
            if whole.unit == part.unit and whole.si > part.si and not relative(whole):
                yield from _divided(whole, part, claim)
    elif part.unit.bytes and claim.unit.seconds == 1:
        for old in told:
            if old.unit.bytes and old.unit.period and not part.unit.period:
                yield from _divided(part, old, claim)
    elif part.unit.seconds == 1 and part.role is Role.amount:
        yield from _over(part, told, claim, how)
    elif how >= Cue.comma and weighty(claim) and telling(claim):
        yield from _sized(part, told, claim)
        if part.unit == Unit() and how >= Cue.so and claim.unit.period:
            for old in told[:_LATELY]:
                if old.unit == claim.unit:
                    yield from _worked([old, part], claim)


def _machines(claim: Quantity, place: Place) -> bool:
    return claim.noun in _MACHINES or OF_THEM.match(place.after) is not None


def _shares_out(claim: Quantity, place: Place, how: Cue) -> bool:
    return how >= Cue.loose and (bool(claim.per) or _EACH.search(place.lead) is not None)


def _over(length: Quantity, told: Sequence[Quantity], claim: Quantity, how: Cue) -> Iterable[Outcome]:
    """So much in a stated time, which makes so much a second; how many such stretches a longer one has; or
    how many a second when one waits for the other ("a lock of 90 ms admits only eleven a second")."""
    yield from _one_by_one(length, claim, how)
    stretches = claim.unit == Unit() and how >= Cue.so and same_noun(length.noun, claim.noun)
    for old in told:
        if claim.unit.period and old.unit.bytes == claim.unit.bytes and not old.unit.period:
            if old.unit.bytes or (old.unit == Unit() and weighty(old)):
                yield from _divided(old, length, claim)
        elif stretches and old.unit.seconds == 1 and old.role is Role.amount:
            yield from _divided(old, length, claim)


def _one_by_one(length: Quantity, claim: Quantity, how: Cue) -> Iterable[Outcome]:
    if claim.unit.period and not claim.unit.bytes and length.si < claim.unit.period_s and how >= Cue.loose:
        found = sums.work_out([Term(length, -1)], claim)
        yield from [found] if found is not None else []


def _sized(part: Quantity, told: Sequence[Quantity], claim: Quantity) -> Iterable[Outcome]:
    """So many things, and a size said earlier; or the other way about."""
    for old in told:
        if old.unit.bytes + part.unit.bytes == claim.unit.bytes == 1 and not relative(old):
            yield from _worked([old, part], claim)


def _worked(chosen: Sequence[Quantity], claim: Quantity) -> list[Outcome]:
    return worked([Linked(q, OPEN if i else None) for i, q in enumerate(chosen)], claim)


def _divided(whole: Quantity, part: Quantity, claim: Quantity) -> list[Outcome]:
    found = sums.work_out([Term(whole), Term(part, -1)], claim)
    return [found] if found is not None else []


def _totals(claim: Quantity, place: Place, how: Cue, memory: Memory) -> Iterable[Outcome]:
    """ "In total 80" after 60 and 15: what was listed last, added up."""
    row = row_of(place)
    if _TOTAL.search(place.lead[-60:]) is None and _TOTAL.match(place.after.lstrip()) is None:
        yield from _waits(claim, how, memory)
        return
    measured = next((q.unit for q in (*row, claim) if q.unit != Unit()), Unit())
    alike = [q for q in row if q.role is Role.amount and (q.unit == measured or q.bare)]
    alike = alike or [q for q in memory.said if q.unit == claim.unit and q.role is Role.amount]
    for size in range(2, min(len(alike), _ADDENDS) + 1):
        first, *others = alike[-size:]
        yield from worked([Linked(first), *(Linked(q, _PLUS) for q in others)], claim)


def _waits(claim: Quantity, how: Cue, memory: Memory) -> Iterable[Outcome]:
    """Waits one after another: three minutes, then sixty seconds, "so four minutes"."""
    if how < Cue.so or claim.unit.seconds != 1:
        return
    waits = [q for q in memory.said[-_ADDENDS:] if q.unit.seconds == 1 and q.role is Role.amount]
    for size in range(2, len(waits) + 1):
        first, *others = waits[-size:]
        if claim.si > max(q.si for q in waits[-size:]):
            found = worked([Linked(first), *(Linked(q, _PLUS) for q in others)], claim)
            yield from (o for o in found if o.distance <= CLOSE)


def scaled(claim: Quantity, memory: Memory) -> list[Outcome]:
    """A figure taken so many times as a question just asked for: "8.3 million a second" to "what at ten times?"."""
    factors = [q for q in memory.known[-_ASKED:] if q.role is Role.factor and q.value >= 2][-1:]
    if not factors or relative(claim) or not (weighty(claim) or claim.noun):
        return []
    found: list[Outcome] = []
    for old in memory.told([claim]):
        kin = same_noun(old.noun, claim.noun) or telling(claim)
        if old.unit == claim.unit and kin and not relative(old):
            found += [o for o in _worked([old, factors[0]], claim) if o.distance <= CLOSE]
    return list(islice(found, 1))


_ASKED = 6
"""How many quantities back the factor of a question may stand."""
