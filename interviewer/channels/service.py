"""What the routes and the socket are handed: every store and service, chosen by `assembly.py`.

The type stands here and not beside its maker, since channels may not import what lies above them.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated

from fastapi import Depends
from starlette.requests import HTTPConnection

from interviewer.channels.chair import Chair, OfflineChair
from interviewer.hosting import Host
from interviewer.interview.scorecard import Scorecard
from interviewer.interview.transcript import Transcript
from interviewer.packs.load import Shelf
from interviewer.store.accounts import Accounts
from interviewer.store.boards import Boards
from interviewer.store.cache import Cache
from interviewer.store.index import SessionIndex
from interviewer.store.log import EventLog
from interviewer.store.replies import Replies
from interviewer.store.turns import Turns


@dataclass(frozen=True)
class Limits:
    """What a connection may do and must do. Durations are seconds; wire.md P3 to P22 tell what each is for."""

    hb_s: float = 15.0
    hello_s: float = 5.0
    send_s: float = 5.0
    signed_in_s: float = 300.0
    gone_s: float = 60.0
    poll_s: float = 1.0
    window: int = 8
    burst: int = 20
    per_s: float = 4.0
    sockets_each: int = 20


@dataclass(frozen=True)
class Service:
    """Everything that a channel needs, chosen. `work` is the worker's loop, which the app runs beside its routes."""

    shelf: Shelf
    log: EventLog
    turns: Turns
    boards: Boards
    accounts: Accounts
    index: SessionIndex
    replies: Replies
    cache: Cache
    host: Host
    judge: Callable[[Transcript], Awaitable[Scorecard]]
    work: Callable[[], Coroutine[object, object, None]]
    clock: Callable[[], datetime]
    new_id: Callable[[], str]
    new_seed: Callable[[], int]
    epoch: str
    data: Path
    version: str
    chair: Chair = OfflineChair()
    limits: Limits = Limits()
    origins: frozenset[str] = frozenset()
    hosts: frozenset[str] = frozenset()


def handed(connection: HTTPConnection) -> Service:
    """The service of the app that a request or a socket came to."""
    service: Service = connection.app.state.service
    return service


Handed = Annotated[Service, Depends(handed)]
"""The service, as a route asks for it."""
