"""One turn: what was said becomes what is answered, in five steps that read in order.

Listen to every candidate turn not yet heard, see where the interview stands, ask the rules what is legal, let the
director choose, and let the speaker say it. Gives events and knows no store, no channel and no clock.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from interviewer.dialogue.director import Choice, choose
from interviewer.dialogue.listener import Listener
from interviewer.dialogue.speaker import Speaker, Spoken
from interviewer.interview.events import (
    BoardRead,
    Event,
    HintGiven,
    InterviewerSpoke,
    MoveChosen,
    PhaseEntered,
    RunnerUp,
    SessionEnded,
    TurnHeard,
)
from interviewer.interview.moves import Close, Hint
from interviewer.interview.pack import Pack
from interviewer.interview.rules import legal_moves
from interviewer.interview.scene import read_scene
from interviewer.interview.standing import Standing
from interviewer.interview.state import Interview, happened

RUNGS = 3


@dataclass(frozen=True)
class Thought:
    """A turn thought through: the events to append, in order, and what is said."""

    events: tuple[Event, ...]
    spoken: Spoken
    choice: Choice


async def take_turn(
    interview: Interview, pack: Pack, listener: Listener, speaker: Speaker, now: datetime
) -> Thought:
    """The interviewer's turn. `now` is UTC; the interview is what had happened when the turn began."""
    events: list[Event] = []

    def note(event: Event) -> None:
        nonlocal interview
        events.append(event)
        interview = happened(interview, event, now)

    for turn in interview.transcript[len(interview.transcript) - interview.unanswered :]:
        note(TurnHeard(heard=await listener.listen(interview, pack, turn)))
    if interview.scene is not None and interview.board_read_rev != interview.board_rev:
        note(BoardRead(rev=interview.board_rev, graph=read_scene(interview.scene, pack.scenario.parts)))
    standing = Standing.of(interview, pack, now)
    choice = choose(standing, legal_moves(standing))
    if choice.enters:
        note(PhaseEntered(phase=choice.enters, why=choice.why_enters))
    spoken = await _said(speaker, standing, pack, choice)
    name = f"{interview.session}:{len(interview.transcript) + 1}"
    note(_chosen(name, choice, spoken))
    if isinstance(spoken.move, Hint):
        note(HintGiven(topic=spoken.move.topic, rung=spoken.move.rung, left=RUNGS - spoken.move.rung))
    note(InterviewerSpoke(turn=name, text=spoken.text, by=spoken.by))
    if isinstance(spoken.move, Close) and spoken.move.step == 3:
        note(SessionEnded(why="time" if standing.left_s <= 0 else "closed"))
    return Thought(tuple(events), spoken, choice)


async def _said(speaker: Speaker, standing: Standing, pack: Pack, choice: Choice) -> Spoken:
    whole: Spoken | None = None
    async for so_far in speaker.speak(standing, pack, choice):
        whole = so_far
    if whole is None:
        raise RuntimeError(f"The speaker said nothing for {choice.move.kind}.")
    return whole


def _chosen(turn: str, choice: Choice, spoken: Spoken) -> MoveChosen:
    return MoveChosen(
        turn=turn,
        move=spoken.move,
        reasons=choice.best.reasons,
        runners_up=tuple(
            RunnerUp(move=other.move, worth=other.worth, reasons=other.reasons) for other in choice.others
        ),
        picked_by=spoken.picked_by,
        phrases=spoken.phrases,
        receipt=spoken.receipt,
    )
