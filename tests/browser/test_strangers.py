"""What a page shows where there is nothing to show: interviews of others or of nobody, and doors that have been shut."""

from __future__ import annotations

import re

from playwright.async_api import expect

from tests.browser.house import IN_ONE_LOOP, House, Visit, a_visit
from tests.browser.room import begin

pytestmark = IN_ONE_LOOP
NOBODYS = "0123456789abcdef0123456789abcdef"
PLACES = ("/interviews/{}", "/interviews/{}/card", "/coach/{}")
ROUTES = ("", "/transcript", "/events", "/board", "/card-page", "/scorecard?format=html", "/review")


async def test_an_interview_of_somebody_else_looks_like_one_that_never_was(house: House) -> None:
    async with house.visit("Olga") as owner:
        foreign = await house.finished(owner.account, "fedcba9876543210fedcba9876543210")
    async with house.visit("Stranger") as visit:
        visit.watch.allow("status of 404")
        for place in PLACES:
            shown = [await shown_at(visit, place.format(id)) for id in (foreign, NOBODYS)]
            assert shown[0] == shown[1]
            assert "URL shortener" not in shown[0] and "Olga" not in shown[0]
        for route in ROUTES:
            told = [await told_by(visit, f"/v1/sessions/{id}{route}", id) for id in (foreign, NOBODYS)]
            assert told[0] == told[1]
            assert told[0][0] == 404


async def shown_at(visit: Visit, path: str) -> str:
    """All words of a page, once it has some."""
    await visit.to(path)
    await expect(visit.page.get_by_text(re.compile("not here|no such|nothing here")).first).to_be_visible()
    return await visit.page.locator("main").inner_text()


async def told_by(visit: Visit, path: str, id: str) -> tuple[int, str]:
    """How a route refuses, without the id that was asked for."""
    answer = await visit.context.request.get(visit.home + path)
    return answer.status, (await answer.text()).replace(id, "")


async def test_whoever_signs_out_in_one_tab_is_told_so_in_the_other_and_can_come_back(house: House) -> None:
    async with house.visit("Leaves") as visit:
        visit.watch.allow("status of 401", "WebSocket connection to")
        room = await begin(visit)
        await room.answered()
        await room.say("How many new links a month?")
        other = await visit.context.new_page()
        await other.goto(f"{visit.home}/mine")
        await other.get_by_role("button", name="Sign out").click()
        await expect(other.get_by_role("heading", name="Sign in")).to_be_visible()
        await expect(visit.page.get_by_text("You are signed out.")).to_be_visible()
        await expect(visit.page.get_by_text("The interview stays open")).to_be_visible()
        code = await house.served.service.accounts.issue(visit.account, "invite", lives_s=60)
        await visit.to(f"/sign-in#{code}")
        await visit.page.wait_for_url(re.compile(f"/interviews/{room.session}$"))
        await room.answered()
        await room.shows_what_the_server_has()


async def test_an_interview_that_is_deleted_in_one_tab_leaves_the_other_with_a_way_on(house: House) -> None:
    async with house.visit("Deletes") as visit:
        visit.watch.allow("status of 404", "WebSocket connection to")
        room = await begin(visit)
        await room.answered()
        other = await visit.context.new_page()
        await other.goto(f"{visit.home}/interviews")
        await other.get_by_role("button", name=re.compile("^Delete: URL shortener")).click()
        await other.get_by_role("button", name="Delete it").click()
        await expect(other.get_by_text("No interviews yet")).to_be_visible()
        await expect(visit.page.get_by_role("heading", name="This interview is not here")).to_be_visible()
        await visit.page.get_by_role("link", name="Practise").click()
        await expect(visit.page.get_by_role("heading", name="Practise", level=1)).to_be_visible()


async def test_a_link_that_is_too_old_says_so_and_what_to_do(house: House) -> None:
    accounts = house.served.service.accounts
    late = await accounts.issue((await accounts.owner()).id, "invite", lives_s=-1)
    async with a_visit(house.chromium, house.served.base_url) as visit:
        visit.watch.allow("status of 401")
        await visit.page.goto(f"{visit.home}/sign-in#{late}")
        await expect(visit.page.get_by_text("This link did not work.")).to_be_visible()
        await expect(visit.page.get_by_text("Each link works once.")).to_be_visible()
        assert late not in visit.page.url
