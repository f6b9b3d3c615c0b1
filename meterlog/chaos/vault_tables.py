"""The vault's tables, carried over a restore: they have a backup of their own, and no log brings them back.

vault = await VaultTables.taken(dsn)      # from here on nobody else is connected to it
...                                       # files of an earlier moment take the place of today's
await vault.put(dsn)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Self

import asyncpg

DATABASE: Final = "meterlog_vault"

_TABLES: Final = "select tablename from pg_tables where schemaname = 'public' order by tablename"


@dataclass(frozen=True)
class VaultTables:
    """All rows of all tables, by table."""

    rows: Mapping[str, Sequence[tuple[Any, ...]]]

    @classmethod
    async def taken(cls, dsn: str) -> Self:
        """By the administrator."""
        connection = await asyncpg.connect(dsn, database=DATABASE)
        try:
            tables = [row["tablename"] for row in await connection.fetch(_TABLES)]
            found = {table: await connection.fetch(f'select * from public."{table}"') for table in tables}
        finally:
            await connection.close()
        return cls({table: [tuple(row) for row in rows] for table, rows in found.items()})

    async def put(self, dsn: str) -> None:
        """In the place of what the vault holds there."""
        connection = await asyncpg.connect(dsn, database=DATABASE)
        try:
            async with connection.transaction():
                for table, rows in self.rows.items():
                    await connection.execute(f'delete from public."{table}"')
                    await connection.copy_records_to_table(table, schema_name="public", records=rows)
        finally:
            await connection.close()
