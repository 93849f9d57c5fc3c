"""Practising at a server from a terminal: the same look and commands as here, over the wire.

The interview lives on the server. Leaving this terminal, or losing the network, loses nothing of it.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

from prompt_toolkit import PromptSession
from prompt_toolkit.patch_stdout import patch_stdout
from rich.console import Console
from rich.markdown import Markdown
from rich.text import Text

from interviewer.assembly import new_seed, new_session_id
from interviewer.channels import wire
from interviewer.channels.channel import COMMANDS, Said, said
from interviewer.channels.hold import MOST_BOARD_BYTES
from interviewer.channels.resources import NewSession, Rating
from interviewer.channels.screen import Screen, plan_of, time_of, toolbar
from interviewer.client import Client, LiveRoom
from interviewer.errors import BadInput, Closed, InterviewerError, NotFound, Unavailable
from interviewer.interview.phases import Pace
from interviewer.practise import Chosen, choose, look_back

LENGTHS = (15, 30, 45, 60)
CARD_WITHIN_S = 120.0
FIRST_WORD_S = 30.0
LAST_MOMENT_S = 2.0


async def practise_remote(
    url: str, token: str | None, chosen: Chosen, resume: bool = False, session: str | None = None
) -> None:
    """An interview at the server `url`: a new one, or with `resume` the one named, else the latest that has not ended.

    Raises Unavailable where the server does not answer, NotSignedIn, NotFound, BadInput.
    """
    if not token:
        raise BadInput(
            "A server wants a token: --token, or INTERVIEWER_TOKEN. `interviewer token` makes one."
        )
    console = Console(highlight=False)
    async with Client(url, token, chance=_chance, new_id=new_session_id) as client:
        id = await (_to_resume(client, session) if resume else _begun(client, chosen, console))
        await Talk(client, id, console, chosen, resume).hold()


def _chance() -> float:
    return new_seed() / 2**31


async def _begun(client: Client, chosen: Chosen, console: Console) -> str:
    if chosen.pace_s is not None:
        raise BadInput("A server's clock is a real one: --pace spoken or typed.")
    if chosen.minutes is not None and chosen.minutes not in LENGTHS:
        raise BadInput(f"At a server an interview takes {', '.join(map(str, LENGTHS))} minutes.")
    if chosen.scenario is None:
        titles = {one.id: one.title for one in (await client.scenarios()).items}
        chosen = choose(titles, chosen, console)
    begun = await client.start(
        NewSession(
            scenario=chosen.scenario or "",
            level=chosen.level.value,
            mode=chosen.mode.value,
            plan=chosen.plan,
            minutes=cast(Literal[15, 30, 45, 60] | None, chosen.minutes and int(chosen.minutes)),
            pace=(chosen.pace or Pace.typed).value,
            seed=chosen.seed,
        )  # fmt: skip
    )
    console.print(Text(begun.title, style="bold"))
    what = f"{begun.level} · {begun.mode} · {begun.minutes:.0f} minutes · {begun.plan} plan · at {client.base_url}"
    console.print(Text(f"{what} · /help lists the commands.", style="dim"), soft_wrap=not console.is_terminal)
    return begun.id


async def _to_resume(client: Client, session: str | None) -> str:
    if session is not None:
        return (await client.session(session)).id
    for one in (await client.sessions(mine=True, limit=20)).items:
        if one.state != "ended":
            return one.id
    raise NotFound("There is no unfinished interview at this server.")


@dataclass
class Talk:
    """One interview, held from this terminal."""

    client: Client
    id: str
    console: Console
    chosen: Chosen
    resumed: bool

    async def hold(self) -> None:
        """Hold it to its card, or until the terminal is left."""
        snapshot = await self.client.snapshot(self.id) if self.resumed else None
        state = snapshot.room.state if snapshot else None
        screen = Screen(self.console, self.chosen.piped, state)
        after, onto = (snapshot.seq, snapshot.room) if snapshot else (0, None)
        async with self.client.room(self.id, after, onto) as room:
            if snapshot is not None:
                self.console.print(Text(f"{state.title if state else self.id}, resumed", style="bold"))
                screen.recap(snapshot.room)
            async with _shown(room, screen):
                stayed = await (
                    self._from_pipe(room, screen) if self.chosen.piped else self._typed(room, screen)
                )
            if not stayed:
                command = f"interviewer practise --server {self.client.base_url} --resume"
                screen.tell(f"Kept at the server. `{command}` goes on from here.")
                return
            await self._hand_over(room, screen)

    async def _from_pipe(self, room: LiveRoom, screen: Screen) -> bool:
        """A line is a turn, and each waits for its answer; the interview ends with the pipe."""
        if not room.view.turns:
            await _within(FIRST_WORD_S, room.answered(0))
        unused = 0
        while line := await asyncio.to_thread(sys.stdin.readline):
            if not line.strip() or line.startswith("#"):
                continue
            if _over(room):
                unused += 1
                continue
            since = room.last
            asked = await self._heard(said(line.rstrip("\n")), room, screen)
            if asked and not _over(room):
                await room.answered(max(since, room.said))
        if unused:
            screen.tell(f"The interview was over; {unused} more lines of the pipe were not used.")
        return True

    async def _typed(self, room: LiveRoom, screen: Screen) -> bool:
        """Whether the interview came to its end; the terminal was left otherwise."""
        prompt: PromptSession[str] = PromptSession(multiline=False, enable_open_in_editor=True)
        ended = asyncio.create_task(_end_of(room))
        heard: list[asyncio.Task[bool]] = []
        with patch_stdout(raw=True):
            try:
                while not ended.done():
                    line = await self._line(prompt, room, ended)
                    if line is None:
                        return ended.done()
                    came = said(line)
                    if came.command or came.text.strip():
                        heard.append(asyncio.create_task(self._heard(came, room, screen)))
            finally:
                await _settled(heard, room, screen)
                ended.cancel()
        await ended  # tells why, where the room is over and the interview is not
        return True

    async def _line(
        self, prompt: PromptSession[str], room: LiveRoom, ended: asyncio.Task[None]
    ) -> str | None:
        """The next line that is typed; None where the terminal was left or the interview ended meanwhile."""
        asking = asyncio.create_task(
            prompt.prompt_async(
                "› ",  # noqa: RUF001
                bottom_toolbar=lambda: toolbar(room.view.state, room.now(), room.connected),
                refresh_interval=1.0,
            )
        )
        try:
            await asyncio.wait({asking, ended}, return_when=asyncio.FIRST_COMPLETED)
            return asking.result() if asking.done() else ""
        except (EOFError, KeyboardInterrupt):
            return None
        finally:
            asking.cancel()
            await asyncio.wait({asking})

    async def _heard(self, came: Said, room: LiveRoom, screen: Screen) -> bool:
        """Do what was typed; whether the interviewer will answer it."""
        try:
            if came.command:
                return await self._obey(came, room, screen)
            if room.view.state is not None and room.view.state.state == "paused":
                screen.tell("The clock is stopped. /resume goes on.")
                return False
            await room.say(came.text, board_rev=room.view.board_rev or None)
            return True
        except InterviewerError as refused:
            if not (isinstance(refused, Closed) and _over(room)):
                screen.tell(str(refused))
            return False

    async def _obey(self, came: Said, room: LiveRoom, screen: Screen) -> bool:
        client, state = self.client, room.view.state
        match came.command:
            case "help":
                screen.tell("\n".join(f"/{name:<7} {does}" for name, does in COMMANDS.items()))
            case "phase" if state is not None:
                screen.tell(plan_of(state))
            case "time" if state is not None:
                screen.tell(time_of(state, room.now()))
            case "pause":
                await client.pause(self.id)
                screen.tell("The clock is stopped. /resume goes on.")
            case "resume":
                screen.tell(f"The clock runs again. {time_of(await client.resume(self.id), None)}")
            case "hint":
                await client.hint(self.id)
                return True
            case "next":
                await client.wish(self.id, "next")
                return True
            case "board":
                screen.tell(await self._drawn(came.argument, room))
            case "end":
                await client.end(self.id)
                await _end_of(room)
            case _:
                screen.tell("/help lists the commands.")
        return False

    async def _drawn(self, name: str, room: LiveRoom) -> str:
        try:
            scene = await asyncio.to_thread(_scene_in, name)
        except (OSError, ValueError, RuntimeError) as error:
            why = getattr(error, "strerror", None) or error
            return f"{name or 'The board'} cannot be read: {why}. Say /board FILE."
        rev = await self.client.draw(self.id, scene, room.view.board_rev)
        await room.until(lambda shown: shown.board_rev >= rev)
        return f"The board is on the table, revision {rev}. I'll look at it with your next words."

    async def _hand_over(self, room: LiveRoom, screen: Screen) -> None:
        if not _over(room):
            await self.client.end(self.id)
        if not self.chosen.piped:
            await self._rated(screen)
        await _within(CARD_WITHIN_S, room.until(_card_is_ready))
        card = await self.client.scorecard(self.id, self.chosen.format)
        if self.chosen.piped or self.chosen.format != "markdown":
            self.console.file.write("\n" + card)
        else:
            self.console.print(Markdown(card))
        page = f"{self.client.base_url}/interviews/{self.id}/card"
        self.console.print(Text(f"Kept at {page}", style="dim"), soft_wrap=True)

    async def _rated(self, screen: Screen) -> None:
        rated = await look_back(self.console)
        level = rated.level if rated.level in ("mid", "senior", "staff", "below") else ""
        try:
            own = {"best": rated.best, "worst": rated.worst, "level": level}
            await self.client.rate(self.id, Rating.model_validate(own))
        except (ValueError, InterviewerError) as error:
            screen.tell(f"Your own view could not be kept: {error}")


@asynccontextmanager
async def _shown(room: LiveRoom, screen: Screen) -> AsyncIterator[None]:
    """Everything that happens in the room is shown as it comes, and when the connection is lost and found again."""

    async def events() -> None:
        async for frame in room.frames():
            screen.show(frame)

    async def links() -> None:
        known = False
        async for connected in room.links():
            if known and room.over is None:
                screen.tell("Connected again." if connected else "The connection is lost; trying again.")
            known = known or connected

    showing = [asyncio.create_task(events()), asyncio.create_task(links())]
    try:
        yield
        await asyncio.sleep(0)  # what came with the last answer is shown before anything else is
    finally:
        for task in showing:
            task.cancel()
        await asyncio.wait(showing)


async def _settled(heard: list[asyncio.Task[bool]], room: LiveRoom, screen: Screen) -> None:
    """What was typed gets a last moment to reach the server; what does not is named."""
    waiting = [task for task in heard if not task.done()]
    if waiting:
        await asyncio.wait(waiting, timeout=LAST_MOMENT_S)
    if room.unsent:
        screen.tell("Your last words did not reach the server; say them again when you come back.")
    for task in waiting:
        task.cancel()


async def _end_of(room: LiveRoom) -> None:
    await room.until(lambda shown: shown.state is not None and shown.state.state == "ended")


async def _within(seconds: float, what: Awaitable[object]) -> None:
    try:
        async with asyncio.timeout(seconds):
            await what
    except TimeoutError as error:
        raise Unavailable("The server takes too long. The interview is kept; --resume goes on.") from error


def _over(room: LiveRoom) -> bool:
    state = room.view.state
    return state is not None and state.state == "ended"


def _card_is_ready(room: wire.Room) -> bool:
    return room.state is not None and room.state.scorecard == "ready"


def _scene_in(name: str) -> dict[str, object]:
    """The board in a file: an Excalidraw scene, or text with arrows."""
    path = Path(name).expanduser()
    if path.stat().st_size > MOST_BOARD_BYTES:
        raise ValueError("it is larger than 1 MiB, and a board holds no more")
    text = path.read_text(encoding="utf-8")
    try:
        scene = json.loads(text)
    except (ValueError, RecursionError):
        return {"type": "text", "text": text}
    if not isinstance(scene, dict):
        raise ValueError("it is neither an Excalidraw scene nor text with arrows")
    return scene
