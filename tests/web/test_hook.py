"""The build of the pages, as pip and make start it: only when it has to, and in one line when it cannot."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import hatch_build


@pytest.fixture
def checkout(tmp_path: Path, paths) -> Path:
    """The sources of the pages and what was built of them, with no packages to build them anew."""
    left_out = shutil.ignore_patterns("node_modules")
    shutil.copytree(paths.root / "web", tmp_path / "web", ignore=left_out)
    shutil.copytree(paths.root / "interviewer" / "_web", tmp_path / "interviewer" / "_web")
    stamp = hatch_build.digest(tmp_path / "web")
    (tmp_path / "interviewer" / "_web" / ".stamp").write_text(stamp)
    return tmp_path


@pytest.fixture
def no_node(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nonexistent")
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)


@pytest.mark.usefixtures("no_node")
def test_pages_that_are_as_their_sources_need_no_node(checkout: Path) -> None:
    (checkout / "web" / "src" / "new.test.ts").write_text("// a test is no part of the pages\n")
    hatch_build.build(checkout)


@pytest.mark.usefixtures("no_node")
def test_without_node_a_build_ends_with_one_line_and_keeps_the_old_pages(checkout: Path) -> None:
    (checkout / "web" / "src" / "main.tsx").write_text("// changed\n")
    with pytest.raises(SystemExit) as end:
        hatch_build.build(checkout)
    assert str(end.value).startswith("The web pages need Node.js 22 or newer")
    assert "\n" not in str(end.value)
    assert (checkout / "interviewer" / "_web" / "index.html").is_file()


@pytest.mark.usefixtures("no_node")
def test_the_build_can_be_left_out(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (checkout / "web" / "src" / "main.tsx").write_text("// changed\n")
    monkeypatch.setenv("INTERVIEWER_SKIP_WEB", "1")
    hatch_build.build(checkout)


def test_any_change_of_a_source_changes_the_stamp(checkout: Path) -> None:
    web = checkout / "web"
    before = hatch_build.digest(web)
    for name in (
        "index.html",
        "package-lock.json",
        "src/ui/tokens.css",
        "public/boot.js",
        "plugins/excalidraw.ts",
    ):
        with (web / name).open("a") as file:
            file.write(" ")
        after = hatch_build.digest(web)
        assert after != before, name
        before = after
