"""What is done to every page and state that a tour comes to."""

from __future__ import annotations

from typing import Protocol

from playwright.async_api import Page


class Look(Protocol):
    """A check of the page before one. `state` names it; `within` is the part that no earlier look has seen."""

    async def __call__(self, page: Page, state: str, within: str = "html") -> None:
        """Look at it."""
