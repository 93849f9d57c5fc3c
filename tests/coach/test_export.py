"""Scorecards for other eyes: valid, the same every time, whole on their own, and safe whatever was said."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import get_args

import jsonschema
import pytest

from interviewer.coach.export import Format, export
from interviewer.coach.reading import reading_of
from interviewer.interview.ledger import Quoted
from interviewer.interview.scorecard import CriterionResult, Override, Scorecard, current
from tests.coach.cards import TRANSCRIPTS, a_card_of, a_full_card

FORMATS: tuple[Format, ...] = get_args(Format)
ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
EMPTY_TAGS = {"meta", "br", "hr", "img", "link", "input"}
ORDER = [
    "moment", "strengths", "fix", "levels", "flags", "recovered", "possible", "unassessed", "sums", "never-asked",
    "fairness", "verdict",
]  # fmt: skip


class Page(HTMLParser):
    """A page taken apart; a tag that is closed out of turn, or never, is a fault."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text: list[str] = []
        self.ids: list[str] = []
        self._open: list[str] = []
        self.feed(page)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        self.ids += [value for name, value in attrs if name == "id" and value]
        if tag not in EMPTY_TAGS:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open and self._open[-1] == tag, f"</{tag}> closes {self._open[-1:]}"
        self._open.pop()

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    @property
    def words(self) -> str:
        return " ".join(" ".join(self.text).split())


@lru_cache(maxsize=1)
def schema(folder: Path) -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(
        json.loads((folder / "scorecard.schema.json").read_text(encoding="utf-8"))
    )


# ------------------------------------------------------------------------------------ cards of the labelled interviews


@pytest.mark.parametrize("name", TRANSCRIPTS)
def test_a_card_is_valid_and_every_quote_stands_in_a_candidates_turn(name: str, paths) -> None:
    transcript, card = a_card_of(name)
    data = json.loads(export(card, "json"))
    assert [error.message for error in schema(paths.rubrics).iter_errors(data)] == []
    assert Scorecard.model_validate(data) == card
    rows = {row.id: row for row in card.evidence}
    assert len(rows) == len(card.evidence)
    for row in card.evidence:
        if isinstance(row, Quoted):
            turn = transcript.turn(row.turn)
            assert turn.role == "candidate"
            assert turn.text[row.start : row.end] == row.quote != ""
        else:
            assert all(transcript.turn(n).role == "candidate" for n in row.searched_turns)
            for miss in row.nearest_misses:
                assert miss.quote in transcript.turn(miss.turn).text
    for sum_ in card.estimates:
        assert transcript.turn(sum_.turn).text[sum_.start : sum_.end] == sum_.text
    for flag in card.flags:
        assert flag.evidence, flag.id
        assert set(flag.evidence) <= set(rows)
    for one in card.criteria:
        if one.level is None:
            assert one.unassessed
            continue
        assert all(set(item.evidence) <= set(rows) for item in one.items)
        assert one.level == 1 or any(item.evidence for item in one.items)
    for point in (*card.fix_first, *card.strengths, *([card.decided_most] if card.decided_most else [])):
        assert set(point.evidence) <= set(rows)
    assert all(point.evidence for point in card.strengths)


@pytest.mark.parametrize("name", TRANSCRIPTS[:2])
def test_a_card_made_again_has_the_same_bytes(name: str) -> None:
    once, again = a_card_of(name)[1], a_card_of.__wrapped__(name)[1]
    for format in FORMATS:
        assert export(once, format) == export(again, format)


@pytest.mark.parametrize("name", TRANSCRIPTS)
def test_a_page_is_well_formed_and_stands_alone(name: str) -> None:
    _, card = a_card_of(name)
    page = Page(export(card, "html"))
    assert page.tags.count("h1") == 1
    assert not {"script", "img", "link", "iframe", "form"} & set(page.tags)
    assert not {attribute for attribute, _ in page.attributes} & {"src", "href", "action", "onclick", "style"}
    assert "article" in page.tags
    assert page.ids == [section.id for section in reading_of(card).sections]
    assert "<article" not in page.words and "&lt;" not in page.words


@pytest.mark.parametrize("name", TRANSCRIPTS)
def test_the_formats_tell_the_same_and_in_the_order_that_helps(name: str) -> None:
    _, card = a_card_of(name)
    reading = reading_of(card)
    ids = [section.id for section in reading.sections]
    assert ids == [id for id in ORDER if id in ids]
    assert {"levels", "verdict"} <= set(ids)
    markdown, page = export(card, "markdown"), Page(export(card, "html"))
    headings = re.findall(r"^## (.*)$", markdown, re.MULTILINE)
    assert headings == [section.heading for section in reading.sections]
    places = [page.words.index(section.heading) for section in reading.sections]
    assert all(one < other for one, other in pairwise(places))
    unescaped = ESCAPED.sub(r"\1", markdown)
    for section in reading.sections:
        for entry in section.entries:
            assert " ".join(entry.title.split()) in page.words
            assert " ".join(entry.title.split()) in unescaped
            for words in entry.quotes:
                assert " ".join(words.quote.split()) in page.words
                assert f"{' '.join(words.quote.split())} (turn {words.turn})" in unescaped


def test_the_verdict_and_what_is_only_possible_are_folded() -> None:
    page = export(a_full_card(), "html")
    assert re.search(r'<details id="verdict">', page)
    assert re.search(r'<details id="possible">', page)
    assert re.search(r'<section id="levels">', page)


def test_every_section_has_its_place() -> None:
    assert [section.id for section in reading_of(a_full_card()).sections] == ORDER


def test_what_was_not_assessed_for_one_reason_is_one_line() -> None:
    _, card = a_card_of(TRANSCRIPTS[0])
    why = "too little was said"
    quiet = tuple(
        one.model_copy(update={"level": None, "interval": None, "unassessed": why}) for one in card.criteria
    )

    def lines(criteria: tuple[CriterionResult, ...]) -> list[tuple[str, str]]:
        sections = reading_of(card.model_copy(update={"criteria": criteria})).sections
        return [(one.title, one.text) for part in sections if part.id == "unassessed" for one in part.entries]

    assert lines(quiet) == [("Nothing of it", "Too little was said.")]
    other = quiet[0].model_copy(update={"unassessed": "nobody asked"})
    names = "; ".join(one.name for one in quiet[1:])
    assert lines((other, *quiet[1:])) == [(other.name, "Nobody asked."), (names, "Too little was said.")]


# --------------------------------------------------------------------------------------------- whatever was said


NASTY = "<script>alert('x')</script> & \"q\" *bold* _it_ `code` [link](http://x.y) # | ~ ! 1. - \\ &lt;b&gt; \N{SNOWMAN}"


def nasty(value: object, text: str) -> object:
    """The same card with every text that a stranger could have written replaced."""
    if isinstance(value, dict):
        ours = {
            "id",
            "observer",
            "polarity",
            "credit",
            "status",
            "how",
            "state",
            "tier",
            "kind",
            "level",
            "recommendation",
            "verdict",
            "key",
            "target",
        }
        return {key: one if key in ours else nasty(one, text) for key, one in value.items()}
    if isinstance(value, list):
        return [nasty(one, text) for one in value]
    return text if isinstance(value, str) and not value.startswith("ev_") else value


def a_nasty_card(text: str) -> Scorecard:
    return Scorecard.model_validate(nasty(a_full_card().to_json(), text))


def test_html_shows_what_was_said_and_runs_none_of_it() -> None:
    text = export(a_nasty_card(NASTY), "html")
    assert "<script" not in text
    page = Page(text)
    assert "script" not in page.tags
    assert " ".join(NASTY.split()) in page.words
    assert page.tags.count("section") + page.tags.count("details") == len(ORDER)


def test_markdown_shows_what_was_said_as_it_was() -> None:
    text = export(a_nasty_card(NASTY), "markdown")
    assert "<script>" not in text
    lines = [line for line in text.splitlines() if "alert" in line]
    assert lines
    for line in lines:
        bare = ESCAPED.sub("", line)
        kept = re.sub(r"^(# |\s*> |\s*- (\*\*)?|)", "", bare).replace("**", "")
        assert not re.search(r"[*_`\[\]<>#|~!&\\]", kept), line
        assert " ".join(NASTY.split()) in ESCAPED.sub(r"\1", line)


@pytest.mark.parametrize(
    "said", ["- one", "+ one", "1. one", "12) one", "# one", "> one", "=== one", "--- one"]
)
def test_a_quote_begins_no_list_and_no_heading_in_markdown(said: str) -> None:
    quotes = [line for line in export(a_nasty_card(said), "markdown").splitlines() if line.startswith("  > ")]
    assert quotes
    assert all(re.match(r"  > (\d+)?\\[^\w\s]", line) for line in quotes)


@pytest.mark.parametrize("format", FORMATS)
def test_what_steers_a_terminal_or_turns_the_reading_is_never_raw(format: Format) -> None:
    steering = "\x00\x07\x08\x0b\x0c\x1b\x7f\x85\x9b\u061c\u200e\u200f\u2028\u202a\u202e\u2066\u2069"
    text = export(a_nasty_card(f"a{steering}b"), format)
    assert not set(steering) & set(text)
    if format == "json":
        assert json.loads(text)["plan"] == f"a{steering}b"
    else:
        shown = "\N{REPLACEMENT CHARACTER}" * len(steering)
        assert f"a{shown}b" in text


def test_line_breaks_within_a_quote_are_kept_on_a_page_and_folded_in_markdown() -> None:
    card = a_nasty_card("one\r\ntwo")
    assert "one\r\ntwo" in export(card, "html")
    assert "one two" in export(card, "markdown")
    assert "\N{REPLACEMENT CHARACTER}" not in export(card, "html") + export(card, "markdown")


def test_a_quote_is_shown_once_in_one_place() -> None:
    for section in reading_of(a_card_of(TRANSCRIPTS[0])[1]).sections:
        for entry in section.entries:
            assert len(set(entry.quotes)) == len(entry.quotes)


def test_overrides_travel_with_the_card() -> None:
    card = a_full_card()
    told = Override.model_validate(
        {
            "target": "cr.api",
            "from": 1,
            "to": 3,
            "by": "coach",
            "reason": "Turn 9.",
            "at": "2026-01-05T09:00:00Z",
        }
    )
    changed = card.model_copy(update={"overrides": (told,)})
    again = Scorecard.model_validate(json.loads(export(changed, "json")))
    assert current(again, "cr.api") == 3
    assert again.criteria == card.criteria
