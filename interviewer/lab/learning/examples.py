"""The labelled sentences that the heads are made of: rubrics/system_design/exemplars/HAND/*.yaml and the packs' own answers.

One hand is one author. What a sentence shows is its key and whatever it `fills` besides; a hard negative shows nothing of
its key, though its words are near.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from interviewer.errors import BadInput
from interviewer.interview.heads import DONE
from interviewer.interview.pack import Scenario

EXEMPLARS, IDLE = "exemplars", "idle"
"""Folders of labelled sentences: about items and flags, and about nothing (idle.py)."""
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The one in C is ten times as fast, where it was built."""
PACK_HAND = "packs"

SATISFIES = ("", "satisfies")
Voice = Literal["terse", "spoken", "non-native", "dictated", "formal", "rambling", "casual"]


class Sentence(BaseModel):
    """One labelled utterance as it stands in a file. `after` is what the interviewer said just before."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    say: str
    voice: Voice
    about: str
    after: str = ""
    fills: tuple[str, ...] = ()
    why: str = ""


class Sentences(BaseModel):
    """All of one key: an item has sound and unsound ones, a red flag such as commit it and such as only look like it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    sound: tuple[Sentence, ...] = ()
    unsound: tuple[Sentence, ...] = ()
    commits: tuple[Sentence, ...] = ()
    innocent: tuple[Sentence, ...] = ()


@dataclass(frozen=True)
class Example:
    """A sentence with its label: whether it shows `key`. `shows` are all keys it shows; `about` the problem it is from."""

    key: str
    positive: bool
    said: str
    asked: str
    shows: frozenset[str]
    hand: str
    voice: str
    about: str
    why: str = ""


def read_examples(rubrics: Path, missing: frozenset[str] = frozenset()) -> tuple[Example, ...]:
    """Every sentence under rubrics/, in order of file. Raises BadInput, naming the file, for one that is not as agreed.

    What is innocent of a flag in `missing` (those of that type) because it does what the flag calls for shows its key +
    DONE as well; what is innocent for another reason, such as a quotation, does not.
    """
    found = (example for file in _files(rubrics) for example in _of_file(file))
    return tuple(
        replace(one, shows=one.shows | {one.key + DONE})
        if one.key in missing and not one.positive and one.why in SATISFIES
        else one
        for one in found
    )


def digest_of(rubrics: Path) -> str:
    """sha256:… of the sentences, by which heads say what they were made of."""
    digest = hashlib.sha256()
    for file in (*_files(rubrics), *sorted((rubrics / "system_design" / IDLE).glob("*.yaml"))):
        name = f"{file.parent.name}/{file.name}"
        digest.update(name.encode() + b"\0" + file.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return f"sha256:{digest.hexdigest()}"


def pack_examples(scenarios: tuple[Scenario, ...]) -> Iterator[Example]:
    """The packs' sound answers, by the items of the slots they fill; their unsound ones show none of those."""
    for scenario in scenarios:
        for topic in scenario.topics:
            items = {str(slot.id): str(slot.item) for slot in topic.slots if slot.item}
            for one in topic.sound:
                shows = frozenset(items[slot] for slot in map(str, one.fills) if slot in items)
                for key in sorted(shows):
                    yield Example(key, True, one.say, "", shows, PACK_HAND, "", scenario.id)
            for one in topic.unsound:
                for key in sorted(set(items.values())):
                    yield Example(key, False, one.say, "", frozenset(), PACK_HAND, "", scenario.id)


def _files(rubrics: Path) -> list[Path]:
    return sorted((rubrics / "system_design" / EXEMPLARS).glob("*/*.yaml"))


def _of_file(file: Path) -> Iterator[Example]:
    try:
        held = TypeAdapter(dict[str, Sentences]).validate_python(
            yaml.load(file.read_text(encoding="utf-8"), Loader=LOADER)  # noqa: S506  # both are safe loaders
        )
    except (ValidationError, yaml.YAMLError) as error:
        raise BadInput(f"{file.parent.name}/{file.name}: {error}") from error
    for key, sentences in held.items():
        for positive, several in (
            (True, (*sentences.sound, *sentences.commits)),
            (False, (*sentences.unsound, *sentences.innocent)),
        ):
            for one in several:
                shows = frozenset({key, *one.fills}) if positive else frozenset(one.fills)
                yield Example(
                    key, positive, one.say, one.after, shows, file.parent.name, one.voice, one.about, one.why
                )
