"""The public events of an interview at a terminal, with the look that terminal.py gives those of a log."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from math import ceil
from textwrap import indent

from rich.console import Console
from rich.text import Text

from interviewer.channels import wire
from interviewer.channels.chair import OFFLINE
from interviewer.channels.room import Room

STOOD_IN = "said by the offline interviewer: the model gave no answer that could be used"
"""What stands at an answer that the model was to give."""


class Screen:
    """A terminal that shows what comes over the wire. With `echo` the candidate's own words are shown too."""

    def __init__(self, console: Console, echo: bool, state: wire.SessionState | None) -> None:
        self.console = console
        self._echo = echo
        self._phase = state.phase if state else None

    def show(self, frame: wire.Ev) -> None:
        """Show one event."""
        match frame:
            case wire.EvCandidateMessage(data=said):
                if self._echo:
                    self.console.print(Text(f"You: {said.body}", style="cyan"), soft_wrap=True)
            case wire.EvAgentFinal(data=final):
                self._entered(final.state)
                words = f"{final.text} …" if final.cut_off else final.text
                if final.text:
                    self._spoken(words, final.stood_in)
            case wire.EvTurnFailed():
                self.tell("Something broke on the server. Say anything, and the interviewer goes on.")
            case wire.EvBoardRead(data=seen):
                parts = counted(len(seen.parts), "box", "boxes")
                links = counted(len(seen.links), "arrow", "arrows")
                self.tell(f"on your board I see {parts} and {links}")
            case wire.EvHintGiven(data=hint):
                self.tell(f"hint; {hint.left} left on this topic")
            case wire.EvSessionState(data=state):
                self._entered(state)
            case _:
                pass

    def tell(self, text: str) -> None:
        """Show a notice of the service itself."""
        self.console.print(Text(indent(text, "  "), style="dim"), soft_wrap=not self.console.is_terminal)

    def recap(self, room: Room) -> None:
        """Where an interview stood when it was left: the last lines of the conversation."""
        for turn in [one for one in room.turns if one.state == "done"][-2:]:
            who = "Interviewer" if turn.role == "interviewer" else "You"
            self.console.print(Text(f"{who}: {turn.text}"), soft_wrap=not self.console.is_terminal)

    def _spoken(self, text: str, stood_in: bool) -> None:
        self.console.print()
        self.console.print(
            Text.assemble(("Interviewer: ", "bold"), text), soft_wrap=not self.console.is_terminal
        )
        if stood_in:
            self.tell(STOOD_IN)
        self.console.print()

    def _entered(self, state: wire.SessionState) -> None:
        if state.phase != self._phase and state.state != "ended":
            self._phase = state.phase
            left = minutes_left(state, state.now)
            self.console.print(Text(f"── {phase_name(state)} · {left} min left", style="dim"))


def counted(count: int, one: str, many: str) -> str:
    """A number with its noun."""
    return f"{count} {one if count == 1 else many}"


def phase_name(state: wire.SessionState) -> str:
    """The name of the phase an interview is in."""
    return next((phase.name for phase in state.phases if phase.id == state.phase), state.phase)


def left_s(state: wire.SessionState, now: datetime | None) -> float:
    """Seconds that are left, `now` by the server's clock."""
    at = now if state.running and now is not None else state.now
    return max(0.0, (state.ends_at - at).total_seconds())


def minutes_left(state: wire.SessionState, now: datetime | None) -> int:
    """Minutes that are left, one that is begun among them."""
    return minutes(left_s(state, now))


def minutes(seconds: float) -> int:
    """Seconds as minutes, one that is begun among them."""
    return ceil(round(seconds) / 60)


def toolbar(room: Room, now: datetime | None, connected: bool) -> str:
    """The line below the prompt."""
    state = room.state
    if state is None or not connected:
        return " not connected; what you type is kept and sent · /help"
    time = "paused" if state.state == "paused" else f"{minutes_left(state, now)} min left"
    thinks = any(turn.state == "speaking" for turn in room.turns)
    said = [turn for turn in room.turns if turn.role == "interviewer" and turn.state == "done"]
    who = in_the_chair(state.by, [(turn.by or state.by, turn.stood_in) for turn in said])
    return f" {phase_name(state)} · {time} · {who}{', thinking' if thinks else ''} · /help"


def in_the_chair(by: str, said: Sequence[tuple[str, bool]]) -> str:
    """Who interviews, for the line below the prompt. `said` tells of every answer who gave it, and whether in a model's
    place; what is said by heart tells nothing, since nobody was asked for it."""
    last = next((stood_in for who, stood_in in reversed(said) if stood_in or who != OFFLINE), False)
    return f"offline interviewer, for {by}" if last and by != OFFLINE else f"{by} interviewer"


def plan_of(state: wire.SessionState) -> str:
    """The plan with a mark at where we are."""
    return "\n".join(_marked(phase, state.phase) for phase in state.phases)


def _marked(phase: wire.PhaseShown, present: str) -> str:
    return f"{'→' if phase.id == present else ' '} {phase.name}"


def time_of(state: wire.SessionState, now: datetime | None) -> str:
    """How much time is left, in all and in the phase."""
    seconds = int(left_s(state, now))
    return f"{seconds // 60}:{seconds % 60:02d} left; this is {phase_name(state)}."
