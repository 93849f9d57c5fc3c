"""A scorecard for other eyes: JSON by its schema, Markdown to paste, and one HTML page that stands alone."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal, assert_never

from jinja2 import Environment, PackageLoader, StrictUndefined

from interviewer.coach.beforehand import with_beforehand
from interviewer.coach.reading import Entry, Reading, Section, reading_of
from interviewer.interview.events import CandidateRated
from interviewer.interview.scorecard import Scorecard

Format = Literal["json", "markdown", "html"]

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~!&])")
_LIST_MARK = re.compile(r"^(?:[-+=]|\d{1,9}(?=[.)]))")
_UNSEEN = r"\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069"
"""What steers a terminal, or turns the direction of what is read, and is not seen itself."""
_CONTROL = re.compile(rf"[\x00-\x08\x0b\x0c\x0e-\x1f{_UNSEEN}]")
_RAW_IN_JSON = re.compile(rf"[{_UNSEEN}]")


def export(card: Scorecard, format: Format, rated: CandidateRated | None = None) -> str:
    """The card in a format; ends with a line break. The same card gives the same text.

    `rated` is what the candidate thought of it beforehand, for those who read; the JSON is the card alone.
    """
    match format:
        case "json":
            return as_json(card.to_json())
        case "markdown":
            return as_markdown(with_beforehand(reading_of(card), card, rated))
        case "html":
            return as_html(with_beforehand(reading_of(card), card, rated))
        case _ as never:
            assert_never(never)


def as_json(data: object) -> str:
    """JSON in which nothing stands raw that steers reading; ends with a line break."""
    whole = json.dumps(data, ensure_ascii=False, indent=1, sort_keys=False)
    return _RAW_IN_JSON.sub(lambda sign: f"\\u{ord(sign[0]):04x}", whole) + "\n"


def as_markdown(reading: Reading) -> str:
    """A reading as Markdown; ends with a line break."""
    return "\n".join(_markdown(reading)).rstrip() + "\n"


def as_html(reading: Reading) -> str:
    """A reading as one page that stands alone."""
    return _environment().get_template("card.html.j2").render(reading=reading)


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("interviewer.coach", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_shown,
    )


def _shown(value: object) -> object:
    # a macro gives markup, which is more than a string, and is made of values that have been here before
    return visible(value) if type(value) is str else value


def visible(text: str) -> str:
    """The text with control characters and marks that steer reading shown as a replacement character."""
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)


def _markdown(reading: Reading) -> Iterator[str]:
    yield f"# {plain(reading.title)}"
    yield ""
    for line in reading.stamp:
        yield f"- {plain(line)}"
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
    text = f": {plain(entry.text)}" if entry.text else ""
    yield f"- **{plain(entry.title)}**{text}" if section.id != "never-asked" else f"- {plain(entry.title)}"
    for words in entry.quotes:
        yield f"  > {plain(words.quote)} (turn {words.turn})"
        yield ""
    for note in entry.notes:
        yield f"  - {plain(note)}"
    if entry.stronger:
        yield f"  - One way to say it stronger: {plain(entry.stronger)}"


def plain(text: str) -> str:
    """Text that Markdown shows as it is: its signs escaped, line breaks folded, control characters visible."""
    escaped = _SPECIAL.sub(r"\\\1", " ".join(visible(text).split()))
    mark = _LIST_MARK.match(escaped)
    if mark is None:
        return escaped
    digits = mark[0].rstrip("-+=")
    return f"{digits}\\{escaped[len(digits) :]}"
