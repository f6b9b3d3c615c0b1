"""What a run comes to, for people to look at before they confirm it: by plan, with warnings, samples and a comparison.

    {"plans": [{"plan_id": "home", "currency": "EUR", "invoices": 812, "net": "12180.00"}],
     "warnings": [{"code": "no_usage", "invoices": 3, "accounts": ["acc-7", ...]}],
     "samples": [...], "last_run": {"id": "run-9", "differences": [{"currency": "EUR", "before": ..., "now": ...}]}}

All of it is computed when it is asked for, from the drafts and what was issued before, so a run itself pays nothing:

    zero_invoice       the total is 0.00
    no_usage           the account has usage lines as a rule (its last invoice had), and this time none
    three_times_last   the total is more than three times that of the account's last invoice
    missing_tax_data   tables or tax profile do not say enough to tax it, for the `reason` given: the run issues none
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final, Literal

import asyncpg
from pydantic import BaseModel

from services.invoicing.taxes.contract import TAX_DATA_MISSING
from shared.http.api import Api
from shared.http.money import money
from shared.kernel.decimals import EXACT
from shared.kernel.money import MoneyBody, format_amount

SAMPLES: Final = 10
NAMED_MAX: Final = 20

_PLANS: Final = """
with found as (
  select i.* from billing_run_result r
    join invoice_row i on i.partition = r.partition and i.invoice_id = r.invoice_id
   where r.run_id = $1 and r.outcome = 'invoiced'
), part as (
  select coalesce(l.line ->> 'plan_id', '') as plan_id, i.currency, i.invoice_id, (l.line ->> 'net')::numeric as net
    from found i join invoice_line l on l.partition = i.partition and l.invoice_id = i.invoice_id
  union all
  select '', i.currency, i.invoice_id, -(a.allowance ->> 'amount')::numeric
    from found i cross join lateral jsonb_array_elements(i.allowances) as a (allowance)
)
select plan_id, currency, count(distinct invoice_id) as invoices, sum(net) as net
  from part group by 1, 2 order by 4 desc, 1, 2 limit 200
"""

_BEFORE: Final = """
with found as (
  select r.account_id, r.invoice_id, r.currency, r.total, i.partition, i.period_start,
         (select b.invoice_id from invoice_row b
           where b.account_id = r.account_id and b.partition = i.partition and b.status = 'issued'
             and b.kind = 'invoice'
             and b.period_start < i.period_start and b.currency = i.currency
           order by b.period_start desc limit 1) as before_id
    from billing_run_result r
    join invoice_row i on i.partition = r.partition and i.invoice_id = r.invoice_id
   where r.run_id = $1 and r.outcome = 'invoiced'
), compared as (
  select f.*, b.total as before,
         exists (select from invoice_line l where l.partition = f.partition and l.invoice_id = f.invoice_id
                    and l.line ->> 'kind' = 'usage' and (l.line ->> 'quantity')::numeric > 0) as usage,
         exists (select from invoice_line l where l.partition = f.partition and l.invoice_id = f.before_id
                    and l.line ->> 'kind' = 'usage' and (l.line ->> 'quantity')::numeric > 0) as usage_before
    from found f left join invoice_row b on b.partition = f.partition and b.invoice_id = f.before_id
)
"""

_WARNINGS: Final = f"""{_BEFORE}, warned as (
  select 'zero_invoice' as code, null as reason, account_id from compared where total = 0
  union all select 'no_usage', null, account_id from compared where usage_before and not usage
  union all select 'three_times_last', null, account_id from compared where before > 0 and total > 3 * before
  union all select 'missing_tax_data', reason, account_id from billing_run_result
             where run_id = $1 and outcome = 'failed' and reason = any($2::text[])
)
select code, reason, count(*) as invoices, (array_agg(account_id order by account_id))[1:{NAMED_MAX}] as accounts
  from warned group by code, reason order by code, reason
"""

_SAMPLES: Final = f"""{_BEFORE}
select account_id, invoice_id, currency, total, before from compared
 order by abs(total - coalesce(before, total)) desc, total desc, invoice_id limit {SAMPLES}
"""

_LAST: Final = """
select run_id from billing_run
 where not dry_run and started_at < $2 and run_id <> $1 and retries is null
   and cycle_id is not distinct from $3 and (account_ids is null) = $4
 order by started_at desc limit 1
"""

_SUMS: Final = """
select currency, count(*) as invoices, sum(total) as total from billing_run_result
 where run_id = $1 and outcome = 'invoiced' group by currency
"""


class PlanSum(BaseModel):
    """What a plan comes to, net; `plan_id` is empty for lines of no plan, and what discounts take off."""

    plan_id: str
    currency: str
    invoices: int
    net: str


class Warned(BaseModel):
    """How many invoices are unusual in one way, and the first accounts of them.

    `reason` says what is missing, with the code by which issuing one of them is refused; `null` for other warnings.
    """

    code: Literal["zero_invoice", "no_usage", "three_times_last", "missing_tax_data"]
    reason: str | None
    invoices: int
    accounts: list[str]


class Sample(BaseModel):
    """An invoice worth a look: those that differ most from the account's last one come first."""

    account_id: str
    invoice_id: str
    total: MoneyBody
    before: MoneyBody | None


class Difference(BaseModel):
    currency: str
    invoices: int
    invoices_before: int
    total: str
    before: str
    difference: str


class LastRun(BaseModel):
    id: str
    differences: list[Difference]


class PreviewShape(BaseModel):
    run_id: str
    plans: list[PlanSum]
    warnings: list[Warned]
    samples: list[Sample]
    last_run: LastRun | None


async def preview(api: Api, run: asyncpg.Record) -> dict[str, Any]:
    """The run of that row as `PreviewShape`, in one snapshot."""
    run_id = run["run_id"]
    async with api.db.acquire() as connection, connection.transaction(isolation="repeatable_read", readonly=True):
        plans = await connection.fetch(_PLANS, run_id)
        warnings = await connection.fetch(_WARNINGS, run_id, TAX_DATA_MISSING)
        samples = await connection.fetch(_SAMPLES, run_id)
        scope = (run["cycle_id"], run["account_ids"] is None)
        last = await connection.fetchval(_LAST, run_id, run["started_at"], *scope)
        now = await connection.fetch(_SUMS, run_id)
        before = await connection.fetch(_SUMS, last) if last is not None else []
    return {
        "run_id": run_id,
        "plans": [{**row, "net": format_amount(row["net"], row["currency"])} for row in plans],
        "warnings": [dict(row) for row in warnings],
        "samples": [_sample(row) for row in samples],
        "last_run": None if last is None else {"id": last, "differences": _differences(now, before)},
    }


def _sample(row: asyncpg.Record) -> dict[str, Any]:
    amounts = {name: money(row[name], row["currency"]) for name in ("total", "before")}
    return {"account_id": row["account_id"], "invoice_id": row["invoice_id"], **amounts}


def _differences(now: list[asyncpg.Record], before: list[asyncpg.Record]) -> list[dict[str, Any]]:
    sums = {row["currency"]: row for row in now}
    earlier = {row["currency"]: row for row in before}
    return [_difference(currency, sums.get(currency), earlier.get(currency)) for currency in sorted({*sums, *earlier})]


def _difference(currency: str, now: asyncpg.Record | None, before: asyncpg.Record | None) -> dict[str, Any]:
    total = Decimal(0) if now is None else now["total"]
    earlier = Decimal(0) if before is None else before["total"]
    amounts = {"total": total, "before": earlier, "difference": EXACT.subtract(total, earlier)}
    return {
        "currency": currency,
        "invoices": 0 if now is None else now["invoices"],
        "invoices_before": 0 if before is None else before["invoices"],
        **{name: format_amount(amount, currency) for name, amount in amounts.items()},
    }
