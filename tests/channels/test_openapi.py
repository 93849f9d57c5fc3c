"""The OpenAPI document: complete, free of FastAPI's own error shape, and the committed copy is the one that is served."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from interviewer.app import openapi_text
from interviewer.channels import wire
from tests.conftest import Paths

METHODS = {"get", "put", "post", "delete", "patch"}


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    made: dict[str, Any] = json.loads(openapi_text())
    return made


def _operations(document: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (method, path, operation)
        for path, operations in document["paths"].items()
        for method, operation in operations.items()
        if method in METHODS
    ]


def test_the_committed_copy_is_the_one_that_is_served(paths: Paths) -> None:
    committed = (paths.root / "web" / "openapi.json").read_text(encoding="utf-8")
    assert committed == openapi_text(), "interviewer openapi > web/openapi.json, then make types"


def test_every_operation_has_an_id_of_its_own_that_is_a_verb(document: dict[str, Any]) -> None:
    ids = [operation["operationId"] for _, _, operation in _operations(document)]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"[a-z]+(_[a-z]+)*", id) for id in ids), ids


def test_every_operation_says_what_it_is_for(document: dict[str, Any]) -> None:
    silent = [path for _, path, operation in _operations(document) if not operation.get("description")]
    assert silent == []


def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    named = set(re.findall(r'"#/components/schemas/([^"]+)"', json.dumps(document)))
    assert named <= set(document["components"]["schemas"])


def test_errors_are_problems_and_nothing_else(document: dict[str, Any]) -> None:
    assert "HTTPValidationError" not in document["components"]["schemas"]
    for _, path, operation in _operations(document):
        for status, told in operation["responses"].items():
            if status >= "400" and "content" in told:
                assert list(told["content"]) == ["application/problem+json"], path


def test_the_frames_of_the_socket_are_schemas(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]
    assert {"ClientFrame", "ServerFrame", "Hello", "Msg", "Welcome", "Ack", "Nack", "Beat"} <= set(schemas)
    kinds = {frame.model_fields["kind"].default for frame in _events()}
    assert kinds <= set(re.findall(r'"const": "([a-z.]+)"', json.dumps(schemas)))


def _events() -> list[type[wire._Ev]]:
    return wire._Ev.__subclasses__()


def test_what_a_candidate_may_read_before_the_end_holds_no_score(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]
    seen: set[str] = set()
    todo = ["Snapshot", "Events", "ServerFrame", "StateShown", "Scenarios", "Plans"]
    while todo:
        name = todo.pop()
        if name not in seen:
            seen.add(name)
            todo += re.findall(r'"#/components/schemas/([^"]+)"', json.dumps(schemas[name]))
    fields = {field for name in seen for field in schemas[name].get("properties", {})}
    assert not fields & {
        "card",
        "levels",
        "evidence",
        "criteria",
        "flags",
        "move",
        "reasons",
        "overall",
        "facts",
    }
