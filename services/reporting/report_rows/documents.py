"""Issued invoices and debit notes, and credit notes below zero: what was invoiced, as whole documents."""

from __future__ import annotations

from typing import Final

from services.reporting.report_rows.contract import BY_DAY, Column, Filter, KeptSums, RowList

# Kept by day, so that the totals of a long list are not summed for each of its pages.
_DAYS: Final = """(
select issued_on as day, kind as document, currency, invoices as documents, net, total - net as tax, total
  from invoice_sum where status = 'issued'
union all
select day, 'credit_note', currency, notes, -net, -tax, -total from credited_day) as document"""

LIST: Final = RowList(
    name="documents",
    definition="Issued invoices and debit notes, and credit notes below zero.",
    columns=(
        Column("day", "date", "the day of issue"),
        Column("document", "text", "invoice, debit_note or credit_note"),
        Column("document_id", "text", "its id"),
        Column("number", "text", "its number"),
        Column("account_id", "text", "the account"),
        Column("currency", "text", "the currency"),
        Column("net", "money", "its amount without tax"),
        Column("tax", "money", "its tax"),
        Column("total", "money", "its amount", formula="net + tax"),
    ),
    branches=(
        """
select issued_on as day, kind as document, invoice_id as document_id, number, account_id, currency, net, tax, total,
       invoice_id as place
  from invoice_row where status = 'issued'""",
        """
select issued_on as day, 'credit_note' as document, credit_note_id as document_id, number, account_id, currency,
       -net as net, -tax as tax, -total as total, credit_note_id as place
  from credit_note_row""",
    ),
    filters={
        **BY_DAY,
        "account_id": Filter("account_id"),
        "document": Filter("document", one_of=("invoice", "debit_note", "credit_note")),
    },
    sums=("total", "net", "tax"),
    kept=(KeptSums(_DAYS, "coalesce(sum(documents), 0)", frozenset({"from", "to", "currency", "document"})),),
)
