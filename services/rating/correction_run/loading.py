"""Which accounts a page of a run takes, out of the tables of a partition, which are as of the batch before.

A period that closes in the same batch is not in them; the decider sees that by the account, and leaves it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

import asyncpg

from services.rating.correction_run.walking import ACCOUNTS_PER_PAGE, LINES_PER_PAGE
from shared.engine.postgres import Connection

LIMIT: Final = ACCOUNTS_PER_PAGE + 1
"""One account more than a page has tells whether others follow."""

_OPEN: Final = "select account_id, period_start from account_row where partition = $1 and account_id = any($2)"


class Taken(NamedTuple):
    """An account of a page, where its open period begins, and whether it has more lines than are read."""

    account_id: str
    open_start: date | None
    too_many: bool


async def taken(
    connection: Connection, partition: int, found: Sequence[asyncpg.Record]
) -> tuple[list[Taken], list[str], bool]:
    """Of accounts with their `lines`: those of the page, those whose lines are read, and whether none follow."""
    lines = _that_fit(found)
    rows = await connection.fetch(_OPEN, partition, [*lines])
    opened = {row["account_id"]: row["period_start"] for row in rows}
    accounts = [Taken(name, opened.get(name), many > LINES_PER_PAGE) for name, many in lines.items()]
    return accounts, [one.account_id for one in accounts if not one.too_many], len(lines) == len(found)


def _that_fit(found: Sequence[asyncpg.Record]) -> dict[str, int]:
    """The accounts of a page with their lines, one at least; lines that are not read take no place."""
    accounts: dict[str, int] = {}
    held = 0
    for row in found[:ACCOUNTS_PER_PAGE]:
        lines = row["lines"] if row["lines"] <= LINES_PER_PAGE else 0
        if accounts and held + lines > LINES_PER_PAGE:
            break
        held += lines
        accounts[row["account_id"]] = row["lines"]
    return accounts
