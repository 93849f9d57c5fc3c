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

from sqlalchemy import ColumnElement, Row, and_, delete, insert, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from interviewer.auth import OWNER, Account, Role
from interviewer.errors import BadInput, NotFound, NotSignedIn
from interviewer.interview.events import SessionId, Stream
from interviewer.store import tables, tickets
from interviewer.store.appending import writing
from interviewer.store.database import empty_journal, reading, unbroken
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
    """The people in the tables of `engine`. `new_secret` gives 32 random bytes as text fit for a URL, `new_id` ids."""

    def __init__(
        self, engine: AsyncEngine, now: Now, new_secret: Callable[[], str], new_id: Callable[[], str]
    ) -> None:
        self._engine = engine
        self._reading = reading(engine)
        self._now = now
        self._new_secret = new_secret
        self._new_id = new_id

    async def owner(self) -> Account:
        """Who owns the installation; made with all roles when first asked for."""
        return await unbroken(self._owner())

    async def add(self, name: str, roles: Collection[Role]) -> Account:
        """A new person. Raises BadInput where somebody is called so already: reviews know people by their names."""
        account = Account(self._new_id(), name, frozenset(roles), self._now())
        await unbroken(self._add(account, alone=True))
        return account

    async def all(self) -> list[Account]:
        """Everybody, in the order in which they came."""
        return await unbroken(self._all())

    async def get(self, id: str) -> Account:
        """The person with this id. Raises NotFound."""
        return await unbroken(self._get(id))

    async def issue(
        self, account_id: str, purpose: Purpose, lives_s: float | None = None, label: str = ""
    ) -> str:
        """A new secret of a person's, good for `lives_s` seconds where that is said. Raises NotFound."""
        return await unbroken(self._issue(account_id, purpose, lives_s, label))

    async def redeem(self, secret: str, purposes: Collection[Purpose]) -> Account:
        """Whose secret it is, if it is good for one of `purposes`; codes and invites are used up. Raises NotSignedIn."""
        return await unbroken(self._redeem(secret, purposes))

    async def revoke(self, secret: str) -> None:
        """Let a secret be worth nothing any more."""
        await unbroken(self._delete_secrets(_secret.hash == hash_of(secret)))

    async def revoke_all(self, account_id: str) -> None:
        """Let nothing that was issued to a person be worth anything any more, tickets included."""
        await unbroken(self._delete_secrets(_secret.account_id == account_id, account_id))

    async def sign_ins(self, account_id: str) -> frozenset[str]:
        """What a person is signed in by now, as the hashes of their cookies and tokens; empty for nobody."""
        return await unbroken(self._sign_ins(account_id))

    async def ticket(
        self, account_id: str, session: SessionId, stream: Stream, origin: str | None, lives_s: float = 30
    ) -> str:
        """A ticket for one socket from `origin` (None for a program). Raises NotFound."""
        return await unbroken(self._issue_ticket(Admission(account_id, session, stream), origin, lives_s))

    async def use_ticket(self, secret: str, origin: str | None) -> TicketUse:
        """What the ticket admits to; it works no second time. Raises NotSignedIn."""
        return await unbroken(self._use_ticket(secret, origin))

    async def preferences(self, account_id: str) -> dict[str, Any]:  # Any: JSON, whose shape is the channel's
        """What a person has set. Raises NotFound."""
        return await unbroken(self._preferences(account_id))

    async def set_preferences(self, account_id: str, preferences: dict[str, Any]) -> None:  # Any: as above
        """Keep what a person has set, in place of what was. Raises NotFound."""
        await unbroken(self._set_preferences(account_id, preferences))

    async def forget(self, account_id: str) -> None:
        """Erase a person, their interviews, and everything that was kept for them."""
        await unbroken(self._forget(account_id))

    async def _owner(self) -> Account:
        async with self._reading.connect() as db:
            known = await _find(db, OWNER)
        if known is not None:
            return known
        owner = Account(OWNER, "owner", frozenset(Role), self._now())
        try:
            await self._add(owner)
        except IntegrityError:
            return await self._get(OWNER)  # somebody else asked first as well
        return owner

    async def _add(self, account: Account, alone: bool = False) -> None:
        row = insert(tables.account).values(
            id=account.id,
            name=account.name,
            roles=" ".join(sorted(account.roles)),
            preferences="{}",
            created_at=account.created_at,
        )
        async with writing(self._engine) as db:
            if alone:
                names = [same_name(name) for name in await db.scalars(select(_account.name))]
                if same_name(account.name) in names:
                    raise BadInput(f"{account.name} is here already.")
            await db.execute(row)

    async def _all(self) -> list[Account]:
        query = select(tables.account).order_by(_account.created_at, _account.id)
        async with self._reading.connect() as db:
            return [_as_account(row) for row in await db.execute(query)]

    async def _get(self, id: str) -> Account:
        async with self._reading.connect() as db:
            return _known(await _find(db, id))

    async def _issue(self, account_id: str, purpose: Purpose, lives_s: float | None, label: str) -> str:
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
        async with writing(self._engine) as db:
            _known(await _find(db, account_id))
            await db.execute(delete(tables.secret).where(_secret.expires_at <= at))
            await db.execute(row)
        return secret

    async def _redeem(self, secret: str, purposes: Collection[Purpose]) -> Account:
        at = self._now()
        unused = and_(_secret.purpose.in_(ONCE), _secret.used_at.is_(None), _in_time(at))
        good = and_(
            _secret.hash == hash_of(secret),
            _secret.purpose.in_(tuple(purposes)),
            or_(_lasting(at), unused),
        )
        async with self._reading.connect() as db:
            found = (await db.execute(select(tables.secret).where(good))).one_or_none()
            account = None if found is None else await _find(db, found.account_id)
        if found is None or account is None:
            raise NotSignedIn("This sign-in is not known here, was used already, or is too old.")
        once = found.purpose in ONCE
        if once or at - found.seen_at > SEEN_EVERY:
            mark = {"used_at": at} if once else {"seen_at": at}
            async with writing(self._engine) as db:
                marked = (await db.execute(update(tables.secret).where(good).values(**mark))).rowcount
            if not marked:  # used or revoked while we looked
                raise NotSignedIn("This sign-in was used already.")
        return account

    async def _delete_secrets(self, which: ColumnElement[bool], tickets_of: str | None = None) -> None:
        async with writing(self._engine) as db:
            await db.execute(delete(tables.secret).where(which))
            if tickets_of is not None:
                await tickets.drop_all(db, tickets_of)

    async def _sign_ins(self, account_id: str) -> frozenset[str]:
        query = select(_secret.hash).where(_secret.account_id == account_id, _lasting(self._now()))
        async with self._reading.connect() as db:
            return frozenset(await db.scalars(query))

    async def _issue_ticket(self, to: Admission, origin: str | None, lives_s: float) -> str:
        secret, at = self._new_secret(), self._now()
        try:
            async with writing(self._engine) as db:
                await tickets.put(db, secret, to, origin, at, at + timedelta(seconds=lives_s))
        except IntegrityError as error:
            raise NotFound(f"No session {to.session}.") from error
        return secret

    async def _use_ticket(self, secret: str, origin: str | None) -> TicketUse:
        async with writing(self._engine) as db:
            admits = await tickets.use(db, secret, origin, self._now())
            account = None if admits is None else await _find(db, admits.account_id)
        if admits is None or account is None:
            raise NotSignedIn("This ticket is not known here, was used already, or is too old.")
        return TicketUse(account, admits.session, admits.stream)

    async def _preferences(self, account_id: str) -> dict[str, Any]:  # Any: as above
        query = select(_account.preferences).where(_account.id == account_id)
        async with self._reading.connect() as db:
            text = await db.scalar(query)
        preferences: dict[str, Any] = json.loads(_known(text))
        return preferences

    async def _set_preferences(self, account_id: str, preferences: dict[str, Any]) -> None:  # Any: as above
        text = json.dumps(preferences)
        change = update(tables.account).where(_account.id == account_id).values(preferences=text)
        async with writing(self._engine) as db:
            _known((await db.execute(change)).rowcount or None)

    async def _forget(self, account_id: str) -> None:
        async with writing(self._engine) as db:
            await db.execute(delete(tables.session).where(tables.session.c.owner == account_id))
            await db.execute(delete(tables.account).where(_account.id == account_id))
        await empty_journal(self._engine)


def same_name(name: str) -> str:
    """What two names have in common that people take for the same one, however they are written."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def _in_time(at: datetime) -> ColumnElement[bool]:
    return or_(_secret.expires_at.is_(None), _secret.expires_at > at)


def _lasting(at: datetime) -> ColumnElement[bool]:
    """Whether a secret is one that may be shown again and again, and is good at that moment."""
    in_use = and_(_secret.seen_at > at - IDLE, _secret.made_at > at - COOKIE_AGE)
    return and_(_secret.purpose.not_in(ONCE), or_(_secret.purpose == "token", in_use), _in_time(at))


async def _find(db: AsyncConnection, id: str) -> Account | None:
    row = (await db.execute(select(tables.account).where(_account.id == id))).one_or_none()
    return None if row is None else _as_account(row)


def _as_account(row: Row[Any]) -> Account:  # Any: a row of the account table
    roles = frozenset(Role(name) for name in row.roles.split())
    return Account(row.id, row.name, roles, row.created_at)


def _known(found: T | None) -> T:
    if found is None:
        raise NotFound("No such person.")
    return found
