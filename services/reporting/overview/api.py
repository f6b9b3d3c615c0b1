"""What the console opens with: how much there is, what asks for attention, which services are well.

GET /v1/overview             counts, sums per currency, the first steps and which of them are done
GET /v1/overview/attention   only what there is: {"kind": "overdue_invoices", "count": 3, "severity": "warning", ...}

The entry adds to it which services don't do their work: that can't be left to one of them.
"""

from __future__ import annotations

from typing import Any, Final

import msgspec
from fastapi import APIRouter, Response

from services.reporting.customer.in_force import not_ended
from services.reporting.dunning.astray import astray
from services.reporting.invoice.api import invoices_at
from services.reporting.overview import models
from services.reporting.overview.set_aside_api import SOURCES_SILENT
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import READERS
from shared.kernel.money import format_amount


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    """A kind of thing that asks for attention, how badly, and the page that shows it: console, else API."""

    kind: str
    severity: str
    link: str | None = None


NOTICES: Final = (
    Notice(kind="parked_inputs", severity="error", link="/usage/dead-letters"),
    Notice(kind="dead_letters", severity="error", link="/usage/dead-letters"),
    Notice(kind="paid_and_restricted", severity="error", link="/customers?dunning=paid_and_restricted"),
    Notice(kind="overdue_and_open", severity="error", link="/customers?dunning=overdue_and_open"),
    Notice(kind="locked_invoices", severity="error", link="/invoices?status=locked"),
    Notice(kind="unrated_usage", severity="warning", link="/usage?status=all&state=accepted&reason=account_parked"),
    Notice(kind="failed_deliveries", severity="warning", link="/invoices/deliveries"),
    Notice(kind="webhooks_disabled", severity="error", link="/settings/webhooks"),
    Notice(kind="quarantined_usage", severity="warning", link="/usage/quarantine"),
    Notice(kind="sources_silent", severity="warning", link="/usage/sources?status=silent"),
    Notice(kind="overdue_invoices", severity="warning", link="/invoices?status=overdue"),
    Notice(kind="restricted_for_debt", severity="warning", link="/dunning"),
    Notice(kind="credit_limits_reached", severity="warning", link="/credit?status=over"),
    Notice(kind="top_ups_switched_off", severity="warning", link="/credit?status=top_up_off"),
    Notice(kind="spend_caps_reached", severity="warning", link="/customers?status=capped"),
    Notice(kind="invoices_below_zero", severity="warning", link="/invoices?status=draft&sort=total"),
)

LOCKED_S: Final = 60
"""An invoice that waits longer than this for its number asks for attention."""

_COUNTS: Final = """
select (select count(*) from account_row) as accounts,
       (select count(*) from subscription_row s where {not_ended}) as subscriptions,
       (select count(*) from invoice_row where status = 'draft') as draft,
       (select count(*) from invoice_row where status = 'issued') as issued,
       (select coalesce(sum(records), 0)::bigint from usage_hour) as records,
       (select coalesce(sum(records), 0)::bigint from usage_hour where state = 'quarantined') as quarantined,
       exists (select from plan_row where effective_from is not null) as plan,
       exists (select from cycle_row) as cycle,
       exists (select from usage_hour where state = 'accepted' and records > 0) as usage
"""

_SUMS: Final = """
select currency, sum(total) as invoiced, sum(paid) as paid, sum(due) as open,
       coalesce(sum(due) filter (where days_overdue > 0), 0) as overdue
  from {invoices} where status = 'issued' group by currency order by currency
"""

_ATTENTION: Final = """
select (select coalesce(sum(records), 0)::bigint from usage_hour where state = 'quarantined') as quarantined_usage,
       (select count(*) from invoice_row where status = 'locked'
           and locked_at < $1::timestamptz - make_interval(secs => {locked_s})) as locked_invoices,
       (select count(distinct (usage_partition, seq, index)) from usage_parked) as unrated_usage,
       (select count(*) from delivery_row where status in ('bounced', 'failed', 'unknown')) as failed_deliveries,
       (select count(*) from dead_letter where status = 'open' and kind = 'parked') as parked_inputs,
       (select count(*) from dead_letter where status = 'open' and kind <> 'parked') as dead_letters,
       {silent} as sources_silent,
       (select count(*) from {invoices} where days_overdue > 0) as overdue_invoices,
       (select count(distinct account_id) from {astray} where kind = 'paid_and_restricted') as paid_and_restricted,
       (select count(distinct account_id) from {astray} where kind = 'overdue_and_open') as overdue_and_open,
       (select count(*) from dunning_row where cleared_on is null and access <> 'open') as restricted_for_debt,
       (select count(*) from capped_account) as spend_caps_reached,
       (select count(*) from credit_standing_row where standing = 'over' and watched) as credit_limits_reached,
       (select count(*) from credit_standing_row where top_up_off and watched) as top_ups_switched_off,
       (select count(*) from durable.webhook_endpoint
         where disabled_at is not null and disabled_because <> 'asked') as webhooks_disabled,
       (select count(*) from invoice_row where status = 'draft' and total < 0) as invoices_below_zero
"""


def router(api: Api) -> APIRouter:
    routes = APIRouter()

    @routes.get("/v1/overview", dependencies=[api.roles(*READERS)], response_model=models.Overview)
    async def read_overview() -> Response:
        """How much there is of everything, sums per currency, and the first steps."""
        now = api.clock.now()
        async with api.db.acquire() as connection, connection.transaction(isolation="repeatable_read", readonly=True):
            counts = await connection.fetchrow(_COUNTS.format(not_ended=not_ended(f"date '{now.date()}'")))
            sums = await connection.fetch(_SUMS.format(invoices=invoices_at(now)))
        return Answer({"as_of": now, **_overview(counts), "totals": [_sums(row) for row in sums]})

    @routes.get("/v1/overview/attention", dependencies=[api.roles(*READERS)], response_model=models.Attention)
    async def read_attention() -> Response:
        """What a person should look at, the worst first; empty when all is well."""
        now = api.clock.now()
        row = await api.db.fetchrow(
            _ATTENTION.format(invoices=invoices_at(now), astray=astray(now), locked_s=LOCKED_S, silent=SOURCES_SILENT),
            now,
        )
        assert row is not None, "a select without from has one row"
        items = [{**msgspec.to_builtins(notice), "count": row[notice.kind]} for notice in NOTICES]
        return Answer({"items": [item for item in items if item["count"] > 0]})

    return routes


def _overview(row: Any) -> dict[str, Any]:
    done = {
        "cycle": row["cycle"],
        "plan": row["plan"],
        "account": row["accounts"] > 0,
        "subscription": row["subscriptions"] > 0,
        "usage": row["usage"],
        "invoice": row["issued"] > 0,
    }
    return {
        "accounts": row["accounts"],
        "subscriptions": row["subscriptions"],
        "invoices": {"draft": row["draft"], "issued": row["issued"]},
        "usage": {"records": row["records"], "quarantined": row["quarantined"]},
        "checklist": [{"step": step, "done": is_done} for step, is_done in done.items()],
    }


def _sums(row: Any) -> dict[str, Any]:
    currency = row["currency"]
    sums = {name: format_amount(row[name], currency) for name in ("invoiced", "paid", "open", "overdue")}
    return {"currency": currency, **sums}
