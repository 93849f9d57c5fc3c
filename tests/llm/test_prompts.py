"""Prompts are files: their slots are all filled or it is a fault, and their hash tells which text was used."""

from __future__ import annotations

from pathlib import Path

import pytest

from interviewer.errors import BadInput, NotFound
from interviewer.llm.prompts import Prompts, Template
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
    assert sorted(Prompts.read(folder).templates) == ["base", "speaker/probe"]


def test_a_prompt_is_filled(folder: Path) -> None:
    probe = Prompts.read(folder).of("speaker/probe")
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
        Prompts.read(folder).of("speaker/probe").filled(**values)


def test_what_fills_a_slot_is_never_read_as_a_template_itself(folder: Path) -> None:
    filled = Prompts.read(folder).of("speaker/probe").filled(asked=[], topic="{{ asked }} {% raw %} <b>&amp;")
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
    before = Prompts.read(folder)
    both = before.hash_of("base", "speaker/probe")
    assert both != before.hash_of("speaker/probe", "base")
    assert both != before.hash_of("base")
    (folder / "base.md").write_text("You ask kindly.\n", encoding="utf-8")
    assert Prompts.read(folder).hash_of("base", "speaker/probe") != both
    assert Prompts.read(folder).hash_of("speaker/probe") == before.hash_of("speaker/probe")


def test_a_prompt_that_is_not_there_is_not_found(folder: Path) -> None:
    with pytest.raises(NotFound, match=r"speaker/sing\.md"):
        Prompts.read(folder).of("speaker/sing")


def test_every_prompt_of_ours_can_be_read(paths: Paths) -> None:
    prompts = Prompts.read(paths.prompts)
    assert prompts.templates
    for template in prompts.templates.values():
        assert template.text, template.name
        assert isinstance(template.slots, frozenset)
