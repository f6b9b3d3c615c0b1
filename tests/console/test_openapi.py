"""The console's client is generated from console/openapi.json, and that is what the services say of themselves."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from meterlog.cli.docs.openapi import openapi_text

CONSOLE = Path(__file__).parents[2] / "console"
NODE = Path(sys.executable).parent / "node"
SAVED = CONSOLE / "openapi.json"
AFTER_A_CHANGE = "run `meterlog docs openapi`, then `npm --prefix console run api`"


@cache
def text() -> str:
    """As the services describe themselves, which takes a second or two."""
    return openapi_text()


@cache
def document() -> dict[str, Any]:
    described: dict[str, Any] = json.loads(text())
    return described


def operations() -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (method, path, operation)
        for path, methods in document()["paths"].items()
        for method, operation in methods.items()
    ]


def test_the_saved_document_is_what_the_services_serve() -> None:
    assert json.loads(SAVED.read_text()) == document(), AFTER_A_CHANGE
    assert SAVED.read_text() == text(), AFTER_A_CHANGE


def test_whatever_answers_with_json_says_in_which_shape() -> None:
    answers = {
        f"{method.upper()} {path}": content["application/json"]["schema"]
        for method, path, operation in operations()
        for status, answer in operation["responses"].items()
        if status.startswith("2") and "application/json" in (content := answer.get("content", {}))
    }
    assert len(answers) > 60
    assert [name for name, schema in answers.items() if not schema] == []


def test_every_part_of_a_path_is_declared_and_nothing_else() -> None:
    for method, path, operation in operations():
        declared = [part["name"] for part in operation.get("parameters", []) if part["in"] == "path"]
        assert sorted(declared) == sorted(re.findall(r"\{(\w+)\}", path)), f"{method} {path}"


def test_every_schema_has_a_name_and_a_title_of_its_own() -> None:
    schemas = document()["components"]["schemas"]
    assert {name: schema["title"] for name, schema in schemas.items()} == {name: name for name in schemas}


def test_a_problem_is_one_schema_whichever_process_says_it() -> None:
    """The entry runs beside the services, and knows a problem only as it is written down: with its title."""
    written = subprocess.run(
        [sys.executable, "-c", "from shared.http.openapi import PROBLEM; print(PROBLEM['title'])"],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert written.stdout.strip() == "Problem"
    assert [name for name in document()["components"]["schemas"] if name.endswith("Problem")] == ["Problem"]


def test_no_schema_is_named_by_the_module_it_is_in() -> None:
    """Two classes of one name in one service are told apart by their paths, and a client has classes named so."""
    assert [name for name in document()["components"]["schemas"] if "__" in name] == []


PUBLIC = (
    ("post", "/v1/session"),
    ("post", "/v1/session/password-link"),
    ("post", "/v1/session/passkey"),
    ("post", "/v1/session/passkey-challenge"),
    ("get", "/v1/session/provider"),
    ("post", "/v1/session/provider"),
    ("post", "/v1/session/provider/callback"),
    ("post", "/v1/gateways/{name}/webhook"),
    ("get", "/v1/payment-links/{token}"),
    ("get", "/v1/payment-links/{token}/code.svg"),
)
"""Signing in, by a passkey and a provider too, a password by a link; a gateway signs what it tells; a link to pay by is
a signature itself."""


def test_every_operation_may_fail_and_says_who_may_call_it() -> None:
    for method, path, operation in operations():
        assert {"4XX", "5XX"} <= set(operation["responses"]), f"{method} {path}"
        assert bool(operation["security"]) is not ((method, path) in PUBLIC), f"{method} {path}"


def test_a_write_may_answer_202_and_takes_the_three_headers() -> None:
    """A command of a service; what reporting and the entry write is no command; usage and jobs are always 202."""
    commands = [
        (f"{method} {path}", path, operation)
        for method, path, operation in operations()
        if method != "get"
        and operation["operationId"].partition("_")[0] not in ("reporting", "entry")
        and path not in ("/v1/pricing/quotes", "/v1/plans/{plan_id}/simulate", "/v1/tax/quotes", "/v1/dunning/dry-run")
        and path not in ("/v1/usage/records", "/v1/usage/files", "/v1/dunning/pause-jobs")
    ]
    assert len(commands) >= 14
    for name, path, operation in commands:
        headers = {part["name"] for part in operation["parameters"] if part["in"] == "header"}
        changes = "{" in path or not name.startswith("post ")
        assert headers == {"Position", "Idempotency-Key"} | ({"If-Match"} if changes else set()), name
        schema = operation["responses"]["202"]["content"]["application/json"]["schema"]
        assert schema == {"$ref": "#/components/schemas/Pending"}, name
        done = next(status for status in operation["responses"] if status in ("200", "201", "204"))
        assert "Position" in operation["responses"][done]["headers"], name


def test_a_body_that_may_be_left_out_is_described_by_what_it_is_when_sent() -> None:
    """A generated client that finds "or null" there sends its own mark for "nothing" as JSON, and fails."""
    optional = {
        f"{method} {path}": content["schema"]
        for method, path, operation in operations()
        if not operation.get("requestBody", {"required": True}).get("required", False)
        for content in operation["requestBody"]["content"].values()
    }
    assert len(optional) >= 9
    assert [name for name, schema in optional.items() if {"type": "null"} in schema.get("anyOf", ())] == []


def integers(node: Any, at: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every integer of a schema, with its place."""
    if isinstance(node, dict):
        if node.get("type") == "integer":
            yield at, node
        for name, value in node.items():
            yield from integers(value, f"{at}/{name}")
    elif isinstance(node, list):
        for n, value in enumerate(node):
            yield from integers(value, f"{at}/{n}")


def test_every_number_that_is_sent_has_bounds() -> None:
    """One that no message or column holds was a command that nobody could take, and an answer of 500."""
    schemas, known, pending = (
        document()["components"]["schemas"],
        set[str](),
        [operation["requestBody"] for _, _, operation in operations() if "requestBody" in operation],
    )
    unbounded: list[str] = []
    while pending:
        part = pending.pop()
        unbounded += [f"{part.get('title', '')}{at}" for at, found in integers(part) if not bounded(found)]
        named = set(re.findall(r"#/components/schemas/([^\"]+)", json.dumps(part))) - known
        known |= named
        pending += [schemas[name] for name in named]
    asked = [
        (f"{method} {path}", part["name"], part["schema"])
        for method, path, operation in operations()
        for part in operation.get("parameters", [])
        # A list takes any page that a number can say, and refuses what is no page of it.
        if part["in"] == "query" and part["name"] != "page"
    ]
    unbounded += [f"{name} {key}" for name, key, schema in asked for _, found in integers(schema) if not bounded(found)]
    assert (unbounded, len(known) > 100) == ([], True)


def bounded(schema: dict[str, Any]) -> bool:
    return "enum" in schema or "const" in schema or {"minimum", "maximum"} <= schema.keys()


def test_what_is_no_command_says_nothing_of_one() -> None:
    for method, path, operation in operations():
        if method == "get" or operation["operationId"].startswith(("reporting_", "entry_")):
            # A mail that goes out later is accepted too, and says so itself.
            accepted = operation["responses"].get("202", {"description": "Successful Response"})
            assert accepted["description"] == "Successful Response", f"{method} {path}"


def test_prices_are_told_apart_by_their_model() -> None:
    schemas = document()["components"]["schemas"]
    discriminator = schemas["Price"]["discriminator"]
    assert discriminator["propertyName"] == "model"
    assert set(discriminator["mapping"]) >= {"flat", "graduated", "per_unit"}
    places = (schemas["PlanBody"]["properties"]["prices"]["items"], schemas["UsageQuoteBody"]["properties"]["price"])
    assert places == ({"$ref": "#/components/schemas/Price"},) * 2


def test_the_document_passes_a_linter_that_is_not_ours() -> None:
    if not (CONSOLE / "node_modules").is_dir():
        pytest.skip("console/node_modules is missing: run `make console` first")
    linted = subprocess.run(
        [str(NODE), "--no-warnings", "scripts/lint-api.ts"],
        cwd=CONSOLE,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (linted.returncode, linted.stdout) == (0, ""), linted.stderr
