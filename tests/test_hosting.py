"""What a host takes in, and what it refuses: everything is judged before it is stored, and stored before it is answered."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from interviewer.errors import BadInput, Closed, Conflict, MessageConflict, NotFound, NotNow
from interviewer.hosting import Wanted
from interviewer.interview.events import CandidateRated, Mode, SessionId, SessionStarted
from interviewer.interview.phases import Pace
from interviewer.interview.rubric import CandidateLevel
from interviewer.store.cache import WORKERS, bell_of
from tests.hosted import Hosted, hosted


@pytest.fixture
async def served(tmp_path: Path) -> AsyncIterator[Hosted]:
    async with hosted(tmp_path) as made:
        yield made


async def test_an_interview_begins_as_it_was_wanted(served: Hosted) -> None:
    wanted = Wanted("url-shortener", CandidateLevel.staff, Mode.mock, minutes=15, pace=Pace.typed, seed=7)
    first, second = await served.host.begin("local", wanted), await served.host.begin("local", wanted)
    started = [(await served.events(session))[0] for session in (first, second)]
    assert all(isinstance(one, SessionStarted) for one in started)
    begun = (await served.host.interview(first)).begun
    assert (begun.level, begun.mode, begun.seed, begun.minutes) == (CandidateLevel.staff, Mode.mock, 7, 15)
    assert sum(phase.budget_s for phase in begun.phases) == pytest.approx(15 * 60 * 1.5)
    assert begun.title and begun.interviewer == "offline"
    assert [(await served.host.interview(one)).begun.attempt for one in (first, second)] == [1, 2]
    row = await served.stores.index.row(first)
    assert row.owner == "local" and row.summary.title == begun.title


@pytest.mark.parametrize(
    ("wanted", "error"),
    [
        (Wanted("no-such-thing"), NotFound),
        (Wanted("url-shortener", plan="no-such-plan"), NotFound),
        (Wanted("url-shortener", plan="distributed"), BadInput),
        (Wanted("url-shortener", minutes=0), BadInput),
        (Wanted("url-shortener", minutes=float("nan")), BadInput),
        (Wanted("url-shortener", minutes=1e6), BadInput),
    ],
)
async def test_what_cannot_be_held_is_not_begun(
    wanted: Wanted, error: type[Exception], served: Hosted
) -> None:
    with pytest.raises(error):
        await served.host.begin("local", wanted)
    assert await served.stores.log.sessions() == []


@pytest.mark.parametrize("body", ["", "  \n\t", "a" * 16_385, "ä" * 8_193, "a\0b", "half \ud83d of one"])
async def test_what_is_no_message_is_not_stored(body: str, served: Hosted) -> None:
    session = await served.opened()
    before = await served.kinds(session)
    with pytest.raises(BadInput):
        await served.host.hear(session, body, "m1")
    assert await served.kinds(session) == before


async def test_the_longest_message_is_stored_as_it_came(served: Hosted) -> None:
    session = await served.opened()
    body = "ä" * 8_192
    heard = await served.host.hear(session, body, "m1")
    assert heard.stored.event.kind == "candidate_spoke" and heard.stored.event.text == body and not heard.dup


async def test_a_resend_is_acknowledged_whatever_happened_since(served: Hosted) -> None:
    session = await served.opened()
    first = await served.host.hear(session, "Who are the users?", "m1")
    await served.host.pause(session)
    again = await served.host.hear(session, "Who are the users?", "m1")
    assert again.dup and again.stored.seq == first.stored.seq
    with pytest.raises(NotNow):
        await served.host.hear(session, "And how many?", "m2")
    await served.host.end(session)
    assert (await served.host.hear(session, "Who are the users?", "m1")).dup
    with pytest.raises(Closed):
        await served.host.hear(session, "And how many?", "m2")
    with pytest.raises(MessageConflict):
        await served.host.hear(session, "Something else", "m1")


async def test_a_message_may_name_only_a_board_that_is_there(served: Hosted) -> None:
    session = await served.opened()
    with pytest.raises(BadInput):
        await served.host.hear(session, "See the board.", "m1", board_rev=1)
    assert await served.host.draw(session, '{"elements": []}', 0) == 1
    with pytest.raises(Conflict):
        await served.host.draw(session, '{"elements": []}', 0)
    assert not (await served.host.hear(session, "See the board.", "m1", board_rev=1)).dup


async def test_a_mock_gives_no_hint_and_no_pause(served: Hosted) -> None:
    session = await served.opened(mode="mock")
    before = await served.kinds(session)
    for act in (served.host.hint, served.host.pause, served.host.resume):
        with pytest.raises(NotNow):
            await act(session)
    assert await served.kinds(session) == before


async def test_what_is_done_twice_happens_once(served: Hosted) -> None:
    session = await served.opened()
    for act in (served.host.pause, served.host.resume, served.host.end):
        await act(session)
        await act(session)
    kinds = await served.kinds(session)
    once = ("session_paused", "session_resumed", "session_ended")
    assert [kinds.count(kind) for kind in once] == [1, 1, 1]


async def test_after_the_end_nothing_is_begun_any_more(served: Hosted) -> None:
    session = await served.opened()
    with pytest.raises(NotNow):
        await served.host.rate(session, CandidateRated(best="the data"))
    await served.host.end(session)
    for act in (served.host.hint, served.host.pause, served.host.resume):
        with pytest.raises(Closed):
            await act(session)
    with pytest.raises(Closed):
        await served.host.wish(session, "next")
    with pytest.raises(Closed):
        await served.host.draw(session, '{"elements": []}', 0)
    await served.host.rate(session, CandidateRated(best="the data"))
    await served.worker.settled()
    interview = await served.host.rate(session, CandidateRated(best="the numbers"))
    assert interview.rated and interview.rated.best == "the numbers" and interview.card_ready


async def test_who_goes_on_typing_is_not_interrupted(served: Hosted) -> None:
    session = await served.opened()
    await served.host.hear(session, "Three things.", "m1")
    await served.host.sign(session, "typing", True)
    due = await served.stores.turns.next_due_s()
    assert due is not None and 1.5 < due <= 2.5
    await served.host.sign(session, "hold", True)
    due = await served.stores.turns.next_due_s()
    assert due is not None and 50 < due <= 60
    await served.host.sign(session, "hold", False)
    await served.worker.settled()
    assert not (await served.host.interview(session)).waiting


async def test_every_act_rings_for_the_room_and_the_workers(served: Hosted) -> None:
    session = await served.opened()
    acts = {
        "hear": lambda: served.host.hear(session, "Who are the users?", "m1"),
        "draw": lambda: served.host.draw(session, '{"elements": []}', 0),
        "hint": lambda: served.host.hint(session),
        "wish": lambda: served.host.wish(session, "next"),
        "pause": lambda: served.host.pause(session),
        "resume": lambda: served.host.resume(session),
        "end": lambda: served.host.end(session),
        "rate": lambda: served.host.rate(session, CandidateRated()),
        "forget": lambda: served.host.forget(session),
    }
    cache = served.stores.cache
    async with cache.listening(bell_of(session)) as room, cache.listening(WORKERS) as workers:
        for name, act in acts.items():
            await act()
            assert await room.wait(0) and await workers.wait(0), name


async def test_the_interview_is_the_one_of_the_log_however_it_was_folded(served: Hosted) -> None:
    session = await served.opened()
    for number in range(4):
        await served.say(session, f"I'd keep {number} copies. Who are the users?")
        await served.worker.settled()
        pieces = await served.host.interview(session)
        await served.stores.cache.drop(session)
        assert await served.host.interview(session) == pieces


async def test_what_was_forgotten_is_not_there_any_more(served: Hosted) -> None:
    session = await served.opened()
    await served.host.hear(session, "Who are the users?", "m1")
    await served.stores.log.forget(session)
    for act in (served.host.interview, served.host.end, served.host.stop, served.host.hint):
        with pytest.raises(NotFound):
            await act(session)
    with pytest.raises(NotFound):
        await served.host.hear(SessionId("never was"), "Hello?", "m1")
    await served.worker.settled()
    assert await served.stores.log.read(session) == []


async def test_messages_from_two_tabs_at_once_are_all_kept(served: Hosted) -> None:
    session = await served.opened()
    texts = [f"Who are the users, {number}?" for number in range(12)]
    await asyncio.gather(*(served.host.hear(session, text, text) for text in texts))
    said = [
        turn.text for turn in (await served.host.interview(session)).transcript if turn.role == "candidate"
    ]
    assert sorted(said) == sorted(texts)
