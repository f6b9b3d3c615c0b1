"""Schemas with a name of their own, where a framework would write them out at every place that uses them.

    items: Annotated[list[Any], WithJsonSchema({"type": "array", "items": named("Price")})]
    openapi_extra = {"requestBody": ..., **defining({"Price": price_schema()})}

A generated client gets a class for each name. `#/components/schemas/` is where references inside the schemas point.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

REF: Final = "#/components/schemas/"
_NAMED: Final = "x-named"
_DEFINING: Final = "x-defining"


def named(name: str) -> dict[str, Any]:
    """A place for a schema that is defined elsewhere. No `$ref` yet: pydantic would look for it among its own."""
    return {_NAMED: name}


def defining(schemas: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """What a route's `openapi_extra` brings along; `$defs` of a schema become components as well."""
    return {_DEFINING: dict(schemas)}


def settle_names(document: dict[str, Any]) -> None:
    """Put what routes define among the components, references in the places for them, and one title to each."""
    schemas: dict[str, Any] = document["components"]["schemas"]
    for operations in document.get("paths", {}).values():
        for operation in operations.values():
            for name, schema in operation.pop(_DEFINING, {}).items():
                _define(schemas, name, schema)
    for part in (document.get("paths", {}), schemas):
        _refer(part)
    _shorten(document)
    schemas = document["components"]["schemas"]
    for name, schema in schemas.items():
        schema["title"] = name


def _shorten(document: dict[str, Any]) -> None:
    """Two classes of one name in one service are told apart by their packages, and not by their whole paths.

    `services__rating__plan__bodies__TermBody` becomes `PlanTermBody`.
    """
    schemas = document["components"]["schemas"]
    short = {name: _short(name) for name in schemas if "__" in name}
    document["components"]["schemas"] = {short.get(name, name): schema for name, schema in schemas.items()}
    _rename({REF + name: REF + shorter for name, shorter in short.items()}, document)


def _short(name: str) -> str:
    parts = name.split("__")
    return "".join(word.capitalize() for word in parts[2].split("_")) + parts[-1]


def _rename(references: Mapping[str, str], node: Any) -> None:
    children = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    for child in children:
        if isinstance(child, dict) and child.get("$ref") in references:
            child["$ref"] = references[child["$ref"]]
        _rename(references, child)


def _define(schemas: dict[str, Any], name: str, schema: Mapping[str, Any]) -> None:
    for inner, definition in schema.get("$defs", {}).items():
        _define(schemas, inner, definition)
    schemas[name] = {key: value for key, value in schema.items() if key != "$defs"}


def _refer(node: Any) -> None:
    children = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    for child in children:
        if isinstance(child, dict) and _NAMED in child:
            child["$ref"] = REF + child.pop(_NAMED)
        _refer(child)
