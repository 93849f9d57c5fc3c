"""The client's own rules, against a server that does what a test tells it to: exactly once, in order, whatever breaks."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed

from interviewer.channels import resources, wire
from interviewer.channels.room import Room, view
from interviewer.client.closing import Then, asked_by
from interviewer.client.connection import Patience
from interviewer.client.follower import Answered, Applied, Follower
from interviewer.client.outbox import Outbox
from interviewer.client.room import LiveRoom
from interviewer.errors import BadInput, Closed, MessageConflict, NotFound, NotSignedIn, Unavailable
from tests.builders import BEGIN

QUICK = Patience(first_s=0.01, most_s=0.05, welcome_s=2.0)
STATE = {
    "state": "open", "phase": "p", "phases": [], "ends_at": BEGIN.isoformat(), "now": BEGIN.isoformat(),
    "running": True, "mode": "practice", "by": "offline", "hints_left": 0, "scorecard": "none",
    "scenario": "url-shortener", "title": "A shortener", "level": "senior", "pace": "typed",
}  # fmt: skip

Frame = dict[str, Any]


def ev(seq: int, kind: str, **data: Any) -> Frame:
    return {"t": "ev", "seq": seq, "ts": BEGIN.isoformat(), "kind": kind, "data": data}


def message(seq: int, body: str = "hello") -> Frame:
    return ev(seq, "candidate.message", cmid=f"cmid-{seq:04d}", body=body)


def started(seq: int, turn: str) -> Frame:
    return ev(seq, "turn.started", turn=turn, attempt=1)


def final(seq: int, turn: str, text: str = "And then?", cut_off: bool = False) -> Frame:
    return ev(seq, "agent.final", turn=turn, attempt=1, text=text, by="offline", cut_off=cut_off, state=STATE)


def read(frame: Frame) -> wire.Ev:
    return wire.EVENT_FRAMES.validate_python(frame)


@dataclass
class Talk:
    """One connection, as the server of a test sees it."""

    socket: ServerConnection
    hello: Frame

    async def send(self, *frames: Frame) -> None:
        for frame in frames:
            await self.socket.send(json.dumps(frame))

    async def next(self, kind: str = "msg") -> Frame:
        """The next frame of a kind."""
        while True:
            frame: Frame = json.loads(await self.socket.recv())
            if frame["t"] == kind:
                return frame

    async def ack(self, frame: Frame, seq: int, dup: bool = False) -> None:
        await self.send({"t": "ack", "cmid": frame["cmid"], "seq": seq, "dup": dup})

    async def nack(self, frame: Frame, code: str, retry_ms: int | None = None) -> None:
        await self.send({"t": "nack", "cmid": frame["cmid"], "code": code, "retry_ms": retry_ms})


Part = Callable[[Talk], Awaitable[None]]


async def stay(talk: Talk) -> None:
    """Keep the connection until the client goes."""
    await talk.socket.wait_closed()


@dataclass
class Scripted:
    """A server that plays one part a connection, and the last one again after that."""

    parts: list[Part]
    hb: float = 5.0
    hellos: list[Frame] = field(default_factory=list)
    tickets: int = 0
    faults: list[BaseException] = field(default_factory=list)
    snapshot_at: int = 0
    url: str = ""

    async def ticket(self, id: str) -> str:
        self.tickets += 1
        return f"ticket-{self.tickets:020d}"

    async def snapshot(self, id: str) -> resources.Snapshot:
        return resources.Snapshot(
            session=id, epoch="e2", seq=self.snapshot_at, room=Room(seq=self.snapshot_at)
        )

    async def serve(self, socket: ServerConnection) -> None:
        try:
            hello = json.loads(await socket.recv())
            self.hellos.append(hello)
            part = self.parts[min(len(self.hellos), len(self.parts)) - 1]
            talk = Talk(socket, hello)
            if part not in UNGREETED:
                await talk.send(
                    {
                        "t": "welcome", "conn": "c", "head": 0, "epoch": "e1", "hb": self.hb, "max": 16384,
                        "win": 8, "rate": {"burst": 20, "per_s": 4}, "now": BEGIN.isoformat(),
                    }
                )  # fmt: skip
            await part(talk)
        except ConnectionClosed:
            pass
        except BaseException as fault:
            self.faults.append(fault)
            raise

    def room(self, after: int = 0) -> LiveRoom:
        ids = iter(range(1, 1000))
        return LiveRoom(
            self, "s1", self.url, after, None, lambda: 0.5, lambda: f"minted-{next(ids):06d}", QUICK
        )


@asynccontextmanager
async def a_server(*parts: Part, hb: float = 5.0, snapshot_at: int = 0) -> AsyncIterator[Scripted]:
    server = Scripted(list(parts), hb=hb, snapshot_at=snapshot_at)
    async with serve(server.serve, "127.0.0.1", 0, subprotocols=[wire.PROTOCOL]) as served:  # type: ignore[list-item]
        server.url = f"ws://127.0.0.1:{served.sockets[0].getsockname()[1]}/v1/ws"
        async with asyncio.timeout(15):
            yield server
    assert not server.faults


def closes(code: int, reason: str = "") -> Part:
    """A part that closes at once, before any welcome."""

    async def part(talk: Talk) -> None:
        await talk.socket.close(code, reason)

    UNGREETED.add(part)
    return part


UNGREETED: set[Part] = set()


# --- the outbox


async def test_messages_leave_in_the_order_in_which_they_were_said_and_no_more_than_the_window() -> None:
    outbox = Outbox()
    for n in range(5):
        outbox.put(f"m{n}", "words", None)
    going = [outbox.next_due(3) for _ in range(4)]
    assert [one.cmid if one else None for one in going] == ["m0", "m1", "m2", None]
    outbox.acked(wire.Ack(cmid="m0", seq=1, dup=False))
    assert (one := outbox.next_due(3)) is not None
    assert one.cmid == "m3"


async def test_after_a_loss_everything_unacked_is_due_again_in_order() -> None:
    outbox = Outbox()
    kept = [outbox.put(f"m{n}", "words", None) for n in range(3)]
    while outbox.next_due(8):
        pass
    outbox.acked(wire.Ack(cmid="m1", seq=1, dup=False))
    outbox.lost()
    again = [one.cmid for one in iter(lambda: outbox.next_due(8), None)]
    assert again == ["m0", "m2"]
    assert kept[1].result().seq == 1


@pytest.mark.parametrize(
    ("code", "error"),
    [("too_long", BadInput), ("invalid", BadInput), ("closed", Closed), ("conflict", MessageConflict)],
)
async def test_a_refusal_for_good_is_raised_and_never_sent_again(code: Any, error: type[Exception]) -> None:
    outbox = Outbox()
    kept = outbox.put("m0", "words", None)
    outbox.next_due(8)
    assert outbox.nacked(wire.Nack(cmid="m0", code=code)) is None
    outbox.lost()
    assert outbox.next_due(8) is None
    with pytest.raises(error):
        await kept


@pytest.mark.parametrize("code", ["rate", "unavailable"])
async def test_what_is_only_put_off_waits_as_long_as_it_was_told(code: Any) -> None:
    outbox = Outbox()
    outbox.put("m0", "words", None)
    outbox.next_due(8)
    assert outbox.nacked(wire.Nack(cmid="m0", code=code, retry_ms=250)) == 0.25
    assert (one := outbox.next_due(8)) is not None
    assert one.cmid == "m0"


# --- the follower


def test_a_frame_is_applied_once_and_a_gap_is_told() -> None:
    follower = Follower(0, None)
    assert follower.apply(read(message(1))) is Applied.new
    assert follower.apply(read(message(1, "other"))) is Applied.known
    assert follower.apply(read(message(3))) is Applied.gap
    assert follower.last == 1
    assert [turn.text for turn in follower.room.turns] == ["hello"]


def test_an_answer_that_was_on_its_way_does_not_answer_what_came_meanwhile() -> None:
    follower = Follower(0, None)
    for frame in (started(1, "t1"), message(2), final(3, "t1", cut_off=True), started(4, "t2")):
        follower.apply(read(frame))
    assert follower.answered(2) is None
    follower.apply(read(final(5, "t2", "That covers it.")))
    answered = follower.answered(2)
    assert answered is not None
    assert answered.final is not None
    assert answered.final.text == "That covers it."


def test_an_answer_on_its_way_in_a_snapshot_does_not_answer_what_came_after_it_began() -> None:
    whole = view([read(started(1, "t1")), read(message(2))])
    follower = Follower(2, whole)
    follower.apply(read(final(3, "t1")))
    assert follower.answered(2) is None


def test_a_turn_that_fails_or_an_end_is_an_answer_without_words() -> None:
    failed = Follower(0, None)
    for frame in (message(1), started(2, "t1"), ev(3, "turn.failed", turn="t1", reason_code="internal")):
        failed.apply(read(frame))
    assert failed.answered(1) == Answered(None)
    ended = Follower(0, None)
    for frame in (message(1), ev(2, "session.state", **{**STATE, "state": "ended"})):
        ended.apply(read(frame))
    assert ended.answered(1) == Answered(None)


# --- close codes


@pytest.mark.parametrize("code", [1000, 1001, 1006, 1011, 1012, 1013, 4001, 4008, 4012, 4013, 4123, 4499])
def test_codes_below_4500_ask_to_come_again(code: int) -> None:
    assert asked_by(code, "").then is Then.again


@pytest.mark.parametrize("code", [4500, 4501, 4503, 4504, 4510, 4777, 4999])
def test_codes_from_4500_ask_to_stop(code: int) -> None:
    asked = asked_by(code, "")
    assert asked.then is Then.stop
    assert asked.why is not None


def test_a_reason_may_name_the_wait_and_no_more_than_a_minute() -> None:
    assert asked_by(4013, "too many sockets; retry_ms=1500").wait_s == 1.5
    assert asked_by(4001, "going away; retry_ms=999999").wait_s == 60.0
    assert asked_by(4001, "going away").wait_s is None


# --- a live room


async def test_what_is_said_is_said_again_under_the_same_id_until_it_is_acked() -> None:
    ids: list[str] = []

    async def loses(talk: Talk) -> None:
        ids.append((await talk.next())["cmid"])
        talk.socket.transport.abort()

    async def keeps(talk: Talk) -> None:
        said = await talk.next()
        ids.append(said["cmid"])
        await talk.ack(said, seq=1, dup=True)
        await stay(talk)

    async with a_server(loses, loses, keeps) as server, server.room() as room:
        kept = await room.say("We shard by key.")
        assert kept.dup
        assert kept.seq == 1
        assert room.connects == 3
    assert len(ids) == 3
    assert len(set(ids)) == 1


async def test_several_messages_arrive_in_order_though_one_is_put_off() -> None:
    got: list[str] = []

    async def puts_off(talk: Talk) -> None:
        await talk.nack(await talk.next(), "rate", retry_ms=60)
        while len(got) < 3:
            said = await talk.next()
            got.append(said["body"])
            await talk.ack(said, seq=len(got))
        await stay(talk)

    async with a_server(puts_off) as server, server.room() as room:
        kept = await asyncio.gather(room.say("one"), room.say("two"), room.say("three"))
    assert got == ["one", "two", "three"]
    assert [one.seq for one in kept] == [1, 2, 3]


async def test_a_gap_makes_it_come_again_from_the_last_event_applied() -> None:
    async def skips(talk: Talk) -> None:
        await talk.send(message(1), message(3))
        await stay(talk)

    async def goes_on(talk: Talk) -> None:
        await talk.send(message(2), message(3))
        await stay(talk)

    async with a_server(skips, goes_on) as server, server.room() as room:
        await room.until(lambda shown: shown.seq == 3)
        assert [frame.seq for frame in room.applied] == [1, 2, 3]
    assert [hello["after"] for hello in server.hellos] == [0, 1]
    assert server.hellos[1]["epoch"] == "e1"


async def test_a_silent_server_is_left_after_two_and_a_half_heartbeats() -> None:
    async with a_server(stay, hb=0.1) as server, server.room() as room:
        began = asyncio.get_running_loop().time()
        await room.until(lambda _shown: room.connects == 2)
        assert 0.25 <= asyncio.get_running_loop().time() - began < 1.5


async def test_a_heartbeat_is_answered_with_the_last_event_applied() -> None:
    answer: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    async def beats(talk: Talk) -> None:
        await talk.send(message(1), {"t": "hb", "head": 1})
        answer.set_result((await talk.next("hb"))["after"])
        await stay(talk)

    async with a_server(beats) as server, server.room():
        assert await answer == 1


async def test_a_stalled_stream_makes_it_come_again() -> None:
    async def stalls(talk: Talk) -> None:
        await talk.send({"t": "hb", "head": 5}, {"t": "hb", "head": 5})
        await stay(talk)

    async with a_server(stalls, stay) as server, server.room() as room:
        await room.until(lambda _shown: room.connects == 2)
    assert len(server.hellos) == 2


async def test_an_unknown_position_begins_anew_from_the_snapshot() -> None:
    async def goes_on(talk: Talk) -> None:
        await talk.send(message(8))
        await stay(talk)

    async with a_server(closes(4009), goes_on, snapshot_at=7) as server, server.room(after=99) as room:
        await room.until(lambda shown: shown.seq == 8)
    assert [(hello["after"], hello.get("epoch")) for hello in server.hellos] == [(99, None), (7, "e2")]


async def test_a_refused_ticket_is_replaced_twice_at_most() -> None:
    async with a_server(closes(4014)) as server, server.room() as room:
        with pytest.raises(NotSignedIn):
            await room.say("Is anybody there?")
    assert server.tickets == 3


@pytest.mark.parametrize(
    ("code", "error"), [(4503, NotFound), (4501, NotSignedIn), (4500, BadInput), (4510, Closed)]
)
async def test_a_code_that_says_stop_ends_the_room_and_tells_everybody_who_waits(
    code: int, error: type[Exception]
) -> None:
    async with a_server(closes(code)) as server, server.room() as room:
        waiting = [
            asyncio.create_task(room.say("words")),
            asyncio.create_task(room.answered(0)),
            asyncio.create_task(room.until(lambda _shown: False)),
        ]
        for outcome in await asyncio.gather(*waiting, return_exceptions=True):
            assert isinstance(outcome, error)
        assert [frame async for frame in room.frames()] == []
    assert len(server.hellos) == 1


async def test_a_message_that_no_server_takes_is_refused_before_it_is_sent() -> None:
    async with a_server(stay) as server, server.room() as room:
        with pytest.raises(BadInput):
            await room.say("x" * (16 * 1024 + 1))
        with pytest.raises(BadInput):
            await room.say("half a character: \ud83d")


async def test_an_event_of_a_newer_kind_takes_its_place_and_changes_nothing() -> None:
    async def newer(talk: Talk) -> None:
        await talk.send(message(1), ev(2, "agent.sang", song="la"), {"t": "later"}, message(3))
        await stay(talk)

    async with a_server(newer) as server, server.room() as room:
        await room.until(lambda shown: shown.seq == 3)
        assert [turn.seq for turn in room.view.turns] == [1, 3]
        assert room.connects == 1


async def test_waits_between_tries_are_drawn_from_a_bound_that_doubles_to_its_most() -> None:
    asked: list[float] = []
    enough = asyncio.Event()
    patience = Patience(first_s=0.001, most_s=0.008)

    class NoServer:
        tries = 0

        async def ticket(self, id: str) -> str:
            asked.append(asyncio.get_running_loop().time())
            if len(asked) == 7:
                enough.set()
            raise Unavailable("no server")

        async def snapshot(self, id: str) -> resources.Snapshot:
            raise Unavailable("no server")

    draws = 0

    def chance() -> float:
        nonlocal draws
        draws += 1
        return 1.0

    async with LiveRoom(NoServer(), "s1", "ws://127.0.0.1:9/", 0, None, chance, lambda: "m", patience):
        await enough.wait()
    gaps = [after - before for before, after in zip(asked, asked[1:], strict=False)]
    assert draws >= 6
    assert all(gap >= bound for gap, bound in zip(gaps, (0.001, 0.002, 0.004, 0.008, 0.008), strict=False))
