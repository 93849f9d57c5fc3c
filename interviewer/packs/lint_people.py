"""The people in a pack, and cues that hear a word inside another: what a reader should look at once.

A line that may be said first should not begin with "she" when nobody has been named, and a name belongs to one problem,
so that somebody who practises two does not meet the same person twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from interviewer.interview.pack import Scenario
from interviewer.packs.cue_cost import cues_in
from interviewer.packs.found import Found
from interviewer.packs.load import Shelf
from interviewer.packs.yaml_lines import Place

_PRONOUN = re.compile(r"\b(?:she|he|her|him|his|hers)\b", re.IGNORECASE)
_NAME = re.compile(r"(?<![.?!:] )(?<!^)\b[A-Z][a-z]+\b")
_SOMEBODY = re.compile(
    r"\b(?:some|any|every)(?:body|one)\b|\b(?:a|an|one|the) (?:[a-z]+ )?(?:person|driver|seller|doctor|\w+er)\b",
    re.IGNORECASE,
)
_ALTERNATIVES = re.compile(r"^\((?:\?:)?([a-z]+(?:\|[a-z]+)*)\)")
SHORT = 3
"""A word so short stands inside many others."""


def people(scenario: Scenario, shelf: Shelf) -> Iterator[Found]:
    """Warnings alone."""
    for name in scenario.protagonists:
        if not re.search(rf"\b{re.escape(name)}\b", scenario.brief):
            yield _warning(("brief",), f"does not introduce {name}", "name them, and say what they want")
        shared = [one.id for one in shelf.scenarios if one.id != scenario.id and name in one.protagonists]
        if shared:
            yield _warning(
                ("protagonists",), f"{name} is also in {', '.join(shared)}", "choose another name for one"
            )
    for place, line in _firsts(scenario):
        said = _PRONOUN.search(line)
        if said and not _introduced(line[: said.start()], scenario.protagonists):
            yield _warning(place, f"says {said.group()!r} of nobody: {line[:70]!r}", "name them first")
    for place, cue in cues_in(scenario):
        if inside := _inside_words(cue):
            yield _warning(
                place,
                f"hears {inside!r} inside other words: {cue[:50]!r}",
                r"begin the cue with \b",
            )


def _warning(place: Place, what: str, remedy: str) -> Found:
    return Found(place, what, remedy, warns=True)


def _introduced(before: str, names: tuple[str, ...]) -> bool:
    return any(name in before for name in names) or any(seen.search(before) for seen in (_NAME, _SOMEBODY))


def _firsts(scenario: Scenario) -> Iterator[tuple[Place, str]]:
    """Lines that nothing of the same topic need come before."""
    for at, topic in enumerate(scenario.topics):
        yield from ((("topics", at, "probes", index), line) for index, line in enumerate(topic.probes[:1]))
    yield from ((("bottlenecks", at, "probe"), one.probe) for at, one in enumerate(scenario.bottlenecks))
    yield from ((("failures", at, "inject"), one.inject) for at, one in enumerate(scenario.failures))
    yield from ((("curveballs", at, "say"), one.say) for at, one in enumerate(scenario.curveballs))
    yield from ((("choices", at, "say"), one.say) for at, one in enumerate(scenario.choices))


def _inside_words(cue: str) -> str:
    r"""A short word with which a cue may begin in the midst of another, as "age" in "page"; "" where none."""
    if not (begins := _ALTERNATIVES.match(cue)):
        return ""
    return next((word for word in begins[1].split("|") if len(word) <= SHORT), "")
