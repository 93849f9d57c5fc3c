"""Exports as files to keep: the right media type, a plain name, never shown by the browser in our own pages."""

from __future__ import annotations

from starlette.responses import Response

_KINDS = {
    "json": ("application/json", "json"),
    "markdown": ("text/markdown; charset=utf-8", "md"),
    "csv": ("text/csv; charset=utf-8", "csv"),
    "html": ("text/html; charset=utf-8", "html"),
    "debrief": ("text/markdown; charset=utf-8", "md"),
}


FILES: dict[str, object] = {
    media_type: {"schema": {"type": "string"}}
    for media_type in dict.fromkeys(media_type.partition(";")[0] for media_type, _ in _KINDS.values())
    if media_type != "application/json"
}
"""How OpenAPI tells of the files that are no JSON, by media type."""


def as_file(text: str, format: str, name: str) -> Response:
    """The text as an attachment; `name` has no ending. A sheet begins with the mark by which spreadsheets know UTF-8."""
    media_type, ending = _KINDS[format]
    body = ("\ufeff" + text if format == "csv" else text).encode("utf-8", "replace")
    plain = "".join(sign if sign.isascii() and (sign.isalnum() or sign in "-_") else "-" for sign in name)
    headers = {"Content-Disposition": f'attachment; filename="{plain}.{ending}"'}
    return Response(body, media_type=media_type, headers=headers)
