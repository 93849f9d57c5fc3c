"""No page in any state has what axe calls a fault, in light and in dark; the board's own inside is not ours."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import cache
from importlib.resources import files
from typing import Any

import pytest
from playwright.async_api import Page

from tests.browser.house import IN_ONE_LOOP, House
from tests.browser.tour import AREAS

pytestmark = IN_ONE_LOOP
PACE = {"settle_s": 0.2, "pace_s": 0.05}
OVER_THE_PAGE = ":is([role=dialog], [role=alertdialog], [role=menu]):not(.excalidraw *)"
CALM = """async () => {
    await document.fonts.ready;
    for (let frames = 0; frames < 2; frames += 1) await new Promise(requestAnimationFrame);
    await Promise.all(document.getAnimations().map(one => {
        const endless = one.effect?.getComputedTiming().iterations === Infinity;
        return endless ? undefined : one.finished.catch(() => undefined);
    }));
}"""
"""Waits for fonts and for whatever still moves in; a colour half faded in is no colour."""


@pytest.mark.parametrize("area", AREAS.values(), ids=AREAS.keys())
async def test_axe_finds_nothing(area: Callable[..., Awaitable[None]], house: House) -> None:
    found: list[str] = []

    async def look(page: Page, state: str, within: str = "html") -> None:
        # Only colours differ between the themes.
        for theme, only in (("light", {}), ("dark", {"runOnly": ["color-contrast"]})):
            await page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
            found.extend(f"{state}, {theme}: {fault}" for fault in await _faults(page, within, only))

    await area(house, look)
    assert not found, "\n".join(found)


async def _faults(page: Page, within: str, options: dict[str, Any]) -> list[str]:
    """What axe finds in this part of the page now, one line each with where it is."""
    await page.evaluate(CALM)
    if not await page.evaluate("'axe' in window"):
        await page.evaluate(_axe())
    # What lies over the page is looked at alone: the page beneath has its own turn without it.
    over = await page.locator(OVER_THE_PAGE).count() > 0
    violations = await page.evaluate(
        "async ([context, options]) => (await axe.run(context, options)).violations",
        [
            {"include": [[OVER_THE_PAGE if over else within]], "exclude": [[".excalidraw"]]},
            {"resultTypes": ["violations"], **options},
        ],
    )
    return [
        f"{one['id']} at {node['target']}: {node['html'][:160]} ({(node['any'] or node['all'] or node['none'])[0]['message']})"
        for one in violations
        for node in one["nodes"][:3]
    ]


@cache
def _axe() -> str:
    """The checker itself; the wrapper around it has no types and we need no more of it."""
    return files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
