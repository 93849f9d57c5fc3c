"""The checks that look across a pack and across packs: answers, units, what can be reached, people; each by file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from interviewer.errors import Fault
from interviewer.interview.pack import Scenario
from interviewer.interview.rubric import Rubric
from interviewer.packs.lint import lint, looked
from interviewer.packs.lint_answers import EVERYDAY
from interviewer.packs.load import Shelf
from tests.builders import a_pack, a_shelf
from tests.packs.folders import SCENARIO, Folder, a_folder


@pytest.fixture
def folder(paths, tmp_path: Path) -> Folder:
    return a_folder(paths.rubrics, tmp_path)


def faults(folder: Folder) -> list[Fault]:
    shelf = folder.load()
    return [fault for one in shelf.scenarios for fault in lint(one, shelf)]


def warned(scenario: Scenario, shelf: Shelf | None = None) -> list[str]:
    """What is only worth a second look."""
    return [fault.what for fault in looked(scenario, shelf or a_shelf())[1]]


def open_to_all(scenario: Scenario, id: str) -> Scenario:
    """The scenario with a topic that anything settles."""
    topics = tuple(
        topic.model_copy(
            update={"slots": tuple(slot.model_copy(update={"cues": (r"\w",)}) for slot in topic.slots)}
        )
        if topic.id == id
        else topic
        for topic in scenario.topics
    )
    return scenario.model_copy(update={"topics": topics})


def told(scenario: Scenario, shelf: Shelf | None = None) -> list[str]:
    """The faults of a scenario made on purpose."""
    return [fault.what for fault in lint(scenario, shelf or a_shelf())]


# ------------------------------------------------------------------------------------------------------- answers


def test_an_answer_to_another_topic_may_not_settle_this_one() -> None:
    what = told(open_to_all(a_pack().scenario, "top.two-people"))
    assert any("an answer to top.sizes would settle top.two-people" in one for one in what)


def test_an_answer_that_says_so_may_settle_two_topics() -> None:
    scenario = open_to_all(a_pack().scenario, "top.two-people")
    said = tuple(
        topic.model_copy(
            update={
                "sound": tuple(one.model_copy(update={"settles": ("top.two-people",)}) for one in topic.sound)
            }
        )
        for topic in scenario.topics
    )
    what = told(scenario.model_copy(update={"topics": said}))
    assert not any("an answer to" in one and "would settle top.two-people" in one for one in what)


def test_an_unsound_answer_may_settle_no_topic_of_its_pack_or_of_another() -> None:
    what = told(open_to_all(a_pack().scenario, "top.two-people"))
    assert any(one.startswith("an unsound answer would settle it") for one in what)
    assert any(one.startswith("an unsound answer would settle top.two-people") for one in what)
    assert any("an unsound answer to top.sizes of ride-sharing would settle it" in one for one in what)


def test_cues_that_several_other_problems_settle_are_pointed_at() -> None:
    what = warned(open_to_all(a_pack().scenario, "top.two-people"))
    assert any(one.startswith("answers to ") and one.endswith("would settle it") for one in what)


def test_everyday_talk_fills_no_slot_of_a_question_about_machines() -> None:
    whole = a_pack("key-value-store").scenario
    topic = whole.topics[0]
    what = told(open_to_all(whole, topic.id))
    assert sum(one.startswith(f"everyday talk would fill {topic.slots[0].id} ") for one in what) == len(
        EVERYDAY
    )
    assert not any("everyday talk" in one for one in told(open_to_all(a_pack().scenario, "top.sizes")))


def test_the_first_way_to_ask_for_a_fact_has_to_bring_it(folder: Folder) -> None:
    line = folder.change(SCENARIO, "    ask: [", '    ask: ["does that make sense", ')
    fitting = [fault for fault in faults(folder) if "'does that make sense' brings nothing" in fault.what]
    assert [fault.line for fault in fitting] == [line]


def test_an_answer_may_only_settle_topics_that_are_there(folder: Folder) -> None:
    folder.change(
        SCENARIO, "      - fills: [who, first]\n", "      - fills: [who, first]\n        settles: [top.x]\n"
    )
    assert any("top.x is no topic" in fault.what for fault in folder.faults())


# --------------------------------------------------------------------------------------------------------- units


@pytest.mark.parametrize(
    ("formula", "unit", "what"),
    [
        ("bytes_per_link", "1/s", "says 1/s, and the facts' units"),
        ("hot_links * bytes_per_link", "1", "says 1, and the facts' units"),
        ("hot_links + bytes_per_link", "B", "adds things of different units"),
        ("moment_phones / moment_length + moment_length", "s", "adds things of different units"),
    ],
)
def test_a_sum_that_comes_out_in_another_unit_is_found(formula: str, unit: str, what: str) -> None:
    assert any(what in one for one in told(_with_number(formula, unit)))


@pytest.mark.parametrize(
    ("formula", "unit"),
    [
        ("moment_phones / moment_length", "1/s"),
        ("3 * hot_links * bytes_per_link", "B"),
        ("links_per_month / (30 * 86400)", "1/s"),
        ("hot_links * 40", "B"),
        ("1 - bad_share", "1"),
    ],
)
def test_a_sum_whose_figures_may_carry_the_unit_is_let_pass(formula: str, unit: str) -> None:
    scenario = _with_number(formula, unit)
    assert not any("units" in one for one in told(scenario))


def test_a_unit_of_time_that_does_not_fit_is_pointed_at() -> None:
    assert any("says 1/day" in one for one in warned(_with_number("moment_phones / moment_length", "1/day")))


def _with_number(formula: str, unit: str) -> Scenario:
    whole = a_pack().scenario
    number = whole.numbers[0].model_copy(update={"formula": formula, "unit": unit})
    return whole.model_copy(update={"numbers": (number, *whole.numbers[5:])})


# ---------------------------------------------------------------------------------------------- what can be reached


def _deaf(rubric: Rubric) -> Rubric:
    """A rubric that hears one item and one flag of each type by no means of its own."""
    criteria = tuple(
        one.model_copy(
            update={
                "items": tuple(
                    item.model_copy(update={"signs": (), "detector": None})
                    if item.id == "it.asks-scope"
                    else item
                    for item in one.items
                )
            }
        )
        for one in rubric.criteria
    )
    nothing = {"signs": (), "detector": None, "met_by": (), "met_signs": ()}
    flags = tuple(
        one.model_copy(update=nothing) if one.id in ("rf.too-shallow", "rf.single-server-thinking") else one
        for one in rubric.flags
    )
    heads = rubric.heads.model_copy(update={"keys": ()})
    return rubric.model_copy(update={"criteria": criteria, "flags": flags, "heads": heads})


def test_what_nothing_hears_and_no_topic_names_can_never_be_raised() -> None:
    shelf = a_shelf()
    deaf = Shelf(_deaf(shelf.rubric), shelf.plans, shelf.library, shelf.scenarios, shelf.versions)
    bare = tuple(
        topic.model_copy(
            update={
                "flags": (),
                "feeds": topic.feeds.model_copy(update={"items": ()}),
                "slots": tuple(slot.model_copy(update={"item": None}) for slot in topic.slots),
            }
        )
        for topic in a_pack().scenario.topics
    )
    what = told(a_pack().scenario.model_copy(update={"topics": bare}), deaf)
    assert any("nothing feeds it.asks-scope of cr." in one for one in what)
    assert "rf.too-shallow can never be raised" in what
    assert "rf.single-server-thinking can never be raised" in what
    named = (bare[0].model_copy(update={"flags": ("rf.too-shallow",)}), *bare[1:])
    what = told(a_pack().scenario.model_copy(update={"topics": named}), deaf)
    assert "rf.too-shallow can never be raised" not in what


def test_a_topic_that_no_talk_leads_to_is_found() -> None:
    whole = a_pack().scenario
    lonely = whole.topics[-1].id
    topics = tuple(
        topic.model_copy(update={"follows": tuple(id for id in topic.follows if id != lonely)})
        for topic in whole.topics
    )
    assert f"no talk leads to {lonely}" in told(whole.model_copy(update={"topics": topics}))


def test_a_change_and_a_failure_move_something() -> None:
    whole = a_pack().scenario
    ball = whole.curveballs[0].model_copy(update={"should_move": ()})
    failure = whole.failures[0].model_copy(update={"moves": ()})
    still = whole.model_copy(
        update={
            "curveballs": (ball, *whole.curveballs[1:]),
            "failures": (failure, *whole.failures[1:]),
        }
    )
    assert told(still).count("moves nothing") == 2


# ------------------------------------------------------------------------------------------- lines that give away


# what is replaced by what: a guarded word of the first topic, or of any
GIVEN_AWAY = {
    "in a receipt": ('receipt: "Those are the people in it, then."', 'receipt: "So there is a preview."', "'preview'"),
    "in the brief": ("We run a service that turns", "With a 404 page, we run a service that turns", "'404'"),
}  # fmt: skip


@pytest.mark.parametrize("name", GIVEN_AWAY)
def test_a_guarded_word_is_found_wherever_it_is_said(folder: Folder, name: str) -> None:
    old, new, word = GIVEN_AWAY[name]
    folder.change(SCENARIO, old, new)
    assert any(f"gives {word} away" in fault.what for fault in faults(folder))


def test_a_fact_may_say_what_it_exposes() -> None:
    whole = a_pack().scenario
    fact = whole.facts[0].model_copy(update={"say": "There is a 404 page.", "exposes": ()})
    assert any("gives '404' away" in one for one in told(_with_fact(whole, fact)))
    open_fact = fact.model_copy(update={"exposes": ("404",)})
    assert not any("gives '404' away" in one for one in told(_with_fact(whole, open_fact)))


def test_what_belongs_to_no_topic_is_only_pointed_at() -> None:
    whole = a_pack().scenario
    failure = whole.failures[0].model_copy(update={"inject": "Every 404 page is gone."})
    changed = whole.model_copy(update={"failures": (failure, *whole.failures[1:])})
    assert not any("'404'" in one for one in told(changed))
    assert any("'404'" in one for one in warned(changed))


def _with_fact(whole: Scenario, fact: object) -> Scenario:
    return whole.model_copy(update={"facts": (fact, *whole.facts[1:])})


# -------------------------------------------------------------------------------------------------------- people


def test_a_person_is_named_before_she_does_something() -> None:
    whole = a_pack().scenario
    ball = whole.curveballs[0].model_copy(update={"say": "She wants a refund."})
    named = ball.model_copy(update={"say": "Marta wants a refund, and she wants it now."})
    somebody = ball.model_copy(update={"say": "Somebody wants a refund, and she wants it now."})
    assert any("says 'She' of nobody" in one for one in warned(_with_ball(whole, ball)))
    assert not any("of nobody" in one for one in warned(_with_ball(whole, named)))
    assert not any("of nobody" in one for one in warned(_with_ball(whole, somebody)))


def test_a_name_belongs_to_one_problem_and_stands_in_its_brief() -> None:
    stranger = a_pack().scenario.model_copy(update={"protagonists": ("Marta", "Noor")})
    what = warned(stranger)
    assert "Noor is also in twitter-feed" in what
    assert "does not introduce Noor" in what


@pytest.mark.parametrize(
    ("cue", "inside"), [("(age|ttl) of", "age"), (r"\b(age|ttl) of", ""), ("(shard|partition)", "")]
)
def test_a_cue_that_hears_a_word_inside_another_is_pointed_at(cue: str, inside: str) -> None:
    whole = a_pack().scenario
    topic = whole.topics[0]
    slot = topic.slots[0].model_copy(update={"cues": (cue,)})
    changed = whole.model_copy(
        update={"topics": (topic.model_copy(update={"slots": (slot, *topic.slots[1:])}), *whole.topics[1:])}
    )
    assert any(f"hears {inside!r} inside other words" in one for one in warned(changed)) is bool(inside)


def _with_ball(whole: Scenario, ball: object) -> Scenario:
    return whole.model_copy(update={"curveballs": (ball, *whole.curveballs[1:])})
