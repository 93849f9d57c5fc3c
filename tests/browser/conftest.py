"""The built pages, one Chromium for each test process, and servers for people to sign in to.

Everything here lives in one event loop for the whole run, since a browser does not move between loops; tests say
`pytestmark = IN_ONE_LOOP` for it.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright

from tests.browser.house import House, a_house
from tests.conftest import ROOT

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--disable-component-update",
    "--disable-background-networking",
)


def program() -> str | None:
    """The path of the browser that is used; None where there is none."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, PROGRAMS)), None)


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> None:
    """The pages as their sources are now; of many test processes one builds and the others wait for it."""
    shared = tmp_path_factory.getbasetemp().parent if "PYTEST_XDIST_WORKER" in os.environ else None
    with open((shared or tmp_path_factory.getbasetemp()) / "pages.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        made = subprocess.run(
            [sys.executable, "hatch_build.py"], cwd=ROOT, capture_output=True, text=True, check=False
        )
    assert made.returncode == 0, made.stderr


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def chromium(pages: None) -> AsyncIterator[Browser]:
    """One browser; each page of a test gets a profile of its own in it. CHROMIUM names another program."""
    found = program()
    if found is None:
        pytest.skip("no Chromium is found; let CHROMIUM name one")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=found, args=list(ARGUMENTS))
        yield browser
        await browser.close()


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def house(
    chromium: Browser, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> AsyncIterator[House]:
    """A server for the tests of a file. A file may set PACE, settings that differ from those under which nobody waits."""
    settings = getattr(request.module, "PACE", {})
    async with a_house(chromium, tmp_path_factory.mktemp("house"), **settings) as one:
        yield one
