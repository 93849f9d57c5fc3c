"""The component graph of a drawing: boxes with labels and roles, arrows between them, and what is odd about it."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict


class Box(BaseModel):
    """A labelled box. `role` is a part id of the pack, or a general role such as store, cache, queue, client; empty where unknown."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    id: str
    label: str
    role: str = ""


class Link(BaseModel):
    """An arrow between two boxes; `bound` is False where one end hangs loose, and that end is empty."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    source: str
    target: str
    label: str = ""
    bound: bool = True


LintKind = Literal[
    "isolated",
    "sole",
    "no_path_to_store",
    "cache_without_source",
    "queue_without_consumer",
    "loose_arrow",
    "unlabelled",
]


class Oddity(BaseModel):
    """Something odd on the board: which part, and what."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    kind: LintKind
    box: str = ""
    label: str = ""


class Graph(BaseModel):
    """What the board shows, in reading order, free of positions."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    boxes: tuple[Box, ...] = ()
    links: tuple[Link, ...] = ()
    oddities: tuple[Oddity, ...] = ()
