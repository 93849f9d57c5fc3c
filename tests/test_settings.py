"""Settings that cannot hold what they are given, and names that are no settings: a sentence each, and no key in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from interviewer.settings import Settings
from interviewer.settings_faults import names, unknown, written
from tests.commands import Command

KEY = "sk-quite-secret-4711-and-long"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("MODEL_FIRST_S=abc", 'FIRST_S holds "abc": it takes a number (with a point, such as 2.5) above 0.'),
        ("MODEL_FIRST_S=-1", 'FIRST_S holds "-1": it takes a number (with a point, such as 2.5) above 0.'),
        (
            "MODEL_FIRST_S=",
            "FIRST_S holds nothing: it takes a number (with a point, such as 2.5) above 0, or",
        ),
        (
            "MODEL_DAY_MONEY=5,00",
            'MONEY holds "5,00": it takes a number (with a point, such as 2.5) not below 0.',
        ),
        ("MODEL_DAY_TOKENS=1e5", 'TOKENS holds "1e5": it takes a whole number not below 0.'),
        ("PORT=99999", 'PORT holds "99999": it takes a whole number not below 0 and not above 65535.'),
        ("MODEL_OFF=perhaps", 'MODEL_OFF holds "perhaps": it takes true or false.'),
        ("ORIGINS=practice.example", "ORIGINS holds what it cannot hold: it takes a list in JSON"),
        ("HOSTS=5", 'HOSTS holds "5": it takes a list in JSON'),
    ],
)
def test_a_value_that_cannot_be_is_told_in_one_sentence(
    interviewer: Command, tmp_path: Path, line: str, said: str
) -> None:
    (tmp_path / ".env").write_text(f"INTERVIEWER_{line}\n")
    told = interviewer("doctor")
    assert (told.code, told.out) == (1, "")
    assert said in told.err
    assert told.err.startswith("INTERVIEWER_")
    assert len(told.err.splitlines()) == 1


def test_each_value_that_cannot_be_has_a_line(interviewer: Command, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("INTERVIEWER_MODEL_FIRST_S=x\nINTERVIEWER_PORT=y\n")
    assert len(interviewer("serve").err.splitlines()) == 2


def test_a_key_in_the_wrong_line_is_not_told(interviewer: Command, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(f"INTERVIEWER_MODEL_FIRST_S={KEY}\nINTERVIEWER_MODEL_KEYS={KEY}\n")
    first = interviewer("doctor")
    (tmp_path / ".env").write_text(f"INTERVIEWER_MODEL_KEYS={KEY}\n")
    second = interviewer("doctor")
    assert "INTERVIEWER_MODEL_FIRST_S holds what it cannot hold" in first.err
    assert KEY[:8] not in first.err + first.out + second.err + second.out


def test_a_file_in_another_encoding_is_told(interviewer: Command, tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"INTERVIEWER_MODEL=m\xfc\n")
    told = interviewer("model", "show")
    assert (told.code, told.err) == (1, f"{tmp_path / '.env'} cannot be read: it is not written in UTF-8.\n")


def test_a_misspelt_setting_is_told_with_the_nearest(
    interviewer: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text("INTERVIEWER_MODEL_ULR=http://127.0.0.1:1/v1\nOTHER_THING=1\n")
    told = interviewer("doctor")
    assert told.err.splitlines() == [
        f"{tmp_path / '.env'} sets INTERVIEWER_MODEL_ULR, which is no setting; is INTERVIEWER_MODEL_URL meant?"
    ]
    assert told.code == 0


def test_what_is_like_no_setting_is_told_without_a_guess(interviewer: Command, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("INTERVIEWER_XYZZY=1\n")
    assert interviewer("doctor").err.endswith("sets INTERVIEWER_XYZZY, which is no setting.\n")


def test_whatever_is_read_is_no_misspelling() -> None:
    read = [*map(written, Settings.model_fields), "INTERVIEWER_TOKEN", "interviewer_model", "PATH"]
    assert unknown(read, names()) == []
    assert unknown(["INTERVIEWER_MODLE"], names()) == ["INTERVIEWER_MODLE"]


def test_where_no_model_is_set_up_it_is_told_which_file_was_looked_for(
    interviewer: Command, tmp_path: Path
) -> None:
    for words in (("model", "show"), ("model", "on"), ("doctor",)):
        assert f"{tmp_path / '.env'} is not there" in interviewer(*words).out
    (tmp_path / ".env").write_text("INTERVIEWER_PORT=0\n")
    for words in (("model", "show"), ("model", "on"), ("doctor",)):
        assert f"{tmp_path / '.env'} names none" in interviewer(*words).out


def test_models_that_are_off_are_not_said_to_lead(interviewer: Command, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("INTERVIEWER_MODEL=bench\nINTERVIEWER_MODEL_URL=http://127.0.0.1:1/v1\n")
    on = interviewer("model", "show").out
    assert "leads the talk" in on
    assert on.lower().count("key") == 1
    interviewer("model", "off")
    shown = interviewer("model", "show").out
    assert "leads the talk" not in shown
    assert "bench at 127.0.0.1:1, without a key: is set up to lead the talk and look for evidence" in shown
