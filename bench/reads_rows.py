"""The rows behind figures that `bench reads` asks for beside documents: lines, what became of payments, postings."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Final, TypeAlias

import asyncpg

from bench.reads_sums import PLAN

_Db: TypeAlias = "asyncpg.Connection[asyncpg.Record]"

_LINES: Final = f"""
insert into invoice_line_row (partition, invoice_id, n, charge_id, kind, description, subscription_id, plan_id,
                              plan_version, meter, unit, quantity, records, period_start, period_end, net, added_at)
select partition, invoice_id, n, 'ch-' || invoice_id || '-' || n, case n when 1 then 'recurring' else 'usage' end,
       'Line', 'sub-' || account_id, {PLAN}, 1, case when n > 1 then 'data.octets' end, null, n * 1000, n * 10,
       period_start, period_end, case n when 1 then net / 2 else net / 8 end, drafted_at
  from invoice_row cross join generate_series(1, 5) as n
"""
_CREDITS: Final = """
insert into credit_note_row (partition, credit_note_id, number, account_id, invoice_id, currency, issued_on, reason,
                             net, tax, total, tax_groups, region, issued_at)
select partition, 'cn-' || invoice_id, 'CN-' || number, account_id, invoice_id, currency, issued_on, 'goodwill', net,
       net / 5, net * 6 / 5, jsonb_build_array(jsonb_build_object('category', 'S', 'rate', '20', 'base', net::text,
       'tax', (net / 5)::text)), '', drafted_at
  from invoice_row where status = 'issued' and right(invoice_id, 2) = '00'
"""
_CREDIT_LINES: Final = f"""
insert into credit_note_line_row (partition, credit_note_id, place, kind, plan_id, net)
select partition, credit_note_id, 1, 'recurring', {PLAN}, net from credit_note_row
"""
_PAID: Final = """
insert into payment_event_row (partition, seq, payment_id, account_id, method, outcome, amount, moved, currency, day)
select partition, row_number() over (partition by partition order by received_on), payment_id, account_id,
       (array['bank_transfer', 'card', 'direct_debit'])[1 + n % 3],
       case when n % 40 = 0 then 'failed' else 'succeeded' end, amount, case when n % 40 = 0 then 0 else amount end,
       currency, received_on
  from (select *, abs(hashtext(payment_id)) as n from payment_row) as p
"""
_ENTRIES: Final = """
insert into journal_entry (partition, log, seq, booked_on, entry_id, log_offset, event_id, event_type, kind, account_id,
                           document_id, number, invoice_id, currency, amount, accounts, legal_entity, recorded_at)
select partition, 'invoicing', n, issued_on, format('je-invoicing-%s-%s', partition, n), 2 * n,
       format('invoicing/%s/%s', partition, n), 'invoicing.InvoiceIssued.v1', 'invoice', account_id, invoice_id, number,
       invoice_id, currency, total, array['receivables', 'revenue', 'tax'], '', drafted_at
  from (select *, row_number() over (partition by partition order by issued_on, invoice_id) as n
          from invoice_row where status = 'issued') as i
"""
_POSTINGS: Final = f"""
insert into journal_posting (partition, log, seq, n, booked_on, kind, debit, credit, amount, currency, document_id,
                             number, invoice_id, line_n, plan_id, subscription_id, charge_id, tax_class, tax_category,
                             tax_rate, method, legal_entity)
select e.partition, log, seq, n, booked_on, 'invoice', 'receivables', case n when 6 then 'tax' else 'revenue' end,
       case n when 6 then e.amount / 6 when 1 then e.amount / 12 * 5 else e.amount / 48 * 5 end, e.currency,
       e.document_id, e.number, e.invoice_id, case when n < 6 then n end,
       case when n < 6 then {PLAN} else '' end, '', '', '', case n when 6 then 'S' else '' end,
       case n when 6 then '20' else '' end, '', ''
  from journal_entry e cross join generate_series(1, 6) as n
"""
_JOURNAL_SUMS: Final = """
insert into journal_sum (partition, log, month, account, kind, currency, plan_id, tax_class, tax_category, tax_rate,
                         method, legal_entity, postings, debit, credit)
select partition, log, date_trunc('month', booked_on)::date, account, kind, currency, plan_id, tax_class, tax_category,
       tax_rate, method, legal_entity, count(*), trim_scale(sum(debited)), trim_scale(sum(credited))
  from journal_posting
 cross join lateral (values (debit, amount, 0), (credit, 0, amount)) as side (account, debited, credited)
 group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12
"""
_JOURNAL_DAYS: Final = """
insert into journal_day (partition, log, booked_on, kind, currency, entries, amount)
select partition, log, booked_on, kind, currency, count(*), trim_scale(sum(amount))
  from journal_entry group by 1, 2, 3, 4, 5
"""
_TABLES: Final = {
    "invoice_line_row": (_LINES,),
    "credit_note_row": (_CREDITS,),
    "credit_note_line_row": (_CREDIT_LINES,),
    "payment_event_row": (_PAID,),
    "journal_entry": (_ENTRIES,),
    "journal_posting": (_POSTINGS,),
    "journal_sum": (_JOURNAL_SUMS,),
    "journal_day": (_JOURNAL_DAYS,),
}
_Filled: TypeAlias = Callable[[_Db, str, tuple[str, ...]], Awaitable[None]]


async def write(db: _Db, filled: _Filled) -> None:
    """All of it, from the documents and payments that are there; `filled` puts rows into one empty table."""
    for table, statements in _TABLES.items():
        await filled(db, table, statements)
