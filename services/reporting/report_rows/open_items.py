"""What is open and what is left over: claims that are not paid, payments and credit that pay nothing yet."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from services.reporting.report_rows.contract import Column, Filter, RowList
from shared.kernel.envelope import format_instant

_NO_CLAIM: Final = (
    "null::date as due_on, 0::numeric as open, null::int as days, unallocated as unapplied, 0::numeric as disputed"
)


def branches_at(now: datetime) -> tuple[str, ...]:
    """The instant is our own text, never the caller's."""
    return (
        f"""
select r.kind as item, r.invoice_id as item_id, r.number, r.account_id, r.currency, r.issued_on as day, r.due_on,
       r.open,
       (timestamptz '{format_instant(now)}' at time zone coalesce(a.time_zone, 'UTC'))::date - r.due_on as days,
       0::numeric as unapplied, least(r.disputed, r.open) as disputed, r.invoice_id as place
  from receivable_row r left join account_row a on a.partition = r.partition and a.account_id = r.account_id
 where r.open <> 0""",
        f"""
select 'payment' as item, payment_id as item_id, '' as number, account_id, currency, received_on as day, {_NO_CLAIM},
       payment_id as place
  from payment_row where unallocated <> 0""",
        f"""
select case when granted then 'credit' else 'credit_note' end as item, credit_note_id as item_id, number, account_id,
       currency, issued_on as day, {_NO_CLAIM}, credit_note_id as place
  from credit_row where unallocated <> 0""",
    )


LIST = RowList(
    name="open-items",
    definition="What is open of invoices and adjustments, and payments and credit that pay nothing yet.",
    columns=(
        Column("item", "text", "invoice, adjustment, payment, credit_note or credit"),
        Column("item_id", "text", "its id"),
        Column("number", "text", "the number of the document, where it has one"),
        Column("account_id", "text", "the account"),
        Column("day", "date", "when it was issued or received"),
        Column("due_on", "date", "when it is due", nullable=True),
        Column("days", "count", "whole days past the due date, in the account's time zone", nullable=True),
        Column("currency", "text", "the currency"),
        Column("open", "money", "what is open of it"),
        Column("unapplied", "money", "what is left of it to pay with"),
        Column("disputed", "money", "what of the open amount is on hold"),
    ),
    branches_at=branches_at,
    filters={
        "currency": Filter("currency"),
        "account_id": Filter("account_id"),
        "claim": Filter("due_on is not null", kind="boolean"),
        "disputed": Filter("disputed > 0", kind="boolean"),
        "days_from": Filter("days", op=">=", kind="integer"),
        "days_to": Filter("days", op="<=", kind="integer"),
        "due_to": Filter("due_on", op="<=", kind="date"),
    },
    sums=("open", "unapplied", "disputed"),
)
