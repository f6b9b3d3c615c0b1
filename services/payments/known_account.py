"""The account that a path names. One just opened in rating arrives here within some milliseconds, so it is waited for.

row = await known_account(api, "acc-1", "select currency from payer_row where account_id = $1")
"""

from __future__ import annotations

from typing import Final

import asyncpg

from shared.http.api import Api
from shared.http.problems import not_found
from shared.http.waiting import until

_WAIT_S: Final = 0.4


async def known_account(api: Api, account_id: str, query: str) -> asyncpg.Record:
    """What `query` finds of the account. Raises `not_found`."""
    row: asyncpg.Record | None = await until(
        lambda: api.db.fetchrow(query, account_id), lambda found: found is not None, wait_s=_WAIT_S
    )
    if row is None:
        raise not_found("account", account_id)
    return row
