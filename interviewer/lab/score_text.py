"""A score report as plain lines for a terminal: the headline with targets and intervals, then what lies behind it."""

from __future__ import annotations

from collections.abc import Iterator

from interviewer.lab.agreement import HEADLINES, Agreement
from interviewer.lab.metrics import Counts, ratio
from interviewer.lab.score_report import OfInterview, ScoreReport

TARGETS = {
    "flags micro F1": (0.60, 0.75),
    "flags macro F1": (0.50, 0.65),
    "precision of stated flags": (0.85, None),
    "missing flags F1": (0.70, None),
    "mean QWK": (0.50, 0.65),
    "adjacent": (0.90, None),
    "pairs": (0.85, None),
    "estimates found": (0.90, None),
    "estimates precision": (0.70, None),
    "estimates judged right": (0.95, None),
}
"""What must hold, and what is aimed at."""
WORST = 3


def number(value: float | None, width: int = 5) -> str:
    """Two places, or a dash where there is no figure."""
    return f"{value:.2f}".rjust(width) if value is not None else "-".rjust(width)


def lines_of(report: ScoreReport, detail: bool = True) -> Iterator[str]:
    """The whole report, line by line; `detail` also what went wrong in every interview."""
    ours = report.ours
    yield f"{ours.cases} labelled interviews about {len(report.by_scenario)} problems; labels are synthetic references, not experts'."
    yield "What is fitted on labelled interviews is fitted without those about the problem that is scored."
    yield ""
    yield from _headline(report)
    yield ""
    yield from _flags(report)
    yield ""
    yield from _criteria(ours)
    yield ""
    yield from _rest(report)
    yield ""
    yield from _scenarios(report)
    yield ""
    yield from _baselines(report)
    if detail:
        yield ""
        yield "Interview by interview (possible: suspected, but not stated)"
        for one in report.interviews:
            yield from _interview(one)


def _headline(report: ScoreReport) -> Iterator[str]:
    second = "  second labeller" if report.second else ""
    yield f"{'':28} ours  95 % interval   must   aim{second}"
    for name, figure in HEADLINES.items():
        value = figure(report.ours)
        low, high = report.ours.intervals.get(name, (None, None))
        must, aim = TARGETS.get(name, (None, None))
        fell = must is not None and (value is None or value < must)
        ceiling = f"  {number(figure(report.second))}" if report.second else ""
        yield f"{name:27}{number(value)}  {number(low)} -{number(high)}  {number(must)} {number(aim)}{ceiling}{'   below' if fell else ''}"


def _flags(report: ScoreReport) -> Iterator[str]:
    ours = report.ours
    yield f"{'Red flags (stated, by id)':32} P     R     F1     n"
    macro = ours.flag_macro
    yield _counts("micro", ours.flags)
    yield f"  {'macro, over labels seen':27}{number(macro.precision)} {number(macro.recall)} {number(macro.f1)} {macro.labels:5}"
    for kind, counts in ours.by_type.items():
        yield _counts(kind, counts)
    yield _counts("if possible ones counted too", ours.with_possible)
    yield f"  same status where both state it: {number(ours.status_same)}"
    yield f"  {'how sure':12} is right that often       were all so sure ones stated:  P     R     F1"
    for at, counts in ours.by_threshold.items():
        alone = ours.by_sureness[at]
        yield (
            f"    {at:.2f} and up {number(alone.precision)} of {alone.right + alone.wrong:3}"
            f"                                {number(counts.precision)} {number(counts.recall)} {number(counts.f1)}"
        )
    wrong = sorted(ours.by_flag.items(), key=lambda one: (-(one[1].wrong + one[1].missed), one[0]))
    yield "  every flag that was not always right:"
    for id, counts in wrong:
        if counts.wrong + counts.missed:
            why = ", ".join(f"{what} {count}" for what, count in report.cleared.get(id, {}).items())
            told = f"  ({why})" if why else ""
            yield f"    {id:34} right {counts.right}  wrong {counts.wrong}  missed {counts.missed}{told}"
    yield f"  labelled only once here, so its F1 is chance ({len(report.rare)}): {_short(report.rare)}"
    yield f"  never labelled here ({len(report.never)}): {_short(report.never)}"


def _counts(name: str, counts: Counts) -> str:
    there = counts.right + counts.missed
    return (
        f"  {name:27}{number(counts.precision)} {number(counts.recall)} {number(counts.f1)} {there:5}"
        f"   right {counts.right}, wrong {counts.wrong}, missed {counts.missed}"
    )


def _criteria(ours: Agreement) -> Iterator[str]:
    yield f"{'Levels (where both give one)':30} QWK exact  adj.  bias    n"
    for id, one in ours.criteria.items():
        yield f"  {id:26}{number(one.qwk)} {number(one.exact)} {number(one.adjacent)} {number(one.bias)} {one.cases:4}"
    yield f"  {'mean QWK, else pooled':26}{number(ours.qwk_mean)} {number(ours.exact)} {number(ours.adjacent)} {number(ours.bias)}"
    yield f"  {'QWK of all levels pooled':26}{number(ours.qwk_pooled)}"
    worst = sorted((one.qwk, id) for id, one in ours.criteria.items() if one.qwk is not None)[:WORST]
    yield f"  worst: {', '.join(f'{id} ({value:.2f})' for value, id in worst)}"


def _rest(report: ScoreReport) -> Iterator[str]:
    ours, sums, length = report.ours, report.ours.sums, report.length
    yield f"Overall: Pearson {number(ours.overall_pearson)}, Spearman {number(ours.overall_spearman)}, ours less the reference {number(ours.overall_bias)}"
    yield f"Pairs in the right order: {number(ours.pairs)} of {ours.pair_count}; recommendation exact {number(ours.recommendation_exact)}, within one step {number(ours.recommendation_near)}"
    yield (
        f"Estimates: {sums.found} of {sums.there} found, {sums.judged_right} of those judged right, "
        f"{sums.off_told} of {sums.off} wrong ones told; {sums.given_right} of our {sums.given} are the labellers' ({number(ratio(sums.given_right, sums.given)).strip()})"
    )
    yield f"Evidence: {100 * report.evidence_valid:.1f} % of {report.claims} claims hold"
    yield from (f"  {fault}" for fault in report.evidence_faults[:20])
    yield (
        f"Score with words said: ours {number(length.ours)}, the reference's own {number(length.reference)}, "
        f"ours with the reference known {number(length.left_over)}"
    )


def _scenarios(report: ScoreReport) -> Iterator[str]:
    yield f"{'By problem left out':26} n  flags P  R     F1    exact  adj.  bias  rec. within one"
    for id, one in report.by_scenario.items():
        yield (
            f"  {id:23}{one.cases:3}  {number(one.flags.precision)} {number(one.flags.recall)} {number(one.flags.f1)}"
            f"  {number(one.exact)} {number(one.adjacent)} {number(one.bias)}  {number(one.recommendation_near)}"
        )


def _baselines(report: ScoreReport) -> Iterator[str]:
    yield f"{'Must beat':24} flags micro  macro  mean QWK  exact  adj.  pairs  rec. within one"
    for name, one in (*report.beaten.items(), ("ours", report.ours)):
        yield (
            f"  {name:26}{number(one.flags.f1)}    {number(one.flag_macro.f1)}   {number(one.qwk_mean)}    {number(one.exact)}"
            f"  {number(one.adjacent)}  {number(one.pairs)}  {number(one.recommendation_near)}"
        )


def _interview(one: OfInterview) -> Iterator[str]:
    overall = f"{number(one.overall[0]).strip()} against {number(one.overall[1]).strip()}"
    yield f"  {one.id} ({one.scenario}): {one.recommendation[0]} against {one.recommendation[1]}, overall {overall}"
    for name, ids in (
        ("missed", one.missed),
        ("missed, but possible", one.missed_but_possible),
        ("wrong", one.wrong),
        ("of ours alone, not counted", one.added),
    ):
        if ids:
            yield f"    {name}: {_short(ids)}"
    far = {id: pair for id, pair in one.levels.items() if pair[0] != pair[1]}
    if far:
        told = ", ".join(
            f"{id.removeprefix('cr.')} {ours if ours is not None else 'none'}/{theirs}"
            for id, (ours, theirs) in far.items()
        )
        yield f"    levels ours/theirs: {told}"
    for text in one.sums_missed:
        yield f"    estimate not found, turn {text}"


def _short(ids: tuple[str, ...]) -> str:
    return ", ".join(id.removeprefix("rf.") for id in ids) or "none"
