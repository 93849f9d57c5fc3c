"""A problem of one's own, in a folder of one's own, is practised, scored, checked and tried like those that ship."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commands import Command
from tests.packs.folders import a_folder

OWN = "village-post"


@pytest.fixture
def interviewer(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Command:
    return Command(tmp_path, capsys, monkeypatch)


@pytest.fixture
def own(paths, tmp_path: Path) -> Path:
    """A folder with one pack: the URL shortener under another name, with another person in it."""
    whole = (paths.rubrics / "system_design/scenarios/url-shortener.yaml").read_text(encoding="utf-8")
    mine = whole.replace("id: url-shortener", f"id: {OWN}", 1).replace("Marta", "Ottilie")
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / f"{OWN}.yaml").write_text(mine, encoding="utf-8")
    return folder


def test_it_is_listed(own: Path, interviewer: Command) -> None:
    assert OWN in interviewer("packs", "list", "--packs", own).out


def test_it_is_practised(own: Path, interviewer: Command) -> None:
    talk = "Who makes these links?\n/end\nNothing.\nNo.\nFine.\n"
    told = interviewer("practise", OWN, "--packs", own, said=talk)
    assert told.code == 0, told.err
    assert "Say Ottilie prints the short one" in told.out
    assert "Scorecard" in told.out


def test_an_interview_about_it_is_scored_by_it(own: Path, interviewer: Command, tmp_path: Path) -> None:
    talk = tmp_path / "talk.md"
    talk.write_text(
        "**Interviewer:** Design it.\n\n**Candidate:** Who makes the links, and who opens them?\n",
        encoding="utf-8",
    )
    told = interviewer("score", talk, "--scenario", OWN, "--packs", own, "--format", "json")
    assert told.code == 0, told.err
    card = json.loads(told.out)
    assert (card["scenario"], card["title"]) == (OWN, "URL shortener")


def test_it_is_checked_beside_the_rubric(own: Path, interviewer: Command, paths, tmp_path: Path) -> None:
    few = a_folder(paths.rubrics, tmp_path)  # one other problem is enough, and quicker than twenty
    sound = interviewer("packs", "check", "--rubrics", few.root, "--packs", own)
    assert (sound.code, "2 packs" in sound.out) == (0, True), sound.out
    file = own / f"{OWN}.yaml"
    text = file.read_text(encoding="utf-8").replace('- "Before any boxes: ', '- "Excellent. ', 1)
    file.write_text(text, encoding="utf-8")
    line = text[: text.index('- "Excellent')].count("\n") + 1
    poor = interviewer("packs", "check", "--rubrics", few.root, "--packs", own)
    assert poor.code == 1
    assert f"{OWN}.yaml:{line}: topics.0.probes.0: judges" in poor.out


def test_the_stamp_is_of_what_ships_alone(own: Path, interviewer: Command, paths, tmp_path: Path) -> None:
    few = a_folder(paths.rubrics, tmp_path)
    stamp = few.path("checked.json")
    stamp.unlink()
    told = interviewer("packs", "check", "--stamp", "--rubrics", few.root, "--packs", own)
    assert told.code == 0, told.out
    assert f"{OWN}.yaml" not in json.loads(stamp.read_text(encoding="utf-8"))


def test_it_is_tried(own: Path, interviewer: Command) -> None:
    told = interviewer("packs", "try", OWN, "--packs", own, "--minutes", "2")
    assert told.code == 0, told.err
    assert "Ottilie" in told.out


def test_a_broken_cue_in_it_is_told_by_file_and_line(own: Path, interviewer: Command) -> None:
    file = own / f"{OWN}.yaml"
    before, _, after = file.read_text(encoding="utf-8").partition('raised: ["')
    file.write_text(f'{before}raised: ["(", "{after}', encoding="utf-8")
    told = interviewer("packs", "list", "--packs", own)
    assert told.code == 2
    assert f"{OWN}.yaml:{before.count(chr(10)) + 1}:" in told.err
    assert "not a regular expression" in told.err
