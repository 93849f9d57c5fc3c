"""What is read from a log for a coach: blindness, pairs, comments, moves with reasons, and the fairness of an interview."""

from __future__ import annotations

import pytest

from interviewer.coach.fairness_shown import fairness_shown
from interviewer.coach.review import (
    comments_of,
    contests_of,
    is_dismissed,
    is_hidden,
    issued_card,
    looked_of,
    moves_of,
    pairs_of,
)
from interviewer.interview.events import (
    CoachCommented,
    CoachScored,
    Event,
    InterviewerSpoke,
    LevelsRevealed,
    LineContested,
    MoveChosen,
    ScoreOverridden,
    SessionDismissed,
    TurnFailed,
    TurnRestarted,
)
from interviewer.interview.moves import GoOn
from interviewer.interview.state import fold
from tests.builders import a_pack
from tests.coach.finished import a_finished_log
from tests.coach.logs import a_log, more
from tests.scoring.test_scorer import best

SCENARIO = a_pack().scenario


def scored(by: str, blind: bool = True, **levels: int | None) -> CoachScored:
    levels = {f"cr.{id}": level for id, level in levels.items()}
    return CoachScored(levels=levels, by=by, by_id=by.lower(), blind=blind)


def overridden(by: str, target: str, to: int | None) -> ScoreOverridden:
    return ScoreOverridden(target=target, was=4, to=to, by=by, by_id=by.lower(), reason="x")


def pairs(*events: Event) -> list[tuple[str, int, int, bool]]:
    found = pairs_of(best(), a_log(*events))
    return [(pair.criterion, pair.scorer, pair.coach, pair.blind) for pair in found]


def test_each_coach_is_blind_until_they_have_scored_or_looked() -> None:
    log = a_log(scored("Ada", api=2), LevelsRevealed(by="Bo", by_id="bo"), scored("Ada", framing=3))
    assert looked_of(log, "cy").hidden and not looked_of(log, "ada").hidden
    assert looked_of(log, "ada").own == {"cr.api": 2, "cr.framing": 3}
    assert (looked_of(log, "bo").hidden, looked_of(log, "bo").revealed, looked_of(log, "bo").own) == (
        False,
        True,
        None,
    )


def test_who_a_coach_is_is_told_by_the_account_and_not_by_the_name() -> None:
    log = a_log(scored("Ada", api=2), LevelsRevealed(by="Bo"))
    assert looked_of(log, "ada-the-second").hidden and looked_of(log, "Ada").hidden
    assert looked_of(log, "Bo").hidden, "an older log opens the card to nobody"
    again = scored("Ada", api=3).model_copy(update={"by_id": "ada-the-second"})
    assert len(pairs_of(best(), a_log(scored("Ada", api=2), again))) == 2
    assert [one.coach for one in pairs_of(best(), a_log(scored("Ada", api=2), again), "ada-the-second")] == [
        3
    ]


def test_a_candidates_own_card_is_never_hidden_from_them() -> None:
    assert is_hidden("cara", (), "ada") and not is_hidden("ada", (), "ada")
    assert not is_hidden("cara", a_log(scored("Ada", api=2)), "ada")


def test_own_levels_are_paired_with_the_issued_ones() -> None:
    assert pairs(scored("Ada", api=2, framing=None), scored("Bo", api=3)) == [
        ("cr.api", 4, 2, True),
        ("cr.api", 4, 3, True),
    ]


def test_a_blind_level_outlives_a_second_thought() -> None:
    assert pairs(scored("Ada", api=2), scored("Ada", blind=False, api=4)) == [("cr.api", 4, 2, True)]
    assert pairs(scored("Ada", api=2), scored("Ada", api=1)) == [("cr.api", 4, 1, True)]


def test_an_override_counts_where_no_own_level_was_given_and_is_never_blind() -> None:
    assert pairs(
        scored("Ada", api=2), overridden("Ada", "cr.api", 3), overridden("Ada", "cr.framing", 1)
    ) == [
        ("cr.api", 4, 2, True),
        ("cr.framing", 4, 1, False),
    ]
    assert pairs(overridden("Ada", "cr.api", None), overridden("Ada", "cr.api/x", 3)) == []


def test_a_dismissed_interview_gives_no_pair() -> None:
    assert pairs(scored("Ada", api=2), SessionDismissed(by="Ada", reason="x")) == []
    assert is_dismissed(a_log(SessionDismissed(by="Ada", reason="x")))


def test_comments_and_contests_are_read_in_order() -> None:
    log = a_log(
        CoachCommented(turn=2, text="One.", by="Ada"),
        LineContested(line="cr.api", reason="No.", by="Cara"),
        CoachCommented(text="Two.", by="Ada", shared=True),
        LineContested(line="cr.api", reason="And no.", by="Cara"),
    )
    assert [(one.turn, one.text, one.shared) for one in comments_of(log)] == [
        (2, "One.", False),
        (None, "Two.", True),
    ]
    assert [one.reason for one in contests_of(log)] == ["And no."]


def test_every_turn_of_ours_is_shown_with_its_reasons_and_what_came_close() -> None:
    log = a_finished_log()
    moves = moves_of(log, SCENARIO)
    interview = fold(log)
    assert [move.turn for move in moves] == [made.turn for made in interview.moves]
    assert moves[0].kind == "open" and any(move.runners_up for move in moves)
    titles = {topic.title for topic in SCENARIO.topics}
    assert any(move.topic in titles for move in moves)


def test_the_minutes_of_an_interview_are_all_accounted_for() -> None:
    log = a_finished_log()
    fair = fairness_shown(log, issued_card(log), SCENARIO)
    spent = fold(log).spent_s / 60
    assert sum(one.minutes for one in fair.minutes_by_phase) == pytest.approx(spent, abs=1)
    assert sum(one.minutes for one in fair.minutes_by_topic) == pytest.approx(spent, abs=1)
    assert [one.turn for one in fair.offered] == sorted(one.turn for one in fair.offered)
    assert len({one.what for one in fair.offered}) == len(fair.offered)


def test_what_went_wrong_on_our_side_is_counted() -> None:
    log = a_finished_log()
    before = fairness_shown(log, None, SCENARIO)
    worse = more(
        log,
        TurnFailed(turn="t", reason_code="internal"),
        TurnRestarted(turn="u", attempt=2),
        MoveChosen(turn="u", move=GoOn(), reasons=(), picked_by="guard"),
        InterviewerSpoke(turn="u", text="Go on.", cut_off=True),
        InterviewerSpoke(turn="v", text="And then?", stood_in=True),
    )
    after = fairness_shown(worse, None, SCENARIO)
    assert (after.failed_turns, after.restarted_turns) == (
        before.failed_turns + 1,
        before.restarted_turns + 1,
    )
    assert after.cut_off_turns == before.cut_off_turns + 1
    assert (before.stood_in_turns, after.stood_in_turns) == (0, 1)
    assert after.picked_against_rank == before.picked_against_rank + 1
