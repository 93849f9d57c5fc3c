"""Every kind of fault in rubrics/ is refused with its file, its line and what to do about it."""

from __future__ import annotations

from pathlib import Path

import pytest

from interviewer.errors import NotFound
from interviewer.packs.load import load
from tests.packs.folders import SCENARIO, Folder, a_folder

CRITERIA, FLAGS, PLANS, LEVELS = "criteria.yaml", "red_flags.yaml", "plans.yaml", "levels.yaml"


@pytest.fixture
def folder(paths, tmp_path: Path) -> Folder:
    return a_folder(paths.rubrics, tmp_path)


# file, what stands there, what is put in its place (the fault stands on the line where this begins, plus `down`),
# words of the message, words of the remedy
FAULTS = {
    "an unknown field": (SCENARIO, "brief_again: >-", "colour: red\nbrief_again: >-", 0, "no such field", "spelling"),
    "an unknown field deep inside": (SCENARIO, "mode: given", "mode: given\n    mood: bad", 1, "no such field", "spelling"),
    "a field of the rubric misspelt": (CRITERIA, "        advice:", "        advise:", 0, "no such field", "spelling"),
    "a missing field": (SCENARIO, "brief_again: >-", "brief_once: >-", None, "is missing", "add it"),
    "a word that is not allowed": (SCENARIO, "mode: given", "mode: sometimes", 0, "'sometimes'", "use"),
    "an unknown kind": (SCENARIO, "kind: h", "kind: x", 0, "'x'", "use"),
    "an unknown unit": (SCENARIO, 'unit: "1/month"', 'unit: "1/fortnight"', 0, "'1/fortnight'", "use"),
    "a number that YAML reads as text": (SCENARIO, "value: 60000000", "value: 6e7", 0, "'6e7' was read as a string", "plain digits"),
    "a number in quotes": (SCENARIO, "value: 60000000", 'value: "60000000"', 0, "'60000000' was read as a string", "plain digits"),
    "whole minutes in quotes": (SCENARIO, "minutes: 45", 'minutes: "45"', 0, "'45' was read as a string", "plain digits"),
    "a severity in quotes": (FLAGS, "severity: 3", 'severity: "3"', 0, "'3' was read as a string", "plain digits"),
    "a truth for a number": (FLAGS, "severity: 3", "severity: yes", 0, "integer", "mend"),
    "a number for a truth": (SCENARIO, "hot_keys: true", "hot_keys: 1", 0, "boolean", "mend"),
    "a severity that is none": (FLAGS, "severity: 3", "severity: 4", 0, "less than or equal to 3", "mend"),
    "a list where a text belongs": (SCENARIO, 'title: "URL shortener"', "title: [URL, shortener]", 0, "string", "mend"),
    "too few probes": (SCENARIO, "    probes:\n", "    probes: []\n    probe_else:\n", 0, "at least 3", "mend"),
    "an unknown plan": (SCENARIO, "plan: hybrid", "plan: hybird", 0, "hybird is no plan", "use one of"),
    "an unknown criterion": (SCENARIO, "criterion: cr.product", "criterion: cr.produce", 0, "cr.produce is no criterion", "use one of"),
    "an unknown item": (SCENARIO, "items: [it.names-users", "items: [it.names-users, it.nobody", 0, "it.nobody is no item", "use one of"),
    "an unknown item of a slot": (SCENARIO, "- {id: who, item: it.names-users", "- {id: who, item: it.nobody", 0, "it.nobody is no item", "use one of"),
    "an unknown flag": (SCENARIO, "flags: [rf.ignores-users", "flags: [rf.ignores-user", 0, "rf.ignores-user is no red flag", "use one of"),
    "an unknown slot": (SCENARIO, "enough: [who, moment]", "enough: [who, momentum]", 0, "momentum is no slot", "use one of"),
    "an unknown slot of an answer": (SCENARIO, "fills: [who, moment, measure]", "fills: [who, measures]", 0, "measures is no slot", "use one of"),
    "an unknown slot of an unsound answer": (SCENARIO, '    unsound:\n      - say:', '    unsound:\n      - fills: [whom]\n        say:', 1, "whom is no slot", "use one of"),
    "an unknown topic": (SCENARIO, "follows: [top.sizes, top.calls]", "follows: [top.sizes, top.call]", 0, "top.call is no topic", "use one of"),
    "an unknown part": (SCENARIO, "moves: [part.", "moves: [part.nothing, part.", 0, "part.nothing is no part", "use one of"),
    "an unknown topic of a curveball": (SCENARIO, "should_move: [top.", "should_move: [top.nothing, top.", 0, "top.nothing is no topic", "use one of"),
    "an unknown criterion of a green flag": (SCENARIO, "feeds: cr.framing}", "feeds: cr.farming}", 0, "cr.farming is no criterion", "use one of"),
    "an id twice in one list": (SCENARIO, "id: fact.scope", "id: fact.users", 0, "fact.users stands twice", "rename"),
    "a slot twice in one topic": (SCENARIO, "- {id: moment,", "- {id: who,", 0, "who stands twice", "rename"),
    "a flag twice": (FLAGS, "id: rf.no-clarifying-questions", "id: rf.tech-before-requirements", 0, "stands twice", "rename"),
    "a key twice": (SCENARIO, "minutes: 45", "minutes: 45\nminutes: 50", 1, "stands twice", "keep one"),
    "a value called as another": (SCENARIO, "opens_per_month: {", "links_per_month: {", 0, "stands twice", "keep one"),
    "a formula that names nothing": (SCENARIO, "formula: \"", "formula: \"nobody * ", 0, "names nobody, which no fact holds", "names of the facts"),
    "a formula that is more than a sum": (SCENARIO, "formula: \"", "formula: \"abs(3) * ", 0, "holds more than sums", "names of the facts"),
    "a formula that divides by nothing": (SCENARIO, "formula: \"", "formula: \"1 / 0 * ", 0, "cannot be worked out", "names of the facts"),
    "a formula without a real result": (SCENARIO, "formula: \"", "formula: \"(0 - 8) ** 0.5 * ", 0, "cannot be worked out", "names of the facts"),
    "a formula that is none": (SCENARIO, "formula: \"", "formula: \"2 * * ", 0, "cannot be worked out", "names of the facts"),
    "a formula that does not come out": (SCENARIO, "formula: \"", "formula: \"7 * ", 0, "the formula gives", "mend either"),
    "a pattern that is none": (SCENARIO, 'raised: ["', 'raised: ["(", "', 0, "not a regular expression", "mend"),
    "a pattern of the rubric that is none": (FLAGS, "    advice: Spend", "    asked: ['*']\n    advice: Spend", 0, "not a regular expression", "mend"),
    "a date that is none": (SCENARIO, 'title: "URL shortener"', "title: 2026-13-45", 0, "cannot be read as timestamp", "quotes"),
    "a tag of another program's": (SCENARIO, 'title: "URL shortener"', "title: !!python/name:os.system x", 0, "cannot be read", "quotes"),
    "broken syntax": (SCENARIO, "kind: h", "kind: [h", 1, "is not YAML", "mend the syntax"),
    "an item's kinds": (CRITERIA, "kinds: h", "kinds: hx", 0, "names a kind that is none", "letters of d, p and h"),
    "a flag's kinds": (FLAGS, "kinds: dph", "kinds: \"\"", 0, "names a kind that is none", "letters of d, p and h"),
    "a plan's kind": (PLANS, "kind: d\n", "kind: z\n", 0, "names a kind that is none", "letters of d, p and h"),
    "a kind without a plan": (PLANS, "kind: d\n", "kind: dp\n", None, "kind d has no plan", "write one"),
    "a level left out": (LEVELS, "id: mid", "id: senior", None, "mid is left out", "say what is expected"),
    "an unknown item of a level": (LEVELS, "unprompted: [it.asks-scope", "unprompted: [it.ask-scope", 0, "it.ask-scope is no item", "use one of"),
    "an unknown flag of a level": (LEVELS, "severity_at: {rf.single-server-thinking", "severity_at: {rf.single-server", 0, "rf.single-server is no red flag", "use one of"),
    "a flag of no criterion": (FLAGS, "criterion: cr.requirements", "criterion: cr.wishes", 0, "cr.wishes is no criterion", "use one of"),
    "a probe of no flag": ("probes.yaml", "flags: [rf.cache-no-invalidation]", "flags: [rf.nothing]", 0, "rf.nothing is no red flag", "use one of"),
    "a question of no kind": ("catalogue.yaml", "kind: d,", "kind: q,", 0, "'q'", "use"),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_named_by_file_line_and_remedy(folder: Folder, name: str) -> None:
    file, old, new, down, what, remedy = FAULTS[name]
    line = folder.change(file, old, new)
    faults = folder.faults_of_scenario() if file == SCENARIO else folder.faults()
    fitting = [fault for fault in faults if what in fault.what and remedy in fault.remedy]
    assert fitting, f"not said among: {[str(fault) for fault in faults]}"
    assert {fault.file for fault in fitting} == {Path(file).name}
    if down is not None:
        assert line + down in {fault.line for fault in fitting}
    assert all(fault.where for fault in fitting)


def test_the_untouched_folder_has_no_fault(folder: Folder) -> None:
    assert folder.faults() == ()


def test_every_fault_is_told_at_once(folder: Folder) -> None:
    folder.change(SCENARIO, "plan: hybrid", "plan: nowhere")
    folder.change(SCENARIO, "enough: [who, moment]", "enough: [whose]")
    folder.change(FLAGS, "met_by: [it.", "met_by: [it.nothing, it.")
    told = " ".join(str(fault) for fault in folder.faults())
    assert "nowhere is no plan" in told
    assert "whose is no slot" in told
    assert "it.nothing is no item" in told


def test_two_fields_missing_at_one_place_are_two_faults(folder: Folder) -> None:
    line = folder.change(SCENARIO, '    title: "The one who makes it and the one who opens it"\n', "")
    folder.change(SCENARIO, "    due: clarify\n", "")
    missing = [fault for fault in folder.faults() if fault.what == "is missing"]
    assert {fault.where for fault in missing} == {"topics.0.title", "topics.0.due"}
    assert {fault.line for fault in missing} == {line - 1}


def test_a_file_that_is_not_utf_8_is_named_with_the_line(folder: Folder) -> None:
    whole = folder.path(SCENARIO).read_bytes()
    folder.path(SCENARIO).write_bytes(whole.replace(b'URL shortener"', b'URL \xff shortener"', 1))
    (fault,) = folder.faults()
    assert "not UTF-8" in fault.what
    assert fault.line == whole[: whole.index(b'URL shortener"')].count(b"\n") + 1


@pytest.mark.parametrize(
    ("written", "what"),
    [
        ("", "is empty"),
        ("# nothing but a comment\n", "is empty"),
        ("a: b: c\n", "is not YAML"),
        ("just a sentence\n", "an object"),
        ("- a\n- list\n", "an object"),
        ("key: \x07\n", "is not YAML"),
        ("a: 1\n---\nb: 2\n", "is not YAML"),
        ("a: &a [*a]\n", "holds itself"),
        ("[" * 5000, "is not YAML"),
    ],
)
def test_a_file_that_is_no_pack_is_refused(folder: Folder, written: str, what: str) -> None:
    folder.path(SCENARIO).write_text(written, encoding="utf-8")
    faults = folder.faults()
    assert faults
    assert any(what in fault.what for fault in faults), [str(fault) for fault in faults]


def test_a_file_of_the_rubric_that_is_gone_is_named(folder: Folder) -> None:
    folder.path(LEVELS).unlink()
    (fault,) = folder.faults()
    assert fault.file == LEVELS
    assert "cannot be read" in fault.what


def test_a_file_is_named_after_its_id(folder: Folder) -> None:
    folder.path(SCENARIO).rename(folder.path("scenarios/shortener.yaml"))
    (fault,) = folder.faults()
    assert (fault.file, fault.where) == ("shortener.yaml", "id")
    assert fault.line > 1
    assert "name the file after the id" in fault.remedy


def test_an_id_stands_in_one_file_only(folder: Folder, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "url-shortener.yaml").write_bytes(folder.path(SCENARIO).read_bytes())
    with pytest.raises(Exception, match="stands in two files"):
        load(folder.root, own)


def test_packs_of_ones_own_stand_beside_those_that_ship(folder: Folder, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    text = folder.path(SCENARIO).read_text(encoding="utf-8").replace("id: url-shortener", "id: my-own", 1)
    (own / "my-own.yaml").write_text(text, encoding="utf-8")
    shelf = load(folder.root, own)
    assert [one.id for one in shelf.scenarios] == ["my-own", "url-shortener"]
    assert shelf.versions["my-own"] != shelf.versions["url-shortener"]


def test_a_folder_that_is_not_there_is_said_so(folder: Folder, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="nowhere"):
        load(tmp_path / "nowhere")
    with pytest.raises(NotFound, match="nowhere"):
        load(folder.root, tmp_path / "nowhere")


def test_the_version_is_of_the_words_and_not_of_the_machine(folder: Folder) -> None:
    before = folder.load().versions["url-shortener"]
    crlf = folder.path(SCENARIO).read_bytes().replace(b"\n", b"\r\n")
    folder.path(SCENARIO).write_bytes(crlf)
    assert folder.load().versions["url-shortener"] == before
    folder.change(SCENARIO, "URL shortener", "Short links")
    assert folder.load().versions["url-shortener"] != before


def test_a_pack_that_is_not_there_names_those_that_are(folder: Folder) -> None:
    shelf = folder.load()
    with pytest.raises(NotFound, match="url-shortener"):
        shelf.pack("nothing")
    with pytest.raises(NotFound, match="hybrid"):
        shelf.plan("nothing")
