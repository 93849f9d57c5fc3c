"""`interviewer score` with a model: at an endpoint, from memory, from a tape, and not at all."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from interviewer.llm.budget import Spent
from interviewer.llm.replies import replies_of
from interviewer.models import OFF_FILE
from interviewer.scoring.observer_asking import AT_ONCE
from interviewer.store.database import open_database, sqlite_file
from interviewer.store.till import SqlTill
from tests.commands import Command, Told
from tests.scoring.reading import SAID
from tests.scoring.served import Endpoint, served

QUOTE = "a stand may keep two unlocks in hand for that long"
ITEM = "it.what-would-change-mind"
TODAY = date(2026, 11, 22)


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    """The endpoint, answering."""
    with served({ITEM: ("yes", QUOTE, 6)}) as one:
        yield one


@pytest.fixture
def talk(tmp_path: Path) -> Path:
    """A transcript in a file."""
    file = tmp_path / "talk.md"
    file.write_text("\n\n".join(f"**{role.capitalize()}:** {text}" for role, text in SAID), encoding="utf-8")
    return file


@pytest.fixture
def score(
    tmp_path: Path, talk: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Told]:
    """`interviewer score` of the talk as JSON, with more words after it."""
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    monkeypatch.delenv("OPENAI_BASE_URL", raising=False)
    monkeypatch.setattr("interviewer.batch._today", lambda: TODAY)
    command = Command(tmp_path, capsys, monkeypatch)
    return lambda *words: command(
        "score", talk, "--kind", "h", "--level", "senior", "--format", "json", *words
    )


def state_of(told: Told) -> str:
    card = json.loads(told.out)
    return str(next(item["state"] for one in card["criteria"] for item in one["items"] if item["id"] == ITEM))


def test_a_model_reads_along_and_a_second_scoring_asks_nothing(
    score: Callable[..., Told], endpoint: Endpoint, tmp_path: Path
) -> None:
    first = score("--model", "m", "--model-url", endpoint.url)
    assert first.code == 0
    card = json.loads(first.out)
    assert card["by"] == ["offline", "llm:m"]
    assert state_of(first) == "met"
    asked = len(endpoint.asked)
    assert asked >= 14
    assert {body["model"] for body in endpoint.asked} == {"m"}
    assert score("--model", "m", "--model-url", endpoint.url).out == first.out
    assert len(endpoint.asked) == asked
    assert len(replies_of(tmp_path / "data", "talk").read_text().splitlines()) == asked


def spent(data: Path) -> tuple[Spent, Spent]:
    """What `score` and the day have spent, by the till of this data folder."""

    async def asked() -> tuple[Spent, Spent]:
        async with open_database(sqlite_file(data / "interviews.db")) as database:
            return await SqlTill(database).spent("score", TODAY)

    return asyncio.run(asked())


def test_what_a_scoring_costs_stands_in_the_till_of_the_installation(
    score: Callable[..., Told], endpoint: Endpoint, tmp_path: Path
) -> None:
    score("--model", "m", "--model-url", endpoint.url)
    paid = Spent(100 * len(endpoint.asked), 0.0, len(endpoint.asked))
    assert spent(tmp_path / "data") == (paid, paid)
    score("--model", "m", "--model-url", endpoint.url, "--data", tmp_path / "elsewhere")
    assert spent(tmp_path / "elsewhere") == (paid, paid)
    assert spent(tmp_path / "data") == (paid, paid)


def test_where_the_days_budget_is_spent_the_rules_alone_score(
    score: Callable[..., Told], endpoint: Endpoint, tmp_path: Path
) -> None:
    score("--model", "m", "--model-url", endpoint.url)
    asked = len(endpoint.asked)
    (tmp_path / ".env").write_text("INTERVIEWER_MODEL_DAY_TOKENS=1000\n")
    told = score("--model", "another", "--model-url", endpoint.url)
    assert (told.code, json.loads(told.out)["by"]) == (0, ["offline"])
    assert len(endpoint.asked) == asked


def test_a_file_of_the_same_name_is_not_charged_with_what_another_one_cost(
    score: Callable[..., Told], endpoint: Endpoint, tmp_path: Path
) -> None:
    """A limit for one interview is one for this run: nobody knows whether two files of one name are the same interview."""
    score("--model", "m", "--model-url", endpoint.url)
    once = spent(tmp_path / "data")[0].tokens
    (tmp_path / ".env").write_text(f"INTERVIEWER_MODEL_SESSION_TOKENS={once + 100}\n")
    card = json.loads(score("--model", "n", "--model-url", endpoint.url).out)
    assert (card["by"], card["notes"]) == (["offline", "llm:n"], [])
    assert spent(tmp_path / "data")[0].tokens == 2 * once


def test_the_name_that_a_file_gives_itself_leads_nowhere_else(
    score: Callable[..., Told], talk: Path, endpoint: Endpoint, tmp_path: Path
) -> None:
    turns = [{"role": role, "text": text} for role, text in SAID]
    talk.write_text(json.dumps({"id": "../../out", "turns": turns}), encoding="utf-8")
    score("--model", "m", "--model-url", endpoint.url)
    [kept] = (tmp_path / "data" / "replies").iterdir()
    assert len(kept.read_text().splitlines()) == len(endpoint.asked)
    assert not list(tmp_path.rglob("out*"))


def test_a_tape_is_replayed_without_an_endpoint(
    score: Callable[..., Told], endpoint: Endpoint, tmp_path: Path
) -> None:
    first = score("--model", "m", "--model-url", endpoint.url)
    tape = tmp_path / "tape.jsonl"
    tape.write_text("\n".join(endpoint.on_tape), encoding="utf-8")
    replies_of(tmp_path / "data", "talk").unlink()
    asked = len(endpoint.asked)
    assert score("--model", "m", "--replay", tape).out == first.out
    assert json.loads(score("--replay", tape).out)["by"] == ["offline", "llm:replayed"]
    assert len(endpoint.asked) == asked


def test_what_a_tape_lacks_is_left_to_the_rules(
    score: Callable[..., Told], endpoint: Endpoint, tmp_path: Path
) -> None:
    score("--model", "m", "--model-url", endpoint.url)
    tape = tmp_path / "tape.jsonl"
    first = [row for row in endpoint.on_tape if ITEM not in json.loads(row)["reply"]]
    tape.write_text("\n".join(first), encoding="utf-8")
    told = score("--model", "m", "--replay", tape)
    card = json.loads(told.out)
    assert (told.code, card["by"]) == (0, ["offline", "llm:m"])
    assert (
        "The model gave no answer on Trade-offs and defence: there the rules alone have judged."
        in card["notes"]
    )


def test_an_endpoint_that_refuses_leaves_the_card_of_the_rules(
    score: Callable[..., Told], endpoint: Endpoint
) -> None:
    endpoint.status = 401
    told = score("--model", "m", "--model-url", endpoint.url)
    card, offline = json.loads(told.out), json.loads(score().out)
    assert (told.code, card["by"]) == (0, ["offline"])
    assert card["notes"] == ["The model gave no answer, so the rules alone have judged."]
    assert [one["level"] for one in card["criteria"]] == [one["level"] for one in offline["criteria"]]


def test_without_a_model_nothing_is_said_of_one(score: Callable[..., Told]) -> None:
    plain, offline = score(), score("--offline")
    assert plain == offline
    assert (plain.code, plain.err) == (0, "")
    assert json.loads(plain.out)["by"] == ["offline"]


def test_offline_asks_nobody_though_a_model_is_set_up(
    score: Callable[..., Told], endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "key")
    monkeypatch.setenv("OPENAI_BASE_URL", endpoint.url)
    assert json.loads(score("--offline").out)["by"] == ["offline"]
    assert endpoint.asked == []
    told = score()
    assert json.loads(told.out)["by"] == ["offline", "llm:gpt-5-mini"]
    assert "--offline does without" in told.err


def test_while_models_are_off_nobody_is_asked_and_none_is_said_to_read(
    score: Callable[..., Told], endpoint: Endpoint, tmp_path: Path
) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / OFF_FILE).touch()
    told = score("--model", "m", "--model-url", endpoint.url)
    assert endpoint.asked == []
    assert told.err == "Models are switched off, so none is asked; what one answered before is still used.\n"
    assert json.loads(told.out)["by"] == ["offline"]


@dataclass
class _SwitchedOff(Endpoint):
    """Throws the switch when it is asked for the fifth time."""

    switch: Path = Path()

    def answer(self, body: dict[str, object]) -> dict[str, object]:
        if len(self.asked) == 4:
            self.switch.touch()
        return super().answer(body)


def test_a_card_that_is_being_made_when_models_are_switched_off_asks_no_more(
    score: Callable[..., Told], tmp_path: Path
) -> None:
    own = _SwitchedOff({ITEM: ("yes", QUOTE, 6)}, switch=tmp_path / "data" / OFF_FILE)
    with served({}, own):
        told = score("--model", "m", "--model-url", own.url)
    assert told.code == 0
    assert 5 <= len(own.asked) <= 4 + AT_ONCE, "those that were out already"
    assert any(note.startswith("The model gave no answer on") for note in json.loads(told.out)["notes"])


@pytest.mark.parametrize("held", ["", "\n \n"])
def test_a_tape_without_a_reply_is_no_tape(score: Callable[..., Told], tmp_path: Path, held: str) -> None:
    tape = tmp_path / "tape.jsonl"
    tape.write_text(held)
    told = score("--replay", tape)
    assert (told.code, told.out) == (2, "")
    assert "is empty: a tape holds one JSON object a line" in told.err


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (("--offline", "--model", "m"), "--offline asks no model"),
        (("--replay", "t.jsonl", "--model-url", "http://127.0.0.1:9/v1"), "--replay asks no endpoint"),
        (("--replay", "nowhere.jsonl"), "nowhere.jsonl cannot be read"),
        (("--replay", "talk.md"), "talk.md is no tape of replies"),
        (("--model", "m"), "m needs a key"),
        (("--model", "nobody:m"), "nobody, before the colon in nobody:m, is no provider that is known"),
    ],
)
def test_what_cannot_be_is_said_in_one_line(
    score: Callable[..., Told], words: tuple[str, ...], what: str
) -> None:
    told = score(*words)
    assert told.code == 2
    assert re.search(re.escape(what), told.err)
    assert told.out == ""


def test_a_folder_is_read_along_too_and_scored_again_only_by_another_model(
    tmp_path: Path,
    talk: Path,
    endpoint: Endpoint,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    monkeypatch.delenv("OPENAI_BASE_URL", raising=False)
    folder = tmp_path / "talks"
    folder.mkdir()
    talk.rename(folder / "talk.md")
    command = Command(tmp_path, capsys, monkeypatch)

    def scored(*words: str) -> str:
        told = command("score", folder, "--kind", "h", "--level", "senior", *words)
        assert told.code == 0
        return told.err

    at = ("--model-url", endpoint.url)
    assert "1 scored, 0 already there" in scored("--model", "m", *at)
    assert json.loads((folder / "scorecards" / "talk.card.json").read_text())["by"] == ["offline", "llm:m"]
    assert "0 scored, 1 already there" in scored("--model", "m", *at)
    assert "1 scored, 0 already there" in scored("--model", "n", *at)
    assert "1 scored, 0 already there" in scored("--offline")
    endpoint.status = 503
    assert "1 scored, 0 already there" in scored("--model", "o", *at)
    assert "1 scored, 0 already there" in scored("--model", "o", *at), (
        "a card without its model is made again"
    )
