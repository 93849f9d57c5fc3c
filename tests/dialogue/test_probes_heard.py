"""Which names wake a question of the library, and which are only mentioned."""

from __future__ import annotations

import pytest

from interviewer.dialogue.lines import Line, filled
from interviewer.dialogue.probes_heard import probes_heard
from interviewer.dialogue.script import script_for
from interviewer.interview.moves import ProbeClaim
from interviewer.interview.scope import read
from interviewer.interview.standing import Standing
from interviewer.interview.state import Interview
from tests.builders import a_pack, a_session


def woken(text: str) -> set[str]:
    return {met.probe for met in probes_heard(read(text), a_pack(), Interview()) if met.raised}


@pytest.mark.parametrize(
    ("text", "probe"),
    [
        ("I'd put Redis in front of Postgres.", "probe.cache-staleness"),
        ("Reads go to Memcached first.", "probe.cache-staleness"),
        ("We send every change through Kafka.", "probe.queue-twice"),
        ("The posts live in Cassandra.", "probe.bare-name"),
        ("A cache keeps the popular ones.", "probe.cache-staleness"),
    ],
)
def test_what_is_put_to_use_wakes_its_question(text: str, probe: str) -> None:
    assert probe in woken(text)


@pytest.mark.parametrize(
    "text",
    [
        "We'd not use Redis for this.",
        "Redis is overrated.",
        "Unlike Redis, Postgres keeps it on disk.",
        "If we used Redis we'd have two truths.",
        "I considered Kafka and dropped it.",
        "Kafka could be added later.",
        "Cassandra is for companies with more machines than this.",
        "Redis holds the locks.",
        "At my last company we had Kafka.",
    ],
)
def test_what_is_only_mentioned_or_plays_another_part_wakes_nothing(text: str) -> None:
    assert not woken(text)


async def test_what_is_turned_away_later_is_not_asked_about() -> None:
    held = await a_session()
    await held.say("I'd put Redis in front of Postgres as a cache.", "We'd not use Redis after all.")
    met = [met for heard in held.session.interview.heard for met in heard.probes]
    assert [one.raised for one in met if one.probe == "probe.cache-staleness"] == [True, False]


async def test_our_own_question_said_back_wakes_nothing() -> None:
    held = await a_session()
    await held.say("I'd have a table of links with the code as its key.")
    question = held.answers[-1].split(". ")[-1].rstrip("?")
    await held.say(f"Yes, {question}.")
    assert not [met for met in held.session.interview.heard[-1].probes if met.raised]


async def test_a_question_about_something_without_a_name_borrows_no_other_name() -> None:
    held = await a_session()
    await held.say("A cache keeps the popular ones, in front of the link table.")
    standing = Standing.of(held.session.interview, a_pack(), held.clock())
    (line,) = script_for(ProbeClaim(probe="probe.cache-staleness"), standing).body
    assert isinstance(line, Line)
    assert filled(line, standing) == line.say
    assert "underneath that cache" in line.say
