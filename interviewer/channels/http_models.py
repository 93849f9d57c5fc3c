"""Which model interviews, over HTTP: its name, for everybody; what is set up, and a test of it, for coaches and admins.

What is tested stands in the server's own settings. No address and no key is ever taken from a request, so nobody can
make the server call elsewhere, and none is ever given (wire.md 6, rows 39 to 41).
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import StreamingResponse

from interviewer.auth import Account, Principal, Role
from interviewer.channels.access import NOTHING_HERE, Signed
from interviewer.channels.chair import Chair, ModelCheck, ModelShown
from interviewer.channels.problems import PROBLEMS, Refused
from interviewer.channels.service import Handed
from interviewer.errors import NotFound

router = APIRouter(tags=["model"], responses=PROBLEMS)

TEST_S = 120.0
"""So long a test may take in all."""
TESTS_AT_ONCE = 3
A_TEST_EACH_S = 20.0
"""A test costs money, so that there may be three at once and one each twenty seconds, whoever asks."""
TOO_LONG = "The test took too long, and was ended."
AT_LENGTH = "In a terminal on the server, `interviewer doctor` waits as long as it takes."


class Lines(StreamingResponse):
    """One JSON document a line, each as soon as it is there."""

    media_type = "application/x-ndjson"


async def looking_after(principal: Signed) -> Principal:
    """A coach or an admin. Raises NotSignedIn, and NotFound for everybody else who is signed in."""
    if not _trusted(principal.account):
        raise NotFound(NOTHING_HERE)
    return principal


@router.get("/model", operation_id="show_model")
async def show_model(principal: Signed, service: Handed) -> ModelShown:
    """Which model interviews. Coaches and admins are told as well where it answers, whether it has a key, what it costs
    and what may be spent. Never the key."""
    if not _trusted(principal.account):
        return ModelShown(interviewer=service.chair.seated())
    return (await service.chair.shown()).model_copy(update={"may_test": True})


@router.post(
    "/model/test",
    operation_id="test_model",
    response_class=Lines,
    responses={200: {"model": ModelCheck, "description": "Findings, one a line, the verdict last"}},
)
async def test_model(_principal: Annotated[Principal, Depends(looking_after)], service: Handed) -> Lines:
    """Try the models that are set up, and tell each finding as it comes. 429 after three tests in a minute."""
    wait_s = await service.cache.allow("model-test", 1 / A_TEST_EACH_S, TESTS_AT_ONCE)
    if wait_s > 0:
        detail = "The model was tested several times just now. Wait a few seconds."
        raise Refused(429, "too-many-tries", detail, {"Retry-After": f"{wait_s + 1:.0f}"})
    headers = {"X-Accel-Buffering": "no"}  # a proxy that gathers would hold the first lines back
    return Lines(lines_of(service.chair, TEST_S), headers=headers)


async def lines_of(chair: Chair, within_s: float) -> AsyncGenerator[str]:
    """The findings as lines of JSON; after `within_s` seconds one that says it took too long, and no more."""
    end = asyncio.get_running_loop().time() + within_s
    async with aclosing(chair.tried()) as findings:
        while True:
            try:
                async with asyncio.timeout_at(end):
                    found = await anext(findings)
            except StopAsyncIteration:
                return
            except TimeoutError:
                found = ModelCheck(check="verdict", state="wrong", told=TOO_LONG, remedy=AT_LENGTH)
                yield f"{found.model_dump_json()}\n"
                return
            yield f"{found.model_dump_json()}\n"


def _trusted(account: Account) -> bool:
    return account.may(Role.coach) or account.may(Role.admin)
