"""docs/security.md names a test for each of the ten risks, and each of them exists."""

from __future__ import annotations

import ast
import re

from services.reporting.identity.changes import event_types
from services.reporting.service import SERVICE
from tests.contracts.catalogues import DOCS
from tests.kit.source import TESTS, tree

PAGE = (DOCS / "security.md").read_text()


def named() -> dict[str, list[str]]:
    rows = re.findall(r"^\| (API\d+) .*?\| .* \| (.*?) \|$", PAGE, re.MULTILINE)
    return {risk: re.findall(r"`(test_\w+)`", tests) for risk, tests in rows}


def test_each_risk_of_the_ten_names_a_test() -> None:
    assert list(named()) == [f"API{n}" for n in range(1, 11)]
    assert [risk for risk, tests in named().items() if not tests] == []


def test_every_test_that_is_named_exists() -> None:
    there = {
        node.name
        for file in TESTS
        for node in ast.walk(tree(file))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert {test for tests in named().values() for test in tests} - there == set()


def test_every_kind_of_access_event_is_on_the_page() -> None:
    assert SERVICE.durable, "all that change access are there"
    section = PAGE.partition("Types: ")[2].partition("\n")[0]
    said = set(re.findall(r"\w+", section.partition("`.")[0]))
    assert said == {kind.split(".")[1] for kind in event_types()}
