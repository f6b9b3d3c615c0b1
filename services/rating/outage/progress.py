"""Outages out of the tables: an outage is its own row, joined when read with the pages that all partitions write."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

import asyncpg

from services.rating.fields import from_json
from shared.http.actions import action
from shared.http.api import Api
from shared.http.listing import Filter, Listing, Totals
from shared.http.money import money
from shared.http.periods import period
from shared.kernel.decimals import format_decimal

_OUTAGE: Final = """
(select run.*, pages.*, results.*,
        case when pages.ended < run.partitions then 'running' when run.applied then 'completed' else 'previewed' end
            as status
   from outage_row run
  cross join lateral (
        select coalesce(sum(accounts), 0)::bigint as accounts, count(*) filter (where last) as ended,
               max(walked_at) as walked_at
          from outage_page where outage_id = run.outage_id and dry_run = not run.applied) as pages
  cross join lateral (
        select coalesce(sum(n) filter (where outcome = 'credited'), 0)::bigint as credited,
               coalesce(sum(n) filter (where outcome = 'not_credited'), 0)::bigint as not_credited,
               coalesce(json_agg(json_build_object('currency', currency, 'amount', amount::text) order by currency)
                        filter (where outcome = 'credited'), '[]')::text as totals
          from (select outcome, currency, count(*) as n, sum(credit) as amount from outage_result
                 where outage_id = run.outage_id and dry_run = not run.applied
                 group by outcome, currency) as by_outcome) as results
) as run
"""

OUTAGES: Final = Listing(
    source=_OUTAGE,
    filters={
        "id": Filter("outage_id"),
        "status": Filter("status", one_of=("running", "previewed", "completed")),
        "plan_id": Filter("plan_id"),
    },
    sorts={"recorded_at": "recorded_at", "from": "starts_at"},
    default_sort="-recorded_at",
    tiebreak="outage_id",
)

RESULTS: Final = Listing(
    source="(select r.*, to_char(r.partition, 'FM0000') || to_char(r.page, 'FM000000') || to_char(r.n, 'FM0000')"
    " as place from outage_result r) as result",
    filters={
        "outcome": Filter("outcome", one_of=("credited", "not_credited")),
        "account_id": Filter("account_id"),
        "subscription_id": Filter("subscription_id"),
        "currency": Filter("currency"),
    },
    sorts={"account_id": "account_id", "credit": "credit"},
    default_sort="account_id",
    tiebreak="place",
    totals=Totals(sums={"amount": "credit"}),
)


async def read_outage(api: Api, outage_id: str) -> asyncpg.Record | None:
    """An outage as it stands; `None` if there is none."""
    row: asyncpg.Record | None = await api.db.fetchrow(f"select * from {_OUTAGE} where outage_id = $1", outage_id)
    return row


def outage_shape(row: asyncpg.Record) -> dict[str, Any]:
    """A row of an outage as `OutageShape`."""
    percent = row["percent"]
    return {
        "id": row["outage_id"],
        "status": row["status"],
        "start": row["starts_at"],
        "end": row["ends_at"],
        "policy": {
            "share": row["share"],
            "percent": None if percent is None else format_decimal(percent),
            "minimum_minutes": row["minimum_minutes"],
        },
        **{name: row[name] and from_json(row[name]) for name in ("subscription_ids", "account_ids", "resources")},
        **{name: row[name] for name in ("plan_id", "reason", "accounts", "credited", "not_credited")},
        "totals": [money(Decimal(total["amount"]), total["currency"]) for total in from_json(row["totals"])],
        **{name: row[name] for name in ("recorded_at", "recorded_by", "confirmed_at", "confirmed_by", "version")},
        "finished_at": None if row["status"] == "running" else row["walked_at"],
        "allowed_actions": [action("confirm", why_not=why_not_confirm(row["status"], applied=row["applied"]))],
    }


def why_not_confirm(status: str, *, applied: bool) -> str | None:
    """Why the credits cannot be put on the accounts now."""
    if applied:
        return "its credits are on the accounts"
    return "its credits are still being computed" if status == "running" else None


def credited_shape(row: asyncpg.Record) -> dict[str, Any]:
    """A row of a result as `CreditedShape`."""
    return {
        **{name: row[name] for name in ("account_id", "corrects", "seconds", "outcome", "reason", "charge_id")},
        "subscription_id": row["subscription_id"] or None,
        "period": period(row["period_start"], row["period_end"]),
        "charged": money(row["charged"], row["currency"]),
        "credit": money(row["credit"], row["currency"]),
    }
