"""Where an interview stands at a moment: what the rules and the director ask about it, worked out once a turn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from interviewer.interview.events import Mode
from interviewer.interview.heard import Act, Heard, merged
from interviewer.interview.moves import (
    AskAgain,
    AskForNumbers,
    ChallengeChoice,
    ChangeRequirement,
    Close,
    Decline,
    GoOn,
    InjectFailure,
    Move,
    Nudge,
    Park,
    ProbeBottleneck,
)
from interviewer.interview.pack import Pack, Topic
from interviewer.interview.phases import TimedPhase
from interviewer.interview.rubric import CandidateLevel
from interviewer.interview.state import Interview, MoveMade
from interviewer.interview.topics import TopicState, topic_of, topic_states

LEAD_TURNS = {CandidateLevel.mid: 1, CandidateLevel.senior: 2, CandidateLevel.staff: 3}
"""How many turns of a phase are the candidate's own before we probe: a staff candidate is left to lead longer."""

LEAST_CLOSING_S = 150.0
MOST_CLOSING_S = 540.0


@dataclass(frozen=True)
class Standing:
    """The interview at `now`, with the topic ledger and the figures that decisions rest on."""

    interview: Interview
    pack: Pack
    now: datetime
    topics: dict[str, TopicState]

    @classmethod
    def of(cls, interview: Interview, pack: Pack, now: datetime) -> Standing:
        """The standing of an interview at a moment."""
        moves = [(made.turn, made.move) for made in interview.moves]
        return cls(interview, pack, now, topic_states(interview.heard, moves, pack.scenario))

    @property
    def heard(self) -> Heard | None:
        """What was heard since we last spoke, None in silence."""
        count = self.interview.unanswered
        return merged(self.interview.heard[-count:]) if count and self.interview.heard else None

    @property
    def phase_used(self) -> float:
        """Share of the phase's budget that is used; 1.0 is all of it."""
        return self.interview.phase_elapsed_s(self.now) / self.interview.phase.budget_s

    @property
    def used(self) -> float:
        """Share of the whole budget that is used."""
        return self.interview.elapsed_s(self.now) / self.interview.budget_s

    @property
    def left_s(self) -> float:
        """Seconds of the candidate's time that are left; negative past the end."""
        return self.interview.budget_s - self.interview.elapsed_s(self.now)

    @property
    def closing_s(self) -> float:
        """How much must be left for the two closing questions, by how long this candidate takes a turn."""
        return min(MOST_CLOSING_S, max(LEAST_CLOSING_S, 2.1 * self.usual_turn_s))

    @property
    def usual_turn_s(self) -> float:
        """How long this candidate takes a turn, in seconds."""
        turns = sum(1 for turn in self.interview.transcript if turn.role == "candidate")
        return self.interview.elapsed_s(self.now) / max(turns, 1)

    @property
    def turns_left(self) -> float:
        """How many more turns there are before the closing questions, at this candidate's pace."""
        return (self.left_s - self.closing_s) / max(self.usual_turn_s, 1.0)

    @property
    def turns_here(self) -> int:
        """Candidate turns since this phase began."""
        return sum(
            1
            for turn in self.interview.transcript
            if turn.role == "candidate" and turn.phase == self.interview.phase.id
        )

    @property
    def had_chance(self) -> bool:
        """Whether the candidate has had room to bring things up in this phase before being asked."""
        lead = LEAD_TURNS[self.interview.begun.level]
        return self.turns_here > lead or self.phase_used >= 0.35 * lead or self.invited

    @property
    def invited(self) -> bool:
        """Whether the candidate has handed the floor back."""
        return bool(
            self.heard
            and (
                self.heard.has(Act.done, Act.agrees_only, Act.stuck, Act.not_know)
                or (self.heard.words < 6 and self.turns_here >= 2)
            )
        )

    @property
    def said_last(self) -> MoveMade | None:
        """The last move of ours that said something of its own: no word to go on, and nothing that was only said again."""
        for made in reversed(self.interview.moves):
            match made.move:
                case GoOn() | Nudge() | Park() | Decline() | AskAgain(wish="same" | "plainer", slot=None):
                    continue
                case _:
                    return made
        return None

    @property
    def closing(self) -> Close | None:
        """The closing move that we made last, None before the end."""
        steps = [made.move for made in self.interview.moves if isinstance(made.move, Close)]
        return steps[-1] if steps else None

    @property
    def parts_named(self) -> frozenset[str]:
        """Ids of the scenario's parts that the candidate has spoken of or drawn."""
        spoken = {made.claim.of for made in self.interview.claims if made.claim.kind == "part"}
        drawn = {box.role for box in self.interview.board.boxes if box.role}
        return frozenset(spoken | drawn)

    @property
    def wants_next(self) -> bool:
        """Whether the candidate asked for the next part: by the button, or in words where it is theirs to say (practice)."""
        said = self.heard is not None and self.heard.has(Act.moves_on)
        return self.interview.wish == "next" or said and self.interview.begun.mode is Mode.practice

    @property
    def baseline(self) -> bool:
        """Whether something stands that could be shaken: three parts, or three topics the candidate spoke of."""
        touched = sum(1 for state in self.topics.values() if state.touched)
        return (len(self.parts_named) >= 3 or touched >= 3) and touched >= 2

    @property
    def last_topic(self) -> str | None:
        """The topic of our last move that had one and is still being talked about."""
        last = self.interview.last_move
        return topic_of(last.move, self.pack.scenario) if last else None

    def streak(self, topic: str) -> int:
        """How many of our latest moves in a row were on this topic."""
        count = 0
        for made in reversed(self.interview.moves):
            if topic_of(made.move, self.pack.scenario) != topic:
                break
            count += 1
        return count

    def phase_index(self, due: str) -> int:
        """Index of the phase in which something falls due; the last one where no phase covers it."""
        phases: tuple[TimedPhase, ...] = self.interview.begun.phases
        for index, phase in enumerate(phases):
            if phase.is_due(due):
                return index
        return len(phases) - 1

    def is_due(self, due: str) -> bool:
        """Whether it falls due in this phase or an earlier one."""
        return self.phase_index(due) <= self.interview.phase_index

    def owed(self) -> tuple[Topic, ...]:
        """Topics due by now that are not settled and not spent, in the scenario's order."""
        return tuple(
            topic
            for topic in self.pack.scenario.topics
            if self.is_due(topic.due)
            and not self.topics[topic.id].settled
            and self.topics[topic.id].spent < 4
        )

    def made(self, kind: type[Move]) -> tuple[MoveMade, ...]:
        """Our moves of one kind so far."""
        return tuple(made for made in self.interview.moves if isinstance(made.move, kind))

    @property
    def missing_duties(self) -> tuple[str, ...]:
        """Which of the four moves that every full interview holds have not been made."""
        duties: dict[str, type] = {
            "challenge": ChallengeChoice,
            "bottleneck": ProbeBottleneck,
            "curveball": ChangeRequirement,
            "failure": InjectFailure,
        }
        return tuple(name for name, kind in duties.items() if not self.made(kind))

    @property
    def numbers_heard(self) -> bool:
        """Whether the candidate has done a sum, or was asked for sizes."""
        return bool(self.interview.sums) or bool(self.made(AskForNumbers))
