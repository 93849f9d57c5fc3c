"""The interviewer's moves: everything an interviewer may do with a turn, as a tagged union.

Which of them are legal at a moment is told by `rules.py`; which is best by the director; how it sounds by the speaker.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from interviewer.interview.said_again import Wish


class _Move(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Open(_Move):
    """Rules of the room and the brief."""

    kind: Literal["open"] = "open"


class AnswerQuestions(_Move):
    """Answer clarifying questions from the fact sheet, in the asker's order; `left_over` names what is kept for later.
    `shared` names a line of off_sheet.yaml that goes with them, `off_sheet` says that something else stays open."""

    kind: Literal["answer_questions"] = "answer_questions"
    facts: tuple[str, ...]
    left_over: tuple[str, ...] = ()
    shared: str | None = None
    off_sheet: bool = False


class OffSheet(_Move):
    """Say that there is nothing on that, and let them assume. `shared` names a line of off_sheet.yaml where one fits."""

    kind: Literal["off_sheet"] = "off_sheet"
    shared: str | None = None


class DeferToCandidate(_Move):
    """Theirs to decide: say so, and ask what they chose it by."""

    kind: Literal["defer_to_candidate"] = "defer_to_candidate"
    fact: str


class Volunteer(_Move):
    """Put figures on the table that nobody asked for."""

    kind: Literal["volunteer"] = "volunteer"
    facts: tuple[str, ...]


class DisputeFact(_Move):
    """They say that we said otherwise: restate the sheet, which never changes."""

    kind: Literal["dispute_fact"] = "dispute_fact"
    fact: str


class SettleFigure(_Move):
    """They build on a figure that the sheet has otherwise: put both side by side, and let them say which it is."""

    kind: Literal["settle_figure"] = "settle_figure"
    fact: str
    turn: int
    start: int
    end: int


class RestateBrief(_Move):
    """They ask what the task is: the short version again."""

    kind: Literal["restate_brief"] = "restate_brief"


class Park(_Move):
    """Keep a topic for later, and promise to come back."""

    kind: Literal["park"] = "park"
    topic: str


class ReturnTo(_Move):
    """Come back to what was parked; `release` lets it go aloud instead."""

    kind: Literal["return_to"] = "return_to"
    topic: str
    release: bool = False


class AskForNumbers(_Move):
    """Ask for sizes."""

    kind: Literal["ask_for_numbers"] = "ask_for_numbers"


class CheckArithmetic(_Move):
    """Ask to hear a sum once more, in the same words whether it was right or wrong. `step` 2 asks for an input."""

    kind: Literal["check_arithmetic"] = "check_arithmetic"
    turn: int
    start: int
    end: int
    step: int = 1
    off: bool


class Probe(_Move):
    """Ask about a topic of the scenario: an open-to-pointed probe, an empty slot, or the consequence of an answer."""

    kind: Literal["probe"] = "probe"
    topic: str
    using: Literal["probe", "slot", "then"]
    rung: int = 0
    slot: str | None = None


class ProbeClaim(_Move):
    """A probe of the shared library, about something they named."""

    kind: Literal["probe_claim"] = "probe_claim"
    probe: str
    name: str | None = None
    follow: bool = False


class ProbeBottleneck(_Move):
    """Ask where this problem breaks, at a place their design has; with no id, in the most open form."""

    kind: Literal["probe_bottleneck"] = "probe_bottleneck"
    bottleneck: str | None = None


class InjectFailure(_Move):
    """Something has just failed; `follow` is the second question about the same failure. With no id, the open form."""

    kind: Literal["inject_failure"] = "inject_failure"
    failure: str | None = None
    follow: bool = False


class ChallengeChoice(_Move):
    """Why this, what else, what does it cost. With no id, about whatever they hold dearest."""

    kind: Literal["challenge_choice"] = "challenge_choice"
    choice: str | None = None
    name: str | None = None


class PressContradiction(_Move):
    """Two of their statements side by side."""

    kind: Literal["press_contradiction"] = "press_contradiction"
    contradiction: str
    earlier_turn: int


class ChangeRequirement(_Move):
    """Change a requirement; `small` is a smaller constraint for a design that does not stand yet."""

    kind: Literal["curveball"] = "curveball"
    curveball: str | None = None
    small: bool = False


class ReadBoard(_Move):
    """One observation about what they drew, as a question."""

    kind: Literal["read_board"] = "read_board"
    lint: str
    part: str | None = None
    name: str | None = None


class PartQuestion(_Move):
    """What a part must be asked, if it appears."""

    kind: Literal["part_question"] = "part_question"
    part: str
    name: str


class Hint(_Move):
    """A rung of a topic's ladder."""

    kind: Literal["hint"] = "hint"
    topic: str
    rung: int
    requested: bool = False


class Redirect(_Move):
    """Steer away from a rabbit hole, from technology before requirements, or from the wrong kind of question."""

    kind: Literal["redirect"] = "redirect"
    why: Literal["tech_first", "rabbit_hole", "wants_depth", "wants_users", "off_topic"]
    rung: int = 1
    name: str | None = None


class WalkOneObject(_Move):
    """Follow one thing through the system: against buzzwords, or when we did not understand."""

    kind: Literal["walk_one_object"] = "walk_one_object"
    topic: str | None = None
    own_up: bool = False
    name: str | None = None


class FindOut(_Move):
    """They do not know: how would they find out?"""

    kind: Literal["find_out"] = "find_out"
    topic: str | None = None


class SmallerQuestion(_Move):
    """They want the answer: a piece that they can do."""

    kind: Literal["smaller_question"] = "smaller_question"
    topic: str | None = None
    number: str | None = None


class Decline(_Move):
    """Decline kindly and go on: orders to the interviewer, abuse, or a wish for a hint or the answer in a mock."""

    kind: Literal["decline"] = "decline"
    why: Literal["instruction", "abuse", "wants_answer", "wants_hint", "wants_grade", "language", "distress"]


class AskAgain(_Move):
    """Our question was not answered: once more and sharper, never a third time.

    With a `wish` it is they who want what we said in `of_turn` again, as it was or in plainer words.
    """

    kind: Literal["ask_again"] = "ask_again"
    of_turn: int
    topic: str | None = None
    slot: str | None = None
    wish: Wish | None = None


class Nudge(_Move):
    """Silence: presence first, then their own last noun, then an easier way in."""

    kind: Literal["nudge"] = "nudge"
    step: int = Field(ge=1, le=3)
    name: str | None = None
    topic: str | None = None


class GoOn(_Move):
    """Leave the floor with them."""

    kind: Literal["go_on"] = "go_on"


class Advance(_Move):
    """Go to the next phase, as an offer. `topic` is what the phase begins with, where it has a natural first question."""

    kind: Literal["advance"] = "advance"
    phase: str
    topic: str | None = None


class AskForSummary(_Move):
    """Ask for the whole in a few sentences."""

    kind: Literal["ask_for_summary"] = "ask_for_summary"


class Close(_Move):
    """The two closing questions, then goodbye. `step` 1, 2 or 3."""

    kind: Literal["close"] = "close"
    step: int = Field(ge=1, le=3)


Move = Annotated[
    Open | AnswerQuestions | OffSheet | DeferToCandidate | Volunteer | DisputeFact | SettleFigure | RestateBrief | Park
    | ReturnTo | AskForNumbers | CheckArithmetic | Probe | ProbeClaim | ProbeBottleneck | InjectFailure | ChallengeChoice
    | PressContradiction | ChangeRequirement | ReadBoard | PartQuestion | Hint | Redirect | WalkOneObject | FindOut
    | SmallerQuestion | Decline | AskAgain | Nudge | GoOn | Advance | AskForSummary | Close,
    Field(discriminator="kind"),
]  # fmt: skip
"""Any move."""


def asks(move: Move) -> bool:
    """Whether the move asks something that the next turn owes an answer to."""
    return not isinstance(
        move,
        Open
        | AnswerQuestions
        | OffSheet
        | Volunteer
        | DisputeFact
        | RestateBrief
        | GoOn
        | Nudge
        | Park
        | Decline,
    )
