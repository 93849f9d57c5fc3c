"""criteria.yaml, plans.yaml and levels.yaml: complete, true to the catalogue, and blind to names that are only dropped."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
import yaml
from pydantic import TypeAdapter

from interviewer.interview.phases import PhasePlan
from interviewer.interview.rubric import Criterion, Item, Kind, LevelExpectation, Thresholds, Tier
from interviewer.packs.yaml_lines import read
from interviewer.scoring.item_detectors import DETECTORS

ROOT = Path(__file__).parents[2]
RUBRIC = ROOT / "rubrics" / "system_design"
CATALOGUE = ROOT / "tests" / "fixtures" / "catalogue"
CRITERIA = TypeAdapter(tuple[Criterion, ...]).validate_python(read(RUBRIC / "criteria.yaml").data["criteria"])
PLANS = TypeAdapter(tuple[PhasePlan, ...]).validate_python(read(RUBRIC / "plans.yaml").data["plans"])
LEVELS = read(RUBRIC / "levels.yaml").data
ITEMS = [(criterion, item) for criterion in CRITERIA for item in criterion.items]

CONTRACT = {
    "cr.framing": "recognises-kind restates-problem says-where-it-is-hard both-sides agenda reframes-from-facts",
    "cr.requirements": "asks-scope asks-scale asks-non-functional targets-in-numbers scopes-out declares-assumptions "
    "requirement-drives-design asks-correctness-need",
    "cr.estimation": "everyday-rate peak-rate storage-size shows-working number-decides number-rules-out corrects-own-sum",
    "cr.api": "core-operations inputs-and-outputs errors-meant-for-people paged-lists repeat-safe-write server-decides "
    "versioned-contract limits-in-contract",
    "cr.data": "store-with-role entities access-patterns key-choice store-reason indexes data-lifecycle derived-copy",
    "cr.architecture": "end-to-end-flow parts-with-roles baseline-first slow-work-off-path stateless-tier split-with-reason "
    "leaves-machinery-out seams-for-change",
    "cr.scalability": "names-bottleneck scales-out bottleneck-with-number hot-key partition-plan read-path-relieved "
    "protects-the-core rate-from-a-limit cross-shard-faced next-size",
    "cr.consistency": "says-what-must-be-right strict-only-where-needed atomic-claim single-authority conflict-resolved "
    "staleness-bounded partition-behaviour guarantee-precise",
    "cr.reliability": "names-failure redundancy failover-walk safe-repeat bounded-retry degrades unknown-outcome reconcile "
    "blast-radius loss-window",
    "cr.performance": "fast-path staleness-chosen percentile latency-budget refresh-herd edge-delivery cache-sized tail-cause",
    "cr.product": "names-users journey-end-to-end success-measure prioritises edge-cases failure-moment-designed "
    "names-whom-it-hurts",
    "cr.trade-offs": "reason-for-choice names-price names-alternative compares-by-criterion defends-under-challenge "
    "what-would-change-mind price-in-numbers",
    "cr.operations": "signals signal-tied-to-harm rollout backup-restore access-control abuse-considered next-version "
    "rehearsed cost",
    "cr.communication": "answers-the-question goes-below-names signposts takes-feedback keeps-to-the-point knows-the-edge "
    "corrects-self keeps-time",
}


def _catalogue(name: str, key: str) -> dict[str, dict[str, object]]:
    return {one["id"]: one for one in yaml.safe_load((CATALOGUE / name).read_text())[key]}


def test_every_item_of_the_contract_is_there() -> None:
    for criterion in CRITERIA:
        wanted = {f"it.{name}" for name in CONTRACT[criterion.id].split()}
        assert wanted <= {item.id for item in criterion.items}
    assert {criterion.id for criterion in CRITERIA} == set(CONTRACT)


@pytest.mark.parametrize("item", [item for _, item in ITEMS], ids=lambda item: item.id)
def test_every_item_can_be_said_to_the_candidate(item: Item) -> None:
    verb = item.you.split()[0] if item.you else ""
    assert verb.islower() and not item.you.endswith(".")
    assert not verb.endswith("s"), f"it follows on “You” and on “I did not hear you”: {item.you}"
    assert " their own " not in item.you


def test_names_weights_and_sources_are_the_catalogues() -> None:
    theirs = _catalogue("criteria.yaml", "criteria")
    for criterion in CRITERIA:
        assert criterion.name == theirs[criterion.id]["name"]
        assert {kind.value: weight for kind, weight in criterion.weights.items()} == theirs[criterion.id][
            "weights"
        ]
        assert list(criterion.sources) == theirs[criterion.id]["source"]


def test_plans_keep_the_catalogues_phases_minutes_and_cover() -> None:
    theirs = _catalogue("plans.yaml", "plans")
    assert {plan.id for plan in PLANS} == set(theirs)
    for plan in PLANS:
        phases = theirs[plan.id]["phases"]
        assert isinstance(phases, list)
        assert (plan.kind, list(plan.sources)) == (theirs[plan.id]["kind"], theirs[plan.id]["source"])
        assert [(one.id, one.minutes, list(one.covers)) for one in plan.phases] == [
            (one["id"], one["minutes"], one.get("covers", [])) for one in phases
        ]
        assert plan.minutes == 45
        assert all(phase.aim for phase in plan.phases)


def test_levels_name_items_that_exist_and_thresholds_rise() -> None:
    known = {item.id for _, item in ITEMS}
    levels = TypeAdapter(tuple[LevelExpectation, ...]).validate_python(LEVELS["levels"])
    assert [level.id.value for level in levels] == ["mid", "senior", "staff"]
    for level in levels:
        assert set(level.unprompted) | set(level.must_also) <= known
    bounds = Thresholds.model_validate(LEVELS["thresholds"])
    rising = [bounds.strong_no_hire, bounds.no_hire, bounds.lean_no_hire, bounds.lean_hire, bounds.hire]
    assert rising == sorted(set(rising))


@pytest.mark.parametrize(("criterion", "item"), ITEMS, ids=[item.id for _, item in ITEMS])
def test_every_item_can_be_observed_and_advised_upon(criterion: Criterion, item: Item) -> None:
    assert bool(item.signs) != (item.detector is not None), "signs or a detector, one of them"
    assert item.detector is None or item.detector in DETECTORS
    assert 8 <= len(item.advice.split()) <= 60
    assert item.text.endswith(".")
    assert item.text != item.advice


def test_no_two_items_give_the_same_advice() -> None:
    assert max(Counter(item.advice for _, item in ITEMS).values()) == 1


ASKED_FOR = [(criterion, kind) for criterion in CRITERIA for kind in Kind if criterion.weights[kind]]


@pytest.mark.parametrize(
    ("criterion", "kind"), ASKED_FOR, ids=[f"{one.id}-{kind.value}" for one, kind in ASKED_FOR]
)
def test_every_level_can_be_reached_in_every_kind_of_interview(criterion: Criterion, kind: Kind) -> None:
    items = criterion.for_kind(kind)
    goods = [item for item in items if item.tier is not Tier.must]
    gates = criterion.gates
    assert len(goods) >= (gates.four_good or gates.three + gates.four) > gates.three
    assert sum(1 for item in goods if item.tier is Tier.rare) >= gates.four
    assert any(item.tier is Tier.must for item in items)


def test_anchors_describe_four_levels_and_questions_are_asked_of_oneself() -> None:
    for criterion in CRITERIA:
        assert sorted(criterion.anchors) == [1, 2, 3, 4]
        assert len(set(criterion.anchors.values())) == 4
        assert criterion.question.endswith("?")
        assert criterion.asked
