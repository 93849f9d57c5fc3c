"""What is wrong with settings, in a sentence each: a value that one cannot hold, and a name that none has.

A setting is named as people write it, INTERVIEWER_MODEL_FIRST_S. What a secret holds is never told.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from types import NoneType
from typing import Any, get_args

from dotenv import dotenv_values
from pydantic import SecretStr, ValidationError
from pydantic.fields import FieldInfo
from pydantic_settings import SettingsError

from interviewer.errors import BadInput
from interviewer.settings import Settings, env_file

PREFIX = "INTERVIEWER_"
MOST_SHOWN = 16
"""A value of more characters is not shown: it may be a key that stands in the wrong line."""
ELSEWHERE = frozenset({"INTERVIEWER_TOKEN", "INTERVIEWER_SKIP_WEB"})
"""Names that are read, and not as settings: by `practise --server`, and where the pages are built."""


class Misset(BadInput):
    """Settings hold what they cannot; the message has a sentence for each."""


def settled() -> Settings:
    """The settings as they stand in the environment and in `.env`. Raises Misset."""
    try:
        return Settings()
    except ValidationError as error:
        raise Misset("\n".join(_told(error))) from None
    except SettingsError as error:
        found = re.search(r'field "(\w+)"', str(error))
        raise Misset(_cannot(found[1] if found else "", None)) from None
    except (UnicodeDecodeError, OSError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not written in UTF-8"
        raise Misset(f"{env_file()} cannot be read: {why}.") from None


def misspelt() -> Iterator[str]:
    """A line for each name in `.env` and in the environment that begins as settings do and is none, with the nearest."""
    try:
        in_file: Mapping[str, object] = dotenv_values(env_file()) if env_file().is_file() else {}
    except (UnicodeDecodeError, OSError):
        in_file = {}
    known = names()
    for name in unknown((*in_file, *os.environ), known):
        near = get_close_matches(name.upper(), sorted(known), n=1, cutoff=0.75)
        where = env_file() if name in in_file else "The environment"
        meant = f"; is {near[0]} meant?" if near else "."
        yield f"{where} sets {name}, which is no setting{meant}"


def names() -> frozenset[str]:
    """All settings that begin with our prefix, as people write them."""
    return frozenset(one for one in map(written, Settings.model_fields) if one.startswith(PREFIX))


def unknown(found: Iterable[str], known: frozenset[str]) -> list[str]:
    """Those that begin as settings of ours do and are none, each once, in order."""
    ours = (one for one in dict.fromkeys(found) if one.upper().startswith(PREFIX))
    return [one for one in ours if one.upper() not in known and one.upper() not in ELSEWHERE]


def written(field: str) -> str:
    """A setting by its name, as people write it."""
    alias = Settings.model_fields[field].validation_alias
    return alias if isinstance(alias, str) else f"{PREFIX}{field.upper()}"


def _told(error: ValidationError) -> Iterator[str]:
    by_alias = {one.validation_alias: name for name, one in Settings.model_fields.items()}
    for name, held in {str(one["loc"][0]): one["input"] for one in error.errors()}.items():
        yield _cannot(by_alias.get(name, name), held)


def _cannot(field: str, held: object) -> str:
    info = Settings.model_fields.get(field)
    if info is None:
        return "A setting holds what it cannot hold."
    takes = f"it takes {_takes(info)}"
    if held == "":
        return f"{written(field)} holds nothing: {takes}, or leave the line out."
    if held is None or _kind(info) is SecretStr or len(str(held)) > MOST_SHOWN:
        return f"{written(field)} holds what it cannot hold: {takes}."
    return f'{written(field)} holds "{held}": {takes}.'


def _kind(info: FieldInfo) -> Any:  # Any: a type
    """The type of a setting that may also be left out."""
    kinds = [one for one in get_args(info.annotation) if one is not NoneType]
    is_union = NoneType in get_args(info.annotation)
    return kinds[0] if is_union else info.annotation


def _takes(info: FieldInfo) -> str:
    kind = _kind(info)
    if kind is bool:
        return "true or false"
    if kind is not int and kind is not float:
        return 'a list in JSON, such as ["practice.example"]' if "frozenset" in str(kind) else "some text"
    bounds = [
        f"{words} {least:g}"
        for name, words in (("gt", "above"), ("ge", "not below"), ("le", "not above"))
        for one in info.metadata
        if (least := getattr(one, name, None)) is not None
    ]
    number = "a whole number" if kind is int else "a number (with a point, such as 2.5)"
    return " ".join([number, " and ".join(bounds)]).strip()
