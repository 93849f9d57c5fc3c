"""What tests are made from: labelled interviews, and sentences that are known to show something or only to sound like it.

Sentences come from the packs' exemplars and from `rubrics/system_design/exemplars/`, where that folder is filled.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from interviewer.errors import BadInput
from interviewer.interview.chance import order
from interviewer.interview.pack import Scenario
from interviewer.interview.rubric import Kind
from interviewer.lab.labels import Labelled
from interviewer.packs.files import data_folder
from interviewer.packs.load import Shelf

_LIST = ("sound", "unsound", "commits", "innocent")


@dataclass(frozen=True)
class Sentence:
    """Words with what they show: `shows` are item ids (none for what only sounds like it). `after` is what we had said."""

    say: str
    shows: tuple[str, ...]
    about: str | None
    kind: Kind
    after: str = ""
    topic: str | None = None
    voice: str = ""


@dataclass(frozen=True)
class Material:
    """Everything to make cases from."""

    interviews: tuple[Labelled, ...]
    sentences: tuple[Sentence, ...]
    shelf: Shelf

    def some_interviews(self, count: int, seed: int, *what: object) -> list[Labelled]:
        """`count` interviews in an order of their own, over again where there are fewer."""
        return _cycled(self.interviews, count, seed, *what)

    def some_sentences(self, count: int, seed: int, *what: object) -> list[Sentence]:
        """At most `count` sentences, in an order of their own."""
        places = order(len(self.sentences), seed, *what)
        return [self.sentences[place] for place in places[:count]]


def _cycled(all_of: Sequence[Labelled], count: int, seed: int, *what: object) -> list[Labelled]:
    places = order(len(all_of), seed, *what)
    return [all_of[places[at % len(places)]] for at in range(count)] if places else []


def material_from(interviews: tuple[Labelled, ...], shelf: Shelf, rubrics: Path | None) -> Material:
    """Interviews with every sentence that the rubrics hold. Raises BadInput without interviews."""
    if not interviews:
        raise BadInput("There is no labelled interview to make tests from.")
    folder = data_folder("rubrics", rubrics) / "system_design" / "exemplars"
    sentences = [*_of_packs(shelf), *_of_folder(folder, shelf)]
    return Material(interviews, tuple(sentences), shelf)


def _of_packs(shelf: Shelf) -> Iterator[Sentence]:
    for scenario in shelf.scenarios:
        for topic in scenario.topics:
            items = {slot.id: str(slot.item) for slot in topic.slots if slot.item}
            for exemplar in topic.sound:
                shows = tuple(dict.fromkeys(items[slot] for slot in exemplar.fills if slot in items))
                yield Sentence(
                    exemplar.say, shows, scenario.id, scenario.kind, topic.probes[0], str(topic.id)
                )


def _of_folder(folder: Path, shelf: Shelf) -> Iterator[Sentence]:
    kinds = {one.id: one.kind for one in shelf.questions}
    items = {str(item.id): item.kinds for one in shelf.rubric.criteria for item in one.items}
    for file in sorted(folder.glob("*/cr.*.yaml")):
        read = yaml.safe_load(file.read_text(encoding="utf-8"))
        for id, lists in read.items() if isinstance(read, dict) else ():
            if id in items:
                yield from _sentences(id, lists, kinds, items[id])


def _sentences(
    id: str,
    lists: dict[str, Any],  # Any: YAML
    kinds: dict[str, Kind],
    of_kinds: str,
) -> Iterator[Sentence]:
    for one in lists.get("sound") or ():
        kind = kinds.get(one.get("about"), Kind(of_kinds[-1]))
        if kind.value in of_kinds:
            known = one.get("about") if one.get("about") in kinds else None
            yield Sentence(
                one["say"], (id,), known, kind, one.get("after") or "", voice=one.get("voice") or ""
            )


def scenario_of(shelf: Shelf, id: str | None) -> Scenario | None:
    """The pack of a problem, where there is one."""
    return next((one for one in shelf.scenarios if one.id == id), None)
