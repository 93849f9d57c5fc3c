"""The locks of the web's packages hold on every machine and name no place to fetch from."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

SYSTEMS = (
    "darwin-arm64",
    "darwin-x64",
    "win32-x64-msvc",
    "linux-x64-gnu",
    "linux-arm64-gnu",
    "linux-x64-musl",
)
NATIVE = ("@tailwindcss/oxide", "@rolldown/binding", "lightningcss")


@pytest.fixture(params=["web", "web/tools"])
def folder(request: pytest.FixtureRequest, paths) -> Path:
    return paths.root / request.param


def lock_of(folder: Path) -> dict[str, Any]:
    return json.loads((folder / "package-lock.json").read_text())


def test_what_is_asked_for_is_pinned_and_locked_as_it_is_asked_for(folder: Path) -> None:
    asked = json.loads((folder / "package.json").read_text())
    for kind in ("dependencies", "devDependencies"):
        wanted = asked.get(kind, {})
        assert all(version[0].isdigit() for version in wanted.values()), "a range is not a pin"
        assert lock_of(folder)["packages"][""].get(kind, {}) == wanted


def test_the_lock_names_no_registry_and_checks_every_package(folder: Path) -> None:
    packages = {name: one for name, one in lock_of(folder)["packages"].items() if name}
    assert [name for name, one in packages.items() if "resolved" in one] == []
    assert [
        name for name, one in packages.items() if "integrity" not in one and not one.get("inBundle")
    ] == []
    assert "omit-lockfile-registry-resolved=true" in (folder / ".npmrc").read_text()
    assert "registry=" not in (folder / ".npmrc").read_text()


def test_the_lock_serves_every_system(paths) -> None:
    names = set(lock_of(paths.root / "web")["packages"])
    for package in NATIVE:
        missing = [system for system in SYSTEMS if f"node_modules/{package}-{system}" not in names]
        assert missing == [], package
