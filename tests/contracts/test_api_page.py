"""docs/api.md lists every endpoint and every command there is, and none that is not.

In section 6 a row's first cell names its endpoints: `POST /v1/plans`, `GET` (the same path), `GET …/{id}` (below it).
"""

from __future__ import annotations

import importlib
import re
from collections import Counter
from types import SimpleNamespace
from typing import Any, Final, cast

import pytest
import typer.main

from meterlog.cli.main import app as command_line
from meterlog.entry.document import merge
from meterlog.installation import SERVICES
from services.rating.pricing.engine.catalogue import CONTRACT_WORDS, models
from shared.engine.settings import Settings
from shared.http.openapi import describe
from shared.http.server import build_app
from tests.contracts.catalogues import DOCS

PAGE: Final = (DOCS / "api.md").read_text()
_SPAN: Final = re.compile(r"`(GET|POST|PUT|PATCH|DELETE)(?: ([/…][^ ?`]*)[^`]*)?`")
_PARAMETER: Final = re.compile(r"\{\w+\}")


def documented() -> set[tuple[str, str]]:
    """Method and path of every endpoint on the page, parameters without their names."""
    section = PAGE.partition("\n## 6. ")[2].partition("\n## 7. ")[0]
    found = set()
    for row in re.findall(r"^\| (`.*?) \|", section, re.MULTILINE):
        base = ""
        for method, path in _SPAN.findall(row):
            base = base or path
            found.add((method, path.replace("…", base) or base))
    return {(method, _PARAMETER.sub("{}", path)) for method, path in found if path.startswith("/v1/")}


@pytest.fixture(scope="module")
def served() -> set[tuple[str, str]]:
    """The same, from the OpenAPI document."""
    paths = merge({service: _part(service) for service in SERVICES})["paths"]
    return {(method.upper(), _PARAMETER.sub("{}", path)) for path, methods in paths.items() for method in methods}


def _part(service: str) -> dict[str, Any]:
    spec = importlib.import_module(f"services.{service}.app").SERVICE
    runtime = SimpleNamespace(service=spec, settings=Settings(), pool=None, clock=None)
    app = build_app(cast(Any, runtime), bus=cast(Any, object()), vault=cast(Any, None))
    return describe(app, service, commands=False)


def test_every_endpoint_is_on_the_page(served: set[tuple[str, str]]) -> None:
    patterns = {(method, re.compile(re.escape(path).replace(r"\{\}", "[^/]+"))) for method, path in documented()}
    missing = {
        (method, path)
        for method, path in served
        if not any(method == known and pattern.fullmatch(path) for known, pattern in patterns)
    }
    assert not missing


def test_every_endpoint_on_the_page_is_served(served: set[tuple[str, str]]) -> None:
    assert documented() <= served


def test_nothing_is_said_twice() -> None:
    """Branches that are merged leave a row or a paragraph in two versions, and a reader believes the wrong one."""
    rows = re.findall(r"^\| (`(?:GET|POST|PUT|PATCH|DELETE).*?) \|", PAGE, re.MULTILINE)
    openings = [line.rstrip()[:60] for line in PAGE.splitlines() if len(line) > 60 and line[0] not in " |{"]
    assert [said for said, times in Counter(rows + openings).items() if times > 1] == []


def test_what_this_version_has_not_is_named_as_unsupported() -> None:
    section = PAGE.partition("\n## 8. ")[2]
    for word in CONTRACT_WORDS - models().keys():
        assert re.search(rf"\b{word}\b", section), word


def test_every_command_is_on_the_page() -> None:
    section = PAGE.partition("\n## 7. ")[2].partition("\n## 8. ")[0]
    commands = cast(Any, typer.main.get_command(command_line)).commands
    for name, command in commands.items():
        for full in [f"{name} {below}" for below in getattr(command, "commands", ())] or [name]:
            assert f"`meterlog {full}" in section or f"`{full}`" in section, f"meterlog {full}"
