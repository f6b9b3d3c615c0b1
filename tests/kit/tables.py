"""What a tables.sql says of its columns, read without a database.

tables("create table jar (partition int not null, id text not null, note text, primary key (partition, id));")
{"jar": Table(columns={"partition": Typed("int", False), ...}, key=("partition", "id"))}
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

_TABLE: Final = re.compile(r"create table (\w+) \((.*?)\n\)[^;]*;", re.DOTALL)
_COLUMN: Final = re.compile(r"(\w+)\s+([a-z]+(?:\[\])?)(.*)", re.DOTALL)


class Typed(NamedTuple):
    kind: str
    nullable: bool


class Table(NamedTuple):
    columns: dict[str, Typed]
    key: tuple[str, ...]


def tables(sql: str) -> dict[str, Table]:
    """Every `create table` of the text."""
    plain = re.sub(r"--[^\n]*", "", sql)
    return {found[1]: _table(_items(found[2])) for found in _TABLE.finditer(plain)}


def _table(items: list[str]) -> Table:
    key: tuple[str, ...] = ()
    columns: dict[str, Typed] = {}
    for item in items:
        if item.startswith("primary key"):
            key = tuple(re.findall(r"\w+", item.removeprefix("primary key")))
        elif (found := _COLUMN.match(item)) and found[1] not in ("unique", "check", "foreign", "constraint"):
            nullable = "not null" not in found[3] and "primary key" not in found[3]
            columns[found[1]] = Typed(found[2], nullable)
            key = (found[1],) if "primary key" in found[3] else key
    return Table(columns, key)


def _items(body: str) -> list[str]:
    """The items between the commas that stand in no bracket."""
    items, depth, start = [], 0, 0
    for n, character in enumerate(body):
        depth += {"(": 1, ")": -1}.get(character, 0)
        if character == "," and not depth:
            items.append(body[start:n].strip())
            start = n + 1
    return [*items, body[start:].strip()]
