"""On a phone, and on the narrowest one: nothing runs out of the page, and everything is large enough to be touched."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest
from playwright.async_api import Page

from tests.browser.house import IN_ONE_LOOP, House
from tests.browser.tour import AREAS

pytestmark = IN_ONE_LOOP
PACE = {"settle_s": 0.2, "pace_s": 0.05}
TALL_PX = 780
WIDTHS_PX = (390, 320)
LEAST_TARGET_PX = 24
FAULTS = """async least => {
    for (let frames = 0; frames < 3; frames += 1) await new Promise(requestAnimationFrame);
    const told = element => `${element.tagName} ${element.getAttribute("aria-label") ?? element.textContent.trim().slice(0, 40)}`;
    const found = [];
    const root = document.scrollingElement;
    if (root.scrollWidth > innerWidth) {
        const wide = [...document.body.querySelectorAll("*")].filter(one => one.getBoundingClientRect().right > innerWidth + 1);
        found.push(`the page is ${root.scrollWidth} wide: ${wide.slice(0, 3).map(told).join("; ")}`);
    }
    const scrolls = element => {
        for (let one = element.parentElement; one; one = one.parentElement) {
            if (one.scrollWidth > one.clientWidth && /auto|scroll/.test(getComputedStyle(one).overflowX)) return true;
        }
        return false;
    };
    const TARGETS = "a[href], button, summary, select, textarea, input:not([type=file]), [role=radio], [role=menuitem], [role=tab]";
    for (const element of document.querySelectorAll(TARGETS)) {
        if (element.closest(".excalidraw, [inert]") || !element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
        const style = getComputedStyle(element);
        const box = element.getBoundingClientRect();
        if (box.width <= 1 || box.bottom < 0) continue;
        if ((box.right > innerWidth + 1 || box.left < -1) && !scrolls(element)) found.push(`${told(element)} is cut off at ${Math.round(box.right)}`);
        // A link in a sentence is as high as its line, which is allowed.
        const inText = style.display === "inline" && element.parentElement.textContent.trim() !== element.textContent.trim();
        if (!inText && Math.min(box.width, box.height) < least) found.push(`${told(element)} is ${Math.round(box.width)} by ${Math.round(box.height)}`);
        // A sheet lies over everything, the composer too.
        if (document.querySelector("[role=dialog], [role=alertdialog], [role=menu]")) continue;
        const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
        if (x < 0 || y < 0 || x >= innerWidth || y >= innerHeight || scrolls(element)) continue;
        const composer = document.elementFromPoint(x, y)?.closest(".room-composer");
        if (composer && !composer.contains(element)) found.push(`${told(element)} lies behind the composer`);
    }
    return found;
}"""


@pytest.mark.parametrize("area", AREAS.values(), ids=AREAS.keys())
async def test_a_phone_shows_everything(area: Callable[..., Awaitable[None]], house: House) -> None:
    found: list[str] = []

    async def look(page: Page, state: str, within: str = "html") -> None:
        for width in reversed(WIDTHS_PX):
            await page.set_viewport_size({"width": width, "height": TALL_PX})
            faults = await page.evaluate(FAULTS, LEAST_TARGET_PX)
            found.extend(f"{state}, {width}: {fault}" for fault in faults)

    await area(house, look, viewport={"width": WIDTHS_PX[0], "height": TALL_PX}, has_touch=True)
    assert not found, "\n".join(found)
