"""What may be sent in one request: it is counted while it comes in, and nothing is read beyond the limit.

JSON can write half a character (a lone surrogate), which no text can hold; that is refused here for every route.
"""

from __future__ import annotations

import json

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from interviewer.channels.problems import problem

MOST_BYTES = 512 * 1024
MOST_BOARD_BYTES = 2 * 1024 * 1024
TOO_LARGE_A_BOARD = "A board takes at most 1 MiB. Large pictures are what fills it."


class Bodies:
    """Refuses (413) a body over 512 KiB, or over 2 MiB where it is a board's, before anything is made of it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        drawn = scope["path"].endswith("/board")
        most = MOST_BOARD_BYTES if drawn else MOST_BYTES
        said = Headers(scope=scope).get("content-length", "0")
        body = None if said.isdigit() and int(said) > most else await _read(receive, most)
        if body is None:
            detail = TOO_LARGE_A_BOARD if drawn else f"That is too much at once: at most {most // 1024} KiB."
            headers = {"Connection": "close"}  # what was not read must not be taken for the next request
            await problem(413, "too-large", detail, scope["path"], headers=headers)(scope, receive, send)
            return
        if not _is_whole(body):
            detail = "The request holds half a character, which cannot be kept."
            await problem(422, "bad-input", detail, scope["path"])(scope, receive, send)
            return
        messages: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

        async def replayed() -> Message:
            return messages.pop() if messages else await receive()

        await self._app(scope, replayed, send)


def _is_whole(body: bytes) -> bool:
    if b"\\ud" not in body and b"\\uD" not in body:
        return True
    try:
        json.dumps(json.loads(body), ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    except (ValueError, RecursionError):
        return True  # no JSON at all, which the route will say
    return True


async def _read(receive: Receive, most: int) -> bytes | None:
    """The whole body; None where it is longer than that."""
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return b"".join(parts)
        part = message.get("body", b"")
        size += len(part)
        if size > most:
            return None
        parts.append(part)
        if not message.get("more_body", False):
            return b"".join(parts)
