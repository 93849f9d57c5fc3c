"""Attacks on the interviewer and on whoever scores, written for this: as candidates type them, draw them and call themselves.

`plain` is what is left of a text once the attack is taken out; a look-alike has there the same said in other words.
`then` is what is said in the next turn; `plain_then` what is left of that, such as a word that by itself is none.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from tests.builders import FIXTURES

LOOK_ALIKE = "look-alike"


@dataclass(frozen=True)
class Attack:
    """One line of the corpus."""

    id: str
    kind: str
    channel: Literal["chat", "board", "name"]
    text: str
    plain: str = ""
    then: str = ""
    plain_then: str = ""

    @property
    def turns(self) -> tuple[str, ...]:
        """What is said, turn by turn."""
        return tuple(filter(None, (self.text, self.then)))

    @property
    def scene(self) -> dict[str, Any]:  # Any: a scene is JSON
        """The drawing that holds it: a text with arrows, or two boxes of which one is labelled with it."""
        if self.kind != "box-label":
            return {"text": self.text}
        boxes = (("a", "API"), ("b", self.text))
        shapes = [
            {"id": id, "type": "rectangle", "x": at * 300, "y": 0, "width": 200, "height": 90}
            for at, (id, _) in enumerate(boxes)
        ]
        labels = [{"id": f"{id}t", "type": "text", "containerId": id, "text": label} for id, label in boxes]
        arrow = {
            "id": "c",
            "type": "arrow",
            "startBinding": {"elementId": "a"},
            "endBinding": {"elementId": "b"},
            "endArrowhead": "arrow",
        }
        return {"elements": [*shapes, *labels, arrow]}


@lru_cache(maxsize=1)
def corpus() -> tuple[Attack, ...]:
    """Everything, look-alikes among it."""
    lines = (FIXTURES / "attacks.jsonl").read_text(encoding="utf-8").splitlines()
    return tuple(Attack(**json.loads(line)) for line in lines)


def attacks(channel: str | None = None) -> tuple[Attack, ...]:
    """The attacks, of one channel or of all."""
    return tuple(one for one in corpus() if one.kind != LOOK_ALIKE and channel in (None, one.channel))


def look_alikes() -> tuple[Attack, ...]:
    """What only looks like one."""
    return tuple(one for one in corpus() if one.kind == LOOK_ALIKE)


def by_kind(some: tuple[Attack, ...]) -> Iterator[tuple[str, tuple[Attack, ...]]]:
    """Kind by kind, so that a test that fails says where."""
    for kind in dict.fromkeys(one.kind for one in some):
        yield kind, tuple(one for one in some if one.kind == kind)
