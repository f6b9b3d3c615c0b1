"""The console's client is generated from console/openapi.json, and that is what the services say of themselves."""

from __future__ import annotations

import json
from pathlib import Path

from shared.cli.docs.openapi import openapi, openapi_text

SAVED = Path(__file__).parents[2] / "console" / "openapi.json"
AFTER_A_CHANGE = "run `meterlog docs openapi`, then `npm --prefix console run api`"


def test_the_saved_document_is_what_the_services_serve() -> None:
    assert json.loads(SAVED.read_text()) == openapi(), AFTER_A_CHANGE
    assert SAVED.read_text() == openapi_text(), AFTER_A_CHANGE


def test_whatever_answers_with_json_to_the_console_says_in_which_shape() -> None:
    asked = ("/v1/invoices", "/v1/payments", "/v1/charges/", "/v1/overview", "/v1/health", "/v1/events", "/v1/session")
    answers = {
        path: operations["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        for path, operations in openapi()["paths"].items()
        if path.startswith(asked) and "get" in operations and not path.endswith("/pdf")
    }
    assert len(answers) > 10
    assert [path for path, schema in answers.items() if not schema] == []
