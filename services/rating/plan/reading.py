"""Plans as the API reads them: rows, the units of meters, and how many subscriptions have which plan today."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from services.rating.active_subscriptions import active_by_plan
from services.rating.fields import from_json
from services.rating.meter.state import BUILT_IN, Meter
from services.rating.plan.compare import Side
from services.rating.plan.messages import PlanTerms
from services.rating.plan.shapes import plan_shape, plans_on
from services.rating.plan.summary import Units
from shared.http.api import Api
from shared.http.problems import not_found
from shared.kernel.wire import read


async def plan_of(api: Api, plan_id: str, *, counted: bool = False) -> dict[str, Any]:
    """A plan as `PlanShape`, with the number of its subscriptions if `counted`. Raises the 404."""
    now = api.clock.now()
    listing = plans_on(now.date())
    row = await api.db.fetchrow(f"select * from {listing.source} where plan_id = $1", plan_id)
    if row is None:
        raise not_found("plan", plan_id)
    units = await units_of(api, _meters([row]))
    active = (await active_by_plan(api.db, [plan_id], now.date())).get(plan_id, 0) if counted else None
    return plan_shape(row, now=now, units=units, active=active)


async def version_of(api: Api, plan_id: str, number: int) -> dict[str, Any]:
    """A version as `VersionShape`. Raises the 404."""
    return picked(await plan_of(api, plan_id), number)


def picked(plan: Mapping[str, Any], number: int) -> dict[str, Any]:
    """One version of a plan. Raises the 404."""
    if not 1 <= number <= len(plan["versions"]):
        raise not_found("plan version", f"{plan['id']}/{number}")
    found: dict[str, Any] = plan["versions"][number - 1]
    return found


async def side_of(api: Api, plan_id: str, number: int | None) -> Side:
    """A version (`None`: the latest) as it is compared and simulated. Raises the 404."""
    row = await api.db.fetchrow(
        """select plan_id, version, name, currency, prices, terms from plan_version_row
            where plan_id = $1 and ($2::bigint is null or version = $2) order by version desc limit 1""",
        plan_id,
        number,
    )
    if row is None:
        raise not_found("plan", plan_id) if number is None else not_found("plan version", f"{plan_id}/{number}")
    return Side(
        plan_id=plan_id,
        version=row["version"],
        name=row["name"],
        currency=row["currency"],
        prices=from_json(row["prices"]),
        terms=msgspec.convert(from_json(row["terms"]), PlanTerms, strict=False),
    )


async def units_of(api: Api, meters: Sequence[str]) -> Units:
    """The unit of each meter that somebody has defined."""
    rows = await api.db.fetch(
        "select key, body from state where partition = 0 and kind = $1 and key = any($2::text[])",
        Meter.__name__,
        list(meters),
    )
    known = {row["key"]: read(Meter, row["body"]) for row in rows}
    return {meter_id: meter.unit for meter_id, meter in {**known, **BUILT_IN}.items()}


async def units_of_page(api: Api, rows: Sequence[Mapping[str, Any]]) -> Units:
    return await units_of(api, _meters(rows))


def _meters(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    versions = (version for row in rows for version in from_json(row["versions"]))
    return sorted({price["meter"] for version in versions for price in version["prices"] if price.get("meter")})
