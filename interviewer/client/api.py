"""The requests of `/v1` that a program makes by HTTP, with answers as the models of channels/resources.py.

A client is made with the address of a server and a token; it reads no settings and prints nothing. What the server
refuses comes back as the errors of interviewer/errors.py, so that callers need to know no status code.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from types import TracebackType
from typing import Literal, Self, TypeVar

import httpx
from pydantic import BaseModel

from interviewer.channels import resources, wire
from interviewer.channels.room import Room
from interviewer.client.connection import Patience
from interviewer.client.room import LiveRoom
from interviewer.errors import (
    BadInput,
    Conflict,
    InterviewerError,
    NotFound,
    NotNow,
    NotSignedIn,
    Unavailable,
)

Body = TypeVar("Body", bound=BaseModel)
CardFormat = Literal["json", "markdown", "html", "csv"]
ANSWER_S = 20.0
"""How long an answer to a request may take."""


class Client:
    """Somebody's way to a server, by their token. Used as `async with`; every method raises Unavailable where the server
    does not answer, NotSignedIn where the token is none of its own, NotFound for what is not there or not theirs."""

    def __init__(
        self,
        base_url: str,
        token: str,
        *,
        chance: Callable[[], float],
        new_id: Callable[[], str],
        answer_s: float = ANSWER_S,
    ) -> None:
        """`chance` gives numbers in [0, 1) for waits between tries, `new_id` gives ids for messages and requests."""
        self._base = base_url.rstrip("/")
        self._chance = chance
        self._new_id = new_id
        if not _is_address(self._base):
            raise BadInput(f"{base_url} is no address of a server, such as http://127.0.0.1:8642.")
        if not token.isascii():
            raise NotSignedIn("A token has no letters beyond ASCII.")
        self._http = httpx.AsyncClient(
            base_url=f"{self._base}/v1", headers={"Authorization": f"Bearer {token}"}, timeout=answer_s,
            trust_env=False, follow_redirects=False,
        )  # fmt: skip

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._http.aclose()

    @property
    def base_url(self) -> str:
        """The server's address."""
        return self._base

    async def me(self) -> resources.Me:
        """Who the token belongs to, and what they should know of the installation."""
        return await self._get("/me", resources.Me)

    async def scenarios(self) -> resources.Scenarios:
        """The problems that can be practised."""
        return await self._get("/scenarios", resources.Scenarios)

    async def plans(self) -> resources.Plans:
        """The plans that an interview can follow."""
        return await self._get("/plans", resources.Plans)

    async def start(self, wanted: resources.NewSession) -> resources.SessionShown:
        """Begin an interview, once, however often the request had to be made."""
        key = {"Idempotency-Key": self._new_id()}
        return await self._post("/sessions", resources.SessionShown, wanted, key)

    async def session(self, id: str) -> resources.SessionShown:
        """An interview, as it stands in a list."""
        return await self._get(f"/sessions/{id}", resources.SessionShown)

    async def sessions(self, **filters: str | int | bool) -> resources.SessionPage:
        """A page of interviews; filters as the query of GET /v1/sessions."""
        return await self._get("/sessions", resources.SessionPage, filters)

    async def forget(self, id: str) -> None:
        """Erase an interview."""
        await self._ask("DELETE", f"/sessions/{id}")

    async def ticket(self, id: str, stream: Literal["public", "internal"] = "public") -> str:
        """A ticket for one socket."""
        body = resources.NewTicket(stream=stream)
        return (await self._post(f"/sessions/{id}/tickets", resources.Ticket, body)).ticket

    async def snapshot(self, id: str) -> resources.Snapshot:
        """The room folded at the last seq there is."""
        return await self._get(f"/sessions/{id}/transcript", resources.Snapshot)

    async def events(self, id: str, after: int = 0, wait_s: int = 0) -> resources.Events:
        """Public events after a seq; waits for some for up to `wait_s` seconds where there are none."""
        return await self._get(
            f"/sessions/{id}/events", resources.Events, {"after": after, "wait": wait_s}, wait_s + ANSWER_S
        )

    async def send(
        self, id: str, body: str, cmid: str | None = None, board_rev: int | None = None
    ) -> resources.MessageStored:
        """Say something without a socket. Give the same `cmid` again to say the same again."""
        message = resources.NewMessage(cmid=cmid or self._new_id(), body=body, board_rev=board_rev)
        return await self._post(f"/sessions/{id}/messages", resources.MessageStored, message)

    async def stop(self, id: str) -> wire.SessionState:
        """Ask the interviewer to stop speaking."""
        return await self._act(id, "stop")

    async def hint(self, id: str) -> wire.SessionState:
        """Ask for a hint. Raises NotNow in a mock."""
        return await self._act(id, "hint")

    async def pause(self, id: str) -> wire.SessionState:
        """Stop the clock. Raises NotNow in a mock."""
        return await self._act(id, "pause")

    async def resume(self, id: str) -> wire.SessionState:
        """Let the clock run again."""
        return await self._act(id, "resume")

    async def end(self, id: str) -> wire.SessionState:
        """End the interview; the card follows."""
        return await self._act(id, "end")

    async def wish(self, id: str, wish: Literal["next", "close"]) -> wire.SessionState:
        """Ask for the next phase, or to come to the close."""
        shown = await self._post(f"/sessions/{id}/wishes", resources.StateShown, resources.Wish(wish=wish))
        return shown.state

    async def board(self, id: str) -> resources.Board:
        """The board as it was saved last. Raises NotFound where nothing was drawn."""
        return await self._get(f"/sessions/{id}/board", resources.Board)

    async def draw(self, id: str, scene: Mapping[str, object], after_rev: int) -> int:
        """Save the board, made from revision `after_rev`; gives the new one. Raises Conflict where another was saved."""
        answer = await self._ask(
            "PUT", f"/sessions/{id}/board", resources.NewBoard(scene=dict(scene)),
            {"If-Match": f'"{after_rev}"'},
        )  # fmt: skip
        return resources.BoardStored.model_validate_json(answer.content).rev

    async def rate(self, id: str, rating: resources.Rating) -> None:
        """Say how it went, before the card is seen."""
        await self._ask("PUT", f"/sessions/{id}/rating", rating)

    async def scorecard(self, id: str, format: CardFormat = "json") -> str:
        """The card as text. Raises NotNow while there is none."""
        answer = await self._ask("GET", f"/sessions/{id}/scorecard", query={"format": format})
        return answer.text

    async def card_page(self, id: str) -> resources.CardPage:
        """Everything that the page of the card shows."""
        return await self._get(f"/sessions/{id}/card-page", resources.CardPage)

    async def history(self) -> resources.History:
        """All scored interviews of one's own."""
        return await self._get("/history", resources.History)

    def room(
        self, id: str, after: int = 0, onto: Room | None = None, patience: Patience | None = None
    ) -> AbstractAsyncContextManager[LiveRoom]:
        """An interview, live, from the event after `after`; `onto` is the room as it stood there, where it is known.

        Use as `async with`. From a snapshot: `client.room(id, snapshot.seq, snapshot.room)`.
        """
        url = httpx.URL(f"{self._base}/v1/ws")
        url = url.copy_with(scheme="wss" if url.scheme == "https" else "ws")
        return LiveRoom(self, id, str(url), after, onto, self._chance, self._new_id, patience or Patience())

    async def _act(self, id: str, act: str) -> wire.SessionState:
        return (await self._post(f"/sessions/{id}/{act}", resources.StateShown)).state

    async def _get(
        self,
        path: str,
        shape: type[Body],
        query: Mapping[str, str | int | bool] | None = None,
        answer_s: float | None = None,
    ) -> Body:
        return _read(shape, await self._ask("GET", path, query=query, answer_s=answer_s))

    async def _post(
        self,
        path: str,
        shape: type[Body],
        body: BaseModel | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Body:
        return _read(shape, await self._ask("POST", path, body, headers))

    async def _ask(
        self,
        method: str,
        path: str,
        body: BaseModel | None = None,
        headers: Mapping[str, str] | None = None,
        query: Mapping[str, str | int | bool] | None = None,
        answer_s: float | None = None,
    ) -> httpx.Response:
        content = body.model_dump_json().encode() if body is not None else None
        kind = {"Content-Type": "application/json"} if content is not None else {}
        try:
            async with asyncio.timeout(answer_s or ANSWER_S):
                answer = await self._http.request(
                    method, path, content=content, params=query, headers={**(headers or {}), **kind}
                )
        except (TimeoutError, httpx.TransportError) as error:
            raise Unavailable(f"The server at {self._base} does not answer.") from error
        if answer.is_success:
            return answer
        raise _refusal(answer, self._base)


def _is_address(text: str) -> bool:
    try:
        url = httpx.URL(text)
    except httpx.InvalidURL:
        return False
    return url.scheme in ("http", "https") and bool(url.host)


def _read(shape: type[Body], answer: httpx.Response) -> Body:
    try:
        return shape.model_validate_json(answer.content)
    except ValueError as error:
        raise BadInput(
            f"{answer.url.path} answered with something else than expected; is it an interviewer server "
            "of the same version?"
        ) from error


def _refusal(answer: httpx.Response, base: str) -> InterviewerError:
    """What a refused request means to the caller, in the words of the server's own problem."""
    try:
        said = json.loads(answer.content)
        words = str(said.get("detail") or said.get("title") or "") if isinstance(said, dict) else ""
    except ValueError:
        words = ""
    match answer.status_code:
        case 401:
            return NotSignedIn(words or "The token is not known to this server.")
        case 404:
            return NotFound(words or f"{base} knows nothing of that.")
        case 409:
            return NotNow(words or "That is not possible as things stand.")
        case 412:
            return Conflict(words or "It was changed meanwhile.")
        case status if status == 429 or status >= 500:
            return Unavailable(words or f"The server at {base} cannot answer at the moment.")
        case status:
            return BadInput(words or f"{base} refused that ({status}).")
