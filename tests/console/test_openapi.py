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


def test_whatever_answers_with_json_says_in_which_shape() -> None:
    answers = {
        f"{method.upper()} {path}": content["application/json"]["schema"]
        for path, operations in openapi()["paths"].items()
        for method, operation in operations.items()
        for status, answer in operation["responses"].items()
        if status.startswith("2") and "application/json" in (content := answer.get("content", {}))
    }
    assert len(answers) > 60
    assert [name for name, schema in answers.items() if not schema] == []
