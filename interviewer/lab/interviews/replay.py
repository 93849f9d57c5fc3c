"""An interview's events looked at again, turn by turn of ours: what was known before it, what was done, what was said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from interviewer.interview.events import CandidateSpoke, InterviewerSpoke, MoveChosen, PhaseEntered
from interviewer.interview.ledger import Turn
from interviewer.interview.moves import Move
from interviewer.interview.pack import Pack
from interviewer.interview.standing import Standing
from interviewer.interview.state import Interview, apply
from interviewer.lab.interviews.holding import Held


@dataclass(frozen=True)
class OurTurn:
    """A turn of ours. `stood` is where the interview stood when it was chosen, `speaking` when it was spoken."""

    turn: Turn
    move: Move
    receipt: str | None
    stood: Standing
    speaking: Standing

    @property
    def answers_turn(self) -> int:
        """The number of the candidate's turn before it, 0 where there is none."""
        candidate = [turn.n for turn in self.stood.interview.transcript if turn.role == "candidate"]
        return candidate[-1] if candidate else 0


def our_turns(held: Held, pack: Pack) -> Iterator[OurTurn]:
    """Every turn of ours in order."""
    interview = Interview()
    chosen_at: Interview | None = None
    spoken_at: Interview | None = None
    chosen: MoveChosen | None = None
    for stored in held.events:
        match stored.event:
            case PhaseEntered():
                chosen_at = interview  # the move was chosen before the phase changed
            case MoveChosen() as move:
                chosen, spoken_at = move, interview
                chosen_at = chosen_at or interview
            case CandidateSpoke():
                chosen_at = None
            case _:
                pass
        interview = apply(interview, stored)
        if isinstance(stored.event, InterviewerSpoke) and chosen and chosen_at and spoken_at:
            yield OurTurn(
                interview.transcript[-1],
                chosen.move,
                chosen.receipt,
                Standing.of(chosen_at, pack, stored.at),
                Standing.of(spoken_at, pack, stored.at),
            )
            chosen = chosen_at = spoken_at = None
