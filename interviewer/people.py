"""Who may come in: links that sign somebody in once, tokens for programs, and the people of an installation.

A server need not run for any of it, since all of it is rows in the data folder; a server that runs sees them at once.
"""

from __future__ import annotations

from dataclasses import dataclass

from interviewer.assembly import serving
from interviewer.auth import OWNER, Account, Role
from interviewer.channels.service import Service
from interviewer.errors import BadInput, NotFound
from interviewer.settings import Settings
from interviewer.store.accounts import same_name

CODE_S = 15 * 60.0
"""How long a sign-in link of the owner's is good for."""
INVITE_S = 7 * 24 * 3600.0
"""How long somebody else's link is good for; it has to reach them first."""
MOST_NAME = 80


@dataclass(frozen=True)
class Link:
    """A link that signs `account` in once, and until when it does, in words."""

    account: Account
    address: str
    lives: str


async def owners_link(service: Service, address: str) -> str:
    """A link that signs the owner in, once and soon."""
    return (await _link(service, await service.accounts.owner(), address)).address


async def new_token(settings: Settings, label: str) -> str:
    """A token for programs that act for the owner."""
    async with serving(settings) as service:
        owner = await service.accounts.owner()
        return await service.accounts.issue(owner.id, "token", label=label)


async def add_person(settings: Settings, name: str, role: Role, address: str) -> Link:
    """A new person and their first link; a coach may practise too. Raises BadInput for a name that is taken or odd."""
    name = " ".join(name.split())
    if not name or len(name) > MOST_NAME or not name.isprintable():
        raise BadInput(f"A name has 1 to {MOST_NAME} characters that can be printed.")
    async with serving(settings) as service:
        await service.accounts.owner()
        try:
            account = await service.accounts.add(name, {Role.candidate, role})
        except BadInput as error:
            raise BadInput(f"{error} interviewer people link {name!r} prints a new link.") from error
        return await _link(service, account, address)


async def link_for(settings: Settings, who: str, address: str) -> Link:
    """Another link for somebody who is known by this name or id. Raises NotFound."""
    async with serving(settings) as service:
        return await _link(service, await _person(service, who), address)


async def everybody(settings: Settings) -> list[Account]:
    """All people, the owner first."""
    async with serving(settings) as service:
        await service.accounts.owner()
        return await service.accounts.all()


async def sign_out_everywhere(settings: Settings, who: str) -> Account:
    """Make every link, cookie and token of a person worthless. Raises NotFound."""
    async with serving(settings) as service:
        account = await _person(service, who)
        await service.accounts.revoke_all(account.id)
        return account


async def _person(service: Service, who: str) -> Account:
    owner = await service.accounts.owner()
    if who.casefold() == "owner":
        return owner
    for one in await service.accounts.all():
        if who == one.id or same_name(who) == same_name(one.name):
            return one
    raise NotFound(f"Nobody here is called {who}. `interviewer people list` tells who there is.")


async def _link(service: Service, account: Account, address: str) -> Link:
    # The code stands behind the #, which browsers send to no server, so no log ever has it.
    if account.id == OWNER:
        code, lives = await service.accounts.issue(account.id, "code", CODE_S), "within 15 minutes"
    else:
        code, lives = await service.accounts.issue(account.id, "invite", INVITE_S), "within 7 days"
    return Link(account, f"{address.rstrip('/')}/sign-in#{code}", lives)
