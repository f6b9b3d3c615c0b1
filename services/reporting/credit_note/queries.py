"""The credit notes of an invoice, and what credit paid of it, for the invoice's own page.

Credit is what credit notes of other invoices have left, or what was granted.
"""

from __future__ import annotations

from typing import Any, Final

import asyncpg

from shared.http.money import money

OF_INVOICE: Final = """
select n.*, c.applied
  from credit_note_row n
  left join credit_row c on c.partition = n.partition and c.credit_note_id = n.credit_note_id
 where n.partition = $1 and n.invoice_id = $2 order by n.issued_on, n.number
"""
"""`applied` is null until payments has taken it."""

PAID_OF_CREDIT: Final = """
select l.credit_note_id, l.amount, l.currency, c.number, c.granted
  from credit_allocation_row l
  join credit_row c on c.partition = l.partition and c.credit_note_id = l.credit_note_id
 where l.partition = $1 and l.invoice_id = $2 order by l.seq
"""


def of_invoice(row: asyncpg.Record) -> dict[str, Any]:
    return {
        "id": row["credit_note_id"],
        **{name: row[name] for name in ("number", "issued_on", "reason", "reissued_as")},
        **{name: money(row[name], row["currency"]) for name in ("total", "applied")},
    }


def paid_of_credit(row: asyncpg.Record) -> dict[str, Any]:
    return {
        "credit_note_id": row["credit_note_id"],
        "number": row["number"] or None,
        "granted": row["granted"],
        "amount": money(row["amount"], row["currency"]),
    }
