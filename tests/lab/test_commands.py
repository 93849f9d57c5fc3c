"""The lab's commands as people type them: what they print, what they write, and the exit code of a fall."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from interviewer.cli_lab import lab_app
from interviewer.errors import BadInput
from interviewer.lab.baseline import Measure, write_baseline
from interviewer.lab.scorers import Rubrics
from interviewer.lab.speed import Timed, memory, told_of


@pytest.fixture
def one(paths, tmp_path: Path) -> Path:
    """A folder with one labelled interview."""
    for ending in ("json", "gold.json"):
        shutil.copy(paths.fixtures / "transcripts" / "dev" / f"dev-04.{ending}", tmp_path)
    return tmp_path


@pytest.fixture
def checkout(one: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to type commands in, with the interviews where a checkout has them."""
    root = tmp_path_factory.mktemp("checkout")
    shutil.copytree(one, root / "tests/fixtures/transcripts/dev")
    monkeypatch.chdir(root)
    return root


def test_scores_are_printed_and_written(one: Path, tmp_path: Path) -> None:
    file = tmp_path / "figures.json"
    done = CliRunner().invoke(lab_app, ["score", str(one), "--jobs", "1", "--json", str(file)])
    assert done.exit_code == 0, done.output
    assert "dev-04 (url-shortener)" in done.output
    written = json.loads(file.read_text(encoding="utf-8"))
    assert written["ours"]["cases"] == 1
    assert written["evidence_faults"] == []


def test_one_family_is_tested_alone(one: Path) -> None:
    done = CliRunner().invoke(
        lab_app,
        ["robustness", "--interviews", str(one), "--family", "rubric-order", "--cases", "1", "--jobs", "1"],
    )
    assert done.exit_code == 0, done.output
    assert "rubric-order" in done.output
    assert "items changed" in done.output
    assert "injection" not in done.output


def test_one_candidate_is_held_on_one_problem() -> None:
    done = CliRunner().invoke(
        lab_app, ["interview", "--scenario", "url-shortener", "--candidate", "rusher", "--jobs", "1"]
    )
    assert done.exit_code == 0, done.output
    assert "1 interviews" in done.output
    assert "moves that are legal" in done.output


def test_outside_a_checkout_the_way_out_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(lab_app, [])
    assert isinstance(done.exception, BadInput)
    assert "checkout" in str(done.exception)


@pytest.mark.parametrize(("was", "code", "told"), [(0.5, 0, "raise the baseline"), (0.9, 1, "fell below")])
def test_a_figure_below_the_baseline_is_an_exit_code(
    was: float, code: int, told: str, checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    measured = {"score dev: pairs": Measure(0.7)}
    monkeypatch.setattr("interviewer.lab.whole.measure", lambda asked, tell: measured)
    write_baseline(checkout / "tests/baseline.json", {"score dev: pairs": Measure(was)}, cases=24, seed=7)
    done = CliRunner().invoke(lab_app, [])
    assert done.exit_code == code
    assert told in done.output


def test_a_baseline_is_written_when_asked_for(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("interviewer.lab.whole.measure", lambda asked, tell: {"a": Measure(0.25)})
    done = CliRunner().invoke(lab_app, ["--write-baseline"])
    assert done.exit_code == 0, done.output
    kept = json.loads((checkout / "tests/baseline.json").read_text(encoding="utf-8"))
    assert kept["figures"] == {"a": {"value": 0.25, "slack": 0.02, "better": "more"}}


def test_limits_of_speed_are_told_with_what_was_measured() -> None:
    timed = Timed(heard=(4.0,) * 98 + (70.0, 80.0), scored=(100.0, 310.0), memory_mb=120.0)
    verdicts = {figure.name: figure.verdict for figure in told_of(timed).figures}
    assert list(verdicts.values()) == ["state of the art", "fail", "pass", "fail", "state of the art"]


def test_every_pack_in_use_fits_in_a_small_machine() -> None:
    assert 20 < memory(Rubrics()) < 250
