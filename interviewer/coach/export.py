"""A scorecard for other eyes: JSON by its schema, Markdown to paste, and one HTML page that stands alone."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal, assert_never

from jinja2 import Environment, PackageLoader, StrictUndefined

from interviewer.coach.reading import Entry, Reading, Section, reading_of
from interviewer.interview.scorecard import Scorecard

Format = Literal["json", "markdown", "html"]

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~!])")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


def export(card: Scorecard, format: Format) -> str:
    """The card in a format; ends with a line break. The same card gives the same text."""
    match format:
        case "json":
            return json.dumps(card.to_json(), ensure_ascii=False, indent=1, sort_keys=False) + "\n"
        case "markdown":
            return "\n".join(_markdown(reading_of(card))).rstrip() + "\n"
        case "html":
            return _environment().get_template("card.html.j2").render(reading=reading_of(card))
        case _ as never:
            assert_never(never)


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("interviewer.coach", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=lambda value: (
            _CONTROL.sub("\N{REPLACEMENT CHARACTER}", value) if isinstance(value, str) else value
        ),
    )


def _markdown(reading: Reading) -> Iterator[str]:
    yield f"# {_plain(reading.title)}"
    yield ""
    for line in reading.stamp:
        yield f"- {_plain(line)}"
    for section in reading.sections:
        yield ""
        yield f"## {section.heading}"
        if section.lead:
            yield ""
            yield f"_{section.lead}_"
        yield ""
        for entry in section.entries:
            yield from _markdown_entry(section, entry)


def _markdown_entry(section: Section, entry: Entry) -> Iterator[str]:
    text = f": {_plain(entry.text)}" if entry.text else ""
    yield f"- **{_plain(entry.title)}**{text}" if section.id != "never-asked" else f"- {_plain(entry.title)}"
    for words in entry.quotes:
        yield f"  > {_plain(words.quote)} (turn {words.turn})"
        yield ""
    for note in entry.notes:
        yield f"  - {_plain(note)}"
    if entry.stronger:
        yield f"  - One way to say it stronger: {_plain(entry.stronger)}"


def _plain(text: str) -> str:
    """Text that Markdown shows as it is: its signs escaped, line breaks folded, control characters visible."""
    folded = " ".join(_CONTROL.sub("\N{REPLACEMENT CHARACTER}", text).split())
    return _SPECIAL.sub(r"\\\1", folded)
