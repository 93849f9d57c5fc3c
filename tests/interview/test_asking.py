"""What a turn asks for: lines of the sheet in the asker's order, lines every interview shares, and the rest."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.interview.asking import asked_facts, asked_things
from interviewer.interview.questions import questions
from tests.builders import PACKS, a_pack, a_shelf

SHARED = a_shelf().library.shared_facts


def facts(text: str, scenario: str = "url-shortener") -> list[str]:
    return [str(one.fact) for one in asked_facts(text, a_pack(scenario).scenario)]


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("How many links are made a month?", ["fact.everyday"]),
        ("I'd like to know the average URL length.", ["fact.size"]),
        (
            "Who are the users, what's in scope, and what is the peak?",
            ["fact.users", "fact.scope", "fact.big-moment"],
        ),
        ("How long do we keep links? And how many links are made a month?", ["fact.keep", "fact.everyday"]),
        ("What's the retention? I mean, how long do we keep links?", ["fact.keep"]),
        ("- daily traffic?\n- retention?\n", ["fact.everyday", "fact.keep"]),
        ("hi, so first of all could you tell me what is in scope", ["fact.scope"]),
        ("Hello. Roughly how many new links a month do you see?", ["fact.everyday"]),
        ("And how much traffic are we talking about?", ["fact.everyday"]),
        ("What was the number of openings again?", ["fact.everyday"]),
        ("New links, I suppose. Hm. How many are there?", ["fact.everyday"]),
        ("Do links expire, or no?", ["fact.keep"]),
    ],
)
def test_facts_are_found_in_the_askers_order_each_once(text: str, asked: list[str]) -> None:
    assert facts(text) == asked


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Does that make sense?",
        "Shall I go on?",
        "Is that okay?",
        "The retention is ten years, you see?",
        "The retention is a matter of taste.",
        "I'd put the peak at four times the average.",
        "So what happens if the cache dies? We fall back to the store, because it can bear a tenth of the peak traffic.",
        "Why do I hash? Because keys must spread over all nodes without anybody counting them.",
    ],
)
def test_check_ins_claims_and_rhetoric_ask_for_nothing(text: str) -> None:
    assert facts(text) == []
    assert asked_things(text, a_pack().scenario, SHARED) == ()


def test_what_every_interview_is_asked_is_told_from_the_sheet() -> None:
    things = asked_things(
        "Which cloud do we use? How many engineers? And links per month?", a_pack().scenario, SHARED
    )
    assert [(one.fact, one.shared) for one in things] == [
        (None, "shared.cloud"),
        (None, "shared.team"),
        ("fact.everyday", None),
    ]


def test_a_break_may_be_asked_for() -> None:
    for text in ("Can we take a break?", "Sorry, may I pause?", "can i get five minutes?"):
        assert [one.shared for one in asked_things(text, a_pack().scenario, SHARED)] == ["shared.break"], text


def test_what_no_line_covers_is_named_by_the_askers_own_noun() -> None:
    (thing,) = asked_things("What about the colour of the button?", a_pack().scenario, SHARED)
    assert (thing.fact, thing.shared, thing.noun) == (None, None, "colour button")


@pytest.mark.parametrize("scenario", PACKS)
def test_most_ways_in_which_a_sheet_says_it_is_asked_are_heard(scenario: str) -> None:
    ways = [(fact.id, ask) for fact in a_pack(scenario).scenario.facts for ask in fact.ask]
    heard = [fact in facts(f"What about this: {ask}?", scenario) for fact, ask in ways]
    assert sum(heard) / len(heard) > 0.8


TALK = st.lists(
    st.sampled_from(
        ["how many users", "what is the peak", "?", " ", ", ", " and ", "\n", "we use Redis", ".", "the retention", "because", "é", "10x"]
    ),
    max_size=14,
).map("".join)  # fmt: skip


@given(st.one_of(st.text(max_size=200), TALK))
def test_whatever_is_said_places_stand_in_the_text(text: str) -> None:
    things = asked_things(text, a_pack().scenario, SHARED)
    assert all(0 <= one.start < one.end <= len(text) for one in things)
    named = [one.fact or one.shared for one in things if one.fact or one.shared]
    assert len(named) == len(set(named))
    spans = questions(text)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(any(start <= one.start and one.end <= end for start, end in spans) for one in things)
