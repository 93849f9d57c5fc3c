"""The few weights by which heads and rules are put together, fitted on labelled interviews.

Three things: how sure a flag is from what its rules and its head say, from which certainty on flags are right often
enough to be stated, and how much evidence each level of each criterion takes. Every problem is left out once, so that
figures on the same interviews are those of problems that the weights have not seen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import log
from typing import Any

from interviewer.interview.heads import Heads
from interviewer.interview.rubric import Criterion, Rubric
from interviewer.interview.trees import Tree, Trees
from interviewer.lab.labels import CATALOGUE_FLAGS, Labelled
from interviewer.packs.load import Shelf
from interviewer.scoring import flag_fusion
from interviewer.scoring.assess import listened_to
from interviewer.scoring.breadth import breadth_of
from interviewer.scoring.findings import FlagFinding
from interviewer.scoring.flag_case import Case
from interviewer.scoring.flag_observer import by_rule, observe_flags
from interviewer.scoring.heard import Heard
from interviewer.scoring.interview_reading import read_interview
from interviewer.scoring.item_observer import asked_about, observe_items
from interviewer.scoring.judging import weight_against
from interviewer.scoring.levels import LEAN, LEAST_SHOWN, Evidence, evidence_of, rest_of
from interviewer.scoring.resolver import STATED, resolve

ITEMS = {"heard": 0.67, "bias": 2.0}
"""How sure a head's log-odds make an item. The slope is that of sentences by a hand it had not read; the bias is lower than
there, where every other sentence shows its item."""
PRECISE = 0.87
"""So often the stated flags of problems left out must be right, a little above what is promised."""
FAULT = 0.16
"""What a fault weighs against its criterion, in items, as a share of the items there are."""
TREES, RATE, HALVES = 60, 0.08, 3
"""Trees for flags of either type, how much each may add, and how many times they are grown, from other shares of the rows:
few and small, for a few hundred faults and twelve things to weigh."""
SHARE = 0.7
GENTLE = 0.05
"""Inverse regularisation of the plain weights."""
USUAL, AS_MANY = 0.08, 6
"""How often a flag is found is drawn towards this share, as if so many more interviews had shown it."""
SHRINK = 20.0
"""How hard a criterion's bars are drawn towards those that serve all criteria together."""
REACHABLE = (0.5, 0.7, 0.85)
"""No bar takes more than this share of a criterion's items: a four can be reached by showing nearly everything."""
STEP = 0.2

Fusion = dict[str, dict[str, float]]


@dataclass(frozen=True)
class Fused:
    """How often each flag is found, in log-odds, and the trees by type."""

    often: dict[str, float]
    trees: dict[str, Trees]

    def shifted(self, by: float) -> Fused:
        """The same with so much more log-odds for every flag."""
        return Fused(self.often, {kind: one.shifted(by) for kind, one in self.trees.items()})


@dataclass(frozen=True)
class Fitted:
    """All that is fitted on interviews: weights and bars by name, and trees by type of flag."""

    fusion: Fusion
    trees: dict[str, Trees]


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

    interview: str
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
        transcript = listened_to(one.transcript, shelf.rubric.heads)
        pack = next((pack for pack in shelf.scenarios if pack.id == transcript.scenario), None)
        interview = read_interview(transcript)
        heard = Heard(interview, shelf.rubric.heads)
        items = observe_items(transcript, shelf.rubric, pack, interview, heard)
        breadth = breadth_of(items, shelf.rubric, transcript.kind)
        for flag in shelf.rubric.flags_for(transcript.kind):
            if flag.id in CATALOGUE_FLAGS:
                case = Case(flag, shelf.rubric, interview, pack, items, breadth)
                features = flag_fusion.features(case, by_rule(case), heard)
                there = flag.id in one.reference.flags
                found.append(FlagRow(transcript.id, one.scenario, flag.id, flag.type, features, there))
    return found


def fit_flags(rows: Sequence[FlagRow]) -> Fused:
    """How often each flag is found, and the trees for flags of either type: gradient boosting over all of them together."""
    scenarios = {row.scenario for row in rows}
    elsewhere = {one: often_of([row for row in rows if row.scenario != one]) for one in scenarios}
    told = [with_often(row, elsewhere[row.scenario]) for row in rows]
    return Fused(
        often_of(rows),
        {kind: grown([row for row in told if row.type == kind]) for kind in ("said", "missing")},
    )


def often_of(rows: Sequence[FlagRow]) -> dict[str, float]:
    """How often each flag is found among these, as log-odds drawn towards what is usual."""
    found: dict[str, float] = {flag_fusion.ANY: round(log(USUAL / (1 - USUAL)), 2)}
    for flag in sorted({row.flag for row in rows}):
        mine = [row.there for row in rows if row.flag == flag]
        share = (sum(mine) + USUAL * AS_MANY) / (len(mine) + AS_MANY)
        found[flag] = round(log(share / (1 - share)), 2)
    return found


def with_often(row: FlagRow, often: Mapping[str, float]) -> FlagRow:
    """The row, told how often its flag is found in other interviews."""
    told = often.get(row.flag, often[flag_fusion.ANY])
    return replace(row, features={**row.features, flag_fusion.OFTEN: told})


def grown(rows: Sequence[FlagRow]) -> Trees:
    """Weights and trees from these rows, half of the log-odds by either; the same rows give the same."""
    import numpy as np
    from sklearn.ensemble import GradientBoostingClassifier
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import StandardScaler

    names = list(rows[0].features)
    values = np.array([[row.features[name] for name in names] for row in rows])
    there = np.array([row.there for row in rows])
    scale = StandardScaler().fit(values)
    line = LogisticRegression(C=GENTLE, max_iter=3000).fit(scale.transform(values), there)
    weights = line.coef_[0] / scale.scale_
    bias = float(line.intercept_[0] - (weights * scale.mean_).sum())
    trees: list[Tree] = []
    for seed in range(HALVES):
        model = GradientBoostingClassifier(
            n_estimators=TREES, max_depth=2, learning_rate=RATE, subsample=SHARE, random_state=seed + 1
        ).fit(values, there)
        trees += [_told(one[0].tree_, RATE / HALVES / 2) for one in model.estimators_]
    share = float(there.mean())
    return Trees(
        names=tuple(names),
        start=round((log(share / (1 - share)) + bias) / 2, 3),
        weights=tuple(round(float(weight) / 2, 4) for weight in weights),
        trees=tuple(trees),
    )


def _told(tree: Any, rate: float) -> Tree:  # Any: scikit-learn's trees are untyped
    def question(at: int) -> tuple[int, float, float, float]:
        if tree.children_left[at] < 0:
            value = round(float(tree.value[at][0][0]) * rate, 4)
            return 0, 0.0, value, value
        low, high = (
            float(tree.value[node][0][0]) * rate for node in (tree.children_left[at], tree.children_right[at])
        )
        return int(tree.feature[at]), round(float(tree.threshold[at]), 3), round(low, 4), round(high, 4)

    if tree.children_left[0] < 0:
        return (0, 0.0, *question(0), *question(0))
    low, high = question(int(tree.children_left[0])), question(int(tree.children_right[0]))
    return (int(tree.feature[0]), round(float(tree.threshold[0]), 3), *low, *high)


def chance(fused: Fused, row: FlagRow) -> float:
    """How sure what was fitted makes a flag."""
    return flag_fusion.chance(fused.trees[row.type], with_often(row, fused.often).features)


def stated_from(rows: Sequence[FlagRow], sure: Sequence[float]) -> float:
    """The lowest certainty from which on flags are right as often as PRECISE asks."""
    for step in range(20, 97):
        threshold = step / 100
        stated = [row.there for row, p in zip(rows, sure, strict=True) if p >= threshold]
        if stated and sum(stated) / len(stated) >= PRECISE:
            return threshold
    return 0.96


def level_rows(
    labelled: Iterable[Labelled], shelf: Shelf, rubric_for: Callable[[str], Rubric]
) -> list[LevelRow]:
    """The evidence behind every level that the labels give. `rubric_for` a problem has weights fitted without it."""
    found: list[LevelRow] = []
    for one in labelled:
        rubric = rubric_for(one.scenario)
        transcript = listened_to(one.transcript, rubric.heads)
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
                    transcript.id,
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
    """The bars of each criterion, drawn towards what serves all, by the squares of the levels' errors.

    Evidence is drawn towards the rest of its interview, as `levels.py` does it.
    """
    scales = {id: _scale(rows, id) for id in sorted({row.criterion for row in rows})}
    placed = _placed(rows, scales)
    common = _best([place for _, place in placed], None, 2 * STEP)
    found: Fusion = {}
    for criterion in criteria:
        mine = [place for row, place in placed if row.criterion == criterion.id]
        if not mine:
            continue
        mean, spread, fault = scales[str(criterion.id)]
        most = min(len(criterion.for_kind(kind)) for kind, weight in criterion.weights.items() if weight)
        bars = [
            round(max(min(mean + spread * bar, share * most), LEAST_SHOWN), 3)
            for bar, share in zip(_best(mine, common, STEP), REACHABLE, strict=True)
        ]
        found[f"bars {criterion.id}"] = {
            "two": bars[0], "three": bars[1], "four": bars[2],
            "margin": round(0.6 * spread, 3), "fault": round(fault, 3),
            "usual": round(mean, 3), "spread": round(spread, 3),
        }  # fmt: skip
    return found


Scale = tuple[float, float, float]
"""The usual evidence, how far interviews lie from it, and what a fault weighs."""
Placed = tuple[float, float, float, int, int]
"""Basic and strong evidence in spreads from what is usual, what the rest adds, the cap, and the label."""


def _scale(rows: Sequence[LevelRow], criterion: str) -> Scale:
    mine = [row for row in rows if row.criterion == criterion]
    fault = FAULT * max(row.items for row in mine)
    evidence = [row.evidence.strong - fault * row.against for row in mine]
    mean = sum(evidence) / len(evidence)
    spread = (sum((one - mean) ** 2 for one in evidence) / len(evidence)) ** 0.5
    return mean, max(spread, 0.1), fault


def _placed(rows: Sequence[LevelRow], scales: Mapping[str, Scale]) -> list[tuple[LevelRow, Placed]]:
    own: list[tuple[float, float]] = []
    strong: dict[str, dict[str, float]] = {}
    for row in rows:
        mean, spread, fault = scales[row.criterion]
        less = row.evidence.less(fault * row.against + mean)
        own.append((less.basic / spread, less.strong / spread))
        strong.setdefault(row.interview, {})[row.criterion] = less.strong / spread
    drawn = [LEAN * rest_of(strong[row.interview], row.criterion) for row in rows]
    return [
        (row, (basic, most, by, row.cap, row.level))
        for row, (basic, most), by in zip(rows, own, drawn, strict=True)
    ]


def _best(
    rows: Sequence[Placed], prior: tuple[float, float, float] | None, step: float
) -> tuple[float, float, float]:
    import numpy as np

    grid = [at * step for at in range(round(-2.4 / step), round(2.4 / step) + 1)]
    basic, strong, by, most, level = (np.array(column) for column in zip(*rows, strict=True))

    def over(evidence: Any) -> dict[float, Any]:  # Any: numpy's arrays, whose types are not ours to spell
        return {bar: (evidence >= bar).astype(int) for bar in grid}

    own_two, own_more, drawn_two, drawn_more = map(over, (basic, strong, basic + by, strong + by))
    best: tuple[float, tuple[float, float, float]] | None = None
    for two in grid:
        for three in (bar for bar in grid if bar >= two):
            own_low = 1 + np.maximum(own_two[two], own_more[three]) + own_more[three]
            low = 1 + np.maximum(drawn_two[two], drawn_more[three]) + drawn_more[three]
            for four in (bar for bar in grid if bar >= three):
                own, drawn = own_low + own_more[four], low + drawn_more[four]
                near = np.minimum(np.maximum(drawn, own - 1), own + 1)
                error = float(((np.minimum(near, most) - level) ** 2).sum())
                if prior is not None:
                    away = zip((two, three, four), prior, strict=True)
                    error += SHRINK * sum((one - other) ** 2 for one, other in away)
                if best is None or error < best[0]:
                    best = (error, (two, three, four))
    assert best is not None
    return best[1]


def fit(labelled: Sequence[Labelled], shelf: Shelf) -> tuple[Fitted, dict[str, Fitted]]:
    """What is fitted on all interviews, and for each problem what is fitted without its own."""
    bare = shelf.rubric.heads.model_copy(update={"fusion": {"items": ITEMS}, "trees": {}})
    shelf = _with(shelf, bare)
    rows = flag_rows(labelled, shelf)
    scenarios = sorted({row.scenario for row in rows})
    without = {out: fit_flags([row for row in rows if row.scenario != out]) for out in scenarios}
    sure = [chance(without[row.scenario], row) for row in rows]
    threshold = stated_from(rows, sure)
    shift = log(STATED / (1 - STATED)) - log(threshold / (1 - threshold))

    folds = {out: _fitted(without[out].shifted(shift)) for out in scenarios}
    rubrics = {out: _with(shelf, with_fitted(bare, folds[out])).rubric for out in scenarios}
    levels = level_rows(labelled, shelf, rubrics.__getitem__)
    for out in scenarios:
        elsewhere = [row for row in levels if row.scenario != out]
        folds[out].fusion.update(fit_bars(elsewhere, shelf.rubric.criteria))
    whole = _fitted(fit_flags(rows).shifted(shift))
    whole.fusion.update(fit_bars(levels, shelf.rubric.criteria))
    return whole, folds


def with_fitted(heads: Heads, fitted: Fitted) -> Heads:
    """The heads with these weights and trees in place of theirs."""
    return heads.model_copy(update={"fusion": fitted.fusion, "trees": fitted.trees})


def _fitted(fused: Fused) -> Fitted:
    return Fitted({"items": ITEMS, flag_fusion.OFTEN: fused.often}, fused.trees)


def _with(shelf: Shelf, heads: Heads) -> Shelf:
    return replace(shelf, rubric=shelf.rubric.model_copy(update={"heads": heads}))
