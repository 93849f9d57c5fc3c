"""What a turn asks for: lines of the sheet in the asker's order, lines every interview shares, and the rest."""

from __future__ import annotations

import time

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


@pytest.mark.parametrize(
    "text",
    [
        "Am I going too fast?",
        "Are we good on time?",
        "Would that be acceptable to you?",
        "Do you see a problem with that?",
        "Does that answer your question?",
        "Can I change my mind on that?",
        "Should I start with the API?",
        "Can we come back to the peak later?",
        "Is it fine if I draw the write path, the read path, and delete?",
        "Shall I talk about how links are stored now?",
    ],
)
def test_what_is_asked_about_the_talk_is_no_question_about_the_problem(text: str) -> None:
    assert asked_things(text, a_pack().scenario, SHARED) == ()


@pytest.mark.parametrize(
    "text",
    [
        "When a link expires we delete the row",
        "Any write goes to the leader",
        "Will add an index on owner",
        "Then when the cache misses we read the database",
        "What I'd store is the code by owner in memory, with a ttl of ten seconds",
        "What people see is a page that loads",
    ],
)
def test_a_plan_without_a_full_stop_asks_nothing(text: str) -> None:
    assert asked_things(text, a_pack().scenario, SHARED) == ()


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Can you tell me if links expire?", "fact.keep"),
        ("Could you tell me when the peak is?", "fact.big-moment"),
        ("Do two people on the same page get the same code?", "fact.same-page"),
        ("Do you want me to support custom aliases?", "fact.own-word"),
        ("Shall we count clicks?", "fact.counts"),
        ("for sizing, how long is a usual address", "fact.size"),
        ("and links how long do we keep them", "fact.keep"),
    ],
)
def test_a_question_is_heard_however_it_begins(text: str, asked: str) -> None:
    assert facts(text) == [asked]


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Do links expire? Probably they do after some years.", ["fact.keep"]),
        ("What is the peak? I'd assume ten times the average.", ["fact.big-moment"]),
        ("Push or pull? I'd take push, because then nobody has to ask.", []),
    ],
)
def test_a_guess_behind_a_question_of_fact_is_no_answer_to_it(text: str, asked: list[str]) -> None:
    assert facts(text) == asked


def test_very_many_questions_are_looked_at_within_bounds() -> None:
    begun = time.perf_counter()
    asked_things("a? " * 6666, a_pack().scenario, SHARED)
    assert time.perf_counter() - begun < 2


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


@pytest.mark.parametrize("scenario", PACKS)
@pytest.mark.parametrize(
    "load", ["How many requests a second does the API see?", "What RPS should I plan for?"]
)
def test_the_load_is_found_however_its_unit_is_put(scenario: str, load: str) -> None:
    pack = a_pack(scenario).scenario
    assert any(pack.fact(str(one.fact)).values for one in asked_facts(load, pack))
