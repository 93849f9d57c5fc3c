"""Which package a provider of LangChain's wants, and the command that installs it where this program runs."""

from __future__ import annotations

import re
import sys
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

_PACKAGE = re.compile(r"langchain[-_][a-z0-9][a-z0-9_-]*")


def install_command(provider: str, told: str, here: Path) -> str:
    """The command, typed in the folder `here`. `told` is the import error, which names the package of rarer providers."""
    extra = provider.replace("_", "-")
    if extra in _extras():
        wanted = f"'interviewer[{extra}]'"
    else:
        found = _PACKAGE.search(told)
        wanted = found[0].replace("_", "-") if found else f"langchain-{extra}"
    venv = Path(sys.prefix)
    if venv.parent == here and (venv / "bin" / "pip").exists():
        return f"{venv.name}/bin/pip install {wanted}"
    return f"{sys.executable} -m pip install {wanted}"


def _extras() -> frozenset[str]:
    """What may stand in brackets behind our own name."""
    try:
        return frozenset(metadata("interviewer").get_all("Provides-Extra") or ())
    except PackageNotFoundError:
        return frozenset()
