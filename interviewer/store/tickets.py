"""Tickets: each opens one socket, for half a minute, from the origin that it was made for (wire.md P2).

Kept as SHA-256, like every secret. Everything here works inside a transaction of `accounts.py`.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, and_, delete, insert, update

from interviewer.interview.events import SessionId, Stream
from interviewer.store import tables

_ticket = tables.ticket.c


class Admission(NamedTuple):
    """What a ticket is for: an account's socket on one stream of a session."""

    account_id: str
    session: SessionId
    stream: Stream


def hash_of(secret: str) -> str:
    """The form in which a secret is kept."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def put(
    db: Connection, secret: str, to: Admission, origin: str | None, at: datetime, until: datetime
) -> None:
    """Keep a ticket that is good until then, and throw away those that are too old at `at`."""
    db.execute(delete(tables.ticket).where(_ticket.expires_at <= at))
    row = insert(tables.ticket).values(
        hash=hash_of(secret),
        account_id=to.account_id,
        session_id=to.session,
        stream=to.stream.value,
        origin=origin,
        expires_at=until,
    )
    db.execute(row)


def use(db: Connection, secret: str, origin: str | None, at: datetime) -> Admission | None:
    """What the ticket admits to; None where it is unknown, used, too old or of another origin."""
    good = and_(
        _ticket.hash == hash_of(secret),
        _ticket.used_at.is_(None),
        _ticket.expires_at > at,
        _ticket.origin.is_not_distinct_from(origin),
    )
    used = update(tables.ticket).where(good).values(used_at=at)
    row = (db.execute(used.returning(_ticket.account_id, _ticket.session_id, _ticket.stream))).one_or_none()
    if row is None:
        return None
    return Admission(row.account_id, SessionId(row.session_id), Stream(row.stream))


def drop_all(db: Connection, account_id: str) -> None:
    """Throw away every ticket of an account."""
    db.execute(delete(tables.ticket).where(_ticket.account_id == account_id))
