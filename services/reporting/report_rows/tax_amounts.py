"""Taxed amounts: a row for each category and rate of an issued document."""

from __future__ import annotations

from typing import Final

from services.reporting.report_rows.contract import BY_DAY, Column, Filter, KeptSums, RowList

_GROUP: Final = "t.g ->> 'category' as category, (t.g ->> 'rate')::numeric as rate"
_AMOUNT: Final = "(t.g ->> '{0}')::numeric as {0}"
_OF: Final = "jsonb_array_elements({0}.tax_groups) with ordinality as t (g, n)"
# Kept by day, so that the totals of a long list are not summed for each of its pages.
_DAYS: Final = """(
select day, currency, category, rate, document, documents, case document when 'credit_note' then -base else base end
       as base, case document when 'credit_note' then -tax else tax end as tax
  from taxed_day) as tax_amount"""

LIST: Final = RowList(
    name="tax-amounts",
    definition="Taxed amounts of issued documents by category and rate, those of credit notes below zero.",
    columns=(
        Column("day", "date", "the day of issue"),
        Column("document", "text", "invoice or credit_note"),
        Column("document_id", "text", "its id"),
        Column("number", "text", "its number"),
        Column("account_id", "text", "the account"),
        Column("category", "text", "the category of tax (UNTDID 5305)"),
        Column("rate", "percent", "the rate"),
        Column("currency", "text", "the currency"),
        Column("base", "money", "what is taxed"),
        Column("tax", "money", "the tax of it"),
    ),
    branches=(
        f"""
select i.issued_on as day, 'invoice' as document, i.invoice_id as document_id, i.number, i.account_id, i.currency,
       {_GROUP}, {_AMOUNT.format("base")}, {_AMOUNT.format("tax")}, i.invoice_id || '/' || t.n as place
  from invoice_row i cross join lateral {_OF.format("i")}
 where i.status = 'issued'""",
        f"""
select n.issued_on as day, 'credit_note' as document, n.credit_note_id as document_id, n.number, n.account_id,
       n.currency, {_GROUP}, -{_AMOUNT.format("base")}, -{_AMOUNT.format("tax")},
       n.credit_note_id || '/' || t.n as place
  from credit_note_row n cross join lateral {_OF.format("n")}""",
    ),
    filters={
        **BY_DAY,
        "category": Filter("category"),
        "rate": Filter("rate", kind="decimal"),
        "document": Filter("document", one_of=("invoice", "credit_note")),
    },
    sums=("tax", "base"),
    kept=(
        KeptSums(
            _DAYS,
            "coalesce(sum(documents), 0)",
            frozenset({"from", "to", "currency", "category", "rate", "document"}),
        ),
    ),
)
