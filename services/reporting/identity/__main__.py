"""Make an API key in a database, for `meterlog keys create`: before the first one, nobody can ask the API for it.

    METERLOG_REPORTING_POSTGRES_DSN=postgresql://… python -m services.reporting.identity --role admin --name first
    {"id": "qk3x…", "key": "mk_qk3x…_…"}

It works on a database that no service has prepared yet: what is missing of the durable tables is created.
"""

from __future__ import annotations

import argparse
import asyncio
import json
from pathlib import Path
from typing import Final

import asyncpg

from services.reporting.identity.keys import NewKey, create_key
from shared.runtime.auth import ROLES
from shared.runtime.settings import Settings

_DURABLE: Final = Path(__file__).parent.parent / "durable.sql"


def main() -> None:
    """Print the new key as one JSON object."""
    parser = argparse.ArgumentParser(description="Make an API key.")
    parser.add_argument("--role", required=True, choices=tuple(ROLES))
    parser.add_argument("--name", required=True)
    given = parser.parse_args()
    made = asyncio.run(_create(Settings().postgres_dsn_of("reporting"), given.name, given.role))
    print(json.dumps({"id": made.api_key.key_id, "key": made.key}), flush=True)


async def _create(dsn: str, name: str, role: str) -> NewKey:
    connection = await asyncpg.connect(dsn)
    try:
        if await connection.fetchval("select to_regclass('durable.api_key')") is None:
            await connection.execute("create schema if not exists durable")
            await connection.execute(_DURABLE.read_text())
        return await create_key(connection, name=name, role=role, created_by="cli")
    finally:
        await connection.close()


if __name__ == "__main__":
    main()
