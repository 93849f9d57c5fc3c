"""The offline observer of red flags: every flag of the rubric held against an interview.

Each flag is found by its own detector where red_flags.yaml names one, else by its signs or by its slot. A broad flag
that rests on the same words as a narrow one of its root is left out (catalogue: containment). What is found carries an
expected precision; whether that is enough to be stated is the scorer's rule.
"""

from __future__ import annotations

from collections.abc import Iterable

from interviewer.interview.ledger import Quoted
from interviewer.interview.pack import Scenario
from interviewer.interview.rubric import RedFlag, Rubric
from interviewer.interview.transcript import Transcript
from interviewer.scoring.breadth import breadth_of
from interviewer.scoring.findings import FlagFinding, Row
from interviewer.scoring.flag_case import Case, Finding
from interviewer.scoring.flag_detectors import DETECTORS
from interviewer.scoring.flag_fusion import fused
from interviewer.scoring.flag_rows import as_flag
from interviewer.scoring.flag_said import said
from interviewer.scoring.flag_slots import missing
from interviewer.scoring.heard import Heard
from interviewer.scoring.interview_reading import InterviewReading, read_interview

SHOWN = 0.55
"""Below this expected precision nothing is said at all, not even as possible."""
LEAST_WORDS = 60
"""With fewer candidate words than this nothing is observable."""

NARROW_OF: dict[str, tuple[str, ...]] = {
    "rf.no-peak": ("rf.no-numbers",),
    "rf.no-idempotency": ("rf.exactly-once",),
    "rf.sharding-first": ("rf.scale-before-system",),
}
"""Flags that say nothing more where one of these stands: no peak is owed where no sum was made at all."""


def observe_flags(
    transcript: Transcript,
    rubric: Rubric,
    scenario: Scenario | None,
    item_rows: Iterable[Row] = (),
    interview: InterviewReading | None = None,
    heard: Heard | None = None,
) -> tuple[FlagFinding, ...]:
    """Every red flag that the transcript shows, possible ones among them, in the rubric's order.

    `item_rows` are what the item observers found; `interview` and `heard` spare a second reading.
    """
    if transcript.words < LEAST_WORDS:
        return ()
    read = interview or read_interview(transcript)
    listened = heard or Heard(read, rubric.heads)
    items = tuple(row for row in item_rows if isinstance(row, Quoted))
    breadth = breadth_of(items, rubric, transcript.kind)
    found = [
        finding
        for flag in rubric.flags_for(transcript.kind)
        if (finding := observe_flag(Case(flag, rubric, read, scenario, items, breadth), listened)) is not None
    ]
    return contained([finding for finding in found if finding.p >= SHOWN], rubric)


def observe_flag(case: Case, heard: Heard | None = None) -> FlagFinding | None:
    """One flag against one interview, by its rules and, where it is `heard`, by its head."""
    finding = by_rule(case)
    if heard is not None:
        finding = fused(case, finding, heard)
    return as_flag(case, finding) if finding is not None else None


def by_rule(case: Case) -> Finding | None:
    """What the flag's detector, its signs or its slot make of the interview."""
    detector = (
        DETECTORS[case.flag.detector] if case.flag.detector else said if case.flag.type == "said" else missing
    )
    return detector(case)


def contained(findings: list[FlagFinding], rubric: Rubric) -> tuple[FlagFinding, ...]:
    """The findings without broad ones that rest on the very words of a narrow one of the same root."""
    there = {finding.flag for finding in findings}
    kept = [one for one in findings if not any(other in there for other in NARROW_OF.get(one.flag, ()))]
    flags: dict[str, RedFlag] = {flag.id: flag for flag in rubric.flags}
    return tuple(one for one in kept if not any(_covers(one, other, flags) for other in kept))


def _covers(broad: FlagFinding, narrow: FlagFinding, flags: dict[str, RedFlag]) -> bool:
    one, other = flags[broad.flag], flags[narrow.flag]
    if (
        broad is narrow
        or one.root is None
        or one.root != other.root
        or one.type != "said"
        or other.type != "said"
    ):
        return False
    mine, theirs = _quotes(broad), _quotes(narrow)
    if not mine or not mine <= theirs:
        return False
    if mine == theirs:
        return (broad.p, broad.flag) < (narrow.p, narrow.flag)
    return broad.p <= narrow.p


def _quotes(finding: FlagFinding) -> frozenset[tuple[int, int, int]]:
    return frozenset((row.turn, row.start, row.end) for row in finding.rows if isinstance(row, Quoted))
