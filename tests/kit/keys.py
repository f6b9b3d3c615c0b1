"""An API key without a process that makes it: what `meterlog keys create` starts takes half a second of a processor."""

from __future__ import annotations

import asyncpg

from services.reporting.identity.keys import create_key


async def make_key(dsn: str, role: str, name: str) -> dict[str, str]:
    """As `meterlog.cli.keys` has it, in the database of reporting, whose service is there already."""
    connection = await asyncpg.connect(dsn)
    try:
        made = await create_key(connection, name=name, role=role, created_by="cli")
    finally:
        await connection.close()
    return {"id": made.api_key.key_id, "key": made.key}
