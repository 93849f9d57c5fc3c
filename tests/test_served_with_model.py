"""A server with a model: the switch is heeded by what it says of itself, and what is forgotten stays forgotten."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from interviewer.assembly import Virtual, serving
from interviewer.hosting import Wanted
from interviewer.interview.events import SessionStarted
from interviewer.llm.replies import replies_of
from interviewer.models import OFF_FILE
from tests.builders import FIXTURES
from tests.scoring.served import Endpoint, served
from tests.serving import an_app, quick

SPOKEN = (FIXTURES / "candidates" / "url-shortener-strong.txt").read_text(encoding="utf-8").splitlines()


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    with served({}) as one:
        yield one


async def test_an_interview_that_begins_while_models_are_off_is_called_offline(
    endpoint: Endpoint, tmp_path: Path
) -> None:
    async with serving(quick(tmp_path, model="bench", model_url=endpoint.url), Virtual()) as server:
        await server.accounts.owner()

        async def called() -> str:
            id = await server.host.begin("local", Wanted("url-shortener"))
            started = (await server.log.read(id, limit=1))[0].event
            assert isinstance(started, SessionStarted)
            return started.interviewer

        assert await called() == "bench"
        (tmp_path / OFF_FILE).touch()
        assert await called() == server.chair.seated() == "offline"
        (tmp_path / OFF_FILE).unlink()
        assert await called() == "bench"


async def test_everybody_is_told_of_the_switch_where_they_sign_in(endpoint: Endpoint, tmp_path: Path) -> None:
    async with an_app(tmp_path, model="bench", model_url=endpoint.url) as app, app.client() as owner:
        assert (await owner.get("/v1/me")).json()["interviewer"] == "bench"
        (tmp_path / OFF_FILE).touch()
        assert (await owner.get("/v1/me")).json()["interviewer"] == "offline"


ENOUGH = 14
"""So many calls ask about evidence at the least."""


class Halting(Endpoint):
    """An endpoint that waits before its third answer about evidence until it may go on, and tells when that was `enough`."""

    def __init__(self) -> None:
        super().__init__()
        self.about_evidence = 0
        self.reached, self.go_on, self.enough = threading.Event(), threading.Event(), threading.Event()

    def answer(self, body: dict[str, object]) -> dict[str, object]:
        if "`items`" in json.dumps(body):
            self.about_evidence += 1
            if self.about_evidence == 3:
                self.reached.set()
                self.go_on.wait(60)
            if self.about_evidence == ENOUGH:
                self.enough.set()
        return super().answer(body)


async def test_an_interview_that_is_forgotten_while_its_card_is_made_leaves_no_replies(
    tmp_path: Path,
) -> None:
    with served({}, Halting()) as endpoint:
        assert isinstance(endpoint, Halting)
        async with an_app(tmp_path, model="bench", model_url=endpoint.url) as app, app.client() as owner:
            id = await app.service.host.begin("local", Wanted("url-shortener"))
            for text in SPOKEN[:6]:
                await app.service.host.hear(id, text, None)
            await app.service.host.end(id)
            work = asyncio.create_task(app.service.work())
            assert await asyncio.to_thread(endpoint.reached.wait, 60)
            assert replies_of(tmp_path, id).exists()
            assert (await owner.delete(f"/v1/sessions/{id}")).status_code == 204
            endpoint.go_on.set()
            assert await asyncio.to_thread(endpoint.enough.wait, 60)
            work.cancel()
            await asyncio.gather(work, return_exceptions=True)
        assert list((tmp_path / "replies").iterdir()) == []
