"""Reratings out of the tables: a run is its own row, joined when read with the pages that all partitions write.

`status` is `running` until every partition has walked its last page, of the dry run or once it is confirmed of that.
"""

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

_RUN: Final = """
(select run.*, pages.*, results.*,
        case when pages.ended < run.partitions then 'running' when run.applied then 'completed' else 'previewed' end
            as status
   from rerating_row run
  cross join lateral (
        select coalesce(sum(accounts), 0)::bigint as accounts, coalesce(sum(unchanged), 0)::bigint as unchanged,
               count(*) filter (where last) as ended, max(walked_at) as walked_at
          from rerating_page where rerating_id = run.rerating_id and dry_run = not run.applied) as pages
  cross join lateral (
        select coalesce(sum(n) filter (where outcome = 'corrected'), 0)::bigint as corrected,
               coalesce(sum(n) filter (where outcome = 'not_computable'), 0)::bigint as not_computable,
               coalesce(json_agg(json_build_object('currency', currency, 'amount', amount::text) order by currency)
                        filter (where outcome = 'corrected'), '[]')::text as totals
          from (select outcome, currency, count(*) as n, sum(difference) as amount from rerating_result
                 where rerating_id = run.rerating_id and dry_run = not run.applied
                 group by outcome, currency) as by_outcome) as results
) as run
"""

RERATINGS: Final = Listing(
    source=_RUN,
    filters={
        "id": Filter("rerating_id"),
        "status": Filter("status", one_of=("running", "previewed", "completed")),
        "plan_id": Filter("plan_id"),
        "from": Filter("starts_on", op=">=", kind="date"),
        "to": Filter("starts_on", op="<=", kind="date"),
    },
    sorts={"started_at": "started_at"},
    default_sort="-started_at",
    tiebreak="rerating_id",
)

RESULTS: Final = Listing(
    source="(select r.*, to_char(r.partition, 'FM0000') || to_char(r.page, 'FM000000') || to_char(r.n, 'FM0000')"
    " as place from rerating_result r) as result",
    filters={
        "outcome": Filter("outcome", one_of=("corrected", "not_computable")),
        "account_id": Filter("account_id"),
        "subscription_id": Filter("subscription_id"),
        "currency": Filter("currency"),
    },
    sorts={"account_id": "account_id", "difference": "difference"},
    default_sort="account_id",
    tiebreak="place",
    totals=Totals(sums={"amount": "difference", "charged": "charged", "corrected": "corrected"}),
)


async def read_rerating(api: Api, rerating_id: str) -> asyncpg.Record | None:
    """A rerating as it stands; `None` if there is none."""
    row: asyncpg.Record | None = await api.db.fetchrow(f"select * from {_RUN} where rerating_id = $1", rerating_id)
    return row


def rerating_shape(row: asyncpg.Record) -> dict[str, Any]:
    """A row of a rerating as `ReratingShape`."""
    return {
        "id": row["rerating_id"],
        "status": row["status"],
        "plan_id": row["plan_id"],
        "plan_version": row["plan_version"],
        "prices": from_json(row["prices"]),
        "start": row["starts_on"],
        "end": row["ends_on"],
        "account_ids": None if row["account_ids"] is None else from_json(row["account_ids"]),
        **{name: row[name] for name in ("reason", "accounts", "corrected", "unchanged", "not_computable")},
        "totals": [money(Decimal(total["amount"]), total["currency"]) for total in from_json(row["totals"])],
        **{name: row[name] for name in ("started_at", "started_by", "confirmed_at", "confirmed_by", "version")},
        "finished_at": None if row["status"] == "running" else row["walked_at"],
        "allowed_actions": [action("confirm", why_not=why_not_confirm(row["status"], applied=row["applied"]))],
    }


def why_not_confirm(status: str, *, applied: bool) -> str | None:
    """Why the differences cannot be put on the accounts now."""
    if applied:
        return "its differences are on the accounts; start another rerating to correct again"
    return "its differences are still being computed" if status == "running" else None


def rerated_shape(row: asyncpg.Record) -> dict[str, Any]:
    """A row of a result as `ReratedShape`."""
    amounts = {name: money(row[name], row["currency"]) for name in ("charged", "corrected", "difference")}
    return {
        "account_id": row["account_id"],
        "subscription_id": row["subscription_id"] or None,
        "price_index": row["price_index"],
        "period": period(row["period_start"], row["period_end"]),
        "outcome": row["outcome"],
        "reason": row["reason"],
        **amounts,
        "charge_id": row["charge_id"],
    }
