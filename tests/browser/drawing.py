"""Drawing on the board by mouse, as people do: a part from the row above it, a box by hand, and words into the box."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.async_api import FloatRect, Locator, Page, expect

from tests.browser.house import Visit

CLEAR_OF_PANEL_PX = 350
"""How far from the left edge of the board its own panel of styles never reaches."""


@dataclass(frozen=True)
class Board:
    """The board in a page."""

    page: Page

    @property
    def region(self) -> Locator:
        """All of it, with the row of parts and the line under it."""
        return self.page.get_by_role("region", name="Board")

    async def opened(self) -> None:
        """Wait until one can draw."""
        await expect(self.region.locator("canvas.interactive")).to_be_visible()
        await expect(self.region.get_by_role("radio", name="Rectangle")).to_be_attached()

    async def add(self, part: str) -> None:
        """Place a ready part."""
        await self.page.get_by_role("group", name="Add a part").get_by_role("button", name=part).click()

    async def arrow(self, start: Place, end: Place) -> None:
        """Draw an arrow by hand from the edge of one part to the edge of another that lies above or below it."""
        await self._choose("Arrow")
        canvas = await self._canvas()
        down = start.y < end.y
        mouse = self.page.mouse
        await mouse.move(
            canvas["x"] + start.x + start.width / 2, canvas["y"] + (start.bottom + 3 if down else start.y - 3)
        )
        await mouse.down()
        await mouse.move(
            canvas["x"] + end.x + end.width / 2,
            canvas["y"] + (end.y - 3 if down else end.bottom + 3),
            steps=8,
        )
        await mouse.up()

    async def box(self, label: str, down: float = 400) -> None:
        """Draw a box by hand, this far below the upper edge, and write into it."""
        await self._choose("Rectangle")
        place = await self._canvas()
        x, y = place["x"] + CLEAR_OF_PANEL_PX, place["y"] + down
        mouse = self.page.mouse
        await mouse.move(x, y)
        await mouse.down()
        await mouse.move(x + 170, y + 80, steps=6)
        await mouse.up()
        await self.page.keyboard.press("Enter")
        writing = self.page.locator("textarea.excalidraw-wysiwyg")
        await expect(writing).to_be_focused()
        await self.page.keyboard.type(label)
        await self.page.keyboard.press("Escape")
        await expect(writing).to_have_count(0)

    async def seen(self, words: str) -> None:
        """Wait until the interviewer sees this much, in the words of the line under the board."""
        await expect(self.region.get_by_role("button", name=f"Interviewer sees: {words}")).to_be_visible()

    async def _choose(self, tool: str) -> None:
        await self.region.locator("label", has=self.page.get_by_role("radio", name=tool)).click()
        await expect(self.region.get_by_role("radio", name=tool)).to_be_checked()

    async def _canvas(self) -> FloatRect:
        place = await self.region.locator("canvas.interactive").bounding_box()
        assert place is not None
        return place


@dataclass(frozen=True)
class Place:
    """Where something lies on a board that was not scrolled, in pixels from its upper left corner."""

    x: float
    y: float
    width: float
    height: float

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.y + self.height


async def places(visit: Visit, session: str) -> dict[str, Place]:
    """Where the labelled parts of a board lie, as the server has it."""
    elements = (await visit.ask("GET", f"/v1/sessions/{session}/board"))["scene"]["elements"]
    drawn = {one["id"]: Place(one["x"], one["y"], one["width"], one["height"]) for one in elements}
    return {
        one["originalText"]: drawn[one["containerId"]]
        for one in elements
        if one["type"] == "text" and one.get("containerId") in drawn
    }
