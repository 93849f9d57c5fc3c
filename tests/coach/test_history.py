"""What to practise next, two cards side by side, and a page to talk from."""

from __future__ import annotations

from datetime import timedelta

from interviewer.coach.comparing import compared
from interviewer.coach.debrief import debrief
from interviewer.coach.history import Attempt, in_order, open_fix
from interviewer.coach.review import Comment
from interviewer.interview.scorecard import Point, Scorecard
from tests.builders import BEGIN, a_pack, a_shelf
from tests.coach.cards import a_full_card
from tests.scoring.rows import a_card, a_flag, a_row
from tests.scoring.test_scorer import ALL_ASKED, best, weighing

SCENARIOS = a_shelf().scenarios


def fixing(*refs: tuple[str, ...]) -> Scorecard:
    points = tuple(Point(text=f"Fix {one[-1]}.", refs=one, evidence=()) for one in refs)
    return best().model_copy(update={"fix_first": points})


def attempt(n: int, card: Scorecard, scenario: str = "url-shortener", next_time: str = "") -> Attempt:
    return Attempt(f"s{n}", scenario, BEGIN + timedelta(days=n), card, next_time)


def test_attempts_stand_oldest_first() -> None:
    assert [one.session for one in in_order([attempt(2, best()), attempt(1, best())])] == ["s1", "s2"]


def test_the_open_fix_is_the_one_that_recurs() -> None:
    old = attempt(1, fixing(("cr.reliability", "x")))
    latest = attempt(2, fixing(("cr.api", "y"), ("cr.reliability", "z")))
    fix = open_fix([latest, old], SCENARIOS)
    assert fix is not None and (fix.text, fix.session) == ("Fix z.", "s2")
    alone = open_fix([latest], SCENARIOS)
    assert alone is not None and alone.text == "Fix y."


def test_a_fix_is_practised_on_another_problem_and_first_on_one_not_tried() -> None:
    first = open_fix([attempt(1, fixing(("cr.reliability",)))], SCENARIOS)
    assert first is not None and first.drill not in (None, "url-shortener")
    tried = [
        attempt(0, fixing(("cr.reliability",)), scenario=first.drill or ""),
        attempt(1, fixing(("cr.reliability",))),
    ]
    second = open_fix(tried, SCENARIOS)
    assert second is not None and second.drill not in (None, "url-shortener", first.drill)
    assert open_fix(tried, SCENARIOS) == second


def test_the_last_note_to_oneself_is_kept() -> None:
    attempts = [
        attempt(1, fixing(("cr.api",)), next_time="Ask first."),
        attempt(2, fixing(("cr.api",)), next_time=" "),
    ]
    fix = open_fix(attempts, SCENARIOS)
    assert fix is not None and fix.note_to_self == "Ask first."


def test_without_a_card_or_a_fix_nothing_is_open() -> None:
    assert open_fix([], SCENARIOS) is None
    assert open_fix([attempt(1, fixing())], SCENARIOS) is None


def test_an_attempt_counts_what_was_met_and_what_of_it_was_brought_up() -> None:
    items = [item.id for item in a_pack().rubric.criterion("cr.framing").items]
    one = attempt(1, a_card(a_row(items[0]), a_row(items[1], credit="asked", start=30)))
    assert (one.met, one.unprompted) == (2, 1)


def test_two_cards_show_what_was_gained_and_what_was_lost_where_there_was_a_chance() -> None:
    flag = weighing(2)[0]
    weak, strong = a_card(asked=ALL_ASKED, flags=(a_flag(flag),)), best()
    up = compared(weak, strong)
    assert len(up.gained) > 20 and up.lost == () and up.flags_new == ()
    assert up.flags_gone == (a_pack().rubric.flag(flag).name,)
    down = compared(strong, weak)
    assert set(down.lost) == set(up.gained) and down.flags_new == up.flags_gone
    never_asked = compared(strong, a_card())
    reached = {one.id for one in never_asked.criteria if one.after is not None}
    assert {one.id for one in never_asked.criteria if one.lost} <= reached < {one.id for one in up.criteria}


def test_a_debrief_is_one_page_of_three_moments_two_questions_and_a_drill() -> None:
    said = Comment(2, "Here you *waited* too long.", "Ada", BEGIN, True)
    pack = a_pack()
    page = debrief(a_full_card(), "Cara", [said], pack.rubric, pack.scenario, SCENARIOS[0])
    assert page.count("\n1. ") == 2 and page.count("\n2. ") == 2 and page.count("\n4. ") == 0
    assert "\\*waited\\*" in page and SCENARIOS[0].title in page
    assert len(page.splitlines()) < 40
    assert page == debrief(a_full_card(), "Cara", [said], pack.rubric, pack.scenario, SCENARIOS[0])
