"""The scorer alone: what was observed is given, and the card follows."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interviewer.interview.ledger import Absent, Credit, Quoted, Turn
from interviewer.interview.pack import Pack
from interviewer.interview.rubric import CandidateLevel, CriterionId, ItemId
from interviewer.interview.scorecard import Conditions, Scorecard
from interviewer.interview.transcript import Given
from interviewer.scoring.assess import JudgedBy, key_of
from interviewer.scoring.findings import FlagFinding, Observed
from interviewer.scoring.points import nearest
from interviewer.scoring.resolver import STATED, Resolved
from interviewer.scoring.scorer import LEAST_WORDS, estimates_of, score, severity_here
from tests.builders import a_pack
from tests.scoring.rows import SAID, a_card, a_certificate, a_flag, a_row, a_transcript

RUBRIC = a_pack().rubric
ITEMS = [item.id for criterion in RUBRIC.criteria for item in criterion.for_kind(a_transcript().kind)]
ALL_ASKED = tuple(criterion.id for criterion in RUBRIC.criteria)
ALL_MET = [a_row(item, start=(7 * place) % 900) for place, item in enumerate(ITEMS)]


def best(*flags: FlagFinding) -> Scorecard:
    """The card of somebody who met every item, with these flags."""
    return a_card(*ALL_MET, flags=flags, asked=ALL_ASKED)


def weighing(severity: int, pack: Pack | None = None) -> list[str]:
    """Flags of the rubric that weigh so much in this scenario, one for each root."""
    pack = pack or a_pack()
    roots: dict[str, str] = {}
    for flag in pack.rubric.flags_for(a_transcript().kind):
        if severity_here(flag, pack.scenario, a_transcript(), pack.rubric) == severity:
            roots.setdefault(flag.root or flag.id, flag.id)
    return list(roots.values())


def of_one_root(severity: int) -> list[str]:
    pack = a_pack()
    by_root: dict[str, list[str]] = {}
    for flag in pack.rubric.flags_for(a_transcript().kind):
        if flag.root and severity_here(flag, pack.scenario, a_transcript(), pack.rubric) == severity:
            by_root.setdefault(flag.root, []).append(flag.id)
    return next(flags for flags in by_root.values() if len(flags) > 1)


# -------------------------------------------------------------------------------------------------------- levels


def test_everything_met_is_a_four_everywhere_and_a_strong_hire() -> None:
    card = best()
    assert {one.level for one in card.criteria} == {4}
    assert (card.overall, card.recommendation, card.capped_by) == (4.0, "strong-hire", ())


def test_nothing_met_where_all_was_asked_is_a_one() -> None:
    card = a_card(asked=ALL_ASKED)
    assert {one.level for one in card.criteria} == {1}
    assert card.recommendation == "strong-no-hire"
    assert card.decided_most is None
    assert len(card.fix_first) == 3


def test_what_was_never_reached_is_not_assessed_with_a_reason() -> None:
    card = a_card()
    quiet = {one.id: one for one in card.criteria}["cr.reliability"]
    assert (quiet.level, quiet.interval) == (None, None)
    assert "never came to it" in (quiet.unassessed or "")
    assert {item.state for item in quiet.items} == {"not_observable"}


def test_a_kind_that_asks_nothing_of_a_criterion_leaves_it_out() -> None:
    card = a_card(*ALL_MET, asked=ALL_ASKED, transcript=a_transcript("d"))
    product = {one.id: one for one in card.criteria}["cr.product"]
    assert (product.weight, product.level) == (0, None)
    assert "does not ask for it" in (product.unassessed or "")


def test_too_few_assessed_weights_give_no_mean_and_no_recommendation() -> None:
    card = a_card()
    assert any(one.level for one in card.criteria)
    assert (card.overall, card.recommendation) == (None, "not-assessed")


@pytest.mark.parametrize("words", [3, 4, LEAST_WORDS - 1])
def test_a_silent_interview_is_not_assessed_whatever_was_found(words: int) -> None:
    said = a_transcript(said="word " * (words - 3))
    card = a_card(*ALL_MET, flags=(a_flag(weighing(3)[0]),), asked=ALL_ASKED, transcript=said)
    assert {one.level for one in card.criteria} == {None}
    assert all(f"{words} words" in (one.unassessed or "") for one in card.criteria)
    assert (card.flags, card.evidence, card.estimates, card.recommendation) == ((), (), (), "not-assessed")
    assert a_card(transcript=a_transcript(said="word " * (LEAST_WORDS - 3))).criteria[0].level == 1


def test_the_mean_is_weighted_by_the_kind() -> None:
    card = a_card(*[row for row in ALL_MET if row.subject in _items("cr.framing")], asked=ALL_ASKED)
    weights = {one.id: one.weight for one in card.criteria}
    expected = (4 * weights["cr.framing"] + sum(weights.values()) - weights["cr.framing"]) / sum(
        weights.values()
    )
    assert card.overall == round(expected, 2)


def _items(criterion: str) -> set[str]:
    return {item.id for item in RUBRIC.criterion(criterion).items}


ROWS = st.builds(
    a_row,
    st.sampled_from(ITEMS),
    st.sampled_from([credit.value for credit in Credit]),
    st.sampled_from([0.2, 0.4, 0.5, 0.6, 0.75, 0.9, 1.0]),
    st.integers(0, 500),
)
SOME_FLAGS = st.lists(
    st.builds(
        a_flag,
        st.sampled_from([flag.id for flag in RUBRIC.flags]),
        st.sampled_from([0.3, 0.84, 0.85, 0.99]),
        st.sampled_from(["confirmed", "recovered"]),
    ),
    max_size=3,
    unique_by=lambda finding: finding.flag,
)


@given(st.lists(ROWS, max_size=40), st.lists(ROWS, min_size=1, max_size=5), SOME_FLAGS)
@settings(max_examples=60)
def test_rows_in_favour_never_lower_a_level(
    rows: list[Quoted], more: list[Quoted], flags: list[FlagFinding]
) -> None:
    before = a_card(*rows, flags=tuple(flags), asked=ALL_ASKED)
    after = a_card(*rows, *more, flags=tuple(flags), asked=ALL_ASKED)
    for one, other in zip(before.criteria, after.criteria, strict=True):
        assert one.level is None or (other.level is not None and other.level >= one.level)
    assert before.overall is None or (after.overall is not None and after.overall >= before.overall)


@given(st.lists(ROWS, max_size=30), SOME_FLAGS, st.lists(st.sampled_from(ALL_ASKED), max_size=5))
@settings(max_examples=60)
def test_every_card_is_a_card(rows: list[Quoted], flags: list[FlagFinding], asked: list[str]) -> None:
    card = a_card(*rows, flags=tuple(flags), asked=tuple(asked))
    assert Scorecard.model_validate(json.loads(json.dumps(card.to_json()))) == card
    ids = {row.id for row in card.evidence}
    for flag in card.flags:
        assert set(flag.evidence) <= ids
        assert flag.evidence
    for point in (*card.fix_first, *card.strengths, *([card.decided_most] if card.decided_most else [])):
        assert set(point.evidence) <= ids
    for one in card.criteria:
        assert (one.level is None) == (one.unassessed is not None) == (one.interval is None)
        assert all(set(item.evidence) <= ids for item in one.items)
        assert all(item.evidence for item in one.items if item.state == "met")
    assert (
        card.to_json() == a_card(*reversed(rows), flags=tuple(reversed(flags)), asked=tuple(asked)).to_json()
    )


# --------------------------------------------------------------------------------------------------- caps of flags


@pytest.mark.parametrize("flag", weighing(3))
def test_one_stated_flag_of_three_caps_its_criterion_and_the_recommendation(flag: str) -> None:
    card = best(a_flag(flag))
    criterion = RUBRIC.flag(flag).criterion
    capped = {one.id: one for one in card.criteria}[criterion]
    assert capped.level == 2
    assert capped.capped_by == (flag,)
    assert (card.recommendation, card.capped_by) == ("lean-no-hire", (flag,))
    others = {one.level for one in card.criteria if one.id != criterion}
    assert others == {4}


def test_two_flags_of_three_with_different_roots_cap_at_no_hire() -> None:
    first, second = weighing(3)[:2]
    card = best(a_flag(first), a_flag(second, start=90))
    assert card.recommendation == "no-hire"
    assert set(card.capped_by) == {first, second}


def test_flags_of_one_root_are_all_listed_and_count_once() -> None:
    flags = of_one_root(3)
    card = best(*(a_flag(flag, start=30 * place) for place, flag in enumerate(flags)))
    assert {flag.id for flag in card.flags} == set(flags)
    assert card.recommendation == "lean-no-hire"
    roots = [ref for point in card.fix_first for ref in point.refs if ref in flags]
    assert len(roots) == 1


@pytest.mark.parametrize("severity", [1, 2])
def test_lighter_flags_leave_the_recommendation_to_the_mean(severity: int) -> None:
    card = best(*(a_flag(flag, start=30 * place) for place, flag in enumerate(weighing(severity)[:2])))
    assert card.capped_by == ()


def test_a_possible_flag_caps_nothing_and_is_listed_apart() -> None:
    flags = weighing(3)
    card = best(*(a_flag(flag, p=STATED - 0.01, start=30 * place) for place, flag in enumerate(flags)))
    assert {flag.stated for flag in card.flags} == {False}
    # what is only possible weighs a little against the evidence, and holds nothing down
    assert {one.capped_by for one in card.criteria} == {()}
    assert min(one.level or 0 for one in card.criteria) >= 3
    assert card.capped_by == ()
    assert not {ref for point in card.fix_first for ref in point.refs} & set(flags)


def test_a_flag_put_right_unasked_caps_nothing_and_is_a_strength() -> None:
    card = best(a_flag(weighing(3)[0], status="recovered", how="self"))
    assert card.recommendation == "strong-hire"
    assert {one.level for one in card.criteria} == {4}
    assert card.flags[0].how == "self"
    named = [*card.strengths, *([card.decided_most] if card.decided_most else [])]
    assert any("You put it right unasked" in point.text for point in named)


def test_a_cap_is_named_only_where_it_bites() -> None:
    card = a_card(flags=(a_flag(weighing(3)[0]),), asked=ALL_ASKED)
    assert card.recommendation == "strong-no-hire"
    assert card.capped_by == ()


def test_a_flag_of_another_kind_of_question_is_left_out() -> None:
    elsewhere = next(flag.id for flag in RUBRIC.flags if "h" not in flag.kinds)
    assert best(a_flag(elsewhere)).flags == ()


def test_a_flag_that_rests_on_nothing_is_left_out() -> None:
    assert best(replace(a_flag(weighing(3)[0]), rows=())).flags == ()


def test_a_missing_duty_is_shown_by_its_certificate() -> None:
    missing = next(flag.id for flag in RUBRIC.flags if flag.type == "missing" and "h" in flag.kinds)
    card = best(FlagFinding(missing, "confirmed", None, (2,), 0.9, (a_certificate(missing),), "Never said."))
    (row,) = [row for row in card.evidence if isinstance(row, Absent)]
    assert card.flags[0].evidence == (row.id,)


def test_a_flag_weighs_by_scenario_and_level_and_keeps_its_own_severity() -> None:
    rubric = RUBRIC.model_copy(
        update={
            "levels": tuple(
                level.model_copy(
                    update={"severity_at": {"rf.no-structure": 2} if level.id == "staff" else {}}
                )
                for level in RUBRIC.levels
            )
        }
    )
    flag = rubric.flag("rf.no-structure")
    assert severity_here(flag, None, a_transcript(level="mid"), rubric) == flag.severity
    assert severity_here(flag, None, a_transcript(level="staff"), rubric) == 2
    scenario = a_pack().scenario
    topic = scenario.topics[0].model_copy(update={"severity_here": {flag.id: 3}})
    heavier = scenario.model_copy(update={"topics": (topic, *scenario.topics[1:])})
    assert severity_here(flag, heavier, a_transcript(level="staff"), rubric) == 3
    observed = Observed((), (a_flag(flag.id),))
    card = score(a_transcript(level="staff"), rubric, heavier, observed, "v")
    assert (card.flags[0].severity, card.flags[0].base_severity) == (3, flag.severity)


# ------------------------------------------------------------------------------------------------------- the rest


def test_why_not_the_next_level_is_told_unless_a_flag_is_the_reason() -> None:
    flag = weighing(3)[0]
    criterion = RUBRIC.flag(flag).criterion
    goods = [row for row in ALL_MET if row.subject not in _items(criterion) or "rare" != _tier(row.subject)]
    free = {one.id: one for one in a_card(*goods, asked=ALL_ASKED).criteria}[criterion]
    capped = {one.id: one for one in a_card(*goods, flags=(a_flag(flag),), asked=ALL_ASKED).criteria}[
        criterion
    ]
    assert free.why_not_next
    assert capped.why_not_next is None


def _tier(item: str) -> str:
    return next(one.tier.value for criterion in RUBRIC.criteria for one in criterion.items if one.id == item)


def test_at_most_three_fixes_each_with_another_criterion() -> None:
    card = best(*(a_flag(flag, start=20 * place) for place, flag in enumerate(weighing(3) + weighing(2))))
    assert len(card.fix_first) == 3
    criteria = [ref for point in card.fix_first for ref in point.refs if ref.startswith("cr.")]
    assert len(set(criteria)) == 3
    severities = [
        next(flag.severity for flag in card.flags if flag.id in point.refs) for point in card.fix_first
    ]
    assert severities == sorted(severities, reverse=True)


def test_who_led_is_counted_from_what_was_met() -> None:
    card = a_card(
        a_row(ITEMS[0]),
        a_row(ITEMS[1], "asked", start=30),
        a_row(ITEMS[2], "hinted", start=60),
        asked=ALL_ASKED,
    )
    assert card.lead_share is not None
    assert (card.lead_share.opened_by_candidate, card.lead_share.of) == (1, 3)
    assert a_card(asked=ALL_ASKED).lead_share is None


def test_what_was_offered_and_what_was_not_is_told() -> None:
    card = a_card(asked=("cr.api",))
    name = RUBRIC.criterion("cr.api").name
    assert [(offer.what, offer.turn) for offer in card.fairness.offered] == [(name, 3)]
    assert name not in card.fairness.not_offered
    assert len(card.fairness.not_offered) == len(RUBRIC.criteria) - 1


def test_facts_that_nobody_asked_for_are_shown_at_the_end() -> None:
    facts = a_pack().scenario.facts
    ours = a_transcript(
        foreign=False, given=(Given(facts[0].id, 1, asked=True), Given(facts[1].id, 1, asked=False))
    )
    never = [one.fact for one in a_card(transcript=ours).never_asked]
    assert never == [fact.id for fact in facts[1:]]
    asks = a_transcript(said=f"{SAID} Who are the users of this?")
    assert facts[0].id not in [one.fact for one in a_card(transcript=asks).never_asked]


def test_a_bound_that_anything_keeps_is_no_sum() -> None:
    said = f"{SAID} 60 million links a month is about 23 a second. It fails over in ten seconds, it's promoted within thirty."
    sums = estimates_of(a_transcript(said=f"The lag is 2 ms. {said}"))
    assert "60 million links a month is about 23 a second" in [one.text for one in sums]
    assert all(one.ratio is None or 0.01 < one.ratio < 100 for one in sums if one.verdict == "ok")


def test_a_fix_shows_the_words_that_came_nearest_to_it() -> None:
    items = {item.id: item for item in RUBRIC.criterion(CriterionId("cr.reliability")).items}
    far = a_row("it.redundancy", p=0.95, quote="two copies in two zones")
    near = a_row("it.names-failure", p=0.7, quote="a nightly job compares the two sides")
    met = [Resolved(items[ItemId(row.subject)], "met", row.p, row.credit, (row,)) for row in (far, near)]
    assert nearest(items[ItemId("it.reconcile")], tuple(met)) == (near.id,)
    assert nearest(items[ItemId("it.reconcile")], ()) == ()


def test_minutes_are_summed_by_phase() -> None:
    turns = tuple(
        Turn(n=n, role="candidate" if n % 2 == 0 else "interviewer", text=SAID, minute=minute, phase=phase)
        for n, (minute, phase) in enumerate(
            [(0.0, "a"), (2.0, "a"), (5.0, "b"), (4.0, "b"), (9.5, "b")], start=1
        )
    )
    card = a_card(transcript=a_transcript(turns=turns))
    assert card.fairness.minutes_by_topic == {"a": 5.0, "b": 5.5}


def test_the_key_names_everything_the_card_depends_on() -> None:
    base, by = a_transcript(), JudgedBy(RUBRIC, None, "v1")
    said = base.turns[1].model_copy(update={"text": SAID + "."})
    others = [
        key_of(base, JudgedBy(RUBRIC, None, "v2")),
        key_of(replace(base, id="u"), by),
        key_of(replace(base, level=CandidateLevel.mid), by),
        key_of(replace(base, turns=(base.turns[0], said)), by),
        key_of(replace(base, notes=("a note",)), by),
        key_of(replace(base, given=(Given("fact.x", 1, asked=True),)), by),
        key_of(replace(base, foreign=False), by),
        key_of(replace(base, hints=((3, "top.x"),)), by),
        key_of(replace(base, probed=((3, "top.x"),)), by),
        key_of(replace(base, conditions=Conditions(mode="mock")), by),
        key_of(base, by),
    ]
    assert len(set(others)) == len(others)
    assert key_of(a_transcript(), by) == others[-1]
    assert others[-1].startswith("sha256:")


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(ITEMS), st.sampled_from((0.3, 0.6, 0.95))), max_size=60),
    st.sampled_from(ITEMS),
    st.sets(st.sampled_from(ALL_ASKED)),
)
def test_one_thing_more_that_was_shown_lowers_no_level_of_a_card(
    shown: list[tuple[ItemId, float]], more: ItemId, asked: set[CriterionId]
) -> None:
    rows = [a_row(item, p=p, start=(7 * ITEMS.index(item)) % 900) for item, p in dict(shown).items()]
    before = a_card(*rows, asked=tuple(asked))
    after = a_card(*rows, a_row(more, p=0.95, start=(7 * ITEMS.index(more)) % 900), asked=tuple(asked))
    levels = {one.id: one.level for one in after.criteria}
    assert [one.id for one in before.criteria if one.level and (levels[one.id] or 0) < one.level] == []
