"""The listener's promise: what a candidate's turn holds. The offline one is in `listener_offline`; a model may twin it."""

from __future__ import annotations

from typing import Protocol

from interviewer.interview.heard import Heard
from interviewer.interview.ledger import Turn
from interviewer.interview.pack import Pack
from interviewer.interview.state import Interview


class Listener(Protocol):
    """Says what was heard. It never judges what it is worth."""

    async def listen(self, interview: Interview, pack: Pack, said: Turn) -> Heard:
        """What `said`, a candidate's turn that is the last of the interview's transcript, holds."""
        ...
