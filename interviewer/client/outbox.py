"""What was said and is not yet known to be kept: in order, at most a window's worth on its way, said again after every loss.

Pure: it knows no socket and no clock. A message leaves it by its ack, or by a refusal that trying again cannot change.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from interviewer.channels.wire import Ack, Nack
from interviewer.errors import BadInput, Closed, InterviewerError, MessageConflict, Unavailable


@dataclass(frozen=True)
class Kept:
    """A message that is durable: where it stands, and whether it had been kept before."""

    cmid: str
    seq: int
    dup: bool


@dataclass
class Unsent:
    """A message that waits for its ack; `sent` while it is on its way over the present connection."""

    cmid: str
    body: str
    board_rev: int | None
    kept: asyncio.Future[Kept]
    sent: bool = False


class Outbox:
    """Messages of one sender that wait for their acks, in the order in which they were said."""

    def __init__(self) -> None:
        self._waiting: dict[str, Unsent] = {}

    def __len__(self) -> int:
        return len(self._waiting)

    def put(self, cmid: str, body: str, board_rev: int | None) -> asyncio.Future[Kept]:
        """Take a message; the future gives where it was kept, or raises what made that impossible."""
        kept: asyncio.Future[Kept] = asyncio.get_running_loop().create_future()
        kept.add_done_callback(_seen)
        self._waiting[cmid] = Unsent(cmid, body, board_rev, kept)
        return kept

    def next_due(self, window: int) -> Unsent | None:
        """What is to be sent next, marked as sent; None while `window` are on their way or nothing waits."""
        for place, one in enumerate(self._waiting.values()):
            if place >= window:
                return None
            if not one.sent:
                one.sent = True
                return one
        return None

    def lost(self) -> None:
        """The connection is gone, or something was put off: nothing is known of what was on its way."""
        for one in self._waiting.values():
            one.sent = False

    def acked(self, ack: Ack) -> None:
        """The server has it; an ack for what is not waited for changes nothing."""
        found = self._waiting.pop(ack.cmid, None)
        if found and not found.kept.done():
            found.kept.set_result(Kept(ack.cmid, ack.seq, ack.dup))

    def nacked(self, nack: Nack) -> float | None:
        """The server did not keep it. Seconds to wait before all is sent again, None where it was refused for good."""
        if nack.code in ("rate", "unavailable"):
            if nack.cmid not in self._waiting:
                return None
            self.lost()
            return (nack.retry_ms if nack.retry_ms is not None else 1000) / 1000
        if found := self._waiting.pop(nack.cmid, None):
            _refuse(found, _why(nack))
        return None

    def too_big(self) -> None:
        """A frame was larger than the server takes: the largest on its way is refused, so that the rest can go on."""
        going = [one for one in self._waiting.values() if one.sent]
        if going:
            largest = max(going, key=lambda one: len(one.body))
            del self._waiting[largest.cmid]
            _refuse(largest, BadInput("The message is longer than the server takes."))

    def give_up(self, why: InterviewerError) -> None:
        """Nothing more can be sent: everybody who waits is told why."""
        for one in self._waiting.values():
            _refuse(one, why)
        self._waiting.clear()


def _seen(kept: asyncio.Future[Kept]) -> None:
    """A refusal that nobody waits for any more is no fault of the loop's."""
    if not kept.cancelled():
        kept.exception()


def _refuse(unsent: Unsent, why: InterviewerError) -> None:
    if not unsent.kept.done():
        unsent.kept.set_exception(why)


def _why(nack: Nack) -> InterviewerError:
    match nack.code:
        case "too_long":
            return BadInput("The message is longer than the server takes.")
        case "invalid":
            return BadInput("The message cannot be taken: it is empty, or has characters that are none.")
        case "closed":
            return Closed("The interview is over, or its clock is stopped.")
        case "conflict":
            return MessageConflict("This message id was used before with other words.")
        case _:
            return Unavailable("The server could not keep the message.")
