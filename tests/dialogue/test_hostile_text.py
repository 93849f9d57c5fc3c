"""No message keeps the interviewer busy: whatever 16 KiB hold, a turn is thought through in about the time of plain talk."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from interviewer.dialogue.turn import consider
from interviewer.hosting import MOST_BYTES
from interviewer.interview.events import CandidateSpoke, InterviewerSpoke
from interviewer.interview.state import happened
from interviewer.judges import judge
from tests.builders import BEGIN, a_pack, a_shelf, an_opened_interview, voices

MOST_S = 12.0
"""Processor time, several times what a slow machine needs; what is meant took minutes."""

UNITS = (
    "(", ",", " ", "\n", "1", "a", '"', "1,000,", "1, ", "a. ", "a\n", "- a\n", "who are the users? ", "and also then ",
    "i'm assuming ", "scan a ", "timestamp", "orders and ", "10 x ", "user opens a ", "GET /a ", "\u0301", "kafka ",
)  # fmt: skip


def message(unit: str, length: int = MOST_BYTES) -> str:
    """As much of a unit as a message may hold."""
    return (unit * (length // len(unit.encode()) + 1)).encode()[:length].decode(errors="ignore")


async def seconds_to_consider(text: str) -> float:
    """Processor time of the turn that answers a message."""
    now = BEGIN + timedelta(minutes=1)
    interview = happened(an_opened_interview(), CandidateSpoke(text=text, cmid="c"), now)
    started = time.process_time()
    considered = await consider(interview, a_pack(), voices().listener, now)
    assert considered.choice.move
    return time.process_time() - started


@pytest.mark.parametrize("unit", UNITS)
async def test_a_message_of_one_thing_over_and_over_is_answered_soon(unit: str) -> None:
    assert await seconds_to_consider(message(unit)) < MOST_S


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.sampled_from([*UNITS, ".", "?", "x", "{", "=", "2", " per ", "no ", "would ", "→", "’s ", "\t"]),
        min_size=1,
        max_size=5,
    )
)
async def test_a_message_of_any_few_things_over_and_over_is_answered_soon(units: list[str]) -> None:
    assert await seconds_to_consider(message("".join(units), 4096)) < MOST_S / 2


@pytest.mark.parametrize("unit", ["1", "a. ", "(", "10 x ", "timestamp ", "user opens a "])
async def test_a_card_is_made_of_anything_soon(unit: str) -> None:
    now = BEGIN + timedelta(minutes=5)
    interview = an_opened_interview()
    for said in ("I would begin with the users and what they do. " * 15, message(unit)):
        interview = happened(interview, CandidateSpoke(text=said, cmid=said[:9]), now)
        interview = happened(interview, InterviewerSpoke(turn="t", text="What breaks first?"), now)
    started = time.process_time()
    card = await judge(interview.as_transcript(), a_shelf())
    assert card.criteria and time.process_time() - started < MOST_S * 2


async def test_a_turn_keeps_few_claims_of_a_pasted_table() -> None:
    now = BEGIN + timedelta(minutes=1)
    interview = happened(an_opened_interview(), CandidateSpoke(text=message("17, "), cmid="c"), now)
    considered = await consider(interview, a_pack(), voices().listener, now)
    heard = considered.interview.last_heard
    assert heard and 100 <= len(heard.claims) <= 250
