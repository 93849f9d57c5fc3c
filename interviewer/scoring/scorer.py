"""The pure scorer: what was observed and the rubric become a scorecard. It knows no model and no clock.

The same transcript, rubric and rows give the same bytes. Levels come from `levels.py`, caps and the recommendation
from the rules of scoring.md 0: a confirmed flag of severity 3 caps the recommendation at lean-no-hire, two of
different roots at no-hire; flags of one root are one act and count once. Only stated flags cap anything.
"""

from __future__ import annotations

from dataclasses import replace

from interviewer.interview.estimates import read_estimates
from interviewer.interview.ledger import Absent, Credit, Quoted, numbered
from interviewer.interview.pack import Scenario, Topic
from interviewer.interview.quantities import Quantity, quantities
from interviewer.interview.rubric import Criterion, RedFlag, Rubric
from interviewer.interview.scorecard import (
    Amount,
    CriterionResult,
    EstimateResult,
    FlagResult,
    Level,
    RubricRef,
    Scorecard,
)
from interviewer.interview.sense import is_speech
from interviewer.interview.transcript import Transcript
from interviewer.interview.verify import stands
from interviewer.scoring.fairness import fairness_of, lead_share_of, never_asked_of
from interviewer.scoring.findings import FlagFinding, Observed
from interviewer.scoring.judging import (
    ALWAYS_REACHED,
    OF_MANNER,
    Judged,
    against_of,
    criterion_result,
    judged_of,
    most_of,
    overall_of,
    recommended,
    severity_in,
)
from interviewer.scoring.levels import rest_of, standing
from interviewer.scoring.points import MOST_STRENGTHS, decided_most_of, fix_first_of, strengths_of
from interviewer.scoring.resolver import STATED, resolve

LEAST_WORDS = 120
"""Below so many candidate words nothing is assessed: too little was said."""
TRAILING = " ,;:–—-\n"
LOOSE = 100.0
"""A claim that holds only as a bound, and is this many times away from it, is no sum to be shown."""
INDICATIVE = (
    "Indicative: the offline scorer has been measured on synthetic interviews only, and agrees with their labels too "
    "loosely to decide anything about a person."
)
INDICATIVE_WITH_MODEL = (
    "Indicative: rules and a model together have been measured on a few synthetic interviews only, which is too little to "
    "decide anything about a person."
)


def score(
    transcript: Transcript, rubric: Rubric, scenario: Scenario | None, observed: Observed, version: str
) -> Scorecard:
    """The scorecard of a transcript. `version` is the hash of the files that it was judged by."""
    silent = unscorable(transcript, rubric)
    observed = _asked_outright(_credited(_gated(observed, transcript), transcript, scenario), transcript)
    flags = () if silent else _flags(transcript, rubric, scenario, observed.flags)
    rows = numbered(
        [row for finding, _ in flags for row in finding.rows] + ([] if silent else list(observed.items))
    )
    observed = replace(observed, items=tuple(row for row in rows if isinstance(row, Quoted)))
    results = tuple(
        _flag_result(finding, flag, scenario, transcript, rubric, rows) for finding, flag in flags
    )
    judged = _judged(transcript, rubric, observed, results, silent)
    criteria = tuple(criterion_result(one, transcript.kind) for one in judged)
    overall = overall_of(criteria)
    recommendation, capped = recommended(overall, rubric.thresholds, results)
    moment = decided_most_of(judged, results, rows)
    used = _used(criteria, results)
    return Scorecard(
        session=transcript.id,
        scenario=transcript.scenario,
        title=scenario.title if scenario else None,
        kind=transcript.kind.value,
        level=transcript.level.value,
        plan=transcript.plan,
        rubric=RubricRef(name=rubric.name, version=version),
        by=observed.by,
        criteria=criteria,
        flags=results,
        estimates=() if silent else estimates_of(transcript),
        evidence=tuple(row for row in rows if row.id in used),
        overall=overall,
        recommendation=recommendation,
        indicative_why=INDICATIVE if len(observed.by) == 1 else INDICATIVE_WITH_MODEL,
        capped_by=capped,
        decided_most=moment,
        fix_first=fix_first_of(judged, results, rows, scenario),
        strengths=tuple(one for one in strengths_of(judged, results, rows) if one != moment)[:MOST_STRENGTHS],
        never_asked=never_asked_of(transcript, scenario),
        conditions=transcript.conditions,
        fairness=fairness_of(transcript, rubric, observed),
        lead_share=lead_share_of(judged),
        notes=(*transcript.notes, *observed.notes),
        disputes=_disputes(criteria, flags),
    )


def estimates_of(transcript: Transcript) -> tuple[EstimateResult, ...]:
    """Every sum of the candidate's, recomputed from their own inputs, earlier numbers and what they were told."""
    results: list[EstimateResult] = []
    known: list[Quantity] = []
    for turn in transcript.turns:
        if turn.role == "candidate":
            for sum_ in read_estimates(turn.text, tuple(known)):
                if sum_.verdict == "ok" and sum_.ratio and not 1 / LOOSE < sum_.ratio < LOOSE:
                    continue  # "within thirty seconds" holds for anything; a bound so far off was not a sum
                recomputed = sum_.recomputed
                results.append(
                    EstimateResult(
                        turn=turn.n,
                        start=sum_.start,
                        end=sum_.end,
                        text=turn.text[sum_.start : sum_.end],
                        claimed=Amount(value=sum_.claimed.value, unit=str(sum_.claimed.unit)),
                        recomputed=Amount(value=recomputed.value, unit=str(recomputed.unit))
                        if recomputed
                        else None,
                        ratio=round(sum_.ratio, 4) if sum_.ratio is not None else None,
                        verdict=sum_.verdict,
                        formula=sum_.formula,
                    )
                )
        known += quantities(turn.text)
    return tuple(results)


def _gated(observed: Observed, transcript: Transcript) -> Observed:
    """What passes the verbatim gate: a row whose quote does not stand where it says it does is worth nothing."""

    def passes(row: Quoted | Absent) -> bool:
        return isinstance(row, Absent) or stands(row.turn, row.start, row.end, row.quote, transcript.turns)

    flags = (
        replace(
            finding,
            rows=tuple(
                _tidied(row) if isinstance(row, Quoted) else row for row in finding.rows if passes(row)
            ),
        )
        for finding in observed.flags
    )
    items = tuple(_tidied(row) for row in observed.items if passes(row))
    return replace(observed, items=items, flags=tuple(flags))


def _tidied(row: Quoted) -> Quoted:
    """The row with its quote cut back to words: a comma or a dash at its end is the rest of somebody's sentence."""
    words = row.quote.rstrip(TRAILING)
    start = len(words) - len(words.lstrip(TRAILING))
    cut = {"start": row.start + start, "end": row.start + len(words), "quote": words[start:]}
    return row.model_copy(update=cut) if words else row


def _credited(observed: Observed, transcript: Transcript, scenario: Scenario | None) -> Observed:
    """In our own interviews we know what we asked: what answers a probe of its topic was asked for, not unprompted."""
    if scenario is None or not transcript.probed:
        return observed
    items = {str(topic.id): _items_of(topic) for topic in scenario.topics}
    asked = {(turn + 1, item): turn for turn, topic in transcript.probed for item in items.get(topic, ())}

    def known(row: Quoted) -> Quoted:
        source = asked.get((row.turn, row.subject))
        if source is None or row.credit is not Credit.unprompted:
            return row
        return row.model_copy(update={"credit": Credit.asked, "source_turn": source})

    return replace(observed, items=tuple(known(row) for row in observed.items))


def _items_of(topic: Topic) -> set[str]:
    return {str(item) for item in topic.feeds.items} | {str(slot.item) for slot in topic.slots if slot.item}


def _asked_outright(observed: Observed, transcript: Transcript) -> Observed:
    """What was asked about: the brief and our answers to their questions ask for nothing."""
    asked = (
        (criterion, turn)
        for criterion, turn in observed.asked
        if turn > 1 and "?" in transcript.turn(turn).text
    )
    return replace(observed, asked=tuple(asked))


def unscorable(transcript: Transcript, rubric: Rubric) -> str | None:
    """Why nothing of a transcript can be assessed, None where something can."""
    if any(note.startswith("language:") for note in transcript.notes):
        return "the candidate did not speak English, and nothing else is assessed"
    if transcript.words < LEAST_WORDS:
        return f"too little was said: {transcript.words} words, and it takes {LEAST_WORDS} to assess anything"
    if not is_speech((turn.text for turn in transcript.candidate_turns), rubric.heads.idf):
        return "what was said cannot be made out as sentences, and nothing is read into it"
    return None


def _flags(
    transcript: Transcript, rubric: Rubric, scenario: Scenario | None, findings: tuple[FlagFinding, ...]
) -> tuple[tuple[FlagFinding, RedFlag], ...]:
    flags = {flag.id: flag for flag in rubric.flags_for(transcript.kind)}
    kept = [(finding, flags[finding.flag]) for finding in findings if finding.flag in flags and finding.rows]  # type: ignore[index]  # str against its NewType
    return tuple(sorted(kept, key=lambda pair: (-pair[1].severity, pair[1].id)))


def severity_here(flag: RedFlag, scenario: Scenario | None, transcript: Transcript, rubric: Rubric) -> int:
    """How heavy a flag weighs in this scenario and at this level; the catalogue's own severity stays on the card."""
    return severity_in(flag, scenario, transcript.level, rubric)


def _flag_result(
    finding: FlagFinding,
    flag: RedFlag,
    scenario: Scenario | None,
    transcript: Transcript,
    rubric: Rubric,
    rows: tuple[Quoted | Absent, ...],
) -> FlagResult:
    wanted = [row.model_copy(update={"id": ""}) for row in finding.rows]
    ids = tuple(
        row.id for row in rows if row.subject == flag.id and row.model_copy(update={"id": ""}) in wanted
    )
    return FlagResult(
        id=flag.id,
        name=flag.name,
        status=finding.status,
        how=finding.how,
        stated=finding.p >= STATED,
        severity=severity_here(flag, scenario, transcript, rubric),
        base_severity=flag.severity,
        root=flag.root,
        criterion=flag.criterion,
        turns=finding.turns,
        confidence=round(finding.p, 4),
        evidence=ids,
        why=finding.why,
        advice=flag.advice,
        source=flag.sources,
    )


def _judged(
    transcript: Transcript,
    rubric: Rubric,
    observed: Observed,
    flags: tuple[FlagResult, ...],
    silent: str | None,
) -> tuple[Judged, ...]:
    """Every criterion judged by itself, and once more with how the others stand."""
    reached = {id for id, _ in observed.asked}
    votes = {one.subject: one for one in observed.votes}
    items = {
        criterion.id: tuple(
            resolve(
                item,
                (row for row in observed.items if row.subject == item.id),
                criterion.id in reached or criterion.id in ALWAYS_REACHED,
                votes.get(item.id),
            )
            for item in criterion.for_kind(transcript.kind)
        )
        for criterion in rubric.criteria
    }

    def judged(criterion: Criterion, rest: float = 0.0, most: Level = 4) -> Judged:
        return judged_of(
            criterion,
            items[criterion.id],
            transcript.kind,
            transcript.level,
            rubric,
            flags,
            criterion.id in reached,
            silent,
            rest,
            most,
        )

    def in_reach(id: str) -> bool:
        """Asked about or always owed: a word in passing on another matter must not lower the rest."""
        return id in reached or id in ALWAYS_REACHED

    alone = [judged(criterion) for criterion in rubric.criteria]
    standings = {
        str(one.criterion.id): standing(one.criterion.bars, one.items, against_of(one.criterion, flags))
        for one in alone
        if one.levelled is not None and one.criterion.bars is not None and in_reach(str(one.criterion.id))
    }
    drawn = [
        judged(one.criterion, rest_of(standings, str(one.criterion.id))) if one.criterion.bars else one
        for one in alone
    ]
    levels = {str(one.criterion.id): one.levelled.level if one.levelled else None for one in drawn}
    return tuple(
        judged(one.criterion, one.rest, most_of(str(one.criterion.id), levels))
        if one.criterion.id in OF_MANNER
        else one
        for one in drawn
    )


def _disputes(
    criteria: tuple[CriterionResult, ...], flags: tuple[tuple[FlagFinding, RedFlag], ...]
) -> tuple[str, ...]:
    """What a coach is to look at first: flags and items on which observers differ, in the order of the card."""
    torn = [item.id for one in criteria for item in one.items if item.state == "disputed"]
    return (*(flag.id for finding, flag in flags if finding.disputed), *torn)


def _used(criteria: tuple[CriterionResult, ...], flags: tuple[FlagResult, ...]) -> set[str]:
    return {id for one in criteria for item in one.items for id in item.evidence} | {
        id for flag in flags for id in flag.evidence
    }
