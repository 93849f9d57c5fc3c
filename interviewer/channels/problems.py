"""Errors in HTTP's words: every fault is `application/problem+json` (RFC 9457), with a type that stays the same.

Only here do our errors get status codes. What nobody raised on purpose is told as a number to ask about; the log has
the rest, without a word of anybody's.
"""

from __future__ import annotations

import json
import logging
import traceback
from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from interviewer.channels.resources import Problem
from interviewer.errors import (
    BadInput,
    Closed,
    Conflict,
    InterviewerError,
    NotFound,
    NotNow,
    NotSignedIn,
    Unavailable,
)

log = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"

_KINDS = {401: "not-signed-in", 404: "not-found", 405: "no-such-method", 422: "bad-input", 503: "unavailable"}
_HEADERS = {401: {"WWW-Authenticate": "Bearer"}, 503: {"Retry-After": "1"}}

PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {"description": HTTPStatus(status).phrase, "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}}
    for status in (400, 401, 403, 404, 409, 413, 422, 429, 503)
}  # Any: fragments of an OpenAPI document  # fmt: skip
"""What every router documents as its errors."""


class Refused(Exception):
    """A request that only HTTP can refuse: a foreign origin, a body too large, a stale `If-Match`, too many tries."""

    def __init__(self, status: int, kind: str, detail: str, headers: Mapping[str, str] | None = None) -> None:
        self.status = status
        self.kind = kind
        self.detail = detail
        self.headers = dict(headers or {})
        super().__init__(detail)


def problem(
    status: int,
    kind: str,
    detail: str,
    instance: str = "",
    errors: Sequence[Mapping[str, Any]] = (),  # Any: where and what, as the validator names them
    headers: Mapping[str, str] | None = None,
) -> Response:
    """The answer that tells of a fault; `kind` is the last word of its type, which stays the same for good."""
    body = Problem(
        type=f"urn:interviewer:{kind}",
        title=HTTPStatus(status).phrase,
        status=status,
        detail=detail,
        instance=instance,
        errors=tuple(dict(one) for one in errors),
    )
    text = json.dumps(body.model_dump(mode="python"))  # ASCII, so that half a character in a name is no fault
    return Response(text, status, {**(headers or {}), "Cache-Control": "no-store"}, MEDIA_TYPE)


def status_of(error: InterviewerError) -> int:
    """The status code for an error of ours."""
    match error:
        case NotSignedIn():
            return 401
        case NotFound():
            return 404
        case BadInput():
            return 422
        case NotNow() | Conflict():
            return 409
        case Unavailable():
            return 503
        case _:
            return 500


def answer(error: Exception, instance: str = "") -> Response | None:
    """The answer to an error that was raised on purpose, None for any other."""
    match error:
        case Refused():
            return problem(error.status, error.kind, error.detail, instance, headers=error.headers)
        case RequestValidationError():
            listed = [_listed(one) for one in error.errors()[:50]]
            return problem(422, "wrong-shape", "The request does not have the right shape.", instance, listed)
        case HTTPException(status_code=status):
            words = _in_words(status, error.detail)
            return problem(status, _kind_of(status), words, instance, headers=error.headers)
        case InterviewerError() if (status := status_of(error)) != 500:
            return problem(status, _kind(error, status), str(error), instance, headers=_HEADERS.get(status))
        case _:
            return None


def tell_problems(app: FastAPI) -> None:
    """Have the app tell every error as a problem."""

    def handle(request: Request, error: Exception) -> Response:
        told = answer(error, request.url.path)
        if told is None:
            raise error
        return told

    for kind in (Refused, RequestValidationError, HTTPException, InterviewerError):
        app.add_exception_handler(kind, handle)


class Faults:
    """The outermost layer: a defect of ours ends as a 500 with a number, and is logged under that number."""

    def __init__(self, app: ASGIApp, new_id: Callable[[], str]) -> None:
        self._app = app
        self._new_id = new_id

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = False

        async def watched(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self._app(scope, receive, watched)
        except Exception as error:
            told = answer(error, scope["path"])
            if told is None:
                number = self._new_id()
                log_fault(number, error)
                told = problem(
                    500, "fault", f"Something broke on our side. Its number is {number}.", scope["path"]
                )
            if not begun:
                await told(scope, receive, send)


def log_fault(number: str, error: BaseException) -> None:
    """Log a defect by its kind and place; its message may hold what somebody said, so it stays out."""
    places = "".join(traceback.format_tb(error.__traceback__))
    log.error("Fault %s: %s\n%s", number, type(error).__name__, places)


def _listed(one: Mapping[str, Any]) -> dict[str, Any]:  # Any: a validator's own words
    return {"where": ".".join(str(step) for step in one["loc"]), "what": one["msg"], "type": one["type"]}


def _kind(error: InterviewerError, status: int) -> str:
    match error:
        case Closed():
            return "closed"
        case NotNow():
            return "not-now"
        case Conflict():
            return "conflict"
        case _:
            return _kind_of(status)


def _kind_of(status: int) -> str:
    return _KINDS.get(status) or HTTPStatus(status).phrase.lower().replace(" ", "-")


def _in_words(status: int, detail: object) -> str:
    match status:
        case 404:
            return "There is nothing at this address."
        case 405:
            return "This address does not take that method."
        case _:
            return str(detail)
