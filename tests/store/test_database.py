"""Opening a database: its tables come to be what the code says, and what it cannot read it refuses."""

import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection

from interviewer.errors import BadInput, NewerData
from interviewer.interview.events import SCHEMA
from interviewer.store.database import MIGRATIONS, open_database, sqlite_file
from interviewer.store.tables import metadata


def schema_of(file: Path) -> list[tuple[str]]:
    with sqlite3.connect(file) as db:
        rows = db.execute(
            "SELECT sql FROM sqlite_master WHERE name NOT LIKE 'alembic%' ORDER BY name"
        ).fetchall()
    db.close()
    return rows


def run(file: Path, *statements: str) -> None:
    with sqlite3.connect(file) as db:
        for statement in statements:
            db.execute(statement)
    db.close()


async def open_and_close(file: Path) -> None:
    async with open_database(sqlite_file(file)):
        pass


async def test_the_migrations_lead_to_the_tables_of_the_code(tmp_path: Path) -> None:
    def differences(connection: Connection) -> list[object]:
        return compare_metadata(MigrationContext.configure(connection), metadata)

    async with open_database(sqlite_file(tmp_path / "a.sqlite")) as database:
        assert await database.read(differences) == []


async def test_the_migrations_make_the_same_constraints_as_the_tables_of_the_code(tmp_path: Path) -> None:
    # Alembic's own comparison sees neither checks nor the conditions of indexes.
    await open_and_close(tmp_path / "migrated.sqlite")
    async with open_database(sqlite_file(tmp_path / "made.sqlite")) as database:
        await database.write(metadata.drop_all)
        await database.write(metadata.create_all)
    assert schema_of(tmp_path / "migrated.sqlite") == schema_of(tmp_path / "made.sqlite")


async def test_opening_again_changes_nothing(tmp_path: Path) -> None:
    await open_and_close(tmp_path / "a.sqlite")
    before = (tmp_path / "a.sqlite").read_bytes()
    await open_and_close(tmp_path / "a.sqlite")
    assert (tmp_path / "a.sqlite").read_bytes() == before


async def test_an_upgrade_that_fails_leaves_nothing_behind_and_runs_again(tmp_path: Path) -> None:
    file = tmp_path / "a.sqlite"
    run(file, "CREATE TABLE event (in_the_way INTEGER)")
    with pytest.raises(Exception, match="already exists"):
        await open_and_close(file)
    with sqlite3.connect(file) as db:
        assert db.execute("SELECT name FROM sqlite_master").fetchall() == [("event",)]
    db.close()
    run(file, "DROP TABLE event")
    await open_and_close(file)
    assert any("event_one_answer" in str(sql) for sql in schema_of(file))


async def test_a_database_with_newer_tables_is_refused_with_a_sentence(tmp_path: Path) -> None:
    file = tmp_path / "a.sqlite"
    await open_and_close(file)
    run(file, "UPDATE alembic_version SET version_num = '9001'")
    with pytest.raises(
        NewerData, match=r"a\.sqlite was written by a newer version .*9001.*update the program"
    ):
        await open_and_close(file)


async def test_a_database_with_newer_events_is_refused_with_a_sentence(tmp_path: Path) -> None:
    file = tmp_path / "a.sqlite"
    await open_and_close(file)
    columns = "id, state, head_public, head_internal, schema_version, started_at, last_at"
    values = f"'s', 'open', 1, 0, {SCHEMA + 1}, '2030-01-01 09:00:00', '2030-01-01 09:00:00'"
    run(file, f"INSERT INTO session ({columns}) VALUES ({values})")
    with pytest.raises(NewerData, match=f"events {SCHEMA + 1}"):
        await open_and_close(file)


async def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "letter.txt"
    file.write_text("Dear interviewer,\n" * 400)
    with pytest.raises(BadInput, match=r"letter\.txt is not a database"):
        await open_and_close(file)
    assert file.read_text() == "Dear interviewer,\n" * 400


def test_migrations_are_numbered_without_a_gap() -> None:
    names = sorted(file.name for file in (MIGRATIONS / "versions").glob("v*.py"))
    assert [name[:5] for name in names] == [f"v{n:04}" for n in range(1, len(names) + 1)]
