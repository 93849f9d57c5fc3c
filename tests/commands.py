"""The command run in the test's own process, with a data folder of its own and no settings from outside."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from interviewer.cli import main


@dataclass(frozen=True)
class Told:
    """What a command gave back."""

    code: int
    out: str
    err: str


@dataclass(frozen=True)
class Command:
    """`interviewer`, as typed in the folder `here` under these settings."""

    here: Path
    capsys: pytest.CaptureFixture[str]
    monkeypatch: pytest.MonkeyPatch
    settings: Mapping[str, str] = field(default_factory=dict)

    def __call__(self, *words: object, said: str = "") -> Told:
        """Run it with these words, and `said` on its standard input, which then ends."""
        with self.monkeypatch.context() as patch:
            code = _typed(patch, self.here, words, said, self.settings)
        return _told(code, *self.capsys.readouterr())


def typed(here: Path, *words: object, said: str = "", **settings: str) -> Told:
    """`interviewer`, typed once in the folder `here` under these settings; for what no `capsys` goes along with: fixtures
    of several tests, and a thread beside a server."""
    with (
        pytest.MonkeyPatch.context() as patch,
        redirect_stdout(io.StringIO()) as out,
        redirect_stderr(io.StringIO()) as err,
    ):
        code = _typed(patch, here, words, said, settings)
    return _told(code, out.getvalue(), err.getvalue())


def _typed(
    patch: pytest.MonkeyPatch, here: Path, words: tuple[object, ...], said: str, settings: Mapping[str, str]
) -> int:
    for name in [name for name in os.environ if name.startswith("INTERVIEWER_")]:
        patch.delenv(name)
    patch.setenv("INTERVIEWER_DATA", str(here / "data"))
    patch.setenv("COLUMNS", "200")
    for name, value in settings.items():
        patch.setenv(f"INTERVIEWER_{name.upper()}", value)
    patch.chdir(here)
    patch.setattr(sys, "argv", ["interviewer", *map(str, words)])
    patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(said.encode())))
    return _exit_code()


def _told(code: int, out: str, err: str) -> Told:
    assert "Traceback" not in out + err
    return Told(code, out, err)


def _exit_code() -> int:
    try:
        main()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(bool(end.code))
    return 0
