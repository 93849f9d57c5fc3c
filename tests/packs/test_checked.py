"""The stamp that spares us compiling every cue at the start: it is current, and it vouches for no word that was changed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from interviewer.interview import rubric as rubric_module
from interviewer.packs.checked import STAMP, stamped, write_stamp
from interviewer.packs.load import RUBRIC, load
from tests.builders import PACKS, a_shelf
from tests.commands import Command
from tests.packs.folders import SCENARIO, Folder, a_folder


@pytest.fixture
def folder(paths, tmp_path: Path) -> Folder:
    """A copy of the rubric with one pack and a stamp."""
    folder = a_folder(paths.rubrics, tmp_path)
    write_stamp(folder.root / RUBRIC, folder.load().documents)
    return folder


@pytest.fixture
def compilings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every cue that is compiled from here on."""
    seen: list[str] = []
    really = rubric_module.compiled

    def compiled(cue: str) -> object:
        seen.append(cue)
        return really(cue)

    monkeypatch.setattr(rubric_module, "compiled", compiled)
    return seen


def test_the_stamp_that_ships_is_current(paths) -> None:
    told = json.loads((paths.rubrics / RUBRIC / STAMP).read_text(encoding="utf-8"))
    now = {one.file: one.digest for one in a_shelf().documents.values()}
    assert told == now, "run `.venv/bin/interviewer packs check --stamp`"


def test_what_is_stamped_is_read_without_compiling_a_cue(folder: Folder, compilings: list[str]) -> None:
    folder.load()
    assert compilings == []


def test_all_is_compiled_where_that_is_asked_for(folder: Folder, compilings: list[str]) -> None:
    load(folder.root, whole=True)
    assert len(compilings) > 1000


def test_a_stamp_vouches_for_a_file_whatever_its_line_ends(folder: Folder, compilings: list[str]) -> None:
    crlf = folder.path(SCENARIO).read_bytes().replace(b"\n", b"\r\n")
    folder.path(SCENARIO).write_bytes(crlf)
    folder.load()
    assert compilings == []


def test_only_the_file_that_was_edited_is_compiled(folder: Folder, compilings: list[str]) -> None:
    folder.change(SCENARIO, 'raised: ["', 'raised: ["a new way to say it", "')
    folder.load()
    assert "a new way to say it" in compilings
    assert 100 < len(compilings) < 1000


def test_a_cue_broken_since_is_named_by_file_and_line(folder: Folder) -> None:
    line = folder.change(SCENARIO, 'raised: ["', 'raised: ["(", "')
    (fault,) = folder.faults()
    assert (fault.file, fault.line) == ("url-shortener.yaml", line)
    assert "not a regular expression" in fault.what


def test_a_pack_of_ones_own_is_compiled_and_its_broken_cue_is_named(folder: Folder, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    text = folder.path(SCENARIO).read_text(encoding="utf-8").replace("id: url-shortener", "id: my-own", 1)
    before, _, after = text.partition('raised: ["')
    (own / "my-own.yaml").write_text(f'{before}raised: ["(", "{after}', encoding="utf-8")
    with pytest.raises(Exception, match=rf"my-own\.yaml:{before.count(chr(10)) + 1}: .*regular expression"):
        load(folder.root, own)


@pytest.mark.parametrize("written", [None, "", "{", "[]", '{"url-shortener.yaml": 3}', "\xff"])
def test_without_a_stamp_that_can_be_read_everything_is_compiled(
    folder: Folder, written: str | None, compilings: list[str]
) -> None:
    stamp = folder.root / RUBRIC / STAMP
    stamp.unlink()
    if written is not None:
        stamp.write_bytes(written.encode("latin-1"))
    assert stamped(folder.root / RUBRIC) == frozenset()
    folder.load()
    assert len(compilings) > 1000


def test_all_that_ships_is_read_without_compiling_a_cue(compilings: list[str]) -> None:
    assert tuple(one.id for one in load().scenarios) == PACKS
    assert compilings == []


def test_the_command_writes_the_stamp(folder: Folder, in_place: Command) -> None:
    (folder.root / RUBRIC / STAMP).unlink()
    done = in_place("packs", "check", "--stamp", "--rubrics", str(folder.root))
    assert "checked.json" in done.out
    assert len(stamped(folder.root / RUBRIC)) == 8


@pytest.fixture
def in_place(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    return Command(tmp_path, capsys, monkeypatch)
