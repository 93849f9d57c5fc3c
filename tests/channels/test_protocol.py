"""The rules of `chat.v1`, one or more tests each, over real sockets; the numbers are those of wire.md 2."""

from __future__ import annotations

import asyncio
import contextlib
import json
import sqlite3
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from websockets.exceptions import InvalidHandshake, InvalidStatus

from interviewer.channels import wire
from interviewer.channels.following import MOST_BYTES, Following
from interviewer.channels.room import Room, view
from interviewer.errors import Unavailable
from interviewer.hosting import Host
from interviewer.interview.events import SessionId, Stream
from interviewer.store.turns import Heard
from tests.channels.talking import (
    Bare,
    Frame,
    a_cmid,
    a_socket,
    a_ticket,
    act,
    an_interview,
    an_open_socket,
    head_of,
    hello,
    soon,
)
from tests.serving import Served, a_server

pytestmark = pytest.mark.asyncio(loop_scope="module")

HELLO_S = 0.6


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def served(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Served]:
    """One server for all tests that can share one; each has interviews of its own."""
    async with a_server(tmp_path_factory.mktemp("served"), hello_s=HELLO_S, sockets_each=40) as server:
        yield server


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def silent(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Served]:
    """A server on which nobody answers, so that only the candidate's words move a log."""
    async with a_server(tmp_path_factory.mktemp("silent"), worker=False, send_s=0.5) as server:
        yield server


async def code_after(served: Served, *frames: Frame | str | bytes) -> int:
    """The code with which a socket is closed after these frames."""
    async with an_open_socket(served) as bare:
        for frame in frames:
            await bare.send(frame)
        return await bare.closed()


# --- opening


@pytest.mark.parametrize(
    "origin",
    ["https://evil.example", "null", "http://127.0.0.1", "http://127.0.0.1.evil.example", "HTTP://LOCALHOST"],
)
async def test_p1_a_foreign_origin_is_refused_before_it_is_accepted(served: Served, origin: str) -> None:
    with pytest.raises(InvalidStatus) as refused:
        async with an_open_socket(served, origin=origin):
            pass
    assert refused.value.response.status_code == 403


async def test_p1_the_servers_own_origin_is_let_in(served: Served) -> None:
    session = await an_interview(served)
    ticket = await a_ticket(served, session, Origin=served.base_url)
    async with an_open_socket(served, origin=served.base_url) as bare:
        await bare.send(hello(ticket))
        assert (await bare.frame())["t"] == "welcome"


async def test_p1_no_origin_is_let_in_with_the_ticket_of_a_program(served: Served) -> None:
    session = await an_interview(served)
    async with a_socket(served, session) as bare:
        assert bare.welcome["t"] == "welcome"


async def test_p1_another_subprotocol_is_not_spoken(served: Served) -> None:
    from websockets.asyncio.client import connect
    from websockets.exceptions import ConnectionClosed
    from websockets.typing import Subprotocol

    with pytest.raises((InvalidHandshake, ConnectionClosed)):
        async with connect(served.ws_url, subprotocols=[Subprotocol("chat.v9")], proxy=None) as socket:
            await socket.recv()


async def test_p2_a_token_in_the_address_opens_nothing(served: Served) -> None:
    session = await an_interview(served)
    ticket = await a_ticket(served, session)
    async with an_open_socket(served, path=f"?token={served.token}&ticket={ticket}") as bare:
        assert await bare.closed() == 4500
        assert bare.texts == []


async def test_p2_a_ticket_opens_one_socket(served: Served) -> None:
    session = await an_interview(served)
    ticket = await a_ticket(served, session)
    assert len(ticket) >= 22
    assert served.token not in ticket
    async with an_open_socket(served) as first, an_open_socket(served) as second:
        await asyncio.gather(first.send(hello(ticket)), second.send(hello(ticket)))
        kinds = [one["t"] if one else None for one in [await _welcome(first), await _welcome(second)]]
    assert sorted(kinds, key=str) == [None, "welcome"]


async def _welcome(bare: Bare) -> Frame | None:
    from websockets.exceptions import ConnectionClosed

    try:
        return await bare.frame()
    except ConnectionClosed as closed:
        assert closed.rcvd is not None
        assert closed.rcvd.code == 4014
        return None


async def test_p2_a_ticket_is_good_for_half_a_minute(served: Served) -> None:
    session = await an_interview(served)
    late = await served.service.accounts.ticket("local", SessionId(session), Stream.public, None, lives_s=-1)
    assert await code_after(served, hello(late)) == 4014


async def test_p2_a_ticket_is_bound_to_the_origin_that_asked_for_it(served: Served) -> None:
    session = await an_interview(served)
    of_the_page = await a_ticket(served, session, Origin=served.base_url)
    assert await code_after(served, hello(of_the_page)) == 4014
    of_a_program = await a_ticket(served, session)
    async with an_open_socket(served, origin=served.base_url) as bare:
        await bare.send(hello(of_a_program))
        assert await bare.closed() == 4014


async def test_p3_whoever_says_nothing_is_shown_out(served: Served) -> None:
    began = asyncio.get_running_loop().time()
    assert await code_after(served) == 4500
    assert HELLO_S * 0.9 <= asyncio.get_running_loop().time() - began < HELLO_S + 3


async def test_p3_a_ticket_that_was_never_given_is_refused(served: Served) -> None:
    assert await code_after(served, hello("never-given-ticket-0123456789")) == 4014


FIRST_FRAMES: list[Any] = [
    "no json", "", "[]", "null", "3", '"hello"', "{}", '{"t":"hello"}', {"t": "hello", "v": 1}, {"t": "later"},
    {"t": "msg", "cmid": "cmid-00000000", "body": "first things first"}, {"t": "hb", "after": 0},
    hello("x" * 40, after=-1), hello("x" * 40, after=2**64), 
    hello("x" * 40, after=1.5), hello("x" * 40, after=None), hello("x" * 40, v=2), hello("short"),
    hello("x" * 201), hello(5), '{"t":"hello","v":1,"ticket":"' + "x" * 40 + '","after":NaN}',
    '{"t":"hello","v":1,"ticket":"' + "x" * 40 + '","after":Infinity}', "[" * 30_000, "\x00",
]  # fmt: skip


@pytest.mark.parametrize("first", FIRST_FRAMES, ids=range(len(FIRST_FRAMES)))
async def test_p3_anything_but_a_hello_closes(served: Served, first: Any) -> None:
    assert await code_after(served, first) == 4500


async def test_p3_a_binary_frame_is_not_taken(served: Served) -> None:
    assert await code_after(served, b"\x00\x01") == 1003
    session = await an_interview(served)
    async with a_socket(served, session) as bare:
        await bare.send(json.dumps({"t": "msg", "cmid": a_cmid(), "body": "as bytes"}).encode())
        assert await bare.closed() == 1003
    assert "as bytes" not in "".join(bare.texts)


async def test_p3_nonsense_after_the_hello_leaves_the_session_as_it_is(served: Served) -> None:
    session = await an_interview(served)
    head = await head_of(served, session)
    nonsense: list[Any] = [
        "no json", "{}", '{"t":"msg"}', {"t": "msg", "cmid": "short", "body": "x"},
        {"t": "msg", "cmid": "c" * 65, "body": "x"}, {"t": "msg", "body": "x"},
        {"t": "msg", "cmid": 12345678, "body": "x"}, {"t": "msg", "cmid": "half \ud83d", "body": "x"},
        ["msg", a_cmid()], {"t": "ev", "seq": 99},
        {"t": "ack", "cmid": a_cmid(), "seq": 1, "dup": False}, {"t": "eph", "kind": "singing", "on": True},
        {"t": "hb", "after": -1}, {"t": "end"}, hello("x" * 40),
    ]  # fmt: skip
    for frame in nonsense:
        async with a_socket(served, session, after=head) as bare:
            await bare.send(frame)
            assert await bare.closed() == 4500, frame
    assert await head_of(served, session) == head


async def test_p3_fields_of_a_later_version_are_passed_over(served: Served) -> None:
    session = await an_interview(served)
    async with an_open_socket(served) as bare:
        await bare.send(hello(await a_ticket(served, session), colour="blue"))
        assert (await bare.frame())["t"] == "welcome"
        assert (await bare.say("hello there", mood="calm"))["t"] == "ack"


async def test_p4_the_welcome_says_where_the_stream_stands_and_what_is_allowed(served: Served) -> None:
    session = await an_interview(served)
    async with a_socket(served, session) as bare:
        welcome = wire.Welcome.model_validate(bare.welcome)
    assert welcome.head == await head_of(served, session)
    assert welcome.epoch == served.service.epoch
    assert welcome.max == 16384
    assert welcome.win == 8
    assert welcome.hb == served.service.limits.hb_s
    async with a_socket(served, session) as again:
        assert again.welcome["conn"] != welcome.conn


async def test_p5_a_position_beyond_the_head_is_unknown(served: Served) -> None:
    session = await an_interview(served)
    head = await head_of(served, session)
    for after in (head + 1, 2**53):
        assert await code_after(served, hello(await a_ticket(served, session), after)) == 4009


async def test_p5_a_position_of_another_epoch_is_unknown(served: Served) -> None:
    session = await an_interview(served)
    ticket = await a_ticket(served, session)
    assert await code_after(served, hello(ticket, 1, epoch="before-the-restore")) == 4009
    async with an_open_socket(served) as bare:
        await bare.send(hello(await a_ticket(served, session), 1, epoch=served.service.epoch))
        assert (await bare.frame())["t"] == "welcome"


async def test_p5_the_snapshot_stands_where_the_events_go_on(served: Served) -> None:
    session = await an_interview(served)
    async with served.client() as http:
        shot = (await http.get(f"/v1/sessions/{session}/transcript")).json()
    assert shot["epoch"] == served.service.epoch
    async with a_socket(served, session) as whole, a_socket(served, session, after=shot["seq"]) as rest:
        said = await rest.say("Who is going to use it?")
        final = await rest.next("agent.final")
        await whole.up_to(final["seq"])
    assert rest.seqs == list(range(shot["seq"] + 1, final["seq"] + 1))
    assert said["seq"] in rest.seqs
    room = view(_read(rest.events), Room.model_validate(shot["room"]))
    assert room == view(_read(whole.events))


def _read(texts: list[str]) -> list[wire.Ev]:
    return [wire.EVENT_FRAMES.validate_json(text) for text in texts]


async def test_p6_an_unknown_session_and_somebody_elses_look_the_same(served: Served) -> None:
    theirs = await an_interview(served)
    stranger = await served.person("Stranger")
    answers = []
    async with served.client(stranger) as http:
        for session in (theirs, "0" * 32, "x" * 500):
            for method, path in (
                ("POST", "tickets"), ("GET", "transcript"), ("GET", "events"), ("GET", "scorecard"),
                ("POST", "end"), ("POST", "hint"), ("POST", "stop"), ("GET", "board"),
            ):  # fmt: skip
                body: Frame | None = {} if path == "tickets" else None
                answer = await http.request(method, f"/v1/sessions/{session}/{path}", json=body)
                problem = answer.json()
                problem.pop("instance", None)
                answers.append((answer.status_code, path, json.dumps(problem, sort_keys=True)))
    of_theirs = answers[:8]
    assert {status for status, _, _ in of_theirs} == {404}
    assert answers[8:16] == of_theirs
    assert answers[16:] == of_theirs
    assert await head_of(served, theirs) == 5


async def test_p6_a_ticket_of_somebody_else_opens_nothing(served: Served) -> None:
    theirs = await an_interview(served)
    stranger = await served.service.accounts.add("Another", set())
    ticket = await served.service.accounts.ticket(stranger.id, SessionId(theirs), Stream.public, None)
    async with an_open_socket(served) as bare:
        await bare.send(hello(ticket))
        assert await bare.closed() == 4503
        assert bare.texts == []
        assert theirs not in bare.reason


async def test_p6_the_internal_stream_is_for_coaches(served: Served) -> None:
    candidate = await served.person("Candidate")
    session = await an_interview(served, candidate)
    async with served.client(candidate) as http:
        refused = await http.post(f"/v1/sessions/{session}/tickets", json={"stream": "internal"})
    assert refused.status_code == 404


# --- sending


async def test_p7_a_message_is_known_by_its_id_and_names_the_board_it_speaks_of(silent: Served) -> None:
    session = await an_interview(silent, opened=False)
    rev = await silent.service.host.draw(SessionId(session), '{"type": "text", "text": "app -> table"}', 0)
    cmids = ["c" * 8, a_cmid(), "c" * 64]
    async with a_socket(silent, session) as bare:
        acks = [
            await bare.say("The same words.", cmids[0]),
            await bare.say("The same words.", cmids[1], board_rev=rev),
            await bare.say("The same words.", cmids[2], board_rev=None),
        ]
        assert [(ack["t"], ack["cmid"], ack["dup"]) for ack in acks] == [("ack", one, False) for one in cmids]
        await bare.up_to(acks[-1]["seq"])
    said = [one.data for one in _read(bare.events) if isinstance(one, wire.EvCandidateMessage)]
    assert [(one.cmid, one.body) for one in said] == [(cmid, "The same words.") for cmid in cmids]
    assert [one.board_rev for one in said] == [None, rev, None]


async def test_p8_what_is_acked_is_in_the_database(served: Served) -> None:
    session = await an_interview(served)
    async with a_socket(served, session) as bare:
        cmid = a_cmid()
        ack = await bare.say("A cache in front of the store.", cmid)
    assert (ack["t"], ack["dup"]) == ("ack", False)
    with contextlib.closing(sqlite3.connect(served.service.data / "interviews.db")) as database:
        rows = database.execute(
            "SELECT seq FROM event WHERE session_id = ? AND cmid = ?", (session, cmid)
        ).fetchall()
    assert rows == [(ack["seq"],)]


async def test_p9_the_same_message_again_is_acked_with_its_first_place(silent: Served) -> None:
    session = await an_interview(silent, opened=False)
    cmid = a_cmid()
    async with a_socket(silent, session) as bare:
        first = await bare.say("The same.", cmid)
        await bare.say("Another.")
        again = await bare.say("The same.", cmid)
    async with a_socket(silent, session) as other:
        later = await other.say("The same.", cmid)
    assert (first["dup"], again["dup"], later["dup"]) == (False, True, True)
    assert first["seq"] == again["seq"] == later["seq"]
    assert await head_of(silent, session) == first["seq"] + 1


async def test_p9_the_same_id_with_other_words_is_a_conflict_and_stores_nothing(silent: Served) -> None:
    session = await an_interview(silent, opened=False)
    cmid = a_cmid()
    async with a_socket(silent, session) as bare:
        first = await bare.say("These words.", cmid)
        assert (await bare.say("Other words.", cmid))["code"] == "conflict"
        assert (await bare.say("These words.", cmid))["dup"]
    assert await head_of(silent, session) == first["seq"]


async def test_p9_an_id_belongs_to_its_session_alone(silent: Served) -> None:
    one, other = await an_interview(silent, opened=False), await an_interview(silent, opened=False)
    cmid = a_cmid()
    async with a_socket(silent, one) as here, a_socket(silent, other) as there:
        assert (await here.say("In one.", cmid))["dup"] is False
        assert (await there.say("In another.", cmid))["dup"] is False


async def test_p9_two_sockets_that_send_the_same_at_once_store_it_once(silent: Served) -> None:
    session = await an_interview(silent, opened=False)
    cmid = a_cmid()
    async with a_socket(silent, session) as one, a_socket(silent, session) as other:
        acks = await asyncio.gather(one.say("At once.", cmid), other.say("At once.", cmid))
    assert sorted(ack["dup"] for ack in acks) == [False, True]
    assert len({ack["seq"] for ack in acks}) == 1


async def test_p9_after_the_end_a_kept_message_is_still_acked_and_a_new_one_is_not(silent: Served) -> None:
    session = await an_interview(silent, opened=False)
    cmid = a_cmid()
    async with a_socket(silent, session) as bare:
        first = await bare.say("Before the end.", cmid)
        assert (await act(silent, session, "end")).status_code == 200
        assert await bare.say("Before the end.", cmid) == {**first, "dup": True}
        assert (await bare.say("After the end."))["code"] == "closed"


@pytest.mark.parametrize("letter", ["x", "\u00e9", "\u4e16", "\U0001f4a1"])
async def test_p10_a_body_of_16_kib_is_taken_and_one_byte_more_is_not(silent: Served, letter: str) -> None:
    session = await an_interview(silent, opened=False)
    width = len(letter.encode())
    full = letter * (16 * 1024 // width - 1) + "x" * (width + 16 * 1024 % width)
    assert len(full.encode()) == 16 * 1024
    async with a_socket(silent, session) as bare:
        raw = json.dumps({"t": "msg", "cmid": a_cmid(), "body": full}, ensure_ascii=False)
        await bare.send(raw)
        ack = await bare.next("ack")
        assert (await bare.say(full[:-1]))["t"] == "ack"
        await bare.send(json.dumps({"t": "msg", "cmid": a_cmid(), "body": full + "x"}, ensure_ascii=False))
        assert (await bare.next("nack"))["code"] == "too_long"
        await bare.up_to(ack["seq"])
        kept = next(one for one in map(json.loads, bare.events) if one["seq"] == ack["seq"])
        assert kept["data"]["body"] == full


@pytest.mark.parametrize(
    "body", ["", " ", "\n\t \u00a0\u2003", "nothing\x00there", "\x00", "half \ud83d", "\udca1 half", "\ud800"]
)
async def test_p10_what_is_no_text_is_refused_and_the_socket_stays(silent: Served, body: str) -> None:
    session = await an_interview(silent, opened=False)
    head = await head_of(silent, session)
    async with a_socket(silent, session) as bare:
        nack = await bare.say(body)
        assert (nack["t"], nack["code"]) == ("nack", "invalid")
        assert await head_of(silent, session) == head
        assert (await bare.say("And now some words."))["t"] == "ack"


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"body": 5},
        {"body": None},
        {"body": ["x"]},
        {"body": "x", "board_rev": -1},
        {"body": "x", "board_rev": "latest"},
    ],
    ids=str,
)
async def test_p10_a_message_that_is_none_is_refused_by_its_id_and_the_socket_stays(
    silent: Served, said: dict[str, Any]
) -> None:
    session = await an_interview(silent, opened=False)
    head = await head_of(silent, session)
    async with a_socket(silent, session) as bare:
        cmid = a_cmid()
        await bare.send({"t": "msg", "cmid": cmid, **said})
        assert await bare.next("nack") == {"t": "nack", "cmid": cmid, "code": "invalid", "retry_ms": None}
        assert await head_of(silent, session) == head
        assert (await bare.say("And now some words."))["t"] == "ack"


@pytest.mark.parametrize(
    "body", ["a" + "\u0301" * 8000, "\u202eback to front", "\ufeffmark", "\u2028\u2029\x1b[31m\r\n", "\ufffe"]
)
async def test_p10_odd_text_is_stored_as_it_came(silent: Served, body: str) -> None:
    session = await an_interview(silent, opened=False)
    async with a_socket(silent, session) as bare:
        ack = await bare.say(body)
        await bare.up_to(ack["seq"])
        assert json.loads(bare.events[-1])["data"]["body"] == body
    async with a_socket(silent, session, after=ack["seq"] - 1) as again:
        await again.up_to(ack["seq"])
        assert json.loads(again.events[-1])["data"]["body"] == body


async def test_p10_too_many_messages_are_put_off_with_the_time_to_wait(tmp_path: Path) -> None:
    async with a_server(tmp_path, worker=False, messages_burst=3, messages_per_s=5.0) as strict:
        session = await an_interview(strict, opened=False)
        async with a_socket(strict, session) as bare:
            answers = [await bare.say(f"number {n}") for n in range(5)]
            put_off = [answer for answer in answers if answer["t"] == "nack"]
            assert bare.welcome["rate"] == {"burst": 3, "per_s": 5.0}
            assert put_off
            assert {nack["code"] for nack in put_off} == {"rate"}
            assert all(0 < nack["retry_ms"] <= 1000 for nack in put_off)
            await asyncio.sleep(put_off[-1]["retry_ms"] / 1000)
            assert (await bare.say("number 4", put_off[-1]["cmid"]))["dup"] is False


async def test_p10_words_to_a_stopped_clock_are_refused_and_the_socket_stays(served: Served) -> None:
    session = await an_interview(served)
    async with a_socket(served, session) as bare:
        assert (await act(served, session, "pause")).status_code == 200
        assert (await bare.say("Is the clock stopped?"))["code"] == "closed"
        assert (await act(served, session, "resume")).status_code == 200
        assert (await bare.say("And now it runs."))["t"] == "ack"


async def test_p10_a_board_that_was_never_saved_cannot_be_named(silent: Served) -> None:
    session = await an_interview(silent, opened=False)
    async with a_socket(silent, session) as bare:
        assert (await bare.say("As I drew it.", board_rev=7))["code"] == "invalid"


async def test_p11_messages_that_come_together_are_kept_and_acked_in_their_order(silent: Served) -> None:
    session = await an_interview(silent, opened=False)
    cmids = [a_cmid() for _ in range(40)]
    async with a_socket(silent, session) as bare:
        for n, cmid in enumerate(cmids):
            await bare.send({"t": "msg", "cmid": cmid, "body": f"number {n}"})
        acks = [await bare.next("ack") for _ in cmids]
        await bare.up_to(acks[-1]["seq"])
    assert [ack["cmid"] for ack in acks] == cmids
    assert [ack["seq"] for ack in acks] == list(range(acks[0]["seq"], acks[0]["seq"] + 40))
    spoken = [json.loads(text)["data"] for text in bare.events if "candidate.message" in text]
    assert [said["body"] for said in spoken] == [f"number {n}" for n in range(40)]


async def test_p11_what_was_sent_after_a_message_that_has_to_come_again_waits_for_it(tmp_path: Path) -> None:
    async with a_server(tmp_path, worker=False) as served:
        session = await an_interview(served, opened=False)
        stumbling: Any = Stumbling(served.service.host)  # Any: stands in for the whole of a Host
        served.app.state.service = replace(served.service, host=stumbling)
        first, second = a_cmid(), a_cmid()
        async with a_socket(served, session) as bare:
            for cmid in (first, second):
                await bare.send({"t": "msg", "cmid": cmid, "body": cmid})
            assert [(await bare.next("nack"))["code"] for _ in range(2)] == ["unavailable", "unavailable"]
            assert (await bare.say(first, first))["seq"] < (await bare.say(second, second))["seq"]


class Stumbling:
    """A host whose store cannot be written at its first message."""

    def __init__(self, host: Host) -> None:
        self._host = host
        self._stumbled = False

    def __getattr__(self, name: str) -> Any:
        return getattr(self._host, name)

    async def hear(self, *words: Any) -> Heard:
        if not self._stumbled:
            self._stumbled = True
            raise Unavailable("The database is locked.")
        return await self._host.hear(*words)


async def test_p12_a_message_whose_ack_was_lost_is_resent_and_kept_once(silent: Served) -> None:
    session = await an_interview(silent, opened=False)
    before = await head_of(silent, session)
    for wait_s in (0.0, 0.001, 0.003, 0.01, 0.05):
        cmid = a_cmid()
        async with a_socket(silent, session) as bare:
            await bare.send({"t": "msg", "cmid": cmid, "body": "Did that arrive?"})
            await asyncio.sleep(wait_s)
            bare.socket.transport.abort()
        async with a_socket(silent, session) as again:
            assert (await again.say("Did that arrive?", cmid))["t"] == "ack"
    assert await head_of(silent, session) == before + 5


# --- receiving


async def test_p13_what_is_replayed_is_byte_for_byte_what_was_sent_live(served: Served) -> None:
    session = await an_interview(served, opened=False)
    async with a_socket(served, session) as live:
        await live.next("agent.final")
        for text in ("Who uses it?", "Say 100 million links a month, so 40 writes a second."):
            await live.say(text)
            await live.next("agent.final")
        await act(served, session, "hint")
        await live.next("agent.final")
        last = live.seqs[-1]
        async with a_socket(served, session) as replayed:
            await replayed.up_to(last)
        for after in (1, 4, last - 1):
            async with a_socket(served, session, after=after) as part:
                await part.up_to(last)
            assert part.events == live.events[after:]
        polled: list[Any] = []
        async with served.client() as http:
            while len(polled) < last:
                page = await http.get(f"/v1/sessions/{session}/events", params={"after": len(polled)})
                polled += page.json()["items"]
    assert replayed.events == live.events
    assert live.seqs == list(range(1, last + 1))
    assert polled == [json.loads(text) for text in live.events]


async def test_p14_only_public_kinds_come_and_nothing_of_the_judgement(served: Served) -> None:
    session = await an_interview(served)
    async with a_socket(served, session) as bare:
        for text in ("Who uses it?", "I'd hash the address and keep seven letters in base 62."):
            await bare.say(text)
            await bare.next("agent.final")
        await act(served, session, "end")
        assert await bare.closed() == 4510
    assert len(_read(bare.events)) == len(bare.events)  # each is one of the public forms, with no field more
    sent = "".join(bare.texts)
    for word in ("evidence", "criterion", "topic", "rubric", 'score"', "stance", "runners_up", "seed"):
        assert word not in sent
    stored = await served.service.log.read(SessionId(session))
    internal = {one.event.kind for one in stored if one.stream is Stream.internal}
    assert internal, "there was something to keep to ourselves"
    assert not any(f'"{kind}"' in sent for kind in internal)
    assert json.loads(bare.events[-1])["data"]["scorecard"] == "ready"


async def test_p14_the_final_holds_all_that_its_chunks_said(served: Served) -> None:
    session = await an_interview(served)
    async with a_socket(served, session) as bare:
        await bare.say("Who uses it, and how many are there?")
        final = (await bare.next("agent.final"))["data"]
    chunks = [
        one.data
        for one in _read(bare.events)
        if isinstance(one, wire.EvAgentChunk) and one.data.turn == final["turn"]
    ]
    assert [chunk.i for chunk in chunks] == list(range(len(chunks)))
    assert " ".join(chunk.text for chunk in chunks) == final["text"]


async def test_p15_signs_are_never_stored_and_nobody_else_sees_them(served: Served) -> None:
    session = await an_interview(served)
    head = await head_of(served, session)
    async with a_socket(served, session, after=head) as one, a_socket(served, session, after=head) as other:
        for kind in ("typing", "drawing", "hold"):
            for on in (True, False):
                await one.send({"t": "eph", "kind": kind, "on": on})
        ack = await one.say("That was I.")
        await other.up_to(ack["seq"])
        assert ack["seq"] == head + 1
        assert not [text for text in other.texts if '"typing"' in text or '"drawing"' in text]


async def test_p16_ones_own_message_comes_back_with_its_id(silent: Served) -> None:
    session = await an_interview(silent, opened=False)
    cmid = a_cmid()
    async with a_socket(silent, session) as bare:
        ack = await bare.say("Mine.", cmid)
        await bare.up_to(ack["seq"])
    frame = json.loads(bare.events[-1])
    assert (frame["kind"], frame["seq"]) == ("candidate.message", ack["seq"])
    assert frame["data"] == {"cmid": cmid, "body": "Mine.", "board_rev": None}


# --- liveness


async def test_p17_a_client_that_answers_stays_and_one_that_does_not_is_let_go(tmp_path: Path) -> None:
    async with a_server(tmp_path, worker=False, heartbeat_s=0.3) as fast:
        session = await an_interview(fast, opened=False)
        async with a_socket(fast, session) as alive, a_socket(fast, session) as mute:
            began = asyncio.get_running_loop().time()
            letting_go = asyncio.create_task(mute.closed())
            beats = []
            while not letting_go.done():
                beats.append(await alive.next("hb"))
                await alive.send({"t": "hb", "after": beats[-1]["head"]})
            assert letting_go.result() == 4012
            assert 0.6 <= asyncio.get_running_loop().time() - began < 3.0
            ack = await alive.say("Still here.")
            assert (await alive.next("hb"))["head"] == ack["seq"]
        assert len(beats) >= 2
        assert [json.loads(text)["t"] for text in mute.texts if '"hb"' in text]


async def test_p18_a_reader_that_takes_nothing_is_dropped_and_others_are_served(silent: Served) -> None:
    session = await an_interview(silent, opened=False)
    body = "x" * (16 * 1024)
    for _ in range(120):
        heard = await silent.service.host.hear(SessionId(session), body, a_cmid())
    async with a_socket(silent, session, small=True) as stuck, a_socket(silent, session) as reader:
        await reader.up_to(heard.stored.seq)
        assert reader.seqs == list(range(1, heard.stored.seq + 1))
        await soon(lambda: silent.app.state.tally.of("local") == 1)
        assert (await reader.say("And I go on."))["t"] == "ack"
        stuck.socket.transport.abort()


async def test_p18_a_long_log_comes_whole_and_in_order(silent: Served) -> None:
    session = await an_interview(silent, opened=False)
    for n in range(120):
        heard = await silent.service.host.hear(SessionId(session), f"number {n}", a_cmid())
    async with a_socket(silent, session, after=17) as bare:
        await bare.up_to(heard.stored.seq)
    assert bare.seqs == list(range(18, heard.stored.seq + 1))


async def test_p18_as_much_is_read_at_once_as_was_said_whatever_it_is_written_in(silent: Served) -> None:
    session = SessionId(await an_interview(silent, opened=False))
    for _ in range(20):
        await silent.service.host.hear(session, "\U0001f989" * 4096, a_cmid())
    following, batches = Following(silent.service, session, Stream.public), list[int]()
    while sent := await following.next():
        batches.append(sum(len(one.text.encode()) for one in sent))
    assert sum(batches) > MOST_BYTES >= max(batches)


# --- limits, and who may stay


async def test_p20_a_frame_over_64_kib_ends_the_connection_and_nothing_else(silent: Served) -> None:
    session = await an_interview(silent, opened=False)
    head = await head_of(silent, session)
    shell = json.dumps({"t": "msg", "cmid": a_cmid(), "body": ""})
    async with a_socket(silent, session) as bare:
        await bare.send(shell.replace('""', '"' + "x" * (64 * 1024 - len(shell)) + '"'))
        assert (await bare.next("nack"))["code"] == "too_long"
        await bare.send(shell.replace('""', '"' + "x" * (64 * 1024 - len(shell) + 1) + '"'))
        assert await bare.closed() == 1009
    assert await head_of(silent, session) == head


async def test_p20_one_person_has_so_many_sockets_and_no_more(tmp_path: Path) -> None:
    async with a_server(tmp_path, worker=False, sockets_each=2) as strict:
        session = await an_interview(strict, opened=False)
        async with a_socket(strict, session), a_socket(strict, session):
            assert await code_after(strict, hello(await a_ticket(strict, session))) == 4013
        await soon(lambda: not strict.app.state.tally.of("local"))
        async with a_socket(strict, session) as bare:
            assert bare.welcome["t"] == "welcome"


async def test_p22_a_forgotten_interview_closes_its_sockets(served: Served) -> None:
    session = await an_interview(served)
    async with a_socket(served, session) as bare:
        async with served.client() as http:
            assert (await http.delete(f"/v1/sessions/{session}")).status_code == 204
        assert await bare.closed() == 4503


async def test_p22_an_ended_interview_is_read_to_its_card_and_closed(served: Served) -> None:
    session = await an_interview(served)
    async with a_socket(served, session) as bare:
        await act(served, session, "end")
        assert await bare.closed() == 4510
    async with a_socket(served, session) as again:
        assert await again.closed() == 4510
    assert again.events == bare.events
    assert json.loads(again.events[-1])["data"]["state"] == "ended"


async def test_p22_who_may_no_longer_is_let_go(tmp_path: Path) -> None:
    async with a_server(tmp_path, worker=False, signed_in_s=0.3) as server:
        token = await server.person("Leaver")
        session = await an_interview(server, token, opened=False)
        async with a_socket(server, session, token=token) as bare:
            account = (await server.service.index.row(SessionId(session))).owner
            await server.service.accounts.forget(account)
            assert await bare.closed() in (4501, 4503, 4014)


# --- conversations


async def test_two_tabs_that_speak_at_once_see_the_same_order(served: Served) -> None:
    session = await an_interview(served)
    async with a_socket(served, session) as one, a_socket(served, session) as other:
        acks = await asyncio.gather(
            *(one.say(f"left {n}") for n in range(1)), *(other.say(f"right {n}") for n in range(1))
        )
        assert len({ack["seq"] for ack in acks}) == 2
        since = max(ack["seq"] for ack in acks)
        for bare in (one, other):
            while bare.seqs[-1] <= since or "agent.final" not in bare.events[-1]:
                await bare.frame()
        last = min(one.seqs[-1], other.seqs[-1])
    assert one.events[:last] == other.events[:last]


async def test_a_page_that_comes_back_in_the_midst_of_an_answer_misses_nothing(tmp_path: Path) -> None:
    async with a_server(tmp_path, pace_s=0.08) as slow:
        session = await an_interview(slow, opened=False)
        async with a_socket(slow, session) as first:
            await first.next("agent.chunk")
            left_at = first.seqs[-1]
        async with a_socket(slow, session, after=left_at) as back:
            final = await back.next("agent.final")
        async with slow.client() as http:
            room = (await http.get(f"/v1/sessions/{session}/transcript")).json()["room"]
    assert first.seqs + back.seqs == list(range(1, final["seq"] + 1))
    assert [one.kind for one in _read(back.events)][0] == "agent.chunk"
    shown = view(_read(back.events), view(_read(first.events)))
    assert shown.turns[-1].text == final["data"]["text"]
    assert shown == Room.model_validate(room)


async def test_two_messages_in_a_row_get_one_answer(tmp_path: Path) -> None:
    async with a_server(tmp_path, settle_s=0.4) as patient:
        session = await an_interview(patient)
        async with a_socket(patient, session, after=await head_of(patient, session)) as bare:
            await bare.say("Before I draw anything:")
            await bare.say("who uses it, and how many are there?")
            await bare.next("agent.final")
            await asyncio.sleep(1.0)
            await bare.say("That helps.")
            await bare.next("agent.final")
    kinds = [one.kind for one in _read(bare.events) if one.kind in ("candidate.message", "agent.final")]
    assert kinds == [
        "candidate.message",
        "candidate.message",
        "agent.final",
        "candidate.message",
        "agent.final",
    ]


async def test_a_message_while_the_interviewer_speaks_cuts_off_and_is_answered_next(tmp_path: Path) -> None:
    async with a_server(tmp_path, pace_s=0.2) as slow:
        session = await an_interview(slow, opened=False)
        async with a_socket(slow, session) as bare:
            await bare.next("agent.chunk")
            said = await bare.say("Sorry, may I ask at once who uses it?")
            cut = await bare.next("agent.final")
            begun = await bare.next("turn.started")
            answer = await bare.next("agent.final")
    assert cut["data"]["cut_off"]
    assert cut["data"]["turn"] != answer["data"]["turn"]
    assert begun["seq"] > said["seq"]
    assert begun["data"]["turn"] == answer["data"]["turn"]


async def test_stop_ends_the_answer_at_the_sentence(tmp_path: Path) -> None:
    async with a_server(tmp_path, pace_s=0.2) as slow:
        session = await an_interview(slow, opened=False)
        async with a_socket(slow, session) as bare:
            first = await bare.next("agent.chunk")
            assert (await act(slow, session, "stop")).status_code == 200
            final = await bare.next("agent.final")
    assert final["data"]["cut_off"]
    assert final["data"]["text"].startswith(first["data"]["text"])
