"""Observers look at a transcript and hand evidence to the scorer: rows for items, findings for red flags.

This is the promise and its offline twin, which needs no model and always gives the same rows for the same transcript.
An observer never gives a level.
"""

from __future__ import annotations

from typing import Protocol

from interviewer.interview.pack import Scenario
from interviewer.interview.rubric import Rubric
from interviewer.interview.transcript import Transcript
from interviewer.scoring.findings import Observed
from interviewer.scoring.flag_observer import observe_flags
from interviewer.scoring.heard import Heard
from interviewer.scoring.interview_reading import read_interview
from interviewer.scoring.item_observer import asked_about, observe_items


class Observer(Protocol):
    """Whoever can find evidence in a transcript."""

    async def observe(self, transcript: Transcript, rubric: Rubric, scenario: Scenario | None) -> Observed:
        """Everything found, with quotes at exact offsets of candidate turns; `scenario` is the pack's, where there is one."""
        ...


class OfflineObserver:
    """Signs, detectors, slots and sums. Takes well under a second for an interview of 45 minutes."""

    async def observe(self, transcript: Transcript, rubric: Rubric, scenario: Scenario | None) -> Observed:
        """Everything found by rule; the same for the same transcript, rubric and scenario."""
        interview = read_interview(transcript)
        heard = Heard(interview, rubric.heads)
        items = observe_items(transcript, rubric, scenario, interview, heard)
        flags = observe_flags(transcript, rubric, scenario, items, interview, heard)
        return Observed(items=items, flags=flags, asked=asked_about(interview, rubric))
