"""An interview that has come to its hard half, for looking at: what was said, and the board that was drawn meanwhile."""

from __future__ import annotations

from playwright.async_api import expect

from tests.browser.house import Visit
from tests.browser.room import Room, entered
from tests.browser.scenes import SHORTENER, scene

SEED = 3
SAID = (
    "Who makes these links, and who opens them? How many new links a month, and how many openings? And how long "
    "does one live?",
    "What does a code look like? And is one link at times opened far more than the rest?",
    "60 million a month is about 23 new links a second, that is nothing. 9 billion openings a month is around 3,500 a "
    "second, say 35,000 at peak. So opening decides the design.",
    "A phone asks the CDN edge, then the redirect service, which looks into its cache before the links table. The edge "
    "keeps an answer for ten seconds.",
    "On a page with her counts. The redirect service notes each opening, and a batch goes to the openings log once a "
    "second; she sees it some minutes later.",
)


async def a_talk(visit: Visit) -> Room:
    """An interview in its hard half, with a board, entered."""
    begun = await visit.ask(
        "POST", "/v1/sessions", {"scenario": "url-shortener", "seed": SEED, "pace": "spoken"}
    )
    await visit.to(f"/interviews/{begun['id']}")
    room = await entered(visit)
    for number, line in enumerate(SAID):
        if number == 2:
            await visit.draw(room.session, scene(*SHORTENER))
        answers = await room.answers.count()
        await room.type(line)
        await expect(room.answers).to_have_count(answers + 1)
        await room.answered()
        if number in (2, 3):
            await visit.ask("POST", f"/v1/sessions/{room.session}/wishes", {"wish": "next"})
            await expect(room.answers).to_have_count(answers + 2)
            await room.answered()
    await visit.page.reload()
    await room.answered()
    return room
