"""The labelled sentences and what is made of them: whole, in step with each other, and the same each time."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from interviewer.errors import BadInput
from interviewer.interview.heads import DONE, Heads
from interviewer.lab.learning.examples import Example, digest_of, pack_examples, read_examples
from interviewer.lab.learning.fit import FlagRow, chance, fit_flags, stated_from
from interviewer.lab.learning.train import terse, train
from interviewer.packs.files import data_folder
from tests.builders import a_shelf

RUBRICS = data_folder("rubrics")
LEAST = 8
"""So many sentences that show a thing, and as many that only sound like it, are owed to every item and flag."""


def example(key: str, positive: bool, said: str, asked: str = "") -> Example:
    shows = frozenset({key}) if positive else frozenset[str]()
    return Example(key, positive, said, asked, shows, "hand", "spoken", "any")


def test_every_item_and_flag_has_sentences_of_both_kinds_by_several_hands() -> None:
    rubric = a_shelf().rubric
    keys = {str(item.id) for one in rubric.criteria for item in one.items} | {
        str(one.id) for one in rubric.flags
    }
    shown, near = Counter[str](), Counter[str]()
    hands: dict[str, set[str]] = {key: set() for key in keys}
    for one in read_examples(RUBRICS):
        (shown if one.positive else near)[one.key] += 1
        hands[one.key].add(one.hand)
    assert set(shown) == set(near) == keys
    assert min(shown.values()) >= LEAST
    assert min(near.values()) >= LEAST
    assert min(map(len, hands.values())) >= 2


def test_what_a_sentence_fills_is_known() -> None:
    rubric = a_shelf().rubric
    keys = {str(item.id) for one in rubric.criteria for item in one.items} | {
        str(one.id) for one in rubric.flags
    }
    assert {key for one in read_examples(RUBRICS) for key in one.shows} <= keys


def test_no_sentence_stands_twice_under_one_key() -> None:
    told = Counter((one.key, one.said, one.asked) for one in read_examples(RUBRICS))
    assert [key for key, count in told.items() if count > 1] == []


def test_the_heads_that_ship_are_made_of_the_sentences_that_ship() -> None:
    assert a_shelf().rubric.heads.made_of == digest_of(RUBRICS), "make them anew: interviewer lab train"


def test_every_item_and_flag_has_a_head_and_every_criterion_bars_in_order() -> None:
    rubric = a_shelf().rubric
    keys = {str(item.id) for one in rubric.criteria for item in one.items} | {
        str(one.id) for one in rubric.flags
    }
    missing = {f"{one.id}{DONE}" for one in rubric.flags if one.type == "missing"}
    assert set(rubric.heads.keys) == keys | missing
    for criterion in rubric.criteria:
        assert criterion.bars is not None
        assert criterion.bars.two <= criterion.bars.three <= criterion.bars.four


def test_a_packs_sound_answers_show_the_items_of_the_slots_they_fill() -> None:
    scenario = a_shelf().pack("url-shortener").scenario
    found = list(pack_examples((scenario,)))
    assert {one.about for one in found} == {"url-shortener"}
    assert any(one.positive for one in found) and any(not one.positive for one in found)


def test_a_sentence_that_is_not_as_agreed_is_told_with_its_file(tmp_path: Path) -> None:
    folder = tmp_path / "system_design" / "exemplars" / "hand"
    folder.mkdir(parents=True)
    (folder / "cr.data.yaml").write_text(
        'it.entities:\n  sound:\n    - {say: "A row.", voice: loud, about: any}\n', encoding="utf-8"
    )
    with pytest.raises(BadInput, match=r"hand/cr\.data\.yaml"):
        read_examples(tmp_path)


TALK = (
    *(example("it.copies", True, f"We keep {n} copies of every row in two zones.") for n in range(2, 8)),
    *(example("it.copies", False, f"The page shows {n} photos to her friends.") for n in range(2, 8)),
    *(example("rf.one-box", True, f"One box is enough, {n} cores.", "What if it dies?") for n in range(2, 8)),
    *(example("rf.one-box", False, f"A second one takes over in {n} seconds.", "What if it dies?") for n in range(2, 8)),
)  # fmt: skip


def test_a_head_tells_what_it_has_read_from_what_it_has_not() -> None:
    heads = train(TALK, "sha256:x")
    score = dict(zip(heads.keys, heads.for_answer("Two copies of each row, in two zones."), strict=True))
    other = dict(zip(heads.keys, heads.for_answer("Her friends see the photos."), strict=True))
    assert score["it.copies"] > 0 > other["it.copies"]


def test_the_same_sentences_make_the_same_heads() -> None:
    assert train(TALK, "sha256:x") == train(TALK, "sha256:x")
    assert Heads.model_validate_json(train(TALK, "sha256:x").model_dump_json()) == train(TALK, "sha256:x")


def row(there: bool, heard: float, kind: str = "said") -> FlagRow:
    return FlagRow(
        "one", "problem", "rf.x", kind, {"heard": heard, "ruled": float(there and heard > 0)}, there
    )


def test_what_is_louder_is_surer() -> None:
    rows = [
        row(n % 5 == 0, 2.0 if n % 5 == 0 else -3.0, kind) for n in range(60) for kind in ("said", "missing")
    ]
    fusion = fit_flags(rows)
    assert chance(fusion, row(True, 2.0)) > 0.5 > chance(fusion, row(False, -3.0))


def test_flags_are_stated_from_where_they_are_right_often_enough() -> None:
    rows = [row(True, 1.0)] * 9 + [row(False, 1.0)] * 11
    sure = [0.8] * 9 + [0.8] + [0.3] * 10
    assert stated_from(rows, sure) == pytest.approx(0.31)


def test_a_sentence_is_learned_as_a_note_as_well_and_always_the_same_one() -> None:
    said = "So I would keep the two copies of a row in the zones that are nearest."
    note = terse(said)
    assert len(note.split()) < len(said.split())
    assert [word for word in ("keep", "two", "copies", "row", "zones", "nearest.") if word not in note] == []
    assert terse(said) == note
    assert terse("It is.") != ""
