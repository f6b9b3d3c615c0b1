"""The paths that the entry answers itself, as they appear in `/openapi.json`."""

from __future__ import annotations

from typing import Any, Final

from pydantic import BaseModel

from meterlog.entry.health import ServicesHealth
from meterlog.entry.rebuilds import RebuildProofPage
from meterlog.installation import SERVICES
from shared.http.openapi import FAILURES, SECURITY

_INSTANT: Final = {"type": "string", "format": "date-time", "examples": ["2026-11-23T06:00:00Z"]}
_SECURED: Final[list[dict[str, list[str]]]] = [{name: []} for name in SECURITY]


def _schemas_of(model: type[BaseModel]) -> dict[str, Any]:
    """A model and what it is made of, each under its name."""
    schema = model.model_json_schema(ref_template="#/components/schemas/{model}", mode="serialization")
    return {**schema.pop("$defs", {}), model.__name__: schema}


def _parameter(name: str, description: str, **schema: Any) -> dict[str, Any]:
    return {"name": name, "in": "query", "schema": schema or {"type": "string"}, "description": description}


OWN_SCHEMAS: Final[dict[str, Any]] = {
    "Clock": {
        "type": "object",
        "required": ["now", "test"],
        "properties": {"now": _INSTANT, "test": {"type": "boolean"}},
    },
    **_schemas_of(RebuildProofPage),
    **_schemas_of(ServicesHealth),
}


def _body(**properties: Any) -> dict[str, Any]:
    schema = {"type": "object", "required": list(properties), "properties": properties, "additionalProperties": False}
    return {"required": True, "content": {"application/json": {"schema": schema}}}


def _operation(name: str, summary: str, schema: str, **more: Any) -> dict[str, Any]:
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
    return {
        "operationId": f"entry_{name}",
        "summary": summary,
        "tags": ["system"],
        "security": _SECURED,
        "responses": {
            "200": {"description": summary, "content": content},
            **FAILURES,
        },
        **more,
    }


OWN_PATHS: Final[dict[str, Any]] = {
    "/v1/clock": {
        "get": _operation("clock", "What time it is for the system", "Clock"),
        "put": _operation(
            "set_clock",
            "Set the test clock; null lets it run again, as DELETE does",
            "Clock",
            requestBody=_body(now={"anyOf": [_INSTANT, {"type": "null"}]}),
        ),
        "delete": _operation(
            "release_clock",
            "Let the test clock run again: with real time, or on from where it stands ahead of it",
            "Clock",
        ),
    },
    "/v1/clock/advance": {
        "post": _operation(
            "advance_clock",
            "Move the test clock; answers when everything due has happened",
            "Clock",
            requestBody=_body(to=_INSTANT),
        )
    },
    "/v1/health/services": {
        "get": _operation("services_health", "Whether each service does its work, seen from outside", "ServicesHealth")
    },
    "/v1/proof/rebuilds": {
        "get": _operation(
            "rebuilds",
            "What verifications and rebuilds have found",
            "RebuildProofPage",
            parameters=[
                _parameter("service", "of this service; may be repeated", type="string", enum=list(SERVICES)),
                _parameter("kind", "of this kind", type="string", enum=["verify", "rebuild"]),
                _parameter("equal", "with this result", type="boolean"),
                _parameter("from", "finished then or later; an instant, or a date meaning its first moment in UTC"),
                _parameter("to", "finished before"),
                _parameter("limit", "so many at once", type="integer", default=50, minimum=1, maximum=500),
                _parameter("cursor", "go on where a list ended: its `next_cursor`"),
                _parameter("page", "in place of limit and cursor, with size", type="integer", minimum=1),
                _parameter("size", "of a page", type="integer", minimum=1, maximum=500),
                _parameter("sort", "`finished_at`, with a minus in front for the newest first", default="-finished_at"),
            ],
        )
    },
}
