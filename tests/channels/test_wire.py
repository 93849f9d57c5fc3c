"""What the candidate's wire carries: one public form for each public event, and a room folded from them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from interviewer.channels.publishing import public, publish, state_of
from interviewer.channels.room import Room, view
from interviewer.channels.wire import EVENT_FRAMES, Ev
from interviewer.interview.diagram import Box, Graph, Link, Oddity
from interviewer.interview.events import (
    BoardRead,
    CandidateAsked,
    CandidateCorrected,
    CandidateDrew,
    CandidateRated,
    CandidateSpoke,
    Event,
    HintGiven,
    InterviewerChunk,
    InterviewerSpoke,
    PhaseEntered,
    ScorecardReady,
    SessionEnded,
    SessionId,
    SessionPaused,
    SessionResumed,
    SessionStarted,
    Stored,
    Stream,
    TurnFailed,
    TurnRestarted,
    TurnStarted,
)
from interviewer.interview.state import Interview, fold
from interviewer.store.log import MemoryLog
from tests.builders import FIXTURES, Clock, a_session, script, settings_of

ROOMS = FIXTURES / "rooms"


async def a_recorded_interview(name: str = "url-shortener-strong") -> list[Stored]:
    held = await a_session(name.rsplit("-", 1)[0])
    await held.say(*script(name))
    await held.session.end()
    return await held.events()


async def a_log_of(*events: Event) -> list[Stored]:
    clock = Clock()
    log = MemoryLog(clock)
    kept: list[Stored] = []
    for event in events:
        clock.advance(20)
        kept += await log.append(SessionId("s1"), len(kept), (event,))
    return kept


def frames_of(events: Sequence[Stored], onto: Interview | None = None) -> tuple[Ev, ...]:
    return publish(events, onto or Interview())[0]


def a_turn(name: str, text: str, attempt: int = 1, **more: Any) -> InterviewerSpoke:
    return InterviewerSpoke(turn=name, text=text, attempt=attempt, **more)


def an_interrupted_interview() -> tuple[Event, ...]:
    """A restart, a message in the midst of an answer, a correction, a board and a failed turn."""
    graph = Graph(
        boxes=(Box(id="a", label="Cache", role="cache"), Box(id="b", label="")),
        links=(Link(source="a", target="", bound=False),),
        oddities=(Oddity(kind="loose_arrow", box="a"), Oddity(kind="unlabelled", box="b")),
    )
    return (
        settings_of(),
        TurnStarted(turn="s1:1"),
        InterviewerChunk(turn="s1:1", i=0, text="Hello."),
        TurnRestarted(turn="s1:1", attempt=2),
        InterviewerChunk(turn="s1:1", attempt=2, i=0, text="Good morning."),
        InterviewerChunk(turn="s1:1", attempt=1, i=1, text="Too late."),
        a_turn("s1:1", "Good morning. Shorten links.", attempt=2, covers=0),
        CandidateSpoke(text="Who are the users?", cmid="cmid-0001"),
        TurnStarted(turn="s1:9"),
        InterviewerChunk(turn="s1:9", i=0, text="People who share links."),
        CandidateSpoke(text="And how many?", cmid="cmid-0002", board_rev=1),
        a_turn("s1:9", "People who share links.", covers=2, cut_off=True),
        CandidateDrew(rev=1),
        BoardRead(rev=1, graph=graph),
        CandidateCorrected(of_turn=3, text="And how many a day?"),
        TurnStarted(turn="s1:16"),
        TurnFailed(turn="s1:16", reason_code="internal"),
        TurnStarted(turn="s1:18"),
        a_turn("s1:18", "A hundred million.", hints_left=3, stood_in=True),
        CandidateSpoke(text="Then it ends here.", cmid="cmid-0003"),
        TurnStarted(turn="s1:20"),
        SessionEnded(why="candidate"),
    )


FORMS: dict[type, tuple[str, dict[str, Any]]] = {
    SessionStarted: ("session.state", settings_of().model_dump()),
    PhaseEntered: ("session.state", {"phase": "scope", "why": "time"}),
    CandidateSpoke: ("candidate.message", {"text": "Who uses it?"}),
    CandidateCorrected: ("correction", {"of_turn": 1, "text": "Who would use it?"}),
    CandidateDrew: ("board.saved", {"rev": 1}),
    BoardRead: ("board.read", {"rev": 1, "graph": Graph()}),
    CandidateAsked: ("session.state", {"wish": "hint"}),
    TurnStarted: ("turn.started", {"turn": "s1:1"}),
    InterviewerChunk: ("agent.chunk", {"turn": "s1:1", "i": 0, "text": "Hello."}),
    TurnRestarted: ("turn.restarted", {"turn": "s1:1", "attempt": 2}),
    InterviewerSpoke: ("agent.final", {"turn": "s1:1", "text": "Hello."}),
    TurnFailed: ("turn.failed", {"turn": "s1:1", "reason_code": "internal"}),
    HintGiven: ("hint.given", {"topic": "t", "rung": 1, "left": 2}),
    SessionPaused: ("session.state", {}),
    SessionResumed: ("session.state", {}),
    SessionEnded: ("session.state", {"why": "time"}),
    CandidateRated: ("session.state", {}),
    ScorecardReady: ("session.state", {}),
}
"""The public form of every public kind of event, with what such an event needs to hold."""


@pytest.mark.parametrize("kind", get_args(get_args(Event)[0]), ids=lambda kind: kind.__name__)
async def test_every_public_kind_has_the_form_chosen_for_it_and_no_internal_one_has_any(kind) -> None:
    log = await a_log_of(settings_of())
    before = log[-1]
    if kind.stream is Stream.internal:
        hidden = before.model_copy(update={"event": kind.model_construct()})
        with pytest.raises(ValueError):
            public(hidden, fold(log))
        return
    form, holds = FORMS[kind]
    stands = before.model_copy(update={"event": kind(**holds)})
    assert public(stands, fold(log)).kind == form


async def test_a_kind_that_nobody_chose_a_form_for_is_not_let_out() -> None:
    class Whispered(BaseModel):
        kind: str = "whispered"

    log = await a_log_of(settings_of())
    strange = log[-1].model_copy(update={"event": Whispered()})
    with pytest.raises(AssertionError):
        public(strange, fold(log))


async def test_numbers_on_the_wire_have_no_hole() -> None:
    frames = frames_of(await a_recorded_interview())
    assert [frame.seq for frame in frames] == list(range(1, len(frames) + 1))


async def test_nothing_public_depends_on_the_internal_stream() -> None:
    events = await a_recorded_interview("ride-sharing-weak")
    alone = [stored for stored in events if stored.stream is Stream.public]
    assert frames_of(alone) == frames_of(events)


async def test_frames_are_the_same_wherever_a_reader_begins() -> None:
    events = await a_recorded_interview("twitter-feed-stuck")
    whole, _ = publish(events, Interview())
    for cut in range(0, len(events), 7):
        first, so_far = publish(events[:cut], Interview())
        rest, _ = publish(events[cut:], so_far)
        assert first + rest == whole


async def test_a_room_folded_in_two_pieces_equals_one_folded_whole() -> None:
    frames = frames_of(await a_log_of(*an_interrupted_interview()))
    whole = view(frames)
    for cut in range(len(frames) + 1):
        assert view(frames[cut:], view(frames[:cut])) == whole


async def test_frames_that_come_again_change_nothing() -> None:
    frames = frames_of(await a_log_of(*an_interrupted_interview()))
    assert view((*frames, *frames)) == view(frames)


async def test_what_a_turn_begun_anew_had_said_before_is_gone() -> None:
    frames = frames_of(await a_log_of(*an_interrupted_interview()))
    assert view(frames[:3]).turns[-1].text == "Hello."
    assert view(frames[:4]).turns[-1].text == ""
    assert view(frames[:6]).turns[-1].text == "Good morning."


async def test_a_message_during_an_answer_waits_for_the_next_one() -> None:
    interview = fold((await a_log_of(*an_interrupted_interview()))[:12])
    assert [turn.text for turn in interview.waiting] == ["And how many?"]


async def test_lines_are_numbered_as_the_transcript_numbers_them() -> None:
    events = await a_log_of(*an_interrupted_interview())
    room = view(frames_of(events))
    numbered = {turn.n: turn.text for turn in room.turns if turn.n is not None}
    assert numbered == {turn.n: turn.text for turn in fold(events).transcript}


async def test_a_failed_turn_and_a_correction_are_shown() -> None:
    room = view(frames_of(await a_log_of(*an_interrupted_interview())))
    assert [turn.state for turn in room.turns].count("failed") == 1
    assert [turn.corrections for turn in room.turns if turn.corrections] == [("And how many a day?",)]


async def test_what_was_begun_to_be_thought_about_at_the_end_is_not_waited_for() -> None:
    room = view(frames_of(await a_log_of(*an_interrupted_interview())))
    assert not [turn for turn in room.turns if turn.state == "speaking"]


async def test_the_clock_stands_while_nobody_is_being_asked() -> None:
    held = await a_session()
    state = state_of(held.session.interview, held.clock())
    assert state.running and state.ends_at > state.now
    held.clock.advance(60)
    assert state_of(held.session.interview, held.clock()).ends_at - state.ends_at < held.clock() - state.now
    await held.session.pause()
    paused = state_of(held.session.interview, held.clock())
    held.clock.advance(600)
    later = state_of(held.session.interview, held.clock())
    assert not paused.running and later.ends_at - later.now == paused.ends_at - paused.now


async def test_a_candidate_never_reads_a_move_a_reason_or_a_level() -> None:
    events = await a_recorded_interview()
    text = json.dumps([frame.model_dump(mode="json") for frame in frames_of(events)])
    for secret in ("move_chosen", "reasons", "runners_up", "guarded", "receipt", "turn_heard", "claims"):
        assert secret not in text


@pytest.mark.parametrize("name", ["interrupted", "stuck"])
async def test_recorded_rooms_are_those_that_the_browser_is_tested_with(name: str) -> None:
    events = (
        await a_log_of(*an_interrupted_interview())
        if name == "interrupted"
        else await a_recorded_interview("url-shortener-stuck")
    )
    frames = frames_of(events)
    recorded = {
        "frames": [EVENT_FRAMES.dump_python(frame, mode="json", by_alias=True) for frame in frames],
        "rooms": {
            str(count): view(frames[:count]).model_dump(mode="json", by_alias=True)
            for count in (1, len(frames) // 3, len(frames) // 2, len(frames))
        },
    }
    file = ROOMS / f"{name}.json"
    if not file.exists():
        file.write_text(json.dumps(recorded, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    assert json.loads(file.read_text(encoding="utf-8")) == json.loads(json.dumps(recorded)), (
        f"{file.name} is stale: delete it and run this test once more"
    )
    assert view(()) == Room()
