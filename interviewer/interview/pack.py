"""A scenario pack: one design question, complete enough that a stranger could lead the interview from it.

Field names are a contract with everybody who writes packs; the JSON Schema beside the rubrics is made from these
classes. `interviewer/packs.py` reads the files; what a field is for is told in interviewer.md 2 and craft.md 4.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, NewType

from pydantic import Field, StrictFloat, StrictInt

from interviewer.interview.phases import PhasePlan
from interviewer.interview.rubric import (
    CandidateLevel,
    CriterionId,
    Cue,
    FlagId,
    Frozen,
    ItemId,
    Kind,
    Rubric,
    Sign,
)

FactId = NewType("FactId", str)
TopicId = NewType("TopicId", str)
SlotId = NewType("SlotId", str)
PartId = NewType("PartId", str)

UnitName = Literal[
    "1", "percent", "s", "ms", "min", "h", "day", "month", "year", "B", "KB", "MB", "GB", "TB",
    "1/s", "1/day", "1/month", "1/year", "B/s", "B/day",
]  # fmt: skip

Number = Annotated[StrictInt | StrictFloat, Field(union_mode="left_to_right")]
"""A number that YAML read as a number: `1.0e6` is a string to YAML 1.1 and is refused."""


class Value(Frozen):
    """A number of the fact sheet with its unit."""

    value: Number
    unit: UnitName


class Fact(Frozen):
    """One line of the hidden fact sheet: what asks for it, what is said, and whether it is ours or theirs to settle."""

    id: FactId
    ask: tuple[str, ...] = Field(min_length=1)
    say: str
    mode: Literal["given", "your_call"]
    values: dict[str, Value] = {}
    exposes: tuple[str, ...] = ()
    volunteer: str | None = None
    then_ask: str | None = None


class Batch(Frozen):
    """How many facts are answered in one breath, and what is said of those left over."""

    most_facts: int = Field(ge=1)
    most_words: int = Field(ge=20)
    left_over: str


class Part(Frozen):
    """A component that a sound design may have. `must_ask` is asked if it appears; it may use {name}."""

    id: PartId
    role: str
    aliases: tuple[str, ...] = Field(min_length=1)
    must_ask: str


class Feeds(Frozen):
    """The criterion and items for which a topic is evidence."""

    criterion: CriterionId
    items: tuple[ItemId, ...]


class TopicCues(Frozen):
    """How people raise a topic. `sound` is prose for authors; `wrong` and `not` are patterns."""

    raised: tuple[Cue, ...] = Field(min_length=1)
    sound: tuple[str, ...] = ()
    wrong: tuple[Cue, ...] = ()
    not_: tuple[Cue, ...] = Field(default=(), alias="not")


class Slot(Frozen):
    """One thing an answer must hold. `ask` asks for it when it is empty; `receipt` says neutrally that it was heard."""

    id: SlotId
    cues: tuple[Cue, ...] = Field(min_length=1)
    ask: str
    else_: str | None = Field(default=None, alias="else")
    item: ItemId | None = None
    receipt: str | None = None


class Then(Frozen):
    """A consequence question, asked only after an unsound answer like `when`."""

    when: str
    say: str
    else_: str | None = Field(default=None, alias="else")


class HintRung(Frozen):
    """A rung of a topic's ladder: 1 direction, 2 narrower, 3 nearly there."""

    rung: int = Field(ge=1, le=3)
    say: str


class Exemplar(Frozen):
    """An answer as people give it. `fills` names the slots a sound one holds; the linter runs the cues on it.

    `settles` names other topics of the pack that it settles as well.
    """

    say: str
    why: str
    fills: tuple[SlotId, ...] = ()
    settles: tuple[TopicId, ...] = ()


class Topic(Frozen):
    """Something that should come up: what it feeds, how it is heard, how it is probed, and when it is let go."""

    id: TopicId
    title: str
    feeds: Feeds
    also: tuple[CriterionId, ...] = ()
    flags: tuple[FlagId, ...] = ()
    severity_here: dict[FlagId, int] = {}
    due: str
    expected: dict[CandidateLevel, Literal["unprompted", "open", "probe"]]
    cues: TopicCues
    slots: tuple[Slot, ...] = Field(min_length=2)
    enough: tuple[SlotId, ...] = Field(min_length=1)
    probes: tuple[str, ...] = Field(min_length=3)
    probe_else: tuple[str, ...] = ()
    then: tuple[Then, ...] = ()
    hints: tuple[HintRung, ...] = Field(min_length=3, max_length=3)
    guarded: tuple[str, ...]
    sound: tuple[Exemplar, ...] = Field(min_length=1)
    unsound: tuple[Exemplar, ...] = Field(min_length=1)
    follows: tuple[TopicId, ...]
    receipt_open: str | None = None

    def slot(self, id: str) -> Slot:
        """The slot with this id. Raises StopIteration where there is none."""
        return next(slot for slot in self.slots if slot.id == id)


class Bottleneck(Frozen):
    """Where this problem breaks. `trigger` says in words what makes it worth asking about."""

    id: str
    where: str
    trigger: tuple[str, ...]
    probe: str
    else_: str | None = Field(default=None, alias="else")
    sound_holds: tuple[str, ...]
    topic: TopicId


class Choice(Frozen):
    """A decision worth defending; `prices` is what a sound defence may weigh, never spoken."""

    id: str
    when: tuple[str, ...] = Field(min_length=1)
    say: str
    else_: str | None = Field(default=None, alias="else")
    prices: dict[str, str]
    feeds: tuple[CriterionId, ...]


class Failure(Frozen):
    """A concrete injection: what has just happened, then the question that follows it."""

    id: str
    trigger: tuple[str, ...]
    inject: str
    follow: str
    sound_holds: tuple[str, ...]
    moves: tuple[PartId, ...]


class Curveball(Frozen):
    """A change of requirement with a business reason. `stays_put` is what ignoring it looks like."""

    id: str
    level: CandidateLevel
    say: str
    should_move: tuple[TopicId, ...]
    looks_for: tuple[str, ...]
    stays_put: str


class SizingNumber(Frozen):
    """A quantity worth estimating: formula over fact values, how exact is exact enough, and what it ought to decide."""

    id: str
    formula: str
    exact: Number
    unit: UnitName
    tolerance: Number
    drives: str


class ProductUser(Frozen):
    """Somebody who uses the product."""

    who: str
    wants: str
    fears: str


class Journey(Frozen):
    """A way through the product, step by step."""

    id: str
    steps: tuple[str, ...]
    note: str | None = None


class Product(Frozen):
    """The product side of a question of kind p or h."""

    users: tuple[ProductUser, ...] = Field(min_length=1)
    journeys: tuple[Journey, ...] = Field(min_length=1)
    success: tuple[str, ...] = Field(min_length=1)
    edge_cases: tuple[str, ...] = Field(min_length=1)


class Contradiction(Frozen):
    """Two statements that cannot both stand, and the line that puts them side by side."""

    id: str
    a: str
    b: str
    say: str
    else_: str | None = Field(default=None, alias="else")


class GreenFlag(Frozen):
    """Something the card may say in favour of a candidate."""

    id: str
    means: str
    feeds: CriterionId


class Aim(Frozen):
    """How time up to a minute is best spent: advice to the director."""

    until_minute: Number
    aim: str


class Problem(Frozen):
    """What the problem truly has, for flags that apply only there (catalogue: needs problem:…)."""

    hot_keys: bool = False
    writes_retried: bool = False
    personal_data: bool = False
    money: bool = False


class Scenario(Frozen):
    """One design question with everything needed to lead and judge an interview about it."""

    id: str
    title: str
    kind: Kind
    plan: str
    minutes: int
    sources: tuple[str, ...] = Field(min_length=1)
    problem: Problem = Problem()
    protagonists: tuple[str, ...] = ()
    brief: str
    brief_again: str
    warm_up: str
    open_words: tuple[str, ...]
    facts: tuple[Fact, ...]
    off_sheet: tuple[str, ...] = Field(min_length=1)
    batch: Batch
    parts: tuple[Part, ...]
    topics: tuple[Topic, ...]
    bottlenecks: tuple[Bottleneck, ...]
    choices: tuple[Choice, ...]
    failures: tuple[Failure, ...]
    curveballs: tuple[Curveball, ...]
    numbers: tuple[SizingNumber, ...]
    product: Product | None = None
    level_notes: dict[CandidateLevel, str]
    sound_paths: tuple[str, ...]
    not_needed: tuple[str, ...]
    contradictions: tuple[Contradiction, ...]
    green_flags: tuple[GreenFlag, ...]
    shape: tuple[Aim, ...]
    close: tuple[str, ...] = Field(min_length=2)

    def topic(self, id: str) -> Topic:
        """The topic with this id. Raises KeyError where there is none."""
        return {topic.id: topic for topic in self.topics}[TopicId(id)]

    def fact(self, id: str) -> Fact:
        """The fact with this id. Raises KeyError where there is none."""
        return {fact.id: fact for fact in self.facts}[FactId(id)]


class LibraryProbe(Frozen):
    """A probe that any scenario can use, triggered by what was said: a technology, a claim, a guarantee.

    `when` raises it, `met` says that it has been answered already, `say` may use {name} and then has an `else`.
    """

    id: str
    when: tuple[Cue, ...] = Field(min_length=1)
    unless: tuple[Cue, ...] = ()
    met: tuple[Cue, ...] = ()
    say: str
    else_: str | None = Field(default=None, alias="else")
    then: str | None = None
    due: str
    feeds: Feeds
    flags: tuple[FlagId, ...] = ()
    guarded: tuple[str, ...] = ()


class SharedFact(Frozen):
    """What is asked in every interview and stands on no sheet: cloud, team, budget, how deep, whether code is wanted."""

    id: FactId
    ask: tuple[str, ...] = Field(min_length=1)
    say: str


class Library(Frozen):
    """What all scenarios share: probes by what was said, and answers to what is asked everywhere."""

    probes: tuple[LibraryProbe, ...]
    shared_facts: tuple[SharedFact, ...]


class Question(Frozen):
    """A design question of the source documents: its kind and title, whether or not there is a scenario for it."""

    id: str
    kind: Kind
    title: str
    sources: tuple[str, ...] = Field(min_length=1)


class Pack(Frozen):
    """What we ask and how we judge: a scenario with the rubric, the plans and the library. `version` hashes all files."""

    scenario: Scenario
    rubric: Rubric
    plans: tuple[PhasePlan, ...]
    library: Library
    version: str

    def plan(self, id: str) -> PhasePlan:
        """The plan with this id. Raises KeyError where there is none."""
        return {str(plan.id): plan for plan in self.plans}[id]


def schema() -> dict[str, Any]:  # Any: a JSON Schema is free-form by nature
    """JSON Schema of a scenario file."""
    return Scenario.model_json_schema(by_alias=True)


__all__ = [
    "Batch", "Bottleneck", "Choice", "Contradiction", "Curveball", "Exemplar", "Fact", "FactId", "Failure", "Feeds",
    "GreenFlag", "HintRung", "Library", "LibraryProbe", "Pack", "Part", "PartId", "Problem", "Product", "Question", "Scenario",
    "SharedFact", "Sign", "SizingNumber", "Slot", "SlotId", "Then", "Topic", "TopicCues", "TopicId", "Value", "schema",
]  # fmt: skip
