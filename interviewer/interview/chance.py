"""Chance that can be replayed: draws from the session's seed and what the draw is for, never from a generator."""

from __future__ import annotations

import hashlib


def draw(seed: int, *what: object) -> float:
    """A number in [0, 1), the same for the same seed and the same purpose on every machine."""
    text = "\0".join([str(seed), *(str(one) for one in what)])
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:6], "big") / 2**48


def pick(count: int, seed: int, *what: object) -> int:
    """An index below `count`, which must be positive."""
    return int(draw(seed, *what) * count)


def order(count: int, seed: int, *what: object) -> tuple[int, ...]:
    """The indexes below `count` in a shuffled order."""
    return tuple(sorted(range(count), key=lambda index: draw(seed, index, *what)))
