"""Steering: who minds the product alone is asked for what is behind it, and no question of ours comes twice."""

from __future__ import annotations

import pytest

from interviewer.interview.asked_before import asked_before, questions_in
from interviewer.interview.asking import asked_things
from interviewer.interview.heard import Act
from interviewer.interview.ledger import Turn
from interviewer.interview.moves import AskAgain, Probe, Redirect
from tests.builders import Held, a_pack, a_session


def redirects(held: Held) -> list[str]:
    return [made.move.why for made in held.session.interview.moves if isinstance(made.move, Redirect)]


SCREENS = (
    "I'd begin with the developers who sign up: a friendly page that explains the product, a big button, and a short tour.",
    "Then a screen with their profile and favourites, in colours that people like, and a survey about what they'd enjoy.",
    "For the first release I'd leave the themes out, look at engagement and churn, and interview ten customers a week.",
    "After that more features: a newsletter, a nicer menu, and pricing that people understand.",
)


@pytest.mark.parametrize("scenario", ["key-value-store", "rate-limiter", "lock-service"])
async def test_a_talk_about_screens_in_a_question_about_machines_is_steered_once(scenario: str) -> None:
    held = await a_session(scenario)
    await held.say(*SCREENS)
    assert redirects(held).count("wants_depth") == 1


async def test_a_talk_about_machines_is_not() -> None:
    held = await a_session("key-value-store")
    await held.say(
        "What do the teams store, and how many entries are there?",
        "Each key is hashed onto a ring, and three machines after it keep a copy, because one may die at night.",
        "A put is answered once two of the three have it on disk, so that people never lose what they were told is there.",
        "A get asks two of them and takes the newer version.",
    )
    assert not redirects(held)


def test_a_question_is_known_again_by_its_words_whatever_stands_before_it() -> None:
    ours = Turn(
        n=1,
        role="interviewer",
        text="The lift door closes. What does Jonas read now?",
        minute=0,
        phase="scale",
    )
    assert asked_before("Her tick was shown. What does  Jonas read now?", (ours,))
    assert not asked_before("What does Jonas read then?", (ours,))
    assert not questions_in("And then?")


@pytest.mark.parametrize("scenario", ["ride-sharing", "messaging-app"])
async def test_no_question_is_asked_twice_however_often_it_is_not_answered(scenario: str) -> None:
    held = await a_session(scenario)
    await held.say(*["It would be handled by the platform, which we trust."] * 24)
    asked = [
        question
        for turn in held.session.interview.transcript
        if turn.role == "interviewer"
        for question in questions_in(turn.text)
    ]
    assert any(isinstance(made.move, Probe | AskAgain) for made in held.session.interview.moves)
    assert len(asked) == len(set(asked))


@pytest.mark.parametrize(
    ("scenario", "asks", "fact"),
    [
        ("url-shortener", "Is it web or mobile?", "shared.clients"),
        ("url-shortener", "Is this read-heavy or write-heavy?", "fact.everyday"),
        ("distributed-counter", "Is it even?", "fact.busy"),
        ("logging-system", "What about what to drop first?", "fact.first-to-go"),
    ],
)
async def test_a_question_finds_its_line_of_the_sheet(scenario: str, asks: str, fact: str) -> None:
    pack = a_pack(scenario)
    found = asked_things(asks, pack.scenario, pack.library.shared_facts)
    assert [one.fact or one.shared for one in found] == [fact]


@pytest.mark.parametrize(
    "asks",
    ["what if I used md5, does that work?", "What if we hash the address instead?", "Would that be okay?"],
)
async def test_a_proposal_with_a_rising_end_asks_nothing_of_the_sheet(asks: str) -> None:
    for scenario in ("url-shortener", "lock-service", "video-streaming"):
        pack = a_pack(scenario)
        assert not asked_things(asks, pack.scenario, pack.library.shared_facts)


async def test_a_question_that_ends_in_first_is_answered() -> None:
    held = await a_session("logging-system")
    answer = await held.say("What about what to drop first?")
    assert held.session.interview.heard[-1].has(Act.continues)
    assert a_pack("logging-system").scenario.fact("fact.first-to-go").say in answer


async def test_where_the_best_line_may_not_be_said_another_is() -> None:
    """An echo is led on through the interview, and never by the same words over and over."""
    held = await a_session("distributed-cache", level="staff")
    await held.say(*["Yes, exactly, that's how I see it too."] * 30)
    ours = [turn.text for turn in held.session.interview.transcript if turn.role == "interviewer"]
    assert len(ours) > 15 and len(ours) == len(set(ours))
