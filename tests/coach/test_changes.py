"""A coach's changes on a card: the scorer's own gates decide, the last word holds, and the issued card stays."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interviewer.coach.changes import at_level, current_card
from interviewer.coach.last_words import target_of
from interviewer.interview.events import (
    EvidenceAdded,
    EvidenceDropped,
    FlagSettled,
    ScoreOverridden,
    SessionDismissed,
)
from interviewer.interview.ledger import Quoted
from interviewer.interview.pack import Scenario
from interviewer.interview.rubric import CandidateLevel
from interviewer.interview.scorecard import CriterionResult, FlagResult, ItemResult, Scorecard
from tests.builders import a_pack, a_shelf
from tests.coach.cards import TRANSCRIPTS, a_card_of, a_full_card
from tests.coach.logs import a_log
from tests.scoring.rows import SAID, a_card, a_flag, a_row, a_transcript
from tests.scoring.test_scorer import ALL_ASKED, best, weighing

RUBRIC = a_pack().rubric
SCENARIO = a_pack().scenario


def now(card: Scorecard, *events: object, scenario: Scenario | None = SCENARIO) -> Scorecard:
    return current_card(card, a_log(*events), RUBRIC, scenario)  # type: ignore[arg-type]  # events all


def criterion(card: Scorecard, id: str) -> CriterionResult:
    return next(one for one in card.criteria if one.id == id)


def item(card: Scorecard, target: str) -> ItemResult:
    return next(one for one in criterion(card, target.split("/")[0]).items if target.endswith("/" + one.id))


def flag(card: Scorecard, id: str) -> FlagResult | None:
    return next((one for one in card.flags if one.id == id), None)


def set_to(target: str, to: int | str | None, was: int | str | None = None) -> ScoreOverridden:
    return ScoreOverridden(target=target, was=was, to=to, by="Ada", reason="As I heard it.")


def words(target: str, stands_for: bool = True) -> EvidenceAdded:
    return EvidenceAdded(
        target=target, turn=2, start=0, end=20, quote=SAID[:20], stands_for=stands_for, by="Ada", reason="Said here."
    )  # fmt: skip


def dropped(id: str) -> EvidenceDropped:
    return EvidenceDropped(evidence=id, by="Ada", reason="Not what was meant.")


def settled(id: str, to: str) -> FlagSettled:
    return FlagSettled(flag=id, to=to, by="Ada", reason="As I see it.")  # type: ignore[arg-type]  # the literals


def all_but_changes(card: Scorecard) -> Scorecard:
    return card.model_copy(update={"overrides": ()})


def empty() -> Scorecard:
    """Everything was asked about, and nothing was met."""
    return a_card(asked=ALL_ASKED)


# ------------------------------------------------------------------------------------------------ nothing is lost


def test_without_changes_the_card_is_the_issued_one() -> None:
    card = a_full_card()
    assert now(card) is card
    assert now(card, SessionDismissed(by="Ada", reason="The line broke.")) is card


@pytest.mark.parametrize("name", TRANSCRIPTS[:6])
def test_an_item_set_to_what_it_was_changes_nothing_but_the_list(name: str) -> None:
    transcript, card = a_card_of(name)
    scenario = next((one for one in a_shelf().scenarios if one.id == transcript.scenario), None)
    assessed = [one for one in card.criteria if one.level is not None]
    events = [set_to(target_of(one, part), part.state) for one in assessed for part in one.items]
    again = now(card, *events, scenario=scenario)
    assert all_but_changes(again) == card
    assert len(again.overrides) == len(events)


@settings(max_examples=25)
@given(st.data())
def test_taking_every_change_back_restores_the_card(data: st.DataObject) -> None:
    card = best(a_flag(weighing(2)[0]))
    targets = [target_of(one, part) for one in card.criteria for part in one.items]
    changed = data.draw(st.lists(st.sampled_from(targets), max_size=8))
    levels = data.draw(st.lists(st.sampled_from([one.id for one in card.criteria]), max_size=4))
    events = [
        set_to(target, data.draw(st.sampled_from(["met", "not_met", "not_observable"]))) for target in changed
    ]
    events += [set_to(id, data.draw(st.sampled_from([1, 2, 3, 4, None]))) for id in levels]
    back = [set_to(target, item(card, target).state) for target in changed]
    back += [set_to(id, criterion(card, id).level) for id in levels]
    assert all_but_changes(now(card, *events, *back)) == card


def test_the_issued_card_stays_as_it_was() -> None:
    card = best(a_flag(weighing(3)[0]))
    before = card.model_dump_json()
    now(card, set_to("cr.api", 1), settled(weighing(3)[0], "dropped"), dropped(card.evidence[0].id))
    assert card.model_dump_json() == before


def test_every_change_is_listed_with_who_why_and_when() -> None:
    one = now(best(), set_to("cr.api", 3, was=4), set_to("cr.api", 2, was=3)).overrides
    assert [(change.from_, change.to, change.by, change.reason) for change in one] == [
        (4, 3, "Ada", "As I heard it."),
        (3, 2, "Ada", "As I heard it."),
    ]
    assert one[0].at < one[1].at


# ---------------------------------------------------------------------------------------------------------- levels


def test_only_the_last_word_on_a_level_holds() -> None:
    card = now(best(), set_to("cr.api", 1), set_to("cr.api", 3))
    assert (criterion(card, "cr.api").level, criterion(card, "cr.api").interval) == (3, (3, 3))
    assert "Ada" in criterion(card, "cr.api").path


def test_a_level_changes_the_mean_and_the_recommendation() -> None:
    card = now(best(), *(set_to(id, 1) for id in ALL_ASKED))
    assert (card.overall, card.recommendation) == (1.0, "strong-no-hire")


def test_a_criterion_can_be_taken_out_of_the_assessment() -> None:
    one = criterion(now(best(), set_to("cr.api", None)), "cr.api")
    assert (one.level, one.interval, one.unassessed) == (None, None, "As I heard it.")


def test_a_criterion_that_was_not_assessed_can_be_given_a_level() -> None:
    card = a_card()
    assert criterion(card, "cr.api").level is None
    assert criterion(now(card, set_to("cr.api", 2)), "cr.api").level == 2


# ----------------------------------------------------------------------------------------------------------- items


def test_items_set_to_met_raise_the_level_by_the_scorers_own_gates() -> None:
    card = empty()
    assert criterion(card, "cr.api").level == 1
    all_met = [
        set_to(target_of(criterion(card, "cr.api"), one), "met") for one in criterion(card, "cr.api").items
    ]
    # asked for alone does not make a four: half of it has to be unprompted
    assert criterion(now(card, *all_met), "cr.api").level == 2
    added = [
        words(target_of(criterion(card, "cr.framing"), one)) for one in criterion(card, "cr.framing").items
    ]
    assert criterion(now(card, *added), "cr.framing").level == 4


def test_an_item_set_to_not_met_lowers_the_level() -> None:
    card = best()
    lower = now(card, *(set_to(f"cr.api/{one.id}", "not_met") for one in criterion(card, "cr.api").items))
    assert criterion(lower, "cr.api").level == 1
    assert criterion(lower, "cr.framing") == criterion(card, "cr.framing")


def test_evidence_added_for_an_item_makes_it_met_and_stands_on_the_card() -> None:
    target = f"cr.framing/{criterion(empty(), 'cr.framing').items[0].id}"
    card = now(empty(), words(target))
    row = next(row for row in card.evidence if isinstance(row, Quoted) and row.observer == "coach")
    assert (item(card, target).state, item(card, target).evidence) == ("met", (row.id,))
    assert row.quote == SAID[:20]


def test_evidence_added_against_an_item_takes_it_away() -> None:
    card = best()
    target = target_of(card.criteria[0], card.criteria[0].items[0])
    assert item(now(card, words(target, stands_for=False)), target).state == "not_met"


def test_an_item_without_its_last_evidence_is_not_met_where_it_was_asked_about() -> None:
    row = a_row(criterion(empty(), "cr.api").items[0].id)
    for asked, state in ((("cr.api",), "not_met"), ((), "not_observable")):
        card = a_card(row, asked=asked)
        target = f"cr.api/{row.subject}"
        assert item(card, target).state == "met"
        after = now(card, dropped(item(card, target).evidence[0]))
        assert item(after, target).state == state
        assert after.evidence == ()
        assert (criterion(after, "cr.api").level is None) is (asked == ())


def test_evidence_of_a_coachs_own_can_be_dropped_again() -> None:
    card = empty()
    target = target_of(card.criteria[0], card.criteria[0].items[0])
    added = now(card, words(target))
    mine = item(added, target).evidence[0]
    assert all_but_changes(now(card, words(target), dropped(mine))) == card


def test_the_last_word_on_an_item_holds_whether_it_is_a_state_or_a_quote() -> None:
    card = empty()
    target = target_of(card.criteria[0], card.criteria[0].items[0])
    assert item(now(card, words(target), set_to(target, "not_met")), target).state == "not_met"
    assert item(now(card, set_to(target, "not_met"), words(target)), target).state == "met"


# ----------------------------------------------------------------------------------------------------------- flags


def test_a_dropped_flag_is_gone_and_so_are_its_caps() -> None:
    heavy = weighing(3)[0]
    card = best(a_flag(heavy))
    assert card.recommendation == "lean-no-hire"
    after = now(card, settled(heavy, "dropped"))
    assert flag(after, heavy) is None
    assert (after.recommendation, after.capped_by) == ("strong-hire", ())
    assert criterion(after, RUBRIC.flag(heavy).criterion).level == 4
    assert all(heavy not in point.refs for point in after.fix_first)
    assert [change.target for change in after.overrides] == [heavy]


def test_a_possible_flag_that_is_confirmed_is_stated_and_caps() -> None:
    heavy = weighing(3)[0]
    card = best(a_flag(heavy, p=0.5))
    assert card.recommendation == "strong-hire"
    after = now(card, settled(heavy, "confirmed"))
    stated = flag(after, heavy)
    assert stated is not None and stated.stated and stated.settled is not None and stated.settled.by == "Ada"
    assert (after.recommendation, after.capped_by) == ("lean-no-hire", (heavy,))
    assert criterion(after, RUBRIC.flag(heavy).criterion).level == 2


def test_a_flag_that_was_put_right_caps_at_three() -> None:
    heavy = weighing(3)[0]
    after = now(best(a_flag(heavy)), settled(heavy, "recovered"))
    assert criterion(after, RUBRIC.flag(heavy).criterion).level == 3
    assert after.recommendation != "lean-no-hire"


def test_only_the_last_word_on_a_flag_holds() -> None:
    heavy = weighing(3)[0]
    after = now(best(a_flag(heavy)), settled(heavy, "dropped"), settled(heavy, "confirmed"))
    assert flag(after, heavy) is not None
    assert after.recommendation == "lean-no-hire"
    assert [(change.from_, change.to) for change in after.overrides] == [
        ("confirmed", "dropped"),
        ("dropped", "confirmed"),
    ]


def test_a_flag_without_its_last_evidence_is_not_said() -> None:
    light = weighing(2)[0]
    card = best(a_flag(light))
    standing = flag(card, light)
    assert standing is not None
    assert flag(now(card, *(dropped(id) for id in standing.evidence)), light) is None


def test_a_coach_can_state_a_flag_that_the_scorer_missed() -> None:
    heavy = weighing(3)[0]
    after = now(best(), words(heavy))
    stated = flag(after, heavy)
    assert stated is not None and stated.stated and stated.turns == (2,)
    assert (stated.why, after.recommendation) == ("Said here.", "lean-no-hire")


def test_a_card_by_an_older_rubric_keeps_what_was_not_touched() -> None:
    card = best()
    old = criterion(card, "cr.api").model_copy(update={"path": "By the rules of then."})
    card = card.model_copy(
        update={"criteria": tuple(old if one.id == old.id else one for one in card.criteria)}
    )
    after = now(card, set_to("cr.framing", 1))
    assert criterion(after, "cr.api") == old


# ------------------------------------------------------------------------------------------------------ level lens


@pytest.mark.parametrize("name", TRANSCRIPTS[:4])
def test_seen_as_its_own_level_a_card_is_the_same(name: str) -> None:
    transcript, card = a_card_of(name)
    scenario = next((one for one in a_shelf().scenarios if one.id == transcript.scenario), None)
    assert at_level(card, (), RUBRIC, transcript.level, scenario) == card


@pytest.mark.parametrize("level", list(CandidateLevel))
def test_seen_as_another_level_it_is_the_card_that_would_have_been_issued(level: CandidateLevel) -> None:
    flag_ = a_flag(weighing(2)[0])
    there = a_card(flags=(flag_,), asked=ALL_ASKED, transcript=a_transcript(level=level.value))
    assert at_level(a_card(flags=(flag_,), asked=ALL_ASKED), (), RUBRIC, level, SCENARIO) == there
