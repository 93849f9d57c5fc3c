"""A database of an older version keeps every word through an upgrade, and is listed and continued like a new one."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, create_engine, text

from interviewer.auth import OWNER
from interviewer.interview.events import (
    CandidateDrew,
    CandidateSpoke,
    Event,
    InterviewerSpoke,
    RedFlagRaised,
    SessionEnded,
    SessionId,
    Stream,
)
from interviewer.store.boards import Boards
from interviewer.store.database import MIGRATIONS, open_database, sqlite_file
from interviewer.store.index import SessionIndex
from interviewer.store.log_sql import SqlLog
from interviewer.store.turns import JobKind, Turns
from tests.store.database import ONE, TWO, Clock, started

AT = datetime(2026, 5, 1, 10, 0, tzinfo=UTC)
SAID: Sequence[Event] = (
    started(),
    CandidateSpoke(text="naïve Καλημέρα 設計", cmid="m1"),
    RedFlagRaised(flag="flag.some", turn=1),
    InterviewerSpoke(turn="t1", text="Go on."),
    CandidateDrew(rev=1, scene={"elements": []}),
)


def upgrade(connection: Connection, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def write_session(db: Connection, session: SessionId, state: str, events: Sequence[Event]) -> None:
    heads = {Stream.public: 0, Stream.internal: 0}
    rows = []
    for pos, event in enumerate(events, start=1):
        heads[event.stream] += 1
        rows.append(
            {
                "session": session,
                "stream": event.stream.value,
                "seq": heads[event.stream],
                "pos": pos,
                "kind": event.kind,
                "cmid": getattr(event, "cmid", None),
                "turn": getattr(event, "turn", None) if isinstance(event, InterviewerSpoke) else None,
                "body": event.model_dump_json(),
            }
        )
    db.execute(
        text(
            "INSERT INTO session (id, state, head_public, head_internal, schema_version, started_at, last_at) "
            "VALUES (:id, :state, :public, :internal, 1, '2026-05-01 10:00:00.000000', "
            "'2026-05-01 10:00:00.000000')"
        ),
        {"id": session, "state": state, "public": heads[Stream.public], "internal": heads[Stream.internal]},
    )
    db.execute(
        text(
            "INSERT INTO event (session_id, stream, seq, pos, kind, at, cmid, turn_id, body) VALUES "
            "(:session, :stream, :seq, :pos, :kind, '2026-05-01 10:00:00.000000', :cmid, :turn, :body)"
        ),
        rows,
    )


def make_first_version(file: Path) -> None:
    sqlite_file(file)
    engine = create_engine(f"sqlite:///{file}")
    with engine.begin() as db:
        upgrade(db, "0001")
        write_session(db, ONE, "open", SAID)
        write_session(db, TWO, "ended", [started("chat"), SessionEnded(why="candidate")])
    engine.dispose()


async def test_every_word_of_the_first_version_is_kept(tmp_path: Path) -> None:
    file = tmp_path / "a.sqlite"
    make_first_version(file)
    async with open_database(sqlite_file(file)) as engine:
        kept = await SqlLog(engine, Clock()).read(ONE)
        assert [item.event for item in kept] == list(SAID)
        assert {item.at for item in kept} == {AT}
        assert len(await SqlLog(engine, Clock()).sessions()) == 2


async def test_interviews_of_the_first_version_are_listed_as_the_owners(tmp_path: Path) -> None:
    file = tmp_path / "a.sqlite"
    make_first_version(file)
    async with open_database(sqlite_file(file)) as engine:
        index = SessionIndex(engine)
        rows = {row.id: row for row in (await index.page(owner=OWNER)).rows}
        assert rows.keys() == {ONE, TWO}
        assert (rows[ONE].state, rows[ONE].summary.title) == ("open", "A URL shortener")
        assert (rows[TWO].summary.scorecard, rows[TWO].summary.why) == ("pending", "candidate")
        assert await index.attempts(OWNER, "chat") == 1


async def test_an_interview_of_the_first_version_goes_on(tmp_path: Path) -> None:
    file = tmp_path / "a.sqlite"
    make_first_version(file)
    async with open_database(sqlite_file(file)) as engine:
        turns = Turns(engine, Clock())
        heard = await turns.hear(ONE, CandidateSpoke(text="Where were we?", cmid="m2"), settle_s=0)
        assert (heard.stored.pos, heard.stored.seq) == (6, 5)
        assert (await turns.hear(ONE, CandidateSpoke(text="naïve Καλημέρα 設計", cmid="m1"), 0)).dup
        job = await turns.claim("w", 30)
        assert job is not None
        assert (job.kind, job.pos) == (JobKind.turn, 6)
        assert (await SessionIndex(engine).row(ONE)).summary.turns == 3
        assert await Boards(engine, Clock()).save(ONE, "{}", after_rev=1) == 2


def test_every_migration_leads_back(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'a.sqlite'}")
    with engine.begin() as db:
        upgrade(db, "head")
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["connection"] = db
        command.downgrade(config, "base")
        tables = db.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars().all()
    engine.dispose()
    assert set(tables) <= {"alembic_version", "sqlite_sequence"}
