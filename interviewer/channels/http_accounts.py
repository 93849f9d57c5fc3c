"""Signing in and out, who one is, how one likes the room, and one's own data: all of it to take away, or to erase.

A link's code is exchanged for a cookie once. Everything here is about the person who asks; nobody names another.
"""

from __future__ import annotations

import ipaddress
from contextlib import suppress
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import ValidationError

from interviewer.auth import Account, Principal, Role
from interviewer.channels.access import (
    Signed,
    cookie_of,
    drop_cookies,
    principal_of,
    secret_of,
    set_cookie,
    signed_out,
)
from interviewer.channels.my_data import as_json, forget_everything
from interviewer.channels.problems import PROBLEMS, Refused
from interviewer.channels.resources import Me, Person, Preferences, SignIn
from interviewer.channels.service import Handed, Service
from interviewer.errors import NotSignedIn

router = APIRouter(tags=["people"], responses=PROBLEMS)

TRIES = 10
"""So many wrong codes a minute may come from one address. A right code always passes, whoever guesses meanwhile."""


@router.post("/sign-in", operation_id="sign_in")
async def sign_in(given: SignIn, request: Request, response: Response, service: Handed) -> Me:
    """Exchange the one-time code of a link for a cookie. 401 for a code that is wrong, used or too old, 429 after ten
    such codes in a minute."""
    try:
        account = await service.accounts.redeem(given.code, {"code", "invite"})
    except NotSignedIn as error:
        wait_s = await service.cache.allow(f"sign-in:{_from(request)}", TRIES / 60, TRIES)
        if wait_s <= 0:
            raise NotSignedIn(
                "This link is wrong, was used already, or is too old. "
                "`interviewer people link owner` prints a new one."
            ) from error
        raise Refused(
            429,
            "too-many-tries",
            "Too many wrong links came from here. Wait a minute, or use a new link.",
            {"Retry-After": f"{wait_s + 1:.0f}"},
        ) from error
    if (before := cookie_of(request)) is not None:
        await service.accounts.revoke(before)
    set_cookie(response, request, await service.accounts.issue(account.id, "cookie"))
    return await _me(service, account)


@router.post("/sign-out", operation_id="sign_out", status_code=204)
async def sign_out(request: Request, service: Handed) -> Response:
    """Make the cookie or token that came along worthless. Signing out twice is no fault."""
    with suppress(NotSignedIn):
        principal = await principal_of(request, service)
        await service.accounts.revoke(secret_of(request) or "")
        await service.cache.ring(signed_out(principal.account.id))
    return _gone()


@router.get("/me", operation_id="show_me")
async def show_me(principal: Signed, service: Handed) -> Me:
    """Who is signed in, who interviews, and who else reads what is said."""
    return await _me(service, principal.account)


@router.get("/settings", operation_id="show_settings")
async def show_settings(principal: Signed, service: Handed) -> Preferences:
    """How one likes the room."""
    return await _preferences(service, principal)


@router.put("/settings", operation_id="change_settings")
async def change_settings(wanted: Preferences, principal: Signed, service: Handed) -> Preferences:
    """Keep how one likes the room."""
    await service.accounts.set_preferences(principal.account.id, wanted.model_dump(mode="json"))
    return wanted


@router.get(
    "/me/export",
    operation_id="export_my_data",
    response_class=StreamingResponse,
    responses={200: {"description": "Everything kept about oneself", "content": {"application/json": {}}}},
)
async def export_my_data(principal: Signed, service: Handed) -> StreamingResponse:
    """Everything that is kept about oneself, as one JSON file."""
    preferences = await _preferences(service, principal)
    return StreamingResponse(
        as_json(service, principal.account, preferences),
        media_type="application/json",
        headers={"Content-Disposition": 'attachment; filename="my-interviews.json"'},
    )


@router.delete("/me/data", operation_id="erase_my_data", status_code=204)
async def erase_my_data(principal: Signed, service: Handed) -> Response:
    """Erase all interviews of one's own, with boards, cards and settings, and sign out everywhere."""
    await forget_everything(service, principal.account)
    return _gone()


def _from(request: Request) -> str:
    """Whose tries are counted together: those of one address, or of one network where that has addresses without end."""
    host = request.client.host if request.client else ""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is None:
        return str(ipaddress.ip_network((address, 64), strict=False))
    return host


def _gone() -> Response:
    response = Response(status_code=204, headers={"Clear-Site-Data": '"storage"'})
    drop_cookies(response)
    return response


async def _me(service: Service, account: Account) -> Me:
    people = await service.accounts.all()
    trusted = account.may(Role.coach) or account.may(Role.admin)
    return Me(
        person=Person(
            id=account.id, name=account.name, roles=tuple(role.value for role in Role if account.may(role))
        ),
        interviewer=service.chair.seated(),
        data_folder=str(service.data) if trusted else "",
        coaches=tuple(one.name for one in people if one.may(Role.coach) and one.id != account.id),
        version=service.version,
    )


async def _preferences(service: Service, principal: Principal) -> Preferences:
    kept: dict[str, Any] = await service.accounts.preferences(principal.account.id)  # Any: as JSON gives it
    try:
        return Preferences.model_validate(kept)
    except ValidationError:  # kept by another version; taste is not worth a fault
        return Preferences()
