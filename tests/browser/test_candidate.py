"""A candidate's whole way through an interview, in a real browser and by hand, up to the card and back into the room."""

from __future__ import annotations

import re

from playwright.async_api import Locator, expect

from tests.browser.card import Card, card_shown
from tests.browser.drawing import Board, places
from tests.browser.house import IN_ONE_LOOP, House, Visit, a_visit
from tests.browser.room import Room, close, entered, in_the_middle_of_an_answer, rate
from tests.builders import script

pytestmark = IN_ONE_LOOP
PACE = {"settle_s": 0.6, "pace_s": 0.02}
SAID = script("url-shortener-strong")
QUESTIONS = (
    "How many new links a month? How many openings a month? Is one link at times opened far more than the rest? "
    "How long does a link live? And is it the same code for the same URL twice?"
)
ANSWERS = ("Sixty million", "nine billion", "Three million phones", "Ten years", "two codes")


async def test_an_interview_goes_from_one_click_to_a_card_that_leads_back_into_it(house: House) -> None:
    async with a_visit(house.chromium, house.served.base_url) as visit:
        visit.watch.allow("ERR_INTERNET_DISCONNECTED", "WebSocket connection to")
        await signs_in(visit, await house.invite("Ada"))
        room = await starts(visit)
        await asks_five_questions_at_once(room)
        await draws_three_parts_and_is_asked_about_one(room)
        await says_two_things_in_a_row(room)
        await reloads_in_mid_answer(room)
        await speaks_while_the_line_is_down(room)
        await stops_an_answer(room)
        await comes_to_the_close(room)
        await rate(visit.page)
        card = await card_shown(visit, room.session)
        await finds_on_the_card_what_was_said(card, room)
        await follows_a_quote_and_comes_back(card)
        await contests_a_line(card)
        await takes_the_card_along(card)
        await finds_it_among_the_interviews(card)
        await takes_up_a_moment_again(card)


# --- in the room


async def signs_in(visit: Visit, link: str) -> None:
    await visit.page.goto(link)
    await expect(visit.page.get_by_role("heading", name="Practise", level=1)).to_be_visible()


async def starts(visit: Visit) -> Room:
    await visit.page.get_by_role("button", name="Start with the offline interviewer: URL shortener").click()
    room = await entered(visit)
    assert "turns long web addresses into short ones" in await room.answered()
    return room


async def asks_five_questions_at_once(room: Room) -> None:
    told = await room.say(QUESTIONS)
    assert [answer for answer in ANSWERS if answer not in told] == []


async def draws_three_parts_and_is_asked_about_one(room: Room) -> None:
    board = Board(room.page)
    await board.opened()
    await board.add("Database")
    await board.add("Client")
    await board.box("Redirect service")
    await board.seen("3 parts, 0 links")
    lie = await places(room.visit, room.session)
    await board.arrow(lie["Client"], lie["Redirect service"])
    await board.seen("3 parts, 1 link")
    asked = await room.say(
        "A phone opens a link at the redirect service, as I drew it, and that reads the database."
    )
    assert re.search(r"\b(client|database|redirect service)\b.*\?", asked, re.IGNORECASE), asked


async def says_two_things_in_a_row(room: Room) -> None:
    answers, before = await room.answers.count(), len(await room.visit.turns(room.session))
    await room.type(SAID[2])
    await room.type("And I would keep ten years of it.")
    await room.answered()
    await expect(room.answers).to_have_count(answers + 1)
    roles = [turn["role"] for turn in (await room.visit.turns(room.session))[before:]]
    assert roles == ["candidate", "candidate", "interviewer"]


async def reloads_in_mid_answer(room: Room) -> None:
    answers = await room.answers.count()
    await room.type(SAID[1])
    await in_the_middle_of_an_answer(room, answers + 1)
    await room.page.reload()
    answer = await room.answered()
    await expect(room.answers).to_have_count(answers + 1)
    await expect(room.answers.last).to_contain_text(answer)
    await room.shows_what_the_server_has()


async def speaks_while_the_line_is_down(room: Room) -> None:
    await room.visit.context.set_offline(True)
    await expect(room.page.get_by_text("You are offline.")).to_be_visible()
    await room.type(SAID[3])
    await expect(room.unsent.get_by_text("Waiting for the connection")).to_be_visible()
    await room.visit.context.set_offline(False)
    await room.answered()
    await expect(room.said.filter(has_text="POST /v1/links")).to_have_count(1)
    await room.shows_what_the_server_has()


async def stops_an_answer(room: Room) -> None:
    answers = await room.answers.count()
    await room.type(QUESTIONS)
    await in_the_middle_of_an_answer(room, answers + 1)
    await room.box.press("Escape")
    await expect(room.answers.last.get_by_text("It stopped here.")).to_be_visible()
    for line in SAID[4:8]:
        await room.say(line)


async def comes_to_the_close(room: Room) -> None:
    before = len(await room.visit.turns(room.session))
    await close(room.page)
    await room.turns_are(before + 1)
    await room.answered()
    await room.say("I would count openings in another place, and look at stopping earlier.")
    await room.type("That's all, thank you.")
    await expect(room.page.get_by_role("heading", name="One minute, no score yet")).to_be_visible()
    closing = [
        t["text"] for t in (await room.visit.turns(room.session))[before:] if t["role"] == "interviewer"
    ]
    assert sum("?" in text for text in closing) == 2


# --- with the card


async def finds_on_the_card_what_was_said(card: Card, room: Room) -> None:
    said = [turn["text"] for turn in await room.visit.turns(room.session) if turn["role"] == "candidate"]
    scored = card.card
    assert all(any(row["quote"] in text for text in said) for row in scored["evidence"] if row.get("quote"))

    moment = card.part("The moment that decided most")
    for quote in card.quoted(scored["decided_most"]["evidence"])[:1]:
        await expect(moment.get_by_role("link").filter(has_text=quote)).to_be_visible()

    assert scored["strengths"]
    strengths = card.part("What was strong")
    await expect(strengths.get_by_role("heading", level=3)).to_have_count(len(scored["strengths"]))
    for point in scored["strengths"]:
        for quote in card.quoted(point["evidence"])[:2]:
            await expect(strengths.get_by_role("link").filter(has_text=quote).first).to_be_visible()

    fixes = card.part("What to fix first").get_by_role("listitem")
    assert len(scored["fix_first"]) == 3
    await expect(card.part("What to fix first").get_by_role("heading", level=3)).to_have_count(3)
    for place, fix in enumerate(scored["fix_first"]):
        await expect(fixes.nth(place)).to_contain_text("What was missing")
        await expect(fixes.nth(place)).to_contain_text("One way to say it")
        await expect(fixes.nth(place).get_by_role("blockquote")).to_have_text(fix["example"])

    await shows_every_level(card)
    await expect(card.part("What you thought, before the card")).to_contain_text("“The sums”")
    await expect(card.part("Red flags")).to_be_visible()
    verdict = card.part("Verdict")
    await expect(verdict.get_by_text("Weighted mean")).to_be_hidden()
    await verdict.get_by_role("heading", name="Verdict").click()
    await expect(verdict.get_by_text(f"Weighted mean {scored['overall']} of 4")).to_be_visible()


async def shows_every_level(card: Card) -> None:
    rows = card.part("Levels").get_by_role("listitem")
    assessed = [one for one in card.card["criteria"] if one["level"] is not None]
    assert len(assessed) >= 4
    for one in assessed:
        row = rows.filter(has=card.page.get_by_role("heading", name=one["name"], level=3))
        await expect(row).to_contain_text(f"{one['level']} of 4")
        if one["level"] < 4 and not one["capped_by"] and one["why_not_next"]:
            await expect(row).to_contain_text(f"Why not a {one['level'] + 1}?")
            missing = next(item for item in one["items"] if item["text"] == one["why_not_next"])
            await expect(row).to_contain_text(f"I did not hear you {missing['you']}.")


async def follows_a_quote_and_comes_back(card: Card) -> None:
    quote = card.part("What was strong").get_by_role("link").last
    scrolled = await card.follow(quote)
    await card.page.get_by_role("button", name="Back to where you were").click()
    await card.is_back(quote, scrolled)
    scrolled = await card.follow(quote)
    await card.page.go_back()
    await card.is_back(quote, scrolled)


def a_level(card: Card) -> Locator:
    """The first level of the card."""
    return card.part("Levels").get_by_role("listitem").first


async def contests_a_line(card: Card) -> None:
    await card.contest(a_level(card), "I said it when I drew the service.")
    await card.page.reload()
    await card.is_contested(a_level(card), "I said it when I drew the service.")


async def takes_the_card_along(card: Card) -> None:
    await card.visit.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await card.page.get_by_role("button", name="Copy as Markdown").click()
    await expect(card.page.get_by_role("button", name="Copied")).to_be_visible()
    copied = await card.page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("# ")
    for name in [one["name"] for one in card.card["criteria"]]:
        assert name in copied
    for quote in card.quoted(card.card["decided_most"]["evidence"]):
        assert quote in copied


async def finds_it_among_the_interviews(card: Card) -> None:
    await card.page.get_by_role("link", name="Interviews", exact=True).click()
    row = card.page.get_by_role("region", name="All of them").get_by_role("listitem")
    await expect(row).to_have_count(1)
    await expect(row).to_contain_text("URL shortener")
    await expect(row).to_contain_text(f"{card.card['overall']} of 4")
    await expect(row).to_contain_text("1 contested")
    await row.get_by_role("link", name="See the card").click()
    await card_shown(card.visit, card.session)


async def takes_up_a_moment_again(card: Card) -> None:
    await card.page.get_by_role("button", name="Retry this moment").first.click()
    await expect(card.page).not_to_have_url(re.compile(card.session))
    room = await entered(card.visit)
    assert room.session != card.session
    asked = await room.answered()
    assert asked in [turn["text"] for turn in card.page_of["room"]["turns"]]
    await room.say(SAID[2])
    await room.shows_what_the_server_has()
