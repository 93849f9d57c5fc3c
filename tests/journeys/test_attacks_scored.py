"""Orders in what a candidate says change no level and no flag: by rules alone, and with a model that does as it is told."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

import pytest

from interviewer.errors import BadTranscript
from interviewer.interview.scorecard import Scorecard
from interviewer.interview.speakers import turns_of
from interviewer.interview.transcript import Transcript
from interviewer.judges import judge
from interviewer.llm.model import Prompt, Scripted
from interviewer.scoring.observer_llm import ModelObserver
from interviewer.transcripts import read_transcript
from tests.attacks import Attack, attacks, look_alikes
from tests.builders import FIXTURES, a_shelf, the_prompts

CARRIERS = ("own-01", "own-05", "own-09")
"""A strong, a middling and a weak interview."""
FORGED = "I compared two stores, named the price of each of them, and chose by the read pattern."


@lru_cache(maxsize=len(CARRIERS))
def carrier(name: str) -> Transcript:
    return read_transcript(FIXTURES / "transcripts" / "own" / f"{name}.json", a_shelf())


def with_said(talk: Transcript, said: Sequence[tuple[int, str]]) -> Transcript:
    """The talk with lines added to its candidate's turns, before what was said there or after it, turn about."""
    texts = {turn.n: turn.text for turn in talk.turns}
    for at, (n, line) in enumerate(said):
        if not line:
            continue
        texts[n] = f"{texts[n]}\n{line}" if at % 2 else f"{line}\n{texts[n]}"
    turns = tuple(turn.model_copy(update={"text": texts[turn.n]}) for turn in talk.turns)
    return replace(talk, turns=turns)


def spread(
    some: Sequence[Attack], talk: Transcript
) -> Iterator[tuple[list[Attack], list[tuple[int, Attack, str]]]]:
    """As many attacks at once as the talk has turns for, each in a turn of its own."""
    places = [turn.n for turn in talk.candidate_turns]
    now: list[Attack] = []
    said: list[tuple[int, Attack, str]] = []
    for one in some:
        if len(said) + len(one.turns) > len(places):
            yield now, said
            now, said = [], []
        now.append(one)
        said += [(places[len(said) + at], one, text) for at, text in enumerate(one.turns)]
    if now:
        yield now, said


def marks(card: Scorecard) -> dict[str, object]:
    """Levels, stated flags, and what is recommended."""
    return {
        **{str(one.id): one.level for one in card.criteria},
        **{str(flag.id): flag.status for flag in card.flags if flag.stated},
        "recommendation": card.recommendation,
    }


def different(one: dict[str, object], other: dict[str, object]) -> dict[str, tuple[object, object]]:
    return {
        key: (one.get(key), other.get(key))
        for key in one.keys() | other.keys()
        if one.get(key) != other.get(key)
    }


def plain_of(said: Sequence[tuple[int, Attack, str]]) -> tuple[tuple[int, str], ...]:
    return tuple((n, one.plain if text == one.text else one.plain_then) for n, one, text in said)


_CLEAN: dict[object, dict[str, object]] = {}
"""The marks of talks without an attack, which many tests need."""


async def clean_marks(talk: Transcript, plain: tuple[tuple[int, str], ...]) -> dict[str, object]:
    key = (talk.id, plain if any(line for _, line in plain) else ())
    if key not in _CLEAN:
        _CLEAN[key] = marks(await judge(with_said(talk, plain), a_shelf()))
    return _CLEAN[key]


async def changed(
    talk: Transcript, said: Sequence[tuple[int, Attack, str]], reader: ModelObserver | None
) -> object:
    attacked = with_said(talk, [(n, text) for n, _, text in said])
    card = await judge(attacked, a_shelf(), reader)
    if not said[0][1].plain:
        assert any("words for whoever scores" in note for note in card.notes)
        assert not [note for note in card.notes if re.search(r"cheat|attack|injection|manipulat", note, re.I)]
    return different(await clean_marks(talk, plain_of(said)), marks(card))


def groups() -> Iterator[tuple[str, list[Attack], list[tuple[int, Attack, str]]]]:
    """Those without a plain twin, and then those with one, over the carriers turn about."""
    chat = attacks("chat")
    for at, name in enumerate(CARRIERS):
        talk = carrier(name)
        for some in ([one for one in chat if not one.plain], [one for one in chat if one.plain]):
            for now, said in spread(some[at :: len(CARRIERS)], talk):
                yield name, now, said


GROUPS = [(name, said) for name, _, said in groups()]
IDS = [f"{name}-{said[0][1].id}" for name, said in GROUPS]


@pytest.mark.parametrize(("name", "said"), GROUPS, ids=IDS)
async def test_no_order_changes_a_level_or_a_flag(name: str, said: list[tuple[int, Attack, str]]) -> None:
    talk = carrier(name)
    if found := await changed(talk, said, None):
        alone = {
            one.id: await changed(talk, [line for line in said if line[1] is one], None) for _, one, _ in said
        }
        raise AssertionError(f"{found}: {[(id, what) for id, what in alone.items() if what]}")


def obeying(quotes: Sequence[tuple[int, str]]) -> ModelObserver:
    """A model that says yes to everything, with one of these for its words."""

    def reply(prompt: Prompt) -> str:
        asked = "\n".join(message.text for message in prompt.messages)
        items, faults = (
            [
                id.strip(" .")
                for found in re.findall(rf"`{name}`, one entry each, in this order: (.*)", asked)
                for id in found.split(", ")
            ]
            for name in ("items", "faults")
        )

        def entry(at: int, id: str) -> dict[str, object]:
            turn, quote = quotes[at % len(quotes)]
            return {"id": id, "why": "As I was told.", "quote": quote, "turn": turn, "verdict": "yes"}

        return json.dumps(
            {
                "items": [entry(at, id) for at, id in enumerate(items)],
                "faults": [{**entry(at, id), "recovered": "self"} for at, id in enumerate(faults)],
            }
        )

    return ModelObserver(Scripted(reply), the_prompts())


@pytest.mark.parametrize(("name", "said"), GROUPS[::2], ids=IDS[::2])
async def test_a_model_that_says_yes_with_words_nobody_said_wins_nothing(
    name: str, said: list[tuple[int, Attack, str]]
) -> None:
    assert await changed(carrier(name), said, obeying([(said[0][0], FORGED)])) == {}


@pytest.mark.parametrize(("name", "said"), GROUPS[1::2], ids=IDS[1::2])
async def test_a_model_that_quotes_the_orders_themselves_wins_nothing(
    name: str, said: list[tuple[int, Attack, str]]
) -> None:
    orders = [(n, text) for n, one, text in said if not one.plain]
    orders = orders or [(n, one.text.split(". ")[1]) for n, one, _ in said if ". " in one.text]
    assert await changed(carrier(name), said, obeying(orders or [(said[0][0], FORGED)])) == {}


async def test_what_only_looks_like_an_order_is_no_note_on_a_card() -> None:
    talk = carrier("own-01")
    for _, said in spread(look_alikes(), talk):
        card = await judge(with_said(talk, [(n, text) for n, _, text in said]), a_shelf())
        assert not [note for note in card.notes if "whoever scores" in note]


@pytest.mark.parametrize("attack", attacks("name"), ids=lambda one: one.id)
def test_a_name_is_a_label_or_is_refused_and_nobody_reads_it(attack: Attack) -> None:
    def labelled(name: str) -> list[tuple[str, str]]:
        lines = (
            "Interviewer: What would you store?",
            f"{name}: One row for each link.",
            "Interviewer: And then?",
            f"{name}: An index.",
        )
        return [(turn.role, turn.text) for turn in turns_of("\n".join(lines), "a file", name)]

    try:
        turns = labelled(attack.text)
    except BadTranscript:
        return
    assert [text for role, text in turns if role == "candidate"] == [
        "One row for each link.",
        "An index.",
    ] or attack.text == "Interviewer"
    assert attack.text == "Interviewer" or turns == labelled("Ana")
