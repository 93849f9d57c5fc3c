"""What recorded replies stand under, and the twins that need no network."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from interviewer.errors import ModelBusy
from interviewer.llm.model import Message, Prompt, Replayed, Scripted, request_key, request_of
from tests.llm.endpoint import Endpoint
from tests.llm.reading import PROMPT, read

OTHERS: dict[str, Prompt] = {
    "another word": replace(PROMPT, messages=(*PROMPT.messages[:1], Message("user", "Ask me!"))),
    "another role": replace(PROMPT, messages=(Message("user", PROMPT.messages[0].text), PROMPT.messages[1])),
    "one more message": PROMPT.more(Message("user", "")),
    "a schema": replace(PROMPT, schema={"type": "object"}),
    "another seed": replace(PROMPT, seed=1),
}


@pytest.mark.parametrize("name", OTHERS)
def test_what_an_answer_depends_on_is_in_the_key(name: str) -> None:
    assert OTHERS[name].key() != PROMPT.key()


def test_what_a_prompt_is_called_and_who_pays_is_not_in_the_key() -> None:
    assert replace(PROMPT, name="x", hash="y", session="z", most_tokens=1).key() == PROMPT.key()


async def test_the_key_of_a_prompt_is_that_of_its_request_on_the_wire(openai_at, endpoint: Endpoint) -> None:
    for prompt in (PROMPT, *OTHERS.values()):
        await read(openai_at(), prompt)
        assert request_key(endpoint.chats[-1].json) == prompt.key()
        assert request_key(request_of(prompt)) == prompt.key()


async def test_a_tape_answers_what_was_recorded_and_nothing_else(tmp_path: Path) -> None:
    tape = tmp_path / "tape.jsonl"
    rows = [{"key": PROMPT.key(), "reply": "Fine.  Go\non."}, {"key": "other", "reply": "No."}]
    tape.write_text("\n".join(json.dumps(one) for one in rows) + "\n\n", encoding="utf-8")
    model = Replayed.of(tape)
    got = await read(model)
    assert (got.text, got.finish) == ("Fine.  Go\non.", "stop")
    assert (await read(model, OTHERS["another seed"])).code == "not_recorded"


async def test_a_script_says_its_replies_in_order_and_keeps_what_it_was_asked() -> None:
    model = Scripted(["One.", ModelBusy("status_500"), "Three."])
    assert [(await read(model)).text for _ in range(3)] == ["One.", "", "Three."]
    assert (await read(model)).code == "no_reply"
    assert model.asked == [PROMPT] * 4
