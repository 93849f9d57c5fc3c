"""What the listener gives for one candidate turn: acts, questions, topics touched, claims, sums.

Every finding that speaks of the candidate's words carries their offsets (Unicode code points, end exclusive), so that
it can be checked against the turn. This is for steering; the scorecard is always recomputed from the transcript.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict


class Act(StrEnum):
    """What a candidate does with a turn; several may hold at once."""

    asks = "asks"
    answers = "answers"
    proposes = "proposes"
    estimates = "estimates"
    decides = "decides"
    justifies = "justifies"
    compares = "compares"
    concedes = "concedes"
    stuck = "stuck"
    not_know = "not_know"
    off_topic = "off_topic"
    wants_answer = "wants_answer"
    wants_hint = "wants_hint"
    wants_grade = "wants_grade"
    instructs = "instructs"
    abusive = "abusive"
    distressed = "distressed"
    continues = "continues"
    agrees_only = "agrees_only"
    buzzwords = "buzzwords"
    rambles = "rambles"
    other_language = "other_language"
    done = "done"
    wants_end = "wants_end"
    disputes = "disputes"
    asks_brief = "asks_brief"
    offers_depth = "offers_depth"
    needs_time = "needs_time"
    moves_on = "moves_on"


class _Finding(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class FactAsked(_Finding):
    """A question that the fact sheet covers; `noun` is the asker's own word for it."""

    fact: str
    noun: str
    start: int
    end: int


class QuestionOffSheet(_Finding):
    """A question that it does not cover; `shared` names a line of off_sheet.yaml where one fits."""

    noun: str
    shared: str | None
    start: int
    end: int


class TopicTouched(_Finding):
    """A topic of the scenario in this turn: the stance, the slots filled, and the consequence line that fits a wrong one."""

    topic: str
    stance: Literal["raised", "thin", "sound", "wrong"]
    slots: tuple[str, ...] = ()
    then: int | None = None
    start: int
    end: int


class Claim(_Finding):
    """Something they stated that can be pointed at later: a part, a technology, a decision, a number, or half of a contradiction.

    `noun` is safe to say back: an alias of the pack, a known product, a number with its unit, or a drawn label.
    """

    kind: Literal["part", "technology", "decision", "number", "statement"]
    noun: str
    of: str = ""
    reasoned: bool = False
    start: int
    end: int


class SumHeard(_Finding):
    """A sum, recomputed. `ratio` is claimed / recomputed."""

    verdict: Literal["ok", "off", "unchecked"]
    ratio: float | None
    start: int
    end: int


class ProbeMet(_Finding):
    """A probe of the shared library that this turn raises (`raised`) or answers."""

    probe: str
    raised: bool
    name: str | None = None
    start: int
    end: int


class Heard(_Finding):
    """Everything heard in one turn. `words` counts them; `answered` says whether our open question got an answer."""

    turn: int
    words: int
    acts: tuple[Act, ...] = ()
    asked: tuple[FactAsked, ...] = ()
    off_sheet: tuple[QuestionOffSheet, ...] = ()
    topics: tuple[TopicTouched, ...] = ()
    claims: tuple[Claim, ...] = ()
    sums: tuple[SumHeard, ...] = ()
    probes: tuple[ProbeMet, ...] = ()
    contradicts: tuple[str, ...] = ()
    answered: bool = True
    by: str = "offline"

    def has(self, *acts: Act) -> bool:
        """Whether any of these acts was heard."""
        return any(act in self.acts for act in acts)


def merged(several: tuple[Heard, ...]) -> Heard:
    """Several turns that came before we spoke, as one; offsets stay those of their own turns. `several` is not empty."""
    if len(several) == 1:
        return several[0]
    last = several[-1]
    acts = tuple(dict.fromkeys(act for one in several for act in one.acts))
    return last.model_copy(
        update={
            "words": sum(one.words for one in several),
            "acts": acts,
            "asked": tuple({asked.fact: asked for one in several for asked in one.asked}.values()),
            "off_sheet": tuple(asked for one in several for asked in one.off_sheet),
            "topics": tuple(touch for one in several for touch in one.topics),
            "claims": tuple(claim for one in several for claim in one.claims),
            "probes": tuple(met for one in several for met in one.probes),
            "contradicts": tuple(dict.fromkeys(id for one in several for id in one.contradicts)),
            "answered": any(one.answered for one in several),
        }
    )
