"""People, and what shows who they are: codes, invites, cookies, tokens, and tickets for sockets.

A secret leaves this file once, when it is issued; what is kept is its SHA-256. Codes, invites and tickets work once,
and two who come with the same one at the same moment cannot both pass.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal, TypeVar

from sqlalchemy import ColumnElement, Connection, Row, and_, delete, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from interviewer.auth import OWNER, Account, Role
from interviewer.errors import BadInput, NotFound, NotSignedIn
from interviewer.interview.events import SessionId, Stream
from interviewer.store import tables, tickets
from interviewer.store.database import Database
from interviewer.store.log import Now
from interviewer.store.tickets import Admission, hash_of

T = TypeVar("T")
Purpose = Literal["code", "invite", "cookie", "token"]

ONCE: tuple[Purpose, ...] = ("code", "invite")
IDLE = timedelta(days=14)
"""A cookie that nobody showed for so long is worth nothing any more. A token is kept where programs keep theirs, and
lasts until it is revoked."""
COOKIE_AGE = timedelta(days=90)
"""A cookie is worth nothing after so long, however often it was shown."""
SEEN_EVERY = timedelta(minutes=5)
"""How exactly it is kept when a secret was last shown; looking more closely would write at every request."""

_account = tables.account.c
_secret = tables.secret.c


@dataclass(frozen=True)
class TicketUse:
    """What a ticket admits to: whose socket it is, and which stream of which session it may follow."""

    account: Account
    session: SessionId
    stream: Stream


class Accounts:
    """The people in the tables of `database`. `new_secret` gives 32 random bytes as text fit for a URL, `new_id` ids."""

    def __init__(
        self, database: Database, now: Now, new_secret: Callable[[], str], new_id: Callable[[], str]
    ) -> None:
        self._database = database
        self._now = now
        self._new_secret = new_secret
        self._new_id = new_id

    async def owner(self) -> Account:
        """Who owns the installation; made with all roles when first asked for."""
        return await self._owner()

    async def add(self, name: str, roles: Collection[Role]) -> Account:
        """A new person. Raises BadInput where somebody is called so already: reviews know people by their names."""
        account = Account(self._new_id(), name, frozenset(roles), self._now())
        await self._database.write(lambda db: _add(db, account, alone=True))
        return account

    async def all(self) -> list[Account]:
        """Everybody, in the order in which they came."""
        query = select(tables.account).order_by(_account.created_at, _account.id)
        return [_as_account(row) for row in await self._database.read(lambda db: db.execute(query).all())]

    async def get(self, id: str) -> Account:
        """The person with this id. Raises NotFound."""
        return await self._database.read(lambda db: _known(_find(db, id)))

    async def issue(
        self, account_id: str, purpose: Purpose, lives_s: float | None = None, label: str = ""
    ) -> str:
        """A new secret of a person's, good for `lives_s` seconds where that is said. Raises NotFound."""
        secret, at = self._new_secret(), self._now()
        row = insert(tables.secret).values(
            hash=hash_of(secret),
            account_id=account_id,
            purpose=purpose,
            label=label,
            made_at=at,
            seen_at=at,
            expires_at=None if lives_s is None else at + timedelta(seconds=lives_s),
        )

        def issue(db: Connection) -> None:
            _known(_find(db, account_id))
            db.execute(delete(tables.secret).where(_secret.expires_at <= at))
            db.execute(row)

        await self._database.write(issue)
        return secret

    async def redeem(self, secret: str, purposes: Collection[Purpose]) -> Account:
        """Whose secret it is, if it is good for one of `purposes`; codes and invites are used up. Raises NotSignedIn."""
        return await self._redeem(secret, purposes)

    async def revoke(self, secret: str) -> None:
        """Let a secret be worth nothing any more."""
        await self._database.write(lambda db: _delete_secrets(db, _secret.hash == hash_of(secret)))

    async def revoke_all(self, account_id: str) -> None:
        """Let nothing that was issued to a person be worth anything any more, tickets included."""
        of_theirs = _secret.account_id == account_id
        await self._database.write(lambda db: _delete_secrets(db, of_theirs, account_id))

    async def sign_ins(self, account_id: str) -> frozenset[str]:
        """What a person is signed in by now, as the hashes of their cookies and tokens; empty for nobody."""
        query = select(_secret.hash).where(_secret.account_id == account_id, _lasting(self._now()))
        return await self._database.read(lambda db: frozenset(db.scalars(query)))

    async def ticket(
        self, account_id: str, session: SessionId, stream: Stream, origin: str | None, lives_s: float = 30
    ) -> str:
        """A ticket for one socket from `origin` (None for a program). Raises NotFound."""
        secret, at = self._new_secret(), self._now()
        to, until = Admission(account_id, session, stream), at + timedelta(seconds=lives_s)
        try:
            await self._database.write(lambda db: tickets.put(db, secret, to, origin, at, until))
        except IntegrityError as error:
            raise NotFound(f"No session {session}.") from error
        return secret

    async def use_ticket(self, secret: str, origin: str | None) -> TicketUse:
        """What the ticket admits to; it works no second time. Raises NotSignedIn."""
        at = self._now()

        def use(db: Connection) -> tuple[Admission | None, Account | None]:
            admits = tickets.use(db, secret, origin, at)
            return admits, None if admits is None else _find(db, admits.account_id)

        admits, account = await self._database.write(use)
        if admits is None or account is None:
            raise NotSignedIn("This ticket is not known here, was used already, or is too old.")
        return TicketUse(account, admits.session, admits.stream)

    async def preferences(self, account_id: str) -> dict[str, Any]:  # Any: JSON, whose shape is the channel's
        """What a person has set. Raises NotFound."""
        query = select(_account.preferences).where(_account.id == account_id)
        text = await self._database.read(lambda db: db.scalar(query))
        preferences: dict[str, Any] = json.loads(_known(text))
        return preferences

    async def set_preferences(self, account_id: str, preferences: dict[str, Any]) -> None:  # Any: as above
        """Keep what a person has set, in place of what was. Raises NotFound."""
        text = json.dumps(preferences)
        change = update(tables.account).where(_account.id == account_id).values(preferences=text)
        _known(await self._database.write(lambda db: db.execute(change).rowcount) or None)

    async def forget(self, account_id: str) -> None:
        """Erase a person, their interviews, and everything that was kept for them."""

        def forget(db: Connection) -> None:
            db.execute(delete(tables.session).where(tables.session.c.owner == account_id))
            db.execute(delete(tables.account).where(_account.id == account_id))

        await self._database.write(forget)
        await self._database.empty_journal()

    async def _owner(self) -> Account:
        known = await self._database.read(lambda db: _find(db, OWNER))
        if known is not None:
            return known
        owner = Account(OWNER, "owner", frozenset(Role), self._now())
        try:
            await self._database.write(lambda db: _add(db, owner))
        except IntegrityError:
            return await self.get(OWNER)  # somebody else asked first as well
        return owner

    async def _redeem(self, secret: str, purposes: Collection[Purpose]) -> Account:
        at = self._now()
        unused = and_(_secret.purpose.in_(ONCE), _secret.used_at.is_(None), _in_time(at))
        good = and_(
            _secret.hash == hash_of(secret),
            _secret.purpose.in_(tuple(purposes)),
            or_(_lasting(at), unused),
        )

        def find(db: Connection) -> tuple[Row[Any] | None, Account | None]:  # Any: a row of the secret table
            found = db.execute(select(tables.secret).where(good)).one_or_none()
            return found, None if found is None else _find(db, found.account_id)

        found, account = await self._database.read(find)
        if found is None or account is None:
            raise NotSignedIn("This sign-in is not known here, was used already, or is too old.")
        once = found.purpose in ONCE
        if once or at - found.seen_at > SEEN_EVERY:
            mark = update(tables.secret).where(good).values({"used_at": at} if once else {"seen_at": at})
            if not await self._database.write(lambda db: db.execute(mark).rowcount):
                raise NotSignedIn("This sign-in was used already.")  # or revoked, while we looked
        return account


def same_name(name: str) -> str:
    """What two names have in common that people take for the same one, however they are written."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def _in_time(at: datetime) -> ColumnElement[bool]:
    return or_(_secret.expires_at.is_(None), _secret.expires_at > at)


def _lasting(at: datetime) -> ColumnElement[bool]:
    """Whether a secret is one that may be shown again and again, and is good at that moment."""
    in_use = and_(_secret.seen_at > at - IDLE, _secret.made_at > at - COOKIE_AGE)
    return and_(_secret.purpose.not_in(ONCE), or_(_secret.purpose == "token", in_use), _in_time(at))


def _add(db: Connection, account: Account, alone: bool = False) -> None:
    row = insert(tables.account).values(
        id=account.id,
        name=account.name,
        roles=" ".join(sorted(account.roles)),
        preferences="{}",
        created_at=account.created_at,
    )
    if alone:
        names = [same_name(name) for name in db.scalars(select(_account.name))]
        if same_name(account.name) in names:
            raise BadInput(f"{account.name} is here already.")
    db.execute(row)


def _delete_secrets(db: Connection, which: ColumnElement[bool], tickets_of: str | None = None) -> None:
    db.execute(delete(tables.secret).where(which))
    if tickets_of is not None:
        tickets.drop_all(db, tickets_of)


def _find(db: Connection, id: str) -> Account | None:
    row = (db.execute(select(tables.account).where(_account.id == id))).one_or_none()
    return None if row is None else _as_account(row)


def _as_account(row: Row[Any]) -> Account:  # Any: a row of the account table
    roles = frozenset(Role(name) for name in row.roles.split())
    return Account(row.id, row.name, roles, row.created_at)


def _known(found: T | None) -> T:
    if found is None:
        raise NotFound("No such person.")
    return found
