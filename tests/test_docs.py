"""Every command of the README is run, every file that the documents point to is there."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.commands import Command
from tests.packs.folders import a_folder

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = [
    ROOT / name
    for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "rubrics/README.md", "prompts/README.md")
]


def commands(beginning: str) -> list[str]:
    """The lines of code in the README that begin so, without their comments."""
    code = re.findall(r"^    (\S.*)$", README, re.MULTILINE)
    return [re.split(r"\s+# ", line)[0].strip() for line in code if line.startswith(beginning)]


INTERVIEWER, MAKE, SLASH = commands(".venv/bin/interviewer "), commands("make "), commands("/")


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """A folder with the files that the README speaks of."""
    talk = "**Interviewer:** Design a feed.\n\n**Candidate:** Who reads it, and how many are they?\n"
    (tmp_path / "talk.md").write_text(talk, encoding="utf-8")
    (tmp_path / "interviews").mkdir()
    (tmp_path / "interviews" / "one.md").write_text(talk, encoding="utf-8")
    (tmp_path / "answers.txt").write_text(
        "Who uses it?\nThen a table will do.\n/end\nNothing.\nNo.\nFine.\n", encoding="utf-8"
    )
    (tmp_path / "sketch.mmd").write_text("graph LR\n  app[App] --> db[(Table)]\n", encoding="utf-8")
    (tmp_path / "my-packs").mkdir()
    pack = (ROOT / "rubrics" / "system_design" / "scenarios" / "url-shortener.yaml").read_text(
        encoding="utf-8"
    )
    (tmp_path / "my-packs" / "my-own.yaml").write_text(
        pack.replace("id: url-shortener", "id: my-own", 1), encoding="utf-8"
    )
    return tmp_path


@pytest.fixture
def interviewer(here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    return Command(here, capsys, monkeypatch)


def test_the_readme_holds_commands_to_run() -> None:
    assert len(INTERVIEWER) >= 8
    assert {"make run", "make test"} <= set(MAKE)
    assert {"/help", "/end"} <= {line.split()[0] for line in SLASH}


@pytest.mark.parametrize("line", [line for line in INTERVIEWER if "interviews/" not in line])
def test_a_command_of_the_readme_runs(line: str, here: Path, interviewer: Command) -> None:
    words = shlex.split(line)[1:]
    said = ""
    if "<" in words:
        at = words.index("<")
        said, words = (here / words[at + 1]).read_text(encoding="utf-8"), words[:at]
    if words == ["packs", "check"]:  # of all packs that is in test_cli.py
        interviewer = replace(interviewer, settings={"rubrics": str(a_folder(ROOT / "rubrics", here).root)})
    done = interviewer(*words, said=said)
    assert done.code == 0, done.err
    assert done.out


@pytest.mark.parametrize("line", [line for line in INTERVIEWER if "interviews/" in line])
def test_a_command_of_the_readme_scores_a_folder(line: str, here: Path) -> None:
    program = [sys.executable, "-c", "from interviewer.cli import main; main()", *shlex.split(line)[1:]]
    done = subprocess.run(
        program, cwd=here, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    assert "1 scored" in done.stderr


@pytest.mark.parametrize("line", MAKE)
def test_a_make_target_of_the_readme_is_one(line: str) -> None:
    words = shlex.split(line)
    done = subprocess.run(
        [shutil.which("make") or "make", "--dry-run", *words[1:]], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("line", [line for line in MAKE if "ARGS=" in line])
def test_what_make_is_told_to_run_is_a_command(line: str, interviewer: Command) -> None:
    (given,) = [word.removeprefix("ARGS=") for word in shlex.split(line) if word.startswith("ARGS=")]
    done = interviewer(*shlex.split(given), "--help")
    assert done.code == 0, done.err


def test_the_words_for_the_interviewer_are_understood(interviewer: Command) -> None:
    lines = ["Who uses it?", *sorted(SLASH, key=lambda line: line.startswith("/end"))]
    refusal = "  /help lists the commands."
    done = interviewer("practise", "url-shortener", said="\n".join(lines) + "\n")
    strange = interviewer("practise", "url-shortener", said="/nonsense\n")
    assert done.code == strange.code == 0
    assert refusal in strange.out.splitlines()
    assert refusal not in done.out.splitlines()
    assert "Scorecard" in done.out


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_what_a_document_points_to_is_there(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    linked = [
        target.partition("#")[0] for target in re.findall(r"\]\(([^)\s]+)\)", text) if "://" not in target
    ]
    named = re.findall(r"`((?:interviewer|rubrics|prompts|tests)/[\w./-]+\.\w+)`", text)
    missing = [target for target in linked if target and not (document.parent / target).exists()]
    missing += [target for target in named if not (ROOT / target).exists()]
    assert missing == []
