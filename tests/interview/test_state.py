"""The fold: an interview is what its events make it, in one piece or in many."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from interviewer.interview.events import (
    CandidateSpoke,
    SessionPaused,
    SessionResumed,
    Stored,
    read_event,
)
from interviewer.interview.state import Interview, fold, happened, reading_s
from tests.builders import BEGIN, a_session, an_opened_interview, script


async def _recorded(
    scenario: str = "url-shortener", name: str = "url-shortener-strong"
) -> tuple[list[Stored], Interview]:
    held = await a_session(scenario)
    await held.say(*script(name))
    return await held.events(), held.session.interview


async def test_folding_whole_gives_the_state_that_was_served() -> None:
    events, served = await _recorded()
    assert fold(events) == served


async def test_folding_in_any_two_pieces_equals_folding_whole() -> None:
    events, _ = await _recorded()
    whole = fold(events)
    for cut in range(len(events) + 1):
        assert fold(events[cut:], fold(events[:cut])) == whole


async def test_every_event_survives_being_stored() -> None:
    events, _ = await _recorded()
    for stored in events:
        assert read_event(stored.event.model_dump_json()) == stored.event


async def test_a_turn_costs_what_it_took_and_neither_reading_nor_our_thinking() -> None:
    held = await a_session(pace_s=120)
    brief = held.session.interview.transcript[0].text
    held.clock.advance(reading_s(brief) + 120)
    await held.session.hear("Who are the users?")
    held.clock.advance(0)
    assert abs(held.session.interview.spent_s - 120) < 0.01


async def test_a_pause_stops_the_clock_and_a_stopped_terminal_does_too() -> None:
    held = await a_session()
    await held.say("Who are the users?")
    spent = held.session.interview.spent_s
    await held.session.pause()
    held.clock.advance(3600)
    await held.session.resume()
    assert held.session.interview.elapsed_s(held.clock()) == spent
    held.clock.advance(50_000)  # the terminal is closed without a pause, and opened again the next day
    reopened = await a_session(log=held.log, id="another")
    await reopened.session.reopen(held.session.id)
    assert reopened.session.interview.elapsed_s(held.clock()) <= spent + 1


def test_the_time_since_a_candidate_left_is_not_theirs() -> None:
    interview = happened(an_opened_interview(), CandidateSpoke(text="words"), BEGIN)
    left, noticed = BEGIN + timedelta(seconds=40), BEGIN + timedelta(seconds=100)
    spent = interview.elapsed_s(left)
    stopped = happened(interview, SessionPaused(why="gone", since=left), noticed)
    assert stopped.paused and stopped.gone and stopped.elapsed_s(noticed) == spent
    back = happened(stopped, SessionResumed(), noticed + timedelta(hours=1))
    assert not back.gone and not back.paused
    assert back.elapsed_s(noticed + timedelta(hours=1, seconds=5)) == spent + 5


async def test_turns_carry_the_phase_they_were_said_in() -> None:
    _, interview = await _recorded()
    phases = [turn.phase for turn in interview.transcript]
    order = [phase.id for phase in interview.begun.phases]
    assert [order.index(phase) for phase in phases] == sorted(order.index(phase) for phase in phases)  # type: ignore[arg-type]
    assert len(set(phases)) >= 3


@given(st.lists(st.integers(min_value=0, max_value=600), min_size=1, max_size=20))
def test_elapsed_time_never_runs_backwards(gaps: list[int]) -> None:
    interview, at, before = an_opened_interview(), BEGIN, 0.0
    for gap in gaps:
        at += timedelta(seconds=gap)
        interview = happened(interview, CandidateSpoke(text="words"), at)
        assert interview.elapsed_s(at) >= before
        before = interview.elapsed_s(at)


async def test_silence_is_the_candidates_time_and_an_interview_of_silence_ends() -> None:
    held = await a_session()
    await held.say("Who are the users?")
    before = held.session.interview.elapsed_s(held.clock())
    for _ in range(30):
        if held.session.interview.ended:
            break
        held.clock.advance(300)
        await held.session.silence()
        assert held.session.interview.elapsed_s(held.clock()) >= before
        before = held.session.interview.elapsed_s(held.clock())
    assert held.session.interview.ended
