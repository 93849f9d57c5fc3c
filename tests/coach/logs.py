"""Coaches' events as a log would hold them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from interviewer.interview.events import Event, SessionId, Stored, stored
from tests.builders import BEGIN


def a_log(*events: Event, after: int = 100) -> tuple[Stored, ...]:
    """The events, stored one second after the other from position `after` + 1 on."""
    return tuple(
        stored(SessionId("s1"), after + n, n, BEGIN + timedelta(seconds=n), event)
        for n, event in enumerate(events, start=1)
    )


def more(log: Sequence[Stored], *events: Event) -> tuple[Stored, ...]:
    """The log with further events."""
    head = log[-1].pos if log else 0
    return (*log, *a_log(*events, after=head))
