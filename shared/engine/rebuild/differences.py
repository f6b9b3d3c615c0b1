"""In which rows two builds of a table differ: both are read in the order of their keys, side by side.

    charge_row, partition 2:   (2,ch-9f3)   differs
                               (2,ch-a04)   only shown

Only keys are told, never what a row holds: names are sealed, but amounts of a customer are nobody's business here.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Final, Literal

from shared.engine.postgres import Connection
from shared.engine.rebuild.digest import SESSION, Table, quoted

EXAMPLES_MAX: Final = 5
_PAGE: Final = 2_000

Row = tuple[str, int]
"""Key and hash of the whole row."""


@dataclass(frozen=True)
class Example:
    key: str
    found: Literal["differs", "only shown", "only rebuilt"]


async def rows_in_order(connection: Connection, schema: str, table: Table, partition: int) -> AsyncIterator[Row]:
    """By the bytes of the key's text, which is also the order of Python's strings. Within a transaction."""
    await connection.execute(SESSION)
    key = ", ".join(f"whole_row.{quoted(name)}" for name in table.key)
    sql = (
        f"select row({key})::text as key, hashtextextended(whole_row::text, 0) as content"
        f" from {schema}.{quoted(table.name)} as whole_row where partition = $1"
        f' order by row({key})::text collate "C", 2'
    )
    async for row in connection.cursor(sql, partition, prefetch=_PAGE, timeout=None):
        yield row["key"], row["content"]


async def examples(shown: AsyncIterator[Row], rebuilt: AsyncIterator[Row]) -> list[Example]:
    """The first rows that differ, a few of them."""
    found: list[Example] = []
    before, after = await anext(shown, None), await anext(rebuilt, None)
    while (before or after) and len(found) < EXAMPLES_MAX:
        if after is None or (before is not None and before[0] < after[0]):
            assert before is not None
            found.append(Example(before[0], "only shown"))
            before = await anext(shown, None)
        elif before is None or after[0] < before[0]:
            found.append(Example(after[0], "only rebuilt"))
            after = await anext(rebuilt, None)
        else:
            if before[1] != after[1]:
                found.append(Example(before[0], "differs"))
            before, after = await anext(shown, None), await anext(rebuilt, None)
    return found
