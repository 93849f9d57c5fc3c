"""A value asked of a model: it fits its shape, or it is asked for again, twice at the most, and then it is none."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Annotated, Literal

import pytest
from pydantic import BaseModel, Field, ValidationError

from interviewer.errors import ModelBusy, ModelDeclined, ModelFault
from interviewer.llm.asking import Answer, ask, schema_of, value_in
from interviewer.llm.model import Scripted
from interviewer.llm.model_openai import OpenAIModel
from tests.llm.endpoint import Endpoint, fails, says
from tests.llm.reading import PROMPT, steady

OpenAIAt = Callable[..., OpenAIModel]


class Part(BaseModel):
    """A part of the reply below."""

    title: str = ""
    weight: float = 1.0


class Reply(BaseModel):
    """A reply with everything that can go wrong in one."""

    level: Annotated[int, Field(ge=0, le=4)]
    kind: Literal["met", "missed"] = "met"
    parts: list[Part] = []


GOOD = '{"level": 3, "kind": "met", "parts": [{"title": "Cache", "weight": 0.5}]}'
WRONG = {
    "no JSON": ("I would say three.", "Invalid JSON"),
    "cut short": ('{"level": 3', "Invalid JSON"),
    "words after it": (GOOD + "\nI hope this helps.", "Invalid JSON"),
    "two of them": (GOOD + GOOD, "Invalid JSON"),
    "a field too many": ('{"level": 3, "grade": "A"}', "grade"),
    "a field too many further in": ('{"level": 3, "parts": [{"sure": true}]}', "parts.0.sure"),
    "a field too few": ('{"kind": "met"}', "level"),
    "too high": ('{"level": 5}', "level: Input should be less than or equal to 4"),
    "too low": ('{"level": -1}', "level: Input should be greater than or equal to 0"),
    "between two levels": ('{"level": 3.5}', "level"),
    "no number": ('{"level": NaN}', "level"),
    "no number where any is welcome": ('{"level": 3, "parts": [{"weight": NaN}]}', "NaN is no number"),
    "endless": ('{"level": 3, "parts": [{"weight": -Infinity}]}', "-Infinity is no number"),
    "another word": ('{"level": 3, "kind": "splendid"}', "kind: Input should be 'met' or 'missed'"),
    "a list": (f"[{GOOD}]", "the whole"),
    "nothing": ("null", "the whole"),
}


@pytest.mark.parametrize("name", WRONG)
async def test_what_breaks_the_shape_is_asked_for_again_with_what_is_wrong(name: str) -> None:
    answer, wrong = WRONG[name]
    model = Scripted([answer, GOOD])
    got = await ask(model, PROMPT, Reply)
    assert got.value == Reply(level=3, parts=[Part(title="Cache", weight=0.5)])
    again = model.asked[1].messages
    assert again[: len(PROMPT.messages)] == PROMPT.messages, (
        "what stood before is the same, so that it is read once"
    )
    assert (again[-2].role, again[-2].text) == ("assistant", answer)
    assert again[-1].role == "user"
    assert wrong in again[-1].text


async def test_an_answer_that_never_fits_has_one_line_in_the_log_and_none_of_its_words(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with pytest.raises(ModelFault):
        await ask(Scripted(lambda prompt: "a secret"), PROMPT, Reply)
    assert [one.getMessage() for one in caplog.records if one.name != "asyncio"] == [
        "scripted gave no answer that fits (broke_the_schema) for speaker/probe, which goes on without it; session s1"
    ]


async def test_a_model_is_asked_three_times_in_all() -> None:
    model = Scripted(lambda prompt: "no")
    with pytest.raises(ModelFault) as caught:
        await ask(model, PROMPT, Reply)
    assert caught.value.code == "broke_the_schema"
    assert len(model.asked) == 3
    lengths = [len(one.messages) for one in model.asked]
    assert lengths == [2, 4, 4], "the last of its answers is shown to it, not all of them"


async def test_an_answer_cut_for_its_length_is_asked_for_in_fewer_words(
    openai_at: OpenAIAt, endpoint: Endpoint
) -> None:
    endpoint.plays(says(GOOD, finish="length"), says(GOOD))
    got = await ask(openai_at(), PROMPT, Reply)
    assert got.value.level == 3
    assert "fewer words" in endpoint.chats[1].json["messages"][-1]["content"]


@pytest.mark.parametrize(
    "fence",
    ["```json\n{}\n```", "```\n{}\n```", "\n ```JSON\n{}\n``` \n", "  {}\n", "```json{}```", "``` {} ```"],
)
async def test_a_fence_of_code_around_it_is_taken_off(fence: str) -> None:
    model = Scripted([fence.replace("{}", GOOD)])
    assert (await ask(model, PROMPT, Reply)).value.level == 3


async def test_a_fault_of_the_model_is_not_asked_about() -> None:
    model = Scripted([ModelDeclined("declined")])
    with pytest.raises(ModelDeclined):
        await ask(model, PROMPT, Reply)
    assert len(model.asked) == 1


async def test_a_fault_between_two_tries_is_the_end(openai_at: OpenAIAt, endpoint: Endpoint) -> None:
    endpoint.plays(says("no"), fails(401))
    with pytest.raises(ModelFault) as caught:
        await ask(openai_at(), PROMPT, Reply)
    assert caught.value.code == "key_refused"


async def test_all_tries_are_counted(openai_at: OpenAIAt, endpoint: Endpoint) -> None:
    endpoint.plays(says("no", usage=(10, 1)), says(GOOD, usage=(20, 2)))
    got: Answer[Reply] = await ask(openai_at(), PROMPT, Reply)
    assert (got.usage.prompt, got.usage.completion) == (30, 3)


async def test_the_schema_goes_with_the_question(openai_at: OpenAIAt, endpoint: Endpoint) -> None:
    endpoint.plays(says(GOOD))
    await ask(openai_at(), PROMPT, Reply)
    told = endpoint.chats[0].json["response_format"]
    assert told["type"] == "json_schema"
    assert told["json_schema"] == {"name": "reply", "strict": True, "schema": schema_of(Reply)}


def test_a_schema_is_strict_in_every_part_and_keeps_a_field_called_title() -> None:
    schema = schema_of(Reply)
    part = schema["$defs"]["Part"]
    assert part["properties"].keys() == {"title", "weight"}
    for one in (schema, part):
        assert one["additionalProperties"] is False
        assert one["required"] == list(one["properties"])
        assert "title" not in one
    assert "default" not in json.dumps(schema)


def test_a_very_long_fault_is_told_in_short() -> None:
    with pytest.raises(ValidationError):
        value_in('{"level": 3, "' + "x" * 5000 + '": 1}', Reply)


async def test_what_is_told_of_an_answer_is_bounded() -> None:
    model = Scripted([json.dumps({"level": 3} | {f"{number}{'x' * 3000}": 1 for number in range(50)}), GOOD])
    await ask(model, PROMPT, Reply)
    assert len(model.asked[1].messages[-1].text) < 2000


async def test_the_model_that_gave_the_value_is_named() -> None:
    assert (await ask(Scripted([GOOD], "m"), PROMPT, Reply)).by == "m"
    first, other = Scripted([ModelBusy("status_500")], "first"), Scripted([GOOD], "other")
    assert (await ask(steady(first, other, tries=1), PROMPT, Reply)).by == "other"
