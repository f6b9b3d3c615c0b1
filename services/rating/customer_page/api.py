"""What a customer has used today and in the running period, what is left, and what it comes to so far.

GET /v1/customer-page/usage                  Authorization: Bearer mc_…
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from functools import partial
from typing import Any, Final

from fastapi import APIRouter, Request, Response

from services.rating.customer_page.shapes import CustomerUsageShape
from services.rating.customer_page.usage import (
    MEMBERS_MAX,
    SeenAccount,
    UsageDay,
    added,
    members_of,
    meters_named,
    seen_account,
)
from services.rating.meter.state import Meter
from services.rating.pricing.engine.aggregation import SUM
from shared.engine.postgres import Connection
from shared.http.api import Api
from shared.http.auth import CUSTOMER
from shared.http.customer_link import PAGES, fresh, own_account
from shared.http.money import money
from shared.http.periods import period as period_shape
from shared.http.shared_answers import SharedAnswers
from shared.kernel.decimals import format_decimal

METERS_MAX: Final = 50
ALLOWANCES_MAX: Final = 100
LIMITS_MAX: Final = 20
COUNT: Final = "count"
ADDED: Final = (SUM, COUNT, "per_record")
"""Meters whose days can be told and added; of the others only the whole period says something."""

_LIMITS: Final = f"""
select threshold, action, reached_start from spend_alert_row where account_id = $1
 order by threshold, alert_id limit {LIMITS_MAX}
"""


def router(api: Api) -> APIRouter:
    routes = APIRouter()
    answers = SharedAnswers(partial(_usage, api))

    @routes.get(f"{PAGES}/usage", dependencies=[api.roles(CUSTOMER)], response_model=CustomerUsageShape)
    async def read_customer_usage(request: Request) -> Response:
        """Usage of today and of the running period, allowances left, and what is not billed yet; provisional."""
        return fresh(request, await answers.of(own_account(request)))

    return routes


async def _usage(api: Api, account_id: str) -> dict[str, Any]:
    now, partitions = api.clock.now(), api.settings.partitions
    async with api.db.acquire() as connection, connection.transaction(isolation="repeatable_read", readonly=True):
        own = await seen_account(connection, account_id, partitions=partitions, now=now)
        members = await members_of(connection, account_id)
        seen = [own]
        for member in members[:MEMBERS_MAX]:
            one = await seen_account(connection, member, partitions=partitions, now=now)
            if one.billed_by == account_id:
                seen.append(one)
        ids = {one.meter for each in seen for one in each.days}
        ids |= {bucket.bucket.meter for each in seen for _, bucket in each.buckets}
        meters = await meters_named(connection, sorted(ids))
        limits = await _limits(connection, own)
    paid = [one for one in seen if one is not own or own.billed_by is None]
    used = _meters([day for one in seen for day in one.days], meters)
    allowances = [_allowance(plan, one, meters) for each in seen for plan, one in each.buckets]
    return {
        "today": own.today,
        "time_zone": own.account.terms.time_zone,
        "period": period_shape(own.period.start, own.period.end),
        "accounts": len(seen),
        "accounts_left_out": max(0, len(members) - MEMBERS_MAX),
        "meters": used[:METERS_MAX],
        "meters_left_out": max(0, len(used) - METERS_MAX),
        "allowances": allowances[:ALLOWANCES_MAX],
        "allowances_left_out": max(0, len(allowances) - ALLOWANCES_MAX),
        "unbilled": _spend(paid, own.account.currency),
        "spend_limits": limits,
        "paid_by_another": own.billed_by is not None,
    }


def _meters(days: Sequence[UsageDay], meters: dict[str, Meter | None]) -> list[dict[str, Any]]:
    of_meter: dict[str, list[UsageDay]] = defaultdict(list)
    for day in days:
        of_meter[day.meter].append(day)
    return [_meter(meter, meters[meter], of_meter[meter]) for meter in sorted(of_meter)]


def _meter(meter_id: str, meter: Meter | None, days: Sequence[UsageDay]) -> dict[str, Any]:
    aggregation = SUM if meter is None else meter.aggregation
    by_day: dict[Any, list[Decimal]] = defaultdict(list)
    told = days if aggregation in ADDED else ()
    for one in told:
        by_day[one.day].append(_quantity(one, aggregation))
    today = added([_quantity(one, aggregation) for one in told if one.is_today])
    return {
        "meter": meter_id,
        "name": meter_id if meter is None else meter.name,
        "unit": None if meter is None else meter.unit,
        "used_today": format_decimal(today) if aggregation in ADDED else None,
        "days": [{"day": day, "quantity": format_decimal(added(by_day[day]))} for day in sorted(by_day)],
    }


def _quantity(one: UsageDay, aggregation: str) -> Decimal:
    return Decimal(one.records) if aggregation == COUNT else one.quantity


def _allowance(plan: str, one: Any, meters: dict[str, Meter | None]) -> dict[str, Any]:
    bucket, meter = one.bucket, meters[one.bucket.meter]
    return {
        "plan": plan,
        "meter": bucket.meter,
        "name": bucket.meter if meter is None else meter.name,
        "unit": None if meter is None else meter.unit,
        "source": bucket.source,
        "available": format_decimal(bucket.left),
        "left": format_decimal(one.left),
        "expires_on": bucket.expires_on,
    }


def _spend(seen: Sequence[SeenAccount], currency: str) -> dict[str, Any]:
    """Of those that the account pays for in its currency."""
    same = [one.spend for one in seen if one.account.currency == currency]
    return {
        **{name: money(added([getattr(one, name) for one in same]), currency) for name in ("amount", "net", "gross")},
        "provisional": True,
    }


async def _limits(connection: Connection, own: SeenAccount) -> list[dict[str, Any]]:
    rows = await connection.fetch(_LIMITS, own.account.account_id)
    return [
        {
            "threshold": money(row["threshold"], own.account.currency),
            "action": row["action"],
            "reached": row["reached_start"] is not None and row["reached_start"] >= own.period.start,
        }
        for row in rows
    ]
