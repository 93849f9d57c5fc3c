"""What every test stands on: the repository's paths, a closed network, and the rule that CI skips nothing.

Only loopback and Unix sockets may be reached from a test's own process; a test marked `live` is let out.
"""

import ipaddress
import os
import socket
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from tests.commands import Command

ROOT = Path(__file__).resolve().parent.parent
IN_CI = os.environ.get("CI", "").lower() not in ("", "0", "false")

# Whoever runs the tests may have a key of their own set up: no test may find it.
for _name in (
    "OPENAI_API_KEY",
    "OPENAI_BASE_URL",
    *(name for name in os.environ if name.startswith("INTERVIEWER_")),
):
    os.environ.pop(_name, None)

# Tests start our programs by the dozen, which need not be compiled anew each time.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# A property that fails must fail for everybody, on the first try, however slow the machine.
settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.load_profile("repeatable")


@dataclass(frozen=True)
class Paths:
    """Where things lie in the checkout; all absolute."""

    root: Path
    rubrics: Path
    prompts: Path
    fixtures: Path


@pytest.fixture(scope="session")
def paths() -> Paths:
    """The checkout's folders that tests read from."""
    return Paths(ROOT, ROOT / "rubrics", ROOT / "prompts", ROOT / "tests" / "fixtures")


class NetworkClosed(RuntimeError):
    """A test tried to leave this machine."""


class _Network:
    """Whether the tests of this process may reach beyond loopback."""

    is_open = False


def _is_local(host: object) -> bool:
    if isinstance(host, bytes):
        host = host.decode()
    if not isinstance(host, str) or host in ("", "localhost"):
        return True  # no host at all means "this machine, any address"
    try:
        return ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return False


def _guard(event: str, args: tuple[object, ...]) -> None:
    """An audit hook sees every connection, whichever library makes it, and needs nothing patched."""
    if _Network.is_open or not event.startswith("socket."):
        return
    if event in ("socket.connect", "socket.sendto"):
        sock, address = args
        unix = isinstance(sock, socket.socket) and sock.family == getattr(socket, "AF_UNIX", None)
        host = address[0] if isinstance(address, tuple) and address else None
        if unix or host is None or _is_local(host):
            return
    elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
        host = args[0]
        if _is_local(host):
            return
    else:
        return
    raise NetworkClosed(f"{event} to {host!r}: tests stay on this machine (mark a test `live` to let it out)")


sys.addaudithook(_guard)


@pytest.fixture(autouse=True)
def _network(request: pytest.FixtureRequest) -> Iterator[None]:
    _Network.is_open = request.node.get_closest_marker("live") is not None
    yield
    _Network.is_open = False


def _not_run(config: pytest.Config) -> list[tuple[str, str, str]]:
    """(what became of it, test, why) for every test that pytest counted as neither passed nor failed."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None:  # an xdist worker: its controller counts
        return []
    found = []
    for outcome in ("skipped", "xfailed"):
        for report in reporter.stats.get(outcome, []):
            why = (
                report.longrepr[2] if isinstance(report.longrepr, tuple) else getattr(report, "wasxfail", "")
            )
            found.append((outcome, report.nodeid, str(why)))
    return found


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    if IN_CI and _not_run(session.config) and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if not IN_CI:
        return
    for outcome, nodeid, why in _not_run(config):
        terminalreporter.write_line(
            f"in CI every test runs, but this one was {outcome}: {nodeid} ({why})", red=True
        )


@pytest.fixture
def interviewer(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> "Command":
    """The command, typed in a folder of its own."""
    from tests.commands import Command  # it takes a second to read, and few tests type it

    return Command(tmp_path, capsys, monkeypatch)
