"""`interviewer score` with a model: at an endpoint, from memory, from a tape, and not at all."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from interviewer.llm.model import Message, Prompt, request_key
from interviewer.llm.replies import FILE
from tests.commands import Command, Told
from tests.scoring.reading import SAID, a_reply

QUOTE = "a stand may keep two unlocks in hand for that long"
ITEM = "it.what-would-change-mind"


@dataclass
class Endpoint:
    """A model served on loopback, and the requests that it got. `on_tape` is what it answered, as a tape."""

    url: str = ""
    asked: list[dict[str, object]] = field(default_factory=list)
    on_tape: list[str] = field(default_factory=list)
    status: int = 200

    def answer(self, body: dict[str, object]) -> dict[str, object]:
        """A whole answer to a request."""
        self.asked.append(body)
        messages: list[dict[str, str]] = body["messages"]  # type: ignore[assignment]  # as the client sends it
        prompt = Prompt("", tuple(Message(one["role"], one["content"]) for one in messages))  # type: ignore[arg-type]  # its role
        reply = a_reply(prompt, {ITEM: ("yes", QUOTE, 6)})
        row = {"key": request_key(body), "messages": messages, "reply": reply}
        self.on_tape.append(json.dumps(row))
        return {
            "choices": [
                {"index": 0, "message": {"role": "assistant", "content": reply}, "finish_reason": "stop"}
            ]
        }


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    """The endpoint, answering."""
    served = Endpoint()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["content-length"])))
            told = json.dumps(served.answer(body)).encode()
            self.send_response(served.status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(told)))
            self.end_headers()
            self.wfile.write(told)

        def log_message(self, format: str, *args: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    served.url = f"http://127.0.0.1:{server.server_port}/v1"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield served
    server.shutdown()
    thread.join()
    server.server_close()


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
    assert len((tmp_path / "data" / FILE).read_text().splitlines()) == asked


def test_a_tape_is_replayed_without_an_endpoint(
    score: Callable[..., Told], endpoint: Endpoint, tmp_path: Path
) -> None:
    first = score("--model", "m", "--model-url", endpoint.url)
    tape = tmp_path / "tape.jsonl"
    tape.write_text("\n".join(endpoint.on_tape), encoding="utf-8")
    (tmp_path / "data" / FILE).unlink()
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


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (("--offline", "--model", "m"), "--offline asks no model"),
        (("--replay", "t.jsonl", "--model-url", "http://127.0.0.1:9/v1"), "--replay asks no endpoint"),
        (("--replay", "nowhere.jsonl"), "nowhere.jsonl cannot be read"),
        (("--replay", "talk.md"), "talk.md is no tape of replies"),
        (("--model", "m"), "m needs a key"),
        (("--model", "nobody:m"), "nobody:m needs a key"),
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
