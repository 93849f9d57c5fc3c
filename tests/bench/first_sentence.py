"""What we add to a model's first sentence: from the token that ends it to the moment a candidate's browser has it.

    .venv/bin/python -m tests.bench.first_sentence --sessions 100 --rounds 4

One server process on one core; a fake endpoint and all candidates in this process on another. The endpoint paces its
tokens as a model does (200 ms to the first, 20 ms each). Every answer carries a word of its own, by which the frame that
shows it is told; both ends read the same clock. All of ours is on: store, listener, director, guards, model listener.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import os
import random
import re
import string
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import httpx
from websockets.asyncio.client import connect
from websockets.typing import Subprotocol

from interviewer.channels import wire
from interviewer.lab.metrics import percentile
from interviewer.people import new_token
from interviewer.settings import Settings

FIRST_S, TOKEN_S = 0.2, 0.02
OPENINGS = "right okay fine sure well".split()
ended_at: dict[str, float] = {}
"""When the token that ends the first sentence was handed to the socket, by the sentence's own word."""
_LENGTH = re.compile(rb"content-length: *(\d+)", re.I)


def a_word(chance: random.Random) -> str:
    """A word that nobody has said before."""
    return "z" + "".join(chance.choices(string.ascii_lowercase, k=9))


async def endpoint(port: int, chance: random.Random) -> asyncio.Server:
    """The fake model: two sentences a turn, token by token; nothing for the listener to note."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                length = _LENGTH.search(head)
                body = await reader.readexactly(int(length.group(1)) if length else 0)
                writer.write(
                    b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n"
                )
                if b'"response_format"' in body:
                    send(writer, json.dumps({"covers": [], "mistaken": [], "asks": []}))
                else:
                    await speak(writer)
                send(writer, "", "stop")
                done = b"data: [DONE]\n\n"
                writer.write(b"%x\r\n%b\r\n0\r\n\r\n" % (len(done), done))
                await writer.drain()

    async def speak(writer: asyncio.StreamWriter) -> None:
        own = a_word(chance)
        first = f"{chance.choice(OPENINGS).capitalize()}, and that holds for the {own} table."
        second = f"What does {a_word(chance)} see while {a_word(chance)} waits for {a_word(chance)}?"
        await asyncio.sleep(FIRST_S)
        send(writer, "MOVE 1\n")
        for sentence, name in ((first, own), (" " + second, "")):
            tokens = re.findall(r"\s*\S+", sentence)
            for at, token in enumerate(tokens):
                send(writer, token)
                if name and at == len(tokens) - 1:
                    ended_at[name] = time.monotonic()
                await asyncio.sleep(TOKEN_S)

    def send(writer: asyncio.StreamWriter, text: str, finish: str | None = None) -> None:
        choice = {"index": 0, "delta": {"content": text} if text else {}, "finish_reason": finish}
        line = f"data: {json.dumps({'choices': [choice]})}\n\n".encode()
        writer.write(b"%x\r\n%b\r\n" % (len(line), line))

    return await asyncio.start_server(answer, "127.0.0.1", port, backlog=2048)


async def candidate(
    base: str, token: str, think_s: float, rounds: int, seed: int, added: list[float], stood_in: list[str]
) -> None:
    """One candidate: says something, waits for the whole answer, thinks, says something again."""
    chance = random.Random(seed)
    async with httpx.AsyncClient(
        base_url=base, headers={"Authorization": f"Bearer {token}"}, timeout=60, trust_env=False
    ) as http:
        wanted = {"scenario": "url-shortener", "pace": "typed", "seed": seed}
        made = await http.post("/v1/sessions", json=wanted)
        made.raise_for_status()
        session = made.json()["id"]
        ticket = (await http.post(f"/v1/sessions/{session}/tickets", json={"stream": "public"})).json()[
            "ticket"
        ]
    url = base.replace("http", "ws") + "/v1/ws"
    protocol = [Subprotocol(wire.PROTOCOL)]
    async with connect(url, subprotocols=protocol, compression=None, proxy=None, max_queue=None) as socket:
        await socket.send(json.dumps({"t": "hello", "v": 1, "ticket": ticket, "after": 0}))
        await until_final(socket, added, stood_in)
        for number in range(rounds):
            await asyncio.sleep(chance.uniform(0.5, 1.5) * think_s)
            said = (
                f"I'd keep {a_word(chance)} in one Postgres table and read {a_word(chance)} by its key, "
                f"because {a_word(chance)} has to be there before anybody opens {a_word(chance)}."
            )
            await socket.send(json.dumps({"t": "msg", "cmid": f"{session[:16]}-{number:04d}", "body": said}))
            await until_final(socket, added, stood_in)


async def until_final(socket: object, added: list[float], stood_in: list[str]) -> None:
    """Read up to the whole answer; note what was added to its first sentence."""
    while True:
        text = await socket.recv()  # type: ignore[attr-defined]  # a client connection
        now = time.monotonic()
        frame = json.loads(text)
        if frame.get("t") == "hb":
            await socket.send(json.dumps({"t": "hb", "after": frame.get("head", 0)}))  # type: ignore[attr-defined]
        if frame.get("kind") == "agent.chunk" and frame["data"]["i"] == 0:
            own = re.search(r"\bz[a-z]{9}\b", frame["data"]["text"])
            if own and own.group() in ended_at:
                added.append(now - ended_at.pop(own.group()))
        if frame.get("kind") == "agent.final":
            if frame["data"]["by"] == "offline":
                stood_in.append(frame["data"]["text"][:60])
            return


async def measure(sessions: int, rounds: int, think_s: float, port: int, model_port: int) -> dict[str, float]:
    """The figures in milliseconds, over all answers but each candidate's first."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        settings = Settings(_env_file=None, data=data, model=None, model_url=None, model_key=None)
        token = await new_token(settings, "bench")
        env = {
            **os.environ,
            "INTERVIEWER_MODEL": "fake",
            "INTERVIEWER_MODEL_URL": f"http://127.0.0.1:{model_port}/v1",
            "INTERVIEWER_MODEL_KEY": "bench",
            "INTERVIEWER_SETTLE_S": "0",
            "INTERVIEWER_PACE_S": "0",
            "INTERVIEWER_TURNS_AT_ONCE": "500",
            "INTERVIEWER_SOCKETS_EACH": "5000",
            "INTERVIEWER_MESSAGES_BURST": "10000",
            "INTERVIEWER_MESSAGES_PER_S": "10000",
        }
        command = [
            "taskset",
            "-c",
            "0",
            str(Path(sys.executable).parent / "interviewer"),
            "serve",
            "--no-open",
            "--port",
            str(port),
            "--data",
            folder,
        ]
        model = await endpoint(model_port, random.Random(1))
        server = await asyncio.create_subprocess_exec(
            *command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        base = f"http://127.0.0.1:{port}"
        added: list[float] = []
        stood_in: list[str] = []
        try:
            await up(base)
            began, cpu = time.monotonic(), cpu_s(server.pid)
            await asyncio.gather(
                *(candidate(base, token, think_s, rounds, seed, added, stood_in) for seed in range(sessions))
            )
            took, used = time.monotonic() - began, cpu_s(server.pid) - cpu
        finally:
            server.terminate()
            await server.wait()
            model.close()
    turns = sessions * (rounds + 1)
    return {
        "sessions": sessions,
        "answers measured": len(added),
        "answers of the offline speaker": len(stood_in),
        "added, median ms": 1000 * (percentile(added, 0.5) or 0),
        "added, p99 ms": 1000 * (percentile(added, 0.99) or 0),
        "added, most ms": 1000 * max(added, default=0),
        "turns a second": turns / took,
        "CPU ms a turn": 1000 * used / turns,
        "core used": used / took,
    }


async def up(base: str) -> None:
    """Wait until the server answers."""
    async with httpx.AsyncClient(trust_env=False) as http:
        for _ in range(300):
            with contextlib.suppress(httpx.HTTPError):
                await http.get(f"{base}/v1/me")
                return
            await asyncio.sleep(0.1)
    raise TimeoutError("the server did not come up")


def cpu_s(pid: int) -> float:
    """CPU seconds that a process has used, all of its threads."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main() -> None:
    """Print the figures, one a line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sessions", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument(
        "--think", type=float, default=20.0, help="seconds that a candidate takes, on average"
    )
    parser.add_argument("--port", type=int, default=8760)
    asked = parser.parse_args()
    with contextlib.suppress(OSError):
        os.sched_setaffinity(0, {1})
    figures = asyncio.run(measure(asked.sessions, asked.rounds, asked.think, asked.port, asked.port + 1))
    for name, value in figures.items():
        sys.stdout.write(f"{name:32} {value:10.1f}\n")


if __name__ == "__main__":
    main()
