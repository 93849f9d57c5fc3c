"""The command run in the test's own process, with a data folder of its own and no settings from outside."""

from __future__ import annotations

import io
import os
import sys
from dataclasses import dataclass
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
    """`interviewer`, as typed in the folder `here`."""

    here: Path
    capsys: pytest.CaptureFixture[str]
    monkeypatch: pytest.MonkeyPatch

    def __call__(self, *words: object, said: str = "") -> Told:
        """Run it with these words, and `said` on its standard input, which then ends."""
        with self.monkeypatch.context() as patch:
            for name in [name for name in os.environ if name.startswith("INTERVIEWER_")]:
                patch.delenv(name)
            patch.setenv("INTERVIEWER_DATA", str(self.here / "data"))
            patch.setenv("COLUMNS", "200")
            patch.chdir(self.here)
            patch.setattr(sys, "argv", ["interviewer", *map(str, words)])
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(said.encode())))
            code = _exit_code()
        out, err = self.capsys.readouterr()
        assert "Traceback" not in out + err
        return Told(code, out, err)


def _exit_code() -> int:
    try:
        main()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(bool(end.code))
    return 0
