"""Lines of issued invoices and what their documents discount; what credit notes take back is below zero."""

from __future__ import annotations

from typing import Final

from services.reporting.report_rows.contract import BY_DAY, Column, Filter, KeptSums, RowList

BRANCHES: Final = (
    """
select i.issued_on as day, 'invoice' as document, i.invoice_id as document_id, i.number, i.account_id, i.currency,
       l.kind, coalesce(l.subscription_id, '') as subscription_id, coalesce(l.plan_id, '') as plan_id,
       coalesce(l.meter, '') as meter, l.description, i.region, l.net, 1 as lines,
       format('%s/%s', i.invoice_id, lpad(l.n::text, 6, '0')) as place
  from invoice_row i join invoice_line_row l on l.partition = i.partition and l.invoice_id = i.invoice_id
 where i.status = 'issued'""",
    """
select i.issued_on as day, 'invoice' as document, i.invoice_id as document_id, i.number, i.account_id, i.currency,
       'discount' as kind, '' as subscription_id, '' as plan_id, '' as meter,
       coalesce(a.allowance ->> 'reason', '') as description, i.region, -(a.allowance ->> 'amount')::numeric as net,
       0 as lines, format('%s/discount/%s', i.invoice_id, lpad(a.n::text, 6, '0')) as place
  from invoice_row i cross join lateral jsonb_array_elements(i.allowances) with ordinality as a (allowance, n)
 where i.status = 'issued' and i.allowances <> '[]'""",
    """
select n.issued_on as day, 'credit_note' as document, n.credit_note_id as document_id, n.number, n.account_id,
       n.currency, l.kind, coalesce(l.subscription_id, '') as subscription_id, coalesce(l.plan_id, '') as plan_id,
       coalesce(l.meter, '') as meter, n.reason as description, n.region, -l.net as net, 1 as lines,
       format('%s/%s', n.credit_note_id, lpad(l.place::text, 6, '0')) as place
  from credit_note_row n
  join credit_note_line_row l on l.partition = n.partition and l.credit_note_id = n.credit_note_id""",
)

# Kept by day, so that the totals of a long list are not summed for each of its pages.
_DAYS: Final = "(select day, currency, kind, plan_id, meter, region, amounts, net from invoiced_day) as billed_line"
_BY_DAY: Final = frozenset({"from", "to", "currency", "kind", "plan_id", "meter", "region", "not_kind", "service_id"})

LIST: Final = RowList(
    name="billed-lines",
    definition="Lines and discounts of issued invoices, and lines of credit notes below zero.",
    columns=(
        Column("day", "date", "the day of issue"),
        Column("document", "text", "invoice or credit_note"),
        Column("document_id", "text", "its id"),
        Column("number", "text", "its number"),
        Column("account_id", "text", "the account"),
        Column("subscription_id", "text", "the subscription; empty for what belongs to none"),
        Column("plan_id", "text", "the plan; empty for what has none"),
        Column("meter", "text", "the meter, of usage"),
        Column("kind", "text", "recurring, usage, one_time, …; a discount of the document has a row of its own"),
        Column("region", "text", "the smallest tax jurisdiction of the document; empty where no table says it"),
        Column("description", "text", "what the line says, of a credit note its reason"),
        Column("currency", "text", "the currency"),
        Column("net", "money", "the amount without tax"),
    ),
    branches=BRANCHES,
    filters={
        **BY_DAY,
        "kind": Filter("kind"),
        "not_kind": Filter(where="kind <> all(string_to_array({value}, ','))"),
        "document": Filter("document", one_of=("invoice", "credit_note")),
        **{name: Filter(name) for name in ("account_id", "subscription_id", "plan_id", "meter", "region")},
        "service_id": Filter(
            where="{value} = coalesce((select s.service_id from plan_service s"
            " where s.plan_id = billed_line.plan_id), '')"
        ),
        "line": Filter("lines = 1", kind="boolean"),
    },
    sums=("net",),
    within="document_id",
    kept=(KeptSums(_DAYS, "coalesce(sum(amounts), 0)", _BY_DAY),),
)
