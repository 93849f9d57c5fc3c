"""Sums that go back to what was said before are heard, and numbers that only resemble one are left alone."""

import time

import pytest

from interviewer.interview.estimates import read_estimates
from interviewer.interview.quantities import Quantity, quantities
from interviewer.interview.units import Unit, convert
from tests.interview.recalled_sums import AFTER_EARLIER_TURNS, NOT_TAKEN_UP, RECALLED, TELLS_NOTHING_OFF


def in_unit(quantity: Quantity | None, unit: str) -> float:
    assert quantity is not None
    return convert(quantity.value, quantity.unit, Unit.parse(unit))


def known_from(turns: tuple[str, ...]) -> tuple[Quantity, ...]:
    return tuple(quantity for turn in turns for quantity in quantities(turn))


@pytest.mark.parametrize(("text", "exact", "unit", "verdict"), RECALLED)
def test_a_sum_that_goes_back_to_an_earlier_figure_is_understood(text, exact, unit, verdict):
    found = read_estimates(text)
    assert found
    assert in_unit(found[-1].recomputed, unit) == pytest.approx(exact, rel=0.08)
    assert found[-1].verdict == verdict
    assert all(e.verdict == "ok" for e in found[:-1])


@pytest.mark.parametrize(("before", "text", "exact", "unit", "verdict"), AFTER_EARLIER_TURNS)
def test_a_sum_takes_up_what_an_earlier_turn_said(before, text, exact, unit, verdict):
    found = read_estimates(text, known_from(before))
    alike = [e for e in found if e.recomputed is not None and str(e.recomputed.unit) == unit]
    assert any(
        e.verdict == verdict and in_unit(e.recomputed, unit) == pytest.approx(exact, rel=0.08) for e in alike
    )
    assert all(e.verdict == "ok" for e in found[:-1])


@pytest.mark.parametrize("text", NOT_TAKEN_UP)
def test_numbers_that_belong_to_no_sum_stay_unjudged(text):
    assert [e.text for e in read_estimates(text) if e.verdict != "unchecked"] == []


@pytest.mark.parametrize(("before", "text"), TELLS_NOTHING_OFF)
def test_nobody_is_told_off_for_a_figure_that_only_resembles_a_sum(before, text):
    assert [e.text for e in read_estimates(text, known_from(before)) if e.verdict == "off"] == []


def test_a_question_about_ten_times_the_load_explains_the_figures_of_the_answer():
    before = ("Writes are 5,500 a second and we have 22 shards.", "What cracks at ten times?")
    found = read_estimates("55,000 a second and 220 shards, still fine.", known_from(before))
    assert [(e.text, e.verdict) for e in found] == [("55,000 a second", "ok"), ("220", "ok")]


def test_a_recalled_figure_never_shows_a_claim_to_be_off():
    before = ("The total is 96,000 events a second.",)
    found = read_estimates("I take 48 shards, so each sees about 9,000 a second.", known_from(before))
    assert all(e.verdict != "off" for e in found)


def test_a_plus_of_different_measures_is_no_product():
    assert read_estimates("Five seconds plus 20 GB, so 100 GB.") == ()


def test_an_input_said_in_the_same_sentence_is_part_of_the_quote():
    text = "Well, 90 plus 220 plus 14, so 324 milliseconds then."
    (found,) = read_estimates(text)
    assert text[found.start : found.end] == found.text == "90 plus 220 plus 14, so 324 milliseconds"


@pytest.mark.parametrize(
    "piece", ["so each of 7 is 5,001 a second, ", "in total 81 ms, ", "that's 40 percent, so 4.1 MB. "]
)
def test_a_long_talk_is_recalled_in_linear_time(piece):
    known = known_from(tuple(f"We see {n},{n} a second, {n} MB each." for n in range(101, 301)))

    def took(size: int) -> float:
        text = (piece * size)[:size]
        read_estimates.cache_clear()  # what it kept would be told at once
        started = time.process_time()
        read_estimates(text, known)
        return time.process_time() - started

    small = max(min(took(2_500) for _ in range(2)), 0.03)
    assert any(took(10_000) < 10 * small for _ in range(2))
    assert small < 2
