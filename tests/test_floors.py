"""The floors of the house: meterlog on services on shared, and in shared embedded on http on engine on kernel.

Imports count wherever they stand, also where only types are checked, and names of modules in strings. What else may not
be imported is in the contracts of pyproject.toml.
"""

from __future__ import annotations

import ast
import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Final

import pytest

from meterlog.installation import SERVICES
from tests.kit.source import ROOT, SOURCES, TESTS, named, place, strings_in_code, tree

FLOORS: Final = (
    *("shared.kernel", "shared.engine", "shared.mail", "shared.http", "shared.embedded"),
    *("services", "meterlog"),
)
"""From the ground up: a module imports from its own floor and from those below it."""


def module_of(file: Path) -> str:
    return ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


@cache
def imports() -> dict[str, dict[str, int]]:
    """Of each module of the product those that it imports, with the line; also where only types are checked."""
    there = {module_of(file) for file in SOURCES}
    found: dict[str, dict[str, int]] = {}
    for file in SOURCES:
        imported = found.setdefault(module_of(file), {})
        for node in ast.walk(tree(file)):
            if isinstance(node, ast.ImportFrom) and node.module:
                names = [f"{node.module}.{alias.name}" for alias in node.names]
                names = [name if name in there else node.module for name in names]
            elif isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            else:
                continue
            imported.update({name: node.lineno for name in names if name in there})
    return found


def floor_of(module: str) -> int | None:
    return next((n for n, floor in enumerate(FLOORS) if f"{module}.".startswith(f"{floor}.")), None)


def test_no_arrow_leads_upwards() -> None:
    up = [
        f"{module}:{line} imports {imported}"
        for module, all_imported in imports().items()
        for imported, line in all_imported.items()
        if (here := floor_of(module)) is not None and (there := floor_of(imported)) is not None and there > here
    ]
    assert not up, f"hand it down, or say what is needed as a Protocol: {up}"


@pytest.mark.parametrize("floor", FLOORS)
def test_no_import_leads_round_in_a_circle(floor: str) -> None:
    """What is left when modules that import nothing that is left are taken away, again and again, holds a circle."""
    left = {
        module: {name for name in imported if f"{name}.".startswith(f"{floor}.") and name != module}
        for module, imported in imports().items()
        if f"{module}.".startswith(f"{floor}.")
    }
    while done := {module for module, imported in left.items() if not imported}:
        left = {module: imported - done for module, imported in left.items() if module not in done}
    used = {name for imported in left.values() for name in imported}
    assert not left, f"these import each other in a circle: {sorted(set(left) & used)}"


_CATALOGUES: Final = re.compile(r"services\.(\w+)\.(?:events|commands)")


def test_a_message_is_imported_from_its_aggregate() -> None:
    """`events.py` and `commands.py` of a service are for whole logs; where a class stands, its `messages.py` says."""
    found = [
        f"{place(file, node.lineno)} {alias.name}"
        for file in (*SOURCES, *TESTS)
        for node in ast.walk(tree(file))
        if isinstance(node, ast.ImportFrom) and (catalogue := _CATALOGUES.fullmatch(node.module or ""))
        if not place(file).removeprefix("tests/").startswith(f"services/{catalogue[1]}/")
        for alias in node.names
        if not alias.name.isupper()
    ]
    assert not found, f"take it from the aggregate's messages.py: {found}"


_NAMES_A_SERVICE: Final = re.compile(
    rf"services\.|^(?:{'|'.join(SERVICES)})$|\b(?:{'|'.join(SERVICES)})\.(?:events|commands|guided|reported|dead)\b"
)


def test_shared_names_no_service() -> None:
    """Docstrings give examples; prose may speak of usage. Which services there are says meterlog/installation.py."""
    found = [
        f"{place(file, line)} {text!r}"
        for file in named(".py", "shared")
        for line, text in strings_in_code(file)
        if _NAMES_A_SERVICE.search(text)
    ]
    assert not found, f"take it from what the service or the installation hands over: {found}"


def test_the_contract_of_payments_names_all_its_aggregates() -> None:
    """One that is not named may import what it likes."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    (payments,) = [one for one in contracts if one["name"].startswith("aggregates of payments")]
    there = {f"services.payments.{file.parent.name}" for file in (ROOT / "services/payments").glob("*/aggregate.py")}
    assert set(payments["modules"]) == there
