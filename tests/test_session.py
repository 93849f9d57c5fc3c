"""A session shared by two processes: words are stored first, whoever else writes, and answered once."""

from __future__ import annotations

from interviewer.interview.events import CandidateAsked, SessionEnded
from interviewer.session import Session
from tests.builders import Held, a_pack, a_session, voices


async def _twice() -> tuple[Held, Session]:
    """An interview open in two terminals; the second has read the log up to now."""
    held = await a_session("url-shortener")
    other = Session(held.log, a_pack("url-shortener"), voices(), held.clock)
    await other.reopen(held.session.id)
    return held, other


async def test_what_is_said_in_a_second_terminal_is_never_lost() -> None:
    held, other = await _twice()
    await other.hear("Who are the users?", cmid="other")
    await held.session.hear("And how many links a month?", cmid="first")
    said = [stored.event.text for stored in await held.events() if stored.event.kind == "candidate_spoke"]
    assert said == ["Who are the users?", "And how many links a month?"]
    assert held.session.interview.unanswered == 0


async def test_a_session_that_somebody_else_has_ended_is_answered_no_more() -> None:
    held, other = await _twice()
    await other.note(SessionEnded(why="candidate"))
    events = await held.session.silence()
    assert not any(stored.event.kind == "interviewer_spoke" for stored in events)
    assert held.session.interview.ended


async def test_a_wish_for_the_next_phase_in_the_last_one_closes() -> None:
    held = await a_session("url-shortener")
    for _ in range(8):
        held.clock.advance(60)
        await held.session.wish(CandidateAsked(wish="next"))
    assert held.moves[-1] == "close"


async def test_reopening_folds_the_same_interview() -> None:
    held, other = await _twice()
    await other.hear("Who are the users?")
    third = Session(held.log, a_pack("url-shortener"), voices(), held.clock)
    await third.reopen(held.session.id)
    assert third.interview.transcript == other.interview.transcript
