"""Statements in a Postgres of somebody else, in one transaction."""

from __future__ import annotations

from typing import Final

import asyncpg

from services.usage.network.calls.outcome import Element, Outcome
from services.usage.network.contract import SqlRequest

TIMEOUT_S: Final = 5.0


async def execute(element: Element, request: SqlRequest) -> Outcome:
    """Raises what asyncpg raises, where the database is away."""
    connection = await asyncpg.connect(element.address, password=element.secret or None, timeout=TIMEOUT_S)
    try:
        async with connection.transaction():
            for sql, arguments in request.statements:
                await connection.execute(sql, *arguments, timeout=TIMEOUT_S)
    except asyncpg.PostgresError as error:
        return Outcome("refused", f"{type(error).__name__}: {error}")
    finally:
        await connection.close(timeout=TIMEOUT_S)
    return Outcome("acknowledged", "written")
