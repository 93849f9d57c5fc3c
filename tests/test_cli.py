"""The command as people type it: what goes to which stream, exit codes, and never a traceback."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.builders import FIXTURES
from tests.commands import Command
from tests.packs.folders import a_folder
from tests.test_transcripts import BAD, GOOD, LANGUAGES

DEV = FIXTURES / "transcripts" / "dev"


@pytest.fixture(scope="module")
def one_problem(paths, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A rubrics/ folder with the URL shortener alone."""
    return str(a_folder(paths.rubrics, tmp_path_factory.mktemp("packs")).root)


@pytest.fixture
def quick(interviewer: Command, one_problem: str) -> Command:
    """The command with one problem to read instead of twenty, for what has to do with none of them."""
    return replace(interviewer, settings={"rubrics": one_problem})


# --------------------------------------------------------------------------------------------------- score a file


def test_a_card_goes_to_the_screen_or_to_a_file(interviewer, tmp_path: Path) -> None:
    shown = interviewer("score", DEV / "dev-01.json", "--format", "json")
    assert (shown.code, shown.err) == (0, "")
    card = json.loads(shown.out)
    assert (card["session"], card["level"]) == ("dev-01", "senior")
    kept = interviewer("score", DEV / "dev-01.json", "--format", "json", "--out", tmp_path / "card.json")
    assert (kept.code, kept.out, kept.err) == (0, "", "")
    assert (tmp_path / "card.json").read_text(encoding="utf-8") == shown.out


@pytest.mark.parametrize("form", ["JSON with turns", "bold labels", "times before", "CRLF"])
def test_short_transcripts_of_any_form_give_a_card_that_assesses_nothing(
    quick, tmp_path: Path, form: str
) -> None:
    file = tmp_path / "talk.txt"
    file.write_bytes(GOOD[form].encode())
    told = quick("score", file, "--scenario", "url-shortener", "--level", "mid", "--format", "json")
    assert (told.code, told.err) == (0, "")
    card = json.loads(told.out)
    assert card["recommendation"] == "not-assessed"
    assert {one["level"] for one in card["criteria"]} == {None}


@pytest.mark.parametrize(
    "fault",
    [
        "an empty file",
        "no candidate",
        "prose",
        "broken JSON",
        "JSON nested deep",
        "an unknown role",
        "one endless turn",
        "an endless number",
    ],
)
def test_a_bad_transcript_is_one_sentence_and_exit_code_two(quick, tmp_path: Path, fault: str) -> None:
    text, name, what = BAD[fault]
    (tmp_path / name).write_text(text, encoding="utf-8")
    told = quick("score", tmp_path / name)
    assert (told.code, told.out) == (2, "")
    assert what in told.err
    assert len(told.err.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("written", "what"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\xff", "not UTF-8 text"),
        (b"Candidate: hello\n" * 130_000, "at most 2,000,000"),
        (b"\x00\x01\x02", "unknown speakers"),
    ],
)
def test_a_file_that_is_no_text_is_one_sentence_and_exit_code_two(
    quick, tmp_path: Path, written: bytes, what: str
) -> None:
    (tmp_path / "talk.md").write_bytes(written)
    told = quick("score", tmp_path / "talk.md")
    assert (told.code, told.out) == (2, "")
    assert what in told.err


def test_another_language_gives_a_card_that_says_so(quick, tmp_path: Path) -> None:
    (tmp_path / "talk.md").write_text(
        f"Interviewer: Go.\nCandidate: {LANGUAGES['Russian'] * 6}\n", encoding="utf-8"
    )
    told = quick("score", tmp_path / "talk.md", "--format", "json")
    card = json.loads(told.out)
    assert told.code == 0
    assert any("language" in note for note in card["notes"])
    assert {one["level"] for one in card["criteria"]} == {None}
    assert all("English" in one["unassessed"] for one in card["criteria"])


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (("score", "nowhere.md"), "nowhere.md does not exist"),
        (("score", DEV / "dev-01.json", "--scenario", "tea-shop"), "No scenario 'tea-shop'"),
        (("score", DEV / "dev-01.json", "--level", "boss"), "boss"),
        (("score", DEV / "dev-01.json", "--kind", "x"), "x"),
        (("score", DEV / "dev-01.json", "--format", "pdf"), "pdf"),
        (("score", DEV / "dev-01.json", "--packs", "nowhere"), "nowhere"),
        (("score", DEV / "dev-01.json", "--out", "nowhere/card.md"), "cannot be written"),
        (("score", DEV / "dev-01.json", "--out", "."), "cannot be written"),
        (("score", "."), "holds no transcripts"),
        (("packs", "schema", "tea"), "No schema 'tea'"),
        (("packs", "check", "--rubrics", "nowhere"), "nowhere"),
        (("packs", "list", "--packs", "nowhere"), "nowhere"),
        (("practise", "tea-shop"), "No scenario 'tea-shop'"),
        (("practise", "url-shortener", "--pace", "quick"), "--pace 'quick'"),
        (("practise", "url-shortener", "--minutes", "1"), "minutes"),
        (("bake",), "bake"),
    ],
)
def test_what_cannot_be_done_is_said_with_exit_code_two(quick, words: tuple[object, ...], what: str) -> None:
    told = quick(*words)
    assert told.code == 2
    assert what in told.err
    assert told.out == ""


# ---------------------------------------------------------------------------------------------------------- packs


def test_packs_are_listed_and_checked(interviewer) -> None:
    listed = interviewer("packs", "list")
    assert listed.code == 0
    assert all(
        id in listed.out for id in ("url-shortener", "twitter-feed", "key-value-store", "ride-sharing")
    )
    checked = interviewer("packs", "check")
    assert checked.code == 0
    assert re.search(r"20 packs, 14 criteria, \d+ red flags; faults: 0, warnings: \d+\n", checked.out)


def test_a_pack_is_tried_from_any_phase(interviewer) -> None:
    told = interviewer("packs", "try", "url-shortener", "--phase", "api", "--minutes", "4", "--seed", "3")
    assert (told.code, told.err) == (0, "")
    assert "Candidate: " in told.out
    assert re.search(r"^    >  +\d+\.\d  \w+.*: \w+", told.out, re.MULTILINE)
    strange = interviewer("packs", "try", "url-shortener", "--phase", "supper")
    assert (strange.code, strange.out) == (2, "")
    assert "No phase 'supper'" in strange.err


def test_a_poor_pack_fails_the_check_by_file_and_line(interviewer, tmp_path: Path, paths) -> None:
    rubrics = Path(shutil.copytree(paths.rubrics, tmp_path / "rubrics"))
    file = rubrics / "system_design" / "scenarios" / "url-shortener.yaml"
    for other in set(file.parent.glob("*.yaml")) - {file}:
        other.unlink()
    text = file.read_text(encoding="utf-8")
    poor = text.replace('- "Before any boxes: ', '- "Excellent. ', 1)
    file.write_text(poor, encoding="utf-8")
    line = poor[: poor.index('- "Excellent')].count("\n") + 1
    told = interviewer("packs", "check", "--rubrics", rubrics)
    assert told.code == 1
    assert f"url-shortener.yaml:{line}: topics.0.probes.0: judges ('Excellent')" in told.out
    file.write_text(text.replace("plan: hybrid", "plan: hybird", 1), encoding="utf-8")
    told = interviewer("packs", "check", "--rubrics", rubrics)
    assert (told.code, told.out) == (2, "")
    assert "url-shortener.yaml:" in told.err and "hybird is no plan" in told.err


@pytest.mark.parametrize("what", ["scenario", "scorecard"])
def test_the_schemas_are_printed_as_they_are_committed(interviewer, what: str, paths) -> None:
    assert interviewer("packs", "schema", what).out == (paths.rubrics / f"{what}.schema.json").read_text(
        encoding="utf-8"
    )


# ------------------------------------------------------------------------------------------------- score a folder


@pytest.fixture
def batch(one_problem: str):
    """The command in a process of its own, as a folder is scored by several."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("INTERVIEWER_")}
    env["INTERVIEWER_RUBRICS"] = one_problem
    program = [sys.executable, "-c", "from interviewer.cli import main; main()"]

    def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [*program, "score", str(folder), *words],
            cwd=folder, env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=300,
        )  # fmt: skip
        assert "Traceback" not in done.stderr, done.stderr
        assert done.stdout == ""
        return done

    return run


@pytest.fixture
def interviews(tmp_path: Path) -> Path:
    """A folder with two good files of one stem, two other good ones, two bad ones, and what is none of its business."""
    folder = tmp_path / "interviews"
    folder.mkdir()
    shutil.copy(DEV / "dev-01.json", folder)
    shutil.copy(DEV / "dev-01.gold.json", folder)
    for name, form in (("talk.md", "bold labels"), ("talk.txt", "plain labels"), ("crlf.txt", "CRLF")):
        (folder / name).write_bytes(GOOD[form].encode())
    (folder / "broken.json").write_text('{"turns": [', encoding="utf-8")
    (folder / "alone.txt").write_text("Interviewer: Anybody there?\n", encoding="utf-8")
    (folder / "notes.pdf").write_text("not a transcript", encoding="utf-8")
    (folder / ".hidden.md").write_text("Candidate: hi", encoding="utf-8")
    return folder


def test_a_folder_is_scored_once_and_again_only_what_has_changed(interviews: Path, batch) -> None:
    cards = interviews / "scorecards"
    first = batch(interviews, "--jobs", "3")
    assert first.returncode == 2
    assert "4 scored, 0 already there, 2 not scored" in first.stderr
    assert "Scoring" in first.stderr and "6/6" in first.stderr
    assert "broken.json: broken.json is not JSON at line 1" in first.stderr
    assert "alone.txt: alone.txt: unknown speakers" in first.stderr
    stems = ["crlf", "dev-01", "talk.md", "talk.txt"]
    assert sorted(file.name for file in cards.iterdir()) == sorted(
        f"{stem}.card.{ending}" for stem in stems for ending in ("json", "md")
    )
    made = {file: file.stat().st_mtime_ns for file in cards.iterdir()}

    again = batch(interviews)
    assert again.returncode == 2
    assert "0 scored, 4 already there, 2 not scored" in again.stderr
    assert {file: file.stat().st_mtime_ns for file in cards.iterdir()} == made

    (interviews / "crlf.txt").write_text(GOOD["plain labels"] + "Candidate: And a queue.\n", encoding="utf-8")
    (interviews / "broken.json").unlink()
    (interviews / "alone.txt").unlink()
    third = batch(interviews)
    assert third.returncode == 0
    assert "1 scored, 3 already there, 0 not scored" in third.stderr

    asked = batch(interviews, "--level", "staff")
    assert "4 scored, 0 already there" in asked.stderr
    assert json.loads((cards / "dev-01.card.json").read_text(encoding="utf-8"))["level"] == "staff"


def test_a_folder_scores_as_its_files_do_one_by_one_however_many_at_once(
    interviews: Path, batch, quick, tmp_path: Path
) -> None:
    batch(interviews, "--jobs", "1", "--out", str(tmp_path / "one"))
    batch(interviews, "--jobs", "4", "--out", str(tmp_path / "four"), "--format", "html")
    alone = quick("score", DEV / "dev-01.json", "--format", "json").out
    for folder in ("one", "four"):
        assert (tmp_path / folder / "dev-01.card.json").read_text(encoding="utf-8") == alone
    page = (tmp_path / "four" / "dev-01.card.html").read_text(encoding="utf-8")
    assert page == quick("score", DEV / "dev-01.json", "--format", "html").out
    assert not (tmp_path / "four" / "dev-01.card.md").exists()

    (interviews / "crlf.txt").write_text(GOOD["plain labels"] + "Candidate: And a queue.\n", encoding="utf-8")
    told = batch(interviews, "--out", str(tmp_path / "four"), "--format", "markdown")
    assert "4 scored" in told.stderr
    kept = {file.name for file in (tmp_path / "four").iterdir()}
    assert {"crlf.card.json", "crlf.card.md", "dev-01.card.html", "dev-01.card.md"} <= kept
    assert "crlf.card.html" not in kept, "a page of words that the file no longer holds"


def test_cards_need_a_folder_to_go_to(interviews: Path, interviewer, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file", encoding="utf-8")
    told = interviewer("score", interviews, "--out", tmp_path / "taken")
    assert told.code == 2
    assert "is no folder to write cards to" in told.err


def test_listing_problems_loads_neither_a_web_server_nor_a_database() -> None:
    told = subprocess.run(
        [sys.executable, "-c", "import sys, interviewer.cli; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = set(told.stdout.split())
    assert "interviewer.packs.load" in loaded
    assert not loaded & {"fastapi", "starlette", "uvicorn", "websockets", "sqlalchemy", "prompt_toolkit"}
