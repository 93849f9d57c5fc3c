"""Words that would like to be more than words: in names, messages, boards, reasons, comments and files they stay words."""

from __future__ import annotations

import json
import re
from functools import partial
from time import monotonic

from playwright.async_api import Page, Route, expect

from tests.browser.drawing import Board
from tests.browser.house import IN_ONE_LOOP, House, Visit
from tests.browser.room import Room, begin, end
from tests.browser.scenes import Link, Part, scene

pytestmark = IN_ONE_LOOP
HOSTILE = (
    "<img src=//outside.example/x onerror=window.taken=1>",
    "<script>window.taken=1</script>",
    "<svg><a xlink:href='javascript:window.taken=1'><text>here</text></a></svg>",
    "[here](javascript:window.taken=1) ![here](//outside.example/y)",
    "</title></style></textarea><iframe srcdoc='<script>parent.taken=1</script>'></iframe>",
    "<style>body{display:none}</style>",
    "<base href=//outside.example><form action=//outside.example><button>here",
    "\"><b onmouseover='window.taken=1'>'\"`${window.taken=1}{{taken}}",
)
ALL = "\n\n".join(HOSTILE)
TABLE = "| one |\n| --- |\n" + "".join(f"| {one.replace('|', ' ')} |\n" for one in HOSTILE[:3])
WAYS_OUT = "main iframe, main form[action], main [onerror], main [onmouseover], main script, main base"


async def neutral(page: Page) -> None:
    """Nothing of it was run, and nothing of it became a part of the page."""
    assert await page.evaluate("window.taken") is None
    assert await page.locator(WAYS_OUT).count() == 0
    assert await page.locator("main a[href^='javascript:'], main img[src*='outside.example']").count() == 0
    assert "outside.example" not in await page.evaluate("document.baseURI")
    await expect(page.locator("body")).to_be_visible()


async def test_hostile_words_stay_words_wherever_they_are_shown(house: House) -> None:
    name = HOSTILE[0]
    async with house.visit(name) as candidate, house.visit("Ada " + HOSTILE[1], "coach") as coach:
        room = await begin(candidate)
        await room.answered()
        await speaks(room)
        await draws(room)
        await ends_and_contests(candidate, room)
        await is_read_by_a_coach(coach, room.session)
        await reads_the_comment(candidate, room.session)
        await takes_files_home(candidate, room.session, "scorecard?format=html", "URL shortener")
        await takes_files_home(coach, room.session, "review/export?format=html", HOSTILE[2])
        await is_in_the_lists(candidate, coach)


async def speaks(room: Room) -> None:
    for message in (ALL, "```html\n" + ALL + "\n```", TABLE):
        await room.say(message)
    for hostile in HOSTILE:
        await expect(room.said.first).to_contain_text(hostile)
    await neutral(room.page)


async def draws(room: Room) -> None:
    parts = tuple(Part(words, 0, row) for row, words in enumerate(HOSTILE))
    board = Board(room.page)
    await board.opened()
    await room.visit.draw(room.session, scene(parts, (Link(HOSTILE[0], HOSTILE[1], HOSTILE[2]),)))
    await board.seen("8 parts, 1 link")
    await room.page.get_by_role("button", name="Interviewer sees").click()
    await expect(room.page.get_by_text(HOSTILE[0]).first).to_be_visible()
    await neutral(room.page)
    await room.page.keyboard.press("Escape")
    await room.say("That is how I drew it.")
    await room.page.get_by_role("button", name="Draw by text").click()
    await room.page.get_by_label("The drawing").fill(f"{HOSTILE[0]} -> {HOSTILE[4]}: {HOSTILE[1]}")
    await room.page.get_by_role("button", name="Draw", exact=True).click()
    await expect(board.region.get_by_text("Saved")).to_be_visible()
    await neutral(room.page)


async def ends_and_contests(visit: Visit, room: Room) -> None:
    await end(visit.page)
    await visit.page.get_by_label("The best part").fill(ALL)
    await visit.page.get_by_label("Next time I will…").fill(HOSTILE[2])
    await visit.page.get_by_role("button", name="Keep this and go on").click()
    await visit.page.wait_for_url(re.compile(r"/card$"))
    body = {"line": "verdict", "reason": ALL}
    await visit.ask("POST", f"/v1/sessions/{room.session}/contests", body)
    await visit.page.reload()
    await expect(visit.page.get_by_text("What you thought, before the card")).to_be_visible()
    await visit.page.get_by_role("heading", name="Verdict").click()
    await expect(visit.page.get_by_role("region", name="Verdict")).to_contain_text(HOSTILE[4])
    await expect(visit.page.get_by_role("region", name="The conversation")).to_contain_text(HOSTILE[4])
    await neutral(visit.page)


async def is_read_by_a_coach(visit: Visit, session: str) -> None:
    await visit.ask("POST", f"/v1/sessions/{session}/reveal")
    for comment in ({"text": ALL, "turn": 2, "shared": True}, {"text": HOSTILE[2], "shared": True}):
        await visit.ask("POST", f"/v1/sessions/{session}/comments", comment)
    await visit.to(f"/coach/{session}")
    await expect(visit.page.get_by_text(HOSTILE[4]).first).to_be_visible()
    await neutral(visit.page)


async def reads_the_comment(visit: Visit, session: str) -> None:
    await visit.to(f"/interviews/{session}/card")
    await expect(visit.page.get_by_text("Ada " + HOSTILE[1]).first).to_be_visible()
    await neutral(visit.page)


async def takes_files_home(visit: Visit, session: str, file: str, words: str) -> None:
    """The file as a browser shows it, opened from nowhere."""
    answer = await visit.context.request.get(f"{visit.home}/v1/sessions/{session}/{file}")
    assert answer.ok
    page = await visit.context.new_page()
    await page.set_content(await answer.text())
    assert await page.evaluate("window.taken") is None
    assert await page.locator("img, iframe, script, form, base, a[href^='javascript:']").count() == 0
    assert words in await page.locator("body").inner_text()
    await page.close()


async def is_in_the_lists(candidate: Visit, coach: Visit) -> None:
    for visit, path, shown in (
        (candidate, "/interviews", "URL shortener"),
        (candidate, "/", "Start begins at once"),
        (candidate, "/mine", HOSTILE[0]),
        (coach, "/coach", HOSTILE[0]),
    ):
        await visit.to(path)
        await expect(visit.page.locator("main p, main a").filter(has_text=shown).first).to_be_visible()
        await neutral(visit.page)


async def test_a_hostile_transcript_is_scored_and_shown_as_words(house: House) -> None:
    async with house.visit("Pastes") as visit:
        await visit.to("/score")
        said = "\n".join(
            f"Interviewer: {one}\nCandidate: 60 million a month is 23 a second {one}" for one in HOSTILE
        )
        await visit.page.get_by_label("The transcript").fill(said)
        await visit.page.get_by_label("Who is the candidate?").fill("Candidate")
        await visit.page.get_by_role("button", name="Score it").click()
        talk = visit.page.get_by_role("region", name="The conversation")
        await expect(talk).to_contain_text(HOSTILE[4])
        await neutral(visit.page)


# --- too much


BOMBS = {
    "deep quotes": "> " * 3_000 + "deep",
    "deep lists": "- " * 3_000 + "deep",
    "ten thousand stars": "*" * 10_000,
    "stars and words": "**a *b " * 1_500,
    "brackets": "[" * 5_000 + "](" * 1_000,
    "a deep list": "\n".join(" " * depth + "- a" for depth in range(120)),
    "a table without end": "| a " * 400 + "\n" + "| - " * 400 + "\n" + "| b " * 400,
}
MOST_S = 10.0
"""How long any one of them may hold up the page, on a busy machine; those that freeze it do so for good."""


async def test_markdown_made_to_freeze_a_page_does_not(house: House) -> None:
    async with house.visit("Bombs") as visit:
        room = await begin(visit)
        await room.answered()
        for number, (name, bomb) in enumerate(BOMBS.items(), start=1):
            before = monotonic()
            await room.type(f"```\nfenced\n```\n\n{bomb}")
            await expect(room.said).to_have_count(number)
            assert await visit.page.evaluate("1 + 1") == 2
            assert monotonic() - before < MOST_S, name
        await visit.page.reload()
        await expect(room.said).to_have_count(len(BOMBS))


async def test_a_board_that_cannot_be_kept_says_why_and_the_talk_goes_on(house: House) -> None:
    async with house.visit("Draws much") as visit:
        visit.watch.allow("status of 413", "status of 422")
        room = await begin(visit)
        board = Board(visit.page)
        await board.opened()
        for given, words in (
            (
                {"scene": {"type": "excalidraw", "elements": [{"customData": "a" * (2 << 20)}]}},
                "takes at most",
            ),
            ({"scene": {"type": "no scene at all"}}, "A board is a scene"),
        ):
            await visit.page.route("**/board", partial(instead, given))
            await board.add("Database")
            refused = board.region.get_by_role("status").filter(has_text="Not saved.")
            await expect(refused).to_be_visible()
            await expect(refused).to_contain_text(words)
            await visit.page.unroute("**/board")
            assert await room.say("How many new links a month?")
            await board.add("Cache")
            await expect(refused).to_have_count(0)
        await board.seen("4 parts, 0 links")


async def instead(given: object, route: Route) -> None:
    """Let another body go in place of the board."""
    if route.request.method == "PUT":
        await route.continue_(post_data=json.dumps(given))
    else:
        await route.continue_()
