"""What the heads hear: stretches at true places, in the speaker's own name, and never more certain than fitted."""

from __future__ import annotations

from math import log, sqrt

import pytest

from interviewer.interview.heads import Heads, bag_of
from interviewer.interview.ledger import Turn
from interviewer.interview.rubric import CandidateLevel, Kind
from interviewer.interview.transcript import Transcript
from interviewer.scoring.heard import EVERYTHING, MOST_STRETCHES, MOST_WORDS, NOT_SAID, Heard
from interviewer.scoring.interview_reading import read_interview

HEADS = Heads(
    keys=("it.replicas", "rf.one-box"),
    bias=(-1.0, -2.0),
    idf={"replica": 2.0, "box": 1.5, "one": 1.0},
    said={"replica": (0, 4.0), "box": (1, 3.0), "one": (0, -0.5, 1, 2.0)},
    asked={"box": (1, 1.0)},
)


def heard(*lines: str, heads: Heads = HEADS) -> Heard:
    turns = tuple(
        Turn(n=n, role="candidate" if n % 2 == 0 else "interviewer", text=text)
        for n, text in enumerate(lines, start=1)
    )
    transcript = Transcript("t", None, Kind.distributed, CandidateLevel.senior, "distributed", turns)
    return Heard(read_interview(transcript), heads)


def test_a_head_adds_up_weights_of_stems_in_a_text_of_length_one() -> None:
    said, asked = HEADS.for_answer("one box, one"), HEADS.for_question("which box?")
    one, box = (1 + log(2)) * 1.0, 1.5
    length = sqrt(one * one + box * box)
    assert said == pytest.approx([-1.0 - 0.5 * one / length, -2.0 + (2.0 * one + 3.0 * box) / length])
    assert asked == pytest.approx([0.0, 1.0])


def test_every_figure_is_the_same_word() -> None:
    assert bag_of("12 nodes") == bag_of("3,000 nodes")


def test_stretches_stand_where_they_say() -> None:
    text = "  We keep replicas in two zones. That costs a write. One box holds the map!  "
    for _, stretch in heard("Go on.", text).best("it.replicas"):
        assert text[stretch.span.start : stretch.span.end] == stretch.text
        assert stretch.text == stretch.text.strip()


def test_the_loudest_stretch_comes_first() -> None:
    found = heard("Go on.", "There is one box. It is a box. Later there are replicas.").best("rf.one-box")
    assert "one box" in found[0][1].text
    assert [score for score, _ in found] == sorted((score for score, _ in found), reverse=True)


@pytest.mark.parametrize(
    "said",
    [
        "At my last company we had replicas.",
        'People say, "you need replicas".',
        "I wouldn't use replicas here.",
        "Do you want replicas?",
    ],
)
def test_what_is_not_said_of_this_design_is_not_listened_to(said: str) -> None:
    assert heard("Go on.", said).best("it.replicas", EVERYTHING)
    assert not heard("Go on.", said).best("it.replicas", NOT_SAID)


def test_words_added_elsewhere_leave_a_stretch_as_loud_as_it_was() -> None:
    alone = heard("Go on.", "We keep replicas in two zones. That costs a write.").best("it.replicas")[0][0]
    more = "I had a long day. " * 6
    longer = heard("Go on.", f"We keep replicas in two zones. That costs a write. {more}")
    assert longer.best("it.replicas")[0][0] >= alone


def test_an_endless_answer_has_an_end() -> None:
    found = heard("Go on.", "We keep replicas. " * 500)
    assert len(found.stretches) <= MOST_STRETCHES
    dictated = heard("Go on.", "and then we keep replicas so that it holds " * 60)
    assert all(len(stretch.text.split()) <= 2 * (MOST_WORDS + 20) for stretch in dictated.stretches)


def test_without_heads_nothing_is_heard() -> None:
    assert heard("Go on.", "We keep replicas.", heads=Heads()).best("it.replicas") == []
