"""Cues that would take long over a long text are told by their looks; those that ship are quick, in fact as well."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest

from interviewer.interview.rubric import compiled
from interviewer.packs.cue_cost import cues_in, slow_at
from interviewer.packs.lint import lint, lint_rubric
from tests.builders import a_shelf
from tests.packs.folders import SCENARIO, a_folder

QUICK = (
    r"\bcach\w+ .{0,60}\bstale\b",
    r"(?:[^\s,.;:?!]{1,25} ){0,5}?why",
    r"(?:\w+,\s?)+and",
    r"^(?=[\s\S]*\bcach\w*)[\s\S]*\bexpir",
    r"\b(?:one|two)+\b",
    r"(?:not|never)( \w+)+",
    r"\d[\d.,]*\s?(?:k|m)?",
    r"(?:\S++ ?)+\?",
)
RUNS_ON = (
    r"cache.*stale",
    r"cache.+?stale",
    r"cache[^.]*stale",
    r"(?:cache[\w ,]{0,}) stale",
    r"why(?:(?!because).)*\?",
    r"cache.{0,9000}stale",
    r"^cache.*stale.*gone",
    r"cache[\s\S]*stale",
)
SHARED_OUT = (
    r"(?:\w+)+\?",
    r"(?:\w+\s?)+\?",
    r"(?:\s*\w+\s*)*\?",
    r"(?:[a-z]{1,20} ?){1,30}\?",
    r"(?:(?:so|well|\w+),? ?)+\?",
)


@pytest.mark.parametrize("cue", QUICK)
def test_a_cue_with_bounds_is_let_pass(cue: str) -> None:
    assert slow_at(cue) is None


@pytest.mark.parametrize("cue", RUNS_ON)
def test_a_cue_that_runs_on_over_sentences_is_found(cue: str) -> None:
    assert "runs on" in str(slow_at(cue))


@pytest.mark.parametrize("cue", SHARED_OUT)
def test_a_repeat_of_a_repeat_with_nothing_between_is_found(cue: str) -> None:
    assert "repeats a repeat" in str(slow_at(cue))


def test_no_cue_that_ships_is_slow() -> None:
    shelf = a_shelf()
    assert [str(fault) for fault in lint_rubric(shelf)] == []
    assert [cue for _, cue in cues_in(shelf.scenarios) if slow_at(cue)] == []
    rubric = sum(1 for _ in cues_in((shelf.rubric.criteria, shelf.rubric.flags)))
    assert rubric > 1000 and all(sum(1 for _ in cues_in(one)) > 100 for one in shelf.scenarios)
    assert any(cues_in(shelf.library.probes))


def test_what_is_found_slow_is_named_by_file_and_line(paths, tmp_path: Path) -> None:
    folder = a_folder(paths.rubrics, tmp_path)
    places = {
        "url-shortener.yaml": folder.change(SCENARIO, "      raised: [", "      raised: ['a.*b', "),
        "criteria.yaml": folder.change("criteria.yaml", "          - any: [", "          - any: ['(?:\\w+ ?)+x', "),
        "red_flags.yaml": folder.change("red_flags.yaml", "    asked:\n", "    asked:\n      - 'a[^.]*b'\n") + 1,
    }  # fmt: skip
    shelf = folder.load()
    found = [*lint_rubric(shelf), *(fault for one in shelf.scenarios for fault in lint(one, shelf))]
    assert {(fault.file, fault.line) for fault in found} == set(places.items())
    assert all(re.search("runs on|repeats a repeat", fault.what) for fault in found)


@pytest.mark.parametrize(
    "text", ["word " * 230, "not a " * 200, "1,000,0" * 170, "create(" * 170, "(" * 1200, "a" * 60 + " 'd "]
)
def test_no_cue_takes_long_over_the_longest_clause(text: str) -> None:
    shelf = a_shelf()
    cues = [cue for _, cue in cues_in((shelf.rubric.criteria, shelf.rubric.flags, shelf.scenarios))]
    slowest = max((_seconds(cue, text[:1200]), cue) for cue in cues)
    assert slowest[0] < 0.5, slowest


def _seconds(cue: str, text: str) -> float:
    pattern, begun = compiled(cue), time.process_time()
    for _ in pattern.finditer(text):
        pass
    return time.process_time() - begun
