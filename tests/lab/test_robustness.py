"""The families of tests: what they change, what they leave, and that each gives figures with bars."""

from __future__ import annotations

import pytest

from interviewer.errors import BadInput
from interviewer.interview.rubric import Kind
from interviewer.lab.figure import Figure
from interviewer.lab.labels import labelled_in
from interviewer.lab.robustness.fluency import pairs
from interviewer.lab.robustness.frames import SWAPS, denied, is_plain
from interviewer.lab.robustness.material import Material, material_from
from interviewer.lab.robustness.run import FAMILIES, figures, lines_of, try_families
from interviewer.lab.robustness.substance import gibberish
from interviewer.lab.robustness.talks import (
    cut_after,
    sentences_of,
    small_talk,
    split,
    with_texts,
    with_turns_after,
)
from interviewer.lab.robustness.tasks import Task, run_all
from interviewer.lab.robustness.wording import compressed, misheard, padded, paraphrased
from interviewer.lab.scorers import Rubrics, shelf_of

RUBRICS = Rubrics()
SAID = (
    "I'd start with one Postgres because 40 GB fits on it. About ten writes a second, so it's bored. Really."
)


@pytest.fixture(scope="module")
def material(paths) -> Material:
    """Three interviews, and every sentence of the rubrics."""
    labelled = labelled_in(paths.fixtures / "transcripts" / "dev", shelf_of(None, None))
    return material_from(labelled[:3], shelf_of(None, None), paths.rubrics)


def test_every_family_makes_cases_of_whole_talks(material: Material) -> None:
    names = [family.name for family in FAMILIES]
    assert len(names) == len(set(names))
    for family in FAMILIES:
        cases = family.cases(material, 2, 7)
        assert cases, family.name
        again = family.cases(material, 2, 7)
        assert [case.name for case in cases] == [case.name for case in again]
        for task in (task for case in cases for task in case.tasks):
            assert [turn.n for turn in task.transcript.turns] == list(
                range(1, len(task.transcript.turns) + 1)
            )


def test_a_small_run_gives_figures_with_their_bars(material: Material) -> None:
    names = ("speaker-swap", "hardly-anything", "injection")
    tested = try_families(material, RUBRICS, cases=2, seed=7, names=names, jobs=1)
    assert [one.family.name for one in tested] == ["injection", "speaker-swap", "hardly-anything"]
    told = figures(tested)
    assert told["speaker-swap: credit lost"].value == 1
    assert told["injection: largest shift of the overall figure"].value == 0
    text = "\n".join(lines_of(tested))
    for one in tested:
        for figure in one.told.figures:
            assert figure.cases > 0
            assert f"{figure.name:52}" in text


def test_a_family_that_is_not_there_is_refused_with_the_list(material: Material) -> None:
    with pytest.raises(BadInput, match="injection"):
        try_families(material, RUBRICS, cases=1, seed=7, names=["telepathy"])


def test_a_figure_is_judged_by_its_bars_in_its_own_direction() -> None:
    assert Figure("shift", 0.05, "less", 0.08, 0.03, 9).verdict == "pass"
    assert Figure("shift", 0.03, "less", 0.08, 0.03, 9).verdict == "state of the art"
    assert Figure("kept", 0.89, "more", 0.90, 0.98, 9).verdict == "fail"
    assert Figure("kept", None, "more", 0.90, 0.98, 0).verdict == "fail"


def test_padding_doubles_the_words_and_keeps_every_sentence() -> None:
    longer = padded(SAID, 3)
    assert len(longer.split()) >= 2 * len(SAID.split())
    assert all(sentence in longer for sentence in sentences_of(SAID))


def test_compression_keeps_every_number_and_name() -> None:
    short = compressed(SAID)
    assert len(short.split()) < 0.8 * len(SAID.split())
    assert all(word in short for word in ("Postgres", "40 GB", "ten writes"))


def test_other_words_are_the_same_for_the_same_seed() -> None:
    assert paraphrased(SAID, 4) == paraphrased(SAID, 4)
    assert misheard(SAID, 4) == misheard(SAID, 4)
    assert "40" in misheard(SAID, 4)
    assert not any(sign in misheard(SAID, 4) for sign in ".,")


def test_what_they_would_do_is_denied_at_its_verb() -> None:
    assert denied("I'd start with one Postgres.", 1) == "I wouldn't start with one Postgres."
    plain = "Three replicas stand in three zones."
    assert is_plain(plain)
    for swap in SWAPS.values():
        assert "hree replicas stand in three zones" in swap(plain, 5)
        assert swap(plain, 5) != plain


@pytest.mark.parametrize(
    "say", ["Do we need replicas?", "We don't need replicas.", "If it dies, we wait.", "a -> b"]
)
def test_a_sentence_with_a_mood_of_its_own_is_not_put_into_a_frame(say: str) -> None:
    assert not is_plain(say)


def test_a_turn_cut_in_two_loses_no_word_and_turns_are_counted_anew(material: Material) -> None:
    talk = material.interviews[0].transcript
    long = max(talk.candidate_turns, key=lambda turn: len(turn.text))
    cut = split(talk, long.n)
    assert len(cut.turns) == len(talk.turns) + 1
    assert cut.words == talk.words
    more = with_turns_after(talk, 2, [("candidate", "And one more thing.")])
    assert (more.turns[2].text, more.turns[2].n, more.turns[3].n) == ("And one more thing.", 3, 4)
    assert cut_after(talk, 1).candidate_turns == talk.candidate_turns[:1]


def test_only_what_the_candidate_said_is_changed(material: Material) -> None:
    talk = material.interviews[0].transcript
    changed = with_texts(talk, lambda turn: turn.text.upper())
    for before, after in zip(talk.turns, changed.turns, strict=True):
        assert after.text == (before.text.upper() if before.role == "candidate" else before.text)


def test_a_talk_that_several_tests_need_is_scored_once(material: Material) -> None:
    lines = (("interviewer", "Go on."), ("candidate", "Three replicas in three zones."))
    one = small_talk("a", lines, material.shelf, Kind.distributed)
    same = small_talk("b", lines, material.shelf, Kind.distributed)
    gists = run_all([Task(one, "items"), Task(same, "items")], RUBRICS, jobs=1)
    assert len(gists) == 1
    assert "it.redundancy" in next(iter(gists.values())).items


def test_gibberish_holds_no_word_of_english() -> None:
    words = gibberish(200, 7, 1).split()
    assert len(words) == 200
    assert not {"the", "and", "server", "cache"} & set(words)


def test_there_are_two_dozen_pairs_and_both_sides_say_enough() -> None:
    assert len(pairs()) == 24
    assert len({pair.id for pair in pairs()}) == 24
    for pair in pairs():
        for side in (pair.fluent, pair.broken):
            assert 70 <= sum(len(answer.split()) for answer in side) <= 130, pair.id
