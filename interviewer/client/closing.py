"""What the end of a connection asks of a client, by its close code: come again, begin anew, or stop and say why.

The ranges carry the rule, so that a code made later is treated rightly too: up to 4499 come again, from 4500 stop.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto

from interviewer.errors import BadInput, Closed, InterviewerError, NotFound, NotSignedIn

LOST = 1006
"""No close frame came: the connection was cut, or the other side is gone."""


class Then(Enum):
    """What to do with it."""

    again = auto()
    snapshot = auto()
    ticket = auto()
    smaller = auto()
    stop = auto()


@dataclass(frozen=True)
class Asked:
    """What a close code asks for; `wait_s` where it names the wait, `why` where it is the end."""

    then: Then
    wait_s: float | None = None
    why: InterviewerError | None = None


def asked_by(code: int, reason: str) -> Asked:
    """What to do after a connection was closed with this code and reason."""
    match code:
        case 1009:
            return Asked(Then.smaller)
        case 4001 | 4013:
            return Asked(Then.again, wait_s=_wait_s(reason))
        case 4009:
            return Asked(Then.snapshot)
        case 4014:
            return Asked(Then.ticket)
        case 4501:
            return Asked(Then.stop, why=NotSignedIn("You are not signed in any more."))
        case 4503:
            return Asked(Then.stop, why=NotFound("There is no such interview, or it is not yours."))
        case 4504:
            return Asked(Then.stop, why=Closed("The interview goes on somewhere else."))
        case 4510:
            return Asked(Then.stop, why=Closed("The interview is over."))
        case _ if 4500 <= code <= 4999:
            words = reason or f"it gave the code {code}"
            return Asked(Then.stop, why=BadInput(f"The server ended the connection for good: {words}."))
        case _:
            return Asked(Then.again)


def _wait_s(reason: str) -> float | None:
    """The wait that a reason such as `retry_ms=1500` names, at most a minute."""
    found = re.search(r"retry_ms\D{0,4}(\d{1,6})", reason)
    return min(60.0, int(found[1]) / 1000) if found else None
