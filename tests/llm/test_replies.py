"""A model with a memory: asked once, and the same ever after."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from interviewer.errors import BadInput, ModelBusy, ModelFault
from interviewer.llm.model import Message, Model, Prompt, Replayed, Scripted
from interviewer.llm.replies import FILE, Remembered


def asking(text: str, seed: int | None = None) -> Prompt:
    return Prompt("test", (Message("user", text),), seed=seed)


async def said(model: Model, prompt: Prompt) -> tuple[str, str | None]:
    text, finish = "", None
    async for piece in model.stream(prompt):
        text += piece.text
        finish = piece.finish or finish
    return text, finish


async def test_what_was_answered_once_is_not_asked_again(tmp_path: Path) -> None:
    model = Scripted(["One two \u2028 three \ud83d\n", "other"])
    first = await said(Remembered(model, tmp_path / "kept.jsonl"), asking("How many?"))
    again = Remembered(model, tmp_path / "kept.jsonl")
    assert await said(again, asking("How many?")) == first == ("One two \u2028 three \ud83d\n", "stop")
    assert len(model.asked) == 1
    assert await said(again, asking("How many?", seed=1)) == ("other", "stop")


async def test_another_models_answers_are_not_taken(tmp_path: Path) -> None:
    at = tmp_path / "kept.jsonl"
    await said(Remembered(Scripted(["from one"], name="one"), at), asking("Who?"))
    other = Remembered(Scripted(["from another"], name="another"), at)
    assert other.name == "another"
    assert await said(other, asking("Who?")) == ("from another", "stop")
    assert await said(Remembered(Scripted([], name="one"), at), asking("Who?")) == ("from one", "stop")


async def test_a_fault_is_not_kept(tmp_path: Path) -> None:
    model = Scripted([ModelBusy("stalled"), "well"])
    remembered = Remembered(model, tmp_path / "kept.jsonl")
    with pytest.raises(ModelFault):
        await said(remembered, asking("How?"))
    assert await said(remembered, asking("How?")) == ("well", "stop")


async def test_what_it_keeps_is_a_tape(tmp_path: Path) -> None:
    remembered = Remembered(Scripted(["ja, natürlich"], name="m"), tmp_path)
    await said(remembered, asking("Wirklich?"))
    [row] = [json.loads(line) for line in (tmp_path / FILE).read_text(encoding="utf-8").splitlines()]
    assert row == {"key": asking("Wirklich?").key(), "model": "m", "reply": "ja, natürlich"}
    assert await said(Replayed.of(tmp_path / FILE), asking("Wirklich?")) == ("ja, natürlich", "stop")


async def test_a_line_that_was_cut_off_is_left_out(tmp_path: Path) -> None:
    at = tmp_path / "kept.jsonl"
    await said(Remembered(Scripted(["whole"]), at), asking("A?"))
    with at.open("a", encoding="utf-8") as file:
        file.write('{"key": "k", "reply": "br\n[]\n7\n{"key": 1}\n')
    assert await said(Remembered(Scripted([]), at), asking("A?")) == ("whole", "stop")


async def test_an_answer_holds_though_it_cannot_be_kept(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    remembered = Remembered(Scripted(["yes"]), tmp_path / "file" / "below" / "kept.jsonl")
    assert await said(remembered, asking("So?")) == ("yes", "stop")


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "kept.jsonl" / "in").mkdir(parents=True)
    (tmp_path / "kept.jsonl" / FILE).mkdir()
    with pytest.raises(BadInput, match="cannot be read"):
        Remembered(Scripted([]), tmp_path / "kept.jsonl")
