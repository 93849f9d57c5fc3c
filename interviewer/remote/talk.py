"""One interview at a server, held from a terminal: at the keyboard, or from a pipe with one line a turn."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import dataclass, field

from prompt_toolkit import PromptSession
from prompt_toolkit.patch_stdout import patch_stdout
from rich.console import Console
from rich.markdown import Markdown
from rich.text import Text

from interviewer.channels.channel import COMMANDS, NOT_SAID, NOT_SAID_YET, Said, said
from interviewer.channels.hold import HOW_TO_DRAW
from interviewer.channels.looking_back import look_back
from interviewer.channels.resources import Rating
from interviewer.channels.screen import Screen, plan_of, time_of, toolbar
from interviewer.client import Client, LiveRoom
from interviewer.errors import Closed, InterviewerError
from interviewer.practise import Chosen
from interviewer.remote.showing import card_is_ready, end_of, is_over, scene_in, settled, shown, within

CARD_WITHIN_S = 120.0
FIRST_WORD_S = 30.0


@dataclass
class Talk:
    """One interview, held from this terminal."""

    client: Client
    id: str
    console: Console
    chosen: Chosen
    resumed: bool
    _prompt: PromptSession[str] | None = field(default=None, init=False)
    _held_back: list[str] = field(default_factory=list, init=False)

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
            async with shown(room, screen):
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
            await within(FIRST_WORD_S, room.answered(0))
        unused = 0
        while line := await asyncio.to_thread(sys.stdin.readline):
            if not line.strip() or line.startswith("#"):
                continue
            if is_over(room):
                unused += 1
                continue
            since = room.last
            asked = await self._heard(said(line.rstrip("\n")), room, screen)
            if asked and not is_over(room):
                await room.answered(max(since, room.said))
        if unused:
            screen.tell(f"The interview was over; {unused} more lines of the pipe were not used.")
        return True

    async def _typed(self, room: LiveRoom, screen: Screen) -> bool:
        """Whether the interview came to its end; the terminal was left otherwise."""
        self._prompt = prompt = PromptSession[str](
            multiline=False,
            enable_open_in_editor=True,
            interrupt_exception=EOFError,  # a KeyboardInterrupt in a task would tear down the loop
        )
        ended = asyncio.create_task(end_of(room))
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
                await settled(heard, room, screen)
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
                bottom_toolbar=lambda: toolbar(room.view, room.now(), room.connected),
                refresh_interval=1.0,
            )
        )
        try:
            await asyncio.wait({asking, ended}, return_when=asyncio.FIRST_COMPLETED)
            return asking.result() if asking.done() else ""
        except EOFError:
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
                self._held_back.append(came.text)
                screen.tell(NOT_SAID_YET if self._prompt else NOT_SAID)
                return False
            await room.say(came.text, board_rev=room.view.board_rev or None)
            return True
        except InterviewerError as refused:
            if not (isinstance(refused, Closed) and is_over(room)):
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
                self._bring_back()
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
                await end_of(room)
            case _:
                screen.tell("/help lists the commands.")
        return False

    def _bring_back(self) -> None:
        """What was typed in a pause stands at the prompt again, to be said now."""
        if self._prompt is not None and self._held_back:
            self._prompt.default_buffer.insert_text(" ".join(self._held_back))
            self._held_back.clear()

    async def _drawn(self, name: str, room: LiveRoom) -> str:
        if not name:
            return HOW_TO_DRAW
        try:
            scene = await asyncio.to_thread(scene_in, name)
        except (OSError, ValueError, RuntimeError) as error:
            why = getattr(error, "strerror", None) or error
            return f"{name} cannot be read: {why}. {HOW_TO_DRAW}"
        rev = await self.client.draw(self.id, scene, room.view.board_rev)
        await room.until(lambda now: now.board_rev >= rev)
        return f"The board is on the table, revision {rev}. I'll look at it with your next words."

    async def _hand_over(self, room: LiveRoom, screen: Screen) -> None:
        if not is_over(room):
            await self.client.end(self.id)
        if not self.chosen.piped:
            await self._rated(screen)
        await within(CARD_WITHIN_S, room.until(card_is_ready))
        card = await self.client.scorecard(self.id, self.chosen.format)
        if self.chosen.piped or self.chosen.format != "markdown":
            self.console.file.write("\n" + card)
        else:
            self.console.print(Markdown(card))
        page = f"{self.client.base_url}/interviews/{self.id}/card"
        self.console.print(Text(f"Kept at {page}", style="dim"), soft_wrap=True)

    async def _rated(self, screen: Screen) -> None:
        rated = await look_back(self.console)
        try:
            own = rated.model_dump(include={"best", "worst", "level", "next_time"})
            await self.client.rate(self.id, Rating.model_validate(own))
        except (ValueError, InterviewerError) as error:
            screen.tell(f"Your own view could not be kept: {error}")
