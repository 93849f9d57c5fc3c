"""A moment taken up again: the same question, all that was said before it, and a short interview from there."""

from __future__ import annotations

import pytest

from interviewer.coach.comparing import question_before, taken_up_again
from interviewer.coach.retry import MINUTES, forked
from interviewer.coach.review import issued_card
from interviewer.errors import BadInput, NotNow
from interviewer.interview.events import InterviewerSpoke, Mode, SessionId
from interviewer.interview.state import Interview, fold, reading_s
from interviewer.judges import judge
from interviewer.session import Session
from interviewer.store.log import MemoryLog
from tests.builders import Clock, a_pack, a_shelf, script, voices
from tests.coach.finished import a_finished_log

STRONG = "url-shortener-strong"


async def a_retry(turn: int) -> tuple[Session, Clock]:
    """A retry of that turn of the finished interview, opened again from its copied log."""
    clock = Clock()
    log = MemoryLog(clock)
    await log.append(SessionId("again"), 0, forked(a_finished_log(STRONG), turn, "again"))
    session = Session(log, a_pack(), voices(), clock)
    await session.reopen(SessionId("again"))
    return session, clock


def first() -> Interview:
    return fold(a_finished_log(STRONG))


def answers() -> list[int]:
    """Every candidate turn that answers the interviewer."""
    return [turn.n for turn in first().transcript if turn.role == "candidate"]


async def test_a_retry_begins_with_the_same_question_and_all_that_was_said_before() -> None:
    turn = answers()[3]
    session, _ = await a_retry(turn)
    now, then = session.interview, first()
    question = question_before(then.transcript, turn)
    assert [(one.role, one.text) for one in now.transcript] == [
        (one.role, one.text) for one in then.transcript[:question]
    ]
    assert now.moves[-1].move == then.moves[len(now.moves) - 1].move
    assert now.given == tuple(given for given in then.given if given.turn <= question)
    assert not now.unanswered and now.ended is None


async def test_a_retry_is_a_short_practice_that_says_what_it_takes_up() -> None:
    turn = answers()[4]
    session, _ = await a_retry(turn)
    begun = session.interview.begun
    assert (begun.mode, begun.minutes, begun.attempt) == (Mode.practice, MINUTES, 2)
    assert begun.retry_of is not None and (begun.retry_of.session, begun.retry_of.turn) == ("first", turn)
    past = session.interview.phase_index
    assert sum(phase.budget_s for phase in begun.phases[past:]) == pytest.approx(600)
    assert all(phase.budget_s == 1 for phase in begun.phases[:past])
    assert session.interview.spent_s == 0


@pytest.mark.parametrize("place", [0, 2, 5, -2])
async def test_the_interviewer_goes_on_sensibly_from_any_moment_and_comes_to_an_end(place: int) -> None:
    turn = answers()[place]
    session, clock = await a_retry(turn)
    said = script(STRONG)[answers().index(turn) :] + ["That is all I have on it."] * 12
    begun = len(session.interview.transcript)
    for text in said:
        if session.interview.ended:
            break
        last = session.interview.transcript[-1]
        clock.advance(75 + reading_s(last.text))
        await session.hear(text)
    ours = [one.text for one in session.interview.transcript[begun:] if one.role == "interviewer"]
    assert session.interview.ended is not None
    assert len(ours) >= 2
    before = {one.text for one in session.interview.transcript[:begun] if one.role == "interviewer"}
    assert not [text for text in ours if text in before and len(text.split()) > 6]
    assert session.interview.spent_s <= 20 * 60


async def test_two_turns_have_two_names_in_a_retry_of_a_retry() -> None:
    session, clock = await a_retry(answers()[2])
    clock.advance(60)
    await session.hear(script(STRONG)[2])
    await session.end()
    events = await session._log.read(SessionId("again"))
    turn = [one.n for one in session.interview.transcript if one.role == "candidate"][-1]
    names = [one.turn for one in forked(events, turn, "third") if isinstance(one, InterviewerSpoke)]
    assert len(set(names)) == len(names)
    assert all(name.startswith("third:") for name in names)


async def test_both_answers_stand_side_by_side_with_what_the_second_shows() -> None:
    turn = answers()[3]
    session, clock = await a_retry(turn)
    clock.advance(60)
    whole = script(STRONG)[answers().index(turn)]
    await session.hear("I would have to think about that, to be honest with you.")
    await session.end()
    events = a_finished_log(STRONG)
    issued = issued_card(events)
    assert issued is not None
    card = await judge(session.interview.as_transcript(), a_shelf())
    again = taken_up_again(turn, first().transcript, issued, session.interview.transcript, card)
    assert again.question == first().transcript[question_before(first().transcript, turn) - 1].text
    assert (again.before, again.after) == (whole, "I would have to think about that, to be honest with you.")
    assert again.gained == ()


def test_only_an_answer_of_a_finished_interview_can_be_taken_up() -> None:
    events = a_finished_log(STRONG)
    with pytest.raises(BadInput, match="There are: 2, 4"):
        forked(events, 1, "again")
    with pytest.raises(BadInput):
        forked(events, 999, "again")
    with pytest.raises(NotNow):
        forked(events[:8], 2, "again")
