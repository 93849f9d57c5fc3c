"""The routes of an interview, in process: begin, talk, follow, draw, act, end and forget, and who may do so."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from interviewer.channels import http_boards, wire
from interviewer.channels.resources import Events, Snapshot
from interviewer.channels.room import view
from tests.serving import Served, an_app

WANTED = {"scenario": "url-shortener", "seed": 1}
TEXT_BOARD = {"type": "text", "text": "[Client] -> [API] -> [Redis]"}


@pytest.fixture
async def served(tmp_path: Path) -> AsyncIterator[Served]:
    async with an_app(tmp_path, worker=True) as served:
        yield served


@pytest.fixture
async def client(served: Served) -> AsyncIterator[httpx.AsyncClient]:
    async with served.client() as client:
        yield client


async def begun(client: httpx.AsyncClient, **wanted: Any) -> str:
    answer = await client.post("/v1/sessions", json={**WANTED, **wanted})
    assert answer.status_code == 201, answer.text
    id: str = answer.json()["id"]
    return id


async def until(client: httpx.AsyncClient, id: str, kind: str, after: int = 0) -> list[wire.Ev]:
    """The events up to the first of a kind, by long poll."""
    found: list[wire.Ev] = []
    async with asyncio.timeout(20):
        while not any(event.kind == kind for event in found):
            answer = await client.get(f"/v1/sessions/{id}/events", params={"after": after, "wait": 5})
            items = Events.model_validate(answer.json()).items
            found += items
            after = items[-1].seq if items else after
    return found


async def ended(client: httpx.AsyncClient, id: str) -> None:
    """End the interview and wait for its card."""
    assert (await client.post(f"/v1/sessions/{id}/end")).json()["state"]["state"] == "ended"
    async with asyncio.timeout(30):
        await client.get(
            f"/v1/sessions/{id}/events", headers={"Accept": "text/event-stream"}
        )  # to its very end


# --- beginning ----------------------------------------------------------------------------------------------------


async def test_an_interview_begins_with_what_was_chosen_and_is_opened_by_the_interviewer(
    client: httpx.AsyncClient,
) -> None:
    answer = await client.post(
        "/v1/sessions", json={**WANTED, "level": "staff", "mode": "mock", "minutes": 30, "pace": "spoken"}
    )
    shown = answer.json()
    assert answer.status_code == 201
    assert (shown["level"], shown["mode"], shown["pace"], shown["minutes"]) == ("staff", "mock", "spoken", 30)
    assert (shown["state"], shown["attempt"], shown["kind"], shown["title"]) == (
        "open",
        1,
        "h",
        "URL shortener",
    )
    assert shown["left_s"] == pytest.approx(30 * 60)
    events = await until(client, shown["id"], "agent.final")
    assert [event.kind for event in events][:2] == ["session.state", "turn.started"]


async def test_the_same_key_begins_one_interview_and_gives_the_same_answer(client: httpx.AsyncClient) -> None:
    key = {"Idempotency-Key": "a-key"}
    answers = await asyncio.gather(*(client.post("/v1/sessions", json=WANTED, headers=key) for _ in range(4)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.text for answer in answers}) == 1
    assert len((await client.get("/v1/sessions")).json()["items"]) == 1


async def test_a_key_that_comes_with_another_request_is_refused(client: httpx.AsyncClient) -> None:
    key = {"Idempotency-Key": "a-key"}
    await client.post("/v1/sessions", json=WANTED, headers=key)
    other = await client.post("/v1/sessions", json={**WANTED, "level": "mid"}, headers=key)
    assert (other.status_code, other.json()["type"]) == (409, "urn:interviewer:conflict")


async def test_a_key_is_its_senders_alone(served: Served, client: httpx.AsyncClient) -> None:
    key = {"Idempotency-Key": "a-key"}
    first = await client.post("/v1/sessions", json=WANTED, headers=key)
    async with served.client(await served.person("Ann")) as ann:
        second = await ann.post("/v1/sessions", json=WANTED, headers=key)
    assert first.json()["id"] != second.json()["id"]


@pytest.mark.parametrize(
    ("wanted", "status"),
    [
        ({"scenario": "nowhere"}, 404),
        ({**WANTED, "plan": "nothing"}, 404),
        ({**WANTED, "minutes": 7}, 422),
        ({**WANTED, "level": "wizard"}, 422),
        ({**WANTED, "more": 1}, 422),
        ({}, 422),
    ],
)
async def test_what_cannot_be_begun_is_told(
    client: httpx.AsyncClient, wanted: dict[str, Any], status: int
) -> None:
    answer = await client.post("/v1/sessions", json=wanted)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")


async def test_the_shelf_tells_how_ones_own_attempts_went(served: Served, client: httpx.AsyncClient) -> None:
    id = await begun(client)
    async with served.client(await served.person("Ann")) as ann:
        hers = {one["id"]: one for one in (await ann.get("/v1/scenarios")).json()["items"]}
    mine = {one["id"]: one for one in (await client.get("/v1/scenarios")).json()["items"]}
    assert (mine["url-shortener"]["attempts"], mine["url-shortener"]["last_session"]) == (1, id)
    assert hers["url-shortener"]["attempts"] == 0
    assert mine["url-shortener"]["plan"] in mine["url-shortener"]["plans"]
    plans = (await client.get("/v1/plans")).json()["items"]
    assert {plan for one in mine.values() for plan in one["plans"]} <= {plan["id"] for plan in plans}


# --- lists --------------------------------------------------------------------------------------------------------


async def test_a_list_is_walked_by_its_cursor_without_repeats(client: httpx.AsyncClient) -> None:
    made = [await begun(client) for _ in range(5)]
    seen: list[str] = []
    cursor: str | None = None
    for _ in range(3):
        params = {"limit": "2", **({"cursor": cursor} if cursor else {})}
        page = (await client.get("/v1/sessions", params=params)).json()
        seen += [one["id"] for one in page["items"]]
        cursor = page["next"]
    assert cursor is None
    assert sorted(seen) == sorted(made)


async def test_a_candidate_lists_their_own_and_a_coach_all(served: Served, client: httpx.AsyncClient) -> None:
    mine = await begun(client)
    async with served.client(await served.person("Ann")) as ann:
        hers = await begun(ann)
        assert [one["id"] for one in (await ann.get("/v1/sessions")).json()["items"]] == [hers]
    everybodys = (await client.get("/v1/sessions")).json()["items"]
    assert {one["id"] for one in everybodys} == {mine, hers}
    assert {one["candidate"] for one in everybodys} == {"owner", "Ann"}
    own = (await client.get("/v1/sessions", params={"mine": "true"})).json()["items"]
    assert [one["id"] for one in own] == [mine]


async def test_a_cursor_of_nobodys_is_bad_input(client: httpx.AsyncClient) -> None:
    assert (await client.get("/v1/sessions", params={"cursor": "?"})).status_code == 422


# --- talking without a socket -------------------------------------------------------------------------------------


async def test_a_message_is_stored_once_and_answered(client: httpx.AsyncClient) -> None:
    id = await begun(client)
    await until(client, id, "agent.final")
    message = {"cmid": "message-1", "body": "How many links are made a day?"}
    first = await client.post(f"/v1/sessions/{id}/messages", json=message)
    again = await client.post(f"/v1/sessions/{id}/messages", json=message)
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == {**first.json(), "dup": True}
    events = await until(client, id, "agent.final", after=first.json()["seq"] - 1)
    assert [event.kind for event in events].count("candidate.message") == 1


async def test_a_message_id_with_another_text_is_refused(client: httpx.AsyncClient) -> None:
    id = await begun(client)
    url = f"/v1/sessions/{id}/messages"
    await client.post(url, json={"cmid": "message-1", "body": "One thing."})
    other = await client.post(url, json={"cmid": "message-1", "body": "Another thing."})
    assert (other.status_code, other.json()["type"]) == (409, "urn:interviewer:conflict")


@pytest.mark.parametrize("body", ["", "  \n", "x" * (wire.MOST_BODY_BYTES + 1), "a\0b"])
async def test_a_message_that_is_none_is_refused(client: httpx.AsyncClient, body: str) -> None:
    id = await begun(client)
    answer = await client.post(f"/v1/sessions/{id}/messages", json={"cmid": "message-1", "body": body})
    assert answer.status_code == 422


async def test_more_messages_than_the_limit_wait(tmp_path: Path) -> None:
    async with an_app(tmp_path, messages_burst=2, messages_per_s=0.5) as served, served.client() as client:
        id = await begun(client)
        answers = [
            await client.post(f"/v1/sessions/{id}/messages", json={"cmid": f"message-{n}", "body": "So."})
            for n in range(4)
        ]
    assert [answer.status_code for answer in answers] == [201, 201, 429, 429]
    assert int(answers[-1].headers["retry-after"]) >= 1


async def test_a_long_poll_waits_for_what_comes(client: httpx.AsyncClient) -> None:
    id = await begun(client)
    head = (await until(client, id, "agent.final"))[-1].seq
    poll = asyncio.create_task(client.get(f"/v1/sessions/{id}/events", params={"after": head, "wait": 10}))
    await asyncio.sleep(0.05)
    assert not poll.done()
    await client.post(
        f"/v1/sessions/{id}/messages", json={"cmid": "message-1", "body": "I start with users."}
    )
    assert Events.model_validate((await poll).json()).items[0].seq == head + 1


async def test_a_long_poll_with_nothing_to_tell_ends_empty(client: httpx.AsyncClient) -> None:
    id = await begun(client)
    head = (await until(client, id, "agent.final"))[-1].seq
    answer = await client.get(f"/v1/sessions/{id}/events", params={"after": head, "wait": 0.1})
    assert (answer.json()["items"], answer.json()["head"]) == ([], head)


async def test_a_number_beyond_the_last_event_is_refused(client: httpx.AsyncClient) -> None:
    id = await begun(client)
    answer = await client.get(f"/v1/sessions/{id}/events", params={"after": 999})
    assert (answer.status_code, answer.json()["type"]) == (409, "urn:interviewer:position-unknown")
    for wrong in ("-1", "NaN", "1e99", "x"):
        assert (await client.get(f"/v1/sessions/{id}/events", params={"after": wrong})).status_code == 422


async def test_the_event_stream_gives_the_same_frames_and_goes_on_after_the_last_id(
    client: httpx.AsyncClient,
) -> None:
    id = await begun(client)
    await until(client, id, "agent.final")
    await ended(client, id)
    polled = (await client.get(f"/v1/sessions/{id}/events")).text
    streamed = (await client.get(f"/v1/sessions/{id}/events", headers={"Accept": "text/event-stream"})).text
    frames = [line.removeprefix("data: ") for line in streamed.splitlines() if line.startswith("data: ")]
    assert f'"items":[{",".join(frames)}]' in polled
    rest = await client.get(
        f"/v1/sessions/{id}/events", headers={"Accept": "text/event-stream", "Last-Event-ID": "3"}
    )
    assert [line for line in rest.text.splitlines() if line.startswith("id: ")][0] == "id: 4"


async def test_the_transcript_is_the_room_at_the_number_it_names(client: httpx.AsyncClient) -> None:
    id = await begun(client)
    events = await until(client, id, "agent.final")
    snapshot = Snapshot.model_validate((await client.get(f"/v1/sessions/{id}/transcript")).json())
    assert snapshot.seq == events[-1].seq
    assert snapshot.room == view(events)
    assert [turn.role for turn in snapshot.room.turns] == ["interviewer"]


# --- acting -------------------------------------------------------------------------------------------------------


async def test_pausing_stops_the_clock_until_it_is_resumed(client: httpx.AsyncClient) -> None:
    id = await begun(client)
    await until(client, id, "agent.final")
    for _ in range(2):
        assert (await client.post(f"/v1/sessions/{id}/pause")).json()["state"]["state"] == "paused"
    said = await client.post(f"/v1/sessions/{id}/messages", json={"cmid": "message-1", "body": "Hello?"})
    assert (said.status_code, said.json()["type"]) == (409, "urn:interviewer:not-now")
    assert (await client.post(f"/v1/sessions/{id}/resume")).json()["state"]["state"] == "open"


@pytest.mark.parametrize("act", ["hint", "pause"])
async def test_a_mock_gives_no_hints_and_no_pauses(client: httpx.AsyncClient, act: str) -> None:
    id = await begun(client, mode="mock")
    answer = await client.post(f"/v1/sessions/{id}/{act}")
    assert (answer.status_code, answer.json()["type"]) == (409, "urn:interviewer:not-now")


async def test_after_the_end_there_is_a_card_and_nothing_can_be_said(client: httpx.AsyncClient) -> None:
    id = await begun(client)
    await until(client, id, "agent.final")
    rating = {"best": "The sums", "worst": "The start", "level": "senior", "next_time": "ask first"}
    assert (await client.put(f"/v1/sessions/{id}/rating", json=rating)).status_code == 409
    await ended(client, id)
    assert (await client.put(f"/v1/sessions/{id}/rating", json=rating)).status_code == 204
    said = await client.post(f"/v1/sessions/{id}/messages", json={"cmid": "message-1", "body": "Hello?"})
    assert (said.status_code, said.json()["type"]) == (409, "urn:interviewer:closed")
    assert (await client.post(f"/v1/sessions/{id}/hint")).json()["type"] == "urn:interviewer:closed"
    assert (await client.post(f"/v1/sessions/{id}/end")).json()["state"]["rated"] is True


async def test_what_is_forgotten_is_gone(client: httpx.AsyncClient) -> None:
    id = await begun(client)
    await until(client, id, "agent.final")
    assert (await client.delete(f"/v1/sessions/{id}")).status_code == 204
    for path in ("", "/transcript", "/events", "/board", "/scorecard"):
        assert (await client.get(f"/v1/sessions/{id}{path}")).status_code == 404
    assert (await client.get("/v1/sessions")).json()["items"] == []


# --- the board ----------------------------------------------------------------------------------------------------


async def drawn(client: httpx.AsyncClient, id: str, scene: object, after: str = "0") -> httpx.Response:
    return await client.put(f"/v1/sessions/{id}/board", json={"scene": scene}, headers={"If-Match": after})


async def test_a_board_is_kept_under_revisions_and_read_at_once(client: httpx.AsyncClient) -> None:
    id = await begun(client)
    assert (await client.get(f"/v1/sessions/{id}/board")).status_code == 404
    first = await drawn(client, id, TEXT_BOARD)
    assert (first.status_code, first.json(), first.headers["etag"]) == (200, {"rev": 1}, '"1"')
    second = await drawn(client, id, {"elements": [], "appState": {}}, after=first.headers["etag"])
    assert second.json() == {"rev": 2}
    latest = await client.get(f"/v1/sessions/{id}/board")
    assert (latest.json()["rev"], latest.headers["etag"]) == (2, '"2"')
    assert (await client.get(f"/v1/sessions/{id}/board", params={"rev": 1})).json()["scene"] == TEXT_BOARD
    events = await until(client, id, "board.read")
    kinds = [event.kind for event in events if event.kind.startswith("board")]
    assert kinds[:2] == ["board.saved", "board.read"]
    read = next(event for event in events if isinstance(event, wire.EvBoardRead))
    assert {(part.label, part.role) for part in read.data.parts} == {
        ("Client", "client"), ("API", ""), ("Redis", "cache"),
    }  # fmt: skip


async def test_a_board_drawn_from_an_older_revision_is_refused(client: httpx.AsyncClient) -> None:
    id = await begun(client)
    await drawn(client, id, TEXT_BOARD)
    stale = await drawn(client, id, TEXT_BOARD)
    assert (stale.status_code, stale.json()["type"]) == (412, "urn:interviewer:stale")
    assert "1" in stale.json()["detail"]


@pytest.mark.parametrize(
    "scene",
    [
        {},
        {"elements": "none"},
        {"elements": [1, 2]},
        {"type": "text"},
        {"type": "text", "text": 3},
        {"elements": [], "deep": json.loads("[" * 60 + "]" * 60)},
    ],
)
async def test_what_is_no_scene_is_refused(client: httpx.AsyncClient, scene: object) -> None:
    id = await begun(client)
    assert (await drawn(client, id, scene)).status_code == 422


async def test_a_board_too_large_is_refused(client: httpx.AsyncClient) -> None:
    id = await begun(client)
    large = {"type": "text", "text": "x" * http_boards.MOST_BYTES}
    many = {"elements": [{"id": str(n)} for n in range(http_boards.MOST_ELEMENTS + 1)]}
    for scene in (large, many):
        assert (await drawn(client, id, scene)).status_code == 413
    endless = await client.put(f"/v1/sessions/{id}/board", content=b" " * (2 * 1024 * 1024 + 1))
    assert endless.status_code == 413


@pytest.mark.parametrize("if_match", ["*", "x", "-1", '"1', "9" * 30])
async def test_a_revision_that_is_none_is_refused(client: httpx.AsyncClient, if_match: str) -> None:
    id = await begun(client)
    answer = await drawn(client, id, TEXT_BOARD, after=if_match)
    assert answer.status_code in (412, 422)


async def test_a_board_without_a_revision_is_refused(client: httpx.AsyncClient) -> None:
    id = await begun(client)
    assert (await client.put(f"/v1/sessions/{id}/board", json={"scene": TEXT_BOARD})).status_code == 422


# --- who may ------------------------------------------------------------------------------------------------------

OPEN_TO_ALL = {"is_alive", "is_ready", "sign_in", "sign_out", "follow_session"}

BODIES: dict[str, Any] = {
    "get_ticket": {},
    "say": {"cmid": "message-1", "body": "Hello"},
    "save_board": {"scene": TEXT_BOARD},
    "make_wish": {"wish": "next"},
    "rate_session": {},
    "contest_line": {"line": "levels", "reason": "No."},
    "retry_moment": {"turn": 1},
    "give_levels": {"levels": {}},
    "override_score": {"target": "x", "to": 1, "reason": "Why."},
    "add_evidence": {"target": "x", "turn": 1, "start": 0, "end": 1, "reason": "Why."},
    "drop_evidence": {"reason": "Why."},
    "settle_flag": {"to": "dropped", "reason": "Why."},
    "comment_session": {"text": "Well."},
    "dismiss_session": {"reason": "Why."},
}


def operations(served: Served) -> list[tuple[str, str, str]]:
    """Every operation of the server, by method, path and id."""
    return [
        (method.upper(), path, operation["operationId"])
        for path, found in served.app.openapi()["paths"].items()
        for method, operation in found.items()
    ]


async def asked(client: httpx.AsyncClient, operation: tuple[str, str, str], id: str) -> httpx.Response:
    method, path, name = operation
    url = path.format(id=id, flag="rf.x", evidence="ev_0001")
    params = {"with": id} if name == "compare_cards" else {}
    headers = {"If-Match": "0"} if name == "save_board" else {}
    return await client.request(method, url, json=BODIES.get(name), params=params, headers=headers)


async def test_nobody_reaches_anything_without_signing_in(served: Served, client: httpx.AsyncClient) -> None:
    id = await begun(client)
    async with served.client("") as nobody:
        for operation in operations(served):
            if operation[2] not in OPEN_TO_ALL:
                answer = await asked(nobody, operation, id)
                assert answer.status_code == 401, operation
                assert answer.headers["content-type"] == "application/problem+json"


async def test_somebody_elses_interview_looks_like_none_at_every_address(
    served: Served, client: httpx.AsyncClient
) -> None:
    id = await begun(client)
    await ended(client, id)
    before = (await client.get(f"/v1/sessions/{id}/events")).json()["head"]
    async with served.client(await served.person("Ann")) as ann:
        for operation in operations(served):
            if "{id}" not in operation[1]:
                continue
            foreign, absent = await asked(ann, operation, id), await asked(ann, operation, "0" * 32)
            assert (foreign.status_code, absent.status_code) == (404, 404), operation
            ours, theirs = foreign.json(), absent.json()
            assert {**ours, "instance": ""} == {**theirs, "instance": ""}, operation
            assert foreign.headers.keys() == absent.headers.keys()
    assert (await client.get(f"/v1/sessions/{id}/events")).json()["head"] == before


async def test_a_coach_reads_an_interview_and_does_not_speak_in_it(
    served: Served, client: httpx.AsyncClient
) -> None:
    async with served.client(await served.person("Ann")) as ann:
        hers = await begun(ann)
    assert (await client.get(f"/v1/sessions/{hers}/transcript")).status_code == 200
    for act in ("hint", "pause", "end", "stop"):
        assert (await client.post(f"/v1/sessions/{hers}/{act}")).status_code == 404
    said = await client.post(f"/v1/sessions/{hers}/messages", json=BODIES["say"])
    assert said.status_code == 404
    assert (await client.delete(f"/v1/sessions/{hers}")).status_code == 404


async def test_a_ticket_for_the_internal_stream_is_a_coachs(
    served: Served, client: httpx.AsyncClient
) -> None:
    async with served.client(await served.person("Ann")) as ann:
        hers = await begun(ann)
        refused = await ann.post(f"/v1/sessions/{hers}/tickets", json={"stream": "internal"})
    assert refused.status_code == 404
    assert (await client.post(f"/v1/sessions/{hers}/tickets", json={"stream": "internal"})).status_code == 201


async def test_the_server_tells_that_it_lives_and_is_ready_until_it_goes_away(
    served: Served, client: httpx.AsyncClient
) -> None:
    assert (await client.get("/livez")).status_code == 200
    assert (await client.get("/readyz")).status_code == 200
    served.app.state.tally.draining.set()
    assert (await client.get("/livez")).status_code == 200
    assert (await client.get("/readyz")).status_code == 503
