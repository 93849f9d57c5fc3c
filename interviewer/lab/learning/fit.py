"""The few weights by which heads and rules are put together, fitted on labelled interviews.

Three things: how sure a flag is from what its rules and its head say, from which certainty on flags are right often
enough to be stated, and how much evidence each level of each criterion takes. Every problem is left out once, so that
figures on the same interviews are those of problems that the weights have not seen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from math import log

from interviewer.interview.heads import Heads
from interviewer.interview.rubric import Criterion, Rubric
from interviewer.lab.labels import CATALOGUE_FLAGS, Labelled
from interviewer.packs.load import Shelf
from interviewer.scoring import flag_fusion
from interviewer.scoring.findings import FlagFinding
from interviewer.scoring.flag_case import Case
from interviewer.scoring.flag_observer import by_rule, observe_flags
from interviewer.scoring.heard import Heard
from interviewer.scoring.interview_reading import read_interview
from interviewer.scoring.item_observer import asked_about, observe_items
from interviewer.scoring.judging import weight_against
from interviewer.scoring.levels import Evidence, evidence_of
from interviewer.scoring.resolver import STATED, resolve

ITEMS = {"heard": 0.67, "bias": 2.0}
"""How sure a head's log-odds make an item. The slope is that of sentences by a hand it had not read; the bias is lower than
there, where every other sentence shows its item."""
PRECISE = 0.87
"""So often the stated flags of problems left out must be right, a little above what is promised."""
FAULT = 0.12
"""What a fault weighs against its criterion, in items, as a share of the items there are."""
GENTLE = 0.05
"""Inverse regularisation of the fusion: a few hundred faults, ten things to weigh."""
SHRINK = 3.0
"""How hard a criterion's bars are drawn towards those that serve all criteria together."""
STEP = 0.2

Fusion = dict[str, dict[str, float]]


@dataclass(frozen=True)
class FlagRow:
    """One flag against one interview: what the fusion weighs, and whether the labels have it."""

    interview: str
    scenario: str
    flag: str
    type: str
    features: dict[str, float]
    there: bool


@dataclass(frozen=True)
class LevelRow:
    """One criterion of one interview: its evidence, faults against it, the cap, how many items it has, the label."""

    scenario: str
    criterion: str
    evidence: Evidence
    against: float
    cap: int
    items: int
    level: int


def flag_rows(labelled: Iterable[Labelled], shelf: Shelf) -> list[FlagRow]:
    """Every catalogue flag of the interview's kind against every interview."""
    found: list[FlagRow] = []
    for one in labelled:
        transcript = one.transcript
        pack = next((pack for pack in shelf.scenarios if pack.id == transcript.scenario), None)
        interview = read_interview(transcript)
        heard = Heard(interview, shelf.rubric.heads)
        items = observe_items(transcript, shelf.rubric, pack, interview, heard)
        for flag in shelf.rubric.flags_for(transcript.kind):
            if flag.id in CATALOGUE_FLAGS:
                case = Case(flag, shelf.rubric, interview, pack, items)
                features = flag_fusion.features(case, by_rule(case), heard)
                there = flag.id in one.reference.flags
                found.append(FlagRow(transcript.id, one.scenario, flag.id, flag.type, features, there))
    return found


def fit_flags(rows: Sequence[FlagRow], weight_of: Callable[[FlagRow], float]) -> Fusion:
    """Weights and bias for flags of either type: a logistic regression over all of them together."""
    import numpy as np
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import StandardScaler

    found: Fusion = {}
    for kind in ("said", "missing"):
        mine = [row for row in rows if row.type == kind]
        names = list(mine[0].features)
        scale = StandardScaler().fit(np.array([[row.features[name] for name in names] for row in mine]))
        model = LogisticRegression(C=GENTLE, max_iter=3000)
        model.fit(
            scale.transform(np.array([[row.features[name] for name in names] for row in mine])),
            np.array([row.there for row in mine]),
            sample_weight=np.array([weight_of(row) for row in mine]),
        )
        raw = model.coef_[0] / scale.scale_
        bias = float(model.intercept_[0] - (raw * scale.mean_).sum())
        weights = {name: round(float(weight), 4) for name, weight in zip(names, raw, strict=True)}
        found[flag_fusion.FUSION + kind] = {"bias": round(bias, 3), **weights}
    return found


def chance(fusion: Fusion, row: FlagRow) -> float:
    """How sure the weights make a flag."""
    return flag_fusion.chance(fusion[flag_fusion.FUSION + row.type], row.features)


def stated_from(
    rows: Sequence[FlagRow], sure: Sequence[float], weight_of: Callable[[FlagRow], float]
) -> float:
    """The lowest certainty from which on flags are right as often as PRECISE asks."""
    for step in range(20, 97):
        threshold = step / 100
        stated = [(weight_of(row), row.there) for row, p in zip(rows, sure, strict=True) if p >= threshold]
        whole = sum(weight for weight, _ in stated)
        if whole and sum(weight for weight, there in stated if there) / whole >= PRECISE:
            return threshold
    return 0.96


def level_rows(
    labelled: Iterable[Labelled], shelf: Shelf, rubric_for: Callable[[str], Rubric]
) -> list[LevelRow]:
    """The evidence behind every level that the labels give. `rubric_for` a problem has weights fitted without it."""
    found: list[LevelRow] = []
    for one in labelled:
        transcript, rubric = one.transcript, rubric_for(one.scenario)
        pack = next((pack for pack in shelf.scenarios if pack.id == transcript.scenario), None)
        interview = read_interview(transcript)
        heard = Heard(interview, rubric.heads)
        rows = observe_items(transcript, rubric, pack, interview, heard)
        flags = observe_flags(transcript, rubric, pack, rows, interview, heard)
        asked = {id for id, _ in asked_about(interview, rubric)}
        for criterion in rubric.criteria:
            level = one.reference.levels.get(criterion.id)
            if level is None or not criterion.weights.get(transcript.kind, 0):
                continue
            items = criterion.for_kind(transcript.kind)
            resolved = [
                resolve(item, (row for row in rows if row.subject == item.id), criterion.id in asked)
                for item in items
            ]
            mine = [flag for flag in flags if rubric.flag(flag.flag).criterion == criterion.id]
            found.append(
                LevelRow(
                    one.scenario,
                    criterion.id,
                    evidence := evidence_of(resolved),
                    sum(weight_against(flag.p, flag.status, flag.how) for flag in mine),
                    min(cap(mine), 4 if evidence.rare else 3),
                    len(items),
                    level,
                )
            )
    return found


def cap(flags: Iterable[FlagFinding]) -> int:
    """The cap by stated flags, as `levels.py` sets it."""
    stated = [flag for flag in flags if flag.p >= STATED and flag.how != "self"]
    return 2 if any(flag.status == "confirmed" for flag in stated) else 3 if stated else 4


def fit_bars(rows: Sequence[LevelRow], criteria: Iterable[Criterion]) -> Fusion:
    """The bars of each criterion, drawn towards what serves all, by the squares of the levels' errors."""
    scales = {id: _scale(rows, id) for id in sorted({row.criterion for row in rows})}
    common = _best(
        [(*_standing(row, scales[row.criterion]), row.cap, row.level) for row in rows], None, 2 * STEP
    )
    found: Fusion = {}
    for criterion in criteria:
        mine = [row for row in rows if row.criterion == criterion.id]
        if not mine:
            continue
        scale = scales[criterion.id]
        two, three, four = _best([(*_standing(row, scale), row.cap, row.level) for row in mine], common, STEP)
        mean, spread, fault = scale
        bars = [round(mean + spread * bar, 3) for bar in (two, three, four)]
        found[f"bars {criterion.id}"] = {
            "two": bars[0], "three": bars[1], "four": bars[2],
            "margin": round(0.6 * spread, 3), "fault": round(fault, 3),
        }  # fmt: skip
    return found


def _scale(rows: Sequence[LevelRow], criterion: str) -> tuple[float, float, float]:
    mine = [row for row in rows if row.criterion == criterion]
    fault = FAULT * max(row.items for row in mine)
    evidence = [row.evidence.strong - fault * row.against for row in mine]
    mean = sum(evidence) / len(evidence)
    spread = (sum((one - mean) ** 2 for one in evidence) / len(evidence)) ** 0.5
    return mean, max(spread, 0.1), fault


def _standing(row: LevelRow, scale: tuple[float, float, float]) -> tuple[float, float]:
    """The basic and the strong evidence, in spreads from the criterion's mean."""
    mean, spread, fault = scale
    less = row.evidence.less(fault * row.against + mean)
    return less.basic / spread, less.strong / spread


def _best(
    rows: Sequence[tuple[float, float, int, int]], prior: tuple[float, float, float] | None, step: float
) -> tuple[float, float, float]:
    import numpy as np

    grid = [at * step for at in range(round(-2.4 / step), round(2.4 / step) + 1)]
    most = np.array([row[2] for row in rows])
    level = np.array([row[3] for row in rows])
    over = {bar: np.array([row[1] >= bar for row in rows], int) for bar in grid}
    basic = {bar: np.array([row[0] >= bar for row in rows], int) for bar in grid}
    best: tuple[float, tuple[float, float, float]] | None = None
    for two in grid:
        for three in (bar for bar in grid if bar >= two):
            low = 1 + np.maximum(basic[two], over[three]) + over[three]
            for four in (bar for bar in grid if bar >= three):
                error = float(((np.minimum(low + over[four], most) - level) ** 2).sum())
                if prior is not None:
                    away = zip((two, three, four), prior, strict=True)
                    error += SHRINK * sum((one - other) ** 2 for one, other in away)
                if best is None or error < best[0]:
                    best = (error, (two, three, four))
    assert best is not None
    return best[1]


def fit(
    labelled: Sequence[Labelled], shelf: Shelf, weight_of: Callable[[str], float]
) -> tuple[Fusion, dict[str, Fusion]]:
    """The weights from all interviews, and for each problem those without its own. `weight_of` an interview, by id."""
    heads = shelf.rubric.heads.model_copy(update={"fusion": {"items": ITEMS}})
    shelf = _with(shelf, heads)
    rows = flag_rows(labelled, shelf)
    scenarios = sorted({row.scenario for row in rows})

    def weight(row: FlagRow) -> float:
        return weight_of(row.interview)

    without = {out: fit_flags([row for row in rows if row.scenario != out], weight) for out in scenarios}
    sure = [chance(without[row.scenario], row) for row in rows]
    threshold = stated_from(rows, sure, weight)
    shift = log(STATED / (1 - STATED)) - log(threshold / (1 - threshold))
    everything = _shifted(fit_flags(rows, weight), shift)
    folds = {out: {"items": ITEMS, **_shifted(without[out], shift)} for out in scenarios}

    rubrics = {out: _with(shelf, heads.model_copy(update={"fusion": folds[out]})).rubric for out in scenarios}
    levels = level_rows(labelled, shelf, rubrics.__getitem__)
    for out in scenarios:
        folds[out] |= fit_bars([row for row in levels if row.scenario != out], shelf.rubric.criteria)
    return {"items": ITEMS, **everything, **fit_bars(levels, shelf.rubric.criteria)}, folds


def _shifted(fusion: Fusion, by: float) -> Fusion:
    return {name: {**weights, "bias": round(weights["bias"] + by, 3)} for name, weights in fusion.items()}


def _with(shelf: Shelf, heads: Heads) -> Shelf:
    return replace(shelf, rubric=shelf.rubric.model_copy(update={"heads": heads}))
