"""The prompts of the model that looks for evidence: the transcript first, the same for every list, and the list last.

What is shown is the transcript as it is listened to (`assess.listened_to`): orders to whoever scores, forged turns and
filler are blanks there, at the same offsets, and stand here as `[...]`; so do words to whoever fills in a list
(`observer_orders.py`). An order does not reach the model as one, and a quote of what is left still stands where it stood in
the raw turn. What slips through is between marks with a code that nobody can guess, and can win nothing but a yes with a
quote, which is looked up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from interviewer.interview.ledger import Turn
from interviewer.interview.rubric import Criterion, Item, Kind, RedFlag, Rubric
from interviewer.interview.transcript import Transcript
from interviewer.llm.model import Message, Prompt
from interviewer.llm.prompts import Prompts
from interviewer.llm.said import code_of, harmless
from interviewer.scoring.observer_orders import LEFT_OUT
from interviewer.scoring.observer_reply import Failed, Sighted

NAME = "observer"
FOLDER = "observer"
PARTS = ("_instructions", "_transcript", "_asks", "_repair")
MOST_TOKENS = 6000
"""Room for two dozen answers, and for a model that thinks before it writes; few calls come near."""
_EXAMPLE = re.compile(r"- ((?:it|rf)\.[\w-]+)\. ")
_LIKE_A_HEAD = re.compile(r"\[\s*T\s*(\d+)\s*\]", re.I)


@dataclass(frozen=True)
class Ask:
    """What is asked of one criterion: its items, and those of its flags that can be said. An absence is never asked about."""

    criterion: Criterion
    items: tuple[Item, ...]
    flags: tuple[RedFlag, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """All that is asked, in order."""
        return (*(str(one.id) for one in self.items), *(str(one.id) for one in self.flags))

    def only(self, ids: frozenset[str], backwards: bool = False) -> Ask:
        """The same, of these ids alone; backwards, so that a second look is not the first one said again."""
        step = -1 if backwards else 1
        items = tuple(one for one in self.items if one.id in ids)[::step]
        return Ask(self.criterion, items, tuple(one for one in self.flags if one.id in ids)[::step])


def asks_of(rubric: Rubric, kind: Kind) -> tuple[Ask, ...]:
    """One ask a criterion, those left out that weigh nothing in this kind of interview."""
    flags = rubric.flags_for(kind)
    return tuple(
        Ask(
            criterion,
            criterion.for_kind(kind),
            tuple(one for one in flags if one.criterion == criterion.id and one.type == "said"),
        )
        for criterion in rubric.criteria
        if criterion.weights.get(kind, 0) > 0
    )


def prompts_hash(prompts: Prompts, asks: Sequence[Ask]) -> str:
    """One hash over all templates that asking all of this takes."""
    return prompts.hash_of(
        *(f"{FOLDER}/{part}" for part in PARTS),
        *(name for one in asks if (name := _examples_name(one)) in prompts.templates),
    )


@dataclass(frozen=True)
class Sheet:
    """One transcript, ready to be asked about. `beginning` is the same for every list."""

    prompts: Prompts
    session: str
    instructions: str
    beginning: str

    @classmethod
    def of(cls, transcript: Transcript, prompts: Prompts, key: bytes) -> Sheet:
        """The sheet of a transcript as it is shown; `key` is what the codes of the marks are made with."""
        turns = [
            {
                "n": turn.n,
                "who": turn.role.capitalize(),
                "said": _marked(turn, code_of(key, transcript.id, turn.n, NAME)),
            }
            for turn in transcript.turns
        ]
        return cls(
            prompts,
            transcript.id,
            prompts.of(f"{FOLDER}/_instructions").filled(),
            prompts.of(f"{FOLDER}/_transcript").filled(turns=turns),
        )

    def asking(self, asks: Sequence[Ask], seed: int) -> Prompt:
        """The prompt that asks about all of these."""
        items = ", ".join(str(one.id) for ask in asks for one in ask.items)
        faults = ", ".join(str(one.id) for ask in asks for one in ask.flags)
        told = self.prompts.of(f"{FOLDER}/_asks").filled(
            asks=[self._told(one) for one in asks], items=items, faults=faults
        )
        return Prompt(
            name=NAME,
            hash=prompts_hash(self.prompts, asks),
            messages=(
                Message("system", self.instructions),
                Message("user", f"{self.beginning}\n\n{told}"),
            ),
            most_tokens=MOST_TOKENS,
            seed=seed,
            session=self.session,
        )

    def repairing(self, prompt: Prompt, reply: Sighted, failed: Sequence[Failed]) -> Prompt:
        """The prompt that asks again for what could not be found."""
        told = [{"id": one.id, "what": one.what} for one in failed]
        return prompt.more(
            Message("assistant", reply.model_dump_json()),
            Message("user", self.prompts.of(f"{FOLDER}/_repair").filled(failed=told)),
        )

    def _told(self, ask: Ask) -> dict[str, object]:
        name = _examples_name(ask)
        examples = self.prompts.of(name).filled() if name in self.prompts.templates else ""
        return {
            "name": ask.criterion.name,
            "question": ask.criterion.question,
            "lines": [{"id": one.id, "text": _of_the_candidate(one.text)} for one in ask.items],
            "faults": [{"id": one.id, "text": _of_a_fault(one)} for one in ask.flags],
            "examples": "\n".join(_about(examples.splitlines(), ask)),
        }


def _examples_name(ask: Ask) -> str:
    return f"{FOLDER}/{ask.criterion.id}"


def _about(examples: Sequence[str], ask: Ask) -> Iterator[str]:
    """The examples of lines that are asked: a second look at two of them needs none of the others'."""
    for line in examples:
        about = _EXAMPLE.match(line)
        if about is None or about.group(1) in ask.ids:
            yield line


def _of_the_candidate(text: str) -> str:
    return f"The candidate {text[:1].lower()}{text[1:]}"


def _of_a_fault(flag: RedFlag) -> str:
    only = (
        " It takes a question or a steer of the interviewer's that is answered so."
        if flag.needs == "asked"
        else ""
    )
    return f"{flag.name}. {flag.means}{only}"


def _marked(turn: Turn, code: str) -> str:
    """What was said between its marks, with nothing in it that could pass for a mark or for the head of a turn."""
    said = _LIKE_A_HEAD.sub(r"(T\1)", LEFT_OUT.sub(" [...] ", turn.text)).strip()
    return f"[said:{code}]\n{harmless(said)}\n[/said:{code}]"
