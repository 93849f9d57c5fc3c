"""Practising at this machine: choose a problem, hold the interview, look back, hand over the card."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from signal import SIGINT, default_int_handler, signal
from typing import Any

from rich.console import Console
from rich.prompt import IntPrompt, Prompt
from rich.text import Text

from interviewer.assembly import Service, Virtual, Wall, new_seed, new_session_id, service
from interviewer.card_here import card_here, hand_over
from interviewer.chair import seated
from interviewer.channels.channel import Channel
from interviewer.channels.greeting import greet, recap
from interviewer.channels.hold import hold
from interviewer.channels.looking_back import look_back
from interviewer.channels.terminal import Keyboard, Pipe
from interviewer.coach.export import Format
from interviewer.errors import BadInput, NotFound
from interviewer.interview.events import (
    InterviewerSpoke,
    Mode,
    ScorecardIssued,
    SessionId,
    SessionStarted,
)
from interviewer.interview.pack import Pack
from interviewer.interview.phases import Pace, PhasePlan
from interviewer.interview.rubric import CandidateLevel
from interviewer.interview.state import fold
from interviewer.session import Session
from interviewer.settings import Settings

PIPED_TURN_S = 180.0
"""How long a turn from a pipe takes on the virtual clock, unless --pace says otherwise."""

FIRST_PROBLEM = "url-shortener"
"""What somebody begins with who has no wish of their own."""


@dataclass(frozen=True)
class Chosen:
    """How somebody wants to practise. `pace_s` is a virtual turn's length in seconds, None on the wall clock."""

    scenario: str | None
    level: CandidateLevel
    plan: str | None
    mode: Mode
    pace: Pace | None
    pace_s: float | None
    minutes: float | None
    seed: int | None
    format: Format
    piped: bool


async def practise_here(settings: Settings, chosen: Chosen) -> None:
    """A new interview, from the choice of a problem to its card. Raises NotFound, BadInput, PackFault."""
    console = _console()
    async with _open(settings, chosen) as open_service:
        if chosen.scenario is None:
            titles = {one.id: one.title for one in open_service.shelf.scenarios}
            chosen = choose(titles, chosen, console)
        scenario = chosen.scenario or ""
        pack = open_service.shelf.pack(scenario)
        plan = open_service.shelf.plan(chosen.plan or pack.scenario.plan)
        if not plan.suits(pack.scenario.kind.value):
            raise BadInput(
                f"The plan {plan.id} does not suit {scenario}, which is of kind {pack.scenario.kind.value}."
            )
        attempt, by = await _attempt(open_service, scenario), seated(settings)()
        started = _settled(pack, plan, chosen, attempt, by)
        session = open_service.session(scenario)
        greet(console, started, pack.scenario.title)
        channel = _channel(console, open_service, chosen)
        await channel.send(await session.start(new_session_id(), started), session.interview)
        await until_left(
            _hold_and_hand_over(session, open_service, settings, channel, console, chosen), console, chosen
        )


async def resume_here(settings: Settings, chosen: Chosen, session_id: str | None = None) -> None:
    """An interview from where it stopped: the one named, else the latest that has no card yet. Raises NotFound."""
    console = _console()
    async with _open(settings, chosen) as open_service:
        id = SessionId(session_id) if session_id else await _latest_open(open_service, console)
        started = await _first(open_service, id)
        session = open_service.session(started.scenario)
        before = fold(await open_service.log.read(id))
        if session.pack.version != started.pack_version:
            console.print(
                Text("The problem's files have changed since; it goes on with the new ones.", style="dim")
            )
        recap(console, before, session.pack.scenario.title)
        channel = _channel(console, open_service, chosen)

        async def go_on() -> None:
            async with channel.thinking():
                events = await session.reopen(id)
            spoken = [one for one in events if isinstance(one.event, InterviewerSpoke)]
            await channel.send(spoken, session.interview)
            await _hold_and_hand_over(session, open_service, settings, channel, console, chosen)

        await until_left(go_on(), console, chosen)


async def until_left(talk: Coroutine[Any, Any, None], console: Console, chosen: Chosen) -> None:
    """Hold a talk to its end. Ctrl-C at the keyboard leaves it at any moment, and everything said is kept."""
    try:
        await talk
    except asyncio.CancelledError:
        task = asyncio.current_task()
        if chosen.piped or task is None:
            raise
        task.uncancel()  # what cancels us is Ctrl-C alone, and it is obeyed here
        _left(console)


def _left(console: Console) -> None:
    console.print(Text("Kept as it is. `interviewer practise --resume` goes on from here.", style="dim"))


async def _latest_open(open_service: Service, console: Console) -> SessionId:
    known = {scenario.id for scenario in open_service.shelf.scenarios}
    for row in await open_service.log.sessions():
        events = await open_service.log.read(row.id)
        if any(isinstance(stored.event, ScorecardIssued) for stored in events):
            continue
        started = events[0].event
        if isinstance(started, SessionStarted) and started.scenario in known:
            return row.id
        console.print(Text(f"Passing over {row.id}: its problem is not here (--packs?).", style="dim"))
    raise NotFound("There is no unfinished interview. `interviewer practise` begins one.")


@asynccontextmanager
async def _open(settings: Settings, chosen: Chosen) -> AsyncIterator[Service]:
    virtual = chosen.pace_s is not None or (chosen.piped and chosen.pace is None)
    async with service(settings, Virtual() if virtual else Wall()) as opened:
        yield opened


def _console() -> Console:
    return Console(highlight=False)


def _settled(pack: Pack, plan: PhasePlan, chosen: Chosen, attempt: int, by: str) -> SessionStarted:
    virtual = chosen.pace_s is not None or chosen.piped
    pace = chosen.pace or (Pace.spoken if virtual else Pace.typed)
    spoken = chosen.minutes or pack.scenario.minutes
    return SessionStarted(
        scenario=pack.scenario.id,
        question=pack.scenario.kind,
        level=chosen.level,
        plan=plan.id,
        phases=plan.timed(spoken, pace),
        mode=chosen.mode,
        pace=pace,
        minutes=spoken,
        title=pack.scenario.title,
        pack_version=pack.version,
        seed=chosen.seed if chosen.seed is not None else new_seed(),
        attempt=attempt,
        interviewer=by,
    )


async def _attempt(open_service: Service, scenario: str) -> int:
    begun = [await _first(open_service, row.id) for row in await open_service.log.sessions()]
    return 1 + sum(one.scenario == scenario for one in begun)


async def _first(open_service: Service, id: SessionId) -> SessionStarted:
    events = await open_service.log.read(id, limit=1)
    if not events or not isinstance(events[0].event, SessionStarted):
        raise NotFound(f"No session {id}.")
    return events[0].event


def choose(titles: Mapping[str, str], chosen: Chosen, console: Console) -> Chosen:
    """Ask a newcomer for the problem, the level and the mode; Enter takes what stands in brackets. `titles` are those of
    the problems by id. Raises BadInput where nobody is there to choose."""
    if chosen.piped:
        raise BadInput(f"Say which problem: interviewer practise ID, with ID one of {', '.join(titles)}.")
    console.print("[bold]Which problem?[/bold]")
    for number, title in enumerate(titles.values(), start=1):
        console.print(f"{number:>4}. {title}", markup=False)
    numbers = [str(number) for number in range(1, len(titles) + 1)]
    usual = 1 + list(titles).index(FIRST_PROBLEM) if FIRST_PROBLEM in titles else 1
    kept = signal(SIGINT, default_int_handler)  # a loop that runs would only take note of Ctrl-C, and wait on
    try:
        picked = IntPrompt.ask(
            f"Its number, 1 to {len(titles)}; Enter for {list(titles.values())[usual - 1]}",
            choices=numbers,
            show_choices=False,
            default=usual,
            console=console,
        )
        levels = [level.value for level in CandidateLevel]
        level = Prompt.ask("Level", choices=levels, default=chosen.level.value, console=console)
        modes = [mode.value for mode in Mode]
        mode = Prompt.ask(
            "Mode (a mock gives no hints)", choices=modes, default=chosen.mode.value, console=console
        )
    except EOFError as error:
        raise BadInput(
            "Nobody is there to choose: interviewer practise ID, and `interviewer packs list`."
        ) from error
    finally:
        signal(SIGINT, kept)
    return replace(chosen, scenario=list(titles)[picked - 1], level=CandidateLevel(level), mode=Mode(mode))


def _channel(console: Console, open_service: Service, chosen: Chosen) -> Channel:
    return Pipe(console) if chosen.piped else Keyboard(console, open_service.clock)


async def _hold_and_hand_over(
    session: Session,
    open_service: Service,
    settings: Settings,
    channel: Channel,
    console: Console,
    chosen: Chosen,
) -> None:
    clock = open_service.clock

    def pass_time(seconds: float) -> None:
        if isinstance(clock, Virtual):
            clock.advance(seconds)

    ended = await hold(session, channel, pass_time, chosen.pace_s or PIPED_TURN_S)
    if not ended and not chosen.piped:
        _left(console)
        return
    if isinstance(channel, Pipe) and (unused := await channel.unused()):
        await channel.tell(f"The interview was over; {unused} more lines of the pipe were not used.")
    await session.end()
    if not chosen.piped and session.interview.rated is None:
        await session.rate(await look_back(console))
    card = await card_here(session, open_service, settings, console)
    rated = session.interview.rated
    hand_over(card, session.id, open_service.data, console, chosen.format, chosen.piped, rated)
