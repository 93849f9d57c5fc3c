"""Who is there: accounts, their roles, and the principal on whose behalf something is done.

Only types; `store/accounts.py` keeps them and `channels/access.py` finds out who is asking.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal

OWNER = "local"
"""The id of the account that owns the installation, and every interview held in its terminal."""


class Role(StrEnum):
    """What somebody may do here: be interviewed, read and review every interview, or look after accounts."""

    candidate = "candidate"
    coach = "coach"
    admin = "admin"


@dataclass(frozen=True)
class Account:
    """A person of this installation. `created_at` is UTC."""

    id: str
    name: str
    roles: frozenset[Role]
    created_at: datetime

    def may(self, role: Role) -> bool:
        """Whether the person has the role."""
        return role in self.roles


@dataclass(frozen=True)
class Principal:
    """An account, and by what it showed who it is."""

    account: Account
    via: Literal["cookie", "token", "ticket"]
