"""Observables that a pattern in one clause cannot tell, by the name that criteria.yaml gives them in `detector`.

Each detector looks at the whole interview as read and gives sightings in the candidate's own words, with its share of
doubt.
"""

from __future__ import annotations

from interviewer.scoring.answer_detectors import (
    answers_the_question,
    defends_under_challenge,
    goes_below_names,
    keeps_to_the_point,
    takes_feedback,
)
from interviewer.scoring.opening_detectors import both_sides, recognises_kind
from interviewer.scoring.path_detectors import end_to_end_flow, journey, parts_with_roles
from interviewer.scoring.sightings import Detector
from interviewer.scoring.sum_detectors import everyday_rate, shows_working, storage_size

DETECTORS: dict[str, Detector] = {
    one.__name__: one
    for one in (
        recognises_kind,
        both_sides,
        everyday_rate,
        storage_size,
        shows_working,
        end_to_end_flow,
        parts_with_roles,
        journey,
        answers_the_question,
        goes_below_names,
        takes_feedback,
        defends_under_challenge,
        keeps_to_the_point,
    )
}
