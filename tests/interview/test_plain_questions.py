"""Questions as candidates put them who have not seen the sheet: do they find the line that answers them?

`tests/fixtures/questions.tsv` was written by a hand of its own from the sheets alone, in a different voice for each
problem: problem, label, turn. The label is the line that answers (`a | b` where either does, `a + b` for two questions),
`none` where no line does, and `nothing` where the turn asks nothing. No paraphrase of a pack was taken from it.
"""

from __future__ import annotations

from functools import cache
from itertools import chain
from typing import NamedTuple

from interviewer.interview.asking import asked_things
from tests.builders import FIXTURES, a_pack, a_shelf

SHARED = a_shelf().library.shared_facts


class Put(NamedTuple):
    """One turn: what would answer it, each as a set of lines that do, and the lines that were found."""

    label: str
    turn: str
    wanted: tuple[frozenset[str], ...]
    found: tuple[str | None, ...]

    @property
    def is_answered(self) -> bool:
        return all(lines & set(self.found) for lines in self.wanted)


@cache
def put() -> tuple[Put, ...]:
    def read(line: str) -> Put:
        problem, label, turn = line.split("\t")
        wanted = (
            ()
            if label in ("none", "nothing")
            else tuple(frozenset(lines.split(" | ")) for lines in label.split(" + "))
        )
        things = asked_things(turn, a_pack(problem).scenario, SHARED)
        return Put(label, turn, wanted, tuple(one.fact or one.shared for one in things))

    return tuple(map(read, (FIXTURES / "questions.tsv").read_text().splitlines()))


def single() -> list[Put]:
    return [one for one in put() if len(one.wanted) == 1]


def test_a_plain_question_finds_its_line() -> None:
    assert len(single()) > 500
    assert sum(one.is_answered for one in single()) / len(single()) > 0.87


def test_what_the_sheet_knows_is_seldom_denied_or_passed_over() -> None:
    denied = [one.turn for one in single() if set(one.found) == {None}]
    unheard = [one.turn for one in single() if not one.found]
    assert len(denied) / len(single()) < 0.04
    assert len(unheard) / len(single()) < 0.05


def test_a_question_is_seldom_answered_with_another_line_alone() -> None:
    wrong = [one.turn for one in single() if any(one.found) and not one.is_answered]
    assert len(wrong) / len(single()) < 0.08


def test_several_questions_in_one_turn_are_mostly_all_heard() -> None:
    several = [one for one in put() if len(one.wanted) > 1]
    heard = [bool(lines & set(one.found)) for one in several for lines in one.wanted]
    assert sum(heard) / len(heard) > 0.5


def test_plans_check_ins_and_rhetoric_are_left_alone() -> None:
    nothing = [one for one in put() if one.label == "nothing"]
    assert len(nothing) == 60
    assert sum(any(one.found) for one in nothing) / len(nothing) < 0.15


def test_what_no_line_covers_is_often_told_so() -> None:
    uncovered = [one for one in put() if one.label == "none"]
    assert sum(not any(one.found) for one in uncovered) / len(uncovered) > 0.5


def test_every_label_names_a_line_that_is_there() -> None:
    lines = {fact.id for fact in SHARED} | {
        fact.id for scenario in a_shelf().scenarios for fact in scenario.facts
    }
    assert set(chain.from_iterable(chain.from_iterable(one.wanted for one in put()))) <= lines
