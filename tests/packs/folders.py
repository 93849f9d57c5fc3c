"""A rubrics/ folder of a test's own, with one scenario in it, to break on purpose."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from interviewer.errors import Fault, PackFault
from interviewer.packs.checked import STAMP
from interviewer.packs.load import RUBRIC, Shelf, load, read_scenario
from tests.builders import a_shelf

SCENARIO = "scenarios/url-shortener.yaml"


@dataclass(frozen=True)
class Folder:
    """A copy of rubrics/; files are named as they lie under system_design/."""

    root: Path

    def path(self, file: str) -> Path:
        return self.root / RUBRIC / file

    def change(self, file: str, old: str, new: str) -> int:
        """Replace the first `old` by `new`; gives the line on which that stands, from 1."""
        text = self.path(file).read_text(encoding="utf-8")
        before, found, after = text.partition(old)
        assert found, f"{file} holds no {old!r}"
        self.path(file).write_text(before + new + after, encoding="utf-8")
        return before.count("\n") + 1

    def load(self) -> Shelf:
        return load(self.root)

    def faults_of_scenario(self) -> tuple[Fault, ...]:
        """The faults of the scenario alone, by the rubric that ships: quicker than reading all of the folder again."""
        found: list[Fault] = []
        read_scenario(self.path(SCENARIO), a_shelf().rubric, a_shelf().plans, found)
        return tuple(found)

    def faults(self) -> tuple[Fault, ...]:
        """The faults with which the folder is refused; none where it loads."""
        try:
            self.load()
        except PackFault as error:
            return error.faults
        return ()


def a_folder(rubrics: Path, tmp_path: Path) -> Folder:
    """A copy of `rubrics` with the URL shortener as its only scenario. The stamp comes along, which makes it quick to read."""
    root = tmp_path / "rubrics"
    (root / RUBRIC / "scenarios").mkdir(parents=True)
    for file in (rubrics / RUBRIC).glob("*.yaml"):
        shutil.copy(file, root / RUBRIC)
    shutil.copy(rubrics / RUBRIC / STAMP, root / RUBRIC)
    shutil.copy(rubrics / RUBRIC / SCENARIO, root / RUBRIC / SCENARIO)
    return Folder(root)
