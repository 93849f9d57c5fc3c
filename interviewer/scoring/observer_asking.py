"""Asking a model about one transcript: every criterion once, and a second and third time only what is in doubt.

The first call goes alone, so that a provider has read the transcript before the others ask about it; after it, a few at
once. What is in doubt is asked again in another order and with its neighbours left out, several criteria in one call, so
that a second look is a look and costs little. A call that fails leaves its criteria unanswered and stops nothing.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from interviewer.errors import ModelFault, ModelOff
from interviewer.interview.ledger import Turn
from interviewer.llm.asking import ask
from interviewer.llm.model import Model
from interviewer.scoring.observer_prompt import Ask, Sheet
from interviewer.scoring.observer_reply import Look, Sighted, checked

AT_ONCE = 4
AGAIN = (1, 2)
"""The seeds of the second and third look."""
MOST_AGAIN = 24
"""So many lines are asked about again in one call."""
_HOPELESS = frozenset({"key_refused", "no_such_model", "redirected", "too_long"})

IsDue = Callable[[str, Look | None], bool]


@dataclass
class Answers:
    """What came of it: the looks by id, in order of the seeds; the criteria that got no answer, with the fault's code;
    whether some second look failed; and how many quotes were dropped since nobody said them.
    """

    looks: dict[str, list[Look]] = field(default_factory=dict)
    unanswered: dict[str, str] = field(default_factory=dict)
    once_only: bool = False
    rejected: int = 0

    @property
    def by(self) -> tuple[str, ...]:
        """The names of the models that answered, in order of their first word."""
        return tuple(dict.fromkeys(look.by for looks in self.looks.values() for look in looks))

    def add(self, looked: _Looked) -> None:
        """The answers of one call more."""
        for id, look in looked.looks.items():
            self.looks.setdefault(id, []).append(look)
        self.rejected += looked.rejected


@dataclass(frozen=True)
class _Looked:
    looks: dict[str, Look]
    rejected: int


@dataclass(frozen=True)
class Desk:
    """A model before the sheet of one transcript."""

    model: Model
    sheet: Sheet
    turns: Sequence[Turn]

    async def all_of(self, asks: Sequence[Ask], is_due: IsDue) -> Answers:
        """Everything asked, and what is due asked again. Never raises because of the model."""
        answers, gate = Answers(), asyncio.Semaphore(AT_ONCE)

        async def looked(some: Sequence[Ask], seed: int) -> _Looked | ModelFault:
            async with gate:
                try:
                    return await self._look(some, seed)
                except ModelFault as fault:
                    return fault

        first = await looked(asks[:1], 0)
        if isinstance(first, ModelOff) or (isinstance(first, ModelFault) and first.code in _HOPELESS):
            answers.unanswered = {str(one.criterion.id): first.code for one in asks}
            return answers
        rest = await asyncio.gather(*(looked((one,), 0) for one in asks[1:]))
        for one, result in zip(asks, (first, *rest), strict=True):
            if isinstance(result, ModelFault):
                answers.unanswered[str(one.criterion.id)] = result.code
            else:
                answers.add(result)
        due = frozenset(
            id
            for one in asks
            if one.criterion.id not in answers.unanswered
            for id in one.ids
            if is_due(id, next(iter(answers.looks.get(id, ())), None))
        )
        again = [(some, seed) for seed in AGAIN for some in _batches(asks, due, backwards=seed == AGAIN[0])]
        for result in await asyncio.gather(*(looked(some, seed) for some, seed in again)):
            if isinstance(result, ModelFault):
                answers.once_only = True
            else:
                answers.add(result)
        return answers

    async def _look(self, asks: Sequence[Ask], seed: int) -> _Looked:
        """One call, and one more for the quotes of it that do not stand. Raises ModelFault where the first gave nothing."""
        prompt = self.sheet.asking(asks, seed)
        answer = await ask(self.model, prompt, Sighted)
        reply = answer.value
        looks, failed = checked(reply, [id for one in asks for id in one.ids], self.turns)
        looks = _signed(looks, answer.by)
        if not failed:
            return _Looked(looks, 0)
        try:
            again = await ask(self.model, self.sheet.repairing(prompt, reply, failed), Sighted)
            mended, _ = checked(again.value, [one.id for one in failed], self.turns)
            mended = _signed(mended, again.by)
        except ModelFault:
            mended = {}
        dropped = [one.id for one in failed if one.id not in mended]
        unclear = _signed({id: Look(id, "unclear") for id in dropped}, answer.by)
        return _Looked({**looks, **mended, **unclear}, len(dropped))


def _signed(looks: dict[str, Look], by: str) -> dict[str, Look]:
    return {id: replace(look, by=by) for id, look in looks.items()}


def _batches(asks: Sequence[Ask], due: frozenset[str], backwards: bool) -> Iterator[tuple[Ask, ...]]:
    """What is due, criteria kept whole, in as few calls as their number allows."""
    batch: list[Ask] = []
    for one in asks:
        some = one.only(due, backwards)
        if not some.ids:
            continue
        if batch and sum(len(ask.ids) for ask in batch) + len(some.ids) > MOST_AGAIN:
            yield tuple(batch)
            batch = []
        batch.append(some)
    if batch:
        yield tuple(batch)
