"""What can be practised, over HTTP: the problems with how one's own attempts went, and the plans."""

from __future__ import annotations

from collections.abc import Iterable

from fastapi import APIRouter

from interviewer.channels.access import Signed
from interviewer.channels.problems import PROBLEMS
from interviewer.channels.resources import PlanPhase, Plans, PlanShown, Scenarios, ScenarioShown
from interviewer.channels.service import Handed, Service
from interviewer.interview.pack import Scenario
from interviewer.store.index import Row

router = APIRouter(tags=["library"], responses=PROBLEMS)

MOST_LOOKED_AT = 2000
"""How many of somebody's interviews are looked at for their attempts, the latest first."""


@router.get("/scenarios", operation_id="list_scenarios")
async def list_scenarios(service: Handed, principal: Signed) -> Scenarios:
    """All problems, each with how one's own attempts at it went."""
    rows = await _own_rows(service, principal.account.id)
    shown = (
        _scenario_shown(service, one, [row for row in rows if row.summary.scenario == one.id])
        for one in service.shelf.scenarios
    )
    return Scenarios(items=tuple(shown))


@router.get("/plans", operation_id="list_plans")
async def list_plans(service: Handed, _principal: Signed) -> Plans:
    """All plans that an interview can follow, with minutes a phase when spoken."""
    return Plans(
        items=tuple(
            PlanShown(
                id=plan.id,
                name=plan.name,
                why=plan.why,
                phases=tuple(
                    PlanPhase(id=phase.id, name=phase.name, minutes=phase.minutes) for phase in plan.phases
                ),
            )
            for plan in service.shelf.plans
        )
    )


async def _own_rows(service: Service, account: str) -> list[Row]:
    """Somebody's interviews, the latest first; moments taken up again and dismissed ones do not count as attempts."""
    rows: list[Row] = []
    cursor = None
    while len(rows) < MOST_LOOKED_AT:
        page = await service.index.page(account, cursor, 100)
        rows += page.rows
        cursor = page.next
        if cursor is None:
            break
    return [row for row in rows if row.summary.retry_of is None and not row.summary.dismissed]


def _scenario_shown(service: Service, scenario: Scenario, rows: list[Row]) -> ScenarioShown:
    latest = max(rows, key=lambda row: row.last_at, default=None)
    suiting = (plan.id for plan in service.shelf.plans if plan.suits(scenario.kind.value))
    return ScenarioShown(
        id=scenario.id,
        title=scenario.title,
        kind=scenario.kind.value,
        plan=scenario.plan,
        plans=tuple(suiting),
        minutes=scenario.minutes,
        attempts=len(rows),
        best=_best(row.summary.overall for row in rows),
        last_at=latest.last_at if latest else None,
        last_session=latest.id if latest else None,
    )


def _best(overalls: Iterable[float | None]) -> float | None:
    return max((one for one in overalls if one is not None), default=None)
