"""The words people type, on a machine that has nothing but Python and make; and the rules that CI adds."""

import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

LEFT_OUT = shutil.ignore_patterns(
    ".git", ".venv", ".*_cache", ".hypothesis", "__pycache__", "node_modules", "_web"
)


@pytest.fixture
def checkout(tmp_path: Path, paths) -> Path:
    """A copy of the repository as a fresh clone has it: nothing set up."""
    return Path(shutil.copytree(paths.root, tmp_path / "checkout", ignore=LEFT_OUT))


@pytest.fixture
def tools(tmp_path: Path) -> Path:
    """A folder that `run` puts first on the PATH, for programs that stand in for the machine's own."""
    folder = tmp_path / "tools"
    folder.mkdir()
    return folder


def stand_in(tools: Path, name: str, script: str) -> None:
    (tools / name).write_text(f"#!/bin/sh\n{script}\n")
    (tools / name).chmod(0o755)


def run(*command: str, cwd: Path, tools: Path | None = None, **env: str) -> subprocess.CompletedProcess[str]:
    base = {name: value for name, value in os.environ.items() if name not in ("MAKEFLAGS", "MAKELEVEL", "CI")}
    if tools is not None:
        base["PATH"] = f"{tools}{os.pathsep}{base['PATH']}"
    return subprocess.run(
        command,
        cwd=cwd,
        env=base | env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=600,
    )


def test_make_run_sets_itself_up_once_and_then_starts_at_once(checkout: Path) -> None:
    # Most of what pip would compile is never imported by --help.
    first = run("make", "run", "ARGS=--help", cwd=checkout, PIP_COMPILE="0")
    assert first.returncode == 0, first.stderr
    assert "practise" in first.stdout
    assert "Installing" in first.stderr
    assert (checkout / "interviewer" / "_web" / "index.html").is_file()
    began = time.monotonic()
    second = run("make", "run", "ARGS=--help", cwd=checkout)
    assert second.stdout == first.stdout
    assert "Installing" not in second.stderr
    assert "Building" not in second.stderr
    assert time.monotonic() - began < 10


def test_with_no_python_that_is_new_enough_make_names_what_it_looked_for(checkout: Path, tools: Path) -> None:
    stand_in(tools, "python-old", "exit 1")
    result = run("make", "run", "PYTHONS=no-such-python python-old", cwd=checkout, tools=tools)
    assert result.returncode != 0
    assert (
        "Python 3.11 or newer is needed, and none of these is it: no-such-python python-old" in result.stderr
    )
    assert not (checkout / ".venv").exists()


def a_python_without_venv(tools: Path, there: Path) -> None:
    """A Python whose venv module is missing until the file `there` exists, as Debian packs it."""
    stand_in(
        tools,
        "python-bare",
        f'case "$*" in *ensurepip*) test -e {there} ;; *) exec {sys.executable} "$@" ;; esac',
    )


def test_a_missing_venv_module_is_installed_where_that_is_allowed(
    checkout: Path, tools: Path, tmp_path: Path
) -> None:
    there, asked = tmp_path / "venv-module", tmp_path / "asked"
    a_python_without_venv(tools, there)
    stand_in(tools, "id", "echo 0")
    stand_in(tools, "apt-get", f'echo "$@" >>{asked}; case "$*" in *install*) touch {there} ;; esac')
    result = run("make", ".venv/.made", "PYTHONS=python-bare", cwd=checkout, tools=tools)
    assert result.returncode == 0, result.stderr
    assert asked.read_text() == "-qq update\n-qq install -y python-bare-venv\n"
    assert (checkout / ".venv" / "bin" / "pip").exists()


def test_a_missing_venv_module_is_asked_for_in_one_line_where_it_may_not_be_installed(
    checkout: Path, tools: Path, tmp_path: Path
) -> None:
    a_python_without_venv(tools, tmp_path / "never")
    stand_in(tools, "id", "echo 1000")
    result = run("make", ".venv/.made", "PYTHONS=python-bare", cwd=checkout, tools=tools)
    assert result.returncode != 0
    assert "sudo apt-get install python-bare-venv" in result.stderr
    assert not (checkout / ".venv").exists()


@pytest.mark.parametrize(("check", "test", "judged"), [(0, 0, 0), (1, 0, 1), (0, 2, 2), (1, 2, 2)])
def test_ci_checks_and_tests_whatever_either_says_and_ends_with_the_tests(
    checkout: Path, tools: Path, check: int, test: int, judged: int
) -> None:
    stand_in(
        tools, "make", f'echo "make $1, CI=$CI"; case $1 in check) exit {check} ;; test) exit {test} ;; esac'
    )
    result = run("bash", ".ci/run", cwd=checkout, tools=tools)
    lines = result.stdout.splitlines()
    assert result.returncode == judged
    assert (lines[0], lines[-1]) == ("make check, CI=true", "make test, CI=true")


SOME_TESTS = """
import pytest

def test_that_passes():
    assert 1 + 1 == 2

def test_that_is_skipped():
    pytest.skip("no server here")

def test_that_may_fail():
    pytest.xfail("not before spring")
"""


@pytest.mark.parametrize("workers", ["0", "2"])
def test_in_ci_a_test_that_is_left_out_is_a_failure_and_is_named(tmp_path: Path, paths, workers: str) -> None:
    (tmp_path / "tests").mkdir()
    shutil.copy(paths.root / "pyproject.toml", tmp_path)
    shutil.copy(paths.root / "tests" / "conftest.py", tmp_path / "tests")
    (tmp_path / "tests" / "test_some.py").write_text(SOME_TESTS)
    pytest_here = (sys.executable, "-m", "pytest", "-n", workers)
    at_home = run(*pytest_here, cwd=tmp_path)
    assert at_home.returncode == 0, at_home.stdout
    in_ci = run(*pytest_here, cwd=tmp_path, CI="true")
    assert in_ci.returncode == 1
    assert "was skipped: tests/test_some.py::test_that_is_skipped (Skipped: no server here)" in in_ci.stdout
    assert "was xfailed: tests/test_some.py::test_that_may_fail (not before spring)" in in_ci.stdout
    assert "1 passed, 1 skipped, 1 xfailed" in in_ci.stdout.splitlines()[-1]


@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1", "example.org"])
def test_a_test_cannot_leave_this_machine(host: str) -> None:
    # The audit events are raised by hand, so nothing is sent even if the guard should fail.
    with socket.socket() as sock, pytest.raises(RuntimeError, match="tests stay on this machine"):
        sys.audit("socket.connect", sock, (host, 443))
    with pytest.raises(RuntimeError, match="tests stay on this machine"):
        sys.audit("socket.getaddrinfo", host, 443, 0, 0, 0)


def test_a_test_may_reach_its_own_servers() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        with socket.create_connection(("localhost", server.getsockname()[1])) as client:
            client.sendall(b"hello")
            accepted, _ = server.accept()
            with accepted:
                assert accepted.recv(5) == b"hello"
