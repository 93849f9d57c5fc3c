"""Six interviews read by rules and by recorded replies: what the model adds, beside the rules alone.

The replies were written by hand, with nothing but the request in sight. They stand under a key of the whole prompt: where a prompt
changes, they have to be recorded anew.
"""

from __future__ import annotations

import pytest

from interviewer.judges import judge, reader_from
from interviewer.lab.agreement import Agreement, agreement, types_of
from interviewer.lab.labels import Labelled, judgement_of, labelled_in
from interviewer.lab.scorers import without
from interviewer.llm.model import Replayed
from interviewer.settings import Settings
from tests.builders import FIXTURES, a_shelf

TAPES = sorted((FIXTURES / "replies" / "scores").glob("*.jsonl"))


@pytest.fixture(scope="module")
def labelled() -> dict[str, Labelled]:
    known = labelled_in(FIXTURES / "transcripts" / "dev", a_shelf())
    return {one.transcript.id: one for one in known}


async def read(labelled: dict[str, Labelled], with_model: bool) -> Agreement:
    """How cards agree with the labels, each made without what was fitted on interviews about its problem."""
    pairs = []
    for tape in TAPES:
        one = labelled[tape.stem]
        reader = reader_from(Settings(_env_file=None), Replayed.of(tape)) if with_model else None
        card = await judge(one.transcript, without(a_shelf(), one.transcript.scenario), reader)
        pairs.append((judgement_of(card), one.reference))
    return agreement(pairs, types_of(a_shelf().rubric))


async def test_with_recorded_replies_levels_agree_better_and_flags_no_worse(labelled) -> None:
    rules = await read(labelled, with_model=False)
    both = await read(labelled, with_model=True)
    assert len(TAPES) == 6
    assert both.qwk_mean is not None and rules.qwk_mean is not None and both.qwk_mean > rules.qwk_mean
    assert both.exact is not None and rules.exact is not None and both.exact > rules.exact
    assert (both.flags.f1 or 0) >= (rules.flags.f1 or 0)
    assert (both.pairs or 0) >= (rules.pairs or 0)


async def test_every_request_is_on_its_tape(labelled) -> None:
    for tape in TAPES:
        one = labelled[tape.stem].transcript
        card = await judge(one, a_shelf(), reader_from(Settings(_env_file=None), Replayed.of(tape)))
        assert card.by == ("offline", "llm:replayed")
        assert not [note for note in card.notes if "model" in note]


async def test_the_same_replies_give_the_same_card(labelled) -> None:
    one = labelled[TAPES[0].stem]
    cards = [
        await judge(one.transcript, a_shelf(), reader_from(Settings(_env_file=None), Replayed.of(TAPES[0])))
        for _ in range(2)
    ]
    assert cards[0].to_json() == cards[1].to_json()
