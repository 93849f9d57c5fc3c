"""red_flags.yaml: complete, true to the catalogue, and heard in many voices without hearing what only sounds alike."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal, TypedDict

import pytest
import yaml
from pydantic import TypeAdapter

from interviewer.interview.ledger import Turn
from interviewer.interview.rubric import CandidateLevel, Kind, RedFlag, Rubric, Thresholds
from interviewer.interview.transcript import Transcript
from interviewer.packs.yaml_lines import read
from interviewer.scoring.findings import FlagFinding
from interviewer.scoring.flag_case import Case
from interviewer.scoring.flag_detectors import DETECTORS
from interviewer.scoring.flag_observer import SHOWN, observe_flag
from interviewer.scoring.interview_reading import read_interview

ROOT = Path(__file__).parents[2]
FLAGS = TypeAdapter(tuple[RedFlag, ...]).validate_python(
    read(ROOT / "rubrics" / "system_design" / "red_flags.yaml").data["red_flags"]
)
CATALOGUE = {
    flag["id"]: flag
    for flag in yaml.safe_load(
        (ROOT / "tests/fixtures/catalogue/red_flags.yaml").read_text(encoding="utf-8")
    )["red_flags"]
}
RUBRIC = Rubric(
    name="system_design",
    version="test",
    criteria=(),
    flags=FLAGS,
    levels=(),
    thresholds=Thresholds(strong_no_hire=1.6, no_hire=2.45, lean_no_hire=2.77, lean_hire=3.25, hire=3.6),
)
BRIEF = "Please design the system we talked about."
OPENING = "Who uses it, how many are they, and how fast must it be? May anything be lost?"
FACTS = "Enough people to matter, a second is fine, and nothing may be lost."
FILLER = (
    "Then I would describe the next part in the same way, one after another, until every box on the board has been "
    "named and each arrow has a direction and a label that we both can read."
)


class Sounds(TypedDict, total=False):
    """The cases of one flag in the fixture."""

    kind: Literal["d", "p", "h"]
    opening: bool
    tail: str
    before: list[str]
    positive: list[str | list[str]]
    negative: list[str | list[str]]
    recovered: list[str | list[str]]


SENTENCES: dict[str, Sounds] = yaml.safe_load(
    (ROOT / "tests" / "fixtures" / "flag_sentences.yaml").read_text(encoding="utf-8")
)


def a_talk(sounds: Sounds, case: str | list[str]) -> Transcript:
    """An interview in which the case is said, after the brief and a fair opening unless the flag is about those."""
    said = [*sounds.get("before", []), *(case if isinstance(case, list) else ["Go on.", case])]
    lines = [BRIEF, OPENING, f"{FACTS} {said[0]}", *said[1:]] if sounds.get("opening", True) else said
    lines += ["Go on.", FILLER] * 12 if sounds.get("tail") else []
    turns = tuple(
        Turn(n=n, role="candidate" if n % 2 == 0 else "interviewer", text=text)
        for n, text in enumerate(lines, start=1)
    )
    return Transcript("t", None, Kind(sounds["kind"]), CandidateLevel.senior, "distributed", turns)


@cache
def rubric_flag(id: str) -> RedFlag:
    return RUBRIC.flag(id)


def heard(id: str, sounds: Sounds, case: str | list[str]) -> FlagFinding | None:
    """What the observer makes of one flag in one case, None where it would say nothing."""
    found = observe_flag(Case(rubric_flag(id), RUBRIC, read_interview(a_talk(sounds, case)), None, ()))
    return found if found is not None and found.p >= SHOWN else None


def test_every_flag_of_the_catalogue_is_there_unchanged() -> None:
    ours = {flag.id: flag for flag in FLAGS if not flag.beyond}
    assert set(ours) == set(CATALOGUE)
    for id, theirs in CATALOGUE.items():
        flag = ours[id]
        assert list(flag.sources) == theirs["source"], id
        for field in ("type", "severity", "kinds", "due", "criterion", "root", "needs"):
            assert getattr(flag, field) == theirs.get(field), (id, field)


@pytest.mark.parametrize("flag", FLAGS, ids=lambda flag: flag.id)
def test_a_flag_is_told_in_our_own_words(flag: RedFlag) -> None:
    assert flag.beyond or flag.means != CATALOGUE[flag.id]["means"]
    assert len(flag.name) <= 60
    assert 8 <= len(flag.advice.split()) <= 60
    assert flag.advice.endswith(".")


@pytest.mark.parametrize("flag", FLAGS, ids=lambda flag: flag.id)
def test_a_flag_can_be_found_by_something(flag: RedFlag) -> None:
    assert (
        flag.detector in DETECTORS if flag.detector else flag.signs if flag.type == "said" else flag.met_signs
    )
    if flag.needs == "asked":
        assert flag.asked
    if flag.needs and flag.needs.startswith("said:") and flag.type == "missing":
        assert flag.trigger


@pytest.mark.parametrize("id", sorted(CATALOGUE))
def test_a_flag_has_at_least_six_voices_and_six_that_only_sound_alike(id: str) -> None:
    assert len(SENTENCES[id]["positive"]) >= 6
    assert len(SENTENCES[id]["negative"]) >= 6


@pytest.mark.parametrize("id", sorted(CATALOGUE))
def test_a_fault_is_heard_in_every_voice(id: str) -> None:
    sounds = SENTENCES[id]
    assert [case for case in sounds["positive"] if heard(id, sounds, case) is None] == []


@pytest.mark.parametrize("id", sorted(CATALOGUE))
def test_what_only_sounds_like_a_fault_is_left_alone(id: str) -> None:
    sounds = SENTENCES[id]
    assert [case for case in sounds["negative"] if heard(id, sounds, case) is not None] == []


@pytest.mark.parametrize("id", sorted(id for id, sounds in SENTENCES.items() if sounds.get("recovered")))
def test_what_is_put_right_has_recovered(id: str) -> None:
    sounds = SENTENCES[id]
    found = [heard(id, sounds, case) for case in sounds["recovered"]]
    assert [one.status if one else None for one in found] == ["recovered"] * len(found)


def test_sound_answers_to_one_question_are_no_fault_in_another_matter() -> None:
    stated = [
        (id, flag.id, case)
        for id, sounds in SENTENCES.items()
        for case in sounds["negative"]
        for flag in RUBRIC.flags_for(Kind(sounds["kind"]))
        if flag.id != id and (found := heard(flag.id, sounds, case)) is not None and found.p >= 0.85
    ]
    assert len(stated) <= 5, stated
