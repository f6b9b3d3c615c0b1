"""The account that a path names. One just opened in rating arrives here within some milliseconds, so it is waited for.

row = await known_account(api, "acc-1", "select currency from payer_row where account_id = $1")
"""

from __future__ import annotations

import asyncio
from typing import Final

import asyncpg

from shared.http.api import Api
from shared.http.problems import not_found

_LOOKS: Final = 5
_PAUSE_S: Final = 0.1


async def known_account(api: Api, account_id: str, query: str) -> asyncpg.Record:
    """What `query` finds of the account. Raises `not_found`."""
    for look in range(_LOOKS):
        if look:
            await asyncio.sleep(_PAUSE_S)
        row: asyncpg.Record | None = await api.db.fetchrow(query, account_id)
        if row is not None:
            return row
    raise not_found("account", account_id)
