"""Their own words in lines of ours: with an article as people say them, or the line's other form."""

from __future__ import annotations

import pytest

from interviewer.dialogue.lines import Line, filled
from interviewer.interview.standing import Standing
from tests.builders import a_pack, a_session


async def standing_after(*said: str) -> Standing:
    held = await a_session("key-value-store")
    await held.say(*said)
    return Standing.of(held.session.interview, a_pack("key-value-store"), held.clock())


@pytest.mark.parametrize(
    ("line", "noun", "reads"),
    [
        ("What does {name} do when it's full?", "queue", "What does the queue do when it's full?"),
        ("{name} is gone. Who notices?", "cache", "The cache is gone. Who notices?"),
        ("It stops. {name} comes back. What then?", "cache", "It stops. The cache comes back. What then?"),
        ("{name} is gone. Who notices?", "Kafka", "Kafka is gone. Who notices?"),
        ("There's one {name}. What leans on it?", "router", "There's one router. What leans on it?"),
        ("What does a change in {name} cost?", "Catalogue", "What does a change in the catalogue cost?"),
        ("How many of {name} are there?", "shards", "How many of the shards are there?"),
    ],
)
async def test_a_part_is_named_with_its_article_and_a_product_without(
    line: str, noun: str, reads: str
) -> None:
    assert filled(Line(line), await standing_after("Who are the users?"), {"name": noun}) == reads


@pytest.mark.parametrize(
    ("said", "noun", "reads"),
    [
        ("Every put goes through a leader, one for each range.", "leader", "You went for a leader. Why?"),
        ("Our leader, in each range, orders the writes.", "leader", "You went for your leader. Why?"),
        ("So leader it is.", "leader", "You decided who takes it. Why?"),
        ("We elect a leader node.", "leader", "You decided who takes it. Why?"),
        ("Any replica takes it.", "any replica", "You went for any replica. Why?"),
        ("Postgres keeps them.", "Postgres", "You went for Postgres. Why?"),
        ("It's made on upload.", "on upload", "You decided who takes it. Why?"),
    ],
)
async def test_a_choice_is_said_as_they_said_it_or_not_by_its_name(said: str, noun: str, reads: str) -> None:
    line = Line("You went for {choice}. Why?", "You decided who takes it. Why?", (("choice", noun),))
    assert filled(line, await standing_after("Who are the users?", said)) == reads
