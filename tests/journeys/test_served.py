"""Interviews at a real server: by the client library, from a terminal, and with the server killed in the midst of it."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import random
import re
import socket
import subprocess
import sys
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import jsonschema
import pytest

from interviewer.channels.resources import NewSession
from interviewer.client import Client
from interviewer.client.connection import Patience
from interviewer.errors import Closed, NotNow, NotSignedIn, Unavailable
from interviewer.interview.events import Stream
from tests.builders import script
from tests.commands import typed
from tests.journeys import killed_server
from tests.journeys.killed_server import broken, events_of
from tests.packs.folders import a_folder
from tests.serving import Served, a_server

SEED = 3
QUICK = Patience(first_s=0.05, most_s=0.25)
SCHEMA = Path(__file__).resolve().parents[2] / "rubrics" / "scorecard.schema.json"
PROGRAM = str(Path(sys.executable).with_name("interviewer"))


def a_client(base_url: str, token: str) -> Client:
    return Client(base_url, token, chance=random.Random(SEED).random, new_id=lambda: uuid.uuid4().hex)


def of_the(served: Served) -> Client:
    return a_client(served.base_url, served.token)


def a_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(**settings: object) -> dict[str, str]:
    """Ours without settings from outside, and with these."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith("INTERVIEWER_")}
    return {
        **ours,
        "COLUMNS": "200",
        **{f"INTERVIEWER_{name.upper()}": str(v) for name, v in settings.items()},
    }


def command(*words: object, said: str = "", **settings: object) -> subprocess.CompletedProcess[str]:
    """`interviewer`, run to its end."""
    return subprocess.run(
        [PROGRAM, *map(str, words)], input=said, capture_output=True, text=True, timeout=60, check=False,
        env=environment(**settings),
    )  # fmt: skip


@contextlib.contextmanager
def a_program(data: Path, port: int, **settings: object) -> Iterator[subprocess.Popen[str]]:
    """`interviewer serve` in a process of its own, up; it is killed at the end."""
    with subprocess.Popen(
        [PROGRAM, "serve", "--data", str(data), "--port", str(port), "--no-open"],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment(**settings),
    ) as process:  # fmt: skip
        try:
            assert process.stdout is not None
            assert any("Serving at" in line for line in process.stdout)
            yield process
        finally:
            process.kill()


@contextlib.contextmanager
def killed_servers(
    data: Path, port: int, kills: int, **settings: object
) -> Iterator[subprocess.Popen[bytes]]:
    """Servers that are killed one after the other; the last of them ends with the context."""
    program = [sys.executable, killed_server.__file__, str(data), str(port), str(kills), str(SEED)]
    with subprocess.Popen(
        program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment(**settings)
    ) as process:
        try:
            yield process
        finally:
            assert process.stdin is not None
            process.stdin.close()


async def test_an_interview_is_held_to_its_card_by_a_program(tmp_path: Path) -> None:
    lines = script("url-shortener-strong")
    async with a_server(tmp_path) as served, of_the(served) as client:
        begun = await client.start(NewSession(scenario="url-shortener", seed=SEED, pace="spoken"))
        async with client.room(begun.id) as room, asyncio.timeout(60):
            assert (await room.answered(0)).final is not None
            for line in lines[:8]:
                await room.say(line)
                assert (await room.answered()).final is not None
            await client.end(begun.id)
            await room.until(lambda shown: shown.state is not None and shown.state.scorecard == "ready")
        spoken = [turn for turn in room.view.turns if turn.role == "candidate"]
        assert [turn.text for turn in spoken] == lines[:8]
        card = json.loads(await client.scorecard(begun.id))
        assert (await client.snapshot(begun.id)).room == room.view
        assert (await client.sessions()).items[0].scorecard == "ready"
        with pytest.raises(Closed):
            async with client.room(begun.id) as again:
                await again.say("One more thing.")
    jsonschema.validate(card, json.loads(SCHEMA.read_text(encoding="utf-8")))
    assert card["session"] == begun.id


async def test_what_is_asked_for_by_control_is_done_or_refused_in_words(tmp_path: Path) -> None:
    async with a_server(tmp_path) as served, of_the(served) as client:
        mock = await client.start(NewSession(scenario="url-shortener", mode="mock"))
        with pytest.raises(NotNow, match=r"\w+ \w+"):
            await client.hint(mock.id)
        with pytest.raises(NotNow):
            await client.scorecard(mock.id)
        begun = await client.start(NewSession(scenario="url-shortener"))
        async with client.room(begun.id) as room, asyncio.timeout(30):
            await room.answered(0)
            before = room.last
            await client.hint(begun.id)
            assert (await room.answered(before)).final is not None
            rev = await client.draw(begun.id, {"type": "text", "text": "client -> api\napi -> database"}, 0)
            kept = await room.say("I drew a client, an api and a database.", board_rev=rev)
            await room.answered()
            seen = room.view.board
            assert seen is not None
            assert (len(seen.parts), len(seen.links)) == (3, 2)
            assert (await client.pause(begun.id)).state == "paused"
            assert (await client.resume(begun.id)).state == "open"
            assert kept.seq < room.last


async def test_a_token_that_is_none_and_a_server_that_is_not_there_are_told_apart(tmp_path: Path) -> None:
    async with a_server(tmp_path, worker=False) as served:
        async with a_client(served.base_url, "no-such-token") as stranger:
            with pytest.raises(NotSignedIn):
                await stranger.me()
    async with a_client(f"http://127.0.0.1:{a_free_port()}", "token") as nobody:
        with pytest.raises(Unavailable):
            await nobody.me()


# --- killed


@pytest.fixture
def one_problem(paths, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A rubrics/ folder with the URL shortener alone: whoever is begun anew again and again need not read all packs."""
    return a_folder(paths.rubrics, tmp_path_factory.mktemp("packs")).root


async def test_a_server_killed_in_the_midst_of_an_answer_goes_on_where_it_stopped(
    one_problem: Path, tmp_path: Path
) -> None:
    port = a_free_port()
    slow = {"pace_s": 0.15, "lease_s": 1.0, "settle_s": 0.05, "poll_s": 0.2, "rubrics": one_problem}
    token = (await asyncio.to_thread(typed, tmp_path, "token", "--data", tmp_path)).out.strip()
    async with contextlib.AsyncExitStack() as stack, asyncio.timeout(45):
        client = await stack.enter_async_context(a_client(f"http://127.0.0.1:{port}", token))
        with a_program(tmp_path, port, **slow) as first:
            begun = await client.start(NewSession(scenario="url-shortener", seed=SEED))
            room = await stack.enter_async_context(client.room(begun.id, patience=QUICK))
            await room.answered(0)
            kept = await room.say("Who uses it, and how many links are made a day? And do they ever end?")
            await room.until(lambda shown: any(one.state == "speaking" and one.text for one in shown.turns))
            first.kill()
            await asyncio.to_thread(first.wait)
            lost = asyncio.create_task(room.say("I said this while nobody was there."))
            await asyncio.sleep(0.5)
            assert not lost.done()
        with a_program(tmp_path, port, **slow):
            late = await lost
            answered = await room.answered()
            assert answered.final is not None
            assert answered.final.text
            assert room.connects == 2
            polled = await client.events(begun.id)
            seqs = [frame.seq for frame in room.applied]
            assert seqs == list(range(1, len(seqs) + 1))
            assert list(room.applied) == list(polled.items[: len(seqs)])
            assert all(one.state == "done" for one in room.view.turns)
    acked = {
        kept.cmid: ("Who uses it, and how many links are made a day? And do they ever end?", kept.seq),
        late.cmid: ("I said this while nobody was there.", late.seq),
    }
    assert broken(await events_of(tmp_path, begun.id), acked) == []
    assert {frame.kind for frame in room.applied} >= {"agent.chunk", "turn.started"}


async def test_ten_kills_lose_nothing_double_nothing_and_keep_the_order(
    one_problem: Path, tmp_path: Path
) -> None:
    port, kills = a_free_port(), 10
    token = (await asyncio.to_thread(typed, tmp_path, "token", "--data", tmp_path)).out.strip()
    with killed_servers(tmp_path, port, kills, rubrics=one_problem) as server:
        acked, applied = await _spoken_through(server, a_client(f"http://127.0.0.1:{port}", token), kills)
    events = await events_of(tmp_path, applied.session)
    assert broken(events, acked) == []
    assert len(acked) >= kills // 2, "hardly anything was said between the kills"
    public = [one.seq for one in events if one.stream is Stream.public]
    assert applied.seqs == public[: len(applied.seqs)]
    assert applied.connects > 1


@dataclass(frozen=True)
class Applied:
    """What a client had of a session at the end."""

    session: str
    seqs: list[int]
    connects: int


async def _spoken_through(
    server: subprocess.Popen[bytes], client: Client, kills: int
) -> tuple[dict[str, tuple[str, int]], Applied]:
    """One sender, who speaks for as long as servers are killed; every ack, and what was applied."""
    told = asyncio.create_task(asyncio.to_thread(_count_lines, server, kills))
    acked: dict[str, tuple[str, int]] = {}
    async with client, asyncio.timeout(180):
        session = await _begun(client)
        async with client.room(session, patience=QUICK) as room:
            while not told.done():
                words = f"This is sentence {len(acked) + 1}."
                kept = await room.say(words)
                acked[kept.cmid] = (words, kept.seq)
                await asyncio.sleep(0.1)
            await room.answered()
            return acked, Applied(session, [frame.seq for frame in room.applied], room.connects)


async def _begun(client: Client) -> str:
    """A new interview, as soon as there is a server."""
    while True:
        try:
            return (await client.start(NewSession(scenario="url-shortener", seed=SEED))).id
        except Unavailable:
            await asyncio.sleep(0.1)


def _count_lines(server: subprocess.Popen[bytes], count: int) -> None:
    assert server.stdout is not None
    for _ in range(count):
        server.stdout.readline()


# --- from a terminal


async def test_a_pipe_is_interviewed_at_a_server_and_gets_its_card(tmp_path: Path) -> None:
    board = tmp_path / "board.txt"
    board.write_text("client -> api\napi -> database\n", encoding="utf-8")
    said = "\n".join(
        (
            "/help", "/time", "/phase", "Who uses it?", "/hint", "/pause", "this is not heard", "/resume",
            f"/board {board}", "I've drawn a client, an api and a database.", f"/board {tmp_path / 'none.txt'}",
            "/end", "this comes too late",
        )
    )  # fmt: skip
    async with a_server(tmp_path / "data") as served:
        told = await asyncio.to_thread(
            command, "practise", "url-shortener", "--server", served.base_url, "--seed", SEED, said=said,
            token=served.token,
        )  # fmt: skip
        sessions = (await served.service.index.page()).rows
    assert told.returncode == 0, told.stderr
    asked = re.findall(r"^Interviewer: (.+)$", told.stdout, re.M)
    assert len(asked) >= 4
    assert re.findall(r"^You: (.+)$", told.stdout, re.M) == [
        "Who uses it?", "I've drawn a client, an api and a database.",
    ]  # fmt: skip
    assert "/hint" in told.stdout
    assert re.search(r"\d+:\d\d left", told.stdout)
    assert "→" in told.stdout
    assert "The clock is stopped" in told.stdout
    assert "on your board I see 3 boxes and 2 arrows" in told.stdout
    assert "cannot be read" in told.stdout
    assert "1 more lines of the pipe" in told.stdout
    assert "# Scorecard" in told.stdout
    assert served.token not in told.stdout + told.stderr
    assert [row.state for row in sessions] == ["ended"]


async def test_an_interview_at_a_server_is_resumed_from_another_terminal(tmp_path: Path) -> None:
    async with a_server(tmp_path) as served, of_the(served) as client:
        begun = await client.start(NewSession(scenario="url-shortener", seed=SEED))
        async with client.room(begun.id) as room, asyncio.timeout(20):
            await room.answered(0)
            await room.say("Who uses it?")
            last = (await room.answered()).final
        assert last is not None
        told = await asyncio.to_thread(
            command, "practise", "--server", served.base_url, "--resume", "--format", "json",
            said="Then 100 million links a month.\n", token=served.token,
        )  # fmt: skip
    assert told.returncode == 0, told.stderr
    assert f"Interviewer: {last.text}" in told.stdout
    assert "Who uses it?" in told.stdout
    card, _ = json.JSONDecoder().raw_decode(told.stdout[told.stdout.index("\n{") + 1 :])
    assert card["session"] == begun.id


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (["url-shortener", "--server", "http://127.0.0.1:9"], 3, "does not answer"),
        (["url-shortener", "--server", "not an address"], 2, "address"),
        (["url-shortener", "--server", "{url}", "--token", "wrong"], 2, ""),
        (["url-shortener", "--server", "{url}", "--pace", "3m"], 2, "clock"),
        (["url-shortener", "--server", "{url}", "--minutes", "50"], 2, "15, 30, 45"),
        (["no-such-problem", "--server", "{url}"], 2, "no-such-problem"),
        (["--server", "{url}", "--resume"], 2, "unfinished"),
    ],
)
async def test_what_cannot_be_held_at_a_server_is_said_in_a_sentence(
    words: list[str], code: int, says: str, tmp_path: Path
) -> None:
    async with a_server(tmp_path, worker=False) as served:
        given = [word.replace("{url}", served.base_url) for word in words]
        told = await asyncio.to_thread(typed, tmp_path, "practise", *given, token=served.token)
    assert told.code == code, told.err
    assert says in told.err
    assert told.err.strip()
