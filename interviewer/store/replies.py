"""Answers to requests that carry a key of their sender's, so that the same request again gets the same answer.

What was created is created once, however often a client that heard nothing asks again.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from interviewer.errors import Conflict
from interviewer.interview.events import SessionId
from interviewer.store import tables
from interviewer.store.database import Database
from interviewer.store.log import Now

_reply = tables.reply.c


@dataclass(frozen=True)
class Reply:
    """An answer as it was sent: the status it had, and its body as JSON text."""

    status: int
    body: str


class Replies:
    """The answers kept in the tables of `database`, each for one account."""

    def __init__(self, database: Database, now: Now) -> None:
        self._database = database
        self._now = now

    async def recall(self, account_id: str, key: str, request: bytes) -> Reply | None:
        """What was answered to this request under this key; None where it is new.

        Raises Conflict when the key came with another request.
        """
        query = select(tables.reply).where(_reply.account_id == account_id, _reply.key == key)
        row = await self._database.read(lambda db: db.execute(query).one_or_none())
        if row is None:
            return None
        if row.request_hash != _hash(request):
            raise Conflict("This key was used for another request; every new request needs a key of its own.")
        return Reply(row.status, row.body)

    async def remember(
        self, account_id: str, key: str, request: bytes, reply: Reply, session: SessionId | None = None
    ) -> Reply:
        """Keep an answer, for as long as the session that it tells of. The first one kept is given. Raises Conflict."""
        row = insert(tables.reply).values(
            account_id=account_id,
            key=key,
            session_id=session,
            request_hash=_hash(request),
            status=reply.status,
            body=reply.body,
            at=self._now(),
        )
        try:
            await self._database.write(lambda db: db.execute(row).rowcount)
        except IntegrityError:
            return await self.recall(account_id, key, request) or reply
        return reply


def _hash(request: bytes) -> str:
    return hashlib.sha256(request).hexdigest()
