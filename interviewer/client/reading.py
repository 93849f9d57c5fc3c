"""Frames of a server as a client reads them: those of `chat.v1`, and room for what a newer server may add."""

from __future__ import annotations

import json
from dataclasses import dataclass

from pydantic import TypeAdapter, ValidationError

from interviewer.channels import wire
from interviewer.errors import BadInput

_FRAMES: TypeAdapter[wire.FromServer] = TypeAdapter(wire.FromServer)


@dataclass(frozen=True)
class Unknown:
    """A frame of a kind that this program does not know; `seq` where it is an event."""

    seq: int | None


def read_frame(data: str | bytes) -> wire.FromServer | Unknown:
    """A frame from a server. Raises BadInput for what is no frame at all."""
    try:
        return _FRAMES.validate_json(data)
    except ValidationError:
        pass
    try:
        raw = json.loads(data)
        kind = raw["t"]
    except (ValueError, TypeError, KeyError) as error:
        raise BadInput("The server sends what this program cannot read.") from error
    seq = raw.get("seq")
    return Unknown(seq if kind == "ev" and isinstance(seq, int) else None)
