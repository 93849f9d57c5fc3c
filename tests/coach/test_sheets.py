"""Sheets: every cell quoted, none a formula, whatever a candidate said."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.coach.sheets import COLUMNS, as_csv, safe, sheet
from tests.coach.cards import a_full_card


@pytest.mark.parametrize(
    "text",
    [
        "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "\u00a0=1", "\u200b=1", "\ufeff=1", "＝1",
        " ＋1", "－1", "＠x", "\t", "\u3000＝1", "\u200b \u200b=1",
    ],
)  # fmt: skip
def test_what_a_spreadsheet_could_take_for_a_formula_begins_with_an_apostrophe(text: str) -> None:
    assert safe(text).startswith("'")


@pytest.mark.parametrize("text", ["", "a=b", "cr.api", "3 - 1", "“Then = that”", "2.5"])
def test_plain_text_stays_as_it_is(text: str) -> None:
    assert safe(text) == text


@given(st.lists(st.lists(st.text(), min_size=3, max_size=3), max_size=5))
def test_cells_come_back_whole_and_no_line_has_more_of_them(lines: list[list[str]]) -> None:
    written = as_csv(lines)
    read = list(csv.reader(io.StringIO(written, newline="")))
    assert read == [[safe(cell) for cell in line] for line in lines]
    assert not any(cell[:1] in tuple("=+-@\t\r\n＝＋－＠") for line in read for cell in line if cell)


def test_a_card_is_a_sheet_of_its_criteria_items_and_flags() -> None:
    card = a_full_card()
    lines = list(csv.reader(io.StringIO(sheet(card), newline="")))
    assert tuple(lines[0]) == COLUMNS
    kinds = [line[0] for line in lines[1:]]
    assert kinds.count("criterion") == len(card.criteria)
    assert kinds.count("flag") == len(card.flags)
    assert kinds.count("sum") == len(card.estimates)
    assert all(line[4] == line[5] for line in lines if line[0] == "criterion")


def test_a_dropped_flag_is_still_on_the_sheet() -> None:
    card = a_full_card()
    without = card.model_copy(update={"flags": card.flags[1:]})
    line = next(one for one in csv.reader(io.StringIO(sheet(without, card))) if one[1] == card.flags[0].id)
    assert line[4:6] == [card.flags[0].status, "dropped"]
