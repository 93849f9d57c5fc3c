"""The baseline: what falls is a fault, what rises is told, and what is allowed to give way stays as it was set."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from interviewer.errors import BadInput
from interviewer.lab.baseline import Measure, compare, lines_of, read_baseline, write_baseline


def test_what_is_written_is_held_against_the_same_figures(tmp_path: Path) -> None:
    file = tmp_path / "baseline.json"
    measures = {"a": Measure(0.81234), "b": Measure(0.1, "less"), "c": Measure(1.0, exact=True)}
    write_baseline(file, measures, cases=24, seed=7)
    kept = read_baseline(file)
    assert kept is not None
    assert (kept.cases, kept.seed, kept.figures["c"].slack) == (24, 7, 0)
    assert {one.verdict for one in compare(measures, kept)} == {"held"}


def test_each_way_in_which_a_figure_may_differ_is_told(tmp_path: Path) -> None:
    file = tmp_path / "baseline.json"
    then = {"fell": 0.8, "held": 0.8, "rose": 0.8, "gone": 0.8, "less is better": 0.1, "exact": 1.0}
    measures = {
        name: Measure(value, "less" if name.startswith("less") else "more", name == "exact")
        for name, value in then.items()
    }
    write_baseline(file, measures, cases=2, seed=1)
    kept = read_baseline(file)
    assert kept is not None
    now = {
        "fell": Measure(0.77),
        "held": Measure(0.79),
        "rose": Measure(0.9),
        "less is better": Measure(0.2, "less"),
        "exact": Measure(0.999, exact=True),
        "new": Measure(0.5),
    }
    compared = list(compare(now, kept))
    assert {one.name: one.verdict for one in compared} == {
        "fell": "fell",
        "held": "held",
        "rose": "better",
        "gone": "gone",
        "less is better": "fell",
        "exact": "fell",
        "new": "new",
    }
    text = "\n".join(lines_of(compared))
    assert "rose: 0.900 (was 0.800, slack 0.02) is better; raise the baseline" in text
    assert text.endswith("7 figures: 1 held, 4 fell.")


def test_a_slack_that_somebody_set_is_kept_when_the_baseline_is_raised(tmp_path: Path) -> None:
    file = tmp_path / "baseline.json"
    write_baseline(file, {"a": Measure(0.5)}, cases=2, seed=1)
    held = json.loads(file.read_text(encoding="utf-8"))
    held["figures"]["a"]["slack"] = 0.1
    file.write_text(json.dumps(held), encoding="utf-8")
    write_baseline(file, {"a": Measure(0.6)}, cases=2, seed=1)
    kept = read_baseline(file)
    assert kept is not None
    assert (kept.figures["a"].value, kept.figures["a"].slack) == (0.6, 0.1)


def test_of_few_cases_one_may_go_wrong_and_of_exact_ones_none() -> None:
    assert Measure(0.9, cases=24).slack == 0.0625
    assert Measure(0.9, cases=1000).slack == 0.02
    assert Measure(1.0, exact=True, cases=24).slack == 0


def test_a_baseline_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "baseline.json"
    assert read_baseline(file) is None
    file.write_text("{}", encoding="utf-8")
    with pytest.raises(BadInput, match="no baseline"):
        read_baseline(file)
