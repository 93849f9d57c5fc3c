"""The lines of prompts/phrases.yaml: enough of them, none like another, and each may leave by the guards."""

from __future__ import annotations

from itertools import combinations

import pytest

from interviewer.interview.asked_before import questions_in
from interviewer.interview.speech import INSIDE, PRAISE, asks_in, too_long
from interviewer.packs.phrases import load_phrases
from tests.builders import PACKS, a_pack

PHRASES = load_phrases()
RECUR = (
    "receipt_plain", "take_time", "go_on", "again", "again_open", "check_sum", "kind", "find_out", "park",
    "nudge_presence", "nudge_noun", "nudge_noun_else", "nudge_easier", "hint_lead", "smaller_question",
    "decline_instruction", "decline_abuse", "decline_wants_answer", "decline_wants_hint", "decline_wants_grade",
)  # fmt: skip
LINES = [(purpose, line) for purpose, lines in PHRASES.lists.items() for line in lines]


@pytest.mark.parametrize("purpose", RECUR)
def test_what_recurs_has_a_dozen_ways_of_being_said(purpose: str) -> None:
    assert len(PHRASES.of(purpose)) >= 12


def test_what_happens_once_differs_between_interviews() -> None:
    few = {purpose: len(lines) for purpose, lines in PHRASES.lists.items() if len(lines) < 3}
    assert few == {"generic": 1}


@pytest.mark.parametrize(("purpose", "line"), LINES)
def test_every_line_is_short_asks_one_thing_and_judges_nothing(purpose: str, line: str) -> None:
    assert asks_in(line) <= 1 and not too_long(line)
    assert not PRAISE.search(line) and not INSIDE.search(line)
    assert not any(char.isdigit() for char in line)


def test_no_two_lines_ask_the_same() -> None:
    asked = [(line, questions_in(line)) for _, line in LINES]
    assert not [(one, other) for (one, q), (other, r) in combinations(asked, 2) if q & r]


def test_no_line_gives_a_concept_of_a_problem_away() -> None:
    """A word that one problem guards may stand in a list only while the list has others to say there."""
    for scenario in PACKS:
        guarded = {word.lower() for topic in a_pack(scenario).scenario.topics for word in topic.guarded}
        for purpose, lines in PHRASES.lists.items():
            clean = [line for line in lines if not guarded & set(line.lower().replace(".", " ").split())]
            assert len(clean) >= min(len(lines), 3), (scenario, purpose)
