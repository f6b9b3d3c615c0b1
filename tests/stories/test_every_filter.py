"""Every parameter of every list, as the OpenAPI document says it: a page of the demo or a reason, never a crash."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from itertools import product
from typing import Any, Final

import httpx
import pytest

from tests.kit.stacks import DemoStack

pytestmark = pytest.mark.servers

_AT_ONCE: Final = 8
_OF_PAGES: Final = frozenset({"cursor", "page", "size", "limit"})
_SPANS: Final = ("date", "date-time")


def value_of(name: str, schema: dict[str, Any]) -> str:
    """Some value that the schema takes."""
    if "anyOf" in schema:
        schema = next(one for one in schema["anyOf"] if one.get("type") != "null")
    if schema.get("type") == "array":
        schema = schema["items"]
    if "enum" in schema:
        return str(schema["enum"][0])
    by_format = {"date": "2026-09-01", "date-time": "2026-09-01T00:00:00Z", "decimal": "1.50"}
    if name == "currency":
        return "EUR"
    if schema.get("format") in by_format:
        return by_format[schema["format"]]
    by_type = {"integer": str(max(1, schema.get("minimum", 1))), "boolean": "true"}
    return by_type.get(schema.get("type", ""), "a")


def questions(operation: dict[str, Any]) -> Iterator[dict[str, str]]:
    """Each parameter alone, and each order of the list with each span, for few rows are put in order otherwise."""
    schemas = {one["name"]: one["schema"] for one in operation.get("parameters", []) if one["in"] == "query"}
    spans = [name for name, schema in schemas.items() if schema.get("format") in _SPANS]
    for name, schema in schemas.items():
        if name not in _OF_PAGES:
            yield {name: value_of(name, schema)}
    for order, span in product(schemas.get("sort", {}).get("enum", []), spans[:2]):
        yield {"sort": order, span: value_of(span, schemas[span])}


async def test_no_list_crashes_whatever_its_parameters(demo: DemoStack) -> None:
    headers = {"Authorization": f"Bearer {demo.played.admin_key}"}
    async with httpx.AsyncClient(base_url=demo.stack.base_url, headers=headers, timeout=60) as http:
        paths = (await http.get("/openapi.json")).json()["paths"]
        asked = [
            (path, question)
            for path, operations in paths.items()
            if "get" in operations and "{" not in path and path != "/v1/stream"
            for question in questions(operations["get"])
        ]
        assert len(asked) > 500
        room = asyncio.Semaphore(_AT_ONCE)

        async def ask(path: str, question: dict[str, str]) -> tuple[int, str, dict[str, str]]:
            async with room:
                return (await http.get(path, params=question)).status_code, path, question

        answers = await asyncio.gather(*(ask(path, question) for path, question in asked))
    assert [answer for answer in answers if answer[0] >= 500] == []
    # Nearly all are pages; where an example means nothing (a value of its own kind, two that exclude each other), 4xx.
    assert sum(status == 200 for status, _, _ in answers) > len(answers) * 0.8
