"""How a socket ends: each reason has its code, and the code tells the client whether to come back (wire.md 2).

4000 to 4499 mean reconnect, 4500 to 4999 mean stop, so that an old client treats a new code rightly.
"""

from __future__ import annotations

from enum import IntEnum


class Code(IntEnum):
    """Close codes of `chat.v1`."""

    binary = 1003
    fault = 1011
    drain = 4001
    slow = 4008
    position_unknown = 4009
    no_heartbeat = 4012
    rate = 4013
    ticket = 4014
    bad_frame = 4500
    not_signed_in = 4501
    not_available = 4503
    session_closed = 4510


REASONS = {
    Code.binary: "text frames only",
    Code.fault: "something broke on our side",
    Code.drain: "going away",
    Code.slow: "frames were not taken in time",
    Code.position_unknown: "position unknown, read the transcript",
    Code.no_heartbeat: "no heartbeat",
    Code.rate: "too many sockets",
    Code.ticket: "ticket expired",
    Code.bad_frame: "bad frame",
    Code.not_signed_in: "not signed in",
    Code.not_available: "not available",
    Code.session_closed: "session closed",
}


class Closing(Exception):
    """The socket is to be closed. `retry_ms` is for codes after which the client comes back."""

    def __init__(self, code: Code, retry_ms: int | None = None) -> None:
        self.code = code
        self.retry_ms = retry_ms
        super().__init__(code.name)

    @property
    def reason(self) -> str:
        """Why, in a few words; `retry_ms=…` follows where the client should wait that long."""
        words = REASONS[self.code]
        return words if self.retry_ms is None else f"{words}; retry_ms={self.retry_ms}"


class Left(Exception):
    """The client has gone."""
