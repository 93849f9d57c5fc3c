"""What was found about one model, each thing as one line: right, worth a note, or wrong, with what helps.

Facts come from `trial.py` and from the settings; the order in which things are looked at is the doctor's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Literal, assert_never

from interviewer.doctor_words import fault_in_words, host_of, is_local, wrong_with_key
from interviewer.errors import BadInput
from interviewer.llm.model import Usage
from interviewer.llm.packages import install_command
from interviewer.models import Role as Setting
from interviewer.models import Where, careful_of, fallback_of, fast_of, key_in_the_clear
from interviewer.settings import Settings
from interviewer.trial import Shaped, Streamed

Role = Literal["talk", "evidence", "stand-in"]
State = Literal["ok", "note", "wrong"]

MOST_NAME = 80
"""A name of an endpoint's own list is shown to so many characters."""
NAMES: dict[Role, str] = {"talk": "fast", "evidence": "careful", "stand-in": "fallback"}
"""What its place is called in the settings and in what the doctor says."""
SETTINGS: dict[Role, Setting] = {"talk": "model", "evidence": "careful", "stand-in": "fallback"}
"""What its settings begin with."""
DUTIES: dict[Role, str] = {
    "talk": "lead interviews",
    "evidence": "look for evidence",
    "stand-in": "stand in",
}


@dataclass(frozen=True)
class Finding:
    """One line. `about` is which model it is about, where there are several: fast, careful, fallback, or two of them.

    `check` is a word that stays the same.
    """

    check: str
    state: State
    told: str
    remedy: str = ""
    about: str = ""


@dataclass(frozen=True)
class Place:
    """A model with what it is there for."""

    roles: tuple[Role, ...]
    where: Where

    @property
    def name(self) -> str:
        """Which of the models it is: fast, careful, fallback, or two of them."""
        return " and ".join(NAMES[role] for role in self.roles)

    @property
    def title(self) -> str:
        """Its name and its host, where there is one."""
        host = host_of(self.where)
        return f"{self.where.name} at {host}" if host else self.where.name


def places(settings: Settings) -> tuple[Place, ...]:
    """The models that the settings name, each once."""
    fast, careful = fast_of(settings), careful_of(settings)
    wanted: list[tuple[Role, Where]] = [("talk", fast), ("evidence", careful)]
    for first in (fast, careful):  # the fallback of each is at its own address, unless it is given one
        if other := fallback_of(settings, first):
            wanted.append(("stand-in", other))
    found: list[Place] = []
    for role, where in wanted:
        same = next((one for one in found if one.where == where), None)
        if same and role in same.roles:
            continue
        if same:
            found[found.index(same)] = Place((*same.roles, role), where)
        else:
            found.append(Place((role,), where))
    return tuple(found)


def in_time(place: Place, settings: Settings, answer: Streamed) -> Finding:
    """Whether it keeps the deadlines of the settings."""
    allowed: tuple[tuple[str, float, float, str], ...]
    if place.roles == ("evidence",):
        allowed = (("in all", answer.total_s, settings.careful_total_s, "INTERVIEWER_CAREFUL_TOTAL_S"),)
    else:
        allowed = (
            ("to the first word", answer.first_s, settings.model_first_s, "INTERVIEWER_MODEL_FIRST_S"),
            ("between words", answer.pause_s, settings.model_between_s, "INTERVIEWER_MODEL_BETWEEN_S"),
            ("in all", answer.total_s, settings.model_total_s, "INTERVIEWER_MODEL_TOTAL_S"),
        )
    for what, took_s, most_s, setting in allowed:
        if took_s > most_s:
            told = f"It took {took_s:.1f} s {what}, and {most_s:g} s are allowed."
            return Finding("speed", "wrong", told, f"Take a faster model, or raise {setting}.")
    told = ", ".join(f"{took_s:.1f} s {what} ({most_s:g} allowed)" for what, took_s, most_s, _ in allowed)
    if any(took_s > most_s / 2 for _, took_s, most_s, _ in allowed):
        return Finding(
            "speed", "note", f"{told}.", "That is near the limit: turns of it may be stood in for."
        )
    return Finding("speed", "ok", f"{told}.")


def in_shape(shape: Shaped) -> Finding:
    """Whether its answers keep to a shape."""
    if shape.fault:
        told, remedy = fault_in_words(shape.fault)
        return Finding("structure", "wrong", f"Asked for JSON: {told}", remedy)
    match shape.how:
        case "schema":
            return Finding("structure", "ok", "Answers keep to a JSON schema.")
        case "json":
            told = "It takes no JSON schema, but answers in JSON."
            return Finding("structure", "note", told, "It works, with a repeat now and then.")
        case "words":
            told = "It can only be asked in words for JSON, and did answer in it."
            return Finding(
                "structure", "note", told, "It works, with repeats; a model with JSON output is surer."
            )
        case "none":
            told = "It was asked for JSON and answered with something else."
            return Finding("structure", "wrong", told, "Take a model or an endpoint with structured output.")
        case _:
            assert_never(shape.how)


def with_key(where: Where, allow_http: bool = False) -> Finding:
    """Whether its key is there, could be one, and may be sent to its address. Nothing of the key is told."""
    if where.key is None:
        if where.provider:
            return Finding(
                "key", "ok", f"No key is set here; {where.provider} may have one in a variable of its own."
            )
        if where.url is None:
            told = "No key is set."
            return Finding("key", "wrong", told, "Put INTERVIEWER_MODEL_KEY=… into .env.")
        return Finding("key", "ok", "No key is set; most endpoints of one's own need none.")
    if wrong := wrong_with_key(where.key.get_secret_value()):
        return Finding("key", "wrong", *wrong)
    host = host_of(where)
    if key_in_the_clear(where) and not allow_http:
        told = f"The key would go to {host} over http://, where others can read it, so no call goes out."
        return Finding(
            "key", "wrong", told, "Take its https:// address, or set INTERVIEWER_MODEL_ALLOW_HTTP=true."
        )
    if where.url and where.url.startswith("http://") and not is_local(where):
        told = f"A key is set, and goes to {host} in the open, as does what people say."
        return Finding("key", "note", told, "Where the endpoint has an address with https://, take that.")
    return Finding("key", "ok", f"A key is set; it goes to {host}.")


def unmade(where: Where, error: BadInput) -> Finding:
    """Why a model could not be made: a package that is not there, or what its provider's package says of the settings."""
    if isinstance(error.__cause__, ImportError):
        command = install_command(where.provider or "", str(error.__cause__), Path.cwd())
        return Finding(
            "package",
            "wrong",
            f"The package for {where.provider} is not installed.",
            f"Install it: {command}",
        )
    return Finding("model", "wrong", str(error), "Correct INTERVIEWER_MODEL or INTERVIEWER_MODEL_KEY.")


def with_name(name: str, names: tuple[str, ...]) -> Finding:
    """Whether its endpoint lists it, and what is nearest where not."""
    if name in names or f"{name}:latest" in names:
        return Finding("name", "ok", f"{name} is on its list of models.")
    nearest = nearest_name(name, names)
    if nearest:
        return Finding(
            "name", "note", f"{name} is not on its list of models; {nearest} is.", f"Is {nearest} meant?"
        )
    return Finding(
        "name", "note", f"{name} is not on its list of models.", "Whether it is there, its answer tells."
    )


def nearest_name(name: str, names: tuple[str, ...]) -> str:
    """The listed name that is most like it, empty where none is alike."""
    near = get_close_matches(name, names, n=1, cutoff=0.6)
    return near[0][:MOST_NAME] if near else ""


def answering(answer: Streamed) -> Finding:
    """Whether its answer came as a stream and could be read aloud."""
    if answer.text.lstrip().startswith(("<think>", "<|channel|>")):
        told = "It thinks aloud in its answer, which candidates would read."
        return Finding("answer", "wrong", told, "Have the endpoint leave the thinking out, or switch it off.")
    if answer.cut:
        told = "Its answer was cut off for its length, though it had a dozen words to say."
        return Finding("answer", "note", told, "Take a model that thinks less.")
    if answer.pieces < 3:
        told = "Its answer came in one piece, not as a stream."
        return Finding(
            "answer",
            "note",
            told,
            "People wait for the whole of each answer: see whether a proxy gathers it.",
        )
    return Finding("answer", "ok", f"An answer came as a stream, in {answer.pieces} pieces.")


def counting(usage: Usage | None) -> Finding:
    """Whether it tells what answers cost."""
    if usage is None or usage.estimated:
        told = "It tells no counts of tokens."
        return Finding("tokens", "note", told, "They are reckoned, at about four characters each.")
    return Finding("tokens", "ok", "It tells how many tokens an answer took.")


def duties(roles: tuple[Role, ...], joined_by: str = " and ") -> str:
    """What it is there for, in words."""
    return joined_by.join(DUTIES[role] for role in roles)


def cannot(place: Place, wrong: Sequence[Finding]) -> str:
    """What it cannot do, and all the reasons, in one line without its full stop."""
    host = host_of(place.where)
    whys = [one.told.removeprefix(f"{host}: ").removeprefix("Asked for JSON: ").rstrip(".") for one in wrong]
    why = "; ".join(f"{one[:1].lower()}{one[1:]}" for one in whys)
    return f"{place.title} cannot {duties(place.roles, ' or ')}: {why}"


_SETTING = re.compile(r"INTERVIEWER_MODEL(_URL|_KEY)?\b")
_DEADLINE = re.compile(r"INTERVIEWER_MODEL_(?:FIRST|BETWEEN|TOTAL)_S\b")


def suited(place: Place, remedy: str) -> str:
    """A remedy with the settings of the model that it is for."""
    if place.roles == ("evidence",):
        remedy = _DEADLINE.sub("INTERVIEWER_CAREFUL_TOTAL_S", remedy)
    if "talk" in place.roles:
        return remedy
    prefix = f"INTERVIEWER_{SETTINGS[place.roles[0]].upper()}"
    return _SETTING.sub(lambda found: prefix + (found[1] or "_MODEL"), remedy)
