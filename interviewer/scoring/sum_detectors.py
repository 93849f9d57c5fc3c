"""What a candidate works out: a rate, an amount of data, and whether the sum can be followed."""

from __future__ import annotations

from collections.abc import Iterator

from interviewer.interview.quantities import quantities
from interviewer.interview.words import Span
from interviewer.scoring.interview_reading import InterviewReading
from interviewer.scoring.sightings import Sighting
from interviewer.scoring.signs import raw_quote

LEAST_RATE = 50
"""A rate below this many a second sizes nothing."""


def everyday_rate(interview: InterviewReading) -> Iterator[Sighting]:
    """A rate by time that the candidate worked out and that is not far off, or one they brought in themselves."""
    for one in interview.sums:
        unit = str(one.estimate.claimed.unit)
        if not one.estimate.flagged and unit.endswith(("/s", "/day", "/h", "/min")):
            sure = 0.85 if one.estimate.verdict == "ok" else 0.6
            yield Sighting(one.reading, Span(one.estimate.start, one.estimate.end), sure)
    told: set[float] = set()
    for reading in interview.readings:
        for quantity in quantities(reading.turn.text):
            if reading.turn.role == "interviewer":
                told.add(quantity.si)
            elif (
                str(quantity.unit) in ("1/s", "B/s") and quantity.si >= LEAST_RATE and quantity.si not in told
            ):
                yield Sighting(reading, raw_quote(reading, quantity.start, quantity.end), 0.55)


def storage_size(interview: InterviewReading) -> Iterator[Sighting]:
    """An amount of data that the candidate worked out and that is not far off."""
    for one in interview.sums:
        unit = str(one.estimate.claimed.unit)
        if not one.estimate.flagged and unit.startswith("B") and not unit.endswith("/s"):
            yield Sighting(
                one.reading,
                Span(one.estimate.start, one.estimate.end),
                0.85 if one.estimate.verdict == "ok" else 0.6,
            )


def shows_working(interview: InterviewReading) -> Iterator[Sighting]:
    """Two sums or more with their inputs said, recomputed and found sound."""
    sound = [one for one in interview.sums if one.estimate.verdict == "ok" and len(one.estimate.inputs) >= 2]
    if len(sound) >= 2:
        for one in sound[:3]:
            yield Sighting(one.reading, Span(one.estimate.start, one.estimate.end), 0.8)
