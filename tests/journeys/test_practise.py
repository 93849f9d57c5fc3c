"""Interviews from a pipe, as somebody would hold one from a script: sixteen candidates, the commands, and a killed terminal."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import jsonschema
import pytest

from tests.builders import PACKS, PLAYED
from tests.commands import typed

PERSONAS = ("strong", "weak", "rambling", "stuck")
SCRIPTS = tuple(f"{pack}-{persona}" for pack in PLAYED for persona in PERSONAS)
SEED = "3"
PATIENCE_S = 120

Json = dict[str, object]


@dataclass(frozen=True)
class Held:
    """An interview that was held: what the terminal showed, and its card."""

    code: int
    shown: str
    errors: str

    @property
    def card(self) -> Json:
        """The card, which is the last JSON object on the terminal."""
        card, _ = json.JSONDecoder().raw_decode(self.shown[self.shown.rindex("\n{\n") + 1 :])
        assert isinstance(card, dict)
        return card

    @property
    def overall(self) -> float:
        """The card's weighted mean, 1 to 4."""
        overall = self.card["overall"]
        assert isinstance(overall, float), "nothing was assessed"
        return overall

    @property
    def said(self) -> list[str]:
        """What the candidate said, as the terminal gave it back."""
        return re.findall(r"^You: (.+)$", self.shown, re.M)

    @property
    def asked(self) -> list[str]:
        """What the interviewer said."""
        return re.findall(r"^Interviewer: (.+)$", self.shown, re.M)


def _command(*arguments: str) -> list[str]:
    return [str(Path(sys.executable).with_name("interviewer")), *arguments]


def _environment() -> dict[str, str]:
    return {**os.environ, "COLUMNS": "200", "PYTHONHASHSEED": "random"}


def _hold(root: Path, spoken: str, *arguments: str) -> Held:
    done = subprocess.run(
        _command(*arguments), input=spoken, capture_output=True, text=True, cwd=root,
        env=_environment(), timeout=PATIENCE_S, check=False,
    )  # fmt: skip
    return Held(done.returncode, done.stdout, done.stderr)


def _practise(root: Path, pack: str, spoken: str, data: Path, *more: str) -> Held:
    return _hold(root, spoken, "practise", pack, "--seed", SEED, "--data", str(data), *more)


def _script(root: Path, name: str) -> str:
    return (root / "tests" / "fixtures" / "candidates" / f"{name}.txt").read_text(encoding="utf-8")


def _rubrics(root: Path, folder: Path) -> Path:
    """What is shipped, without the packs that are not played here: they would be read for every script."""
    rubrics = Path(shutil.copytree(root / "rubrics", folder / "rubrics"))
    for pack in set(PACKS) - set(PLAYED):
        (rubrics / "system_design" / "scenarios" / f"{pack}.yaml").unlink()
    return rubrics


def _turns(script: str) -> list[str]:
    return [line for line in script.splitlines() if line.strip() and not line.startswith("#")]


@pytest.fixture(scope="module")
def root() -> Path:
    return Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def held(root: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Held]:
    """Every script, held once with the same seed, each in a data folder of its own.

    They are held in this process, which has the cues ready from the first to the last; further down one of them is
    held in a process of its own, and comes out the same.
    """

    rubrics = _rubrics(root, tmp_path_factory.mktemp("packs"))

    def one(name: str) -> Held:
        words = ("practise", name.rpartition("-")[0], "--seed", SEED, "--format", "json")
        here = tmp_path_factory.mktemp(name)
        told = typed(here, *words, said=_script(root, name), rubrics=str(rubrics))
        return Held(told.code, told.out, told.err)

    return {name: one(name) for name in SCRIPTS}


def _objects(value: object) -> Iterator[Json]:
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from _objects(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _objects(inner)


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_is_held_to_its_card(name: str, held: dict[str, Held], root: Path) -> None:
    one = held[name]
    assert one.code == 0, one.errors
    schema = json.loads((root / "rubrics" / "scorecard.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(one.card, schema)
    assert one.card["scenario"] == name.rpartition("-")[0]


@pytest.mark.parametrize("name", SCRIPTS)
def test_an_interview_ends_with_its_two_closing_questions_and_a_goodbye(
    name: str, held: dict[str, Held]
) -> None:
    different, unshown, goodbye = held[name].asked[-3:]
    assert different.endswith("?")
    assert re.search(r"\b(?:show|shown|talk about|like to have)\b", unshown), unshown
    assert unshown.endswith("?")
    assert "card" in goodbye
    assert not goodbye.endswith("?")


@pytest.mark.parametrize("name", SCRIPTS)
def test_nothing_that_the_interviewer_said_is_said_twice(name: str, held: dict[str, Held]) -> None:
    asked = held[name].asked
    assert len(asked) >= 12
    assert sorted(asked) == sorted(set(asked))


@pytest.mark.parametrize("name", SCRIPTS)
def test_every_quote_is_the_candidates_own_words(name: str, held: dict[str, Held]) -> None:
    one = held[name]
    evidence = one.card["evidence"]
    spoken = "\n".join((*one.said, *one.asked))
    quotes = [found["quote"] for found in _objects(evidence) if isinstance(found.get("quote"), str)]
    assert quotes or name.endswith("-stuck"), "only somebody who said nearly nothing leaves nothing to quote"
    assert [quote for quote in quotes if quote and str(quote) not in spoken] == []


@pytest.mark.parametrize("pack", PLAYED)
def test_the_strong_candidate_scores_above_the_weak(pack: str, held: dict[str, Held]) -> None:
    strong = held[f"{pack}-strong"].overall
    assert strong > held[f"{pack}-weak"].overall


@pytest.mark.parametrize("pack", PLAYED)
def test_the_weak_candidate_is_given_a_flag_to_think_about(pack: str, held: dict[str, Held]) -> None:
    flags = held[f"{pack}-weak"].card["flags"]
    assert [flag for flag in _objects(flags) if flag.get("status") == "confirmed"]


def test_the_same_seed_and_words_give_the_same_interview(
    held: dict[str, Held], root: Path, tmp_path: Path
) -> None:
    name = "url-shortener-stuck"
    again = _practise(root, "url-shortener", _script(root, name), tmp_path, "--format", "json")
    assert _without_identity(again) == _without_identity(held[name])


def _without_identity(one: Held) -> str:
    session = str(one.card["session"])
    shown = one.shown.replace(session, "SESSION").replace(str(one.card["key"]), "KEY")
    return re.sub(r"^Kept as .*$", "", shown, flags=re.M)


def test_a_killed_terminal_loses_nothing_and_goes_on(root: Path, tmp_path: Path) -> None:
    turns = _turns(_script(root, "url-shortener-strong"))
    before, after = turns[:5], turns[5:]
    arguments = ("practise", "url-shortener", "--seed", SEED, "--data", str(tmp_path))
    with subprocess.Popen(
        _command(*arguments), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        text=True, cwd=root, env=_environment(),
    ) as terminal:  # fmt: skip
        assert terminal.stdin is not None
        assert terminal.stdout is not None
        heard = [_answer(terminal.stdout)]
        for turn in before:
            terminal.stdin.write(turn + "\n")
            terminal.stdin.flush()
            heard.append(_answer(terminal.stdout))
        terminal.kill()
    spoken = "\n".join(after) + "\n"
    resumed = _hold(root, spoken, "practise", "--resume", "--data", str(tmp_path), "--format", "json")
    assert resumed.code == 0, resumed.errors
    assert resumed.asked[0] == heard[-1], "the recap ends with the question that was open"
    assert resumed.asked[1:] != []
    assert set(resumed.asked[1:]).isdisjoint(heard), "nothing is asked again"
    quotes = [
        str(found["quote"])
        for found in _objects(resumed.card["evidence"])
        if isinstance(found.get("quote"), str)
    ]
    assert any(quote and quote in turn for quote in quotes for turn in before)
    assert any(quote and quote in turn for quote in quotes for turn in after)


def _answer(lines: Iterator[str]) -> str:
    """The interviewer's next line, read as it comes."""
    return (
        next(line for line in lines if line.startswith("Interviewer: "))
        .removeprefix("Interviewer: ")
        .rstrip()
    )


def test_every_command_works_from_a_pipe(root: Path, tmp_path: Path) -> None:
    board = tmp_path / "board.txt"
    board.write_text("client -> api\napi -> database\n", encoding="utf-8")
    spoken = "\n".join(
        (
            "/help", "/time", "/phase", "who uses it?", "/hint", "/pause", "this is not heard",
            "/resume", f"/board {board}", "I've drawn a client, an api and a database.", "/next",
            f"/board {tmp_path / 'nowhere.txt'}", "/end", "this comes too late",
        )
    )  # fmt: skip
    done = _practise(root, "url-shortener", spoken, tmp_path / "data", "--pace", "90s")
    assert done.code == 0, done.errors
    for command in ("/help", "/time", "/phase", "/hint", "/next", "/pause", "/resume", "/board", "/end"):
        assert command in done.shown
    assert "0:00 used" in done.shown
    assert "→" in done.shown
    assert "hint;" in done.shown
    assert "The clock is stopped" in done.shown
    assert "The clock runs again. 1:3" in done.shown
    assert "on your board I see 3 boxes and 2 arrows" in done.shown
    assert "cannot be read" in done.shown
    assert done.said == ["who uses it?", "I've drawn a client, an api and a database."]
    assert "too late" not in done.shown
    assert "Kept as" in done.shown


def test_an_unknown_problem_is_answered_with_the_list(tmp_path: Path) -> None:
    told = typed(tmp_path, "practise", "no-such-problem", "--seed", SEED)
    assert told.code == 2
    assert all(pack in told.err + told.out for pack in PACKS)


@pytest.mark.parametrize("pace", ["quickly", "0s"])
def test_a_pace_that_is_no_time_is_refused(pace: str, tmp_path: Path) -> None:
    told = typed(tmp_path, "practise", "url-shortener", "--seed", SEED, "--pace", pace)
    assert told.code == 2
    assert pace in told.err
    assert "90s" in told.err
