"""The listener's promise: what a candidate's turn holds. The offline one is in `listener_offline`; a model may twin it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from interviewer.interview.heard import Heard
from interviewer.interview.ledger import Turn
from interviewer.interview.pack import Pack
from interviewer.interview.state import Interview


class Beside(Protocol):
    """Listens again, with more time: what it finds counts from the next turn on."""

    async def more(self, interview: Interview, pack: Pack, said: Turn, heard: Heard) -> Heard | None:
        """`heard` with what else the turn holds; None where that is nothing. Raises ModelFault."""
        ...


class Listener(Protocol):
    """Says what was heard. It never judges what it is worth."""

    async def listen(self, interview: Interview, pack: Pack, said: Turn) -> Heard:
        """What `said`, a candidate's turn that is the last of the interview's transcript, holds."""
        ...


@dataclass(frozen=True)
class Known:
    """What was heard is known for some turns; to the others somebody else listens."""

    listener: Listener
    heard: Sequence[Heard]

    async def listen(self, interview: Interview, pack: Pack, said: Turn) -> Heard:
        """What is known of the turn, else what the listener hears."""
        known = next((one for one in self.heard if one.turn == said.n), None)
        return known or await self.listener.listen(interview, pack, said)
