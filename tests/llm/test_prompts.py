"""Prompts are files: their slots are all filled or it is a fault, and their hash tells which text was used."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import get_args

import pytest

from interviewer.dialogue.speaker_prompt import BY_HEART
from interviewer.errors import BadInput, NotFound
from interviewer.interview.moves import Move
from interviewer.llm.prompts import WANTED, Prompts, Template
from tests.conftest import Paths


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "speaker").mkdir()
    (tmp_path / "README.md").write_text("Not a prompt: {{ nothing }}.", encoding="utf-8")
    (tmp_path / "base.md").write_text("You ask.\n", encoding="utf-8")
    (tmp_path / "speaker" / "probe.md").write_text(
        "{% for one in asked %}\n- {{ one }}\n{% endfor %}\nAsk of {{ topic }}.\n", encoding="utf-8"
    )
    return tmp_path


def test_a_prompt_is_named_by_its_place_and_a_readme_is_none(folder: Path) -> None:
    assert sorted(Prompts.found(folder).templates) == ["base", "speaker/probe"]


def test_a_prompt_is_filled(folder: Path) -> None:
    probe = Prompts.found(folder).of("speaker/probe")
    assert probe.slots == {"asked", "topic"}
    assert probe.filled(asked=["how", "why"], topic="caches") == "- how\n- why\nAsk of caches."


@pytest.mark.parametrize(
    ("values", "named"),
    [
        ({"topic": "caches"}, "asked"),
        ({}, "asked, topic"),
        ({"topic": "x", "asked": [], "mood": "kind"}, "mood"),
        ({"topic": "x", "askd": []}, "askd, asked"),
    ],
)
def test_a_slot_without_a_value_and_a_value_without_a_slot_are_refused(
    folder: Path, values: dict[str, object], named: str
) -> None:
    with pytest.raises(BadInput, match=rf"speaker/probe\.md: .*: {named}\.$"):
        Prompts.found(folder).of("speaker/probe").filled(**values)


def test_what_fills_a_slot_is_never_read_as_a_template_itself(folder: Path) -> None:
    filled = (
        Prompts.found(folder).of("speaker/probe").filled(asked=[], topic="{{ asked }} {% raw %} <b>&amp;")
    )
    assert filled == "Ask of {{ asked }} {% raw %} <b>&amp;."


def test_a_text_that_is_no_template_is_told_with_its_file() -> None:
    with pytest.raises(BadInput, match=r"prompts/speaker/odd\.md"):
        Template("speaker/odd", "{% if x %} never ended").filled(x=1)


def test_the_hash_changes_with_the_text_and_with_nothing_else() -> None:
    one = Template("a", "Ask of {{ topic }}.")
    assert one.hash == Template("b", "Ask of {{ topic }}.").hash
    assert one.hash != Template("a", "Ask of  {{ topic }}.").hash
    assert len(one.hash) == 12


def test_a_hash_over_several_changes_with_each_of_them_and_with_their_order(folder: Path) -> None:
    before = Prompts.found(folder)
    both = before.hash_of("base", "speaker/probe")
    assert both != before.hash_of("speaker/probe", "base")
    assert both != before.hash_of("base")
    (folder / "base.md").write_text("You ask kindly.\n", encoding="utf-8")
    assert Prompts.found(folder).hash_of("base", "speaker/probe") != both
    assert Prompts.found(folder).hash_of("speaker/probe") == before.hash_of("speaker/probe")


def test_a_prompt_that_is_not_there_is_not_found(folder: Path) -> None:
    with pytest.raises(NotFound, match=r"speaker/sing\.md"):
        Prompts.found(folder).of("speaker/sing")


def test_every_prompt_of_ours_can_be_read(paths: Paths) -> None:
    prompts = Prompts.read(paths.prompts)
    assert prompts.templates
    for template in prompts.templates.values():
        assert template.text, template.name
        assert isinstance(template.slots, frozenset)


@pytest.fixture
def own(paths: Paths, tmp_path: Path) -> Path:
    """A folder of one's own, which began as a copy of ours."""
    return Path(shutil.copytree(paths.prompts, tmp_path / "own"))


def test_a_folder_of_ones_own_that_holds_everything_is_taken(own: Path) -> None:
    (own / "speaker" / "probe.md").write_text("Ask it plainly.", encoding="utf-8")
    assert Prompts.read(own).of("speaker/probe").text == "Ask it plainly."


@pytest.mark.parametrize("name", ["listener", "speaker/_desk", "speaker/probe", "observer/_asks"])
def test_a_file_that_is_missing_is_told_before_anybody_says_a_word(own: Path, name: str) -> None:
    (own / f"{name}.md").unlink()
    with pytest.raises(BadInput, match=rf"lacks {name}\.md"):
        Prompts.read(own)


def test_all_that_is_missing_is_told_in_one_line(own: Path) -> None:
    shutil.rmtree(own / "speaker")
    with pytest.raises(BadInput, match=r"lacks speaker/_desk\.md, .* and \d+ more;"):
        Prompts.read(own)


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("speaker/probe", "Ask of {{ topic }}.", "topic"),
        ("speaker/_voice", "You are {{ persona }}.", "brief, level"),
        ("listener", "", "brief, facts, topics"),
        ("observer/cr.api", "{% if x %} never ended", "end of"),
    ],
)
def test_slots_that_nobody_fills_are_told_with_their_file(own: Path, name: str, text: str, told: str) -> None:
    (own / f"{name}.md").write_text(text, encoding="utf-8")
    with pytest.raises(BadInput, match=told) as caught:
        Prompts.read(own)
    assert f"{name}.md" in str(caught.value)


def test_a_file_that_is_no_text_is_told(own: Path) -> None:
    (own / "listener.md").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadInput, match=r"listener\.md is no text"):
        Prompts.read(own)


def test_a_criterion_without_examples_is_no_fault(own: Path) -> None:
    (own / "observer" / "cr.api.md").unlink()
    assert "observer/cr.api" not in Prompts.read(own).templates


def test_what_is_wanted_is_what_moves_and_readers_ask_for(paths: Paths) -> None:
    kinds = {str(move.model_fields["kind"].default) for move in get_args(get_args(Move)[0])}
    by_heart = {str(move.model_fields["kind"].default) for move in BY_HEART}
    assert {f"speaker/{kind}" for kind in kinds - by_heart} <= WANTED.keys()
    ours = Prompts.found(paths.prompts).templates
    examples = {name for name in ours if name.startswith("observer/cr.")}
    assert WANTED == {name: one.slots for name, one in ours.items() if name not in examples}
