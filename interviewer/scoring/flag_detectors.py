"""The detectors that red_flags.yaml names where a pattern in one clause cannot tell."""

from __future__ import annotations

from collections.abc import Callable

from interviewer.scoring import (
    flag_beyond,
    flag_exchanges,
    flag_openings,
    flag_parts,
    flag_said,
    flag_sides,
    flag_steers,
    flag_sums,
)
from interviewer.scoring.flag_case import Case, Finding
from interviewer.scoring.flag_slots import refused

Detector = Callable[[Case], Finding | None]

DETECTORS: dict[str, Detector] = {
    "tech_first": flag_openings.tech_first,
    "questions": flag_openings.questions,
    "asserted_requirements": flag_openings.asserted_requirements,
    "scale_first": flag_openings.scale_first,
    "many_services": flag_openings.many_services,
    "machinery": flag_openings.machinery,
    "numbers": flag_sums.numbers,
    "peak": flag_sums.peak,
    "arithmetic": flag_sums.arithmetic,
    "no_reason": flag_exchanges.no_reason,
    "one_machine": flag_parts.one_machine,
    "sole_part": flag_parts.sole_part,
    "shallow": flag_exchanges.shallow,
    "fog": flag_exchanges.fog,
    "ignored_steer": flag_steers.ignored_steer,
    "burrow": flag_steers.burrow,
    "one_track": flag_sides.one_track,
    "no_people": flag_sides.no_people,
    "wrong_side": flag_sides.wrong_side,
    "waved_off": flag_sides.waved_off,
    "operations": flag_exchanges.operations,
    "refused": refused,
    "jumps": flag_exchanges.jumps,
    "said_in_itself": flag_said.said_in_itself,
    "said_early": flag_said.said_early,
    "numbers_unused": flag_beyond.numbers_unused,
    "never_decides": flag_beyond.never_decides,
    "must_be_led": flag_beyond.must_be_led,
    "keeps_both": flag_beyond.keeps_both,
    "no_baseline": flag_beyond.no_baseline,
}
