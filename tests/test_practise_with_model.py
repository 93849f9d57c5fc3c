"""`interviewer practise` with a model: its card is read by rules and model as the web server's are, and paid alike."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from interviewer.assembly import Virtual, Wall, serving
from interviewer.channels.screen import STOOD_IN
from interviewer.interview.events import SessionId, SessionStarted
from interviewer.llm.budget import Spent
from interviewer.llm.replies import replies_of
from interviewer.llm.tape import replies_in
from interviewer.models import OFF_FILE
from interviewer.store.database import open_database, sqlite_file
from interviewer.store.till import SqlTill
from tests.builders import FIXTURES
from tests.commands import Command, Told
from tests.scoring.served import Endpoint, served
from tests.serving import quick

SPOKEN = (FIXTURES / "candidates" / "url-shortener-strong.txt").read_text(encoding="utf-8").splitlines()
SAID = "\n".join((*SPOKEN[:6], "/end"))


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    """A model that answers questions about evidence, and whose talk is taken over by the offline interviewer."""
    with served({}) as one:
        yield one


def practised(interviewer: Command, said: str = SAID) -> Told:
    told = interviewer("practise", "url-shortener", "--seed", "3", "--format", "json", said=said)
    assert told.code == 0, told.err
    return told


def card_in(told: Told) -> dict[str, Any]:
    """The card, which is the last JSON object on the terminal."""
    card, _ = json.JSONDecoder().raw_decode(told.out[told.out.rindex("\n{\n") + 1 :])
    assert isinstance(card, dict)
    return card


def set_up(folder: Path, endpoint: Endpoint, *more: str) -> None:
    lines = ("INTERVIEWER_MODEL=bench", f"INTERVIEWER_MODEL_URL={endpoint.url}", *more)
    (folder / ".env").write_text("\n".join(lines) + "\n")


def spent(data: Path, session: str) -> Spent:
    """What an interview has cost by the till of the data folder."""

    async def asked() -> Spent:
        async with open_database(sqlite_file(data / "interviews.db")) as database:
            return (await SqlTill(database).spent(session, Wall()().date()))[0]

    return asyncio.run(asked())


def evidence(endpoint: Endpoint) -> list[dict[str, object]]:
    """The calls that asked about evidence."""
    return [one for one in endpoint.asked if "`items`" in json.dumps(one)]


def test_the_card_of_the_terminal_is_read_by_rules_and_model(
    interviewer: Command, endpoint: Endpoint, tmp_path: Path
) -> None:
    set_up(tmp_path, endpoint)
    told = practised(interviewer)
    card = card_in(told)
    assert card["by"] == ["offline", "llm:bench"]
    assert "bench reads the interview along with the rules, which may take a minute or two." in told.out
    kept = replies_in(replies_of(tmp_path / "data", card["session"]))
    assert len(kept) == len(evidence(endpoint)) >= 14
    assert spent(tmp_path / "data", card["session"]).calls >= len(kept)


def test_a_model_is_not_said_to_read_what_is_too_little_to_read(
    interviewer: Command, endpoint: Endpoint, tmp_path: Path
) -> None:
    set_up(tmp_path, endpoint)
    told = practised(interviewer, "Sorry, I have to go.\n/end")
    assert "reads the interview" not in told.out
    assert evidence(endpoint) == []


def test_the_talk_at_a_terminal_is_paid_from_the_same_till(
    interviewer: Command, endpoint: Endpoint, tmp_path: Path
) -> None:
    set_up(tmp_path, endpoint)
    card = card_in(practised(interviewer, "Sorry, I have to go.\n/end"))
    assert spent(tmp_path / "data", card["session"]).calls == len(endpoint.asked) > 0


def test_an_interview_of_the_terminal_is_listed_by_the_title_that_others_have(
    interviewer: Command, tmp_path: Path
) -> None:
    card = card_in(practised(interviewer, "Sorry, I have to go.\n/end"))
    assert began(tmp_path / "data", card["session"]).title == card["title"] == "URL shortener"


def test_an_answer_that_the_model_failed_to_give_says_so_at_the_terminal(
    interviewer: Command, endpoint: Endpoint, tmp_path: Path
) -> None:
    set_up(tmp_path, endpoint)
    assert STOOD_IN in practised(interviewer).out
    (tmp_path / ".env").unlink()
    assert STOOD_IN not in practised(interviewer).out


def test_without_a_model_nothing_is_said_of_one(interviewer: Command, tmp_path: Path) -> None:
    told = practised(interviewer)
    assert card_in(told)["by"] == ["offline"]
    assert "reads the interview" not in told.out
    assert not (tmp_path / "data" / "replies").exists()


def test_while_models_are_switched_off_the_terminal_says_offline(
    interviewer: Command, endpoint: Endpoint, tmp_path: Path
) -> None:
    set_up(tmp_path, endpoint)
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / OFF_FILE).touch()
    told = practised(interviewer)
    assert "offline interviewer: rules and written lines, no model." in told.out
    assert "reads the interview" not in told.out
    assert endpoint.asked == []
    card = card_in(told)
    assert card["by"] == ["offline"]
    assert began(tmp_path / "data", card["session"]).interviewer == "offline"


def began(data: Path, session: str) -> SessionStarted:
    """How an interview in this data folder began."""

    async def read() -> SessionStarted:
        async with serving(quick(data), Virtual()) as server:
            started = (await server.log.read(SessionId(session), limit=1))[0].event
            assert isinstance(started, SessionStarted)
            return started

    return asyncio.run(read())
