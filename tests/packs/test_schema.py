"""The JSON Schemas beside the rubrics are those of the code, and what ships is valid by them."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import jsonschema
import pytest
import yaml

from interviewer.interview.pack import schema
from interviewer.interview.scorecard import card_schema
from tests.builders import PACKS

SCHEMAS = {"scenario": schema, "scorecard": card_schema}


@pytest.mark.parametrize("what", SCHEMAS)
def test_the_committed_schema_is_that_of_the_code(what: str, paths) -> None:
    made: Callable[[], dict[str, Any]] = SCHEMAS[what]
    committed = (paths.rubrics / f"{what}.schema.json").read_text(encoding="utf-8")
    told = f"run `.venv/bin/interviewer packs schema {what} > rubrics/{what}.schema.json`"
    assert json.loads(committed) == made(), told
    jsonschema.Draft202012Validator.check_schema(json.loads(committed))


@pytest.mark.parametrize("id", PACKS)
def test_a_pack_is_valid_by_the_schema_that_editors_use(id: str, paths) -> None:
    file = paths.rubrics / "system_design" / "scenarios" / f"{id}.yaml"
    validator = jsonschema.Draft202012Validator(
        json.loads((paths.rubrics / "scenario.schema.json").read_text(encoding="utf-8"))
    )
    faults = [
        error.message for error in validator.iter_errors(yaml.safe_load(file.read_text(encoding="utf-8")))
    ]
    assert faults == []
