"""What a worker makes of its jobs: the same interview as at a terminal, one answer to what belongs together, and no loss."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from interviewer.channels.publishing import publish
from interviewer.channels.room import view
from interviewer.dialogue.director import Choice
from interviewer.dialogue.listener import Listener
from interviewer.dialogue.speaker import Speaker, Spoken
from interviewer.errors import ModelBusy
from interviewer.hosting import Wanted
from interviewer.interview.events import (
    CandidateRated,
    CandidateSpoke,
    InterviewerChunk,
    InterviewerSpoke,
    ScorecardIssued,
    SessionId,
    SessionStarted,
    Stream,
    TurnFailed,
    TurnRestarted,
    TurnStarted,
)
from interviewer.interview.heard import FactAsked, Heard
from interviewer.interview.ledger import Turn
from interviewer.interview.moves import Close, Hint, Nudge
from interviewer.interview.pack import Pack
from interviewer.interview.phases import Pace
from interviewer.interview.scorecard import Scorecard
from interviewer.interview.standing import Standing
from interviewer.interview.state import Interview
from interviewer.jobs import MOST_CLAIMS, Worker
from interviewer.store.cache import bell_of
from interviewer.store.turns import JobKind, Next
from tests.builders import a_session, a_shelf, script, voices
from tests.hosted import AT_ONCE, Hosted, hosted, scored


@pytest.fixture
async def served(tmp_path: Path) -> AsyncIterator[Hosted]:
    async with hosted(tmp_path) as made:
        yield made


@pytest.mark.parametrize(
    ("scenario", "person"),
    [("url-shortener", "strong"), ("ride-sharing", "stuck"), ("twitter-feed", "rambling")],
)
async def test_a_served_interview_is_the_same_as_at_a_terminal(
    scenario: str, person: str, served: Hosted
) -> None:
    lines = script(f"{scenario}-{person}")
    held = await a_session(scenario)
    await held.say(*lines)
    session = await served.opened(scenario)
    for line in lines:
        if (await served.host.interview(session)).ended:
            break
        await served.say(session, line)
        await served.worker.settled()
    theirs, ours = held.session.interview, await served.host.interview(session)
    assert [made.move for made in ours.moves] == [made.move for made in theirs.moves]
    assert [turn.text for turn in ours.transcript] == [turn.text for turn in theirs.transcript]
    assert (ours.spent_s, ours.phase_index, ours.given) == (theirs.spent_s, theirs.phase_index, theirs.given)
    if ours.ended:
        assert ours.card_ready


async def test_two_quick_messages_get_one_answer(served: Hosted) -> None:
    session = await served.opened()
    await served.say(session, "Who are the users?")
    await served.say(session, "And how many links a month?", pace_s=1)
    await served.worker.settled()
    interview = await served.host.interview(session)
    assert [turn.role for turn in interview.transcript] == [
        "interviewer",
        "candidate",
        "candidate",
        "interviewer",
    ]
    assert len(interview.given) == 2 and not interview.waiting
    assert await served.stores.turns.claim("other", 1) is None


@dataclass
class Hearing:
    """The offline speaker, during whose words the candidate does something, once: after `when` sentences."""

    served: Hosted
    does: str
    when: int = 1
    done: bool = False

    async def speak(self, standing: Standing, pack: Pack, choice: Choice) -> AsyncIterator[Spoken]:
        session = SessionId(standing.interview.session)
        async for spoken in voices().speaker.speak(standing, pack, choice):
            if not self.done and len(spoken.sentences) == self.when + 1:
                self.done = True
                await self.act(session)
            yield spoken

    async def act(self, session: SessionId) -> None:
        host = self.served.host
        match self.does:
            case "stop":
                await host.stop(session)
            case "pause":
                await host.pause(session)
            case "end":
                await host.end(session)
            case "hint" | "next":
                await (host.hint(session) if self.does == "hint" else host.wish(session, "next"))
            case text:
                await host.hear(session, text, "meanwhile")


LONG = "Who are the users? Which features are in scope? How many links a month?"


async def spoken_while(served: Hosted, does: str, said: str = LONG) -> SessionId:
    """An interview in which the candidate did something in the middle of an answer to `said`."""
    session = await served.opened()
    await served.say(session, said)
    speaker: Speaker = Hearing(served, does)
    await served.another(speaking=replace(voices(), speaker=speaker)).once()
    return session


async def test_a_message_while_speaking_cuts_off_and_the_next_turn_answers_it(served: Hosted) -> None:
    session = await spoken_while(served, "What latency is expected?")
    finals = [event for event in await served.events(session) if isinstance(event, InterviewerSpoke)]
    chunks = [event for event in await served.events(session) if isinstance(event, InterviewerChunk)]
    assert finals[-1].cut_off and finals[-1].covers == 2
    assert finals[-1].text == " ".join(chunk.text for chunk in chunks if chunk.turn == finals[-1].turn)
    interview = await served.host.interview(session)
    assert [turn.text for turn in interview.waiting] == ["What latency is expected?"]
    await served.worker.settled()
    interview = await served.host.interview(session)
    assert not interview.waiting and interview.last_heard and interview.last_heard.asked
    assert [heard.turn for heard in interview.heard] == [2, 3]
    assert [given.fact for given in interview.given] == [interview.last_heard.asked[0].fact]


async def test_what_was_cut_off_is_not_counted_as_told_and_can_be_asked_again(served: Hosted) -> None:
    session = await spoken_while(served, "stop")
    assert not (await served.host.interview(session)).given
    await served.say(session, LONG)
    await served.worker.settled()
    assert len((await served.host.interview(session)).given) >= 2


async def test_stop_ends_at_the_sentence_and_leaves_the_floor(served: Hosted) -> None:
    session = await spoken_while(served, "stop")
    last = (await served.events(session))[-1]
    assert isinstance(last, InterviewerSpoke) and last.cut_off and last.text
    interview = await served.host.interview(session)
    assert interview.running_since is not None and not interview.waiting
    assert interview.moves[-1].move.kind == "go_on"


async def test_a_message_before_the_first_sentence_is_taken_along(served: Hosted) -> None:
    session = await served.opened()
    await served.say(session, "Who are the users?")
    listener: Listener = Overheard(served)
    await served.another(speaking=replace(voices(), listener=listener)).settled()
    events = await served.events(session)
    answers = [event for event in events if isinstance(event, InterviewerSpoke)][1:]
    assert len(answers) == 1 and not answers[0].cut_off and answers[0].covers == 3
    turns = [event for event in events if isinstance(event, TurnStarted | TurnRestarted | CandidateSpoke)][1:]
    # it begins anew behind what it takes along, so that every room sees what is answered
    assert [one.kind for one in turns] == [
        "candidate_spoke",
        "turn_started",
        "candidate_spoke",
        "turn_restarted",
    ]
    shown = view(publish(await served.stored(session, Stream.public), Interview())[0])
    assert [turn.role for turn in shown.turns] == ["interviewer", "candidate", "candidate", "interviewer"]


@dataclass
class Slow:
    """A speaker who says nothing for as long as the test runs, and is told when nobody waits for it any more."""

    begun: asyncio.Event = field(default_factory=asyncio.Event)
    left: bool = False

    async def speak(self, standing: Standing, pack: Pack, choice: Choice) -> AsyncIterator[Spoken]:
        try:
            self.begun.set()
            await asyncio.sleep(60)
            yield Spoken((), choice.move)
        finally:
            self.left = True


@pytest.mark.parametrize("does", ["What latency is expected?", "end"])
async def test_a_slow_first_sentence_is_not_waited_for_once_it_is_not_wanted(
    does: str, served: Hosted
) -> None:
    session = await served.opened()
    await served.say(session, "Who are the users?")
    slow = Slow()
    working = asyncio.create_task(served.another(speaking=replace(voices(), speaker=slow)).once())
    async with asyncio.timeout(10):
        await slow.begun.wait()
        await (served.host.end(session) if does == "end" else served.host.hear(session, does, "meanwhile"))
        assert await working
    assert slow.left
    await served.worker.settled()
    answers = [event for event in await served.events(session) if isinstance(event, InterviewerSpoke)][1:]
    assert [(one.cut_off, one.covers) for one in answers] == ([] if does == "end" else [(False, 3)])


@dataclass
class Unhurried:
    """The offline speaker, a while before each first sentence."""

    after_s: float
    calls: int = 0

    async def speak(self, standing: Standing, pack: Pack, choice: Choice) -> AsyncIterator[Spoken]:
        self.calls += 1
        await asyncio.sleep(self.after_s)
        async for spoken in voices().speaker.speak(standing, pack, choice):
            yield spoken


async def test_whoever_speaks_in_fragments_is_answered_all_the_same(served: Hosted) -> None:
    session = await served.opened()
    await served.say(session, "Let me think aloud.")
    speaker = Unhurried(0.3)
    async with running(served.another(speaking=replace(voices(), speaker=speaker))):
        for n in range(60):
            if (await served.kinds(session)).count("interviewer_spoke") == 2:
                break
            await asyncio.sleep(0.1)
            served.clock.advance(2.5)
            await served.host.hear(session, f"And then there is part {n}.", f"part-{n}")
        assert 8 <= n < 59  # twenty seconds of it are waited for, and no more
    assert not [task for task in asyncio.all_tasks() if "_Ear" in str(task.get_coro())]


@dataclass
class Beside:
    """A model that listens: it hears a question where the rules know none, after `after_s`, or breaks."""

    fact: str
    after_s: float = 0.0
    breaks: bool = False

    async def more(self, interview: Interview, pack: Pack, said: Turn, heard: Heard) -> Heard | None:
        await asyncio.sleep(self.after_s)
        if self.breaks:
            raise ModelBusy("busy")
        asked = FactAsked(fact=self.fact, noun="", start=0, end=len(said.text))
        return heard.model_copy(update={"asked": (asked,), "off_sheet": (), "by": "fake"})


UNKNOWN = "Before anything else, tell me, is there a gizmo that the frobnicator must never see?"


def a_given_fact() -> str:
    """A line of the sheet that is ours to settle."""
    return next(
        str(fact.id) for fact in a_shelf().pack("url-shortener").scenario.facts if fact.mode == "given"
    )


async def answered_with(served: Hosted, beside: Beside) -> list[str]:
    """The facts that are told in answer to a question which the rules know no line for."""
    session = await served.opened()
    await served.say(session, UNKNOWN)
    await served.another(speaking=replace(voices(), beside=beside)).settled()
    return [given.fact for given in (await served.host.interview(session)).given]


async def test_a_question_that_only_the_model_heard_is_answered_at_once(served: Hosted) -> None:
    fact = a_given_fact()
    assert await answered_with(served, Beside(fact, after_s=0.1)) == [fact]


async def test_a_listener_that_is_late_or_breaks_holds_nobody_up(
    served: Hosted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("interviewer.answering.ASKED_WAIT_S", 0.05)
    fact = a_given_fact()
    assert await answered_with(served, Beside(fact, breaks=True)) == []
    assert await answered_with(served, Beside(fact, after_s=0.2)) == []


@dataclass
class Overheard:
    """The offline listener; once, while it listens, another message comes in."""

    served: Hosted
    done: bool = False

    async def listen(self, interview: Interview, pack: Pack, turn: Turn) -> Heard:
        if not self.done:
            self.done = True
            spoke = CandidateSpoke(text="And how many links a month?", cmid="meanwhile")
            # the listener works in a thread with a loop of its own, and the store belongs to the other
            self.told = asyncio.run_coroutine_threadsafe(
                self.served.stores.turns.hear(SessionId(interview.session), spoke, 0), self.loop
            ).result(5)
        return await voices().listener.listen(interview, pack, turn)

    def __post_init__(self) -> None:
        self.loop = asyncio.get_running_loop()


class Killed(BaseException):
    """The process dies here: nothing is tidied up."""


def killed_at(point: str, nth: int = 1) -> Callable[[str], None]:
    """A crash point at which the worker dies when it comes there for the nth time."""
    left = [nth]

    def crash_point(here: str) -> None:
        if here == point:
            left[0] -= 1
            if left[0] == 0:
                raise Killed(here)

    return crash_point


@pytest.mark.parametrize(
    ("point", "restarted"), [("turn.started", True), ("turn.chunk", True), ("turn.before_finish", True)]
)
async def test_a_killed_worker_leaves_one_answer_from_the_next(
    point: str, restarted: bool, served: Hosted
) -> None:
    session = await served.opened()
    await served.say(session, LONG)
    short = replace(AT_ONCE, lease_s=0.3)
    with pytest.raises(Killed):
        await served.another("dies", short, crash_point=killed_at(point)).once()
    assert not await served.worker.once(), "the lease still stands"
    await asyncio.sleep(0.35)
    await served.worker.settled()
    events = (await served.events(session))[4:]
    finals = [event for event in events if isinstance(event, InterviewerSpoke)]
    begun = [event for event in events if isinstance(event, TurnStarted | TurnRestarted)][-2:]
    assert [final.attempt for final in finals][-1:] == [2]
    assert [type(event) for event in begun] == [TurnStarted, TurnRestarted]
    assert len({final.turn for final in finals}) == len(finals)
    last = [event.text for event in events if isinstance(event, InterviewerChunk) and event.attempt == 2]
    assert " ".join(last) == finals[-1].text


async def test_turns_are_named_by_what_the_candidate_may_count(served: Hosted) -> None:
    session = await served.opened()
    for text in ("Who are the users?", LONG):
        await served.say(session, text)
        await served.worker.settled()
    for seconds in (120, 180):
        await served.silent(session, seconds)
    public = await served.stored(session, Stream.public)
    asked = {stored.seq: stored.event for stored in public}
    names = [event.turn for event in asked.values() if isinstance(event, TurnStarted)]
    by = [asked[int(name.removeprefix(f"{session}."))] for name in names]
    assert [type(event) for event in by] == [SessionStarted, CandidateSpoke, CandidateSpoke]
    finals = [event.turn for event in asked.values() if isinstance(event, InterviewerSpoke)]
    assert len(set(finals)) == len(finals) == 5


async def test_what_a_killed_worker_had_said_stays_said_when_the_interview_ends(served: Hosted) -> None:
    session = await served.opened()
    await served.say(session, LONG)
    with pytest.raises(Killed):
        await served.another("dies", crash_point=killed_at("turn.chunk")).once()
    await served.host.end(session)
    await served.soon(JobKind.turn)
    await served.worker.settled()
    events = await served.events(session)
    said = [event for event in events if isinstance(event, InterviewerChunk)][-1]
    final = [event for event in events if isinstance(event, InterviewerSpoke)][-1]
    assert (final.turn, final.text, final.cut_off) == (said.turn, said.text, True)
    room = view(publish(await served.stored(session, Stream.public), Interview())[0])
    assert [turn.text for turn in room.turns][-2:] == [LONG, said.text]
    assert {turn.state for turn in room.turns} == {"done"}
    interview = await served.host.interview(session)
    assert interview.card_ready and interview.transcript[-1].text == said.text
    assert interview.moves[-1].move.kind == "go_on" and not interview.given


async def test_an_answer_begun_anew_is_left_unsaid_when_the_interview_ends(served: Hosted) -> None:
    session = await served.opened()
    await served.say(session, LONG)
    with pytest.raises(Killed):
        await served.another("dies", crash_point=killed_at("turn.chunk")).once()
    await served.soon(JobKind.turn)
    with pytest.raises(Killed):
        await served.another("dies too", crash_point=killed_at("turn.started")).once()
    await served.host.end(session)
    await served.soon(JobKind.turn)
    await served.worker.settled()
    room = view(publish(await served.stored(session, Stream.public), Interview())[0])
    assert [turn.text for turn in room.turns][-1] == LONG
    assert {turn.state for turn in room.turns} == {"done"} and room.state and room.state.scorecard == "ready"


async def test_a_worker_killed_after_the_answer_leaves_nothing_to_do(served: Hosted) -> None:
    session = await served.opened()
    await served.say(session, LONG)
    with pytest.raises(Killed):
        await served.another(
            "dies",
            replace(AT_ONCE, lease_s=0.1),
            crash_point=killed_at("turn.after_finish"),
        ).once()
    await asyncio.sleep(0.15)
    before = await served.kinds(session)
    await served.worker.settled()
    assert await served.kinds(session) == before


async def test_a_zombie_writes_nothing_more(served: Hosted) -> None:
    """A worker that slept past its lease finds another's answer, and adds nothing to it."""
    session = await served.opened()
    await served.say(session, LONG)
    job = await served.stores.turns.claim("sleeper", 0.05)
    assert job
    await asyncio.sleep(0.1)
    await served.worker.settled()
    before = await served.kinds(session)
    await served.worker._work(job)
    assert await served.kinds(session) == before


async def test_a_hint_comes_in_practice_and_never_in_a_mock_by_asking(served: Hosted) -> None:
    session = await served.opened()
    await served.say(session, "I'd have a table with the code as key, and look it up by that.")
    await served.worker.settled()
    left = []
    for _ in range(3):
        await served.host.hint(session)
        await served.worker.settled()
        left.append((await served.host.interview(session)).hints_left)
    made = [one.move for one in (await served.host.interview(session)).moves if isinstance(one.move, Hint)]
    assert [move.rung for move in made] == [1, 2, 3] and left == [2, 1, 0]


@pytest.mark.parametrize("wish", ["hint", "next"])
async def test_a_wish_while_speaking_is_granted_next(wish: str, served: Hosted) -> None:
    session = await spoken_while(served, wish, LONG)
    await served.worker.settled()
    assert (await served.moves(session))[-1] == {"hint": "hint", "next": "advance"}[wish]


async def test_a_wish_to_close_leads_to_two_questions_and_a_goodbye(served: Hosted) -> None:
    session = await served.opened()
    await served.say(session, "How many links a month?")
    await served.host.wish(session, "close")
    await served.worker.settled()
    for _ in range(2):
        await served.say(session, "I'd watch the hot keys first, and I would test the failover.")
        await served.worker.settled()
    interview = await served.host.interview(session)
    steps = [made.move.step for made in interview.moves if isinstance(made.move, Close)]
    assert steps == [1, 2, 3] and len(interview.moves) == 4
    assert interview.ended and interview.ended.why == "closed" and interview.last_phase
    assert interview.card_ready


async def test_a_stopped_clock_stops_answers_and_nudges(served: Hosted) -> None:
    session = await served.opened()
    await served.say(session, "Who are the users?")
    await served.host.pause(session)
    before = await served.kinds(session)
    served.clock.advance(3600)
    await served.silent(session, 600)
    assert await served.kinds(session) == before
    paused = await served.host.interview(session)
    await served.host.resume(session)
    await served.worker.settled()
    after = await served.host.interview(session)
    assert after.transcript[-1].role == "interviewer" and not after.waiting
    assert after.spent_s == paused.spent_s


async def test_an_answer_that_is_under_way_is_finished_when_the_clock_stops(served: Hosted) -> None:
    session = await spoken_while(served, "pause")
    interview = await served.host.interview(session)
    assert interview.paused and interview.running_since is None and not interview.waiting


async def test_an_end_while_speaking_ends_once_and_is_scored(served: Hosted) -> None:
    session = await spoken_while(served, "end")
    await served.worker.settled()
    kinds = await served.kinds(session)
    assert kinds.count("session_ended") == kinds.count("scorecard_ready") == 1
    assert kinds.index("interviewer_spoke", 8) < kinds.index("scorecard_issued")


async def test_a_card_is_issued_once_however_many_ask_for_it(served: Hosted) -> None:
    session = await served.opened()
    await served.host.end(session)
    await served.stores.turns.record(session, (), [Next(JobKind.score, 0.0)])
    await served.stores.turns.record(session, [CandidateRated(best="the data")], [Next(JobKind.score, 0.0)])
    await asyncio.gather(served.worker.settled(), served.another().settled())
    await served.host.end(session)
    await served.worker.settled()
    kinds = await served.kinds(session)
    assert kinds.count("scorecard_issued") == kinds.count("scorecard_ready") == 1


async def test_a_card_that_cannot_be_made_is_tried_again_more_and_more_seldom_and_comes_in_the_end(
    served: Hosted,
) -> None:
    async def fails(interview: Interview) -> Scorecard:
        raise OSError("no room")

    session = await served.opened()
    await served.host.end(session)
    worker, waits = served.another(scorer=fails), []
    for _ in range(MOST_CLAIMS + 4):
        await served.soon(JobKind.score)
        assert await worker.once()
        state, _attempt, in_s = await served.waits(JobKind.score)
        assert state == "ready"
        waits.append(round(in_s))
    assert waits == [1, 5, 20, 60, 180, 540, 1620, 3600, 3600, 3600, 3600, 3600]
    await served.soon(JobKind.score)
    await served.worker.settled()
    assert (await served.host.interview(session)).card_ready


async def test_a_card_that_kills_whoever_makes_it_kills_no_more_than_one_an_hour(served: Hosted) -> None:
    async def kills(interview: Interview) -> Scorecard:
        raise Killed("score")

    session = await served.opened()
    await served.host.end(session)
    deadly = served.another("dies", scorer=kills)
    for claims in range(1, MOST_CLAIMS + 3):
        await served.soon(JobKind.score)
        with pytest.raises(Killed):
            await deadly.once()
        state, attempt, in_s = await served.waits(JobKind.score)
        assert (state, attempt) == ("running", claims)
        assert in_s > 3500 if claims > MOST_CLAIMS else in_s <= AT_ONCE.lease_s
    await served.soon(JobKind.score)
    await served.worker.settled()
    assert (await served.host.interview(session)).card_ready


@dataclass
class Poisoned:
    """A speaker that fails over one word, and speaks otherwise."""

    word: str
    failed: int = 0

    async def speak(self, standing: Standing, pack: Pack, choice: Choice) -> AsyncIterator[Spoken]:
        async for spoken in voices().speaker.speak(standing, pack, choice):
            yield spoken
            if self.word in standing.interview.transcript[-1].text:
                self.failed += 1
                raise ValueError(f"what was said: {standing.interview.transcript[-1].text}")


async def test_a_turn_that_cannot_be_answered_is_told_and_others_go_on(
    served: Hosted, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("interviewer.jobs.BACKOFF_S", (0.0, 0.0, 0.0))
    caplog.set_level(logging.INFO)
    bad, good = await served.opened(), await served.opened()
    speaker = Poisoned("arsenic")
    worker = served.another(speaking=replace(voices(), speaker=speaker))
    await served.say(bad, "Who are the users of arsenic?")
    await served.say(good, "Who are the users?")
    await worker.settled()
    lost = [event for event in await served.events(bad) if isinstance(event, TurnFailed)]
    assert speaker.failed == 4 and [event.reason_code for event in lost] == ["internal"]
    assert (await served.host.interview(good)).transcript[-1].role == "interviewer"
    assert "arsenic" not in caplog.text and bad in caplog.text
    await served.say(bad, "And how many links a month?")
    await worker.settled()
    interview = await served.host.interview(bad)
    assert not interview.waiting and len(interview.given) == 2 and interview.failed_turns == 1


@dataclass
class Deadly:
    """A listener over which the process dies when it hears one word."""

    word: str

    async def listen(self, interview: Interview, pack: Pack, turn: Turn) -> Heard:
        if self.word in turn.text:
            raise Killed(self.word)
        return await voices().listener.listen(interview, pack, turn)


async def test_a_turn_that_kills_whoever_thinks_about_it_fails_and_what_is_said_next_is_answered(
    served: Hosted,
) -> None:
    session = await served.opened()
    deadly = replace(voices(), listener=Deadly("arsenic"))
    dying = served.another("dies", replace(AT_ONCE, lease_s=0.01), speaking=deadly)
    await served.say(session, "Who are the users of arsenic?")
    for _ in range(MOST_CLAIMS):
        with pytest.raises(Killed):
            await dying.once()
        await asyncio.sleep(0.03)
    await dying.settled()
    lost = [event for event in await served.events(session) if isinstance(event, TurnFailed)]
    assert [(event.reason_code, event.covers) for event in lost] == [("internal", 2)]
    await served.say(session, "And how many links a month?")
    await dying.settled()
    interview = await served.host.interview(session)
    assert interview.transcript[-1].role == "interviewer" and not interview.waiting
    assert [turn.text for turn in interview.transcript if turn.role == "candidate"][0].endswith("arsenic?")
    assert [heard.turn for heard in interview.heard] == [3]


async def test_silence_is_broken_twice_and_then_the_clock_stops(served: Hosted) -> None:
    session = await served.opened()
    await served.say(session, "Who are the users?")
    await served.worker.settled()
    for seconds in (120, 180, 300):
        await served.silent(session, seconds)
    interview = await served.host.interview(session)
    assert isinstance(interview.moves[2].move, Nudge) and interview.moves[2].move.step == 1
    assert len(interview.moves) == 4 and interview.paused
    assert await served.stores.turns.next_due_s() is None


async def test_in_a_mock_the_clock_runs_on_through_silence_to_its_end(served: Hosted) -> None:
    session = await served.opened(mode="mock", minutes=15)
    await served.say(session, "Who are the users?")
    await served.worker.settled()
    for seconds in (120, 180, 300, 900):
        await served.silent(session, seconds)
    interview = await served.host.interview(session)
    assert interview.ended and interview.ended.why == "time" and interview.card_ready


@pytest.mark.parametrize("does", ["typing", "drawing", "speaking", "hint"])
async def test_nobody_who_is_at_work_is_nudged(does: str, served: Hosted) -> None:
    session = await served.opened()
    await served.say(session, "Who are the users?")
    await served.worker.settled()
    match does:
        case "typing":
            await served.host.sign(session, "typing", True)
        case "drawing":
            await served.host.draw(session, '{"type": "text", "text": "[API] -> [DB]"}', 0)
        case "speaking":
            await served.say(session, "How many links a month?")
        case _:
            await served.host.hint(session)
    await served.due()
    await served.worker.settled()
    assert "nudge" not in await served.moves(session)


async def test_the_board_that_the_store_keeps_is_read_with_the_next_turn(served: Hosted) -> None:
    session = await served.opened()
    rev = await served.host.draw(session, '{"type": "text", "text": "[API] -> [Redis]"}', 0)
    await served.host.hear(session, "That is the read path.", "m1", board_rev=rev)
    await served.worker.settled()
    interview = await served.host.interview(session)
    assert [box.label for box in interview.board.boxes] == ["API", "Redis"]
    assert interview.board_read_rev == rev == 1


async def test_what_nobody_touched_for_a_day_is_ended_and_scored(served: Hosted) -> None:
    session = await served.opened()
    served.clock.advance(23 * 3600)
    await served.worker.sweep()
    assert not (await served.host.interview(session)).ended
    served.clock.advance(2 * 3600)
    await served.worker.sweep()
    await served.worker.settled()
    interview = await served.host.interview(session)
    assert interview.ended and interview.ended.why == "idle" and interview.card_ready


async def test_an_interview_at_a_terminal_is_not_ended_for_being_left(served: Hosted) -> None:
    held = await a_session(log=served.stores.log)
    served.clock.advance(48 * 3600)
    await served.worker.sweep()
    assert not (await served.host.interview(held.session.id)).ended


async def test_a_card_that_an_older_terminal_issued_is_told_of(served: Hosted) -> None:
    held = await a_session(log=served.stores.log)
    await held.session.end()
    await served.worker.sweep()
    assert (await served.stores.index.row(held.session.id)).summary.scorecard == "pending"
    card = await scored(held.session.interview)
    await held.session.note(ScorecardIssued(card=card.to_json()))
    for _ in range(2):
        await served.worker.sweep()
        await served.worker.settled()
    row = await served.stores.index.row(held.session.id)
    assert (row.summary.scorecard, row.summary.overall) == ("ready", card.overall)
    kinds = await served.kinds(held.session.id)
    assert kinds.count("scorecard_issued") == kinds.count("scorecard_ready") == 1


async def test_a_goodbye_is_said_to_its_end_whatever_comes_in_between(served: Hosted) -> None:
    session = await served.opened(minutes=15)
    await served.say(session, "Who are the users?", pace_s=16 * 60)
    speaker: Speaker = Hearing(served, "One more thing.", when=0)
    await served.another(speaking=replace(voices(), speaker=speaker)).settled()
    interview = await served.host.interview(session)
    assert interview.ended and interview.ended.why == "time" and interview.card_ready
    finals = [event for event in await served.events(session) if isinstance(event, InterviewerSpoke)]
    assert not finals[-1].cut_off


@pytest.mark.parametrize("seed", range(4))
async def test_whoever_dies_whenever_everything_said_is_answered_once(seed: int, served: Hosted) -> None:
    """Workers die at every place and messages come at any time; what the candidate sees stays whole (wire.md 4)."""
    rng = random.Random(seed)
    session = await served.host.begin("local", Wanted("url-shortener", pace=Pace.spoken, seed=seed))
    short = replace(AT_ONCE, lease_s=0.02)
    points = ("turn.started", "turn.chunk", "turn.before_finish", "turn.after_finish")
    lines = script("url-shortener-strong")[:8]
    for number, line in enumerate(lines):
        for _ in range(rng.randrange(3)):
            point = killed_at(rng.choice(points), rng.randrange(1, 3))
            with suppress(Killed):
                await served.another(f"dies {number}", short, crash_point=point).once()
            await asyncio.sleep(0.03)
        served.clock.advance(rng.uniform(1, 120))
        await served.host.hear(session, line, f"m{number}")
    await served.worker.settled()
    stored = await served.stored(session)
    events = [one.event for one in stored]
    interview = await served.host.interview(session)
    assert [one.pos for one in stored] == list(range(1, len(stored) + 1))
    assert not interview.waiting and [heard.turn for heard in interview.heard] == [
        turn.n for turn in interview.transcript if turn.role == "candidate"
    ]
    assert [turn.text for turn in interview.transcript if turn.role == "candidate"] == lines
    finals = [event for event in events if isinstance(event, InterviewerSpoke)]
    assert len({final.turn for final in finals}) == len(finals)
    for final in finals:
        begun = [
            e.attempt for e in events if isinstance(e, TurnStarted | TurnRestarted) and e.turn == final.turn
        ]
        chunks = [
            e.text
            for e in events
            if isinstance(e, InterviewerChunk) and (e.turn, e.attempt) == (final.turn, final.attempt)
        ]
        assert final.attempt == max(begun) and sorted(set(begun)) == begun
        assert " ".join(chunks) == final.text


async def test_a_running_worker_answers_at_once_and_speaks_as_it_is_read(tmp_path: Path) -> None:
    """Awake by the bell, not by looking: an answer takes no second, and pauses lie between its sentences."""
    working = replace(AT_ONCE, poll_s=30, pace_s=0.02, most_pause_s=0.2)
    async with hosted(tmp_path, working) as served, running(served.worker):
        session = await served.host.begin("local", Wanted("url-shortener", seed=1))
        loop, begun = asyncio.get_running_loop(), asyncio.get_running_loop().time()
        await until(served, session, "interviewer_spoke")
        chunks = (await served.kinds(session)).count("interviewer_chunk")
        assert chunks >= 2 and 0.1 < loop.time() - begun < 10
        await served.host.end(session)
        await until(served, session, "scorecard_ready")


async def test_stop_is_heard_in_the_pause_between_two_sentences(tmp_path: Path) -> None:
    working = replace(AT_ONCE, poll_s=30, pace_s=100, most_pause_s=60)
    async with hosted(tmp_path, working) as served, running(served.worker):
        session = await served.host.begin("local", Wanted("url-shortener", seed=1))
        await until(served, session, "interviewer_chunk")
        await asyncio.sleep(0.05)
        loop = asyncio.get_running_loop()
        begun = loop.time()
        await served.host.stop(session)
        await until(served, session, "interviewer_spoke")
        assert loop.time() - begun < 1
        last = (await served.events(session))[-1]
        assert isinstance(last, InterviewerSpoke) and last.cut_off
        assert (await served.moves(session)) == ["open"]


async def test_a_worker_that_is_told_to_go_gives_its_work_back_uncounted(tmp_path: Path) -> None:
    working = replace(AT_ONCE, pace_s=100, most_pause_s=60)
    async with hosted(tmp_path, working) as served:
        async with running(served.worker):
            session = await served.host.begin("local", Wanted("url-shortener", seed=1))
            await until(served, session, "interviewer_chunk")
        await served.another().settled()
        events = await served.events(session)
        begun = [event for event in events if isinstance(event, TurnStarted | TurnRestarted)]
        assert [event.attempt for event in begun] == [1, 2]
        assert [event.attempt for event in events if isinstance(event, InterviewerSpoke)] == [2]


@pytest.mark.parametrize("after_s", [0.0, 0.002, 0.005, 0.01, 0.02])
async def test_a_worker_that_is_told_to_go_while_claiming_keeps_nothing(
    after_s: float, tmp_path: Path
) -> None:
    async with hosted(tmp_path) as served:
        session = await served.host.begin("local", Wanted("url-shortener", seed=1))
        async with running(served.worker):
            await asyncio.sleep(after_s)
        await served.another().settled()
        assert (await served.kinds(session)).count("interviewer_spoke") == 1


async def test_long_work_keeps_its_lease(tmp_path: Path) -> None:
    async with hosted(tmp_path) as served:
        session = await served.opened()
        asked = 0

        async def slowly(interview: Interview) -> Scorecard:
            nonlocal asked
            asked += 1
            await asyncio.sleep(0.9)
            return await scored(interview)

        await served.host.end(session)
        slow = served.another("slow", replace(AT_ONCE, lease_s=0.4), scorer=slowly)
        other = served.another("other", replace(AT_ONCE, lease_s=0.4), scorer=slowly)
        async with running(other):
            await asyncio.gather(slow.once(), asyncio.sleep(0))
            await until(served, session, "scorecard_ready")
        assert asked == 1


async def test_twenty_interviews_at_once_are_all_answered(tmp_path: Path) -> None:
    async with hosted(tmp_path) as served, running(served.worker), running(served.another()):
        sessions = [await served.host.begin("local", Wanted("url-shortener", seed=n)) for n in range(20)]
        await asyncio.gather(*(until(served, one, "interviewer_spoke") for one in sessions))
        await asyncio.gather(*(served.host.hear(one, "Who are the users?", "m1") for one in sessions))
        for one in sessions:
            await until(served, one, "interviewer_spoke", 2)
            interview = await served.host.interview(one)
            assert len(interview.moves) == 2 and not interview.waiting


@asynccontextmanager
async def running(worker: Worker) -> AsyncIterator[None]:
    """A worker at work for the length of the block."""
    task = asyncio.create_task(worker.run())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def until(served: Hosted, session: SessionId, kind: str, times: int = 1) -> None:
    """Wait until something has happened."""
    async with asyncio.timeout(30), served.stores.cache.listening(bell_of(session)) as bell:
        while (await served.kinds(session)).count(kind) < times:
            await bell.wait(0.1)
