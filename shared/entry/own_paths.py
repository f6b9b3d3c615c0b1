"""The paths that the entry answers itself, as they appear in `/openapi.json`."""

from __future__ import annotations

from typing import Any, Final

from shared.runtime.http.openapi import SECURITY

_INSTANT: Final = {"type": "string", "format": "date-time", "examples": ["2026-11-23T06:00:00Z"]}
_COUNT: Final = {"type": "integer", "minimum": 0}
_SECURED: Final[list[dict[str, list[str]]]] = [{name: []} for name in SECURITY]

OWN_SCHEMAS: Final[dict[str, Any]] = {
    "Clock": {
        "type": "object",
        "required": ["now", "test"],
        "properties": {"now": _INSTANT, "test": {"type": "boolean"}},
    },
    "Conservation": {
        "type": "object",
        "description": "Where every record of a span of service time has gone. `balanced`: accepted is the sum of the "
        "six places, and records in are accepted, duplicates, conflicts and malformed.",
        "properties": {
            **{
                name: _COUNT
                for name in (
                    *("records_in", "duplicates", "conflicts", "malformed", "accepted"),
                    *("billed", "allowance", "unbilled", "parked", "not_billable", "retracted"),
                )
            },
            "quarantined": {"type": "object", "additionalProperties": _COUNT},
            "balanced": {"type": "boolean"},
        },
    },
}


def _body(**properties: Any) -> dict[str, Any]:
    schema = {"type": "object", "required": list(properties), "properties": properties, "additionalProperties": False}
    return {"required": True, "content": {"application/json": {"schema": schema}}}


def _operation(name: str, summary: str, schema: str, **more: Any) -> dict[str, Any]:
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
    refused = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {
        "operationId": f"entry_{name}",
        "summary": summary,
        "tags": ["system"],
        "security": _SECURED,
        "responses": {
            "200": {"description": summary, "content": content},
            "4XX": {"description": "Refused; the problem says why, and which field.", "content": refused},
        },
        **more,
    }


def _bound(name: str) -> dict[str, Any]:
    description = "an instant, or a date meaning its first moment in UTC"
    return {"name": name, "in": "query", "schema": {"type": "string"}, "description": description}


OWN_PATHS: Final[dict[str, Any]] = {
    "/v1/clock": {
        "get": _operation("clock", "What time it is for the system", "Clock"),
        "put": _operation(
            "set_clock",
            "Set the test clock; null lets it run with real time again",
            "Clock",
            requestBody=_body(now={"anyOf": [_INSTANT, {"type": "null"}]}),
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
    "/v1/proof/conservation": {
        "get": _operation(
            "conservation",
            "Where every usage record has gone",
            "Conservation",
            parameters=[_bound("from"), _bound("to")],
        )
    },
}
