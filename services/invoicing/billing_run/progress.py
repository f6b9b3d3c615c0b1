"""Billing runs out of the tables: a run is its own row, joined when read with the pages that all partitions write.

`status` is `running` until every partition has walked its last page and no invoice of the run is still locked; one
statement reads all of it, so the counts of an answer belong together.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final, get_args

import asyncpg
import msgspec
from fastapi import Request

from services.invoicing.billing_run.shapes import Outcome
from shared.http.actions import action
from shared.http.api import Api
from shared.http.listing import Filter, Listing, Totals
from shared.http.money import money
from shared.http.waiting import reached
from shared.kernel.money import format_amount

_RUN: Final = """
(select run.*, pages.*, money.*, failures.*, greatest(pages.walked_at, locked.issued_at) as finished_at,
        case when pages.ended < run.partitions or locked.n > 0 then 'running'
             when pages.cancelled then 'cancelled'
             when run.dry_run then 'previewed'
             else 'completed' end as status
   from billing_run run
  cross join lateral (
        select coalesce(sum(accounts), 0)::bigint as accounts, coalesce(sum(invoices), 0)::bigint as invoices,
               coalesce(sum(not_closed), 0)::bigint as not_closed, coalesce(sum(failed), 0)::bigint as failed,
               coalesce(sum(on_hold), 0)::bigint as on_hold, coalesce(sum(deferred), 0)::bigint as deferred,
               coalesce(sum(waiting_approval), 0)::bigint as waiting_approval,
               coalesce(bool_or(cancelled), false) as cancelled,
               count(*) filter (where last) as ended, max(walked_at) as walked_at
          from billing_run_page where run_id = run.run_id) as pages
  cross join lateral (
        select count(*) filter (where status = 'locked') as n, max(issued_at) as issued_at
          from invoice_row where run_id = run.run_id) as locked
  cross join lateral (
        select coalesce(json_agg(json_build_object('currency', currency, 'amount', amount::text) order by currency),
                        '[]')::text as totals
          from (select currency, sum(total) as amount from billing_run_result
                 where run_id = run.run_id and outcome = 'invoiced' group by currency) as by_currency) as money
  cross join lateral (
        select coalesce(json_agg(json_build_object('reason', reason, 'accounts', accounts)
                                 order by accounts desc, reason), '[]')::text as failures
          from (select reason, count(*) as accounts from billing_run_result
                 where run_id = run.run_id and outcome = 'failed' group by reason) as by_reason) as failures
) as run
"""

_TO_CONFIRM: Final = """(status = 'previewed' and invoices > 0
 and not exists (select from billing_run other where other.confirms = run.run_id)
 and not exists (select from billing_run other
                  where other.cycle_id = run.cycle_id and other.target_date >= run.target_date
                    and other.started_at > run.started_at))"""
"""A dry run that found something, was not confirmed, and was not overtaken by a later run of its cycle."""

RUNS_TO_CONFIRM: Final = f"select count(*) from {_RUN} where {_TO_CONFIRM}"

RUNS: Final = Listing(
    source=_RUN,
    filters={
        "to_confirm": Filter(_TO_CONFIRM, kind="boolean"),
        "status": Filter("status", one_of=("running", "completed", "previewed", "cancelled")),
        "cycle_id": Filter("cycle_id"),
        "dry_run": Filter("dry_run", kind="boolean"),
        "from": Filter("target_date", op=">=", kind="date"),
        "to": Filter("target_date", op="<=", kind="date"),
    },
    sorts={"started_at": "started_at", "target_date": "target_date"},
    default_sort="-started_at",
    tiebreak="run_id",
)

RESULTS: Final = Listing(
    source="(select r.*, i.number, i.status, to_char(r.partition, 'FM0000') || to_char(r.page, 'FM000000')"
    " || to_char(r.n, 'FM0000') as place"
    " from billing_run_result r left join invoice_row i using (partition, invoice_id)) as result",
    filters={
        "outcome": Filter("outcome", one_of=get_args(Outcome)),
        "account_id": Filter("account_id"),
        "currency": Filter("currency"),
    },
    sorts={"account_id": "account_id", "total": "total"},
    default_sort="account_id",
    tiebreak="place",
    totals=Totals(sums={"amount": "total", "net": "net", "tax": "tax"}),
)


async def read_run(api: Api, run_id: str) -> asyncpg.Record | None:
    """A run as it stands; `None` if there is none."""
    row: asyncpg.Record | None = await api.db.fetchrow(f"select * from {_RUN} where run_id = $1", run_id)
    return row


async def mark_reached(api: Api, request: Request, run_id: str) -> None:
    """Add to the answer's `Position` how far the run has come in each partition: others can wait for its invoices."""
    rows = await api.db.fetch(
        """select partition, max(seq) as seq
             from (select partition, seq from billing_run_page where run_id = $1
                   union all select partition, seq from invoice_row where run_id = $1) as moved
            group by partition""",
        run_id,
    )
    for row in rows:
        reached(request, "invoicing", row["partition"], row["seq"])


def run_shape(row: asyncpg.Record) -> dict[str, Any]:
    """A row of a run as `RunShape`."""
    totals = msgspec.json.decode(row["totals"], type=list[_Amount])
    scope = {"cycle_id": row["cycle_id"]} if row["account_ids"] is None else {"account_ids": row["account_ids"]}
    return {
        "id": row["run_id"],
        "status": row["status"],
        "scope": scope,
        "target_date": row["target_date"],
        "dry_run": row["dry_run"],
        "accounts": row["accounts"],
        "invoices": row["invoices"],
        "not_closed": row["not_closed"],
        "failed": row["failed"],
        "on_hold": row["on_hold"],
        "deferred": row["deferred"],
        "waiting_approval": row["waiting_approval"],
        "failures": msgspec.json.decode(row["failures"]),
        "confirms": row["confirms"],
        "retries": row["retries"],
        "partitions": row["partitions"],
        "partitions_done": row["ended"],
        "totals": [{"currency": t.currency, "amount": format_amount(t.amount, t.currency)} for t in totals],
        "started_at": row["started_at"],
        "started_by": row["started_by"],
        "finished_at": None if row["status"] == "running" else row["finished_at"],
        "version": 1,
        "allowed_actions": _actions(row),
    }


def _actions(row: asyncpg.Record) -> list[dict[str, Any]]:
    status = row["status"]
    confirm = None if status == "previewed" else "only a dry run that is through is confirmed"
    cancel = None if status == "running" else f"the run is {status}"
    retry = "it is running" if status == "running" else None if row["failed"] else "nothing has failed"
    if row["dry_run"]:
        retry = "a dry run has locked nothing"
    reasons = {"confirm": confirm, "cancel": cancel, "retry_failed": retry}
    return [action(name, why_not=why) for name, why in reasons.items()]


def result_shape(row: asyncpg.Record) -> dict[str, Any]:
    """What a run found at an account: the invoice, or why there is none."""
    currency = row["currency"] or ""
    return {
        "account_id": row["account_id"],
        "outcome": row["outcome"],
        "reason": row["reason"],
        "invoice_id": row["invoice_id"],
        "number": row["number"],
        "status": row["status"],
        "net": money(row["net"], currency),
        "tax": money(row["tax"], currency),
        "total": money(row["total"], currency),
        "unbilled_href": f"/v1/accounts/{row['account_id']}/unbilled" if row["outcome"] == "not_closed" else None,
    }


class _Amount(msgspec.Struct):
    currency: str
    amount: Decimal
