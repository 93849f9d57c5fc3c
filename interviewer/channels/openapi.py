"""The OpenAPI document, whole: every route, and the frames of the socket as schemas.

The web app's types are made from it, and `web/openapi.json` is the committed copy that a test compares.
"""

from __future__ import annotations

import json
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import TypeAdapter

from interviewer.channels import wire
from interviewer.channels.problems import MEDIA_TYPE
from interviewer.channels.resources import Problem

REF = "#/components/schemas/{model}"

Document = dict[str, Any]
"""A JSON document; Any, since its shape is OpenAPI's."""


def describe(app: FastAPI) -> None:
    """Have the app describe itself by `document`."""

    def described() -> Document:
        if app.openapi_schema is None:
            app.openapi_schema = document(app)
        return app.openapi_schema

    app.openapi = described  # type: ignore[method-assign]  # FastAPI's own way of giving it another document


def document(app: FastAPI) -> Document:
    """The app's OpenAPI document, with the socket's frames as `ClientFrame` and `ServerFrame`."""
    made = get_openapi(
        title="Interviewer",
        version=app.version,
        summary="A mock interviewer for system design interviews.",
        description=(
            "Errors are application/problem+json. Sign in by cookie in a browser, or by a bearer token. "
            "A room is followed by the WebSocket /v1/ws (subprotocol chat.v1), by long poll or by server-sent events."
        ),
        routes=app.routes,
    )
    components = made.setdefault("components", {})
    schemas = components.setdefault("schemas", {})
    for name, schema in (*_frames().items(), ("Problem", Problem.model_json_schema(ref_template=REF))):
        schemas.setdefault(name, schema)
    components["schemas"] = dict(sorted(schemas.items()))
    components["securitySchemes"] = {
        "token": {"type": "http", "scheme": "bearer"},
        "cookie": {"type": "apiKey", "in": "cookie", "name": "interviewer-session"},
    }
    made["security"] = [{"token": []}, {"cookie": []}]
    made["paths"]["/v1/ws"] = {"get": _SOCKET}
    _tell_problems_alone(made)
    made["paths"] = dict(sorted(made["paths"].items()))
    return made


def text(app: FastAPI) -> str:
    """The document as it is committed."""
    return json.dumps(document(app), indent=1, ensure_ascii=False) + "\n"


def _frames() -> Document:
    """The schemas of all frames, by name."""
    client: TypeAdapter[wire.FromClient] = wire.CLIENT_FRAMES
    server: TypeAdapter[wire.FromServer] = TypeAdapter(wire.FromServer)
    made, shared = TypeAdapter.json_schemas(
        [("client", "validation", client), ("server", "serialization", server)], ref_template=REF
    )
    return {
        **shared["$defs"],
        "ClientFrame": made[("client", "validation")],
        "ServerFrame": made[("server", "serialization")],
    }


def _tell_problems_alone(made: Document) -> None:
    """FastAPI documents its own shape for 422, which no route of ours gives."""
    for operations in made["paths"].values():
        for operation in operations.values():
            refused = operation.get("responses", {}).get("422")
            if refused is not None:
                refused["content"] = {MEDIA_TYPE: {"schema": {"$ref": REF.format(model="Problem")}}}
    for name in ("HTTPValidationError", "ValidationError"):
        made["components"]["schemas"].pop(name, None)


_SOCKET: Document = {
    "tags": ["conversation"],
    "summary": "Follow Session",
    "operationId": "follow_session",
    "description": (
        "A WebSocket with the subprotocol chat.v1: JSON text frames, `ClientFrame` from the client and `ServerFrame` "
        "from the server. The first frame is a hello with a ticket, within five seconds."
    ),
    "security": [],
    "responses": {
        "101": {
            "description": "Switching protocols; then frames",
            "content": {
                "application/json": {
                    "schema": {
                        "oneOf": [
                            {"$ref": REF.format(model="ClientFrame")},
                            {"$ref": REF.format(model="ServerFrame")},
                        ]
                    }
                }
            },
        },
        "403": {"description": "Another site's page asked"},
    },
}
