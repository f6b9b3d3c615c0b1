"""The usage records behind a charge, or behind one day of it, by citation: page after page (record_pages.py).

A page that lies before the ones asked for is counted and not looked into.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from datetime import date, timedelta
from typing import Any, Final

import asyncpg

from services.rating.fields import from_json
from services.rating.lineage import citation, unpack
from shared.http.api import Api

_OF_DAYS: Final = """partition = $1 and subscription_id = $2 and meter = any($3) and plan_version = $4
      and plan_id = $5 and day >= $6 and day < $7"""
_PAGES: Final = f"""
select day, meter, n, records, positions from usage_day_page where {_OF_DAYS}
union all
select day, meter, pages, null, positions from usage_day where {_OF_DAYS}
 order by day, meter, n
"""
_LATE_PAGES: Final = f"""
select day, meter, n, records, positions from late_usage_day_page where {_OF_DAYS} and billed_in = $8
union all
select day, meter, pages, null, positions || credited from late_usage_day where {_OF_DAYS} and billed_in = $8
 order by day, meter, n
"""


async def records_of(api: Api, row: asyncpg.Record, *, first: int, limit: int) -> dict[str, Any]:
    """Those of a row of `charge_row`, `limit` from the `first`; days in order, as they were rated."""
    items: list[str] = []
    if row["records"]:
        async with aclosing(_pages(api, row, date.min, date.max, first)) as pages:
            async for _, named in pages:
                items += named[: limit - len(items)]
                if len(items) == limit:
                    break
    return _page(items, first, row["records"])


async def records_of_day(api: Api, row: asyncpg.Record, day: date, *, first: int, limit: int) -> dict[str, Any]:
    """Those of one local day, likewise."""
    items: list[str] = []
    total = 0
    if row["records"]:
        async for passed, named in _pages(api, row, day, day + timedelta(days=1), first):
            items += named[: limit - len(items)]
            total = passed
    return _page(items, first, total)


def _page(items: list[str], first: int, total: int) -> dict[str, Any]:
    end = first + len(items)
    return {"items": items, "total": total, "next_cursor": str(end) if end < total else None}


async def _pages(
    api: Api, row: asyncpg.Record, start: date, end: date, first: int
) -> AsyncGenerator[tuple[int, list[str]]]:
    """After each page how many records have passed, with those of it that are not before the `first`."""
    passed = 0
    async with api.db.acquire() as connection, connection.transaction(readonly=True):
        async for page in connection.cursor(*_asked(row, start, end)):
            before, named = passed, []
            if page["records"] is not None and passed + page["records"] <= first:
                passed += page["records"]
            else:
                named = [citation(*position) for position in unpack(page["positions"])]
                passed += len(named)
            yield passed, named[max(0, first - before) :]


def _asked(row: asyncpg.Record, start: date, end: date) -> tuple[Any, ...]:
    """The query of a charge's days from `start` until before `end`, with its arguments."""
    late = row["settles_start"] is not None
    return (
        _LATE_PAGES if late else _PAGES,
        row["partition"],
        row["subscription_id"],
        [*from_json(row["meters"])] or [row["meter"]],
        row["plan_version"],
        row["plan_id"],
        max(start, row["settles_start"] or row["billing_start"]),
        min(end, row["settles_end"] or row["billing_end"]),
        *([row["billing_start"]] if late else []),
    )
