"""The pages: the built files of the browser's half, and one page for every address that a person may type.

What is under a folder of files or under /v1 and is not there is a 404 and never a page, so that a missing font is seen
as missing. Files with a hash in their name are kept for good, the page itself never.
"""

from __future__ import annotations

import asyncio
import mimetypes
from dataclasses import dataclass
from pathlib import Path

from fastapi import FastAPI
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

WEB = Path(__file__).resolve().parent.parent / "_web"

NO_PAGE = ("v1", "assets", "excalidraw", "livez", "readyz", "metrics")
"""First steps of addresses at which there is no page."""

FOR_GOOD = "public, max-age=31536000, immutable"
FOR_A_DAY = "public, max-age=86400"

PACKED = (("br", ".br"), ("gzip", ".gz"))
"""Encodings that the build may have made beside a file, best first."""

TYPES = {
    ".css": "text/css",
    ".html": "text/html",
    ".ico": "image/x-icon",
    ".js": "text/javascript",
    ".json": "application/json",
    ".map": "application/json",
    ".mjs": "text/javascript",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
}
"""The machine's own table of types may hold anything, and nosniff makes a wrong one fatal."""

NOT_BUILT = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Interviewer</title></head>
<body><h1>The pages are not built yet</h1>
<p>The server runs, but the browser's half is missing here. <code>make run</code> builds it and starts the server.</p>
<p>An interview can also be held in a terminal: <code>interviewer practise</code>.</p></body></html>
"""


@dataclass(frozen=True)
class Pages:
    """Serves the files of `folder`, which may be missing. An ASGI application for GET and HEAD."""

    folder: Path
    otherwise: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.otherwise(scope, receive, send)
            return
        if scope["method"] not in ("GET", "HEAD"):
            raise HTTPException(404)
        response = await asyncio.to_thread(self._answer, scope["path"], Headers(scope=scope))
        await response(scope, receive, send)

    def _answer(self, path: str, headers: Headers) -> Response:
        steps = [step for step in path.split("/") if step]
        file = _inside(self.folder, steps)
        if file is not None:
            return _file(file, steps, headers)
        if steps and (steps[0] in NO_PAGE or "." in steps[-1] or not _wants_page(headers)):
            raise HTTPException(404)
        page = self.folder / "index.html"
        if not page.is_file():
            return HTMLResponse(NOT_BUILT, status_code=503)
        return _file(page, ["index.html"], headers)


def serve_web(app: FastAPI, folder: Path = WEB) -> None:
    """Let everything that no route answers be answered by a page, a file or a 404."""
    app.router.default = Pages(folder, app.router.not_found)


def _inside(folder: Path, steps: list[str]) -> Path | None:
    """The file at these steps, if there is one; nothing hidden, and nothing outside of `folder`."""
    if not steps or any(
        step.startswith(".") or "\0" in step or "\\" in step or "/" in step for step in steps
    ):
        return None
    try:
        file = folder.joinpath(*steps).resolve()
        return file if file.is_file() and file.is_relative_to(folder.resolve()) else None
    except (OSError, ValueError):
        return None


def _file(file: Path, steps: list[str], headers: Headers) -> Response:
    said = {"Cache-Control": _kept(steps)}
    kind = TYPES.get(file.suffix.lower()) or mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    packed = file
    accepted = {one.partition(";")[0].strip() for one in headers.get("accept-encoding", "").split(",")}
    beside = [(name, file.with_name(file.name + suffix)) for name, suffix in PACKED]
    if any(other.is_file() for _, other in beside):
        said["Vary"] = "Accept-Encoding"
        for name, other in beside:
            if name in accepted and other.is_file():
                packed, said["Content-Encoding"] = other, name
                break
    return FileResponse(packed, headers=said, media_type=kind)


def _kept(steps: list[str]) -> str:
    match steps[0]:
        case "assets":
            return FOR_GOOD
        case "excalidraw":
            return FOR_A_DAY
        case _:
            return "no-store" if steps[-1] == "index.html" else "no-cache"


def _wants_page(headers: Headers) -> bool:
    accept = headers.get("accept", "*/*")
    return "text/html" in accept or "*/*" in accept
