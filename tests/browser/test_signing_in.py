"""Coming in by a link, and what the server itself tells of it."""

from __future__ import annotations

import re

from playwright.async_api import expect

from tests.browser.house import IN_ONE_LOOP, House, a_visit

pytestmark = IN_ONE_LOOP


async def test_a_link_leads_to_the_lobby_once_and_its_code_leaves_the_address(house: House) -> None:
    link = await house.invite("Lin")
    async with a_visit(house.chromium, house.served.base_url) as visit:
        await visit.page.goto(link)
        await expect(visit.page.get_by_role("heading", name="Practise", level=1)).to_be_visible()
        assert visit.page.url == f"{visit.home}/"
        code = link.partition("#")[2]
        kept = await visit.page.evaluate("JSON.stringify([{...sessionStorage}, {...localStorage}])")
        assert code not in kept
    async with a_visit(house.chromium, house.served.base_url) as late:
        late.watch.allow(r"status of 401")
        await late.page.goto(link)
        await expect(late.page.get_by_text("This link did not work.")).to_be_visible()
        assert code not in late.page.url


async def test_a_link_pasted_into_the_page_that_asks_for_one_works(house: House) -> None:
    async with a_visit(house.chromium, house.served.base_url) as visit:
        visit.watch.allow(r"status of 401")
        await visit.to("/")
        await expect(visit.page.get_by_role("heading", name="Sign in")).to_be_visible()
        await visit.page.goto(await house.invite("Max"))
        await expect(visit.page.get_by_role("heading", name="Practise", level=1)).to_be_visible()


async def test_whoever_is_not_signed_in_is_asked_to_and_shown_nothing(house: House) -> None:
    async with a_visit(house.chromium, house.served.base_url) as visit:
        visit.watch.allow(r"status of 401")
        for path in (
            "/",
            "/interviews",
            "/mine",
            "/coach",
            "/interviews/nothing",
            "/interviews/nothing/card",
        ):
            await visit.to(path)
            await expect(visit.page).to_have_url(re.compile("/sign-in$"))
            await expect(visit.page.get_by_role("heading", name="Sign in")).to_be_visible()
