"""The same words in another form: case, signs, blanks, and where a turn ends. Nothing of it was said, so nothing may change."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from interviewer.lab.figure import Figure, Told
from interviewer.lab.metrics import mean, ratio
from interviewer.lab.robustness.changes import difference, same_items
from interviewer.lab.robustness.family import Case, Family, Outcome
from interviewer.lab.robustness.material import Material
from interviewer.lab.robustness.talks import split
from interviewer.lab.robustness.tasks import Task
from interviewer.lab.robustness.twins import Rewrite, by_turns

_CURLY = str.maketrans({"'": "\u2019", "-": "\u2011"})


def _upper(text: str, seed: int) -> str:
    return text.upper()


def _lower(text: str, seed: int) -> str:
    return text.lower()


def _curly(text: str, seed: int) -> str:
    return re.sub(r'"([^"]*)"', "\u201c\\1\u201d", text).translate(_CURLY)


def _loud(text: str, seed: int) -> str:
    return re.sub(r"\.(?=\s|$)", "!", text)


def _no_commas(text: str, seed: int) -> str:
    return re.sub(r",(?=\s)", "", text)


def _wide(text: str, seed: int) -> str:
    return re.sub(r" ", "  ", text)


def _lines(text: str, seed: int) -> str:
    return re.sub(r"(?<=[.!?]) ", "\n\n", text)


def _no_break(text: str, seed: int) -> str:
    return f" {text.replace(' ', chr(0xA0))} "


FORMS: Mapping[str, Rewrite] = {
    "lower case": _lower,
    "upper case": _upper,
    "curly quotes": _curly,
    "exclamation marks": _loud,
    "no commas": _no_commas,
    "wide spaces": _wide,
    "one line a sentence": _lines,
    "no-break spaces": _no_break,
}


def _split(material: Material, count: int, seed: int) -> list[Case]:
    made = by_turns(FORMS, "form")(material, count, seed)
    for one in material.some_interviews(max(1, count // 4), seed, "split"):
        long = max(one.transcript.candidate_turns, key=lambda turn: len(turn.text))
        made.append(
            Case(
                f"{one.transcript.id}, turn {long.n} in two",
                (Task(one.transcript), Task(split(one.transcript, long.n))),
                "split",
            )
        )
    return made


def _forms_told(outcomes: Sequence[Outcome]) -> Told:
    same = [same_items(one.gists[0], one.gists[1]) for one in outcomes]
    whole = sum(one.gists[0].levels == one.gists[1].levels for one in outcomes)
    return Told(
        (
            Figure("credited items that stayed", mean(same), "more", 0.99, 1, len(outcomes)),
            Figure("cards with the same levels", ratio(whole, len(outcomes)), "more", 0.95, 1, len(outcomes)),
        ),
        tuple(f"{one.case.name}: {told}" for one in outcomes if (told := difference(one))),
    )


FAMILIES = (
    Family(
        "form", "Case, signs, blanks and where a turn ends: nothing of what was said.", _split, _forms_told
    ),
)
