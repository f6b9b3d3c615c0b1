"""Sums that are kept for everybody, as queries over the rows they are made of: for those who see only some of these.

    select sum(net) from invoiced_day          reads, for the held, what is summed here of their documents

Each has the columns of its table, and comes to the same where all rows are one's own (tests/services/reporting).
"""

from __future__ import annotations

from typing import Final

_INVOICED_DAY: Final = """
select partition, day, currency, kind, plan_id, meter, region, sum(line)::bigint as lines, count(*) as amounts,
       sum(net) as net
  from (select i.partition, i.issued_on as day, i.currency, l.kind, coalesce(l.plan_id, '') as plan_id,
               coalesce(l.meter, '') as meter, i.region, 1 as line, l.net
          from invoice_row i join invoice_line_row l on l.partition = i.partition and l.invoice_id = i.invoice_id
         where i.status = 'issued'
         union all
        select i.partition, i.issued_on, i.currency, 'discount', '', '', i.region, 0,
               -(a.allowance ->> 'amount')::numeric
          from invoice_row i cross join lateral jsonb_array_elements(i.allowances) as a (allowance)
         where i.status = 'issued'
         union all
        select n.partition, n.issued_on, n.currency, l.kind, coalesce(l.plan_id, ''), coalesce(l.meter, ''), n.region,
               1, -l.net
          from credit_note_row n
          join credit_note_line_row l on l.partition = n.partition and l.credit_note_id = n.credit_note_id) as line
 group by 1, 2, 3, 4, 5, 6, 7
"""
_TAXED_DAY: Final = """
select partition, day, currency, category, rate, document, count(*) as documents, sum(base) as base, sum(tax) as tax
  from (select d.partition, d.day, d.currency, g.part ->> 'category' as category,
               trim_scale((g.part ->> 'rate')::numeric) as rate, d.document, (g.part ->> 'base')::numeric as base,
               (g.part ->> 'tax')::numeric as tax
          from (select partition, issued_on as day, currency, 'invoice' as document, tax_groups
                  from invoice_row where status = 'issued'
                 union all
                select partition, issued_on, currency, 'credit_note', tax_groups from credit_note_row) as d
         cross join lateral jsonb_array_elements(d.tax_groups) as g (part)) as one
 group by 1, 2, 3, 4, 5, 6
"""
_CREDITED_DAY: Final = """
select partition, issued_on as day, currency, reason, count(*) as notes, sum(net) as net, sum(tax) as tax,
       sum(total) as total
  from credit_note_row group by 1, 2, 3, 4
"""
# As services/reporting/payment/owed_by_day.py moves them.
_OWED_DAY: Final = """
select partition, day, currency, what, sum(amount) as amount
  from (select partition, issued_on as day, currency, 'invoiced' as what, amount
          from receivable_row where kind = 'invoice' and withdrawn_on is null
         union all
        select partition, issued_on, currency, 'open', amount from receivable_row
         union all
        select partition, greatest(issued_on, due_on + 1), currency, 'overdue', amount
          from receivable_row where due_on < date '9999-12-31'
         union all
        select partition, effective_on, currency, 'open', -amount from settlement_view
         union all
        select partition, greatest(effective_on, due_on + 1), currency, 'overdue', -amount
          from settlement_view where due_on < date '9999-12-31') as moved
 group by 1, 2, 3, 4
"""
_PAYMENT_DAY: Final = """
select partition, day, currency, method, outcome, count(*) as payments, sum(amount) as amount, sum(moved) as moved
  from payment_event_row group by 1, 2, 3, 4, 5
"""
_ALIKE: Final = (
    "partition, day, movement, currency, frequency, plan_before, version_before, quantity_before, plan_id,"
    " plan_version, quantity"
)
_RECURRING_DAY: Final = f"""
select {_ALIKE}, count(*) as changes, sum(accounts)::bigint as accounts from recurring_change_row group by {_ALIKE}
"""
_JOURNAL_DAY: Final = """
select partition, log, booked_on, kind, currency, count(*) as entries, sum(amount) as amount
  from journal_entry group by 1, 2, 3, 4, 5
"""
_ACCOUNT_DAY: Final = """
select partition, opened_on as day, currency, count(*) as accounts from account_row group by 1, 2, 3
"""
_EVENT_DAY: Final = """
select topic, partition, (recorded_at at time zone 'UTC')::date as day, type, count(*) as events
  from audit_event group by 1, 2, 3, 4
"""
_LIKE: Final = "currency, status, payment_status, kind, cycle_id, time_zone, issued_on, due_on"
# `alike` as services/reporting/invoice_list/rows.py writes it.
_INVOICE_SUM: Final = f"""
select partition,
       concat_ws('/', currency, status, payment_status, kind, coalesce(cycle_id, ''), time_zone,
                 coalesce(to_char(issued_on, 'YYYYMMDD'), '-'), coalesce(to_char(due_on, 'YYYYMMDD'), '-')) as alike,
       {_LIKE}, count(*) as invoices, trim_scale(sum(net)) as net, trim_scale(sum(total)) as total,
       trim_scale(sum(paid)) as paid, trim_scale(sum(credited)) as credited, trim_scale(sum(due)) as due
  from invoice_list group by partition, {_LIKE}
"""
_STATES: Final = """
select r.partition, r.meter, coalesce(r.started_at, r.recorded_at) as at, coalesce(n.state, r.state) as state,
       coalesce(r.reason, n.reason, '') as reason, r.quantity
  from usage_record r
  left join usage_not_billable n on n.usage_partition = r.partition and n.seq = r.seq and n.index = r.index
"""
_USAGE_HOUR: Final = f"""
select partition, date_trunc('hour', at, 'UTC') as hour, coalesce(meter, '') as meter, state, reason,
       count(*) as records, coalesce(sum(quantity), 0) as quantity
  from ({_STATES}) as one group by 1, 2, 3, 4, 5
"""
_USAGE_DAY: Final = f"""
select partition, (at at time zone 'UTC')::date as day, coalesce(meter, '') as meter, state, count(*) as records,
       coalesce(sum(quantity), 0) as quantity
  from ({_STATES}) as one group by 1, 2, 3, 4
"""

SUMS: Final = {
    "invoiced_day": _INVOICED_DAY,
    "taxed_day": _TAXED_DAY,
    "credited_day": _CREDITED_DAY,
    "owed_day": _OWED_DAY,
    "payment_day": _PAYMENT_DAY,
    "recurring_day": _RECURRING_DAY,
    "journal_day": _JOURNAL_DAY,
    "account_day": _ACCOUNT_DAY,
    "event_day": _EVENT_DAY,
    "invoice_sum": _INVOICE_SUM,
    "usage_hour": _USAGE_HOUR,
    "usage_day": _USAGE_DAY,
}
