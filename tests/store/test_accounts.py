"""Who somebody is: secrets work as often as they should, for as long as they should, and are kept as hashes."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from interviewer.auth import OWNER, Role
from interviewer.errors import BadInput, NotFound, NotSignedIn
from interviewer.interview.events import SessionId, Stream
from interviewer.store.accounts import Accounts, Purpose
from interviewer.store.database import Database
from interviewer.store.epoch import epoch, new_epoch
from interviewer.store.log_sql import SqlLog
from interviewer.store.turns import Turns
from tests.store.database import ONE, TWO, Clock, Counted, a_database, sql, started

DAY = 86_400.0
ORIGIN = "http://127.0.0.1:8642"


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    async with a_database(tmp_path) as opened:
        yield opened


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def accounts(database: Database, clock: Clock) -> Accounts:
    return Accounts(database, clock, Counted("very-secret-"), Counted("person-"))


def on_disk(folder: Path, words: bytes) -> bool:
    return any(words in file.read_bytes() for file in folder.iterdir())


async def begin(database: Database, session: SessionId, owner: str) -> None:
    await Turns(database, Clock()).begin(session, owner, [started()], None)


async def test_the_owner_is_made_once_with_all_roles_and_has_the_interviews_of_the_terminal(
    database: Database, accounts: Accounts
) -> None:
    await SqlLog(database, Clock()).append(ONE, 0, [started()])
    owners = await asyncio.gather(*(accounts.owner() for _ in range(6)))
    assert {owner.id for owner in owners} == {OWNER}
    assert owners[0].roles == frozenset(Role)
    assert await sql(database, "SELECT owner FROM session") == [(OWNER,)]
    assert await accounts.all() == [owners[0]]


async def test_people_are_added_and_found(accounts: Accounts, clock: Clock) -> None:
    ada = await accounts.add("Ada", {Role.candidate})
    clock.advance(1)
    ben = await accounts.add("Ben 設計", [Role.coach, Role.candidate])
    assert await accounts.all() == [ada, ben]
    assert await accounts.get(ben.id) == ben
    assert ben.may(Role.coach)
    assert not ada.may(Role.coach)
    with pytest.raises(NotFound):
        await accounts.get("nobody")


@pytest.mark.parametrize("purpose", ["code", "invite"])
async def test_codes_and_invites_work_once(accounts: Accounts, purpose) -> None:
    ada = await accounts.add("Ada", {Role.candidate})
    secret = await accounts.issue(ada.id, purpose, lives_s=900)
    assert await accounts.redeem(secret, {"code", "invite"}) == ada
    with pytest.raises(NotSignedIn):
        await accounts.redeem(secret, {"code", "invite"})


async def test_a_code_shown_by_several_at_once_lets_one_in(accounts: Accounts) -> None:
    ada = await accounts.add("Ada", {Role.candidate})
    for _ in range(20):
        secret = await accounts.issue(ada.id, "code", lives_s=900)
        results = await asyncio.gather(
            *(accounts.redeem(secret, {"code"}) for _ in range(4)), return_exceptions=True
        )
        assert results.count(ada) == 1
        assert sum(isinstance(result, NotSignedIn) for result in results) == 3


async def test_a_secret_is_good_only_for_what_it_was_issued_for_and_in_its_time(
    accounts: Accounts, clock: Clock
) -> None:
    ada = await accounts.add("Ada", {Role.candidate})
    code = await accounts.issue(ada.id, "code", lives_s=900)
    elsewhere: list[set[Purpose]] = [{"cookie"}, {"token", "cookie"}, set()]
    for purposes in elsewhere:
        with pytest.raises(NotSignedIn):
            await accounts.redeem(code, purposes)
    clock.advance(901)
    with pytest.raises(NotSignedIn):
        await accounts.redeem(code, {"code"})
    with pytest.raises(NotSignedIn):
        await accounts.redeem("made-up", {"code", "cookie", "token", "invite"})
    with pytest.raises(NotFound):
        await accounts.issue("nobody", "code")


async def test_a_cookie_lasts_while_it_is_used_and_ends_after_ninety_days(
    accounts: Accounts, clock: Clock
) -> None:
    ada = await accounts.add("Ada", {Role.candidate})
    cookie = await accounts.issue(ada.id, "cookie")
    for _ in range(8):
        clock.advance(11 * DAY)
        assert await accounts.redeem(cookie, {"cookie"}) == ada
    clock.advance(2 * DAY + 1)
    with pytest.raises(NotSignedIn):
        await accounts.redeem(cookie, {"cookie"})


async def test_a_cookie_that_nobody_used_for_two_weeks_is_worth_nothing(
    accounts: Accounts, clock: Clock
) -> None:
    ada = await accounts.add("Ada", {Role.candidate})
    secret = await accounts.issue(ada.id, "cookie")
    clock.advance(14 * DAY + 1)
    with pytest.raises(NotSignedIn):
        await accounts.redeem(secret, {"cookie"})


async def test_a_token_lasts_until_it_is_revoked(accounts: Accounts, clock: Clock) -> None:
    ada = await accounts.add("Ada", {Role.candidate})
    token = await accounts.issue(ada.id, "token", label="laptop")
    clock.advance(400 * DAY)
    assert await accounts.redeem(token, {"token"}) == ada
    await accounts.revoke(token)
    with pytest.raises(NotSignedIn):
        await accounts.redeem(token, {"token"})


async def test_what_is_revoked_is_worth_nothing(database: Database, accounts: Accounts) -> None:
    ada, ben = await accounts.add("Ada", {Role.candidate}), await accounts.add("Ben", {Role.coach})
    await begin(database, ONE, ada.id)
    first, second = [await accounts.issue(ada.id, "cookie") for _ in range(2)]
    other = await accounts.issue(ben.id, "cookie")
    ticket = await accounts.ticket(ada.id, ONE, Stream.public, ORIGIN)
    await accounts.revoke(first)
    with pytest.raises(NotSignedIn):
        await accounts.redeem(first, {"cookie"})
    assert await accounts.redeem(second, {"cookie"}) == ada
    await accounts.revoke_all(ada.id)
    with pytest.raises(NotSignedIn):
        await accounts.redeem(second, {"cookie"})
    with pytest.raises(NotSignedIn):
        await accounts.use_ticket(ticket, ORIGIN)
    assert await accounts.redeem(other, {"cookie"}) == ben


async def test_what_somebody_is_signed_in_by_is_what_is_good_now(accounts: Accounts, clock: Clock) -> None:
    ada, ben = await accounts.add("Ada", {Role.candidate}), await accounts.add("Ben", {Role.coach})
    assert await accounts.sign_ins(ada.id) == frozenset()
    await accounts.issue(ada.id, "code")
    await accounts.issue(ben.id, "cookie")
    assert await accounts.sign_ins(ada.id) == frozenset()
    cookie, token = await accounts.issue(ada.id, "cookie"), await accounts.issue(ada.id, "token")
    both = await accounts.sign_ins(ada.id)
    assert len(both) == 2 and not both & {cookie, token}
    clock.advance(15 * 24 * 3600)
    assert await accounts.sign_ins(ada.id) < both, "a cookie that nobody showed for two weeks is none"
    await accounts.revoke_all(ada.id)
    await accounts.issue(ada.id, "token")
    assert not both & await accounts.sign_ins(ada.id)


async def test_a_ticket_admits_once_to_what_it_was_made_for(database: Database, accounts: Accounts) -> None:
    ada = await accounts.add("Ada", {Role.candidate})
    await begin(database, ONE, ada.id)
    ticket = await accounts.ticket(ada.id, ONE, Stream.internal, ORIGIN)
    use = await accounts.use_ticket(ticket, ORIGIN)
    assert (use.account, use.session, use.stream) == (ada, ONE, Stream.internal)
    with pytest.raises(NotSignedIn):
        await accounts.use_ticket(ticket, ORIGIN)
    with pytest.raises(NotFound):
        await accounts.ticket(ada.id, TWO, Stream.public, ORIGIN)


async def test_a_ticket_shown_by_several_at_once_admits_one(database: Database, accounts: Accounts) -> None:
    ada = await accounts.add("Ada", {Role.candidate})
    await begin(database, ONE, ada.id)
    for _ in range(30):
        ticket = await accounts.ticket(ada.id, ONE, Stream.public, None)
        results = await asyncio.gather(
            *(accounts.use_ticket(ticket, None) for _ in range(5)), return_exceptions=True
        )
        assert sum(isinstance(result, NotSignedIn) for result in results) == 4


async def test_a_ticket_is_bound_to_its_origin_and_its_half_minute(
    database: Database, accounts: Accounts, clock: Clock
) -> None:
    ada = await accounts.add("Ada", {Role.candidate})
    await begin(database, ONE, ada.id)
    for made, shown in ((ORIGIN, None), (None, ORIGIN), (ORIGIN, "http://elsewhere")):
        ticket = await accounts.ticket(ada.id, ONE, Stream.public, made)
        with pytest.raises(NotSignedIn):
            await accounts.use_ticket(ticket, shown)
    ticket = await accounts.ticket(ada.id, ONE, Stream.public, ORIGIN)
    clock.advance(31)
    with pytest.raises(NotSignedIn):
        await accounts.use_ticket(ticket, ORIGIN)


async def test_no_secret_is_on_the_disk(database: Database, accounts: Accounts, tmp_path: Path) -> None:
    ada = await accounts.add("Ada", {Role.candidate})
    await begin(database, ONE, ada.id)
    every: tuple[Purpose, ...] = ("code", "invite", "cookie", "token")
    for purpose in every:
        await accounts.issue(ada.id, purpose)
    await accounts.ticket(ada.id, ONE, Stream.public, None)
    assert not on_disk(tmp_path, b"very-secret-")


async def test_preferences_are_kept_as_they_were_set(accounts: Accounts) -> None:
    ada = await accounts.add("Ada", {Role.candidate})
    assert await accounts.preferences(ada.id) == {}
    await accounts.set_preferences(ada.id, {"theme": "dark", "single_keys": False})
    assert await accounts.preferences(ada.id) == {"theme": "dark", "single_keys": False}
    with pytest.raises(NotFound):
        await accounts.preferences("nobody")
    with pytest.raises(NotFound):
        await accounts.set_preferences("nobody", {})


async def test_whoever_is_forgotten_leaves_nothing_and_the_others_all(
    database: Database, accounts: Accounts, tmp_path: Path
) -> None:
    ada, ben = (
        await accounts.add("Unforgettable Ada", {Role.candidate}),
        await accounts.add("Ben", {Role.coach}),
    )
    await begin(database, ONE, ada.id)
    await begin(database, TWO, ben.id)
    await accounts.issue(ada.id, "token", label="unforgettable laptop")
    await accounts.set_preferences(ada.id, {"note": "unforgettable"})
    await accounts.ticket(ada.id, ONE, Stream.public, None)
    await accounts.forget(ada.id)
    assert await accounts.all() == [ben]
    assert await sql(database, "SELECT id FROM session") == [(TWO,)]
    for table in ("secret", "ticket"):
        assert await sql(database, f"SELECT * FROM {table}") == []
    assert not on_disk(tmp_path, b"nforgettable")


async def test_the_epoch_stays_until_another_is_begun(database: Database) -> None:
    secret = Counted("abcdefg")
    first = await epoch(database, secret)
    assert first
    assert {await epoch(database, secret) for _ in range(3)} == {first}
    second = await new_epoch(database, secret)
    assert second != first
    assert await epoch(database, secret) == second


@pytest.mark.parametrize("again", ["Zoë", "zoË", " Zoë\t", "Zoe\u0308", "\uff3aoë"])
async def test_no_two_people_have_one_name(again: str, accounts: Accounts) -> None:
    await accounts.add("Zoë", {Role.coach})
    with pytest.raises(BadInput, match="is here already"):
        await accounts.add(again, {Role.coach})
    assert len(await accounts.all()) == 1


async def test_of_two_who_add_one_name_at_the_same_moment_one_is_told(accounts: Accounts) -> None:
    made = await asyncio.gather(
        *(accounts.add("Ada", {Role.coach}) for _ in range(6)), return_exceptions=True
    )
    assert sum(isinstance(one, BadInput) for one in made) == 5
    assert [one.name for one in await accounts.all()] == ["Ada"]
