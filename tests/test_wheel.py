"""What people install is the wheel: it must work with nothing of the checkout in reach."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

SAID = [
    "Before I draw anything: how many links are made a day, and how many reads does each of them get?",
    "Then with 100 million new links a month that is about 40 writes a second, and at 100 reads each it is "
    "4,000 reads a second.",
    "I would keep the links in a key-value store, since every read is one lookup by the short code and there "
    "are no joins.",
    "Reads are a hundred times the writes, so I put a cache in front of the store; when it is down, reads "
    "fall through and I shed load so that the store survives.",
    "The price is that an expired link may be served for a minute, which I accept for fast redirects.",
]
ASKED = [
    "Design a service that shortens links.",
    "Say a hundred million a month, and a hundred reads for each.",
    "Fine. Where do the links live?",
    "What carries the reads?",
    "What does that cost you?",
]


def run(*command: object, cwd: Path, **env: str) -> str:
    """What `command` printed; it sees no PYTHONPATH and no virtual environment of ours."""
    kept = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={**kept, **env},
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert done.returncode == 0, f"{command} failed:\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory, paths) -> Path:
    """An environment that holds the wheel, its pinned dependencies and nothing else; gives its bin folder."""
    here = tmp_path_factory.mktemp("wheel")
    pip = ("-m", "pip", "--disable-pip-version-check", "--quiet")
    build = ("wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", here)
    run(sys.executable, *pip, *build, paths.root, cwd=here)
    (wheel,) = here.glob("interviewer-*.whl")
    run(sys.executable, "-m", "venv", "--without-pip", here / "env", cwd=here)
    # Most of what is compiled beforehand is never imported here.
    install = ("--python", here / "env", "install", "--no-compile", "-c", paths.root / "constraints.txt")
    run(sys.executable, *pip, *install, wheel, cwd=here)
    return here / "env" / "bin"


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """A folder with nothing in it, to work in."""
    folder = tmp_path / "empty"
    folder.mkdir()
    return folder


def test_the_installed_program_scores_a_transcript_with_quotes_from_it(
    installed: Path, empty: Path, tmp_path: Path
) -> None:
    talk = tmp_path / "talk.md"
    turns = [
        f"**Interviewer:** {ask}\n\n**Candidate:** {say}\n" for ask, say in zip(ASKED, SAID, strict=True)
    ]
    talk.write_text("\n".join(turns))
    printed = run(
        installed / "interviewer",
        *("score", talk, "--scenario", "url-shortener", "--level", "senior", "--format", "json"),
        cwd=empty,
        HOME=str(tmp_path),
    )
    card = json.loads(printed)
    quotes = [row["quote"] for row in card["evidence"] if "quote" in row]
    assert quotes, "not one line of the card rests on the candidate's words"
    for quote in quotes:
        assert any(quote in say for say in SAID), f"never said: {quote!r}"


def test_the_wheel_carries_rubrics_prompts_and_migrations(installed: Path, empty: Path) -> None:
    tell = "import interviewer, pathlib; print(pathlib.Path(interviewer.__file__).parent)"
    package = Path(run(installed / "python", "-c", tell, cwd=empty).strip())
    assert package.is_relative_to(installed.parent)
    assert list((package / "_data" / "rubrics").rglob("*.yaml"))
    assert (package / "_data" / "prompts" / "phrases.yaml").is_file()
    assert list((package / "store" / "migrations" / "versions").glob("v0001*.py"))
    assert not (package.parent / "tests").exists()


def test_the_wheel_carries_the_web_pages_and_what_they_ask_for(installed: Path, empty: Path) -> None:
    tell = "import interviewer, pathlib; print(pathlib.Path(interviewer.__file__).parent)"
    pages = Path(run(installed / "python", "-c", tell, cwd=empty).strip()) / "_web"
    page = (pages / "index.html").read_text()
    asked = re.findall(r'(?:src|href)="/([^"]+)"', page)
    assert "boot.js" in asked
    assert [name for name in asked if not (pages / name).is_file()] == []
    assert list((pages / "excalidraw" / "fonts").rglob("*.woff2"))
