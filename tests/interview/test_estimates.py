"""Sums made aloud: the result is found, recomputed from what was said, and judged as it deserves."""

import itertools
import json
import time
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from interviewer.errors import UnitMismatch
from interviewer.interview.estimates import Estimate, check, read_estimates
from interviewer.interview.quantities import Given, Quantity, quantities
from interviewer.interview.units import Unit, convert
from tests.interview.spoken_sums import NOT_READ, NOT_SUMS, SUMS

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"


class Case(NamedTuple):
    """One claim of the worked calculations. YAML 1.1 reads `off` as false and 1.0e6 as a string, hence the coercions."""

    id: str
    text: str
    span: str
    value: float
    unit: str
    exact: float
    verdict: str


def worked_calculations() -> list[Case]:
    rows = yaml.safe_load((FIXTURES / "estimates.yaml").read_text(encoding="utf-8"))["estimates"]
    return [
        Case(
            f"{row['id']}-{n}",
            row["text"],
            claim["span"],
            float(claim["value"]),
            claim["unit"],
            float(claim["exact"]),
            {False: "off"}.get(claim["verdict"], claim["verdict"]),
        )
        for row in rows
        for n, claim in enumerate(row["claims"], start=1)
    ]


def in_unit(quantity: Quantity | None, unit: str) -> float:
    assert quantity is not None
    return convert(quantity.value, quantity.unit, Unit.parse(unit))


def claim_of(value: float, unit: str) -> Quantity:
    return Quantity(value, Unit.parse(unit), 0, 0, f"{value:g} {unit}")


@pytest.mark.parametrize("case", worked_calculations(), ids=lambda case: case.id)
def test_a_worked_calculation_is_recomputed(case):
    start = case.text.index(case.span)
    found = [e for e in read_estimates(case.text) if start <= e.claimed.start < start + len(case.span)]
    assert len(found) == 1
    assert in_unit(found[0].claimed, case.unit) == pytest.approx(case.value)
    assert in_unit(found[0].recomputed, case.unit) == pytest.approx(case.exact, rel=0.01)
    assert found[0].verdict == case.verdict


@pytest.mark.parametrize(("text", "exact", "unit", "verdict"), SUMS)
def test_a_sum_is_understood_however_it_is_said(text, exact, unit, verdict):
    found = read_estimates(text)
    assert found
    assert in_unit(found[-1].recomputed, unit) == pytest.approx(exact, rel=0.03)
    assert found[-1].verdict == verdict
    assert all(e.verdict == "ok" for e in found[:-1])


@pytest.mark.parametrize("text", NOT_SUMS)
def test_numbers_that_are_no_sum_are_never_off(text):
    assert [e.text for e in read_estimates(text) if e.verdict != "unchecked"] == []


@pytest.mark.parametrize(("text", "verdict"), NOT_READ)
def test_a_sum_that_is_not_read_is_passed_over_and_never_misjudged(text, verdict):
    assert {e.verdict for e in read_estimates(text)} <= {verdict, "unchecked"}


SLIPS = {"KB": "MB", "MB": "GB", "GB": "TB", "TB": "PB", "PB": "EB", "megs": "gigs", "gigabytes": "terabytes"}


def test_a_slip_of_a_thousand_is_never_called_sound_and_mostly_caught():
    caught, slips = 0, 0
    for text, _, _, verdict in SUMS:
        found = read_estimates(text)[-1]
        claim = text[found.claimed.start : found.claimed.end]
        unit = next((unit for unit in SLIPS if unit in claim), None)
        if verdict == "off" or unit is None:
            continue
        slipped = text[: found.claimed.start] + claim.replace(unit, SLIPS[unit]) + text[found.claimed.end :]
        again = [e.verdict for e in read_estimates(slipped) if e.claimed.start == found.claimed.start]
        slips += 1
        caught += again == ["off"]
        assert again in ([], ["off"], ["unchecked"]), slipped
    assert slips >= 25
    assert caught >= 0.7 * slips


def test_a_result_far_off_is_flagged_and_one_a_little_off_is_not():
    far = read_estimates("1B photos a day at 2 MB is 2 TB a day")[0]
    little = read_estimates("1B photos a day at 2 MB is 500 TB a day")[0]
    sound = read_estimates("1B photos a day at 2 MB is 3 PB a day")[0]
    assert (far.verdict, far.flagged) == ("off", True)
    assert (little.verdict, little.flagged) == ("off", False)
    assert (sound.verdict, sound.flagged) == ("ok", False)


def test_an_estimate_quotes_its_inputs_and_tells_its_formula():
    text = "Right. 60 million photos at 2 megabytes is 12 terabytes a day, I think."
    (found,) = read_estimates(text)
    assert (
        found.text
        == text[found.start : found.end]
        == "60 million photos at 2 megabytes is 12 terabytes a day"
    )
    assert found.formula == "60 million × 2 megabytes"
    assert [q.text for q in found.inputs] == ["60 million", "2 megabytes"]
    assert found.ratio == pytest.approx(0.1)


def test_a_number_without_unit_takes_the_unit_in_hand():
    found = read_estimates("At 1 GB/s times 86,400 that's 86 TB a day, and with three copies 260.")
    assert [in_unit(e.claimed, "B/day") for e in found] == pytest.approx([8.6e13, 2.6e14])
    assert {e.verdict for e in found} == {"ok"}


def test_an_upper_bound_that_holds_is_sound():
    assert [e.verdict for e in read_estimates("60 thousand orders a day is less than 50 a second")] == ["ok"]
    assert [e.verdict for e in read_estimates("60 million orders a day is less than 50 a second")] == ["off"]


def test_a_mean_is_no_product():
    assert all(
        e.verdict == "unchecked"
        for e in read_estimates("49 times 50 ms and one of 8 seconds, the mean is 209 ms.")
    )


def test_what_was_known_before_can_be_an_input():
    known = quantities("We have four hundred thousand messages a second, a kilobyte each.")
    found = read_estimates("At a kilobyte a message that's 400 megs a second.", known)
    assert [e.verdict for e in found] == ["ok"]
    assert found[0].inputs[0].noun == "messages"


def test_a_correction_is_judged_by_itself():
    slip = "1.2 billion links, with 500 bytes each it makes 60 terabytes. No, wait. 1.2 billion by 500 bytes is 600 gigabytes."
    assert [e.verdict for e in read_estimates(slip)][-1] == "ok"


FACTORS = ["3 million users", "20 pages", "400 bytes"]


@pytest.mark.parametrize("order", list(itertools.permutations(FACTORS)))
@pytest.mark.parametrize(("result", "verdict"), [("24 GB", "ok"), ("24 TB", "off"), ("2 GB", "off")])
def test_the_order_of_factors_changes_nothing(order, result, verdict):
    (found,) = read_estimates(f"{' times '.join(order)} is {result}")
    assert in_unit(found.recomputed, "B") == pytest.approx(2.4e10)
    assert found.verdict == verdict


COUNTS = st.integers(1, 10**9)


@given(COUNTS, COUNTS, COUNTS)
def test_two_factors_in_either_order_get_the_same_verdict(left, right, result):
    one = read_estimates(f"{left:,} users times {right:,} bytes is {result:,} bytes")
    other = read_estimates(f"{right:,} bytes times {left:,} users is {result:,} bytes")
    assert [e.verdict for e in one] == [e.verdict for e in other]
    assert [e.ratio for e in one] == pytest.approx([e.ratio for e in other])
    assert one[0].ratio == pytest.approx(result / (left * right))


# --- check -------------------------------------------------------------------------------------------------------------


def test_a_claim_is_checked_against_facts():
    facts = [Given("uploads", 500_000, "1/day"), Given("size", 200, "KB")]
    verdict = check(claim_of(1e11, "B/day"), facts)
    assert verdict.ratio == pytest.approx(1.0)
    assert verdict.verdict == "ok"
    assert check(claim_of(1e8, "B/day"), facts).verdict == "off"
    assert check(claim_of(1.2e6, "B/s"), facts[::-1]).ratio == pytest.approx(1.2e6 * 86_400 / 1e11)


def test_facts_divide_where_the_units_demand_it():
    facts = [Given("data", 36, "TB"), Given("disk", 2, "TB")]
    assert in_unit(check(claim_of(18, "1"), facts).recomputed, "1") == pytest.approx(18)


def test_an_estimate_can_be_checked_again():
    (found,) = read_estimates("1B photos a day at 2 MB is 2 TB a day")
    assert isinstance(found, Estimate)
    assert check(found, [Given("photos", 1e9, "1/day"), Given("size", 2, "MB")]).ratio == pytest.approx(0.001)


@pytest.mark.parametrize(
    ("unit", "facts"),
    [
        ("1/s", []),
        ("B/s", [Given("users", 5, "1/s")]),
        ("B/year", [Given("wait", 5, "s"), Given("pause", 1, "s")]),
        ("B", [Given("share", 5, "percent")]),
    ],
)
def test_a_claim_that_measures_something_else_is_a_mismatch(unit, facts):
    with pytest.raises(UnitMismatch):
        check(claim_of(5, unit), facts)


# --- any text ----------------------------------------------------------------------------------------------------------

PIECES = st.sampled_from(
    "5M 20 1 KB|2 GB a day|10:1|three copies|99.9%|every 5 seconds|12k/s|86,400|times|x|over|/|divided by|at|with|each|is|=|so|"
    "that's|about|,|.|...|(|)|and|plus|in 5 years|a second|per user|half|10^9|less than|base 62|7 letters|\n|;|1 in 10|😀".split(
        "|"
    )
)


@given(
    st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=25).map(" ".join)),
    st.lists(PIECES, max_size=8).map(" ".join),
)
def test_any_text_can_be_read(text, before):
    for estimate in read_estimates(text, quantities(before)):
        assert text[estimate.start : estimate.end] == estimate.text
        assert estimate.start <= estimate.claimed.start < estimate.claimed.end <= estimate.end
        assert (estimate.verdict == "unchecked") == (estimate.ratio is None) == (estimate.recomputed is None)
        assert estimate.ratio is None or estimate.ratio > 0


LONG = "200 million times 2 is 400 million posts a day, over 86,400 that's about 4,600 writes a second and 1 TB. "


@pytest.mark.parametrize(
    "piece", [LONG, "so is 5 KB, ", "5 MB (", "3 times 5 MB\n", "1,000,000,", "two hundred and "]
)
def test_long_text_is_read_in_linear_time(piece):
    def took(size: int) -> float:
        text = (piece * size)[:size]
        started = time.process_time()
        read_estimates(text)
        return time.process_time() - started

    small = max(min(took(5_000) for _ in range(2)), 0.03)
    # Four times the text in some four times the time; a quadratic reader would need sixteen.
    assert any(took(20_000) < 10 * small for _ in range(3))


def test_fifty_thousand_characters_of_sums_take_less_than_a_second():
    text = (LONG * 500)[:50_000]
    fastest = 9.0
    for _ in range(5):
        started = time.process_time()
        assert len(read_estimates(text)) > 500
        fastest = min(fastest, time.process_time() - started)
        if fastest < 1:
            break
    assert fastest < 1


# --- the labelled interviews -------------------------------------------------------------------------------------------


class Score(NamedTuple):
    """Against the reference labels: rows found, rows in all, verdicts given that a label confirms, and verdicts given."""

    found: int
    rows: int
    confirmed: int
    given: int
    off_found: int
    off_rows: int
    false_off: int


def labelled() -> Score:
    found = rows = confirmed = given_ = off_found = off_rows = false_off = 0
    for path in sorted((FIXTURES / "transcripts" / "dev").glob("dev-??.json")):
        turns = json.loads(path.read_text(encoding="utf-8"))["turns"]
        texts = {turn["n"]: turn["text"] for turn in turns}
        gold = json.loads(path.with_suffix(".gold.json").read_text(encoding="utf-8"))["estimates"]
        second = json.loads((FIXTURES / "transcripts" / "second" / path.name).read_text(encoding="utf-8"))[
            "estimates"
        ]
        read: dict[int, tuple[Estimate, ...]] = {}
        known: list[Quantity] = []
        for turn in turns:
            if turn["role"] == "candidate":
                read[turn["n"]] = read_estimates(turn["text"], tuple(known))
            known.extend(quantities(turn["text"]))

        def agrees(row: dict[str, str | int], estimate: Estimate, texts: dict[int, str] = texts) -> bool:
            text = str(row["text"])
            start = texts[int(row["turn"])].index(text)
            overlaps = estimate.start < start + len(text) and start < estimate.end
            return overlaps and estimate.verdict == row["verdict"]

        for row in gold:
            hit = any(agrees(row, estimate) for estimate in read[row["turn"]])
            rows, found = rows + 1, found + hit
            off_rows, off_found = (
                off_rows + (row["verdict"] == "off"),
                off_found + (hit and row["verdict"] == "off"),
            )
        for n, estimates in read.items():
            for estimate in estimates:
                if estimate.verdict != "unchecked":
                    right = any(row["turn"] == n and agrees(row, estimate) for row in [*gold, *second])
                    given_, confirmed = given_ + 1, confirmed + right
                    false_off += estimate.verdict == "off" and not right
    return Score(found, rows, confirmed, given_, off_found, off_rows, false_off)


def test_labelled_sums_are_found_and_nobody_is_blamed_for_a_right_one():
    score = labelled()
    assert score.rows >= 80
    assert score.found / score.rows >= 0.9
    assert score.confirmed / score.given >= 0.9
    assert score.off_found == score.off_rows
    assert score.false_off == 0


def test_a_figure_from_further_back_is_not_held_against_a_sum_that_another_explains() -> None:
    before = "Ten million a day is about 115 a second, and 100 opens each makes 11,500 reads a second."
    (found,) = [
        one for one in read_estimates(f"{before} At 500 bytes a row that is 5 GB a day.") if "GB" in one.text
    ]
    assert found.verdict == "ok"
    wrong = read_estimates(f"{before} At 500 bytes a row that is 50 GB a day.")[-1]
    assert wrong.verdict == "off"
