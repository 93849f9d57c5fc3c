"""The card of an interview at this machine, where pages write into the same interview while it is being made."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from rich.console import Console

from interviewer.assembly import Service, Virtual, service
from interviewer.card_here import card_here, hand_over
from interviewer.errors import NotFound
from interviewer.interview.events import CandidateRated, SessionId
from interviewer.llm.replies import replies_of
from interviewer.session import Session
from interviewer.settings import Settings
from tests.builders import settings_of
from tests.llm.endpoint import dead_url
from tests.serving import quick

ID = SessionId("held-here")


def with_a_model(data: Path) -> Settings:
    """A model is set up; too little is said in these interviews for anybody to ask it."""
    return quick(data, model="bench", model_url=dead_url())


async def over(opened: Service) -> Session:
    session = opened.session("url-shortener")
    await session.start(ID, settings_of())
    await session.hear("How many links are made in a day?")
    await session.end()
    return session


async def test_what_a_page_wrote_meanwhile_stands_before_the_card(tmp_path: Path) -> None:
    settings = with_a_model(tmp_path)
    async with service(settings, Virtual(), in_memory=True) as opened:
        session = await over(opened)
        await opened.log.append(ID, session.interview.head, (CandidateRated(best="the sums"),))
        card = await card_here(session, opened, settings, Console(file=io.StringIO()))
        kinds = [stored.event.kind for stored in await opened.log.read(ID)]
    assert kinds[-3:] == ["candidate_rated", "scorecard_issued", "scorecard_ready"]
    assert card.session == ID


async def test_what_they_thought_beforehand_stands_on_the_card_that_is_handed_over(tmp_path: Path) -> None:
    settings = with_a_model(tmp_path)
    shown = io.StringIO()
    async with service(settings, Virtual(), in_memory=True) as opened:
        session = await over(opened)
        console = Console(file=shown, width=200)
        card = await card_here(session, opened, settings, console)
        rated = CandidateRated(best="the sums", level="senior")
        hand_over(card, session.id, tmp_path, console, "markdown", piped=False, rated=rated)
    page = (tmp_path / "cards" / f"{ID}.html").read_text(encoding="utf-8")
    for text in (shown.getvalue(), page):
        assert "What you thought, before the card" in text and "“the sums”" in text


async def test_a_card_that_is_there_by_now_is_the_card(tmp_path: Path) -> None:
    settings = with_a_model(tmp_path)
    async with service(settings, Virtual(), in_memory=True) as opened:
        session, other = await over(opened), opened.session("url-shortener")
        await other.reopen(ID)
        first = await opened.card_of(other)
        assert await card_here(session, opened, settings, Console(file=io.StringIO())) == first
        kinds = [stored.event.kind for stored in await opened.log.read(ID)]
    assert kinds.count("scorecard_issued") == 1


async def test_an_interview_that_was_forgotten_gets_no_card_and_leaves_nothing(tmp_path: Path) -> None:
    settings = with_a_model(tmp_path)
    async with service(settings, Virtual(), in_memory=True) as opened:
        session = await over(opened)
        await opened.log.forget(ID)
        with pytest.raises(NotFound, match="forgotten"):
            await card_here(session, opened, settings, Console(file=io.StringIO()))
        assert await opened.log.read(ID) == []
    assert not replies_of(tmp_path, ID).exists()
