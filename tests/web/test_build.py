"""What the built pages may weigh, and whom they may ask for anything: nobody but the server they came from."""

from __future__ import annotations

import gzip
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

KB = 1000
SHELL = "index.html"
FEATURES = "src/features"


@dataclass(frozen=True)
class Built:
    """The pages as the server would send them; `manifest` tells which file needs which."""

    folder: Path
    manifest: dict[str, Any]  # Any: Vite's own form

    def needed(self, entry: str) -> set[str]:
        """The files that are fetched before `entry` can run, itself and styles included."""
        seen: set[str] = set()
        waiting = [entry]
        while waiting:
            name = waiting.pop()
            if name not in seen:
                seen.add(name)
                waiting += self.manifest[name].get("imports", [])
        return {file for name in seen for file in self._files(name)}

    def weight(self, files: set[str]) -> float:
        """Their size over the line in KB, gzipped."""
        return sum(len(gzip.compress((self.folder / file).read_bytes(), 9)) for file in files) / KB

    def _files(self, name: str) -> list[str]:
        part = self.manifest[name]
        return [part["file"], *part.get("css", [])]


@pytest.fixture(scope="module")
def built(paths) -> Built:
    folder = paths.root / "interviewer" / "_web"
    assert (folder / "index.html").is_file(), "the pages are not built: python hatch_build.py"
    return Built(folder, json.loads((folder / ".vite" / "manifest.json").read_text()))


def test_the_shell_is_small(built: Built) -> None:
    assert built.weight(built.needed(SHELL)) <= 130


@pytest.mark.parametrize(
    ("page", "at_most"),
    [
        ("report/CardPage", 150),
        ("report/HistoryPage", 170),
        ("library/LobbyPage", 170),
        ("account/SignInPage", 140),
        ("coach/ReviewPage", 190),
        ("interview/InterviewPage", 230),
    ],
)
def test_a_page_weighs_no_more_than_its_budget_with_the_shell(built: Built, page: str, at_most: int) -> None:
    files = built.needed(SHELL) | built.needed(f"{FEATURES}/{page}.tsx")
    assert built.weight(files) <= at_most


def test_the_board_comes_after_the_room_and_within_its_budget(built: Built) -> None:
    room = built.needed(SHELL) | built.needed(f"{FEATURES}/interview/InterviewPage.tsx")
    board = built.needed(f"{FEATURES}/interview/Board.tsx") - room
    assert built.weight(board) <= 400
    assert not any(
        "excalidraw" in (built.folder / file).read_text().lower()[:2000] for file in built.needed(SHELL)
    )


def test_the_page_runs_nothing_that_the_content_policy_forbids(built: Built) -> None:
    page = (built.folder / "index.html").read_text()
    scripts = re.findall(r"<script([^>]*)>(.*?)</script>", page, re.DOTALL)
    assert scripts
    assert all("src=" in head and not body.strip() for head, body in scripts)
    assert not re.search(r"\son\w+=|<style", page)
    assert not re.search(r"(?:src|href)=\"(?:https?:)?//", page)


def test_no_file_of_the_build_fetches_fonts_from_elsewhere(built: Built) -> None:
    for file in (*built.folder.rglob("*.js"), *built.folder.rglob("*.css")):
        text = file.read_text()
        assert "esm.sh" not in text, file.name
        assert not re.search(r"@import\s+(?:url\()?[\"']?https?:|url\([\"']?https?:", text), file.name


def test_the_fonts_of_the_board_are_served_from_here(built: Built) -> None:
    fonts = {font.parent.name for font in (built.folder / "excalidraw" / "fonts").rglob("*.woff2")}
    assert {"Excalifont", "Nunito", "ComicShanns", "Assistant"} <= fonts
