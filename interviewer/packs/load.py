"""Reads rubrics/ into Packs. Every fault is named by file and line, with what to do about it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from interviewer.errors import Fault, NotFound, PackFault
from interviewer.interview.heads import Heads
from interviewer.interview.pack import Library, LibraryProbe, Pack, Question, Scenario, SharedFact
from interviewer.interview.phases import PhasePlan
from interviewer.interview.rubric import (
    CHECKED,
    Bars,
    Criterion,
    LevelExpectation,
    RedFlag,
    Rubric,
    Thresholds,
)
from interviewer.packs.checked import stamped
from interviewer.packs.files import data_folder, version_of
from interviewer.packs.references import (
    check_library,
    check_plans,
    check_rubric,
    check_scenario,
    duplicates,
)
from interviewer.packs.yaml_lines import Document, Place, read

RUBRIC = "system_design"
HEADS = "heads.json"
"""Made by `interviewer lab train`; a rubric without it is judged by its rules alone."""
_RUBRIC_FILES = (
    "criteria.yaml",
    "red_flags.yaml",
    "plans.yaml",
    "levels.yaml",
    "probes.yaml",
    "off_sheet.yaml",
    "catalogue.yaml",
)

T = TypeVar("T")


@dataclass(frozen=True)
class Shelf:
    """Everything that can be asked, and how it is judged. `scenarios` are in order of id, `questions` all that are known."""

    rubric: Rubric
    plans: tuple[PhasePlan, ...]
    library: Library
    scenarios: tuple[Scenario, ...]
    versions: dict[str, str]
    questions: tuple[Question, ...] = ()
    documents: dict[str, Document] = field(default_factory=dict, repr=False)
    """The files as read, for whoever has to name a line in one: scenarios by their ids, others by the files' names."""

    def pack(self, scenario: str) -> Pack:
        """The pack for a scenario. Raises NotFound, naming those there are."""
        for one in self.scenarios:
            if one.id == scenario:
                return Pack(
                    scenario=one,
                    rubric=self.rubric,
                    plans=self.plans,
                    library=self.library,
                    version=self.versions[one.id],
                )
        raise NotFound(f"No scenario {scenario!r}. There are: {', '.join(one.id for one in self.scenarios)}.")

    def question(self, id: str) -> Question | None:
        """What is known of a design question, with or without a pack for it."""
        return next((one for one in self.questions if one.id == id), None)

    def version(self, scenario: str | None) -> str:
        """The hash of the files that a card about this scenario is made by."""
        return self.versions.get(scenario or "", self.rubric.version)

    def plan_for(self, kind: str) -> PhasePlan:
        """The kind's own plan."""
        return next(plan for plan in self.plans if plan.kind == kind)

    def plan(self, id: str) -> PhasePlan:
        """The plan with this id. Raises NotFound, naming those there are."""
        for plan in self.plans:
            if plan.id == id:
                return plan
        raise NotFound(f"No plan {id!r}. There are: {', '.join(plan.id for plan in self.plans)}.")


def load(rubrics: Path | None = None, own_packs: Path | None = None, *, whole: bool = False) -> Shelf:
    """Read all of rubrics/ (by default the checkout's or the wheel's) and scenario files in `own_packs`.

    Cues are compiled to see whether they are patterns, except in files that the folder's stamp vouches for; with
    `whole` in those as well.
    Raises PackFault with every fault found, NotFound where there is no such folder.
    """
    folder = data_folder("rubrics", rubrics) / RUBRIC
    documents = {name: read(folder / name) for name in _RUBRIC_FILES}
    trusted = frozenset[str]() if whole else stamped(folder)
    faults: list[Fault] = []
    judged_by = [folder / name for name in _RUBRIC_FILES]
    judged_by += [folder / HEADS] if (folder / HEADS).is_file() else []
    rubric = _rubric(documents, version_of(judged_by), trusted, faults)
    if rubric is not None and folder / HEADS in judged_by:
        rubric = _with_heads(rubric, folder / HEADS, faults)
    plans = _parsed(documents["plans.yaml"], ("plans",), tuple[PhasePlan, ...], faults)
    library = _library(documents, trusted, faults)
    if rubric is None or plans is None or library is None:
        raise PackFault(tuple(faults))
    faults += check_rubric(documents, rubric) + check_plans(documents["plans.yaml"], plans)
    faults += check_library(documents["probes.yaml"], library, rubric)
    files = sorted((folder / "scenarios").glob("*.yaml"))
    if own_packs is not None:
        if not own_packs.is_dir():
            raise NotFound(f"No folder {own_packs} with scenario files.")
        files += sorted(own_packs.glob("*.yaml"))
    scenarios: dict[str, Scenario] = {}
    versions: dict[str, str] = {}
    read_files: dict[str, Document] = {}
    for file in files:
        found = read_scenario(file, rubric, plans, faults, trusted)
        if found is None:
            continue
        document, scenario = found
        if scenario.id in scenarios:
            faults.append(
                Fault(
                    file.name,
                    document.line(("id",)),
                    "id",
                    f"{scenario.id} stands in two files",
                    "rename one of them",
                )
            )
        scenarios[scenario.id], read_files[scenario.id] = scenario, document
        versions[scenario.id] = version_of([file], rubric.version)
    questions = _parsed(documents["catalogue.yaml"], ("questions",), tuple[Question, ...], faults) or ()
    if faults:
        raise PackFault(tuple(faults))
    in_order = tuple(scenarios[id] for id in sorted(scenarios))
    return Shelf(rubric, plans, library, in_order, versions, questions, documents | read_files)


def read_scenario(
    file: Path,
    rubric: Rubric,
    plans: tuple[PhasePlan, ...],
    faults: list[Fault],
    trusted: frozenset[str] = frozenset(),
) -> tuple[Document, Scenario] | None:
    """One scenario file, checked against the rubric; what is wrong is added to `faults`.

    Where its digest is among the `trusted`, its cues are not compiled.
    """
    try:
        document = read(file)
    except PackFault as error:
        faults.extend(error.faults)
        return None
    scenario = _parsed(document, (), Scenario, faults, trusted)
    if scenario is None:
        return None
    faults.extend(check_scenario(document, scenario, rubric, plans))
    return document, scenario


def _rubric(
    documents: dict[str, Document], version: str, trusted: frozenset[str], faults: list[Fault]
) -> Rubric | None:
    criteria = _parsed(documents["criteria.yaml"], ("criteria",), tuple[Criterion, ...], faults, trusted)
    flags = _parsed(documents["red_flags.yaml"], ("red_flags",), tuple[RedFlag, ...], faults, trusted)
    levels = _parsed(documents["levels.yaml"], ("levels",), tuple[LevelExpectation, ...], faults)
    thresholds = _parsed(documents["levels.yaml"], ("thresholds",), Thresholds, faults)
    if criteria is None or flags is None or levels is None or thresholds is None:
        return None
    return Rubric(
        name=RUBRIC, version=version, criteria=criteria, flags=flags, levels=levels, thresholds=thresholds
    )


def _with_heads(rubric: Rubric, file: Path, faults: list[Fault]) -> Rubric:
    try:
        heads = Heads.model_validate_json(file.read_bytes(), strict=True)
    except ValidationError as error:
        faults.append(
            Fault(
                file.name, 1, "the file", str(error.errors()[0]["msg"]), "make it anew: interviewer lab train"
            )
        )
        return rubric
    return with_bars(rubric.model_copy(update={"heads": heads}))


def with_bars(rubric: Rubric) -> Rubric:
    """The rubric with the bars that were fitted to its heads, where there are any."""
    fitted = {one.id: rubric.heads.fusion.get(f"bars {one.id}") for one in rubric.criteria}
    criteria = tuple(
        one.model_copy(update={"bars": Bars.model_validate(bars)}) if (bars := fitted[one.id]) else one
        for one in rubric.criteria
    )
    return rubric.model_copy(update={"criteria": criteria})


def _library(documents: dict[str, Document], trusted: frozenset[str], faults: list[Fault]) -> Library | None:
    probes = _parsed(documents["probes.yaml"], ("probes",), tuple[LibraryProbe, ...], faults, trusted)
    shared = _parsed(documents["off_sheet.yaml"], ("shared_facts",), tuple[SharedFact, ...], faults)
    if probes is None or shared is None:
        return None
    return Library(probes=probes, shared_facts=shared)


def _parsed(
    document: Document,
    place: Place,
    shape: type[T],
    faults: list[Fault],
    trusted: frozenset[str] = frozenset(),
) -> T | None:
    data: Any = document.data  # Any: not yet seen by the types
    for step in place:
        data = data.get(step) if isinstance(data, dict) else None
    if data is None:
        faults.append(
            Fault(
                document.file,
                1,
                ".".join(map(str, place)) or "the file",
                "is missing",
                "add it; see the JSON Schema",
            )
        )
        return None
    faults.extend(duplicates(document, place, data))
    try:
        adapter: TypeAdapter[T] = TypeAdapter(shape)
        # Strict, so that "3" is no number; and as JSON, for which strictness still takes a list for a tuple.
        context = CHECKED if document.digest in trusted else None
        return adapter.validate_json(json.dumps(data, default=str), strict=True, context=context)
    except ValidationError as error:
        faults.extend(_faults_of(document, place, error))
        return None


def _faults_of(document: Document, place: Place, error: ValidationError) -> list[Fault]:
    faults: dict[Place, Fault] = {}
    told = error.errors()
    for problem in told:
        if problem["type"] == "too_short" and any(
            one["loc"][: len(problem["loc"])] == problem["loc"] and one is not problem for one in told
        ):
            continue  # entries were there, and each has a fault of its own
        where = (*place, *problem["loc"])
        if where and where[-1] in ("int", "float") and where not in document.lines:
            where = where[:-1]  # one number that is neither of the two would be two faults
        what, remedy = _in_words(problem["type"], problem["msg"], problem.get("input"))
        line = document.line(where)
        faults[where] = Fault(document.file, line, ".".join(map(str, where)) or "the file", what, remedy)
    return list(faults.values())


def _in_words(kind: str, message: str, given: object) -> tuple[str, str]:
    match kind:
        case "int_type" | "float_type" if isinstance(given, str):
            return (
                f"{given!r} was read as a string, not a number",
                "write plain digits without quotes, or 1.0e+6 with its point and sign",
            )
        case "extra_forbidden":
            return "no such field", "check the spelling against the JSON Schema"
        case "missing":
            return "is missing", "add it; url-shortener.yaml shows what it is for"
        case "literal_error" | "enum":
            return f"{given!r} is not one of those allowed", message.replace("Input should be ", "use ")
        case _:
            return message[:1].lower() + message[1:], "mend this value"


def models() -> tuple[type[BaseModel], ...]:
    """The classes whose JSON Schemas are committed beside the rubrics."""
    return (Scenario, Criterion, RedFlag, PhasePlan, LevelExpectation, LibraryProbe)
