"""A model with a memory: asked once, and the same ever after."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from interviewer.errors import BadInput, ModelBusy, ModelFault
from interviewer.llm.model import Message, Model, Prompt, Replayed, Scripted
from interviewer.llm.replies import FILE, Remembered
from interviewer.llm.steady import SteadyModel
from tests.llm.reading import read, steady


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


def seated(*models: Scripted) -> SteadyModel:
    return steady(*models, tries=1)


async def test_an_answer_is_kept_under_the_name_of_who_gave_it_and_is_not_asked_again(tmp_path: Path) -> None:
    at = tmp_path / "kept.jsonl"
    first, other = Scripted([ModelBusy("status_500")], "first"), Scripted(["From the other."], "other")
    await said(Remembered(seated(first, other), at), asking("Who?"))
    [row] = [json.loads(line) for line in at.read_text(encoding="utf-8").splitlines()]
    assert row["model"] == "other"
    again = Remembered(seated(Scripted([], "first"), Scripted([], "other")), at)
    got = await read(again, asking("Who?"))
    assert (got.text, {one.by for one in got.pieces}) == ("From the other.", {"other"})


async def test_the_first_models_answer_goes_before_that_of_who_stood_in(tmp_path: Path) -> None:
    at = tmp_path / "kept.jsonl"
    await said(Remembered(Scripted(["stood in"], "other"), at), asking("Who?"))
    await said(Remembered(Scripted(["itself"], "first"), at), asking("Who?"))
    again = Remembered(seated(Scripted([], "first"), Scripted([], "other")), at)
    assert await said(again, asking("Who?")) == ("itself", "stop")


async def test_a_tape_and_a_memory_read_the_same_file_alike(tmp_path: Path) -> None:
    at = tmp_path / "kept.jsonl"
    rows = [{"key": asking(text).key(), "reply": text, "model": "m"} for text in ("A", "B")]
    rows[1]["finish"] = "length"
    at.write_text(f'{json.dumps(rows[0])}\n{{"key": "k", "re\n\n{json.dumps(rows[1])}', encoding="utf-8")
    for model in (Replayed.of(at), Remembered(Scripted([], "m"), at)):
        assert await said(model, asking("A")) == ("A", "stop")
        assert await said(model, asking("B")) == ("B", "length")


def test_a_file_without_a_single_reply_is_no_tape(tmp_path: Path) -> None:
    at = tmp_path / "talk.md"
    at.write_text("**Candidate:** I would begin with the reads.\n", encoding="utf-8")
    with pytest.raises(ValueError, match="no replies"):
        Replayed.of(at)
