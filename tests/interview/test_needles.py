"""A pattern is left untried only where it could not have matched."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interviewer.interview.needles import Lines, Sought, lowered, needles
from tests.builders import a_shelf

CUES = (
    r"\b(?:kafka|pulsar|redis)\b",
    r"\bcach(?:e|es|ed|ing)\b.{0,40}\b(?:ttl|expires?)",
    r"(?<!if )\b(?:one|a single) (?:box|machine)\b",
    r"\d+ ?(?:ms|s)\b",
    r"^(?=[\s\S]*\bcold\b)[\s\S]*\bhot\b",
    r"colou?r|grey|Grau",
    r"(?:re)+try",
    r"a{2,3}b",
    r"\S+ consistency",
)
FILLER = "and then we look at what the next machine does with it before anybody else has asked for anything at all "


@pytest.mark.parametrize("cue", CUES)
@pytest.mark.parametrize(
    "text",
    [
        "A Single Machine holds the CACHED pages, each expires", "redis", "hot and cold", "COLOUR", "grau", "retry rere retry",
        "12 ms", "aab", "strong consistency", "nothing of the kind", "",
    ],
)  # fmt: skip
def test_a_match_is_what_re_finds(cue: str, text: str) -> None:
    for long in (text, FILLER * 5 + text):
        expected = re.compile(cue, re.IGNORECASE).search(long)
        found = Sought((cue,)).search(long)
        assert (found and found.span()) == (expected and expected.span())
        spans = [one.span() for one in re.compile(cue, re.IGNORECASE).finditer(long)]
        assert [one.span() for one in Sought((cue,)).finditer(long)] == spans


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300), st.integers(0, 10_000))
def test_no_cue_of_the_rubric_loses_a_match_in_any_text(text: str, at: int) -> None:
    cues = [
        cue for flag in a_shelf().rubric.flags for sign in (*flag.signs, *flag.met_signs) for cue in sign.any
    ]
    cue, long = cues[at % len(cues)], FILLER * 4 + text
    expected = re.compile(cue, re.IGNORECASE).search(long)
    found = Sought((cue,)).search(long)
    assert (found and found.span()) == (expected and expected.span())


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.text(st.characters(max_codepoint=126, min_codepoint=32), max_size=80), max_size=5),
    st.integers(0, 10_000),
)
def test_lines_are_searched_as_each_by_itself(lines: list[str], at: int) -> None:
    signs = [sign for flag in a_shelf().rubric.flags for sign in flag.signs]
    cues = (*signs[at % len(signs)].any, *CUES)
    lines = [*lines, "a single machine holds the CACHED pages, each expires", FILLER, "12 ms, on redis"]
    plain = re.compile("|".join(f"(?:{cue})" for cue in cues), re.IGNORECASE)
    expected = [(number, one.span()) for number, line in enumerate(lines) for one in plain.finditer(line)]
    assert [(number, one.span()) for number, one in Sought(cues).in_lines(Lines(lines))] == expected


def test_a_cue_with_words_in_it_needs_a_piece_of_one_of_them() -> None:
    assert needles(r"\b(?:kafka|pulsar)\b") == frozenset({"kafka", "pulsa"})
    assert needles(r"\d+") is None


def test_escapes_keep_their_case() -> None:
    assert lowered(r"\S+ Kafka \W \bA") == r"\S+ kafka \W \ba"


def test_a_broken_pattern_is_told() -> None:
    with pytest.raises(re.error):
        Sought(("(open",))
