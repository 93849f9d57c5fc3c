"""`lab score` on a few labelled interviews: what is printed is what was measured."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from interviewer.errors import BadInput
from interviewer.interview.ledger import Quoted
from interviewer.lab.evidence import claims_of, faults_of
from interviewer.lab.labels import Labelled, labelled_in, second_of
from interviewer.lab.score_report import ScoreReport, figures, report_of, score_folders
from interviewer.lab.score_text import lines_of
from interviewer.lab.scorers import Rubrics, score_one, shelf_of

RUBRICS = Rubrics()


@pytest.fixture(scope="module")
def few(paths, tmp_path_factory) -> Path:
    """Three labelled interviews in a folder of their own."""
    folder = tmp_path_factory.mktemp("few")
    for id in ("dev-01", "dev-02", "dev-06"):
        for ending in ("json", "gold.json"):
            shutil.copy(paths.fixtures / "transcripts" / "dev" / f"{id}.{ending}", folder)
    return folder


@pytest.fixture(scope="module")
def report(few: Path, paths) -> ScoreReport:
    return score_folders([few], RUBRICS, paths.fixtures / "transcripts" / "second", seed=7, jobs=1)


@pytest.fixture(scope="module")
def labelled(few: Path) -> tuple[Labelled, ...]:
    return labelled_in(few, shelf_of(None, None))


def test_every_interview_with_labels_is_scored_once(report: ScoreReport) -> None:
    assert [one.id for one in report.interviews] == ["dev-01", "dev-02", "dev-06"]
    assert set(report.by_scenario) == {"twitter-feed", "key-value-store", "distributed-cache"}
    assert report.ours.cases == 3


def test_what_was_missed_and_wrong_adds_up_to_the_counts(report: ScoreReport) -> None:
    missed = sum(len(one.missed) + len(one.missed_but_possible) for one in report.interviews)
    wrong = sum(len(one.wrong) for one in report.interviews)
    assert (report.ours.flags.missed, report.ours.flags.wrong) == (missed, wrong)


def test_the_evidence_of_every_card_holds(report: ScoreReport) -> None:
    assert report.evidence_faults == ()
    assert report.claims > 100
    assert report.evidence_valid == 1


def test_the_second_labeller_agrees_better_than_any_baseline(report: ScoreReport) -> None:
    assert report.second is not None
    ceiling = report.second.flags.f1
    assert ceiling is not None
    assert all((one.flags.f1 or 0) < ceiling for one in report.beaten.values())


def test_figures_are_those_of_the_report(report: ScoreReport) -> None:
    told = figures(report)
    assert told["flags micro F1"].value == report.ours.flags.f1
    assert told["evidence valid"].exact
    assert told["correlation with words"].better == "less"


def test_the_print_says_what_kind_of_measurement_it_is(report: ScoreReport) -> None:
    text = "\n".join(lines_of(report))
    assert "synthetic" in text
    assert "fitted without those about the problem" in text
    assert "labelled only once here" in text
    for one in report.interviews:
        assert one.id in text


def test_a_quote_that_is_not_where_it_says_is_told(labelled: tuple[Labelled, ...]) -> None:
    transcript = labelled[0].transcript
    card = score_one(transcript, RUBRICS)
    assert list(faults_of(card, transcript)) == []
    assert claims_of(card) > len(card.evidence)
    at, row = next((at, row) for at, row in enumerate(card.evidence) if isinstance(row, Quoted))
    moved = row.model_copy(update={"start": row.start + 1, "end": row.end + 1})
    spoilt = card.model_copy(update={"evidence": (*card.evidence[:at], moved, *card.evidence[at + 1 :])})
    assert any(row.id in fault for fault in faults_of(spoilt, transcript))
    without = card.model_copy(update={"evidence": ()})
    assert any("without" in fault for fault in faults_of(without, transcript))


def test_cards_that_say_nothing_have_no_right_flag(labelled: tuple[Labelled, ...]) -> None:
    cards = [score_one(one.transcript, RUBRICS) for one in labelled]
    bare = [card.model_copy(update={"flags": (), "estimates": ()}) for card in cards]
    told = report_of(labelled, bare, None, RUBRICS, seed=7)
    assert told.ours.flags.right == 0
    assert told.ours.flags.missed == sum(len(one.reference.flags) for one in labelled)
    assert told.ours.sums.found == 0
    assert "flags micro F1" in figures(told)


def test_a_folder_without_labels_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no labelled interviews"):
        labelled_in(tmp_path, shelf_of(None, None))


def test_labels_that_cannot_be_read_are_named(few: Path, tmp_path: Path) -> None:
    folder = tmp_path / "bad"
    shutil.copytree(few, folder)
    gold = json.loads((folder / "dev-01.gold.json").read_text(encoding="utf-8"))
    gold["criteria"]["cr.api"] = 7
    (folder / "dev-01.gold.json").write_text(json.dumps(gold), encoding="utf-8")
    with pytest.raises(BadInput, match=r"dev-01\.gold\.json"):
        labelled_in(folder, shelf_of(None, None))


def test_a_second_labeller_may_have_left_some_out(
    labelled: tuple[Labelled, ...], paths, tmp_path: Path
) -> None:
    shutil.copy(paths.fixtures / "transcripts" / "second" / "dev-02.json", tmp_path)
    rubric = shelf_of(None, None).rubric
    assert set(second_of(tmp_path, labelled, rubric)) == {"dev-02"}
