"""What types cannot see in rubrics/: ids that point nowhere or stand twice, formulas that do not come out."""

from __future__ import annotations

import ast
import operator
from collections.abc import Iterable

from interviewer.errors import Fault
from interviewer.interview.pack import Library, Scenario
from interviewer.interview.phases import PhasePlan
from interviewer.interview.rubric import CandidateLevel, Kind, Rubric
from interviewer.packs.yaml_lines import Document, Place

_OPERATIONS = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}


def duplicates(document: Document, place: Place, data: object) -> list[Fault]:
    """A fault for every `id` that stands twice in one list of the file."""
    faults: list[Fault] = []
    if isinstance(data, list):
        seen: set[str] = set()
        for index, entry in enumerate(data):
            id = entry.get("id") if isinstance(entry, dict) else None
            if isinstance(id, str) and id in seen:
                faults.append(
                    _fault(
                        document,
                        (*place, index, "id"),
                        f"{id} stands twice in this list",
                        "rename one of them",
                    )
                )
            if isinstance(id, str):
                seen.add(id)
            faults += duplicates(document, (*place, index), entry)
    elif isinstance(data, dict):
        for key, value in data.items():
            faults += duplicates(document, (*place, key), value)
    return faults


def check_rubric(documents: dict[str, Document], rubric: Rubric) -> list[Fault]:
    """Faults of criteria, flags and levels against each other."""
    criteria = {criterion.id for criterion in rubric.criteria}
    items = {item.id for criterion in rubric.criteria for item in criterion.items}
    flags = {flag.id for flag in rubric.flags}
    faults: list[Fault] = []
    document = documents["red_flags.yaml"]
    for index, flag in enumerate(rubric.flags):
        place: Place = ("red_flags", index)
        faults += _unknown(document, (*place, "criterion"), [flag.criterion], criteria, "criterion")
        faults += _unknown(document, (*place, "met_by"), flag.met_by, items, "item")
        faults += _kinds(document, (*place, "kinds"), flag.kinds)
    document = documents["levels.yaml"]
    for index, level in enumerate(rubric.levels):
        faults += _unknown(document, ("levels", index, "must_also"), level.must_also, items, "item")
        faults += _unknown(document, ("levels", index, "unprompted"), level.unprompted, items, "item")
        faults += _unknown(document, ("levels", index, "severity_at"), level.severity_at, flags, "red flag")
    for missing in set(CandidateLevel) - {level.id for level in rubric.levels}:
        faults.append(
            _fault(document, ("levels",), f"{missing.value} is left out", "say what is expected there")
        )
    owners: dict[str, str] = {}
    for index, criterion in enumerate(rubric.criteria):
        for at, item in enumerate(criterion.items):
            place = ("criteria", index, "items", at)
            faults += _kinds(documents["criteria.yaml"], (*place, "kinds"), item.kinds)
            if item.id in owners and owners[item.id] != criterion.id:
                faults.append(
                    _fault(
                        documents["criteria.yaml"], (*place, "id"),
                        f"{item.id} belongs to {owners[item.id]} already", "an item belongs to one criterion",
                    )
                )  # fmt: skip
            owners[item.id] = criterion.id
    return faults


def check_plans(document: Document, plans: tuple[PhasePlan, ...]) -> list[Fault]:
    """Faults of the plans: kinds that are none, and kinds without a plan of their own."""
    faults = [
        fault
        for index, plan in enumerate(plans)
        for fault in _kinds(document, ("plans", index, "kind"), plan.kind)
    ]
    for kind in set(Kind) - {plan.kind for plan in plans}:
        faults.append(
            _fault(
                document, ("plans",), f"kind {kind.value} has no plan of its own", "write one for it alone"
            )
        )
    return faults


def check_library(document: Document, library: Library, rubric: Rubric) -> list[Fault]:
    """Faults of the shared probes: items and flags that are not in the rubric."""
    criteria = {criterion.id: {item.id for item in criterion.items} for criterion in rubric.criteria}
    flags = {flag.id for flag in rubric.flags}
    faults: list[Fault] = []
    for index, probe in enumerate(library.probes):
        place: Place = ("probes", index)
        faults += _unknown(document, (*place, "feeds"), [probe.feeds.criterion], criteria, "criterion")
        faults += _unknown(document, (*place, "feeds"), probe.feeds.items, _items(rubric), "item")
        faults += _unknown(document, (*place, "flags"), probe.flags, flags, "red flag")
        if "{name}" in probe.say and not probe.else_:
            faults.append(
                _fault(document, place, "uses {name} and has no else", "add the line that stands alone")
            )
    return faults


def check_scenario(
    document: Document, scenario: Scenario, rubric: Rubric, plans: tuple[PhasePlan, ...]
) -> list[Fault]:
    """Faults of a scenario: dangling ids, slots that are none, formulas that do not come out, ids not its file's name."""
    topics = {topic.id for topic in scenario.topics}
    parts = {part.id for part in scenario.parts}
    criteria = {criterion.id for criterion in rubric.criteria}
    flags = {flag.id for flag in rubric.flags}
    items = _items(rubric)
    faults: list[Fault] = []
    if document.file != f"{scenario.id}.yaml":
        faults.append(
            _fault(
                document, ("id",), f"{scenario.id} is not the name of its file", "name the file after the id"
            )
        )
    faults += _unknown(document, ("plan",), [scenario.plan], {plan.id for plan in plans}, "plan")
    for index, topic in enumerate(scenario.topics):
        place: Place = ("topics", index)
        slots = {slot.id for slot in topic.slots}
        faults += _unknown(document, (*place, "feeds"), [topic.feeds.criterion], criteria, "criterion")
        faults += _unknown(document, (*place, "feeds"), topic.feeds.items, items, "item")
        faults += _unknown(document, (*place, "also"), topic.also, criteria, "criterion")
        faults += _unknown(document, (*place, "flags"), topic.flags, flags, "red flag")
        faults += _unknown(document, (*place, "severity_here"), topic.severity_here, flags, "red flag")
        faults += _unknown(document, (*place, "follows"), topic.follows, topics, "topic")
        faults += _unknown(document, (*place, "enough"), topic.enough, slots, "slot")
        for at, slot in enumerate(topic.slots):
            faults += _unknown(
                document, (*place, "slots", at, "item"), [slot.item] if slot.item else [], items, "item"
            )
        for answers, exemplars in (("sound", topic.sound), ("unsound", topic.unsound)):
            for at, exemplar in enumerate(exemplars):
                faults += _unknown(document, (*place, answers, at, "fills"), exemplar.fills, slots, "slot")
                faults += _unknown(
                    document, (*place, answers, at, "settles"), exemplar.settles, topics, "topic"
                )
    for index, bottleneck in enumerate(scenario.bottlenecks):
        faults += _unknown(document, ("bottlenecks", index, "topic"), [bottleneck.topic], topics, "topic")
    for index, choice in enumerate(scenario.choices):
        faults += _unknown(document, ("choices", index, "feeds"), choice.feeds, criteria, "criterion")
    for index, failure in enumerate(scenario.failures):
        faults += _unknown(document, ("failures", index, "moves"), failure.moves, parts, "part")
    for index, curveball in enumerate(scenario.curveballs):
        faults += _unknown(
            document, ("curveballs", index, "should_move"), curveball.should_move, topics, "topic"
        )
    for index, green in enumerate(scenario.green_flags):
        faults += _unknown(document, ("green_flags", index, "feeds"), [green.feeds], criteria, "criterion")
    return faults + _sums(document, scenario)


def evaluate(formula: str, values: dict[str, float]) -> float:
    """What an arithmetic formula over named values comes to. Raises ValueError for anything else than + - * / ** and names."""

    def of(node: ast.expr) -> float:
        match node:
            case ast.Constant(value=int() | float() as number):
                return float(number)
            case ast.Name(id=name) if name in values:
                return values[name]
            case ast.Name(id=name):
                raise ValueError(f"names {name}, which no fact holds")
            case ast.BinOp(left=left, op=op, right=right) if type(op) in _OPERATIONS:
                return float(_OPERATIONS[type(op)](of(left), of(right)))
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return -of(operand)
            case _:
                raise ValueError("holds more than sums")

    try:
        return of(ast.parse(formula.strip(), mode="eval").body)
    except (SyntaxError, ZeroDivisionError, OverflowError, RecursionError, TypeError) as error:
        raise ValueError(f"cannot be worked out: {error}") from error


def _sums(document: Document, scenario: Scenario) -> list[Fault]:
    values: dict[str, float] = {}
    faults: list[Fault] = []
    for index, fact in enumerate(scenario.facts):
        for name, value in fact.values.items():
            if name in values:
                what = f"another fact has a value called {name}"
                faults.append(_fault(document, ("facts", index, "values", name), what, "rename one of them"))
            values[name] = float(value.value)
    for index, number in enumerate(scenario.numbers):
        place: Place = ("numbers", index)
        try:
            worked_out = evaluate(number.formula, values)
        except ValueError as error:
            faults.append(_fault(document, (*place, "formula"), str(error), "use names of the facts' values"))
            continue
        if not 0.99 <= (worked_out / number.exact if number.exact else 0) <= 1.01:
            faults.append(
                _fault(
                    document,
                    (*place, "exact"),
                    f"says {number.exact}, the formula gives {worked_out:.6g}",
                    "mend either",
                )
            )
    return faults


def _kinds(document: Document, place: Place, kinds: str) -> list[Fault]:
    if kinds and not set(kinds) - {kind.value for kind in Kind}:
        return []
    return [_fault(document, place, f"{kinds!r} names a kind that is none", "use letters of d, p and h")]


def _items(rubric: Rubric) -> set[str]:
    return {str(item.id) for criterion in rubric.criteria for item in criterion.items}


def _unknown(
    document: Document, place: Place, ids: Iterable[str], known: Iterable[str], what: str
) -> list[Fault]:
    there = set(known)
    return [
        _fault(document, place, f"{id} is no {what}", f"use one of {', '.join(sorted(there)[:6])}, …")
        for id in ids
        if id not in there
    ]


def _fault(document: Document, place: Place, what: str, remedy: str) -> Fault:
    return Fault(document.file, document.line(place), ".".join(map(str, place)) or "the file", what, remedy)
