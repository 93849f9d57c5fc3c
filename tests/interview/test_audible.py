"""What nobody can say is blanked out, and nothing else is touched."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.interview.audible import LONGEST_UNBROKEN, LONGEST_WORD, audible

UNITS = ("a", "7", " ", "\n", "(", "-", "_", ". ", "a.", "1,", "é", "漢", "\u0301", "🙂")


@pytest.mark.parametrize(
    "text",
    [
        "Reads outnumber writes by a hundred to one, so a cache comes first.",
        "GET /v1/links/{id}/statistics?from=2026-01-01&to=2026-02-01&group=country returns a list",
        "| part | holds |\n|------|-------|\n| cache | hot links |",
        "client --> gateway --> service\n\n\nservice --> database",
        "",
    ],
)
def test_what_people_say_and_paste_stays_as_it_is(text: str) -> None:
    assert audible(text) == text


@pytest.mark.parametrize("unit", UNITS)
def test_a_run_without_end_keeps_its_beginning_and_every_place_behind_it(unit: str) -> None:
    text = "We cache " + unit * 5000 + " and then a queue."
    heard = audible(text)
    assert len(heard) == len(text)
    assert heard.startswith("We cache " + unit * 10) and heard.endswith("and then a queue.")
    assert len(heard.split()) < 300


@given(
    st.lists(st.tuples(st.text(min_size=1, max_size=3), st.integers(1, 300)), max_size=6).map(
        lambda runs: "".join(unit * times for unit, times in runs)
    )
)
def test_nothing_audible_runs_on_and_hearing_it_again_changes_nothing(text: str) -> None:
    heard = audible(text)
    assert len(heard) == len(text) and audible(heard) == heard
    assert re.search(rf"\w{{{LONGEST_WORD + 1}}}|\W{{{LONGEST_WORD + 1}}}", heard) is None
    assert re.search(rf"\S{{{LONGEST_UNBROKEN + 1}}}", heard) is None
