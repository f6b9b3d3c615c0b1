"""The usage behind a charge by day, and the records of each day.

GET /v1/charges/{id}/days
{"items": [{"day": "2026-09-03", "meter": "data.octets", "quantity": "9000000", "records": 24, "first": ["usage/…"]}],
 "total": 30, "next_cursor": null}
"""

from __future__ import annotations

from datetime import date
from itertools import islice
from typing import Annotated, Any, Final

import asyncpg
from fastapi import APIRouter, Query, Response
from pydantic import BaseModel

from services.rating.fields import from_json
from services.rating.lineage import citation, unpack
from services.rating.record_pages import DAYS, LATE_DAYS
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import READERS
from shared.http.problems import not_found
from shared.kernel.decimals import format_decimal

FIRST: Final = 10
"""So many records of a day are named at once; `records?day=` has the others."""
DAYS_MAX: Final = 400
DAYS_DEFAULT: Final = 100

_OF_CHARGE: Final = """partition = $1 and subscription_id = $2 and meter = any($3) and plan_version = $4
       and plan_id = $5 and day >= $6 and day < $7"""
_ORDER: Final = "order by day, meter offset $8 limit $9"
_DAYS: Final = f"""
select day, meter, quantity, records, {DAYS.first("of_day")} as positions, count(*) over () as total
  from usage_day as of_day
 where {_OF_CHARGE} {_ORDER}
"""
_LATE_DAYS: Final = f"""
select day, meter, quantity, records, {LATE_DAYS.first("of_day")} || credited as positions, count(*) over () as total
  from late_usage_day as of_day
 where {_OF_CHARGE} and billed_in = $10 {_ORDER}
"""


class ChargeDayShape(BaseModel):
    """A local day of the account: what was used, in the meter's unit, by how many records; `first` are ten of them."""

    day: date
    meter: str
    quantity: str
    records: int
    first: list[str]


class ChargeDaysShape(BaseModel):
    items: list[ChargeDayShape]
    total: int
    next_cursor: str | None


def router(api: Api) -> APIRouter:
    routes = APIRouter()

    @routes.get("/v1/charges/{charge_id}/days", response_model=ChargeDaysShape, dependencies=[api.roles(*READERS)])
    async def charge_days(
        charge_id: str,
        limit: Annotated[int, Query(ge=1, le=DAYS_MAX)] = DAYS_DEFAULT,
        cursor: Annotated[str, Query(pattern=r"^[0-9]{1,9}$")] = "0",
    ) -> Response:
        """The usage behind a charge, day by day and meter by meter; none where the charge counts nothing."""
        row = await api.db.fetchrow("select * from charge_row where charge_id = $1", charge_id)
        if row is None:
            raise not_found("charge", charge_id)
        days = await _days(api, row, first=int(cursor), limit=limit) if row["records"] else []
        total = days[0]["total"] if days else 0
        end = int(cursor) + len(days)
        return Answer(
            {
                "items": [_shape(day) for day in days],
                "total": total,
                "next_cursor": str(end) if end < total else None,
            }
        )

    return routes


async def _days(api: Api, row: asyncpg.Record, *, first: int, limit: int) -> list[asyncpg.Record]:
    late = row["settles_start"] is not None
    rows: list[asyncpg.Record] = await api.db.fetch(
        _LATE_DAYS if late else _DAYS,
        row["partition"],
        row["subscription_id"],
        [*from_json(row["meters"])] or [row["meter"]],
        row["plan_version"],
        row["plan_id"],
        row["settles_start"] or row["billing_start"],
        row["settles_end"] or row["billing_end"],
        first,
        limit,
        *([row["billing_start"]] if late else []),
    )
    return rows


def _shape(row: asyncpg.Record) -> dict[str, Any]:
    return {
        "day": row["day"],
        "meter": row["meter"],
        "quantity": format_decimal(row["quantity"].scaleb(-6)),
        "records": row["records"],
        "first": [citation(*position) for position in islice(unpack(row["positions"]), FIRST)],
    }
