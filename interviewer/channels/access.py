"""Who is asking, what they may reach, and whether the request is theirs at all.

A browser shows a cookie, a program a bearer token; neither ever stands in an address. What is absent and what belongs
to somebody else are told apart nowhere: both are the same NotFound.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Depends, Response
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocketClose

from interviewer.auth import Principal, Role
from interviewer.channels.problems import problem
from interviewer.channels.service import Handed, Service, handed
from interviewer.errors import NotFound, NotSignedIn
from interviewer.interview.events import SessionId
from interviewer.store.index import Row

COOKIE = "interviewer-session"
SECURE_COOKIE = "__Host-interviewer"
COOKIE_DAYS = 90

NO_SESSION = "There is no such interview, or it is not yours."
NOTHING_HERE = "There is nothing here, or it is not yours."
HIDDEN = "Give your own levels first, or reveal the card."
NOBODY = "Sign in first: `interviewer serve` prints a link, and so does `interviewer people link owner`."

SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


# --- who ----------------------------------------------------------------------------------------------------------


async def principal_of(connection: HTTPConnection, service: Service) -> Principal:
    """Who the request shows to be. A bearer token counts before a cookie. Raises NotSignedIn."""
    if (token := _bearer(connection.headers)) is not None:
        return Principal(await service.accounts.redeem(token, {"token"}), "token")
    if (cookie := cookie_of(connection)) is not None:
        return Principal(await service.accounts.redeem(cookie, {"cookie"}), "cookie")
    raise NotSignedIn(NOBODY)


async def signed(connection: HTTPConnection, service: Handed) -> Principal:
    """Whoever is signed in. Raises NotSignedIn."""
    return await principal_of(connection, service)


Signed = Annotated[Principal, Depends(signed)]


async def coach(principal: Signed) -> Principal:
    """A coach. Raises NotSignedIn, and NotFound for everybody else who is signed in."""
    if not principal.account.may(Role.coach):
        raise NotFound(NOTHING_HERE)
    return principal


Coach = Annotated[Principal, Depends(coach)]


def _bearer(headers: Mapping[str, str]) -> str | None:
    scheme, _, token = headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else None


# --- the cookie ---------------------------------------------------------------------------------------------------


def cookie_of(connection: HTTPConnection) -> str | None:
    """The secret in the cookie, None where there is none."""
    if kept := connection.cookies.get(SECURE_COOKIE):
        return kept
    # Over https a cookie without the prefix may have been set by a neighbouring host.
    return None if _by_https(connection) else connection.cookies.get(COOKIE)


def secret_of(connection: HTTPConnection) -> str | None:
    """What the request shows who it is by: its bearer token, else its cookie."""
    return _bearer(connection.headers) or cookie_of(connection)


def set_cookie(response: Response, connection: HTTPConnection, secret: str) -> None:
    """Keep the secret of a new sign-in in the browser, out of reach for scripts."""
    secure = _by_https(connection)
    response.set_cookie(
        SECURE_COOKIE if secure else COOKIE,
        secret,
        max_age=COOKIE_DAYS * 24 * 3600,
        path="/",
        secure=secure,
        httponly=True,
        samesite="lax",
    )


def drop_cookies(response: Response) -> None:
    """Make the browser forget who it was."""
    response.delete_cookie(COOKIE, path="/", httponly=True, samesite="lax")
    response.delete_cookie(SECURE_COOKIE, path="/", secure=True, httponly=True, samesite="lax")


def _by_https(connection: HTTPConnection) -> bool:
    # Behind a proxy that ends TLS only the browser knows, and says so in its origin.
    return connection.url.scheme in ("https", "wss") or (origin_of(connection) or "").startswith("https://")


# --- what ---------------------------------------------------------------------------------------------------------


async def reach(service: Service, principal: Principal, session_id: str) -> Row:
    """An interview to read: one's own, and for a coach anybody's. Raises NotFound."""
    row = await _row(service, session_id)
    if row.owner != principal.account.id and not principal.account.may(Role.coach):
        raise NotFound(NO_SESSION)
    return row


async def own(service: Service, principal: Principal, session_id: str) -> Row:
    """An interview to act in as its candidate: one's own alone. Raises NotFound."""
    row = await _row(service, session_id)
    if row.owner != principal.account.id:
        raise NotFound(NO_SESSION)
    return row


async def _row(service: Service, session_id: str) -> Row:
    try:
        return await service.index.row(SessionId(session_id))
    except NotFound as error:
        raise NotFound(NO_SESSION) from error


def signed_out(account_id: str) -> str:
    """The bell that rings when somebody signs out: sockets of that account end, or sign in anew."""
    return f"signed-out:{account_id}"


# --- whence -------------------------------------------------------------------------------------------------------


def origin_of(connection: HTTPConnection) -> str | None:
    """The Origin header as it came; None from programs, which send none."""
    return connection.headers.get("origin")


def origin_allowed(connection: HTTPConnection, service: Service) -> bool:
    """Whether the request comes from a page of ours, or from no page at all. Compared as a whole, never by parts."""
    origin = origin_of(connection)
    if origin is None or origin in service.origins:
        return True
    host = connection.headers.get("host", "")
    schemes = ("https",) if connection.url.scheme in ("https", "wss") else ("http", "https")
    return host != "" and origin in {f"{scheme}://{host}" for scheme in schemes}


def host_allowed(host: str, service: Service) -> bool:
    """Whether we go by this Host header. A name that is not ours may be somebody's who lets it point here."""
    try:
        name = urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return False
    if name in LOOPBACK or name in service.hosts or host in service.hosts:
        return True
    if name in {urlsplit(origin).hostname for origin in service.origins}:
        return True
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True  # an address cannot be pointed elsewhere


class Gate:
    """Lets in what is meant for this host, and lets change things only what comes from our own pages or from programs.

    A foreign page can make a browser send our cookie, but cannot give itself our origin, nor a bearer token.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        connection = HTTPConnection(scope)
        service = handed(connection)
        known = host_allowed(connection.headers.get("host", ""), service)
        if known and _may_pass(connection, service):
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await WebSocketClose()(scope, receive, send)
        elif known:
            detail = "This request came from another site's page, so nothing was changed."
            await problem(403, "foreign-origin", detail, scope["path"])(scope, receive, send)
        else:
            detail = "This server does not go by that name. INTERVIEWER_HOSTS adds one."
            await problem(400, "unknown-host", detail, scope["path"])(scope, receive, send)


def _may_pass(connection: HTTPConnection, service: Service) -> bool:
    if connection.scope["type"] == "websocket":
        return origin_allowed(connection, service)
    headers = connection.headers
    if connection.scope["method"] in SAFE or _bearer(headers) is not None:
        return True
    if headers.get("sec-fetch-site") == "same-origin":
        return True
    if "origin" in headers:
        return origin_allowed(connection, service)
    return "cookie" not in headers  # nothing that could be misused rides on it
