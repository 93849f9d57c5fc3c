"""The flag observer: quotes that stand, certificates that can be checked, and silence where nothing can be known."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from interviewer.interview.heads import Heads
from interviewer.interview.ledger import Absent, Quoted, Turn
from interviewer.interview.phases import PhasePlan
from interviewer.interview.rubric import CandidateLevel, Kind, RedFlag, Rubric, Thresholds
from interviewer.interview.transcript import Transcript, phased
from interviewer.packs.yaml_lines import read
from interviewer.scoring.findings import FlagFinding
from interviewer.scoring.flag_observer import observe_flags
from interviewer.scoring.resolver import STATED

ROOT = Path(__file__).parents[2]
RUBRICS = ROOT / "rubrics" / "system_design"
DEV = ROOT / "tests" / "fixtures" / "transcripts" / "dev"
RUBRIC = Rubric(
    name="system_design",
    version="test",
    criteria=(),
    flags=TypeAdapter(tuple[RedFlag, ...]).validate_python(
        read(RUBRICS / "red_flags.yaml").data["red_flags"]
    ),
    levels=(),
    thresholds=Thresholds(strong_no_hire=1.6, no_hire=2.45, lean_no_hire=2.77, lean_hire=3.25, hire=3.6),
    heads=Heads.model_validate_json((RUBRICS / "heads.json").read_bytes()),
)
PLANS = {
    plan.id: plan
    for plan in TypeAdapter(tuple[PhasePlan, ...]).validate_python(read(RUBRICS / "plans.yaml").data["plans"])
}
QUESTIONS = (
    "Who uses this, and how many are they? How fast must an answer come, and may anything be lost or be late? "
    "Is it one region or several?"
)
FACTS = "A hundred million people, a tenth of a second, nothing lost, one region."


def a_talk(*lines: str, kind: Kind = Kind.distributed) -> Transcript:
    """An interview of these lines, the interviewer first."""
    turns = tuple(
        Turn(n=n, role="candidate" if n % 2 == 0 else "interviewer", text=text)
        for n, text in enumerate(lines, start=1)
    )
    return Transcript("t", None, kind, CandidateLevel.senior, "distributed", turns)


def after_a_fair_opening(*lines: str, kind: Kind = Kind.distributed) -> Transcript:
    """The same after a brief, questions and facts; the first line is joined to the facts."""
    words = "Then I take it that people read far more than they write, and that a lost write would hurt much more "
    return a_talk(
        "Design it.",
        QUESTIONS,
        FACTS,
        words + "than a late one, which is what I keep in mind.",
        *lines,
        kind=kind,
    )


def flags_of(transcript: Transcript) -> dict[str, FlagFinding]:
    return {finding.flag: finding for finding in observe_flags(transcript, RUBRIC, None)}


@cache
def labelled() -> tuple[tuple[Transcript, dict[str, str]], ...]:
    """The dev interviews with their reference flags and statuses."""
    found = []
    for path in sorted(DEV.glob("dev-??.json")):
        told = json.loads(path.read_text(encoding="utf-8"))
        gold = json.loads(path.with_suffix(".gold.json").read_text(encoding="utf-8"))
        transcript = Transcript(
            told["id"],
            told["scenario"],
            Kind(told["kind"]),
            CandidateLevel(told["level"]),
            told["plan"],
            tuple(Turn(**turn) for turn in told["turns"]),
        )
        plan = PLANS[told["plan"]]
        found.append((phased(transcript, plan), {flag["id"]: flag["status"] for flag in gold["flags"]}))
    return tuple(found)


@cache
def observed() -> tuple[tuple[Transcript, dict[str, str], dict[str, FlagFinding]], ...]:
    """The same with what the observer finds in each."""
    return tuple((transcript, gold, flags_of(transcript)) for transcript, gold in labelled())


def every_finding() -> list[tuple[Transcript, FlagFinding]]:
    return [(transcript, one) for transcript, _, found in observed() for one in found.values()]


def test_every_quote_stands_at_its_offsets_in_a_candidate_turn() -> None:
    for transcript, finding in every_finding():
        assert finding.rows, finding.flag
        for row in finding.rows:
            if isinstance(row, Quoted):
                turn = transcript.turn(row.turn)
                assert turn.role == "candidate"
                assert turn.text[row.start : row.end] == row.quote
                assert row.polarity == "against"


def test_a_said_flag_quotes_and_a_missing_one_carries_its_certificate() -> None:
    types: dict[str, str] = {flag.id: flag.type for flag in RUBRIC.flags}
    for _, finding in every_finding():
        if types[finding.flag] == "said":
            assert any(isinstance(row, Quoted) for row in finding.rows), finding.flag
        else:
            assert any(isinstance(row, Absent) for row in finding.rows), finding.flag


def test_a_certificate_names_the_turns_searched_and_the_question() -> None:
    transcript = after_a_fair_opening(
        "What are the downsides of this?", "I don't see any downsides, it is the best of both worlds."
    )
    (row,) = (row for row in flags_of(transcript)["rf.no-trade-offs"].rows if isinstance(row, Absent))
    assert row.searched_turns == (2, 4, 6)
    assert row.opportunity.asked_by_interviewer
    assert row.opportunity.asked_in == (5,)


def test_nothing_is_missing_from_an_interview_that_was_cut_short() -> None:
    cut = after_a_fair_opening(
        "How does a write go?", "The leader logs it, sends it to two followers, and answers after one."
    )
    assert flags_of(cut) == {}


def test_a_few_words_raise_nothing() -> None:
    assert flags_of(a_talk("Design it.", "Kafka, Redis, Cassandra and Kubernetes, of course.")) == {}


def test_a_question_owed_before_its_phase_is_over_is_not_counted() -> None:
    transcript, _ = labelled()[0]
    begun = replace(
        transcript, turns=tuple(t.model_copy(update={"phase": "clarify"}) for t in transcript.turns[:6])
    )
    assert "rf.no-observability" not in flags_of(begun)
    assert "rf.no-failure-handling" not in flags_of(begun)


def test_what_the_interviewer_says_is_never_the_candidates_fault() -> None:
    transcript = after_a_fair_opening(
        "Some say exactly-once delivery makes every check needless, and the queue just holds everything for ever.",
        "I hear that often. I'd keep the id of each message with its effect, and cap the queue at a million.",
    )
    assert flags_of(transcript) == {}


def test_nodding_at_the_interviewers_idea_does_not_supply_it() -> None:
    asked = "A celebrity with 80 million followers posts. What does your design do?"
    first = "The workers autoscale and the queue absorbs it, that is what elasticity is for."
    told = "Some teams don't fan those out and let readers fetch them when they open the feed."
    nods = flags_of(
        after_a_fair_opening(asked, first, told, "Yes, exactly, that is in line with what I have.")
    )
    assert nods["rf.hot-key-ignored"].status == "confirmed"


def test_a_fault_put_right_without_being_asked_recovers_by_itself() -> None:
    transcript = after_a_fair_opening(
        "What does the library do on a failed call?",
        "It retries on any failure until it works.",
        "Suppose I need two locks.",
        "In name order. And let me go back, I said it retries on any failure, that was careless: only timeouts are "
        "retried, five times at most with a growing random pause.",
    )
    found = flags_of(transcript)["rf.retry-everything"]
    assert (found.status, found.how) == ("recovered", "self")


def test_a_slip_that_is_worked_out_again_much_later_is_put_right() -> None:
    transcript = after_a_fair_opening(
        "How much is there to keep?",
        "60M a month for ten years is 7.2 billion links, and 7.2 billion links times 500 bytes each is about 360 TB.",
        "Where do you keep it?",
        "In one table with an index on the code, and a copy in another zone.",
        "Who reads it?",
        "The redirect servers, by the code alone, and they cache the hot ones.",
        "What if a server dies?",
        "The balancer sends its requests to the others; nothing lives on it alone. And oops, 7.2B * 500B = 3.6TB not 360.",
    )
    found = flags_of(transcript)["rf.bad-arithmetic"]
    assert (found.status, found.how) == ("recovered", "self")


def test_a_fault_put_right_when_asked_about_recovers_as_probed() -> None:
    transcript = after_a_fair_opening(
        "Where does the map live?",
        "On one small coordinator box, which clients ask first.",
        "And when that box goes?",
        "Right, that was lazy. Five of them with Raft, and clients keep the last map so that reads go on.",
    )
    found = flags_of(transcript)["rf.single-point-of-failure"]
    assert (found.status, found.how) == ("recovered", "probed")


def test_no_peak_is_owed_where_no_sum_was_made() -> None:
    for _, _, found in observed():
        assert not {"rf.no-numbers", "rf.no-peak"} <= set(found)


def test_the_same_transcript_gives_the_same_findings() -> None:
    transcript, _, found = observed()[0]
    assert flags_of(transcript) == found


@pytest.mark.parametrize(
    "mutate", [str.upper, lambda text: text.replace("'", "\u2019"), lambda text: f"  {text}\n"]
)
def test_case_quotes_and_space_change_nothing(mutate: object) -> None:
    assert callable(mutate)
    for transcript, _, found in observed()[:4]:
        turns = tuple(turn.model_copy(update={"text": mutate(turn.text)}) for turn in transcript.turns)
        assert set(flags_of(replace(transcript, turns=turns))) == set(found)


def test_the_reference_labels_are_met_well_enough() -> None:
    counts = Counter[str]()
    for _, gold, found in observed():
        stated = {id for id, finding in found.items() if finding.p >= STATED and not RUBRIC.flag(id).beyond}
        for id in gold.keys() | stated:
            counts["both" if id in gold and id in stated else "ours" if id in stated else "gold"] += 1
    f1 = 2 * counts["both"] / (2 * counts["both"] + counts["ours"] + counts["gold"])
    assert f1 >= 0.85
    assert counts["both"] / (counts["both"] + counts["ours"]) >= 0.9


def test_recoveries_are_told_from_faults_that_stand() -> None:
    agree = Counter(
        found[id].status == status
        for _, gold, found in observed()
        for id, status in gold.items()
        if id in found
    )
    assert agree[True] / agree.total() >= 0.93


@settings(max_examples=25)
@given(st.lists(st.text(max_size=200), min_size=1, max_size=8))
def test_any_text_can_be_observed(lines: list[str]) -> None:
    words = "one machine is enough and it scales by itself so the queue holds everything " * 5
    for finding in observe_flags(a_talk(*lines, words, words), RUBRIC, None):
        assert finding.rows
