"""The scorecard as a value: what it refuses to be, and what a coach's word changes."""

from __future__ import annotations

import json

import pytest
from pydantic import ValidationError

from interviewer.interview.scorecard import CriterionResult, Override, Scorecard, current

CRITERION = {
    "id": "cr.api", "name": "Interface design", "weight": 2, "level": 3, "interval": [2, 3], "unassessed": None, "path": "By items.",
}  # fmt: skip
FLAG = {
    "id": "rf.x", "name": "X", "status": "confirmed", "stated": True, "severity": 2, "base_severity": 2, "criterion": "cr.api",
    "turns": [4], "confidence": 0.9, "evidence": ["ev_0001"], "why": "As quoted.", "advice": "Do it.", "source": ["000"],
}  # fmt: skip
CARD = {
    "session": "s", "scenario": None, "kind": "h", "level": "mid", "plan": "hybrid",
    "rubric": {"name": "system_design", "version": "sha256:0"}, "by": ["offline"], "criteria": [CRITERION], "flags": [FLAG],
    "estimates": [], "evidence": [], "overall": 3.0, "recommendation": "lean-hire", "fix_first": [], "strengths": [],
}  # fmt: skip


def a_card(*overrides: Override) -> Scorecard:
    return Scorecard.model_validate({**CARD, "overrides": overrides})


def an_override(target: str, before: object, after: object, at: str = "2026-01-05T09:00:00Z") -> Override:
    return Override.model_validate(
        {
            "target": target,
            "from": before,
            "to": after,
            "by": "coach-1",
            "reason": "Said in turn 9.",
            "at": at,
        }
    )


def test_without_a_coach_the_issued_values_hold() -> None:
    assert current(a_card(), "cr.api") == 3
    assert current(a_card(), "rf.x") == "confirmed"
    assert current(a_card(), "cr.nothing") is None


def test_the_last_override_holds_and_the_issued_value_stays() -> None:
    card = a_card(
        an_override("cr.api", 3, 4), an_override("rf.x", "confirmed", None), an_override("cr.api", 4, 2)
    )
    assert current(card, "cr.api") == 2
    assert current(card, "rf.x") is None
    assert card.criteria[0].level == 3
    assert card.flags[0].status == "confirmed"


def test_a_coach_may_find_that_it_cannot_be_assessed() -> None:
    assert current(a_card(an_override("cr.api", 3, None)), "cr.api") is None


@pytest.mark.parametrize(
    "fields",
    [
        {"level": None},
        {"level": None, "unassessed": "never asked"},
        {"unassessed": "never asked"},
        {"interval": None},
        {"level": 5},
        {"level": 0},
        {"level": 2.5},
        {"colour": "red"},
    ],
)
def test_a_criterion_has_a_level_or_a_reason_and_never_both(fields: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        CriterionResult.model_validate({**CRITERION, **fields})


def test_not_assessed_is_no_level_and_a_reason() -> None:
    fields = {"level": None, "interval": None, "unassessed": "never asked"}
    assert CriterionResult.model_validate({**CRITERION, **fields}).unassessed == "never asked"


def test_a_card_comes_back_from_its_json_as_it_was() -> None:
    card = a_card(an_override("cr.api", 3, 4))
    data = json.loads(json.dumps(card.to_json()))
    assert Scorecard.model_validate(data) == card
    assert data["schema"] == 1
    assert data["overrides"][0]["from"] == 3
    assert {
        "session",
        "scenario",
        "kind",
        "level",
        "plan",
        "rubric",
        "by",
        "criteria",
        "flags",
        "estimates",
        "evidence",
    } <= set(data)
    assert {
        "overall",
        "recommendation",
        "recommendation_indicative",
        "fix_first",
        "strengths",
        "conditions",
        "fairness",
    } <= set(data)
