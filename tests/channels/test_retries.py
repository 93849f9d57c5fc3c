"""A moment taken up again on a server that thinks: the question stands, the answer is answered, and both are compared."""

from __future__ import annotations

import asyncio

import httpx

from interviewer.auth import OWNER
from interviewer.interview.events import SessionId
from tests.coach.finished import a_finished_log
from tests.serving import a_server

BETTER = "We give the code, the long link and when it expires; one row each, and the code is the key."


async def until(client: httpx.AsyncClient, path: str, holds) -> dict:
    for _ in range(150):
        answer = await client.get(path)
        if answer.status_code == 200 and holds(answer.json()):
            return answer.json()
        await asyncio.sleep(0.1)
    raise AssertionError(f"{path} never came to it: {answer.text[:300]}")


async def test_a_moment_is_answered_again_and_both_answers_stand_side_by_side(tmp_path) -> None:
    async with a_server(tmp_path) as served, served.client() as me:
        events = tuple(stored.event for stored in a_finished_log())
        await served.service.turns.begin(SessionId("first"), OWNER, events, None)
        turns = (await me.get("/v1/sessions/first/transcript")).json()["room"]["turns"]
        moment = [turn for turn in turns if turn["role"] == "candidate"][2]
        made = (await me.post("/v1/sessions/first/retries", json={"turn": moment["n"]})).json()
        at = f"/v1/sessions/{made['id']}"
        await me.post(f"{at}/messages", json={"cmid": "message-1", "body": BETTER})
        done = moment["n"] + 1
        await until(
            me, f"{at}/transcript", lambda seen: any(turn["n"] == done for turn in seen["room"]["turns"])
        )
        await me.post(f"{at}/end")
        page = await until(me, f"{at}/card-page", lambda _: True)
        retry = page["retry"]
        assert (retry["session"], retry["turn"]) == ("first", moment["n"])
        assert retry["question"] == turns[moment["n"] - 2]["text"]
        assert (retry["before"], retry["after"]) == (moment["text"], BETTER)
        assert page["card"]["conditions"]["attempt"] == 2
        history = (await me.get("/v1/history")).json()
        assert [one["session"]["id"] for one in history["items"]] == ["first"]
