"""A row class and its table say the same: the columns, their types, which may be null, and the key."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from shared.engine.rows import Change, Columns, Row, columns
from tests.kit.tables import Table, tables

ROOT = Path(__file__).parents[2]
# Services whose tables all have a row class; one that has joined stays.
DECLARED_ALL = ("payments", "reporting")
# What only retractions write, by statements of their own: they are rare, and the hot writers do not carry it.
RETRACTED_COLUMNS = {"usage_day": {"withdrawn", "pages"}, "late_usage_day": {"withdrawn", "credited", "pages"}}
RETRACTED_TABLES = {"credited_usage", "usage_retraction"}

_ALIKE = {"int": "bigint", "integer": "bigint", "smallint": "bigint", "smallint[]": "bigint[]", "int[]": "bigint[]"}


def declared() -> list[type[Columns]]:
    """Every row class of the services, but for columns that several have in common."""
    for file in (ROOT / "services").rglob("*.py"):
        if "shared.engine.rows import" in file.read_text():
            importlib.import_module(".".join(file.relative_to(ROOT).with_suffix("").parts))
    own = {row for row in _below(Columns) if issubclass(row, (Row, Change)) or not row.__subclasses__()}
    return sorted(own, key=lambda row: (row.__module__, row.__name__))


def _below(row: type[Columns]) -> Iterator[type[Columns]]:
    for sub in row.__subclasses__():
        if sub.__module__.startswith("services."):
            yield sub
        yield from _below(sub)


def table_of(row: type[Columns]) -> Table:
    service = ROOT / "services" / row.__module__.split(".")[1]
    found = [
        table
        for file in service.rglob("tables.sql")
        for name, table in tables(file.read_text()).items()
        if name == row.TABLE
    ]
    assert len(found) == 1, f"{row.TABLE} is created in {len(found)} tables.sql of {service.name}"
    return found[0]


def said(row: type[Columns]) -> dict[str, tuple[str, bool]]:
    return {column.name: (column.kind, column.nullable) for column in columns(row)}


def kept(table: Table) -> dict[str, tuple[str, bool]]:
    return {
        name: (_ALIKE.get(column.kind, column.kind), column.nullable and name not in table.key)
        for name, column in table.columns.items()
        if name != "partition"
    }


@pytest.mark.parametrize("row", declared(), ids=lambda row: f"{row.__module__}.{row.__name__}")
def test_a_row_class_and_its_table_agree(row: type[Columns]) -> None:
    table = table_of(row)
    assert "partition" in table.columns
    if issubclass(row, Row):
        apart = RETRACTED_COLUMNS.get(row.TABLE, set())
        assert said(row) == {name: column for name, column in kept(table).items() if name not in apart}
        assert {"partition", *row.KEY} == set(table.key)
    else:
        assert issubclass(row, Change)
        # What is added to a column that may be null is never null itself.
        types = {name: kind for name, (kind, _) in said(row).items()}
        assert types.items() <= {name: kind for name, (kind, _) in kept(table).items()}.items()
        assert set(row.KEY) < set(types)


@pytest.mark.parametrize("service", DECLARED_ALL)
def test_every_table_has_a_row_class(service: str) -> None:
    written = [file.read_text() for file in (ROOT / "services" / service).rglob("tables.sql")]
    by_triggers = {name for sql in written for name in re.findall(r"keep_sums\(\s*'(\w+)'", sql)}
    made = {name for sql in written for name in tables(sql)} - by_triggers
    found = {row.TABLE for row in declared() if issubclass(row, Row) and row.__module__.split(".")[1] == service}
    assert found == made - RETRACTED_TABLES, "what a table says is said once, in its row class (shared/engine/rows.py)"
