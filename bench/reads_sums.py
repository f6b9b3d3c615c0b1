"""The sums behind reports, of the documents that `bench reads` has written: what projections would have kept by day.

Reports of the journal have a bench of their own (`bench journal`); here they are asked of empty tables, and left out.
"""

from __future__ import annotations

from typing import Final, TypeAlias

import asyncpg

PLANS: Final = 40
UNMEASURED: Final = frozenset({"journal", "deferred-revenue", "unbilled"})
_Db: TypeAlias = "asyncpg.Connection[asyncpg.Record]"

_ISSUED: Final = "from invoice_row where status = 'issued'"
PLAN: Final = f"'plan-' || right(account_id, 6)::int % {PLANS}"
_STATEMENTS: Final = (
    # Half of an invoice is for time, half for usage.
    f"""
    insert into invoiced_day (partition, day, currency, kind, plan_id, meter, region, lines, amounts, net)
    select partition, issued_on, currency, part, {PLAN}, meter, 'BE-' || right(account_id, 1), sum(lines), sum(lines),
           trim_scale(sum(net / 2))
      from (select partition, issued_on, currency, account_id, net {_ISSUED}) as i
     cross join (values ('recurring', '', 1), ('usage', 'data.octets', 4)) as k (part, meter, lines)
     group by 1, 2, 3, 4, 5, 6, 7
    """,
    f"""
    insert into taxed_day (partition, day, currency, category, rate, document, documents, base, tax)
    select partition, issued_on, currency, 'S', 20, 'invoice', count(*), trim_scale(sum(net)),
           trim_scale(sum(total - net))
           {_ISSUED} group by 1, 2, 3
    """,
    f"""
    insert into credited_day (partition, day, currency, reason, notes, net, tax, total)
    select partition, issued_on, currency, 'goodwill', count(*), trim_scale(sum(net)), trim_scale(sum(net / 5)),
           trim_scale(sum(net * 6 / 5))
           {_ISSUED} and right(invoice_id, 2) = '00' group by 1, 2, 3
    """,
    f"""
    insert into invoiced_account (partition, account_id, months, month, currency, invoices, net, total)
    select partition, account_id, months, date_trunc(span, issued_on)::date as month, currency, count(*),
           trim_scale(sum(net)), trim_scale(sum(total))
      from (select partition, account_id, issued_on, currency, net, total {_ISSUED}) as i
     cross join (values (1, 'month'), (3, 'quarter'), (12, 'year')) as s (months, span)
     group by 1, 2, 3, 4, 5 order by 3, 4
    """,
    """
    insert into owed_day (partition, day, currency, what, amount)
    select partition, day, currency, what, trim_scale(sum(amount)) from (
      select partition, issued_on as day, currency, 'invoiced' as what, amount from receivable_row
       where withdrawn_on is null
       union all
      select partition, issued_on, currency, 'open', amount from receivable_row
       union all
      select partition, due_on, currency, 'open', open - amount from receivable_row
       union all
      select partition, due_on + 1, currency, 'overdue', open from receivable_row where open > 0) as moved
     group by 1, 2, 3, 4
    """,
    """
    insert into payment_day (partition, day, currency, method, outcome, payments, amount, moved)
    select partition, received_on, currency, (array['bank_transfer', 'card', 'direct_debit'])[1 + n % 3], outcome,
           count(*), trim_scale(sum(amount)), case outcome when 'succeeded' then trim_scale(sum(amount)) else 0 end
      from (select *, abs(hashtext(payment_id)) as n,
                   case when hashtext(payment_id) % 40 = 0 then 'failed' else 'succeeded' end as outcome
              from payment_row) as p
     group by 1, 2, 3, 4, 5
    """,
    f"""
    insert into plan_row (partition, plan_id, version, name, currency, effective_from, service_id, recurring)
    select 0, 'plan-' || n, v, 'Plan ' || n, 'EUR', date '2023-01-01' + 400 * (v - 1), 'internet',
           jsonb_build_array(jsonb_build_object('amount', (20 + n + v)::text, 'interval', 'month'))
      from generate_series(0, {PLANS} - 1) as n cross join generate_series(1, 3) as v
    """,
    # A line begins on some day, one in four changes its plan, one in five ends.
    f"""
    insert into recurring_day (partition, day, movement, currency, frequency, plan_before, version_before,
                               quantity_before, plan_id, plan_version, quantity, changes, accounts)
    select partition, day, movement, currency, '"month"', plan_before, 0, case when plan_before = '' then 0 else 1 end,
           plan_after, 0, case when plan_after = '' then 0 else 1 end, count(*), sum(accounts)
      from (select *, right(account_id, 6)::int as n, {PLAN} as own from account_row) as a
     cross join lateral (
       select date '2023-11-01' + n % 700, 'new', '', own, 1
        union all
       select date '2023-11-01' + n % 700 + 200, 'changed', own, 'plan-' || (n + 1) % {PLANS}, 0 where n % 4 = 0
        union all
       select date '2023-11-01' + n % 700 + 330, 'ended',
              case when n % 4 = 0 then 'plan-' || (n + 1) % {PLANS} else own end, '', -1 where n % 5 = 0
     ) as change (day, movement, plan_before, plan_after, accounts)
     group by 1, 2, 3, 4, 6, 9
    """,
    """
    insert into account_day (partition, day, currency, accounts)
    select partition, opened_on, currency, count(*) from account_row group by 1, 2, 3
    """,
    """
    insert into usage_hour (partition, hour, meter, state, reason, records, quantity)
    select p, hour, meter, state, case state when 'quarantined' then 'unknown_resource' else '' end, 20000, 1000000000
      from generate_series(timestamptz '2023-11-01Z', timestamptz '2026-11-01Z', interval '1 hour') as hour
     cross join generate_series(0, 3) as p cross join (values ('data.octets'), ('voice.seconds')) as m (meter)
     cross join (values ('accepted'), ('quarantined')) as s (state)
    """,
    """
    insert into usage_day (partition, day, meter, state, records, quantity)
    select partition, (hour at time zone 'UTC')::date, meter, state, sum(records), sum(quantity)
      from usage_hour group by 1, 2, 3, 4
    """,
    """
    insert into event_day (topic, partition, day, type, events)
    select topic, partition, (recorded_at at time zone 'UTC')::date, type, count(*) from audit_event group by 1, 2, 3, 4
    """,
)


async def write(db: _Db) -> None:
    """All sums, from what is in the tables."""
    for statement in _STATEMENTS:
        await db.execute(statement)
    await db.execute("vacuum analyze")
