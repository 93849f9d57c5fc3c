"""The one family of errors.

    InterviewerError
    ├── BadInput             what we were given is at fault: say what and where, exit code 2
    │   ├── PackFault        a file under rubrics/ breaks its contract; carries every fault with file and line
    │   ├── BadTranscript    a transcript that cannot be scored
    │   └── UnitMismatch     two quantities that measure different things were compared
    ├── NotFound             no such session, scenario or plan, or not one of the asker's
    ├── NotSignedIn          nobody known is asking: a code, token or ticket that is wrong, used or too old
    ├── NotNow               right in itself, and not as things stand: a hint in a mock, a card before the end
    │   └── Closed           the interview is over; nothing can be said in it any more
    ├── Conflict             somebody appended first: read again and retry
    │   ├── MessageConflict  the same message id with another text: never retry
    │   └── Fenced           the job was claimed by somebody else meanwhile: drop what was thought
    ├── ModelFault           a model gave no answer that can be used; `code` names why, `retry_helps` is the instance's own
    │   ├── ModelBusy        it may answer soon, `retry_after_s` says when where it told us
    │   ├── ModelUnfit       it will not answer this way again: a wrong key or address, a prompt too long, no such model
    │   ├── ModelDeclined    it declined to answer, or its provider did: never ask the same again
    │   └── ModelOff         we do not ask: switched off, out of budget, or its endpoint has just failed too often
    ├── Unavailable          the store cannot be written at the moment: the same call may succeed soon
    └── NewerData            the data folder was written by a newer version of this program

`retry_helps` tells a caller whether the same call may succeed later. Only channels translate errors for people.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


class InterviewerError(Exception):
    """Anything this program raises on purpose."""

    retry_helps: ClassVar[bool] = False


class BadInput(InterviewerError):
    """What we were given cannot be used; the message says what and where."""


@dataclass(frozen=True)
class Fault:
    """One thing wrong in one file. `line` counts from 1; 0 where the fault has no line of its own."""

    file: str
    line: int
    where: str
    what: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.where}: {self.what} ({self.remedy})"


class PackFault(BadInput):
    """One or more files under rubrics/ break their contract."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        self.faults = faults
        super().__init__("\n".join(str(fault) for fault in faults))


class BadTranscript(BadInput):
    """A transcript that cannot be scored; the message says why and what would help."""


class UnitMismatch(BadInput, ValueError):
    """Two quantities measure different things, such as bytes and requests."""


class NotFound(InterviewerError):
    """No such session, scenario or plan."""


class NotSignedIn(InterviewerError):
    """Nobody known is asking; the message says how to sign in."""


class NotNow(InterviewerError):
    """What is asked is right in itself, and not possible as things stand."""


class Closed(NotNow):
    """The interview is over."""


class Conflict(InterviewerError):
    """The log has moved on since the caller read it."""

    retry_helps = True


class MessageConflict(Conflict):
    """A message id was used before with another text."""

    retry_helps = False


class Fenced(Conflict):
    """The job that is being worked on was claimed by somebody else meanwhile."""

    retry_helps = False


class Unavailable(InterviewerError):
    """The store cannot be written at the moment."""

    retry_helps = True


class NewerData(InterviewerError):
    """The data folder was written by a newer version of this program."""


class ModelFault(InterviewerError):
    """A model gave no answer that can be used. `code` is a short name for telemetry and events, never a provider's text."""

    retry_helps = True

    def __init__(self, code: str, told: str = "") -> None:
        self.code = code
        super().__init__(f"{code}: {told}" if told else code)


class ModelBusy(ModelFault):
    """It may answer soon."""

    def __init__(self, code: str, told: str = "", retry_after_s: float | None = None) -> None:
        self.retry_after_s = retry_after_s
        super().__init__(code, told)


class ModelUnfit(ModelFault):
    """The same call will fail again until somebody changes something."""

    retry_helps = False


class ModelDeclined(ModelFault):
    """The model or its provider declined to answer."""

    retry_helps = False


class ModelOff(ModelFault):
    """We do not ask at the moment."""

    retry_helps = False
