"""The board over HTTP: stored under revisions, read at once so that one sees what the interviewer sees."""

from __future__ import annotations

import asyncio
import json
import re
from typing import Annotated, Any

from fastapi import APIRouter, Header, Query
from starlette.responses import Response

from interviewer.channels.access import Signed, own, reach
from interviewer.channels.bodies import TOO_LARGE_A_BOARD
from interviewer.channels.problems import PROBLEMS, Refused
from interviewer.channels.resources import Board, BoardStored, NewBoard
from interviewer.channels.service import Handed, Service
from interviewer.errors import BadInput, Closed, Conflict, NotFound
from interviewer.interview.diagram import Graph
from interviewer.interview.events import BoardRead, Event, SessionId
from interviewer.interview.scene import read_scene

router = APIRouter(prefix="/sessions/{id}/board", tags=["board"], responses=PROBLEMS)

MOST_BYTES = 1024 * 1024
MOST_ELEMENTS = 5000
DEEPEST = 40
MOST_SEEN = 400
MOST_LABEL = 200

_STALE: dict[int | str, dict[str, Any]] = {
    412: {"description": "Another revision was saved since"}
}  # Any: OpenAPI


@router.put("", operation_id="save_board", responses=_STALE)
async def save_board(
    service: Handed,
    principal: Signed,
    id: str,
    board: NewBoard,
    response: Response,
    if_match: Annotated[str, Header(alias="If-Match", max_length=40)],
) -> BoardStored:
    """Store a board drawn from the revision in `If-Match` ("0" where there is none yet).

    412 where another one was saved since, 413 over 1 MiB, 422 for what is no scene.
    """
    row = await own(service, principal, id)
    after = _revision(if_match)
    text = _checked(board.scene)
    read = await _read(service, row.id, row.summary.scenario, board.scene, after + 1)
    try:
        rev = await service.host.draw(row.id, text, after, read)
    except Closed:
        raise
    except Conflict as error:
        raise Refused(412, "stale", str(error)) from error
    response.headers["ETag"] = f'"{rev}"'
    return BoardStored(rev=rev)


@router.get("", operation_id="read_board")
async def read_board(
    service: Handed,
    principal: Signed,
    id: str,
    response: Response,
    rev: Annotated[int | None, Query(ge=1, le=2**53)] = None,
) -> Board:
    """The latest board, or a revision that is still kept. 404 where there is none."""
    row = await reach(service, principal, id)
    scene = await service.boards.scene(row.id, rev)
    if scene is None:
        raise NotFound("There is no such board." if rev else "Nothing has been drawn yet.")
    response.headers["ETag"] = f'"{scene.rev}"'
    return Board(rev=scene.rev, scene=json.loads(scene.text))


async def _read(
    service: Service, session: SessionId, scenario: str, scene: dict[str, Any], rev: int
) -> tuple[Event, ...]:
    """What the interviewer sees on the board; nothing where the problem's files are gone."""
    try:
        parts = service.shelf.pack(scenario).scenario.parts
    except NotFound:
        return ()
    graph = await asyncio.to_thread(
        read_scene, scene, parts
    )  # a full board takes longer than the loop may stand
    return (BoardRead(rev=rev, graph=_bounded(graph)),)


def _bounded(graph: Graph) -> Graph:
    """The graph with labels and lists of a length that fits a frame."""
    return Graph(
        boxes=tuple(
            box.model_copy(update={"label": box.label[:MOST_LABEL]}) for box in graph.boxes[:MOST_SEEN]
        ),
        links=tuple(
            link.model_copy(update={"label": link.label[:MOST_LABEL]}) for link in graph.links[:MOST_SEEN]
        ),
        oddities=tuple(
            odd.model_copy(update={"label": odd.label[:MOST_LABEL]}) for odd in graph.oddities[:MOST_SEEN]
        ),
    )


def _revision(if_match: str) -> int:
    match = re.fullmatch(r'(?:W/)?"?(\d{1,15})"?', if_match.strip(), re.ASCII)
    if match is None:
        raise BadInput(
            'If-Match takes the revision that the board was drawn from, such as "3", or "0" for none.'
        )
    return int(match[1])


def _checked(scene: dict[str, Any]) -> str:
    """The scene as JSON text. Raises BadInput where it is none, Refused where it is too large."""
    elements = scene.get("elements")
    is_text = scene.get("type") == "text" and isinstance(scene.get("text"), str)
    if not is_text and not (isinstance(elements, list) and all(isinstance(one, dict) for one in elements)):
        raise BadInput('A board is a scene with its list of elements, or {"type": "text", "text": …}.')
    if isinstance(elements, list) and len(elements) > MOST_ELEMENTS:
        raise Refused(413, "too-large", f"A board holds at most {MOST_ELEMENTS} elements.")
    if _deeper_than(scene, DEEPEST):
        raise BadInput(f"A board is nested at most {DEEPEST} deep.")
    try:
        text = json.dumps(scene, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
        size = len(text.encode())
    except (ValueError, RecursionError) as error:
        raise BadInput("The board holds half a character, or a number that is none.") from error
    if size > MOST_BYTES:
        raise Refused(413, "too-large", TOO_LARGE_A_BOARD)
    return text


def _deeper_than(value: object, most: int) -> bool:
    level: list[object] = [value]
    for _ in range(most):
        level = [
            inner
            for one in level
            if isinstance(one, dict | list)
            for inner in (one.values() if isinstance(one, dict) else one)
        ]
        if not level:
            return False
    return True
