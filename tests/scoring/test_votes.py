"""How a model's answers move what the rules found, and how they never do."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.interview.ledger import Quoted
from interviewer.interview.rubric import Item, Tier
from interviewer.scoring.findings import FlagFinding, Votes
from interviewer.scoring.flag_observer import SHOWN
from interviewer.scoring.flag_votes import WEIGHTS, looked_for
from interviewer.scoring.levels import level_of
from interviewer.scoring.observer_reply import Look, Verdict
from interviewer.scoring.resolver import LENIENT, MET, STATED, STRICT, Resolved, fused, resolve, sure_of
from tests.builders import a_pack
from tests.scoring.rows import a_row

ITEM = Item(id="it.x", tier=Tier.good, text="Says X.", advice="Say X.")  # type: ignore[arg-type]  # str for its NewType


def votes(yes: int = 0, no: int = 0, unclear: int = 0, subject: str = "it.x") -> Votes:
    return Votes(subject, yes, no, unclear)


def by_model(credit: str = "unprompted", start: int = 30, subject: str = "it.x") -> Quoted:
    return a_row(subject, credit, 0.8, start, observer="llm:m")


def with_votes(p: float, told: Votes, credit: str = "unprompted") -> Resolved:
    rows = [a_row("it.x", p=p)] if p else []
    return resolve(ITEM, [*rows, *([by_model(credit)] if told.yes else [])], True, told)


@pytest.mark.parametrize(
    ("p", "told", "state"),
    [
        (0.0, votes(yes=3), "met"),
        (0.0, votes(yes=1), "not_met"),
        (0.0, votes(yes=2, unclear=1), "disputed"),
        (0.0, votes(yes=2, no=1), "not_met"),
        (0.0, votes(no=1), "not_met"),
        (0.3, votes(yes=2, no=1), "disputed"),
        (0.3, votes(yes=1, unclear=2), "disputed"),
        (0.6, votes(no=1, unclear=2), "not_met"),
        (0.6, votes(yes=1, no=2), "disputed"),
        (0.6, votes(no=3), "not_met"),
        (0.9, votes(no=3), "met"),
        (0.9, votes(yes=1), "met"),
        (0.6, votes(unclear=3), "met"),
    ],
)
def test_the_state_of_an_item_that_a_model_was_asked_about(p: float, told: Votes, state: str) -> None:
    assert with_votes(p, told).state == state


def test_where_the_model_says_neither_the_rules_stand_as_they_were() -> None:
    for p in (0.0, 0.02, 0.4, 0.99, 1.0):
        assert fused(p, votes(unclear=3)) == p
        assert fused(p, votes(yes=1, no=1, unclear=1)) == p


def test_three_noes_leave_a_stated_flag_possible() -> None:
    assert SHOWN <= fused(STATED, votes(no=3), WEIGHTS) < STATED


def test_a_model_alone_makes_a_flag_possible_and_never_states_it() -> None:
    assert SHOWN <= fused(0.0, votes(yes=3), WEIGHTS) < STATED


def absent(p: float, **looks: str) -> FlagFinding:
    """A flag of absence, after a model looked for each of these items: y, n or u a look."""
    said: dict[str, Verdict] = {"y": "yes", "n": "no", "u": "unclear"}
    finding = FlagFinding("rf.no-x", "confirmed", None, (), p, (), "nothing of it was said")
    return looked_for(finding, {id: [Look(id, said[one]) for one in some] for id, some in looks.items()})


def test_what_the_rules_lean_to_and_a_model_looked_for_in_vain_is_stated() -> None:
    assert absent(0.6, a="n").p >= STATED
    assert absent(0.6, a="n", b="nnn").p >= STATED
    assert not absent(0.6, a="n").disputed


@pytest.mark.parametrize(
    "looks", [{"a": "u"}, {"a": "nnu"}, {"a": "n", "b": "u"}, {"a": "n", "b": ""}, {"a": ""}, {}]
)
def test_whoever_did_not_look_everywhere_says_nothing_of_what_is_missing(looks: dict[str, str]) -> None:
    assert absent(0.6, **looks).p == 0.6


def test_a_model_alone_misses_nothing() -> None:
    assert absent(0.49, a="n").p == 0.49


def test_one_thing_found_makes_an_absence_less_sure_and_a_stated_one_a_dispute() -> None:
    found = absent(0.9, a="n", b="yyn")
    assert SHOWN <= found.p < STATED and found.disputed
    assert absent(0.4, a="y").p < 0.4
    assert absent(1.0, a="y").p >= STATED  # rules that are so sure take more than one reader


@given(p=st.floats(0, 1), a=st.text("ynu", max_size=3), b=st.text("ynu", max_size=3))
def test_a_probability_stays_one_and_moves_one_way(p: float, a: str, b: str) -> None:
    moved = absent(p, a=a, b=b).p
    assert 0 <= moved <= 1
    if "y" not in a + b:
        assert moved >= p
    if "n" not in a + b:
        assert moved <= p


def test_agreement_makes_surer_and_repeats_are_worth_less_than_their_number() -> None:
    once, thrice = sure_of(votes(yes=1)), sure_of(votes(yes=3))
    assert 0.5 < once < thrice < 0.97


def test_a_yes_that_rests_on_an_echo_moves_nothing() -> None:
    assert with_votes(0.0, votes(yes=3), "echo").p == 0.0
    assert with_votes(0.4, votes(yes=3), "echo").p == 0.4


def test_a_yes_without_words_moves_nothing() -> None:
    assert resolve(ITEM, [a_row("it.x", p=0.4)], True, votes(yes=3)).p == 0.4


def test_rows_of_a_model_without_its_votes_stand_for_one_yes() -> None:
    alone = resolve(ITEM, [a_row("it.x", p=0.4), by_model()], True)
    assert alone.p == with_votes(0.4, votes(yes=1)).p


def test_the_words_that_a_model_pointed_to_are_always_shown() -> None:
    many = [a_row("it.x", p=0.9, start=start) for start in range(0, 300, 30)]
    shown = resolve(ITEM, [*many, by_model("hinted", 330)], True, votes(yes=1)).rows
    assert len(shown) == 4
    assert shown[-1].observer == "llm:m"


_COUNTS = st.integers(0, 3)


@given(st.floats(0, 1), _COUNTS, _COUNTS, _COUNTS)
def test_one_more_yes_never_makes_an_item_worth_less(p: float, yes: int, no: int, unclear: int) -> None:
    before, after = with_votes(p, votes(yes, no, unclear)), with_votes(p, votes(yes + 1, no, unclear))
    assert after.p >= before.p
    assert after.worth >= before.worth
    for threshold in (LENIENT, MET, STRICT):
        assert after.met_at(threshold) >= before.met_at(threshold)


@given(st.floats(0, 1), _COUNTS, _COUNTS, _COUNTS)
def test_one_more_no_never_makes_an_item_surer(p: float, yes: int, no: int, unclear: int) -> None:
    assert fused(p, votes(yes, no + 1, unclear)) <= fused(p, votes(yes, no, unclear))


_CRITERIA = a_pack().rubric.criteria
_STATES = st.tuples(
    st.floats(0, 1), _COUNTS, _COUNTS, st.sampled_from(["unprompted", "asked", "hinted", "echo"])
)


@given(st.sampled_from(_CRITERIA), st.data())
def test_one_more_verified_yes_never_lowers_a_level(criterion: object, data: st.DataObject) -> None:
    found = next(one for one in _CRITERIA if one is criterion)
    states = [data.draw(_STATES) for _ in found.items]
    at = data.draw(st.integers(0, len(states) - 1))

    def level(more: int) -> int:
        items = tuple(
            resolve(
                item,
                [
                    *([a_row(item.id, p=p)] if p else []),
                    *([by_model(credit, subject=item.id)] if yes + (more if n == at else 0) else []),
                ],
                True,
                votes(yes + (more if n == at else 0), no, subject=item.id),
            )
            for n, (item, (p, yes, no, credit)) in enumerate(zip(found.items, states, strict=True))
        )
        return level_of(found, items, a_pack().rubric.level("senior")).level  # type: ignore[arg-type]  # its name

    assert level(1) >= level(0)
