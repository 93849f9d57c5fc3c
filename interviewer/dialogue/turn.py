"""One turn: what was said becomes what is answered, in five steps that read in order.

Listen to every candidate turn not yet heard, see where the interview stands, ask the rules what is legal, let the
director choose, and let the speaker say it. Gives events and knows no store, no channel and no clock.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

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
from interviewer.interview.moves import Close, GoOn, Hint, Open
from interviewer.interview.pack import Pack
from interviewer.interview.rules import hints_left, legal_moves
from interviewer.interview.scene import read_scene
from interviewer.interview.standing import Standing
from interviewer.interview.state import Interview, happened

OFFLINE = "offline"
"""Who says what no model says."""


@dataclass(frozen=True)
class Considered:
    """A turn before its words: what was found out, where the interview stands now, and what is to be done.

    `interview` has the events in it. `covers` is the number of the last transcript turn that was taken into account.
    """

    events: tuple[Event, ...]
    interview: Interview
    standing: Standing
    choice: Choice
    covers: int

    @property
    def ends(self) -> bool:
        """Whether the chosen move is the goodbye."""
        return isinstance(self.choice.move, Close) and self.choice.move.step == 3


@dataclass(frozen=True)
class Thought:
    """A turn thought through: the events to append, in order, and what is said."""

    events: tuple[Event, ...]
    spoken: Spoken
    choice: Choice


async def take_turn(
    interview: Interview, pack: Pack, listener: Listener, speaker: Speaker, now: datetime
) -> Thought:
    """The interviewer's turn, whole. `now` is UTC; the interview is what had happened when the turn began."""
    considered = await consider(interview, pack, listener, now)
    spoken: Spoken | None = None
    async for so_far in speaker.speak(considered.standing, pack, considered.choice):
        spoken = so_far
    if spoken is None:
        raise RuntimeError(f"The speaker said nothing for {considered.choice.move.kind}.")
    return concluded(considered, spoken, turn=f"{interview.session}:{interview.head + 1}")


async def consider(
    interview: Interview,
    pack: Pack,
    listener: Listener,
    now: datetime,
    scene: Mapping[str, Any] | None = None,  # Any: an Excalidraw scene is somebody else's JSON
) -> Considered:
    """Listen, read the board, and choose. `scene` is the board's latest revision where the log does not hold it.

    Raises ValueError where the interview is over.
    """
    events: list[Event] = []
    covers = len(interview.transcript)

    def note(event: Event) -> None:
        nonlocal interview
        events.append(event)
        interview = happened(interview, event, now)

    for turn in interview.waiting:
        note(TurnHeard(heard=await listener.listen(interview, pack, turn)))
    drawn = scene if scene is not None else interview.scene
    if drawn is not None and interview.board_read_rev != interview.board_rev:
        note(BoardRead(rev=interview.board_rev, graph=read_scene(drawn, pack.scenario.parts)))
    standing = Standing.of(interview, pack, now)
    choice = choose(standing, legal_moves(standing))
    if choice.enters:
        note(PhaseEntered(phase=choice.enters, why=choice.why_enters))
    return Considered(tuple(events), interview, standing, choice, covers)


def concluded(
    considered: Considered, spoken: Spoken, *, turn: str, attempt: int = 1, cut_off: bool = False
) -> Thought:
    """The whole turn once it was said, or as far as it was said where it was `cut_off`.

    A move that was cut off was not made: it gives no fact and no hint, the floor went back to the candidate, and the
    same move is legal again. Only the brief counts even so, since an interview is opened once, and a goodbye ends.
    """
    standing = considered.standing
    chosen = _chosen(turn, considered.choice, spoken, cut_off)
    events: list[Event] = [chosen]
    if isinstance(chosen.move, Hint):
        ladder = standing.pack.scenario.topic(chosen.move.topic).hints
        left = len(ladder) - chosen.move.rung
        events.append(HintGiven(topic=chosen.move.topic, rung=chosen.move.rung, left=left))
    spoke = InterviewerSpoke(
        turn=turn,
        attempt=attempt,
        text=spoken.text,
        by=spoken.by,
        stood_in=spoken.by == OFFLINE and spoken.fault is not None,
        cut_off=cut_off,
        covers=considered.covers,
    )
    after = considered.interview
    for event in (*events, spoke):
        after = happened(after, event, standing.now)
    left = hints_left(Standing.of(after, standing.pack, standing.now))
    events.append(spoke.model_copy(update={"hints_left": left}))
    if isinstance(chosen.move, Close) and chosen.move.step == 3:
        events.append(SessionEnded(why="time" if standing.left_s <= 0 else "closed"))
    return Thought((*considered.events, *events), spoken, considered.choice)


def _chosen(turn: str, choice: Choice, spoken: Spoken, cut_off: bool) -> MoveChosen:
    ranked = (choice.best, *choice.others)
    made = cut_off is False or isinstance(spoken.move, Open) or spoken.move == Close(step=3)
    said = next((one for one in ranked if one.move == spoken.move), choice.best)
    return MoveChosen(
        turn=turn,
        move=spoken.move if made else GoOn(),
        reasons=said.reasons if made else (f"{spoken.move.kind} was cut off before its end",),
        runners_up=tuple(
            RunnerUp(move=other.move, worth=other.worth, reasons=other.reasons)
            for other in ranked
            if not made or other is not said
        ),
        picked_by=spoken.picked_by,
        phrases=spoken.phrases,
        receipt=spoken.receipt if made else None,
        guarded=spoken.guarded,
        prompt=spoken.prompt,
        fault=spoken.fault,
        by=spoken.by,
        model_calls=spoken.calls,
        prompt_tokens=spoken.usage.prompt,
        cached_tokens=spoken.usage.cached,
        completion_tokens=spoken.usage.completion,
    )
