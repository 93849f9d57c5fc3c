"""`packs try`: a part of an interview as a coach would look at it, with what was weighed and why."""

from __future__ import annotations

from pathlib import Path

import pytest

from interviewer.errors import BadInput, NotFound
from interviewer.interview.moves import GoOn, Probe
from interviewer.lab.interviews.trial import MOST_WEIGHED, Asked, Tried, lines_of, named, try_pack
from interviewer.packs.load import load
from tests.builders import a_shelf


@pytest.fixture(scope="module")
def scale() -> tuple[Tried, ...]:
    return try_pack(Asked("url-shortener", "scale"), a_shelf())


def test_the_talk_begins_with_the_phase_that_was_asked_for(scale: tuple[Tried, ...]) -> None:
    assert scale[0].turn.phase == "scale"
    assert scale[0].turn.n > 10, "a design stands by then"


def test_it_is_as_long_as_was_asked_for(scale: tuple[Tried, ...]) -> None:
    minutes = [one.turn.minute or 0.0 for one in scale]
    assert minutes == sorted(minutes)
    assert 7 <= minutes[-1] - minutes[0] <= 10
    shorter = try_pack(Asked("url-shortener", "scale", minutes=3), a_shelf())
    assert shorter == scale[: len(shorter)]
    assert 1 < len(shorter) < len(scale)


def test_every_turn_of_ours_shows_what_was_weighed_the_best_first(scale: tuple[Tried, ...]) -> None:
    ours = [one for one in scale if one.turn.role == "interviewer"]
    assert ours and all(2 <= len(one.weighed) <= MOST_WEIGHED for one in ours)
    assert all(one.weighed == () for one in scale if one.turn.role == "candidate")
    for one in ours:
        worths = [ranked.worth for ranked in one.weighed]
        assert worths == sorted(worths, reverse=True)
        assert all(ranked.reasons for ranked in one.weighed)


def test_what_is_marked_as_chosen_is_what_was_said(scale: tuple[Tried, ...]) -> None:
    scenario = a_shelf().pack("url-shortener").scenario
    probes = [one for one in scale if one.weighed and isinstance(one.weighed[0].move, Probe)]
    assert probes
    for one in probes:
        move = one.weighed[0].move
        assert isinstance(move, Probe)
        if move.using == "slot" and move.slot:
            slot = scenario.topic(move.topic).slot(move.slot)
            assert slot.ask in one.turn.text or (slot.else_ or "") in one.turn.text


def test_without_a_phase_it_begins_with_the_brief() -> None:
    first = try_pack(Asked("ride-sharing", minutes=4, candidate="stuck"), a_shelf())[0]
    assert a_shelf().pack("ride-sharing").scenario.brief in first.turn.text


def test_the_same_seed_gives_the_same_talk_and_another_candidate_another() -> None:
    strong, weak = (Asked("twitter-feed", minutes=8, candidate=name) for name in ("strong", "weak"))
    assert try_pack(strong, a_shelf()) == try_pack(strong, a_shelf())
    assert try_pack(strong, a_shelf()) != try_pack(weak, a_shelf())


def test_what_is_not_there_is_answered_with_what_is() -> None:
    with pytest.raises(NotFound, match="scale"):
        try_pack(Asked("url-shortener", "supper"), a_shelf())
    with pytest.raises(NotFound, match="strong, weak"):
        try_pack(Asked("url-shortener", candidate="nobody"), a_shelf())
    with pytest.raises(NotFound, match="url-shortener"):
        try_pack(Asked("nothing"), a_shelf())


def test_a_candidate_who_leaves_early_is_said_not_to_come_so_far() -> None:
    with pytest.raises(BadInput, match="does not get as far as wrap"):
        try_pack(Asked("url-shortener", "wrap", candidate="rusher"), a_shelf())


def test_a_move_is_named_by_what_it_is_about() -> None:
    assert named(Probe(topic="top.sizes", using="slot", slot="peak")) == "probe top.sizes slot peak"
    assert named(Probe(topic="top.sizes", using="probe", rung=1)) == "probe top.sizes probe 2"
    assert named(GoOn()) == "go_on"


def test_the_lines_hold_the_words_and_the_reasons(scale: tuple[Tried, ...]) -> None:
    lines = list(lines_of(scale))
    assert any(scale[0].turn.text in line for line in lines)
    chosen = [line for line in lines if line.startswith("    > ")]
    assert len(chosen) == sum(1 for one in scale if one.weighed)
    best = next(one.weighed[0] for one in scale if one.weighed)
    assert named(best.move) in chosen[0]
    assert best.reasons[0] in chosen[0]


def test_a_pack_of_ones_own_is_tried_like_any_other(paths, tmp_path: Path) -> None:
    whole = (paths.rubrics / "system_design/scenarios/url-shortener.yaml").read_text(encoding="utf-8")
    mine = whole.replace("id: url-shortener", "id: my-own", 1).replace("Marta", "Ottilie")
    (tmp_path / "my-own.yaml").write_text(mine, encoding="utf-8")
    tried = try_pack(Asked("my-own", minutes=3), load(None, tmp_path))
    assert "Ottilie" in tried[0].turn.text
