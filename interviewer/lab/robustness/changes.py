"""What became different between two gists, in a line, and how often levels and flags flipped."""

from __future__ import annotations

from collections.abc import Sequence

from interviewer.lab.metrics import ratio
from interviewer.lab.robustness.family import Outcome
from interviewer.lab.robustness.tasks import Gist


def difference(outcome: Outcome) -> str:
    """What the last talk's gist has that the first one's has not, and the reverse; "" where they are the same."""
    before, after = outcome.gists[0], outcome.gists[-1]
    parts = []
    levels = {id: (before.levels.get(id), after.levels.get(id)) for id in {*before.levels, *after.levels}}
    changed = sorted((id, pair) for id, pair in levels.items() if pair[0] != pair[1])
    if changed:
        parts.append("levels " + ", ".join(f"{id} {old} to {new}" for id, (old, new) in changed))
    for name, old, new in (
        ("items", before.items, after.items),
        ("flags", before.flags, after.flags),
    ):
        gone, come = sorted(set(old) - set(new)), sorted(set(new) - set(old))
        if gone:
            parts.append(f"{name} lost {', '.join(gone)}")
        if come:
            parts.append(f"{name} new {', '.join(come)}")
        other = sorted(id for id in set(old) & set(new) if old[id] != new[id])
        if other:
            parts.append(f"{name} otherwise {', '.join(other)}")
    return "; ".join(parts)


def level_flips(outcomes: Sequence[Outcome]) -> tuple[float | None, int]:
    """Share of levels that changed or came or went, and of how many."""
    pairs = [
        (one.gists[0].levels.get(id), one.gists[-1].levels.get(id))
        for one in outcomes
        for id in {*one.gists[0].levels, *one.gists[-1].levels}
    ]
    return ratio(sum(a != b for a, b in pairs), len(pairs)), len(pairs)


def flag_flips(outcomes: Sequence[Outcome]) -> tuple[float | None, int]:
    """Share of stated flags, before or after, that are stated only once, and of how many."""
    either = [set(one.gists[0].flags) | set(one.gists[-1].flags) for one in outcomes]
    both = [set(one.gists[0].flags) & set(one.gists[-1].flags) for one in outcomes]
    count = sum(map(len, either))
    return ratio(count - sum(map(len, both)), count), count


def same_items(before: Gist, after: Gist) -> float:
    """Share of the items credited in either that are credited in both."""
    either = set(before.items) | set(after.items)
    return len(set(before.items) & set(after.items)) / len(either) if either else 1.0
