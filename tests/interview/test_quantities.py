"""What counts as a quantity, what it is worth in which unit, and what is only a name with digits in it."""

import time

import pint
import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.errors import UnitMismatch
from interviewer.interview.quantities import Given, Quantity, Role, quantities
from interviewer.interview.units import PERIODS, Unit, convert

AMOUNTS = ["1", "percent", "B", "ns", "us", "ms", *PERIODS]
UNITS = st.builds(Unit, st.sampled_from(AMOUNTS), st.sampled_from(["", *PERIODS]))


def only(text: str) -> Quantity:
    found = quantities(text)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        # plain numbers
        ("1,160", 1160, "1"),
        ("20,000,000 requests", 2e7, "1"),
        ("10 000 requests", 10_000, "1"),
        ("1.000.000 rows", 1e6, "1"),
        ("1,5 million", 1.5e6, "1"),
        ("2e9", 2e9, "1"),
        ("10^8", 1e8, "1"),
        ("10**8", 1e8, "1"),
        ("10⁸", 1e8, "1"),
        ("10¹¹ events", 1e11, "1"),
        ("2 x 10^9 users", 2e9, "1"),
        ("62^7", 62**7, "1"),
        ("3 bn", 3e9, "1"),
        ("60 mio", 6e7, "1"),
        ("5 lakh", 5e5, "1"),
        ("2 crore", 2e7, "1"),
        ("100M users", 1e8, "1"),
        ("6B rows", 6e9, "1"),
        ("2-3k", 2500, "1"),
        ("between 5 and 10 thousand", 7500, "1"),
        # spoken
        ("a hundred and twenty thousand", 120_000, "1"),
        ("eighty-six thousand four hundred", 86_400, "1"),
        ("one twenty eight", 128, "1"),
        ("twelve and a half million", 12.5e6, "1"),
        ("one and a half million", 1.5e6, "1"),
        ("two and a half", 2.5, "1"),
        ("half a million", 5e5, "1"),
        ("one million two hundred thousand", 1.2e6, "1"),
        ("twenty five hundred", 2500, "1"),
        ("1 point 2 million", 1.2e6, "1"),
        ("one point two five", 1.25, "1"),
        ("ten to the ten", 1e10, "1"),
        ("two to the power of ten", 1024, "1"),
        ("ten to the sixth", 1e6, "1"),
        ("4.3 with twelve zeros", 4.3e12, "1"),
        ("two dozen", 24, "1"),
        # rates
        ("12K/s", 12_000, "1/s"),
        ("12 QPS", 12, "1/s"),
        ("1.5k rps", 1500, "1/s"),
        ("twelve k a second", 12_000, "1/s"),
        ("10 tweets/day", 10, "1/day"),
        ("12K tweets a second", 12_000, "1/s"),
        ("2 million by day", 2e6, "1/day"),
        ("8 new links in a second", 8, "1/s"),
        ("60 thousand orders in day", 60_000, "1/day"),
        ("3 daily", 3, "1/day"),
        ("once a day", 1, "1/day"),
        ("twice per second", 2, "1/s"),
        ("20/user/day", 20, "1/day"),
        ("one heartbeat every 5 seconds", 0.2, "1/s"),
        ("6 million a minute", 6e6, "1/min"),
        ("45 megabyte one second", 4.5e7, "B/s"),
        ("2 million line one day", 2e6, "1/day"),
        ("a 40 megabit line", 5e6, "B/s"),
        ("a 10 Gbit link", 1.25e9, "B/s"),
        ("a twenty gig nic", 2.5e9, "B/s"),
        ("80 megabits of padding", 1e7, "B"),
        ("a week of logs", 1, "week"),
        ("so an hour.", 1, "h"),
        ("ten more seconds", 10, "s"),
        # bytes and bits
        ("36TB a year", 3.6e13, "B/year"),
        ("5 KiB", 5120, "B"),
        ("5kb", 5000, "B"),
        ("500 B", 500, "B"),
        ("a kilobyte", 1000, "B"),
        ("half a gig a second", 5e8, "B/s"),
        ("3.6 exabytes", 3.6e18, "B"),
        ("500 giga", 5e11, "B"),
        ("60 terabytes of source a day", 6e13, "B/day"),
        ("10 GB/s", 1e10, "B/s"),
        ("10 Gbit/s", 1.25e9, "B/s"),
        ("1 Gbps", 1.25e8, "B/s"),
        ("100 Mb/s", 1.25e7, "B/s"),
        ("100 mb", 1e8, "B"),
        ("3 megabit", 375_000, "B"),
        # time
        ("8.7 hours", 8.7, "h"),
        ("8.7 hours of downtime a year", 8.7, "h/year"),
        ("an hour and a half", 1.5, "h"),
        ("50 to 100 ms", 75, "ms"),
        ("86,400 seconds in a day", 86_400, "s"),
        ("30d", 30, "day"),
        # parts and factors
        ("99.9%", 99.9, "percent"),
        ("two per cent", 2, "percent"),
    ],
)
def test_a_quantity_has_a_value_and_a_unit(text, value, unit):
    found = only(text)
    assert found.value == pytest.approx(value)
    assert str(found.unit) == unit


@pytest.mark.parametrize(
    ("text", "value", "role"),
    [
        ("20x", 20, Role.factor),
        ("20 times more", 20, Role.factor),
        ("thirty times less", 1 / 30, Role.factor),
        ("a peak factor of 3", 3, Role.factor),
        ("twice that", 2, Role.factor),
        ("about the same again", 2, Role.factor),
        ("with three copies", 3, Role.factor),
        ("10-fold", 10, Role.factor),
        ("on Sunday six time more", 6, Role.factor),
        ("cut by a factor of eight", 1 / 8, Role.factor),
        ("two thirds gets deleted", 2 / 3, Role.share),
        ("10:1 reads", 10, Role.ratio),
        ("a hundred to one", 100, Role.ratio),
        ("100-to-1", 100, Role.ratio),
        ("one in ten", 0.1, Role.share),
        ("1 out of 100", 0.01, Role.share),
        ("a fifth of the users", 0.2, Role.share),
        ("two thirds of reads", 2 / 3, Role.share),
        ("half the load", 0.5, Role.share),
        ("1/10 of traffic", 0.1, Role.share),
        ("every five seconds", 5, Role.period),
        ("each 3 seconds", 3, Role.period),
    ],
)
def test_some_quantities_say_how_much_of_something_else(text, value, role):
    found = only(text)
    assert found.value == pytest.approx(value)
    assert found.role is role


@pytest.mark.parametrize(
    ("text", "noun", "per"),
    [
        ("1B tweets a day", "tweets", ""),
        ("500M daily users", "users", ""),
        ("2 photos each", "photos", "each"),
        ("10 tweets each a day", "tweets", "each"),
        ("200 KB each", "", "each"),
        ("300 bytes a post", "", "post"),
        ("100k per gateway node", "", "node"),
        ("5k a machine", "", "machine"),
        ("10 KB of memory each", "memory", "each"),
        ("12 QPS", "queries", ""),
    ],
)
def test_a_quantity_knows_what_it_counts_and_per_what(text, noun, per):
    found = only(text)
    assert (found.noun, found.per) == (noun, per)


@pytest.mark.parametrize(
    "text",
    [
        "in 2019",
        "since 1998 or 2007",
        "port 443",
        "v2 and v1.4.2",
        "p99, p99.9 and p50",
        "S3, EC2 and k8s",
        "3 nines, even five nines",
        "level 13",
        "a T1 line",
        "RFC 1234",
        "a 404",
        "return 500",
        "302 or 301",
        "HTTP/2",
        "SHA-256 and UTF-8",
        "24/7",
        "50/50",
        "at 10:30",
        "at 9am",
        "the shop opens at eight, as always",
        "everyone is online at 9 in the morning",
        "the 99th percentile",
        "1080p",
        "two-phase commit",
        "three-way handshake",
        "2PC",
        "10.0.0.1",
        "192.168.0.0/16",
        "2024-05-01",
        "#3",
        "Postgres 14",
        "a bit, a lot, a second replica",
        "that one, one of them",
        "https://example.org/5/10",
        "",
    ],
)
def test_a_number_that_names_something_is_no_quantity(text):
    assert quantities(text) == ()


def test_quantities_come_in_order_with_exact_offsets():
    text = "Ünïcode 😀 100M users x 10 tweets/day is about 12K/s, or 2 MB."
    found = quantities(text)
    assert [q.text for q in found] == ["100M", "10 tweets/day", "12K/s", "2 MB"]
    assert all(text[q.start : q.end] == q.text for q in found)


ORACLE: pint.UnitRegistry = pint.UnitRegistry()
ORACLE.define("octet = [data]")
PINT = {
    "B": "octet",
    "day": "day",
    "h": "hour",
    "month": "(30 day)",
    "year": "(365 day)",
    "us": "microsecond",
}


@pytest.mark.parametrize(
    "source", ["B/s", "B/day", "B/month", "B/year", "1/s", "1/min", "1/h", "1/day", "1/year", "h/year"]
)
@pytest.mark.parametrize(
    "target", ["B/s", "B/day", "B/month", "B/year", "1/s", "1/min", "1/week", "1/day", "min/month"]
)
def test_conversion_agrees_with_pint(source, target):
    def spelled(unit: str) -> str:
        return " / ".join(PINT.get(part, part) for part in unit.split("/"))

    expected = ORACLE.parse_expression(f"7 * {spelled(source)}")
    try:
        magnitude = expected.to(ORACLE.parse_expression(spelled(target)).to_base_units().units).magnitude
        magnitude /= ORACLE.parse_expression(spelled(target)).to_base_units().magnitude
    except pint.DimensionalityError:
        with pytest.raises(UnitMismatch):
            convert(7, Unit.parse(source), Unit.parse(target))
        return
    assert convert(7, Unit.parse(source), Unit.parse(target)) == pytest.approx(magnitude)


@given(UNITS)
def test_a_unit_reads_back_from_its_own_text(unit):
    assert Unit.parse(str(unit)) == unit


@given(UNITS, UNITS, st.floats(1e-6, 1e12))
def test_a_conversion_there_and_back_changes_nothing(unit, other, value):
    if (unit.bytes, unit.seconds) == (other.bytes, other.seconds):
        assert convert(convert(value, unit, other), other, unit) == pytest.approx(value)
    else:
        with pytest.raises(UnitMismatch):
            convert(value, unit, other)


@pytest.mark.parametrize("text", ["", "/", "1/", "/s", "GB", "1/fortnight", "B/s/s"])
def test_no_other_word_is_a_unit(text):
    with pytest.raises(UnitMismatch):
        Unit.parse(text)


@pytest.mark.parametrize(
    ("unit", "si"), [("KB", 3e3), ("TB/day", 3e12 / 86_400), ("1/s", 3.0), ("h", 10_800.0), ("percent", 0.03)]
)
def test_a_given_fact_is_a_quantity_of_its_unit(unit, si):
    fact = Given("size of a row", 3, unit).quantity()
    assert fact.si == pytest.approx(si)
    assert fact.noun == "size of a row"


def test_a_given_fact_of_an_unknown_unit_is_refused():
    with pytest.raises(UnitMismatch):
        Given("distance", 3, "miles").quantity()


PIECES = st.sampled_from(
    "1 2 10 86,400 1e9 k M B T GB mb/s Gbps ms s s/ / x × * ^ to the ten and a half million hundred of each every per day "
    "a an in by point zeros : - – % one twenty 😀 \u0661 ½ ² ³ is = so about ( ) , . ; \n ' $ # third the twice".split(
        " "
    )
)


@given(
    st.one_of(
        st.text(max_size=200),
        st.lists(PIECES, max_size=30).map(" ".join),
        st.lists(PIECES, max_size=30).map("".join),
    )
)
def test_any_text_can_be_read_and_offsets_are_always_exact(text):
    end = 0
    for quantity in quantities(text):
        assert end <= quantity.start < quantity.end <= len(text)
        assert text[quantity.start : quantity.end] == quantity.text
        assert quantity.value > 0
        end = quantity.end


@pytest.mark.parametrize(
    "piece", ["1", "2x", "a_", "111 ", "1,000,000,", "ten to the ", "a hundred and ", "10^", "5/", "'"]
)
def test_long_text_is_read_in_linear_time(piece):
    def took(size: int) -> float:
        text = (piece * size)[:size]
        started = time.process_time()
        quantities(text)
        return time.process_time() - started

    small = max(min(took(12_500) for _ in range(2)), 0.03)
    # Four times the text in some four times the time; a quadratic reader would need sixteen.
    assert any(took(50_000) < 10 * small for _ in range(2))
