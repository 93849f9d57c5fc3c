"""What is chosen together fits together: an interview held at a terminal is finished for a server as well."""

from __future__ import annotations

from pathlib import Path

from interviewer.assembly import Service, Virtual, service, serving
from interviewer.interview.events import ScorecardIssued, SessionId
from interviewer.judges import judge
from interviewer.session import Session
from tests.builders import settings_of
from tests.serving import quick


async def over(opened: Service) -> Session:
    """An interview at a terminal that is over and has no card yet."""
    session = opened.session("url-shortener")
    await session.start(SessionId("held-here"), settings_of())
    await session.hear("How many links are made in a day?")
    await session.end()
    return session


async def test_an_interview_at_a_terminal_is_finished_for_the_web_as_well(tmp_path: Path) -> None:
    clock = Virtual()
    async with service(quick(tmp_path), clock) as opened:
        session = await over(opened)
        await opened.card_of(session)
    async with serving(quick(tmp_path), clock) as served:
        assert (await served.index.row(session.id)).summary.scorecard == "ready"
        assert (await served.host.interview(session.id)).card_ready


async def test_a_card_is_issued_and_told_of_once_at_a_terminal(tmp_path: Path) -> None:
    async with service(quick(tmp_path), Virtual()) as opened:
        session = await over(opened)
        assert await opened.card_of(session) == await opened.card_of(session)
        kinds = [stored.event.kind for stored in await opened.log.read(session.id)]
    assert kinds.count("scorecard_issued") == kinds.count("scorecard_ready") == 1


async def test_a_card_that_an_older_terminal_issued_is_told_of_when_it_is_shown(tmp_path: Path) -> None:
    async with service(quick(tmp_path), Virtual()) as opened:
        session = await over(opened)
        card = await judge(session.interview.as_transcript(), opened.shelf)
        await session.note(ScorecardIssued(card=card.to_json()))
        assert await opened.card_of(session) == card
        assert session.interview.card_ready
