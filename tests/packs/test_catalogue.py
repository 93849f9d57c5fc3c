"""The catalogue is a contract: every id of it stands in rubrics/, with what the catalogue says of it."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from interviewer.scoring.flag_detectors import DETECTORS as FLAG_DETECTORS
from interviewer.scoring.item_detectors import DETECTORS as ITEM_DETECTORS
from tests.builders import FIXTURES, PACKS, a_shelf


def catalogue(name: str) -> dict[str, Any]:  # Any: YAML
    return yaml.safe_load((FIXTURES / "catalogue" / f"{name}.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("told", catalogue("criteria")["criteria"], ids=lambda told: told["id"])
def test_a_criterion_is_the_catalogues(told: dict[str, Any]) -> None:
    ours = a_shelf().rubric.criterion(told["id"])
    assert ours.name == told["name"]
    assert {kind.value: weight for kind, weight in ours.weights.items()} == told["weights"]
    assert ours.sources == tuple(told["source"])
    assert set(ours.anchors) == {1, 2, 3, 4}


@pytest.mark.parametrize("told", catalogue("red_flags")["red_flags"], ids=lambda told: told["id"])
def test_a_red_flag_is_the_catalogues(told: dict[str, Any]) -> None:
    ours = a_shelf().rubric.flag(told["id"])
    for field in ("type", "severity", "kinds", "due", "criterion"):
        assert getattr(ours, field) == told[field], field
    assert ours.root == told.get("root")
    assert ours.needs == told.get("needs")
    assert ours.sources == tuple(told["source"])
    assert ours.advice and ours.means


@pytest.mark.parametrize("told", catalogue("plans")["plans"], ids=lambda told: told["id"])
def test_a_plan_is_the_catalogues(told: dict[str, Any]) -> None:
    ours = a_shelf().plan(told["id"])
    assert ours.kind == told["kind"]
    assert ours.sources == tuple(told["source"])
    assert [(phase.id, phase.minutes, list(phase.covers)) for phase in ours.phases] == [
        (phase["id"], phase["minutes"], phase.get("covers", [])) for phase in told["phases"]
    ]
    assert ours.minutes == 45


@pytest.mark.parametrize("told", catalogue("scenarios")["scenarios"], ids=lambda told: told["id"])
def test_a_question_is_the_catalogues(told: dict[str, Any]) -> None:
    ours = a_shelf().question(told["id"])
    assert ours is not None
    assert (ours.kind, ours.title, ours.sources) == (told["kind"], told["title"], tuple(told["source"]))


def test_only_what_is_marked_so_goes_beyond_the_catalogue() -> None:
    shelf = a_shelf()
    assert {one.id for one in shelf.rubric.criteria} == {
        one["id"] for one in catalogue("criteria")["criteria"]
    }
    assert {one.id for one in shelf.rubric.flags if not one.beyond} == {
        one["id"] for one in catalogue("red_flags")["red_flags"]
    }
    assert {one.id for one in shelf.plans} == {one["id"] for one in catalogue("plans")["plans"]}


@pytest.mark.parametrize("id", PACKS)
def test_a_pack_asks_the_question_of_its_id(id: str) -> None:
    shelf = a_shelf()
    question, scenario = shelf.question(id), shelf.pack(id).scenario
    assert question is not None
    assert scenario.kind == question.kind
    assert shelf.plan(scenario.plan).suits(scenario.kind.value)


def test_every_detector_that_the_rubric_names_is_there() -> None:
    rubric = a_shelf().rubric
    named = {item.detector for criterion in rubric.criteria for item in criterion.items if item.detector}
    assert named <= set(ITEM_DETECTORS)
    assert {flag.detector for flag in rubric.flags if flag.detector} <= set(FLAG_DETECTORS)
