"""Boards that are put on the server as they would have been drawn: labelled parts in columns and rows, and arrows between."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

STEP_X, STEP_Y = 250, 150
WIDE, HIGH = 170, 74
FONT_PX = 18


@dataclass(frozen=True)
class Part:
    """A part with its place by column and row."""

    label: str
    column: float
    row: float
    colour: str = "transparent"
    shape: str = "rectangle"

    @property
    def middle(self) -> tuple[float, float]:
        """Its middle, in pixels of the board."""
        return self.column * STEP_X + WIDE / 2, self.row * STEP_Y + HIGH / 2


@dataclass(frozen=True)
class Link:
    """An arrow from one part to another, by their labels."""

    start: str
    end: str
    label: str = ""


SHORTENER = (
    (
        Part("Phone", 0, 0, "#e7e5e4", "ellipse"),
        Part("CDN edge", 1, 0, "#ffe8cc", "ellipse"),
        Part("Redirect service", 2, 0, "#d3f9d8"),
        Part("Openings log", 1, 1, "#f3d9fa"),
        Part("Counts", 0, 1, "#d0ebff"),
        Part("Cache", 2, 1, "#ffe3e3"),
        Part("Maker", 0, 2.2, "#e7e5e4", "ellipse"),
        Part("Link API", 1, 2.2, "#d3f9d8"),
        Part("Links table", 2, 2.2, "#d0ebff"),
    ),
    (
        Link("Phone", "CDN edge"),
        Link("CDN edge", "Redirect service"),
        Link("Redirect service", "Cache"),
        Link("Cache", "Links table", "on a miss"),
        Link("Redirect service", "Openings log"),
        Link("Openings log", "Counts"),
        Link("Maker", "Link API"),
        Link("Link API", "Links table"),
    ),
)
"""A tidy board for `url-shortener`."""


def scene(parts: tuple[Part, ...], links: tuple[Link, ...] = ()) -> dict[str, Any]:
    """The scene as Excalidraw keeps it; every arrow is bound to its two parts."""
    by_label = {part.label: part for part in parts}
    elements: list[dict[str, Any]] = []
    for number, part in enumerate(parts):
        bound = [
            {"type": "arrow", "id": f"link{at}"}
            for at, link in enumerate(links)
            if part.label in (link.start, link.end)
        ]
        x, y = part.column * STEP_X, part.row * STEP_Y
        box = {"id": f"part{number}", "type": part.shape, "x": x, "y": y, "width": WIDE, "height": HIGH}
        words = {"type": "text", "id": f"part{number}-label"}
        elements.append(_drawn({**box, "backgroundColor": part.colour, "boundElements": [words, *bound]}))
        elements.append(_words(f"part{number}", part.label, part.middle))
    for number, link in enumerate(links):
        start, end = by_label[link.start], by_label[link.end]
        elements += _arrow(f"link{number}", link, start, end, parts.index(start), parts.index(end))
    return {"type": "excalidraw", "version": 2, "elements": elements, "appState": {}, "files": {}}


def _arrow(id: str, link: Link, start: Part, end: Part, at: int, to: int) -> list[dict[str, Any]]:
    (from_x, from_y), (to_x, to_y) = _between(start, end), _between(end, start)
    words = [{"type": "text", "id": f"{id}-label"}] if link.label else []
    arrow = {
        "id": id,
        "type": "arrow",
        "x": from_x,
        "y": from_y,
        "width": abs(to_x - from_x),
        "height": abs(to_y - from_y),
        "points": [[0, 0], [to_x - from_x, to_y - from_y]],
        "lastCommittedPoint": None,
        "startBinding": {"elementId": f"part{at}", "focus": 0, "gap": 6},
        "endBinding": {"elementId": f"part{to}", "focus": 0, "gap": 6},
        "startArrowhead": None,
        "endArrowhead": "arrow",
        "elbowed": False,
        "boundElements": words,
    }
    middle = ((from_x + to_x) / 2, (from_y + to_y) / 2)
    return [_drawn(arrow), *([_words(id, link.label, middle)] if link.label else [])]


def _between(part: Part, other: Part) -> tuple[float, float]:
    """Where the way from the middle of a part to another's leaves the part, a little beyond its edge."""
    (x, y), (to_x, to_y) = part.middle, other.middle
    across, down = to_x - x, to_y - y
    reach = min((WIDE / 2 + 6) / abs(across) if across else 9, (HIGH / 2 + 6) / abs(down) if down else 9)
    return x + across * reach, y + down * reach


def _words(container: str, text: str, middle: tuple[float, float]) -> dict[str, Any]:
    width, height = len(text) * FONT_PX * 0.52, FONT_PX * 1.25
    return _drawn(
        {
            "id": f"{container}-label",
            "type": "text",
            "x": middle[0] - width / 2,
            "y": middle[1] - height / 2,
            "width": width,
            "height": height,
            "text": text,
            "originalText": text,
            "containerId": container,
            "fontSize": FONT_PX,
            "fontFamily": 5,
            "textAlign": "center",
            "verticalAlign": "middle",
            "lineHeight": 1.25,
            "autoResize": True,
            "boundElements": None,
        }
    )


def _drawn(element: dict[str, Any]) -> dict[str, Any]:
    """With what every element has."""
    return {
        "angle": 0,
        "strokeColor": "#1e1e1e",
        "backgroundColor": "transparent",
        "fillStyle": "solid",
        "strokeWidth": 2,
        "strokeStyle": "solid",
        "roughness": 0,
        "opacity": 100,
        "groupIds": [],
        "frameId": None,
        "roundness": None,
        "seed": 1,
        "version": 1,
        "versionNonce": 1,
        "isDeleted": False,
        "updated": 1,
        "link": None,
        "locked": False,
        **element,
    }
