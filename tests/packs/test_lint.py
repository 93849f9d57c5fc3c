"""What the linter says of a pack that loads and would still lead a poor interview; and that those which ship are clean."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from interviewer.errors import Fault
from interviewer.interview.pack import Scenario
from interviewer.packs.lint import LEAST, filled_by, lint
from interviewer.packs.spoken import spoken
from tests.builders import PACKS, a_pack, a_shelf
from tests.packs.folders import SCENARIO, Folder, a_folder

PROBE = '      - "Before any boxes: tell me about the people on both ends of one link."'


@pytest.fixture
def folder(paths, tmp_path: Path) -> Folder:
    return a_folder(paths.rubrics, tmp_path)


def linted(folder: Folder) -> list[Fault]:
    shelf = folder.load()
    return [fault for scenario in shelf.scenarios for fault in lint(scenario, shelf)]


@pytest.mark.parametrize("id", PACKS)
def test_a_pack_that_ships_has_no_fault(id: str) -> None:
    shelf = a_shelf()
    assert [str(fault) for fault in lint(a_pack(id).scenario, shelf)] == []


def probe(line: str) -> tuple[str, str]:
    return PROBE, f'      - "{line}"'


# what is replaced by what (the fault stands on that line), words of the message
LINES = {
    "a line that praises": (*probe("Good answer. Who is on either end?"), "judges ('Good answer')"),
    "a line that grades": (*probe("That's right. Who is on either end?"), "judges"),
    "a line that asks twice": (*probe("Who is on either end, and how would you reach them?"), "asks twice"),
    "two questions": (*probe("Who is on one end? Who is on the other?"), "asks twice"),
    "a line that is a speech": (*probe("so " * 61 + "who is there?"), "64 words long"),
    "a slot that nothing fills": (*probe("Who opens {wishes} first?"), "uses {wishes}, which nothing fills"),
    "a probe with a hole": (*probe("Who opens {name} first?"), "has a slot and no else"),
    "a guarded word in a probe": (*probe("Who sees the 404 first?"), "gives '404' away"),
    "a guarded word in a question": ('ask: "Who\'s on either end of one of these links?"', 'ask: "Who sees the preview?"', "gives 'preview' away"),
    "a guarded word in a first hint": ('say: "One of these two has an account with us.', 'say: "Think of conversion.', "gives 'conversion' away"),
    "a topic due in no phase": ("    due: clarify\n", "    due: supper\n", "supper is no phase of hybrid"),
    "a sound answer that is not heard": ("      - fills: [who, first]\n", "      - fills: [who, first, measure]\n", "its cues miss measure"),
    "a sound answer that says more": ("      - fills: [who, first]\n", "      - fills: [who]\n", "its cues hear first"),
    "praise in the brief again": ("brief_again: >-\n", "brief_again: >-\n  Excellent.\n", "judges ('Excellent')"),
    "praise in a fact": ('    say: "Make one, open one', '    say: "Perfect. Make one, open one', "judges ('Perfect')"),
    "praise in a receipt": ('receipt: "Those are the people in it, then."', 'receipt: "Brilliant, people."', "judges ('Brilliant')"),
    "praise at the close": ("  - \"We're nearly there.", "  - \"Well done, we're nearly there.", "judges ('Well done')"),
}  # fmt: skip


@pytest.mark.parametrize("name", LINES)
def test_a_poor_line_is_found_where_it_stands(folder: Folder, name: str) -> None:
    old, new, what = LINES[name]
    line = folder.change(SCENARIO, old, new)
    fitting = [fault for fault in linted(folder) if what in fault.what]
    assert fitting
    assert line in {fault.line for fault in fitting}
    assert all(fault.file == "url-shortener.yaml" and fault.remedy for fault in fitting)


def test_an_unsound_answer_may_not_settle_a_topic(folder: Folder) -> None:
    sound = "Two kinds of people. Marta prints it; Idris wants the page. When it has ended he sees a plain page that says why."
    line = folder.change(
        SCENARIO,
        '      - say: "There\'s a user service, a link service, an analytics service and a gateway in front."',
        f'      - say: "{sound}"',
    )
    (fault,) = linted(folder)
    assert "an unsound answer would settle it" in fault.what
    assert fault.line == line


def test_a_sound_answer_wakes_its_topic_or_a_slot(folder: Folder) -> None:
    folder.change(SCENARIO, '      - fills: [who, first]\n        say: "', '      - say: "Rain.')
    faults = [fault.what for fault in linted(folder)]
    assert any("its cues hear" in what for what in faults)
    folder.change(SCENARIO, '      - say: "Rain.', '      - say: "Rain."\n        why: ""\n      - say: "')
    assert any("does not hear its own sound answer 'Rain.'" in fault.what for fault in linted(folder))


def test_the_hints_of_a_topic_are_a_ladder(folder: Folder) -> None:
    folder.change(SCENARIO, "- {rung: 1, say:", "- {rung: 2, say:")
    assert ["its hints are not rungs 1, 2, 3"] == [fault.what for fault in linted(folder)]


@pytest.mark.parametrize("list_name", LEAST)
def test_too_little_of_anything_is_said(list_name: str) -> None:
    scenario = _shortened(a_pack().scenario, list_name, LEAST[list_name] - 1)
    told = [fault for fault in lint(scenario, a_shelf()) if fault.where == list_name]
    assert f"has {LEAST[list_name] - 1} entries" in [fault.what for fault in told]
    assert told[0].line > 1


def test_two_curveballs_a_level_facts_to_volunteer_and_facts_to_decide() -> None:
    whole = a_pack().scenario
    mid_only = tuple(ball for ball in whole.curveballs if ball.level != "staff")
    given = tuple(fact.model_copy(update={"volunteer": None, "mode": "given"}) for fact in whole.facts)
    poor = whole.model_copy(update={"curveballs": mid_only, "facts": given, "product": None})
    told = {fault.what for fault in lint(poor, a_shelf())}
    assert {
        "has 0 for staff",
        "none can be volunteered",
        "none is the candidate's to decide",
        "is missing",
    } <= told


@pytest.mark.parametrize("id", PACKS)
def test_every_line_that_may_be_spoken_is_where_the_file_has_it(id: str, paths) -> None:
    document = a_shelf().documents[id]
    lines = (
        (paths.rubrics / "system_design" / "scenarios" / f"{id}.yaml").read_text(encoding="utf-8").split("\n")
    )
    for place, line in spoken(a_pack(id).scenario):
        first = re.findall(r"\w+", line)[0]
        near = " ".join(lines[document.line(place) - 1 : document.line(place) + 3])
        assert first in near, (place, line)


def test_slots_are_heard_with_no_regard_to_case() -> None:
    topic = a_pack().scenario.topic("top.two-people")
    assert filled_by(topic, "VISITORS and MARKETERS") == filled_by(topic, "visitors and marketers") == {"who"}
    assert filled_by(topic, "") == set()


def _shortened(scenario: Scenario, name: str, most: int) -> Scenario:
    return scenario.model_copy(update={name: getattr(scenario, name)[:most]})
