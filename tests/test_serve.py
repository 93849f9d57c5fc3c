"""`interviewer serve` as a process of its own, and the commands that decide who may sign in to it."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.commands import Command
from tests.conftest import ROOT
from tests.packs.folders import a_folder

PROGRAM = [sys.executable, "-c", "from interviewer.cli import main; main()"]


@pytest.fixture
def interviewer(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Command:
    return Command(tmp_path, capsys, monkeypatch, {"rubrics": str(one_problem(tmp_path))})


def environment(here: Path, **more: str) -> dict[str, str]:
    """Ours without settings from outside, with a data folder and one problem."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("INTERVIEWER_")}
    ours = {"INTERVIEWER_DATA": str(here / "data"), "INTERVIEWER_RUBRICS": str(one_problem(here))}
    return {**clean, **ours, **more}


def one_problem(here: Path) -> Path:
    """A rubrics/ folder in `here` with the URL shortener alone, which is sooner read than all twenty."""
    return here / "rubrics" if (here / "rubrics").exists() else a_folder(ROOT / "rubrics", here).root


@contextmanager
def running(here: Path, *words: str, until: str, **more: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The command while it runs, and what it has said up to the line that holds `until`."""
    process = subprocess.Popen(
        [*PROGRAM, *words],
        cwd=here,
        env=environment(here, **more),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None and process.stderr is not None
        said = ""
        while until not in said:
            line = process.stdout.readline()
            if not line:
                raise AssertionError(said + process.stderr.read())
            said += line
        yield process, said
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


def serving(here: Path, *words: str, **more: str):
    return running(here, "serve", "--no-open", *words, until="Ctrl-C", **more)


def ended(process: subprocess.Popen[str], number: signal.Signals) -> tuple[int, str, str]:
    process.send_signal(number)
    out, err = process.communicate(timeout=20)
    return process.returncode, out, err


def address_in(said: str) -> str:
    found = re.search(r"Serving at (http://\S+)", said)
    assert found is not None, said
    return found[1]


def taken_port() -> tuple[socket.socket, int]:
    other = socket.create_server(("127.0.0.1", 0))
    return other, other.getsockname()[1]


def test_a_server_says_where_it_is_and_its_link_signs_in_once(tmp_path: Path) -> None:
    with serving(tmp_path, "--port", "0") as (process, said):
        address = address_in(said)
        code = re.search(rf"Sign in +{address}/sign-in#(\S+)", said)
        assert code is not None
        assert "rules and written lines, no model" in said
        assert str(tmp_path / "data") in said
        with httpx.Client(base_url=address, headers={"Origin": address}, trust_env=False) as browser:
            signed_in = browser.post("/v1/sign-in", json={"code": code[1]})
            assert signed_in.status_code == 200
            assert "server" not in signed_in.headers
            assert browser.get("/v1/me").json()["person"]["name"] == "owner"
            assert browser.post("/v1/sign-in", json={"code": code[1]}).status_code == 401
        status, out, err = ended(process, signal.SIGTERM)
        assert (status, out, err) == (0, "", "")


def test_ctrl_c_ends_a_server_in_good_order_with_somebody_connected(tmp_path: Path) -> None:
    with serving(tmp_path, "--port", "0") as (process, said):
        with httpx.Client(base_url=address_in(said), trust_env=False) as browser:
            assert browser.get("/livez").status_code == 200
            began = time.monotonic()
            status, _, err = ended(process, signal.SIGINT)
        assert (status, err) == (0, "")
        assert time.monotonic() - began < 10


def test_a_port_that_was_asked_for_and_is_taken_is_one_line_and_exit_code_two(
    interviewer, tmp_path: Path
) -> None:
    other, port = taken_port()
    with other:
        told = interviewer("serve", "--port", port, "--no-open")
    assert (told.code, told.out) == (2, "")
    assert told.err.count("\n") == 1
    assert f"127.0.0.1:{port}" in told.err and "--port" in told.err


def test_without_a_port_asked_for_the_next_free_one_is_taken_and_said(tmp_path: Path) -> None:
    with serving(tmp_path) as (_, first), serving(tmp_path) as (_, second):
        assert address_in(first) != address_in(second)
        assert "taken" in second


def test_links_made_beside_a_server_lead_to_where_it_serves(interviewer, tmp_path: Path) -> None:
    with running(tmp_path, "serve", "--no-open", "--port", "0", until="Ctrl-C") as (_, said):
        address = re.search(r"Serving at (\S+)", said)
        assert address is not None
        done = interviewer("people", "add", "Ada")
        assert done.code == 0, done.err
        assert done.out.startswith(f"{address[1]}/sign-in#")


def test_a_public_address_is_the_one_that_links_show(tmp_path: Path) -> None:
    public = "https://practice.example"
    with serving(tmp_path, "--port", "0", INTERVIEWER_PUBLIC_URL=f"{public}/") as (_, said):
        assert f"Sign in      {public}/sign-in#" in said


def test_a_worker_alone_ends_on_a_signal(tmp_path: Path) -> None:
    with running(tmp_path, "worker", until="Ctrl-C") as (process, _):
        assert ended(process, signal.SIGTERM) == (0, "", "")


def test_a_token_made_beside_a_running_server_works_at_once(interviewer, tmp_path: Path) -> None:
    with serving(tmp_path, "--port", "0", "--no-worker") as (_, said):
        assert "interviewer worker" in said
        token = interviewer("token", "--name", "my script")
        assert (token.code, token.out.count("\n")) == (0, 1)
        headers = {"Authorization": f"Bearer {token.out.strip()}"}
        with httpx.Client(base_url=address_in(said), headers=headers, trust_env=False) as program:
            assert program.get("/v1/me").json()["person"]["name"] == "owner"
            assert interviewer("people", "sign-out", "owner").code == 0
            assert program.get("/v1/me").status_code == 401


def test_people_are_added_listed_and_given_links(interviewer) -> None:
    coach = interviewer(
        "people", "add", "Cora  Lind", "--role", "coach", "--url", "https://practice.example/"
    )
    assert coach.code == 0
    assert re.fullmatch(r"https://practice\.example/sign-in#\S{43}\n", coach.out)
    assert "Cora Lind in, once, within 7 days" in coach.err
    assert interviewer("people", "add", "Ada").code == 0
    listed = interviewer("people", "list").out
    assert re.search(r"owner .*candidate, coach, admin", listed)
    assert re.search(r"Cora Lind .*candidate, coach ", listed)
    assert re.search(r"Ada .*candidate ", listed)
    owners = interviewer("people", "link")
    assert owners.out.startswith("http://127.0.0.1:8642/sign-in#")
    assert "within 15 minutes" in owners.err
    assert interviewer("people", "link", "ada").out != interviewer("people", "link", "Ada").out


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("people", "add", "owner"), "owner is here already"),
        (("people", "add", " "), "A name has"),
        (("people", "add", "a\x1b[31m"), "A name has"),
        (("people", "add", "x" * 81), "A name has"),
        (("people", "link", "Nobody"), "Nobody here is called Nobody"),
        (("people", "sign-out", "Nobody"), "Nobody here is called Nobody"),
        (("serve", "--host", "256.0.0.1", "--no-open"), "Cannot serve on 256.0.0.1"),
        (("practise", "url-shortener", "--server", "http://127.0.0.1:9"), "token"),
    ],
)
def test_what_cannot_be_done_is_said_with_exit_code_two(
    interviewer, words: tuple[str, ...], why: str
) -> None:
    told = interviewer(*words)
    assert told.code == 2
    assert why in told.err


def test_a_server_that_is_not_there_is_exit_code_three(interviewer) -> None:
    told = interviewer("practise", "url-shortener", "--server", "http://127.0.0.1:9", "--token", "t" * 43)
    assert (told.code, told.out) == (3, "")
    assert told.err.count("\n") == 1


def test_the_api_is_described_as_it_is_committed(interviewer, paths) -> None:
    told = interviewer("openapi")
    assert (told.code, told.out) == (0, (paths.root / "web" / "openapi.json").read_text(encoding="utf-8"))
